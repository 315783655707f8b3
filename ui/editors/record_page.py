"""A record being written: its editor, the draft found of it, what was refused, and the way out."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.kinds import kind_named
from casemgr.services.office import Office
from casemgr.trouble import EditedElsewhere, OutOfOrder, Refusal, Trouble
from ui.editors.asked import fields_asked, is_long
from ui.editors.compare import BACK, CompareDialog
from ui.editors.drafts import VERSION, WHY, DraftKeeper, Kept, find_draft
from ui.editors.part import Part
from ui.editors.question_grid import stops_in
from ui.editors.reason_line import ReasonLine
from ui.editors.record_editor import RecordEditor
from ui.editors.typed_beside import keep_reason
from ui.parts.reason_dialog import ReasonDialog
from ui.parts.scrolling import scroll_far
from ui.parts.spoken import announce
from ui.parts.unsaved import ASK, DROP_IT, GO_ON
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

SAVE = N_("Save")
CANCEL = N_("Cancel")
CLOSE = N_("Close")
FOUND = N_("Unfinished typing from {when} was kept.")
USE_IT = N_("Use it")
NOT_UNDERSTOOD = N_("Something you typed is not understood. See the marks, then save again.")
SAVE_IT = N_("Save it")
BEFORE = N_("One of these is usually written down first:")
BEFORE_ONE = N_("This is usually written down first:")
WHY_NOW = N_("Why is it written down without that? The reason is kept.")
SAVE_WITH_REASON = N_("Save with this reason")
MISSING_KEYS = ("Ctrl+.", "F8")
"""Lead to the next required question without an answer; the second is the same on every keyboard."""
EDITOR_LEAST = 140


class RecordPage(QWidget):
    """Edits one record and saves it.

    save: called on the store's thread with a new record and the reason for the change, None where none is given; what
    it returns comes out of saved. key names the draft. asks_why: whether the reason is asked for below the questions.
    """

    saved = Signal(object)
    """What the save changed (Changes)."""
    closed = Signal()
    """The worker left without saving."""

    def __init__(
        self,
        office: Office,
        tasks: Tasks,
        record: Record,
        save: Callable[[Any, str | None], Any],
        *,
        key: str,
        title: str,
        case_id: UUID | None = None,
        only: Iterable[str] | None = None,
        open_fields: Collection[str] | None = None,
        asks_why: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show the record. title is shown as it is; it is already in the screen's language."""
        super().__init__(parent)
        self._office, self._tasks, self._save, self.key = office, tasks, save, key
        self.base, self._case_id = record, case_id
        self._goes_on = False  # whether what is shown came from elsewhere and is newer than any draft
        wanted = None if only is None else tuple(only)
        # Its parent is at once the one it keeps: moved to another, every question would be polished anew.
        self._area = None if is_long(fields_asked(type(record), wanted)) else _ScrollArea(self)
        holder = self._area.holder if self._area else self
        self.editor = RecordEditor(type(record), only=wanted, open_fields=open_fields, parent=holder)
        if self._area is not None:
            self._area.column.addWidget(self.editor)
        self.editor.set_record(record)
        self.can_save = open_fields is None or bool(open_fields)
        self._build(title)
        self.reason.setVisible(asks_why and self.can_save)
        self.keeper = DraftKeeper(office, tasks, self.editor, key, case_id, self, why=self.reason.text)
        self.keeper.version = record.version
        self.reason.changed.connect(self.keeper.wait)
        self.editor.changed.connect(self._on_changed)
        missing = tuple((keys, self.go_to_missing) for keys in MISSING_KEYS)
        for keys, act in (("Ctrl+S", self.save), ("Esc", self.leave), *missing):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        if self.can_save:
            tasks.run(lambda: find_draft(office, key), self._offer)

    def save(self) -> None:
        """Save what is typed, unless something in it is not understood."""
        self._save_for(self.reason.text() or None)

    def go_to_missing(self) -> None:
        """Go to the next required question that has no answer; where there is none any more, to the way out."""
        editor = self.editor
        if not editor.focus_missing(editor.field_in_hand()) and not editor.focus_missing(None):
            (self.save_button if self.can_save else self.leave_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save_for(self, why: str | None) -> None:
        if not self.can_save or not self.save_button.isEnabled():
            return
        if not self.editor.check():
            self._say(tr(NOT_UNDERSTOOD))
            return
        if self.is_stale:
            self._compare(self.base, None)
            return
        save, record = self._save, self.editor.record()
        work = self.keeper.saving(lambda: save(record, why))
        self._set_busy(busy=True)
        self._tasks.run(work, self._on_saved, self._on_refused)

    @property
    def is_stale(self) -> bool:
        """Whether what is typed began from an earlier version of the record and says something else than it now."""
        typed = self.keeper.version != self.base.version
        return typed and bool(CompareDialog.differing(self.editor.record(), self.base))

    def show_note(self, text: str) -> None:
        """Show a text above the questions, such as the addenda of a report."""
        self.note.setText(wrapped(text))
        self.note.show()

    def add_part(self, part: Part) -> None:
        """Ask something above the questions, which is kept in the draft as they are; called once at the most."""
        self.add_above(part)
        self.keeper.part = part
        part.changed.connect(self.keeper.wait)
        if part.is_changed:
            self.keeper.wait()

    def add_above(self, widget: QWidget) -> None:
        """Show something above the questions; Tab comes to it before them."""
        self._parts.addWidget(widget)
        before: QWidget = self.draft_bar.findChildren(QPushButton)[-1]
        for stop in [each for each in widget.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]:
            self.setTabOrder(before, stop)  # it is made after the questions and stands before them
            before = stop

    def add_below(self, widget: QWidget) -> None:
        """Show something below the questions of a short record, and scroll it with them; Tab comes to it after them."""
        if self._area is not None:
            self._area.column.addWidget(widget)
        else:
            self._parts.addWidget(widget)
        before = self.editor.last_stop()
        for stop in stops_in(widget):
            self.setTabOrder(before, stop)
            before = stop

    def add_at_end(self, widget: QWidget) -> None:
        """Show something that comes and goes between the questions, which stay where they are, and the ways out."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  (_build makes it)
        column.insertWidget(column.indexOf(self.reason), widget)
        self.editor.setMinimumHeight(EDITOR_LEAST)  # it scrolls, and makes room
        before: QWidget = self.reason.line
        for stop in [each for each in widget.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]:
            self.setTabOrder(before, stop)
            before = stop

    def show_below(self, widget: QWidget) -> None:
        """Scroll to something below the questions."""
        if self._area is not None:
            self._area.ensureWidgetVisible(widget)

    def add_exit(self, button: QPushButton) -> None:
        """Add one more way out, after the others."""
        self._exits_row.addWidget(button)

    def leave(self) -> None:
        """Leave; ask first when something typed would be lost."""
        if not self.keeper.is_needed:
            self._drop_and_close()
            return
        box = QMessageBox(self)
        box.setText(wrapped(tr(ASK)))
        box.setWindowTitle(tr(SAVE))
        keep = box.addButton(tr(SAVE_IT), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(tr(DROP_IT), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr(GO_ON), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._exits = {keep: self.save, drop: self._drop_and_close}
        box.buttonClicked.connect(self._on_exit)
        box.open()

    def go_on(self, plain: dict[str, Any]) -> None:
        """Show unfinished answers that come from elsewhere; the draft of the same is then not offered again."""
        self._restore(plain)
        self._goes_on = self.keeper.is_needed
        self._close_draft_bar()

    def use_draft(self) -> None:
        """Take over the draft that was found."""
        if self._draft is not None:
            self._restore(self._draft.plain)
        self._close_draft_bar()

    def drop_draft(self) -> None:
        """Throw away the draft that was found."""
        self.keeper.drop()
        self._close_draft_bar()

    def _restore(self, plain: dict[str, Any]) -> None:
        self.keeper.version = plain.get(VERSION, self.base.version)
        self.editor.restore(plain)
        self.reason.line.setText(plain.get(WHY, ""))
        if self.keeper.part is not None:
            self.keeper.part.restore(plain)
        if self.is_stale:
            self._say(EditedElsewhere(self.base).say(words()))

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        heading = QLabel(wrapped(title), self)
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        column.addWidget(heading)
        column.addWidget(self._build_draft_bar())
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "notice")
        self.note.hide()
        column.addWidget(self.note)
        self._parts = QVBoxLayout()
        column.addLayout(self._parts)
        column.addWidget(self._area or self.editor, 1)
        self.reason = ReasonLine(self)  # made after the questions, so that Tab comes to it after them
        column.addWidget(self.reason)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setProperty("role", "problem")
        self.message.hide()
        column.addWidget(self.message)
        column.addWidget(self._build_exits())

    def _build_draft_bar(self) -> QFrame:
        self._draft: Kept | None = None
        self.draft_bar = QFrame(self)
        self.draft_bar.setProperty("role", "notice")
        self.draft_text = QLabel(self.draft_bar)
        self.draft_text.setWordWrap(True)
        row = QHBoxLayout(self.draft_bar)
        row.addWidget(self.draft_text, 1)
        for label, act in ((USE_IT, self.use_draft), (DROP_IT, self.drop_draft)):
            button = QPushButton(tr(label), self.draft_bar)
            button.clicked.connect(act)
            row.addWidget(button)
        self.draft_bar.hide()
        return self.draft_bar

    def _build_exits(self) -> QWidget:
        holder = QWidget(self)
        row = self._exits_row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.save_button = QPushButton(tr(SAVE), holder)
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip("Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.save_button.setVisible(self.can_save)
        self.leave_button = QPushButton(tr(CANCEL if self.can_save else CLOSE), holder)
        self.leave_button.setToolTip("Esc")
        self.save_button.setAccessibleDescription("Ctrl+S")
        self.leave_button.setAccessibleDescription("Esc")
        self.leave_button.clicked.connect(self.leave)
        row.addStretch()
        row.addWidget(self.leave_button)
        row.addWidget(self.save_button)
        return holder

    def _offer(self, kept: Kept | None) -> None:
        if kept is None or self._goes_on or kept.plain == self.keeper.plain():
            return
        self._draft = kept
        self.draft_text.setText(wrapped(tr(FOUND, when=words().moment(kept.at))))
        self.draft_bar.show()

    def _close_draft_bar(self) -> None:
        self._draft = None
        self.draft_bar.hide()
        self.editor.focus_first()

    def _on_changed(self) -> None:
        self.message.hide()

    def _on_saved(self, changes: Any) -> None:
        self._set_busy(busy=False)
        self.keeper.rest()
        self.saved.emit(changes)

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(busy=False)
        self.keeper.keep()
        if isinstance(error, EditedElsewhere):
            assert isinstance(error.theirs, Record)  # noqa: S101  (only records have versions)
            self._compare(error.theirs, self.base)
        elif isinstance(error, OutOfOrder):
            self._ask_why(error)
        elif isinstance(error, Refusal | Trouble):
            self.editor.mark(error.fields, error.message, **error.slots)
            self._say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _ask_why(self, error: OutOfOrder) -> None:
        """Say what usually comes first; with a reason the record is saved all the same."""
        self._say(error.say(words()))
        titles = [tr(kind_named(key).record.title) for key in error.before]
        texts = (tr(BEFORE if len(titles) > 1 else BEFORE_ONE), *(f"• {title}" for title in titles))
        title = tr(type(self.base).title)
        dialog = ReasonDialog(title, texts, WHY_NOW, SAVE_WITH_REASON, self, cancel=BACK)
        keep_reason(dialog, self._office, self._tasks, f"why-now/{self.base.id}", self._case_id)
        dialog.given.connect(self._save_for)
        dialog.open()

    def _compare(self, theirs: Record, base: Record | None) -> None:
        self._dialog = CompareDialog(base, self.editor.record(), theirs, words(), self)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.accepted.connect(self._on_compared)
        self._theirs = theirs
        self._dialog.open()

    def _on_compared(self) -> None:
        """Go on from their record with the answers that were chosen, and save it."""
        merged = self._dialog.merged()
        self.base, self.keeper.version = self._theirs, self._theirs.version
        self.editor.take_over(self._theirs, merged)
        self.save()

    def _on_exit(self, button: QPushButton) -> None:
        self._exits.get(button, lambda: None)()

    def _drop_and_close(self) -> None:
        if self._draft is None:
            self.keeper.drop()
        self.keeper.rest()  # the draft that is still offered stays as it was
        self.closed.emit()

    def _say(self, text: str) -> None:
        self.message.setText(wrapped(text))
        self.message.show()
        announce(self, text)

    def _set_busy(self, *, busy: bool) -> None:
        """Take no typing while saving: it would not be in what is saved."""
        if busy:
            self._focused = self.focusWidget()
        self.setEnabled(not busy)
        if not busy and self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.setFocus()


class _ScrollArea(QScrollArea):
    """Where a short record is scrolled: holder is the parent of its editor, which goes into column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        scroll_far(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.holder = QWidget(self.viewport())
        self.column = QVBoxLayout(self.holder)
        self.column.setContentsMargins(4, 4, 20, 24)
        self.setWidget(self.holder)
