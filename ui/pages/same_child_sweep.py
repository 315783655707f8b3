"""All records of the office that may be of one child, two by two, each pair to be looked at and decided."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.child import Child
from casemgr.services import same_child
from casemgr.services.changes import Changes
from casemgr.services.listing import Listing
from casemgr.services.office import Office
from casemgr.services.same_child import Pair
from casemgr.trouble import Stopped
from ui.pages.case_head import both_names
from ui.pages.same_child_dialog import show_beside
from ui.pages.same_child_notice import born_said, reasons_said
from ui.parts.card import Action, Entry, empty, text_label
from ui.parts.dialog import resize_within
from ui.parts.list_out import ListOut
from ui.parts.slices import Slices
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

TITLE = N_("The same child written down twice?")
SAID = N_(
    "Names in either script, dates, homes, telephones and guardians are compared. Nothing changes before you decide."
)
LOOKING = N_("Comparing the children…")
NONE = N_("No two records look as if they were of one child.")
MORE = N_("The likeliest {shown} pairs are shown; the others follow when these are decided.")
COMPARE, CLOSE = N_("Compare"), N_("Close")
STEP, AT_ONCE = 40, 6


class SweepDialog(QDialog):
    """Compares all children when it opens, and lists the pairs; a pair that was decided is gone from the list."""

    decided = Signal(object)
    """What a decision changed (Changes)."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget) -> None:
        """Begin to compare."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.pairs: list[Pair] = []
        self.setWindowTitle(tr(TITLE))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 820, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label(tr(TITLE), "title"))
        column.addWidget(text_label(tr(SAID), "help"))
        self.work = WorkBar(self)
        column.addWidget(self.work)
        self.nothing = text_label(tr(NONE), "answer")
        self.nothing.hide()
        column.addWidget(self.nothing)
        self.told = text_label("", "notice")
        self.told.hide()
        column.addWidget(self.told)
        area, body = QScrollArea(self), QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self._slices = Slices(self)
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 8, 0)
        column.addWidget(area, 1)
        row, self.close_button = QHBoxLayout(), QPushButton(tr(CLOSE), self)
        self.close_button.clicked.connect(self.reject)
        self.out = ListOut(self._office, self._tasks, self.listing, TITLE, self)
        self.out.setEnabled(False)
        self.out.setAutoDefault(False)
        self.out.said.connect(self._say)
        row.addWidget(self.out)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.read()

    def read(self) -> None:
        """Compare all children."""
        office, watch = self._office, Watch()
        self.work.follow(watch, LOOKING)
        self._tasks.run_watched(
            watch,
            lambda progress, cancelled: same_child.sweep(office, progress=progress, cancelled=cancelled),
            self._on_read,
            self._on_failed,
        )

    def listing(self) -> Listing:
        """Return all pairs that were found, to be printed or exported."""
        from casemgr.services.shown_lists import pairs_listing  # noqa: PLC0415  (loaded when it is wanted)

        return pairs_listing(self._office, list(self.pairs))

    def on_decided(self, changes: Changes) -> None:
        """Compare anew: what hangs together through the decision is no pair any more."""
        self.decided.emit(changes)
        self.read()

    def compare(self, pair: Pair) -> None:
        """Show a pair side by side."""
        show_beside(self._office, self._tasks, (pair.one.id, pair.other.id), self, self.on_decided)

    def done(self, result: int) -> None:
        """Let a comparison that goes on end with the dialog."""
        self.work.cancel()
        super().done(result)

    def _on_read(self, pairs: list[Pair]) -> None:
        self.work.rest()
        self.pairs = pairs
        self.out.setEnabled(bool(pairs))
        empty(self._body)
        self._slices.begin(self._entries(pairs), AT_ONCE)
        self.nothing.setVisible(not pairs)

    def _entries(self, pairs: list[Pair]) -> Iterator[None]:
        for pair in pairs[:STEP]:
            title = f"{_called(pair.one)}\n{_called(pair.other)}"
            about = reasons_said(pair.likeness, words())
            self._body.addWidget(Entry(title, about, (Action(COMPARE, partial(self.compare, pair)),)))
            yield
        if len(pairs) > STEP:
            self._body.addWidget(text_label(tr(MORE, shown=words().number(STEP)), "help"))
        self._body.addStretch()

    def _say(self, text: str) -> None:
        self.told.setText(wrapped(text))
        self.told.show()

    def _on_failed(self, error: Exception) -> None:
        self.work.rest()
        if not isinstance(error, Stopped):
            self._tasks.failed.emit(error)


def _called(child: Child) -> str:
    return "  ·  ".join(filter(None, (both_names(child), child.code, born_said(child, words()))))
