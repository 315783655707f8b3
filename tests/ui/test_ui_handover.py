"""A case handed over to another office, and taken in there: asked, shown beside what is here, decided."""

from threading import Event

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from offices import practice, with_arrest
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox
from test_ui_sight import _clipped
from typing_in import press, write

from casemgr.i18n import LANGUAGES
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, casework, lists, office_keys
from casemgr.services.comparing import Keep, compare
from casemgr.services.handover import hand_over
from casemgr.services.office import Office
from casemgr.services.received import receive
from ui.pages.hand_over import HAND_OVER, PASSPHRASE, HandOverDialog, OwnKeyDialog
from ui.pages.take_in import PassphraseDialog
from ui.pages.take_in_dialog import TakeInDialog
from ui.tasks import Tasks
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
WORDS, REASON = "four words make one", "ផ្លាស់ទីលំនៅ"


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 0, request.param)
        yield program


@pytest.fixture
def other(tmp_path):
    office = practice(tmp_path / "other", 0)
    yield office
    office.close()


@pytest.fixture
def page(program):
    page = program.desk.go(("case", with_arrest(program.office)))
    settle()
    return page


def close(shown):
    if shown in QApplication.topLevelWidgets():
        shown.done(0)
    settle()


def said(shown):
    return "\n".join(label.text().replace("\u200b", "") for label in seen(shown, QLabel))


def sent(other: Office, program, path, *, passphrase=None):
    """Let the other office hand over a case of its own."""
    case_id = next(iter(lists.cases(other)), None)
    identity = case_id.id if case_id else with_arrest(other)
    key = None if passphrase else office_keys.own_key(program.office)
    hand_over(other, identity, path, reason=REASON, key=key, passphrase=passphrase)
    return identity


def arrest_of(office: Office, case_id):
    return case_files.case_file(office, case_id, log=False).of(Arrest)[0]


def test_a_handing_over_can_be_stopped_and_the_dialog_stays(page, program, qtbot, tmp_path):
    tasks, gate = Tasks(), Event()
    asked = HandOverDialog(program.office, tasks, page.file, page)
    asked.open()
    qtbot.waitUntil(lambda: tasks.is_idle)
    asked.way.buttons[PASSPHRASE].click()
    for edit in asked.passphrase.lines.edits.values():
        edit.setText(WORDS)
    asked.reason.edits["reason"].setText(REASON)
    tasks.run(gate.wait)
    asked.save_to(str(tmp_path / "a.case"))
    asked.reject()
    assert asked.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not asked.is_running)
    assert tr("This was stopped. Nothing was written.") in said(asked)
    assert list(tmp_path.glob("*.case")) == []
    assert asked.reason.typed("reason") == REASON
    qtbot.waitUntil(lambda: tasks.is_idle)
    close(asked)


def test_a_case_is_handed_over_with_a_key_and_written_down(program, page, other, tmp_path):
    actions = {action.label: action for action in page._actions_of(page.file.case)}
    actions[HAND_OVER].act()
    settle()
    asked = dialog()
    assert isinstance(asked, HandOverDialog)
    assert tr(
        "The whole file of the child goes to another office, but no consent in the case allows sharing. Ask the child "
        "and the family first."
    ) in said(asked)  # fmt: skip
    asked.save()
    assert asked.message.isVisible()
    key = office_keys.save_key(other, tmp_path / "key.txt")
    asked.use_key(str(tmp_path / "key.txt"))
    assert words().figures(key.fingerprint) in said(asked)
    asked.save()
    assert asked.reason.marks["reason"].isVisible()
    write(asked.reason.edits["reason"], REASON)
    asked.restricted.setChecked(True)
    settle()
    assert _clipped(asked) == []
    asked.save()
    settle()
    target = dialog()
    assert isinstance(target, QFileDialog)
    name = target.selectedFiles()[0]
    assert page.file.child.family_name_km not in name
    target.fileSelected.emit(str(tmp_path / "a.case"))
    target.done(0)
    settle()
    assert (tmp_path / "a.case").exists()
    assert "a.case" in said(asked)
    with program.office.read() as work:
        (line,) = work.find(AuditEntry, action="handed-over")
    assert line.why == REASON
    close(asked)


def test_a_passphrase_is_asked_twice_and_a_wrong_key_is_said(page, program, tmp_path):
    page.going.ask_to_hand_over()
    settle()
    asked = dialog()
    (tmp_path / "no.txt").write_text("nothing")
    asked.use_key(str(tmp_path / "no.txt"))
    assert tr("This is not the key of an office. Ask the other office for its key again.") in said(asked)
    asked.way.buttons[PASSPHRASE].click()
    write(asked.passphrase.lines.edits["password"], WORDS)
    write(asked.passphrase.lines.edits["again"], WORDS)
    write(asked.reason.edits["reason"], REASON)
    settle()
    assert _clipped(asked) == []
    asked.save_to(str(program.office.folder / "a.case"))
    assert asked.message.isVisible()
    asked.save_to(str(tmp_path / "a.case"))
    settle()
    assert (tmp_path / "a.case").exists()
    assert tr("Tell the passphrase only those who must read it, and never together with the file.") in said(asked)
    close(asked)


