"""Long work can be seen and stopped: counting, making a paper, and writing an office to practise in."""

import threading
import time

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from offices import practice
from programs import settle, threaded
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from test_ui_sight import _clipped
from typing_in import press

from casemgr import whereabouts
from casemgr.i18n import LANGUAGES
from casemgr.services.office import Office
from ui.pages.reports import AGAIN, STOPPED, ReportsPage
from ui.pages.waiting import WaitingPage
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request, qtbot):
    with threaded(tmp_path, request.param, qtbot) as program:
        office = practice(tmp_path / "practice", 40)
        office.settings.language = request.param
        with qtbot.waitSignal(program.ready):
            program.show_office(office)
        qtbot.waitUntil(lambda: program.tasks.is_idle)
        yield program


class Slow:
    """Holds the store's thread before each step of real work, until it is let go on."""

    def __init__(self, office: Office):
        self.office, self.may_go, self.waits = office, threading.Event(), threading.Event()

    def read(self):
        self.waits.set()
        assert self.may_go.wait(20)


@pytest.fixture
def held(program, qtbot):
    """A page of reports whose store is busy with something else."""
    page = program.desk.go(("reports", None))
    qtbot.waitUntil(lambda: page.facts is not None and page.work.watch is None)
    slow = Slow(program.office)
    program.tasks.run(slow.read)
    yield page, slow
    slow.may_go.set()
    qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)


def test_a_long_count_shows_a_bar_and_takes_the_old_numbers_away(held, qtbot):
    page, slow = held
    page.reoffending.table.setFocus()
    page.span.setCurrentIndex(2)
    assert page.work.isHidden()
    assert not page.print_button.isEnabled()
    qtbot.waitUntil(page.work.isVisible)
    assert not page.reoffending.table.isVisible()
    assert page.reoffending.by.isVisible()
    assert QApplication.focusWidget() is page.work.button
    assert not _clipped(page)
    slow.may_go.set()
    qtbot.waitUntil(page.reoffending.table.isVisible)
    assert page.work.isHidden()
    assert page.print_button.isEnabled()
    assert QApplication.focusWidget() is page.reoffending.table


