"""Consent: what the child and the guardian allow, for how long, and what they took back."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.child import Relation
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Choice, Group, Kind, Row, cell
from casemgr.records.stage import Clock, Event, Order, RecordKind, Records, Stage, field_time


class ConsentScope(Choice):
    """What is allowed. Each is asked and ticked by itself; what is not ticked is not allowed."""

    SERVICES = "services", N_("Help with the case")
    SHARING = "sharing", N_("Sharing data with named recipients")
    CONTACT = "contact", N_("Visits and calls after the case")
    PHOTO = "photo", N_("Photographs for the file")
    STORY = "story", N_("Telling the story without names")
    MEDIA = "media", N_("Interview or picture in the media")
    NOTHING = "nothing", N_("Nothing: consent was refused")


class ConsentGiver(Choice):
    """Who was asked and answered."""

    CHILD = "child", N_("The child")
    GUARDIAN = "guardian", N_("The guardian")
    BOTH = "both", N_("The child and the guardian")


class ConsentWay(Choice):
    """How the answer was given."""

    SIGNATURE = "signature", N_("Signature")
    THUMBPRINT = "thumbprint", N_("Thumbprint")
    SPOKEN = "spoken", N_("Spoken before a witness")


class ErasingDecision(Choice):
    """What a supervisor decides is to become of what the office knows, after a withdrawal."""

    KEEP = "keep", N_("Keep all, and say why to the family")
    DOCUMENTS = "documents", N_("Erase documents and photographs")
    ANONYMISE = "anonymise", N_("Make the records nameless")
    ERASE = "erase", N_("Erase everything")


class Recipient(Row):
    """Somebody data may be shared with."""

    organisation: str | None = cell(N_("Organisation"))
    purpose: str | None = cell(N_("Purpose"))
    what: str | None = cell(N_("What is shared"))


SCOPE = Group(
    "scope",
    N_("What is allowed"),
    N_("Ask for each by itself. Help with the case never depends on photographs or on the media."),
)
GIVER = Group("giver", N_("Who consents"))
EXPLAINED = Group("explained", N_("How it was explained"))
TERM = Group("term", N_("How long, and withdrawal"))


ERASING = Group(
    "erasing",
    N_("What is to be erased"),
    N_("A supervisor decides. Nothing is erased by this alone: an administrator does it, in the settings."),
)


def guardian_consents(consent: "Consent") -> bool:
    """Whether a guardian is to be named."""
    return consent.given_by in (ConsentGiver.GUARDIAN, ConsentGiver.BOTH)


def data_is_shared(consent: "Consent") -> bool:
    """Whether there are recipients to name."""
    return ConsentScope.SHARING in consent.scope


def was_withdrawn(consent: "Consent") -> bool:
    """Whether the consent was taken back."""
    return consent.withdrawn_on is not None


class Consent(CaseRecord):
    """One consent, or one refusal. A later one adds to an earlier one; only a withdrawal or its day ends it."""

    __tablename__ = "consent"
    __table_args__ = (sa.Index("consent_listed", "case_id", "scope", "given_on", "valid_until", "withdrawn_on"),)
    title: ClassVar[str] = N_("Consent")

    scope: Mapped[tuple[ConsentScope, ...]] = field(
        N_("What is allowed"), choices=ConsentScope, group=SCOPE, required=True,
        sample=(ConsentScope.SERVICES, ConsentScope.SHARING, ConsentScope.CONTACT),
    )  # fmt: skip
    recipients: Mapped[tuple[Recipient, ...]] = field(
        N_("Data may be shared with"), rows=Recipient, group=SCOPE, shown_when=data_is_shared,
        sample=(
            Recipient(
                organisation="ជំនួយផ្នែកច្បាប់", purpose="ការពារកុមារនៅតុលាការ", what="ឈ្មោះ អាយុ បទល្មើស និងទីកន្លែងឃុំខ្លួន"
            ),
        ),
    )  # fmt: skip

    given_by: Mapped[ConsentGiver | None] = field(
        N_("Given by"), group=GIVER, required=True, sample=ConsentGiver.BOTH,
        help=N_("Ask the child as well, in words the child understands."),
    )  # fmt: skip
    guardian_name: Mapped[str | None] = field(
        N_("Name of the guardian"), group=GIVER, shown_when=guardian_consents, sample="អ៊ុំ សុផល"
    )
    relation: Mapped[Relation | None] = field(
        N_("Relation to the child"), group=GIVER, shown_when=guardian_consents, sample=Relation.MOTHER
    )
    given_on: Mapped[date | None] = field(N_("Given on"), group=GIVER, required=True, sample=date(2026, 11, 23))
    how: Mapped[ConsentWay | None] = field(N_("Given how"), group=GIVER, required=True, sample=ConsentWay.THUMBPRINT)
    witness: Mapped[str | None] = field(N_("Witness"), group=GIVER, sample="លឹម ចន្ទតារា")

    read_aloud: Mapped[Answer | None] = field(N_("Read aloud?"), group=EXPLAINED, sample=Answer.YES)
    language: Mapped[str | None] = field(N_("In which language"), group=EXPLAINED, sample="ខ្មែរ")
    explained: Mapped[Answer | None] = field(
        N_("Right to refuse and withdraw explained?"), group=EXPLAINED, required=True, sample=Answer.YES
    )

    valid_until: Mapped[date | None] = field(
        N_("Valid until"), group=TERM, sample=date(2027, 11, 23),
        help=N_("The last day on which it holds. Empty: until it is withdrawn."),
    )  # fmt: skip
    withdrawn_on: Mapped[date | None] = field(
        N_("Withdrawn on"), group=TERM, sample=date(2027, 6, 30),
        help=N_("From this day on nothing of it holds. Write a new consent for what may go on."),
    )  # fmt: skip
    withdrawn_by: Mapped[str | None] = field(
        N_("Withdrawn by"), group=TERM, shown_when=was_withdrawn, sample="អ៊ុំ សុផល (ម្តាយ)"
    )
    withdrawn_what: Mapped[str | None] = field(
        N_("What was withdrawn"), kind=Kind.TEXT, group=TERM, shown_when=was_withdrawn,
        sample="មិនឱ្យចែករំលែកព័ត៌មានជាមួយអង្គការផ្សេងទៀត។",
    )  # fmt: skip

    decision: Mapped[ErasingDecision | None] = field(
        N_("Decision of the supervisor"), group=ERASING, shown_when=was_withdrawn, sample=ErasingDecision.KEEP
    )
    decided_on: Mapped[date | None] = field(
        N_("Decided on"), group=ERASING, shown_when=was_withdrawn, sample=date(2027, 7, 5)
    )
    decided_by: Mapped[str | None] = field(N_("Decided by"), group=ERASING, shown_when=was_withdrawn, sample="ទេព បូរិន")


def allows(consents: Iterable[Consent], scope: ConsentScope, on: date) -> bool:
    """Return whether one of these consents allows this on that day.

    The day it was given and the last day of its term are counted in, the day of a withdrawal is not. A consent of
    which nobody wrote down the day it was given allows nothing.
    """
    return bool(allowing(consents, scope, on))


def allowing(consents: Iterable[Consent], scope: ConsentScope, on: date) -> list[Consent]:
    """Return those of these consents by which this is allowed on that day, as allows says."""
    return [consent for consent in consents if scope in consent.scope and _holds(consent, on)]


def _holds(consent: Consent, on: date) -> bool:
    return (
        consent.given_on is not None
        and consent.given_on <= on
        and (consent.valid_until is None or on <= consent.valid_until)
        and (consent.withdrawn_on is None or on < consent.withdrawn_on)
    )


def withdrawn_from(consents: Iterable[Consent], scope: ConsentScope, on: date) -> date | None:
    """Return since when this is withdrawn, and no consent given since allows it again; None where it is not."""
    own = [each for each in consents if scope in each.scope]
    ended = [day for each in own if (day := each.withdrawn_on) is not None and day <= on]
    return None if not ended or allows(own, scope, on) else max(ended)


def _renewed_on(consent: Consent, records: Records) -> date | None:
    """Return the day from which a later consent allows all that this one does, None while none does."""
    given_on = consent.given_on
    if given_on is None:
        return None
    later = (
        other.given_on
        for other in records
        if isinstance(other, Consent) and other.given_on is not None and other.given_on > given_on
        and set(consent.scope) <= set(other.scope)
    )  # fmt: skip
    return min(later, default=None)


CONSENT_RECORD = RecordKind(
    key="consent",
    record=Consent,
    clocks=(
        Clock(
            "consent-end", N_("End of the consent"), starts=field_time("given_on"), due=field_time("valid_until"),
            ends=field_time("withdrawn_on"), stopped_by=_renewed_on,
        ),
        Clock(
            "withdrawal-decision", N_("What to erase after a withdrawal"), starts=field_time("withdrawn_on"),
            ends=field_time("decided_on"), told_in="decided_on",
        ),
    ),
    events=(
        Event(field_time("given_on"), N_("Consent given or refused")),
        Event(field_time("withdrawn_on"), N_("Consent withdrawn")),
    ),
    orders=(
        Order("given_on", "valid_until", N_("The consent would end before it was given.")),
        Order("given_on", "withdrawn_on", N_("The consent would be withdrawn before it was given.")),
        Order("withdrawn_on", "decided_on", N_("What to erase would be decided before the withdrawal.")),
    ),
    after_birth=("given_on",),
    happened=("given_on", "withdrawn_on", "decided_on"),
)  # fmt: skip

CONSENT = Stage("consent", N_("Consent"), (CONSENT_RECORD,))
