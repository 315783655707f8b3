"""What is seldom looked at: behind a button that says how much of it there is, built when first wanted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.icons import icon
from ui.parts.slices import Slices
from ui.theme import COLOURS
from ui.words import tr, words

SHOW_ALL, FEWER = N_("Show all {count}"), N_("Show fewer")
MOST = 5
"""So many lines of a card stand open; more are folded."""
AT_ONCE = 6
"""So many of what is folded are built as the worker opens it, about as many as are then seen."""
Item = TypeVar("Item")


class Fold(QWidget):
    """Shows and hides what build makes: the first of it at once, the rest whenever the window has nothing to do."""

    opened = Signal(bool)

    def __init__(
        self, label: str, build: Callable[[], Iterable[QWidget]], about: str, *, is_open: bool = False,
        waits: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Take what the button says while it is folded, and what it is about, for screen readers.

        waits: whoever makes a fold that is open builds what is in it, with build_more.
        """
        super().__init__(parent)
        self._label, self._build, self._about = label, build, about
        self.button = QPushButton(self)
        self.button.setProperty("role", "link")
        self.button.clicked.connect(self._turn)
        self._body: QWidget | None = None
        self._last: QWidget = self.button  # what Tab comes to last of what is built
        self._slices = Slices(self)
        self.is_open = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self.button)
        self._say()
        if is_open:
            self._open(0, waits=waits)

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide what is folded."""
        if is_open:
            self._open(AT_ONCE)
        else:
            self.is_open = False
            if self._body is not None:
                self._body.hide()
            self._say()
        self.opened.emit(is_open)

    def build_more(self) -> bool:
        """Build the next of what is folded, where it was opened; return False where all is built."""
        return self._slices.more()

    def _open(self, most: int, *, waits: bool = False) -> None:
        """Show what is folded; where it was never built, build so many of it at once."""
        self.is_open = True
        if self._body is None:
            self._body = QWidget(self)
            column = QVBoxLayout(self._body)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
            self._slices.begin(self._filling(column), most, waits=waits)
            self._column.addWidget(self._body)
        else:
            self._slices.go_on()
        self._body.show()
        self._say()

    def _filling(self, column: QVBoxLayout) -> Iterator[None]:
        for widget in self._build():
            column.addWidget(widget)
            widget.show()  # now, as a part of this step: the layout would show all of them together later
            for button in _buttons_of(widget):  # let Tab lead from the button through what has just been built
                QWidget.setTabOrder(self._last, button)
                self._last = button
            yield

    def _turn(self) -> None:
        self.set_open(is_open=not self.is_open)

    def _say(self) -> None:
        label = tr(FEWER) if self.is_open else self._label
        self.button.setText(label)
        self.button.setIcon(icon("up" if self.is_open else "down", COLOURS["accent"], 16))
        self.button.setAccessibleName(f"{label}: {self._about}")


def _buttons_of(widget: QWidget) -> list[QPushButton]:
    """Return the buttons of a widget that was built for a fold, in order."""
    found = widget.findChildren(QPushButton)
    return [widget, *found] if isinstance(widget, QPushButton) else found


def show_all(count: int) -> str:
    """Return what the button of a fold says that hides the rest of so many."""
    return tr(SHOW_ALL, count=words().number(count))


class Folds:
    """The folds of a page that is built anew again and again: those that were open are open again."""

    def __init__(self, *, wait: bool = False) -> None:
        """Know of no fold that is open. wait: the page builds what is in those that are."""
        self._open: set[str] = set()
        self._wait = wait

    def fold(self, key: str, label: str, build: Callable[[], Iterable[QWidget]], about: str) -> Fold:
        """Return a fold, open where the one of that key was open before."""
        fold = Fold(label, build, about, is_open=key in self._open, waits=self._wait)
        fold.opened.connect(partial(self._remember, key))
        return fold

    def lines(
        self, key: str, items: Sequence[Item], make: Callable[[Item], QWidget], about: str, most: int = MOST
    ) -> tuple[list[QWidget], Fold | None]:  # fmt: skip
        """Return the widgets of the first items, and the fold that holds those of the others, None where all stand."""
        shown = [make(item) for item in items[:most]]
        rest = items[most:]
        if not rest:
            return shown, None
        return shown, self.fold(key, show_all(len(items)), lambda: (make(item) for item in rest), about)

    def _remember(self, key: str, is_open: bool) -> None:
        (self._open.add if is_open else self._open.discard)(key)
