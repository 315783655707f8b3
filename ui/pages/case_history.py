"""The history of a whole case: every line about it and its child, by day, the newest first, a page at a time."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.clock import PHNOM_PENH
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.services import case_history
from casemgr.services.case_files import CaseFile
from casemgr.services.case_history import PAGE, CaseHistory, CaseLine
from casemgr.services.changes import Changes
from casemgr.services.history import DEEDS
from casemgr.services.office import Office
from casemgr.services.papers import form_named
from casemgr.trouble import NoSuch
from ui.editors.said import record_said
from ui.pages.case_beside import told_of
from ui.pages.history_entry import VersionEntry, runs_of
from ui.pages.page import page_head
from ui.pages.versions_dialog import COMPARE, show_versions
from ui.parts.card import Action, empty, text_label
from ui.parts.paper_view import add_key
from ui.parts.toggle import Toggle
from ui.tasks import Tasks
from ui.words import tr, words

TITLE, TITLE_OF = N_("History of the case"), N_("History of the case {number}")
BACK = N_("Back")
WHICH, ALL, CHANGES = N_("Which lines"), N_("All lines"), N_("Changes only")
OLDER = N_("Show older lines")
NOTHING = N_("Nothing is known of its history.")
GONE = N_("{what} (removed)")
A_FORM, A_LIST = N_("A form"), N_("A list")
DAY = N_("{weekday}, {date}")


class CaseHistoryView(QWidget):
    """Stands in place of the overview of a case, until it is closed."""

    closed = Signal()

    def __init__(
        self, office: Office, tasks: Tasks, case_id: UUID, file: Callable[[], CaseFile | None],
        told: Callable[[str, Changes], None], *, changes_only: bool = False,
    ) -> None:  # fmt: skip
        """Ask for the newest lines. file: the case as the page shows it, by which records are called.

        told: is given the title of a record, and what bringing back one of its versions changed.
        """
        super().__init__()
        self._office, self._tasks, self.case_id, self._file, self._told = office, tasks, case_id, file, told
        self.lines: list[CaseLine] = []
        self._round = 0
        self._day_shown: date | None = None  # the day whose heading stands last
        self.which = Toggle(WHICH, {"all": ALL, "changes": CHANGES})
        self.which.show_value("changes" if changes_only else "all")
        self.which.chosen.connect(lambda _key: self._begin())
        self.back_button = QPushButton(tr(BACK), self)
        self.back_button.clicked.connect(self.closed)
        self.older_button = QPushButton(tr(OLDER), self)
        self.older_button.clicked.connect(self.show_older)
        for button in (self.back_button, self.older_button):
            button.setAccessibleName(button.text())
        self._build()
        add_key(self, "Esc", self.closed.emit)
        self._begin()

    @property
    def changes_only(self) -> bool:
        """Whether only the lines are asked for after which the case says something else."""
        return self.which.value == "changes"

    def refresh(self) -> None:
        """Ask again for as many lines as are shown; the place that was scrolled to stays."""
        self._read(None, max(PAGE, len(self.lines)), self._on_again)

    def show_older(self) -> None:
        """Ask for the lines before those that are shown."""
        if self.lines and self.older_button.isEnabled():
            self.older_button.setEnabled(False)
            self._read(self.lines[-1].version.seq, PAGE, self._on_older)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard on the lines, so that the arrow keys scroll."""
        super().focusInEvent(event)
        self.area.setFocus(event.reason())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        head, self.title = page_head(tr(TITLE), self.which, self.back_button)
        column.addLayout(head)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.setSpacing(10)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(10)
        inner.addLayout(self._entries)
        inner.addWidget(self.older_button, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch()
        self.older_button.hide()
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(tr(TITLE))
        self.area.setWidget(body)
        column.addWidget(self.area, 1)

    def _begin(self) -> None:
        self._read(None, PAGE, self._on_first)

    def _read(self, before: int | None, most: int, then: Callable[[int, CaseHistory], None]) -> None:
        self._round += 1
        office, case_id, changes_only = self._office, self.case_id, self.changes_only
        self._tasks.run(
            lambda: case_history.of_case(office, case_id, before=before, changes_only=changes_only, most=most),
            partial(then, self._round),
        )  # fmt: skip

    def _on_first(self, asked: int, found: CaseHistory) -> None:
        if asked == self._round:
            self._show(found)
            self.area.verticalScrollBar().setValue(0)

    def _on_again(self, asked: int, found: CaseHistory) -> None:
        if asked == self._round:
            scrolled = self.area.verticalScrollBar().value()
            self._show(found)
            self.area.verticalScrollBar().setValue(scrolled)

    def _on_older(self, asked: int, found: CaseHistory) -> None:
        if asked != self._round:
            return
        at = self._entries.count()
        self.lines += found.lines
        self._add(found.lines)
        self._show_older_button(more=found.more)
        if (first := self._entries.itemAt(at)) is not None and (widget := first.widget()) is not None:
            target = widget.findChild(QPushButton) or self.area
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: CaseHistory) -> None:
        if self.isAncestorOf(at := self.focusWidget() or self) and at is not self.area:
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)  # else the keyboard would leave with what goes
        empty(self._entries)
        if (file := self._file()) is not None:
            self.title.setText(tr(TITLE_OF, number=file.case.number or ""))
        self.lines, self._day_shown = list(found.lines), None
        self._add(found.lines)
        if not found.lines:
            self._entries.addWidget(text_label(tr(NOTHING), "help"))
        self._show_older_button(more=found.more)

    def _show_older_button(self, *, more: bool) -> None:
        self.older_button.setVisible(more)
        self.older_button.setEnabled(True)

    def _add(self, lines: Sequence[CaseLine]) -> None:
        """Add lines below, each day under its own heading."""
        for day, group in groupby(lines, key=_day):
            if day != self._day_shown:
                self._entries.addWidget(text_label(_day_said(day), "section"))
            for entry in self._of_day(tuple(group)):
                self._entries.addWidget(entry)
            self._day_shown = day

    def _of_day(self, lines: Sequence[CaseLine]) -> Iterable[VersionEntry]:
        for places in runs_of([line.version for line in lines], [line.record_id for line in lines]):
            newest = lines[places[0]]
            yield VersionEntry(
                [lines[place].version for place in places], self._called(newest), self._actions(newest), folded=True
            )

    def _actions(self, line: CaseLine) -> tuple[Action, ...]:
        if line.version.action not in DEEDS or line.kind is None or line.record_id is None:
            return ()
        return (Action(COMPARE, partial(self.compare, line)),)

    def compare(self, line: CaseLine) -> None:
        """Show the versions of the record that a line is about, beginning with the one of that line."""
        assert line.kind is not None  # noqa: S101  (lines of other deeds have no button for it)
        assert line.record_id is not None  # noqa: S101
        show_versions(
            self._office, self._tasks, line.kind, line.record_id, self._called(line), self, self._told,
            line.version.seq,
        )  # fmt: skip

    def _called(self, line: CaseLine) -> str:
        """Return what a line is about, as the case page calls it."""
        if line.kind is None:
            return _form(line.version.told)
        record, file = line.record, self._file()
        if record is None:
            what = tr(line.kind.title)
        else:
            beside = told_of(record, file) if file is not None and isinstance(record, CaseRecord) else None
            what = beside[0] if beside else record_said(record, words())
        return what if line.is_kept or line.version.action == "removed" else tr(GONE, what=what)


def _day(line: CaseLine) -> date:
    return line.version.at.astimezone(PHNOM_PENH).date()


def _day_said(day: date) -> str:
    return tr(DAY, weekday=words().weekday(day), date=words().long_date(day))


def _form(told: Any) -> str:
    try:
        return tr(form_named(told["form"]).title)
    except KeyError:
        return tr(A_LIST)
    except NoSuch:  # one that this version does not have any more
        return tr(A_FORM)
