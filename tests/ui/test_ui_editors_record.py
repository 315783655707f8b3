"""The editor of a record: built from its declaration, changes nothing it was given, keeps what is not understood."""

import pytest
from partly import some
from programs import settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from typing_in import press, tab, write, write_here

from casemgr.clock import PartialDate, local
from casemgr.i18n import Words
from casemgr.records.case import Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child, Guardian, SchoolStatus, Sex
from casemgr.records.fields import Answer, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.plain import answers_of
from ui.editors.question_grid import Question, QuestionGrid
from ui.editors.record_editor import RecordEditor
from ui.editors.special import editor_for
from ui.words import set_words

CONTROL = Qt.KeyboardModifier.ControlModifier
either = pytest.mark.parametrize("words", ["km", "en"], indirect=True)


@pytest.fixture
def words(request):
    words = Words(getattr(request, "param", "km"))
    set_words(words)
    return words


@pytest.fixture
def edit(qtbot, words):
    held = []  # a test that keeps one of its questions alone would let it be swept as garbage

    def make(record, **options):
        editor = RecordEditor(type(record), words=words, **options)
        editor.set_record(record)
        editor.resize(1100, 720)
        qtbot.addWidget(editor)
        with qtbot.waitActive(editor):
            editor.show()
        held.append(editor)
        return editor

    yield make
    held.clear()


def sample(kind):
    return kind(**{info.name: info.sample for info in fields_of(kind)})


def question(editor, name):
    section = next(section for section in editor.sections if section.has(name))
    editor._show_section(editor.sections.index(section))
    return section.question(name)


def test_a_click_at_the_edge_is_not_lost_to_the_scrolling(qtbot, words):
    grid = QuestionGrid(fields_of(Child)[:14], words, editor_for)
    area = QScrollArea()
    area.setWidget(grid)
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    area.resize(760, 140)
    with qtbot.waitActive(area):
        area.show()
    grid.questions["given_name_km"].focus()
    settle()
    male = grid.editor("sex").buttons[Sex.MALE]
    top = male.mapTo(grid, QPoint(0, 0)).y()
    area.verticalScrollBar().setValue(top - area.viewport().height() + 14)  # its upper half is seen
    before = area.verticalScrollBar().value()
    assert before > 0
    QTest.mouseClick(area.windowHandle(), Qt.MouseButton.LeftButton, pos=male.mapTo(area, QPoint(10, 7)))
    assert grid.editor("sex").value() is Sex.MALE
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > before)  # once the mouse is let go of


@pytest.mark.parametrize("kind", [Child, Offence, Arrest, SocialInquiry])
def test_a_record_comes_out_as_it_went_in(edit, kind):
    record = sample(kind)
    editor = edit(record)
    for section in list(editor.section_keys()):
        editor.next_section() if editor.is_long else None
        assert section in editor.section_keys()
    out = editor.record()
    assert out is not record
    assert answers_of(out) == answers_of(record)
    assert (out.id, out.version) == (record.id, record.version)
    assert not editor.is_changed


@either
def test_typing_changes_a_copy_and_never_the_record(edit):
    record = Child(family_name_km="សុខ")
    editor = edit(record)
    line = question(editor, "family_name_km").editor.line
    line.selectAll()
    write(line, "ចាន់")
    assert editor.is_changed
    assert editor.record().family_name_km == "ចាន់"
    assert record.family_name_km == "សុខ"
    assert editor.plain() == {"family_name_km": "ចាន់"}
    line.selectAll()
    write(line, "សុខ")
    assert not editor.is_changed


def test_a_question_arises_with_the_answer_it_hangs_on(edit):
    editor = edit(Child())
    school = question(editor, "school")
    assert not school.isVisible()
    schooling = question(editor, "schooling").editor
    schooling.buttons[SchoolStatus.ENROLLED].click()
    assert school.isVisible()
    schooling.buttons[None].click()
    assert not school.isVisible()


def test_the_kind_of_offence_proposes_class_and_article(edit):
    editor = edit(Offence())
    kind = question(editor, "category").editor
    for category, expected in (
        (OffenceCategory.THEFT, OffenceClass.MISDEMEANOUR),
        (OffenceCategory.MURDER, OffenceClass.FELONY),
    ):
        kind.combo.setCurrentIndex(kind.choices.index(category))
        kind.combo.activated.emit(0)
        assert editor.record().offence_class is expected
        assert question(editor, "offence_class").editor.value() is expected
        assert editor.record().article == category.article
    offence_class = question(editor, "offence_class").editor
    offence_class.set_value(OffenceClass.UNKNOWN)
    offence_class.changed.emit()
    kind.combo.setCurrentIndex(kind.choices.index(OffenceCategory.THEFT))
    kind.combo.activated.emit(0)
    assert editor.record().offence_class is OffenceClass.UNKNOWN


