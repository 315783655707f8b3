"""Two versions of a record side by side: the worker's own, and the one somebody else saved first."""

import dataclasses
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from casemgr.i18n import N_, Words
from casemgr.records.base import Record
from casemgr.records.fields import FieldInfo, fields_of
from casemgr.records.plain import answered, to_plain
from ui.editors.said import said
from ui.parts.card import make_primary
from ui.parts.dialog import resize_within
from ui.words import wrapped

TITLE = N_("Somebody else changed this record")
WHAT_TO_DO = N_("Choose for each question which answer is kept. Nothing is saved before you do.")
MINE = N_("Your answer")
THEIRS = N_("The answer saved by somebody else")
KEEP = N_("Save these answers")
BACK = N_("Back to writing")


class CompareDialog(QDialog):
    """Asks, for every field in which two versions differ, which answer is kept.

    base is the record as both began with it: where only one side changed an answer, that one is proposed; where both
    did, or where base is not known (None), the worker has to choose before anything can be saved.
    """

    def __init__(
        self, base: Record | None, mine: Record, theirs: Record, words: Words, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        """Show the differing fields."""
        super().__init__(parent)
        self.words, self._mine, self._theirs = words, mine, theirs
        self.setWindowTitle(words.text(TITLE))
        resize_within(self, 860, 560)
        self.pairs: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(_text(words.text(TITLE), "title"))
        column.addWidget(_text(words.text(WHAT_TO_DO), "help"))
        buttons = self._buttons()
        column.addWidget(self._table(base), 1)
        column.addWidget(buttons)
        self._on_chosen()

    @staticmethod
    def differing(mine: Record, theirs: Record) -> list[FieldInfo]:
        """Return the fields whose answers differ."""
        return [
            info
            for info in fields_of(type(theirs))
            if not info.computed and _plain(mine, info) != _plain(theirs, info)
        ]  # fmt: skip

    def merged(self) -> Record:
        """Return their record, with those of the worker's answers that were chosen."""
        chosen = {name: getattr(self._mine, name) for name, (mine, _) in self.pairs.items() if mine.isChecked()}
        return dataclasses.replace(self._theirs, **chosen)

    def _table(self, base: Record | None) -> QScrollArea:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 3)
        grid.addWidget(_text(self.words.text(MINE), "section"), 0, 1)
        grid.addWidget(_text(self.words.text(THEIRS), "section"), 0, 2)
        for line, info in enumerate(self.differing(self._mine, self._theirs), start=1):
            grid.addWidget(_text(self.words.text(info.label), "question"), line, 0)
            pair = (self._choice(info, self._mine, MINE), self._choice(info, self._theirs, THEIRS))
            group = QButtonGroup(body)
            group.buttonToggled.connect(self._on_chosen)
            for place, button in enumerate(pair, start=1):
                group.addButton(button)
                grid.addWidget(self._with_text(button, info, place), line, place)
            self.pairs[info.name] = pair
            before = _plain(base, info) if base else None
            if base and before in (_plain(self._mine, info), _plain(self._theirs, info)):
                pair[before == _plain(self._mine, info)].setChecked(True)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        return area

    def _choice(self, info: FieldInfo, record: Record, whose: str) -> QRadioButton:
        button = QRadioButton(self)
        answer = said(info, getattr(record, info.name), self.words)
        button.setAccessibleName(f"{self.words.text(info.label)}: {self.words.text(whose)}: {answer}")
        return button

    def _with_text(self, button: QRadioButton, info: FieldInfo, place: int) -> QWidget:
        """Set the answer beside its button; a button's own text does not wrap."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        record = self._mine if place == 1 else self._theirs
        text = _text(said(info, getattr(record, info.name), self.words), "answer")
        text.mousePressEvent = lambda _event: button.setChecked(True)  # type: ignore[method-assign]
        grid.addWidget(button, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, 0, 1)
        return holder

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        self.keep = box.addButton(self.words.text(KEEP), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self.keep)
        box.addButton(self.words.text(BACK), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _on_chosen(self) -> None:
        self.keep.setEnabled(all(mine.isChecked() or theirs.isChecked() for mine, theirs in self.pairs.values()))


def _plain(record: Record, info: FieldInfo) -> Any:
    return answered(to_plain(getattr(record, info.name)))


def _text(text: str, role: str) -> QLabel:
    label = QLabel(wrapped(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
