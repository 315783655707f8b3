"""A worker's day in the real window: set up the office, take an arrest, see its clock, write the report, print it."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from casemgr.clock import now
from casemgr.records.case import OffenceCategory
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services.lists import today
from ui.memory import Memory
from ui.pages.case import CasePage
from ui.parts.pdf_pages import count_pages, new_printer
from ui.program import Options, Program

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
TYPED = {
    "addressed_court": "អយ្យការអមសាលាដំបូងខេត្តសៀមរាប",
    "request_number": "៧៨៩/២៦",
    "limits": "មិនទាន់បានជួបជនរងគ្រោះទេ។",
    "nickname": "តូច",
    "father_work": "កម្មករសំណង់នៅប្រទេសថៃ",
    "mother_name": "អ៊ុំ សុផល",
    "summary": "កុមារឈប់រៀនដោយសារភាពក្រីក្រ ហើយមានការសោកស្ដាយពិត។",
    "measures_plan": "ចូលរៀនជំនាញជួសជុលម៉ូតូ ៦ ខែ",
    "recommendation_reason": "ជួយឱ្យកុមារមានជំនាញ",
    "duration": "៦ ខែ",
    "supervisor_name": "ហេង សុភាព",
    "chief_name": "យិន ចំរើន",
}


def write(text):
    """Commit a text through the input method, wherever the keyboard is."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def press(key, modifier=NONE, times=1):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def write_lines(*texts):
    """Type into the questions in hand, one after the other."""
    for text in texts:
        write(text)
        press(Qt.Key.Key_Tab)


@pytest.fixture
def program(tmp_path, qtbot):
    program = Program(Options(tmp_path / "office"), Memory(tmp_path / "memory.ini"), inline=True)
    qtbot.addWidget(program.window)
    with qtbot.waitActive(program.window), qtbot.waitSignal(program.ready, timeout=20000):
        program.start()
    program.window.resize(1366, 768)
    yield program
    program.end()


def set_up(program, language, qtbot):
    program.window.page.steps[0].findChild(QPushButton, language).click()
    assistant = program.window.page
    qtbot.waitUntil(assistant.isVisible)
    assistant.office.edits["name_km"].setFocus()
    write_lines("ការិយាល័យសាកល្បង", "Trial office", "TR", "សៀមរាប")
    assistant._to_staff()
    assistant.staff.edits["name"].setFocus()
    write_lines("ចាន់ ស្រីនិច", "Chan Sreynich", "បុគ្គលិកសង្គម")
    for edit in assistant.new.lines.edits.values():
        edit.setFocus()
        write("អ្នកកាន់ករណី-ល្អ-២០២៦")
    assistant.create_button.click()
    qtbot.waitUntil(lambda: hasattr(program.window.page, "code"))
    program.window.page.code.tick.click()
    program.window.page.button.click()
    assert program.desk.place == ("today", None)


def take_arrest(program):
    press(Qt.Key.Key_N, CONTROL)
    write_lines("សុខ", "ចាន់ថា")
    press(Qt.Key.Key_Right)  # the first answer
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)  # past the age, which stands for a date that is not known
    write_lines("១២", "៣", "២០១១", "Sok", "Chantha", "តូច")
    page = program.desk.pages["arrest", None]
    page.offence.focus_field("category")
    press(Qt.Key.Key_Down)
    page.arrest.focus_field("arrested_at")
    press(Qt.Key.Key_Semicolon, CONTROL)
    page.arrest.focus_field("arrived_at")
    press(Qt.Key.Key_Semicolon, CONTROL)
    page.arrest.focus_field("police_unit")
    write("អធិការដ្ឋាននគរបាលក្រុងសៀមរាប")
    press(Qt.Key.Key_S, CONTROL)


def fill_report(page):
    for name, text in TYPED.items():
        page.editing.editor.focus_field(name)
        focus = QApplication.focusWidget()
        focus.selectAll()
        write(text)
    press(Qt.Key.Key_S, CONTROL)


def click(qtbot, page, record_title, label):
    """Click the button of that label beside a record, once it is on the screen."""

    def found():
        return [
            button for button in page.view.findChildren(QPushButton)
            if button.isVisible() and button.accessibleName().startswith(f"{label}: {record_title}")
        ]  # fmt: skip

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


@pytest.mark.parametrize("language", ["km", "en"])
def test_an_arrest_comes_in_its_clocks_run_and_the_report_is_printed(program, language, qtbot, tmp_path):
    set_up(program, language, qtbot)
    qtbot.waitUntil(program.desk.isVisible)
    words = program.office.words
    assert words.language == language
    take_arrest(program)
    page = program.desk.stack.currentWidget()
    assert isinstance(page, CasePage)
    assert page.file.child.given_name_km == "ចាន់ថា"
    assert page.file.offences[0].category is next(iter(OffenceCategory))
    arrest = page.file.of(Arrest)[0]
    assert arrest.police_unit == "អធិការដ្ឋាននគរបាលក្រុងសៀមរាប"

    program.desk.go(("today", None))
    rows = today(program.office)
    assert {row.rule for row in rows} == {"police-custody", "lawyer-24h"}
    assert all(row.due_at > now() for row in rows)
    model = program.desk.pages["today", None].model
    cells = [model.index(row, column).data() for row in range(model.rowCount()) for column in range(4)]
    assert cells.count(page.file.case.number) == 2
    assert cells.count("សុខ ចាន់ថា" if language == "km" else "Sok Chantha") == 2

    program.desk.go(("case", page.case_id))
    click(qtbot, page, words.text(SocialInquiry.title), words.text("New"))
    fill_report(page)
    assert page.file.of(SocialInquiry)[0].summary == TYPED["summary"]
    click(qtbot, page, words.text(SocialInquiry.title), words.text("Print…"))
    preview = page.preview
    assert preview.language == language
    qtbot.waitUntil(lambda: preview.pages > 1 and preview.view.sheet.pixmap().width() > 0)

    target = tmp_path / "report.pdf"
    preview.save_to(str(target))
    document = pypdfium2.PdfDocument(target)
    copied = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    flat = "".join(copied.split())
    for name, typed in TYPED.items():
        assert "".join(typed.split()) in flat, name

    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    qtbot.waitUntil(lambda: not preview.printing.isVisible(), timeout=30000)
    assert count_pages((tmp_path / "printed.pdf").read_bytes()) == preview.pages
    preview.leave()
