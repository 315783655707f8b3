"""A new password, typed twice, with its rule and how good it is in words."""

import unicodedata

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.labels import line_label
from ui.parts.lines import Lines
from ui.words import tr, wrapped

NEW = N_("New password")
AGAIN = N_("The same password again")
RULE = N_("At least 12 characters, or four words. A sentence only you know is easy to remember and hard to guess.")
NOT_THE_SAME = N_("The two passwords are not the same.")
WEAK, FAIR, STRONG = N_("Too weak so far."), N_("Good enough."), N_("Strong.")
STRONG_FROM = 20
"""Different enough characters from which a password is called strong."""


class NewPassword(QWidget):
    """Asks for a new password; password() answers it once it will do."""

    def __init__(self, parent: QWidget | None = None, *, label: str = NEW, again: str = AGAIN) -> None:
        """Ask twice; label and again are messages."""
        super().__init__(parent)
        self.lines = Lines(self)
        self.lines.add("password", label, RULE, secret=True)
        self.strength = line_label("", "answer-strong")
        self.lines.add_widget(self.strength)
        self.lines.add("again", again, secret=True)
        self.lines.changed.connect(self._on_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)

    def password(self) -> str | None:
        """Return the password, or None after marking what is wrong with it."""
        typed = self.lines.typed("password")
        if problem := _problem(typed):
            self.lines.mark(("password",), tr(problem))
            return None
        if unicodedata.normalize("NFC", typed) != unicodedata.normalize("NFC", self.lines.typed("again")):
            self.lines.mark(("again",), tr(NOT_THE_SAME))
            return None
        return typed

    def mark(self, names: tuple[str, ...], message: str) -> bool:
        """Mark the lines a refusal is about; return whether it is about these."""
        return self.lines.mark(names, message)

    def _on_changed(self) -> None:
        typed = self.lines.typed("password")
        self.strength.setText(wrapped(tr(strength(typed))) if typed else "")


def strength(password: str) -> str:
    """Return how good a password is, as a message of the catalogue."""
    if _problem(password):
        return WEAK
    return STRONG if len(password) >= STRONG_FROM and len(set(password)) >= 8 else FAIR


def _problem(password: str) -> str | None:
    from casemgr.services.office import password_problem  # noqa: PLC0415  (asked for long after the first paint)

    return password_problem(password)
