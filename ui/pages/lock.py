"""The closed door of an office: who, and the password; or the recovery code. It tells nothing of any child."""

import time
from math import ceil

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.door import PROGRAM, DoorPage
from ui.parts.flow import FlowLayout
from ui.parts.labels import line_label
from ui.parts.lines import CapsLockHint, Lines
from ui.parts.new_password import NewPassword
from ui.words import tr, words, wrapped

OPEN, OPENING = N_("Open"), N_("Opening…")
LOCKED = N_("The office is locked. Nothing in it can be read without the password.")
NAME = N_("Your name")
NAME_HELP = N_("May stay empty where only one person has an account.")
PASSWORD = N_("Password")
FORGOTTEN = N_("Password forgotten?")
PRACTICE = N_("Open the practice office")
CAPS = N_("Caps Lock seems to be on.")
KHMER = N_("It was typed with the Khmer keyboard. If it has Latin letters, change the keyboard first.")
RECOVER = N_("Open with the recovery code")
RECOVER_HELP = N_(
    "Type the code that was shown when the office was set up, and a new password. A new recovery code follows."
)
CODE = N_("Recovery code")
BACK = N_("Back")
PUT_BACK = N_("Put back a copy…")


class LockPage(DoorPage):
    """Asks for the password."""

    open_asked = Signal(str, str)
    """Name and password."""
    recover_asked = Signal(str, str, str)
    """Code, name and new password."""
    practice_asked = Signal()
    return_asked = Signal()
    """The worker wants to put back a copy of the office."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Ask for name and password."""
        super().__init__(parent)
        self.hero = line_label(tr(PROGRAM), "hero")
        self.column.addWidget(self.hero)
        self.door = _PasswordForm(self)
        self.recovery: _RecoveryForm | None = None
        self.column.addWidget(self.door)
        self.door.button.clicked.connect(self._on_open)
        self.door.lines.entered.connect(self._on_open)
        self.door.forgotten.clicked.connect(self.show_recovery)
        self.door.practice.clicked.connect(self.practice_asked)
        self.door.put_back.clicked.connect(self.return_asked)
        self.setFocusProxy(self.door.lines.edits["password"])
        self._until = 0.0  # by a clock that nobody sets
        self._wrong = ""  # what stood in the line when the waiting began
        self._ticks = QTimer(self)
        self._ticks.setInterval(250)
        self._ticks.timeout.connect(self._on_tick)

    def wait(self, seconds: int) -> None:
        """Let nobody try for so long, and count down beside the password; the recovery code is not waited for."""
        self.set_busy(busy=False)
        self._until = time.monotonic() + seconds
        self._wrong = self.door.lines.typed("password")
        self._ticks.start()
        self._on_tick()

    def _on_tick(self) -> None:
        left = ceil(self._until - time.monotonic())
        edit, button = self.door.lines.edits["password"], self.door.button
        button.setEnabled(left <= 0)
        if left > 0:
            said = words().plural(
                "There were several wrong passwords. Try again in {n} second.",
                "There were several wrong passwords. Try again in {n} seconds.", left,
            )  # fmt: skip
            self.door.lines.show_mark("password", said)
        else:
            self._ticks.stop()
            self.door.lines.clear_marks()
            if edit.text() == self._wrong and self.focusWidget() in (None, button, edit):  # else somebody types already
                edit.setFocus()
                edit.selectAll()

    def show_recovery(self) -> None:
        """Ask for the recovery code instead."""
        if self.recovery is None:
            self.recovery = _RecoveryForm(self)
            self.column.addWidget(self.recovery)
            self.recovery.button.clicked.connect(self._on_recover)
            self.recovery.new.lines.entered.connect(self._on_recover)
            self.recovery.back.clicked.connect(self.show_password)
        self.recovery.lines.edits["name"].setText(self.door.lines.typed("name"))
        self.hero.hide()  # so that all five lines and the button stand on a small screen
        self.door.hide()
        self.recovery.show()
        self.recovery.lines.edits["code"].setFocus()

    def show_password(self) -> None:
        """Ask for the password again."""
        if self.recovery is not None:
            self.recovery.hide()
        self.hero.show()
        self.door.show()
        self.door.lines.edits["password"].setFocus()

    def refuse(self, message: str, fields: tuple[str, ...] = ()) -> None:
        """Say why the door stays closed; message is already in the screen's language."""
        self.set_busy(busy=False)
        if self.recovery is not None and not self.recovery.isHidden():
            if not self.recovery.new.mark(fields, message):
                self.recovery.lines.mark(("code",), message)
            return
        self.door.lines.mark(("password",), message)
        self.door.lines.edits["password"].selectAll()
        if any("\u1780" <= letter <= "\u17ff" for letter in self.door.lines.typed("password")):
            self.door.khmer.setText(wrapped(tr(KHMER)))
            self.door.khmer.show()

    def set_busy(self, *, busy: bool) -> None:
        """Show that the door is being opened."""
        super().set_busy(busy=busy)
        for button in (self.door.button, self.recovery.button if self.recovery else self.door.button):
            button.setEnabled(not busy and not (button is self.door.button and self._ticks.isActive()))
        self.door.button.setText(tr(OPENING if busy else OPEN))

    def state(self) -> dict[str, object]:
        """Return the typed name."""
        return {"name": self.door.lines.typed("name")}

    def restore_state(self, state: dict[str, object]) -> None:
        """Type the name again."""
        self.door.lines.edits["name"].setText(str(state.get("name", "")))

    def _on_open(self) -> None:
        if self.door.button.isEnabled():
            self.set_busy(busy=True)
            self.open_asked.emit(self.door.lines.typed("name").strip(), self.door.lines.typed("password"))

    def _on_recover(self) -> None:
        assert self.recovery is not None  # noqa: S101
        form = self.recovery
        if form.button.isEnabled() and (password := form.new.password()) is not None:
            self.set_busy(busy=True)
            self.recover_asked.emit(form.lines.typed("code"), form.lines.typed("name").strip(), password)


