"""The call at nine in the evening: who, what for, when and where, in one page, saved in one go."""

from contextlib import suppress
from typing import Any, cast
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.case import Case, Offence, ProcessStage
from casemgr.records.child import Child, Guardian
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.plain import row_from_plain
from casemgr.services import case_files, casework, drafts, same_child
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.same_child import Candidate
from casemgr.trouble import NotKept, Refusal, Trouble
from ui.editors.drafts import PAUSE, keep, saving
from ui.editors.reading import Unreadable, read_phone
from ui.editors.record_editor import AT_ONCE, RecordEditor
from ui.editors.record_page import MISSING_KEYS, NOT_UNDERSTOOD
from ui.editors.standing import Standing
from ui.pages.draft_notices import NEW_ARREST_KEY
from ui.pages.page import Page, page_head
from ui.pages.same_child_notice import SameChildNotice, candidate_said
from ui.parts.card import Card, text_label
from ui.parts.lines import Lines
from ui.parts.scrolling import scroll_far
from ui.parts.search_box import Found, SearchBox
from ui.parts.spoken import announce
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("New arrest")
SAID = N_("Write what the caller knows. Everything else can follow; what is missing is listed in the case.")
WHO, WHAT_FOR, WHEN = N_("Who?"), N_("What for?"), N_("When and where?")
NEW_CHILD, KNOWN_CHILD = N_("New child"), N_("Child already known")
FIND = N_("Find the child by any part of a name, or by the code")
CHOSEN = N_("Chosen: {name}")
NOBODY = N_("No child is chosen yet. Search above, or choose “New child”.")
GUARDIAN, GUARDIAN_PHONE = N_("Parent or guardian"), N_("Telephone of the parent or guardian")
SAVE, LATER = N_("Save and open the case"), N_("Finish later")
NO_NAME = N_("Write at least one name of the child, or a nickname.")
IT_IS, LOOK_TWICE = N_("It is this child"), N_("Look whether it is one of these children. Save again if it is not.")
CHILD_FIELDS = (
    "family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "nickname", "sex", "born",
)  # fmt: skip
OFFENCE_FIELDS = ("category", "offence_class", "committed_on")
ARREST_FIELDS = (
    "arrested_at", "place_code", "place_text", "arresting_unit", "arrived_at", "police_unit", "officer_phone",
)  # fmt: skip
WIDEST = 980


class _LikelyError(Exception):
    """The child may be here already, and the worker has not seen who that is."""

    def __init__(self, candidates: list[Candidate]) -> None:
        super().__init__()
        self.candidates = candidates


