"""One contact: who it is, how to reach it, and the cases it has a part in."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.contact import Contact
from casemgr.records.fields import Answer
from casemgr.services.directory import ContactFile, ContactPart
from ui.editors.answers import answer_cards
from ui.pages.history_dialog import HISTORY
from ui.parts.card import Action, Card, Entry, action_button, text_label
from ui.parts.keyboard import keyboard_kept
from ui.parts.two_columns import TwoColumns
from ui.words import tr, words

EDIT, OPEN, BACK = N_("Edit"), N_("Open"), N_("Back to the directory")
CASES = N_("Cases of this contact")
NO_CASE = N_("This contact has no part in a case yet.")
SINCE, UNTIL = N_("since {date}"), N_("until {date}")
NO_LONGER = N_("No longer in this function; offered no more for new cases.")


class ContactView(TwoColumns):
    """Shows a contact. What can be done comes from outside."""

    def __init__(
        self, on_edit: Callable[[], None], on_history: Callable[[], None], on_back: Callable[[], None],
        on_case: Callable[[UUID], None], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """on_case gets the identity of the case to open."""
        super().__init__(parent)
        self._on_edit, self._on_history, self._on_back, self._on_case = on_edit, on_history, on_back, on_case
        shortcut = QShortcut(QKeySequence("Esc"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(on_back)
        self.edit_button = QPushButton(self)  # made anew with each contact
        self.edit_button.hide()

    def show_contact(self, file: ContactFile) -> None:
        """Show a contact as it stands now; the scroll position stays."""
        scrolled = self.verticalScrollBar().value()
        with keyboard_kept(self):
            self.clear()
            self._show_head(file.contact)
            for card in answer_cards(file.contact):
                self.left.addWidget(card)
            self.left.addStretch()
            self.right.addWidget(self._cases(file))
            self.right.addStretch()
        self.verticalScrollBar().setValue(scrolled)

    def _show_head(self, contact: Contact) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        title = contact_name(contact)
        names.addWidget(text_label(title, "title"))
        role = tr(contact.role.label) if contact.role else ""
        if facts := " · ".join(filter(None, (role, contact.organisation))):
            names.addWidget(text_label(facts, "help"))
        if contact.active is Answer.NO:
            names.addWidget(text_label(tr(NO_LONGER), "doubt"))
        self.head.addLayout(names, 1)
        back, edit, past = (
            action_button(Action(label, act), title, self)
            for label, act in ((BACK, self._on_back), (EDIT, self._on_edit), (HISTORY, self._on_history))
        )
        for button in (back, edit, past):
            self.head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.edit_button = edit

    def _cases(self, file: ContactFile) -> Card:
        card, language = Card(tr(CASES)), words()
        for part in file.parts:
            go = Action(OPEN, partial(self._on_case, part.case_id))
            card.add(Entry(part.case_number, part_said(part, language), (go,)))
        if not file.parts:
            card.add(text_label(tr(NO_CASE), "help"))
        return card


def contact_name(contact: Contact) -> str:
    """Return the name of a contact in the screen's script, then in the other; else the organisation."""
    names = (contact.name_km, contact.name_latin)
    known = [name for name in (names if words().language == "km" else reversed(names)) if name]
    return "  ·  ".join(dict.fromkeys(known)) or contact.organisation or contact.phone or "–"


def part_said(part: ContactPart, language: Words) -> str:
    """Return a part in a case in words: the role, since when and until when."""
    role = language.text(part.role.label) if part.role else ""
    since = language.text(SINCE, date=language.date(part.since)) if part.since else ""
    until = language.text(UNTIL, date=language.date(part.until)) if part.until else ""
    return " · ".join(filter(None, (role, since, until)))
