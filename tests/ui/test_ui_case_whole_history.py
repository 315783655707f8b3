"""The history of a whole case, versions side by side, and one of them brought back: with the keyboard alone."""

import dataclasses

import pytest
from offices import speaking
from programs import settle, shown_case
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from test_ui_case_history import said
from typing_in import press, tab, write_here

from casemgr.clock import now
from casemgr.i18n import LANGUAGES
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Level
from casemgr.records.contact import Contact
from casemgr.records.fields import Kind, fields_of
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.arrest import Arrest, Questioning
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import case_files, case_history, casework, directory, handover, history, papers, reports, versions
from casemgr.services.history import Version
from casemgr.services.papers import PaperChoice
from ui.editors.said import NOTHING, record_said
from ui.pages.bring_back_dialog import CHANGED_SINCE, COMES_BACK, BringBackDialog
from ui.pages.case_history import CaseHistoryView
from ui.pages.child import ChildPage
from ui.pages.directory import DirectoryPage
from ui.pages.history_dialog import HistoryDialog
from ui.pages.history_entry import ERASED, VersionEntry
from ui.pages.versions_dialog import COMPARE, NOW, ONE_ALONE, REMOVED, SAME, VersionsDialog
from ui.parts.fold import show_all
from ui.parts.undo_bar import SAVED
from ui.tasks import Tasks
from ui.words import tr, words

CONTROL = Qt.KeyboardModifier.ControlModifier
WHY = "តាមសំណុំរឿង"


@pytest.fixture(params=LANGUAGES)
def office(request, tmp_path):
    with speaking(tmp_path, request.param) as office:
        yield office


@pytest.fixture
def page(office, qtbot):
    return shown_case(office, qtbot)


def shown(page):
    settle()
    view = page.stack.currentWidget()
    assert isinstance(view, CaseHistoryView)
    return view


def whole(page):
    page.show_case_history()
    return shown(page)


def entries(view):
    layout = view._entries
    widgets = [layout.itemAt(at).widget() for at in range(layout.count())]
    return [widget for widget in widgets if isinstance(widget, VersionEntry)]


def heads(view):
    return [said(entry)[0] for entry in entries(view)]


def dialog_of(kind):
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def compare(entry):
    button = next(each for each in entry.findChildren(QPushButton) if each.text() == tr(COMPARE))
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    return dialog_of(VersionsDialog)


def save(page, record, why=None, **answers):
    kept = next(each for each in page._all_records() if each.id == record.id)
    casework.save_record(page._office, dataclasses.replace(kept, **answers), why)
    page.refresh()
    settle()


def arrest_of(page):
    return page.file.of(Arrest)[0]


def test_the_history_is_opened_read_and_left_with_the_keyboard(page, office):
    arrest = arrest_of(page)
    save(page, arrest, WHY, officer="ក")
    papers.log_printed(office, "consent", page.case_id, PaperChoice("km"), "pdf")
    page.view.history_button.setFocus()
    press(page.view.history_button, Qt.Key.Key_H, CONTROL)
    view = shown(page)
    assert QApplication.focusWidget() is view.area
    called = record_said(arrest, words())
    form = tr(papers.form_named("consent").title)
    offence = record_said(page.file.offences[0], words())
    done = [("Printed", form), ("Changed", called), ("Opened", tr(Case.title)), ("Written down", called),
            ("Written down", offence), ("Written down", tr(Case.title)), ("Written down", tr("Child"))]  # fmt: skip
    assert heads(view) == [tr("{action}: {what}", action=tr(action), what=what) for action, what in done]
    changed = entries(view)[1]
    assert tr("Reason: {why}", why=WHY) in said(changed)
    assert page.file.case.number in view.title.text()
    headings = [text for text in said(view) if words().long_date(view.lines[0].version.at.date()) in text]
    assert len(headings) == 1
    assert f"{NOTHING} → ក" in said(changed)
    created = entries(view)[3]
    count = len(view.lines[3].version.changes)
    label = tr("Answers: {count}", count=words().number(count))
    fold = next(each for each in created.findChildren(QPushButton) if each.text() == label)
    fold.setFocus()
    press(fold, Qt.Key.Key_Space)
    settle()
    assert arrest.police_unit in said(created)
    press(view.area, Qt.Key.Key_Escape)
    settle()
    assert page.stack.currentWidget() is page.overview
    assert page.isAncestorOf(QApplication.focusWidget())


