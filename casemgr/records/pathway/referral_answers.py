"""The coded answers and the table of a referral to a lawyer or another service."""

from datetime import date

from casemgr.i18n import N_
from casemgr.records.fields import Choice, Row, cell
from casemgr.records.pathway.inquiry_answers import Contact


class Service(Choice):
    """What a lawyer or another service is asked for: the list that the ministry and the organisations exchange."""

    LEGAL_REPRESENTATION = "legal-representation", N_("Legal: representation")
    LEGAL_ACCESS = "legal-access", N_("Legal: access to legal services")
    LEGAL_ADVOCACY = "legal-advocacy", N_("Legal: advocacy")
    LEGAL_PRISON_VISITS = "legal-prison-visits", N_("Legal: visits in prison")
    SOCIAL_WORK = "social-work", N_("Social work: general")
    SOCIAL_WORK_COMMUNITY = "social-work-community", N_("Social work: in the community")
    CARE_EMERGENCY = "care-emergency", N_("Family care: emergency foster care")
    CARE_LONG_TERM = "care-long-term", N_("Family care: long-term foster care")
    CARE_KINSHIP = "care-kinship", N_("Family care: with relatives")
    CARE_ADOPTION = "care-adoption", N_("Family care: adoption in Cambodia")
    CARE_PRESERVATION = "care-preservation", N_("Family care: keeping the family together")
    CARE_REUNIFICATION = "care-reunification", N_("Family care: return to the family")
    CARE_INDEPENDENT = "care-independent", N_("Family care: independent living")
    DRUGS_COUNSELLING = "drugs-counselling", N_("Drugs and alcohol: counselling")
    DRUGS_REHABILITATION = "drugs-rehabilitation", N_("Drugs and alcohol: detoxification, rehabilitation")
    DRUGS_SUPPORT = "drugs-support", N_("Drugs and alcohol: support during detoxification")
    COUNSELLING = "counselling", N_("Counselling: general")
    COUNSELLING_ABUSE = "counselling-abuse", N_("Counselling: after abuse")
    COUNSELLING_TRAUMA = "counselling-trauma", N_("Counselling: after trauma")
    COUNSELLING_FAMILY = "counselling-family", N_("Counselling: family and mediation")
    MONEY_MATERIAL = "money-material", N_("Livelihood: goods")
    MONEY_ASSISTANCE = "money-assistance", N_("Livelihood: money")
    MONEY_INCOME = "money-income", N_("Livelihood: earning an income")
    MONEY_DAY_CARE = "money-day-care", N_("Livelihood: day care of children")
    DISABILITY_THERAPY = "disability-therapy", N_("Disability: therapy")
    DISABILITY_RESPITE = "disability-respite", N_("Disability: respite care")
    DISABILITY_TRAINING = "disability-training", N_("Disability: training in therapy")
    DISABILITY_AIDS = "disability-aids", N_("Disability: aids")
    DISABILITY_OTHER = "disability-other", N_("Disability: other support")
    DISABILITY_GROUPS = "disability-groups", N_("Disability: support groups")
    MEDICAL_ACCESS = "medical-access", N_("Health: access to care")
    MEDICAL_CARE = "medical-care", N_("Health: medical care")
    MEDICAL_TRAINING = "medical-training", N_("Health: medical training")
    MEDICAL_EDUCATION = "medical-education", N_("Health: health education")
    MENTAL_THERAPY = "mental-therapy", N_("Mental health: therapy")
    MENTAL_TRAINING = "mental-training", N_("Mental health: training in therapy")
    MENTAL_MEDICAL = "mental-medical", N_("Mental health: medical care")
    SCHOOL_SUPPORT = "school-support", N_("Education: support at school")
    SCHOOL_EXTRA = "school-extra", N_("Education: supplementary classes")
    SCHOOL_VOCATIONAL = "school-vocational", N_("Education: vocational training")
    SCHOOL_MATERIAL = "school-material", N_("Education: uniforms and materials")
    SCHOOL_SCHOLARSHIP = "school-scholarship", N_("Education: scholarship")
    SCHOOL_LIFE_SKILLS = "school-life-skills", N_("Education: life skills")
    FAMILY_SUPPORT = "family-support", N_("Support of the family")
    TRAFFICKING_RESCUE = "trafficking-rescue", N_("Trafficking: rescue")
    TRAFFICKING_SHELTER = "trafficking-shelter", N_("Trafficking: temporary shelter")
    TRAFFICKING_COUNSELLING = "trafficking-counselling", N_("Trafficking: counselling")
    TRAFFICKING_RETURN = "trafficking-return", N_("Trafficking: return to the community")
    RESIDENTIAL = "residential", N_("Residential care")
    OTHER = "other", N_("Other service")

    @property
    def exchange_code(self) -> str:
        """The code of the ministry's case system, in its own spelling."""
        return _EXCHANGE[self]


LEGAL_SERVICES = frozenset({
    Service.LEGAL_REPRESENTATION, Service.LEGAL_ACCESS, Service.LEGAL_ADVOCACY, Service.LEGAL_PRISON_VISITS,
})  # fmt: skip

