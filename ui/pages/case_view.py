"""The overview of a case: head, ribbon, what is to be looked at, records by stage, offences, clocks and timeline."""

import time
from collections.abc import Collection, Generator, Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
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
from shiboken6 import isValid

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.limits import Limit
from casemgr.law.remarks import Remark
from casemgr.law.standing import stage_states
from casemgr.records.base import Record
from casemgr.records.child import child_name
from casemgr.records.kinds import STAGES, kind_named
from casemgr.records.pathway import PATHWAY
from casemgr.records.stage import Stage
from casemgr.services.case_files import CaseFile, remarks_now
from casemgr.services.papers import papers_now
from ui.pages.case_beside import withheld_said
from ui.pages.case_cards import Acts, Cards
from ui.pages.case_head import fill_head
from ui.pages.case_side import Side, papers_said
from ui.pages.case_writing import CALL_OR_NOTE, NOTE, WRITE, WRITE_KEYS, offers
from ui.parts.card import empty, text_label
from ui.parts.clock_badge import ClockBadge
from ui.parts.fold import Fold, Folds
from ui.parts.menu_button import MenuButton
from ui.parts.paper_view import add_key
from ui.parts.ribbon import Ribbon
from ui.parts.scrolling import scroll_far
from ui.parts.timeline import Timeline
from ui.words import tr, words

HISTORY_OF_CASE = N_("History of the case…")
A_MOMENT = 0.012
"""Seconds of building cards before the window looks whether the worker does something."""
MINUTE = 60_000
"""Milliseconds between two looks at the time."""
ABOVE = 12
"""Pixels left above what is scrolled to."""


