"""What became of a record, why an answer was changed, and what is written down out of its usual order."""

import dataclasses

import pytest
from offices import speaking
from programs import settle, shown_case
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from typing_in import press, tab, write, write_here

from casemgr.clock import PartialDate
from casemgr.i18n import LANGUAGES
from casemgr.records.kept import AuditEntry
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import case_files, casework, drafts, history, papers
from casemgr.services.papers import PaperChoice
from casemgr.trouble import OutOfOrder
from ui.editors.reason_line import REASON
from ui.editors.record_page import RecordPage
from ui.editors.said import NOTHING
from ui.pages.child import ChildPage
from ui.pages.history_dialog import AT_ONCE, HISTORY, HistoryDialog
from ui.pages.history_entry import MOST_CHANGES, VersionEntry
from ui.parts.fold import show_all
from ui.parts.menu_button import MenuButton
from ui.parts.reason_dialog import ReasonDialog
from ui.tasks import Tasks
from ui.words import tr, words

CONTROL = Qt.KeyboardModifier.ControlModifier
either = pytest.mark.parametrize("office", LANGUAGES, indirect=True)
LONG = "ម្ដាយបានមកដល់នៅព្រឹកបន្ទាប់ ហើយបានជួបមេធាវី។ " * 20
menus = pytest.mark.qt_log_ignore("This plugin does not support (raise\\(\\)|grabbing)", extend=True)


@pytest.fixture
def office(request, tmp_path):
    with speaking(tmp_path, getattr(request, "param", "km")) as office:
        yield office


@pytest.fixture
def page(office, qtbot):
    return shown_case(office, qtbot)


def said(widget):
    return [label.text().replace("\u200b", "") for label in widget.findChildren(QLabel) if label.isVisible()]


def shown_history():
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HistoryDialog)
    return dialog, dialog.findChildren(VersionEntry)


def change(page, record, why=None, **answers):
    casework.save_record(page._office, dataclasses.replace(record, **answers), why)
    page.refresh()
    settle()


@either
@menus
def test_the_history_of_a_record_is_read_with_the_keyboard_newest_first(page, office):
    offence = page.file.offences[0]
    change(page, offence, "តាមសំណុំរឿង", committed_on=PartialDate.of(2026, 10), place_text=None, article="353")
    offence = page.file.offences[0]
    button = page.view.cards.buttons[offence.id]
    button.setFocus()
    tab()
    more = QApplication.focusWidget()
    assert isinstance(more, MenuButton)
    press(more, Qt.Key.Key_Space)
    menu = more.menu_shown
    history_line = next(action for action in menu.actions() if action.text() == tr(HISTORY))
    menu.setActiveAction(history_line)
    press(menu, Qt.Key.Key_Return)
    dialog, (changed, created) = shown_history()
    newest = history.of_record(office, offence)[0]
    when, who = office.words.moment(newest.at), newest.who
    assert who == (office.staff.name if words().language == "km" else office.staff.name_latin)
    assert said(changed)[:3] == [
        tr("Changed"), tr("{when} · {who}", when=when, who=who), tr("Reason: {why}", why="តាមសំណុំរឿង"),
    ]  # fmt: skip
    answers = dict(zip(said(changed)[3::2], said(changed)[4::2], strict=True))
    day = words().partial_date
    before = newest.changes[-1].before
    assert answers[tr("Date of the offence")] == f"{day(before)} → {day(PartialDate.of(2026, 10))}"
    assert answers[tr("Article")] == f"{NOTHING} → 353"
    assert tr("Misdemeanour") in said(created)  # of a first version there is nothing before
    assert not any("→" in text for text in said(created))
    assert "353" not in dialog.windowTitle()
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert QApplication.activeModalWidget() is None


def test_a_long_text_and_many_answers_are_folded_until_they_are_asked_for(page):
    change(page, page.file.of(Arrest)[0], notes=LONG.strip())
    page.show_history(page.file.of(Arrest)[0])
    dialog, (changed, _) = shown_history()
    text = next(text for text in said(changed) if "→" in text)
    assert len(text) < 200
    assert text.startswith(f"{NOTHING} → ម្ដាយ")
    assert text.endswith("…")
    unfold = next(button for button in changed.findChildren(QPushButton) if button.text() == tr("Show the whole text"))
    unfold.setFocus()
    press(unfold, Qt.Key.Key_Space)
    settle()
    assert f"{NOTHING} → {LONG.strip()}" in said(changed)
    assert text not in said(changed)
    for label in changed.findChildren(QLabel):
        assert not label.isVisible() or label.height() >= label.heightForWidth(label.width())
    dialog.close_button.click()
    page.begin(kind_of(SocialInquiry))
    page.editing.save()
    report = page.file.of(SocialInquiry)[0]
    page.show_history(report)
    dialog, (created,) = shown_history()
    count = len(history.of_record(page._office, report)[0].changes)
    rows = len(said(created))
    assert count > MOST_CHANGES
    next(button for button in created.findChildren(QPushButton) if button.text() == show_all(count)).click()
    settle()
    assert len(said(created)) == rows + 2 * (count - MOST_CHANGES)
    dialog.accept()


