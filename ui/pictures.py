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

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.exchange import primero
from casemgr.i18n import LANGUAGES
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import DOCUMENTS, Document
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.kinds import KINDS, kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.follow_up_change import ScheduleDeed
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import casework, directory, follow_up_schedule, lists, papers
from casemgr.services.backups import copy_to, facts_of
from casemgr.services.case_list import CaseView
from casemgr.services.comparing import compare
from casemgr.services.handover import hand_over
from casemgr.services.held_tonight import POLICE_CUSTODY
from casemgr.services.office import Office
from casemgr.services.papers import PaperChoice
from casemgr.services.practice import fill_practice, new_practice_office
from casemgr.services.received import receive
from casemgr.trouble import WrongPassword
from ui.doors import BRINGING_UP, MAKING_READY
from ui.editors.file_strip import FILE
from ui.memory import Memory
from ui.mistake import MistakeDialog
from ui.pages.assistant import AssistantPage
from ui.pages.give_dialog import give_case
from ui.pages.hand_over import HandOverDialog
from ui.pages.lock import LockPage
from ui.pages.recovery import RecoveryPage
from ui.pages.returning import ReturningPage
from ui.pages.send_dialogs import SendCaseDialog
from ui.pages.send_names import MapChoice
from ui.pages.take_out import TakeOutDialog
from ui.pages.waiting import WaitingPage
from ui.paper_pictures import draw_papers
from ui.parts.paper_dialogs import LockDialog, NameDialog
from ui.program import Options, Program
from ui.tasks import Watch
from ui.theme import COLOURS, STYLE, dress
from ui.words import tr, words

MOMENT = clock.local(2026, 11, 24, 9, 0)
CHILDREN, SEED = 36, 1
SIZE = (1366, 768)
NOTES = "ម្ដាយបានមកដល់នៅព្រឹកបន្ទាប់ ហើយបានជួបមេធាវីជាមួយកុមារ។ " * 9
PASSPHRASE = "four words make one"  # noqa: S105  (of an invented case)
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


