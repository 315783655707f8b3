"""The coded answers and the tables of the social inquiry report."""

from datetime import date

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.case import OffenceCategory, OffenceClass
from casemgr.records.fields import Choice, Kind, Row, cell


class ReportStatus(Choice):
    """A draft can be changed; a submitted report stays as it was handed in."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted")


class Addressee(Choice):
    """Who asked for the report."""

    PROSECUTOR = "prosecutor", N_("Prosecutor")
    INVESTIGATING_JUDGE = "investigating-judge", N_("Investigating judge")
    TRIAL_COURT = "trial-court", N_("Trial court")
    APPEAL_COURT = "appeal-court", N_("Court of appeal")
    POLICE = "police", N_("Police")
    OTHER = "other", N_("Other")


class Contact(Choice):
    """Where or how somebody was met."""

    HOME = "home", N_("At home")
    POLICE = "police", N_("At the police")
    PRISON = "prison", N_("In prison")
    CENTRE = "centre", N_("In a rehabilitation centre")
    COURT = "court", N_("At the court")
    SCHOOL = "school", N_("At school")
    WORKPLACE = "workplace", N_("At work")
    COMMUNITY = "community", N_("In the village")
    OFFICE = "office", N_("At our office")
    PHONE = "phone", N_("By telephone")
    MESSAGE = "message", N_("By message")


class Source(Choice):
    """Where the facts of the report come from."""

    CHILD = "child", N_("The child")
    FAMILY = "family", N_("Family")
    SCHOOL = "school", N_("School")
    VILLAGE_CHIEF = "village-chief", N_("Village chief")
    COMMUNE = "commune", N_("Commune council")
    NEIGHBOURS = "neighbours", N_("Neighbours")
    POLICE = "police", N_("Police")
    COURT_FILE = "court-file", N_("Court file")
    LAWYER = "lawyer", N_("Lawyer")
    HEALTH_CENTRE = "health-centre", N_("Health centre")
    VICTIM = "victim", N_("Victim")
    OTHER = "other", N_("Other")


class MaritalStatus(Choice):
    """Marital status of the child."""

    SINGLE = "single", N_("Not married")
    MARRIED = "married", N_("Married")
    COHABITING = "cohabiting", N_("Lives with a partner")
    SEPARATED = "separated", N_("Separated or divorced")
    UNKNOWN = "unknown", N_("Unknown")


class ParentState(Choice):
    """Where a parent is."""

    AT_HOME = "at-home", N_("Lives with the child")
    ELSEWHERE = "elsewhere", N_("Lives elsewhere")
    MIGRATED = "migrated", N_("Away for work")
    DIVORCED = "divorced", N_("Separated or divorced")
    DETAINED = "detained", N_("In prison")
    MISSING = "missing", N_("Missing")
    DEAD = "dead", N_("Dead")
    UNKNOWN = "unknown", N_("Unknown")


class Separation(Choice):
    """Whether the child is without the parents' care."""

    NONE = "none", N_("None of these")
    ORPHAN = "orphan", N_("Both parents dead")
    FATHER_DEAD = "father-dead", N_("Father dead")
    MOTHER_DEAD = "mother-dead", N_("Mother dead")
    ABANDONED = "abandoned", N_("Abandoned")
    SEPARATED = "separated", N_("Separated from the family")
    ALONE = "alone", N_("Lives alone")
    STREET = "street", N_("Lives on the street")
    UNKNOWN = "unknown", N_("Unknown")


class Housing(Choice):
    """By what right the family lives where it lives."""

    OWN = "own", N_("Own house")
    RENTED = "rented", N_("Rented")
    RELATIVES = "relatives", N_("With relatives")
    EMPLOYER = "employer", N_("Given by the employer")
    OCCUPIED = "occupied", N_("On land of others or the state")
    NONE = "none", N_("No fixed home")
    UNKNOWN = "unknown", N_("Unknown")


class IdPoor(Choice):
    """The equity card of poor households."""

    NONE = "none", N_("No card")
    LEVEL_1 = "level-1", N_("Level 1 (very poor)")
    LEVEL_2 = "level-2", N_("Level 2 (poor)")
    AT_RISK = "at-risk", N_("At risk of poverty")
    UNKNOWN = "unknown", N_("Unknown")


class CarerProblem(Choice):
    """What weighs on the parents or carers."""

    NONE = "none", N_("None of these")
    ILLNESS = "illness", N_("Illness")
    DISABILITY = "disability", N_("Disability")
    DRUGS = "drugs", N_("Drug use")
    ALCOHOL = "alcohol", N_("Alcohol use")
    GAMBLING = "gambling", N_("Gambling")
    CONFLICT = "conflict-with-law", N_("In conflict with the law")
    UNKNOWN = "unknown", N_("Unknown")


