"""A paper on the screen, on a printer and in a file, and the line about it in the audit trail."""

import json
from dataclasses import replace
from threading import Event

import pypdfium2
import pytest
from offices import new_office, with_arrest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QRadioButton, QSpinBox
from typing_in import press

from casemgr.records.kept import AuditEntry
from casemgr.services import casework, lists, papers, reports
from casemgr.services.papers import PaperChoice
from casemgr.trouble import Refusal
from ui.pages.form_papers import AS_A_DRAFT, blank_source, case_source
from ui.parts.pdf_pages import (
    BLANK,
    PRINT_DPI,
    count_pages,
    new_printer,
    pages_of,
    picture,
    print_pages,
    sides,
    sides_for,
)  # fmt: skip
from ui.parts.preview import NO_PRINTER, STOPPED, Preview
from ui.tasks import Tasks
from ui.words import set_words, tr

FORM = "social-inquiry-report"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    set_words(office.words)
    yield office
    office.close()


@pytest.fixture
def case_id(office):
    case_id = with_arrest(office)
    report = reports.new_report(office, case_id)
    report.summary = "កុមារមានគ្រួសារដែលអាចមើលថែបាន"
    casework.save_record(office, report)
    return case_id


@pytest.fixture
def preview(office, case_id, qtbot):
    source = case_source(office, papers.form_named(FORM), case_id, "SR-2026-0001", None)
    preview = Preview(Tasks(inline=True), source, office_folder=office.folder)
    preview.resize(1000, 700)
    qtbot.addWidget(preview)
    with qtbot.waitActive(preview):
        preview.show()
    qtbot.waitUntil(lambda: preview.view.sheet.pixmap().width() > 0)
    yield preview
    preview.leave()


def printed(office):
    with office.read() as work:
        return [line.changes for line in work.find(AuditEntry) if line.action == "printed"]