class ArrestPage(Page):
    """Takes down a new arrest."""

    saved = Signal(object)
    """The identity of the new case."""
    closed = Signal()

    def __init__(self, office: Office, tasks: Tasks, key: str | None = None, parent: QWidget | None = None) -> None:
        """Ask for a new child. key: of the draft that is gone on with; the draft's answers come by restore_state."""
        super().__init__(parent)
        self.key = key or f"{NEW_ARREST_KEY}/{uuid4()}"  # with the case's identity, so that it is opened once only
        self._office, self._tasks = office, tasks
        self.known: Found | None = None
        self.child = _editor(Child, CHILD_FIELDS, Child(), AT_ONCE)
        # What stands further down is built while the worker already types above; Tab comes to its first question.
        self.offence = _editor(Offence, OFFENCE_FIELDS, Offence(), 1)
        self.arrest = _editor(Arrest, ARREST_FIELDS, Arrest(), 1)
        self.guardian = Lines()
        self.guardian.add("name", GUARDIAN)
        self.guardian.add("phone", GUARDIAN_PHONE)
        self._last: QWidget | None = None  # what had the keyboard last
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus)
        self._is_unkept = False  # whether the last draft could not be kept
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        for editor in (self.child, self.offence, self.arrest, self.guardian):
            editor.changed.connect(self._on_changed)
        for editor in (self.child, self.guardian):
            editor.changed.connect(self._on_child_changed)
        self.notice.chosen.connect(self._on_same)
        missing = tuple((keys, self.go_to_missing) for keys in MISSING_KEYS)
        for keys, act in (("Ctrl+S", self.save), ("Esc", self.leave), *missing):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.show_known(is_known=False)

    @property
    def is_writing(self) -> bool:
        """An arrest is always being written here."""
        return True

    @property
    def draft_key(self) -> str | None:
        """The key of the arrest's draft."""
        return self.key if self.state() else None

    def show_known(self, *, is_known: bool) -> None:
        """Ask for a known child, or for a new one."""
        (self.known_button if is_known else self.new_button).setChecked(True)
        self.search.setVisible(is_known)
        self.chosen.setVisible(is_known)
        self.new_part.setVisible(not is_known)

    def choose(self, found: Found) -> None:
        """Take a child that is already known."""
        self.known = found
        self.chosen.setText(wrapped(tr(CHOSEN, name=f"{found.name} · {found.about}")))
        self._on_changed()
        self.offence.focus_first()

    def save(self) -> None:
        """Save child, case, offence and arrest in one go; mark what cannot be saved."""
        if not self.save_button.isEnabled() or not self._check():
            return
        child: Child = self._child()
        case = Case(
            id=UUID(self.key.partition("/")[2]), child_id=child.id, stage=ProcessStage.POLICE_CUSTODY
        )  # fmt: skip
        offence, arrest = self.offence.record(), self.arrest.record()
        office = self._office
        offences = (offence,) if self.offence.is_changed else ()
        known = self.known.id if self.known_button.isChecked() and self.known else None
        self.setEnabled(False)  # what is typed while saving would not be in what is saved
        self._rest()
        seen = frozenset(self.notice.seen)

        def work() -> tuple[Changes, UUID]:
            if not known and (unseen := same_child.likely_unseen(office, child, seen)):
                raise _LikelyError(unseen)
            whom = case_files.child_file(office, known, log=False).child if known else child
            return casework.take_arrest(office, whom, case, offences, arrest), case.id

        save = saving(office, self._tasks, self.key, None, self.state(), work)
        self._tasks.run(save, self._on_saved, self._on_refused)

    def _rest(self) -> None:
        self._timer.stop()
        self._is_unkept = False

    def go_to_missing(self) -> None:
        """Go to the next required question that has no answer; where there is none any more, to the way out."""
        editors = [self.offence, self.arrest] if self.known_button.isChecked() else list(self._editors().values())
        at = QApplication.focusWidget()
        beyond_child = at is not None and self.guardian.isAncestorOf(at)  # it stands between the child and the offence
        here = 1 if beyond_child else next((n for n, each in enumerate(editors) if each.field_in_hand()), 0)
        rounds = [(each, None if n or beyond_child else each.field_in_hand()) for n, each in enumerate(editors[here:])]
        if not any(each.focus_missing(after) for each, after in (*rounds, *((each, None) for each in editors))):
            self.save_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Leave; what is typed stays as a draft that Today offers."""
        self.flush()
        self.closed.emit()

    def keep(self) -> None:
        """Keep what is typed as a draft; where nothing is, throw the draft away."""
        self._rest()
        office, key, state = self._office, self.key, self.state()

        def work() -> None:
            try:
                keep(office, key, None, state)
            except NotKept:
                self._is_unkept = True
                raise

        self._tasks.run(work if state else lambda: drafts.drop_draft(office, key))

    def standing(self) -> tuple[str, Standing] | None:
        """Return which part the keyboard is in, or was last, and where there."""
        if self._last is None:
            return None
        for name, edit in self.guardian.edits.items():
            if edit is self._last:
                return "guardian", Standing(name, 0, 0, edit.cursorPosition())
        part = next(name for name, editor in self._editors().items() if editor.isAncestorOf(self._last))
        found = self._editors()[part].standing()
        return None if found is None else (part, found)

    def stand(self, standing: tuple[str, Standing]) -> None:
        """Put the keyboard there."""
        part, where = standing
        if part == "guardian":
            edit = self.guardian.edits[where.field]
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.setCursorPosition(where.cursor)
        else:
            self._editors()[part].stand(where)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and any(part.isAncestorOf(now) for part in (*self._editors().values(), self.guardian)):
            self._last = now

    def flush(self) -> None:
        """Keep at once what waits to be kept, or could not be."""
        if self._timer.isActive() or self._is_unkept:
            self.keep()

    def state(self) -> dict[str, Any]:
        """Return what is typed, empty where nothing is."""
        parts = {name: editor.plain() for name, editor in self._editors().items() if editor.plain()}
        guardian = {name: text for name, text in self.guardian.plain().items() if text}
        state: dict[str, Any] = parts | ({"guardian": guardian} if guardian else {})
        if self.known is not None:
            state["known"] = [str(self.known.id), self.known.name, self.known.about]
        return state | {"is_known": self.known_button.isChecked(), "key": self.key} if state else {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Type again what state returned; the case stays the same."""
        self.key = state.get("key", self.key)
        for name, editor in self._editors().items():
            if name in state:
                editor.restore(state[name])
        self.guardian.restore(state.get("guardian", {}))
        if "known" in state:
            identity, name, about = state["known"]
            self.choose(Found("child", UUID(identity), name, about))
        self.show_known(is_known=bool(state.get("is_known")))

    def _editors(self) -> dict[str, RecordEditor]:
        return {"child": self.child, "offence": self.offence, "arrest": self.arrest}

    def _child(self) -> Child:
        child: Child = self.child.record()
        name, phone = self.guardian.typed("name").strip() or None, read_phone(self.guardian.typed("phone"))
        if name or phone:
            child.guardians = (row_from_plain(Guardian, {"name": name, "phone": phone}),)
        return child

    def _check(self) -> bool:
        editors = [self.offence, self.arrest] + ([self.child] if self.new_button.isChecked() else [])
        understood = [editor.check() for editor in editors]  # each marks its own
        try:
            read_phone(self.guardian.typed("phone"))
        except Unreadable as problem:
            understood.append(not self.guardian.mark(("phone",), tr(problem.message)))
        if not all(understood):
            return self._say(tr(NOT_UNDERSTOOD))
        if self.known_button.isChecked():
            return self.known is not None or self._say(tr(NOBODY))
        names = [getattr(self.child.record(), name) for name in CHILD_FIELDS[:5]]
        if not any(names):
            self.child.mark(("family_name_km",), NO_NAME)
            return self._say(tr(NO_NAME))
        return True

    def _say(self, text: str) -> bool:
        self.message.setText(wrapped(text))
        self.message.show()
        announce(self, text)
        return False

    def _on_saved(self, saved: tuple[Changes, UUID]) -> None:
        changes, case_id = saved
        self._rest()
        self.changed.emit(changes)
        self.saved.emit(case_id)

    def _on_likely(self, likely: list[Candidate]) -> None:
        """Show who the child may be before it is written down a second time; saving again goes on."""
        self.setEnabled(True)
        self.keep()
        self.notice.show_candidates(likely)
        self._say(tr(LOOK_TWICE))
        self.area.ensureWidgetVisible(self.notice)
        self.notice.lines[0].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_same(self, candidate: Candidate) -> None:
        """Take the child that is here already; what was typed of it stays in the draft, and is not saved."""
        name, about = candidate_said(candidate, words())
        self.show_known(is_known=True)
        self.choose(Found("child", candidate.child_id, name, about))

    def _on_child_changed(self) -> None:
        with suppress(Unreadable):  # a telephone number that is not typed to its end
            self.notice.look(self._child())

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, _LikelyError):
            self._on_likely(error.candidates)
            return
        self.setEnabled(True)
        if self._last is not None:
            self._last.setFocus()
        self.keep()
        if isinstance(error, Refusal | Trouble):
            for editor in self._editors().values():
                editor.mark(error.fields, error.message, **error.slots)
            self._say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _on_changed(self) -> None:
        self.message.hide()
        self._timer.start()

    def _build(self) -> None:
        body = QWidget()
        body.setMaximumWidth(WIDEST)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        head, _ = page_head(tr(TITLE))
        column.addLayout(head)
        column.addWidget(text_label(tr(SAID), "help"))
        column.addWidget(self._who())
        for title, editor in ((WHAT_FOR, self.offence), (WHEN, self.arrest)):
            card = Card(tr(title))
            card.add(editor)
            column.addWidget(card)
        column.addStretch()
        area = self.area = QScrollArea(self)
        scroll_far(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area, 1)
        outer.addLayout(self._exits())

    def _who(self) -> Card:
        card = Card(tr(WHO))
        self.new_button, self.known_button = QRadioButton(tr(NEW_CHILD)), QRadioButton(tr(KNOWN_CHILD))
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(24)
        for button in (self.new_button, self.known_button):
            group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        group.buttonClicked.connect(lambda _: self.show_known(is_known=self.known_button.isChecked()))
        card.column.addLayout(row)
        self.search = SearchBox(self._office, self._tasks, self, children_only=True)
        self.search.setPlaceholderText(tr(FIND))
        self.search.setAccessibleName(tr(FIND))
        self.search.opened.connect(self.choose)
        self.chosen: QLabel = text_label(tr(NOBODY), "answer-strong")
        self.new_part = QWidget()
        inner = QVBoxLayout(self.new_part)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(16)
        self.notice = SameChildNotice(self._office, self._tasks, IT_IS)
        inner.addWidget(self.child)
        inner.addWidget(self.guardian)
        inner.addWidget(self.notice)
        for widget in (self.search, self.chosen, self.new_part):
            card.add(widget)
        return card

    def _exits(self) -> QHBoxLayout:
        self.message: QLabel = text_label("", "problem")
        self.message.hide()
        self.leave_button, self.save_button = QPushButton(tr(LATER)), QPushButton(tr(SAVE))
        self.leave_button.setToolTip("Esc")
        self.save_button.setToolTip("Ctrl+S")
        self.save_button.setAccessibleDescription("Ctrl+S")
        self.leave_button.setAccessibleDescription("Esc")
        self.save_button.setProperty("role", "primary")
        self.leave_button.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 16)
        row.setSpacing(8)
        row.addWidget(self.message, 1)
        row.addStretch()
        row.addWidget(self.leave_button)
        row.addWidget(self.save_button)
        return row


def _editor(kind: type[Record], only: tuple[str, ...], record: Record, at_once: int) -> RecordEditor:
    editor = RecordEditor(kind, only=only, at_once=at_once)
    editor.set_record(record)
    return editor
