"""How long an office keeps what it knows of a child, what may not be erased, and what was.

None of it is law: nothing of the law on keeping such papers is confirmed. Without a rule nothing is ever erased.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.clock import months_after
from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.columns import field
from casemgr.records.fields import Choice, Kind, Row, cell


class Kept(Choice):
    """What a rule is about."""

    CASES = "cases", N_("Whole cases")
    DOCUMENTS = "documents", N_("Documents and photographs")


class ErasingWay(Choice):
    """How something is erased."""

    ANONYMISE = "anonymise", N_("Made nameless: figures stay")
    ERASE = "erase", N_("Erased whole")
    DOCUMENTS = "documents", N_("Documents and photographs erased")


class ErasingGround(Choice):
    """On what an erasing rests."""

    RULE = "rule", N_("The office's rule on keeping")
    WITHDRAWAL = "withdrawal", N_("Consent withdrawn, as a supervisor decided")


class ErasedKind(Choice):
    """What was erased, counted."""

    CHILDREN = "children", N_("Children")
    CASES = "cases", N_("Cases")
    RECORDS = "records", N_("Records of the cases")
    DOCUMENTS = "documents", N_("Documents and photographs")
    LINKS = "links", N_("Links and contacts")
    DRAFTS = "drafts", N_("Unfinished entries")
    TRAIL = "trail", N_("Lines of the history made empty")


class ErasedCount(Row):
    """How many of a kind were erased."""

    kind: ErasedKind | None = cell(N_("What"))
    number: int | None = cell(N_("How many"))


class StillWhere(Choice):
    """Where something of what was erased still is, as far as the program knows."""

    COPIES = "copies", N_("In copies of the office, in the folder for copies, made on")
    STICK = "stick", N_("In copies of the office, on the stick, made on")
    ASIDE = "aside", N_("In the office as it was before a copy was put back, kept aside on")
    OFFICE = "office", N_("With another office, handed over on")
    OUT = "out", N_("On papers and in files that left the program on")
    LISTS = "lists", N_("Perhaps in lists of children that left the program on")


class StillThere(Row):
    """A day on which something was made that still tells of what was erased."""

    where: StillWhere | None = cell(N_("Where it still is"))
    on: date | None = cell(N_("On"))


class RetentionRule(Record):
    """From a day on, what is kept for so many years after the last closing; no years: it is kept without end.

    A rule is never changed: the one whose day came last counts, of several of one day the last one written.
    """

    __tablename__ = "retention_rule"
    title: ClassVar[str] = N_("How long we keep")

    what: Mapped[Kept | None] = field(N_("What is kept"), required=True)
    years: Mapped[int | None] = field(N_("Years after the closing"))
    holds_from: Mapped[date | None] = field(N_("Holds from"), required=True)
    decided_by: Mapped[str | None] = field(N_("Who decided it"), required=True)
    note: Mapped[str | None] = field(N_("Why, or where it is written"), kind=Kind.TEXT)


class ErasingHold(Record):
    """A supervisor's word that nothing of a child may be erased. lifted_on: None while it holds."""

    __tablename__ = "erasing_hold"
    title: ClassVar[str] = N_("Not to be erased")

    child_id: Mapped[UUID] = mapped_column(sa.ForeignKey("child.id"), index=True)
    reason: Mapped[str | None] = field(N_("Why it is not to be erased"), kind=Kind.TEXT, required=True)
    set_by: Mapped[UUID]
    set_on: Mapped[date]
    lifted_on: Mapped[date | None] = mapped_column(default=None)


class Erasure(Record):
    """What is kept of an erasing: enough to prove it, and nothing of whom it was.

    known_as: the code on papers that may still lie somewhere, or, where the figures stay, the new code, which stands on
    no paper. head_before, head_after: number and digest of the trail's newest line. still: where something of it still
    is, as far as the program knows. copies_until: when the last copy that holds it is overwritten, None where nobody
    knows.
    """

    __tablename__ = "erasure"
    title: ClassVar[str] = N_("Certificate of erasing")

    done_at: Mapped[datetime | None] = field(N_("Erased on"), required=True)
    way: Mapped[ErasingWay | None] = field(N_("In what way"), required=True)
    ground: Mapped[ErasingGround | None] = field(N_("On what it rests"), required=True)
    known_as: Mapped[str | None] = field(N_("Code of the child"), required=True)
    counts: Mapped[tuple[ErasedCount, ...]] = field(N_("What was erased"), rows=ErasedCount, required=True)
    still: Mapped[tuple[StillThere, ...]] = field(N_("Where it still is"), rows=StillThere)
    rule: Mapped[str | None] = field(N_("Rule"))
    reason: Mapped[str | None] = field(N_("Reason"), kind=Kind.TEXT, required=True)
    copies_until: Mapped[date | None] = field(N_("Older copies are gone by"))
    done_by: Mapped[UUID]
    confirmed_by: Mapped[UUID]
    head_before: Mapped[str] = mapped_column(sa.String(80))
    head_after: Mapped[str] = mapped_column(sa.String(80))


def rule_on(rules: Iterable[RetentionRule], what: Kept, on: date) -> RetentionRule | None:
    """Return the rule that counts on that day, None where there is none; given in the order they were written."""
    begun = [each for each in rules if each.what is what and each.holds_from is not None and each.holds_from <= on]
    newest = max((each.holds_from for each in begun if each.holds_from), default=None)
    return next((each for each in reversed(begun) if each.holds_from == newest), None)


def kept_until(closed_on: date, promised: date | None, years: int) -> date:
    """Return the last day on which something is kept, after the last closing.

    promised: until when the papers were promised to be kept, which counts where it is later.
    """
    by_rule = months_after(closed_on, 12 * years)
    return by_rule if promised is None else max(by_rule, promised)
