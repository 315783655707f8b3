"""Printing and making a paper beside the work: neither holds the window up, and one does not get in the other's way."""

import threading

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from offices import practice
from programs import settle, threaded
from PySide6.QtPrintSupport import QPrinter

from casemgr.exchange.writing import NO_FOLDER
from casemgr.services import lists, papers
from casemgr.trouble import Stopped
from ui.pages.waiting import WaitingPage
from ui.parts.paper_source import Made, Source
from ui.parts.pdf_pages import count_pages, new_printer, parked
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")
COPIES, MANY = 3, 20
"""Of a paper that is printed to its end, and of one that is stopped: each outlasts by far what is done meanwhile."""


@pytest.fixture
def program(tmp_path, qtbot):
    with threaded(tmp_path, "en", qtbot) as program:
        program.show_office(practice(tmp_path / "practice", 3))
        qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)
        yield program


@pytest.fixture
def preview(program, qtbot):
    page = program.desk.go(("case", lists.cases(program.office)[0].id))
    qtbot.waitUntil(lambda: page.file is not None and program.tasks.is_idle, timeout=20_000)
    page.papers.print(papers.form_named("police-warning"), None)
    qtbot.waitUntil(page.preview.print_button.isEnabled, timeout=20_000)
    return page.preview


@pytest.fixture
def printed(request, preview, tmp_path, qtbot):
    """Many sides are on their way to this file, and no others: what a test before has left comes to its end first."""
    copies = getattr(request, "param", MANY)
    qtbot.waitUntil(lambda: not parked(), timeout=60_000)
    target = tmp_path / "printed.pdf"
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setCopyCount(copies)
    preview.print_on(printer)
    qtbot.waitUntil(lambda: preview.progress.value() > 0, timeout=20_000)
    return target, preview.pages * copies


@pytest.mark.parametrize("printed", [COPIES], indirect=True, ids=[""])
def test_the_window_locks_at_once_and_what_is_being_printed_goes_on(program, preview, printed, qtbot):
    (target, pages), printing = printed, preview._printers
    office = program.office
    program.lock()
    assert printing in parked()  # the small pages may be under way as well
    assert not printing.is_idle
    settle()  # the preview is gone
    qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)
    with pytest.raises(RuntimeError, match="closed"), office.store.read():
        pass
    qtbot.waitUntil(lambda: not parked(), timeout=60_000)
    assert count_pages(target.read_bytes()) == pages


def test_closing_waits_for_what_is_being_printed_without_standing_still_and_can_stop_it(program, printed, qtbot):
    assert printed
    program.window.close()
    qtbot.waitUntil(lambda: isinstance(program.window.page, WaitingPage), timeout=20_000)
    waiting = program.window.page
    qtbot.waitUntil(waiting.work.isVisible, timeout=20_000)
    assert not program.window.may_close
    waiting.work.button.click()
    qtbot.waitUntil(lambda: program.window.may_close, timeout=20_000)


def test_a_preview_that_is_left_stops_printing_and_does_not_wait_for_it(preview, printed, qtbot):
    assert printed
    preview.leave()
    assert parked()
    qtbot.waitUntil(lambda: not parked(), timeout=20_000)


@pytest.mark.parametrize("printed", [COPIES], indirect=True, ids=[""])
def test_a_paper_that_cannot_be_saved_leaves_the_printing_alone(preview, printed, tmp_path, qtbot):
    target, pages = printed
    preview.save_to(str(tmp_path / "nowhere" / "paper.pdf"))
    qtbot.waitUntil(lambda: preview.message.text().replace("\u200b", "") == tr(NO_FOLDER), timeout=20_000)
    assert preview.printing.isVisible()
    assert not preview.print_button.isEnabled()
    qtbot.waitUntil(preview.printing.isHidden, timeout=60_000)
    assert count_pages(target.read_bytes()) == pages


def test_another_language_of_the_paper_leaves_the_printing_alone(preview, printed, qtbot):
    assert printed
    preview.options.languages["km"].click()
    qtbot.waitUntil(lambda: preview.shown.choice.language == "km" and preview.save_button.isEnabled(), timeout=20_000)
    assert preview.printing.isVisible()
    preview.stop_button.click()
    qtbot.waitUntil(preview.printing.isHidden, timeout=20_000)


def test_a_paper_that_is_being_made_is_stopped_by_the_lock(program, qtbot):
    begun, ended = threading.Event(), []

    def make(_choice, going):
        begun.set()
        for _ in range(2000):
            if going.stopped():
                ended.append("stopped")
                raise Stopped
            threading.Event().wait(0.01)
        return Made(b"")

    page = program.desk.go(("forms", None))
    source = Source("Paper", "paper.pdf", make, lambda *_: None)
    page.show_paper(program.tasks, source, office_folder=program.office.folder, asked_by=page)
    qtbot.waitUntil(begun.is_set)
    program.lock()
    qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=30_000)
    assert ended == ["stopped"]
