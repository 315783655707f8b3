"""What became of a record: each line of its history with who, when and why, and each answer before and after."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.services import history
from casemgr.services.changes import Changes
from casemgr.services.history import Version
from casemgr.services.office import Office
from ui.pages.history_entry import VersionEntry, runs_of
from ui.pages.versions_dialog import COMPARE, show_versions
from ui.parts.card import text_label
from ui.parts.dialog import may_open_before, resize_within
from ui.parts.fold import Fold, show_all
from ui.tasks import Tasks
from ui.words import tr

HISTORY = N_("History…")
TITLE = N_("History: {what}")
CLOSE = N_("Close")
NOTHING = N_("Nothing is known of its history.")
AT_ONCE = 20
"""Lines shown before the rest is folded."""


def show_history(
    office: Office, tasks: Tasks, record: Record, what: str, window: QWidget, told: Callable[[str, Changes], None]
) -> None:  # fmt: skip
    """Ask for the history of a record, and show it; what: the record's name in the screen's language.

    told: is given the record's title, and what bringing back one of its versions changed.
    """
    kind, record_id = type(record), record.id

    def show(versions: Sequence[Version]) -> None:
        if not may_open_before(window):
            return
        dialog = HistoryDialog(versions, what, window)
        dialog.compare_asked.connect(lambda: show_versions(office, tasks, kind, record_id, what, window, told))
        dialog.open()

    tasks.run(lambda: history.of_record(office, record), show)


class HistoryDialog(QDialog):
    """Newest first. Several lookings by one person in a row are one line."""

    compare_asked = Signal()
    """The worker wants to see versions side by side; the dialog is closed."""

    def __init__(self, versions: Sequence[Version], what: str, parent: QWidget | None = None) -> None:
        """Show the versions; what is shown as it is."""
        super().__init__(parent)
        self.setWindowTitle(tr(HISTORY).rstrip("…"))  # no name of a child: other windows list titles
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 780, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label(tr(TITLE, what=what), "section"))
        self.area = self._list(versions)
        self.area.setAccessibleName(tr(TITLE, what=what))
        column.addWidget(self.area, 1)
        self.compare_button = QPushButton(tr(COMPARE), self)
        self.compare_button.setAutoDefault(False)
        self.compare_button.clicked.connect(self._compare)
        self.close_button = QPushButton(tr(CLOSE), self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        exits = QHBoxLayout()
        exits.setSpacing(8)
        exits.addStretch()
        exits.addWidget(self.compare_button)
        exits.addWidget(self.close_button)
        column.addLayout(exits)
        self.close_button.setFocus()

    def _compare(self) -> None:
        self.accept()
        self.compare_asked.emit()

    def _list(self, versions: Sequence[Version]) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        runs = [[versions[place] for place in places] for places in runs_of(versions)]
        for run in runs[:AT_ONCE]:
            column.addWidget(VersionEntry(run))
        if runs[AT_ONCE:]:
            rest = runs[AT_ONCE:]
            column.addWidget(Fold(show_all(len(runs)), lambda: (VersionEntry(run) for run in rest), self.windowTitle()))
        if not runs:
            column.addWidget(text_label(tr(NOTHING), "help"))
        column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the arrow keys scroll
        area.setWidget(body)
        return area
