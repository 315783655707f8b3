"""The guide in the program: F1 from anywhere, at the right place, beside the work, and of nobody."""

import importlib
import pkgutil

import pytest
from programs import PASSWORD, dialog, locked_office, running, settle, show_practice
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QDialog, QWidget

import ui
from casemgr import assets, guide
from casemgr.i18n import LANGUAGES, Words
from casemgr.records.child import Child
from casemgr.records.fields import fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import lists
from ui import help_places
from ui.editors.record_page import RecordPage
from ui.help_places import place_of, place_of_class
from ui.pages.page import Page
from ui.parts.door import DoorPage
from ui.parts.reason_dialog import ReasonDialog
from ui.words import set_words

BARE = {"CalmDialog", "EditingPage", "ListPage", "PaperPage", "PersonPage", "WritingDialog"}
"""What pages and dialogs are made from, and what stands on none of its own."""


@pytest.fixture(scope="module")
def places() -> dict[str, set[str]]:
    """The places of the guide in each language."""
    return {language: set(guide.anchors(guide.chapters(Words(language)))) for language in LANGUAGES}


@pytest.fixture(autouse=True)
def _application(qapp):
    """The program runs in one."""
    return qapp


@pytest.fixture
def program(tmp_path):
    with running(tmp_path, "en") as made:
        yield made


def press_f1() -> None:
    """Press F1 as somebody does: whichever window has the keyboard hears it."""
    settle()
    window = QApplication.activeWindow()
    assert window is not None
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    settle()


def middle(widget):
    """Return the middle of a widget, as seen from its window."""
    return widget.mapTo(widget.window(), widget.rect().center())