class Album:
    """Draws the pages of one language."""

    def __init__(self, target: Path, folder: Path, language: str) -> None:
        """Start the program in an empty folder."""
        self.target, self.folder, self.language = target, folder, language
        self.program = Program(Options(folder / "office", False, language), Memory(folder / "m.ini"), inline=True)
        self.program.start()
        self.program.window.resize(*SIZE)

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

    def _office(self) -> Office:
        office = new_practice_office(self.folder / "practice")
        fill_practice(office, CHILDREN, SEED, MOMENT.date())
        office.settings.language = self.language
        office.settings.digits = "khmer" if self.language == "km" else "western"
        return office

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
        _dialog().place.choose("17100401")
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
        _dialog().finder.list.setCurrentRow(0)
        self._save_dialog("case-contact")
        actions.add_contact()
        _dialog().show_new(is_new=True)
        self._save_dialog("case-contact-new")
        actions.add_link()
        _dialog().finder.line.setText(lists.children(office, "")[1].name_km.split(" ")[0])
        _dialog().finder.search()
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
        _dialog().bring_button.click()
        self._save_dialog("case-bring-back")
        page.history.closed.emit()
        page.ask_to_remove(arrest)
        self._save_dialog("case-remove")
        desk.undo_bar.undo()
        self._save("case-not-undone")

    def _copies(self) -> None:
        """Draw where copies go, and what the check found."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        page = cast("Any", desk.go(("settings", None)))
        page.copies.copy_now()
        page.stack.currentWidget().ensureWidgetVisible(page.health)
        self._save("settings-copies")

    def _between_offices(self, office: Office) -> None:
        """Draw a case that is handed over, the key for it, and what one that comes differs in."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        row = lists.cases(office)[0]
        page = cast("Any", desk.go(("case", row.id)))
        give_case(office, self.program.tasks, page.file, page).open()
        self._save_dialog("case-give")
        HandOverDialog(office, self.program.tasks, page.file, page).open()
        self._save_dialog("case-hand-over")
        listed = cast("Any", desk.go(("cases", None)))
        listed.handovers.show_key()
        self._save_dialog("office-key")
        path = self.folder / "a.case"
        hand_over(office, row.id, path, reason=NOTES, passphrase=PASSPHRASE)
        arrest = page.file.of(Arrest)[0]
        casework.save_record(office, dataclasses.replace(arrest, officer="ស.ឯ. ព្រះរាជពង្សាវតារ សុវណ្ណមុនីរតនសោភ័ណ"), NOTES)
        listed.handovers.show(compare(office, receive(office, path, PASSPHRASE)))
        self._save_dialog("case-take-in")
        self._same_child(office)

    def _same_child(self, office: Office) -> None:
        """Draw two records that may be of one child: found, told of while it is written down, compared, listed."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        one = Child(family_name_km="ចាន់", given_name_km="ស្រីមុំ", born=PartialDate.of(2011), village_code="17100401")
        other = Child(
            family_name_latin="Chan", given_name_latin="Srey Mom", born=PartialDate.of(2011), village_code="17100401"
        )
        for each in (one, other):
            casework.save_child(office, each)
        page = cast("Any", desk.go(("child", one.id)))
        self._save("child-may-be-same")
        page.others.compare(other.id)
        self._save_dialog("same-child")
        cast("Any", desk.go(("children", None))).sweep()
        self._save_dialog("same-child-sweep")
        desk.new_arrest()
        arrest = cast("Any", desk.pages["arrest", None])
        arrest.child.restore({"family_name_latin": "Chan", "given_name_latin": "Srey Mom"})
        arrest.notice.search()
        arrest.area.ensureWidgetVisible(arrest.notice)
        self._save("same-child-arrest")

    def _import(self, office: Office) -> None:
        for name, rows in (("columns", ("no,who,kind", "1,Sok San,លួច")), ("rows", ("child_code,sex", "K-1,x", "K-2,"))):
            (self.folder / "list.csv").write_text("\n".join(rows), "utf-8")
            cast("Any", self.program.desk).go(("cases", None)).import_list()
            _dialog().begin(str(self.folder / "list.csv"))
            self._save_dialog(f"import-{name}")
        TakeOutDialog(office, self.program.tasks, self.program.window).open()
        self._save_dialog("all-cases-out")

    def _to_others(self, office: Office) -> None:
        """Draw what goes to other programs, what could not go along, and what is to be mended."""
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        page = cast("Any", desk.go(("case", lists.cases(office)[0].id)))
        page.ask_to_send(primero.SYSTEM)
        self._save_dialog("case-to-primero")
        MapChoice(office, self.program.tasks, primero.SYSTEM, page).see()
        self._save_dialog("field-names")
        dialog = SendCaseDialog(office, self.program.tasks, page.file, primero.SYSTEM, page)
        dialog.open()
        dialog.reason.edits["reason"].setText(NOTES[:40])
        dialog.save_to(str(self.folder / "case.json"))
        self._save_dialog("case-sent")
        listed = cast("Any", desk.go(("directory", None)))
        listed.list.ask_to_send()
        self._save_dialog("contacts-as-file")
        reports = cast("Any", desk.go(("reports", None)))
        reports.ask_to_send()
        self._save_dialog("indicators-to-dhis2")
        desk.go(("quality", None))
        self._save("quality")

    def _reported(self, case_id: Any) -> bool:
        desk = self.program.desk
        assert desk is not None  # noqa: S101
        page = cast("Any", desk.page(("case", case_id)))
        return bool(page.file.of(SocialInquiry))

    def _every_paper(self, office: Office) -> None:
        draw_papers(office, self.target, self.language)

    def _keep(self, name: str, picture: QPixmap, dialog: QRect | None = None) -> None:  # noqa: ARG002
        """Write a picture of the window; dialog: where in it one stands."""
        picture.save(str(self.target / f"{name}-{self.language}.png"))

    def _save(self, name: str) -> None:
        settle()
        self._keep(name, self.program.window.grab())

    def _save_preview(self, page: Any, name: str, *, close: bool = True) -> None:
        """Draw the window once the first page of a paper is there, then close the paper."""
        waited = QElapsedTimer()
        waited.start()
        while page.preview.view.sheet.pixmap().isNull() and not waited.hasExpired(20_000):
            QApplication.processEvents()
        self._save(name)
        if close:
            page.preview.leave()

    def _save_dialog(self, name: str) -> None:
        """Draw the window with the dialog that stands before it, then close the dialog."""
        settle()
        dialog = cast("QDialog", _dialog())
        picture = self.program.window.grab()
        window = self.program.window
        corner = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
        dialog.render(picture, corner)
        painter = QPainter(picture)  # the frame, which the desktop would draw
        painter.setPen(QPen(QColor(COLOURS["muted"]), 2))
        painter.drawRect(QRect(corner, dialog.size()))
        painter.end()
        self._keep(name, picture, QRect(corner, dialog.size()))
        dialog.done(0)
        settle()


def _dialog() -> Any:
    """Return the dialog that stands before the window."""
    return QApplication.activeModalWidget()


def _forms() -> Any:
    from casemgr.printing.forms import FORMS  # noqa: PLC0415  (loads what draws paper)

    return FORMS


def settle() -> None:
    """Let everything be built, laid out, painted and thrown away that waits for it: a record is built in rounds."""
    for _ in range(30):
        QApplication.processEvents()
        QApplication.sendPostedEvents(cast("QWidget", None), QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
