"""Editors of coded answers. No answer yet is shown as a dash, and can be returned to."""

from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QHBoxLayout, QPushButton, QRadioButton, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.fields import Choice, FieldInfo
from ui.editors.field_editor import FieldEditor
from ui.editors.said import NOTHING
from ui.parts.flow import ColumnsLayout, FlowLayout

NO_ANSWER = N_("No answer yet")
AROUND, WIDEST_LIST = 40, 640
"""Pixels: what a list has beside its answers, and how wide it may become where they are wider than the box."""
_ON, _BACK = (Qt.Key.Key_Right, Qt.Key.Key_Down), (Qt.Key.Key_Left, Qt.Key.Key_Up)
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
)  # fmt: skip


def offered(info: FieldInfo) -> list[Choice]:
    """Return the answers that may be chosen anew."""
    return [choice for choice in info.choices or () if not choice.retired]


def few_and_short(info: FieldInfo) -> bool:
    """Return whether the answers are so few and short that all are seen at once, in a line or two."""
    choices = offered(info)
    return len(choices) <= 6 and sum(len(choice.label) + 4 for choice in choices) <= 112


class RadioEditor(FieldEditor):
    """One of a few short answers."""

    wide = beside = True

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show all answers, none of them chosen."""
        super().__init__(info, words, parent)
        self.group = QButtonGroup(self)
        self.flow = FlowLayout(self, gap=12, line_gap=4)
        self.buttons: dict[Choice | None, QRadioButton] = {}
        self._add(None, NOTHING).setToolTip(words.text(NO_ANSWER))
        for choice in offered(info):
            self._add(choice, words.text(choice.label))
        self._by_arrow = False
        self.group.buttonClicked.connect(self._on_clicked)
        self.group.buttonToggled.connect(self._mind_tab)
        self.buttons[None].setChecked(True)

    def value(self) -> Choice | None:
        """Return the chosen answer."""
        return next((choice for choice, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, value: Choice | None) -> None:
        """Choose an answer; one that is offered no more is shown all the same."""
        if value not in self.buttons and value is not None:
            self._add(value, self.words.text(value.label))
        self.buttons[value].setChecked(True)

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the buttons."""
        return tuple(self.buttons.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys go through the answers in their order, also where they stand in two lines."""
        if event.type() is QEvent.Type.KeyPress and (step := _step(cast("QKeyEvent", event))):
            buttons = list(self.buttons.values())
            at = next(place for place, button in enumerate(buttons) if button is watched)
            if 0 <= (to := at + step) < len(buttons):
                buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
                self._by_arrow = True  # on its way to another answer, perhaps
                buttons[to].click()
                self._by_arrow = False
            return True
        return super().eventFilter(watched, event)

    def _on_clicked(self) -> None:
        self.changed.emit()
        if not self._by_arrow:
            self.chosen.emit()

    def _mind_tab(self) -> None:
        """Let the Tab key stop at the chosen answer alone; the arrow keys go on from there."""
        for button in self.buttons.values():
            stops = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stops)

    def _add(self, choice: Choice | None, label: str) -> QRadioButton:
        button = QRadioButton(label, self)
        button.installEventFilter(self)
        self.group.addButton(button)
        self.flow.addWidget(button)
        self.buttons[choice] = button
        return button


def _step(event: QKeyEvent) -> int:
    """Return how many answers on an arrow key leads; 0 for any other key."""
    if event.modifiers() & _HELD:
        return 0
    return (event.key() in _ON) - (event.key() in _BACK)


class SegmentEditor(FieldEditor):
    """One of very few answers, as buttons beside each other. What is pressed again is taken back."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show all answers, none of them chosen."""
        super().__init__(info, words, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.buttons: dict[Choice, QPushButton] = {}
        for choice in offered(info):
            button = self.buttons[choice] = QPushButton(words.text(choice.label), self)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.installEventFilter(self)
            button.clicked.connect(partial(self._on_clicked, choice))
            row.addWidget(button)
        row.addStretch()
        self._mind_tab()

    def value(self) -> Choice | None:
        """Return the chosen answer."""
        return next((choice for choice, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, value: Choice | None) -> None:
        """Choose an answer, or none."""
        for choice, button in self.buttons.items():
            button.setChecked(choice is value)
        self._mind_tab()

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the buttons."""
        return tuple(self.buttons.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys go through the answers; while there is none, the first of them chooses where it is."""
        if event.type() is QEvent.Type.KeyPress and (step := _step(cast("QKeyEvent", event))):
            choices = list(self.buttons)
            at = choices.index(next(choice for choice, button in self.buttons.items() if button is watched))
            to = at + (step if self.value() is not None else 0)
            if 0 <= to < len(choices):
                self.set_value(choices[to])
                self.buttons[choices[to]].setFocus(Qt.FocusReason.TabFocusReason)
                self.changed.emit()
            return True
        return super().eventFilter(watched, event)

    def _on_clicked(self, choice: Choice) -> None:
        is_chosen = self.buttons[choice].isChecked()
        self.set_value(choice if is_chosen else None)
        self.changed.emit()
        if is_chosen:
            self.chosen.emit()

    def _mind_tab(self) -> None:
        """Let the Tab key stop at the chosen answer alone, at the first while there is none."""
        stop = self.value() or next(iter(self.buttons))
        for choice, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if choice is stop else Qt.FocusPolicy.ClickFocus)


class StillCombo(QComboBox):
    """A drop-down list that the mouse wheel neither changes nor enters while the page is scrolled over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show an empty list."""
        super().__init__(parent)
        self.was_open = False  # whether the list dropped down since the last key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def showPopup(self) -> None:
        """Show every answer whole; remember that what is chosen next is chosen from the open list."""
        self.was_open = True
        view = self.view()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + AROUND, WIDEST_LIST))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Forget it: a key in the closed list leads through its answers."""
        self.was_open = False
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class ComboEditor(FieldEditor):
    """One of many answers."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show a closed list with nothing chosen."""
        super().__init__(info, words, parent)
        self.combo = StillCombo(self)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(18)
        self.combo.setMaxVisibleItems(14)
        self.choices: list[Choice | None] = [None]
        self.combo.addItem(NOTHING)
        for choice in offered(info):
            self._add(choice)
        self.combo.activated.connect(self._on_activated)
        self.combo.currentTextChanged.connect(self._tell_whole)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)

    def value(self) -> Choice | None:
        """Return the chosen answer."""
        return self.choices[self.combo.currentIndex()]

    def set_value(self, value: Choice | None) -> None:
        """Choose an answer; one that is offered no more is shown all the same."""
        if value not in self.choices and value is not None:
            self._add(value)
        self.combo.setCurrentIndex(self.choices.index(value))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the list."""
        return (self.combo,)

    def _tell_whole(self, answer: str) -> None:
        """Say an answer that is longer than its box where the pointer rests."""
        self.combo.setToolTip("" if answer == NOTHING else answer)

    def _on_activated(self) -> None:
        self.changed.emit()
        if self.combo.was_open:
            self.chosen.emit()

    def _add(self, choice: Choice) -> None:
        self.choices.append(choice)
        self.combo.addItem(self.words.text(choice.label))


class ChoicesEditor(FieldEditor):
    """Any number of answers, as boxes to tick, in as many columns as fit."""

    wide = True

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show all answers, none of them ticked."""
        super().__init__(info, words, parent)
        labels = [words.text(choice.label) for choice in offered(info)]
        longest = max((self.fontMetrics().horizontalAdvance(label) for label in labels), default=0)
        self.columns = ColumnsLayout(1 if longest > 380 else 2 if longest > 230 else 3, self)
        self.boxes: dict[Choice, QCheckBox] = {}
        for choice in offered(info):
            self._add(choice)

    def value(self) -> Any:
        """Return the ticked answers in the order of their declaration."""
        return tuple(choice for choice, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick these answers and no others; one that is offered no more is shown all the same."""
        for choice in value or ():
            if choice not in self.boxes:
                self._add(choice)
        for choice, box in self.boxes.items():
            box.setChecked(choice in (value or ()))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the boxes."""
        return tuple(self.boxes.values())

    def _add(self, choice: Choice) -> None:
        box = QCheckBox(self.words.text(choice.label), self)
        box.clicked.connect(self.changed)
        self.columns.addWidget(box)
        self.boxes[choice] = box
