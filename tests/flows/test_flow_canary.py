"""A name that is typed through the whole program is afterwards nowhere but in the paper that the worker saved."""

import os
import sys
import unicodedata
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from worker import settle

from casemgr.clock import now
from casemgr.printing.forms import FORMS
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document, DocumentKind
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.staff import StaffMember
from casemgr.services import documents, follow_up_export, follow_ups
from casemgr.services.list_files import ListKind
from casemgr.services.office import create_office
from casemgr.store.keys import PRACTICE_COST
from ui.memory import Memory
from ui.mistake import MistakeDialog
from ui.parts.pdf_pages import new_printer
from ui.passing import Passing
from ui.program import Options, Program

PASSWORD = "four words make one"
CANARIES = {
    "family_name_km": "ឡូញគណ្ឌី", "given_name_km": "ឃ្លឹមពិសី", "family_name_latin": "Zuqvaxin",
    "given_name_latin": "Plomberith", "nickname": "ឆ្កួចទី",
}  # fmt: skip
PHONE, COMPLAINT, SUMMARY, TITLE = "0977531246", "ដំបងវាយលើខ្នងញឹកញយ", "រត់ចោលសាលាភូមិត្រពាំងញ៉ែង", "Wexolprund letter"
ALL = (*CANARIES.values(), PHONE, COMPLAINT, SUMMARY, TITLE)
PARTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)
written: set[str] = set()
"""What Python itself opened for writing while a test listened, wherever it lies."""
_ear = {"listening": False, "there": False}


def _listen(event, args):
    if _ear["listening"] and event == "open" and isinstance(args[0], str) and args[2] & (os.O_WRONLY | os.O_RDWR):
        written.add(args[0])


def traces(data: bytes) -> list[str]:
    """Return the canaries that stand in these bytes, in any form in which a program would write them."""
    found = []
    for canary in ALL:
        forms = {unicodedata.normalize(form, canary) for form in ("NFC", "NFD", "NFKC", "NFKD")}
        forms |= {form.lower() for form in forms} | {form.upper() for form in forms}
        forms |= {f"\u200b{form}"[1:].encode("unicode_escape").decode() for form in tuple(forms)}
        if any(
            form.encode(code) in data for form in forms for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
        ):
            found.append(canary)
    return found


def write(editor, name, text):
    editor.focus_field(name)
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The folders of a worker's computer, all empty; those that a program could write to unasked."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "HOME",
                 "TMPDIR"):  # fmt: skip
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "TMPDIR"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "on purpose").mkdir()
    return tmp_path


@pytest.fixture
def program(places):
    settings = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office", language="km", practice=True)
    staff = StaffMember(name="ស្រីនិច")
    create_office(places / "office", settings, staff, PASSWORD, cost=PRACTICE_COST)[0].close()
    written.clear()
    if not _ear["there"]:  # only now: a hook of Python's stays for good, and what comes later takes longer with it
        sys.addaudithook(_listen)
    _ear.update(listening=True, there=True)
    passing = Passing(places / "XDG_DATA_HOME" / "temporary")
    passing.begin()
    program = Program(Options(places / "office", False, "km"), Memory(places / "m.ini"), inline=True)
    program.passing = passing
    program.start()
    program.open("", PASSWORD)
    program.window.activateWindow()
    assert QTest.qWaitForWindowActive(program.window)
    settle()
    yield program
    _ear["listening"] = False
    passing.end()
    program.window.deleteLater()
    program.deleteLater()
    settle()


def take_arrest(program):
    program.desk.new_arrest()
    page = program.desk.pages["arrest", None]
    for name, text in CANARIES.items():
        write(page.child, name, text)
    page.arrest.focus_field("arrested_at")
    page.arrest.sections[0].question("arrested_at").editor.set_value(now())
    page.save()
    settle()
    assert program.desk.place[0] == "case"
    return program.desk.stack.currentWidget()


def write_records(page, folder):
    page._begin_report(None)
    settle()
    write(page.editing.editor, "summary", SUMMARY)
    page.editing.save()
    settle()
    page.beside.write(Complaint(case_id=page.case_id))
    settle()
    write(page.editing.editor, "account", COMPLAINT)
    page.editing.save()
    settle()
    paper = folder / f"{TITLE}.png"
    Image.new("RGB", (300, 200), "white").save(paper)
    documents.add_document(page._office, Document(case_id=page.case_id, kind=DocumentKind.OTHER, headline=TITLE), paper)
    page.edit(page.file.of(Arrest)[0])
    settle()
    write(page.editing.editor, "place_text", PHONE)  # typed, and not saved before the window locks


