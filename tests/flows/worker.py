"""A social worker at the real window: opens pages, writes records, reads what the program makes of them."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from made_practice import practice
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from casemgr.clock import as_moment, today
from casemgr.law.deadlines import DeadlineValue
from casemgr.law.standing import StageState, stage_states
from casemgr.records.base import CaseRecord
from casemgr.records.case import CaseStatus, ProcessStage
from casemgr.records.kinds import kind_named
from casemgr.services import lists
from casemgr.services.office import set_language
from ui.editors.record_editor import RecordEditor
from ui.memory import Memory
from ui.parts.reason_dialog import ReasonDialog
from ui.program import Options, Program


@contextmanager
def at_work(folder, language):
    """Open an empty office in the real window, in that language."""
    program = Program(Options(folder / "nowhere", False, language), Memory(folder / "m.ini"), inline=True)
    program.start()
    program.window.resize(1366, 768)
    office = practice(folder / "office", 0)
    set_language(office, language, "khmer" if language == "km" else "western")
    program.show_office(office)
    program.window.activateWindow()
    assert QTest.qWaitForWindowActive(program.window)
    settle()
    try:
        yield Worker(program)
    finally:
        program.end()
        program.window.deleteLater()
        program.deleteLater()
        settle()


def settle():
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Worker:
    """What a social worker does, by the editors and buttons of the pages."""

    def __init__(self, program):
        self.program = program

    @property
    def page(self):
        """The page of the case in hand."""
        return self.program.desk.stack.currentWidget()

    @property
    def file(self):
        """The case in hand as its page shows it."""
        return self.page.file

    def take_arrest(self, child=None, known=None, **answers):
        """Take down an arrest by the page for it; known: what is typed to find a child that is known."""
        self.program.desk.new_arrest()
        page = self.program.desk.pages["arrest", None]
        if known is None:
            _fill(page.child, child)
        else:
            page.show_known(is_known=True)
            page.search.setFocus()
            page.search.setText(known)
            page.search.search()
            settle()
            QTest.keyClick(page.search, Qt.Key.Key_Down)
            QTest.keyClick(page.search, Qt.Key.Key_Return)
            assert page.form.known is not None
        for editor in (page.offence, page.arrest):
            names = {info.name for info in editor.infos}
            _fill(editor, {name: answer for name, answer in answers.items() if name in names})
        page.save()
        settle()
        assert self.program.desk.place[0] == "case"
        left = {name: answer for name, answer in answers.items() if not hasattr(type(self.file.offences[0]), name)}
        self.change(self.file.of(kind_named("arrest").record)[0], **left)

    def write(self, key, why=None, **answers):
        """Write a new record of a kind; why: the reason where it comes out of order. Return it as it is kept."""
        kind = kind_named(key)
        before = {record.id for record in self.file.records}
        self.page.begin(kind)
        _fill(self.page.editing.editor, answers)
        self.page.editing.save()
        settle()
        if why is not None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ReasonDialog)
            dialog.line.setText(why)
            dialog.go_on.click()
            settle()
        assert self.page.editing is None, self.page.editing.message.text()
        [new] = [record for record in self.file.records if record.id not in before]
        return new

    def change(self, record, **answers):
        """Correct a record in its editor; return it as it is kept."""
        self.page.edit(record)
        _fill(self.page.editing.editor, answers)
        self.page.editing.save()
        settle()
        assert self.page.editing is None, self.page.editing.message.text()
        return next(each for each in (self.file.case, *self.file.offences, *self.file.records) if each.id == record.id)

    def state_of(self, stage) -> StageState:
        """How a stage of the pathway stands now."""
        return stage_states(self.file.records, self.file.deadlines, as_moment(today()) + timedelta(hours=12))[stage]

    def clock(self, rule) -> DeadlineValue:
        """The one clock of a rule."""
        [found] = [deadline for deadline in self.file.deadlines if deadline.rule == rule]
        return found

    def due_today(self) -> set[str]:
        """The rules of the clocks that Today shows for the case in hand, of all time to come."""
        return {row.rule for row in lists.today(self.program.office) if row.case_id == self.file.case.id}

    @property
    def stands(self) -> tuple[ProcessStage | None, CaseStatus | None]:
        """Stage of the procedure and status of the case in hand."""
        return self.file.case.stage, self.file.case.status

    def told(self) -> list[str]:
        """What the case lists as missing or contradictory."""
        return [remark.message for remark in self.file.remarks]


def _fill(editor: RecordEditor, answers: dict[str, Any] | None) -> None:
    """Give answers in the editors of their questions, as if they were typed and chosen there."""
    for name, answer in (answers or {}).items():
        editor.focus_field(name)
        asked = next(section for section in editor.sections if section.has(name)).question(name).editor
        asked.set_value(answer)
        asked.changed.emit()


def days_ago(days: int) -> date:
    """Return the day that lies so many days back."""
    return today() - timedelta(days=days)


def evening(days: int, hour: int = 19) -> datetime:
    """Return an hour of that day."""
    return as_moment(days_ago(days)) + timedelta(hours=hour)


def kept(record: CaseRecord) -> str:
    """Return which kind of record it is."""
    return type(record).__name__
