"""A follow-up by telephone: who is called, one key for what was found, saved without the mouse."""

from datetime import timedelta

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from offices import new_office
from programs import seen, settle
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from releases import followed, released, with_chief
from test_ui_sight import _clipped
from typing_in import press, write_here

from casemgr import clock
from casemgr.i18n import LANGUAGES, Words
from casemgr.records.child import LivingWith, SchoolStatus
from casemgr.records.fields import Answer
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import (
    ContactLevel,
    ContactSource,
    FollowUpHow,
    FollowUpStatus,
    Reached,
    WorkNow,
)
from casemgr.services import case_files, drafts
from ui.pages.follow_up_call import FollowUpCall
from ui.tasks import Tasks
from ui.words import set_words, tr, words

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(params=LANGUAGES)
def office(tmp_path, request):
    office = new_office(tmp_path)
    set_words(Words(request.param))
    yield office
    office.close()


@pytest.fixture
def case_id(office):
    case_id = released(office, 100)
    with_chief(office, case_id)
    followed(office, case_id, 90, how=FollowUpHow.HOME, reached=Reached.CHILD, status=FollowUpStatus.WELL,
             schooling=SchoolStatus.TRAINING, work=WorkNow.NOT_ASKED, new_contact=Answer.NO)  # fmt: skip
    followed(office, case_id, 60, how=FollowUpHow.PHONE, status=FollowUpStatus.NOT_REACHED, tries=2)
    return case_id


@pytest.fixture
def screen(office, case_id, qtbot):
    def make(width=1158, *, has_next=True):
        screen = FollowUpCall(office, Tasks(inline=True), case_id, has_next=has_next)
        screen.resize(width, 640)
        screen.told = []
        screen.saved.connect(lambda changes, goes_on: screen.told.append((changes, goes_on)))
        qtbot.addWidget(screen)
        with qtbot.waitActive(screen):
            screen.show()
        settle()
        return screen

    return make


def texts(widget):
    return " ".join(label.text().replace("\u200b", "") for label in seen(widget, QLabel))


def here():
    return QApplication.focusWidget()


def asked(screen):
    """Return the name of the question that has the keyboard."""
    return screen.page.editor.standing().field


def kept(office, case_id):
    return case_files.case_file(office, case_id, log=False).of(FollowUp)[-1]


def test_who_is_called_and_what_is_known_stands_beside_the_questions(screen):
    screen = screen()
    assert screen.person.phones == ["097 555 0123", "012 345 678", "011 555 240"]
    said = texts(screen.person)
    for text in ("ចាន់ ដារ៉ា", "Chan Dara", "SR-C-0001", "អ៊ុំ សុផល", tr("Mother"), tr("Village chief"), tr("Male")):
        assert text in said
    since = words().date(clock.today() - timedelta(days=100))
    assert tr("{what} on {date}", what=tr("Release from detention"), date=since) in said
    assert words().plural("{n} day ago", "{n} days ago", 100) in said
    assert said.index(tr("Not reached")) < said.index(tr("Reached, well, no new contact"))
    assert f"{tr('School now')}: {tr('In vocational training')}" in said
    assert tr("Not asked") not in said
    for label in seen(screen.person, QLabel):
        if label.property("role") == "phone":
            assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_the_questions_begin_with_a_call_of_today(screen):
    screen = screen()
    record = screen.page.editor.record()
    assert (record.done_on, record.how) == (clock.today(), FollowUpHow.PHONE)
    assert here() is screen.keys.buttons["W"]
    for name in ("level", "offence_on", "confirmed"):
        assert not screen.page.editor.is_asked(name)
    screen.page.editor.answer("new_contact", Answer.YES)
    for name in ("level", "offence_on", "confirmed"):
        assert screen.page.editor.is_asked(name)


@pytest.mark.parametrize(
    ("key", "status", "reached", "new_contact", "then"),
    [
        (Qt.Key.Key_W, FollowUpStatus.WELL, None, Answer.NO, "reached"),
        (Qt.Key.Key_N, FollowUpStatus.NOT_REACHED, Reached.NOBODY, Answer.UNKNOWN, "next_on"),
        (Qt.Key.Key_M, FollowUpStatus.MOVED, None, Answer.UNKNOWN, "moved_to_code"),
        (Qt.Key.Key_R, FollowUpStatus.REFUSED, None, Answer.UNKNOWN, "reached"),
    ],
)
def test_one_key_says_what_was_found_and_leads_to_the_next_answer(
    screen, office, case_id, key, status, reached, new_contact, then
):  # fmt: skip
    screen = screen()
    press(here(), key)
    settle()
    assert asked(screen) == then
    press(here(), Qt.Key.Key_S, CONTROL)
    settle()
    record = kept(office, case_id)
    assert (record.status, record.reached, record.new_contact) == (status, reached, new_contact)
    assert [goes_on for _, goes_on in screen.told] == [False]
    assert screen.told[0][0].cases == {case_id}


