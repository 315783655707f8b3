"""What is previewed on a page stays open when the language of the screen changes, with what was chosen of it."""

import pytest
from programs import running, settle, show_practice

from casemgr.services import papers
from ui.pages.batch_page import BatchPage

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def program(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 6, "en")
        yield program


def in_another_language(program, place):
    """Change the language; return the page built anew."""
    before = program.desk.pages[place]
    program.speak("km")
    settle()
    page = program.desk.pages[place]
    assert page is not before
    assert program.desk.place == place
    return page


@pytest.mark.parametrize(
    ("place", "show"),
    [("today", lambda page: page.print_week()), ("where", lambda page: page.print()),
     ("reports", lambda page: page.print())],
)  # fmt: skip
def test_a_paper_of_a_page_stays_with_what_was_chosen(program, place, show):
    page = program.desk.go((place, None))
    settle()
    show(page)
    page.preview.options.more.click()
    settle()
    choice = page.preview.choice
    assert choice.named or choice.with_restricted
    page = in_another_language(program, (place, None))
    assert page.preview is not None
    assert page.preview.choice == choice
    assert page.layers.currentWidget() is page.preview
    page.preview.leave()
    settle()
    assert page.layers.currentWidget() is page.overview
    program.speak("en")
    settle()
    assert program.desk.pages[place, None].preview is None


def test_what_is_asked_for_several_cases_stays_below_the_paper(program):
    page = program.desk.go(("cases", None))
    settle()
    page.table.selectRow(1)
    marked = page.marked
    page.choose_form()
    settle()
    page = in_another_language(program, ("cases", None))
    asked = page.layers.currentWidget()
    assert isinstance(asked, BatchPage)
    assert asked.which.buttons["chosen"].isEnabled()
    page.print(papers.form_named("police-warning"), marked)
    settle()
    program.speak("en")
    settle()
    page = program.desk.pages["cases", None]
    assert page.layers.currentWidget() is page.preview
    assert page._printing.case_ids == marked
    page.preview.leave()
    settle()
    assert isinstance(page.layers.currentWidget(), BatchPage)
    page.layers.currentWidget().closed.emit()
    settle()
    page = in_another_language(program, ("cases", None))
    assert page.layers.currentWidget() is page.overview
