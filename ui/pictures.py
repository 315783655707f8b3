"""Pictures of every page in both languages: `python -m ui.pictures FOLDER`.

They show a practice office of invented children, always the same ones, at a moment that is always the same.
"""

import dataclasses
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from casemgr import clock
from casemgr.i18n import LANGUAGES
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import DOCUMENTS, Document
from casemgr.records.case import Case, CaseStatus
from casemgr.records.kinds import KINDS, kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.follow_up_change import ScheduleDeed
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import casework, directory, follow_up_schedule, lists, papers
from casemgr.services.backups import copy_to, facts_of
from casemgr.services.case_list import CaseView
from casemgr.services.held_tonight import POLICE_CUSTODY
from casemgr.services.office import Office
from casemgr.services.papers import PaperChoice
from casemgr.trouble import WrongPassword
from ui.doors import BRINGING_UP, MAKING_READY
from ui.editors.file_strip import FILE
from ui.mistake import MistakeDialog
from ui.pages.assistant import AssistantPage
from ui.pages.lock import LockPage
from ui.pages.recovery import RecoveryPage
from ui.pages.returning import ReturningPage
from ui.pages.waiting import WaitingPage
from ui.paper_pictures import draw_papers
from ui.parts.paper_dialogs import LockDialog, NameDialog
from ui.picture_beyond import NOTES, Beyond
from ui.picture_camera import MOMENT, settle, shown_dialog
from ui.tasks import Watch
from ui.theme import STYLE, dress
from ui.words import tr, words

CODE = "K7Q2M-9XWDA-4HTRE-P83NC-Z5VYB"


