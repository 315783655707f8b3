"""Printed forms in the window: which a case needs, all there are, blank ones, one for many cases, how they leave."""

import json
from dataclasses import replace
from threading import Event

import pypdfium2
import pytest
from offices import with_arrest
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from typing_in import press, write

from casemgr.clock import now
from casemgr.printing.forms import FORMS, Naming, Reader
from casemgr.printing.forms.form import never
from casemgr.records.beside.consent import Consent, ConsentScope
from casemgr.records.beside.note import Note
from casemgr.records.fields import Answer
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.services import case_files, case_list, casework, papers
from ui.pages import case_papers, form_list
from ui.pages.case_papers import CaseForms
from ui.pages.case_side import ALL, NEEDED, NO_PAPERS, PAPERS
from ui.parts.menu_button import MenuButton
from ui.tasks import Tasks
from ui.words import tr

WARNING, REPORT = "police-warning", "social-inquiry-report"
PASSWORD = "blue elephants cross slowly"


@pytest.fixture(params=["km", "en"])
def program(request, tmp_path):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 0, request.param)
        yield program


@pytest.fixture
def page(program):
    """The page of a case with an arrest that the police ended with a warning."""
    case_id = with_arrest(program.desk.office)
    page = program.desk.go(("case", case_id))
    arrest = replace(page.file.of(Arrest)[0], outcome=PoliceOutcome.WRITTEN_WARNING)
    casework.save_record(program.desk.office, arrest)
    page.refresh()
    settle()
    return page


@pytest.fixture
def letter(monkeypatch):
    """One more form of an arrest, which goes to somebody outside and can do without the name."""
    form = replace(
        papers.form_named(WARNING), name="letter", number="F-99", reader=Reader.OTHERS, naming=Naming.NAME,
        wanted_now=never,
    )  # fmt: skip
    for module in (papers, form_list, case_papers):
        monkeypatch.setattr(module, "FORMS", (*FORMS, form))
    return form


def printed(program):
    with program.desk.office.read() as work:
        lines = work.find(AuditEntry, action="printed")
    return [{name: pair[1] for name, pair in json.loads(line.changes).items()} for line in lines]


def shown(page, qtbot):
    """Wait until the paper that is previewed can leave; return the preview."""
    preview = page.preview
    qtbot.waitUntil(preview.save_button.isEnabled, timeout=20_000)
    return preview


def text_of(data, password=None):
    with pypdfium2.PdfDocument(data, password=password) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_case_says_which_papers_it_needs_and_previews_them(page, program, qtbot):
    now = papers.papers_now(page.file)
    assert WARNING in {each.form.name for each in now}
    assert page.view.papers_button.text() == tr(NEEDED, count=program.desk.office.words.number(len(now)))
    title = tr(papers.form_named(WARNING).title)
    name = f"{tr('Print…')}: {tr(PAPERS)}: {title}"
    (needed,) = [each for each in seen(page.view, QPushButton) if each.accessibleName().startswith(name)]
    needed.click()
    preview = shown(page, qtbot)
    assert preview.source.file_name == f"{WARNING}-{page.file.case.number}.pdf"
    assert preview.language == program.desk.office.words.language
    assert "ចាន់ថា" not in program.window.windowTitle()
    press(preview.view.thumbs, Qt.Key.Key_Escape)
    settle()
    assert page.preview is None
    assert page.stack.currentWidget() is page.overview
    assert printed(program) == []


def test_a_case_without_anything_needs_no_paper(program):
    office = program.desk.office
    case_id = with_arrest(office)
    casework.save_record(office, Consent(case_id=case_id, scope=(ConsentScope.SERVICES,)))
    casework.save_record(office, Note(case_id=case_id, explained_to_child=Answer.YES))
    arrest = case_files.case_file(office, case_id, log=False).of(Arrest)[0]
    casework.save_record(office, replace(arrest, outcome=PoliceOutcome.RELEASED))
    page = program.desk.go(("case", case_id))
    assert page.view.papers_button.text() == tr(ALL)
    page.view.finish()
    said = {label.text().replace("\u200b", "") for label in page.view.findChildren(QLabel)}
    assert tr(NO_PAPERS) in said