@either
def test_openings_in_a_row_are_one_line_and_printing_stands_by_itself(page, office):
    for _ in range(3):
        case_files.case_file(office, page.case_id)
    page.show_history(page.file.case)
    dialog, entries = shown_history()
    first = office.words.moment(history.of_record(office, page.file.case)[-2].at)
    opened = tr("{action}, {count} times since {when}", action=tr("Opened"), count=words().number(4), when=first)
    assert [said(entry)[0] for entry in entries] == [opened, tr("Written down")]
    dialog.accept()
    arrest = page.file.of(Arrest)[0]
    for _ in range(2):
        papers.log_printed(office, "social-inquiry-report", page.case_id, PaperChoice("km"), "pdf", record_id=arrest.id)
    page.show_history(arrest)
    dialog, entries = shown_history()
    assert [said(entry)[0] for entry in entries] == [tr("Printed"), tr("Printed"), tr("Written down")]
    dialog.accept()


def test_a_long_history_is_folded(page):
    for number in range(AT_ONCE + 3):
        casework.save_record(page._office, dataclasses.replace(
            case_files.case_file(page._office, page.case_id, log=False).of(Arrest)[0], officer=f"ក{number}"
        ))  # fmt: skip
    page.show_history(page.file.of(Arrest)[0])
    dialog, entries = shown_history()
    assert len(entries) == AT_ONCE
    label = show_all(AT_ONCE + 4)
    next(button for button in dialog.findChildren(QPushButton) if button.text() == label).click()
    settle()
    assert len(dialog.findChildren(VersionEntry)) == AT_ONCE + 4
    dialog.accept()


@either
def test_an_undone_change_says_so_in_the_screens_language(page, office):
    arrest = page.file.of(Arrest)[0]
    changes = casework.save_record(office, dataclasses.replace(arrest, officer="ក"))
    history.undo(office, changes.lines)
    page.show_history(arrest)
    dialog, entries = shown_history()
    assert tr("Reason: {why}", why=tr(history.UNDONE)) in said(entries[0])
    dialog.accept()


def test_the_history_of_a_child_names_it_in_no_title(page, office, qtbot):
    child = ChildPage(office, Tasks(inline=True), page.file.child.id)
    qtbot.addWidget(child)
    child.show()
    settle()
    next(button for button in child.findChildren(QPushButton) if button.text() == tr(HISTORY)).click()
    dialog, entries = shown_history()
    assert [said(entry)[0] for entry in entries] == [tr("Opened"), tr("Written down")]
    assert "សុខ" not in dialog.windowTitle()
    assert any("សុខ ចាន់ថា" in text for text in said(dialog))
    dialog.accept()


@either
def test_the_reason_for_a_change_is_asked_below_the_questions_and_kept(page, office):
    page.edit(page.file.case)
    editor = page.editing.editor
    editor.focus_field("notes")
    write_here("ត្រូវទាក់ទង")
    tab()
    line = page.editing.reason.line
    assert QApplication.focusWidget() is line
    assert line.accessibleName() == tr(REASON)
    write_here("  ម្ដាយបានប្រាប់ ")
    tab()
    assert QApplication.focusWidget() is page.editing.save_button
    press(line, Qt.Key.Key_S, CONTROL)
    assert page.editing is None
    assert history.of_record(office, page.file.case)[0].why == "ម្ដាយបានប្រាប់"
    page.edit(page.file.of(Arrest)[0])
    page.editing.editor.focus_field("officer")
    write_here("កែវ")
    write(page.editing.reason.line, "ច្រឡំ")
    page.editing.save()
    assert history.of_record(office, page.file.of(Arrest)[0])[0].why == "ច្រឡំ"


def test_tab_comes_from_the_last_question_of_a_long_record_to_the_reason_and_then_to_save(page):
    page.edit(page.file.of(Arrest)[0])
    page.editing.editor.focus_field("notes")
    met = []
    while QApplication.focusWidget() is not page.editing.save_button and len(met) < 9:
        tab()
        met.append(QApplication.focusWidget())
    assert met[-2:] == [page.editing.reason.line, page.editing.save_button]


