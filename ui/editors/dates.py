"""Editors of dates and moments. An untouched date stays empty; today is only ever filled in when asked for."""

import re
from datetime import date, datetime
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from casemgr import clock
from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.i18n import N_, Words
from casemgr.records.fields import FieldInfo
from ui.editors.field_editor import FieldEditor
from ui.editors.reading import NO_NUMBER, Unreadable, read_date, read_number, read_time, read_year

DAY_HINT = N_("day-month-year")
TIME_HINT = N_("hh:mm")
TODAY = N_("Today")
NOW = N_("Now")
NO_TIME_YET = N_("Type the time of day too.")
NO_DAY_YET = N_("Type the day too.")
NO_PART = N_("There is no such date. Leave empty what is not known; the year is needed.")
NO_AGE = N_("Type the age in years, and the day on which it was said.")
AGE_ONLY, DATE_KNOWN = N_("Only an age is known"), N_("A date of birth is known")
NOW_KEYS = "Ctrl+;"
_TYPED_ON = re.compile(r"(\d{1,2}(?=[-/.\s])|\d{2}(?=\d))[-/.\s]*(.*)")
"""A day or month, in figures of either script, and what was typed on after it."""


class DateLike(FieldEditor):
    """A row of short lines that are read together, with a button that fills in the present."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty row."""
        super().__init__(info, words, parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self._showing = False

    def value(self) -> Any:
        """Return the answer; None when empty or not understood."""
        try:
            return self._read()
        except Unreadable:
            return None

    def problem(self) -> str | None:
        """Return why what is typed is not understood."""
        try:
            self._read()
        except Unreadable as error:
            return error.message
        return None

    def unfinished(self) -> bool:
        """Return whether what is typed is no mistake, only not all of it yet."""
        return self.problem() in (NO_TIME_YET, NO_DAY_YET, NO_AGE)

    def typed(self) -> list[str] | None:
        """Return what stands in the lines when it is not understood."""
        return [line.text() for line in self._lines()] if self.problem() else None

    def set_typed(self, typed: Any) -> None:
        """Show it again."""
        self._show(*typed)

    def _read(self) -> Any:
        """Return the answer; raises Unreadable."""
        raise NotImplementedError

    def _lines(self) -> tuple[QLineEdit, ...]:
        raise NotImplementedError

    def _tidy(self) -> None:
        """Write what is understood as the office writes it."""
        if not self.problem() and self.value() is not None:
            self.set_value(self.value())

    def _line(self, width: int, hint: str = "", parent: QWidget | None = None) -> QLineEdit:
        line = QLineEdit(parent or self)
        line.setFixedWidth(max(width, self.fontMetrics().horizontalAdvance(hint) + 30))
        line.setPlaceholderText(hint)
        line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        line.textChanged.connect(self._on_text)
        line.editingFinished.connect(self._tidy)
        return line

    def _show(self, *texts: str) -> None:
        self._showing = True
        for line, text in zip(self._lines(), texts, strict=True):
            if line.text() != text:
                line.setText(text)
        self._showing = False

    def _on_text(self) -> None:
        if not self._showing:
            self.changed.emit()

    def _add_button(self, label: str, *keys_for: QWidget) -> QPushButton:
        button = QPushButton(self.words.text(label), self)
        for widget in (button, *(line for line in self._lines() if any(each.isAncestorOf(line) for each in keys_for))):
            self._tell_keys(widget, label)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.setProperty("role", "quiet")
        button.setAccessibleName(self.words.text(label))
        button.clicked.connect(self._fill_in_whole)
        for each in keys_for:
            keys = QShortcut(QKeySequence(NOW_KEYS), each)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(self._fill_in_whole)
        self.row.addWidget(button)
        return button

    def _tell_keys(self, widget: QWidget, label: str) -> None:
        widget.setToolTip(f"{self.words.text(label)} ({NOW_KEYS})")

    def fill_in(self) -> None:
        """Fill in the present."""
        self.set_value(self._present())
        self.changed.emit()

    def _fill_in_whole(self) -> None:
        self.fill_in()
        self.chosen.emit()

    def _present(self) -> Any:
        return clock.today()


class DateEditor(DateLike):
    """A day."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty day."""
        super().__init__(info, words, parent)
        self.day = self._line(132, words.text(DAY_HINT))
        self.row.addWidget(self.day)
        self._add_button(TODAY, self)
        self.row.addStretch()

    def set_value(self, value: date | None) -> None:
        """Show a day."""
        self._show("" if value is None else self.words.date(value))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the line."""
        return (self.day,)

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.day,)

    def _read(self) -> date | None:
        return read_date(self.day.text())


class MomentEditor(DateLike):
    """A day and a time of day, in Phnom Penh."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty moment."""
        super().__init__(info, words, parent)
        self.day = self._line(132, words.text(DAY_HINT))
        self.time = self._line(76, words.text(TIME_HINT))
        self.row.addWidget(self.day)
        self.row.addWidget(self.time)
        self._add_button(NOW, self)
        self.row.addStretch()

    def set_value(self, value: datetime | None) -> None:
        """Show a moment."""
        if value is None:
            self._show("", "")
        else:
            self._show(*self.words.moment(value).split(" "))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the two lines."""
        return (self.day, self.time)

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.day, self.time)

    def _read(self) -> datetime | None:
        day, time = read_date(self.day.text()), read_time(self.time.text())
        if day is None and time is None:
            return None
        if time is None or day is None:
            raise Unreadable(NO_TIME_YET if time is None else NO_DAY_YET)
        return datetime.combine(day, time, PHNOM_PENH)

    def _present(self) -> datetime:
        return clock.now().replace(second=0)


class PartialDateEditor(DateLike):
    """A date of which day and month may be unknown, or of which only an age on some day is known."""

    wide = True

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty date."""
        super().__init__(info, words, parent)
        parts, age = QWidget(self), QWidget(self)
        self.day = self._line(52, words.text(N_("day")), parts)
        self.month = self._line(64, words.text(N_("month")), parts)
        self.year = self._line(72, words.text(N_("year")), parts)
        _beside(parts, self.day, QLabel("-"), self.month, QLabel("-"), self.year)
        self.age = self._line(52, words.text(N_("age")), age)
        self.said_on = self._line(132, words.text(DAY_HINT), age)
        _beside(age, self.age, QLabel(words.text(N_("years old on"))), self.said_on)
        self.ways = (parts, age)
        age.hide()
        self.row.addWidget(parts)
        self.row.addWidget(age)
        self.by_age = QPushButton(words.text(AGE_ONLY), self)
        self.by_age.setCheckable(True)
        self.by_age.setProperty("role", "quiet")
        self.by_age.setAccessibleName(self.by_age.text())
        self.by_age.toggled.connect(self._on_way)
        self.by_age.setVisible(info.name == "born")  # an age stands for a birth date, not for that of an offence
        self.row.addWidget(self.by_age)
        self._offered = ""  # the day that was filled in, as long as no age stands before it
        self._add_button(TODAY, *self._today_in()).setVisible(info.name != "born")
        self.row.addStretch()
        for line in (self.day, self.month):
            line.textEdited.connect(self._flow_on)

    def _today_in(self) -> tuple[QWidget, ...]:
        """Return the ways of telling in which today may be meant: nobody is born on it, but an age may be said then."""
        return self.ways[1:] if self.info.name == "born" else self.ways

    def set_value(self, value: PartialDate | None) -> None:
        """Show as much as is known."""
        if value is None:
            self._show("", "", "", "", "")
            return
        if aged := value.stated_age:
            self._show("", "", "", self.words.number(aged[0]), self.words.date(aged[1]))
            self._set_way(by_age=True)
            return
        year, month, day = (None if part is None else self.words.figures(f"{part:02}") for part in value.parts)
        self._show(day or "", month or "", year or "", "", "")
        self._set_way(by_age=False)

    def set_typed(self, typed: Any) -> None:
        """Show it again."""
        self._show(*typed)
        self._set_way(by_age=bool(typed[3] or typed[4]))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the lines in order."""
        return self._lines()

    def fill_in(self) -> None:
        """Fill in today, as the whole date or as the day the age was said."""
        if self._is_by_age:
            self.said_on.setText(self.words.date(clock.today()))
        else:
            super().fill_in()

    def unfinished(self) -> bool:
        """Return whether what is typed is no mistake, only not all of it yet."""
        awaits_year = not self._is_by_age and not self.year.text()
        return super().unfinished() or (awaits_year and self.problem() == NO_PART)

    def _flow_on(self) -> None:
        """Let what is typed on end go on in the next box: 24112026, 24-11-2026, or either pasted whole."""
        line, lines = cast("QLineEdit", self.sender()), (self.day, self.month, self.year)
        if line is self.day and len(line.text()) > len("241126") and (whole := whole_day(line.text())):
            self.set_value(PartialDate.on(whole))
            self.year.setFocus()
            self.changed.emit()
            return
        for at in range(lines.index(line), 2):
            here, following = lines[at], lines[at + 1]
            found = _TYPED_ON.fullmatch(here.text())
            if found is None or following.text():
                return
            here.setText(found[1])
            following.setText(found[2])
            following.setFocus()

    def _present(self) -> PartialDate:
        return PartialDate.on(clock.today())

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.day, self.month, self.year, self.age, self.said_on)

    @property
    def _is_by_age(self) -> bool:
        """Whether an age is told, not a date."""
        return self.by_age.isChecked()

    def _set_way(self, *, by_age: bool) -> None:
        self._showing = True
        self.by_age.setVisible(by_age or self.info.name == "born")
        self.by_age.setChecked(by_age)
        self._showing = False

    def _on_way(self, by_age: bool) -> None:
        self.ways[not by_age].hide()
        self.ways[by_age].show()
        self.by_age.setText(self.words.text(DATE_KNOWN if by_age else AGE_ONLY))
        self.by_age.setAccessibleName(self.by_age.text())
        if not self._showing:
            if by_age and not self.said_on.text():
                self._offered = self.words.date(clock.today())
                self._show(*(line.text() for line in self._lines()[:4]), self._offered)
            (self.age if by_age else self.day).setFocus()
        self._on_text()

    def _read(self) -> PartialDate | None:
        if self._is_by_age:
            return self._read_age()
        day, month, year = (line.text().strip() for line in (self.day, self.month, self.year))
        if not (day or month or year):
            return None
        if not year and any(mark in day for mark in "-/. "):
            whole = read_date(day)
            return PartialDate.on(whole) if whole else None
        if not year or (day and not month):
            raise Unreadable(NO_PART)
        try:
            return PartialDate.of(read_year(year), read_number(month, 12), read_number(day, 31))
        except Unreadable as error:
            raise Unreadable(NO_PART if error.message == NO_NUMBER else error.message) from None
        except ValueError:
            raise Unreadable(NO_PART) from None

    def _read_age(self) -> PartialDate | None:
        age, on = read_number(self.age.text(), 120), read_date(self.said_on.text())
        if age is None and (on is None or self.said_on.text() == self._offered):
            return None
        if age is None or on is None:
            raise Unreadable(NO_AGE)
        return PartialDate.from_age(age, on)


def whole_day(text: str) -> date | None:
    """Return the day that stands whole in one box; None for anything else."""
    try:
        return read_date(text)
    except Unreadable:
        return None


def _beside(holder: QWidget, *widgets: QWidget) -> None:
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    for widget in widgets:
        row.addWidget(widget)