class LeavingReason(Choice):
    """Why a child left school."""

    POVERTY = "poverty", N_("Poverty")
    WORK = "work", N_("Had to work")
    FAMILY = "family", N_("Family problems")
    DISTANCE = "distance", N_("School too far")
    MIGRATION = "migration", N_("Family moved")
    FAILURE = "failure", N_("Could not follow")
    DISCIPLINE = "discipline", N_("Sent away by the school")
    HEALTH = "health", N_("Illness or disability")
    NO_WISH = "no-wish", N_("Did not want to go on")
    ARREST = "arrest", N_("Arrest or detention")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Hiv(Choice):
    """HIV status, where the child chose to tell it."""

    NOT_ASKED = "not-asked", N_("Not asked")
    NEGATIVE = "negative", N_("Negative")
    POSITIVE = "positive", N_("Positive")
    UNKNOWN = "unknown", N_("Unknown")


class Exposure(Choice):
    """Harm the child has lived through."""

    NONE = "none", N_("None of these")
    PHYSICAL = "physical", N_("Physical abuse")
    SEXUAL = "sexual", N_("Sexual abuse")
    EMOTIONAL = "emotional", N_("Emotional abuse")
    NEGLECT = "neglect", N_("Neglect")
    DOMESTIC = "domestic", N_("Violence between adults at home")
    LABOUR = "labour", N_("Labour exploitation")
    SEXUAL_EXPLOITATION = "sexual-exploitation", N_("Sexual exploitation")
    TRAFFICKING = "trafficking", N_("Trafficking")
    FORCED_MARRIAGE = "forced-marriage", N_("Forced marriage")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Substance(Choice):
    """What the child takes."""

    NONE = "none", N_("None of these")
    TOBACCO = "tobacco", N_("Tobacco")
    ALCOHOL = "alcohol", N_("Alcohol")
    GLUE = "glue", N_("Glue or solvents")
    METHAMPHETAMINE = "methamphetamine", N_("Methamphetamine (ice, yama)")
    CANNABIS = "cannabis", N_("Cannabis")
    HEROIN = "heroin", N_("Heroin")
    MEDICINES = "medicines", N_("Medicines misused")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Frequency(Choice):
    """How often something is done."""

    ONCE = "once", N_("Tried once")
    SOMETIMES = "sometimes", N_("Sometimes")
    WEEKLY = "weekly", N_("Every week")
    DAILY = "daily", N_("Every day")
    STOPPED = "stopped", N_("Stopped")
    UNKNOWN = "unknown", N_("Unknown")


class Company(Choice):
    """Whom the child spends time with."""

    SAME_AGE = "same-age", N_("Friends of the same age")
    OLDER = "older", N_("Older friends")
    OFFENDERS = "offenders", N_("Older offenders")
    GANG = "gang", N_("A gang")
    PARTNER = "partner", N_("Boyfriend or girlfriend")
    NO_FRIENDS = "no-friends", N_("No friends")
    UNKNOWN = "unknown", N_("Unknown")


class PastContactKind(Choice):
    """An earlier meeting with police, courts or centres."""

    POLICE = "police", N_("Police contact")
    WARNING = "warning", N_("Warning")
    DIVERSION = "diversion", N_("Diversion")
    COURT = "court", N_("Court case")
    DETENTION = "detention", N_("Detention")
    PLACEMENT = "placement", N_("Placement in a centre")
    OTHER = "other", N_("Other")


class Cause(Choice):
    """What led to the offence."""

    POVERTY = "poverty", N_("Poverty")
    PRESSURE = "pressure", N_("Pressure by others")
    ADULT = "adult", N_("Used by an adult")
    DRUGS = "drugs", N_("Drugs or alcohol")
    FAMILY = "family", N_("Family problems")
    QUARREL = "quarrel", N_("Quarrel or revenge")
    CURIOSITY = "curiosity", N_("Curiosity or play")
    SELF_DEFENCE = "self-defence", N_("Self-defence")
    NOT_KNOWING = "not-knowing", N_("Did not know it is forbidden")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Acceptance(Choice):
    """What the child says to the accusation."""

    ACCEPTS = "accepts", N_("Accepts it")
    PARTLY = "partly", N_("Accepts a part of it")
    DENIES = "denies", N_("Denies it")
    SILENT = "silent", N_("Does not want to speak of it")
    NOT_ASKED = "not-asked", N_("Not asked")


