"""Editors for what a caller tells: a time of tonight, an age or a date of birth, a police unit."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from casemgr import clock
from casemgr.clock import PHNOM_PENH
from casemgr.i18n import N_, Words
from casemgr.khmer.digits import to_ascii_digits
from casemgr.records.fields import FieldInfo
from casemgr.services.at_a_call import KnownUnit, fitting_units
from ui.editors.dates import DAY_HINT, NOW_KEYS, MomentEditor, PartialDateEditor, whole_day
from ui.editors.question_grid import QuestionGrid
from ui.editors.reading import Unreadable, read_time
from ui.editors.simple import LineEditor
from ui.parts.proposing import Proposals

OR = N_("or")
SAME_UNIT = N_("Same unit")
LIST_UNITS = N_("List the police units")
AHEAD = timedelta(minutes=5)
"""A time that lies no further ahead was meant for today: two clocks differ. One further ahead is that of yesterday."""
AFTER = {"arrived_at": "arrested_at"}
"""What can only have happened after what."""
TIME_MARKS = ":៖"
"""What stands between hours and minutes, and never in a date."""
_DAY_TYPED = re.compile(r"(\d{1,2})[-/.](.*)")
_YEAR_TYPED = re.compile(r"(19|20)\d\d")


class HappenedEditor(MomentEditor):
    """A moment that lies behind. Where a time of day is typed alone, it is that of today, or of yesterday.

    What follows on another moment (AFTER) is the first such time after that, where it does not lie ahead.
    """

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty moment."""
        super().__init__(info, words, parent)
        self._held: date | None = None  # the day of a time that stands alone, decided when that was typed
        self._written = ""  # the day as it was written here for such a time: it goes again where the time goes
        self.day.textEdited.connect(self._take_time)

    def set_value(self, value: datetime | None) -> None:
        """Show a moment."""
        self._written = ""
        super().set_value(value)

    def _read(self) -> datetime | None:
        if self.day.text().strip():
            return super()._read()
        at = read_time(self.time.text())
        return None if at is None or self._held is None else datetime.combine(self._held, at, PHNOM_PENH)

    def _on_text(self) -> None:
        self._hold()
        super()._on_text()

    def _hold(self) -> None:
        """Decide of which day a time is that stands alone, and show it where the day would be typed."""
        at = None if self.day.text().strip() else _time_in(self.time.text())
        self._held = None if at is None else _last_day_of(at, _answer_beside(self, AFTER.get(self.info.name)))
        self.day.setPlaceholderText(self.words.text(DAY_HINT) if self._held is None else self.words.date(self._held))

    def _tidy(self) -> None:
        day = self.day.text()
        if len(day.strip()) > len("24") and not self.time.text() and whole_day(day) is None and _time_in(day):
            self._show("", day)  # a time without a mark, such as 2130
            self.changed.emit()
        is_own = self.day.text().strip() in ("", self._written)
        if is_own and not self.time.text().strip():
            self.set_value(None)  # the time was taken away again
            return
        super()._tidy()
        self._written = self.day.text().strip() if is_own else ""

    def _take_time(self, text: str) -> None:
        """Let a time that is typed where the day is asked stand where the time is asked."""
        if any(mark in text for mark in TIME_MARKS):
            day, _, at = text.strip().rpartition(" ")
            self._show(day, at)
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)
            self.time.deselect()
            self.time.setCursorPosition(len(at))
            self._on_text()


