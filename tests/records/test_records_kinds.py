"""What every kind of record of a case declares beyond its fields: times, clocks, orders, places in the procedure."""

import pytest
from declared import sample_of

from casemgr.law.limits import RULES
from casemgr.records.fields import Kind, fields_of
from casemgr.records.kinds import KINDS, STAGES
from casemgr.records.stage import RecordKind, day_of

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)


@every_kind
def test_its_orders_and_lists_of_dates_name_dates_or_moments(kind: RecordKind) -> None:
    kinds = {info.name: info.kind for info in fields_of(kind.record)}
    named = {name for order in kind.orders for name in (order.earlier, order.later)}
    assert {kinds[name] for name in named | {*kind.after_birth, *kind.happened}} <= {Kind.DATE, Kind.MOMENT}


@every_kind
def test_an_empty_record_says_no_time_leads_nowhere_and_runs_no_clock(kind: RecordKind) -> None:
    empty, full = kind.record(), kind.record(**sample_of(kind.record))
    assert [event.at(empty) for event in kind.events] == [None] * len(kind.events)
    assert [at for at, _ in kind.moves(empty) if at is not None] == []
    assert {type(kind.is_open(each)) for each in (empty, full)} == {bool}
    for clock in kind.clocks:
        alone = (clock.starts, clock.ends, clock.due, clock.fallback)
        assert [says(empty) for says in alone if says is not None] == [None for says in alone if says is not None]
        for beside in (clock.begins_anew, clock.stopped_by):
            assert beside is None or beside(empty, [empty, full]) is None, clock.rule


@every_kind
def test_the_dates_of_its_sample_stand_in_order(kind: RecordKind) -> None:
    full = kind.record(**sample_of(kind.record))
    for order in kind.orders:
        assert day_of(getattr(full, order.earlier)) <= day_of(getattr(full, order.later)), order


@every_kind
def test_each_column_of_its_tables_is_answered_by_some_line_of_the_sample(kind: RecordKind) -> None:
    for info in fields_of(kind.record):
        if info.row is not None:
            assert all(isinstance(line, info.row) for line in info.sample), info.name
            for cell in fields_of(info.row):
                assert cell.group is None
                assert len(cell.label.split()) <= 7
                assert any(getattr(line, cell.name) is not None for line in info.sample), (info.name, cell.name)


@every_kind
def test_keys_of_its_groups_differ_and_no_two_questions_of_a_group_sound_the_same(kind: RecordKind) -> None:
    infos = fields_of(kind.record)
    groups = {info.group for info in infos if info.group}
    assert len({group.key for group in groups}) == len(groups)
    asked = [(info.group, info.label) for info in infos]
    assert len(set(asked)) == len(asked)


@every_kind
def test_each_clock_takes_its_date_from_the_worker_or_from_the_table_of_limits(kind: RecordKind) -> None:
    for clock in kind.clocks:
        assert (clock.due is None) == (clock.rule in RULES), clock.rule


def test_keys_tables_and_titles_are_each_used_once() -> None:
    for told in (
        [stage.key for stage in STAGES], [kind.key for kind in KINDS], [kind.record.title for kind in KINDS],
        [kind.record.__tablename__ for kind in KINDS],
    ):  # fmt: skip
        assert len(set(told)) == len(told)
    known = {kind.key for kind in KINDS}
    assert all(set(kind.after) <= known - {kind.key} for kind in KINDS)