class MeetingWish(Choice):
    """Whether the victim would meet the child."""

    YES = "yes", N_("Yes")
    MAYBE = "maybe", N_("Perhaps, with support")
    NO = "no", N_("No")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class CommunityVoice(Choice):
    """Who speaks for the community."""

    VILLAGE_CHIEF = "village-chief", N_("Village chief")
    COMMUNE_CHIEF = "commune-chief", N_("Commune or sangkat chief")
    CCWC = "ccwc", N_("Committee for Women and Children")
    NEIGHBOUR = "neighbour", N_("Neighbour")
    TEACHER = "teacher", N_("Teacher")
    MONK = "monk", N_("Monk or elder")
    OTHER = "other", N_("Other")


class Risk(Choice):
    """What makes a further offence more likely."""

    NONE = "none", N_("None of these")
    PAST = "past-offences", N_("Earlier offences")
    PEERS = "peers", N_("Friends who offend")
    DRUGS = "drugs", N_("Drug or alcohol use")
    NO_SCHOOL = "no-school", N_("Neither school nor work")
    NO_SUPERVISION = "no-supervision", N_("Little supervision at home")
    VIOLENCE = "violence", N_("Violence at home")
    POVERTY = "poverty", N_("Poverty")
    MENTAL = "mental", N_("Distress or anger")
    ADULT = "adult", N_("Used by an adult")
    STREET = "street", N_("Lives on the street")
    OTHER = "other", N_("Other")


class Strength(Choice):
    """What keeps the child from offending."""

    NONE = "none", N_("None of these")
    FAMILY = "family", N_("A caring family")
    SUPERVISION = "supervision", N_("Good supervision")
    SCHOOL = "school", N_("School or training")
    WORK = "work", N_("Decent work")
    FRIENDS = "friends", N_("Good friends")
    REMORSE = "remorse", N_("Regrets the harm")
    REPAIR = "repair", N_("Has repaired the harm")
    GOALS = "goals", N_("Goals for the future")
    COMMUNITY = "community", N_("Community that supports")
    FAITH = "faith", N_("Pagoda or faith")
    OTHER = "other", N_("Other")


class Need(Choice):
    """What the child needs."""

    FOOD = "food", N_("Food")
    SHELTER = "shelter", N_("Shelter")
    CLOTHING = "clothing", N_("Clothing")
    EDUCATION = "education", N_("Education")
    TRAINING = "training", N_("Vocational training")
    WORK = "work", N_("Work")
    MEDICAL = "medical", N_("Medical care")
    PSYCHOLOGICAL = "psychological", N_("Psychological support")
    DRUGS = "drugs", N_("Help to stop drugs or alcohol")
    ADULT_CARE = "adult-care", N_("Care by an adult")
    FAMILY = "family", N_("Support of the family")
    LEGAL = "legal", N_("Legal aid")
    DOCUMENTS = "documents", N_("Identity papers")
    SAFETY = "safety", N_("Safety")
    OTHER = "other", N_("Other")


class DetentionAlternative(Choice):
    """What can stand in place of detention."""

    RETURN_HOME = "return-home", N_("Return to parents or guardian")
    RELATIVE = "relative", N_("Stay with a relative")
    TRUSTED = "trusted", N_("Stay with a trustworthy person")
    ORGANISATION = "organisation", N_("Care of an organisation")
    JUDICIAL_SUPERVISION = "judicial-supervision", N_("Judicial supervision")
    REPORTING = "reporting", N_("Regular reporting")
    DIVERSION = "diversion", N_("Diversion")
    TREATMENT = "treatment", N_("Treatment")
    OTHER = "other", N_("Other")
    NONE = "none", N_("No alternative")


class Measure(Choice):
    """Measures a report may propose."""

    NO_ACTION = "no-action", N_("No further action")
    VERBAL_WARNING = "verbal-warning", N_("Verbal warning")
    WRITTEN_WARNING = "written-warning", N_("Written warning with undertaking")
    APOLOGY = "apology", N_("Apology")
    REPAIR = "repair", N_("Repair of the damage")
    MEDIATION = "mediation", N_("Mediation with the victim")
    FAMILY_MEDIATION = "family-mediation", N_("Mediation in the family")
    COMMUNITY_SERVICE = "community-service", N_("Community service")
    LIFE_SKILLS = "life-skills", N_("Life skills course")
    COUNSELLING = "counselling", N_("Counselling")
    SCHOOL = "school", N_("Return to school")
    TRAINING = "training", N_("Vocational training")
    DRUG_COUNSELLING = "drug-counselling", N_("Drug or alcohol counselling")
    MEDICAL = "medical", N_("Medical check or treatment")
    REPORTING = "reporting", N_("Reporting to the social agent")
    FIXED_PLACE = "fixed-place", N_("Stay at a fixed place")
    KEEP_AWAY = "keep-away", N_("Keep away from places or persons")
    MENTORING = "mentoring", N_("Mentoring, sport or guidance")
    RETURN_HOME = "return-home", N_("Return to parents or guardian")
    RELATIVE = "relative", N_("Placement with a relative")
    PUBLIC_SERVICE = "public-service", N_("Entrusting to a public service")
    ORGANISATION = "organisation", N_("Entrusting to an organisation")
    HOSPITAL = "hospital", N_("Entrusting to a hospital or institution")
    COURT_PROTECTION = "court-protection", N_("Placement under the court's protection")
    OTHER = "other", N_("Other")


