"""The page of a call in a small window: the clocks leave the questions their room, and nothing of them is cut off."""

from datetime import timedelta

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import practising, settle

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.child import Child
from casemgr.services import casework
from casemgr.services.clocks_said import source_said

pytestmark = [pytest.mark.usefixtures("qtbot"), pytest.mark.qt_log_ignore("This plugin does not support")]


@pytest.fixture
def language():
    return "en"


@pytest.fixture
def page(tmp_path, language):
    with practising(tmp_path, language) as program:
        program.desk.new_arrest()
        settle()
        yield program.desk.pages["arrest", None]


def is_cut(label):
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height()
    return label.sizeHint().width() > label.width()


def look(page, size, born):
    page.window().resize(*size)
    at = clock.now() - timedelta(hours=30)
    for name in ("arrested_at", "arrived_at"):
        page.arrest.answer(name, at)
    page.child.answer("born", born)
    page.reckon()
    settle()
    shown = page.clocks.shown
    assert len(shown) == 2
    assert page.form.height() * 2 >= page.height()
    for each, (_, left, source) in zip(shown, page.clocks._lines, strict=True):
        assert left.isVisible()
        said = source_said(each.limit, page.form.arrest.words)
        assert source.isVisible() or said in left.toolTip()
        assert source.isVisible() or size[1] < 500
        assert said in left.accessibleDescription()
        for label in (left, source):
            assert label.isHidden() or not is_cut(label), label.text()
            assert label.isHidden() or page.clocks.rect().contains(label.geometry()), label.text()


@pytest.mark.parametrize("language", ["km"])
def test_children_that_may_be_the_same_leave_the_questions_half_of_a_low_page(page):
    children = [Child(family_name_km="ចាន់", given_name_km="ដារ៉ា") for _ in range(3)]
    for child in children:
        casework.save_child(page._office, child)
    page.child.answer("family_name_latin", "Chan")
    page.child.answer("given_name_latin", "Dara")
    page.notice.search()
    look(page, (1366, 728), None)
    assert len(page.notice.shown) == 2
    look(page, (911, 480), None)
    assert len(page.notice.shown) == 1
    look(page, (1366, 728), None)
    assert len(page.notice.shown) == 2


def look_at_all(page):
    for size in ((911, 480), (1024, 660), (1366, 728)):
        for born in (None, PartialDate.from_age(15, clock.today())):
            look(page, size, born)


def test_the_clocks_leave_the_questions_at_least_half_of_the_page(page):
    look_at_all(page)


@pytest.mark.parametrize("language", ["km"])
def test_the_clocks_in_khmer_leave_the_questions_at_least_half_of_the_page(page):
    look_at_all(page)
