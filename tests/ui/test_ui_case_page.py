"""The page of a case, through the real store: what it shows, what can be done on it, and that a report freezes."""

import dataclasses
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from offices import speaking, with_arrest
from programs import settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from typing_in import press, write, write_here

from casemgr import clock
from casemgr.clock import PartialDate, local
from casemgr.i18n import Words
from casemgr.law.deadlines import DeadlineState, DeadlineValue, state
from casemgr.law.limits import load_limits
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Offence, OffenceCategory, ProcessStage
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import case_files, casework, drafts, papers, reports
from casemgr.services.lists import cases
from casemgr.services.papers import PaperChoice
from ui.pages import case as case_page
from ui.pages.case import REMOVE, CasePage, key_of
from ui.pages.case_papers import CaseForms
from ui.pages.case_reports import ADDENDUM, AGAIN, ASK_MISSING, ASK_SUBMIT, SUBMIT
from ui.pages.history_dialog import HISTORY
from ui.parts.ages import age_said
from ui.parts.clock_badge import ClockBadge, time_left, time_taken
from ui.parts.preview import Preview
from ui.parts.reason_dialog import ReasonDialog
from ui.tasks import Tasks
from ui.words import set_words, tr, words

either = pytest.mark.parametrize("office", ["km", "en"], indirect=True)


@pytest.fixture
def office(request, tmp_path):
    with speaking(tmp_path, getattr(request, "param", "km")) as office:
        yield office


@pytest.fixture
def page(office, qtbot):
    case_id = with_arrest(office)

    def make():
        page = CasePage(office, Tasks(inline=True), case_id)
        page.resize(1150, 700)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
        return page

    return make


def press_action(page, kind, label):
    """Press an action beside the newest record of a class."""
    record = page.file.of(kind)[-1]
    action = next(action for action in page._actions_of(record) if action.label == label)
    action.act()


def answer_box(role):
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()


def texts(widget):
    return " ".join(label.text().replace("\u200b", "") for label in widget.findChildren(QLabel) if label.isVisible())


@either
def test_the_overview_names_child_ages_stage_clocks_and_what_happened(page, office):
    page = page()
    said = texts(page)
    assert "សុខ ចាន់ថា" in said
    assert "Sok Chantha" in said
    assert page.file.case.number in said
    assert office.words.number(15) in said
    assert tr("Stage of the procedure: {stage}", stage=tr(ProcessStage.POLICE_CUSTODY.label)) in said
    assert [badge.deadline.due_at for badge in page.view.badges] == sorted(d.due_at for d in page.file.deadlines)
    assert {badge.state for badge in page.view.badges} == {DeadlineState.RUNNING}
    custody = next(badge for badge in page.view.badges if badge.deadline.rule == "police-custody")
    assert load_limits()[custody.deadline.limit_key].authority_in_words(office.words) in custody.accessibleName()
    arrested = page.file.of(Arrest)[0].arrested_at
    then = tr("Age on {date} ({what})", date=office.words.date(arrested.date()), what=tr("Arrested"))
    assert any(age.startswith(f"{then}: ") for age in page.view.ages)
    whats = [line.what for line in page.view.timeline.lines]
    assert tr("Arrested") in whats
    assert [line.planned for line in page.view.timeline.lines][-1]


def test_a_notch_of_the_wheel_goes_a_good_part_of_the_page(page):
    shown = page()
    settle()
    shown.view.finish()
    settle()
    bar = shown.view.verticalScrollBar()
    turn = QWheelEvent(
        QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(shown.view.viewport(), turn)
    assert bar.value() == 108


def test_the_card_of_a_note_shows_how_it_begins(page, office):
    page = page()
    long = "ម្តាយ\nនឹងមកថ្ងៃស្អែក " * 20
    for text in ("Short.", long):
        casework.save_record(office, Note(case_id=page.case_id, happened_at=clock.now(), text=text, private="secret"))
    page.refresh()
    settle()
    page.view.finish()
    said = "\n".join(label.text().replace("\u200b", "") for label in page.view.findChildren(QLabel))
    assert "\nShort." in said
    assert "ម្តាយ នឹងមកថ្ងៃស្អែក ម្តាយ" in said
    assert long.strip().replace("\n", " ") not in said
    assert "secret" not in said


def test_a_name_without_end_does_not_push_the_buttons_out_of_the_window(office, qtbot):
    child = Child(family_name_km="ក" * 5000, given_name_km="ខ")
    casework.save_child(office, child)
    case = Case()
    casework.open_case(office, child.id, case)
    page = CasePage(office, Tasks(inline=True), case.id)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    settle()
    area = page.view
    assert area.widget().width() == area.viewport().width()


def test_opening_is_written_down_once(page, office):
    page = page()
    page.refresh()
    with office.read() as work:
        opened = [line for line in work.find(AuditEntry) if line.action == "opened" and line.record_type == "Case"]
    assert len(opened) == 1


def test_an_offence_is_added_edited_and_removed_with_a_reason(page, qtbot):
    page = page()
    page.begin(None)
    editor = page.editing.editor
    kind = editor.sections[0].question("category").editor
    kind.combo.setCurrentIndex(kind.choices.index(OffenceCategory.DAMAGE))
    kind.combo.activated.emit(0)
    with qtbot.waitSignal(page.changed):
        page.editing.save()
    assert [offence.category for offence in page.file.offences] == [OffenceCategory.THEFT, OffenceCategory.DAMAGE]
    page.ask_to_remove(page.file.offences[1])
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonDialog)
    write(dialog.line, "ច្រឡំ")
    press(dialog.line, Qt.Key.Key_Return)
    assert [offence.category for offence in page.file.offences] == [OffenceCategory.THEFT]
    with page._office.read() as work:
        assert [line.why for line in work.find(AuditEntry) if line.action == "removed"] == ["ច្រឡំ"]


