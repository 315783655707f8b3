"""Two hands at the real window: one that owns a keyboard alone, one that takes the mouse where it can.

What they do is counted as it arrives at the windows, by a filter before the whole program, not by the hands.
"""

from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from ui.editors.at_a_call import HappenedEditor
from ui.editors.choices import ComboEditor, RadioEditor, SegmentEditor
from ui.editors.field_editor import FieldEditor
from ui.editors.place import PlaceEditor
from ui.parts.menu_button import MenuButton
from ui.window import Window

KEYBOARD, MOUSE = "keyboard", "mouse"
PLAIN = Qt.KeyboardModifier.NoModifier
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
MOST_TABS = 400
NOTCH = QPoint(0, -120)


class Effort(NamedTuple):
    """What a task took. letters: of the worker's own words and figures; keys: all others, each of a chord.

    turns: of the wheel.
    """

    letters: int
    keys: int
    clicks: int
    turns: int

    @property
    def acts(self) -> int:
        """All but the words themselves."""
        return self.keys + self.clicks + self.turns


class Counter(QObject):
    """Counts keys, letters, clicks and turns of the wheel as they reach a window of the program.

    It is set before every window and what has the keyboard, not before the program as a whole: that would hand half
    made widgets to Python.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begin()

    def begin(self) -> None:
        self._letters = self._keys = self._clicks = self._turns = 0

    @property
    def effort(self) -> Effort:
        return Effort(self._letters, self._keys, self._clicks, self._turns)

    def listen(self) -> None:
        """Hear every window that there is by now, and what has the keyboard; called before each act of a hand."""
        here = QApplication.focusObject()
        for each in (*QApplication.allWindows(), *([here] if here is not None else ())):
            each.removeEventFilter(self)  # one that is heard already would be heard twice
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QInputMethodEvent):
            self._letters += len(event.commitString())
        elif isinstance(watched, QWindow):
            if kind is QEvent.Type.ShortcutOverride:  # comes once for each key, also for one that is a shortcut
                assert isinstance(event, QKeyEvent)
                if _is_letter(event):
                    self._letters += 1
                else:
                    self._keys += 1
            elif isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_unknown:
                self._keys += 1  # a Khmer letter that chooses in a list; it is no shortcut
            elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                self._clicks += 1
            elif kind is QEvent.Type.Wheel:
                self._turns += 1
        return False


def _is_letter(event: QKeyEvent) -> bool:
    typed_into = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
    return typed_into and event.text().isprintable() and bool(event.text()) and not event.modifiers() & HELD


def settle() -> None:
    """Let everything be built, laid out and thrown away that waits for it."""
    for _ in range(12):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Hand:
    """Does what a worker does. kind: KEYBOARD or MOUSE, who presses keys only to type and where nothing is clicked."""

    def __init__(self, kind: str, counter: Counter) -> None:
        self.kind, self._counter = kind, counter

    def press(self, keys: str, times: int = 1) -> None:
        """Press a key, or several at once such as Ctrl+N."""
        chord = QKeySequence(keys)[0]
        for _ in range(times):
            self._counter.listen()
            QTest.keyPress(_window(), chord.key(), chord.keyboardModifiers())
            QTest.keyRelease(_window(), chord.key(), chord.keyboardModifiers())  # what was pressed may be gone
            settle()

    def write(self, text: str) -> None:
        """Type where the keyboard is: figures and Latin letters by keys, Khmer by the input method."""
        for letter in text:
            self._counter.listen()
            if letter.isascii():
                QTest.keyPress(_window(), letter)
                QTest.keyRelease(_window(), letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(QApplication.focusWidget(), event)
        settle()

    def reach(self, widget: QWidget) -> None:
        """Give a widget the keyboard: by Tab or Shift+Tab, or by a click. Nothing where it has it."""
        if widget.hasFocus():
            return
        if self.kind == MOUSE:
            self.click(widget)
            return
        keys = "Shift+Tab" if _is_above(widget) else "Tab"
        for _ in range(MOST_TABS):
            self.press(keys)
            if widget.hasFocus():
                return
        raise AssertionError(f"{keys} does not lead to {widget.accessibleName()!r}")

    def sees(self, widget: QWidget) -> bool:
        """Return whether a widget can be clicked without turning the wheel; no keyboard can."""
        area = _area_of(widget)
        return self.kind == MOUSE and widget.isVisible() and (area is None or _is_in_view(widget, area))

    def act(self, button: QPushButton, keys: str = "") -> None:
        """Press a button: by its own keys where it has some."""
        if self.kind == MOUSE:
            self.click(button)
        elif keys:
            self.press(keys)
        else:
            self.reach(button)
            self.press("Return")

    def choose(self, button: MenuButton, label: str, keys: str = "") -> None:
        """Choose what a button's menu offers; keys: that open it."""
        self.act(button, keys)
        menu = button.menu_shown
        assert isinstance(menu, QMenu)
        actions = menu.actions()
        at = next(number for number, action in enumerate(actions) if action.text() == label)
        if self.kind == MOUSE:
            self.click_at(menu, menu.actionGeometry(actions[at]).center())
        else:
            self.press("Down", at)
            self.press("Return")

    def row(self, table: QAbstractItemView, at: int) -> None:
        """Open a row of a list."""
        self.mark(table, at)
        if self.kind == MOUSE:
            self._counter.listen()
            QTest.mouseDClick(table.window().windowHandle(), Qt.MouseButton.LeftButton, PLAIN, _place(table, at))
            settle()
        else:
            self.press("Return")

    def mark(self, table: QAbstractItemView, at: int) -> None:
        """Mark a row of a list."""
        if self.kind == MOUSE:
            table.scrollTo(table.model().index(at, 0))
            self._counter.listen()
            QTest.mouseClick(table.window().windowHandle(), Qt.MouseButton.LeftButton, PLAIN, _place(table, at))
            settle()
            return
        self.reach(table)
        now = table.currentIndex().row()
        for _ in range(abs(at - now)):
            if table.currentIndex().row() != at:
                self.press("Down" if at > now else "Up")

    def answer(self, editor: FieldEditor, answer: Any) -> None:
        """Answer a question: text as it is typed (with | between its boxes), a choice, "now", or "now 19:30"."""
        if isinstance(editor, HappenedEditor) and answer != "now":
            self.reach(editor.inputs()[0])  # where nothing else is typed, the time is that of today
            self.write(answer.removeprefix("now").strip())
        elif isinstance(answer, str) and answer.startswith("now"):
            boxes = editor.inputs()
            self.reach(boxes[0])
            self.press("Ctrl+;")
            if at := answer.removeprefix("now").strip():  # another time of day than now
                self.reach(boxes[1])
                if self.kind == MOUSE:
                    self.press("Ctrl+A")
                self.write(at)
        elif isinstance(editor, RadioEditor):
            self._radio(editor, answer)
        elif isinstance(editor, SegmentEditor):
            self._segment(editor, answer)
        elif isinstance(editor, ComboEditor):
            self._combo(editor, answer)
        else:
            boxes = [box for box in editor.inputs() if box.isVisible()]
            for box, text in zip(boxes, answer.split("|"), strict=False):
                if text:
                    self.reach(box)
                    self.write(text)
            if isinstance(editor, PlaceEditor) and editor.popup.isVisible():
                self.press("Return")

    def _radio(self, editor: RadioEditor, answer: Any) -> None:
        if self.kind == MOUSE:
            self.click(editor.buttons[answer])
            return
        buttons = list(editor.buttons.values())
        at = next(number for number, button in enumerate(buttons) if button.isChecked())
        self.reach(buttons[at])
        to = buttons.index(editor.buttons[answer])
        self.press("Right" if to > at else "Left", abs(to - at))

    def _segment(self, editor: SegmentEditor, answer: Any) -> None:
        if self.kind == MOUSE:
            self.click(editor.buttons[answer])
            return
        self.reach(next(iter(editor.buttons.values())))
        self.press("Right", 1 + list(editor.buttons).index(answer))

    def _combo(self, editor: ComboEditor, answer: Any) -> None:
        to, combo = editor.choices.index(answer), editor.combo
        if self.kind == MOUSE:
            self.click(combo)
            view = combo.view()
            index = combo.model().index(to, 0)
            view.scrollTo(index)
            self.click_at(view.viewport(), view.visualRect(index).center())
        else:
            self.reach(combo)
            begins, steps = _shortest_beginning(combo, to), abs(to - combo.currentIndex())
            if begins and len(begins) < steps:
                for letter in begins:
                    self._counter.listen()
                    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, PLAIN, letter)
                    QApplication.sendEvent(_window(), event)
                settle()
            else:
                self.press("Down" if to > combo.currentIndex() else "Up", steps)
        assert combo.currentIndex() == to

    def click(self, widget: QWidget) -> None:
        """Click on a widget; what is not on the screen is scrolled to first, a notch of the wheel at a time."""
        area = _area_of(widget)
        while area is not None and not _is_in_view(widget, area):
            down = widget.mapTo(area.viewport(), QPoint(0, 0)).y() > 0
            middle = area.viewport().mapTo(area.window(), area.viewport().rect().center())
            turn = NOTCH if down else -NOTCH
            before = area.verticalScrollBar().value()
            self._counter.listen()
            _turn(area.window().windowHandle(), middle, turn)
            if area.verticalScrollBar().value() == before:
                area.ensureWidgetVisible(widget)
                break
        place = widget.rect().center()
        if isinstance(widget, QRadioButton):
            place.setX(10)
        self.click_at(widget, place)

    def click_at(self, widget: QWidget, place: QPoint) -> None:
        """Click on a point of a widget."""
        if QApplication.activePopupWidget() is None:
            _window()
        window = widget.window()
        self._counter.listen()
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, PLAIN, widget.mapTo(window, place))
        settle()


