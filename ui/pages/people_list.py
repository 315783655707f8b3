"""What the list of children and the list of cases share: a title, a line to narrow the list, the list itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from casemgr.i18n import N_
from casemgr.services.office import Office
from ui.pages.page import page_column, page_head
from ui.pages.paper_page import PaperPage
from ui.pages.take_in import Handovers
from ui.parts.card import text_label
from ui.parts.empty_state import EmptyState
from ui.parts.listing import PAGE, Column, Line, ListModel, Table
from ui.tasks import Tasks
from ui.words import tr, wrapped

NARROW = N_("Narrow the list")
PAUSE = 120
NO_MATCH = N_("Nothing fits what is typed")
NO_MATCH_HINT = N_("Part of a name is enough, in either script; or a code, a number, a telephone number.")


class ListPage(PaperPage):
    """A list that is narrowed by typing; papers of it may be previewed in its place."""

    opened = Signal(object)
    """The identity of the row the worker wants to open."""
    title: str
    columns: tuple[Column, ...]
    no_match, no_match_hint = NO_MATCH, NO_MATCH_HINT

    def __init__(
        self, office: Office, tasks: Tasks, nothing: EmptyState, beside: tuple[QWidget, ...] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """nothing: shown while the office has none of these; beside: what stands at the right of the title."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.narrow = QLineEdit(self)
        self.narrow.setPlaceholderText(tr(NARROW))
        self.narrow.setAccessibleName(tr(NARROW))
        self.narrow.setClearButtonEnabled(False)
        self.narrow.setMaximumWidth(420)
        self.model = ListModel(self.columns, tasks, self)
        self.table = Table(
            tr(self.title), tuple(column.share for column in self.columns), self,
            least=tuple(column.least for column in self.columns),
            spare=tuple(at for at, column in enumerate(self.columns) if column.spare),
        )  # fmt: skip
        self.table.setModel(self.model)
        self.table.opened.connect(lambda at: self.opened.emit(self.model.lines[at].id))
        self.model.loaded.connect(self._on_loaded)
        self.stack = QStackedWidget(self)
        no_match = EmptyState("search", tr(self.no_match), tr(self.no_match_hint))
        for page in (self.table, nothing, no_match):
            self.stack.addWidget(page)
        self.handovers = Handovers(office, tasks, self)
        self.head, _ = page_head(tr(self.title), self.handovers.button, *beside)
        self.filters = QHBoxLayout()
        self.filters.setSpacing(16)
        self.filters.addWidget(self.narrow, 1)
        self.filters.addStretch(1)
        self.told = text_label("", "notice")
        self.told.hide()
        self.above = page_column(self.overview)
        """The column of the page; above the list is room for more."""
        self.above.addLayout(self.head)
        self.above.addLayout(self.filters)
        self.above.addWidget(self.told)
        self.above.addWidget(self.stack, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.read)
        self.narrow.textChanged.connect(self._timer.start)
        self.narrow.returnPressed.connect(self.table.setFocus)
        self._chosen: UUID | None = None
        self._scrolled = 0
        self.lead_keyboard_to(self.narrow)

    def loader(self) -> Callable[[Any, int], list[Line]]:
        """Return the question to the store as the page stands now."""
        raise NotImplementedError

    @property
    def is_narrowed(self) -> bool:
        """Whether the list leaves something out."""
        return bool(self.narrow.text().strip())

    def say(self, text: str) -> None:
        """Show a text above the list; an empty one takes it away."""
        self.told.setText(wrapped(text))
        self.told.setVisible(bool(text))

    def read(self) -> None:
        """Read the list from its beginning; what was said of the one before is over."""
        self._timer.stop()
        self.say("")
        self._chosen, self._scrolled = None, 0
        self.model.read(self.loader())

    def refresh(self) -> None:
        """Read again what is shown; the chosen row stays chosen, and in its place."""
        self.say("")
        at = self.table.currentIndex()
        self._chosen = self.model.lines[at.row()].id if at.isValid() else None
        self._scrolled = self.table.verticalScrollBar().value()
        self.model.read(self.loader(), max(PAGE, len(self.model.lines)))

    def state(self) -> dict[str, Any]:
        """Return what is typed to narrow the list."""
        return self.paper_state() | ({"narrow": self.narrow.text()} if self.narrow.text() else {})

    def restore_state(self, state: dict[str, Any]) -> None:
        """Narrow the list again."""
        self.restore_paper(state)
        self.narrow.setText(state.get("narrow", ""))
        self.read()

    def _on_loaded(self) -> None:
        lines = self.model.lines
        self.stack.setCurrentIndex(0 if lines else 2 if self.is_narrowed else 1)
        where = next((at for at, line in enumerate(lines) if line.id == self._chosen), 0)
        if lines:
            self.table.setCurrentIndex(self.model.index(where, 0))
            self.table.verticalScrollBar().setValue(self._scrolled)
        self.loaded.emit()
