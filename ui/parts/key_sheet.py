"""Every key of the program on one sheet (Ctrl+/), by where it works."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from casemgr.i18n import N_
from ui.parts.card import text_label
from ui.parts.dialog import WIDTH, CalmDialog
from ui.words import tr

TITLE, CLOSE = N_("Keys"), N_("Close")
RING = 2
"""Pixels of the ring round what has the keyboard."""
Keys = tuple[tuple[str, str], ...]
"""Keys as they are written on them, several parted by a space, and what they do (a message)."""
EVERYWHERE: Keys = (
    ("F1", N_("Open the guide at what you are doing")),
    ("Ctrl+F", N_("Search a child or a case")),
    ("Ctrl+N", N_("Take down a new arrest")),
    ("Alt+1 … Alt+9", N_("Go to a place of the list at the left")),
    ("Alt+←", N_("Go back to where you were before")),
    ("F6 Shift+F6", N_("Go from the page to the list at the left, to the bar at the top, and back")),
    ("Tab Shift+Tab", N_("Go to the next button or line, or back")),
    ("Ctrl+Z", N_("Undo the last save")),
    ("Ctrl+L", N_("Lock the office; after the password you are where you were")),
    ("Ctrl+/", N_("Show these keys")),
)
IN_LISTS: Keys = (
    ("Enter", N_("Open the line that is marked")),
    ("Ctrl+Enter", N_("In Today: write down that what is due is done")),
    ("Ctrl+O", N_("In Follow-ups: open the case")),
)
IN_A_CASE: Keys = (
    ("Ctrl+R", N_("Write down something new, chosen from a list")),
    ("Ctrl+P", N_("Papers of this case")),
    ("Ctrl+H", N_("History of this case")),
    ("← →", N_("Go from stage to stage, or from answer to answer")),
)
WRITING: Keys = (
    ("Enter", N_("Go to the next question")),
    ("Ctrl+;", N_("Fill in today, or now")),
    ("Ctrl+. F8", N_("Go to the next required question without an answer")),
    ("Ctrl+PgDown Ctrl+PgUp", N_("Go to the next section, or back")),
    ("Ctrl+Ins Ctrl+D Ctrl+Del", N_("In a table: add a line, copy it, remove it")),
    ("Ctrl+S", N_("Save")),
    ("Esc", N_("Leave; what is typed is not lost unasked")),
)
CALLING: Keys = (
    ("W N M R", N_("What was found: well, not reached, moved, refused; with Alt also while typing")),
    ("Ctrl+Enter", N_("Save, and call the next child")),
)
PAPERS: Keys = (
    ("Ctrl+P", N_("Print")),
    ("Ctrl+S Ctrl+Shift+S", N_("Save as PDF, or with a password")),
    ("PgUp PgDown Ctrl+Home Ctrl+End", N_("Turn the pages")),
    ("Ctrl++ Ctrl+- Ctrl+0", N_("Larger, smaller, whole width")),
)
SHEET: tuple[tuple[str, Keys], ...] = (
    (N_("Everywhere"), EVERYWHERE),
    (N_("In lists"), IN_LISTS),
    (N_("In a case"), IN_A_CASE),
    (N_("While you write"), WRITING),
    (N_("During a follow-up call"), CALLING),
    (N_("Papers and documents"), PAPERS),
)


class KeySheet(CalmDialog):
    """Lists the keys; arrow keys scroll, Enter and Esc close."""

    def __init__(self, parent: QWidget | None) -> None:
        """List them all."""
        super().__init__(tr(TITLE), parent)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        line = 0
        for heading, keys in SHEET:
            grid.addWidget(text_label(tr(heading), "question"), line, 0, 1, 2)
            line += 1
            for names, does in keys:
                grid.addWidget(_keys(names), line, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(text_label(tr(does), "answer"), line, 1)
                line += 1
        self.column.addWidget(body)
        self.column.addStretch()
        self.area.setAccessibleName(tr(TITLE))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nothing else is there to be scrolled to
        self.area.setProperty("role", "read")
        self._body.setFixedWidth(WIDTH - 2 * RING)
        close = QPushButton(tr(CLOSE), self)
        close.clicked.connect(self.accept)
        self.add_exits(close)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)


def _keys(names: str) -> QLabel:
    label = QLabel(names.replace(" ", "   ") if " … " not in names else names)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "question")
    label.setWordWrap(True)
    label.setMinimumWidth(150)
    return label
