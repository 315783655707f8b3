"""Two versions of a record side by side, chosen from all it ever said; one of them can be brought back."""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.services import versions
from casemgr.services.changes import Changes
from casemgr.services.history import ACTIONS
from casemgr.services.office import Office
from casemgr.services.versions import NOT_KNOWN, SAYS_SO, State, Versions
from ui.editors.choices import StillCombo
from ui.pages.bring_back_dialog import BRING_BACK, BringBackDialog
from ui.pages.side_by_side import Pair, comparison
from ui.parts.card import text_label
from ui.parts.dialog import may_open_before, resize_within
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

COMPARE = N_("Compare versions…")
TITLE = N_("Versions: {what}")
VERSION, BESIDE_IT = N_("Version"), N_("Compared with")
NOW, REMOVED = N_("As it is now"), N_("It was removed")
STATE = N_("{when} · {action} · {who}")
SAME = N_("Both say the same.")
ONE_ALONE = N_("There is one version alone.")
CLOSE = N_("Close")


def show_versions(
    office: Office, tasks: Tasks, kind: type[Record], record_id: UUID, what: str, window: QWidget,
    told: Callable[[str, Changes], None], chosen: int | None = None,
) -> None:  # fmt: skip
    """Ask for the versions of a record, and show them; what: the record's name in the screen's language.

    chosen: the line whose version is compared first, None for the one before the newest. told: is given the record's
    title, and what bringing one back changed.
    """

    def bring_back(found: Versions, state: State) -> None:
        dialog = BringBackDialog(office, tasks, found, state, what, window)
        dialog.brought_back.connect(lambda changes: told(kind.title, changes))
        dialog.open()

    def show(found: Versions) -> None:
        if not may_open_before(window):
            return
        dialog = VersionsDialog(found, what, window, chosen)
        dialog.wanted.connect(lambda state: bring_back(found, state))
        dialog.open()

    tasks.run(lambda: versions.versions_of(office, kind, record_id), show)


class _Option(NamedTuple):
    """What can be chosen; state: None stands for the record as it is now. heading: what its answers stand under."""

    label: str
    heading: str
    state: State | None


class VersionsDialog(QDialog):
    """The earlier version at the left, what it is compared with at the right."""

    wanted = Signal(object)
    """The version that the worker wants to bring back (State); the dialog is closed."""

    def __init__(self, found: Versions, what: str, parent: QWidget | None = None, chosen: int | None = None) -> None:
        """Show a version beside the record as it is now; what is shown as it is."""
        super().__init__(parent)
        self._found, self._what = found, what
        self.setWindowTitle(tr(COMPARE).rstrip("…"))  # no name of a child: other windows list titles
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 960, 600)
        self._options = _options(found)
        self.left, self.right = self._box(VERSION), self._box(BESIDE_IT)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        self._column.addWidget(text_label(tr(TITLE, what=what), "section"))
        self._column.addLayout(self._choice())
        self._table = QWidget(self)
        self._column.addWidget(self._table, 1)
        self.why_not = text_label("", "help")
        self._column.addWidget(self.why_not)
        self._column.addLayout(self._exits())
        first = next(
            (at for at, each in enumerate(self._options) if each.state and each.state.version.seq == chosen), 1
        )
        self.left.setCurrentIndex(min(first, len(self._options) - 1))
        for box in (self.left, self.right):
            box.currentIndexChanged.connect(self._compare)
        self._compare()
        self.left.setFocus()

    def _choice(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, (box, message) in enumerate(((self.left, VERSION), (self.right, BESIDE_IT))):
            label = text_label(tr(message), "question")
            label.setBuddy(box)
            grid.addWidget(label, 0, place)
            grid.addWidget(box, 1, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _box(self, message: str) -> QComboBox:
        box = StillCombo(self)
        box.setAccessibleName(tr(message))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        for option in self._options:
            box.addItem(option.label)
            box.setItemData(box.count() - 1, option.label, Qt.ItemDataRole.ToolTipRole)
        return box

    def _exits(self) -> QHBoxLayout:
        self.bring_button, self.close_button = QPushButton(tr(BRING_BACK), self), QPushButton(tr(CLOSE), self)
        self.bring_button.setAutoDefault(False)
        self.bring_button.clicked.connect(self._want)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.bring_button)
        row.addWidget(self.close_button)
        return row

    def _compare(self) -> None:
        """Show what the two that are chosen answer otherwise, and whether the one at the left can be brought back."""
        left, right = (self._options[box.currentIndex()] for box in (self.left, self.right))
        unknown = any(option.state is not None and option.state.record is None for option in (left, right))
        pair = Pair(*(self._found.now if option.state is None else option.state.record for option in (left, right)))
        infos = versions.differing(*pair, self._found.kind)
        table: QWidget
        if unknown or not infos:
            table = text_label(tr(NOT_KNOWN if unknown else ONE_ALONE if len(self._options) == 1 else SAME), "answer")
            table.setAlignment(Qt.AlignmentFlag.AlignTop)
        else:
            table = comparison(infos, pair, (left.heading, right.heading), tr(TITLE, what=self._what))
        self._column.replaceWidget(self._table, table)
        self._table.deleteLater()
        self._table = table
        for before, after in pairwise((self.right, table, self.bring_button, self.close_button)):
            QWidget.setTabOrder(before, after)
        self._say_whether(left.state)

    def _say_whether(self, state: State | None) -> None:
        why = None
        if state is not None:
            brings = self._found.now is None or bool(
                {*versions.differing(self._found.now, state.record, self._found.kind)}
                & {*versions.brought_back(self._found.kind)}
            )
            why = self._found.why_not or (NOT_KNOWN if state.record is None else None if brings else SAYS_SO)
        self.why_not.setText(wrapped(tr(why)) if why else "")
        self.why_not.setVisible(why is not None)
        self.bring_button.setEnabled(state is not None and why is None)

    def _want(self) -> None:
        state = self._options[self.left.currentIndex()].state
        self.accept()
        self.wanted.emit(state)


def _options(found: Versions) -> list[_Option]:
    """Return what can be chosen: the record as it is now, then what it said before, the newest first."""
    language = words()
    states = found.states if found.now is None else found.states[1:]
    earlier = [
        _Option(
            tr(STATE, when=language.moment(line.at), action=tr(ACTIONS.get(line.action, line.action)), who=line.who),
            language.moment(line.at),
            state,
        )
        for state in states
        for line in (state.version,)
    ]
    now = tr(NOW if found.now is not None else REMOVED)
    return [_Option(now, now, None), *earlier]
