"""One form for many cases: which cases, which form."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from casemgr.i18n import N_
from ui.pages.form_list import FormList
from ui.pages.page import page_column, page_head
from ui.parts.card import make_primary, text_label
from ui.parts.paper_view import add_key
from ui.parts.toggle import Toggle
from ui.words import tr, words

TITLE, CLOSE = N_("Print a form for several cases"), N_("Close")
WHICH, CHOSEN, LISTED = N_("For which cases"), "chosen", "listed"
CHOSEN_SAID, LISTED_SAID = N_("Those that are marked ({count})"), N_("All in the list ({count})")
SAID = N_(
    "Each case gets pages of its own, filled from its newest record; where a case has none, the child is filled in and "
    "the rest is left to write by hand. Answers for named staff only are left out."
)
MAKE = N_("Make the papers…")


class BatchPage(QWidget):
    """Asks for the form; the cases are known to whoever shows this. Esc closes."""

    closed = Signal()
    asked = Signal(object, bool)
    """A form (Form), and whether it is wanted for all cases of the list, not those alone that are marked."""

    def __init__(self, chosen: int, listed: int, parent: QWidget | None = None) -> None:
        """Take how many cases are marked, and how many the list holds."""
        super().__init__(parent)
        close = QPushButton(tr(CLOSE), self)
        close.clicked.connect(self.closed)
        head, _ = page_head(tr(TITLE), close)
        options = {
            CHOSEN: tr(CHOSEN_SAID, count=words().number(chosen)),
            LISTED: tr(LISTED_SAID, count=words().number(listed)),
        }
        self.which = Toggle(WHICH, options, self)
        self.which.show_value(CHOSEN if chosen else LISTED)
        self.which.buttons[CHOSEN].setEnabled(bool(chosen))
        self.forms = FormList(parent=self)
        self.make_button = QPushButton(tr(MAKE), self)
        make_primary(self.make_button)
        self.make_button.clicked.connect(self.ask)
        self.forms.opened.connect(self.ask)
        self.forms.add_buttons(self.make_button)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(text_label(tr(WHICH), "question"))
        row.addWidget(self.which)
        row.addStretch(1)
        column = page_column(self)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(text_label(tr(SAID), "help"))
        column.addWidget(self.forms, 1)
        add_key(self, "Esc", self.closed.emit)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the search; a focus proxy would let Tab pass over what stands before it."""
        self.forms.line.setFocus(reason)

    def ask(self) -> None:
        """Ask for the form that is marked."""
        if (form := self.forms.form) is not None:
            self.asked.emit(form, self.which.value == LISTED)
