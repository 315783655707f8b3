"""The ribbon, the cards and the clocks of a case: how its stages stand, and the way from there to each record."""

from datetime import timedelta

import pytest
from offices import speaking
from programs import settle, shown_case
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from typing_in import press

from casemgr import clock
from casemgr.law.deadlines import DeadlineState
from casemgr.law.remarks import Remark
from casemgr.law.standing import StageState
from casemgr.records.case import Offence, OffenceCategory
from casemgr.records.kinds import KINDS, kind_of
from casemgr.records.pathway import PATHWAY
from casemgr.records.pathway.arrest import ARREST, ARREST_RECORD, Arrest
from casemgr.records.pathway.social_inquiry import SOCIAL_INQUIRY, SOCIAL_INQUIRY_RECORD, SocialInquiry
from casemgr.records.stage import Stage
from casemgr.services import casework, reports
from ui.pages.case_cards import FEW, NEW, UNWRITTEN
from ui.parts.card import Card, Entry
from ui.parts.fold import FEWER, MOST, show_all
from ui.parts.menu_button import MenuButton
from ui.parts.ribbon import STATES, Ribbon, state_icon
from ui.words import tr, words

either = pytest.mark.parametrize("office", ["km", "en"], indirect=True)
menus = pytest.mark.qt_log_ignore("This plugin does not support (raise\\(\\)|grabbing)", extend=True)


@pytest.fixture
def office(request, tmp_path):
    with speaking(tmp_path, getattr(request, "param", "en")) as office:
        yield office


@pytest.fixture
def page(office, qtbot):
    return shown_case(office, qtbot, 500)


def write_arrests(page, count):
    """Write down so many further arrests that are over, each a day before the one before."""
    for days in range(1, count + 1):
        at = clock.now() - timedelta(days=days)
        over = Arrest(
            case_id=page.case_id, arrested_at=at, arrived_at=at, lawyer_arrived_at=at, custody_ended_at=at
        )  # fmt: skip
        casework.save_record(page._office, over)
    page.refresh()
    settle()


def add_report(page):
    casework.save_record(page._office, reports.new_report(page._office, page.case_id))
    page.refresh()
    settle()


def entries(widget):
    return [entry for entry in widget.findChildren(Entry) if entry.isVisible()]


def title(entry):
    return entry.findChild(QLabel).text().replace("\u200b", "")


@either
def test_each_state_is_said_in_words_and_by_a_sign_of_its_own(qtbot, office):
    stages = [Stage(state.value, PATHWAY[0].label, ()) for state in StageState]
    ribbon = Ribbon(stages)
    qtbot.addWidget(ribbon)
    ribbon.show_states({state.value: state for state in StageState})
    for state in StageState:
        chip = ribbon.chips[state.value]
        assert office.words.text(STATES[state]) in chip.accessibleName()
        assert tr(PATHWAY[0].label) in chip.accessibleName()
    grey = [state_icon(state).pixmap(28).toImage().convertToFormat(QImage.Format.Format_Alpha8) for state in StageState]
    shapes = [frozenset((x, y) for x in range(28) for y in range(28) if image.pixelColor(x, y).alpha() > 128)
              for image in (picture.scaled(28, 28) for picture in grey)]  # fmt: skip
    assert len(set(shapes)) == len(StageState)


@either
def test_the_ribbon_says_how_the_stages_of_the_case_stand(page):
    chips = page.view.ribbon.chips
    assert list(chips) == [stage.key for stage in PATHWAY]
    assert chips["arrest"].state is StageState.CURRENT
    assert chips["social-inquiry"].state is StageState.AHEAD
    add_report(page)
    casework.remove_record(page._office, page.file.of(Arrest)[0], "ច្រឡំ")
    page.refresh()
    assert chips["arrest"].state is StageState.SKIPPED
    assert chips["social-inquiry"].state is StageState.CURRENT


def test_a_minute_later_stage_clock_and_remark_say_what_time_has_made_of_them(page, monkeypatch):
    later = clock.now() + timedelta(hours=30)
    assert page.file.remarks == ()
    page._office.store.close()  # whoever asked it now would be refused
    monkeypatch.setattr(clock, "now", lambda: later)
    page.view.tick()
    settle()
    assert page.view.ribbon.chips["arrest"].state is StageState.OVERDUE
    assert {badge.state for badge in page.view.badges} == {DeadlineState.OVER}
    message = tr("No lawyer has met the child, more than 24 hours after the arrest.")
    assert any(title(entry) == message for entry in entries(page.view))