class PracticeDoor(DoorPage):
    """Where a practice office ends that was locked: it asks for no password, and leads back to it or out of it."""

    practice_asked = Signal()
    left = Signal()
    """The worker wants to the door of the office that is no practice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer both ways."""
        super().__init__(parent)
        self.column.addWidget(line_label(tr(PROGRAM), "hero"))
        self.button = QPushButton(tr(PRACTICE), self)
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.practice_asked)
        self.back = QPushButton(tr(BACK), self)
        self.back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.button, 1)
        self.column.addLayout(row)
        self.setFocusProxy(self.button)


class _PasswordForm(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = _column(self)
        column.addWidget(line_label(tr(LOCKED), "help"))
        self.lines = Lines(self)
        self.lines.add("name", NAME, NAME_HELP)
        password = self.lines.add("password", PASSWORD, secret=True)
        self.caps = line_label("", "doubt")
        self.caps.hide()
        self.lines.add_widget(self.caps)
        self.khmer = line_label("", "doubt")
        self.khmer.hide()
        self.lines.changed.connect(self.khmer.hide)
        self.lines.add_widget(self.khmer)
        hint = CapsLockHint(self)
        password.installEventFilter(hint)
        hint.seen.connect(self._on_caps)
        column.addWidget(self.lines)
        self.button = QPushButton(tr(OPEN), self)
        self.button.setProperty("role", "primary")
        column.addWidget(self.button)
        self.forgotten, self.practice = _link(FORGOTTEN, self), _link(PRACTICE, self)
        self.put_back = _link(PUT_BACK, self)
        column.addLayout(_from_the_left(_links(self.forgotten, self.practice, parent=self)))
        column.addLayout(_from_the_left(self.put_back))

    def _on_caps(self, on: bool) -> None:
        self.caps.setText(wrapped(tr(CAPS)) if on else "")
        self.caps.setVisible(on)


class _RecoveryForm(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = _column(self)
        column.addWidget(line_label(tr(RECOVER), "section"))
        column.addWidget(line_label(tr(RECOVER_HELP), "help"))
        self.lines = Lines(self)
        self.lines.add("code", CODE)
        self.lines.add("name", NAME, NAME_HELP)
        self.new = NewPassword(self)
        self.lines.go_on_to(self.new.lines.edits["password"])
        column.addWidget(self.lines)
        column.addWidget(self.new)
        self.button = QPushButton(tr(OPEN), self)
        self.button.setProperty("role", "primary")
        self.back = QPushButton(tr(BACK), self)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.button, 1)
        column.addLayout(row)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return column


def _links(*links: QPushButton, parent: QWidget) -> QWidget:
    """Return links beside each other, or below where there is no room."""
    holder = QWidget(parent)
    flow = FlowLayout(holder, gap=8, line_gap=0)
    for link in links:
        flow.addWidget(link)
    # It takes what it needs and no more, so nobody asks the layout, which would have to name `Qt` (see labels.py).
    holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return holder


def _from_the_left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch()
    return row


def _link(message: str, parent: QWidget) -> QPushButton:
    button = QPushButton(tr(message), parent)
    button.setProperty("role", "link")
    return button