def test_an_offence_is_not_removed_without_a_reason(page):
    page = page()
    page.ask_to_remove(page.file.offences[0])
    dialog = QApplication.activeModalWidget()
    for typed in ("", "  "):
        dialog.line.setText(typed)
        press(dialog.line, Qt.Key.Key_Return)
        assert not dialog.go_on.isEnabled()
    press(dialog.line, Qt.Key.Key_Escape)
    assert len(page.file.offences) == 1


def test_any_record_but_a_submitted_report_can_be_removed(page):
    page = page()
    page.begin(kind_of(SocialInquiry))
    page.editing.save()
    labels = {record: [action.label for action in page._actions_of(record)] for record in page._all_records()}
    assert [REMOVE in labels[record] for record in labels] == [False, True, True, True]  # not the case itself
    assert all(HISTORY in each for each in labels.values())
    page.reports._do(lambda: reports.submit_report(page._office, page.file.of(SocialInquiry)[0].id))
    assert REMOVE not in [action.label for action in page._actions_of(page.file.of(SocialInquiry)[0])]
    press_action(page, Arrest, REMOVE)
    dialog = QApplication.activeModalWidget()
    write(dialog.line, "ច្រឡំ")
    dialog.go_on.click()
    assert page.file.of(Arrest) == ()
    assert QApplication.focusWidget() is page.view


def test_the_case_itself_is_edited_and_its_stage_shown(page, qtbot):
    page = page()
    page.edit(page.file.case)
    stage = page.editing.editor.sections[0].question("stage").editor
    stage.set_value(ProcessStage.DIVERSION)
    stage.changed.emit()
    with qtbot.waitSignal(page.changed):
        page.editing.save()
    settle()
    assert tr("Stage of the procedure: {stage}", stage=tr(ProcessStage.DIVERSION.label)) in texts(page)


def test_escape_leads_back_to_the_overview(page):
    page = page()
    page.edit(page.file.records[0])
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.editing is None


def test_a_report_is_written_submitted_frozen_and_corrected_by_an_addendum(page):
    page = page()
    page.begin(kind_of(SocialInquiry))
    assert page.editing.editor.record().family_name_km == "សុខ"
    page.editing.editor.focus_field("summary")
    write_here("កុមារមានគ្រួសារ")
    page.editing.save()
    report = page.file.of(SocialInquiry)[0]
    assert report.summary == "កុមារមានគ្រួសារ"
    press_action(page, SocialInquiry, SUBMIT)
    box = QApplication.activeModalWidget()
    assert box.text().replace("\u200b", "") == tr(ASK_SUBMIT)
    count = words().number(len(case_files.missing(report)))
    assert box.informativeText().replace("\u200b", "") == tr(ASK_MISSING, count=count)
    answer_box(QMessageBox.ButtonRole.RejectRole)
    assert page.file.of(SocialInquiry)[0].status is ReportStatus.DRAFT
    press_action(page, SocialInquiry, SUBMIT)
    answer_box(QMessageBox.ButtonRole.AcceptRole)
    report = page.file.of(SocialInquiry)[0]
    assert report.status is ReportStatus.SUBMITTED
    page.edit(report)
    editor = page.editing.editor
    editor.focus_field("summary")
    assert type(next(s for s in editor.sections if s.has("summary")).question("summary").editor).__name__ == "ReadOnly"
    editor.focus_field("received_by")
    write_here("ក្រឡាបញ្ជី")
    page.editing.save()
    assert page.file.of(SocialInquiry)[0].received_by == "ក្រឡាបញ្ជី"
    press_action(page, SocialInquiry, ADDENDUM)
    dialog = QApplication.activeModalWidget()
    assert not dialog.ok.isEnabled()
    write(dialog.body, "ឪពុកបានត្រឡប់មកវិញ")
    dialog.sections.setCurrentIndex(3)
    dialog.ok.click()
    assert [(addendum.section, addendum.text) for addendum in page.file.addenda] == [("2", "ឪពុកបានត្រឡប់មកវិញ")]
    page.edit(page.file.of(SocialInquiry)[0])
    assert "ឪពុកបានត្រឡប់មកវិញ" in page.editing.note.text().replace("\u200b", "")