def test_all_papers_are_searched_and_printed_by_keyboard_alone(page, qtbot):
    page.view.setFocus()
    press(page.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    listed = page.stack.currentWidget()
    assert isinstance(listed, CaseForms)
    assert listed.forms.form.name == WARNING  # it is the one that is needed
    assert QApplication.focusWidget() is listed.forms.line
    write(listed.forms.line, "F-13")
    assert listed.forms.form.name == REPORT
    listed.forms.line.clear()
    press(listed.forms.line, Qt.Key.Key_Up)
    assert listed.forms.form.name != REPORT
    write(listed.forms.line, "F-01")
    press(listed.forms.line, Qt.Key.Key_Return)
    preview = shown(page, qtbot)
    assert page.file.case.number in text_of(preview.shown.data)
    press(preview.view.thumbs, Qt.Key.Key_Escape)
    settle()
    listed = page.stack.currentWidget()
    assert isinstance(listed, CaseForms)
    assert listed.forms.form.name == WARNING
    press(listed.forms.line, Qt.Key.Key_Escape)
    settle()
    assert page.stack.currentWidget() is page.overview


def test_what_fits_no_form_says_so(page):
    page.papers.show_all()
    listed = page.stack.currentWidget()
    write(listed.forms.line, "zzz")
    assert listed.forms.form is None
    assert listed.forms.nothing.isVisible()
    assert not listed.print_button.isVisible()
    listed.ask()
    assert page.preview is None


def test_of_several_records_one_is_chosen(page, program, qtbot):
    first = page.file.of(Arrest)[0]
    casework.save_record(
        program.desk.office, Arrest(case_id=page.case_id, arrested_at=now(), police_unit="ប៉ុស្តិ៍ទីពីរ")
    )  # fmt: skip
    page.refresh()
    page.papers.show_all()
    listed = page.stack.currentWidget()
    listed.forms.show_form(WARNING)
    assert listed.records.isVisible()
    assert listed.records.count() == 2
    assert listed.records.currentData() == first.id  # the one that ended with a warning, though it is not the newest
    assert len({listed.records.itemText(at) for at in range(2)}) == 2
    listed.records.setCurrentIndex(1 - listed.records.currentIndex())
    listed.print_button.click()
    assert "ប៉ុស្តិ៍ទីពីរ" in text_of(shown(page, qtbot).shown.data)


def test_a_form_without_a_record_is_filled_with_the_child_and_printed_blank_without_a_trace(
    page, program, qtbot, tmp_path
):
    page.papers.show_all()
    listed = page.stack.currentWidget()
    listed.forms.show_form(REPORT)
    assert listed.said.isVisible()
    listed.print_button.click()
    assert "Chantha" in text_of(shown(page, qtbot).shown.data)
    page.preview.leave()
    listed = page.stack.currentWidget()
    listed.blank_button.click()
    preview = shown(page, qtbot)
    assert not preview.options.version.isVisible()
    assert not preview.options.naming.isVisible()
    assert not preview.options.more.isVisible()
    assert "Chantha" not in text_of(preview.shown.data)
    assert preview.source.file_name == f"{REPORT}-blank.pdf"
    preview.save_to(str(tmp_path / "blank.pdf"))
    assert (tmp_path / "blank.pdf").read_bytes() == preview.shown.data
    assert printed(program) == []


@pytest.mark.usefixtures("letter")
def test_a_record_of_several_forms_offers_them_in_a_menu(page, qtbot):
    page.refresh()
    settle()
    offered = [each for each in seen(page.view, MenuButton) if each.text() == tr("Print…")]
    (menu,) = offered
    assert len(menu.offers) == len([form for form in case_papers.FORMS if form.record is Arrest])
    menu.offers[-1][1]()
    assert shown(page, qtbot).source.file_name.startswith("letter-")


def test_language_version_and_name_are_chosen_and_written_down(page, program, letter, qtbot, tmp_path):
    page.papers.print(letter, page.file.of(Arrest)[0].id)
    preview = shown(page, qtbot)
    options = preview.options
    assert options.naming.isVisible()
    assert options.version.isVisible()
    assert not options.more.isVisible()  # this form has no answers for named staff alone
    assert "Chantha" in text_of(preview.shown.data)
    options.languages["both"].click()
    options.version.buttons["by-hand"].click()
    options.naming.buttons["coded"].click()
    preview = shown(page, qtbot)
    text = text_of(preview.shown.data)
    assert "Chantha" not in text
    assert page.file.child.code in text
    assert "Record of a warning" in text
    preview.save()
    dialog().done(0)
    preview.save_to(str(tmp_path / "paper.pdf"))
    (said,) = printed(program)
    assert (said["language"], said["by_hand"], said["named"], said["how"]) == ("both", True, False, "pdf")


def test_a_form_that_needs_the_name_offers_no_code(page, qtbot):
    page.papers.print(papers.form_named(WARNING), None)
    assert not shown(page, qtbot).options.naming.isVisible()


def test_before_a_name_leaves_the_worker_decides(page, program, letter, qtbot, tmp_path):
    page.papers.print(letter, None)
    preview = shown(page, qtbot)
    preview.save()
    asked = dialog()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is asked.code_button)
    asked.cancel_button.click()
    settle()
    assert printed(program) == []
    assert QApplication.activeModalWidget() is None
    preview.save()
    dialog().code_button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    assert preview.options.choice.named is False
    assert "Chantha" not in text_of(preview.shown.data)
    dialog().fileSelected.emit(str(tmp_path / "coded.pdf"))
    dialog().done(0)
    preview.options.naming.buttons["named"].click()
    shown(page, qtbot)
    preview.save()
    dialog().name_button.click()
    dialog().fileSelected.emit(str(tmp_path / "named.pdf"))
    dialog().done(0)
    assert "Chantha" in text_of((tmp_path / "named.pdf").read_bytes())
    assert [said["named"] for said in printed(program)] == [False, True]


