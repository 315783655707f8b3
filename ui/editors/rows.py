"""The editor of a table inside a record: its lines in a list, the line in hand in a panel below."""

import dataclasses
from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from casemgr.i18n import N_, Words
from casemgr.records.fields import FieldInfo, Row, fields_of
from ui.editors.field_editor import FieldEditor
from ui.editors.kinds import plain_editor
from ui.editors.question_grid import QuestionGrid
from ui.editors.said import said
from ui.words import wrapped

NOT_UNDERSTOOD = N_("Something typed in a line of this table is not understood. See the marks in the line.")


_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
MOST_SHOWN = 8
"""Lines of a table that are seen at once; of more, the others are scrolled to, so that the line in hand stays near."""


class LinesTable(QTableWidget):
    """A table as high as its lines, up to a point."""

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        """Begin without lines."""
        super().__init__(0, columns, parent)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again: narrower columns have higher lines."""
        super().resizeEvent(event)
        self._later.start(0)  # the columns take their share of the new width first

    def fit(self) -> None:
        """Take the height that shows every line, or as many as may be seen at once; show the line in hand."""
        self.resizeRowsToContents()
        shown = min(self.rowCount(), MOST_SHOWN)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn if shown < self.rowCount() else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        heights = sorted((self.rowHeight(line) for line in range(self.rowCount())), reverse=True)
        self.setFixedHeight(sum(heights[:shown]) + self._fit_headings() + 6)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _fit_headings(self) -> int:
        """Make the headings as high as the longest needs in the width of its column; return how high."""
        header = self.horizontalHeader()
        metrics, high = header.fontMetrics(), 0
        for column in range(self.columnCount()):
            room = QRect(0, 0, self.columnWidth(column) - 20, 1000)
            text = str(self.model().headerData(column, Qt.Orientation.Horizontal))
            high = max(high, metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height())
        height = header.sizeHint().height() - metrics.height() + max(high, metrics.height())
        header.setFixedHeight(height)
        return height


class RowsEditor(FieldEditor):
    """Lines are added (Ctrl+Ins), copied (Ctrl+D) and removed (Ctrl+Del); Enter goes from the list into the line."""

    wide = True

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty table."""
        super().__init__(info, words, parent)
        assert info.row is not None  # noqa: S101  (fields of this kind name their row)
        self.row_class = info.row
        self.columns = fields_of(info.row)
        self._rows: list[Row] = []
        self._typed: list[dict[str, Any]] = []
        self._build_table()
        self._build_buttons()
        self.panel = QuestionGrid(self.columns, words, plain_editor, self)
        self.panel.changed.connect(self._on_panel)
        self.holder = QFrame(self)
        self.holder.setProperty("role", "panel")
        inner = QVBoxLayout(self.holder)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table)
        column.addWidget(self.buttons)
        column.addWidget(self.holder)
        self._refresh(None)

    def value(self) -> Any:
        """Return the lines that say something, in order."""
        return tuple(row for row in self._rows if not _is_empty(row))

    def set_value(self, value: Any) -> None:
        """Show these lines."""
        self._rows = list(value or ())
        self._typed = [{} for _ in self._rows]
        self._refresh(0 if self._rows else None)

    def problem(self) -> str | None:
        """Return what is wrong in the lines, if anything."""
        return NOT_UNDERSTOOD if any(self._typed) else None

    def typed(self) -> Any:
        """Return, for each line, what is typed in it and not understood; None when all is."""
        return [dict(typed) for typed in self._typed] if any(self._typed) else None

    def set_typed(self, typed: Any) -> None:
        """Show it again; the lines themselves must have been set before."""
        for at, said_there in enumerate(typed):
            if at >= len(self._rows):
                self._rows.append(self.row_class())
                self._typed.append({})
            self._typed[at] = dict(said_there)
        self._refresh(0 if self._rows else None)

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the list, or the button that begins one while there is none."""
        return (self.table, self.add, self.copy, self.remove)

    def stops(self) -> tuple[QWidget, ...]:
        """Return the list, the buttons, and all that can have the keyboard in the line."""
        asked = self.panel.questions.values()
        return self.inputs() + tuple(widget for question in asked for widget in question.editor.stops())

    def line_in_hand(self) -> int:
        """Return the number of the line in hand, from 0."""
        return max(self.table.currentRow(), 0)

    def take_line(self, line: int) -> None:
        """Take a line in hand; nothing where there is no such line."""
        if line < len(self._rows):
            self.table.setCurrentCell(line, 0)

    def add_line(self) -> None:
        """Begin a new line and go into it."""
        self._rows.append(self.row_class())
        self._typed.append({})
        self._refresh(len(self._rows) - 1)
        self.panel.focus_first()
        self.changed.emit()

    def copy_line(self) -> None:
        """Begin a new line like the one in hand."""
        at = self.table.currentRow()
        if at < 0:
            return
        self._rows.insert(at + 1, self._rows[at])
        self._typed.insert(at + 1, dict(self._typed[at]))
        self._refresh(at + 1)
        self.panel.focus_first()
        self.changed.emit()

    def remove_line(self) -> None:
        """Take the line in hand away."""
        at = self.table.currentRow()
        if at < 0:
            return
        del self._rows[at], self._typed[at]
        self._refresh(min(at, len(self._rows) - 1) if self._rows else None)
        (self.table if self._rows else self.add).setFocus()
        self.changed.emit()

    def enter_line(self) -> None:
        """Go from the list into the line in hand."""
        self.panel.focus_first()

    def _build_table(self) -> None:
        self.table = LinesTable(len(self.columns), self)
        for place, column in enumerate(self.columns):
            heading = QTableWidgetItem(wrapped(self.words.text(column.label)))
            heading.setData(Qt.ItemDataRole.TextAlignmentRole, _WRAPPED)
            self.table.setHorizontalHeaderItem(place, heading)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.table.setAccessibleName(self.words.text(self.info.label))
        self.table.currentCellChanged.connect(self._on_line)
        self._keys("Return", self.table, self.enter_line)

    def _build_buttons(self) -> None:
        self.buttons = QWidget(self)
        bar = QHBoxLayout(self.buttons)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        self.add = self._button(N_("Add a line"), "Ctrl+Ins", self.add_line)
        self.copy = self._button(N_("Copy this line"), "Ctrl+D", self.copy_line)
        self.remove = self._button(N_("Remove this line"), "Ctrl+Del", self.remove_line)
        for button in (self.add, self.copy, self.remove):
            bar.addWidget(button)
        bar.addStretch()

    def _button(self, label: str, keys: str, act: Any) -> QPushButton:
        button = QPushButton(self.words.text(label), self.buttons)
        button.setProperty("role", "quiet")
        button.setToolTip(keys)
        button.setAccessibleName(f"{self.words.text(label)}: {self.words.text(self.info.label)}")
        button.clicked.connect(act)
        self._keys(keys, self, act)
        return button

    def _keys(self, keys: str, holder: QWidget, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), holder)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _refresh(self, at: int | None) -> None:
        """Show all lines, the one at that place in hand."""
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._rows))
        for line in range(len(self._rows)):
            self._show_line(line)
        if at is not None:
            self.table.setCurrentCell(at, 0)
        self.table.blockSignals(False)
        for widget in (self.table, self.holder, self.copy, self.remove):
            widget.setVisible(bool(self._rows))
        self.table.fit()
        if at is not None:
            self._on_line(at)

    def _show_line(self, line: int) -> None:
        for place, column in enumerate(self.columns):
            answer = getattr(self._rows[line], column.name)
            shown = self._typed[line].get(column.name)
            text = str(shown) if isinstance(shown, str) else said(column, answer, self.words)
            self.table.setItem(line, place, QTableWidgetItem(text))

    def _on_line(self, line: int, *_: int) -> None:
        if 0 <= line < len(self._rows):
            row = self._rows[line]
            self.panel.show_answers({column.name: getattr(row, column.name) for column in self.columns})
            for name, typed in self._typed[line].items():
                self.panel.editor(name).set_typed(typed)
            self.panel.show_problems()

    def _on_panel(self, name: str) -> None:
        line = self.table.currentRow()
        editor = self.panel.editor(name)
        self._rows[line] = dataclasses.replace(self._rows[line], **{name: editor.value()})  # type: ignore[type-var]
        self._typed[line].pop(name, None)
        if (typed := editor.typed()) is not None:
            self._typed[line][name] = typed
        self._show_line(line)
        self.table.fit()
        self.changed.emit()


def _is_empty(row: Row) -> bool:
    return all(getattr(row, info.name) in (None, "", ()) for info in fields_of(type(row)))