def preview_case(office):
    return lists.cases(office)[0].id


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_pages_are_shown_and_walked_by_keyboard(preview, office):
    pages = count_pages(preview.shown.data)
    assert pages > 1
    assert preview.view.thumbs.count() == preview.pages == pages
    press(preview.view.thumbs, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.page == pages - 1
    assert office.words.number(pages) in preview.view.where.text()
    assert not preview.view.next.isEnabled()
    preview.view.show_page(99)
    assert preview.view.page == pages - 1
    preview.view.thumbs.setCurrentRow(0)
    assert preview.view.page == 0


def test_a_paper_says_above_it_why_it_is_marked_as_a_draft(preview, office, qtbot):
    assert preview.note.text().replace("\u200b", "") == tr(AS_A_DRAFT)
    assert preview.note.isVisibleTo(preview)
    blank = Preview(Tasks(inline=True), blank_source(office, papers.form_named(FORM)), office_folder=office.folder)
    qtbot.addWidget(blank)
    assert not blank.note.isVisibleTo(blank)
    blank.leave()


def test_zoom_changes_the_picture(preview, qtbot):
    preview.view.set_zoom(100)
    qtbot.waitUntil(lambda: abs(preview.view.sheet.pixmap().width() - 794) < 3)
    preview.view.step(1)
    qtbot.waitUntil(lambda: abs(preview.view.sheet.pixmap().width() - 992) < 3)


def test_the_language_of_the_paper_is_not_that_of_the_screen(preview):
    assert preview.language == "km"
    before = preview.shown.data
    preview.options.languages["en"].click()
    assert preview.shown.data != before
    assert preview.options.languages["en"].isChecked()
    assert not preview.options.languages["km"].isChecked()
    assert "កុមារមានគ្រួសារដែលអាចមើលថែបាន" in text_of(preview.shown.data)


def test_restricted_answers_only_when_ticked(preview):
    before = len(text_of(preview.shown.data))
    preview.options.more.click()
    assert len(text_of(preview.shown.data)) > before


def test_a_saved_file_is_the_paper_and_written_down(preview, office, tmp_path):
    assert printed(office) == []
    target = tmp_path / "paper.pdf"
    preview.save_to(str(target))
    assert target.read_bytes() == preview.shown.data
    said = preview.message.text().replace("\u200b", "")
    assert "paper.pdf" in said
    assert str(tmp_path) in said
    assert preview.message.property("role") == "undo", "it is no warning"
    assert len(printed(office)) == 1
    assert '"pdf"' in printed(office)[0]


def test_a_paper_never_lands_in_the_folder_of_the_office(preview, office):
    preview.save_to(str(office.folder / "paper.pdf"))
    assert not (office.folder / "paper.pdf").exists()
    assert preview.message.isVisible()


def test_only_the_paper_that_is_shown_leaves(preview, office, qtbot, tmp_path):
    preview.options.more.click()
    qtbot.waitUntil(preview.save_button.isEnabled)
    preview._tasks, free, target = Tasks(preview), Event(), tmp_path / "paper.pdf"
    preview._tasks.run(free.wait)  # the store is busy
    preview.options.more.click()
    preview.save()
    preview.print()
    assert QApplication.activeModalWidget() is None
    assert not preview.save_button.isEnabled()
    assert not preview.print_button.isEnabled()
    preview.options.languages["en"].click()
    free.set()
    qtbot.waitUntil(preview.save_button.isEnabled)
    assert preview.print_button.isEnabled()
    preview.save_to(str(target))
    qtbot.waitUntil(preview.message.isVisible)
    assert (preview.shown.choice.language, preview.shown.choice.with_restricted) == ("en", False)
    plain = papers.preview_form(office, FORM, preview_case(office), PaperChoice("en")).data
    assert text_of(target.read_bytes()) == text_of(plain)
    said = json.loads(printed(office)[0])
    assert (said["language"][1], said["with_restricted"][1]) == ("en", False)


def test_a_paper_that_cannot_be_made_leaves_the_one_before(preview, qtbot):
    qtbot.waitUntil(preview.save_button.isEnabled)
    before = preview.shown

    def refuse(*_):
        raise Refusal(NO_PRINTER)

    preview.source = replace(preview.source, make=refuse)
    preview.options.languages["en"].click()
    assert preview.shown is before
    assert preview.options.languages["km"].isChecked()
    assert not preview.options.languages["en"].isChecked()
    assert preview.save_button.isEnabled()
    assert preview.message.isVisible()


def test_a_file_that_cannot_be_written_is_told(preview, tmp_path):
    preview.save_to(str(tmp_path / "nowhere" / "paper.pdf"))
    assert preview.message.isVisible()
    assert preview.message.property("role") == "notice"


def test_without_a_printer_saving_is_offered(preview):
    preview.print()
    assert preview.message.text().replace("\u200b", "") == tr(NO_PRINTER)
    assert QApplication.focusWidget() is preview.save_button


def pdf_printer(path):
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_printing_sends_every_page_and_is_written_down(preview, office, qtbot, tmp_path):
    target = tmp_path / "printed.pdf"
    preview.print_on(pdf_printer(target))
    assert len(printed(office)) == 1
    qtbot.waitUntil(lambda: not preview.printing.isVisible(), timeout=20000)
    assert '"printer"' in printed(office)[0]
    assert count_pages(target.read_bytes()) == preview.pages
    width, height = _page_size(target.read_bytes())
    assert width == pytest.approx(595, abs=2)
    assert height == pytest.approx(842, abs=2)


def test_a_print_that_is_stopped_is_written_down_too(preview, office, qtbot, tmp_path):
    preview.progress.valueChanged.connect(lambda value: value and preview.stop())
    preview.print_on(pdf_printer(tmp_path / "stopped.pdf"))
    assert len(printed(office)) == 1
    qtbot.waitUntil(lambda: not preview.printing.isVisible(), timeout=20000)
    assert preview.message.text().replace("\u200b", "") == tr(STOPPED)
    assert len(printed(office)) == 1


def test_printing_can_be_stopped(preview, tmp_path):
    stop, told = Event(), []

    def tell(done, _total):
        told.append(done)
        stop.set()

    whole = print_pages(preview.shown.data, pdf_printer(tmp_path / "part.pdf"), range(preview.pages), tell, stop.is_set)
    assert not whole
    assert told == [1]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, [0, 1, 2]),
        ({"copies": 2}, [0, 1, 2, 0, 1, 2]),
        ({"copies": 2, "collate": False}, [0, 0, 1, 1, 2, 2]),
        ({"two_sided": True}, [0, 1, 2]),
        ({"two_sided": True, "copies": 2}, [0, 1, 2, BLANK, 0, 1, 2]),
        ({"two_sided": True, "copies": 2, "collate": False}, [0, 1, 0, 1, 2, BLANK, 2]),
        ({"two_sided": True, "starts": (0, 1)}, [0, BLANK, 1, 2]),
        ({"starts": (0, 1), "copies": 2}, [0, 1, 2, 0, 1, 2]),
    ],
)
def test_each_paper_and_each_copy_begins_on_a_sheet_of_its_own(said, wanted):
    assert sides(range(3), **said) == wanted
    assert sides([], **said) == []


