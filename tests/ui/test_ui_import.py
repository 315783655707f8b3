"""A list brought in: chosen, its columns said, each row told, written, and taken back; with the keyboard alone."""

from pathlib import Path

import pytest
import shiboken6
from import_lists import bare, listed, locked, row, workbook
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from test_ui_sight import _clipped
from typing_in import press

from casemgr.exchange.lines import LOCKED
from casemgr.i18n import LANGUAGES
from casemgr.records.child import Child
from casemgr.records.staff import Role
from casemgr.services import lists
from casemgr.services.import_columns import BY_KEY
from casemgr.services.rights import rights_of
from ui.pages.cases import CasesPage
from ui.pages.import_dialog import TAKE_BACK, TAKE_BACK_SURE, TAKEN_BACK, ImportDialog, StartPart
from ui.pages.import_parts import MORE_WORDS, MOST_WORDS, MappingPart, ReportPart
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 0, request.param)
        yield program


@pytest.fixture
def shown(program):
    page = program.desk.go(("cases", None))
    settle()
    page.import_button.click()
    settle()
    asked = dialog()
    assert isinstance(asked, ImportDialog)
    yield asked
    if shiboken6.isValid(asked):
        asked.done(0)
    settle()


def said(widget):
    return "\n".join(label.text().replace("\u200b", "") for label in seen(widget, QLabel))


def begin(shown, path: Path) -> None:
    shown.begin(str(path))
    settle()


def test_a_list_is_looked_at_written_known_again_and_taken_back(program, shown, tmp_path):
    path = listed(tmp_path / "a.xlsx", row())
    begin(shown, path)
    assert isinstance(shown.part, ReportPart)
    assert _clipped(shown) == []
    assert lists.cases(program.office) == []
    shown.go_button.click()
    settle()
    assert isinstance(shown.part, StartPart)
    assert [case.number for case in lists.cases(program.office)] == ["C/1"]
    page = program.desk.pages["cases", None]
    page.all_button.click()
    settle()
    assert [line.cells[0] for line in page.model.lines] == ["C/1"]
    begin(shown, path)
    assert not shown.go_button.isEnabled()
    shown.back_button.click()
    settle()
    button = shown.part.entries[0].buttons[TAKE_BACK]
    button.click()
    assert button.text() == tr(TAKE_BACK_SURE)
    assert lists.cases(program.office) != []
    button.click()
    settle()
    assert lists.cases(program.office) == []
    assert tr(TAKEN_BACK) in said(shown)
    assert shown.part.entries == []


def test_rows_to_be_mended_are_told_and_left_out_only_when_asked(program, shown, tmp_path):
    begin(shown, listed(tmp_path / "a.xlsx", row(), bare(child_code="K-2", sex="x")))
    report = shown.part
    assert [line.cells[0] for line in report.model.lines] == ["3"]
    assert "(sex)" in report.detail.text()
    assert _clipped(shown) == []
    assert not shown.go_button.isEnabled()
    shown.write()
    settle()
    assert lists.cases(program.office) == []
    report.leave_out.click()
    assert shown.go_button.isEnabled()
    shown.save_report_to(str(tmp_path / "r.xlsx"))
    settle()
    assert (tmp_path / "r.xlsx").exists()
    shown.go_button.click()
    settle()
    assert len(lists.cases(program.office)) == 1


def test_columns_and_words_of_a_list_of_the_office_are_asked(program, shown, tmp_path):
    rows = [["no", "who", "kind"], [1, "Sok San", "លួច"], [2, "Sok Dara", "theft"]]
    begin(shown, workbook(tmp_path / "a.xlsx", rows))
    asked = shown.part
    assert isinstance(asked, MappingPart)
    shown.go_button.click()
    assert shown.problem.isVisible()  # nothing says who the child is
    asked.columns[1].setCurrentIndex(asked.columns[1].findData("name_latin"))
    asked.columns[2].setCurrentIndex(asked.columns[2].findData("offence_category"))
    settle()
    assert [word for _, word in asked.words] == ["លួច"]
    combo = asked.words["offence_category", "លួច"]
    combo.setCurrentIndex(combo.findData("THEFT"))
    settle()
    assert _clipped(shown) == []
    shown.go_button.click()
    settle()
    assert isinstance(shown.part, ReportPart)
    shown.go_button.click()
    settle()
    with program.office.read() as work:
        names = {child.given_name_latin for child in work.find(Child)}
    assert names == {"San", "Dara"}
    begin(shown, workbook(tmp_path / "b.xlsx", [*rows, [3, "Chan Da", "លួច"]]))
    assert shown.part.columns[1].currentData() == "name_latin"
    assert shown.part.words["offence_category", "លួច"].currentData() == "THEFT"


def test_a_column_of_names_taken_for_answers_does_not_ask_for_each_of_them(shown, tmp_path):
    rows = [["no", "who"], *([at, f"Sok Dara{at}"] for at in range(500))]
    begin(shown, workbook(tmp_path / "a.xlsx", rows))
    names, answers = (shown.part.columns[at] for at in (0, 1))
    names.setCurrentIndex(names.findData("child_code"))
    answers.setCurrentIndex(answers.findData("sex"))
    settle()
    assert len(shown.part.words) == MOST_WORDS
    more = tr(MORE_WORDS, count=words().number(500 - MOST_WORDS), column=tr(BY_KEY["sex"].label))
    assert more in said(shown.part)
    assert _clipped(shown) == []


def test_what_is_no_list_is_said_and_the_step_stays(shown, tmp_path):
    begin(shown, locked(tmp_path / "a.xlsx"))
    assert tr(LOCKED) in said(shown)
    assert isinstance(shown.part, StartPart)
    assert shown.go_button.isEnabled()
    assert shown.work.watch is None


def test_the_empty_list_is_saved_where_the_worker_says(shown, tmp_path):
    shown.ask_template()
    settle()
    target = dialog()
    assert isinstance(target, QFileDialog)
    target.fileSelected.emit(str(tmp_path / "t.xlsx"))
    target.done(0)
    settle()
    assert (tmp_path / "t.xlsx").exists()


def test_all_of_it_can_be_done_with_the_keyboard(program, shown, tmp_path):
    begin(shown, listed(tmp_path / "a.xlsx", row(), bare(child_code="K-2", sex="x")))
    assert shown.focusWidget() is shown.part.table
    for _ in range(20):
        if shown.focusWidget() is shown.part.leave_out:
            break
        press(shown.focusWidget(), Qt.Key.Key_Tab)
    press(shown.part.leave_out, Qt.Key.Key_Space)
    for _ in range(20):
        if shown.focusWidget() is shown.go_button:
            break
        press(shown.focusWidget(), Qt.Key.Key_Tab)
    press(shown.go_button, Qt.Key.Key_Space)
    settle()
    assert len(lists.cases(program.office)) == 1
    press(shown, Qt.Key.Key_Escape)
    settle()
    assert not shiboken6.isValid(shown)


def test_who_may_not_import_is_offered_nothing(program):
    program.office.rights = rights_of([Role.CASE_WORKER])
    page = CasesPage(program.office, program.tasks)
    assert page.import_button.isHidden()
    page.deleteLater()
    settle()
