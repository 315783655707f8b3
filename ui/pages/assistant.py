"""The first start: language, office, first staff member. Everything else can wait."""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import LANGUAGES, N_
from ui.parts.door import PROGRAM, DoorPage
from ui.parts.labels import line_label
from ui.parts.lines import Lines
from ui.parts.new_password import NewPassword
from ui.words import tr, words

STEP = N_("Step {step} of {count}")
WELCOME = N_("Everything you write stays on this computer, encrypted.")
TRY = N_("Or look around first, with invented children:")
PRACTICE = N_("Try the practice office")
PUT_BACK = N_("Put back a copy of an office…")
OFFICE = N_("Your office")
OFFICE_SAID = N_("These names stand on every paper that is printed. They can be changed later.")
NAME_KM, NAME_EN = N_("Name of the office in Khmer"), N_("Name of the office in English")
CODE = N_("Office code")
CODE_HELP = N_("Two to four Latin letters that begin every case number, such as SR.")
TOWN, TOWN_HELP = N_("Town"), N_("Stands before the date on papers.")
STAFF = N_("You")
STAFF_SAID = N_("The first person who may open the office.")
STAFF_KM, STAFF_LATIN = N_("Your name in Khmer"), N_("Your name in Latin letters")
FUNCTION, FUNCTION_HELP = N_("Your function"), N_("Such as social worker.")
BACK, NEXT, CREATE, CREATING = N_("Back"), N_("Next"), N_("Set up the office"), N_("Setting up…")
NO_OFFICE_NAME = N_("Type the name of the office.")
NO_NAME = N_("Type the name of the first staff member.")
BAD_CODE = N_("The office code is two to four Latin letters or digits, such as SR.")
STEPS = 3
LABELS = 200
"""Pixels for the labels of the last step, beside their lines: above them they would push its button out of sight."""


class NewOffice(NamedTuple):
    """What the assistant asked."""

    language: str
    name_km: str
    name_en: str
    code: str
    town: str
    staff_name: str
    staff_name_latin: str
    staff_function: str
    password: str


