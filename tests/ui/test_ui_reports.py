"""The page of reports: periods, sections, levels and groups; the cases behind a number; the report on paper."""

import json
from datetime import date

import pytest
from looking import cut_off, dressed  # noqa: F401  (the program in its clothes)
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from test_ui_sight import _clipped
from typing_in import press

from casemgr import clock
from casemgr.i18n import LANGUAGES
from casemgr.measures.cohort import LEVELS
from casemgr.measures.indicators import INDICATORS
from casemgr.records.kept import AuditEntry
from casemgr.services import measuring, reporting
from casemgr.services.reporting import Span
from ui.words import set_words, tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
CHILDREN = 40


@pytest.fixture(scope="module", params=LANGUAGES)
def kept(qapp, tmp_path_factory, request):  # noqa: ARG001  (the application comes first)
    """The program with an office for all tests of a language: reports change nothing in it."""
    folder = tmp_path_factory.mktemp("reports")
    with running(folder, request.param) as program:
        show_practice(program, folder, CHILDREN, request.param)
        yield program


@pytest.fixture
def program(kept):
    set_words(kept.office.words)  # another program may have spoken since
    kept.window.activateWindow()
    settle()
    yield kept
    kept.window.resize(1366, 728)
    kept.desk.go(("today", None))
    for place in tuple(kept.desk.pages):
        kept.desk._drop(place)
    settle()


@pytest.fixture
def page(program):
    page = program.desk.go(("reports", None))
    page.span.setCurrentIndex(list(Span).index(Span.THIS_YEAR))
    settle()
    return page


def test_this_quarter_is_shown_first_and_the_keyboard_is_at_the_period(program):
    page = program.desk.go(("reports", None))
    settle()
    assert page.facts.period == reporting.period_of(Span.THIS_QUARTER, clock.today())
    assert QApplication.focusWidget() is page.span
    assert page.work.isHidden()
    assert page.print_button.isEnabled()


def test_the_windows_are_those_of_the_service_at_each_level(page, program):
    for key, level in zip(("R1", "R3", "R4"), LEVELS, strict=True):
        page.reoffending.level.buttons[key].click()
        settle()
        found = measuring.reoffending(program.office, level=level)
        shown = [[cell.text for cell in line.cells[1:6]] for line in page.reoffending.table.figures.lines]
        assert shown == [
            [words().number(n) for n in (each.indexed, each.eligible, each.followed, each.events, each.lost)]
            for each in (table.total for table in found.tables)
        ]


def test_split_by_sex_every_window_has_its_groups_and_all(page):
    page.reoffending.by.setCurrentIndex(page.reoffending.by.findData("sex"))
    settle()
    lines = page.reoffending.table.figures.lines
    assert [line.cells[0].text for line in lines if line.is_heading] == [
        words().plural("{n} month", "{n} months", months) for months in (6, 12, 24, 36)
    ]
    assert sum(line.cells[0].text == tr("All") for line in lines) == 4


def test_split_the_groups_are_drawn_too_and_the_picture_can_be_copied(page):
    assert not page.reoffending.groups.isVisible()
    page.reoffending.by.setCurrentIndex(page.reoffending.by.findData("sex"))
    settle()
    assert page.reoffending.groups.isVisible()
    chart = page.reoffending.group_chart.view.chart
    assert [key.text.count(tr("Male")) for key in chart.key] == [1]
    assert tr("Female") in chart.notes[0], "four girls are too few for a curve"
    page.reoffending.group_chart.table_button.click()
    assert QApplication.clipboard().text().startswith(chart.title)
    assert chart.notes[0] in QApplication.clipboard().text()
    assert not _clipped(page)
    page.reoffending.by.setCurrentIndex(0)
    settle()
    assert not page.reoffending.groups.isVisible()


def test_where_no_group_is_large_enough_the_groups_are_named_all_the_same(page):
    page.reoffending.by.setCurrentIndex(page.reoffending.by.findData("supported"))
    settle()
    assert page.reoffending.group_chart is None
    said = " ".join(label.text().replace("\u200b", "") for label in seen(page.reoffending.groups, QLabel))
    assert tr("Too few children were followed for a picture.") in said
    assert f"{tr('Yes')} (" in said
    assert f"{tr('No')} (" in said


def test_every_indicator_is_there_with_unknown_and_its_definition(page):
    page.show_section("indicators")
    settle()
    shown = []
    for key in ("justice", "service"):
        page.indicators.which.buttons[key].click()
        settle()
        lines = page.indicators.table.figures.lines
        assert all(len(line.cells) == 5 and line.cells[4].text for line in lines)
        shown += [line.cells[0].more for line in lines]
    assert shown == [tr(indicator.definition) for indicator in INDICATORS]


