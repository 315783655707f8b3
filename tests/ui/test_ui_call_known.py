"""A call about a child that is here already: nothing told is lost without a word, and nothing kept is written over."""

from datetime import timedelta
from threading import Event

import pytest
from programs import practising, settle

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.child import Child, Guardian, Sex
from casemgr.services import case_files, casework
from ui.tasks import Tasks
from ui.words import tr

pytestmark = [pytest.mark.usefixtures("qtbot"), pytest.mark.qt_log_ignore("This plugin does not support")]
MOTHER = "អ៊ុំ សុផល"


@pytest.fixture
def language():
    return "en"


@pytest.fixture
def program(tmp_path, language):
    with practising(tmp_path, language) as program:
        program.window.activateWindow()
        yield program


@pytest.fixture
def dara(program):
    born = PartialDate.of(2011, 3, 12)
    child = Child(family_name_km="ចាន់", given_name_km="ដារ៉ា", sex=Sex.MALE, born=born)
    child.guardians = (Guardian(name=MOTHER),)
    casework.save_child(program.office, child)
    return child


@pytest.fixture
def page(program):
    program.desk.new_arrest()
    settle()
    return program.desk.pages["arrest", None]


def name_line(page):
    return page.child.sections[0].question("family_name_km").editor.line


def offered(page, **answers):
    """Tell of a child that sounds like the one that is here, until it is offered."""
    for name, answer in ({"family_name_latin": "Chan", "given_name_latin": "Dara"} | answers).items():
        page.child.answer(name, answer)
    page.notice.search()
    settle()
    assert page.notice.isVisible()


def kept(program, child):
    return case_files.child_file(program.office, child.id, log=False).child


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_family_is_added_and_the_rest_is_said_before_it_is_saved(program, dara, page):
    offered(page, nickname="ដង", born=PartialDate.of(2011, 3, 12))
    page.guardian.edits["name"].setText(MOTHER)
    page.guardian.edits["phone"].setText("012 345 678")
    page.notice.lines[0].button.click()
    settle()
    assert page.guardian.isVisible()
    assert page.form.left_out.isVisible()
    said = page.form.left_out.text().replace("\u200b", "")
    assert "ដង" in said
    assert tr("Nickname") in said
    assert tr("Date of birth") not in said  # which is the same there
    page.save()
    settle()
    assert program.desk.place[0] == "case"
    now = kept(program, dara)
    assert [(each.name, each.phone) for each in now.guardians] == [(MOTHER, "012 345 678")]
    assert (now.nickname, now.family_name_latin) == (None, None)


def test_another_guardian_takes_the_place_of_none(program, dara, page):
    offered(page)
    page.guardian.edits["name"].setText("ចាន់ សំអឿន")
    page.notice.lines[0].button.click()
    page.save()
    settle()
    assert [each.name for each in kept(program, dara).guardians] == [MOTHER, "ចាន់ សំអឿន"]


@pytest.mark.usefixtures("dara")
def test_a_telephone_typed_half_is_marked_where_it_is_seen(program, page):
    offered(page)
    page.guardian.edits["phone"].setText("01")
    page.notice.lines[0].button.click()
    page.save()
    settle()
    assert program.desk.place[0] == "arrest"
    assert page.guardian.marks["phone"].isVisible()
    assert page.guardian.edits["phone"].isVisible()


def test_another_choice_of_whom_it_is_about_is_kept_in_the_draft(page):
    page.child.answer("family_name_km", "ចាន់")
    page.keep()
    assert not page._timer.isActive()
    page.form.known_button.click()
    assert page._timer.isActive()


def test_nobody_else_is_offered_once_a_known_child_is_meant(dara, page):
    offered(page)
    page.form.known_button.click()
    page.guardian.edits["name"].setText(MOTHER)
    page.notice.search()
    settle()
    assert not page.notice.isVisible()
    page.form.new_button.click()
    settle()
    assert [each.child_id for each in page.notice.shown] == [dara.id]


def test_a_likely_child_that_had_no_room_is_shown_before_it_is_written_down_anew(program, dara, page):
    others = [Child(family_name_km="ចាន់", given_name_km="ដារ៉ា", sex=Sex.MALE, born=dara.born) for _ in range(2)]
    for other in others:
        casework.save_child(program.office, other)
    offered(page, sex=Sex.MALE, born=dara.born)
    first = {each.child_id for each in page.notice.shown}
    assert len(first) == 2
    page.save()
    settle()
    assert program.desk.place[0] == "arrest"
    assert page.notice.shown[0].child_id not in first
    page.save()
    settle()
    assert program.desk.place[0] == "case"


def test_clocks_of_a_time_that_was_taken_away_do_not_come_back(program, page, qtbot):
    page._tasks, free, read = Tasks(program), Event(), []
    page._tasks.run(free.wait)  # the store is busy
    page.arrest.answer("arrived_at", clock.now() - timedelta(hours=1))
    page.reckon()
    page.arrest.answer("arrived_at", None)
    page.reckon()
    page._tasks.run(lambda: True, read.append)
    free.set()
    qtbot.waitUntil(lambda: bool(read))
    assert not page.clocks.isVisible()


def test_while_no_known_child_is_chosen_the_age_of_the_new_one_says_nothing(page):
    page.child.answer("born", PartialDate.from_age(15, clock.today()))
    page.arrest.answer("arrived_at", clock.now() - timedelta(hours=1))
    page.reckon()
    assert not any(each.awaits_age for each in page.clocks.shown)
    page.form.known_button.click()
    page.reckon()
    assert any(each.awaits_age for each in page.clocks.shown)
