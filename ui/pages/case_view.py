"""The overview of a case: header, ribbon, records by stage, offences, clocks and timeline."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.law.limits import Limit
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case, Offence, ProcessStage
from casemgr.records.child import Child, child_name
from casemgr.records.fields import Kind, fields_of
from casemgr.records.pathway import PATHWAY
from casemgr.records.stage import RecordKind, Stage
from casemgr.services.case_files import CaseFile, missing
from ui.editors.said import said
from ui.parts.ages import age_said
from ui.parts.card import Action, Card, Entry, empty, text_label
from ui.parts.clock_badge import ClockBadge, due_said
from ui.parts.flow import FlowLayout
from ui.parts.ribbon import Ribbon
from ui.parts.timeline import Line, Timeline
from ui.words import tr, words

CLOCKS, TIMELINE, OFFENCES, FACTS = N_("Clocks"), N_("Timeline"), N_("Offences"), N_("About the case")
NO_CLOCKS = N_("No clock runs. Clocks start from the dates in the records.")
NO_RECORD = N_("Nothing written down yet.")
NO_OFFENCE = N_("No offence is written down yet. Its class decides how long police custody may last.")
NEW, EDIT, REMOVE = N_("New"), N_("Edit"), N_("Remove…")
TO_CHILD = N_("Open the child")
AGE_OFFENCE = N_("Age at the offence")
AGE_THEN = N_("Age on {date} ({what})")
AGE_TODAY = N_("Age today")
STILL_ASKED = N_("Required answers missing: {count}")
PLANNED = N_("{what}: due")
MINUTE = 60_000
"""Milliseconds between two looks at the time."""
_SHORT = (Kind.LINE, Kind.NUMBER, Kind.DATE, Kind.MOMENT, Kind.PARTIAL_DATE, Kind.CHOICE)


class CaseView(QScrollArea):
    """Shows a case file. What can be done comes from outside: the page knows how, the view only where."""

    def __init__(
        self,
        *,
        on_edit: Callable[[Record], None],
        on_new: Callable[[RecordKind | None], None],
        on_remove: Callable[[Offence], None],
        on_child: Callable[[], None],
        actions_of: Callable[[CaseRecord], tuple[Action, ...]],
        parent: QWidget | None = None,
    ) -> None:
        """on_new gets the kind of which a record is begun, None for an offence."""
        super().__init__(parent)
        self._on_edit, self._on_new, self._on_remove, self._on_child = on_edit, on_new, on_remove, on_child
        self._actions_of = actions_of
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self.ribbon = Ribbon(ProcessStage)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for side in (self._left, self._right):
            side.setSpacing(16)
        columns.addLayout(self._left, 3)
        columns.addLayout(self._right, 2)
        column.addLayout(self._head)
        column.addWidget(self.ribbon)
        column.addLayout(columns)
        column.addStretch()
        self.badges: list[ClockBadge] = []
        self._entries: dict[UUID, QPushButton] = {}  # the first button beside each record
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.tick)
        self._clock.start()

    def tick(self) -> None:
        """Show what time it is now on every clock; nothing is asked of the store."""
        for badge in self.badges:
            badge.tick(clock.now())

    def show_file(self, file: CaseFile, limits: dict[str, Limit]) -> None:
        """Show a case as it stands now; the scroll position and the entry that has the keyboard stay."""
        at = QApplication.focusWidget()
        here = next((identity for identity, button in self._entries.items() if button is at), None)
        self._entries = {}
        for layout in (self._head, self._left, self._right):
            empty(layout)
        self._show_head(file)
        self.ribbon.show_stage(file.case.stage)
        for stage in PATHWAY:
            self._left.addWidget(self._stage_card(stage, file))
        self._left.addWidget(self._offences_card(file.offences))
        self._left.addWidget(self._facts_card(file.case))
        self._left.addStretch()
        self._right.addWidget(self._clocks_card(file, limits))
        self._right.addWidget(self._timeline_card(file))
        self._right.addStretch()
        if here is not None:
            self.focus_record(here)

    def focus_record(self, identity: UUID) -> None:
        """Put the keyboard on the entry of a record, and show it; where there is none, on the page itself."""
        self._entries.get(identity, self).setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        at = QApplication.focusWidget()
        if at is not None and at is not self and self.isAncestorOf(at):
            self.ensureWidgetVisible(at, 0, 80)

    def _show_head(self, file: CaseFile) -> None:
        language = words()
        row = QHBoxLayout()
        row.setSpacing(16)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(text_label(both_names(file.child), "title"))
        status = tr(file.case.status.label) if file.case.status else ""
        names.addWidget(text_label(f"{file.case.number} · {status}", "help"))
        row.addLayout(names, 1)
        self._head.addLayout(row)
        facts = QWidget()
        flow = FlowLayout(facts, gap=32, line_gap=4)
        for label, value in self._ages(file):
            fact = QWidget()
            grid = QGridLayout(fact)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(8)
            for place, (text, role) in enumerate(((label, "help"), (value, "answer-strong"))):
                part = text_label(text, role)
                part.setWordWrap(False)
                grid.addWidget(part, 0, place)
            flow.addWidget(fact)
        self._head.addWidget(facts)
        self.ages = [f"{label}: {value}" for label, value in self._ages(file)]
        self.setAccessibleName(f"{file.case.number} {child_name(file.child, language.language)}")

    def _ages(self, file: CaseFile) -> list[tuple[str, str]]:
        """The ages that the law asks for, each only where its day is known."""
        born, language = file.child.born, words()
        days = [(tr(AGE_OFFENCE), offence.committed_on) for offence in file.offences[:1]]
        for line in file.timeline[:1]:
            day = line.at.date() if isinstance(line.at, datetime) else line.at
            days.append((tr(AGE_THEN, date=language.date(day), what=tr(line.label)), PartialDate.on(day)))
        days.append((tr(AGE_TODAY), PartialDate.on(clock.today())))
        return [(label, age_said(born, day, language)) for label, day in days]

    def _stage_card(self, stage: Stage, file: CaseFile) -> Card:
        card = Card(tr(stage.label))
        for kind in stage.kinds:
            records = file.of(kind.record)
            for number, record in enumerate(records, start=1):
                title = f"{tr(record.title)} {words().number(number)}" if len(records) > 1 else tr(record.title)
                self._add_entry(card, record, title, summary(record), self._record_actions(record))
            if kind.several or not records:
                card.add_action(Action(NEW, _bound(self._on_new, kind)), tr(kind.record.title))
        if not card.findChild(Entry):
            card.add(text_label(tr(NO_RECORD), "help"))
        return card

    def _add_entry(self, card: Card, record: Record, title: str, about: str, actions: tuple[Action, ...]) -> None:
        entry = Entry(title, about, actions)
        self._entries[record.id] = next(iter(entry.buttons.values()))
        card.add(entry)

    def _record_actions(self, record: CaseRecord) -> tuple[Action, ...]:
        return self._actions_of(record)

    def _offences_card(self, offences: Iterable[Offence]) -> Card:
        card = Card(tr(OFFENCES), (Action(NEW, lambda: self._on_new(None)),))
        for offence in offences:
            actions = (self._edit(offence), Action(REMOVE, _bound(self._on_remove, offence)))
            title = tr(offence.category.label) if offence.category else tr(Offence.title)
            self._add_entry(card, offence, title, summary(offence, leave_out=("category",)), actions)
        if not card.findChild(Entry):
            card.add(text_label(tr(NO_OFFENCE), "help"))
        return card

    def _facts_card(self, case: Case) -> Card:
        card = Card(tr(FACTS), (self._edit(case), Action(TO_CHILD, self._on_child)))
        self._entries[case.id] = card.findChildren(QPushButton)[0]
        card.add(text_label(summary(case, most=12), "help"))
        return card

    def _edit(self, record: Record) -> Action:
        return Action(EDIT, _bound(self._on_edit, record))

    def _clocks_card(self, file: CaseFile, limits: dict[str, Limit]) -> Card:
        card = Card(tr(CLOCKS))
        now = clock.now()
        ordered = sorted(file.deadlines, key=lambda deadline: (deadline.ended_at is not None, deadline.due_at))
        self.badges = [ClockBadge(deadline, limits.get(deadline.limit_key or ""), now) for deadline in ordered]
        for badge in self.badges:
            card.add(badge)
        if not self.badges:
            card.add(text_label(tr(NO_CLOCKS), "help"))
        return card

    def _timeline_card(self, file: CaseFile) -> Card:
        card = Card(tr(TIMELINE))
        self.timeline = Timeline()
        language = words()
        lines = []
        for happened in file.timeline:
            whole_day = not isinstance(happened.at, datetime)
            at = clock.local(happened.at.year, happened.at.month, happened.at.day) if whole_day else happened.at
            assert isinstance(at, datetime)  # noqa: S101
            lines.append(Line(at, due_said(at, language, whole_day=whole_day), tr(happened.label), at > clock.now()))
        for deadline in file.deadlines:
            if deadline.ended_at is None:
                when = due_said(deadline.due_at, language, whole_day=deadline.whole_day)
                lines.append(Line(deadline.due_at, when, tr(PLANNED, what=tr(deadline.label)), True))
        self.timeline.show_lines(lines)
        card.add(self.timeline)
        return card


def both_names(child: Child) -> str:
    """Return the child's name in the screen's script, then in the other."""
    first = child_name(child, words().language)
    second = child_name(child, "en" if words().language == "km" else "km")
    return first if first == second else f"{first}  ·  {second}"


def summary(record: Record, most: int = 4, leave_out: tuple[str, ...] = ()) -> str:
    """Return the first answered short questions of a record, and how many required ones are still open."""
    language = words()
    parts = [
        f"{language.text(info.label)}: {said(info, answer, language)}"
        for info in fields_of(type(record))
        if info.kind in _SHORT
        and not info.restricted
        and info.name not in leave_out
        and info.is_shown(record)
        and (answer := getattr(record, info.name)) not in (None, "")
    ]
    text = " · ".join(parts[:most])
    if open_count := len(missing(record)):
        text += ("\n" if text else "") + tr(STILL_ASKED, count=language.number(open_count))
    return text


def _bound(act: Callable[[Any], None], about: Any) -> Callable[[], None]:
    return lambda: act(about)