def _window() -> QWindow:
    """Return where a key arrives; a menu or list that is open gets it from there."""
    at = QApplication.activeModalWidget() or QApplication.activeWindow()
    if at is None or not at.isVisible():  # without a screen no window takes over from a list that is closed
        at = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window))
        at.activateWindow()
        settle()
    return at.window().windowHandle()


def _turn(window: QWindow, place: QPoint, by: QPoint) -> None:
    event = QWheelEvent(
        QPointF(place), QPointF(window.mapToGlobal(place)), QPoint(), by, Qt.MouseButton.NoButton, PLAIN,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(window, event)
    settle()


def _is_above(widget: QWidget) -> bool:
    """Return whether a widget stands above what has the keyboard, so that a worker goes back to it.

    What stands at the right on the same page comes after: its columns are gone through one after the other.

    Qt's own way from stop to stop is not asked: PySide takes what it answers for children of what was asked.
    """
    at = QApplication.focusWidget()
    if at is not None and _area_of(at) is not None and _area_of(at) is _area_of(widget):
        edge = at.mapToGlobal(QPoint(at.width(), 0)).x()
        if widget.mapToGlobal(QPoint(0, 0)).x() >= edge:
            return False
    return at is not None and _top(widget) < _top(at) and at.height() < at.window().height() // 2


def _top(widget: QWidget) -> int:
    return widget.mapToGlobal(QPoint(0, 0)).y()


def _shortest_beginning(combo: QComboBox, to: int) -> str:
    """Return the fewest letters that lead from the answer that is chosen to another; none where no letters do."""
    texts = [combo.itemText(at) for at in range(combo.count())]
    after = [*texts[combo.currentIndex() + 1 :], *texts[: combo.currentIndex() + 1]]
    for length in range(1, len(texts[to])):
        begins = texts[to][:length]
        if next(text for text in after if text.startswith(begins)) == texts[to]:
            return begins
    return ""


def _place(table: QAbstractItemView, at: int) -> QPoint:
    return table.viewport().mapTo(table.window(), table.visualRect(table.model().index(at, 0)).center())


def _area_of(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def _is_in_view(widget: QWidget, area: QScrollArea) -> bool:
    top = widget.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + min(widget.height(), 40) <= area.viewport().height()


__all__ = ["KEYBOARD", "MOUSE", "Counter", "Effort", "Hand", "QComboBox", "settle"]
