"""Questions below and beside each other: label, editor, help and mark for each."""

import html
from collections.abc import Callable, Collection, Iterable
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_, Words
from casemgr.records.fields import FieldInfo
from ui.editors.field_editor import FieldEditor
from ui.words import wrapped

Maker = Callable[[FieldInfo, Words, QWidget], FieldEditor]
REQUIRED = N_("{question}, required")
A_CLICK = 60
"""Milliseconds after which it is looked again whether the mouse has been let go of."""
LABEL_WIDTH = 202
"""Pixels for the label of a compact question: those of a column have their editors below each other."""
_PLAIN, _TAB = Qt.KeyboardModifier.NoModifier, Qt.FocusPolicy.TabFocus


class Question(QWidget):
    """One field as the worker meets it."""

    answered = Signal(str)
    """The name of the field whose answer the worker changed."""

    def __init__(
        self, info: FieldInfo, words: Words, make: Maker, parent: QWidget | None = None, *, compact: bool = False
    ) -> None:  # fmt: skip
        """Build label, editor, help and mark.

        compact: in one line, its help where the pointer rests; an answer that is chosen leads on to the next question.
        """
        super().__init__(parent)
        self.info, self.words, self._compact = info, words, compact
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setProperty("role", "question")
        self.editor = make(info, words, self)
        self.mark = _note(self, "problem")
        self.mark.hide()
        self._lay_out()
        self._write_label()
        self._name_inputs()
        self.editor.changed.connect(self._on_changed)
        if compact:
            self.editor.chosen.connect(self._go_on)
        for widget in self.editor.inputs():
            widget.installEventFilter(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 if self._compact else 4)
        if self._compact or self.editor.beside:
            line = QHBoxLayout()
            line.setSpacing(8 if self._compact else 16)
            self.label.setContentsMargins(0, 4, 0, 0)
            if self._compact:
                self.label.setFixedWidth(LABEL_WIDTH)
            line.addWidget(self.label, 3, Qt.AlignmentFlag.AlignTop)
            line.addWidget(self.editor, 7)
            column.addLayout(line)
        else:
            column.addWidget(self.label)
            column.addWidget(self.editor)
        column.addWidget(self.mark)
        if self._compact:
            self.label.setToolTip(self._help())
        elif self.info.help:
            note = _note(self, "help")
            note.setText(wrapped(self.words.text(self.info.help)))
            column.addWidget(note)
        column.addStretch()

    def show_problem(self) -> None:
        """Mark what is typed and not understood, or take the mark away."""
        self.set_mark(self.editor.problem())

    def set_mark(self, message: str | None, **slots: object) -> None:
        """Mark the question with a message of the catalogue, or take the mark away."""
        if not message and self.mark.isHidden():
            return
        self.mark.setText(wrapped(self.words.text(message, **slots)) if message else "")
        self.mark.setVisible(bool(message))
        for widget in self.editor.inputs():
            widget.setProperty("marked", bool(message))
            widget.setAccessibleDescription(self.mark.text() if message else self._help())
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the question into view when it gets the keyboard; say what is not understood when it loses it.

        Enter in it goes on as Tab does, also before a dialog, which would press its button.
        """
        if _goes_on(watched, event):
            QApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, _PLAIN, "\t"))
            return True
        if event.type() is QEvent.Type.FocusIn:
            if cast("QFocusEvent", event).reason() is not Qt.FocusReason.MouseFocusReason:
                self._come_into_view()
            QTimer.singleShot(0, self, self._come_into_view)  # again, once what has just appeared is laid out
        elif (
            event.type() is QEvent.Type.FocusOut
            and hasattr(self, "editor")  # else it is being swept as garbage with its page
            and self.editor.problem()  # else a mark is what the save was refused for, and stays
            and not _comes_back(cast("QFocusEvent", event))
        ):
            if self.editor.unfinished():
                QTimer.singleShot(0, self, self._show_unless_here)  # only then is it known where the keyboard went
            else:
                self.show_problem()
        return super().eventFilter(watched, event)

    def _show_unless_here(self) -> None:
        """Say what is missing once the keyboard has left all boxes of the question."""
        if QApplication.focusWidget() not in self.editor.inputs():
            self.show_problem()

    def focus(self) -> None:
        """Put the keyboard into the question."""
        inputs = self.editor.inputs()
        target = next((widget for widget in inputs if widget.isVisibleTo(self)), inputs[0] if inputs else self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._come_into_view)

    def _go_on(self) -> None:
        """Lead on to the next question once the list that the answer was chosen from is closed."""
        QTimer.singleShot(0, self, self._press_tab)

    def _press_tab(self) -> None:
        stops = [each for each in self.editor.inputs() if each.isVisible() and each.focusPolicy() & _TAB]
        if stops and self.isAncestorOf(QApplication.focusWidget() or self):
            stops[-1].setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(stops[-1], QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, _PLAIN, "\t"))

    def _on_changed(self) -> None:
        self.set_mark(None)  # whoever is still typing is left in peace until leaving or saving
        self.answered.emit(self.info.name)

    def _write_label(self) -> None:
        own = html.escape(self.words.figures(self.info.number)) if self.info.number else ""
        number = f'<span style="color:#50636b">{own}</span>&nbsp; ' if own else ""
        star = ' <span style="color:#b3261e">*</span>' if self.info.required else ""
        self.label.setText(number + html.escape(wrapped(self.words.text(self.info.label))) + star)

    def _name_inputs(self) -> None:
        name = self.words.text(self.info.label)
        if self.info.required:
            name = self.words.text(REQUIRED, question=name)
        inputs = self.editor.inputs()
        for widget in inputs:
            own = getattr(widget, "text", lambda: "")() if widget.inherits("QAbstractButton") else ""
            hint = getattr(widget, "placeholderText", lambda: "")()
            more = own or (hint if len(inputs) > 1 else "")
            widget.setAccessibleName(f"{name}: {more}" if more else name)
            widget.setAccessibleDescription(self._help())
        if inputs:
            self.label.setBuddy(inputs[0])

    def _help(self) -> str:
        return self.words.text(self.info.help) if self.info.help else ""

    def _come_into_view(self) -> None:
        area, at = self._scroll_area(), QApplication.focusWidget()
        if area is None or at is None or not self.isAncestorOf(at) or QApplication.activePopupWidget() is not None:
            return
        if QApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            # What is pressed must not move from under the pointer: the click would be lost.
            QTimer.singleShot(A_CLICK, self, self._come_into_view)
            return
        fits = self.height() + 48 <= area.viewport().height()
        area.ensureWidgetVisible(self if fits else at, 0, 24)

    def _scroll_area(self) -> QScrollArea | None:
        widget = self.parentWidget()
        while widget is not None and not isinstance(widget, QScrollArea):
            widget = widget.parentWidget()
        return widget


class QuestionGrid(QWidget):
    """Several questions, short ones two in a line where there is room for two."""

    changed = Signal(str)
    """The name of the field whose answer the worker changed."""

    def __init__(
        self, infos: Iterable[FieldInfo], words: Words, make: Maker, parent: QWidget | None = None, *,
        made: Callable[[Question], None] | None = None, above: Callable[[], QWidget | None] | None = None,
        compact: bool = False,
    ) -> None:  # fmt: skip
        """Build all questions, in order, and show them all. compact: one below the other, each in a line.

        made: shows in a question what it has to show, once it is built; then each is built when it is to be shown, or
        when somebody asks for it. above: returns what Tab comes to before the first of them, None for nothing.
        """
        super().__init__(parent)
        self.infos = {info.name: info for info in infos}
        self.words, self._make, self._made, self._above, self._compact = words, make, made, above, compact
        self.questions: dict[str, Question] = _Questions(self._build)
        """Those that are built; who asks for another one has it built."""
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(32)
        self.grid.setVerticalSpacing(5 if compact else 16)
        self.grid.setColumnStretch(0, 1)
        self._shown: tuple[str, ...] | None = None
        self._laid_out: tuple[str, ...] = ()
        self._hidden: set[str] = set()
        self._pairs = not compact
        if made is None:
            self.show_only(self.infos)

    def editor(self, name: str) -> FieldEditor:
        """Return the editor of a field. Raises KeyError."""
        return self.question(name).editor

    def show_answers(self, answers: dict[str, Any]) -> None:
        """Show these answers, by field name, in the questions that are built; others stay."""
        for name, answer in answers.items():
            if name in self.questions:
                self.questions[name].editor.set_value(answer)

    def show_problems(self) -> None:
        """Mark every question whose typing is not understood."""
        for question in self.questions.values():
            question.show_problem()

    def show_only(self, names: Collection[str], most: int | None = None) -> int:
        """Lay out these questions and hide the others; return how many had to be built for that.

        most: so many are built at the most; the others wait for build_more.
        """
        shown = tuple(name for name in self.infos if name in names)
        if shown == self._shown:
            return 0
        self._shown = shown
        count = self.build_more(most)
        if not count:
            self._lay_out()
        return count

    @property
    def waiting(self) -> list[str]:
        """The names of the questions that are to be shown and are not built yet."""
        return [name for name in self._shown or () if name not in self.questions]

    def build_more(self, most: int | None = None, *, show: bool = False) -> int:
        """Build the next questions that wait, so many at the most, and lay them out; return how many.

        show: now, as what is to have the keyboard next; else their layout shows them a moment later.
        """
        names = self.waiting[:most]
        for name in names:
            self.questions[name]
        if names:
            self._lay_out()
        for name in names if show else ():
            self.questions[name].show()
        return len(names)

    @property
    def last_built(self) -> Question | None:
        """The last of those that are laid out, None while there is none."""
        return self.questions[self._laid_out[-1]] if self._laid_out else None

    def question(self, name: str) -> Question:
        """Return a question. One that is to be shown is laid out, with all that stand above it. Raises KeyError."""
        waiting = self.waiting
        if name in waiting:
            self.build_more(waiting.index(name) + 1)
            self.questions[name].show()  # its layout would show it a moment later; until then it takes no keyboard
        return self.questions[name]

    def _build(self, name: str) -> Question:
        question = Question(self.infos[name], self.words, self._make, self, compact=self._compact)
        question.answered.connect(self.changed)
        if name not in (self._shown or ()):
            question.hide()
            self._hidden.add(name)
        if self._made is not None:
            self._made(question)
            self._lead_tab_into(name, question)
        return question

    def _lead_tab_into(self, name: str, question: Question) -> None:
        """Let Tab come to a question after those above it: it may be younger than all that stands below."""
        before = self._last_stop_above(name)
        for stop in stops_in(question) if before is not None else ():
            QWidget.setTabOrder(cast("QWidget", before), stop)
            before = stop

    def _last_stop_above(self, name: str) -> QWidget | None:
        names = list(self.infos)
        return self._last_stop(names[: names.index(name)]) or (self._above() if self._above else None)

    def last_stop(self) -> QWidget | None:
        """Return what has the keyboard last of these questions, None while nothing has."""
        return self._last_stop(self.infos)

    def _last_stop(self, names: Iterable[str]) -> QWidget | None:
        built = [self.questions[name] for name in names if name in self.questions]
        return next((stops[-1] for question in reversed(built) if (stops := stops_in(question))), None)

    def minimumSizeHint(self) -> QSize:
        """Need the width of the widest question alone: two beside each other go below each other."""
        widest = max((self.questions[name].minimumSizeHint().width() for name in self._laid_out), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set questions below each other where two beside each other would be cut off, and back."""
        super().resizeEvent(event)
        halves = [self.questions[name] for name in self._laid_out if not self.questions[name].editor.wide]
        half = max((question.minimumSizeHint().width() for question in halves), default=0)
        pairs = not self._compact and event.size().width() >= 2 * half + self.grid.horizontalSpacing()
        if pairs != self._pairs:
            self._pairs = pairs
            self._lay_out()

    def _lay_out(self) -> None:
        for name in self._laid_out:  # takeAt would leave its item to the question, which then tells it, not the new
            self.grid.removeWidget(self.questions[name])  # one, when a mark makes the question higher
        self._laid_out = tuple(name for name in self._shown or () if name in self.questions)
        for name in [name for name in self.questions if name not in self._laid_out]:
            self.questions[name].hide()
            self._hidden.add(name)
        self.grid.setColumnStretch(1, int(self._pairs))
        line, place, was_computed = 0, 0, False
        for name in self._laid_out:
            question = self.questions[name]
            begins = was_computed and not question.info.computed  # what is typed begins a line of its own
            was_computed = question.info.computed
            if begins and place:
                line, place = line + 1, 0
            if self._compact or question.editor.wide:
                line, place = line + (place > 0), 0
                self.grid.addWidget(question, line, 0, 1, 2)
                line += 1
            else:
                self.grid.addWidget(question, line, place)
                line, place = (line + 1, 0) if place or not self._pairs else (line, 1)
            if name in self._hidden:  # showing what was never hidden would cost the time of polishing it by itself
                question.show()
                self._hidden.discard(name)

    def focus_first(self) -> None:
        """Put the keyboard into the first question that is shown."""
        for name in self._shown or ():
            self.question(name).focus()
            return


