"""The page of a case with what stands beside its stages, as the tests of contacts, links and documents need it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ui.editors.record_page import RecordPage
from ui.pages.case import CasePage
from ui.pages.case_beside import BesideActions


def plugged(page: CasePage) -> BesideActions:
    """Return what can be done beside the stages of the case that the page shows."""

    def show(widget: QWidget) -> None:
        widget.closed.connect(page._back)
        if isinstance(widget, RecordPage):
            widget.saved.connect(partial(page._on_saved, type(widget.base).title))
        page._show(widget)

    return BesideActions(page._office, page._tasks, lambda: page.file, page._do, show, page)