def test_a_new_draft_begins_from_an_earlier_report(page):
    page = page()
    page.begin(kind_of(SocialInquiry))
    page.editing.editor.focus_field("summary")
    write_here("ដូចមុន")
    page.editing.save()
    press_action(page, SocialInquiry, AGAIN)
    draft = page.editing.editor.record()
    assert (draft.summary, draft.draft_number) == ("ដូចមុន", 2)
    page.editing.save()
    assert [report.draft_number for report in page.file.of(SocialInquiry)] == [1, 2]


def test_unfinished_typing_is_offered_on_the_page_and_gone_on_with(page, office):
    first = page()
    key = f"{Offence.__tablename__}/{uuid4()}"
    drafts.keep_draft(office, key, first.case_id, {"article": "៣៥៣"})
    second = page()
    assert tr(Offence.title) in texts(second)
    second.open_draft(key)
    assert key_of(second.editing.base) == key
    second.editing.use_draft()
    assert second.editing.editor.record().article == "៣៥៣"
    second.editing.save()
    assert drafts.drafts(office) == []
    assert second.file.offences[-1].article == "៣៥៣"


def test_what_is_being_written_moves_to_a_page_built_anew(page):
    first = page()
    first.edit(first.file.of(Arrest)[0])
    first.editing.editor.focus_field("officer")
    write_here("កែវ")
    second = page()
    second.restore_state(first.state())
    assert second.editing.editor.record().officer == "កែវ"
    assert page().state() == {}


def test_the_editor_of_a_draft_can_be_asked_for_before_the_case_is_there(office, qtbot):
    case_id = with_arrest(office)
    arrest = case_files.case_file(office, case_id).of(Arrest)[0]
    tasks = Tasks()
    page = CasePage(office, tasks, case_id)
    qtbot.addWidget(page)
    page.open_draft(key_of(arrest))
    assert page.editing is None
    qtbot.waitUntil(lambda: page.editing is not None)
    tasks.wait()


def test_print_beside_a_report_opens_its_preview_and_is_written_down_with_it(page, office):
    page = page()
    page.begin(kind_of(SocialInquiry))
    page.editing.save()
    press_action(page, SocialInquiry, "Print…")
    assert isinstance(page.preview, Preview)
    assert page.preview.source.file_name == f"social-inquiry-report-{page.file.case.number}.pdf"
    page.preview.source.log(PaperChoice("km", with_restricted=True), "printer")
    report = page.file.of(SocialInquiry)[0]
    with office.read() as work:
        line = next(line for line in work.find(AuditEntry) if line.action == "printed")
    assert line.record_id == report.id
    assert json.loads(line.changes)["with_restricted"][1] is True
    page.preview.leave()
    assert page.preview is None


def test_buttons_beside_records_say_what_they_are_about(page):
    page = page()
    names = [button.accessibleName() for button in page.view.findChildren(QPushButton) if button.isVisible()]
    assert all(names)
    assert len(set(names)) == len(names)


@either
def test_a_clock_that_is_over_reads_so_without_colour(qtbot, office):
    at = local(2026, 11, 20, 8)
    late = DeadlineValue("lawyer-24h", "Lawyer with the child", None, at, at + timedelta(hours=24), False, None,
                         ("age", "class", "start"), uuid4())  # fmt: skip
    badge = ClockBadge(late, None, at + timedelta(hours=2))
    assert badge.state is DeadlineState.RUNNING
    assert badge.property("role") == "clock"
    badge.tick(at + timedelta(hours=27, minutes=5))
    qtbot.addWidget(badge)
    assert badge.state is DeadlineState.OVER
    assert badge.property("role") == "clock-over"
    said = time_left(late, at + timedelta(hours=27, minutes=5), office.words)
    assert said == office.words.text("over by {hours} h {minutes} min", hours=office.words.number(3),
                                     minutes=office.words.number(5))  # fmt: skip
    assert said in badge.accessibleName()
    assert len([role for _, role in badge.lines if role == "doubt"]) == 3


