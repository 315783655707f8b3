"""What a worker does most, each done at the real window from Today on, by keyboard alone or with the mouse."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from hands import Counter, Effort, Hand, settle
from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.beside.document import Document, DocumentKind
from casemgr.records.beside.note import ContactWay as Way
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child, Guardian, Relation, Sex
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import Presence
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.services import case_files, casework, papers
from casemgr.services.office import Office, set_language
from casemgr.services.practice import PASSWORD, fill_practice, new_practice_office
from ui.editors.field_editor import FieldEditor
from ui.editors.record_editor import RecordEditor
from ui.memory import Memory
from ui.pages.case_writing import DAY
from ui.program import Options, Program

ARRESTED, RELEASED, DIVERTED, DETAINED = "សុខ ចាន់ថា", "ចាន់ សុភាព", "អ៊ុំ សុភា", "ហេង ពិសិដ្ឋ"
UNIT = "អធិការដ្ឋាននគរបាលក្រុងសៀមរាប"


class Cases(NamedTuple):
    """The cases that the tasks are about."""

    arrested: UUID
    released: UUID
    diverted: UUID
    detained: UUID


class Worker:
    """A worker at an office of some invented children."""

    def __init__(self, program: Program, cases: Cases, hand: Hand, picture: Path) -> None:
        self.program, self.cases, self.hand, self.picture = program, cases, hand, picture

    @property
    def desk(self) -> Any:
        """The open office."""
        return self.program.desk

    @property
    def page(self) -> Any:
        """The page that is seen."""
        return self.desk.stack.currentWidget()

    @property
    def office(self) -> Office:
        """What is behind it."""
        assert self.program.office is not None
        return self.program.office

    def find(self, name: str) -> None:
        """Open the newest case of a child by the search: a few letters of its name."""
        hand, search = self.hand, self.desk.search
        hand.act(search, "Ctrl+F") if hand.kind == "keyboard" else hand.click(search)
        hand.write(name[: name.index(" ") + 4])
        search.search()  # as it does by itself a moment later
        settle()
        listed = search.results.list
        at = next(row for row in range(listed.count()) if listed.item(row).data(0x100).kind == "case")
        if hand.kind == "keyboard":
            hand.press("Down", (at - listed.currentRow()) % listed.count())
            hand.press("Return")
        else:
            rect = listed.visualItemRect(listed.item(at))
            hand.click_at(listed.viewport(), rect.center())
        assert self.desk.place[0] == "case"

    def asked(self, editor: RecordEditor, name: str) -> FieldEditor:
        """Return the editor of a question, however far down it stands."""
        settle()
        section = next(each for each in editor.sections if each.has(name))
        return section.question(name).editor

    def answer(self, editor: RecordEditor, **answers: Any) -> None:
        """Answer questions one after the other."""
        for name, answer in answers.items():
            if self.hand.kind == "keyboard" and editor.next_missing(editor.field_in_hand()) == name:
                self._to_missing(editor, name)
            self.to_section(editor, name)
            self.hand.answer(self.asked(editor, name), answer)

    def to_section(self, editor: RecordEditor, name: str) -> None:
        """Go to the section of a question where a record is asked a section at a time."""
        if not editor.is_long:
            return
        to = next(at for at, section in enumerate(editor.sections) if section.has(name))
        at = editor.list.currentRow()
        if self.hand.kind == "keyboard":
            asked = [section.is_asked for section in editor.sections[min(at, to) : max(at, to)]]
            self.hand.press("Ctrl+PgDown" if to > at else "Ctrl+PgUp", sum(asked))
        elif to != at:
            self.hand.click_at(editor.list.viewport(), editor.list.visualItemRect(editor.list.item(to)).center())
        assert editor.list.currentRow() == to

    def _to_missing(self, editor: RecordEditor, name: str) -> None:
        """Go to the next required question by its own key, unless Tab leads there as soon."""
        asked = [each for section in editor.sections if section.is_asked for each in section.shown]
        here = editor.field_in_hand()
        if here != name and (here is None or here == "place_code" or asked.index(name) > asked.index(here) + 1):
            self.hand.press("Ctrl+.")

    def begin(self, message: str) -> None:
        """Begin what the menu at the head of a case calls so, or by a button of its own where that is in view."""
        self.page.view.finish()
        settle()
        words = self.office.words
        if message == Note.title and self.hand.sees(self.page.view.note_button):
            self.hand.click(self.page.view.note_button)
            return
        card = next((
            each for each in self.page.view.findChildren(QPushButton)
            if each.accessibleName() == f"{words.text('New')}: {words.text(message)}"
        ), None)  # fmt: skip
        if card is not None and self.hand.sees(card):
            self.hand.click(card)
            return
        self.hand.choose(self.page.view.write_button, self.office.words.text(message), "Ctrl+R")

    @property
    def editor(self) -> RecordEditor:
        """What is being written in the case."""
        return self.page.editing.editor

    def save(self) -> None:
        """Save what is written."""
        page = self.page if not hasattr(self.page, "editing") else self.page.editing
        self.hand.act(page.save_button, "Ctrl+S")


def call_at_nine(worker: Worker) -> None:
    """A call at nine in the evening: a child that is not known, arrested an hour and a half ago."""
    hand, desk = worker.hand, worker.desk
    hand.act(desk.arrest_button, "Ctrl+N")
    page = worker.page
    worker.answer(page.child, family_name_km="ព្រំ", given_name_km="រស្មី", sex=Sex.MALE, born="15")
    worker.answer(page.offence, category=OffenceCategory.THEFT)
    worker.answer(
        page.arrest, arrested_at="now 0:01", place_code="សាលាកំរើក", arrived_at="now", police_unit=UNIT,
        officer_phone="012555017",
    )  # fmt: skip
    hand.reach(page.guardian.edits["name"])
    hand.write("ព្រំ សុខា")
    hand.reach(page.guardian.edits["phone"])
    hand.write("012345678")
    worker.save()
    arrest = worker.page.file.of(Arrest)[0]
    assert arrest.police_unit == UNIT
    assert arrest.arrested_at is not None
    assert arrest.place_code


def find_a_child(worker: Worker) -> None:
    """Find a child and open its case."""
    worker.find(RELEASED)


def add_a_visit(worker: Worker) -> None:
    """Write down a visit in detention: what is always asked."""
    from casemgr.records.fields import Answer
    from casemgr.records.pathway.detention_answers import AdultSeparation, FamilyContact

    worker.find(DETAINED)
    worker.begin(DetentionVisit.title)
    worker.answer(
        worker.editor, visited_on="now", seen_in_private=Answer.YES, with_adults=next(iter(AdultSeparation)),
        family_contact=next(iter(FamilyContact)),
    )  # fmt: skip
    worker.save()
    assert worker.page.file.of(DetentionVisit)[0].visited_on == clock.today()


def log_a_call(worker: Worker) -> None:
    """Write down a telephone call with the mother a moment ago."""
    worker.find(ARRESTED)
    before = len(worker.page.file.of(Note))
    worker.begin(Note.title)
    worker.answer(worker.editor, happened_at="now", way=Way.PHONE, with_whom="ម្ដាយ", text="ម្ដាយនឹងមកថ្ងៃស្អែក")
    worker.save()
    assert len(worker.page.file.of(Note)) == before + 1


def follow_up(worker: Worker) -> None:
    """Call the child that is due for a follow-up, and write down that it is well."""
    hand = worker.hand
    hand.act(worker.desk.rail.buttons["follow-ups"], "Alt+5")
    shown = worker.page
    at = next(
        number for number, line in enumerate(shown.list.model.lines) if line.row.row.case_id == worker.cases.released
    )
    hand.row(shown.list.table, at)
    settle()
    hand.act(shown.call.keys.buttons["W"], "W")
    from casemgr.records.pathway.follow_up_answers import Reached

    worker.answer(shown.call.page.editor, reached=Reached.CHILD)
    hand.act(shown.call.page.save_button, "Ctrl+S")
    kept = case_files.case_file(worker.office, worker.cases.released, log=False).of(FollowUp)
    assert kept[-1].reached is Reached.CHILD


def print_notice(worker: Worker) -> None:
    """Print the custody notice of the child that is held."""
    hand = worker.hand
    worker.find(ARRESTED)
    form = papers.form_named("custody-notice")
    title = worker.office.words.text(form.title)
    if hand.kind == "keyboard" and worker.page.view.isAncestorOf(QApplication.focusWidget()):
        hand.press("Ctrl+P")
        listed = worker.page.stack.currentWidget().forms
        offered = [listed.list.item(at).data(0x100) for at in range(listed.list.count())]
        forms = [each for each in offered if each is not None]  # the others are headings
        steps = forms.index(form) - forms.index(listed.form)
        hand.press("Down" if steps > 0 else "Up", abs(steps))
        hand.press("Return")
    else:
        worker.page.view.finish()
        settle()
        hand.act(next(
            each for each in worker.page.view.findChildren(QPushButton)
            if each.isVisible() and title in each.accessibleName()
        ))  # fmt: skip
    preview = worker.page.preview
    _wait_for(lambda: preview.print_button.isEnabled() and not preview.view.sheet.pixmap().isNull())
    hand.act(preview.print_button, "Ctrl+P")
    assert preview.message.isVisible() or QApplication.activeModalWidget() is not None
    if (asked := QApplication.activeModalWidget()) is not None:
        asked.close()
    preview.leave()


def mark_done(worker: Worker) -> None:
    """See what is due today, and write down that it was done: a check that was agreed for today."""
    hand = worker.hand
    hand.act(worker.desk.rail.buttons["today"], "Alt+1")
    shown = worker.page
    at = next(
        number for number in range(shown.model.rowCount())
        if (row := shown.model.clock_at(number)) is not None
        and row.rule == "check-in" and row.case_id == worker.cases.arrested
    )  # fmt: skip
    note = shown.model.clock_at(at).record_id
    hand.mark(shown.table, at)
    hand.act(shown.done_button, "Ctrl+Return")
    settle()
    worker.answer(worker.page.editing.editor, checked_on="now")
    worker.save()
    kept = next(each for each in worker.page.file.of(Note) if each.id == note)
    assert kept.checked_on == clock.today()


def attach(worker: Worker) -> None:
    """Put the photograph of a family book into the file."""
    hand = worker.hand
    worker.find(ARRESTED)
    worker.begin(Document.title)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QFileDialog)
    line = asked.findChild(QLineEdit, "fileNameEdit")
    hand.reach(line)
    hand.write(worker.picture.name)
    hand.press("Return")
    worker.answer(worker.page.editing.editor, kind=DocumentKind.FAMILY_BOOK, headline="សៀវភៅគ្រួសារ")
    worker.save()
    assert worker.page.file.of(Document)[-1].kind is DocumentKind.FAMILY_BOOK


def diversion_log(worker: Worker) -> None:
    """Write a day into the log of a diversion plan: the child came."""
    hand = worker.hand
    worker.find(DIVERTED)
    worker.begin(DAY)
    rows = worker.asked(worker.editor, "log")
    hand.answer(rows.panel.editor("on"), "now")
    hand.answer(rows.panel.editor("what"), "រៀនជួសជុលម៉ូតូ")
    hand.answer(rows.panel.editor("came"), Presence.PRESENT)
    worker.save()
    day = worker.page.file.of(Diversion)[0].log[-1]
    assert (day.on, day.came) == (clock.today(), Presence.PRESENT)


def lock_and_come_back(worker: Worker) -> None:
    """Lock in the middle of a note, come back, and finish it."""
    hand = worker.hand
    worker.find(ARRESTED)
    before = len(worker.page.file.of(Note))
    worker.begin(Note.title)
    worker.answer(worker.editor, happened_at="now", text="ម្ដាយ")
    hand.act(worker.desk.lock_button, "Ctrl+L")
    door = worker.program.window.page
    hand.reach(door.door.lines.edits["password"])
    hand.write(PASSWORD)
    hand.press("Return")
    settle()
    worker.answer(worker.page.editing.editor, text=" មក")
    worker.save()
    assert len(worker.page.file.of(Note)) == before + 1


TASKS: dict[str, Callable[[Worker], None]] = {
    "a call at nine: new child, arrest": call_at_nine,
    "find a child, open its case": find_a_child,
    "add a visit in detention": add_a_visit,
    "log a telephone call": log_a_call,
    "follow-up call: child is well": follow_up,
    "print the custody notice": print_notice,
    "see what is due, mark it done": mark_done,
    "attach a photographed paper": attach,
    "diversion log: the child came": diversion_log,
    "lock in a note, come back, finish": lock_and_come_back,
}


@contextmanager
def at_work(folder: Path, kind: str, language: str = "km", *, children: int = 12) -> Iterator[tuple[Worker, Counter]]:
    """Open an office of so many invented children and those of the tasks in the real window, as it is on the screen."""
    settled = new_practice_office(folder / "office")
    fill_practice(settled, children, 1)
    set_language(settled, language, "khmer" if language == "km" else "western")
    cases = _write_cases(settled)
    picture = folder / "p.png"
    Image.new("RGB", (1200, 900), "white").save(picture)
    program = Program(Options(folder / "office", False, language), Memory(folder / "m.ini"), inline=True)
    counter = Counter()
    program.start()
    program.window.resize(1366, 728)
    program.show_office(settled)
    program.window.activateWindow()
    assert QTest.qWaitForWindowActive(program.window)
    settle()
    try:
        yield Worker(program, cases, Hand(kind, counter), picture), counter
    finally:
        program.end()
        program.window.deleteLater()
        program.deleteLater()
        settle()


def measure(worker: Worker, counter: Counter, task: Callable[[Worker], None]) -> Effort:
    """Do a task from Today on; return what it took."""
    worker.desk.go(("today", None))
    settle()
    counter.begin()
    task(worker)
    return counter.effort


def _write_cases(office: Office) -> Cases:
    today = clock.today()
    cases = []
    for name in (ARRESTED, RELEASED, DIVERTED, DETAINED):
        family, given = name.split(" ")
        child = Child(
            family_name_km=family, given_name_km=given, sex=Sex.MALE, born=PartialDate.of(2011, 3, 12),
            village_code="17100401", phone="097 555 0123",
            guardians=(Guardian(name="អ៊ុំ សុផល", relation=Relation.MOTHER, phone="012 345 678"),),
        )  # fmt: skip
        casework.save_child(office, child)
        case = Case()
        casework.open_case(office, child.id, case)
        cases.append(case.id)
    arrested, released, diverted, detained = cases
    at = clock.now() - timedelta(hours=2)
    casework.save_record(office, Arrest(case_id=arrested, arrested_at=at, arrived_at=at, police_unit=UNIT))
    casework.save_record(office, Offence(
        case_id=arrested, category=OffenceCategory.THEFT, offence_class=OffenceClass.MISDEMEANOUR
    ))  # fmt: skip
    casework.save_record(office, Note(
        case_id=arrested, happened_at=clock.now() - timedelta(days=2), way=Way.PHONE, text="ម្ដាយ", next_on=today
    ))  # fmt: skip
    why = "of before this office began"
    ended = today - timedelta(days=20)
    casework.save_record(office, Detention(
        case_id=released, basis=DetentionBasis.SENTENCED, started_on=ended - timedelta(days=200), ended_on=ended,
        end_reason=DetentionEnd.SERVED,
    ), why)  # fmt: skip
    casework.save_record(office, Diversion(
        case_id=diverted, offered_on=today - timedelta(days=30), starts_on=today - timedelta(days=20),
        ends_on=today + timedelta(days=60),
    ), why)  # fmt: skip
    casework.save_record(office, Detention(
        case_id=detained, basis=DetentionBasis.SENTENCED, started_on=today - timedelta(days=40)
    ), why)  # fmt: skip
    return Cases(arrested, released, diverted, detained)


def _wait_for(done: Callable[[], bool]) -> None:
    for _ in range(2000):
        if done():
            return
        QTest.qWait(5)
    raise AssertionError("it does not come")


__all__ = ["TASKS", "QMessageBox", "QWidget", "at_work", "measure"]
