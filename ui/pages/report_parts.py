"""The sections of the page of reports: reoffending, indicators, pictures."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.measures.chart_kinds import curve_chart, lengths_chart, stages_chart
from casemgr.measures.charts import Chart
from casemgr.measures.cohort import LEVELS
from casemgr.measures.cohort_tables import COHORT_GROUPINGS
from casemgr.measures.grounds import Ground
from casemgr.measures.group_curves import chosen, group_curves_chart, notes
from casemgr.measures.groups import Grouping
from casemgr.measures.indicators.justice import time_before_sentence
from casemgr.measures.indicators.tables import GROUPINGS
from casemgr.measures.indicators.values import Length
from casemgr.measures.reoffending import WINDOWS
from casemgr.measures.sentences import CAVEATS, LEVEL_TITLES, said_of_estimate, said_of_window, said_over_time
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.records.case import ProcessStage
from casemgr.services import measuring
from casemgr.services.measuring import Measured, Reoffending
from casemgr.services.reporting import Facts
from ui.editors.choices import StillCombo
from ui.pages import report_figures
from ui.pages.figures import FigureLine, Figures
from ui.parts.card import Card, empty, selectable, text_label
from ui.parts.chart import ChartPart
from ui.parts.flow import FlowLayout
from ui.parts.toggle import Toggle
from ui.tasks import Tasks, Watch
from ui.words import tr, words

LEVEL, BY, TOGETHER = N_("How far it went"), N_("Split by"), N_("All children together")
LEVEL_BUTTONS = {"R1": N_("Police or more"), "R3": N_("Guilt, diversion or more"), "R4": N_("Detention order")}
WINDOWS_NAME, INDICATORS_NAME = N_("Reoffending within fixed times"), N_("Indicators of the period")
SAID, KNOW = N_("In words"), N_("What these numbers are not")
CURVE, NO_CURVE = N_("Over time"), N_("Too few children were followed for a picture.")
BY_GROUPS = N_("Over time, by groups")
LIST, LISTS = N_("Which indicators"), {"justice": N_("UNICEF and UNODC"), "service": N_("Our service")}
HINT = N_("Enter, or a double click, shows the cases behind a line.")
NO_PICTURE = N_("There is nothing to draw for this period.")
STAGES_NOTE = N_("The cases stand here as they do today.")
BESIDE = N_(
    "Counted apart, in children. Nothing known since: {unreached}. Offence committed before: {before}. Suspected and "
    "released: {suspected}. Level not known: {unclear}. Plan or measure broken: {breached}."
)

Question = Callable[[Progress, Cancelled], Any]
"""What reckons an answer: told how to say how far it is, and how to ask whether it is still wanted."""


class Section(QWidget):
    """A section: it reckons from facts that were read, beside the window's thread, and shows what came out."""

    behind_asked = Signal(object)
    """The worker wants the cases behind this line (FigureLine)."""
    begun = Signal(object)
    """Something is being reckoned from now on (Watch)."""
    shown = Signal()
    failed = Signal(object)
    """It could not be reckoned (the exception)."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Have no facts yet."""
        super().__init__(parent)
        self._tasks = tasks
        self.facts: Facts | None = None
        self.body = QWidget(self)
        """All that comes out of the reckoning; what is chosen stands above it."""
        self._asked = 0  # counts what was asked: a late answer of an earlier question is not shown

    def show_facts(self, facts: Facts) -> None:
        """Reckon from these facts from now on."""
        self.facts = facts
        self.reckon()

    def reckon(self) -> None:
        """Reckon what is chosen, and show it."""
        if self.facts is not None:
            self._asked += 1
            watch = Watch()
            self.begun.emit(watch)
            self._tasks.run_watched(
                watch, self.question(self.facts), partial(self._on_reckoned, self._asked),
                partial(self._on_failed, self._asked),
            )  # fmt: skip

    def give_up(self) -> None:
        """Show nothing, and wait to be asked again: what was being reckoned is not wanted."""
        self._asked += 1
        self.facts = None
        self.body.hide()

    def let_go(self) -> None:
        """Let go of what was read, and of what was counted from it."""
        self.facts = None
        for table in self.findChildren(Figures):
            table.let_go()

    def question(self, facts: Facts) -> Question:
        """Return what is to be reckoned beside the window's thread, as the section stands now."""
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Show what came out."""
        raise NotImplementedError

    def _on_reckoned(self, asked: int, answer: Any) -> None:
        if asked == self._asked:
            self.show_answer(answer)
            self.body.show()
            self.shown.emit()

    def _on_failed(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self.give_up()
            self.failed.emit(error)

    def _open(self, table: Figures, at: int) -> None:
        line: FigureLine = table.figures.lines[at]
        if line.behind:
            self.behind_asked.emit(line)


class ReoffendingSection(Section):
    """The windows, the sentences and the curve, at one level and by one grouping."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Begin with the widest level and all children together."""
        super().__init__(tasks, parent)
        self.level = Toggle(LEVEL, LEVEL_BUTTONS, self)
        self.level.chosen.connect(lambda _: self.reckon())
        self.by = grouping_box(COHORT_GROUPINGS, self)
        self.by.currentIndexChanged.connect(lambda _: self.reckon())
        self.table = Figures(
            tr(WINDOWS_NAME), tuple(map(tr, report_figures.WINDOW_HEADS)), report_figures.WINDOW_SHARES, self,
            least=report_figures.WINDOW_LEAST, tall=True,
        )  # fmt: skip
        self.table.opened.connect(partial(self._open, self.table))
        self.title = text_label("", "question")
        self.said = Card(tr(SAID))
        self.words_said = selectable(text_label("", "answer"))
        self.said.add(self.words_said)
        self.curve = Card(tr(CURVE))
        self.groups = Card(tr(BY_GROUPS))
        self.group_chart: ChartPart | None = None
        self.know = Card(tr(KNOW))
        for line in CAVEATS:
            self.know.add(text_label(tr(line), "answer"))
        self.chart: ChartPart | None = None
        column = scrolled(self, self.body, tools(self.level, self.by))
        for widget in (self.title, self.table, text_label(tr(HINT), "help"), self.said, self.curve, self.groups,
                       self.know):  # fmt: skip
            column.addWidget(widget)
        column.addStretch()

    def question(self, facts: Facts) -> Question:
        """Return the reoffending at the level and by the grouping that are chosen."""
        level = LEVELS[list(LEVEL_BUTTONS).index(self.level.value)]
        grouping = measuring.cohort_grouping(self.by.currentData())
        members, as_of = facts.rows.members, facts.as_of
        return lambda progress, cancelled: measuring.reoffending_of(
            members, as_of, grouping=grouping, level=level, progress=progress, cancelled=cancelled
        )

    def show_answer(self, answer: Reoffending) -> None:
        """Show it."""
        self.title.setText(tr(LEVEL_TITLES[answer.level]))
        self.table.show_lines(report_figures.window_lines(answer, words()))
        self.words_said.setText("\n".join(sentences(answer)))
        self.chart = self._draw(self.curve, curve_chart(answer.curve, answer.level, words()), (tr(NO_CURVE),))
        chart = group_curves_chart(answer.curves, answer.grouping, answer.level, words())
        why = (tr(NO_CURVE), *notes(chosen(answer.curves), answer.grouping, words()))
        self.group_chart = self._draw(self.groups, chart, why)
        self.groups.setVisible(bool(answer.curves))

    def _draw(self, card: Card, chart: Chart | None, why_not: Sequence[str]) -> ChartPart | None:
        """Put a chart into a card in place of the one before; where there is none, say why."""
        while card.column.count() > 1:
            item = card.column.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        part = ChartPart(chart) if chart is not None else None
        for widget in [part] if part else [text_label(line, "help") for line in why_not]:
            card.add(widget)
        return part


