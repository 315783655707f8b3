"""Every kind of field has an editor that shows and gives back its answers, and is empty until it is answered."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from typing_in import press, write

from casemgr.clock import PHNOM_PENH, PartialDate, local, now, today
from casemgr.i18n import Words
from casemgr.places import find_places
from casemgr.records.case import Case, Offence, OffenceCategory
from casemgr.records.child import Child, Disability, Guardian, Sex
from casemgr.records.fields import Kind, field_of, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from ui.editors.choices import ComboEditor, RadioEditor
from ui.editors.dates import NO_DAY_YET, NO_TIME_YET
from ui.editors.place import told_apart
from ui.editors.reading import NO_DAY
from ui.editors.simple import TOO_LONG
from ui.editors.special import editor_for
from ui.words import set_words

CLASSES = (Child, Case, Offence, *(kind.record for kind in KINDS))
FIELDS = [(kind, info) for kind in CLASSES for info in fields_of(kind) if not info.computed]


@pytest.fixture(params=["km", "en"])
def words(request):
    words = Words(request.param, "khmer" if request.param == "km" else "western")
    set_words(words)
    return words


@pytest.fixture
def editor(qtbot, words):
    def make(record_class, name):
        editor = editor_for(field_of(record_class, name), words, None)
        qtbot.addWidget(editor)
        with qtbot.waitActive(editor):
            editor.show()
        return editor

    return make


def test_every_field_starts_empty_and_gives_its_sample_back(qtbot, words):
    for _, info in FIELDS:
        editor = editor_for(info, words, None)
        qtbot.addWidget(editor)
        empty = () if info.kind in (Kind.CHOICES, Kind.ROWS) else None
        assert editor.value() == empty, info.name
        assert editor.problem() is None, info.name
        editor.set_value(info.sample)
        same = set(info.sample) if info.kind is Kind.CHOICES else info.sample
        assert (set(editor.value()) if info.kind is Kind.CHOICES else editor.value()) == same, info.name
        assert editor.problem() is None, info.name
        editor.set_value(empty)
        assert editor.value() == empty, info.name


def test_an_untouched_date_stays_empty_and_today_comes_only_when_asked_for(editor):
    day = editor(Case, "opened_on")
    day.day.setFocus()
    press(day.day, Qt.Key.Key_Tab)
    assert day.value() is None
    day.day.setFocus()
    press(day.day, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert day.value() == today()


def test_the_keys_for_now_are_told_on_every_date(editor):
    moment, day, born = editor(Arrest, "arrested_at"), editor(Case, "opened_on"), editor(Child, "born")
    boxes = (moment.day, moment.time, day.day, born.said_on)
    assert all("Ctrl+;" in box.toolTip() for box in (*boxes, *day.findChildren(QPushButton)))


def test_a_birth_is_never_today_at_a_key(editor):
    born = editor(Child, "born")
    born.year.setFocus()
    press(born.year, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert (born.value(), born.year.toolTip()) == (None, "")
    born.by_age.click()
    born.said_on.clear()
    write(born.age, "15")
    press(born.age, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert born.value() == PartialDate.from_age(15, today())


def test_now_fills_a_moment_to_the_minute(editor):
    from casemgr.records.pathway.arrest import Arrest

    moment = editor(Arrest, "arrested_at")
    before = now().replace(second=0)
    moment.day.setFocus()
    press(moment.day, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert before <= moment.value() <= now()
    assert moment.value().tzinfo is PHNOM_PENH


def test_a_moment_typed_in_khmer_figures_is_shown_as_the_office_likes(editor, words):
    from casemgr.records.pathway.arrest import Arrest

    moment = editor(Arrest, "arrested_at")
    write(moment.day, "២២/១១/២៦")
    assert moment.value() is None
    assert moment.problem() == NO_TIME_YET
    write(moment.time, "1930")
    assert moment.value() == local(2026, 11, 22, 19, 30)
    moment.day.editingFinished.emit()
    assert moment.day.text() == words.figures("22-11-2026")
    assert moment.time.text() == words.figures("19:30")
    moment.day.clear()
    assert moment.problem() == NO_DAY_YET


def test_a_wrong_date_stays_visible_and_is_explained(editor):
    day = editor(Case, "opened_on")
    write(day.day, "31-02-2026")
    day.day.editingFinished.emit()
    assert day.value() is None
    assert day.problem() == NO_DAY
    assert day.day.text() == "31-02-2026"
    assert day.typed() == ["31-02-2026"]
    other = editor(Case, "opened_on")
    other.set_typed(day.typed())
    assert other.day.text() == "31-02-2026"


@pytest.mark.parametrize(
    ("day", "month", "year", "stored"),
    [("12", "3", "2011", "2011-03-12"), ("", "03", "2011", "2011-03"), ("", "", "២០១១", "2011"),
     ("12-3-2011", "", "", "2011-03-12")],
)  # fmt: skip
def test_as_much_of_a_birth_date_as_is_known(editor, day, month, year, stored):
    born = editor(Child, "born")
    for line, text in ((born.day, day), (born.month, month), (born.year, year)):
        write(line, text)
    assert born.value() == PartialDate.parse(stored)


@pytest.mark.parametrize("typed", ["12032011", "12/3/2011", "១២០៣២០១១", "120311"])
def test_a_date_typed_on_end_flows_from_box_to_box(editor, typed):
    born = editor(Child, "born")
    born.day.setFocus()
    for letter in typed:
        write(QApplication.focusWidget(), letter)
    assert born.value() == PartialDate.of(2011, 3, 12)
    assert QApplication.focusWidget() is born.year


@pytest.mark.parametrize("pasted", ["12032011", "2011-03-12", "12 3 2011", "១២-៣-២០១១"])
def test_a_date_pasted_whole_stands_in_its_boxes(editor, words, pasted):
    born = editor(Child, "born")
    write(born.day, pasted)
    assert [line.text() for line in (born.day, born.month, born.year)] == [
        words.figures(part) for part in ("12", "03", "2011")
    ]


def test_what_stands_in_the_next_box_is_not_written_over(editor):
    born = editor(Child, "born")
    write(born.month, "03")
    write(born.day, "121")
    assert (born.day.text(), born.month.text()) == ("121", "03")


def test_the_day_of_an_offence_is_one_click_and_nobody_is_born_today(editor):
    offence, born = editor(Offence, "committed_on"), editor(Child, "born")
    todays = [
        [
            each
            for each in one.findChildren(QPushButton)
            if each.text() == one.words.text("Today") and not each.isHidden()
        ]
        for one in (offence, born)
    ]
    assert [len(found) for found in todays] == [1, 0]
    todays[0][0].click()
    assert offence.value() == PartialDate.on(today())


def test_a_birth_date_known_by_age_alone(editor, words):
    born = editor(Child, "born")
    born.by_age.click()
    assert born.by_age.text() == words.text("A date of birth is known")
    assert born.said_on.text() == words.date(today())
    assert born.problem() is None  # nothing is typed yet
    write(born.age, "១៥")
    assert born.value() == PartialDate.from_age(15, today())
    born.said_on.clear()
    assert born.problem()
    write(born.said_on, "24-11-2026")
    assert born.value() == PartialDate.from_age(15, date(2026, 11, 24))
    again = editor(Child, "born")
    again.set_value(born.value())
    assert again.by_age.isChecked()
    assert again.value() == born.value()


def test_a_day_without_month_or_year_is_explained(editor):
    born = editor(Child, "born")
    write(born.day, "12")
    assert born.value() is None
    assert born.problem()
    assert born.typed() == ["12", "", "", "", ""]


def test_what_is_pasted_into_one_line_stays_one_line(editor):
    name = editor(Child, "given_name_km")
    QApplication.clipboard().setText(" សុខ\r\nវិចិត្រ\t១ \n")
    name.line.paste()
    assert name.value() == "សុខ វិចិត្រ ១"


def test_a_line_that_has_no_end_is_explained_and_kept_as_it_was_typed(editor):
    name = editor(Child, "given_name_km")
    write(name.line, "ក" * 300)
    assert name.value() == "ក" * 300
    assert (name.problem(), name.typed()) == (None, None)
    write(name.line, "ខ")
    assert name.value() is None
    assert name.problem() == TOO_LONG
    other = editor(Child, "given_name_km")
    other.set_typed(name.typed())
    assert other.line.text() == name.line.text()


def test_a_choice_can_be_taken_back(editor):
    sex = editor(Child, "sex")
    assert isinstance(sex, RadioEditor)
    sex.buttons[Sex.FEMALE].click()
    assert sex.value() is Sex.FEMALE
    sex.buttons[None].click()
    assert sex.value() is None
    offence = editor(Offence, "category")
    assert isinstance(offence, ComboEditor)
    press(offence.combo, Qt.Key.Key_Down)
    assert offence.value() is next(iter(OffenceCategory))
    press(offence.combo, Qt.Key.Key_Home)
    assert offence.value() is None


def test_arrows_lead_through_answers_in_their_order_also_in_two_lines(editor):
    schooling = editor(Child, "schooling")
    schooling.resize(300, 120)
    QApplication.processEvents()
    buttons = list(schooling.buttons)
    assert len({button.y() for button in schooling.buttons.values()}) > 1
    schooling.buttons[None].setFocus()
    for key, expected in (
        *((Qt.Key.Key_Down, each) for each in buttons[1:]), (Qt.Key.Key_Right, buttons[-1]),
        (Qt.Key.Key_Up, buttons[-2]), (Qt.Key.Key_Left, buttons[-3]),
    ):  # fmt: skip
        press(QApplication.focusWidget(), key)
        assert schooling.value() is expected
        assert QApplication.focusWidget() is schooling.buttons[expected]


def test_boxes_are_ticked_by_the_space_bar(editor):
    disabilities = editor(Child, "disabilities")
    for box in (disabilities.boxes[Disability.WALKING], disabilities.boxes[Disability.SEEING]):
        press(box, Qt.Key.Key_Space)
    assert disabilities.value() == (Disability.SEEING, Disability.WALKING)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
@pytest.mark.parametrize("typed", ["Siem Reap", "សៀមរាប"])
def test_a_place_is_found_in_either_script_and_kept_by_its_code(editor, typed):
    place = editor(Child, "village_code")
    place.line.setFocus()
    write(place.line, typed)
    assert place.value() is None
    assert place.problem()
    press(place.popup, Qt.Key.Key_Return)
    assert place.value() == "17"
    assert place.problem() is None
    place.popup.hide()


@pytest.mark.parametrize(
    ("typed", "language", "listed"),
    [
        ("17", "km", ["សៀមរាប"]),  # by its code, and alone
        ("សាលាកំរើក", "en", [
            "Sala Kamraeuk (Commune or sangkat), Siem Reab, Siemreap",
            "Sala Kamraeuk (Village), Sala Kamraeuk, Siem Reab, Siemreap",
        ]),
        ("1710", "km", ["សៀមរាប (ក្រុង ស្រុក ខណ្ឌ), សៀមរាប"]),  # a town in a province of its name
    ],
)  # fmt: skip
def test_the_level_of_a_place_is_named_where_its_name_does_not_tell_it(typed, language, listed):
    found = find_places(typed, limit=len(listed))
    assert told_apart(found, Words(language, "western")) == listed


def test_a_place_nobody_knows_stays_and_is_explained(editor):
    place = editor(Child, "village_code")
    write(place.line, "Atlantis")
    assert place.value() is None
    assert place.problem()
    assert place.typed() == "Atlantis"


def test_lines_of_a_table_are_added_copied_and_removed_by_keyboard(editor):
    guardians = editor(Child, "guardians")
    changes = []
    guardians.changed.connect(lambda: changes.append(guardians.value()))
    control = Qt.KeyboardModifier.ControlModifier
    guardians.add.click()
    write(guardians.panel.editor("name").line, "សុខ ចាន់ធូ")
    assert guardians.value() == (Guardian(name="សុខ ចាន់ធូ"),)
    guardians.copy.click()
    phone = guardians.panel.editor("phone").line
    write(phone, "០១២ ៣៤៥ ៦៧៨")
    assert [row.phone for row in guardians.value()] == [None, "012 345 678"]
    assert changes[-1] == guardians.value()
    guardians.table.setFocus()
    press(guardians.table, Qt.Key.Key_Delete, control)
    assert guardians.value() == (Guardian(name="សុខ ចាន់ធូ"),)
    guardians.table.setFocus()
    press(guardians.table, Qt.Key.Key_Delete, control)
    assert guardians.value() == ()
    assert not guardians.table.isVisible()


def test_what_is_not_understood_in_a_line_stays_with_that_line(editor):
    questionings = editor(Arrest, "questionings")
    questionings.add.click()
    write(questionings.panel.editor("started_at").day, "32-11-2026")
    questionings.add.click()
    assert questionings.problem()
    assert questionings.panel.editor("started_at").day.text() == ""
    questionings.table.setCurrentCell(0, 0)
    assert questionings.panel.editor("started_at").day.text() == "32-11-2026"
    other = editor(Arrest, "questionings")
    other.set_typed(questionings.typed())
    assert other.typed() == questionings.typed()


def test_scrolling_over_a_list_does_not_change_it(editor):
    offence = editor(Offence, "category")
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    where = QPointF(5, 5)
    wheel = QWheelEvent(
        where, where, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(offence.combo, wheel)
    assert offence.value() is None
