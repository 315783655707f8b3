"""What happens between the start and the end: the assistant or the lock, the open office, and the way back."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel

from casemgr import whereabouts
from casemgr.i18n import N_, Words
from casemgr.trouble import NoRoom, NotKept, ReadOnly, Refusal, Trouble
from ui import opening
from ui.doors import Doors
from ui.greeting import Greeting
from ui.helping import Helping
from ui.memory import Memory
from ui.putting_back import PuttingBack
from ui.tasks import Tasks, Watch
from ui.window import Window
from ui.words import hold_breaks, set_words, speak_before_office, tr, words, wrapped

if TYPE_CHECKING:
    from casemgr.services.office import Office
    from ui.closing import Closing
    from ui.coming_back import Left
    from ui.desk import Desk
    from ui.locking import Locking
    from ui.passing import Passing
    from ui.upkeep import Upkeep

CLOSING = N_("The office is being closed. A last copy of it is made where one is due…")
PRINTING = N_("What is being printed comes to its end…")
CODE_COMES = N_("The recovery code is shown in a moment. Write it down before you close the program.")
LOOK_AGAIN = 100
"""Milliseconds after which it is asked again whether a dialog is still open."""
USUAL_MINUTES = 5
"""After so many without anybody the window locks where the office's own number is not known yet."""


class Options(NamedTuple):
    """What was asked for at the start. picture: save a picture of the window there and end. file: a case to take in."""

    folder: Path
    practice: bool = False
    language: str | None = None
    picture: Path | None = None
    file: Path | None = None
    self_check: bool = False


