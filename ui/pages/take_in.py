"""Taking in a case from another office: its file is chosen and opened, then what it brings is looked at."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from casemgr.exchange.sealed import Way
from casemgr.i18n import N_
from casemgr.services.comparing import Arrival, compare
from casemgr.services.office import Office
from casemgr.services.received import receive, way_of
from casemgr.services.taking_in import TakenIn
from casemgr.trouble import Refusal, Trouble
from ui.pages.hand_over import OWN_KEY, OwnKeyDialog
from ui.pages.page import Page
from ui.pages.take_in_dialog import TakeInDialog
from ui.parts.card import make_primary
from ui.parts.dialog import CalmDialog
from ui.parts.lines import Lines
from ui.parts.menu_button import MenuButton
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

BETWEEN = N_("Other offices")
TAKE_IN = N_("Take in a case…")
CASE_FILES, ALL_FILES = N_("Case files"), N_("All files")
LOCKED = N_("This file is locked with a passphrase. Type it.")
PASSPHRASE = N_("Passphrase for the file")
OPEN, CANCEL = N_("Open"), N_("Cancel")
NOT_OPENED = N_("The file was not opened")
NOTHING = N_("Nothing was changed: all of it is here already, or ours was kept.")


class Opened(NamedTuple):
    """What a file was found to be closed with, and where it lies."""

    path: Path
    way: Way


class Handovers(QObject):
    """What the pages that list children and cases offer for going between offices."""

    def __init__(self, office: Office, tasks: Tasks, page: Page) -> None:
        """page: tells what was changed, and asks for the case that came."""
        super().__init__(page)
        self._office, self.tasks, self._page = office, tasks, page
        offers = ((tr(TAKE_IN), self.choose), (f"{tr(OWN_KEY)}…", self.show_key))
        self.button = MenuButton(tr(BETWEEN), offers, tr(BETWEEN), page)

    def show_key(self) -> None:
        """Show the key of this office."""
        OwnKeyDialog(self._office, self.tasks, self._page).open()

    def choose(self) -> None:
        """Ask which file."""
        kinds = f"{tr(CASE_FILES)} (*.case);;{tr(ALL_FILES)} (*)"
        dialog = QFileDialog(self._page, tr(TAKE_IN).rstrip("…"), str(Path.home()), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.begin)
        dialog.open()

    def begin(self, name: str) -> None:
        """Open a file, and show what it brings; ask for its passphrase where it has one."""
        path = Path(name)
        self.tasks.run(lambda: Opened(path, way_of(path)), self._on_way, self._on_refused)

    def _on_way(self, opened: Opened) -> None:
        if opened.way is Way.KEY:
            self._open(opened.path, None)
        else:
            PassphraseDialog(self, opened.path, self._page).open()

    def _open(self, path: Path, passphrase: str | None) -> None:
        office = self._office
        self.tasks.run(lambda: compare(office, receive(office, path, passphrase)), self.show, self._on_refused)

    def look(self, path: Path, passphrase: str, dialog: "PassphraseDialog") -> None:
        """Try a passphrase; the dialog that asks for it closes where it is right."""
        office = self._office

        def show(arrival: Arrival) -> None:
            dialog.accept()
            self.show(arrival)

        self.tasks.run(lambda: compare(office, receive(office, path, passphrase)), show, dialog.refuse)

    def show(self, arrival: Arrival) -> None:
        """Show what a file brings."""
        dialog = TakeInDialog(self._office, self.tasks, arrival, self._page)
        dialog.taken_in.connect(self._on_taken)
        dialog.open()

    def _on_taken(self, done: TakenIn) -> None:
        if done.is_nothing:
            self._box(QMessageBox.Icon.Information, tr(TAKE_IN).rstrip("…"), tr(NOTHING))
        self._page.changed.emit(done.changes)
        self._page.case_asked.emit(done.case_id)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, Refusal | Trouble):
            self._box(QMessageBox.Icon.Warning, tr(NOT_OPENED), error.say(words()))
        else:
            self.tasks.failed.emit(error)

    def _box(self, picture: QMessageBox.Icon, title: str, text: str) -> None:
        box = QMessageBox(self._page)
        box.setIcon(picture)
        box.setWindowTitle(title)
        box.setText(wrapped(text))
        box.addButton(QMessageBox.StandardButton.Ok)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


class PassphraseDialog(CalmDialog):
    """Asks for the passphrase of a file."""

    def __init__(self, handovers: Handovers, path: Path, parent: QWidget) -> None:
        """Ask."""
        super().__init__(tr(TAKE_IN).rstrip("…"), parent, heading=tr(LOCKED))
        self._handovers, self._path, self._tasks = handovers, path, handovers.tasks
        self.lines = Lines(self)
        self.lines.add("passphrase", PASSPHRASE, secret=True)
        self.column.addWidget(self.lines)
        cancel, self.open_button = QPushButton(tr(CANCEL), self), QPushButton(tr(OPEN), self)
        make_primary(self.open_button)
        cancel.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.try_it)
        self.add_exits(self.open_button, cancel)
        self.lines.edits["passphrase"].setFocus()

    def try_it(self) -> None:
        """Open the file with what is typed."""
        self.open_button.setEnabled(False)
        self._handovers.look(self._path, self.lines.typed("passphrase"), self)

    def refuse(self, error: Exception) -> None:
        """Say what is wrong."""
        self.open_button.setEnabled(True)
        if isinstance(error, Refusal | Trouble):
            self.lines.mark(("passphrase",), error.say(words()))
        else:
            self._tasks.failed.emit(error)