def test_only_the_fields_asked_for_stand_in_the_editor(edit):
    editor = edit(Arrest(), only=("arrested_at", "police_unit"))
    assert [info.name for info in editor.infos] == ["arrested_at", "police_unit"]
    assert not editor.is_long


def test_what_is_not_understood_is_marked_kept_and_stops_the_save(edit):
    editor = edit(Child())
    write(question(editor, "stated_age").editor.line, "fifteen")
    assert editor.unreadable() == ["stated_age"]
    assert not editor.check()
    assert question(editor, "stated_age").mark.isVisible()
    assert editor.record().stated_age is None
    plain = editor.plain()
    other = edit(Child())
    other.restore(plain)
    assert question(other, "stated_age").editor.line.text() == "fifteen"
    assert other.unreadable() == ["stated_age"]


def test_a_draft_of_a_long_record_comes_back_in_every_section(edit):
    record = SocialInquiry()
    editor = edit(record)
    editor.focus_field("summary")
    write_here("កុមារល្អ")
    editor.focus_field("born")
    write_here("xx")
    again = edit(SocialInquiry(id=record.id))
    again.restore(editor.plain())
    assert again.record().summary == "កុមារល្អ"
    assert again.unreadable() == ["born"]
    again.focus_field("born")
    assert question(again, "born").editor.day.text() == "xx"
    assert question(again, "born").mark.isVisible()


def test_a_refused_save_marks_the_fields_and_goes_to_the_first(edit):
    editor = edit(sample(SocialInquiry))
    editor.mark(("delivered_on", "requested_on"), "The report would be delivered before it was asked for.")
    marked = question(editor, "delivered_on")
    assert marked.isVisible()
    assert marked.mark.text()
    assert QApplication.focusWidget() is marked.editor.day
    write(marked.editor.day, "1")
    assert not question(editor, "requested_on").mark.isHidden()


@either
def test_sections_are_walked_by_keyboard_and_count_what_is_missing(edit, words):
    editor = edit(SocialInquiry())
    editor.focus_first()
    assert editor.list.currentRow() == 0
    press(QApplication.focusWidget(), Qt.Key.Key_PageDown, CONTROL)
    assert editor.list.currentRow() == 1
    assert editor.sections[1].missing > 0
    before = editor.sections[1].missing
    assert words.number(before) in editor.list.item(1).text()
    write_here("ចាន់")
    assert editor.sections[1].missing == before - 1
    assert words.number(before - 1) in editor.list.item(1).text()
    press(QApplication.focusWidget(), Qt.Key.Key_PageUp, CONTROL)
    assert editor.list.currentRow() == 0


def test_sections_of_a_long_record_are_built_when_first_shown(edit):
    editor = edit(SocialInquiry())
    assert [section.is_built for section in editor.sections].count(True) == 1


def test_a_frozen_record_can_be_read_and_only_its_open_fields_written(edit):
    record = sample(SocialInquiry)
    editor = edit(record, open_fields=SocialInquiry.open_after_submission)
    editor.focus_field("family_name_km")
    assert question(editor, "family_name_km").editor.value() == record.family_name_km
    assert not hasattr(question(editor, "family_name_km").editor, "line")
    editor.focus_field("received_by")
    write_here(" ២")
    assert editor.record().received_by != record.received_by
    editor.restore({"family_name_km": "x", "received_by": "y"})
    assert editor.record().family_name_km == record.family_name_km
    assert editor.record().received_by == "y"


def test_an_arrest_is_written_in_khmer_by_keyboard_alone(edit):
    editor = edit(Arrest(), only=("arrested_at", "arresting_unit", "flagrant", "arrived_at", "police_unit"))
    editor.focus_first()
    write_here("២២-១១-២០២៦")
    tab()
    write_here("១៩៣០")
    tab()
    write_here("ប៉ុស្តិ៍ស្វាយដង្គំ")
    tab()
    press(QApplication.focusWidget(), Qt.Key.Key_Right)  # from the dash to Yes
    press(QApplication.focusWidget(), Qt.Key.Key_Right)
    tab()
    press(QApplication.focusWidget(), Qt.Key.Key_Semicolon, CONTROL)
    tab(2)
    write_here("អធិការដ្ឋាននគរបាល")
    arrest = editor.record()
    assert arrest.arrested_at == local(2026, 11, 22, 19, 30)
    assert arrest.arresting_unit == "ប៉ុស្តិ៍ស្វាយដង្គំ"
    assert arrest.flagrant is Answer.NO
    assert arrest.arrived_at is not None
    assert arrest.police_unit == "អធិការដ្ឋាននគរបាល"


