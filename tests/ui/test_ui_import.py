"""A list brought in: chosen, its columns said, each row told, written, and taken back; with the keyboard alone."""

from pathlib import Path

import pytest
import shiboken6
from import_lists import bare, listed, locked, row, workbook
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import PASSWORD, dialog, locked_office, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from test_ui_sight import _clipped
from typing_in import press

from casemgr import clock
from casemgr.exchange.lines import LOCKED
from casemgr.i18n import LANGUAGES
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import Deadline, IndexEventKept
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.staff import Role
from casemgr.services import casework, lists
from casemgr.services.import_columns import BY_KEY
from casemgr.services.import_files import left_out_said
from casemgr.services.import_told import RowStanding
from casemgr.services.rights import rights_of
from ui.pages.cases import CasesPage
from ui.pages.import_dialog import (
    AS_BEFORE,
    OUT,
    READING,
    TAKE_BACK,
    TAKE_BACK_SURE,
    TAKEN_BACK,
    ImportDialog,
    StartPart,
)
from ui.pages.import_parts import MORE_WORDS, MOST_WORDS, MappingPart, ReportPart
from ui.pages.lists_card import ListsCard
from ui.pages.take_out import LEAVES, TakeOutDialog
from ui.tasks import Watch
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


def with_child_alone(office):
    changes = casework.take_arrest(office, Child(given_name_km="ក"), Case(), (), Arrest(arrested_at=clock.now()))
    with office.store.write() as work:
        for kind in (Deadline, IndexEventKept, Arrest, Case):
            for each in work.find(kind, **({"id": next(iter(changes.cases))} if kind is Case else {})):
                work.remove(each)
            work.flush()


def said(widget):
    return "\n".join(label.text().replace("\u200b", "") for label in seen(widget, QLabel))


def begin(shown, path: Path) -> None:
    shown.begin(str(path))
    settle()


def test_all_cases_are_saved_as_a_list_that_changes_nothing_when_it_comes_in(program, shown, tmp_path):
    with_child_alone(program.office)
    begin(shown, listed(tmp_path / "a.xlsx", row(), row(case_number="C/2")))
    shown.go_button.click()
    settle()
    button = next(each for each in seen(shown.part, QPushButton) if each.text() == tr(OUT))
    button.click()
    settle()
    out = shown.findChild(TakeOutDialog)
    assert not list(_clipped(out))
    assert tr(LEAVES).replace("\u200b", "") in said(out), "names leave: it is said before"
    assert left_out_said(1, words()) in said(out), "a child without a case is not in it: it is said"
    target = tmp_path / "out.xlsx"
    out.save_to(str(target))
    assert out.reason.marks["reason"].isVisible(), "without a reason"
    out.reason.edits["reason"].setText("ផ្ទេរទៅកុំព្យូទ័រថ្មី")
    out.save_to(str(target))
    settle()
    assert "out.xlsx" in said(out)
    assert not list(_clipped(out))
    out.done(0)
    settle()
    begin(shown, target)
    assert {row.standing for row in shown.part.dry.rows} == {RowStanding.HERE}
    assert len(shown.part.dry.rows) == 2


def test_a_list_goes_out_locked_and_not_as_csv(program, tmp_path):
    program.desk.go(("settings", None))
    settle()
    card = program.desk.pages["settings", None].findChild(ListsCard)
    card.ask_take_out()
    out = card.findChild(TakeOutDialog)
    out.lock.setChecked(True)
    settle()
    assert out.passphrase.isVisible()
    assert not list(_clipped(out))
    assert out.height() < 680, "it fits a screen of 700"
    out.form.buttons["csv"].click()
    assert not out.lock.isEnabled()
    assert not out.passphrase.isVisible()
    out.form.buttons["xlsx"].click()
    out.reason.edits["reason"].setText("x")
    out.save_to(str(tmp_path / "out.xlsx"))
    assert not (tmp_path / "out.xlsx").exists(), "without a passphrase"
    for edit in out.passphrase.lines.edits.values():
        edit.setText("four words make one")
    out.save_to(str(tmp_path / "out.xlsx"))
    settle()
    assert (tmp_path / "out.xlsx").read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    out.done(0)
    settle()


