"""A page in whose place a record is written or something is looked at, until that is closed."""

from typing import Any

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.editors.record_page import RecordPage
from ui.editors.standing import Standing
from ui.pages.page import Page


class EditingPage(Page):
    """Knows what is written in its place, where the keyboard is in it, and keeps what is typed when that goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with what subclasses put into self.stack."""
        super().__init__(parent)
        self.stack = QStackedWidget(self)
        self._over: QWidget | None = None
        self._standing: Standing | None = None  # where the keyboard goes when the editor that waits is open
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    @property
    def editing(self) -> RecordPage | None:
        """The record being written, None while there is none."""
        return self._over if isinstance(self._over, RecordPage) else None

    @property
    def is_writing(self) -> bool:
        """Whether a record is being written."""
        return self.editing is not None

    @property
    def draft_key(self) -> str | None:
        """The key of the record's draft."""
        return None if self.editing is None or not self.editing.keeper.is_needed else self.editing.key

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to what stands in the page's place, where it was there last: its keys work at once."""
        super().focusInEvent(event)
        if self._over is not None:
            (self._over.focusWidget() or self._over).setFocus(event.reason())

    def state(self) -> dict[str, Any]:
        """Return what is being written here, so that a page built anew can go on with it."""
        page = self.editing
        return {} if page is None else {"key": page.key, "plain": page.keeper.plain()}

    def standing(self) -> Standing | None:
        """Return where the keyboard is in what is being written."""
        return None if self.editing is None else self.editing.editor.standing()

    def stand(self, standing: Standing) -> None:
        """Put the keyboard there, at once or when the editor is open."""
        self._standing = standing
        self.stand_again()

    def stand_again(self) -> None:
        """Put the keyboard where it is awaited, once the editor is open."""
        if self._standing is not None and self.editing is not None:
            standing, self._standing = self._standing, None
            self.editing.editor.stand(standing)

    def flush(self) -> None:
        """Keep at once the draft of what is being written, as before locking."""
        if self.editing is not None:
            self.editing.keeper.flush()

    def show_over(self, page: QWidget) -> None:
        """Show a page in place of the others, until drop_over; of what stood there before, a draft is kept."""
        self.drop_over()
        self._over = page
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.writing.emit(self.is_writing)

    def write_over(self, page: RecordPage, plain: dict[str, Any] | None) -> None:
        """Show an editor likewise, with the unfinished answers given, and put the keyboard into it."""
        self.show_over(page)
        if plain:
            page.go_on(plain)
        page.editor.focus_first()

    def drop_over(self) -> None:
        """Let the page go that stands in place of the others; what is typed there and not saved becomes a draft."""
        self.flush()
        page, self._over = self._over, None
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()
            self.writing.emit(False)
