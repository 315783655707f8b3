"""The bar above the pages: back, search, a new arrest, the language, and the lock."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from casemgr.i18n import N_
from casemgr.services.office import Office
from ui.pages.draft_notices import NEW_ARREST
from ui.parts.door import LanguageSwitch
from ui.parts.icons import icon
from ui.parts.roles import opens
from ui.parts.search_box import SearchBox
from ui.tasks import Tasks
from ui.theme import COLOURS
from ui.words import tr

LOCK, BACK = N_("Lock"), N_("Back")


class TopBar(QFrame):
    """Its buttons and its search box lead where the desk says; each role is shown those that it needs."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Search in this office."""
        super().__init__(parent)
        self.setProperty("role", "top")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a tall page would squeeze it
        self.back_button = QPushButton(icon("back", COLOURS["text"], 18), "", self)
        self.back_button.setProperty("role", "link")
        self.back_button.setAccessibleName(tr(BACK))
        self.back_button.setToolTip(f"{tr(BACK)} (Alt+←)")
        self.search = SearchBox(office, tasks, self)
        self.search.setMaximumWidth(460)
        self.search.setVisible(office.knows_names)
        self.arrest_button = QPushButton(icon("plus", COLOURS["card"], 18), tr(NEW_ARREST), self)
        self.arrest_button.setProperty("role", "primary")
        self.arrest_button.setToolTip("Ctrl+N")
        self.arrest_button.setAccessibleDescription("Ctrl+N")
        self.arrest_button.setVisible(opens(office, "arrest"))
        self.languages = LanguageSwitch(self)
        self.lock_button = QPushButton(icon("lock", COLOURS["text"], 18), tr(LOCK), self)
        self.lock_button.setIconSize(QSize(18, 18))
        self.lock_button.setToolTip("Ctrl+L")
        self.lock_button.setAccessibleDescription("Ctrl+L")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 24, 10)
        row.setSpacing(12)
        for widget, stretch in ((self.back_button, 0), (self.search, 1)):
            row.addWidget(widget, stretch)
        row.addStretch()
        for button in (self.arrest_button, self.languages, self.lock_button):
            row.addWidget(button)
