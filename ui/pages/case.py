"""The page of one case: its overview, and in its place whatever is being written or previewed."""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.khmer.breaks import with_breaks
from casemgr.law.limits import Limit
from casemgr.law.remarks import Remark
from casemgr.places import place_name
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case, Offence
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.stage import RecordKind
from casemgr.services import case_files, casework, drafts, reports, settings
from casemgr.services.case_files import CaseFile
from casemgr.services.changes import Changes
from casemgr.services.drafts import DraftRow
from casemgr.services.office import Office
from ui.editors.record_page import RecordPage
from ui.editors.said import record_said
from ui.editors.typed_beside import keep_reason
from ui.pages.case_beside import BesideActions
from ui.pages.case_cards import Acts
from ui.pages.case_going import GoingActions
from ui.pages.case_history import CaseHistoryView
from ui.pages.case_papers import CaseForms, CasePapers, Restored
from ui.pages.case_reports import ReportActions, is_frozen
from ui.pages.case_view import CaseView
from ui.pages.case_writing import WRITE_DAY
from ui.pages.draft_notices import DraftNotices
from ui.pages.editing_page import EditingPage
from ui.pages.history_dialog import HISTORY, show_history
from ui.parts.card import Action
from ui.parts.preview import Preview
from ui.parts.reason_dialog import ReasonDialog
from ui.parts.undo_bar import GIVEN, REMOVED, SAVED, Kept
from ui.tasks import Tasks
from ui.words import tr, words

OPEN, EDIT = N_("Open"), N_("Edit")
REMOVE, REMOVE_IT = N_("Remove…"), N_("Remove")
REMOVE_WHAT = N_("Remove: {what}")
WHY = N_("Why is it removed? The reason is kept.")


class Loaded(NamedTuple):
    """What the page shows: the file, the table of limits by key, and this worker's drafts of the case."""

    file: CaseFile
    limits: dict[str, Limit]
    drafts: list[DraftRow]