class Program(QObject):
    """Holds the window, the store's thread and the office while one is open."""

    painted = Signal()
    """The first window was painted."""
    ready = Signal()
    """A page that can be worked with is painted, and what it shows was read."""
    loaded = Signal()
    """The pages that the worker may go to next are loaded as well."""

    def __init__(self, options: Options, memory: Memory, *, inline: bool = False) -> None:
        """Build the window. inline: work is done at once, as in tests."""
        super().__init__()
        self.options, self.memory = options, memory
        speak_before_office(options.language or memory.language or "km")
        self.tasks = Tasks(self, inline=inline)
        self._disk_said = ""  # what was said last, where it was that the disk takes nothing
        self.tasks.failed.connect(self.tell)
        self.background = Tasks(self, inline=inline)
        self.background.failed.connect(self.tell)
        self.window = Window()
        self.window.close_asked.connect(self.end)
        self.tasks.busy.connect(self.window.show_busy)
        self.greeting = Greeting(self.window, self.tasks, self)
        self._build_doors()
        self.helping = Helping(self.window, self._folder, self, inline=inline)
        self.passing: Passing | None = None
        self.crash: str | None = None
        """How the run before ended: as faulthandler told it, empty for a power cut, None where it was closed."""
        self._locking: Locking | None = None
        self._closing: Closing | None = None
        self._was_at: Left | None = None
        self.office: Office | None = None
        self.desk: Desk | None = None
        self.upkeep: Upkeep | None = None

    def _folder(self) -> Path:
        """Return the folder of the office that is open, or would be opened."""
        return self.office.folder if self.office is not None else self.options.folder

    def _build_doors(self) -> None:
        kept, practice = self.options.folder, self.options.practice
        home = whereabouts.default_folder() if practice else kept
        self.doors = Doors(self.window, self.tasks, home, kept if practice else whereabouts.practice_folder(), self)
        self.doors.opened.connect(self.show_office)
        self.doors.held.connect(self._hold)
        self.doors.not_opened.connect(self._on_not_opened)
        self.doors.failed.connect(self.tell)
        self.doors.lock_asked.connect(self.lock)
        self.doors.language_asked.connect(self.speak)
        self.returning = PuttingBack(self.window, self.tasks, self.doors, self)
        self.doors.copy_asked.connect(self.returning.ask)
        self.returning.begun.connect(self._leave_for_other)
        self.returning.tried.connect(lambda: self.locking.begin(USUAL_MINUTES))
        self.returning.opened.connect(self.show_office)
        self.returning.left.connect(self._show_door)
        self.returning.failed.connect(self.tell)

    def start(self) -> None:
        """Show the window, and once it is painted load the rest."""
        if self.options.practice:
            self.doors.wait_for_practice()
        else:
            self.doors.show()
        if (geometry := self.memory.geometry) is not None and self.options.picture is None:
            self.window.restoreGeometry(geometry)
        self.window.installEventFilter(self)
        self.window.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Wait for the first paint; what takes long begins after it."""
        if event.type() is QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self.painted.emit()
        if self.options.practice:
            self.doors.open_practice()
        else:
            self.tasks.run(opening.warm, self._on_warm)

    def _on_warm(self, _: None) -> None:
        """Break the texts of the first page between words, now that words are known, and load the rest."""
        hold_breaks(hold=False)
        for label in self.window.findChildren(QLabel):
            label.setText(wrapped(label.text()))
        self._tell_ready()
        self._tell_of_last_run()

    def _tell_of_last_run(self) -> None:
        crash, self.crash = self.crash, None
        self.greeting.tell_of_last_run(crash, has_office=whereabouts.holds_office(self.doors.home))

    @property
    def locking(self) -> "Locking":
        """What locks the window by itself."""
        if self._locking is None:
            from ui.locking import Locking  # noqa: PLC0415  (not before the first paint)

            self._locking = Locking(self.window, self)
            self._locking.asked.connect(self.lock_now)
        return self._locking

    def speak(self, language: str) -> None:
        """Change the language of everything, at once; what is open and what is typed stays."""
        self.memory.language = language
        self.options = self.options._replace(language=None)  # what is chosen here counts from now on
        if self.office is None:
            self.doors.speak(language)
            self.helping.speak()
            return
        from casemgr.services.office import set_language  # noqa: PLC0415  (loaded since the office was opened)

        office = self.office

        def work() -> None:
            Words(language)  # its catalogue is read here, so that the window does not wait for it
            set_language(office, language)

        self.tasks.run(work, lambda _: self._rebuild_once_free(), self._on_not_spoken)

    def _on_not_spoken(self, error: Exception) -> None:
        """Say why the language is the one of before, and show it so."""
        self.memory.language = words().language
        if self.desk is not None:
            self.desk.languages.show_spoken()
        self.tell(error)

    def _rebuild_once_free(self) -> None:
        """Build the pages anew; not behind a dialog, which would go with them and with what is typed in it."""
        if self.desk is None or self.upkeep is None:  # locked meanwhile
            return
        if QApplication.activeModalWidget() is not None:
            QTimer.singleShot(LOOK_AGAIN, self, self._rebuild_once_free)
            return
        self._rebuild()
        self.upkeep.begin()  # what it found is told in the new language

    def open(self, name: str, password: str) -> None:
        """Open the office with name and password, as the lock asks."""
        self.doors.open(name, password)

    def lock(self) -> None:
        """Show the lock at once; keep what is typed as drafts, close the office, and let go of what was on the screen.

        Nothing happens where no office is open.
        """
        if self.office is None:
            return
        from ui.coming_back import left_at  # noqa: PLC0415  (loaded with the office)
        from ui.locking import end_work_of, hide_others, parked  # noqa: PLC0415  (loaded with the office)
        from ui.parts.held_over import HeldOver, typed_in  # noqa: PLC0415  (loaded where it is used)

        practice = self.office.folder != self.doors.home
        desk = self.desk
        try:
            self._was_at = None if desk is None else left_at(desk, typed_in(self.window.findChildren(HeldOver)))
        except Exception as error:  # noqa: BLE001  (whatever it is, the window is locked)
            self._was_at = None
            QTimer.singleShot(0, partial(self.tell, error))
        self._keep_typed()
        hide_others(self.window)
        self.helping.rest()
        self._leave()
        self.tasks.forget()
        set_words(Words(words().language, words().digits))  # the figures stay as they were, the words are new
        if practice:
            self.doors.show_practice()
        else:
            self.doors.show()
        self.window.repaint()  # it is locked to the eye before anything is waited for
        if desk is not None:
            end_work_of(desk)
        if self._closing is not None:
            self._closing.drop()
        if self.passing is not None:
            going_on = parked()
            for aside in going_on:  # what is being printed passes through there
                aside.idle.connect(self.passing.sweep)
            if not going_on:
                self.passing.sweep()
        self.locking.empty_memory(desk)

    def lock_now(self) -> None:
        """Lock, and return once the store is closed: the computer may be asleep in a moment.

        A copy that could be put back without a password is let go of as well.
        """
        if self.office is not None:
            self.lock()
            self.tasks.wait()
        elif self.returning.is_tried:
            from ui.locking import hide_others  # noqa: PLC0415  (loaded with what asks for the lock)

            hide_others(self.window)
            self.tasks.forget()
            self.returning.drop()
            self._show_door()
            self.tasks.wait()

    def end(self) -> None:
        """Keep what is typed, close the office and the window, which waits for a last copy without freezing.

        Where a recovery code is being made, nothing is closed before somebody has seen it.
        """
        if self.doors.makes_code:
            self.window.messages.say(tr(CODE_COMES))
            return
        if self._closing is None:
            from ui.closing import Closing  # noqa: PLC0415  (not before the first paint)

            self._closing = Closing(self.window, self.tasks, self)
            self._closing.kept.connect(self._close)
            self._closing.over.connect(self._close_window)
        self._closing.begin(self._keep_typed if self.desk is not None else None)

    def _close(self) -> None:
        """Leave the office, and let the window go once all is done that goes on."""
        if self.options.picture is None:
            self.memory.geometry = self.window.saveGeometry()
        from ui.locking import end_work_of, hide_others, parked  # noqa: PLC0415  (not before the first paint)

        assert self._closing is not None  # noqa: S101
        hide_others(self.window)
        self.helping.leave()
        self.returning.drop()
        desk = self.desk
        self._leave()
        self.tasks.forget()
        if desk is not None:
            end_work_of(desk)
        if self.options.picture is not None:
            self._close_window()
            return
        printing = parked()
        works = [tasks for tasks in (self.tasks, self.background, *printing) if not tasks.is_idle]
        if works:
            from ui.pages.waiting import WaitingPage  # noqa: PLC0415  (as in Doors.show)

            waiting = WaitingPage(tr(CLOSING))
            self.window.show_page(waiting)
            if printing:
                waiting.work.follow(Watch(), PRINTING)
                for aside in printing:
                    waiting.work.cancelled.connect(aside.stop)
        self._closing.wait_for(works)

    def _close_window(self) -> None:
        self.tasks.wait()
        self.background.wait()
        self.locking.leave()
        if self.passing is not None:
            self.passing.end()
        self.window.may_close = True
        self.window.close()

    def tell(self, error: Exception) -> None:
        """Say what went wrong: in the bar where somebody can put it right, else as the program's own mistake."""
        if isinstance(error, Refusal | Trouble):
            said = error.say(words())
            self.window.messages.say(said, alarm=isinstance(error, Trouble))
            self._disk_said = said if isinstance(error, NotKept | NoRoom | ReadOnly) else ""
        else:
            self.tell_mistake(error)

    def _on_written(self) -> None:
        """Take away that the disk takes nothing, now that it does."""
        if self._disk_said and self.window.messages.accessibleName() == self._disk_said:
            self.window.messages.clear()
        self._disk_said = ""

    def tell_mistake(self, error: BaseException) -> None:
        """Show that the program made a mistake; what is typed is kept first."""
        if self.desk is not None:
            self.desk.flush()
        from ui.mistake import MistakeDialog, report_of  # noqa: PLC0415  (seldom needed, and not before the first paint)

        if self.options.picture is not None:  # nobody is there to close a dialog
            print(report_of(error), file=sys.stderr)  # noqa: T201
            QApplication.exit(1)
            return
        MistakeDialog(error, self.window).open()

    def take_picture(self) -> None:
        """Save a picture of the window and end."""
        assert self.options.picture is not None  # noqa: S101
        saved = self.window.grab().save(str(self.options.picture))
        self.end()
        QApplication.exit(0 if saved else 1)

    def show_office(self, office: "Office") -> None:
        """Show an office that is open."""
        from ui.upkeep import Upkeep  # noqa: PLC0415  (loaded after the first paint)

        hold_breaks(hold=False)
        if self.office is not office:
            self._leave_for_other()
        self._hold(office)
        self.upkeep = Upkeep(office, self.background, self)
        self._rebuild()
        self._come_back()
        self.upkeep.begin()
        self.greeting.tell_of(office)
        self._sweep_half_written()

    def _come_back(self) -> None:
        """Lead whoever locked the window back to where that was."""
        was_at, self._was_at = self._was_at, None
        if was_at is not None and self.desk is not None:
            from ui.coming_back import come_back  # noqa: PLC0415  (loaded after the first paint)

            come_back(self.desk, self.tasks, was_at)

    def _hold(self, office: "Office") -> None:
        """Hold an office that is open, and watch from now on whether somebody is there."""
        self.office = office
        self.locking.begin(office.settings.idle_minutes)

    def _sweep_half_written(self) -> None:
        """Take away papers that a run which broke off left half written where papers are usually saved."""
        if self.passing is None:
            return
        from ui.passing import sweep_half_written, usual_places  # noqa: PLC0415  (loaded at the start)

        before = self.passing.begun
        self.tasks.run(lambda: sweep_half_written(usual_places(), before))

    def _rebuild(self) -> None:
        """Build the open office's pages anew, in the language of its settings; place and typing stay."""
        from ui.desk import Desk  # noqa: PLC0415  (loaded after the first paint)
        from ui.locking import end_work_of  # noqa: PLC0415

        assert self.office is not None  # noqa: S101
        assert self.upkeep is not None  # noqa: S101
        before = self.desk
        state = before.state() if before is not None else {}
        settings = self.office.settings
        asked = self.options.language if before is None else None
        set_words(Words(asked or settings.language, settings.digits))
        self.desk = Desk(self.office, self.tasks, self.upkeep)
        self.desk.return_asked.connect(self.returning.ask)
        self.desk.written.connect(self._on_written)
        self.desk.lock_asked.connect(self.lock)
        self.desk.language_asked.connect(self.speak)
        self.desk.words_changed.connect(self._rebuild_once_free)
        self.desk.watch_changed.connect(self._watch)
        self.desk.ready.connect(self._on_desk_ready)
        if before is not None:
            end_work_of(before)
        self.window.show_page(self.desk, practice=settings.practice)
        self.desk.restore_state(state)
        self.helping.speak()

    def _watch(self) -> None:
        """Take over after how many minutes the office wants the window to lock."""
        assert self.office is not None  # noqa: S101
        self.locking.begin(self.office.settings.idle_minutes)

    def _on_desk_ready(self) -> None:
        QTimer.singleShot(0, self._tell_ready)

    def _tell_ready(self) -> None:
        self.ready.emit()
        self.background.run(lambda: opening.warm_pages(self._is_calm), self._on_pages)

    def _is_calm(self) -> bool:
        return self.tasks.is_idle or self.tasks.inline

    def _on_pages(self, _: None) -> None:
        self.loaded.emit()

    def _on_not_opened(self, error: Exception) -> None:
        self._show_door()
        self.tell(error)

    def _show_door(self) -> None:
        if self.office is None:
            self.locking.rest()
            self.doors.show()

    def _keep_typed(self) -> None:
        """Keep what is typed on the pages and in dialogs that are open."""
        if self.desk is not None:
            from ui.editors.typed_beside import TypedBeside  # noqa: PLC0415  (loaded where it is used)

            for typed in self.window.findChildren(TypedBeside):
                typed.keep()
            self.desk.flush()

    def _leave_for_other(self) -> None:
        self._keep_typed()
        self._leave()

    def _leave(self) -> None:
        self.tasks.stop()  # a long work would keep the office open
        if self.desk is not None:
            from ui.locking import quiet  # noqa: PLC0415  (loaded with the office)

            quiet(self.desk)
            self.desk = None
        if self.upkeep is not None:
            self.upkeep.stop()
            self.upkeep = None
        if self.office is not None:
            office, self.office = self.office, None
            self.tasks.run(lambda: opening.close(office))
            self.locking.rest()