def test_an_import_from_the_settings_shows_in_the_list_of_cases(program, tmp_path):
    cases = program.desk.go(("cases", None))
    program.desk.go(("settings", None))
    settle()
    program.desk.pages["settings", None].findChild(ListsCard).ask_import()
    shown = dialog()
    begin(shown, listed(tmp_path / "a.xlsx", row(arrested_at=None, index_type=None, index_date=None)))
    shown.go_button.click()
    settle()
    shown.done(0)
    program.desk.go(("cases", None))
    settle()
    cases = program.desk.pages["cases", None]
    cases.all_button.click()
    settle()
    assert len(cases.model.lines) == 1


def test_who_sees_a_part_of_the_cases_takes_none_out(program):
    program.office.rights = rights_of([Role.CASE_WORKER])
    program.desk.go(("settings", None))
    settle()
    assert program.desk.pages["settings", None].findChild(ListsCard) is None


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


def test_an_empty_list_that_cannot_be_saved_lets_what_is_being_read_go_on(shown, tmp_path):
    shown.work.follow(Watch(), READING)
    shown.save_empty(str(tmp_path / "no such folder" / "cases.xlsx"))
    settle()
    assert shown.problem.isVisible()
    assert shown.work.watch is not None
    shown.work.rest()


def test_what_the_columns_mean_outlasts_the_lock(tmp_path):
    locked_office(tmp_path)
    path = workbook(tmp_path / "a.xlsx", [["no", "who", "kind"], [1, "Sok San", "លួច"], [2, "Sok Dara", "theft"]])

    def import_again():
        page = program.desk.go(("cases", None))
        settle()
        page.import_button.click()
        settle()
        begin(dialog(), path)
        return dialog()

    with running(tmp_path, "en") as program:
        for chosen in ((), ((1, "name_latin"), (2, "offence_category")), ()):
            program.open("", PASSWORD)
            settle()
            asked = import_again()
            assert isinstance(asked.part, MappingPart)
            for place, key in chosen:
                asked.part.columns[place].setCurrentIndex(asked.part.columns[place].findData(key))
            if chosen:
                combo = asked.part.words["offence_category", "លួច"]
                combo.setCurrentIndex(combo.findData("THEFT"))
                told = asked.part.told()
            else:
                kept = asked.part.told(), asked.message.text()
            program.lock()
            settle()
        assert kept == (told, AS_BEFORE)
        program.open("", PASSWORD)
        settle()
        begin(asked := import_again(), workbook(tmp_path / "b.xlsx", [["nr", "who"], [1, "Sok San"]]))
        assert asked.part.columns[1].currentData() == "", "another list is another question"
        asked.done(0)


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
    shown.back_button.click()
    settle()
    assert isinstance(shown.part, MappingPart), "one step back, not to the beginning"
    assert shown.part.columns[1].currentData() == "name_latin"
    assert shown.part.words["offence_category", "លួច"].currentData() == "THEFT"
    shown.go_button.click()
    settle()
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


def test_a_change_of_one_column_leaves_what_is_asked_of_the_others(shown, tmp_path):
    rows = [["no", "kind", "who", "gender"], *([at, f"k{at % 30}", "Sok San", f"g{at % 9}"] for at in range(90))]
    begin(shown, workbook(tmp_path / "a.xlsx", rows))
    columns = shown.part.columns
    for at, key in ((1, "offence_category"), (2, "given_name_latin"), (3, "sex")):
        columns[at].setCurrentIndex(columns[at].findData(key))
    settle()
    assert len(shown.part.words) == 30 + 9
    before = dict(shown.part.words)
    chosen = before["offence_category", "k7"]
    chosen.setCurrentIndex(chosen.findData("THEFT"))
    columns[3].setCurrentIndex(0)
    settle()
    assert shown.part.words == {asked: combo for asked, combo in before.items() if asked[0] == "offence_category"}
    columns[3].setCurrentIndex(columns[3].findData("sex"))
    settle()
    assert all(shown.part.words[asked] is combo for asked, combo in before.items() if asked[0] == "offence_category")
    assert len(shown.part.words) == 30 + 9
    assert chosen.currentData() == "THEFT"
    columns[1].setCurrentIndex(0)
    columns[1].setCurrentIndex(columns[1].findData("offence_category"))
    settle()
    assert shown.part.words["offence_category", "k7"].currentData() == "THEFT"


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
