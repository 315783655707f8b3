"""What to mend: contradictions and gaps in the records, each line one key away from the question to mend."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from casemgr.i18n import N_
from casemgr.law.quality import Weight
from casemgr.services.listing import Listing
from casemgr.services.office import Office
from casemgr.services.quality import WEIGHTS, GapRow, counted, quality
from casemgr.services.shown_lists import GAPS, gaps_listing
from casemgr.trouble import Refusal, Stopped, Trouble
from ui.pages.page import Page, page_column, page_head
from ui.parts.card import text_label
from ui.parts.empty_state import EmptyState
from ui.parts.list_out import ListOut
from ui.parts.listing import Line, ListModel, Table, as_shown
from ui.parts.roles import tell_codes_only
from ui.parts.toggle import Toggle
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

TITLE = N_("What to mend")
HINT = N_("Contradictions and gaps in the records. Enter opens the question to mend.")
SHOWN, ALL = N_("Which lines"), "all"
OPTIONS = {
    ALL: N_("All ({count})"), Weight.CONTRADICTION.value: N_("Contradictions ({count})"),
    Weight.FORGOTTEN.value: N_("Forgotten ({count})"), Weight.MISSING.value: N_("Missing answers ({count})"),
}  # fmt: skip
KINDS = {
    ALL: "", Weight.CONTRADICTION.value: N_("Contradictions"), Weight.FORGOTTEN.value: N_("Forgotten"),
    Weight.MISSING.value: N_("Missing answers"),
}  # fmt: skip
NOTHING, NOTHING_HINT = N_("Nothing to mend"), N_("No line of this kind was found in the records.")
LOOKING = N_("Looking through the records…")
STOPPED = N_("This was stopped: not all records were looked at.")
AGAIN = N_("Look again")
COLUMNS = as_shown(GAPS)


class QualityPage(Page):
    """The lines, and which of them are shown."""

    mend_asked = Signal(object)
    """The worker wants to mend this (GapRow)."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Look through the records."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._asked = 0  # counts the questions to the store: the answer to an earlier one is not shown
        self.rows: list[GapRow] = []
        self._chosen: tuple[str, UUID, str | None] | None = None
        self._at = 0
        self.out = ListOut(office, tasks, self.listing, TITLE, self)
        self.out.said.connect(self.say)
        self.again_button = QPushButton(tr(AGAIN), self)
        self.again_button.clicked.connect(self.refresh)
        self.shown = Toggle(SHOWN, {key: _option(key, 0) for key in OPTIONS}, self)
        self.shown.chosen.connect(lambda _key: self._show())
        self.said = text_label("", "notice")
        self.said.hide()
        self.work = WorkBar(self)
        self.work.cancelled.connect(self._on_cancelled)
        self.model = ListModel(COLUMNS, tasks, self)
        self.table = Table(
            tr(TITLE), tuple(column.share for column in COLUMNS), self,
            least=tuple(column.least for column in COLUMNS),
            spare=tuple(at for at, column in enumerate(COLUMNS) if column.spare),
        )  # fmt: skip
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self.model.loaded.connect(self._on_lines)
        self.stack = QStackedWidget(self)
        for page in (self.table, EmptyState("cases", tr(NOTHING), tr(NOTHING_HINT))):
            self.stack.addWidget(page)
        head, _ = page_head(tr(TITLE), self.out, self.again_button)
        column = page_column(self)
        column.addLayout(head)
        column.addWidget(text_label(tr(HINT), "help"))
        for widget in (self.shown, self.work, self.said):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.work.cancel)
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard into the list."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def refresh(self) -> None:
        """Look through the records again; the chosen line stays chosen, and in its place."""
        office, watch = self._office, Watch()
        self._asked += 1
        self.said.hide()
        self.work.follow(watch, LOOKING)
        self._tasks.run_watched(
            watch, lambda progress, cancelled: quality(office, progress=progress, cancelled=cancelled),
            partial(self._on_read, self._asked), partial(self._on_trouble, self._asked),
        )  # fmt: skip

    @property
    def shown_rows(self) -> list[GapRow]:
        """What is shown of what was found."""
        shown = self.shown.value
        return [row for row in self.rows if shown in (ALL, WEIGHTS[row.rule].value)]

    def listing(self) -> Listing:
        """Return the list as it is shown now, to be printed or exported."""
        return gaps_listing(self._office, self.shown_rows, KINDS[self.shown.value])

    def say(self, text: str) -> None:
        """Show a text above the list."""
        self.said.setText(wrapped(text))
        self.said.setVisible(bool(text))

    def state(self) -> dict[str, Any]:
        """Return which lines are shown."""
        return {} if self.shown.value == ALL else {"shown": self.shown.value}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show those again."""
        self.shown.show_value(state.get("shown", ALL))
        self._show()

    def choose(self, key: str) -> None:
        """Show the lines of a weight, by its value, or ALL."""
        self.shown.show_value(key)
        self._show()

    def _on_read(self, asked: int, rows: list[GapRow]) -> None:
        if asked != self._asked:
            return
        self._rest()
        self.rows = rows
        counts = counted(rows)
        for key in OPTIONS:
            number = len(rows) if key == ALL else counts[Weight(key)]
            button, text = self.shown.buttons[key], _option(key, number)
            button.setText(text)
            button.setAccessibleName(f"{tr(SHOWN)}: {text}")
        self._show()

    def _show(self) -> None:
        language, rows = words(), self.shown_rows
        places: dict[int, int] = {}

        def load(after: GapRow | None, count: int) -> list[Line]:
            if after is not None and not places:  # beside the window: of very many rows it takes long
                places.update((id(row), at) for at, row in enumerate(rows))
            first = 0 if after is None else places[id(after)] + 1
            return [
                Line(row.record_id, tuple(each.said(row, language) for each in GAPS), row)
                for row in rows[first : first + count]
            ]

        at = self.table.currentIndex().row()
        self._chosen = _key(self.model.lines[at].row) if 0 <= at < len(self.model.lines) else None
        self._at = max(at, 0)
        self.model.read(load, max(200, len(self.model.lines)))

    def _on_lines(self) -> None:
        lines = self.model.lines
        self.stack.setCurrentIndex(0 if lines else 1)
        if lines:
            same = (at for at, line in enumerate(lines) if _key(line.row) == self._chosen)
            self.table.setCurrentIndex(self.model.index(next(same, min(self._at, len(lines) - 1)), 0))
        self.loaded.emit()

    def _open(self, at: int) -> None:
        if not tell_codes_only(self._office, self._tasks):
            self.mend_asked.emit(self.model.lines[at].row)

    def _on_cancelled(self) -> None:
        self._asked += 1
        self.said.setText(wrapped(tr(STOPPED)))
        self.said.show()
        self.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_trouble(self, asked: int, error: Exception) -> None:
        if asked != self._asked or isinstance(error, Stopped):
            return
        self._rest()
        if isinstance(error, Refusal | Trouble):
            self.said.setText(wrapped(error.say(words())))
            self.said.show()
        else:
            self._tasks.failed.emit(error)

    def _rest(self) -> None:
        """Keep the keyboard in the page when the button that stops goes away."""
        if self.work.button.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.work.rest()


def _option(key: str, number: int) -> str:
    return tr(OPTIONS[key], count=words().number(number))


def _key(row: GapRow) -> tuple[str, UUID, str | None]:
    return row.rule, row.record_id, row.field