def main(arguments: list[str]) -> int:
    """Draw the pictures into the folder; return 0, or 2 where none is named."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    draw_albums(Path(arguments[0]), Album)
    return 0


def draw_albums(target: Path, kind: "type[Album]") -> None:
    """Draw an album of that kind into the folder, in each language."""
    target.mkdir(parents=True, exist_ok=True)
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1", "QT_FONT_DPI": "96",
                   "QT_LOGGING_RULES": "qt.text.font.db=false"}  # fmt: skip
    vars(clock)["now"] = lambda: MOMENT  # the clock of the pictures stands still
    app = QApplication(["pictures", *STYLE])
    dress(app)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            kind(target, Path(folder), language).draw()


class Album(Beyond):
    """Draws all pages of one language."""

    def draw(self) -> None:
        """Draw all of them, then close the program."""
        self._doors()
        office = self._office()
        self.program.window.show_page(ReturningPage(facts_of(copy_to(office, self.folder / "mine.officecopy"))))
        self._save("copy-returning")
        self.program.show_office(office)
        self._desk(office)
        self._help()
        self._papers(office)
        self._beside(office)
        self._follow_ups()
        self._saves(office)
        self._copies()
        self._between_offices(office)
        self._import(office)
        self._to_others(office)
        self._every_paper(office)
        self.program.end()
        settle()

    def _doors(self) -> None:
        assistant = cast("AssistantPage", self.program.window.page)
        for step in range(3):
            assistant.show_step(step)
            self._save(f"assistant-{step + 1}")
        self.program.window.show_page(RecoveryPage(CODE, "Siem Reap"))
        self._save("recovery-code")
        lock = LockPage()
        self.program.window.show_page(lock)
        self._save("lock")
        lock.refuse(WrongPassword().say(words()))
        self._save("lock-refused")
        lock.show_recovery()
        self._save("lock-recovery")
        waiting, watch = WaitingPage(tr(MAKING_READY)), Watch()
        self.program.window.show_page(waiting)
        waiting.work.follow(watch, BRINGING_UP)
        waiting.work.show_done(45, 100)
        waiting.work.show()
        self._save("making-ready")

    def _desk(self, office: Office) -> None:
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        self._save("today")
        for name in ("where", "children", "cases", "settings"):
            desk.go((name, None))
            self._save(name)
        reports = cast("Any", desk.go(("reports", None)))
        reports.span.setCurrentIndex(2)
        for name in ("reoffending", "indicators", "pictures"):
            reports.show_section(name)
            self._save(f"reports-{name}")
        reports.show_section("indicators")
        reports.indicators.table.opened.emit(0)
        self._save_dialog("reports-cases")
        reports.print()
        self._save_preview(reports, "reports-preview")
        for place, name, paper in (("today", "print_week", "week-preview"), ("where", "print", "where-preview")):
            listed = cast("Any", desk.go((place, None)))
            getattr(listed, name)()
            self._save_preview(listed, paper)
        self._lists(cast("Any", desk.go(("cases", None))))
        settings = cast("Any", desk.go(("settings", None)))
        settings.correct(0)
        self._save_dialog("settings-limit")
        settings.change_password()
        self._save_dialog("settings-password")
        child = lists.children(office, "")[3]
        page = cast("Any", desk.go(("child", child.id)))
        self._save("child")
        page.edit()
        self._save("child-edit")
        desk.new_arrest()
        self._save("new-arrest")
        desk.search.setFocus()
        desk.search.setText(child.name_km.split(" ")[0])
        desk.search.search()
        self._save("search")
        desk.search.clear()
        MistakeDialog(ZeroDivisionError(), self.program.window).open()
        self._save_dialog("mistake")

    def _lists(self, cases: Any) -> None:
        """Draw the list of cases narrowed, what is asked of it, and how it leaves."""
        usual = cases.view
        chosen = {"stage": ("police-custody", "pretrial-detention"), "place": ("17",), "held": ("yes",)}
        cases.show_view(
            CaseView(usual.chosen | chosen, ("number", "name", "age-then", "stage", "held", "due", "worker"))
        )
        self._save("cases-filtered")
        cases.bar.ask("offence")
        self._save_dialog("cases-filter")
        cases.bar.ask("place")
        shown_dialog().place.choose("17100401")
        self._save_dialog("cases-place")
        cases.choose_columns()
        self._save_dialog("cases-columns")
        cases.lists.ask_name()
        self._save_dialog("cases-save")
        cases.out.export()
        self._save_dialog("cases-export")
        cases.show_view(usual)

    def _help(self) -> None:
        """Draw the guide beside the work."""
        guide = self.program.helping.show("new-arrest")
        assert guide is not None  # noqa: S101
        settle()
        self._keep("help", guide.grab())
        guide.close()
        self.program.window.activateWindow()

    def _follow_ups(self) -> None:
        """Draw the list of follow-ups, a call of its first child, what is asked there, and what is asked for a file."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        page = cast("Any", desk.go(("follow-ups", None)))
        self._save("follow-ups")
        page.list.choose(standing="lost")
        self._save("follow-ups-none")
        page.list.export()
        cast("Any", QApplication.activeModalWidget()).choose_names("named")
        self._save_dialog("follow-ups-export")
        self.program.window.activateWindow()  # else what has the keyboard is not brought into view
        page.list.choose(standing="all")
        page.call_row(page.list.model.row(0))
        self._save("follow-up-call")
        page.call.choose("N")
        self._save("follow-up-not-reached")
        line = follow_up_schedule.case_schedule(desk.office, page.call.case_id)[-1]
        page.call.ask_to_change(line, ScheduleDeed.MOVED)
        self._save_dialog("follow-up-move")
        page.call.page.leave()
        cast("Any", QApplication.activeModalWidget()).done(0)
        page.call.page.keeper.drop()

    def _papers(self, office: Office) -> None:
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        row = next(row for row in lists.cases(office, status=CaseStatus.OPEN) if self._reported(row.id))
        page = cast("Any", desk.go(("case", row.id)))
        self._save("case")
        held = next(row for row in lists.who_is_where(office)[::-1] if row.kind == POLICE_CUSTODY)
        page = cast("Any", desk.go(("case", held.case_id)))
        self._save("case-in-custody")
        page.edit(page.file.of(Arrest)[0])
        self._save("arrest")
        page = cast("Any", desk.go(("case", row.id)))
        page.edit(page.file.of(SocialInquiry)[0])
        self._save("report")
        page.papers.print(papers.form_named("social-inquiry-report"), page.file.of(SocialInquiry)[0].id)
        self._save_preview(page, "report-preview")
        page.papers.print(papers.form_named("police-warning"), None, PaperChoice("both", by_hand=True))
        self._save_preview(page, "form-preview", close=False)
        NameDialog(papers.NAME_WITHOUT_CONSENT, page.preview, can_code=True).open()
        self._save_dialog("form-name")
        LockDialog(page.preview).open()
        self._save_dialog("form-lock")
        page.preview.leave()
        page.papers.show_all()
        self._save("case-papers")
        page.stack.currentWidget().closed.emit()
        listed = cast("Any", desk.go(("forms", None)))
        self._save("forms")
        listed.print()
        self._save_preview(listed, "forms-preview")
        listed = cast("Any", desk.go(("cases", None)))
        listed.table.selectAll()
        listed.choose_form()
        self._save("cases-forms")
        listed.print(papers.form_named("police-warning"), listed.marked[:3])
        self._save_preview(listed, "cases-preview")
        listed.layers.currentWidget().closed.emit()

    def _beside(self, office: Office) -> None:
        """Draw the directory, and what stands beside the stages of a case: contacts, links, complaints, documents."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        row = next(row for row in lists.cases(office, status=CaseStatus.OPEN) if self._reported(row.id))
        contact = directory.contacts(office, "Lim Chantara")[0]
        directory.add_to_case(office, CaseContact(case_id=row.id, contact_id=contact.id, role=contact.role))
        listed = cast("Any", desk.go(("directory", None)))
        self._save("directory")
        desk.open_contact(contact.id)
        self._save("contact")
        listed.edit()
        self._save("contact-edit")
        listed.editing.leave()
        page = cast("Any", desk.go(("case", row.id)))
        actions = page.beside
        actions.add_contact()
        shown_dialog().finder.list.setCurrentRow(0)
        self._save_dialog("case-contact")
        actions.add_contact()
        shown_dialog().show_new(is_new=True)
        self._save_dialog("case-contact-new")
        actions.add_link()
        shown_dialog().finder.line.setText(lists.children(office, "")[1].name_km.split(" ")[0])
        shown_dialog().finder.search()
        self._save_dialog("case-link")
        actions.name_readers(Complaint(case_id=row.id, readers=(office.staff.id,)))
        self._save_dialog("complaint-readers")
        page.begin(kind_of(Complaint))
        self._save("complaint")
        self._documents(office, page)
        page.view.show_stage(DOCUMENTS.key)
        self._save("case-beside")

    def _documents(self, office: Office, page: Any) -> None:
        """Draw a file that is about to become a document, and one that is looked at."""
        paper = self.folder / "family-book.pdf"
        form, report = next(form for form in _forms() if form.record is SocialInquiry), page.file.of(SocialInquiry)[0]
        paper.write_bytes(
            papers.print_form(office, form.name, page.case_id, PaperChoice(self.language), record_id=report.id)
        )
        page.begin(kind_of(Document), identity=uuid4(), plain={FILE: str(paper)})
        self._save("document-new")
        page.editing.save()
        actions = page.beside
        actions.documents.look(page.file.of(Document)[-1])
        waited = QElapsedTimer()
        waited.start()
        view = page.stack.currentWidget()
        while view.sheet.pixmap().isNull() and not waited.hasExpired(20_000):
            QApplication.processEvents()
        self._save("document")
        view.leave()
        actions.documents.ask_to_save(page.file.of(Document)[-1])
        self._save_dialog("document-copy")

    def _saves(self, office: Office) -> None:
        """Draw a case before anything is written down, and what a save asks, says and leaves behind."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        case = Case()
        casework.open_case(office, lists.children(office, "")[0].id, case)
        page = cast("Any", desk.go(("case", case.id)))
        self._save("case-empty")
        page.begin(next(kind for kind in KINDS if kind.after))
        page.editing.save()
        self._save_dialog("case-order")
        page.editing.leave()
        page.begin(kind_of(Arrest))
        page.editing.save()
        self._save("case-saved")
        arrest = page.file.of(Arrest)[0]
        casework.save_record(office, dataclasses.replace(arrest, notes=NOTES, officer="កែវ វិបុល"), "តាមកំណត់ហេតុរបស់នគរបាល")
        page.show_history(arrest)
        self._save_dialog("case-history")
        page.show_case_history()
        self._save("case-whole-history")
        page.history.compare(page.history.lines[0])
        self._save_dialog("case-versions")
        page.history.compare(page.history.lines[0])
        shown_dialog().bring_button.click()
        self._save_dialog("case-bring-back")
        page.history.closed.emit()
        page.ask_to_remove(arrest)
        self._save_dialog("case-remove")
        desk.undo_bar.undo()
        self._save("case-not-undone")

    def _reported(self, case_id: Any) -> bool:
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        page = cast("Any", desk.page(("case", case_id)))
        return bool(page.file.of(SocialInquiry))

    def _every_paper(self, office: Office) -> None:
        draw_papers(office, self.target, self.language)


def _forms() -> Any:
    from casemgr.printing.forms import FORMS  # noqa: PLC0415  (loads what draws paper)

    return FORMS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
