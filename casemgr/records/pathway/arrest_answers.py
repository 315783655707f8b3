"""The answers an arrest can have: choices, and the lines of its tables."""

from datetime import datetime

from casemgr.i18n import N_
from casemgr.records.fields import Choice, Row, cell


class Means(Choice):
    """How somebody was told."""

    IN_PERSON = "in-person", N_("In person")
    PHONE = "phone", N_("By telephone")
    MESSAGE = "message", N_("By message")
    LETTER = "letter", N_("By letter")
    COMMUNE = "commune", N_("Through the village or commune chief")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class LawyerPaid(Choice):
    """Who pays the lawyer."""

    FREE = "free", N_("Free of charge")
    FAMILY = "family", N_("Paid by the family")
    OFFICE = "office", N_("Paid by our office")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class RoomUse(Choice):
    """Whether the child-friendly interview room was used."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NONE_AVAILABLE = "none-available", N_("No such room there")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Interpreter(Choice):
    """Whether an interpreter helped."""

    NOT_NEEDED = "not-needed", N_("Not needed")
    YES = "yes", N_("Yes")
    NO = "no", N_("Needed, but none came")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Present(Choice):
    """Who sat with the child."""

    GUARDIAN = "guardian", N_("Parent or guardian")
    SUPPORT_PERSON = "support-person", N_("Support person")
    LAWYER = "lawyer", N_("Lawyer")
    SOCIAL_AGENT = "social-agent", N_("Social agent")
    OUR_STAFF = "our-staff", N_("Our staff")
    NOBODY = "nobody", N_("Nobody")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class PaperGiven(Choice):
    """Papers handed to the child or the family."""

    CUSTODY_RECORD = "custody-record", N_("Record of the custody")
    STATEMENT = "statement", N_("Copy of the statement")
    SUMMONS = "summons", N_("Summons")
    UNDERTAKING = "undertaking", N_("Warning or undertaking")
    RIGHTS = "rights", N_("Leaflet on rights")
    NONE = "none", N_("No documents")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class PoliceOutcome(Choice):
    """How the police stage ended."""

    RELEASED = "released", N_("Released without action")
    VERBAL_WARNING = "verbal-warning", N_("Verbal warning")
    WRITTEN_WARNING = "written-warning", N_("Written warning with undertaking")
    RELEASED_TO_GUARDIAN = "released-to-guardian", N_("Released to the guardian")
    PROSECUTOR = "prosecutor", N_("Sent to the prosecutor")
    CENTRE = "centre", N_("Sent to a drug or social affairs centre")
    UNKNOWN = "unknown", N_("Unknown")


class UndertakingSigned(Choice):
    """Who signed or thumb-printed the undertaking."""

    BOTH = "both", N_("Child and guardian")
    CHILD = "child", N_("The child alone")
    GUARDIAN = "guardian", N_("The guardian alone")
    NOBODY = "nobody", N_("Nobody")
    UNKNOWN = "unknown", N_("Unknown")


AT_LIBERTY = frozenset({
    PoliceOutcome.RELEASED, PoliceOutcome.VERBAL_WARNING, PoliceOutcome.WRITTEN_WARNING,
    PoliceOutcome.RELEASED_TO_GUARDIAN,
})  # fmt: skip


class Questioning(Row):
    """One round of questions."""

    started_at: datetime | None = cell(N_("From"))
    ended_at: datetime | None = cell(N_("To"))
    remark: str | None = cell(N_("By whom, breaks, incidents"))
