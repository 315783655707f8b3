"""What every declared record has to offer, for tests of single stages."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casemgr.records.base import Base, CaseRecord
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.fields import Choice, FieldInfo, Kind, Row, fields_of
from casemgr.records.plain import answers_of, from_plain, to_plain
from casemgr.records.stage import RecordKind, Stage

TYPES = {
    Kind.LINE: "str", Kind.TEXT: "str", Kind.PHONE: "str", Kind.PLACE: "str", Kind.NUMBER: "int", Kind.MONEY: "int",
    Kind.DATE: "date", Kind.MOMENT: "datetime", Kind.PARTIAL_DATE: "PartialDate", Kind.CHOICES: "tuple",
    Kind.ROWS: "tuple",
}  # fmt: skip


def sample_of(subject: type[Any]) -> dict[str, Any]:
    """Return what the invented example answers, by the name of the field."""
    return {info.name: info.sample for info in fields_of(subject)}


def check_stage(stage: Stage) -> None:
    """Fail for anything a stage declares wrongly."""
    for kind in stage.kinds:
        _check_fields(kind.record)
        _check_conditions(kind.record)
        _check_groups(kind.record)
        _check_kind(kind)


def _check_fields(subject: type[CaseRecord]) -> None:
    assert subject.title
    for info in fields_of(subject):
        assert info.label == info.label.strip(), info.name
        assert len(info.label.split()) <= 7, info.name
        assert info.group is not None, info.name
        assert info.sample not in (None, ()), info.name
        if info.kind is Kind.CHOICE:
            assert info.choices is not None
            assert isinstance(info.sample, info.choices), info.name
        else:
            assert type(info.sample).__name__ == TYPES[info.kind], info.name
        assert from_plain(info, to_plain(info.sample)) == info.sample, info.name
        for cell in (info, *(fields_of(info.row) if info.row else ())):
            _check_choices(cell)
        if info.row is not None:
            assert all(isinstance(line, info.row) for line in info.sample), info.name
            _check_cells(info.row, info.sample)


def _check_cells(row: type[Row], lines: tuple[Row, ...]) -> None:
    """Each column is answered by some line of the sample."""
    for cell in fields_of(row):
        assert any(getattr(line, cell.name) is not None for line in lines), (row, cell.name)


def _check_choices(info: FieldInfo) -> None:
    choices: type[Choice] | None = info.choices
    if choices is None:
        return
    codes, labels = [each.value for each in choices], [each.label for each in choices]
    assert all(code.isascii() and " " not in code and len(code) <= 40 for code in codes), choices
    assert len(set(labels)) == len(labels) == len(set(codes)), choices


def _check_conditions(subject: type[CaseRecord]) -> None:
    empty, full = subject(), subject(**sample_of(subject))
    for info in fields_of(subject):
        assert isinstance(info.is_shown(empty), bool), info.name
        assert isinstance(info.is_shown(full), bool), info.name
        assert getattr(empty, info.name) in (None, ()), info.name
        assert info.is_shown(empty) or info.shown_when is not None, info.name


def _check_groups(subject: type[CaseRecord]) -> None:
    groups = [info.group for info in fields_of(subject)]
    turns = [group for before, group in zip([None, *groups], groups, strict=False) if group is not before]
    assert len(turns) == len(set(turns)), subject
    keys = [group.key for group in turns if group]
    assert len(keys) == len(set(keys)), subject


def _check_kind(kind: RecordKind) -> None:
    empty, full = kind.record(), kind.record(**sample_of(kind.record))
    names = {info.name: info for info in fields_of(kind.record)}
    dated = {name for order in kind.orders for name in (order.earlier, order.later)}
    dated |= {*kind.after_birth, *kind.happened}
    assert all(names[name].kind in (Kind.DATE, Kind.MOMENT) for name in dated)
    assert all(event.at(empty) is None for event in kind.events)
    for clock in kind.clocks:
        for says in (clock.starts, clock.ends, clock.due, clock.fallback):
            assert says is None or says(empty) is None, clock.rule
        for says in (clock.begins_anew, clock.stopped_by):
            assert says is None or says(empty, [empty, full]) is None, clock.rule
    assert [stage for at, stage in kind.moves(empty) if at is not None] == []
    assert isinstance(kind.is_open(empty), bool)
    for order in kind.orders:
        assert getattr(full, order.earlier) <= getattr(full, order.later), (kind.key, order)


def check_kept(*stages: Stage) -> None:
    """Fail where a sample does not come back from its table as it was, or an empty record cannot be kept."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    subjects = [kind.record for stage in stages for kind in stage.kinds]
    with Session(engine) as session:
        child = Child()
        session.add(child)
        session.flush()
        case = Case(child_id=child.id)
        session.add(case)
        session.flush()
        full = [subject(case_id=case.id, **sample_of(subject)) for subject in subjects]
        session.add_all([*full, *(subject(case_id=case.id) for subject in subjects)])
        session.commit()
        written = [(type(record), record.id) for record in full]
        session.expunge_all()
        for subject, identity in written:
            found = session.get(subject, identity)
            assert {info.name: getattr(found, info.name) for info in fields_of(subject)} == sample_of(subject)
            assert answers_of(found) == {info.name: to_plain(info.sample) for info in fields_of(subject)}
    engine.dispose()


def clock_of(kind: RecordKind, rule: str) -> Any:
    """Return the clock of that rule."""
    return next(clock for clock in kind.clocks if clock.rule == rule)


def happenings(kind: RecordKind, record: CaseRecord) -> dict[str, Any]:
    """Return the lines of the timeline that a record gives, by label."""
    return {event.label: at for event in kind.events if (at := event.at(record)) is not None}