class CourtResult(Choice):
    """What the prosecutor or court decided."""

    DROPPED = "dropped", N_("Case dropped")
    DIVERSION = "diversion", N_("Diversion")
    CHARGED = "charged", N_("Charged")
    DETAINED = "detained", N_("Pre-trial detention ordered")
    MEASURES = "measures", N_("Protection or education measures")
    REPRIMAND = "reprimand", N_("Reprimand")
    FINE = "fine", N_("Fine")
    COMMUNITY_SERVICE = "community-service", N_("Community service")
    SUSPENDED = "suspended", N_("Suspended sentence")
    PROBATION = "probation", N_("Suspended sentence with probation")
    DEFERRED = "deferred", N_("Deferred sentence")
    SEMI_LIBERTY = "semi-liberty", N_("Semi-liberty")
    SPLIT = "split", N_("Sentence in parts")
    IMPRISONMENT = "imprisonment", N_("Imprisonment")
    ACQUITTED = "acquitted", N_("Acquitted")
    TRANSFERRED = "transferred", N_("Case transferred")
    PENDING = "pending", N_("Not decided yet")
    UNKNOWN = "unknown", N_("Unknown")


class Followed(Choice):
    """Whether the court did what the report proposed."""

    FULLY = "fully", N_("Fully")
    PARTLY = "partly", N_("Partly")
    NO = "no", N_("No")
    UNKNOWN = "unknown", N_("Unknown")


class Interviewee(Choice):
    """Who was spoken to."""

    CHILD = "child", N_("The child")
    PARENT = "parent", N_("Mother or father")
    GUARDIAN = "guardian", N_("Guardian")
    CARER = "carer", N_("Carer")
    RELATIVE = "relative", N_("Relative")
    TEACHER = "teacher", N_("Teacher")
    AUTHORITY = "authority", N_("Local authority")
    POLICE = "police", N_("Police officer")
    VICTIM = "victim", N_("Victim")
    OTHER = "other", N_("Other")


class Interview(Row):
    """An interview or a visit."""

    on: date | None = cell(N_("Date"))
    where: Contact | None = cell(N_("Where or how"))
    who: Interviewee | None = cell(N_("Who"))
    name: str | None = cell(N_("Name"))


class PastContact(Row):
    """An earlier contact with police, court or centre."""

    on: PartialDate | None = cell(N_("When"))
    what: PastContactKind | None = cell(N_("What"))
    reason: str | None = cell(N_("Reason"))
    outcome: str | None = cell(N_("Outcome"))


class AllegedOffence(Row):
    """An offence as the report states it."""

    category: OffenceCategory | None = cell(N_("Kind of offence"))
    article: str | None = cell(N_("Article"))
    offence_class: OffenceClass | None = cell(N_("Class"))
    committed_on: PartialDate | None = cell(N_("Date"))
    place: str | None = cell(N_("Place"))


class Loss(Row):
    """A loss or an injury of the victim."""

    item: str | None = cell(N_("Loss or injury"))
    amount: int | None = cell(N_("Amount in riel"), kind=Kind.MONEY)
    repaired: int | None = cell(N_("Repaired so far in riel"), kind=Kind.MONEY)


class CommunityView(Row):
    """What somebody of the community says."""

    name: str | None = cell(N_("Name"))
    who: CommunityVoice | None = cell(N_("Function"))
    on: date | None = cell(N_("Date"))
    view: str | None = cell(N_("View"))


class RankedNeed(Row):
    """A need; the first line is the most urgent."""

    need: Need | None = cell(N_("Need"))
    remark: str | None = cell(N_("Remark"))


class PlanStep(Row):
    """A step of the plan."""

    goal: str | None = cell(N_("Goal"))
    activity: str | None = cell(N_("Activity"))
    who: str | None = cell(N_("Who"))
    when: str | None = cell(N_("By when"))
    evidence: str | None = cell(N_("Evidence"))
