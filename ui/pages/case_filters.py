"""The filters above the list of cases: a button for each, which says what is chosen, and what is asked behind it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPushButton, QScrollArea, QStyle, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services import case_list
from casemgr.services.case_list import PLACE, STATUS, WORKER, CaseFilter, CaseView, Option
from casemgr.services.office import Office
from ui.pages.place_filter import PlaceChoice
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import MARGIN, WIDTH, CalmDialog
from ui.parts.flow import FlowLayout
from ui.parts.gathered import Gathered
from ui.parts.menu_button import MenuButton
from ui.tasks import Tasks
from ui.words import in_lines, tr, words

FILTERS, CASES = N_("Filters"), N_("Cases")
CHOSEN = N_("{filter}: {choices}")
CLEAR, CLEAR_HINT = N_("Clear filters"), N_("Show the open cases again, without filters")
SHOW, CANCEL, NOTHING = N_("Show"), N_("Cancel"), N_("Choose none")
FITTING = N_("{n} of {all} cases fit")
CHOOSE = N_("Choose one or several; a case fits that has any of them.")
WIDEST = 300
TALLEST = 340
RIGHT = 8
PAUSE = 150

Names = Mapping[str, tuple[str, str]]
"""The staff of the office by identity: the name in Khmer and in Latin letters."""


class FilterButton(MenuButton):
    """Says what one filter is set to; pressed, it asks."""

    asked = Signal()

    def __init__(self, known: CaseFilter, parent: QWidget) -> None:
        """Begin with nothing chosen."""
        super().__init__(tr(known.label), (), tr(FILTERS), parent)
        self.known = known
        self.show_chosen("")

    def open_menu(self) -> None:
        """Ask for the choices."""
        self.asked.emit()

    def show_chosen(self, choices: str) -> None:
        """Say what is chosen, empty for nothing."""
        label = tr(self.known.label)
        said = tr(CHOSEN, filter=label, choices=choices) if choices else label
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(said, Qt.TextElideMode.ElideRight, WIDEST))
        self.setToolTip(said)
        self.setAccessibleName(f"{tr(FILTERS)}: {said}")
        self.setProperty("state", "chosen" if choices else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()


class FilterBar(QWidget):
    """The buttons of all filters but the status, and one that clears them."""

    changed = Signal(object)
    """The worker chose other filters (CaseView)."""
    cleared = Signal()
    """The worker took all filters away."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget) -> None:
        """Show the filters this account may use."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.view = CaseView()
        self.search: Callable[[], str] = str
        self.named: Names = {}
        self.buttons: dict[str, FilterButton] = {}
        flow = FlowLayout(self, gap=6, line_gap=6)
        for known in case_list.filters_offered(office):
            if known.key != STATUS:
                button = FilterButton(known, self)
                button.asked.connect(partial(self.ask, known.key))
                self.buttons[known.key] = button
                flow.addWidget(button)
        self.clear_button = QPushButton(tr(CLEAR), self)
        self.clear_button.setProperty("role", "quiet")
        self.clear_button.setToolTip(tr(CLEAR_HINT))
        self.clear_button.setAccessibleDescription(tr(CLEAR_HINT))
        self.clear_button.clicked.connect(self.clear)
        flow.addWidget(self.clear_button)
        self.menu = Gathered(tr(FILTERS), self.buttons.values(), tr(CASES), self, stays=self._is_chosen)
        self._is_low = False
        self.show_view(self.view)

    def gather(self, *, is_low: bool) -> None:
        """Let a menu offer the filters of which nothing is chosen, where a low window has no room for all of them."""
        self._is_low = is_low
        self.menu.gather(is_low=False)
        if is_low:
            self.menu.gather(is_low=True)
        self.setVisible(not is_low or not self.clear_button.isHidden())

    def _is_chosen(self, button: QPushButton) -> bool:
        return any(each is button and self.view.chosen.get(key) for key, each in self.buttons.items())

    def show_view(self, view: CaseView) -> None:
        """Say what is chosen in a view, without telling of it."""
        self.view = view
        for key, button in self.buttons.items():
            codes = view.chosen.get(key, ())
            button.show_chosen(case_list.choices_said(button.known, codes, words(), self.named) if codes else "")
        self.clear_button.setVisible(bool(view.chosen.keys() - {STATUS}))
        self.gather(is_low=self._is_low)

    def name_workers(self, named: Names) -> None:
        """Know what the staff is called."""
        self.named = named
        self.show_view(self.view)

    def ask(self, key: str) -> None:
        """Ask for the choices of one filter."""
        known = self.buttons[key].known
        kind = PlaceDialog if key == PLACE else ChoicesDialog
        dialog = kind(self._office, self._tasks, known, self.view, self.search(), self.named, self.window())
        dialog.chosen.connect(partial(self._on_chosen, key))
        dialog.open()

    def clear(self) -> None:
        """Take all filters away, and show the open cases."""
        self.cleared.emit()
        self.changed.emit(CaseView(columns=self.view.columns, order=self.view.order))
        self.menu.focus(next(iter(self.buttons.values())))

    def _on_chosen(self, key: str, codes: tuple[str, ...]) -> None:
        self.changed.emit(self.view.choosing(key, codes))
        self.menu.focus(self.buttons[key])


class FilterDialog(CalmDialog):
    """Asks for the choices of one filter, and says at once how many cases would fit."""

    chosen = Signal(tuple)
    """The codes that are chosen."""

    def __init__(
        self, office: Office, tasks: Tasks, known: CaseFilter, view: CaseView, search: str, named: Names,
        parent: QWidget,
    ) -> None:  # fmt: skip
        """view, search: what the list is narrowed to now. named: the staff."""
        super().__init__(tr(known.label), parent)
        self.known, self._office, self._tasks, self._view, self._search = known, office, tasks, view, search
        self._asked = 0
        if known.help:
            self.column.addWidget(text_label(tr(known.help), "help"))
        self.column.addWidget(text_label(tr(CHOOSE), "help"))
        first = self.build(view.chosen.get(known.key, ()), named)
        self.count = QLabel("", self)
        self.count.setProperty("role", "answer")
        self.column.addWidget(self.count)
        self.column.addStretch()
        self.show_button, self.none_button, cancel = (
            QPushButton(tr(label), self) for label in (SHOW, NOTHING, CANCEL)
        )  # fmt: skip
        make_primary(self.show_button)
        self.show_button.clicked.connect(self._show)
        self.none_button.clicked.connect(self.choose_none)
        cancel.clicked.connect(self.reject)
        self.add_exits(self.show_button, self.none_button, cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.reckon)
        self.reckon()
        first.setFocus()

    def build(self, codes: Iterable[str], named: Names) -> QWidget:
        """Put what is asked into self.column, these chosen; return what has the keyboard first."""
        raise NotImplementedError

    def codes(self) -> tuple[str, ...]:
        """Return what is chosen now."""
        raise NotImplementedError

    def choose_none(self) -> None:
        """Take every choice back."""
        raise NotImplementedError

    def on_choice(self) -> None:
        """Count in a moment what fits now."""
        self._timer.start()

    def reckon(self) -> None:
        """Count what fits now."""
        self._timer.stop()
        self._asked += 1
        office, view, search = self._office, self._view.choosing(self.known.key, self.codes()), self._search
        self._tasks.run(lambda: case_list.count(office, view, search), partial(self._on_count, self._asked))

    def _on_count(self, asked: int, counted: case_list.Counted) -> None:
        if asked == self._asked:
            fitting, every = words().number(counted.fitting), words().number(counted.all)
            self.count.setText(tr(FITTING, n=fitting, all=every))

    def _show(self) -> None:
        codes = self.codes()
        self.accept()
        self.chosen.emit(codes)


class ChoicesDialog(FilterDialog):
    """Answers to be ticked. The arrow keys go from one to the next."""

    def build(self, codes: Iterable[str], named: Names) -> QWidget:
        """Offer all choices."""
        self.boxes: dict[str, QCheckBox] = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, RIGHT, 0)
        column.setSpacing(6)
        wanted = set(codes)
        for code, label in [*self._staff(named), *self.known.options(words())]:
            box = _box(label, body)
            box.setChecked(code in wanted)
            box.toggled.connect(self.on_choice)
            column.addWidget(box)
            self.boxes[code] = box
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        area.setFixedHeight(min(body.sizeHint().height() + 8, TALLEST))
        self.column.addWidget(area)
        return next((box for box in self.boxes.values() if box.isChecked()), next(iter(self.boxes.values())))

    def codes(self) -> tuple[str, ...]:
        """Return what is ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def choose_none(self) -> None:
        """Take every tick away."""
        for box in self.boxes.values():
            box.setChecked(False)

    def _staff(self, named: Names) -> list[Option]:
        khmer = words().language == "km"
        return [Option(code, names[not khmer]) for code, names in named.items()] if self.known.key == WORKER else []


def _box(label: str, parent: QWidget) -> QCheckBox:
    """Return a box to tick whose label goes on in further lines where it is wider than the dialog."""
    box = QCheckBox(label, parent)
    box.setAccessibleName(label)
    box.ensurePolished()
    metrics = box.fontMetrics()
    bar = box.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    around = box.sizeHint().width() - metrics.horizontalAdvance(label)
    box.setText(in_lines(label, metrics.horizontalAdvance, WIDTH - 2 * MARGIN - RIGHT - bar - around))
    return box


class PlaceDialog(FilterDialog):
    """Places, from the province down."""

    def build(self, codes: Iterable[str], _named: Names) -> QWidget:
        """Offer the provinces."""
        none = self.known.none
        self.place = PlaceChoice(tuple(codes), deep=self._office.knows_names, none=tr(none) if none else "")
        self.place.changed.connect(self.on_choice)
        self.column.addWidget(self.place)
        return self.place.combos[0]

    def codes(self) -> tuple[str, ...]:
        """Return the places that are listed, and the one that is chosen above."""
        return self.place.codes()

    def choose_none(self) -> None:
        """Take every place away."""
        self.place.clear()
