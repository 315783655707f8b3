"""What every declared kind of record has to offer, whether or not it is part of the pathway yet."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casemgr.records.base import Base, CaseRecord, Record
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.fields import Choice, FieldInfo, Kind, fields_of
from casemgr.records.plain import answers_of, from_plain, to_plain
from casemgr.records.stage import RecordKind

TYPES = {
    Kind.LINE: "str", Kind.TEXT: "str", Kind.PHONE: "str", Kind.PLACE: "str", Kind.NUMBER: "int", Kind.MONEY: "int",
    Kind.DATE: "date", Kind.MOMENT: "datetime", Kind.PARTIAL_DATE: "PartialDate", Kind.CHOICES: "tuple",
    Kind.ROWS: "tuple",
}  # fmt: skip


def sample_of(record: type[Record]) -> dict[str, Any]:
    return {info.name: info.sample for info in fields_of(record)}


def check_fields(record: type[CaseRecord]) -> None:
    """Each field has label, group and a sample that survives as plain value; each column of a table a label."""
    for info in _with_cells(fields_of(record)):
        assert info.label == info.label.strip(), info.name
        assert len(info.label.split()) <= 7, info.label
        if info.choices is not None:
            _check_choices(info.choices)
    for info in fields_of(record):
        assert info.group is not None, info.name
        if info.kind is Kind.CHOICE:
            assert info.choices is not None
            assert isinstance(info.sample, info.choices), info.name
        else:
            assert type(info.sample).__name__ == TYPES[info.kind], info.name
        assert from_plain(info, to_plain(info.sample)) == info.sample, info.name
    groups = [info.group for info in fields_of(record)]
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index), "a group is torn apart"
    labels = [info.label for info in fields_of(record)]
    assert len(set(labels)) == len(labels), "two questions sound the same"


def _with_cells(infos: Sequence[FieldInfo]) -> Iterator[FieldInfo]:
    for info in infos:
        yield info
        if info.row is not None:
            yield from fields_of(info.row)


def _check_choices(choices: type[Choice]) -> None:
    codes = [choice.value for choice in choices]
    assert all(code.isascii() and " " not in code and len(code) <= 40 for code in codes), choices
    labels = [choice.label for choice in choices]
    assert (len(set(codes)), len(set(labels))) == (len(codes), len(labels)), choices


def check_conditions(record: type[CaseRecord]) -> None:
    """No answer stands in an empty record; what is always required is asked in it; conditions run on both."""
    empty, full = record(), record(**sample_of(record))
    for info in fields_of(record):
        assert isinstance(info.is_shown(empty), bool)
        assert isinstance(info.is_shown(full), bool)
        assert getattr(empty, info.name) in (None, ()), info.name
    assert all(info.is_shown(empty) for info in fields_of(record) if info.required and info.shown_when is None)


def check_kind(kind: RecordKind) -> None:
    """Names in orders are fields; an empty record has no time, no place in the procedure, and runs no clock."""
    names = {info.name for info in fields_of(kind.record)}
    empty, full = kind.record(), kind.record(**sample_of(kind.record))
    assert {name for order in kind.orders for name in (order.earlier, order.later)} <= names
    assert {*kind.after_birth, *kind.happened} <= names
    assert [event.at(empty) for event in kind.events] == [None] * len(kind.events)
    assert [at for at, _ in kind.moves(empty)] == [None] * len(kind.moves(empty))
    assert isinstance(kind.is_open(empty), bool)
    assert isinstance(kind.is_open(full), bool)
    for clock in kind.clocks:
        assert clock.starts(empty) is None
        assert clock.ends(empty) is None
        assert clock.due is None or clock.due(empty) is None
        assert clock.stopped_by is None or clock.stopped_by(empty, [empty, full]) is None


def check_table(*records: type[CaseRecord]) -> None:
    """What is written comes back from a real table, and an empty record can be kept too."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        child = Child()
        session.add(child)
        session.flush()
        case = Case(child_id=child.id)
        session.add(case)
        session.flush()
        full = [record(case_id=case.id, **sample_of(record)) for record in records]
        session.add_all([*full, *(record(case_id=case.id) for record in records)])
        session.commit()
        kept = [(type(record), record.id) for record in full]
        session.expunge_all()
        for record, identity in kept:
            found = session.get(record, identity)
            assert {info.name: getattr(found, info.name) for info in fields_of(record)} == sample_of(record)
            assert answers_of(found) == {info.name: to_plain(info.sample) for info in fields_of(record)}
    engine.dispose()
