"""Curves of groups: which are drawn, how they are told apart without colours, and what is said of the others."""

import itertools

import pytest
from office_rows import YEAR

from casemgr.i18n import LANGUAGES, Words
from casemgr.measures.chart_kinds import MONTH
from casemgr.measures.chart_layout import SIZE
from casemgr.measures.charts import Label, Line, table_text
from casemgr.measures.cohort import LEVELS
from casemgr.measures.cohort_tables import COHORT_GROUPINGS
from casemgr.measures.group_curves import HEIGHT, STROKES, chosen, group_curves_chart
from casemgr.measures.indicators.rows import Rows
from casemgr.measures.report import report_for_outside, report_of
from casemgr.measures.survival import Curve, Observation, kaplan_meier
from casemgr.records.child import Sex
from casemgr.records.pathway.reintegration_answers import SupportKind

R1, EN = LEVELS[0], Words("en")
BY = {grouping.key: grouping for grouping in COHORT_GROUPINGS}


def curve(children: int, every: int = 3, longest: int = 400) -> Curve:
    """So many children, one in a few of whom offends again, seen for longer and longer."""
    return kaplan_meier(
        Observation((at + 1) * longest / children, at % every == 0) for at in range(children)
    )  # fmt: skip


def test_each_group_has_its_stroke_its_letter_and_its_numbers_at_risk() -> None:
    curves = ((Sex.MALE, curve(40)), (Sex.FEMALE, curve(12, 2)))
    chart = group_curves_chart(curves, BY["sex"], R1, EN)
    assert chart is not None
    lines = [mark for mark in chart.marks if isinstance(mark, Line)]
    assert [line.stroke for line in lines] == list(STROKES[:2])
    assert [key.text for key in chart.key] == ["A: Male (40)", "B: Female (12)"]
    assert [key.sign for key in chart.key] == list(STROKES[:2])
    until = max(own.shown_until or 0 for _, own in curves)
    for (name, numbers), (_, own), letter in zip(chart.under[1:], curves, "AB", strict=True):
        assert name == letter
        for tick in numbers:
            day = tick.at * until
            assert int(tick.label) == own.at_risk(round(day / MONTH) * MONTH) >= 5
    for line, (_, own) in zip(lines, curves, strict=True):
        assert line.points[-1][0] * until == pytest.approx(own.shown_until)
        rises = {round(x * until, 6) for (_, below), (x, y) in itertools.pairwise(line.points) if y > below}
        assert rises == {round(step.day, 6) for step in own.shown}


def test_small_groups_are_not_drawn_and_are_named() -> None:
    curves = ((Sex.MALE, curve(40)), (Sex.FEMALE, curve(9)), (None, curve(3)))
    chart = group_curves_chart(curves, BY["sex"], R1, EN)
    assert chart is not None
    assert len(chart.key) == 1
    assert chart.notes == ("Not drawn, because fewer than 10 children were observed: Female (9), Unknown (3).",)
    assert chart.notes[0] in table_text(chart)
    assert "Female" not in {row[0] for row in chart.rows}
    assert group_curves_chart(curves[1:], BY["sex"], R1, EN) is None
    assert group_curves_chart((), BY["sex"], R1, EN) is None


def test_of_many_groups_the_largest_are_drawn_in_their_own_order() -> None:
    kinds = list(SupportKind)[:7]
    curves = [(kind, curve(10 + 5 * at)) for at, kind in enumerate(kinds)]
    found = chosen(curves)
    assert [kind for kind, _ in found.drawn] == kinds[2:]
    assert [kind for kind, _ in found.beyond] == kinds[:2]
    chart = group_curves_chart(curves, BY["support"], R1, EN)
    assert chart is not None
    assert len({(key.sign, key.wide) for key in chart.key}) == len(STROKES) == len(chart.key)
    assert len(chart.notes) == 2
    assert chart.notes[1] == "A child may belong to several of these groups."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_at_the_ends_does_not_lie_upon_each_other(language: str) -> None:
    curves = [(kind, curve(20 + at, 3, 400 + at)) for at, kind in enumerate(list(SupportKind)[:5])]
    chart = group_curves_chart(curves, BY["support"], R1, Words(language))
    assert chart is not None
    ends = sorted((mark.at[1] for mark in chart.marks if isinstance(mark, Label)), reverse=True)
    assert len(ends) == 5
    assert all((above - below) * HEIGHT >= SIZE for above, below in itertools.pairwise(ends))


def test_no_curve_leaves_the_office() -> None:
    whole = report_of(Rows(), (), YEAR, YEAR.last)
    assert [compared.grouping for compared in whole.curves] == list(COHORT_GROUPINGS)
    assert report_for_outside(whole).curves == ()
