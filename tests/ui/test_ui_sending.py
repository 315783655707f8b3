"""Giving a case, indicators and contacts to other programs, from where a worker looks; and what to mend."""

import csv
import json

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from offices import with_arrest
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtWidgets import QLabel, QScrollArea
from test_ui_sight import _clipped

from casemgr.exchange import dhis2, oscar, primero
from casemgr.exchange.site_map import FORMAT, lines_of
from casemgr.i18n import LANGUAGES
from casemgr.law.quality import Weight
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.staff import Role
from casemgr.services import case_files, casework
from casemgr.services.rights import rights_of
from casemgr.services.sending_case import WITHOUT_CONSENT
from casemgr.services.sending_map import NOT_SENT, names_of
from ui.pages.give_dialog import TO_WORKER
from ui.pages.send_dialogs import TO_OFFICE, TO_OSCAR, TO_PRIMERO
from ui.pages.send_names import NamesDialog
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")
REASON = "សុំមេធាវី"


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 0, request.param)
        yield program


@pytest.fixture
def page(program):
    page = program.desk.go(("case", with_arrest(program.office)))
    settle()
    return page


def said(shown) -> str:
    return "\n".join(label.text().replace("\u200b", "") for label in seen(shown, QLabel))


def close(shown) -> None:
    shown.done(0)
    settle()


def test_a_case_offers_both(page):
    offered = {label: act for action in page._actions_of(page.file.case) for label, act in action.offers}
    assert {tr(TO_WORKER), tr(TO_OFFICE), tr(TO_PRIMERO), tr(TO_OSCAR)} == set(offered)
    offered[tr(TO_PRIMERO)]()
    settle()
    assert tr(WITHOUT_CONSENT).replace("\u200b", "") in said(dialog())
    close(dialog())


def test_a_case_goes_to_primero(page, tmp_path):
    page.going.ask_to_send(primero.SYSTEM)
    shown, target = dialog(), tmp_path / "case.json"
    shown.save_to(str(target))
    assert not target.exists(), "without a reason"
    assert shown.reason.marks["reason"].isVisible()
    shown.reason.edits["reason"].setText(REASON)
    shown.save_to(str(target))
    settle()
    assert json.loads(target.read_bytes())["data"]["id"] == str(page.case_id)
    [area] = [each for each in seen(shown, QScrollArea) if each is not shown.area]
    assert "•" in said(area)
    assert not list(_clipped(shown))
    close(shown)


def test_oscar_says_what_is_wanting(page, tmp_path):
    page.going.ask_to_send(oscar.SYSTEM)
    shown = dialog()
    shown.reason.edits["reason"].setText(REASON)
    shown.save_to(str(tmp_path / "x.json"))
    settle()
    assert shown.message.isVisible()
    assert not (tmp_path / "x.json").exists()
    assert shown.save_button.isEnabled()
    close(shown)


def names_file(tmp_path, **fields):
    file = tmp_path / "names.json"
    file.write_text(json.dumps({"format": FORMAT, "for": "primero", "fields": fields}))
    return str(file)


def test_names_of_another_site_for_one_sending(page, tmp_path):
    page.going.ask_to_send(primero.SYSTEM)
    shown = dialog()
    shown.map.use(names_file(tmp_path, sex="gender_of_child"))
    assert "names.json" in said(shown)
    shown.reason.edits["reason"].setText(REASON)
    shown.save_to(str(tmp_path / "case.json"))
    settle()
    assert json.loads((tmp_path / "case.json").read_bytes())["data"]["gender_of_child"] == "male"
    assert names_of(page._office, primero.SYSTEM).kept_at is None
    close(shown)


def test_names_are_seen_kept_saved_and_forgotten(program, page, tmp_path):
    page.going.ask_to_send(primero.SYSTEM)
    sending = dialog()
    sending.map.see_button.click()
    settle()
    names = sending.map.findChild(NamesDialog)
    assert not list(_clipped(names))
    first = [line.name for line in lines_of(primero.MAP, primero.MAP)][:50]
    assert [line.cells[1] for line in names.model.lines[:50]] == [name or tr(NOT_SENT) for name in first]
    assert (names.keep_button.isEnabled(), names.forget_button.isVisible()) == (False, False)
    names.use(names_file(tmp_path, sex="gender_of_child", nickname=None))
    names.shown.buttons["other"].click()
    settle()
    assert [line.cells[1] for line in names.model.lines] == [tr(NOT_SENT), "gender_of_child"]
    assert not list(_clipped(names))
    names.keep_button.click()
    settle()
    assert names_of(program.office, primero.SYSTEM).site.fields["sex"] == "gender_of_child"
    assert (names.keep_button.isEnabled(), names.forget_button.isVisible()) == (False, True)
    names.save_to(str(tmp_path / "out.json"))
    assert json.loads((tmp_path / "out.json").read_bytes())["fields"]["sex"] == "gender_of_child"
    assert "out.json" in said(names)
    settle()
    assert not list(_clipped(names))
    names.forget_button.click()
    assert names_of(program.office, primero.SYSTEM).kept_at is not None, "asked once"
    names.forget_button.click()
    settle()
    assert names_of(program.office, primero.SYSTEM).kept_at is None
    assert not names.model.lines, "nothing is changed any more"
    close(names)
    close(sending)


