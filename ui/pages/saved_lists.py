"""Lists of cases under a name: opened from a menu, saved, renamed and deleted in a dialog."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.services import saved_lists
from casemgr.services.case_list import CaseView, Read
from casemgr.services.office import Office
from casemgr.services.saved_lists import SavedRow
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.held_over import HeldOver
from ui.parts.lines import Lines
from ui.parts.menu_button import MenuButton, Offer
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

LISTS = N_("Saved lists")
FOR_ALL = N_("{name} (for everybody)")
SAVE_NEW, SAVE_CHANGES, MANAGE = (
    N_("Save as a new list…"), N_("Save the changes to “{name}”"), N_("Rename or delete “{name}”…"),
)  # fmt: skip
NEW_TITLE, CHANGE_TITLE = N_("Save this list"), N_("Rename or delete a list")
NAME, NAME_HELP = N_("Name of the list"), N_("Such as “Held in Siem Reap”. No name of a child.")
KEPT = N_("Filters, columns and order are kept, and not what is typed to narrow the list.")
SHARED = N_("For everybody in this office")
SAVE, DELETE, CANCEL = N_("Save"), N_("Delete this list"), N_("Cancel")
SURE = N_("Press “Delete this list” once more. A list that was deleted does not come back.")
SAVED, DELETED = N_("The list “{name}” was saved."), N_("The list “{name}” was deleted.")


class SavedLists(MenuButton):
    """The menu of the saved lists. It knows which one is open."""

    opened = Signal(object, object)
    """A list was opened: SavedRow and Read."""
    said = Signal(str)
    """What was done or refused, in words."""

    def __init__(self, office: Office, tasks: Tasks, view: Callable[[], CaseView], about: str, parent: QWidget) -> None:
        """view: returns what is shown now, which is what is saved."""
        super().__init__(tr(LISTS), (), about, parent)
        self._office, self._tasks, self._view = office, tasks, view
        self.rows: list[SavedRow] = []
        self.current: SavedRow | None = None
        self.kept: CaseView | None = None
        """The list that is open, and what it shows as it is saved."""
        self.read()

    def read(self) -> None:
        """Ask which lists there are."""
        office = self._office
        self._tasks.run(lambda: saved_lists.saved_lists(office), self._on_read)

    def open_menu(self) -> None:
        """Offer the lists, and what can be done with what is shown."""
        self.offers = tuple(self._offers())
        super().open_menu()

    def open_list(self, row: SavedRow) -> None:
        """Show a saved list."""
        office = self._office
        self._tasks.run(lambda: saved_lists.open_list(office, row.id), self._on_opened, self._on_trouble)

    def ask_name(self) -> None:
        """Ask under what name to save what is shown."""
        dialog = SaveDialog(None, self.window())
        HeldOver(dialog, self._office, "saved-list", dialog.typed, dialog.type_again)
        dialog.asked.connect(partial(self._save, dialog))
        dialog.open()

    def ask_to_change(self) -> None:
        """Ask for another name of the list that is open, or whether to delete it."""
        row = self.current
        if row is not None:
            dialog = SaveDialog(row, self.window())
            dialog.asked.connect(partial(self._rename, dialog, row))
            dialog.deletion_asked.connect(partial(self._delete, dialog, row))
            dialog.open()

    def save_changes(self) -> None:
        """Keep what is shown in the list that is open."""
        row, office, view = self.current, self._office, self._view()
        if row is not None:
            self._tasks.run(
                lambda: saved_lists.change_list(office, row, view=view), self._on_saved, self._on_trouble
            )  # fmt: skip

    def close_list(self) -> None:
        """Leave the list that is open; what is shown stays."""
        self.current = None

    def _offers(self) -> list[Offer]:
        found: list[Offer] = [
            (tr(FOR_ALL, name=row.name) if row.shared else row.name, partial(self.open_list, row)) for row in self.rows
        ]
        found.append((tr(SAVE_NEW), self.ask_name))
        if self.current is not None and self.current.may_change:
            found.append((tr(SAVE_CHANGES, name=self.current.name), self.save_changes))
            found.append((tr(MANAGE, name=self.current.name), self.ask_to_change))
        return found

    def _save(self, dialog: "SaveDialog", name: str, shared: bool) -> None:
        office, view = self._office, self._view()
        self._tasks.run(
            lambda: saved_lists.save_list_as(office, name, view, shared=shared),
            partial(self._on_saved, dialog=dialog), dialog.refuse,
        )  # fmt: skip

    def _rename(self, dialog: "SaveDialog", row: SavedRow, name: str, shared: bool) -> None:
        office = self._office
        self._tasks.run(
            lambda: saved_lists.change_list(office, row, name=name, shared=shared),
            partial(self._on_saved, dialog=dialog), dialog.refuse,
        )  # fmt: skip

    def _delete(self, dialog: "SaveDialog", row: SavedRow) -> None:
        office = self._office
        self._tasks.run(
            lambda: saved_lists.delete_list(office, row), partial(self._on_deleted, dialog, row), dialog.refuse
        )  # fmt: skip

    def _on_read(self, rows: list[SavedRow]) -> None:
        self.rows = rows
        known = {row.id: row for row in rows}
        if self.current is not None:
            self.current = self.current if self.current.id in known else None

    def _on_opened(self, opened: tuple[SavedRow, Read]) -> None:
        self.current, self.kept = opened[0], opened[1].view
        self.opened.emit(*opened)

    def _on_saved(self, row: SavedRow, dialog: "SaveDialog | None" = None) -> None:
        if dialog is not None:
            dialog.accept()
        self.current = row
        self.kept = self._view() if dialog is None or dialog.is_new else self.kept
        self.said.emit(tr(SAVED, name=row.name))
        self.read()

    def _on_deleted(self, dialog: "SaveDialog", row: SavedRow, _none: None) -> None:
        dialog.accept()
        self.current = None
        self.said.emit(tr(DELETED, name=row.name))
        self.read()

    def _on_trouble(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        self.said.emit(error.say(words()))
        self.read()


class SaveDialog(CalmDialog):
    """Asks for the name, and for whom the list is."""

    asked = Signal(str, bool)
    """The name, and whether it is for everybody."""
    deletion_asked = Signal()

    def __init__(self, row: SavedRow | None, parent: QWidget) -> None:
        """row: the list that is to be changed, None for a new one."""
        super().__init__(tr(NEW_TITLE if row is None else CHANGE_TITLE), parent)
        self.is_new, self._is_sure = row is None, False
        self.lines = Lines(self)
        self.name = self.lines.add("name", NAME, NAME_HELP, text=row.name if row else "")
        self.shared = QCheckBox(tr(SHARED), self)
        self.shared.setChecked(row is not None and row.shared)
        self.column.addWidget(self.lines)
        self.column.addWidget(self.shared)
        self.column.addWidget(text_label(tr(KEPT), "help"))
        self.message = text_label("", "problem")
        self.message.hide()
        self.column.addWidget(self.message)
        self.column.addStretch()
        self.save_button, self.delete_button, cancel = (
            QPushButton(tr(label), self) for label in (SAVE, DELETE, CANCEL)
        )
        make_primary(self.save_button)
        self.save_button.clicked.connect(self.ask)
        self.delete_button.clicked.connect(self._ask_to_delete)
        self.delete_button.setVisible(row is not None)
        cancel.clicked.connect(self.reject)
        self.add_exits(self.save_button, self.delete_button, cancel)
        self.name.setFocus()

    def typed(self) -> dict[str, str | bool]:
        """Return what would be lost by the lock, empty where no name is typed."""
        name = self.lines.typed("name")
        return {"name": name, "shared": self.shared.isChecked()} if name.strip() else {}

    def type_again(self, typed: dict[str, str | bool]) -> None:
        """Type what typed returned."""
        self.name.setText(str(typed["name"]))
        self.shared.setChecked(bool(typed["shared"]))

    def ask(self) -> None:
        """Tell what is typed."""
        self.asked.emit(self.lines.typed("name"), self.shared.isChecked())

    def _ask_to_delete(self) -> None:
        """Delete with the second press: it cannot be taken back."""
        if self._is_sure:
            self.deletion_asked.emit()
        else:
            self._is_sure = True
            self.message.setText(wrapped(tr(SURE)))
            self.message.show()

    def refuse(self, error: Exception) -> None:
        """Say why it was not saved."""
        if not isinstance(error, Refusal | Trouble):
            raise error
        if not self.lines.mark(error.fields, error.say(words())):
            self.message.setText(wrapped(error.say(words())))
            self.message.show()