def test_no_reason_is_asked_for_a_new_record_or_for_a_report(page):
    page.begin(None)
    assert page.editing.reason.isHidden()
    page.editing.leave()
    page.begin(kind_of(SocialInquiry))
    assert page.editing.reason.isHidden()
    page.editing.save()
    page.edit(page.file.of(SocialInquiry)[0])
    assert page.editing.reason.isHidden()


def test_the_reason_is_part_of_the_draft(page, office):
    arrest = page.file.of(Arrest)[0]
    page.edit(arrest)
    page.editing.editor.focus_field("officer")
    write_here("កែវ")
    write(page.editing.reason.line, "ច្រឡំ")
    page.flush()
    key = page.editing.key
    assert drafts.draft(office, key) == {"officer": "កែវ", "_why": "ច្រឡំ", "_version": arrest.version}
    state = page.state()
    page._back()
    page.open_draft(key)
    assert page.editing.reason.text() == ""
    page.editing.use_draft()
    assert (page.editing.reason.text(), page.editing.editor.record().officer) == ("ច្រឡំ", "កែវ")
    page._back()
    page.restore_state(state)
    assert page.editing.reason.text() == "ច្រឡំ"


def test_a_reason_alone_is_not_lost_on_leaving(page):
    page.edit(page.file.of(Arrest)[0])
    write(page.editing.reason.line, "ច្រឡំ")
    page.editing.leave()
    assert page.editing is not None
    QApplication.activeModalWidget().reject()
    assert page.editing.reason.text() == "ច្រឡំ"


def test_a_new_childs_reason_is_not_asked_and_a_known_childs_is_kept(page, office, qtbot):
    new = ChildPage(office, Tasks(inline=True), None)
    qtbot.addWidget(new)
    assert new.editing.reason.isHidden()
    known = ChildPage(office, Tasks(inline=True), page.file.child.id)
    qtbot.addWidget(known)
    known.show()
    known.edit()
    known.editing.editor.focus_field("nickname")
    write(known.editing.editor.sections[0].question("nickname").editor.line, "តូច")
    write(known.editing.reason.line, "ម្ដាយប្រាប់")
    known.editing.save()
    assert history.of_record(office, known.file.child)[0].why == "ម្ដាយប្រាប់"


@pytest.fixture
def out_of_order(page, office, qtbot):
    """The editor of a second arrest, which is taken for something that comes after a report."""

    def save(record, why):
        if not why:
            raise OutOfOrder(("social-inquiry", "arrest"))
        return casework.save_record(office, record, why)

    record = Arrest(case_id=page.case_id)
    editing = RecordPage(office, Tasks(inline=True), record, save, key=f"arrest/{record.id}", title="Arrest")
    qtbot.addWidget(editing)
    with qtbot.waitActive(editing):
        editing.show()
    editing.editor.focus_field("officer")
    write_here("កែវ")
    return editing


@either
def test_out_of_its_order_a_record_is_saved_with_a_reason(out_of_order, page, office, qtbot):
    press(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonDialog)
    texts = said(dialog)
    assert all(any(tr(title) in text for text in texts) for title in (SocialInquiry.title, Arrest.title))
    assert QApplication.focusWidget() is dialog.line
    press(dialog.line, Qt.Key.Key_Return)  # without a reason nothing is saved
    assert len(case_files.case_file(office, page.case_id).of(Arrest)) == 1
    write_here(" នគរបាលបានជូនដំណឹងយឺត ")
    with qtbot.waitSignal(out_of_order.saved):
        press(dialog.line, Qt.Key.Key_Return)
    kept = case_files.case_file(office, page.case_id).of(Arrest)[-1]
    assert kept.officer == "កែវ"
    with office.read() as work:
        assert work.find(AuditEntry, record_id=kept.id)[0].why == "នគរបាលបានជូនដំណឹងយឺត"
    assert drafts.drafts(office) == []


def test_going_back_from_the_question_of_order_loses_nothing(out_of_order, page, office, qtbot):
    line = QApplication.focusWidget()
    out_of_order.save()
    settle()
    press(QApplication.activeModalWidget().line, Qt.Key.Key_Escape)
    with qtbot.waitActive(out_of_order):
        out_of_order.activateWindow()
    assert out_of_order.editor.record().officer == "កែវ"
    assert out_of_order.message.isVisible()
    assert QApplication.focusWidget() is line
    assert [row.key for row in drafts.drafts(office)] == [out_of_order.key]
    assert len(case_files.case_file(office, page.case_id).of(Arrest)) == 1