def print_and_save_report(program, page, saved, qtbot):
    """Write all records, print and save the report, export a list without names; leave something unsaved."""
    write_records(page, saved)
    page.editing.keeper.keep()
    page.drop_over()
    wanted = follow_ups.filter_of(program.office)
    follow_up_export.export_follow_ups(program.office, saved / "l.csv", ListKind.CSV, wanted, pseudonymised=True)
    print_and_save(page, saved, qtbot)


def print_and_save(page, saved, qtbot):
    report = page.file.of(SocialInquiry)[0]
    page.papers.print(next(form for form in FORMS if form.record is SocialInquiry), report.id)
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=60_000)
    page.preview.save_to(str(saved / "report.pdf"))
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(saved / "printed.pdf"))
    page.preview.print_on(printer)
    qtbot.waitUntil(lambda: (saved / "printed.pdf").exists() and page.preview.printing.isHidden(), timeout=60_000)


def copy_a_name(program):
    line = program.desk.search
    line.setText(CANARIES["family_name_km"])
    line.selectAll()
    line.copy()
    assert traces(QGuiApplication.clipboard().text().encode())


def make_a_mistake(program):
    """Let the program make a mistake with names in its hands, and save the report of it."""
    names = dict.fromkeys(ALL)
    program.tasks.run(lambda: names[CANARIES["nickname"] + PHONE])
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, MistakeDialog)
    assert "KeyError" in shown.report.toPlainText()
    return shown.report.toPlainText()


def what_is_seen(window):
    """Return all that a locked window says, to the eye, to screen readers and to the task bar."""
    said = [QApplication.applicationDisplayName(), QGuiApplication.clipboard().text()]
    for widget in QApplication.allWidgets():
        face = QAccessible.queryAccessibleInterface(widget)
        said += [face.text(part) for part in PARTS if face is not None]
        said += [widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.objectName()]
        said += [widget.text()] if isinstance(widget, QLabel | QLineEdit) else []
    assert window.isVisible()
    return "\n".join(said).replace("\u200b", "")


def files_with_traces(folder, but):
    """Return the files whose name or content tells a canary, but those in the folder of what was saved on purpose."""
    return {
        (path.relative_to(folder).as_posix(), *traces(str(path).encode() + path.read_bytes()))
        for path in folder.rglob("*")
        if path.is_file() and but not in path.parents and traces(str(path).encode() + path.read_bytes())
    }


def test_nothing_that_was_typed_is_found_anywhere_but_in_what_was_saved_on_purpose(program, places, qtbot, capfd):
    saved = places / "on purpose"
    page = take_arrest(program)
    print_and_save_report(program, page, saved, qtbot)
    copy_a_name(program)
    report = make_a_mistake(program)
    assert not traces(report.encode())
    program.lock()
    settle()
    assert not traces(what_is_seen(program.window).encode())
    assert not QApplication.activeModalWidget()
    assert not files_with_traces(places, saved)
    program.open("", PASSWORD)
    settle()
    assert len(program.desk.pages["today", None].notices.buttons) == 1  # what was typed and not saved is still there
    copy_a_name(program)
    program.end()
    settle()
    assert not traces(QGuiApplication.clipboard().text().encode())
    assert not files_with_traces(places, saved)
    assert not traces("\n".join(capfd.readouterr()).encode())
    outside = {
        path for path in written if places not in Path(path).parents and not path.startswith(("/dev/", "/proc/"))
    }
    assert not {path for path in outside if Path(path).exists() and traces(Path(path).read_bytes())}
    assert not [path for path in written if traces(path.encode()) and saved not in Path(path).parents]
    assert not list((places / "XDG_DATA_HOME" / "temporary").iterdir())


def test_the_search_would_find_what_it_looks_for(tmp_path):
    for number, text in enumerate(ALL):
        for code in ("utf-8", "utf-16-le"):
            for form in ("NFC", "NFD"):
                (tmp_path / f"{number}").write_bytes(b"\x00" + unicodedata.normalize(form, text).encode(code))
                assert files_with_traces(tmp_path, tmp_path / "none") == {(f"{number}", text)}
        (tmp_path / f"{number}").unlink()
