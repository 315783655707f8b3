"""No group of fewer than five can be seen or reckoned in what leaves the office."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.measures.small_cells import SMALL, hidden_rows, is_small, masked

Row = tuple[int, ...]
counts = st.one_of(st.integers(0, 12), st.integers(0, 60))
tables = st.integers(1, 3).flatmap(lambda parts: st.lists(st.tuples(*[counts] * parts), min_size=1, max_size=7))


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ([(5,), (9,)], set()),
        ([(0,), (9,)], set()),
        ([(4,), (9,), (20,)], {0, 1}),
        ([(3,), (3,), (20,)], {0, 1}),
        ([(1,), (2,), (20,), (6,)], {0, 1, 3}),  # 1 and 2 together are three children
        ([(4,), (0,), (9,)], {0, 2}),  # an empty group hides nobody
        ([(10, 1), (10, 0), (8, 0), (9, 30)], {0, 1, 2, 3}),
        ([(10, 1), (10, 9), (20, 20)], {0, 1}),
    ],
)
def test_examples(rows: list[Row], hidden: set[int]) -> None:
    assert hidden_rows(rows) == hidden


def test_a_small_total_is_left_out_with_the_small_rows_alone() -> None:
    assert masked([(20, 0), (9, 3)], (29, 3)) == ({1}, True)
    assert masked([(20, 9), (9, 3)], (29, 12)) == ({0, 1}, False)
    assert masked([], (0,)) == (frozenset(), False)


def total_of(rows: list[Row]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))


@given(tables)
def test_nothing_small_is_shown(rows: list[Row]) -> None:
    hidden, no_total = masked(rows, total_of(rows))
    assert not any(is_small(row) for place, row in enumerate(rows) if place not in hidden)
    assert no_total or not is_small(total_of(rows))


@given(tables)
def test_nothing_small_is_left_over_by_subtraction(rows: list[Row]) -> None:
    """What the total leaves for the hidden rows is nobody, or five and more, shared by two groups at least."""
    hidden, no_total = masked(rows, total_of(rows))
    if no_total or not hidden:
        return
    shown = [row for place, row in enumerate(rows) if place not in hidden]
    left = [total - sum(row[part] for row in shown) for part, total in enumerate(total_of(rows))]
    assert len(hidden) >= 2
    assert all(part == 0 or part >= SMALL for part in left)


@given(st.lists(st.tuples(st.integers(0, 8)), min_size=1, max_size=3))
def test_a_reader_who_tries_every_table_finds_no_small_number(rows: list[Row]) -> None:
    """Of all tables that look the same from outside, some have another number in each hidden group of one to four."""
    hidden, no_total = masked(rows, total_of(rows))
    (total,) = total_of(rows)
    may_be: dict[int, set[int]] = {place: set() for place in hidden}
    for guess in itertools.product(range(total + 9), repeat=len(hidden)):
        trial = dict(zip(sorted(hidden), guess, strict=True))
        table = [trial.get(place, row[0]) for place, row in enumerate(rows)]
        if no_total or sum(table) == total:
            for place, number in trial.items():
                may_be[place].add(number)
    assert all(len(may_be[place]) > 1 for place in hidden if is_small(rows[place]))


@given(tables)
def test_a_table_without_small_groups_is_shown_whole(rows: list[Row]) -> None:
    large = [tuple(part + SMALL if part else 0 for part in row) for row in rows]
    assert masked(large, total_of(large)) == (frozenset(), False)