def test_tab_stops_once_on_the_ribbon_and_the_arrows_lead_on(page):
    chips = list(page.view.ribbon.chips.values())
    assert [chip for chip in chips if chip.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus] == [
        chips[0]
    ]
    chips[0].setFocus()
    for key, to in ((Qt.Key.Key_Left, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Up, 0), (Qt.Key.Key_End, -1),
                    (Qt.Key.Key_Right, -1), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1)):  # fmt: skip
        press(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is chips[to]
    press(chips[1], Qt.Key.Key_Tab)
    assert not page.view.ribbon.isAncestorOf(QApplication.focusWidget())
    press(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is chips[1]


def test_a_stage_that_is_pressed_comes_into_view_with_the_keyboard(page):
    write_arrests(page, 4)
    add_report(page)
    chip = page.view.ribbon.chips["social-inquiry"]
    chip.setFocus()
    press(chip, Qt.Key.Key_Space)
    card = page.view.cards.stages["social-inquiry"]
    assert isinstance(card, Card)
    assert card.isAncestorOf(QApplication.focusWidget())
    assert 0 <= card.mapTo(page.view.viewport(), QPoint(0, 0)).y() < page.view.viewport().height()
    page.view.ribbon.chips["arrest"].click()
    assert page.view.cards.stages["arrest"].isAncestorOf(QApplication.focusWidget())


def test_a_stage_that_is_not_written_down_leads_to_the_button_that_begins_it(page):
    page.view.ribbon.chips["social-inquiry"].click()
    button = QApplication.focusWidget()
    assert button.accessibleName() == f"{tr(NEW)}: {tr(SocialInquiry.title)}"
    button.click()
    assert isinstance(page.editing.base, SocialInquiry)


@either
def test_stages_of_which_nothing_is_written_down_stand_in_one_card(page):
    cards = page.view.findChildren(Card)
    empty = [stage for stage in PATHWAY if stage is not ARREST]
    headings = [title(card) for card in cards if card.isVisible()]
    assert headings.count(tr(UNWRITTEN)) == 1
    assert all(tr(stage.label) not in headings for stage in empty)
    unwritten = next(card for card in cards if title(card) == tr(UNWRITTEN))
    texts = [button.text() for button in unwritten.findChildren(QPushButton)]
    assert [text for text in texts if text in {tr(stage.label) for stage in PATHWAY}] == [
        tr(stage.label) for stage in empty
    ]


@either
@menus
def test_a_stage_of_several_kinds_offers_them_in_a_menu(page, qtbot):
    both = Stage("both", ARREST.label, (ARREST_RECORD, SOCIAL_INQUIRY_RECORD))
    for card in (page.view.cards.written(both, page.file), page.view.cards.unwritten((both,), (), page.file)):
        qtbot.addWidget(card)
        card.show()
        button = next(each for each in card.findChildren(MenuButton) if each.accessibleName().startswith(tr(NEW)))
        button.setFocus()
        press(button, Qt.Key.Key_Space)
        menu = button.menu_shown
        assert [action.text() for action in menu.actions()] == [tr(kind.record.title) for kind in both.kinds]
        press(menu, Qt.Key.Key_Down)
        press(menu, Qt.Key.Key_Return)
        assert isinstance(page.editing.base, SocialInquiry)
        page.editing.leave()
        card.hide()


def test_several_parts_beside_the_pathway_stand_apart_in_the_same_card(page, qtbot):
    beside = (Stage("beside", SOCIAL_INQUIRY.label, (SOCIAL_INQUIRY_RECORD,)),)
    card = page.view.cards.unwritten((ARREST,), beside, page.file)
    qtbot.addWidget(card)
    assert len(card.findChildren(QPushButton)) == 2
    assert page.view.cards.written(beside[0], page.file) is None


@either
def test_the_newest_record_stands_first_and_more_than_five_are_folded(page):
    write_arrests(page, MOST + 2)
    card = page.view.cards.stages["arrest"]
    number = words().number
    titles = [f"{tr(Arrest.title)} {number(each)}" for each in range(1, MOST + 4)]
    assert [title(entry) for entry in entries(card)] == [titles[0], *titles[1:MOST]]  # the first is the latest arrest
    fold = page.view.cards.hidden_in[page.file.of(Arrest)[-1].id]
    assert fold.button.text() == show_all(MOST + 3)
    fold.button.setFocus()
    press(fold.button, Qt.Key.Key_Space)
    settle()
    assert fold.button.text() == tr(FEWER)
    assert len(entries(card)) == MOST + 3
    press(fold.button, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == f"{tr('Edit')}: {titles[MOST]}"
    page.refresh()
    settle()
    assert len(entries(page.view.cards.stages["arrest"])) == MOST + 3  # it stays as it was left


def test_the_keyboard_comes_back_to_a_record_that_was_folded(page):
    write_arrests(page, MOST + 2)
    oldest = page.file.of(Arrest)[-1]
    page.edit(oldest)
    page.editing.leave()
    settle()
    assert QApplication.focusWidget() is page.view.cards.buttons[oldest.id]


def test_the_keyboard_stays_where_it_was_when_the_page_is_read_anew(page):
    add_report(page)
    titles = (f"{tr('More')}: {tr(Arrest.title)}", f"{tr(NEW)}: {tr(Arrest.title)}")
    for name in titles:
        next(each for each in page.view.findChildren(QPushButton) if each.accessibleName() == name).setFocus()
        page.refresh()
        settle()
        assert QApplication.focusWidget().accessibleName() == name
    arrest = page.file.of(Arrest)[0]
    more = next(each for each in page.view.findChildren(MenuButton) if each.accessibleName() == titles[0])
    more.setFocus()
    casework.remove_record(page._office, arrest, "ច្រឡំ")
    page.refresh()
    settle()
    assert QApplication.focusWidget() is page.view


def test_a_case_with_sixty_records_builds_few_widgets(page):
    write_arrests(page, 59)
    settle()
    assert len(page.file.records) == 60
    assert len(entries(page.view.cards.stages["arrest"])) == FEW
    assert len(page.view.findChildren(QWidget)) < 300


@either
def test_a_remark_opens_the_editor_at_its_question(page, monkeypatch):
    later = clock.now() + timedelta(hours=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    page.view.tick()
    settle()
    message = tr("No lawyer has met the child, more than 24 hours after the arrest.")
    entry = next(entry for entry in entries(page.view) if title(entry) == message)
    button = entry.findChild(QPushButton)
    assert message in button.accessibleName()
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    settle()
    assert QApplication.focusWidget().accessibleName().startswith(tr("Lawyer met the child at"))
    page.editing.leave()
    page.look(Remark("", page.file.of(Arrest)[0].id, "no-such-question"))
    assert isinstance(page.editing.base, Arrest)


def test_a_remark_on_the_child_leads_to_the_child_and_one_on_nothing_nowhere(page, qtbot):
    with qtbot.waitSignal(page.child_asked) as asked:
        page.look(Remark("", page.file.child.id, "born"))
    assert asked.args == [page.file.child.id]
    page.look(Remark(""))
    assert page.editing is None


def test_a_remark_goes_when_it_is_mended(page):
    offence = page.file.offences[0]
    casework.remove_record(page._office, offence, "ច្រឡំ")
    page.refresh()
    settle()
    message = tr("No offence is written down: its class and date decide which limits count.")
    assert message in [title(entry) for entry in entries(page.view)]
    casework.save_record(page._office, Offence(case_id=page.case_id, category=OffenceCategory.THEFT))
    page.refresh()
    settle()
    assert message not in [title(entry) for entry in entries(page.view)]


@either
def test_a_clock_names_its_rule_and_the_record_it_counts_from(page):
    custody = next(badge for badge in page.view.badges if badge.deadline.rule == "police-custody")
    said = [text for text, _ in custody.lines]
    assert any(words().number(24) in text and tr("Misdemeanour") in text for text in said)
    day = words().date(page.file.of(Arrest)[0].arrested_at.date())
    button = custody.record_button
    assert tr(Arrest.title) in button.accessibleName()
    assert day in button.accessibleName()
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    assert page.editing.base.id == page.file.of(Arrest)[0].id


@either
def test_clocks_that_are_over_with_are_folded(page):
    arrest = page.file.of(Arrest)[0]
    arrest.lawyer_arrived_at = clock.now()
    casework.save_record(page._office, arrest)
    page.refresh()
    settle()
    assert [badge.deadline.rule for badge in page.view.badges] == ["police-custody"]
    label = tr("Finished: {count}", count=words().number(1))
    fold = next(each for each in page.view.findChildren(QPushButton) if each.text() == label and each.isVisible())
    fold.click()
    settle()
    assert [badge.state for badge in page.view.badges][1:] == [DeadlineState.DONE_IN_TIME]


def test_a_long_timeline_shows_its_latest_lines_and_folds_the_others(page):
    write_arrests(page, 6)
    latest = max(line.at for line in page.view.timeline.lines)
    assert latest >= max(deadline.due_at for deadline in page.file.deadlines if deadline.ended_at is None)
    assert len(page.view.timeline.lines) == 12
    assert len(page.file.timeline) > 12


def test_every_kind_of_record_can_be_begun_from_the_overview(page):
    names = [button.accessibleName() for button in page.view.findChildren(QPushButton)]
    offered = [label for button in page.view.findChildren(MenuButton) for label, _ in button.offers]
    for kind in KINDS:
        written = not kind.several and bool(page.file.of(kind.record))
        assert f"{tr(NEW)}: {tr(kind.record.title)}" in names or tr(kind.record.title) in offered or written
        assert kind_of(kind.record) is kind
