"""The follow-up list given out as a file: with names only locked and for a reason, stopped at any moment."""

import io
import json
from threading import Event

import msoffcrypto
import openpyxl
import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import dialog, running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from releases import released
from test_ui_sight import _clipped
from typing_in import press, write

from casemgr.i18n import LANGUAGES
from casemgr.records.kept import AuditEntry
from casemgr.services.list_files import ListKind
from ui.pages.follow_up_export import CODED, NAMED, ExportDialog
from ui.tasks import Tasks
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
PASSPHRASE, REASON = "four words make one", "សម្រាប់កិច្ចប្រជុំរបស់ការិយាល័យ"


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with running(tmp_path, request.param) as program:
        office = show_practice(program, tmp_path, 0, request.param)
        released(office, 20)
        released(office, 5, name=1, village="12010101")
        yield program


@pytest.fixture
def page(program):
    page = program.desk.go(("follow-ups", None))
    settle()
    return page


@pytest.fixture
def asked(page):
    page.list.export_button.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle()
    asked = dialog()
    yield asked
    if asked in QApplication.topLevelWidgets():
        asked.done(0)
    settle()


def fill(asked, *, reason=REASON, passphrase=PASSPHRASE, again=PASSPHRASE):
    asked.choose_names(NAMED)
    write(asked.reason.edits["reason"], reason)
    write(asked.passphrase.lines.edits["password"], passphrase)
    write(asked.passphrase.lines.edits["again"], again)
    settle()


def exports(program):
    with program.office.read() as work:
        return work.find(AuditEntry, action="exported")


def cells(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_without_names_nothing_more_is_asked(asked, page, program, tmp_path):
    assert asked.names.value == CODED
    assert not asked.reason.isVisible()
    assert not asked.passphrase.isVisible()
    assert asked.language.value == words().language
    target = tmp_path / "list.xlsx"
    asked.save_to(str(target))
    settle()
    text = cells(target.read_bytes())
    assert "ដារ៉ា" not in text
    assert "Dara" not in text
    said = page.list.said.text().replace("\u200b", "")
    assert "list.xlsx" in said
    assert str(tmp_path) in said
    assert tr("What is copied on from this file is no longer protected.") in said
    assert tr("Tell the passphrase only those who must read it, and never together with the file.") not in said
    (line,) = exports(program)
    told = {name: pair[1] for name, pair in json.loads(line.changes).items()}
    assert (told["how"], told["rows"], told["pseudonymised"]) == ("xlsx", 2, True)


def test_with_names_the_file_is_locked_and_the_reason_written_down(asked, page, program, tmp_path):
    fill(asked)
    assert asked.passphrase.strength.text().replace("\u200b", "") == tr("Good enough.")
    target = tmp_path / "list.xlsx"
    asked.save_to(str(target))
    settle()
    opened = io.BytesIO()
    with target.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=PASSPHRASE)
        locked.decrypt(opened)
    assert ("ដារ៉ា" if words().language == "km" else "Dara") in cells(opened.getvalue())
    (line,) = exports(program)
    assert line.why == REASON
    assert PASSPHRASE not in str(vars(line))
    said = page.list.said.text().replace("\u200b", "")
    assert tr("Tell the passphrase only those who must read it, and never together with the file.") in said
    page.list.choose(standing="overdue")
    assert not page.list.said.isVisible()


def test_names_are_not_given_without_reason_and_passphrase(asked, tmp_path):
    target = str(tmp_path / "list.pdf")
    asked.choose_names(NAMED)
    asked.save_to(target)
    assert asked.reason.marks["reason"].isVisible()
    assert QApplication.focusWidget() is asked.reason.edits["reason"]
    write(asked.reason.edits["reason"], REASON)
    asked.save_to(target)
    assert asked.passphrase.lines.marks["password"].isVisible()
    write(asked.passphrase.lines.edits["password"], PASSPHRASE)
    write(asked.passphrase.lines.edits["again"], "four words make two")
    asked.save()
    assert asked.passphrase.lines.marks["again"].isVisible()
    assert list(tmp_path.glob("list*")) == []


def test_no_csv_holds_names(asked):
    csv = asked.form.buttons[ListKind.CSV.value]
    csv.click()
    assert asked.form.value == ListKind.CSV.value
    asked.choose_names(NAMED)
    assert asked.form.value == ListKind.WORKBOOK.value
    assert not csv.isEnabled()
    asked.choose_names(CODED)
    assert csv.isEnabled()


def test_it_is_asked_where_to_with_a_name_that_tells_no_child(asked, tmp_path):
    asked.form.buttons[ListKind.PAPER.value].click()
    asked.save()
    settle()
    target = dialog()
    assert isinstance(target, QFileDialog)
    assert target.selectedFiles()[0].endswith(".pdf")
    target.fileSelected.emit(str(tmp_path / "list.pdf"))
    target.done(0)
    settle()
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_the_rows_that_are_shown_are_the_rows_that_go_out(page, tmp_path):
    page.list.choose(place="12")
    page.list.export()
    settle()
    dialog().save_to(str(tmp_path / "list.csv"))
    settle()
    assert page.list.said.text().replace("\u200b", "").startswith(
        words().plural(
            "{n} row was written to {file} in {folder}.", "{n} rows were written to {file} in {folder}.", 1,
            file="list.csv", folder=str(tmp_path),
        )
    )  # fmt: skip


def test_what_the_disk_refuses_is_said_and_the_dialog_stays(asked, program, tmp_path):
    asked.save_to(str(tmp_path / "no such folder" / "list.xlsx"))
    settle()
    assert asked.isVisible()
    assert asked.message.isVisible()
    assert asked.save_button.isEnabled()
    asked.save_to(str(program.office.folder / "list.xlsx"))
    assert tr("This is the office's own folder. Choose another folder for papers.") in asked.message.text().replace(
        "\u200b", ""
    )
    assert exports(program) == []


def test_it_is_written_beside_the_window_and_can_be_stopped(page, program, qtbot, tmp_path):
    tasks, gate = Tasks(), Event()
    asked = ExportDialog(program.office, tasks, page.list.asked(), page)
    asked.open()
    told = []
    asked.exported.connect(told.append)
    tasks.run(gate.wait)
    asked.save_to(str(tmp_path / "list.xlsx"))
    settle()
    assert asked.is_running
    assert not asked.questions.isEnabled()
    assert QApplication.focusWidget() is asked.cancel_button
    press(asked.cancel_button, Qt.Key.Key_Escape)
    assert asked.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not asked.is_running)
    assert tr("This was stopped. Nothing was written.") in asked.message.text().replace("\u200b", "")
    assert list(tmp_path.glob("*.xlsx")) == []
    asked.save_to(str(tmp_path / "list.xlsx"))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].rows == 2
    assert (tmp_path / "list.xlsx").exists()
    qtbot.waitUntil(lambda: tasks.is_idle)
    settle()


def test_no_text_of_it_is_cut_off(asked):
    fill(asked)
    assert _clipped(asked) == []
    assert asked.height() <= 700