def test_of_a_change_a_few_answers_stand_open_none_of_them_for_named_staff_alone(page):
    asked = [info for info in fields_of(Arrest) if info.kind is Kind.LINE]
    hidden = next(info for info in fields_of(Arrest) if info.restricted)
    save(page, arrest_of(page), **{info.name: info.sample for info in (hidden, *asked[:4])})
    changed = entries(whole(page))[0]
    labels = {tr(info.label) for info in (hidden, *asked[:4])}
    shown = labels.intersection(said(changed))
    assert len(shown) == 2
    assert tr(hidden.label) not in shown
    next(each for each in changed.findChildren(QPushButton) if each.text() == show_all(5)).click()
    settle()
    assert labels <= set(said(changed))


def test_only_the_changes_are_shown_where_that_is_asked(page):
    view = whole(page)
    before = heads(view)
    view.which.buttons["changes"].setFocus()
    press(view.which.buttons["changes"], Qt.Key.Key_Space)
    settle()
    opened = tr("{action}: {what}", action=tr("Opened"), what=tr(Case.title))
    assert heads(view) == [head for head in before if head != opened]
    assert len(heads(view)) < len(before)
    state = page.state()
    page._back()
    page.restore_state(state)
    assert shown(page).changes_only


def test_a_long_history_comes_a_page_at_a_time_and_stays_as_far_as_it_was_read(page, office):
    note = Note(case_id=page.case_id)
    casework.save_record(office, note, WHY)
    for number in range(50):
        note.text = f"{number}"
        casework.save_record(office, note)
    page.refresh()
    view = whole(page)
    assert len(view.lines) == case_history.PAGE
    older = view.older_button
    older.setFocus()
    press(older, Qt.Key.Key_Space)
    settle()
    assert len(view.lines) == 2 * case_history.PAGE
    first_new = entries(view)[case_history.PAGE]
    assert first_new.isAncestorOf(QApplication.focusWidget())
    save(page, note, text="ក")
    assert len(view.lines) == 2 * case_history.PAGE
    assert view.lines[0].version.changes[0].after == "ក"
    for _ in range(3):
        older.click()
        settle()
    assert not older.isVisible()
    seqs = [line.version.seq for line in view.lines]
    assert seqs == sorted(set(seqs), reverse=True)
    assert len(seqs) == len(entries(view)) == 50 + 1 + 1 + 5


def test_two_versions_stand_side_by_side_in_words_and_tables_by_their_lines(page):
    arrest = arrest_of(page)
    rows = tuple(Questioning(started_at=arrest.arrived_at, remark=text) for text in ("ក", "ខ", "គ"))
    save(page, arrest, questionings=rows[:2], officer="កែវ")
    save(page, arrest, questionings=(rows[0], dataclasses.replace(rows[1], remark="ឃ"), rows[2]))
    dialog = compare(entries(whole(page))[1])
    remark = tr(next(info for info in fields_of(Questioning) if info.name == "remark").label)
    texts = [text for label in dialog._table.findChildren(QLabel) for text in [label.text().replace("\u200b", "")]]
    assert tr("Times of questioning") in texts
    assert tr("Officer in charge") not in texts
    told = "\n".join(texts)
    for text, times in (("ខ", 1), ("ឃ", 1), ("គ", 1), ("ក", 0)):
        assert told.count(f"{remark}: {text}") + told.count(f"{remark}៖ {text}") == times
    assert texts.count(tr("Lines that stand in both: {numbers}", numbers=words().number(1))) == 2
    left = dialog.left
    assert QApplication.focusWidget() is left
    assert dialog.right.currentText() == tr(NOW)
    press(left, Qt.Key.Key_Down)  # the version before
    settle()
    texts = [label.text().replace("\u200b", "") for label in dialog._table.findChildren(QLabel)]
    assert {tr("Officer in charge"), NOTHING, "កែវ"} <= set(texts)
    press(left, Qt.Key.Key_Home)
    settle()
    assert dialog._table.text().replace("\u200b", "") == tr(SAME)
    assert not dialog.bring_button.isEnabled()
    assert "កែវ" not in dialog.windowTitle()
    press(left, Qt.Key.Key_Escape)
    settle()
    assert QApplication.activeModalWidget() is None


