"""What is not at once in sight is built a little later; Tab, drafts and marks know nothing of it."""

from uuid import uuid4

import pytest
from offices import new_office, practice, with_arrest
from partly import some
from programs import settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from typing_in import write

from casemgr.records.beside.document import Document
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.detention import Detention
from casemgr.services import case_files, casework, lists
from ui.editors.question_grid import stops_in
from ui.editors.record_editor import AT_ONCE
from ui.editors.record_page import RecordPage
from ui.pages.case import CasePage
from ui.tasks import Tasks
from ui.words import set_words

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    set_words(office.words)
    yield office
    office.close()


@pytest.fixture
def page(office, qtbot):
    case_id = with_arrest(office)

    def make(kind=Detention, **answers):
        record = kind(case_id=case_id, id=uuid4(), **answers)
        page = RecordPage(
            office, Tasks(inline=True), record, lambda record, why: casework.save_record(office, record, why),
            key=f"{kind.__tablename__}/{record.id}", title="Title", case_id=case_id, asks_why=True,
        )  # fmt: skip
        page.resize(1100, 720)
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        return page

    return make


def built(editor):
    return [info.name for section in editor.sections for info in section.infos if section.built(info.name)]


def asked(editor):
    return [name for section in editor.sections for name in section.shown]


def wait(editor):
    for _ in range(200):
        if not any(section.is_waiting for section in editor.sections):
            return
        QApplication.processEvents()
    pytest.fail("questions wait for ever")


def test_a_screenful_is_built_at_once_and_the_rest_soon(page):
    page = page()
    assert built(page.editor) == asked(page.editor)[:AT_ONCE]
    wait(page.editor)
    assert built(page.editor) == asked(page.editor)
    assert len(asked(page.editor)) > 2 * AT_ONCE


def test_tab_pressed_faster_than_questions_are_built_passes_none_of_them_by(page):
    page = page()
    page.editor._growth._rest.blockSignals(True)  # the laptop is slower than the hands
    settle()
    page.editor.focus_first()
    wanted = asked(page.editor)
    assert built(page.editor) == wanted[: len(built(page.editor))] != wanted
    passed = []
    while (name := page.editor.field_in_hand()) is not None:
        if not passed or passed[-1] != name:
            passed.append(name)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert passed == wanted
    assert len(wanted) > 2 * AT_ONCE


@pytest.mark.parametrize(
    "kind", some((kind for kind in KINDS if kind.record is not Document), 4), ids=lambda kind: kind.key
)
def test_tab_goes_through_the_questions_in_their_order_and_then_to_the_exits(page, kind):
    page = page(kind.record)
    wait(page.editor)
    settle()
    for at, section in enumerate(page.editor.sections):
        if not section.is_asked:
            continue
        if page.editor.is_long:
            page.editor._show_section(at)
            wait(page.editor)
    stops = [
        stop for section in page.editor.sections if section.is_asked for name in section.shown
        for stop in stops_in(section.built(name))
    ]  # fmt: skip
    first = [page.editor.list] if page.editor.is_long else []
    wanted = [*first, *stops, page.reason.line, page.save_button, page.leave_button]
    chain, widget = [], wanted[0]
    for _ in range(20_000):
        chain.append(widget)
        widget = widget.nextInFocusChain()
        if widget is wanted[0]:
            break
    places = [chain.index(stop) for stop in wanted]
    assert places == sorted(places)


def test_a_question_that_arises_later_has_its_place_in_the_order(page):
    page = page()
    wait(page.editor)
    names = asked(page.editor)
    section = next(section for section in page.editor.sections if section.key == "alternatives")
    new = next(info.name for info in section.infos if info.name not in names)
    before = built(page.editor)
    question = section.question(new)
    assert question.isHidden(), "it is not asked"
    assert [name for name in built(page.editor) if name != new] == before


def test_what_is_asked_for_is_built_with_all_above_it_and_has_the_keyboard(page, qtbot):
    page = page()
    last = asked(page.editor)[-1]
    page.editor.focus_field(last)
    question = next(section for section in page.editor.sections if section.has(last)).built(last)
    assert built(page.editor) == asked(page.editor)
    qtbot.waitUntil(lambda: QApplication.focusWidget() in stops_in(question))


def test_a_refused_field_that_is_not_built_yet_is_marked(page):
    page = page()
    last = asked(page.editor)[-1]
    page.editor.mark((last,), "This record is not in this office.")
    question = next(section for section in page.editor.sections if section.has(last)).built(last)
    assert question.mark.isVisible()


def test_a_draft_is_shown_in_questions_that_are_built_later(page):
    page = page()
    page.editor.restore({"facility": "ពន្ធនាគារខេត្ត", "?ended_on": ["31-2-2026"]})
    assert "ended_on" in page.editor.unreadable()
    assert page.editor.plain() == {"facility": "ពន្ធនាគារខេត្ត", "?ended_on": ["31-2-2026"]}
    wait(page.editor)
    end = next(section for section in page.editor.sections if section.has("ended_on")).built("ended_on")
    assert end.editor.typed() == ["31-2-2026"]
    assert page.editor.plain() == {"facility": "ពន្ធនាគារខេត្ត", "?ended_on": ["31-2-2026"]}
    assert not page.editor.check()
    assert end.mark.isVisible()


def test_what_is_typed_before_the_rest_is_there_stays(page):
    page = page()
    line = page.editor.sections[0].question("facility").editor.line
    write(line, "ពន្ធនាគារ")
    wait(page.editor)
    assert page.editor.record().facility == line.text() == "ពន្ធនាគារ"


@pytest.fixture
def case_page(tmp_path, qtbot):
    office = practice(tmp_path / "practice", 40)
    set_words(office.words)
    rows = lists.cases(office)
    fullest = max(rows, key=lambda row: len(case_files.case_file(office, row.id, log=False).records))
    page = CasePage(office, Tasks(inline=True), fullest.id)
    page.resize(1150, 500)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.view.finish()
    settle()
    yield page
    office.close()


def test_a_case_that_is_shown_anew_keeps_scroll_position_and_keyboard(case_page):
    view = case_page.view
    button = list(view.cards.buttons.items())[4]
    view.focus_record(button[0])
    settle()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    settle()
    at = bar.value()
    assert at > 0
    case_page.refresh()
    assert view.isAncestorOf(QApplication.focusWidget()) or QApplication.focusWidget() is view
    assert bar.value() == at
    view.finish()
    assert QApplication.focusWidget() is view.cards.buttons[button[0]]
    assert QApplication.focusWidget() is not button[1]


def test_who_asks_for_the_cards_of_a_case_gets_all_of_them(case_page):
    view = case_page.view
    records = {record.id for record in case_page.file.records}
    case_page.refresh()
    known = set(view.cards.buttons) | set(view.cards.hidden_in)
    assert records <= known
    assert view.updatesEnabled()
    case_page.refresh()
    assert [badge.deadline.due_at for badge in view.badges] == sorted(badge.deadline.due_at for badge in view.badges)
    case_page.refresh()
    case_page.refresh()
    settle()
    view.finish()
    assert len([each for each in view.findChildren(QPushButton) if each.isVisible()]) > 10


def test_a_minute_that_passes_while_a_case_is_half_built_behind_another_page_touches_nothing_that_is_gone(case_page):
    view = case_page.view
    before = len(view.badges)
    case_page.refresh()
    case_page.hide()  # as where the worker goes on before all cards are there
    settle()
    assert view._steps is not None
    view.tick()
    case_page.show()
    settle()
    assert len(view.badges) == before > 0
