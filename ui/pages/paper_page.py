"""A page in whose place a paper of its list is previewed, and the choice between one's own cases and the office's."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.pages.page import Page
from ui.parts.toggle import Toggle
from ui.tasks import Tasks
from ui.words import tr

if TYPE_CHECKING:
    from casemgr.services.papers import PaperChoice
    from ui.parts.paper_source import Source
    from ui.parts.preview import Preview

WHOSE = N_("Whose cases")
MINE, OFFICE = "mine", "office"
WHOSE_OPTIONS = {MINE: N_("My cases"), OFFICE: N_("Whole office")}
WITH_NAMES = N_("With the names of the children")


class PaperPage(Page):
    """What the worker looks at, and over it the preview of a paper while there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with what subclasses put into self.overview."""
        super().__init__(parent)
        self.overview = QWidget()
        self.layers = QStackedWidget(self)
        self.layers.addWidget(self.overview)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.layers)
        self._first: QWidget = self
        self.preview: Preview | None = None
        self.whose: Toggle
        self.wanted: bool | None = None
        """Whether own cases alone are wanted; None: as the office has it, own cases where there are colleagues."""
        self._again: PaperChoice | None = None  # of a paper that is to be previewed again, once the page is read
        self.loaded.connect(self._preview_again)
        self._asked = 0  # counts the questions to the store: the answer to an earlier one is not shown

    @property
    def mine(self) -> bool:
        """Whether the worker's own cases alone are shown."""
        return not self.whose.isHidden() and self.whose.value == MINE

    def state(self) -> dict[str, Any]:
        """Return what the worker chose to see."""
        return self.paper_state() | ({} if self.wanted is None else {"mine": self.wanted})

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show that again."""
        self.restore_paper(state)
        self.wanted = state.get("mine")
        self.refresh()

    def paper_state(self) -> dict[str, Any]:
        """Return what is chosen of the paper that is previewed, as a part of the state; empty for none."""
        return {} if self.preview is None else {"paper": self.preview.choice}

    def restore_paper(self, state: dict[str, Any]) -> None:
        """Preview that again, once the page is read."""
        self._again = state.get("paper")

    def preview_again(self, choice: "PaperChoice") -> None:
        """Preview what was previewed before the page was built anew; pages with a paper of their own say how."""

    def _preview_again(self) -> None:
        if self._again is not None:
            choice, self._again = self._again, None
            self.preview_again(choice)

    def ask(self, tasks: Tasks, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Ask the store; done is given the answer unless something else was asked since."""
        self._asked += 1
        tasks.run(work, partial(self._on_answer, self._asked, done))

    def _on_answer(self, asked: int, done: Callable[[Any], None], answer: Any) -> None:
        if asked == self._asked:
            done(answer)

    def whose_toggle(self, parent: QWidget) -> Toggle:
        """Return the choice between own cases and those of the office, hidden until there are colleagues."""
        toggle = Toggle(WHOSE, WHOSE_OPTIONS, parent)
        toggle.hide()
        toggle.chosen.connect(self.choose_whose)
        return toggle

    def choose_whose(self, whose: str) -> None:
        """Show MINE or those of the OFFICE."""
        self.wanted = whose == MINE
        self.refresh()

    def show_whose(self, *, is_shared: bool) -> None:
        """Show the choice as it stands where the office has several workers."""
        self.whose.setVisible(is_shared)
        self.whose.show_value(OFFICE if self.wanted is False else MINE)

    def show_paper(
        self, tasks: Tasks, source: "Source", *, office_folder: Path, asked_by: QWidget,
        choice: "PaperChoice | None" = None,
    ) -> None:  # fmt: skip
        """Preview a paper (as Preview); when it is closed, the keyboard is back where it was asked for."""
        from casemgr.services.papers import AS_USUAL  # noqa: PLC0415  (loads what draws pages; Today opens without it)
        from ui.parts.preview import Preview  # noqa: PLC0415

        preview = Preview(tasks, source, office_folder=office_folder, choice=choice or AS_USUAL)
        preview.closed.connect(partial(self._close_paper, preview, asked_by))
        self.preview = preview
        self.show_layer(preview)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_layer(self, layer: QWidget) -> None:
        """Show something in place of what is there, until drop_layer."""
        self.layers.addWidget(layer)
        self.layers.setCurrentWidget(layer)

    def drop_layer(self, layer: QWidget) -> None:
        """Let go what stands over the rest; what was there before is seen again."""
        self.layers.removeWidget(layer)
        self.layers.setCurrentIndex(self.layers.count() - 1)
        layer.deleteLater()

    def lead_keyboard_to(self, widget: QWidget) -> None:
        """Say what has the keyboard when the worker comes to this page."""
        self._first = widget

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to a paper that is previewed, else to what comes first.

        No focus proxy does this: Tab would then pass over all that stands before it.
        """
        layer, first = self.layers.currentWidget(), self._first
        if self.preview is not None:
            first = self.preview.view.thumbs
        elif layer is not None and layer is not self.overview:
            first = layer
        if first is self:
            super().setFocus(reason)
        else:
            first.setFocus(reason)

    def _close_paper(self, preview: "Preview", asked_by: QWidget) -> None:
        self.preview = None
        self.drop_layer(preview)
        asked_by.setFocus(Qt.FocusReason.OtherFocusReason)


def tool_button(label: str, hint: str, parent: QWidget) -> QPushButton:
    """Return a quiet button above a list; label and hint are messages."""
    button = QPushButton(tr(label), parent)
    button.setProperty("role", "quiet")
    button.setToolTip(tr(hint))
    button.setAccessibleDescription(tr(hint))
    return button
