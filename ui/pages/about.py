"""About the program: its version, where everything lies on this computer, and the licence of each of its parts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casemgr import __version__, assets, licences, whereabouts
from casemgr.i18n import N_
from casemgr.services.office import Office
from ui.parts.card import text_label
from ui.parts.door import PROGRAM
from ui.words import tr, words

TITLE, CLOSE = N_("About the program"), N_("Close")
VERSION = N_("Version {version}. Nothing of it needs the internet; everything stays on this computer.")
WHERE = N_("Where everything lies")
OFFICE, PRACTICE, FOLDER = N_("This office"), N_("Practice office"), N_("The program")
MADE_OF = N_("What the program is made of")
CHOOSE = N_("Choose a part to read its licence. The licences themselves are in English.")
FROM_SOURCE = N_(
    "This copy runs from its source. The licences of what others made lie in the folder of Python's packages."
)
PARTS, LICENCE = N_("Parts of the program"), N_("Licence")
NO_TEXT = N_("Its licence lies in the program's folder.")


class AboutDialog(QDialog):
    """Names the parts on the left; the licence of the one chosen stands beside."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        """Show the program itself first."""
        super().__init__(parent)
        self.setWindowTitle(tr(TITLE))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(920, 620)
        self.parts = licences.parts()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(text_label(tr(PROGRAM), "title"))
        column.addWidget(text_label(tr(VERSION, version=words().figures(__version__)), "answer"))
        column.addWidget(text_label(tr(WHERE), "section"))
        column.addLayout(self._places(office))
        column.addWidget(text_label(tr(MADE_OF), "section"))
        column.addWidget(text_label(tr(CHOOSE if assets.made("licences") else FROM_SOURCE), "help"))
        column.addLayout(self._made_of(), 1)
        exits = QHBoxLayout()
        self.close_button = QPushButton(tr(CLOSE), self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        exits.addStretch()
        exits.addWidget(self.close_button)
        column.addLayout(exits)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _places(self, office: Office) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        places = {OFFICE: office.folder, PRACTICE: whereabouts.practice_folder(), FOLDER: assets.program_folder()}
        self.places = []
        for row, (label, place) in enumerate(places.items()):
            shown = QLineEdit(str(place), self)  # a path has no places to break at, but may be longer than the window
            shown.setReadOnly(True)
            shown.setCursorPosition(0)
            shown.setAccessibleName(tr(label))
            self.places.append(shown)
            grid.addWidget(text_label(tr(label), "question"), row, 0)
            grid.addWidget(shown, row, 1)
        return grid

    def _made_of(self) -> QHBoxLayout:
        self.list, self.text = QListWidget(self), QPlainTextEdit(self)
        self.list.setAccessibleName(tr(PARTS))
        self.list.setFixedWidth(310)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for part in self.parts:
            named = " ".join(filter(None, (part.name, part.version)))
            item = QListWidgetItem(f"{named}\n{part.licence}")
            item.setToolTip(part.licence)
            self.list.addItem(item)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr(LICENCE))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.list.currentRowChanged.connect(self.show_part)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        return row

    def show_part(self, at: int) -> None:
        """Show the licence of that part of the list."""
        if 0 <= at < len(self.parts):
            self.text.setPlainText(self.parts[at].text() or tr(NO_TEXT))
