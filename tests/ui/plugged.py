"""The page of a case with what stands beside its stages, as the tests of contacts, links and documents need it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from casemgr.services.changes import Changes
from ui.editors.record_page import RecordPage
from ui.pages.case import CasePage
from ui.pages.case_beside import BesideActions
from ui.parts.undo_bar import SAVED


def plugged(page: CasePage) -> BesideActions:
    """Return what can be done beside the stages of the case that the page shows."""

    def show(widget: QWidget) -> None:
        widget.closed.connect(page._back)
        if isinstance(widget, RecordPage):
            widget.saved.connect(partial(page._on_saved, type(widget.base).title))
        page._show(widget)

    def told(title: str, changes: Changes) -> None:
        page._on_changed(changes)
        page._offer_undo(changes, SAVED, title)

    return BesideActions(page._office, page._tasks, lambda: page.file, told, show, page)
