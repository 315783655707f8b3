"""The coded answers of prosecutor and court: decisions, hearings, judgments."""

from casemgr.i18n import N_
from casemgr.records.fields import Choice


class Authority(Choice):
    """Who decided."""

    PROSECUTOR = "prosecutor", N_("Prosecutor")
    INVESTIGATING_JUDGE = "investigating-judge", N_("Investigating judge")
    TRIAL_COURT = "trial-court", N_("Trial court")
    INVESTIGATION_CHAMBER = "investigation-chamber", N_("Investigation chamber")
    APPEAL_COURT = "appeal-court", N_("Court of appeal")
    SUPREME_COURT = "supreme-court", N_("Supreme Court")
    UNKNOWN = "unknown", N_("Unknown")


class DecisionMade(Choice):
    """What a prosecutor or a judge decided outside a judgment."""

    DROPPED = "dropped", N_("Case dropped")
    CHARGED = "charged", N_("Charged")
    TO_INVESTIGATION = "to-investigation", N_("Sent to the investigating judge")
    TO_TRIAL = "to-trial", N_("Sent to trial")
    DETAINED = "detained", N_("Pre-trial detention ordered")
    EXTENDED = "extended", N_("Detention extended")
    RELEASED = "released", N_("Released")
    SUPERVISED = "supervised", N_("Released under judicial supervision")
    DIVERSION = "diversion", N_("Diversion offered")
    TRANSFERRED = "transferred", N_("Case transferred")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class SupervisionCondition(Choice):
    """What judicial supervision may ask (Code of Criminal Procedure, articles 223 ff.; the text was not read)."""

    AREA = "area", N_("Stay in a named area")
    REPORTING = "reporting", N_("Regular reporting")
    NO_CONTACT = "no-contact", N_("No contact with named people")
    DEPOSIT = "deposit", N_("Deposit of money")
    TREATMENT = "treatment", N_("Medical check or treatment")
    NO_WEAPONS = "no-weapons", N_("Not to hold weapons")
    OTHER = "other", N_("Other")
    NONE = "none", N_("None of these")
    UNKNOWN = "unknown", N_("Unknown")


class Interval(Choice):
    """How often somebody has to report."""

    DAY = "day", N_("Every day")
    WEEK = "week", N_("Every week")
    TWO_WEEKS = "two-weeks", N_("Every two weeks")
    MONTH = "month", N_("Every month")
    THREE_MONTHS = "three-months", N_("Every three months")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Chamber(Choice):
    """Before which court or chamber a hearing is."""

    FIRST_INSTANCE = "first-instance", N_("Court of first instance")
    INVESTIGATION_CHAMBER = "investigation-chamber", N_("Investigation chamber")
    APPEAL = "appeal", N_("Court of appeal")
    SUPREME = "supreme", N_("Supreme Court")
    UNKNOWN = "unknown", N_("Unknown")


class HearingStage(Choice):
    """What a hearing is about."""

    INVESTIGATION = "investigation", N_("Judicial investigation")
    DETENTION = "detention", N_("Bail or review of detention")
    TRIAL = "trial", N_("Trial")
    JUDGMENT = "judgment", N_("Reading of the judgment")
    APPEAL = "appeal", N_("Appeal")
    SUPREME = "supreme", N_("Supreme Court")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class HearingOutcome(Choice):
    """Whether a planned hearing took place."""

    HELD = "held", N_("It took place")
    POSTPONED = "postponed", N_("Postponed")
    CANCELLED = "cancelled", N_("Cancelled")
    UNKNOWN = "unknown", N_("Unknown")


class PostponedWhy(Choice):
    """Why a hearing was postponed."""

    CHILD = "child", N_("Child was not brought")
    LAWYER = "lawyer", N_("No lawyer came")
    JUDGE = "judge", N_("Judge or prosecutor absent")
    GUARDIAN = "guardian", N_("Parent or guardian absent")
    VICTIM = "victim", N_("Victim or witness absent")
    CO_ACCUSED = "co-accused", N_("Co-accused absent")
    INTERPRETER = "interpreter", N_("No interpreter")
    REPORT = "report", N_("Social inquiry report missing")
    FILE = "file", N_("Court file not complete")
    TIME = "time", N_("No time left")
    LAWYER_ASKED = "lawyer-asked", N_("Asked for by the lawyer")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Openness(Choice):
    """Who may be in the room."""

    CLOSED = "closed", N_("Closed to the public")
    PARTLY = "partly", N_("Partly closed")
    OPEN = "open", N_("Open to the public")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class ScreenUse(Choice):
    """Whether a screen or a camera kept the child from being seen."""

    USED = "used", N_("Screen used")
    NOT_USED = "not-used", N_("Screen not used")
    NONE_THERE = "none-there", N_("No screen there")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class LawyerAtHearing(Choice):
    """Whose lawyer stood by the child."""

    OWN = "own", N_("Lawyer of the child's own")
    APPOINTED = "appointed", N_("Lawyer named by the court")
    NONE = "none", N_("No lawyer")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class HeldBefore(Choice):
    """From where the child came to the hearing."""

    FREE = "free", N_("At liberty")
    SUPERVISED = "supervised", N_("Under judicial supervision")
    CUSTODY = "custody", N_("In police custody")
    PRETRIAL = "pretrial", N_("In pre-trial detention")
    SENTENCED = "sentenced", N_("Serving a sentence of imprisonment")
    CENTRE = "centre", N_("In a centre")
    UNKNOWN = "unknown", N_("Unknown")