def test_what_are_no_names_is_told(page, tmp_path):
    page.going.ask_to_send(primero.SYSTEM)
    shown, names = dialog(), tmp_path / "names.json"
    names.write_text("{}")
    shown.map.use(str(names))
    settle()
    assert shown.message.isVisible()
    assert shown.map.site is None
    close(shown)


def test_who_may_not_speak_for_the_office_only_looks(program, page):
    program.office.rights = rights_of([Role.CASE_WORKER])
    page.going.ask_to_send(primero.SYSTEM)
    shown = dialog()
    shown.map.see()
    settle()
    names = shown.map.findChild(NamesDialog)
    assert not names.keep_button.isVisible()
    assert not names.forget_button.isVisible()
    close(names)
    close(shown)


def test_indicators_go_to_dhis2(program, tmp_path):
    page = program.desk.go(("reports", None))
    page.span.setCurrentIndex(3)
    settle()
    page.send_button.click()
    shown = dialog()
    assert not list(_clipped(shown))
    shown.form.show_value("csv")
    shown.by.setCurrentIndex(shown.by.findData("sex"))
    assert shown.file_name.endswith(".csv")
    shown.save_to(str(tmp_path / "x.csv"))
    settle()
    with (tmp_path / "x.csv").open(newline="") as file:
        assert tuple(next(csv.reader(file))) == dhis2.HEADINGS
    close(shown)


def test_a_period_that_goes_on_is_refused(program, tmp_path):
    page = program.desk.go(("reports", None))
    settle()
    page.ask_to_send()
    shown = dialog()
    shown.save_to(str(tmp_path / "x.json"))
    settle()
    assert shown.message.isVisible()
    assert not (tmp_path / "x.json").exists()
    assert not list(_clipped(shown))
    close(shown)


def test_contacts_go_to_a_telephone(program, tmp_path):
    page = program.desk.go(("directory", None))
    page.list.ask_to_send()
    shown = dialog()
    assert [label.isVisible() for label in shown.warnings] == [True, False, False]
    shown.families.setChecked(True)
    shown.notes.setChecked(True)
    settle()
    assert all(label.isVisible() for label in shown.warnings)
    assert not list(_clipped(shown))
    shown.save_to(str(tmp_path / "x.vcf"))
    assert shown.reason.marks["reason"].isVisible()
    shown.reason.edits["reason"].setText(REASON)
    shown.save_to(str(tmp_path / "x.vcf"))
    settle()
    assert (tmp_path / "x.vcf").exists()
    close(shown)


def test_what_to_mend_opens_the_question(program, page):
    desk, case_id = program.desk, page.case_id
    cases = desk.go(("cases", None))
    cases.mend_button.click()
    settle()
    assert desk.place == ("quality", None)
    quality = desk.pages["quality", None]
    rows = [line.row for line in quality.model.lines]
    assert rows
    at = next(at for at, row in enumerate(rows) if row.kind == Arrest.__name__)
    quality.table.opened.emit(at)
    settle()
    assert desk.place == ("case", case_id)
    editing = desk.pages["case", case_id].editing
    assert isinstance(editing.base, Arrest)
    assert editing.editor.standing()[0] == rows[at].field


def test_a_gap_of_the_child_opens_the_child(program, page):
    desk, child = program.desk, page.file.child
    child.sex = None
    casework.save_child(program.office, child, "x")
    quality = desk.go(("quality", None))
    settle()
    at = next(at for at, line in enumerate(quality.model.lines) if line.row.rule == "no-sex")
    quality.table.opened.emit(at)
    settle()
    assert desk.place == ("child", child.id)
    editing = desk.pages["child", child.id].editing
    assert isinstance(editing.base, Child)
    assert editing.editor.standing()[0] == "sex"


def test_what_was_mended_is_gone(program, page):
    desk, child = program.desk, page.file.child
    child.sex = None
    casework.save_child(program.office, child, "x")
    quality = desk.go(("quality", None))
    settle()
    assert any(row.rule == "no-sex" for row in quality.rows)
    child = case_files.child_file(program.office, child.id).child
    child.sex = Child.__table__.c.sex.type.choices("male")
    casework.save_child(program.office, child, "x")
    desk.go(("cases", None))
    desk.go_back()
    settle()
    assert desk.place == ("quality", None)
    assert not any(row.rule == "no-sex" for row in quality.rows)


def test_lines_of_one_kind(program, page):
    quality = program.desk.go(("quality", None))
    settle()
    assert len(quality.model.lines) == len(quality.rows) > 0
    quality.choose(Weight.CONTRADICTION.value)
    settle()
    assert quality.stack.currentIndex() == 1
    assert quality.state() == {"shown": Weight.CONTRADICTION.value}
    assert page.case_id


def test_who_sees_codes_opens_nothing(program, page):
    assert page.case_id
    program.office.rights = rights_of([Role.DATA_OFFICER])
    told = []
    program.desk._tasks.failed.connect(told.append)
    quality = program.desk.go(("quality", None))
    settle()
    quality.table.opened.emit(0)
    assert len(told) == 1
    assert program.desk.place == ("quality", None)
