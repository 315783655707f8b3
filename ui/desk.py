"""The open office: the rail, the bar at the top, and the pages, of which one is seen."""

from collections.abc import Collection, Iterator
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
from casemgr.services.changes import Changes
from casemgr.services.drafts import DraftRow
from casemgr.services.office import Office
from casemgr.trouble import NotAllowed, Refusal, Trouble
from ui.desk_pages import PageMaker, Place
from ui.going_round import go_round
from ui.locking import end_work_of
from ui.pages.draft_notices import NEW_ARREST_KEY, NEW_CASE_KEY
from ui.pages.page import Page
from ui.pages.top_bar import TopBar
from ui.parts.card import text_label
from ui.parts.keyboard import scroll_after_keyboard, tab_as_it_stands
from ui.parts.rail import Rail
from ui.parts.roles import CODES_ONLY, NO_CASES, only_codes, opens
from ui.parts.search_box import Found
from ui.parts.slices import Slices
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
WRITING = frozenset({"key", "plain", "call"})
"""What stands in the state of a page in which something is being written."""
SHEET_KEYS = "Ctrl+/"
MOST_HISTORY = 30
NARROW_BELOW = 1120


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
        self.office, self._tasks, self._maker = office, tasks, PageMaker(self, tasks, upkeep)
        scroll_after_keyboard()
        self.pages: dict[Place, Page] = {}
        self._later: dict[Place, dict[str, Any]] = {}  # what lists show that are to be built again
        self._slices = Slices(self)
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
            if (shown := self._later.pop(place, None)) is not None:
                page.restore_state(shown)
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
        from ui.parts.key_sheet import KeySheet  # noqa: PLC0415  (loaded when it is wanted)

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
        """Go on with unfinished typing, wherever it belongs; not where the worker goes elsewhere before it is read."""
        self.flush()  # it may be open, and typed on since it was kept
        office, key, asked_at = self.office, row.key, self.place

        def show(plain: dict[str, Any] | None) -> None:
            if self.place == asked_at:
                self.go_on_with(row, plain or {})

        self._tasks.run(lambda: drafts.draft(office, key), show)

    def state(self) -> dict[str, Any]:
        """Return where the worker is and what is typed, so that a desk built anew can go on with it."""
        typed = {place: page.state() for place, page in self.pages.items()}
        here = self.place
        standing = self.pages[here].standing() if here is not None else None
        return {
            "place": here, "standing": standing, "history": self.history, "search": self.search.text(),
            "pages": {place: state for place, state in typed.items() if state} | self._later,
            "kept": self.undo_bar.kept,
        }  # fmt: skip

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned; with an empty one begin with Today.

        Lists that are not seen, and in which nothing is written, are built again when there is time or they are wanted.
        """
        for place, typed in state.get("pages", {}).items():
            if place[0] in PLACES and not WRITING & typed.keys():
                self._later[place] = typed
            else:
                self.page(place).restore_state(typed)
        self.history = state.get("history", [])
        self.go(state.get("place") or (self._first, None), remember=False)
        self.search.setText(state.get("search", ""))
        if (kept := state.get("kept")) is not None:
            self.undo_bar.offer(kept)
        self.stand(state.get("standing"))
        self._slices.begin(self._lists_of_before())

    def _lists_of_before(self) -> Iterator[Page]:
        while self._later:
            yield self.page(next(iter(self._later)))

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
        return self._joined(self._maker.make(place))

    def _joined(self, page: Page) -> Page:
        """Listen to a page; return it."""
        page.changed.connect(lambda changes: self._on_changed(changes, page))
        page.kept.connect(self.undo_bar.offer)
        page.writing.connect(lambda on: self.undo_bar.set_aside(aside=on))
        page.child_asked.connect(lambda child_id: self.go(("child", child_id)))
        page.contact_asked.connect(self.open_contact)
        page.case_asked.connect(self.open_case)
        return page

    def end(self) -> None:
        """Forget what is typed: the office it would be kept in is no more."""
        self.pages = {}
        self.lock_asked.emit()

    def show_new_case(self, case_id: UUID) -> None:
        """Show the case that an arrest was written down for, in place of that page."""
        self._drop(("arrest", None))
        self.go(("case", case_id))

    def go_on_with(self, row: DraftRow, plain: dict[str, Any]) -> None:
        """Open the editor a draft belongs to, with its answers."""
        table, _, identity = row.key.partition("/")
        if table == NEW_ARREST_KEY:
            self._drop(("arrest", None))
            page = self._joined(self._maker.arrest(row.key))
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
        from casemgr.services import history  # noqa: PLC0415  (loaded when it is wanted)

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
        if changes.gone:
            self._forget_gone(changes.gone)
        for place, page in list(self.pages.items()):
            its_child = place[0] == "child" and place[1] in changes.children
            its_case = place[0] == "case" and (place[1] in changes.cases or "limits" in changes.parts)
            if page is not by and (its_child or its_case):
                page.refresh()

    def _forget_gone(self, gone: Collection[UUID]) -> None:
        """Let the pages of children and cases go that can be opened no more, with what is typed there, and the ways."""
        here = self.place
        for place in [place for place in self.pages if place[1] in gone]:
            self._forget(place)
        self.history = [place for place in self.history if place[1] not in gone]
        if here is not None and here[1] in gone:
            self.leave(here)

    def leave(self, place: Place) -> None:
        """Let a page go that is over and done with, and return to where the worker was before."""
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
