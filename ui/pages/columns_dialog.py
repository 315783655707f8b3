"""Which columns a list has, in what order, and in what order its rows stand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.services.case_columns import USUAL
from casemgr.services.case_list import ORDERS, CaseView
from casemgr.services.listing import ListColumn
from ui.editors.choices import StillCombo
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.words import tr

TITLE = N_("Columns and order of the list")
SAID = N_("Space shows or hides the marked column, Ctrl with the arrow keys moves it. The choice is remembered.")
COLUMNS, UP, DOWN, AS_USUAL = N_("Columns"), N_("Move up"), N_("Move down"), N_("Usual columns")
ORDER = N_("Order of the rows")
SHOW, CANCEL = N_("Show"), N_("Cancel")
_KEY = Qt.ItemDataRole.UserRole
HEIGHT = 320


class ColumnsDialog(CalmDialog):
    """All columns, those shown first and ticked."""

    chosen = Signal(object)
    """The view with other columns (CaseView)."""

    def __init__(self, offered: tuple[ListColumn, ...], view: CaseView, parent: QWidget) -> None:
        """offered: the columns this account may choose."""
        super().__init__(tr(TITLE), parent)
        self._offered, self._view = {column.key: column for column in offered}, view
        self.column.addWidget(text_label(tr(SAID), "help"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr(COLUMNS))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setFixedHeight(HEIGHT)
        self.list.itemChanged.connect(lambda _item: self._show_exits())
        self.column.addWidget(self.list)
        row = QHBoxLayout()
        self.up_button, self.down_button, self.usual_button = (
            QPushButton(tr(label), self) for label in (UP, DOWN, AS_USUAL)
        )
        self.up_button.clicked.connect(lambda: self.move_by(-1))
        self.down_button.clicked.connect(lambda: self.move_by(1))
        self.usual_button.clicked.connect(lambda: self.show_columns(USUAL))
        for button in (self.up_button, self.down_button, self.usual_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.order = StillCombo(self)
        self.order.setAccessibleName(tr(ORDER))
        for key, label in ORDERS.items():
            self.order.addItem(tr(label), key)
        self.order.setCurrentIndex(self.order.findData(view.order))
        below = QHBoxLayout()
        below.addWidget(text_label(tr(ORDER), "question"))
        below.addWidget(self.order, 1)
        self.column.addLayout(below)
        self.column.addStretch()
        self.show_button, cancel = QPushButton(tr(SHOW), self), QPushButton(tr(CANCEL), self)
        make_primary(self.show_button)
        self.show_button.clicked.connect(self._show)
        cancel.clicked.connect(self.reject)
        self.add_exits(self.show_button, cancel)
        for keys, step in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda step=step: self.move_by(step))
        self.show_columns(view.columns)
        self.list.setFocus()

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are ticked, in their order."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return tuple(item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked)

    def show_columns(self, columns: tuple[str, ...]) -> None:
        """Tick these, in this order; the others follow."""
        shown = [key for key in columns if key in self._offered]
        self.list.clear()
        for key in (*shown, *(key for key in self._offered if key not in shown)):
            item = QListWidgetItem(tr(self._offered[key].label))
            item.setData(_KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )  # fmt: skip
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._show_exits()

    def tick(self, key: str, *, shown: bool) -> None:
        """Show or hide a column."""
        for at in range(self.list.count()):
            if self.list.item(at).data(_KEY) == key:
                self.list.item(at).setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)

    def move_by(self, step: int) -> None:
        """Move the marked column one line up (-1) or down (1)."""
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    def _show_exits(self) -> None:
        self.show_button.setEnabled(bool(self.columns()))

    def _show(self) -> None:
        view = CaseView(self._view.chosen, self.columns(), self.order.currentData())
        self.accept()
        self.chosen.emit(view)
