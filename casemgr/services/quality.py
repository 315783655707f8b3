"""Data quality: what contradicts itself or is wanting in the records, each line with the field to mend."""

from collections import Counter
from collections.abc import Iterable

from casemgr import clock
from casemgr.i18n import Words
from casemgr.law.quality import RULES, Weight
from casemgr.pace import Cancelled, Pace, Progress, without_sweeping
from casemgr.records.base import Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import field_of
from casemgr.records.kinds import KINDS
from casemgr.services.office import Office, Right
from casemgr.store.quality_rows import GapRow as GapRow  # noqa: PLC0414  (what the list below returns)
from casemgr.store.quality_rows import gap_rows

_PLACES = {rule.name: place for place, rule in enumerate(RULES)}
WEIGHTS = {rule.name: rule.weight for rule in RULES}
_EVERY_KIND: tuple[type[Record], ...] = (Child, Case, Offence, *(kind.record for kind in KINDS))
_KINDS = {kind.__name__: kind for kind in _EVERY_KIND}


def quality(
    office: Office, *, weight: Weight | None = None, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[GapRow]:  # fmt: skip
    """Return all that is to be mended, what cannot be true first, and of each rule the newest case first.

    A case worker is told of the own cases and those that nobody carries, and of children without a case. Who may not
    know names is told codes. Complaints are in none of it. weight: of this weight alone. progress is told how many
    children are looked at, and of how many; where cancelled says so, Stopped is raised. Raises NotAllowed.
    """
    with without_sweeping(), office.read(Right.LIST) as work:
        found = [
            row if office.knows_names else row._replace(name_km=row.child_code, name_latin=row.child_code)
            for row in gap_rows(work, clock.today(), office.scope, Pace(0, progress, cancelled))
            if weight is None or WEIGHTS[row.rule] is weight
        ]
    found.sort(key=lambda row: row.number, reverse=True)
    found.sort(key=lambda row: _PLACES[row.rule])
    return found


def counted(rows: Iterable[GapRow]) -> Counter[Weight]:
    """Return how many there are of each weight."""
    return Counter(WEIGHTS[row.rule] for row in rows)


def said(row: GapRow, words: Words) -> str:
    """Return what is wrong, in words."""
    question = words.text(row.label) if row.label else ""
    return words.text(row.message, question=question, count=words.number(row.amount))


def where(row: GapRow, words: Words) -> tuple[str, str]:
    """Return which record it is in, and the question to mend; empty where it names none."""
    kind = _KINDS[row.kind]
    return words.text(kind.title), words.text(field_of(kind, row.field).label) if row.field else ""
