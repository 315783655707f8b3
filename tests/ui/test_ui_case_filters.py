"""The list of cases narrowed by keyboard: filters, columns, saved lists."""

import dataclasses

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import dialog, running, settle, show_practice, threaded
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from typing_in import press, write

from casemgr.i18n import LANGUAGES
from casemgr.printing.forms import FORMS
from casemgr.records.kept import SavedList
from casemgr.services import case_list, saved_lists
from casemgr.services.case_columns import COLUMNS, USUAL
from casemgr.services.case_list import NONE, CaseView
from ui.pages.cases import COUNTED, COUNTED_CHANGED, COUNTED_NAMED
from ui.pages.saved_lists import MANAGE, SAVE_CHANGES, SAVE_NEW, SAVED
from ui.words import in_lines, tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
menus = pytest.mark.qt_log_ignore("This plugin does not support (raise\\(\\)|grabbing)", extend=True)


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 8, request.param)
        yield program


@pytest.fixture
def page(program):
    page = program.desk.go(("cases", None))
    page.all_button.click()
    settle()
    return page


def counted(page, message=COUNTED, **slots):
    found = case_list.count(page._office, page.view, page.narrow.text())
    fitting, every = (words().number(number) for number in found)
    return page.count_label.text() == tr(message, n=fitting, all=every, **slots)


def ids(page):
    return [line.id for line in page.model.lines]


