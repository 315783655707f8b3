"""The call at nine in the evening: who, what for, when and where, in one page, saved in one go."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, cast
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.case import Case, ProcessStage
from casemgr.records.child import Child, Guardian
from casemgr.records.plain import row_from_plain
from casemgr.services import at_a_call, case_files, casework, drafts, same_child
from casemgr.services.at_a_call import ClockAhead
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.same_child import Candidate
from casemgr.trouble import NotKept, Refusal, Trouble
from ui.editors.drafts import PAUSE, keep, saving
from ui.editors.reading import Unreadable, read_phone
from ui.editors.record_page import MISSING_KEYS, NOT_UNDERSTOOD
from ui.editors.standing import Standing
from ui.pages.arrest_form import NAMES, NOBODY, ArrestForm
from ui.pages.clocks_ahead import ClocksAhead
from ui.pages.draft_notices import NEW_ARREST_KEY
from ui.pages.page import Page
from ui.pages.same_child_notice import SameChildNotice, candidate_said
from ui.parts.card import text_label
from ui.parts.gathered import LOW
from ui.parts.search_box import Found
from ui.parts.spoken import announce
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

A_MOMENT = 300
"""Milliseconds after the last key until the clocks are reckoned anew."""
SAVE, LATER = N_("Save and open the case"), N_("Finish later")
NO_NAME = N_("Write at least one name of the child, or a nickname.")
IT_IS, LOOK_TWICE = N_("It is this child"), N_("Look whether it is one of these children. Save again if it is not.")
LEFT, RIGHT, GAP = 16, 24, 8
"""Pixels beside what stands below the questions, and between it."""
MOST_ALIKE = 2
"""Children that may be the same are shown below all questions, where they take room from them."""


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
        self.form = ArrestForm(office, tasks, self)
        self.child, self.offence, self.arrest = self.form.child, self.form.offence, self.form.arrest
        self.guardian, self.search = self.form.guardian, self.form.search
        self._last: QWidget | None = None  # what had the keyboard last
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus)
        self._is_unkept = False  # whether the last draft could not be kept
        self._reckoned = 0  # counts the questions: the answer to an earlier one is not shown
        self._build()
        self._timer = self._timed(PAUSE, self.keep)
        self._reckoning = self._timed(A_MOMENT, self.reckon)
        self._listen()
        self.show_known(is_known=False)

    def _timed(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def _listen(self) -> None:
        for changed in (*(editor.changed for editor in self.form.editors.values()), self.guardian.changed):
            changed.connect(self._on_changed)
        for changed in (self.child.changed, self.guardian.changed):
            changed.connect(self._on_child_changed)
        self.form.known_button.toggled.connect(self._on_known)
        self.search.opened.connect(self.choose)
        self.notice.chosen.connect(self._on_same)
        self.guardian.entered.connect(self.save_button.setFocus)
        missing = tuple((keys, self.go_to_missing) for keys in MISSING_KEYS)
        for keys, act in (("Ctrl+S", self.save), ("Esc", self.leave), *missing):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

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
        self.form.show_known(is_known=is_known)

    def choose(self, found: Found) -> None:
        """Take a child that is already known."""
        self.form.choose(found)
        self._compare()
        self._on_changed()
        self.offence.focus_first()

    def reckon(self) -> None:
        """Show the clocks that the arrest sets running, as far as its times are known."""
        self._reckoning.stop()
        self._reckoned += 1
        arrest = self.arrest.record()
        if arrest.arrested_at is None and arrest.arrived_at is None:
            self.clocks.show_clocks(())
            return
        office, known = self._office, self.form.known_id
        child = Child() if self.form.is_known else self.child.record()  # nobody chosen: what was typed is of another
        offences = (self.offence.record(),) if self.offence.is_changed else ()
        work = partial(at_a_call.clocks_ahead, office, child, offences, arrest, known)
        self._tasks.run(work, partial(self._on_clocks, self._reckoned))

    def _on_clocks(self, reckoned: int, clocks: Sequence[ClockAhead]) -> None:
        if reckoned == self._reckoned:
            self.clocks.show_clocks(clocks)

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
        known, guardian = self.form.known_id, self._guardian()
        self.setEnabled(False)  # what is typed while saving would not be in what is saved
        self._rest()
        seen = frozenset(self.notice.seen)

        def work() -> tuple[Changes, UUID]:
            if not known and (unseen := same_child.likely_unseen(office, child, seen)):
                raise _LikelyError(unseen)
            if known:
                kept = case_files.child_file(office, known, log=False).child
                return casework.take_arrest(office, kept, case, offences, arrest, guardian), case.id
            return casework.take_arrest(office, child, case, offences, arrest), case.id

        save = saving(office, self._tasks, self.key, None, self.state(), work)
        self._tasks.run(save, self._on_saved, self._on_refused)

    def _rest(self) -> None:
        self._timer.stop()
        self._is_unkept = False

    def go_to_missing(self) -> None:
        """Go to the next required question that has no answer; where there is none any more, to the way out."""
        editors = [self.offence, self.arrest] if self.form.is_known else list(self.form.editors.values())
        here = next((at for at, each in enumerate(editors) if each.field_in_hand()), 0)
        rounds = [(each, None if at else each.field_in_hand()) for at, each in enumerate(editors[here:])]
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
        part = next(name for name, editor in self.form.editors.items() if editor.isAncestorOf(self._last))
        found = self.form.editors[part].standing()
        return None if found is None else (part, found)

    def stand(self, standing: tuple[str, Standing]) -> None:
        """Put the keyboard there."""
        part, where = standing
        if part == "guardian":
            edit = self.guardian.edits[where.field]
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.setCursorPosition(where.cursor)
        else:
            self.form.editors[part].stand(where)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and any(part.isAncestorOf(now) for part in (*self.form.editors.values(), self.guardian)):
            self._last = now

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what stands below leave the questions their room."""
        super().resizeEvent(event)
        exits = sum(button.sizeHint().width() + GAP for button in (self.leave_button, self.save_button))
        is_low = event.size().height() < LOW
        self.clocks.fit(event.size().width() - exits - LEFT - RIGHT, is_low=is_low)
        self.notice.show_most(1 if is_low else MOST_ALIKE)

    def flush(self) -> None:
        """Keep at once what waits to be kept, or could not be."""
        if self._timer.isActive() or self._is_unkept:
            self.keep()

    def state(self) -> dict[str, Any]:
        """Return what is typed, empty where nothing is."""
        parts = {name: editor.plain() for name, editor in self.form.editors.items() if editor.plain()}
        guardian = {name: text for name, text in self.guardian.plain().items() if text}
        state: dict[str, Any] = parts | ({"guardian": guardian} if guardian else {})
        if (known := self.form.known) is not None:
            state["known"] = [str(known.id), known.name, known.about]
        return state | {"is_known": self.form.is_known, "key": self.key} if state else {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Type again what state returned; the case stays the same."""
        self.key = state.get("key", self.key)
        for name, editor in self.form.editors.items():
            if name in state:
                editor.restore(state[name])
        self.guardian.restore(state.get("guardian", {}))
        if "known" in state:
            identity, name, about = state["known"]
            self.choose(Found("child", UUID(identity), name, about))
        self.show_known(is_known=bool(state.get("is_known")))

    def _child(self) -> Child:
        child: Child = self.child.record()
        if (guardian := self._guardian()) is not None:
            child.guardians = (guardian,)
        return child

    def _guardian(self) -> Guardian | None:
        name, phone = self.guardian.typed("name").strip() or None, read_phone(self.guardian.typed("phone"))
        return row_from_plain(Guardian, {"name": name, "phone": phone}) if name or phone else None

    def _check(self) -> bool:
        editors = [self.offence, self.arrest] + ([] if self.form.is_known else [self.child])
        understood = [editor.check() for editor in editors]  # each marks its own
        try:
            read_phone(self.guardian.typed("phone"))
        except Unreadable as problem:
            understood.append(not self.guardian.mark(("phone",), tr(problem.message)))
        if not all(understood):
            return self._say(tr(NOT_UNDERSTOOD))
        if self.form.is_known:
            return self.form.known is not None or self._say(tr(NOBODY))
        if not any(getattr(self.child.record(), name) for name in NAMES):
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
        seen = frozenset(self.notice.seen)  # whom nobody looked at yet stands first: they hold the save
        likely = sorted(likely, key=lambda each: each.child_id in seen or not each.likeness.is_likely)
        self.notice.show_candidates(likely)
        self._say(tr(LOOK_TWICE))
        self.notice.lines[0].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_same(self, candidate: Candidate) -> None:
        """Take the child that is here already; of what was typed only the family is added to what is kept of it."""
        name, about = candidate_said(candidate, words())
        self.show_known(is_known=True)
        self.choose(Found("child", candidate.child_id, name, about))

    def _on_known(self, is_known: bool) -> None:
        if is_known:
            self.notice.rest()
        else:
            self._on_child_changed()
            self.notice.search()
        self._compare()
        self._on_changed()

    def _compare(self) -> None:
        """Say what of the answers does not go into the record of the child that was chosen."""
        office, known = self._office, self.form.known_id

        def show(kept: Child) -> None:
            if self.form.known_id == known:
                self.form.show_left_out(kept)

        if known is None:
            self.form.show_left_out(None)
        else:
            self._tasks.run(lambda: case_files.child_file(office, known, log=False).child, show)

    def _on_child_changed(self) -> None:
        if self.form.is_known:
            return
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
            for editor in self.form.editors.values():
                editor.mark(error.fields, error.message, **error.slots)
            self._say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _on_changed(self) -> None:
        self.message.hide()
        self._timer.start()
        self._reckoning.start()

    def _build(self) -> None:
        self.notice = SameChildNotice(self._office, self._tasks, IT_IS, most=MOST_ALIKE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.form, 1)
        below = QHBoxLayout()
        below.setContentsMargins(LEFT, 0, RIGHT, 0)
        below.addWidget(self.notice)
        outer.addLayout(below)
        outer.addLayout(self._exits())

    def _exits(self) -> QHBoxLayout:
        self.message: QLabel = text_label("", "problem")
        self.message.hide()
        self.clocks = ClocksAhead(self)
        self.leave_button, self.save_button = QPushButton(tr(LATER)), QPushButton(tr(SAVE))
        self.leave_button.setToolTip("Esc")
        self.save_button.setToolTip("Ctrl+S")
        self.save_button.setAccessibleDescription("Ctrl+S")
        self.leave_button.setAccessibleDescription("Esc")
        self.save_button.setProperty("role", "primary")
        self.leave_button.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        told = QVBoxLayout()
        told.addWidget(self.message)
        told.addWidget(self.clocks)
        row = QHBoxLayout()
        row.setContentsMargins(LEFT, 6, RIGHT, 10)
        row.setSpacing(GAP)
        row.addLayout(told, 1)
        row.addWidget(self.leave_button)
        row.addWidget(self.save_button)
        return row