def test_saving_with_the_code_is_forgotten_where_the_name_is_chosen_again_meanwhile(page, letter, qtbot):
    page.papers.print(letter, None)
    preview = shown(page, qtbot)
    preview._tasks, free = Tasks(preview), Event()
    preview._tasks.run(free.wait)  # the store is busy
    preview.save()
    dialog().code_button.click()
    preview.options.naming.buttons["named"].click()
    free.set()
    qtbot.waitUntil(preview.save_button.isEnabled)
    settle()
    assert preview.shown.choice.named is True
    assert QApplication.activeModalWidget() is None


def test_a_paper_is_saved_with_a_password(page, program, qtbot, tmp_path):
    page.papers.print(papers.form_named(WARNING), None)
    preview = shown(page, qtbot)
    press(preview.view.thumbs, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    asked = dialog()
    lines = asked.password.lines
    for typed, again in (("short", "short"), (PASSWORD, "another"), ("ក" * 30 + PASSWORD * 2, "ក" * 30 + PASSWORD * 2)):
        lines.edits["password"].setText(typed)
        lines.edits["again"].setText(again)
        asked.go_button.click()
        assert any(mark.isVisible() for mark in lines.marks.values())
    lines.edits["password"].setText(PASSWORD)
    assert asked.password.strength.text()
    lines.edits["again"].setText(PASSWORD)
    press(lines.edits["again"], Qt.Key.Key_Return)
    settle()
    dialog().fileSelected.emit(str(tmp_path / "locked.pdf"))
    dialog().done(0)
    data = (tmp_path / "locked.pdf").read_bytes()
    with pytest.raises(pypdfium2.PdfiumError):
        text_of(data)
    assert page.file.case.number in text_of(data, PASSWORD)
    assert [said["how"] for said in printed(program)] == ["locked-pdf"]
    assert "locked.pdf" in preview.message.text().replace("\u200b", "")


def test_blank_forms_are_printed_without_a_case(program, qtbot):
    program.desk.rail.buttons["forms"].click()
    page = program.desk.pages["forms", None]
    assert QApplication.focusWidget() is page.forms.line
    press(page.forms.line, Qt.Key.Key_Down)
    marked = page.forms.form
    press(page.forms.line, Qt.Key.Key_Return)
    preview = shown(page, qtbot)
    office = program.desk.office.settings
    assert (office.name_km if preview.language == "km" else office.name_en) in text_of(preview.shown.data)
    press(preview.view.thumbs, Qt.Key.Key_Escape)
    settle()
    assert page.preview is None
    assert page.forms.form is marked
    assert QApplication.focusWidget() is page.forms.line


@pytest.mark.parametrize("blank", [False, True])
def test_a_paper_stays_when_the_language_of_the_screen_changes(page, program, qtbot, blank):
    form, case_id = papers.form_named(WARNING), page.case_id
    if blank:
        page.papers.print_blank(form)
    else:
        page.papers.print(form, page.file.of(Arrest)[0].id)
    shown(page, qtbot).options.languages["both"].click()
    program.speak("en" if program.desk.office.words.language == "km" else "km")
    settle()
    page = program.desk.pages["case", case_id]
    preview = shown(page, qtbot)
    assert preview.language == "both"
    assert preview.source.file_name.endswith("-blank.pdf") is blank


def test_a_blank_form_stays_when_the_language_of_the_screen_changes(program, qtbot):
    page = program.desk.go(("forms", None))
    page.forms.show_form(REPORT)
    page.print()
    shown(page, qtbot)
    program.speak("en" if program.desk.office.words.language == "km" else "km")
    settle()
    page = program.desk.pages["forms", None]
    assert shown(page, qtbot).source.file_name == f"{REPORT}-blank.pdf"
    page.preview.leave()
    assert page.forms.form.name == REPORT


@pytest.fixture
def cases(program):
    made = [with_arrest(program.desk.office) for _ in range(3)]
    page = program.desk.go(("cases", None))
    page.refresh()
    settle()
    assert {line.id for line in page.model.lines} == set(made)
    return page


def test_one_form_for_the_cases_that_are_marked(cases, program, qtbot, tmp_path):
    press(cases.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    cases.print_button.click()
    asked = cases.layers.currentWidget()
    assert asked.which.value == "chosen"
    assert asked.isAncestorOf(QApplication.focusWidget())
    asked.forms.show_form(WARNING)
    press(asked.forms.list, Qt.Key.Key_Return)
    preview = shown(cases, qtbot)
    numbers = [line.cells[0] for line in cases.model.lines]
    text = text_of(preview.shown.data)
    assert [number in text for number in numbers] == [True, True, False]
    assert len(preview.shown.made.starts) == 2
    assert preview.source.file_name == f"{WARNING}-2.pdf"
    assert printed(program) == []
    preview.save_to(str(tmp_path / "batch.pdf"))
    assert [said["batch"] for said in printed(program)] == [2, 2]
    preview.leave()
    settle()
    assert cases.layers.currentWidget() is asked
    press(asked.forms.line, Qt.Key.Key_Escape)
    settle()
    assert cases.layers.currentWidget() is cases.overview
    assert QApplication.focusWidget() is cases.print_button


def test_one_form_for_all_cases_of_the_list(cases, program, qtbot):
    cases.print_button.click()
    asked = cases.layers.currentWidget()
    asked.which.buttons["listed"].click()
    asked.ask()
    assert len(shown(cases, qtbot).shown.made.starts) == 3
    assert case_list.case_ids(program.desk.office, cases.view) == [line.id for line in cases.model.lines]


def test_making_many_papers_is_stopped(cases, qtbot):
    told = []

    def stop_after_two(done):
        told.append(done)
        if done == 2:
            cases.preview.stop()

    cases.print(papers.form_named(WARNING), [line.id for line in cases.model.lines])
    preview = shown(cases, qtbot)
    before = preview.shown
    preview.progress.setValue(0)
    preview.progress.valueChanged.connect(stop_after_two)
    preview.options.version.buttons["by-hand"].click()
    assert told == [1, 2]
    assert preview.shown is before
    assert preview.options.choice.by_hand is False
    assert preview.message.isVisible()
    assert preview.save_button.isEnabled()


def test_with_nothing_in_the_list_there_is_nothing_to_print(program):
    page = program.desk.go(("cases", None))
    settle()
    assert not page.print_button.isEnabled()
    assert not page.marked
