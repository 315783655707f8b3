"""The pathway: what happens to a child in the procedure, one module per stage; and what stands beside it in a case."""

from casemgr.records.base import CaseRecord
from casemgr.records.pathway.arrest import ARREST
from casemgr.records.pathway.social_inquiry import SOCIAL_INQUIRY
from casemgr.records.pathway.stage import RecordKind, Stage

PATHWAY: tuple[Stage, ...] = (ARREST, SOCIAL_INQUIRY)
"""The stages in the order of the procedure."""

BESIDE: tuple[Stage, ...] = ()
"""The parts of a case file that belong to no one stage."""

KINDS: tuple[RecordKind, ...] = tuple(kind for stage in (*PATHWAY, *BESIDE) for kind in stage.kinds)
"""Every kind of record of a case, in the order of the file."""

_BY_RECORD = {kind.record: kind for kind in KINDS}


def kind_of(record: CaseRecord | type[CaseRecord]) -> RecordKind | None:
    """Return what is declared of a record's kind; None for an offence or an addendum, which are of no stage."""
    return _BY_RECORD.get(record if isinstance(record, type) else type(record))


def stage_of(kind: RecordKind) -> Stage:
    """Return the stage, or part of the file, a kind of record belongs to."""
    return next(stage for stage in (*PATHWAY, *BESIDE) if kind in stage.kinds)