def test_an_earlier_version_is_brought_back_with_the_keyboard_and_undone(page, office, qtbot):
    arrest = arrest_of(page)
    save(page, arrest, officer="កែវ", notes="ខ")
    dialog = compare(entries(whole(page))[-4])
    tab(3)
    assert QApplication.focusWidget() is dialog.bring_button
    press(dialog.bring_button, Qt.Key.Key_Space)
    asking = dialog_of(BringBackDialog)
    assert QApplication.focusWidget() is asking.line
    assert set(asking.boxes) == {"officer", "notes"}
    assert not asking.go_on.isEnabled()
    press(asking.line, Qt.Key.Key_Return)  # nothing is saved without a reason
    assert arrest_of(page).officer == "កែវ"
    write_here(f" {WHY} ")
    asking.boxes["notes"].setFocus()
    press(asking.boxes["notes"], Qt.Key.Key_Space)
    with qtbot.waitSignal(page.kept) as kept:
        press(asking.line, Qt.Key.Key_Return)
    view = shown(page)
    assert (arrest_of(page).officer, arrest_of(page).notes) == (None, "ខ")
    assert (kept.args[0].message, kept.args[0].title) == (SAVED, Arrest.title)
    brought = entries(view)[0]
    when = words().moment(versions.versions_of(office, Arrest, arrest.id).states[-1].version.at)
    assert said(brought)[0] == tr("{action}: {what}", action=tr("Brought back"), what=record_said(arrest, words()))
    assert tr("As it was from {when} on.", when=when) in said(brought)
    assert tr("Reason: {why}", why=WHY) in said(brought)
    history.undo(office, kept.args[0].changes.lines)
    page.refresh()
    assert (arrest_of(page).officer, arrest_of(page).notes) == ("កែវ", "ខ")


def test_with_no_answer_marked_nothing_can_be_brought_back(page):
    arrest = arrest_of(page)
    save(page, arrest, officer="កែវ")
    dialog = compare(entries(whole(page))[-4])
    dialog.bring_button.click()
    asking = dialog_of(BringBackDialog)
    write_here(WHY)
    assert asking.go_on.isEnabled()
    asking.boxes["officer"].click()
    assert not asking.go_on.isEnabled()
    asking.reject()
    settle()
    assert arrest_of(page).officer == "កែវ"


def test_a_removed_record_is_found_in_the_history_and_comes_back(page, office):
    note = Note(case_id=page.case_id, text="ខ្ញុំបានជួបម្តាយ")
    casework.save_record(office, note, WHY)
    page.refresh()
    casework.remove_record(office, page.file.of(Note)[0], "ច្រឡំ")
    page.refresh()
    view = whole(page)
    what = record_said(note, words())
    assert heads(view)[:2] == [
        tr("{action}: {what}", action=tr("Removed"), what=what),
        tr("{action}: {what}", action=tr("Written down"), what=tr("{what} (removed)", what=what)),
    ]
    dialog = compare(entries(view)[0])
    assert dialog.right.currentText() == tr(REMOVED)
    press(dialog.bring_button, Qt.Key.Key_Space)
    asking = dialog_of(BringBackDialog)
    assert tr(COMES_BACK) in said(asking)
    assert "ខ្ញុំបានជួបម្តាយ" in said(asking)
    assert asking.boxes == {}
    write_here(WHY)
    press(asking.line, Qt.Key.Key_Return)
    settle()
    assert [each.text for each in page.file.of(Note)] == ["ខ្ញុំបានជួបម្តាយ"]
    assert heads(shown(page))[0] == tr("{action}: {what}", action=tr("Brought back"), what=what)


def test_a_submitted_report_says_why_no_version_of_it_comes_back(page, office):
    report = reports.new_report(office, page.case_id)
    casework.save_record(office, report, WHY)
    page.refresh()
    save(page, report, friends="ក")
    reports.submit_report(office, report.id)
    page.refresh()
    dialog = compare(entries(whole(page))[2])
    assert tr(reports.SUBMITTED) in said(dialog)
    assert not dialog.bring_button.isEnabled()
    assert isinstance(page.file.of(SocialInquiry)[0], SocialInquiry)
    dialog.accept()


