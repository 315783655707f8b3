"""Putting back a copy, before an office is open: what the copy is, its password, what should be known, and the deed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services.backups import Facts
from casemgr.services.self_check import Finding
from ui.parts.door import DoorPage
from ui.parts.labels import line_label
from ui.parts.lines import Lines
from ui.parts.work_bar import WorkBar
from ui.tasks import Watch
from ui.words import tr, words

TITLE = N_("Put back a copy")
FACTS = N_("Copy of {when}: {children} children, {cases} cases.")
OPENS = N_("A password of the time when the copy was made opens it.")
NAME, NAME_HELP = N_("Your name"), N_("May stay empty where only one person has an account.")
PASSWORD = N_("Password")
LOOK, LOOKING = N_("Look at this copy"), N_("The copy is being looked at…")
WHOLE = N_("The copy is whole.")
KEPT = N_("What is there now is not deleted: it is kept in a folder beside the office.")
NOTHING_THERE = N_("There is no office here yet.")
PUT_BACK, PUTTING = N_("Put this copy back"), N_("The copy is being put back…")
BACK = N_("Back")


class ReturningPage(DoorPage):
    """First the password, then what should be known before the copy takes the office's place."""

    look_asked = Signal(str, str)
    """Name and password."""
    put_asked = Signal()
    left = Signal()

    def __init__(self, facts: Facts, parent: QWidget | None = None) -> None:
        """facts: what the copy says of itself."""
        super().__init__(parent, with_languages=False)
        self.column.addWidget(line_label(tr(TITLE), "title"))
        said = tr(
            FACTS, when=words().moment(facts.made_at), children=words().number(facts.children),
            cases=words().number(facts.cases),
        )  # fmt: skip
        self.column.addWidget(line_label(said, "answer"))
        self.asking = QWidget(self)
        column = QVBoxLayout(self.asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(line_label(tr(OPENS), "help"))
        self.lines = Lines(self)
        self.lines.add("name", NAME, NAME_HELP)
        self.lines.add("password", PASSWORD, secret=True)
        self.lines.entered.connect(self._on_go)
        column.addWidget(self.lines)
        self.column.addWidget(self.asking)
        self.found = QVBoxLayout()
        self.column.addLayout(self.found)
        self.work = WorkBar(self, at_once=True)
        self.work.button.hide()  # the copy lies in its place by then
        self.column.addWidget(self.work)
        self._looked_at = False
        self.back, self.button = QPushButton(tr(BACK), self), QPushButton(tr(LOOK), self)
        self.button.setProperty("role", "primary")
        self.back.clicked.connect(self.left)
        self.button.clicked.connect(self._on_go)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.button, 1)
        self.column.addLayout(row)
        self.setFocusProxy(self.lines.edits["password"])

    def show_found(self, warnings: list[Finding], *, there: bool) -> None:
        """The copy is whole: show what should be known. there: an office lies where it goes."""
        self._looked_at = True
        self.asking.hide()
        self.found.addWidget(line_label(tr(WHOLE), "answer"))
        for warning in warnings:
            self.found.addWidget(line_label(warning.say(words()), "help" if warning.ok else "problem"))
        self.found.addWidget(line_label(tr(KEPT if there else NOTHING_THERE), "help"))
        self.set_busy(busy=False)
        self.back.setFocus()

    def follow(self, watch: Watch) -> None:
        """Show that it goes on, and how far it is where the copy has to be made ready for this version."""
        self.work.follow(watch, PUTTING)

    def refuse(self, message: str, fields: tuple[str, ...] = ()) -> None:  # noqa: ARG002
        """Say why the copy stays closed."""
        self.set_busy(busy=False)
        self.lines.mark(("password",), message)
        self.lines.edits["password"].selectAll()

    def set_busy(self, *, busy: bool) -> None:
        """Show that the copy is being looked at, or put back."""
        for button in (self.back, self.button):
            button.setEnabled(not busy)
        still, under_way = (PUT_BACK, PUTTING) if self._looked_at else (LOOK, LOOKING)
        self.button.setText(tr(under_way if busy else still))

    def _on_go(self) -> None:
        if not self.button.isEnabled():
            return
        self.set_busy(busy=True)
        if self._looked_at:
            self.put_asked.emit()
        else:
            self.look_asked.emit(self.lines.typed("name").strip(), self.lines.typed("password"))