@pytest.mark.parametrize("kind", some([Child, *(kind.record for kind in KINDS)], 4))
def test_every_stop_of_the_tab_key_has_a_name(edit, kind):
    editor = edit(kind(guardians=(Guardian(name="សុខ"),)) if hasattr(kind, "guardians") else kind())
    for at in range(len(editor.sections)):
        editor._show_section(at)
        for widget in editor.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                reader = QAccessible.queryAccessibleInterface(widget)
                name = reader.text(QAccessible.Text.Name)
                assert name, (kind.__name__, type(widget).__name__)


@either
def test_the_question_is_written_with_number_star_and_help(edit, words):
    editor = edit(SocialInquiry())
    label = question(editor, "report_date").label.text().replace("\u200b", "")
    assert words.figures("0.1") in label
    assert "*" in label
    assert words.text("Date of the report") in label
    assert question(editor, "report_date").label.buddy() is question(editor, "report_date").editor.day


def test_a_birth_date_by_age_survives_a_draft(edit):
    editor = edit(Child())
    born = question(editor, "born").editor
    born.by_age.click()
    write(born.age, "15")
    born.said_on.selectAll()
    write(born.said_on, "24-11-2026")
    other = edit(Child())
    other.restore(editor.plain())
    assert other.record().born == PartialDate.parse("age 15 on 2026-11-24")


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_a_place_is_not_marked_while_it_is_being_typed(edit):
    asked = question(edit(Arrest()), "place_code")
    line = asked.editor.line
    line.setFocus()
    write(line, "Siem")
    assert asked.editor.popup.isVisible()
    assert asked.mark.isHidden()
    asked.editor.popup.hide()
    press(line, Qt.Key.Key_Tab)
    assert asked.mark.isVisible()
    line.setFocus()
    write(line, " R")
    asked.editor.popup.hide()
    assert asked.mark.isHidden()


def test_the_line_in_hand_of_a_long_table_stays_in_view(edit):
    editor = edit(sample(SocialInquiry))
    household = question(editor, "household").editor
    household.table.setFocus()
    for _ in range(50):
        press(QApplication.focusWidget(), Qt.Key.Key_D, CONTROL)
    for _ in range(3):
        QApplication.processEvents()
    table, at = household.table, QApplication.focusWidget()
    assert table.rowCount() > 50
    assert table.height() < editor.height()
    assert table.viewport().rect().intersects(table.visualItemRect(table.currentItem()))
    assert household.panel.isAncestorOf(at)
    corner = at.mapTo(editor, at.rect().bottomRight())
    assert editor.rect().contains(corner)
    assert at.visibleRegion().boundingRect().height() == at.height()


@pytest.mark.parametrize("kind", some((kind.record for kind in KINDS), 3), ids=lambda kind: kind.__tablename__)
def test_nothing_is_cut_off_in_a_narrow_window(edit, kind):
    editor = edit(sample(kind))
    editor.resize(790 if editor.is_long else 526, 500)  # what the smallest window leaves
    for at, section in enumerate(editor.sections):
        if not section.is_asked:
            continue
        editor._show_section(at)
        QApplication.processEvents()
        cut = [
            question.info.name
            for question in section.findChildren(Question)
            if question.isVisible() and question.width() < question.minimumSizeHint().width()
        ]
        assert not cut
        areas = section.findChildren(QScrollArea)
        assert not [area for area in areas if area.widget().width() > area.viewport().width()]
    assert editor.width() <= 790


def test_a_long_heading_of_a_narrow_table_goes_on_in_a_second_line(edit):
    editor = edit(sample(Diversion))
    editor.resize(790, 600)
    editor.focus_field("measures")
    QApplication.processEvents()
    table = question(editor, "measures").editor.table
    table.fit()
    header = table.horizontalHeader()
    assert header.height() >= 2 * header.fontMetrics().height()
    assert table.height() > header.height() + table.rowHeight(0)