class CaseView(QScrollArea):
    """Shows a case file. What can be done comes from outside: the page knows how, the view only where."""

    def __init__(self, acts: Acts, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.file: CaseFile | None = None
        self._acts = acts
        self._limits: dict[str, Limit] = {}
        self.ages: list[str] = []
        folds = Folds(wait=True)
        self._cards, self._side = Cards(acts, folds), Side(acts, folds)
        self._steps: Iterator[None] | None = None  # builds the cards that are not there yet
        self._awaited: UUID | None = None  # the record that gets the keyboard once they are
        self._named: str | None = None  # else a button of that name
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._go_on)
        self._remarks: tuple[Remark, ...] | None = None  # those that are shown
        scroll_far(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        add_key(self, "Ctrl+P", self._list_papers)
        add_key(self, "Ctrl+H", acts.history)
        add_key(self, WRITE_KEYS, self._offer_to_write)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.tick)
        self._clock.start()

    @property
    def cards(self) -> Cards:
        """What makes the cards and knows where each record stands; all are built once somebody asks."""
        self.finish()
        return self._cards

    @property
    def badges(self) -> list[ClockBadge]:
        """The clocks that are shown."""
        self.finish()
        return self._side.badges

    @property
    def timeline(self) -> Timeline | None:
        """The latest lines of the timeline, None where nothing was shown yet."""
        self.finish()
        return self._side.timeline

    def tick(self) -> None:
        """Show what time it is now on every clock, stage and remark; nothing is asked of the store."""
        for badge in self._side.badges:
            badge.tick(clock.now())
        if self.file is not None:
            self._show_states(self.file)
            at = QApplication.focusWidget()
            if at is None or not self._remarks_holder.isAncestorOf(at):  # else it would lose the keyboard
                self._show_remarks(self.file)

    def show_file(self, file: CaseFile, limits: dict[str, Limit]) -> None:
        """Show a case as it stands now; the scroll position and the button that has the keyboard stay.

        The cards are built one after the other whenever the window has nothing else to do. Of those that were shown
        the picture stays until all are there; cards that are being built for an earlier state are given up.
        """
        self._give_up()
        if self.file is not None:
            self._body.setMinimumHeight(self._body.height())  # else the scroll position would be lost
            self._body.setUpdatesEnabled(False)
        before, at = self.findChildren(QPushButton), QApplication.focusWidget()
        if (
            here := next((identity for identity, button in self._cards.buttons.items() if button is at), None)
        ) is not None:
            self._awaited = self._awaited or here
        if at in before and not self.ribbon.isAncestorOf(at):
            self._named = at.accessibleName()
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # what has the keyboard goes; it is not to leave the page
        self.file, self._limits = file, limits
        self._cards.forget()
        self._side.forget()
        for layout in (self._head, self._left, self._right):
            empty(layout)
        self.ages = fill_head(self._head, file)
        self.papers_button.setText(papers_said(len(papers_now(file))))
        self.papers_button.setAccessibleName(self.papers_button.text())
        self.write_button.offers = offers(file, self._acts)
        for button in (self.note_button, self.write_button, self.papers_button):
            button.setEnabled(True)
        self.setAccessibleName(f"{file.case.number} {child_name(file.child, words().language)}")
        self._show_states(file)
        self._remarks = None
        self._show_remarks(file)
        self._steps = self._fill(file, limits, before)
        self._go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Build no more cards while something else is seen, such as an editor that is being built itself."""
        super().hideEvent(event)
        self._rest.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with them."""
        super().showEvent(event)
        if self._steps is not None:
            self._rest.start()

    def finish(self) -> None:
        """Build at once all cards that are not there yet."""
        if self._steps is not None:
            self._build_cards(None)

    def _give_up(self) -> None:
        if isinstance(self._steps, Generator):
            self._steps.close()
        self._steps = None

    def _go_on(self) -> None:
        """Build cards for a moment."""
        if self._steps is not None:
            self._build_cards(time.perf_counter() + A_MOMENT)

    def _build_cards(self, until: float | None) -> None:
        steps, self._steps = self._steps, None
        for _ in steps or ():
            if until is not None and time.perf_counter() > until:
                self._steps = steps
                self._rest.start()
                return

    def _fill(self, file: CaseFile, limits: dict[str, Limit], before: Collection[QPushButton]) -> Iterator[None]:
        """Build a card, or a line of a fold that is open in it, at each step.

        Then the keyboard is where it was: on a record, or on a button of that name.
        """
        try:
            for card in self._left_cards(file):
                self._left.addWidget(card)
                card.show()  # now, as a part of this step: the layout would show all of them together later
                yield from _folded(card)
            self._left.addStretch()
            for make in (partial(self._side.clocks, limits=limits), self._side.papers, self._side.happenings):
                card = make(file)
                self._right.addWidget(card)
                card.show()
                yield from _folded(card)
            self._right.addStretch()
        finally:
            if isValid(self._body):  # else the page went before all was built
                self._body.setMinimumHeight(0)
                self._body.setUpdatesEnabled(True)
        awaited, self._awaited = self._awaited, None
        named, self._named = self._named, None
        if awaited is not None:
            self._focus(awaited)
        elif named is not None:
            self._focus_button(named, before)

    def _focus_button(self, name: str, besides: Collection[QPushButton]) -> None:
        """Put the keyboard on the button of that name, on the page itself where there is none any more."""
        found = (each for each in self.findChildren(QPushButton) if each.accessibleName() == name)
        target = next((each for each in found if each not in besides), self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_record(self, identity: UUID) -> None:
        """Put the keyboard on the entry of a record, and show it; where there is none, on the page itself.

        While the cards are being built, it stays on the page and goes there once they are.
        """
        if self._steps is not None:
            self._awaited = identity
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus(identity)

    def _focus(self, identity: UUID) -> None:
        if (fold := self._cards.hidden_in.get(identity)) is not None:
            if not fold.is_open:
                fold.set_open(is_open=True)
            while identity not in self._cards.buttons and fold.build_more():
                pass
        self._cards.buttons.get(identity, self).setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_focus()

    def show_stage(self, key: str) -> None:
        """Scroll to the card of a stage, or to the button that begins it, and put the keyboard there."""
        shown = self._cards.stages.get(key)
        if shown is None:
            return
        bar, top = self.verticalScrollBar(), shown.mapTo(self._body, QPoint(0, 0)).y()
        button = shown if isinstance(shown, QPushButton) else shown.findChild(QPushButton)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        bar.setValue(top - ABOVE)

    def _build(self) -> None:
        self._body = QWidget()
        self.setWidget(self._body)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self.ribbon = Ribbon(PATHWAY)
        self.ribbon.chosen.connect(self.show_stage)
        self._remarks_holder = QWidget()
        self._remarks_column = QVBoxLayout(self._remarks_holder)
        self._remarks_column.setContentsMargins(0, 0, 0, 0)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        left, self._left, self._right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for side in (left, self._left, self._right):
            side.setSpacing(16)
        left.addWidget(self._remarks_holder)
        left.addLayout(self._left, 1)
        columns.addLayout(left, 3)
        columns.addLayout(self._right, 2)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(self._head, 1)
        self.note_button = QPushButton(tr(CALL_OR_NOTE), self._body)
        self.note_button.setAccessibleName(tr(CALL_OR_NOTE))
        self.note_button.clicked.connect(lambda _=False: self._begin_note())
        self.write_button = MenuButton(tr(WRITE), (), WRITE_KEYS, self._body)
        self.write_button.setAccessibleName(tr(WRITE))
        self.write_button.setToolTip(WRITE_KEYS)
        self.write_button.setAccessibleDescription(WRITE_KEYS)
        self.papers_button = QPushButton(self._body)
        self.papers_button.setToolTip("Ctrl+P")
        self.papers_button.setAccessibleDescription("Ctrl+P")
        self.papers_button.clicked.connect(lambda _=False: self._list_papers())
        for button in (self.note_button, self.write_button, self.papers_button):
            button.setEnabled(False)  # until it is known what there is
        buttons = QGridLayout()
        buttons.setSpacing(8)
        four = (self.note_button, self.write_button, self.papers_button, self._history_button())
        for at, button in enumerate(four):
            buttons.addWidget(button, at // 2, at % 2)
        buttons.setRowStretch(2, 1)
        top.addLayout(buttons)
        column.addLayout(top)
        column.addWidget(self.ribbon)
        column.addLayout(columns)
        column.addStretch()

    def _list_papers(self) -> None:
        if self.file is not None:
            self._acts.papers()

    def _offer_to_write(self) -> None:
        """Open the menu at the head, which is scrolled to."""
        if self.file is not None:
            self.ensureWidgetVisible(self.write_button)
            self.write_button.open_menu()

    def _begin_note(self) -> None:
        if self.file is not None:
            self._acts.begin(kind_named(NOTE))

    def _history_button(self) -> QPushButton:
        self.history_button = QPushButton(tr(HISTORY_OF_CASE), self._body)
        self.history_button.setAccessibleName(tr(HISTORY_OF_CASE))
        self.history_button.setToolTip("Ctrl+H")
        self.history_button.setAccessibleDescription("Ctrl+H")
        self.history_button.clicked.connect(lambda _=False: self._acts.history())
        return self.history_button

    def _left_cards(self, file: CaseFile) -> Iterator[QWidget]:
        if said := withheld_said(file):
            yield text_label(said, "notice")
        unwritten: dict[bool, list[Stage]] = {True: [], False: []}
        along = {stage.key for stage in PATHWAY}
        beside: list[Stage] = []  # no card is made before its turn: one that is in no page yet would outlive the lock
        for stage in STAGES:
            if not any(file.of(kind.record) for kind in stage.kinds):
                unwritten[stage.key in along].append(stage)
            elif stage.key not in along:
                beside.append(stage)
            elif (card := self._cards.written(stage, file)) is not None:
                yield card
        if any(unwritten.values()):
            yield self._cards.unwritten(unwritten[True], unwritten[False], file)
        yield self._cards.offences(file.offences)
        yield self._cards.facts(file.case)
        makers = (*(partial(self._cards.written, stage, file) for stage in beside), partial(self._cards.named_in, file))
        for make in makers:
            if (card := make()) is not None:
                yield card

    def _show_states(self, file: CaseFile) -> None:
        self.ribbon.show_states(stage_states(file.records, file.deadlines, clock.now()))

    def _show_remarks(self, file: CaseFile) -> None:
        remarks = remarks_now(file, self._limits)
        if remarks == self._remarks:
            return
        self._remarks = remarks
        empty(self._remarks_column)
        self._remarks_holder.setVisible(bool(remarks))
        if remarks:
            known: tuple[Record, ...] = (file.child, file.case, *file.offences, *file.records)
            card = self._cards.remarks(remarks, known)
            self._remarks_column.addWidget(card)
            for _ in _folded(card):
                pass  # they are few, and stand at the top
            before: QWidget = list(self.ribbon.chips.values())[-1]
            for button in self._remarks_holder.findChildren(QPushButton):  # they may be younger than all that follows
                QWidget.setTabOrder(before, button)
                before = button

    def _show_focus(self, rounds: int = 3) -> None:
        """Scroll to what has the keyboard; again, until all that has just appeared is laid out."""
        at = QApplication.focusWidget()
        if at is not None and at is not self and self.isAncestorOf(at):
            self.ensureWidgetVisible(at, 0, 80)
        if rounds:
            QTimer.singleShot(0, self, lambda: self._show_focus(rounds - 1))


def _folded(card: QWidget) -> Iterator[None]:
    """Let a card be seen, and build what stands in its open folds, a line at each step."""
    yield
    for fold in card.findChildren(Fold):
        while fold.is_open and fold.build_more():
            yield
