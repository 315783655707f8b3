"""The steps of bringing in a list: what its columns mean, and what would become of each row."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.services.import_columns import BY_KEY, COLUMNS, FULL_NAMES
from casemgr.services.import_files import report_lines
from casemgr.services.import_reading import Meaning, OpenList, unread
from casemgr.services.import_told import DryRun, RowStanding
from casemgr.trouble import Refusal
from ui.editors.choices import StillCombo
from ui.parts.card import selectable, text_label
from ui.parts.listing import Column, Line, ListModel, Table
from ui.parts.toggle import Toggle
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

MEANS = N_("What do the columns of this list mean?")
MEANS_HELP = N_("Each column of the list stands at the left, with what its first rows say. Choose what it is here.")
WORDS = N_("What do these words mean?")
NOT_READ, NO_ANSWER, TO_CHOOSE = N_("Not read"), N_("No answer: leave empty"), N_("Choose what it means")
COLUMN_OF_LIST, COLUMN_HERE = N_("Column of the list"), N_("What it is here")
UNNAMED = N_("Column {number}")
WORD_OF = N_("“{word}” under {column}")
MORE_WORDS = N_(
    "{count} more words stand under {column}, too many for answers. Look whether this column means something else."
)
REPORT = N_("What would become of each row")
SHOWN, ALL, TO_MEND = N_("Rows shown"), N_("All rows"), N_("To be mended")
COUNTED = N_("{standing}: {count}")
UNREAD = N_("These columns are not read: {columns}")
LEAVE_OUT = N_("Leave out the rows that are to be mended, and write the others")
_SAMPLES, _LONGEST = 3, 60
MOST_WORDS = 40
"""Of so many words of one column it is asked what they mean: names taken for answers would be thousands."""


class MappingPart(QScrollArea):
    """Asks for each column of a list what it is here, and for each word of a column of answers what it means."""

    def __init__(self, opened: OpenList, parent: QWidget | None = None) -> None:
        """Show what the list seems to mean."""
        super().__init__(parent)
        self.opened = opened
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.columns: dict[int, StillCombo] = {}
        self.words: dict[tuple[str, str], StillCombo] = {}
        self._groups: dict[tuple[int, str], QWidget | None] = {}  # by place and meaning of a column of the list
        self._meanings = {key: dict(said) for key, said in opened.mapping.meanings.items()}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addWidget(text_label(tr(MEANS), "section"))
        column.addWidget(text_label(tr(MEANS_HELP), "help"))
        column.addLayout(self._grid())
        self._asked = QWidget(body)
        self._words = QVBoxLayout(self._asked)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(8)
        self._words.addWidget(text_label(tr(WORDS), "section"))
        column.addWidget(self._asked)
        column.addStretch()
        self.setWidget(body)
        self._ask_words()

    def chosen(self) -> OpenList:
        """Return the list with what was chosen. Raises Refusal where that cannot be."""
        return self.opened.meaning(self._chosen_columns(), self._chosen_meanings())

    def told(self) -> str:
        """Return what is chosen now, whether it is sound or not."""
        return Meaning(self._chosen_columns(), self._chosen_meanings()).plain()

    def show_unsaid(self) -> None:
        """Scroll to the first word of which nobody has said yet what it means."""
        unsaid = next((combo for combo in self.words.values() if combo.currentData() is None), None)
        if unsaid is not None:
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(unsaid))

    def _chosen_columns(self) -> dict[int, str]:
        return {place: combo.currentData() for place, combo in self.columns.items() if combo.currentData()}

    def _chosen_meanings(self) -> dict[str, dict[str, str]]:
        for (key, word), combo in self.words.items():
            kept = self._meanings.setdefault(key, {})
            if combo.currentData() is None:
                kept.pop(search_key(word), None)
            else:
                kept[search_key(word)] = combo.currentData()
        return self._meanings

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for at, heading in enumerate((COLUMN_OF_LIST, COLUMN_HERE)):
            grid.addWidget(text_label(tr(heading), "help"), 0, at)
        for place in range(self.opened.width):
            name = self._name(place)
            said = text_label("\n".join(filter(None, (name, self._samples(place)))), "answer")
            grid.addWidget(said, place + 1, 0)
            combo = _combo(
                name,
                [(tr(NOT_READ), ""), *((tr(column.label), column.key) for column in (*FULL_NAMES, *COLUMNS))],
                self,
            )
            combo.setCurrentIndex(max(0, combo.findData(self.opened.mapping.columns.get(place, ""))))
            combo.currentIndexChanged.connect(lambda _at: self._ask_words())
            self.columns[place] = combo
            grid.addWidget(combo, place + 1, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _name(self, place: int) -> str:
        heading = self.opened.headings[place] if place < len(self.opened.headings) else ""
        return heading or tr(UNNAMED, number=words().number(place + 1))

    def _samples(self, place: int) -> str:
        cells = (line.cells[place] for line in self.opened.rows[:20] if place < len(line.cells))
        texts = [_sample(cell) for cell in cells if isinstance(cell, str | int | float | date)]
        return " · ".join(list(dict.fromkeys(texts))[:_SAMPLES])

    def _ask_words(self) -> None:
        """Ask what the words mean that are no answers of ours, under the columns as they are chosen now.

        What is asked of other columns than the one that was changed stays as it is: in a long list of many columns it
        would take the window long to look for and show all of them again.
        """
        self._chosen_meanings()
        try:
            listed = self.opened.meaning(self._chosen_columns(), self._meanings)
        except Refusal:  # it is said when the worker goes on
            self._asked.hide()
            return
        wanted = [(place, key) for place, key in listed.mapping.columns.items() if key in BY_KEY]
        for gone in [each for each in self._groups if each not in wanted]:
            self._drop(gone)
        for each in wanted:
            if each not in self._groups:
                self._groups[each] = self._group(each[1], listed.words_of(each[1]))
        for each in wanted:  # in the order of the list's columns
            if (group := self._groups[each]) is not None:
                self._words.addWidget(group)
        self._asked.setVisible(any(group is not None for group in self._groups.values()))

    def _drop(self, asked: tuple[int, str]) -> None:
        """Ask no more of the words under a column."""
        self.words = {(key, word): combo for (key, word), combo in self.words.items() if key != asked[1]}
        if (group := self._groups.pop(asked)) is not None:
            group.hide()
            group.deleteLater()

    def _group(self, key: str, found: list[str]) -> QWidget | None:
        """Return what is asked of the words under one column; None where all are answers."""
        if not found:
            return None
        group = QWidget(self._asked)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for word in found[:MOST_WORDS]:
            column.addLayout(self._word(key, word))
        if len(found) > MOST_WORDS:
            said = tr(MORE_WORDS, count=words().number(len(found) - MOST_WORDS), column=tr(BY_KEY[key].label))
            column.addWidget(text_label(said, "doubt"))
        return group

    def _word(self, key: str, word: str) -> QGridLayout:
        line, column = QGridLayout(), BY_KEY[key]
        line.setHorizontalSpacing(24)
        line.setColumnStretch(0, 1)
        said = tr(WORD_OF, word=word[:_LONGEST], column=tr(column.label))
        answers = [(tr(choice.label), str(choice.value)) for choice in column.choices or ()]
        combo = _combo(said, [(tr(TO_CHOOSE), None), (tr(NO_ANSWER), ""), *answers], self)
        known = self._meanings.get(key, {}).get(search_key(word))
        combo.setCurrentIndex(0 if known is None else max(0, combo.findData(known)))
        self.words[key, word] = combo
        line.addWidget(text_label(said, "answer"), 0, 0)
        line.addWidget(combo, 0, 1)
        return line


def _sample(cell: str | float | date) -> str:
    return words().date(cell) if isinstance(cell, date) else str(cell)[:_LONGEST]


def _combo(name: str, offers: Sequence[tuple[str, Any]], parent: QWidget) -> StillCombo:
    combo = StillCombo(parent)
    combo.setAccessibleName(name)
    combo.setMinimumWidth(320)
    for text, data in offers:
        combo.addItem(text, data)
    return combo


class ReportPart(QWidget):
    """Tells what would become of each row; which are to be mended, and how."""

    ready_changed = Signal()
    """It may have become possible to write, or no longer be."""
    columns = (Column(N_("Row"), 8, strong=True, least=60), Column(N_("Result"), 28), Column(N_("Column"), 24),
               Column(N_("What to do"), 50))  # fmt: skip

    def __init__(self, dry: DryRun, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show the rows to be mended where there are any, else all."""
        super().__init__(parent)
        self.dry, wrong = dry, dry.count(RowStanding.WRONG)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(text_label(tr(REPORT), "section"))
        counts = (tr(COUNTED, standing=tr(each.value), count=words().number(dry.count(each))) for each in RowStanding)
        self.counts = text_label(" · ".join(counts), "answer")
        column.addWidget(self.counts)
        if left := unread(dry.opened):
            column.addWidget(text_label(tr(UNREAD, columns=", ".join(left)), "help"))
        self.shown = Toggle(SHOWN, {"all": ALL, "wrong": TO_MEND}, self)
        self.shown.show_value("wrong" if wrong else "all")
        self.shown.setVisible(bool(wrong))
        self.shown.chosen.connect(lambda _key: self.read())
        column.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        self.model = ListModel(self.columns, tasks, self)
        self.table = Table(tr(REPORT), tuple(each.share for each in self.columns), self,
                           least=tuple(each.least for each in self.columns))  # fmt: skip
        self.table.setModel(self.model)
        self.model.loaded.connect(self._on_loaded)
        self.table.selectionModel().currentRowChanged.connect(lambda at, _before: self._tell(at.row()))
        column.addWidget(self.table, 1)
        self.detail = selectable(text_label("", "answer"))
        column.addWidget(self.detail)
        self.leave_out = QCheckBox(tr(LEAVE_OUT), self)
        self.leave_out.setVisible(bool(wrong))
        self.leave_out.toggled.connect(lambda _on: self.ready_changed.emit())
        column.addWidget(self.leave_out)
        self.read()

    @property
    def is_ready(self) -> bool:
        """Whether something can be written now."""
        some = any(row.is_written for row in self.dry.rows)
        return some and (self.leave_out.isChecked() or not self.dry.count(RowStanding.WRONG))

    def read(self) -> None:
        """Show the rows that are asked for."""
        dry, language, wrong = self.dry, words(), self.shown.value == "wrong"
        rows = dry.of(RowStanding.WRONG) if wrong else dry.rows

        def load(after: Any, count: int) -> list[Line]:
            begin = 0 if after is None else after + 1
            found = []
            for at, row in enumerate(rows[begin : begin + count], begin):
                for number, result, code, column, what in report_lines(row, language, quoting=True):
                    told = f"{code} – {result}" if code else result
                    cells = (str(number), told, column, what)  # as the other program numbers its rows
                    found.append(Line(UUID(int=number), cells, at))
            return found

        self.model.read(load)

    def _on_loaded(self) -> None:
        if self.model.lines:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self._tell(0)
        else:
            self.detail.setText("")

    def _tell(self, at: int) -> None:
        """Tell the whole of a line, of which the table shows as much as has room."""
        if 0 <= at < len(self.model.lines):
            self.detail.setText(wrapped("\n".join(filter(None, self.model.lines[at].cells[1:]))))
