"""Two versions of a record side by side: the questions that they answer otherwise, and tables line by line."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.fields import FieldInfo, Kind, Row, fields_of
from casemgr.records.plain import to_plain
from ui.editors.said import NOTHING, said, with_label
from ui.parts.card import selectable, text_label
from ui.parts.fold import Fold, show_all
from ui.words import tr, words

NUMBERED = N_("{number}. {line}")
SAME = N_("Lines that stand in both: {numbers}")
MOST = 25
"""So many questions stand open."""
Beside = Callable[[FieldInfo], QWidget | None]


class Pair(NamedTuple):
    """The two versions; None answers nothing."""

    left: Record | None
    right: Record | None


def comparison(
    infos: Sequence[FieldInfo], pair: Pair, headings: tuple[str, str], about: str, beside: Beside = lambda _info: None
) -> QScrollArea:  # fmt: skip
    """Return the answers of two versions to these questions; about: what it is, for screen readers.

    headings: what the two columns are called. beside: what stands before each question, such as a box to mark.
    """
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 12, 0)
    column.setSpacing(12)
    column.addWidget(_grid(infos[:MOST], pair, headings, beside))
    if rest := infos[MOST:]:
        column.addWidget(Fold(show_all(len(infos)), lambda: (_grid(rest, pair, None, beside),), about))
    column.addStretch()
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the arrow keys scroll
    area.setAccessibleName(about)
    area.setProperty("role", "read")
    area.setWidget(body)
    return area


def _grid(infos: Sequence[FieldInfo], pair: Pair, headings: tuple[str, str] | None, beside: Beside) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    for place, stretch in ((1, 4), (2, 6), (3, 6)):
        grid.setColumnStretch(place, stretch)
    for place, heading in enumerate(headings or (), start=2):
        grid.addWidget(text_label(heading, "section"), 0, place, Qt.AlignmentFlag.AlignTop)
    for line, info in enumerate(infos, start=1):
        if (mark := beside(info)) is not None:
            grid.addWidget(mark, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text_label(tr(info.label), "help"), line, 1, Qt.AlignmentFlag.AlignTop)
        left, right = (_value(record, info) for record in pair)
        for place, (own, other) in enumerate(((left, right), (right, left)), start=2):
            grid.addWidget(_told(info, own, other), line, place, Qt.AlignmentFlag.AlignTop)
    return holder


def _value(record: Record | None, info: FieldInfo) -> Any:
    return None if record is None else getattr(record, info.name)


def _told(info: FieldInfo, value: Any, other: Any) -> QWidget:
    if info.kind is Kind.ROWS and value:
        return _rows(value, other or ())
    return selectable(text_label(said(info, value, words()), "answer"))


def _rows(rows: Sequence[Row], others: Sequence[Row]) -> QWidget:
    """Return the lines of a table, each with the names of its columns; those that both have are only counted."""
    own, beside = ([repr(to_plain(row)) for row in each] for each in (rows, others))
    same = {
        place
        for block in SequenceMatcher(None, own, beside, autojunk=False).get_matching_blocks()
        for place in range(block.a, block.a + block.size)
    }
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for place, row in enumerate(rows):
        if place not in same:
            number = words().number(place + 1)
            column.addWidget(selectable(text_label(tr(NUMBERED, number=number, line=_row_told(row)), "answer")))
    if same:
        numbers = ", ".join(words().number(place + 1) for place in sorted(same))
        column.addWidget(text_label(tr(SAME, numbers=numbers), "help"))
    return holder


def _row_told(row: Row) -> str:
    language = words()
    answers = ((info, getattr(row, info.name)) for info in fields_of(type(row)))
    told = [
        with_label(tr(info.label), said(info, answer, language), language)
        for info, answer in answers
        if answer not in (None, "", ())
    ]  # fmt: skip
    return "\n".join(told) or NOTHING