@either
@pytest.mark.parametrize(
    ("left", "message", "slots"),
    [
        (timedelta(hours=5, minutes=20), "{hours} h {minutes} min left", {"hours": 5, "minutes": 20}),
        (timedelta(minutes=9), "{minutes} min left", {"minutes": 9}),
        (timedelta(days=3, hours=2), "{days} d {hours} h left", {"days": 3, "hours": 2}),
        (-timedelta(minutes=1), "over by {minutes} min", {"minutes": 1}),
    ],
)
def test_time_left_in_words(office, left, message, slots):
    words = office.words
    shown = {name: words.number(value) for name, value in slots.items()}
    at = local(2026, 11, 20, 8)
    assert time_left(deadline(at + left), at, words) == words.text(message, **shown)


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_a_day_is_over_at_midnight_in_words_as_in_its_state(office, minutes):
    whole_day, midnight = deadline(local(2026, 11, 20, 23, 59), whole_day=True), local(2026, 11, 21)
    at = midnight + timedelta(minutes=minutes)
    over = state(whole_day, at) is DeadlineState.OVER
    assert over is (minutes >= 0)
    said = time_left(whole_day, at, office.words)
    assert said == (office.words.plural("over by {n} day", "over by {n} days", 1) if over else tr("due today"))


@either
def test_where_the_day_counts_the_time_left_is_said_in_days(office):
    at, words = local(2026, 11, 20, 8), office.words
    for days in (1, 14, 40):
        due = local(2026, 11, 20, 23, 59) + timedelta(days=days)
        assert time_left(deadline(due, whole_day=True), at, words) == words.plural(
            "{n} day left", "{n} days left", days
        )


@either
def test_a_clock_of_hours_that_was_stopped_says_after_how_long(office):
    began = local(2026, 11, 22, 19, 30)
    met = deadline(began + timedelta(hours=24))._replace(started_at=began, ended_at=local(2026, 11, 23, 9))
    words = office.words
    said = words.text("after {hours} h {minutes} min", hours=words.number(13), minutes=words.number(30))
    assert time_taken(met, words) == said
    assert time_taken(met._replace(ended_at=None), words) is None
    assert time_taken(met._replace(started_at=None), words) is None
    assert time_taken(met._replace(whole_day=True), words) is None
    badge = ClockBadge(met, None, began)
    assert said in badge.accessibleName()
    badge.deleteLater()


def deadline(due_at, *, whole_day=False):
    return DeadlineValue("lawyer-24h", "Lawyer with the child", None, None, due_at, whole_day, None, (), uuid4())


@either
def test_an_age_in_doubt_says_so(office):
    words, on = office.words, PartialDate.parse("2026-06-15")
    assert age_said(None, on, words) == words.text("not known")
    assert age_said(PartialDate.parse("2011-03-12"), on, words) == words.number(15)
    doubtful = words.text("{youngest} to {oldest}", youngest=words.number(15), oldest=words.number(16))
    assert age_said(PartialDate.of(2010), on, words) == words.text("{age}, age in doubt", age=doubtful)
    sure = words.text("{youngest} to {oldest}", youngest=words.number(14), oldest=words.number(15))
    assert age_said(PartialDate.of(2011), on, words) == sure


def test_a_case_without_offence_or_record_says_what_to_do(office, qtbot):
    child, case = Child(given_name_km="មករា"), Case()
    casework.save_child(office, child)
    casework.open_case(office, child.id, dataclasses.replace(case, child_id=child.id))
    page = CasePage(office, Tasks(inline=True), cases(office)[0].id)
    qtbot.addWidget(page)
    page.show()
    page.view.finish()
    QApplication.processEvents()
    assert list(page.view.cards.buttons) == [page.file.case.id]
    assert tr("No clock runs. Clocks start from the dates in the records.") in texts(page)


def test_what_was_saved_is_read_once(page, monkeypatch):
    shown = page()
    shown.edit(shown.file.of(Arrest)[-1])
    read, load = [], case_page._load
    monkeypatch.setattr(case_page, "_load", lambda *said, **how: read.append(said) or load(*said, **how))
    shown.editing.editor.focus_field("police_unit")
    shown.editing.save()
    assert len(read) == 1
    assert shown.editing is None


@pytest.mark.parametrize("from_list", [True, False])
def test_the_list_of_papers_and_the_way_back_to_it_stay_in_another_language(page, from_list):
    shown = page()
    shown.papers.show_all("consent")
    if from_list:
        shown.papers.print_blank(papers.form_named("consent"))
    set_words(Words("en"))
    again = page()
    again.restore_state(shown.state())
    if from_list:
        assert again.preview is not None
        again.preview.closed.emit()
    assert isinstance(again._over, CaseForms)
    assert again._over.forms.form.name == "consent"