def test_what_somebody_else_saved_in_between_is_not_overwritten(page, office):
    arrest = arrest_of(page)
    save(page, arrest, officer="កែវ")
    compare(entries(whole(page))[-4]).bring_button.click()
    asking = dialog_of(BringBackDialog)
    casework.save_record(office, dataclasses.replace(arrest_of(page), officer="ខ"))
    write_here(WHY)
    press(asking.line, Qt.Key.Key_Return)
    settle()
    assert tr(CHANGED_SINCE) in said(asking)
    assert case_files.case_file(office, page.case_id).of(Arrest)[0].officer == "ខ"
    asking.reject()


def test_a_line_that_was_emptied_says_so(page, office):
    arrest = arrest_of(page)
    save(page, arrest, WHY, officer="កែវ")
    with office.store.write() as work:  # as when a child is erased
        connection = work.session.connection()
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql("UPDATE audit_entry SET changes = NULL, why = NULL WHERE case_id IS NOT NULL")
    view = whole(page)
    changed = entries(view)[0]
    assert tr(ERASED) in said(changed)
    dialog = compare(entries(view)[-4])
    assert tr(versions.NOT_KNOWN) in said(dialog)
    assert not dialog.bring_button.isEnabled()
    dialog.accept()
    page.show_history(arrest)
    assert tr(ERASED) in said(dialog_of(HistoryDialog))
    QApplication.activeModalWidget().accept()


def test_from_a_records_own_history_its_versions_are_compared(page, office):
    page.show_history(page.file.case)
    dialog = dialog_of(HistoryDialog)
    dialog.compare_button.setFocus()
    press(dialog.compare_button, Qt.Key.Key_Space)
    alone = dialog_of(VersionsDialog)
    assert tr(ONE_ALONE) in said(alone)
    assert not alone.bring_button.isEnabled()
    alone.accept()
    casework.save_case(office, dataclasses.replace(page.file.case, risk=Level.HIGH))
    page.refresh()
    page.show_history(page.file.case)
    dialog_of(HistoryDialog).compare_button.click()
    dialog_of(VersionsDialog).bring_button.click()
    asking = dialog_of(BringBackDialog)
    write_here(WHY)
    asking.go_on.click()
    settle()
    assert page.file.case.risk is None


def test_a_child_and_a_contact_are_brought_back_from_their_own_pages(page, office, qtbot):
    child = ChildPage(office, Tasks(inline=True), page.file.child.id)
    qtbot.addWidget(child)
    child.show()
    casework.save_child(office, dataclasses.replace(child.file.child, nickname="តូច"))
    child.refresh()
    contact = Contact(name_km="លឹម ចន្ទតារា")
    directory.save_contact(office, contact)
    directory.save_contact(office, dataclasses.replace(directory.contact_file(office, contact.id).contact, phone="012"))
    listed = DirectoryPage(office, Tasks(inline=True))
    qtbot.addWidget(listed)
    listed.show()
    listed.open_contact(contact.id)
    for shown_page in (child, listed):
        settle()
        shown_page.show_history()
        dialog_of(HistoryDialog).compare_button.click()
        dialog_of(VersionsDialog).bring_button.click()
        asking = dialog_of(BringBackDialog)
        write_here(WHY)
        with qtbot.waitSignal(shown_page.changed):
            asking.go_on.click()
        settle()
    assert child.file.child.nickname is None
    assert listed.file.contact.phone is None
    with office.read() as work:
        assert [line.why for line in work.find(AuditEntry, action="brought-back")] == [WHY, WHY]


def test_what_left_for_another_office_and_came_from_one_says_where(page, office, qtbot, tmp_path):
    handover.hand_over(office, page.case_id, tmp_path / "case", reason=WHY, passphrase="four words make one")
    view = whole(page)
    assert heads(view)[0] == tr("{action}: {what}", action=tr("Handed over to another office"), what=tr(Case.title))
    assert {tr("With a passphrase"), tr("Reason: {why}", why=WHY)} <= set(said(entries(view)[0]))
    key = "A2B3-C4D5"
    for action, told, text in (
        ("handed-over", {"to": key}, tr("For the key {key}", key=words().figures(key))),
        ("taken-in", {"name": "ការិយាល័យភ្នំពេញ"}, tr("From: {office}", office="ការិយាល័យភ្នំពេញ")),
    ):
        entry = VersionEntry([Version(1, now(), "", action, None, (), told=told)])
        qtbot.addWidget(entry)
        entry.show()
        assert text in said(entry)