def test_the_keys_work_with_a_khmer_keyboard_and_inside_lists_with_alt(screen):
    screen = screen()
    for text, status in (("ន", FollowUpStatus.NOT_REACHED), ("រ", FollowUpStatus.REFUSED)):
        screen.keys.buttons["W"].setFocus()
        QApplication.sendEvent(here(), QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
        assert screen.page.editor.record().status is status
    screen.page.editor.focus_field("schooling")
    press(here(), Qt.Key.Key_W, ALT)
    assert screen.page.editor.record().status is FollowUpStatus.WELL


def test_letters_typed_into_a_text_stay_letters(screen):
    screen = screen()
    screen.page.editor.focus_field("notes")
    press(here(), Qt.Key.Key_N)
    assert screen.page.editor.record().notes == "n"
    assert screen.page.editor.record().status is None


def test_a_child_that_was_not_reached_is_never_without_new_contact(screen):
    screen = screen()
    editor = screen.page.editor
    editor.answer("reached", Reached.CHILD)
    editor.answer("new_contact", Answer.NO)
    screen.choose("N")
    assert editor.record().new_contact is Answer.UNKNOWN
    assert editor.record().reached is Reached.NOBODY
    assert screen.keys.buttons["N"].isChecked()
    screen.choose("W")
    assert editor.record().new_contact is Answer.NO
    assert editor.record().reached is None
    assert not screen.keys.buttons["N"].isChecked()


def test_tries_go_on_from_the_tries_before(screen):
    screen = screen()
    screen.choose("N")
    assert screen.page.editor.record().tries == 3


def test_who_was_reached_is_who_says_so_until_somebody_else_is_named(screen):
    screen = screen()
    editor = screen.page.editor
    editor.answer("reached", Reached.GUARDIAN)
    assert editor.record().source is ContactSource.FAMILY
    editor.answer("source", ContactSource.POLICE)
    editor.answer("reached", Reached.CHILD)
    assert editor.record().source is ContactSource.POLICE


def test_a_whole_call_is_written_down_by_keyboard_and_the_next_child_asked_for(screen, office, case_id):
    screen = screen()
    press(here(), Qt.Key.Key_W)
    press(here(), Qt.Key.Key_Down)
    screen.page.editor.focus_field("next_on")
    write_here("០១-០១-២០៣០" if words().language == "km" else "01-01-2030")
    press(here(), Qt.Key.Key_Return, CONTROL)
    settle()
    record = kept(office, case_id)
    assert (record.reached, record.source) == (Reached.CHILD, ContactSource.CHILD)
    assert record.next_on.year == 2030
    assert [goes_on for _, goes_on in screen.told] == [True]
    assert drafts.drafts(office) == []


def test_a_call_in_which_nothing_was_answered_is_not_saved(screen, office, case_id):
    screen = screen()
    for keys in (Qt.Key.Key_S, Qt.Key.Key_Return):
        press(here(), keys, CONTROL)
    assert screen.told == []
    assert screen.page.message.isVisible()
    assert len(case_files.case_file(office, case_id, log=False).of(FollowUp)) == 2
    left = []
    screen.closed.connect(lambda: left.append(True))
    press(here(), Qt.Key.Key_Escape)
    assert left == [True]


def test_what_was_not_saved_is_offered_at_the_next_call(screen, office):
    first = screen()
    first.choose("M")
    first.page.editor.answer("living_with", LivingWith.MOTHER)
    first.keep()
    first.close()
    again = screen()
    assert again.page.key == first.page.key
    assert again.page.draft_bar.isVisible()
    again.page.use_draft()
    assert again.page.editor.record().living_with is LivingWith.MOTHER
    again.page.save()
    assert drafts.drafts(office) == []


def test_a_refused_save_marks_the_question_and_stays(screen):
    screen = screen()
    screen.choose("N")
    screen.page.editor.answer("next_on", clock.today() - timedelta(days=3))
    screen.page.save_and_go_on()
    assert screen.told == []
    assert tr("The next contact would lie before this follow-up.") in texts(screen.page)
    screen.page.editor.answer("next_on", clock.today() + timedelta(days=3))
    press(here(), Qt.Key.Key_S, CONTROL)
    assert [goes_on for _, goes_on in screen.told] == [False]


def test_what_is_typed_comes_back_in_another_language(screen):
    first = screen()
    first.choose("W")
    first.page.editor.answer("level", ContactLevel.R1)
    state, standing = first.state(), first.standing()
    first.close()
    again = screen()
    again.restore_state(state)
    again.stand(standing)
    settle()
    assert again.page.editor.record().status is FollowUpStatus.WELL
    assert asked(again) == "reached"


@pytest.mark.parametrize("width", [1158, 956])
def test_nothing_is_cut_off_in_a_narrow_window(screen, width):
    screen = screen(width)
    for status in (FollowUpStatus.NOT_REACHED, FollowUpStatus.MOVED, FollowUpStatus.NEW_CONTACT):
        screen.page.editor.answer("status", status)
        settle()
        assert _clipped(screen) == []
        area = screen.page.editor.parentWidget().parentWidget()
        assert screen.page.editor.parentWidget().width() <= area.width()