class AssistantPage(DoorPage):
    """Three steps, each built when it is first shown; Enter goes on, Back goes back."""

    create_asked = Signal(object)
    practice_asked = Signal()
    return_asked = Signal()
    """The worker wants to put back a copy of an office."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with the language."""
        super().__init__(parent, with_languages=False)
        self.steps: list[QWidget] = []
        self.step = 0
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Show a step, 0 to 2, and put the keyboard into it."""
        self.step = step
        while len(self.steps) <= step:
            page = self._build(len(self.steps))
            self.steps.append(page)
            self.column.addWidget(page)
        for number, page in enumerate(self.steps):
            page.setVisible(number == step)
        target = self._first(step)
        self.setFocusProxy(target)
        target.setFocus()

    def _build(self, step: int) -> QWidget:
        if step == 0:
            return _language_step(self._on_language, self.practice_asked.emit, self.return_asked.emit)
        if step == 1:
            return _step(2, OFFICE, OFFICE_SAID, (self.office,), self._buttons(self._to_staff))
        self.staff.go_on_to(self.new.lines.edits["password"])
        return _step(3, STAFF, STAFF_SAID, (self.staff, self.new), self._buttons(self._create, self.create_button))

    def _first(self, step: int) -> QWidget:
        """Return what has the keyboard when a step is shown."""
        if step == 0:
            return self.steps[0].findChildren(QPushButton, words().language)[0]
        return self.office.edits["name_km"] if step == 1 else self.staff.edits["name"]

    def refuse(self, message: str, fields: tuple[str, ...] = ()) -> None:
        """Say what was refused, beside the line it is about."""
        self.set_busy(busy=False)
        for step, lines in ((1, self.office), (2, self.staff), (2, self.new.lines)):
            if any(name in lines.edits for name in fields):
                self.show_step(step)
                lines.mark(fields, message)
                return
        self.new.lines.mark(("password",), message)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the office is being set up."""
        super().set_busy(busy=busy)
        self.create_button.setEnabled(not busy)
        self.create_button.setText(tr(CREATING if busy else CREATE))

    def state(self) -> dict[str, object]:
        """Return the step and what is typed, passwords left out."""
        return {"step": self.step, "office": self.office.plain(), "staff": self.staff.plain()}

    def restore_state(self, state: dict[str, object]) -> None:
        """Go on at the step after the language was chosen."""
        for lines, name in ((self.office, "office"), (self.staff, "staff")):
            plain = state.get(name)
            if isinstance(plain, dict):
                lines.restore(plain)
        self.show_step(int(str(state.get("step", 0))))

    @cached_property
    def office(self) -> Lines:
        """What is asked of the office."""
        lines = Lines(self)
        lines.add("name_km", NAME_KM)
        lines.add("name_en", NAME_EN)
        lines.add("code", CODE, CODE_HELP).setMaxLength(4)
        lines.add("town", TOWN, TOWN_HELP)
        lines.entered.connect(self._to_staff)
        return lines

    @cached_property
    def staff(self) -> Lines:
        """What is asked of the first staff member."""
        lines = Lines(self, label_width=LABELS)
        lines.add("name", STAFF_KM)
        lines.add("name_latin", STAFF_LATIN)
        lines.add("function", FUNCTION, FUNCTION_HELP)
        return lines

    @cached_property
    def new(self) -> NewPassword:
        """The password of the first staff member."""
        new = NewPassword(self, label_width=LABELS)
        new.lines.entered.connect(self._create)
        return new

    @cached_property
    def create_button(self) -> QPushButton:
        """The button of the last step."""
        return QPushButton(tr(CREATE), self)

    def _buttons(self, go_on: Callable[[], None], button: QPushButton | None = None) -> QHBoxLayout:
        back, forth = QPushButton(tr(BACK)), button or QPushButton(tr(NEXT))
        back.clicked.connect(self._back)
        forth.setProperty("role", "primary")
        forth.clicked.connect(go_on)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(back)
        row.addWidget(forth, 1)
        return row

    def _back(self) -> None:
        self.show_step(self.step - 1)

    def _on_language(self, language: str) -> None:
        if language == words().language:
            self.show_step(1)
        else:
            self.step = 1
            self.language_asked.emit(language)

    def _to_staff(self) -> None:
        code = self.office.typed("code").strip()
        if not (self.office.typed("name_km").strip() or self.office.typed("name_en").strip()):
            self.office.mark(("name_km",), tr(NO_OFFICE_NAME))
        elif not (2 <= len(code) <= 4 and code.isascii() and code.isalnum() and code[0].isalpha()):
            self.office.mark(("code",), tr(BAD_CODE))
        else:
            self.show_step(2)

    def _create(self) -> None:
        if not self.create_button.isEnabled():
            return
        said = {name: text.strip() for name, text in (self.office.plain() | {}).items()}
        staff = {name: text.strip() for name, text in self.staff.plain().items()}
        if not (staff["name"] or staff["name_latin"]):
            self.staff.mark(("name",), tr(NO_NAME))
            return
        if (password := self.new.password()) is None:
            return
        self.set_busy(busy=True)
        self.create_asked.emit(
            NewOffice(
                words().language, said["name_km"], said["name_en"], said["code"].upper(), said["town"],
                staff["name"] or staff["name_latin"], staff["name_latin"], staff["function"], password,
            )
        )  # fmt: skip


def _language_step(
    choose: Callable[[str], None], practise: Callable[[], None], put_back: Callable[[], None]
) -> QWidget:  # fmt: skip
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(14)
    column.addWidget(line_label(tr(PROGRAM), "hero", centred=True))
    column.addWidget(line_label(tr(WELCOME), "help", centred=True))
    column.addSpacing(8)
    row = QHBoxLayout()
    row.setSpacing(16)
    for code, name in LANGUAGES.items():
        button = QPushButton(name)
        button.setObjectName(code)
        button.setProperty("role", "big")
        button.clicked.connect(_choosing(choose, code))
        row.addWidget(button, 1)
    column.addLayout(row)
    column.addSpacing(16)
    column.addWidget(line_label(tr(TRY), "help"))
    practice = QPushButton(tr(PRACTICE))
    practice.clicked.connect(lambda _checked: practise())
    column.addWidget(practice)
    returning = QPushButton(tr(PUT_BACK))
    returning.setProperty("role", "link")
    returning.clicked.connect(lambda _checked: put_back())
    column.addWidget(returning)
    column.addStretch()
    return page


def _choosing(choose: Callable[[str], None], code: str) -> Callable[[], None]:
    return lambda: choose(code)


def _step(number: int, title: str, said: str, parts: tuple[QWidget, ...], buttons: QHBoxLayout) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    step: QLabel = line_label(tr(STEP, step=words().number(number), count=words().number(STEPS)), "help")
    for label in (step, line_label(tr(title), "title"), line_label(tr(said), "help")):
        column.addWidget(label)
    for part in parts:
        column.addWidget(part)
    column.addSpacing(8)
    column.addLayout(buttons)
    column.addStretch()
    return page
