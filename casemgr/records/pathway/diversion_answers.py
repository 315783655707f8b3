"""The coded answers and the tables of diversion."""

from datetime import date

from casemgr.i18n import N_
from casemgr.records.fields import Choice, Row, cell


class ScreeningAskedBy(Choice):
    """Who asked whether a child can be diverted."""

    POLICE = "police", N_("Police")
    PROSECUTOR = "prosecutor", N_("Prosecutor")
    INVESTIGATING_JUDGE = "investigating-judge", N_("Investigating judge")
    TRIAL_COURT = "trial-court", N_("Trial court")
    SOCIAL_AGENT = "social-agent", N_("Social agent")
    LAWYER = "lawyer", N_("Lawyer")
    FAMILY = "family", N_("Child or family")
    OUR_OFFICE = "our-office", N_("Our office")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class FactorSide(Choice):
    """For which side a circumstance speaks."""

    FOR = "for", N_("For diversion")
    AGAINST = "against", N_("Against diversion")


class VictimView(Choice):
    """What the victim thinks of diversion."""

    AGREES = "agrees", N_("Victim agrees")
    ON_CONDITIONS = "on-conditions", N_("Victim agrees on conditions")
    NO_VIEW = "no-view", N_("Leaves it to the authority")
    AGAINST = "against", N_("Victim is against it")
    NOT_REACHED = "not-reached", N_("Could not be reached")
    NO_VICTIM = "no-victim", N_("There is no victim")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class ScreeningAdvice(Choice):
    """What the screening recommends."""

    OFFER = "offer", N_("Offer diversion")
    DO_NOT_OFFER = "do-not-offer", N_("Do not offer diversion")
    MORE_INFORMATION = "more-information", N_("More has to be known first")


class ScreeningDecision(Choice):
    """What the authority made of the recommendation."""

    PENDING = "pending", N_("Not decided yet")
    ACCEPTED = "accepted", N_("Diversion accepted")
    REFUSED = "refused", N_("Diversion refused")
    UNKNOWN = "unknown", N_("Unknown")


class DiversionAuthority(Choice):
    """Who offered diversion."""

    POLICE = "police", N_("Police")
    PROSECUTOR = "prosecutor", N_("Prosecutor")
    INVESTIGATING_JUDGE = "investigating-judge", N_("Investigating judge")
    TRIAL_JUDGE = "trial-judge", N_("Trial judge")
    UNKNOWN = "unknown", N_("Unknown")


class DiversionMeasure(Choice):
    """What a plan of diversion may hold; codes shared with the measures of the social inquiry report are the same."""

    VERBAL_WARNING = "verbal-warning", N_("Verbal warning")
    WRITTEN_WARNING = "written-warning", N_("Written warning with undertaking")
    APOLOGY = "apology", N_("Apology")
    REPAIR = "repair", N_("Repair of the damage")
    MEDIATION = "mediation", N_("Mediation with the victim")
    FAMILY_MEDIATION = "family-mediation", N_("Mediation in the family")
    COMMUNITY_SERVICE = "community-service", N_("Community service")
    LIFE_SKILLS = "life-skills", N_("Life skills course")
    COUNSELLING = "counselling", N_("Counselling")
    FAMILY_COUNSELLING = "family-counselling", N_("Counselling of the family")
    SCHOOL = "school", N_("Return to school")
    CATCH_UP = "catch-up", N_("Catch-up class")
    TRAINING = "training", N_("Vocational training")
    DRUG_COUNSELLING = "drug-counselling", N_("Drug or alcohol counselling")
    MEDICAL = "medical", N_("Medical check or treatment")
    REPORTING = "reporting", N_("Reporting to the social agent")
    FIXED_PLACE = "fixed-place", N_("Stay at a fixed place")
    CURFEW = "curfew", N_("Be at home at fixed hours")
    KEEP_AWAY = "keep-away", N_("Keep away from places or persons")
    NO_WEAPONS = "no-weapons", N_("Not to hold weapons")
    MENTORING = "mentoring", N_("Mentoring, sport or guidance")
    MONK = "monk", N_("Guidance by a monk or elder")
    RELATIVE = "relative", N_("Placement with a relative")
    OTHER = "other", N_("Other")


class Presence(Choice):
    """Whether the child came."""

    PRESENT = "present", N_("Child came")
    LATE = "late", N_("Child came late")
    EXCUSED = "excused", N_("Child absent with a reason")
    ABSENT = "absent", N_("Child absent")
    UNKNOWN = "unknown", N_("Unknown")


class DiversionOutcome(Choice):
    """How diversion ended."""

    COMPLETED = "completed", N_("Plan completed")
    COMPLETED_EARLY = "completed-early", N_("Plan completed early")
    REVOKED_BREACH = "revoked-breach", N_("Revoked: plan not kept")
    REVOKED_OFFENCE = "revoked-offence", N_("Revoked: new offence")
    WITHDRAWN = "withdrawn", N_("Withdrawn by the child")
    NOT_AGREED = "not-agreed", N_("Offer not accepted")
    UNTRACEABLE = "untraceable", N_("Child cannot be found")
    INELIGIBLE = "ineligible", N_("Found not to qualify")
    TRANSFERRED = "transferred", N_("Transferred to another office")
    UNKNOWN = "unknown", N_("Unknown")


class Factor(Row):
    """A circumstance that speaks for or against diversion."""

    what: str | None = cell(N_("Circumstance"))
    side: FactorSide | None = cell(N_("Speaks for or against"))
    source: str | None = cell(N_("Known from"))


class PlannedMeasure(Row):
    """A measure of the plan. hours: those the child has to do in all."""

    measure: DiversionMeasure | None = cell(N_("Measure"))
    provider: str | None = cell(N_("Provider"))
    starts_on: date | None = cell(N_("Starts on"))
    ends_on: date | None = cell(N_("Ends on"))
    hours: int | None = cell(N_("Hours in all"))
    frequency: str | None = cell(N_("How often it takes place"))
    evidence: str | None = cell(N_("Evidence"))


class LogEntry(Row):
    """A day of the plan: what was done, and whether the child came."""

    on: date | None = cell(N_("Date"))
    what: str | None = cell(N_("Activity"))
    hours: int | None = cell(N_("Hours done"))
    came: Presence | None = cell(N_("Did the child come?"))
    remark: str | None = cell(N_("Remark"))


class Review(Row):
    """A meeting in which the plan is looked at again."""

    planned_on: date | None = cell(N_("Review planned on"))
    held_on: date | None = cell(N_("Review held on"))
    by: str | None = cell(N_("By whom"))
    result: str | None = cell(N_("Result"))


class Breach(Row):
    """Something in which the plan was not kept."""

    on: date | None = cell(N_("Date"))
    what: str | None = cell(N_("What happened"))
    told_to: str | None = cell(N_("Who was told"))
    consequence: str | None = cell(N_("Consequence"))