def test_enter_on_a_number_shows_its_cases_and_enter_there_opens_one(page, program):
    page.show_section("indicators")
    settle()
    press(page.indicators.table, Qt.Key.Key_Return)
    settle()
    shown = dialog()
    facts = page.facts
    value = next(each for each in INDICATORS if each.key == "children-arrested").measure(facts.rows, facts.period)
    assert {each.id for each in shown._cases} == set(value.cases)
    assert len({row.child_id for row in facts.rows.cases if row.case_id in value.cases}) == value.numerator
    names = [line.cells[1].text for line in shown.table.figures.lines]
    assert all(names)
    case_id = shown._cases[1].id
    press(shown.table, Qt.Key.Key_Down)
    press(shown.table, Qt.Key.Key_Return)
    settle()
    assert program.desk.place == ("case", case_id)


def test_the_groups_of_cases_in_the_dialog_add_up(page):
    line = page.reoffending.table.figures.lines[0]
    counts = [int(cell.text) if cell.text.isascii() else None for cell in line.cells[1:6]]
    behind = [len(each.cases) for each in line.behind]
    assert sum(behind) == measuring.reoffending(page._office).tables[0].total.eligible
    if None not in counts:
        assert behind == [counts[3], counts[2] - counts[3], counts[4]]
    page.show_cases(line)
    settle()
    shown = dialog()
    for at, each in enumerate(line.behind):
        shown.which.buttons[str(at)].click()
        settle()
        assert len(shown._cases) == len(set(each.cases))
        assert shown.nothing.isVisible() is not bool(each.cases)
    shown.done(0)
    settle()


def test_days_of_ones_own_are_read_and_bad_ones_said(page):
    page.span.setCurrentIndex(page.span.findData("own"))
    for line, text in ((page.first, "1/2/2026"), (page.last, "30-6-2026")):
        line.setFocus()
        line.selectAll()
        line.insert(text)
        press(line, Qt.Key.Key_Return)
    settle()
    assert (page.facts.period.first, page.facts.period.last) == (date(2026, 2, 1), date(2026, 6, 30))
    kept = page.facts
    for text, said in (("31-2-2026", tr("Type a day such as 24-11-2026.")),
                       ("1-1-2026", tr("The period ends before it begins. Choose a later last day."))):  # fmt: skip
        page.last.selectAll()
        page.last.insert(text)
        press(page.last, Qt.Key.Key_Return)
        settle()
        assert page.said.isVisible()
        assert page.said.text().replace("\u200b", "") == said
        assert page.facts is kept
        assert page.work.isHidden()


def test_the_pictures_can_be_copied_and_the_curve_too(page):
    page.show_section("pictures")
    settle()
    assert len(page.pictures.charts) == 2
    for part in page.pictures.charts:
        assert part.picture_button.accessibleName().endswith(part.view.chart.title)
    assert sum(int(row[1]) for row in page.pictures.charts[0].view.chart.rows) == len(page.facts.stages)


@pytest.mark.each_once
@pytest.mark.parametrize("section", ["reoffending", "indicators", "pictures"])
@pytest.mark.parametrize("width", [1024, 1366])
def test_nothing_is_cut_off(page, program, section, width):
    program.window.resize(width, 728)
    page.show_section(section)
    settle()
    assert not _clipped(page)
    for part in (page.reoffending, page.indicators):
        if part.isVisible() and words().language == "en":
            assert not cut_off(part.table, part.table.figures)


def test_choices_stay_when_the_language_changes(page, program):
    page.show_section("indicators")
    state = page.state()
    assert state["span"] == "this-year"
    fresh = type(page)(program.office, program.desk._tasks)
    fresh.restore_state(state)
    settle()
    assert fresh.facts.period == page.facts.period
    assert fresh.section is fresh.indicators
    fresh.deleteLater()


def test_the_report_on_paper_is_previewed_and_written_down_when_saved(page, program, tmp_path, qtbot):
    page.print_button.click()
    qtbot.waitUntil(lambda: page.preview is not None and page.preview.pages > 0, timeout=20_000)
    assert page.preview.options.more.text().replace("\u200b", "") == tr(
        "For the office alone: with small numbers and the curve"
    )
    assert not _printed(program.office)
    page.preview.save_to(str(tmp_path / "report.pdf"))
    settle()
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    (said,) = _printed(program.office)
    assert said["what"] == [None, "quarterly-report"]
    assert said["for_office"] == [None, False]
    assert said["first"] == [None, page.facts.period.first.isoformat()]
    page.preview.leave()
    settle()
    assert QApplication.focusWidget() is page.print_button


def _printed(office):
    with office.read() as work:
        lines = [line for line in work.find(AuditEntry) if line.action == "printed"]
    return [json.loads(line.changes) if isinstance(line.changes, str) else line.changes for line in lines]


def test_an_office_without_cases_says_so_calmly(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 0, "en")
        page = program.desk.go(("reports", None))
        for section in ("reoffending", "indicators", "pictures"):
            page.show_section(section)
            settle()
            assert not _clipped(program.window)
        assert page.reoffending.chart is None
        assert page.pictures.charts == []
        assert [each.text() for each in seen(page, QPushButton)]
