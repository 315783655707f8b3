"""The files of many children, with the columns that reoffending is reckoned from and no others."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from casemgr.measures.cohort import Member
from casemgr.measures.index_events import IndexEvent, IndexKind
from casemgr.measures.reading import CaseFile, member_of
from casemgr.records.base import CaseRecord
from casemgr.records.beside.consent import Consent
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.kept import IndexEventKept
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.court import Decision
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.store.bare import bare
from casemgr.store.work import Work

READ: dict[type[CaseRecord], tuple[str, ...]] = {
    Arrest: ("case_id", "arrested_at", "arrived_at", "custody_ended_at", "outcome"),
    Decision: ("case_id", "decision", "decided_on"),
    Detention: ("case_id", "started_on", "ended_on", "end_reason", "basis"),
    Diversion: ("case_id", "ordered_on", "outcome", "breaches"),
    Judgment: (
        "case_id", "decided_on", "result", "penalties", "measures", "to_serve_months", "to_serve_days", "measure_kept",
    ),
    ReintegrationPlan: ("case_id", "begun_on", "ended_on", "support"),
    FollowUp: (
        "case_id", "created_at", "done_on", "how", "status", "reached", "new_contact", "source", "level",
        "offence_category", "offence_on", "contact_on", "confirmed",
    ),
    Closure: ("case_id", "closed_on", "reason", "reopened_on"),
    Consent: ("case_id", "scope", "given_on", "valid_until", "withdrawn_on"),
}  # fmt: skip
"""Which columns measures.reading reads of which records."""

Files = dict[UUID, dict[UUID, CaseFile]]
"""The files of each child by their cases."""


def files_of(work: Work, child_ids: Collection[UUID] | None = None) -> Files:
    """Return the files of these children, or of all that have an index event, oldest case first."""
    among = _followed() if child_ids is None else list(child_ids)
    cases = list(bare(work, Case, ("id", "child_id", "child_role"), Case.child_id.in_(among)))
    known = {case.id: CaseFile(case, [], []) for case in cases}
    own = sa.select(Case.id).where(Case.child_id.in_(among))
    for offence in bare(
        work, Offence, ("case_id", "category", "offence_class", "committed_on"), Offence.case_id.in_(own)
    ):
        known[offence.case_id].offences.append(offence)  # type: ignore[attr-defined]
    for kind, names in READ.items():
        for record in bare(work, kind, names, kind.case_id.in_(own)):
            known[record.case_id].records.append(record)  # type: ignore[attr-defined]
    files: Files = {}
    for case in cases:
        files.setdefault(case.child_id, {})[case.id] = known[case.id]
    return files


def _followed() -> sa.Select[tuple[UUID]]:
    return sa.select(IndexEventKept.child_id)


def index_events_of(
    work: Work, as_of: date, *, every: bool = False, child_ids: Collection[UUID] | None = None
) -> list[IndexEvent]:  # fmt: skip
    """Return the first index event of each child up to that day, earliest first; with every, one for each day."""
    asked = sa.select(
        IndexEventKept.child_id, IndexEventKept.case_id, IndexEventKept.record_id, IndexEventKept.kind,
        IndexEventKept.began_on,
    ).where(IndexEventKept.began_on <= as_of)  # fmt: skip
    asked = asked if every else asked.where(IndexEventKept.first)
    if child_ids is not None:
        asked = asked.where(IndexEventKept.child_id.in_(child_ids))
    kinds = {kind.value: kind for kind in IndexKind}
    return [
        IndexEvent(child, case, record, kinds[kind], on)
        for child, case, record, kind, on in work.session.connection().execute(asked.order_by(IndexEventKept.began_on))
    ]


def members_of(work: Work, events: Collection[IndexEvent], files: Files) -> Iterator[Member]:
    """Yield what the files tell of each child since its index event."""
    among = {event.child_id for event in events}
    where = (Child.id.in_(_followed()),) if len(among) > 500 else (Child.id.in_(among),)
    children = {child.id: child for child in bare(work, Child, ("id", "born", "sex"), *where)}
    for event in events:
        yield member_of(event, children[event.child_id], list(files[event.child_id].values()))