def test_a_filter_is_chosen_by_keyboard_and_said_on_its_button(page):
    button = page.bar.buttons["held"]
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    settle()
    asked = dialog()
    assert QApplication.focusWidget() is asked.boxes["yes"]
    press(asked.boxes["yes"], Qt.Key.Key_Space)
    press(asked.boxes["yes"], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is asked.boxes["no"]
    asked.reckon()
    held = case_list.count(page._office, CaseView({"held": ("yes",)}))
    assert words().number(held.fitting) in asked.count.text()
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert page.view.chosen == {"held": ("yes",)}
    assert ids(page) == case_list.case_ids(page._office, page.view)
    assert 0 < len(ids(page)) == held.fitting < held.all
    assert counted(page)
    assert tr("Held now") in button.text()
    assert tr("Held now") in button.accessibleName()
    assert page.window().focusWidget() is button


def test_every_filter_can_be_asked_and_left_as_it_was(page):
    page.show_view(CaseView({"stage": ("trial",), "place": ("17", NONE)}))
    for key, button in page.bar.buttons.items():
        button.click()
        settle()
        asked = dialog()
        assert asked.codes() == page.view.chosen.get(key, ())
        press(asked, Qt.Key.Key_Escape)
        settle()
    assert page.view.chosen == {"stage": ("trial",), "place": ("17", NONE)}


def test_a_label_longer_than_its_room_goes_on_between_its_words():
    khmer = "អំពើលួចដោយមានហិង្សាបណ្ដាលឱ្យពិការភាពជាអចិន្ត្រៃយ៍"
    assert in_lines("one two three", len, 13) == "one two three"
    assert in_lines("one two three", len, 7) == "one two\nthree"
    assert in_lines("longer than it", len, 4) == "longer\nthan\nit"
    lines = in_lines(khmer, len, 30).split("\n")
    assert len(lines) > 1
    assert max(map(len, lines)) <= 30
    assert "".join(lines).replace("\u200b", "") == khmer


def test_places_are_chosen_from_the_province_down(page):
    page.bar.ask("place")
    asked = dialog()
    place = asked.place
    place.choose("17100401")
    assert [combo.currentData() for combo in place.combos] == ["17", "1710", "171004", "17100401"]
    place.add_button.click()
    place.choose("1201")
    assert asked.codes() == ("17100401", "1201")
    place.listed.setCurrentRow(0)
    press(place.listed, Qt.Key.Key_Delete)
    place.none_box.click()
    assert asked.codes() == ("1201", NONE)
    asked.show_button.click()
    settle()
    assert page.view.chosen == {"place": ("1201", NONE)}


def test_all_filters_are_cleared_with_one_press(page):
    assert not page.bar.clear_button.isVisible()
    page.show_view(page.view.choosing("stage", ("supreme-court",)))
    assert page.stack.currentIndex() == 2
    page.bar.clear_button.click()
    settle()
    assert page.view.chosen == CaseView().chosen
    assert page.open_button.isChecked()
    assert not page.bar.clear_button.isVisible()
    assert page.model.lines


def test_letters_narrow_what_the_filters_leave(page):
    page.show_view(CaseView({"status": ("open",)}))
    number = page.model.lines[1].row.told["number"]
    page.narrow.setText(number)
    page.read()
    assert [line.row.told["number"] for line in page.model.lines] == [number]
    assert counted(page)


def test_columns_are_chosen_moved_and_remembered(page, program):
    page.columns_button.click()
    settle()
    asked = dialog()
    asked.tick("other-name", shown=False)
    asked.tick("held", shown=True)
    asked.list.setCurrentRow(1)
    press(asked.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    press(asked.list, Qt.Key.Key_Space)
    press(asked.list, Qt.Key.Key_Space)
    asked.order.setCurrentIndex(asked.order.findData("due"))
    columns = asked.columns()
    assert columns[:2] == ("name", "number")
    assert "held" in columns
    asked.show_button.click()
    settle()
    heads = [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(page.model.columnCount())]
    assert heads == [tr(case_list.BY_KEY[key].label) for key in columns]
    assert ids(page) == case_list.case_ids(page._office, page.view)
    assert page.view.order == "due"
    again = type(page)(program.office, program.tasks)
    assert again.view == CaseView(columns=columns, order="due")
    assert [line.cells for line in again.model.lines]
    again.deleteLater()


def test_without_any_column_there_is_nothing_to_show(page):
    page.choose_columns()
    asked = dialog()
    for key in USUAL:
        asked.tick(key, shown=False)
    assert not asked.show_button.isEnabled()
    asked.usual_button.click()
    assert asked.columns() == USUAL
    asked.reject()


def test_every_column_is_shown_as_wide_as_it_needs(page):
    page.show_view(CaseView({}, tuple(column.key for column in COLUMNS)))
    settle()
    shown = [at for at in range(page.model.columnCount()) if not page.table.isColumnHidden(at)]
    assert all(page.table.columnWidth(at) >= page.columns[at].least for at in shown)
    header = page.table.horizontalHeader()
    narrow = [page.columns[at].label for at in shown
              if header.sectionSizeFromContents(at).width() > page.table.columnWidth(at)]  # fmt: skip
    assert not narrow


def offers(page):
    page.lists.open_menu()
    settle()
    menu = page.lists.menu_shown
    texts = [action.text() for action in menu.actions()]
    menu.close()
    return texts


@menus
def test_a_list_is_saved_opened_changed_renamed_and_deleted(page):
    page.show_view(CaseView({"held": ("yes",)}))
    page.lists.ask_name()
    asked = dialog()
    write(asked.name, "ឃុំខ្លួន")
    press(asked.name, Qt.Key.Key_Return)
    settle()
    assert page.told.text().replace("\u200b", "") == tr(SAVED, name="ឃុំខ្លួន")
    assert counted(page, COUNTED_NAMED, name="ឃុំខ្លួន")
    page.show_view(page.view.choosing("stage", ("police-custody",)))
    assert counted(page, COUNTED_CHANGED, name="ឃុំខ្លួន")
    assert offers(page) == [
        "ឃុំខ្លួន", tr(SAVE_NEW), tr(SAVE_CHANGES, name="ឃុំខ្លួន"), tr(MANAGE, name="ឃុំខ្លួន")
    ]  # fmt: skip
    page.lists.save_changes()
    settle()
    assert counted(page, COUNTED_NAMED, name="ឃុំខ្លួន")
    page.bar.clear()
    assert counted(page)
    page.lists.open_list(page.lists.rows[0])
    settle()
    assert page.view.chosen == {"held": ("yes",), "stage": ("police-custody",)}
    assert page.lists.rows[0].shared is False
    page.lists.ask_to_change()
    asked = dialog()
    write(asked.name, "x")
    asked.shared.click()
    asked.save_button.click()
    settle()
    (row,) = page.lists.rows
    assert row.shared
    assert row.name.endswith("x")
    page.lists.ask_to_change()
    asked = dialog()
    asked.delete_button.click()
    assert asked.message.isVisible()
    assert page.lists.rows
    asked.delete_button.click()
    settle()
    assert page.lists.rows == []
    assert counted(page)


def test_a_name_that_is_taken_is_marked_and_the_dialog_stays(page):
    saved_lists.save_list_as(page._office, "Held", page.view)
    page.lists.ask_name()
    asked = dialog()
    write(asked.name, "held")
    asked.save_button.click()
    assert asked.isVisible()
    assert asked.lines.marks["name"].text().replace("\u200b", "") == tr(saved_lists.TAKEN)
    asked.reject()


def test_what_somebody_else_changed_meanwhile_is_said_and_kept(page):
    row = saved_lists.save_list_as(page._office, "Held", page.view, shared=True)
    page.lists.read()
    page.lists.open_list(row)
    settle()
    saved_lists.change_list(page._office, row, name="Held now")
    page.show_view(page.view.choosing("held", ("yes",)))
    page.lists.save_changes()
    settle()
    assert page.told.text().replace("\u200b", "") == tr(saved_lists.CHANGED)
    assert [each.name for each in page.lists.rows] == ["Held now"]


def test_a_list_of_a_later_version_opens_and_says_what_was_left_out(page):
    row = saved_lists.save_list_as(page._office, "Held", CaseView({"held": ("yes",)}))
    with page._office.write() as work:
        work.get(SavedList, row.id).plain = '{"filters": {"held": ["yes", "perhaps"]}, "columns": ["number", "moon"]}'
    page.lists.open_list(row)
    settle()
    assert page.view.chosen == {"held": ("yes",)}
    assert page.view.columns == ("number",)
    assert tr("Columns") in page.told.text().replace("\u200b", "")


def test_what_is_chosen_outlives_a_change_of_language(page, program):
    view = CaseView({"held": ("yes",)}, ("number", "held"), "due")
    page.show_view(view)
    state = page.state()
    again = type(page)(program.office, program.tasks)
    again.restore_state(state)
    assert again.view == view
    assert ids(again) == ids(page)
    assert [column.key for column in again.shown] == ["number", "held"]
    again.deleteLater()


def test_what_is_changed_elsewhere_is_counted_again(page):
    before = page.count_label.text()
    page.show_view(dataclasses.replace(page.view, chosen={"stage": ("supreme-court",)}))
    assert page.count_label.text() != before
    page.refresh()
    assert counted(page)


def test_beside_the_window_the_list_is_narrowed_and_counted_too(tmp_path, qtbot):
    """The store is asked in a thread of its own, as in an office; the window never asks it."""
    with threaded(tmp_path, "en", qtbot) as program:
        show_practice(program, tmp_path, 8, "en")
        page = program.desk.go(("cases", None))
        qtbot.waitUntil(lambda: program.tasks.is_idle and bool(page.count_label.text()), timeout=20_000)
        assert page.model.lines
        page.show_view(page.view.choosing("held", ("yes",)))
        page.lists.ask_name()
        asked = dialog()
        write(asked.name, "Held")
        asked.save_button.click()
        qtbot.waitUntil(lambda: program.tasks.is_idle and bool(page.lists.rows), timeout=20_000)
        assert counted(page, COUNTED_NAMED, name="Held")
        assert 0 < len(page.model.lines) < 8


def test_what_is_chosen_before_the_view_of_last_time_is_read_stays(tmp_path, qtbot):
    with threaded(tmp_path, "en", qtbot) as program:
        show_practice(program, tmp_path, 8, "en")
        page = program.desk.go(("cases", None))
        page.all_button.click()
        qtbot.waitUntil(lambda: program.tasks.is_idle and bool(page.count_label.text()), timeout=20_000)
        assert page.all_button.isChecked()
        assert page.view.chosen == {}
        assert counted(page)


def test_the_list_is_there_though_the_view_of_last_time_cannot_be_read(program):
    office = program.office
    with office.store.write() as work:
        work.session.connection().exec_driver_sql("ALTER TABLE saved_list RENAME TO gone")
    page = program.desk.go(("cases", None))
    settle()
    assert page.model.lines
    page.all_button.click()
    settle()
    assert counted(page)
    while (told := QApplication.activeModalWidget()) is not None:
        told.reject()


@menus
def test_in_a_low_window_one_line_of_buttons_stands_above_five_cases(page, program):
    program.window.resize(911, 480)  # a screen of 1366 × 768 at 150 %
    settle()
    table = page.table
    assert table.viewport().height() >= 4.5 * table.rowHeight(0)
    assert not page.print_button.isVisible()
    assert not page.bar.isVisible()
    page.bar.menu.open_menu()
    offered = [action.text() for action in page.bar.menu.menu_shown.actions()]
    assert offered == [tr(each.known.label) for each in page.bar.buttons.values()]
    page.bar.menu.menu_shown.actions()[0].trigger()
    settle()
    asked = dialog()
    box = next(iter(asked.boxes.values()))
    box.click()
    asked.show_button.click()
    settle()
    first, second, *_ = page.bar.buttons.values()
    assert first.isVisible()  # what is chosen is always seen
    assert not second.isVisible()
    page.more.open_menu()
    assert tr("What to mend") in [action.text() for action in page.more.menu_shown.actions()]
    program.window.resize(1366, 728)
    settle()
    assert page.print_button.isVisible()
    assert second.isVisible()
    assert not page.more.isVisible()
    assert not page.bar.menu.isVisible()


@menus
def test_in_a_low_window_the_keyboard_is_never_on_a_button_that_is_away(page, program):
    program.window.resize(911, 480)
    settle()
    (_, second), *_ = list(page.bar.buttons.items())[1:]
    second.click()  # as the menu does
    settle()
    dialog().show_button.click()  # nothing chosen: its button stays away
    settle()
    assert program.window.focusWidget() is page.bar.menu
    page.show_view(CaseView({"held": ("yes",)}))
    page.bar.clear_button.setFocus()
    page.bar.clear_button.click()
    settle()
    assert program.window.focusWidget() is page.bar.menu
    page.print(FORMS[0], [page.model.lines[0].id])
    settle()
    page.preview.closed.emit()
    settle()
    assert program.window.focusWidget() is page.more
