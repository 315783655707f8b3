"""What is missing or contradictory in a case: listed for the worker, each with the field to mend; never blocking."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.arrest import AT_LIBERTY, Arrest

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)


class Remark(NamedTuple):
    """Something to look at. record_id, field: where it can be mended; both None where a record is missing."""

    message: str
    record_id: UUID | None = None
    field: str | None = None


class Matter(NamedTuple):
    """What remarks are made of: all that is kept of one case, and the moment at which it is looked at."""

    child: Child
    case: Case
    offences: Sequence[Offence]
    records: Sequence[CaseRecord]
    now: datetime

    def of(self, kind: type[AnyRecord]) -> list[AnyRecord]:
        """Return the records of one class."""
        return [record for record in self.records if isinstance(record, kind)]


def remarks_of(matter: Matter) -> tuple[Remark, ...]:
    """Return what is missing or contradictory, in the order of the rules below."""
    return tuple(remark for rule in RULES for remark in rule(matter))


def _no_offence(matter: Matter) -> Iterator[Remark]:
    if not matter.offences:
        yield Remark(N_("No offence is written down: its class and date decide which limits count."))


def _no_lawyer(matter: Matter) -> Iterator[Remark]:
    for arrest in matter.of(Arrest):
        since = arrest.arrested_at or arrest.arrived_at
        home = arrest.outcome in AT_LIBERTY
        if since is None or home or arrest.lawyer_arrived_at is not None:
            continue
        if matter.now - since > timedelta(hours=24):
            yield Remark(
                N_("No lawyer has met the child, more than 24 hours after the arrest."), arrest.id, "lawyer_arrived_at"
            )


def _before_arrest(matter: Matter) -> Iterator[Remark]:
    """Whatever the timeline tells of another record cannot come before the first arrest of the case."""
    first = min((arrest.arrested_at for arrest in matter.of(Arrest) if arrest.arrested_at), default=None)
    if first is None:
        return
    for record in matter.records:
        kind = kind_of(record)
        if kind is None or isinstance(record, Arrest):
            continue
        at = min((as_moment(at) for event in kind.events if (at := event.at(record)) is not None), default=None)
        if at is not None and at.date() < first.date():
            yield Remark(N_("A date here lies before the arrest."), record.id)


Rule = Callable[[Matter], Iterable[Remark]]

RULES: tuple[Rule, ...] = (_no_offence, _no_lawyer, _before_arrest)
"""Each looks at the whole case and says what it finds; their order is that of the list the worker sees."""