class AgeOrBirthEditor(PartialDateEditor):
    """A birth: its date as far as it is known, or the age on the day of the call. What is typed last counts."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show both ways, empty."""
        super().__init__(info, words, parent)
        age = self.ways[1]
        labels = [label for way in self.ways for label in way.findChildren(QLabel)]
        for hidden in (self.by_age, self.said_on, *labels):
            hidden.hide()
        age.lower()  # what stands first among its children has the keyboard first
        self.row.insertWidget(0, age)
        self.row.insertWidget(1, QLabel(words.text(OR), self))
        age.show()
        self.row.setSpacing(6)
        self.age.textEdited.connect(self._on_age)
        for line in (self.day, self.month, self.year):
            line.textEdited.connect(self._on_birth)
        self.age.textChanged.connect(self._mind_tab)

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the lines in order; the day the age was said on is that of the call."""
        return (self.age, self.day, self.month, self.year)

    @property
    def _is_by_age(self) -> bool:
        return bool(self.age.text().strip())

    def _today_in(self) -> tuple[QWidget, ...]:
        return ()  # an age is said on the day of the call, and nobody is born on it

    def _set_way(self, *, by_age: bool) -> None:
        """Both ways are shown."""

    def _on_age(self, text: str) -> None:
        if typed := _DAY_TYPED.fullmatch(text):  # it is a date after all
            self._show(typed[1], typed[2], "", "", "")
            self.month.setFocus(Qt.FocusReason.OtherFocusReason)
            self.month.setCursorPosition(len(typed[2]))
        elif _YEAR_TYPED.fullmatch(to_ascii_digits(text)):  # no age has four figures
            self._show("", "", text, "", "")
            self.year.setFocus(Qt.FocusReason.OtherFocusReason)
            self.year.setCursorPosition(len(text))
        elif _has_figure(text):
            self._show("", "", "", text, self.words.date(clock.today()))
        else:
            self._show(self.day.text(), self.month.text(), self.year.text(), text, "")  # a stray key
        self._on_text()

    def _on_birth(self, text: str) -> None:
        if _has_figure(text) and self.age.text():
            self._show(*(line.text() for line in (self.day, self.month, self.year)), "", "")
            self._on_text()

    def _mind_tab(self, age: str) -> None:
        """Let Tab pass by the date once the age is told."""
        stops = Qt.FocusPolicy.ClickFocus if age.strip() else Qt.FocusPolicy.StrongFocus
        for line in (self.day, self.month, self.year):
            line.setFocusPolicy(stops)


class Units:
    """The police units that may be meant, as the page has read them, and where the arrest was."""

    def __init__(self, here: Callable[[], str | None]) -> None:
        """here: returns the code of the place of the arrest, None while it is not known."""
        self.known: Sequence[KnownUnit] = ()
        self.here = here

    def fitting(self, typed: str) -> list[str]:
        """Return the names that fit what is typed, the likeliest first."""
        return fitting_units(self.known, typed, self.here())


class UnitEditor(LineEditor):
    """A police unit: typed, or chosen from those that earlier arrests name. same: of another question, if any."""

    def __init__(
        self, info: FieldInfo, words: Words, parent: QWidget | None, units: Units,
        same: Callable[[], str | None] | None = None,
    ) -> None:  # fmt: skip
        """Show an empty line."""
        super().__init__(info, words, parent)
        self._units, self._same = units, same
        self.proposals = Proposals(self.line, words.text(LIST_UNITS))
        self.proposals.asked.connect(self._propose)
        self.proposals.chosen.connect(self._on_proposal)
        if same is not None:
            self._add_same(words.text(SAME_UNIT))

    def _add_same(self, label: str) -> None:
        self.same_button = QPushButton(label, self)
        self.same_button.setProperty("role", "quiet")
        self.same_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.same_button.setToolTip(f"{label} ({NOW_KEYS})")
        self.same_button.clicked.connect(self.take_same)
        keys = QShortcut(QKeySequence(NOW_KEYS), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.take_same)
        self._row.setSpacing(8)
        self._row.addWidget(self.same_button)

    def take_same(self) -> None:
        """Take the unit of the other question, where there is one."""
        if self._same is not None and (name := self._same()):
            self._on_proposal(name)

    def _propose(self, typed: str) -> None:
        self.proposals.show(self._units.fitting(typed))

    def _on_proposal(self, name: str) -> None:
        self.set_value(name)
        self.changed.emit()
        self.chosen.emit()


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _time_in(text: str) -> time | None:
    try:
        return read_time(text)
    except Unreadable:
        return None


def _last_day_of(at: time, after: datetime | None) -> date:
    """Return the day of the first such time from a moment on, or of the last one, where that is not known or ahead."""
    ahead = clock.now().astimezone(PHNOM_PENH) + AHEAD
    if after is not None:
        first = datetime.combine(after.date(), at, PHNOM_PENH)
        first += timedelta(days=first < after)
        if first <= ahead:
            return first.date()
    today = datetime.combine(clock.today(), at, PHNOM_PENH)
    return today.date() - timedelta(days=today > ahead)


def _answer_beside(editor: QWidget, name: str | None) -> Any:
    """Return the answer to another question of the same page; None where it has none, or is not asked there."""
    grid = editor.parentWidget()
    while grid is not None and not isinstance(grid, QuestionGrid):
        grid = grid.parentWidget()
    question = grid.questions.get(name) if grid is not None and name else None
    return None if question is None else question.editor.value()
