"""Making children nameless changes no figure of the past: reoffending, its groups, every indicator by each group."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.law.coarse_birth import coarse_birth
from casemgr.measures.cohort_tables import COHORT_GROUPINGS
from casemgr.measures.indicators.tables import GROUPINGS
from casemgr.measures.indicators.values import Period
from casemgr.records.child import Child
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.services import measuring
from casemgr.services.office import Office
from casemgr.store import erasing


def figures(office: Office) -> list[Any]:
    """Return everything that the office's cases add up to."""
    period = Period(date(2000, 1, 1), clock.today())
    cohort = sorted(measuring.members(office, every=True), key=lambda member: str(member.since.record_id))
    tables = [
        measuring.reoffending(office, by=grouping.key, level=level).tables
        for grouping in COHORT_GROUPINGS
        for level in ContactLevel
        if level is not ContactLevel.UNKNOWN
    ]
    by_group = [measuring.indicators(office, period, by=grouping.key) for grouping in GROUPINGS]
    told = [[(each.value, each.table) for each in measured] for measured in by_group]
    return [cohort, tables, told]


def test_the_figures_of_the_past_stay_as_they_are(filled: Office) -> None:
    before = figures(filled)
    with filled.store.write() as work:
        children = [child.id for child in work.read(Child)]
        for child_id in children[::2]:
            erasing.anonymise_child(work, child_id, "SR")
    with filled.store.read() as work:
        assert sum(child.family_name_km is None for child in work.find(Child)) == len(children[::2])
    after = figures(filled)
    assert after[0] == before[0]
    assert after[1] == before[1]
    for one, other in zip(before[2], after[2], strict=True):
        assert one == other


BORN = PartialDate.of(2011, 3, 12)


@pytest.mark.parametrize(("born", "days", "told"), [
    (None, [], None),
    (PartialDate.of(2011), [PartialDate.of(2026, 3, 1)], "2011"),
    (PartialDate.from_age(15, date(2026, 1, 1)), [], "age 15 on 2026-01-01"),
    (BORN, [], "2011"),
    (BORN, [PartialDate.of(2026, 11, 21)], "2011"),  # 14 or 15: one band
    (BORN, [PartialDate.of(2025, 3, 11)], "age 13 on 2025-03-11"),  # a day before 14
    (BORN, [PartialDate.of(2025, 3, 12)], "age 14 on 2025-03-12"),
    (BORN, [PartialDate.of(2027)], "2011"),  # in doubt before and after
    (PartialDate.of(2011, 3), [PartialDate.of(2025, 5, 1)], "age 14 on 2025-05-01"),
])  # fmt: skip
def test_a_birth_is_told_as_coarsely_as_the_band_allows(
    born: PartialDate | None, days: Sequence[PartialDate], told: str | None
) -> None:  # fmt: skip
    assert (coarse := coarse_birth(born, days)) is None or coarse.text == told
    assert (coarse is None) is (told is None)
