"""A case file opened from outside: kept until the office is open, and handed to the program that runs."""

import os
import threading

import pytest
from offices import practice, with_arrest
from programs import dialog, locked_office, running, settle, show_practice
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QApplication, QLabel

from casemgr.services.handover import hand_over
from ui.app import read_options
from ui.arriving import LOCK, Arriving, hand_on
from ui.pages.take_in import PassphraseDialog
from ui.parts.key_sheet import KeySheet

pytestmark = pytest.mark.usefixtures("qtbot")
WORDS = "four words make one"


@pytest.fixture
def program(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        yield program


@pytest.fixture
def case(tmp_path):
    office = practice(tmp_path / "other", 0)
    hand_over(office, with_arrest(office), tmp_path / "one.case", reason="moved", passphrase=WORDS)
    office.close()
    return tmp_path / "one.case"


def messages(program):
    return " ".join(label.text() for label in program.window.messages.findChildren(QLabel))


def test_a_file_named_at_the_start_waits_for_the_office_and_is_then_shown(program, tmp_path, case):
    arriving = Arriving(program, tmp_path / "arriving", case)
    program.ready.emit()
    assert "A case file is waiting" in messages(program)
    assert arriving.waiting == [case]
    show_practice(program, tmp_path, 0, "en")
    settle()
    shown = dialog()
    assert isinstance(shown, PassphraseDialog)
    assert program.desk.place == ("cases", None)
    assert arriving.waiting == []
    shown.reject()
    settle()
    arriving.end()


def test_a_second_start_hands_its_file_to_the_program_that_runs(program, tmp_path, case, qtbot):
    show_practice(program, tmp_path, 0, "en")
    arriving = Arriving(program, tmp_path / "arriving")
    answers = []
    second = threading.Thread(target=lambda: answers.append(hand_on(tmp_path / "arriving", case, 20_000)))
    second.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    second.join()
    settle()
    assert answers == [True]
    assert isinstance(dialog(), PassphraseDialog)
    assert list((tmp_path / "arriving").glob("*.note")) == []
    dialog().reject()
    settle()
    arriving.end()


def test_where_nobody_runs_the_file_is_not_handed_on(tmp_path, case):
    assert not hand_on(tmp_path / "arriving", case)
    assert [file.name for file in (tmp_path / "arriving").iterdir() if file.name != LOCK] == []


def test_where_nobody_takes_it_the_second_start_goes_on_by_itself(tmp_path, case):
    (tmp_path / "arriving").mkdir()
    lock = QLockFile(str(tmp_path / "arriving" / LOCK))
    assert lock.tryLock(0)
    assert not hand_on(tmp_path / "arriving", case, 100)
    assert list((tmp_path / "arriving").glob("*.note")) == []
    lock.unlock()


def test_a_file_that_is_no_case_is_refused_in_words(program, tmp_path):
    stray = tmp_path / "stray.case"
    stray.write_bytes(b"nothing")
    show_practice(program, tmp_path, 0, "en")
    arriving = Arriving(program, tmp_path / "arriving")
    arriving.take(stray)
    settle()
    assert dialog().windowTitle() == "The file was not opened"
    dialog().done(0)
    settle()
    arriving.end()


def test_a_file_waits_for_the_dialog_that_is_open_and_several_come_one_after_the_other(program, tmp_path, case):
    show_practice(program, tmp_path, 0, "en")
    another = tmp_path / "another.case"
    another.write_bytes(case.read_bytes())
    program.desk.show_keys()
    arriving = Arriving(program, tmp_path / "arriving")
    arriving.take(case)
    arriving.take(another)
    settle()
    assert isinstance(dialog(), KeySheet)
    assert program.desk.place == ("today", None)
    assert "as soon as the window in front is closed" in messages(program)
    asked = []
    for _ in range(2):
        dialog().reject()
        settle()
        asked.append(dialog()._path)
    assert asked == [case, another]
    assert "waiting" not in messages(program)
    dialog().reject()
    settle()
    assert QApplication.activeModalWidget() is None
    arriving.end()


def test_the_command_line_takes_a_file(tmp_path):
    options = read_options(["--language", "km", str(tmp_path / "one.case")])
    assert options.file == tmp_path / "one.case"
    assert not options.practice


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every name of a file is text")
def test_a_file_whose_name_is_no_text_is_handed_on_too(program, tmp_path, case, qtbot):
    named = case.rename(tmp_path / os.fsdecode(b"one \xff.case"))
    arriving = Arriving(program, tmp_path / "arriving")
    answers = []
    second = threading.Thread(target=lambda: answers.append(hand_on(tmp_path / "arriving", named, 20_000)))
    second.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    second.join()
    assert answers == [True]
    assert arriving.waiting == [named]
    arriving.end()
