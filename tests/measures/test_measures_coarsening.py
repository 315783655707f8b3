"""In no list does a child stand out by what is generally known of it."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from casemgr.law.ages import AgeBand
from casemgr.measures.coarsening import COARSEST, Traits, coarsened, steps_for
from casemgr.measures.index_events import IndexKind
from casemgr.measures.small_cells import SMALL
from casemgr.records.case import OffenceClass
from casemgr.records.child import Sex

BOY = Traits(2026, 3, "17", OffenceClass.PETTY, IndexKind.DIVERSION, AgeBand.FROM_14, Sex.MALE)
traits = st.builds(
    Traits, st.sampled_from((2025, 2026)), st.sampled_from((1, 2)), st.sampled_from(("17", "12", None)),
    st.sampled_from((OffenceClass.PETTY, None)), st.sampled_from(IndexKind), st.sampled_from(AgeBand),
    st.sampled_from((Sex.MALE, Sex.FEMALE, None)),
)  # fmt: skip


def told(counts: dict[Traits, int]) -> Counter[Traits]:
    steps = steps_for(counts)
    groups: Counter[Traits] = Counter()
    for each, number in counts.items():
        groups[coarsened(each, steps[each])] += number
    return groups


def test_five_alike_are_told_as_they_are() -> None:
    assert steps_for({BOY: 5}) == {BOY: 0}


def test_fewer_are_told_less_until_five_are_alike() -> None:
    others = [BOY._replace(month=month) for month in (4, 5, 6)]
    assert steps_for({BOY: 2, **dict.fromkeys(others, 1)}) == dict.fromkeys((BOY, *others), 1)
    elsewhere = BOY._replace(province="12", month=1)
    assert set(steps_for({BOY: 3, elsewhere: 2}).values()) == {2}


def test_one_who_is_left_alone_takes_the_smallest_group_along() -> None:
    girl = BOY._replace(sex=Sex.FEMALE)
    assert steps_for({BOY: 7, girl: 1}) == {BOY: COARSEST, girl: COARSEST}
    many = BOY._replace(kind=IndexKind.RELEASE)
    assert steps_for({BOY: 7, many: 9, girl: 1}) == {BOY: COARSEST, girl: COARSEST, many: 0}


def test_of_four_in_all_nothing_is_told() -> None:
    assert steps_for({BOY: 4}) == {BOY: COARSEST}
    assert steps_for({}) == {}


def test_each_step_tells_less() -> None:
    left = [sum(value is not None for value in coarsened(BOY, step)) for step in range(COARSEST + 1)]
    assert left == [7, 6, 5, 4, 2, 0]


@given(st.dictionaries(traits, st.integers(1, 9), max_size=40))
def test_nobody_stands_in_a_group_of_fewer_than_five(counts: dict[Traits, int]) -> None:
    groups = told(counts)
    assert sum(groups.values()) == sum(counts.values())
    if sum(counts.values()) >= SMALL:
        assert min(groups.values()) >= SMALL
    else:
        assert set(groups) <= {coarsened(BOY, COARSEST)}