def windows_of_the_program() -> list[type]:
    """Return every class of page and dialog."""
    for found in pkgutil.walk_packages(ui.__path__, "ui."):
        if not found.name.endswith("pictures"):
            importlib.import_module(found.name)
    kinds, left = set(), [QDialog, Page, DoorPage, RecordPage]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if kind.__module__.startswith("ui.") and kind not in {Page, DoorPage, RecordPage}:
            kinds.add(kind)
    return sorted((kind for kind in kinds if kind.__name__ not in BARE), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_asked_has_its_place_in_the_guide(language, places):
    assert set(help_places.KINDS) == {kind.key for kind in KINDS}
    named = (help_places.KINDS, help_places.GROUPS, help_places.RECORDS, help_places.ASKED, help_places.WIDGETS)
    assert {place for table in named for place in table.values()} | {help_places.START} <= places[language]
    labels = {(kind.key, field.group.label) for kind in KINDS for field in fields_of(kind.record) if field.group}
    assert set(help_places.GROUPS) <= labels


def test_every_page_and_dialog_has_its_place():
    found = windows_of_the_program()
    assert len(found) > 60
    lost = [kind.__name__ for kind in found if place_of_class(kind) is None]
    assert lost == [], "name them in ui/help_places.py, with the place of the guide that explains them"


def test_no_name_of_the_table_is_of_nothing():
    windows_of_the_program()
    left, known = [QWidget], set()
    while left:
        kind = left.pop()
        known.add(kind.__name__)
        left += kind.__subclasses__()
    assert set(help_places.WIDGETS) - known == set()


def test_f1_explains_where_the_worker_is(program, tmp_path):
    press_f1()
    assert program.helping.shown.anchor == "set-up"
    office = show_practice(program, tmp_path, 2, "en")
    program.window.activateWindow()
    for place, anchor in (("today", "today"), ("where", "where"), ("cases", "lists"), ("settings", "settings")):
        program.desk.go((place, None))
        program.window.activateWindow()
        press_f1()
        assert program.helping.shown.anchor == anchor
    program.window.activateWindow()
    case = program.desk.go(("case", lists.cases(office)[0].id))
    case.edit(case.file.of(Arrest)[0])
    settle()
    editor = case.editing.editor
    for field, anchor in (("arrested_at", "new-arrest"), ("arrived_at", "clocks"), ("lawyer_name", "first-hours")):
        editor.focus_field(field)
        settle()
        assert place_of(QApplication.focusWidget() or editor) == anchor
    child = program.desk.go(("child", lists.children(office, "")[0].id))
    child.edit()
    settle()
    child.editing.editor.focus_field("born")
    settle()
    assert place_of(child.editing.editor.focusWidget()) == "dates"
    assert isinstance(child.editing.base, Child)


def test_the_guide_stands_beside_a_dialog_and_the_work_goes_on(program, tmp_path):
    show_practice(program, tmp_path, 0, "en")
    ReasonDialog("Title", (), "Why?", "Go on", program.window).open()
    settle()
    asked = dialog()
    QTest.keyClick(asked, Qt.Key.Key_F1)
    settle()
    shown = program.helping.shown
    assert (shown.anchor, shown.isVisible()) == ("correct", True)
    assert shown.windowModality() is Qt.WindowModality.NonModal
    shown.search.setFocus()
    program.desk.search.setFocus()
    QTest.mouseClick(program.window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle(program.desk.lock_button))
    settle()
    assert program.desk is not None  # the dialog stands before the window, and what is behind it hears nothing
    QTest.mouseClick(shown.windowHandle(), Qt.MouseButton.LeftButton, pos=middle(shown.search))
    QTest.keyClick(shown.windowHandle(), Qt.Key.Key_A)
    settle()
    assert shown.search.text() == "a"
    assert dialog() is asked
    asked.reject()


def test_it_stays_while_the_office_is_locked_and_goes_at_the_end(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.open("", PASSWORD)
        settle()
        program.helping.ask()
        shown = program.helping.shown
        shown.search.setText("ចាន់ ដារ៉ា")
        program.lock()
        settle()
        assert shown.isVisible()
        assert shown.search.text() == ""
        shown.show_place("copies")
        assert shown.anchor == "copies"
        program.end()
        settle()
        assert program.helping.shown is None
        assert not [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def test_a_guide_that_was_put_away_comes_back(program):
    program.helping.show("search")
    program.helping.shown.showMinimized()
    settle()
    program.helping.ask()
    settle()
    assert not program.helping.shown.isMinimized()


def test_the_button_of_the_rail_and_of_the_door_open_it(program, tmp_path):
    program.window.page.help_button.click()
    assert program.helping.shown.anchor == "set-up"
    show_practice(program, tmp_path, 0, "en")
    program.desk.rail.help_button.click()
    assert program.helping.shown.anchor == "today"
    program.desk.rail.set_narrow(narrow=True)
    assert program.desk.rail.help_button.text() == ""
    assert program.desk.rail.help_button.toolTip() == "Help (F1)"


def test_it_speaks_the_language_of_the_screen(program, tmp_path):
    show_practice(program, tmp_path, 0, "en")
    program.helping.show("copies")
    assert "stick" in program.helping.shown.view.toPlainText()
    program.speak("km")
    settle()
    shown = program.helping.shown
    assert (shown.anchor, shown.isVisible()) == ("copies", True)
    assert "ឧបករណ៍យូអេសប៊ី" in shown.view.toPlainText().replace("\u200b", "")
    shown.close()
    program.speak("en")
    assert program.helping.shown is None
    program.helping.show("copies")
    assert "stick" in program.helping.shown.view.toPlainText()


@pytest.fixture
def window(qtbot, tmp_path):
    """The window of the guide alone, in Khmer."""
    from ui.pages.help import HelpWindow

    set_words(Words("km", "khmer"))
    made = HelpWindow(tmp_path, inline=True)
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    set_words(Words("en"))


def test_words_are_looked_for_and_the_places_opened_with_the_keyboard(window):
    window.search.setFocus()
    window.search.setText("លេខកូដសង្គ្រោះ")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.left.currentWidget() is window.places
    assert QApplication.focusWidget() is window.places
    assert window.anchor == "recovery-code"
    assert window.view.extraSelections()
    before = window.anchor
    QTest.keyClick(window.places, Qt.Key.Key_Down)
    assert window.anchor != before
    QTest.keyClick(window.places, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert window.left.currentWidget() is window.contents
    assert not window.view.extraSelections()
    QTest.keyClick(window.places, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_all_of_it_is_reached_with_the_keyboard_and_has_a_name(window):
    wanted = {window.search, window.contents, window.print_button, window.close_button, window.view}
    for keys in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        window.show_place("card")  # a chapter without links, between which Tab goes as well
        window.search.setFocus()
        reached = set()
        for _ in range(12):
            reached.add(QApplication.focusWidget())
            QTest.keyClick(QApplication.focusWidget(), keys)
        assert wanted <= reached
    for each in wanted:
        said = QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        assert said, type(each).__name__
    window.view.setFocus()
    before = window.view.verticalScrollBar().value()
    window.show_place("report")
    QTest.keyClick(window.view, Qt.Key.Key_PageDown)
    assert window.view.verticalScrollBar().value() > before


def test_where_the_guide_says_nothing_it_says_so(window):
    window.search.setText("xyzzy")
    window.look()
    assert window.nothing.isVisible()
    assert window.left.currentWidget() is window.contents


def test_contents_and_links_lead_to_their_places(window):
    window.contents.setFocus()
    window.show_place("police-call")
    QTest.keyClick(window.contents, Qt.Key.Key_Down)
    assert window.anchor == "new-arrest"
    window.view.place_asked.emit("printing")
    assert window.anchor == "printing"
    assert window.contents.currentItem().text(0).replace("\u200b", "") == "ការបោះពុម្ព"
    with pytest.raises(KeyError):
        window.show_place("nowhere")


def test_a_line_of_the_contents_that_was_chosen_before_leads_there_again(window):
    window.show_place("set-up")
    settle()
    bar, item = window.view.verticalScrollBar(), window.contents.currentItem()
    at = bar.value()
    where = window.contents.visualItemRect(item).center()
    for again in (
        lambda: QTest.mouseClick(window.contents.viewport(), Qt.MouseButton.LeftButton, pos=where),
        lambda: QTest.keyClick(window.contents, Qt.Key.Key_Return),
    ):
        bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
        assert bar.value() != at
        again()
        settle()
        assert bar.value() == at


def test_khmer_is_broken_for_the_screen_and_copied_as_it_is_written(window):
    window.show_place("copies")
    assert "\u200b" in window.view.toPlainText()
    window.view.selectAll()
    copied = window.view.createMimeDataFromSelection().text()
    assert "\u200b" not in copied
    assert "ឧបករណ៍យូអេសប៊ី" in copied


def test_every_chapter_is_shown_as_wide_as_the_window_and_no_wider(window):
    window.resize(660, 500)
    for chapter in window.chapters:
        window.show_place(chapter.title.anchor)
        settle()
        assert window.view.horizontalScrollBar().maximum() == 0, chapter.key
        said = window.view.toPlainText().replace("\u200b", "")
        assert all(text in said for piece in chapter.pieces[:3] for text in guide.texts(piece)), chapter.key


def heading_at_top(window):
    """Return the words of the first line that is seen."""
    return window.view.cursorForPosition(QPoint(40, 1)).block().text().replace("\u200b", "")


def line_at_top(window):
    """Return the number of the first line that is seen."""
    return window.view.cursorForPosition(QPoint(40, 1)).blockNumber()


def test_the_place_that_was_asked_for_stands_at_the_top_however_wide_the_window_becomes(window, qtbot):
    window.show_place("today")
    settle()
    assert heading_at_top(window) == "អ្វីដល់ពេលត្រូវធ្វើ"
    for size in ((640, 500), (1200, 520)):
        window.resize(*size)
        settle()
        qtbot.waitUntil(lambda: not window.view.fits_soon, timeout=5_000)
        assert heading_at_top(window) == "អ្វីដល់ពេលត្រូវធ្វើ"
    window.view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
    assert heading_at_top(window) != "អ្វីដល់ពេលត្រូវធ្វើ"
    read = line_at_top(window)
    window.resize(700, 500)
    settle()
    qtbot.waitUntil(lambda: not window.view.fits_soon, timeout=5_000)
    assert line_at_top(window) == read


def test_without_pictures_the_words_stand_alone(window, monkeypatch):
    monkeypatch.setattr(assets, "guide_picture", lambda _name, _language: None)
    window.show_place("report")
    assert "<img" not in window.view.toHtml()


def test_it_is_printed_like_other_papers(window, qtbot):
    titles = [label for label, _ in window.print_button.offers]
    assert titles[2:] == ["សន្លឹកសង្ខេប", "សម្រាប់អ្នកគ្រប់គ្រងគណនី"]
    window.print_button.offers[2][1]()
    qtbot.waitUntil(lambda: not window.preview.view.sheet.pixmap().isNull(), timeout=20_000)
    assert window.preview.pages == 1
    window.preview.leave()
    settle()
    assert window.preview is None
    window.show_place("report")
    window.print_button.offers[1][1]()
    qtbot.waitUntil(lambda: window.preview.pages > 0, timeout=20_000)
    assert window.preview.source.file_name == "report.pdf"
    window.leave_paper()


def test_where_the_program_came_without_the_guide_it_says_so(program, monkeypatch):
    monkeypatch.setattr(assets, "guide", missing)
    program.helping.ask()
    assert program.helping.shown is None
    assert "missing" in program.window.messages.text.text()


def missing(_language: str) -> None:
    raise FileNotFoundError
