"""The open office: the rail, the bar at the top, and the pages, of which one is seen."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_
from casemgr.records.contact import Contact
from casemgr.services import drafts
from casemgr.services.changes import GONE, Changes
from casemgr.services.drafts import DraftRow
from casemgr.services.office import Office
from casemgr.trouble import NotAllowed, Refusal, Trouble
from ui.going_round import go_round
from ui.locking import end_work_of
from ui.pages.draft_notices import NEW_ARREST_KEY, NEW_CASE_KEY
from ui.pages.page import Page
from ui.pages.today import TodayPage
from ui.pages.top_bar import TopBar
from ui.parts.card import text_label
from ui.parts.keyboard import scroll_after_keyboard, tab_as_it_stands
from ui.parts.rail import Rail
from ui.parts.roles import CODES_ONLY, NO_CASES, only_codes, opens
from ui.parts.search_box import Found
from ui.parts.undo_bar import KEYS as UNDO_KEYS
from ui.parts.undo_bar import UNDONE, UndoBar
from ui.tasks import Tasks
from ui.upkeep import Upkeep
from ui.words import tr, words

if TYPE_CHECKING:
    from casemgr.services.quality import GapRow

PLACES = {
    "today": N_("Today"), "where": N_("Who is where"), "children": N_("Children"), "cases": N_("Cases"),
    "follow-ups": N_("Follow-ups"), "reports": N_("Reports"), "forms": N_("Blank forms"),
    "directory": N_("Directory"), "settings": N_("Settings"),
}  # fmt: skip
LISTS = ("children", "cases", "directory")
SHEET_KEYS = "Ctrl+/"
MOST_HISTORY = 30
NARROW_BELOW = 1120

Place = tuple[str, UUID | None]
"""A page and, for a child or a case, whose."""


class Desk(QWidget):
    """Goes from page to page; pages once opened stay as they were left, and with them what is typed there."""

    ready = Signal()
    """The first page was read."""
    lock_asked = Signal()
    language_asked = Signal(str)
    words_changed = Signal()
    written = Signal()
    """Something was saved."""
    return_asked = Signal()
    watch_changed = Signal()
    """The office wants the window to lock after another number of minutes."""

    def __init__(self, office: Office, tasks: Tasks, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        """Show Today, unless restore_state leads elsewhere."""
        super().__init__(parent)
        self.office, self._tasks, self._upkeep = office, tasks, upkeep
        scroll_after_keyboard()
        self.pages: dict[Place, Page] = {}
        self.history: list[Place] = []
        self.stack = QStackedWidget()
        kept, language = office.settings, words().language
        name = (kept.name_km if language == "km" else kept.name_en) or kept.name_km or kept.name_en or ""
        who = (office.staff.name if language == "km" else office.staff.name_latin) or office.staff.name or ""
        places = {place: label for place, label in PLACES.items() if opens(office, place)}
        self._first = next(iter(places))
        self.rail = Rail(name, who, places, self)
        self.rail.chosen.connect(lambda place: self.go((place, None)))
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top())
        if not office.knows_names:
            said = text_label(tr(CODES_ONLY if only_codes(office) else NO_CASES), "notice")
            said.setContentsMargins(24, 6, 24, 6)
            right.addWidget(said)
        right.addWidget(self.stack, 1)
        self.undo_bar = UndoBar(self)
        self.undo_bar.undo_asked.connect(self._undo)
        self.undo_bar.left.connect(self._to_page)
        right.addWidget(self.undo_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        for keys, act in (
            ("Ctrl+F", self.search.setFocus),  # where it is hidden, the keyboard stays
            ("Ctrl+N", self.new_arrest),
            ("Ctrl+L", self.lock_asked.emit),
            ("Alt+Left", self.go_back),
            ("F6", lambda: go_round(self, 1)),
            ("Shift+F6", lambda: go_round(self, -1)),
            (SHEET_KEYS, self.show_keys),
            (UNDO_KEYS, self._on_undo_keys),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def place(self) -> Place | None:
        """Where the worker is."""
        current = self.stack.currentWidget()
        return next((place for place, page in self.pages.items() if page is current), None)

    def page(self, place: Place) -> Page:
        """Return the page of a place, built when first asked for."""
        if place not in self.pages:
            if place[0] in ("child", "case"):
                self._drop_others(place[0])
            page = self._build(place)
            self.pages[place] = page
            self.stack.addWidget(page)
            if place[0] == self._first != "today":
                page.loaded.connect(self.ready)
        return self.pages[place]

    def go(self, place: Place, *, remember: bool = True) -> Page:
        """Show a page; return it. Where it is none for the worker's roles, say so and stay."""
        here = self.place
        if not opens(self.office, place[0]):
            if here is not None:
                self._tasks.failed.emit(NotAllowed(CODES_ONLY if only_codes(self.office) else NO_CASES))
                return self.pages[here]
            place = (self._first, None)
        if remember and here is not None and here != place:
            self.history = [*self.history[-MOST_HISTORY:], here]
        if self.undo_bar.kept is None:  # what became of an undoing has been read by now
            self.undo_bar.clear()
        known = place in self.pages
        page = self.page(place)
        self.stack.setCurrentWidget(page)
        self.undo_bar.set_aside(aside=page.is_writing)
        self.rail.show_place(place[0])
        self.back_button.setEnabled(bool(self.history))
        if known and (place[0] in PLACES or place[0] == "quality"):
            page.refresh()
        elif place[0] in LISTS:  # their buttons are made when they are needed, in whatever order
            QTimer.singleShot(0, page, lambda: tab_as_it_stands(page))
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def go_back(self) -> None:
        """Return to where the worker was before."""
        while self.history:
            place = self.history.pop()
            if place in self.pages or place[0] != "arrest":
                self.go(place, remember=False)
                return

    def show_keys(self) -> None:
        """Show all keys of the program."""
        from ui.parts.key_sheet import KeySheet  # noqa: PLC0415  (as in _pages)

        KeySheet(self).open()

    def new_arrest(self) -> None:
        """Open the page that takes down an arrest; one that is being written stays open."""
        if not opens(self.office, "arrest"):
            return
        page = self.go(("arrest", None))
        cast("Any", page).child.focus_first()

    def open_case(self, case_id: UUID) -> None:
        """Show a case that was chosen somewhere; a paper of it that was left open is no longer what is wanted."""
        self.go(("case", case_id)).drop_reading()

    def open_contact(self, contact_id: UUID) -> None:
        """Show a contact in the directory."""
        cast("Any", self.go(("directory", None))).open_contact(contact_id)

    def mend(self, row: "GapRow") -> None:
        """Open the question that a line of what is to be mended names."""
        if row.case_id is not None:
            self.mend_case(row.case_id, row.record_id, row.field)
        else:
            cast("Any", self.go(("child", row.child_id))).mend(row.field)

    def mend_case(self, case_id: UUID, record_id: UUID, field: str | None) -> None:
        """Open a question of a record of a case."""
        cast("Any", self.go(("case", case_id))).mend(record_id, field)

    def open_draft(self, row: DraftRow) -> None:
        """Go on with unfinished typing, wherever it belongs."""
        self.flush()  # it may be open, and typed on since it was kept
        office, key = self.office, row.key
        self._tasks.run(lambda: drafts.draft(office, key), lambda plain: self.go_on_with(row, plain or {}))

    def state(self) -> dict[str, Any]:
        """Return where the worker is and what is typed, so that a desk built anew can go on with it."""
        typed = {place: page.state() for place, page in self.pages.items()}
        here = self.place
        standing = self.pages[here].standing() if here is not None else None
        return {
            "place": here, "standing": standing, "history": self.history, "search": self.search.text(),
            "pages": {place: state for place, state in typed.items() if state}, "kept": self.undo_bar.kept,
        }  # fmt: skip

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned; with an empty one begin with Today."""
        for place, typed in state.get("pages", {}).items():
            self.page(place).restore_state(typed)
        self.history = state.get("history", [])
        self.go(state.get("place") or (self._first, None), remember=False)
        self.search.setText(state.get("search", ""))
        if (kept := state.get("kept")) is not None:
            self.undo_bar.offer(kept)
        self.stand(state.get("standing"))

    def stand(self, standing: Any) -> None:
        """Put the keyboard where the page that is seen was told to have it; nothing for None."""
        if standing is not None and self.place is not None:
            self.pages[self.place].stand(standing)

    def flush(self) -> None:
        """Keep all unfinished typing as drafts at once."""
        for page in self.pages.values():
            page.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the rail out where the window is narrow, as on a small screen at 150 %."""
        super().resizeEvent(event)
        self.rail.set_narrow(narrow=self.width() < NARROW_BELOW)

    def _top(self) -> TopBar:
        top = self.top = TopBar(self.office, self._tasks)
        self.back_button, self.search, self.arrest_button = top.back_button, top.search, top.arrest_button
        self.languages, self.lock_button = top.languages, top.lock_button
        self.back_button.clicked.connect(self.go_back)
        self.search.opened.connect(self._on_found)
        self.arrest_button.clicked.connect(self.new_arrest)
        self.languages.chosen.connect(self.language_asked)
        self.lock_button.clicked.connect(self.lock_asked)
        return top

    def _build(self, place: Place) -> Page:
        return self._joined(self._pages(place))

    def _joined(self, page: Page) -> Page:
        """Listen to a page; return it."""
        page.changed.connect(lambda changes: self._on_changed(changes, page))
        page.kept.connect(self.undo_bar.offer)
        page.writing.connect(lambda on: self.undo_bar.set_aside(aside=on))
        page.child_asked.connect(lambda child_id: self.go(("child", child_id)))
        page.contact_asked.connect(self.open_contact)
        page.case_asked.connect(self.open_case)
        return page

    def _pages(self, place: Place) -> Page:
        # Pages other than Today are loaded when first wanted, so that the office is usable sooner.
        kind, identity = place
        match kind:
            case "today":
                return self._today()
            case "where":
                from ui.pages.who_is_where import WhoIsWherePage  # noqa: PLC0415

                return WhoIsWherePage(self.office, self._tasks)
            case "children":
                return self._children()
            case "cases" | "quality":
                return self._cases() if kind == "cases" else self._quality()
            case "reports":
                from ui.pages.reports import ReportsPage  # noqa: PLC0415

                return ReportsPage(self.office, self._tasks)
            case "follow-ups":
                from ui.pages.follow_ups import FollowUpsPage  # noqa: PLC0415

                return FollowUpsPage(self.office, self._tasks)
            case "forms":
                from ui.pages.forms import FormsPage  # noqa: PLC0415

                return FormsPage(self.office, self._tasks)
            case "directory":
                from ui.pages.directory import DirectoryPage  # noqa: PLC0415

                return DirectoryPage(self.office, self._tasks)
            case "settings":
                from ui.pages.settings import SettingsPage  # noqa: PLC0415

                page = SettingsPage(self.office, self._tasks, self._upkeep)
                page.return_asked.connect(self.return_asked)
                page.words_changed.connect(self.words_changed)
                page.ended.connect(self._on_ended)
                page.watch_changed.connect(self.watch_changed)
                return page
            case "child":
                from ui.pages.child import ChildPage  # noqa: PLC0415

                child = ChildPage(self.office, self._tasks, identity)
                child.closed.connect(lambda: self._leave(place))
                return child
            case "case":
                from ui.pages.case import CasePage  # noqa: PLC0415

                assert identity is not None  # noqa: S101
                return cast("Page", CasePage(self.office, self._tasks, identity))
            case _:
                return self._arrest()

    def _cases(self) -> Page:
        from ui.pages.cases import CasesPage  # noqa: PLC0415  (as in _pages)

        cases = CasesPage(self.office, self._tasks)
        cases.opened.connect(lambda case_id: self.go(("case", case_id)))
        cases.quality_asked.connect(lambda: self.go(("quality", None)))
        return cases

    def _quality(self) -> Page:
        from ui.pages.quality import QualityPage  # noqa: PLC0415  (as in _pages)

        quality = QualityPage(self.office, self._tasks)
        quality.mend_asked.connect(self.mend)
        return quality

    def _on_ended(self) -> None:
        """Forget what is typed: the office it would be kept in is no more."""
        self.pages = {}
        self.lock_asked.emit()

    def _children(self) -> Page:
        from ui.pages.children import ChildrenPage  # noqa: PLC0415  (as in _pages)

        children = ChildrenPage(self.office, self._tasks)
        children.opened.connect(lambda child_id: self.go(("child", child_id)))
        children.new_asked.connect(lambda: self.go(("child", None)))
        return children

    def _today(self) -> TodayPage:
        today = TodayPage(self.office, self._tasks, self._upkeep)
        today.care.settings_asked.connect(lambda: self.go(("settings", None)))
        today.draft_asked.connect(self.open_draft)
        today.arrest_asked.connect(self.new_arrest)
        today.clock_opened.connect(lambda row: cast("Any", self.page(("case", row.case_id))).point_to(row.record_id))
        today.mend_asked.connect(self.mend_case)
        today.loaded.connect(self.ready)
        if self._tasks.inline:
            self.ready.emit()
        return today

    def _arrest(self, key: str | None = None) -> Page:
        from ui.pages.arrest import ArrestPage  # noqa: PLC0415  (as in _pages)

        arrest = ArrestPage(self.office, self._tasks, key)
        arrest.closed.connect(lambda: self._leave(("arrest", None)))
        arrest.saved.connect(self._on_arrest_saved)
        return arrest

    def _on_arrest_saved(self, case_id: UUID) -> None:
        self._drop(("arrest", None))
        self.go(("case", case_id))

    def go_on_with(self, row: DraftRow, plain: dict[str, Any]) -> None:
        """Open the editor a draft belongs to, with its answers."""
        table, _, identity = row.key.partition("/")
        if table == NEW_ARREST_KEY:
            self._drop(("arrest", None))
            page = self._joined(self._arrest(row.key))
            self.pages[("arrest", None)] = page
            self.stack.addWidget(page)
            self.go(("arrest", None)).restore_state(plain)
        elif row.case_id is not None:
            cast("Any", self.go(("case", row.case_id))).open_draft(row.key, plain)
        elif table in ("child", NEW_CASE_KEY):
            self._go_on_child(table, UUID(identity), row.key, plain)
        elif table == Contact.__tablename__:
            cast("Any", self.go(("directory", None))).open_draft(row.key, plain)
        else:
            self.go(("settings", None)).restore_state({"key": row.key, "plain": plain})

    def _go_on_child(self, table: str, child_id: UUID, key: str, plain: dict[str, Any]) -> None:
        """A draft of a child is of one that is known, or of one that was never saved."""
        from casemgr.services.case_files import child_exists  # noqa: PLC0415

        office = self.office

        def show(exists: bool) -> None:
            place: Place = ("child", child_id if exists or table == NEW_CASE_KEY else None)
            cast("Any", self.go(place)).open_draft(key, plain)

        self._tasks.run(lambda: child_exists(office, child_id), show)

    def _on_found(self, found: Found) -> None:
        if found.kind == "case":
            self.open_case(found.id)
        else:
            self.go((found.kind, found.id))

    def _on_undo_keys(self) -> None:
        """Undo the last save, unless the keys mean the typing: in a text, or wherever something is being written."""
        here, at = self.place, QApplication.focusWidget()
        writing = here is not None and self.pages[here].is_writing
        if not writing and not isinstance(at, QLineEdit | QPlainTextEdit):
            self.undo_bar.undo()

    def _undo(self, changes: Changes) -> None:
        from casemgr.services import history  # noqa: PLC0415  (as in _pages)

        office, lines = self.office, changes.lines or ()
        self._tasks.run(lambda: history.undo(office, lines), self._on_undone, self._on_not_undone)

    def _on_undone(self, changes: Changes) -> None:
        self._on_changed(changes, None)
        here = self.place
        if here is not None and here[0] in PLACES:
            self.pages[here].refresh()
        self.undo_bar.tell(tr(UNDONE))

    def _on_not_undone(self, error: Exception) -> None:
        if isinstance(error, Refusal | Trouble):
            self.undo_bar.tell(error.say(words()))
        else:
            self.undo_bar.clear()
            self._tasks.failed.emit(error)

    def _to_page(self) -> None:
        if (page := self.stack.currentWidget()) is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, changes: Changes | None, by: Page | None) -> None:
        """Let the pages that show what changed ask for it again; the lists ask when they are next shown."""
        self.undo_bar.clear()
        if changes is not None:
            self.written.emit()
        if (
            by is not None
            and (page := self.pages.get(("child", None))) is by
            and (child_id := cast("Any", page).child_id)
        ):
            self.pages["child", child_id] = self.pages.pop(("child", None))
        if changes is None:
            return
        if GONE in changes.parts:
            self._forget_gone({*changes.children, *changes.cases})
        for place, page in list(self.pages.items()):
            its_child = place[0] == "child" and place[1] in changes.children
            its_case = place[0] == "case" and (place[1] in changes.cases or "limits" in changes.parts)
            if page is not by and (its_child or its_case):
                page.refresh()

    def _forget_gone(self, gone: set[UUID]) -> None:
        """Let the pages of children and cases go that were erased, with what is typed there and the ways back."""
        for place in [place for place in self.pages if place[1] in gone]:
            self._forget(place)
        self.history = [place for place in self.history if place[1] not in gone]

    def _leave(self, place: Place) -> None:
        self._drop(place)
        if self.history:
            self.go_back()
        else:
            self.go((self._first, None), remember=False)

    def _drop_others(self, kind: str) -> None:
        """Of child and case pages only the newest stays; what is typed in the others becomes a draft."""
        for place in [place for place in self.pages if place[0] == kind]:
            self._drop(place)

    def _drop(self, place: Place) -> None:
        if place in self.pages:
            self.pages[place].flush()
            self._forget(place)

    def _forget(self, place: Place) -> None:
        """Let a page go with what is typed there."""
        page = self.pages.pop(place)
        end_work_of(page)
        self.stack.removeWidget(page)
        page.deleteLater()