def test_copies_of_a_range_of_pages_reach_a_printer_that_makes_none_itself(preview, qtbot, tmp_path):
    target = tmp_path / "printed.pdf"
    printer = pdf_printer(target)
    assert not printer.supportsMultipleCopies()
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    printer.setCopyCount(2)
    printer.setCollateCopies(False)
    assert pages_of(printer, preview.pages) == [1, 2]
    assert sides_for(printer, [1, 2]) == [1, 1, 2, 2]
    preview.print_on(printer)
    qtbot.waitUntil(lambda: not preview.printing.isVisible(), timeout=20000)
    assert preview.progress.maximum() == 4
    assert count_pages(target.read_bytes()) == 4
    images = [picture(target.read_bytes(), page, 30) for page in range(4)]
    assert images[0] == images[1] != images[2] == images[3]


@pytest.mark.usefixtures("qapp")
def test_a_range_beyond_the_paper_prints_what_there_is():
    printer = new_printer()
    assert pages_of(printer, 3) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(3, 9)
    assert pages_of(printer, 3) == [2]


def test_a_blank_side_is_printed_white(preview, tmp_path):
    target = tmp_path / "printed.pdf"
    told = []
    stay = Event().is_set
    assert print_pages(preview.shown.data, pdf_printer(target), [0, BLANK, 1], lambda *said: told.append(said), stay)
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert count_pages(target.read_bytes()) == 3
    white = picture(target.read_bytes(), 1, 20)
    assert {white.pixelColor(x, y).lightness() for x in range(white.width()) for y in range(white.height())} == {255}


def test_the_print_dialog_offers_copies_pages_and_both_sides(preview):
    preview._ask_printer()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QPrintDialog)
    assert dialog.testOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    assert dialog.testOption(QPrintDialog.PrintDialogOption.PrintCollateCopies)
    names = {button.objectName() for button in dialog.findChildren(QRadioButton)}
    assert {"noDuplex", "duplexLong", "duplexShort"} <= names
    assert dialog.findChild(QSpinBox, "copies") is not None
    dialog.done(0)


def test_a_page_is_drawn_black_on_white(preview):
    image = picture(preview.shown.data, 0, PRINT_DPI)
    assert image.width() == pytest.approx(2480, abs=2)
    assert image.pixelColor(5, 5).lightness() == 255
    small = picture(preview.shown.data, 0, 20)
    darkest = min(small.pixelColor(x, y).lightness() for x in range(small.width()) for y in range(small.height()))
    assert darkest < 128


def _page_size(data):
    document = pypdfium2.PdfDocument(data)
    size = document[0].get_size()
    document.close()
    return size