def test_the_key_of_the_office_is_shown_and_saved(program, tmp_path):
    page = program.desk.go(("cases", None))
    page.handovers.button.offers[1][1]()
    settle()
    shown = dialog()
    assert isinstance(shown, OwnKeyDialog)
    assert words().figures(office_keys.own_key(program.office).fingerprint) in said(shown)
    shown.save_to(str(tmp_path / "key.txt"))
    settle()
    assert office_keys.read_key(tmp_path / "key.txt") == office_keys.own_key(program.office)
    assert _clipped(shown) == []
    close(shown)


@pytest.mark.parametrize("place", ["cases", "children"])
def test_a_case_is_looked_at_and_taken_in(program, other, tmp_path, place):
    case_id = sent(other, program, tmp_path / "a.case")
    page = program.desk.go((place, None))
    page.handovers.choose()
    settle()
    chosen = dialog()
    chosen.fileSelected.emit(str(tmp_path / "a.case"))
    chosen.done(0)
    settle()
    shown = dialog()
    assert isinstance(shown, TakeInDialog)
    assert lists.cases(program.office) == []
    text = said(shown)
    assert words().figures(office_keys.own_key(other).fingerprint) in text
    assert tr("This child is not here yet.") in text
    press(shown, Qt.Key.Key_Return)  # the reflex to press Enter takes nothing in
    settle()
    assert lists.cases(program.office) == []
    page.handovers.begin(str(tmp_path / "a.case"))
    settle()
    shown = dialog()
    assert _clipped(shown) == []
    shown.take_button.click()
    settle()
    assert program.desk.place == ("case", case_id)
    assert [row.id for row in lists.cases(program.office)] == [case_id]


def test_what_differs_is_shown_side_by_side_and_chosen(program, other, tmp_path):
    case_id = sent(other, program, tmp_path / "a.case")
    handovers = program.desk.go(("cases", None)).handovers
    handovers.begin(str(tmp_path / "a.case"))
    settle()
    dialog().take()
    settle()
    for office, name in ((other, "កែវ"), (program.office, "ម៉ៅ")):
        arrest = arrest_of(office, case_id)
        arrest.officer = name
        casework.save_record(office, arrest, "x")
    sent(other, program, tmp_path / "b.case")
    handovers.begin(str(tmp_path / "b.case"))
    settle()
    shown = dialog()
    assert "កែវ" in said(shown)
    assert "ម៉ៅ" in said(shown)
    (toggle,) = shown.choices.values()
    assert toggle.value == Keep.OURS.value
    assert _clipped(shown) == []
    toggle.buttons[Keep.THEIRS.value].click()
    shown.take()
    settle()
    assert arrest_of(program.office, case_id).officer == "កែវ"
    handovers.begin(str(tmp_path / "b.case"))
    settle()
    assert not dialog().take_button.isEnabled()
    close(dialog())


def test_a_child_that_may_be_the_same_is_offered(program, other, page, tmp_path):
    case_id = sent(other, program, tmp_path / "a.case")
    handovers = program.desk.go(("cases", None)).handovers
    handovers.begin(str(tmp_path / "a.case"))
    settle()
    shown = dialog()
    assert shown.same.count() == 2
    shown.choose_child(page.file.child.id)
    settle()
    assert shown.same.currentData() == page.file.child.id
    shown.take()
    settle()
    assert case_files.case_file(program.office, case_id).child.id == page.file.child.id


def test_nothing_is_taken_in_while_it_is_compared_anew_and_what_was_chosen_stays(program, other, page, tmp_path):
    case_id = sent(other, program, tmp_path / "a.case")
    arrival = compare(program.office, receive(program.office, tmp_path / "a.case"))
    tasks = Tasks()
    shown = TakeInDialog(program.office, tasks, arrival, page)
    shown.open()
    shown.choose_child(page.file.child.id)
    assert not shown.take_button.isEnabled()
    shown.take()
    press(shown, Qt.Key.Key_Escape)
    assert shown.isVisible()
    tasks.wait()
    settle()
    assert shown.same_child == page.file.child.id
    shown.take()
    press(shown, Qt.Key.Key_Escape)
    assert shown.isVisible()
    tasks.wait()
    settle()
    assert case_files.case_file(program.office, case_id).child.id == page.file.child.id
    assert len(lists.children(program.office)) == 1


def test_a_passphrase_opens_the_file_and_a_wrong_one_is_said(program, other, tmp_path):
    sent(other, program, tmp_path / "a.case", passphrase=WORDS)
    handovers = program.desk.go(("cases", None)).handovers
    handovers.begin(str(tmp_path / "a.case"))
    settle()
    asked = dialog()
    assert isinstance(asked, PassphraseDialog)
    write(asked.lines.edits["passphrase"], "something else")
    asked.open_button.click()
    assert asked.lines.marks["passphrase"].isVisible()
    asked.lines.edits["passphrase"].setText(WORDS)
    asked.open_button.click()
    settle()
    shown = dialog()
    assert isinstance(shown, TakeInDialog)
    assert tr("Locked with a passphrase: the file itself does not prove who made it. Ask the other office.") in said(
        shown
    )
    close(shown)


def test_a_file_that_is_none_is_refused_in_words(program, tmp_path):
    (tmp_path / "a.case").write_bytes(b"nothing of the kind")
    program.desk.go(("cases", None)).handovers.begin(str(tmp_path / "a.case"))
    settle()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert tr("This is no case file of this program. Choose a file whose name ends in .case.") in box.text().replace(
        "\u200b", ""
    )
    box.done(0)
    settle()