def sentences(found: Reoffending) -> list[str]:
    """Return what the numbers say, in the screen's language, a line for each."""
    language = words()
    said = [
        " ".join(said_of_window(table.total, language))
        for table in found.tables
        if table.total is not None and table.total.followed
    ]
    if found.curve.observed:
        said += [
            said_of_estimate(estimate, window, found.curve.observed, language)
            for window, estimate in zip(WINDOWS, found.estimates, strict=True)
            if estimate is not None
        ]
    said.append(said_over_time(found.over_time, language))
    slots = {name: language.number(n) for name, n in found.beside._asdict().items() if name != "indexed"}
    return [*said, tr(BESIDE, **slots)]


class IndicatorSection(Section):
    """The indicators of one list, by one grouping."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Begin with those of UNICEF and UNODC, not split."""
        super().__init__(tasks, parent)
        self.which = Toggle(LIST, LISTS, self)
        self.which.chosen.connect(lambda _: self._show())
        self.by = grouping_box(GROUPINGS, self)
        self.by.currentIndexChanged.connect(lambda _: self.reckon())
        self.meaning = text_label("", "help")
        self.meaning.hide()
        self.table = Figures(
            tr(INDICATORS_NAME), tuple(map(tr, report_figures.INDICATOR_HEADS)), report_figures.INDICATOR_SHARES, self,
            least=report_figures.INDICATOR_LEAST,
        )  # fmt: skip
        self.table.opened.connect(partial(self._open, self.table))
        self.measured: list[Measured] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(tools(self.which, self.by))
        outer.addWidget(self.body, 1)
        outer.addStretch()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.meaning)
        column.addWidget(self.table, 1)
        column.addWidget(text_label(tr(HINT), "help"))

    def question(self, facts: Facts) -> Question:
        """Return all indicators by the grouping that is chosen."""
        grouping = measuring.case_grouping(self.by.currentData())
        return lambda progress, cancelled: measuring.indicators_of(
            facts.rows, facts.period, grouping=grouping, progress=progress, cancelled=cancelled
        )

    def show_answer(self, answer: list[Measured]) -> None:
        """Show those of the list that is chosen."""
        self.measured = answer
        ground = next((each for each in Ground if each.value == self.by.currentData()), None)
        self.meaning.setText(tr(ground.meaning) if ground else "")
        self.meaning.setVisible(ground is not None)
        self._show()

    def let_go(self) -> None:
        """Let go of the indicators too."""
        super().let_go()
        self.measured = []

    def _show(self) -> None:
        chosen = report_figures.chosen_of(self.measured, of_justice=self.which.value == "justice")
        self.table.show_lines(report_figures.indicator_lines(chosen, words()))