@pytest.mark.parametrize("keys", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_a_stopped_reading_leaves_no_number_and_is_begun_again_when_asked(held, qtbot, keys):
    page, slow = held
    before = page.facts
    page.span.setCurrentIndex(2)
    qtbot.waitUntil(page.work.isVisible)
    page.work.button.setFocus()
    press(page.work.button, keys)
    assert page.stopped.isVisible()
    assert page.work.isHidden()
    assert page.facts is None
    assert not page.print_button.isEnabled()
    for key in ("indicators", "pictures", "reoffending"):
        page.show_section(key)
        assert not page.section.body.isVisible()
    said = [label.text().replace("\u200b", "") for label in page.stopped.children() if hasattr(label, "text")]
    assert tr(STOPPED) in said
    assert tr(AGAIN) in said
    settle()
    assert not _clipped(page)
    slow.may_go.set()
    qtbot.waitUntil(lambda: page._tasks.is_idle)
    settle()
    assert page.facts is None, "what comes late is not shown"
    assert QApplication.focusWidget() is page.again_button
    press(page.again_button, Qt.Key.Key_Space)
    qtbot.waitUntil(page.reoffending.table.isVisible)
    assert page.facts is not before
    assert page.stopped.isHidden()
    assert page.print_button.isEnabled()


def test_stopping_a_count_keeps_what_was_read_and_what_was_counted_elsewhere(held, qtbot):
    page, slow = held
    facts = page.facts
    page.show_section("indicators")
    qtbot.waitUntil(page.work.isVisible)
    page.work.button.click()
    assert page.stopped.isVisible()
    assert page.facts is facts
    assert not page.indicators.body.isVisible()
    assert page.print_button.isEnabled()
    page.show_section("reoffending")
    assert page.reoffending.table.isVisible()
    assert page.stopped.isHidden()
    slow.may_go.set()
    page.show_section("indicators")
    qtbot.waitUntil(page.indicators.table.isVisible)
    assert page.indicators.table.figures.lines


def test_another_choice_stops_what_was_being_counted(held, qtbot):
    page, slow = held
    page.reoffending.by.setCurrentIndex(2)
    first = page.work.watch
    page.reoffending.by.setCurrentIndex(3)
    assert first.is_stopped()
    assert not page.work.watch.is_stopped()
    slow.may_go.set()
    qtbot.waitUntil(lambda: page.work.watch is None)
    assert page.reoffending.table.isVisible()
    assert page.said.isHidden()


def test_the_bar_shows_real_progress_while_cases_are_read(program, qtbot):
    page = program.desk.go(("reports", None))
    seen = []
    page.work.bar.valueChanged.connect(lambda value: seen.append((value, page.work.bar.maximum())))
    page.span.setCurrentIndex(2)
    qtbot.waitUntil(lambda: page.work.watch is None)
    assert len({value for value, _ in seen}) > 3
    assert all(0 <= value <= total for value, total in seen)


def test_leaving_the_office_stops_what_it_is_busy_with(held, program):
    page, slow = held
    page.span.setCurrentIndex(2)
    watch = page.work.watch
    slow.may_go.set()
    program.lock()
    assert watch.is_stopped()


def test_a_paper_that_takes_long_can_be_stopped(held, qtbot):
    page, slow = held
    page.print_button.click()
    qtbot.waitUntil(page.preview.printing.isVisible)
    page.preview.stop_button.click()
    settle()
    assert page.preview is None
    assert QApplication.focusWidget() is page.print_button
    slow.may_go.set()
    qtbot.waitUntil(lambda: page._tasks.is_idle)
    page.print_button.click()
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=20_000)
    shown, kept = page.preview.shown, threading.Event()
    page._tasks.run(lambda: kept.wait(20))
    page.preview.options.more.click()
    qtbot.waitUntil(page.preview.printing.isVisible)
    page.preview.stop_button.click()
    assert page.preview.shown is shown, "the paper of before stays"
    assert not page.preview.options.more.isChecked()
    assert page.preview.save_button.isEnabled()
    kept.set()
    page.preview.leave()
    settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_to_practise_in_can_be_stopped_while_it_is_written(tmp_path, language, qtbot, monkeypatch):
    monkeypatch.setattr(whereabouts, "practice_folder", lambda: tmp_path / "practice")
    with threaded(tmp_path, language, qtbot) as program:
        qtbot.waitUntil(lambda: program.tasks.is_idle)
        go_on = threading.Event()
        program.tasks.run(lambda: go_on.wait(20))
        program.doors.open_practice()
        waiting = program.window.page
        assert isinstance(waiting, WaitingPage)
        qtbot.waitUntil(waiting.work.isVisible)
        waiting.work.button.click()
        go_on.set()
        qtbot.waitUntil(lambda: program.window.page is not waiting)
        assert program.office is None
        assert not whereabouts.holds_office(tmp_path / "practice")
        assert program.window.messages.isVisible()


def test_what_is_quick_shows_no_bar(qtbot):
    tasks, bar = Tasks(), WorkBar()
    qtbot.addWidget(bar)
    watch = Watch()
    bar.follow(watch, AGAIN)
    begun = time.monotonic()
    with qtbot.waitSignal(tasks.idle):
        tasks.run_watched(watch, lambda progress, _cancelled: progress(1, 2), lambda _: bar.rest())
    assert time.monotonic() - begun < 0.4
    assert bar.isHidden()
    tasks.wait()


def test_a_page_that_goes_stops_its_work(program, qtbot):
    page = ReportsPage(program.office, program.tasks)
    watch = page.work.watch
    page.deleteLater()
    settle()
    assert watch.is_stopped()
    qtbot.waitUntil(lambda: program.tasks.is_idle)