class _Questions(dict[str, Question]):
    """Builds a question when it is first asked for."""

    def __init__(self, build: Callable[[str], Question]) -> None:
        super().__init__()
        self._build = build

    def __missing__(self, name: str) -> Question:
        question = self[name] = self._build(name)
        return question


def stops_in(widget: QWidget) -> list[QWidget]:
    """Return what can have the keyboard within a widget, in order; a list that drops down is a window of its own."""
    return [
        each
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and each.window() is widget.window()
    ]


def _goes_on(widget: QObject, event: QEvent) -> bool:
    """Return whether Enter was pressed where it has nothing else to do: in a text of several lines it begins a line."""
    return (
        event.type() is QEvent.Type.KeyPress
        and cast("QKeyEvent", event).key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and not cast("QKeyEvent", event).modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        and (
            isinstance(widget, QLineEdit | QComboBox | QRadioButton | QCheckBox)
            or (
                isinstance(widget, QPushButton) and widget.isCheckable()
            )  # pressed again, it would take the answer back
        )
    )


def _comes_back(event: QFocusEvent) -> bool:
    """Return whether the keyboard is away for a moment only, as while a list of suggestions or a menu is open."""
    return event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def _note(parent: QWidget, role: str) -> QLabel:
    note = QLabel(parent)
    note.setWordWrap(True)
    note.setProperty("role", role)
    note.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return note
