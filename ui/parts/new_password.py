"""A new password, typed twice, with its rule and how good it is in words."""

import unicodedata

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.labels import line_label
from ui.parts.lines import Lines
from ui.words import tr, wrapped

NEW = N_("New password")
AGAIN = N_("The same password again")
RULE = N_("At least 12 characters, or four words. A sentence only you know is easy to remember and hard to guess.")
NOT_THE_SAME = N_("The two passwords are not the same.")
WEAK, EASY = N_("Too weak so far."), N_("Allowed, but easy to guess.")
FAIR, STRONG = N_("Good enough."), N_("Strong.")
FAIR_FROM, STRONG_FROM = 9, 20
"""Letters that do not follow from those before, from which a password is called good enough, and strong."""
_STEPS = (WEAK, EASY, FAIR, STRONG)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class NewPassword(QWidget):
    """Asks for a new password; password() answers it once it will do."""

    def __init__(
        self, parent: QWidget | None = None, *, label: str = NEW, again: str = AGAIN, label_width: int = 0
    ) -> None:  # fmt: skip
        """Ask twice; label and again are messages. label_width: as of Lines."""
        super().__init__(parent)
        self.lines = Lines(self, label_width=label_width)
        self.lines.add("password", label, RULE, secret=True)
        self.strength = line_label("", "answer-strong")
        self.meter = QProgressBar(self)
        self.meter.setRange(0, len(_STEPS))
        self.meter.setTextVisible(False)
        self.meter.setFixedHeight(6)
        self.lines.add_widget(self.meter)
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
        found = strength(typed) if typed else None
        self.strength.setText(wrapped(tr(found)) if found else "")
        self.meter.setValue(_STEPS.index(found) + 1 if found else 0)


def strength(password: str) -> str:
    """Return how good a password is, as a message of the catalogue.

    Counted are the letters that do not follow from those before them, as the steps of 1234 and aaaa do, or what was
    typed already. That is no measure of what a dictionary would find; four words of one's own are the better choice.
    """
    if _problem(password):
        return WEAK
    fresh = _surprises(password)
    if fresh < FAIR_FROM:
        return EASY
    return STRONG if fresh >= STRONG_FROM and len(set(password)) >= 8 else FAIR


def _surprises(password: str) -> int:
    typed = unicodedata.normalize("NFC", password).casefold()
    count = 0
    for at, letter in enumerate(typed):
        steps = at > 0 and abs(ord(letter) - ord(typed[at - 1])) <= 1
        again = at >= 2 and typed[at - 2 : at + 1] in typed[:at]
        rows = at > 0 and any(typed[at - 1 : at + 1] in row for row in _ROWS)
        count += not (steps or again or rows)
    return count


def _problem(password: str) -> str | None:
    from casemgr.services.office import password_problem  # noqa: PLC0415  (asked for long after the first paint)

    return password_problem(password)