class CasePage(EditingPage):
    """One case. Esc leads back from an editor to the overview."""

    def __init__(self, office: Office, tasks: Tasks, case_id: UUID, parent: QWidget | None = None) -> None:
        """Ask for the case; that it was opened is written down once."""
        super().__init__(parent)
        self._office, self._tasks, self.case_id = office, tasks, case_id
        self.file: CaseFile | None = None
        self._waiting: tuple[str, dict[str, Any] | None] | None = None
        self._paper: Restored | None = None  # what is to be previewed again, once the case is there
        self._forms: tuple[str | None, bool] = None, False  # which form is to be marked again, and whether in a list
        self._to_mend: Remark | None = None  # what is to be opened, once the case is there
        self._left: UUID | None = None  # the record whose editor was just left
        self.reports = ReportActions(office, tasks, self._do, self._on_changed, self._begin_report, self)
        self.beside = BesideActions(office, tasks, lambda: self.file, self._on_told, self._show_page, self)
        self.going = GoingActions(office, tasks, lambda: self.file, self._on_given, self)
        self.papers = CasePapers(office, tasks, lambda: self.file, self.show_over, self._back, self)
        self.view = CaseView(
            Acts(
                self.edit, self.begin, self.look, self._to_child, self._actions_of, self.beside.picture_of,
                self.case_asked.emit, self.papers.print, self.papers.show_all, self.show_case_history,
                self.write_day,
            )
        )  # fmt: skip
        self.notices = DraftNotices(office, tasks, lambda row: self.open_draft(row.key), of_one_case=True)
        self.notices.setContentsMargins(24, 8, 24, 0)
        self.notices.dropped.connect(self.refresh)
        self.overview = QWidget()
        self.beside.accept_drops(self.overview)
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notices)
        column.addWidget(self.view, 1)
        self.stack.addWidget(self.overview)
        self._load(log=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the overview, whose keys work at once, or to what stands in its place."""
        super().focusInEvent(event)
        if self._over is None:
            self.view.setFocus(event.reason())

    def point_to(self, record_id: UUID) -> None:
        """Put the keyboard on the entry of a record, once the case is there."""
        self._left = record_id
        if self.file is not None and self._over is None:
            self._left = None
            self.view.focus_record(record_id)

    def write_day(self, diversion: Diversion) -> None:
        """Open a diversion at the log of its days, with a new line begun there."""
        self.edit(diversion)
        if self.editing is not None:
            self.editing.editor.begin_line("log")

    def refresh(self) -> None:
        """Ask for the case again, as after a change elsewhere; an open editor stays as it is."""
        if self.history is not None:
            self.history.refresh()
        self._load(log=False)

    @property
    def preview(self) -> Preview | None:
        """The paper being previewed, None while there is none."""
        return self._over if isinstance(self._over, Preview) else None

    @property
    def history(self) -> CaseHistoryView | None:
        """The history of the case, None while it is not shown."""
        return self._over if isinstance(self._over, CaseHistoryView) else None

    def state(self) -> dict[str, Any]:
        """Return what is being written or previewed here, so that a page built anew can go on with it."""
        previewed = self.papers.state() if self.preview is not None else None
        told: dict[str, Any] = {} if self.history is None else {"history": self.history.changes_only}
        if isinstance(self._over, CaseForms):
            told = {"forms": form.name if (form := self._over.forms.form) is not None else None}
        return super().state() | told | ({} if previewed is None else {"paper": previewed})

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        if "paper" in state:
            self._paper = state["paper"]
            self._preview_again()
        if "forms" in state:
            self._forms = state["forms"], True
            self._preview_again()
        if "history" in state:
            self.show_case_history(changes_only=state["history"])
        if "key" in state:
            self.open_draft(state["key"], state["plain"])

    def open_draft(self, key: str, plain: dict[str, Any] | None = None) -> None:
        """Open the editor a draft belongs to, once the case is there; with answers given, take them over."""
        if self.file is None:
            self._waiting = (key, plain)
            return
        table, _, identity = key.partition("/")
        record = next((record for record in self._all_records() if key_of(record) == key), None)
        if record is not None:
            self.edit(record, plain)
        elif table == Offence.__tablename__:
            self._write(self._new(Offence, UUID(identity)), plain)
        else:
            kind = next((kind for kind in KINDS if kind.record.__tablename__ == table), None)
            if kind is not None:
                self.begin(kind, identity=UUID(identity), plain=plain)

    def begin(
        self, kind: RecordKind | None, *, identity: UUID | None = None, plain: dict[str, Any] | None = None
    ) -> None:  # fmt: skip
        """Begin a new record of a kind, or a new offence for None."""
        if kind is None:
            self._write(self._new(Offence))
        elif kind.record is SocialInquiry:
            self._begin_report(None, identity, plain)
        elif not self.beside.begin(kind, identity, plain):
            new = self._new(kind.record, identity)
            if not self.beside.write(new, plain):
                self._write(new, plain)

    def _new(self, kind: type[CaseRecord], identity: UUID | None = None) -> CaseRecord:
        return kind(case_id=self.case_id, id=identity or uuid4())

    def edit(self, record: Record, plain: dict[str, Any] | None = None) -> None:
        """Open the editor of a record; a frozen one can be read, and its last section written."""
        open_fields = type(record).open_after_submission if is_frozen(record) else None  # type: ignore[attr-defined]
        if not self.beside.write(record, plain):
            self._write(record, plain, open_fields=open_fields)

    def look(self, remark: Remark) -> None:
        """Go to where a remark can be mended: the question it names, or the page of the child."""
        assert self.file is not None  # noqa: S101
        if remark.record_id == self.file.child.id:
            self._to_child()
        record = next((record for record in self._all_records() if record.id == remark.record_id), None)
        if record is None:
            return
        self.edit(record)
        editor = self.editing.editor if self.editing else None
        if editor is not None and remark.field is not None and editor.is_asked(remark.field):
            editor.focus_field(remark.field)

    def show_history(self, record: Record) -> None:
        """Show what became of a record."""
        show_history(self._office, self._tasks, record, record_said(record, words()), self, self._on_told)

    def show_case_history(self, *, changes_only: bool = False) -> None:
        """Show every line of the history of the case, in place of the overview."""
        view = CaseHistoryView(
            self._office, self._tasks, self.case_id, lambda: self.file, self._on_told, changes_only=changes_only
        )
        view.closed.connect(self._back)
        self.show_over(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _preview_again(self) -> None:
        if self._paper is not None and self.file is not None:
            paper, self._paper = self._paper, None
            self.papers.restore(paper)
        marked, listed = self._forms
        if listed and self.file is not None:
            self._forms = None, False
            self.papers.show_all(marked)

    def _on_given(self, changes: Changes) -> None:
        """Show who carries the case now, unless it can be opened no more: then the desk leaves this page."""
        if self.case_id not in changes.gone:
            self.refresh()
        self.changed.emit(changes)
        self._offer_undo(changes, GIVEN, Case.title)

    def mend(self, record_id: UUID, field: str | None) -> None:
        """Open the question to mend, once the case is there."""
        self._to_mend = Remark("", record_id, field)
        self._mend()

    def _mend(self) -> None:
        if self._to_mend is not None and self.file is not None:
            remark, self._to_mend = self._to_mend, None
            self.look(remark)

    def ask_to_remove(self, record: CaseRecord) -> None:
        """Ask why an offence or record is removed, and remove it."""
        title = tr(REMOVE_WHAT, what=record_said(record, words()))
        dialog = ReasonDialog(title, (), WHY, REMOVE_IT, self)
        keep_reason(dialog, self._office, self._tasks, f"remove/{record.id}", record.case_id)
        dialog.given.connect(partial(self._remove, record))
        dialog.open()

    def _remove(self, record: CaseRecord, why: str) -> None:
        office, title = self._office, type(record).title

        def show(changes: Changes) -> None:
            self._left = record.id  # the keyboard does not stay on a button that goes
            self._on_changed(changes)
            self._offer_undo(changes, REMOVED, title)

        self._tasks.run(lambda: casework.remove_record(office, record, why), show)

    def _load(self, *, log: bool) -> None:
        office, case_id = self._office, self.case_id
        self._tasks.run(lambda: _load(office, case_id, log=log), self._on_loaded)

    def _on_loaded(self, loaded: Loaded) -> None:
        self.file = loaded.file
        self.view.show_file(loaded.file, loaded.limits)
        self.notices.show_drafts(loaded.drafts)
        if self._left is not None:
            left, self._left = self._left, None
            if (at := QApplication.focusWidget()) is None or self.isAncestorOf(at):
                self.view.focus_record(left)
        self.loaded.emit()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.open_draft(*waiting)
        self._preview_again()
        self._mend()
        self.stand_again()

    def _actions_of(self, record: Record) -> tuple[Action, ...]:
        first = Action(OPEN if is_frozen(record) else EDIT, partial(self.edit, record))
        past = Action(HISTORY, partial(self.show_history, record), seldom=True)
        if isinstance(record, Case):
            return (first, past, self.going.action())
        if not isinstance(record, CaseRecord):
            return (first, past)
        remove = Action(REMOVE, partial(self.ask_to_remove, record), seldom=True)
        removes = () if is_frozen(record) else (remove,)
        day = (Action(WRITE_DAY, partial(self.write_day, record)),) if isinstance(record, Diversion) else ()
        own = (*day, *self.reports.actions_of(record), *self.beside.actions_of(record))
        return (first, *self.papers.actions_of(record), *own, past, *removes)

    def _begin_report(
        self, from_report: UUID | None, identity: UUID | None = None, plain: dict[str, Any] | None = None
    ) -> None:  # fmt: skip
        office, case_id = self._office, self.case_id

        def show(report: SocialInquiry) -> None:
            self._write(dataclasses.replace(report, id=identity) if identity else report, plain)

        self._tasks.run(lambda: reports.new_report(office, case_id, from_report), show)

    def _write(self, record: Record, plain: dict[str, Any] | None = None, *, open_fields: Any = None) -> None:
        assert self.file is not None  # noqa: S101
        page = RecordPage(
            self._office, self._tasks, record, self._saver(record), key=key_of(record), case_id=self.case_id,
            title=f"{tr(type(record).title)} · {self.file.case.number}", open_fields=open_fields,
            asks_why=record.version > 0 and not isinstance(record, SocialInquiry), parent=self.stack,
        )  # fmt: skip
        if isinstance(record, SocialInquiry) and (said := self.reports.addenda_said(record, self.file)):
            page.show_note(said)
        page.saved.connect(partial(self._on_saved, type(record).title))
        page.closed.connect(self._back)
        self.write_over(page, plain)

    def _saver(self, record: Record) -> Callable[[Any, str | None], Changes]:
        office = self._office
        if isinstance(record, Case):
            return lambda case, why: casework.save_case(office, case, why)
        if is_frozen(record):
            names = SocialInquiry.open_after_submission
            return lambda report, _: reports.save_handover(
                office, report.id, {name: getattr(report, name) for name in names}, report.version
            )
        return lambda written, why: casework.save_record(office, written, why)

    def _do(self, work: Callable[[], Changes]) -> None:
        self._tasks.run(work, self._on_changed)

    def _on_saved(self, title: str, changes: Changes) -> None:
        self._leave_over()
        self._on_changed(changes)
        self._offer_undo(changes, SAVED, title)

    def _on_told(self, title: str, changes: Changes) -> None:
        """Show what a dialog has saved."""
        self._on_changed(changes)
        self._offer_undo(changes, SAVED, title)

    def _on_changed(self, changes: Changes) -> None:
        self.refresh()
        self.changed.emit(changes)

    def _offer_undo(self, changes: Changes, message: str, title: str) -> None:
        self.kept.emit(Kept(changes, message, title))

    def _show_page(self, page: Any) -> None:
        """Show a page of what stands beside the stages, until it is closed."""
        page.closed.connect(self._back)
        if isinstance(page, RecordPage):
            page.saved.connect(partial(self._on_saved, type(page.base).title))
        self.show_over(page)

    def _back(self) -> None:
        self._leave_over()
        self.refresh()

    def drop_reading(self) -> None:
        """Show the overview from its head, also where a paper, the list of them or the history stands in its place."""
        if self._over is not None and not self.is_writing:
            self._back()
        self.view.verticalScrollBar().setValue(0)

    def _leave_over(self) -> None:
        """Show the overview again as it was."""
        if self.editing is not None:
            self._left = self.editing.base.id
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)  # else the keyboard would go to the rail
        self.stack.setCurrentWidget(self.overview)
        self.drop_over()

    def _all_records(self) -> tuple[Record, ...]:
        assert self.file is not None  # noqa: S101
        return (self.file.case, *self.file.offences, *self.file.records)

    def _to_child(self) -> None:
        assert self.file is not None  # noqa: S101
        self.child_asked.emit(self.file.child.id)


def key_of(record: Record) -> str:
    """Return the key under which a draft of this record is kept."""
    return f"{record.__tablename__}/{record.id}"


def _load(office: Office, case_id: UUID, *, log: bool) -> Loaded:
    place_name("01", "en")  # the list of places and the Khmer words are read here, so that the window never waits
    with_breaks("ខ្មែរ")
    file = case_files.case_file(office, case_id, log=log)
    limits = {limit.key: limit for limit in settings.limits(office)}
    kept = [row for row in drafts.drafts(office) if row.case_id == case_id]
    return Loaded(file, limits, kept)