_EXCHANGE = {
    Service.LEGAL_REPRESENTATION: "legal_support_representation",
    Service.LEGAL_ACCESS: "legal_support_access_legal_services",
    Service.LEGAL_ADVOCACY: "legal_support_advocacy_services",
    Service.LEGAL_PRISON_VISITS: "legal_support_prision_visitation",
    Service.SOCIAL_WORK: "social_work_case_work_generalist",
    Service.SOCIAL_WORK_COMMUNITY: "social_work_case_work_community",
    Service.CARE_EMERGENCY: "family_based_care_emergency_foster",
    Service.CARE_LONG_TERM: "family_based_care_longterm_foster",
    Service.CARE_KINSHIP: "family_based_care_kinship",
    Service.CARE_ADOPTION: "family_based_care_domestic_adoption",
    Service.CARE_PRESERVATION: "family_based_care_family_preservation",
    Service.CARE_REUNIFICATION: "family_based_care_family_reunification",
    Service.CARE_INDEPENDENT: "family_based_care_independent_living",
    Service.DRUGS_COUNSELLING: "drug_alcohol_counselling",
    Service.DRUGS_REHABILITATION: "drug_alcohol_detox_rehabilitation",
    Service.DRUGS_SUPPORT: "drug_alcohol_detox_support",
    Service.COUNSELLING: "counselling_generalist",
    Service.COUNSELLING_ABUSE: "counselling_abuse_survivors",
    Service.COUNSELLING_TRAUMA: "counselling_trauma",
    Service.COUNSELLING_FAMILY: "counselling_family",
    Service.MONEY_MATERIAL: "financial_development_material_assistance",
    Service.MONEY_ASSISTANCE: "financial_development_financial_assistance",
    Service.MONEY_INCOME: "financial_development_income_generation",
    Service.MONEY_DAY_CARE: "financial_development_day_care",
    Service.DISABILITY_THERAPY: "disability_support_therapeutic_interventions",
    Service.DISABILITY_RESPITE: "disability_support_respite-care",
    Service.DISABILITY_TRAINING: "disability_support_therapeutic_training",
    Service.DISABILITY_AIDS: "disability_support_aid_provision",
    Service.DISABILITY_OTHER: "disability_support_peripheral",
    Service.DISABILITY_GROUPS: "disability_support_groups",
    Service.MEDICAL_ACCESS: "medical_support_access_care",
    Service.MEDICAL_CARE: "medical_support_provision_medical_case",
    Service.MEDICAL_TRAINING: "medical_support_medical_training",
    Service.MEDICAL_EDUCATION: "medical_support_healt_education",
    Service.MENTAL_THERAPY: "mental_health_support_therapeutic_interventions",
    Service.MENTAL_TRAINING: "mental_health_support_therapeutic_training",
    Service.MENTAL_MEDICAL: "mental_health_support_direct_medical_support",
    Service.SCHOOL_SUPPORT: "training_education_school_support",
    Service.SCHOOL_EXTRA: "training_education_supplementary",
    Service.SCHOOL_VOCATIONAL: "training_education_vocational",
    Service.SCHOOL_MATERIAL: "training_education_material_support",
    Service.SCHOOL_SCHOLARSHIP: "training_education_scholarships",
    Service.SCHOOL_LIFE_SKILLS: "training_education_life_skills",
    Service.FAMILY_SUPPORT: "family_support_family_support",
    Service.TRAFFICKING_RESCUE: "anti_trafficking_rescue",
    Service.TRAFFICKING_SHELTER: "anti_trafficking_transitional_accomodation",
    Service.TRAFFICKING_COUNSELLING: "anti_trafficking_post_trafficking",
    Service.TRAFFICKING_RETURN: "anti_trafficking_community_reintegration",
    Service.RESIDENTIAL: "residential_care_gov_only_other",
    Service.OTHER: "other_other_service",
}


class Reply(Choice):
    """What the lawyer or the service answered."""

    WAITING = "waiting", N_("Waiting for an answer")
    ACCEPTED = "accepted", N_("Accepted")
    PARTLY = "partly", N_("Accepted in part")
    WAITING_LIST = "waiting-list", N_("On a waiting list")
    DECLINED = "declined", N_("Declined")
    NO_ANSWER = "no-answer", N_("No answer came")
    UNKNOWN = "unknown", N_("Unknown")


class DeclineReason(Choice):
    """Why a lawyer or a service declined."""

    NO_PLACE = "no-place", N_("No time, staff or places")
    AREA = "area", N_("Does not work in this area")
    CONDITIONS = "conditions", N_("Child does not meet their conditions")
    NOT_OFFERED = "not-offered", N_("Does not offer what is needed")
    COST = "cost", N_("Too costly")
    INTEREST = "interest", N_("Conflict of interest")
    TOO_LATE = "too-late", N_("Asked too late")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Attendance(Choice):
    """Whether the child used the service."""

    REGULAR = "regular", N_("Goes regularly")
    IRREGULAR = "irregular", N_("Goes now and then")
    ONCE = "once", N_("Went once")
    COMPLETED = "completed", N_("Went to the end")
    STOPPED = "stopped", N_("Stopped going")
    NEVER = "never", N_("Never went")
    NOT_BEGUN = "not-begun", N_("Has not begun yet")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class ReferralEnd(Choice):
    """Why a referral was closed."""

    GOAL_REACHED = "goal-reached", N_("Goal reached")
    DECLINED = "declined", N_("Lawyer or service declined")
    NO_ANSWER = "no-answer", N_("No answer came")
    CHILD_LEFT = "child-left", N_("Child left the service")
    REFUSED = "refused", N_("Child or family did not want it")
    MOVED = "moved", N_("Child moved away")
    REPLACED = "replaced", N_("Another one took over")
    CASE_OVER = "case-over", N_("Case is over")
    DIED = "died", N_("Child died")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class ServiceMeeting(Row):
    """A meeting of the child with the lawyer or the service."""

    on: date | None = cell(N_("Date"))
    where: Contact | None = cell(N_("Where or how"))
    minutes: int | None = cell(N_("Length in minutes"))
    remark: str | None = cell(N_("Remark"))
