"""Editors for what a caller tells: a time of tonight, an age or a date of birth, a police unit."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from casemgr import clock
from casemgr.clock import PHNOM_PENH
from casemgr.i18n import N_, Words
from casemgr.records.fields import FieldInfo
from casemgr.services.at_a_call import KnownUnit, fitting_units
from ui.editors.dates import NOW_KEYS, TODAY, MomentEditor, PartialDateEditor
from ui.editors.reading import read_time
from ui.editors.simple import LineEditor
from ui.parts.proposing import Proposals

OR = N_("or")
SAME_UNIT = N_("Same unit")
LIST_UNITS = N_("List the police units")
AHEAD = timedelta(hours=1)
"""A time that lies no further ahead was meant for today: two clocks differ, or the worker mistyped."""
_DAY_TYPED = re.compile(r"(\d{1,2})[-/.](.*)")


class HappenedEditor(MomentEditor):
    """A moment that lies behind: where a time of day is typed alone, it is that of today, or of yesterday."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty moment, which begins with today."""
        super().__init__(info, words, parent)
        self._filled = ""  # the day as it was written here for a time that was typed alone
        self.day.setPlaceholderText(words.text(TODAY))
        self.day.textEdited.connect(self._take_time)

    def set_value(self, value: datetime | None) -> None:
        """Show a moment."""
        self._filled = ""
        super().set_value(value)

    def _read(self) -> datetime | None:
        if self._day_is_open:
            at = read_time(self.time.text())
            return None if at is None else _latest(at)
        return super()._read()

    @property
    def _day_is_open(self) -> bool:
        """Whether the worker said nothing of the day."""
        return self.day.text().strip() in ("", self._filled)

    def _tidy(self) -> None:
        is_open = self._day_is_open
        super()._tidy()
        if is_open and self.value() is None and not self.problem():
            self.set_value(None)  # the time was taken away again
        elif is_open and not self.problem():
            self._filled = self.day.text()

    def _take_time(self, text: str) -> None:
        """Let a time that is typed where the day is asked stand where the time is asked."""
        if ":" in text:
            self._show("", text)
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)
            self.time.deselect()
            self.time.setCursorPosition(len(text))
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

    def _set_way(self, *, by_age: bool) -> None:
        """Both ways are shown."""

    def _on_age(self, text: str) -> None:
        if typed := _DAY_TYPED.fullmatch(text):  # it is a date after all
            self._show(typed[1], typed[2], "", "", "")
            self.month.setFocus(Qt.FocusReason.OtherFocusReason)
            self.month.setCursorPosition(len(typed[2]))
        else:
            self._show("", "", "", text, self.words.date(clock.today()) if text else "")
        self._on_text()

    def _on_birth(self, text: str) -> None:
        if text and self.age.text():
            self._show(*(line.text() for line in (self.day, self.month, self.year)), "", "")
            self._on_text()

    def _mind_tab(self, age: str) -> None:
        """Let Tab pass by the date once the age is told."""
        stops = Qt.FocusPolicy.ClickFocus if age else Qt.FocusPolicy.StrongFocus
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


def _latest(at: time) -> datetime:
    now = clock.now().astimezone(PHNOM_PENH)
    today = datetime.combine(now.date(), at, PHNOM_PENH)
    return today if today <= now + AHEAD else today - timedelta(days=1)
