"""Reports: what the office's own cases of a period add up to, and the report on paper."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from casemgr import clock
from casemgr.i18n import N_
from casemgr.measures.indicators.values import Period
from casemgr.services import reporting
from casemgr.services.office import Office
from casemgr.services.papers import PaperChoice
from casemgr.services.reporting import Facts, Span
from casemgr.trouble import Refusal, Stopped, Trouble
from ui.editors.choices import StillCombo
from ui.editors.reading import Unreadable, read_date
from ui.pages.cases_dialog import CasesDialog
from ui.pages.figures import FigureLine
from ui.pages.page import page_column, page_head
from ui.pages.paper_page import PaperPage, tool_button
from ui.pages.report_parts import IndicatorSection, PictureSection, ReoffendingSection, Section
from ui.pages.send_dialogs import DHIS2, NUMBERS_HINT, TO_SYSTEM, SendNumbersDialog
from ui.parts.card import text_label
from ui.parts.flow import FlowLayout
from ui.parts.paper_source import Going, list_source
from ui.parts.roles import tell_codes_only
from ui.parts.toggle import Toggle
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

TITLE = N_("Reports")
PERIOD, FROM, TO, AS_OF = N_("Period"), N_("From"), N_("To"), N_("As known on")
OWN_DAYS = N_("From one day to another")
OWN = "own"
SHOWN, SHOWN_OPTIONS = N_("What is shown"), {
    "reoffending": N_("Reoffending"), "indicators": N_("Indicators"), "pictures": N_("Pictures"),
}  # fmt: skip
PRINT, PRINT_HINT = N_("Report on paper…"), N_("The report of this period, to print or to save")
PAPER_TITLE = N_("Report on the children of the office")
FOR_OFFICE = N_("For the office alone: with small numbers and the curve")
READING, COUNTING = N_("Reading the cases…"), N_("Counting…")
STOPPED = N_("The counting was stopped. No numbers are shown, because not all cases were counted.")
AGAIN = N_("Count again")
NO_DAY = N_("Type a day such as 24-11-2026.")
DAY_WIDTH = 132


class ReportsPage(PaperPage):
    """A period, a day of looking, and three sections."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Read this quarter."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._asked = 0  # counts the questions to the store: the answer to an earlier one is not shown
        self._reads = False  # whether cases are being read; until they are, the facts are those of before
        self.facts: Facts | None = None
        self.print_button = tool_button(PRINT, PRINT_HINT, self)
        self.print_button.clicked.connect(self.print)
        self.print_button.setEnabled(False)
        self.send_button = QPushButton(tr(TO_SYSTEM, system=DHIS2), self)
        self.send_button.setProperty("role", "quiet")
        self.send_button.setToolTip(tr(NUMBERS_HINT, system=DHIS2))
        self.send_button.setAccessibleDescription(tr(NUMBERS_HINT, system=DHIS2))
        self.send_button.clicked.connect(self.ask_to_send)
        self.send_button.setEnabled(False)
        head, _ = page_head(tr(TITLE), self.send_button, self.print_button)
        self.said = text_label("", "notice")
        self.said.hide()
        self.work = WorkBar(self.overview)
        self.work.appeared.connect(self._on_slow)
        self.work.cancelled.connect(self._on_cancelled)
        self._left: QWidget | None = None  # what had the keyboard when the numbers went away
        column = page_column(self.overview)
        column.addLayout(head)
        column.addWidget(self._tools())
        column.addWidget(self.work)
        column.addWidget(self.said)
        column.addWidget(self._build_stopped())
        column.addWidget(self._sections(), 1)
        escape = QShortcut(QKeySequence("Esc"), self.overview)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.work.cancel)
        self.lead_keyboard_to(self.span)
        self._on_span()

    def _tools(self) -> QWidget:
        holder = QWidget(self.overview)
        self.span = StillCombo(holder)
        self.span.setAccessibleName(tr(PERIOD))
        for span in Span:
            self.span.addItem(tr(span.label), span.value)
        self.span.addItem(tr(OWN_DAYS), OWN)
        self.first, self.last, self.as_of = (_day_line(name, holder) for name in (FROM, TO, AS_OF))
        self.as_of.setText(words().date(clock.today()))
        self.shown = Toggle(SHOWN, SHOWN_OPTIONS, holder)
        flow = FlowLayout(holder, gap=10, line_gap=8)
        for name, widget in ((PERIOD, self.span), (FROM, self.first), (TO, self.last), (AS_OF, self.as_of)):
            label = QLabel(tr(name), holder)
            label.setBuddy(widget)
            label.setMinimumHeight(widget.sizeHint().height())
            flow.addWidget(label)
            flow.addWidget(widget)
        flow.addWidget(self.shown)
        self.span.currentIndexChanged.connect(lambda _: self._on_span())
        for line in (self.first, self.last, self.as_of):
            line.editingFinished.connect(partial(self._on_day, line))
        return holder

    def _build_stopped(self) -> QWidget:
        self.stopped = QWidget(self.overview)
        self.again_button = QPushButton(tr(AGAIN), self.stopped)
        self.again_button.clicked.connect(self.count_again)
        row = QHBoxLayout(self.stopped)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(text_label(tr(STOPPED), "notice"), 1)
        row.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.stopped.hide()
        return self.stopped

    def _sections(self) -> QStackedWidget:
        self.reoffending = ReoffendingSection(self._tasks)
        self.indicators = IndicatorSection(self._tasks)
        self.pictures = PictureSection(self._tasks)
        self.stack = QStackedWidget(self.overview)
        for section in (self.reoffending, self.indicators, self.pictures):
            section.behind_asked.connect(self.show_cases)
            section.begun.connect(self._on_begun)
            section.shown.connect(self._on_shown)
            section.failed.connect(self._on_failed)
            self.stack.addWidget(section)
        self.shown.chosen.connect(self.show_section)
        return self.stack

    @property
    def section(self) -> Section:
        """The section that is shown."""
        return (self.reoffending, self.indicators, self.pictures)[self.stack.currentIndex()]

    def show_section(self, key: str) -> None:
        """Show a section by its key in SHOWN_OPTIONS; it is reckoned when it is first wanted."""
        self.shown.show_value(key)
        self.stack.setCurrentIndex(list(SHOWN_OPTIONS).index(key))
        if self._reads:
            self.section.body.setVisible(self.work.isHidden())
        elif self.facts is not None and self.section.facts is not self.facts:
            self.section.show_facts(self.facts)
        elif self.facts is not None:
            self.work.rest()
            self.stopped.hide()

    def let_go(self) -> None:
        """Let go of what was read, and of what was counted from it."""
        self.facts = None
        for section in (self.reoffending, self.indicators, self.pictures):
            section.let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what was read as the worker goes to another page: whoever comes back reads it anew."""
        super().hideEvent(event)
        if not event.spontaneous() and not self._reads:
            self.let_go()
            self._set_ready(ready=False)

    def count_again(self) -> None:
        """Go on after the worker stopped it: read what was not read, and count."""
        self.span.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.facts is None:
            self.refresh()
        else:
            self.section.show_facts(self.facts)

    def refresh(self) -> None:
        """Read anew what stands in the period and the day of looking."""
        try:
            period, as_of = self._typed()
        except Unreadable:
            self.say(tr(NO_DAY))
            return
        office, watch = self._office, Watch()
        self._asked += 1
        self._reads = True
        self.say("")
        self.stopped.hide()
        self._set_ready(ready=False)
        self.work.follow(watch, READING)
        self._tasks.run_watched(
            watch,
            lambda progress, cancelled: reporting.read_facts(
                office, period, as_of, progress=progress, cancelled=cancelled
            ),
            partial(self._on_read, self._asked), partial(self._on_trouble, self._asked),
        )  # fmt: skip

    def say(self, text: str) -> None:
        """Show a line of text above the numbers; an empty one takes it away."""
        self.said.setText(wrapped(text))
        self.said.setVisible(bool(text))

    def state(self) -> dict[str, Any]:
        """Return what the worker chose to see."""
        days = [line.text() for line in (self.first, self.last, self.as_of)]
        as_usual = self.as_of.text() == words().date(clock.today()) and self.shown.value == "reoffending"
        if self.span.currentIndex() == 0 and as_usual:
            return self.paper_state()
        return self.paper_state() | {"span": self.span.currentData(), "days": days, "shown": self.shown.value}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show that again."""
        self.restore_paper(state)
        self.span.blockSignals(True)
        self.span.setCurrentIndex(max(self.span.findData(state.get("span")), 0))
        self.span.blockSignals(False)
        for line, text in zip((self.first, self.last, self.as_of), state.get("days", ()), strict=False):
            line.setText(text)
        self.show_section(state.get("shown", "reoffending"))
        self._on_span()

    def preview_again(self, choice: PaperChoice) -> None:
        """Preview the report again."""
        self.print(choice=choice)

    def print(self, _checked: bool = False, *, choice: PaperChoice | None = None) -> None:
        """Preview the report of what is shown."""
        facts, office = self.facts, self._office
        if facts is None:
            return

        def make(choice: PaperChoice, going: Going) -> bytes:
            return reporting.paper_of(
                office, facts, choice.language, for_office=choice.with_restricted, progress=going.told,
                cancelled=going.stopped,
            )  # fmt: skip

        def log(choice: PaperChoice, how: str) -> None:
            reporting.log_printed(
                office, facts.period, facts.as_of, choice.language, for_office=choice.with_restricted, how=how
            )  # fmt: skip

        name = f"report-{facts.period.first.isoformat()}-{facts.period.last.isoformat()}.pdf"
        source = list_source(
            make, log, title=tr(PAPER_TITLE), file_name=name, more=FOR_OFFICE, tick="with_restricted"
        )  # fmt: skip
        self.show_paper(self._tasks, source, office_folder=office.folder, asked_by=self.print_button, choice=choice)

    def ask_to_send(self) -> None:
        """Ask how the indicators of what is shown go to DHIS2."""
        if self.facts is not None:
            SendNumbersDialog(self._office, self._tasks, self.facts.period, self).open()

    def _set_ready(self, *, ready: bool) -> None:
        for button in (self.print_button, self.send_button):
            button.setEnabled(ready)

    def show_cases(self, line: FigureLine) -> None:
        """Show the cases behind a line of numbers, to those who may know them."""
        if tell_codes_only(self._office, self._tasks):
            return
        dialog = CasesDialog(self._office, self._tasks, line.about, line.behind, self.window())
        dialog.case_asked.connect(self.case_asked)
        dialog.open()

    def _on_span(self) -> None:
        own = self.span.currentData() == OWN
        if not own:
            span = next(each for each in Span if each.value == self.span.currentData())
            period = reporting.period_of(span, clock.today())
            self.first.setText(words().date(period.first))
            self.last.setText(words().date(period.last))
        for line in (self.first, self.last):
            line.setReadOnly(not own)
        self.refresh()

    def _on_day(self, line: QLineEdit) -> None:
        if line.isModified():
            line.setModified(False)
            self.refresh()

    def _typed(self) -> tuple[Period, date]:
        first, last, as_of = (read_date(line.text()) for line in (self.first, self.last, self.as_of))
        if first is None or last is None or as_of is None:
            raise Unreadable(NO_DAY)
        return Period(first, last), as_of

    def _on_read(self, asked: int, facts: Facts) -> None:
        if asked == self._asked:
            self.facts, self._reads = facts, False
            self._set_ready(ready=True)
            self.section.show_facts(facts)

    def _on_begun(self, watch: Watch) -> None:
        self.stopped.hide()
        self.work.follow(watch, COUNTING)

    def _on_slow(self) -> None:
        """Take the numbers away that are no longer those asked for, before anybody reads them as such."""
        body, at = self.section.body, QApplication.focusWidget()
        if at is not None and body.isAncestorOf(at):
            self._left = at
            self.work.button.setFocus(Qt.FocusReason.OtherFocusReason)
        body.hide()

    def _on_shown(self) -> None:
        left, self._left = self._left, None
        if left is not None and QApplication.focusWidget() is self.work.button:
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rest()
        self.loaded.emit()

    def _on_cancelled(self) -> None:
        """Say that there are no numbers, and offer to count again. What comes late is not shown."""
        self._asked += 1
        self.section.give_up()
        if self._reads:
            self.facts, self._reads = None, False
            for section in (self.reoffending, self.indicators, self.pictures):
                section.give_up()
        self._left = None
        self.stopped.show()
        self.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_trouble(self, asked: int, error: Exception) -> None:
        if asked != self._asked:
            return
        self._reads = False
        self._on_failed(error)
        if self.facts is not None:
            self.section.body.show()
            self._set_ready(ready=True)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):  # by what was asked later, or by the end of the office: nobody waits for it
            return
        self._rest()
        if isinstance(error, Refusal | Trouble):
            self.say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _rest(self) -> None:
        """Keep the keyboard in the page when the button that stops goes away."""
        if QApplication.focusWidget() is self.work.button:
            self.span.setFocus(Qt.FocusReason.OtherFocusReason)
        self.work.rest()


def _day_line(name: str, parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setAccessibleName(tr(name))
    line.setFixedWidth(DAY_WIDTH)
    return line
