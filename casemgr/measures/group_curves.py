"""Reoffending by groups as a picture: a curve for each group, told apart by strokes and letters, not by colours."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casemgr.i18n import N_, Words
from casemgr.measures.chart_kinds import (
    AT_RISK,
    ESTIMATED,
    HIGH,
    LOW,
    MONTH,
    MONTH_HEAD,
    MONTHS_SINCE,
    SHARE,
    curve_rows,
    months_shown,
    share_ticks,
    stairs_of,
    top_share,
)
from casemgr.measures.chart_layout import SIZE
from casemgr.measures.charts import Chart, Key, Label, Line, Mark, Point, Stroke, Tick
from casemgr.measures.cohort import Member
from casemgr.measures.groups import Grouping, label_in_words
from casemgr.measures.groups import Label as Group
from casemgr.measures.reoffending import LEAST
from casemgr.measures.sentences import LEVEL_TITLES
from casemgr.measures.survival import Curve
from casemgr.records.pathway.follow_up_answers import ContactLevel

TITLE = N_("Reoffending over time by groups ({grouping}): {level}")
LETTERS = N_("A B C D E")
GROUP = N_("Group")
NAMED, LETTERED, AT_END = N_("{group} ({n})"), N_("{letter}: {group}"), N_("{letter} {share}")
TOO_SMALL = N_("Not drawn, because fewer than {least} children were observed: {groups}.")
TOO_MANY = N_("Not drawn, because the picture holds the {most} largest groups only: {groups}.")
SEVERAL = N_("A child may belong to several of these groups.")
LISTED = N_("{before}, {group}")
STROKES = (Stroke.SOLID, Stroke.DASHED, Stroke.DOTTED, Stroke.DASH_DOTTED, Stroke.THIN)
"""How the curves are drawn, in their order; no more than these can be told apart in black and white."""
HEIGHT = 170.0
_LABEL = 1.25 * SIZE / HEIGHT
"""The height of a label as a share of the box; and the width of one, at the most."""
_LABEL_WIDTH = 0.14

Curves = Sequence[tuple[Group, Curve]]


class Chosen(NamedTuple):
    """Which groups are drawn, in their own order; which are too small for it; and which are too many."""

    drawn: tuple[tuple[Group, Curve], ...]
    small: tuple[tuple[Group, Curve], ...]
    beyond: tuple[tuple[Group, Curve], ...]


def chosen(curves: Curves) -> Chosen:
    """Return which groups are drawn: the largest ones of at least ten children, as many as there are strokes."""
    large = [each for each in curves if each[1].observed >= LEAST and each[1].shown_until]
    kept = sorted(large, key=lambda each: -each[1].observed)[: len(STROKES)]
    return Chosen(
        tuple(each for each in large if each in kept),
        tuple(each for each in curves if each not in large),
        tuple(each for each in large if each not in kept),
    )


def group_curves_chart(
    curves: Curves, grouping: Grouping[Member], level: ContactLevel, words: Words
) -> Chart | None:  # fmt: skip
    """Return the curves of the groups with the numbers at risk of each; None where none can be drawn.

    Each ends where fewer than five of its group are still observed. Bands are left out: five of them hide each other;
    the table has the intervals. It stays in the office.
    """
    found = chosen(curves)
    until = max((curve.shown_until or 0.0 for _, curve in found.drawn), default=0.0)
    if not until:
        return None
    top = top_share(max((step.cumulative for _, curve in found.drawn for step in curve.shown), default=0.0))
    months = months_shown(until)
    ticks = tuple(Tick(month * MONTH / until, words.number(month)) for month in months)
    lines = [_stairs(curve, until, top) for _, curve in found.drawn]
    letters = words.text(LETTERS).split()
    marks: list[Mark] = [
        Line(points, stroke, wide=stroke is not Stroke.THIN) for points, stroke in zip(lines, STROKES, strict=False)
    ]
    marks += _ends(lines, letters, top, words)
    names = [label_in_words(group, words) for group, _ in found.drawn]
    under = [
        (letter, _at_risk(curve, months, until, words))
        for letter, (_, curve) in zip(letters, found.drawn, strict=False)
    ]  # fmt: skip
    return Chart(
        title=words.text(TITLE, grouping=words.text(grouping.title), level=words.text(LEVEL_TITLES[level])),
        x_title=words.text(MONTHS_SINCE), y_title=words.text(SHARE), x_ticks=ticks, y_ticks=share_ticks(top, words),
        marks=tuple(marks), heads=tuple(map(words.text, (GROUP, MONTH_HEAD, AT_RISK, ESTIMATED, LOW, HIGH))),
        rows=tuple(
            (name, *row)
            for name, (_, curve) in zip(names, found.drawn, strict=True)
            for row in curve_rows(curve, months, words)
        ),
        height=HEIGHT, under=((words.text(AT_RISK), ()), *under),
        key=tuple(
            Key(stroke, words.text(LETTERED, letter=letter, group=_named(each, words)), stroke is not Stroke.THIN)
            for stroke, letter, each in zip(STROKES, letters, found.drawn, strict=False)
        ),
        notes=notes(found, grouping, words),
    )  # fmt: skip


def notes(found: Chosen, grouping: Grouping[Member], words: Words) -> tuple[str, ...]:
    """Return what is said of the groups that are not drawn, and of those that overlap."""
    said = []
    if found.small:
        least = words.number(LEAST)
        said.append(words.text(TOO_SMALL, least=least, groups=_listed(found.small, words)))
    if found.beyond:
        most = words.number(len(STROKES))
        said.append(words.text(TOO_MANY, most=most, groups=_listed(found.beyond, words)))
    if grouping.several:
        said.append(words.text(SEVERAL))
    return tuple(said)


def _named(each: tuple[Group, Curve], words: Words) -> str:
    return words.text(NAMED, group=label_in_words(each[0], words), n=words.number(each[1].observed))


def _listed(groups: Curves, words: Words) -> str:
    """Return the groups as a list in one line."""
    named = [_named(each, words) for each in groups]
    listed = named[0]
    for name in named[1:]:
        listed = words.text(LISTED, before=listed, group=name)
    return listed


def _stairs(curve: Curve, until: float, top: float) -> tuple[Point, ...]:
    end = (curve.shown_until or 0.0) / until
    return stairs_of([(step.day / until, step.cumulative / top) for step in curve.shown], end)


def _at_risk(curve: Curve, months: Sequence[int], until: float, words: Words) -> tuple[Tick, ...]:
    """Return how many of a group are still observed at each month, as far as its curve goes."""
    return tuple(
        Tick(month * MONTH / until, words.number(curve.at_risk(month * MONTH)))
        for month in months
        if month * MONTH <= (curve.shown_until or 0.0)
    )


def _ends(
    lines: Sequence[tuple[Point, ...]], letters: Sequence[str], top: float, words: Words
) -> Iterator[Label]:  # fmt: skip
    """Yield what stands at the end of each curve, moved up where two of them would lie upon each other."""
    taken: list[Point] = []
    for points, letter in sorted(zip(lines, letters, strict=False), key=lambda each: each[0][-1][1]):
        x, share = points[-1]
        y = share
        for other_x, other_y in taken:  # from below, so that none is moved back
            if abs(x - other_x) < _LABEL_WIDTH and y - other_y < _LABEL:
                y = other_y + _LABEL
        taken.append((x, y))
        yield Label((x, y), words.text(AT_END, letter=letter, share=words.percent(share * top)), beside=True)