class CourtLevel(Choice):
    """Which court gave a judgment."""

    FIRST_INSTANCE = "first-instance", N_("Court of first instance")
    APPEAL = "appeal", N_("Court of appeal")
    SUPREME = "supreme", N_("Supreme Court")
    UNKNOWN = "unknown", N_("Unknown")


class JudgmentResult(Choice):
    """What the court decided in the end."""

    CONVICTED = "convicted", N_("Convicted, with a penalty")
    MEASURES = "measures", N_("Measures instead of a penalty")
    ACQUITTED = "acquitted", N_("Acquitted")
    DROPPED = "dropped", N_("Case dropped")
    UPHELD = "upheld", N_("Earlier judgment upheld")
    SENT_BACK = "sent-back", N_("Sent back to be judged again")
    TRANSFERRED = "transferred", N_("Case transferred")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class CourtMeasure(Choice):
    """Measures in place of a penalty (Penal Code, article 40)."""

    PARENTS = "parents", N_("Return to parents, guardian or trustworthy person")
    PUBLIC_SERVICE = "public-service", N_("Entrusting to a public service")
    ORGANISATION = "organisation", N_("Entrusting to an organisation")
    HOSPITAL = "hospital", N_("Entrusting to a hospital or institution")
    COURT_PROTECTION = "court-protection", N_("Placement under the court's protection")
    UNKNOWN = "unknown", N_("Unknown")


class Penalty(Choice):
    """Penalties, and the ways in which they are served or put off."""

    IMPRISONMENT = "imprisonment", N_("Imprisonment")
    SUSPENDED = "suspended", N_("Suspended sentence")
    PROBATION = "probation", N_("Suspended sentence with probation")
    DEFERRED = "deferred", N_("Deferred sentence")
    COMMUNITY_SERVICE = "community-service", N_("Community service")
    REPRIMAND = "reprimand", N_("Reprimand")
    FINE = "fine", N_("Fine")
    SEMI_LIBERTY = "semi-liberty", N_("Semi-liberty")
    SPLIT = "split", N_("Sentence in parts")
    NONE = "none", N_("No penalty")
    UNKNOWN = "unknown", N_("Unknown")


class AdditionalPenalty(Choice):
    """The only additional penalties for a minor (Penal Code, article 161)."""

    TOOLS = "tools", N_("Confiscation of the tools")
    OBJECTS = "objects", N_("Confiscation of the objects or funds")
    PROCEEDS = "proceeds", N_("Confiscation of the proceeds")
    FURNITURE = "furniture", N_("Confiscation of things at the scene")
    WEAPONS = "weapons", N_("Ban on holding weapons")
    NONE = "none", N_("None of these")
    UNKNOWN = "unknown", N_("Unknown")


class Obligation(Choice):
    """The only special obligations of probation for a minor (Penal Code, article 165)."""

    SCHOOLING = "schooling", N_("Schooling or vocational training")
    RESIDENCE = "residence", N_("Fixed residence")
    MEDICAL = "medical", N_("Medical check or treatment")
    REPAIR = "repair", N_("Repair of the damage within their means")
    STATE_SUMS = "state-sums", N_("Proof of paying what the State is owed")
    PLACES = "places", N_("Keep away from named places")
    NO_BARS = "no-bars", N_("Not to go to bars")
    NO_CONTACT = "no-contact", N_("No contact with named people")
    NO_WEAPONS = "no-weapons", N_("Not to hold weapons")
    NONE = "none", N_("None of these")
    UNKNOWN = "unknown", N_("Unknown")


class MeasureKept(Choice):
    """How a measure or a sentence outside prison went."""

    KEPT = "kept", N_("It was kept")
    BREACHED = "breached", N_("It was not kept")
    CHANGED = "changed", N_("Changed by the court")
    UNKNOWN = "unknown", N_("Unknown")


class AppealBy(Choice):
    """Who appealed."""

    CHILD = "child", N_("The child")
    PROSECUTOR = "prosecutor", N_("Prosecutor")
    CIVIL_PARTY = "civil-party", N_("Civil party")
    SEVERAL = "several", N_("Several of them")
    NOBODY = "nobody", N_("Nobody")
    UNKNOWN = "unknown", N_("Unknown")