class Drawn(NamedTuple):
    """What the pictures are drawn from."""

    stages: tuple[tuple[ProcessStage | None, int], ...]
    held: tuple[Length, ...]


class PictureSection(Section):
    """Where the open cases are, and how long children were in pre-trial detention."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(tasks, parent)
        self.charts: list[ChartPart] = []
        self._column = scrolled(self, self.body)

    def question(self, facts: Facts) -> Question:
        """Return the counts and the lengths."""

        def reckon(_progress: Progress, cancelled: Cancelled) -> Drawn:
            order = [*ProcessStage, None]
            counts = tuple((stage, n) for stage in order if (n := facts.stages.count(stage)))
            rows = facts.rows.watched(Pace(cancelled=cancelled))
            return Drawn(counts, tuple(time_before_sentence(rows, facts.period)))

        return reckon

    def show_answer(self, answer: Drawn) -> None:
        """Draw them."""
        empty(self._column)
        found = (stages_chart(answer.stages, words()), lengths_chart(answer.held, words()))
        notes = (STAGES_NOTE, "")
        self.charts = []
        for chart, note in zip(found, notes, strict=True):
            if chart is not None:
                self._column.addWidget(self._card(chart, note))
        if not self.charts:
            self._column.addWidget(text_label(tr(NO_PICTURE), "help"))
        self._column.addStretch()

    def _card(self, chart: Chart, note: str) -> Card:
        card = Card(chart.title)
        part = ChartPart(chart)
        self.charts.append(part)
        card.add(part)
        if note:
            card.add(text_label(tr(note), "help"))
        return card


def scrolled(section: QWidget, body: QWidget, above: QWidget | None = None) -> QVBoxLayout:
    """Let a section scroll: body, below what is chosen above it. Return the column of the body."""
    area = QScrollArea(section)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = QWidget()
    both = QVBoxLayout(holder)
    both.setContentsMargins(0, 0, 8, 0)
    both.setSpacing(12)
    if above is not None:
        both.addWidget(above)
    both.addWidget(body, 1)
    both.addStretch()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    area.setWidget(holder)
    outer = QVBoxLayout(section)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    return column


def grouping_box(groupings: Sequence[Grouping[Any]], parent: QWidget) -> QComboBox:
    """Return the choice of how to split, with not splitting at its top."""
    box = StillCombo(parent)
    box.setAccessibleName(tr(BY))
    box.addItem(tr(TOGETHER), None)
    for grouping in groupings:
        box.addItem(tr(grouping.title), grouping.key)
    return box


def tools(*widgets: QWidget) -> QWidget:
    """Return widgets side by side, going on in the next line where they do not fit."""
    holder = QWidget()
    flow = FlowLayout(holder, gap=16, line_gap=8)
    for widget in widgets:
        if isinstance(widget, QComboBox):
            label = QLabel(tr(BY))
            label.setBuddy(widget)
            label.setMinimumHeight(widget.sizeHint().height())
            flow.addWidget(label)
        flow.addWidget(widget)
    return holder
