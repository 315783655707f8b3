"""Every list of the program printed or exported as it is seen, from the same button."""

import csv
import io
import json

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import dialog, running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from releases import released
from typing_in import press, write

from casemgr.exchange.csv_file import text_of
from casemgr.i18n import LANGUAGES
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.services import lists
from casemgr.services.list_export import NAMES_ON_PAPER
from casemgr.services.list_files import ListKind
from casemgr.services.listing import Naming
from ui.pages.today_model import Section
from ui.parts.file_dialog import NAMED, FileDialog
from ui.parts.list_giving import PaperDialog
from ui.parts.two_lines import CELL
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
menus = pytest.mark.qt_log_ignore("This plugin does not support (raise\\(\\)|grabbing)", extend=True)
PASSPHRASE = "four words make one"


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with running(tmp_path, request.param) as program:
        office = show_practice(program, tmp_path, 8, request.param)
        released(office, 20)
        yield program


def page_of(program, what):
    """Return what shows a list, its table, and the button of the list."""
    if what == "same-child":
        children = program.desk.go(("children", None))
        twice(program.office)
        children.sweep()
        return dialog()
    page = program.desk.go((what, None))
    settle()
    return page.list if what in ("follow-ups", "directory") else page


def twice(office):
    """Write a child down a second time."""
    from casemgr.services import casework

    with office.read() as work:
        one = work.find(Child)[0]
    same = {name: getattr(one, name) for name in ("family_name_km", "given_name_km", "family_name_latin",
                                                  "given_name_latin", "sex", "born", "village_code")}  # fmt: skip
    casework.save_child(office, Child(**same))


def told(listing, *, named):
    """Return all that stands in a list that leaves, cell by cell."""
    from casemgr.exchange.table import lines_of

    rows = list(listing.rows())
    return [list(line) for line in lines_of(listing.table(words(), rows, named=named), words())]


@pytest.mark.parametrize("what", ["cases", "children", "directory", "quality"])
def test_a_list_leaves_with_the_very_cells_of_its_table(program, what):
    page = page_of(program, what)
    listing = page.out._listing()
    seen = [[cell if cell != "–" else "" for cell in line.cells] for line in page.model.lines]
    assert seen
    assert [[cell if cell != "–" else "" for cell in line] for line in told(listing, named=True)] == seen
    heads = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(page.model.columnCount())]
    assert heads == [tr(column.label) for column in listing.columns]


@pytest.mark.parametrize("what", ["today", "where", "follow-ups"])
def test_all_that_the_cells_of_a_row_say_leaves_with_it(program, what):
    """These tables set several things in one cell; each of them stands in some cell of the list that leaves."""
    page = page_of(program, what)
    model = page.model
    rows = [at for at in range(model.rowCount()) if not (what == "today" and isinstance(model.lines[at], Section))]
    lines = told(page.out._listing(), named=True)
    assert len(lines) == len(rows) > 0
    for at, line in zip(rows, lines, strict=True):
        all_told = "\n".join(line)
        for column in range(model.columnCount()):
            cell = model.index(at, column).data(CELL)
            for text in "\n".join((cell.text, cell.more, cell.doubt)).split("\n"):
                for part in text.replace("\u00a0", " ").split(" · "):
                    known = part.strip() in {"", "–"} or _is_told(part, all_told)
                    assert known, (what, column, part, line)


def _is_told(part, all_told):
    """Whether a part of a cell is told; a date is told without the words around it, and days ago by their date."""
    pieces = [piece for piece in part.replace("\u200b", "").split() if any(figure.isdigit() for figure in piece)]
    return part in all_told or (
        bool(pieces) and (all(piece in all_told for piece in pieces) or "ago" in part or "មុន" in part)
    )


@menus
@pytest.mark.parametrize("what", ["cases", "today", "same-child"])
def test_a_list_is_exported_without_names_by_keyboard(program, tmp_path, what):
    page = page_of(program, what)
    page.out.setFocus()
    press(page.out, Qt.Key.Key_Space)
    settle()
    page.out.menu_shown.close()
    page.out.export()
    asked = dialog()
    assert isinstance(asked, FileDialog)
    asked.form.show_value(ListKind.CSV.value)
    target = tmp_path / "list.csv"
    asked.save_to(str(target))
    settle()
    assert asked not in QApplication.topLevelWidgets() or not asked.isVisible()
    _, *lines = csv.reader(io.StringIO(target.read_text("utf-8-sig")))
    listing = page.out._listing()
    shown = [[text_of(cell) for cell in line] for line in lines]
    assert len(shown) == len(list(listing.rows()))
    with program.office.read() as work:
        line = work.find(AuditEntry, action="exported")[-1]
    said = {name: pair[1] for name, pair in json.loads(line.changes or "").items()}
    assert (said["what"], said["named"], said["rows"]) == (listing.what, False, len(shown))
    if what == "same-child":
        page.reject()


def test_names_leave_for_a_reason_and_locked_alone(program, tmp_path):
    page = page_of(program, "children")
    page.out.export()
    asked = dialog()
    asked.choose_names(NAMED)
    asked.save_to(str(tmp_path / "list.xlsx"))
    assert asked.reason.marks["reason"].isVisible()
    write(asked.reason.edits["reason"], "សម្រាប់តុលាការ")
    write(asked.passphrase.lines.edits["password"], PASSPHRASE)
    write(asked.passphrase.lines.edits["again"], PASSPHRASE)
    asked.save_to(str(tmp_path / "list.xlsx"))
    settle()
    assert (tmp_path / "list.xlsx").exists()
    assert "list.xlsx" in page.told.text()


@pytest.mark.parametrize("what", ["children", "where", "follow-ups"])
def test_what_became_of_a_list_is_said_until_the_list_is_read_again(program, what):
    page = page_of(program, what)
    said = page.told if what == "children" else page.said
    page.out.said.emit("written")
    assert said.isVisible()
    program.desk.go(("today", None))
    program.desk.go((what, None))
    settle()
    assert not said.isVisible()


def test_the_directory_asks_for_no_choice_of_names(program):
    page = page_of(program, "directory")
    assert page.listing().naming is Naming.ALWAYS
    page.out.export()
    asked = dialog()
    assert not asked.names.isVisible()
    assert asked.reason.isVisible()
    asked.reject()


def test_paper_bears_codes_until_names_are_chosen_and_warns_of_them(program, tmp_path):
    page = page_of(program, "cases")
    page.out.print()
    shown = dialog()
    assert isinstance(shown, PaperDialog)
    preview = shown.preview
    assert preview.shown.made.warning is None
    preview.options.naming.buttons["named"].click()
    settle()
    assert preview.shown.made.warning == NAMES_ON_PAPER
    preview.save_to(str(tmp_path / "list.pdf"))
    settle()
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    with program.office.read() as work:
        line = work.find(AuditEntry, action="printed")[-1]
    said = {name: pair[1] for name, pair in json.loads(line.changes or "").items()}
    assert (said["what"], said["how"], said["named"]) == ("cases", "pdf", True)
    preview.leave()
    settle()


@menus
def test_what_was_found_is_printed_from_the_search_box(program):
    box = program.desk.search
    child = lists.children(program.office)[0]
    box.setFocus()
    write(box, child.name_km.split(" ", maxsplit=1)[0])
    box.search()
    assert box.out.isVisible()
    assert child.id in {row.id for row in box.listing().rows()}
    press(box, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert box.out.menu_shown.isVisible()
    box.out.menu_shown.close()
    box.out.print()
    dialog().preview.leave()
    settle()
