"""The pages before an open office, and the ways through them, of which one is gone at a time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from casemgr import whereabouts
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.trouble import Refusal, TooSoon
from ui import opening
from ui.parts.door import DoorPage
from ui.tasks import Callback, Tasks, Watch
from ui.window import Window
from ui.words import speak_before_office, tr, words

if TYPE_CHECKING:
    from casemgr.services.office import Office
    from ui.pages.assistant import NewOffice
    from ui.pages.waiting import WaitingPage

OPENING_PRACTICE = N_("The practice office is being opened…")
MAKING_PRACTICE = N_("Invented children are being written down…")
MAKING_READY = N_("The office is being made ready for this version of the program.")
BRINGING_UP = N_("All records are brought up to date…")


class Doors(QObject):
    """Shows the lock, the assistant and what is asked before an office is shown.

    home: the folder of the office that is no practice; practice: of the one that is.
    """

    opened = Signal(object)
    """An office is open, and may be shown (Office)."""
    held = Signal(object)
    """An office is open, and something is asked before it is shown (Office)."""
    not_opened = Signal(object)
    """Why there is no practice office; no door is shown (the exception)."""
    failed = Signal(object)
    """What the page that is shown has no line for (the exception)."""
    copy_asked = Signal()
    """The worker wants to put back a copy."""
    lock_asked = Signal()
    """The office that is held is to be closed again."""
    language_asked = Signal(str)

    def __init__(self, window: Window, tasks: Tasks, home: Path, practice: Path, parent: QObject | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._window, self._tasks, self.home, self._practice = window, tasks, home, practice
        self.is_busy = False
        """Whether an office is being opened or set up; no other is meanwhile."""
        self.makes_code = False
        """Whether a recovery code comes of it, which has to be seen."""
        self._making_ready: WaitingPage | None = None

    def show(self) -> None:
        """Show the lock of the office, or the assistant where there is none yet."""
        door: DoorPage
        # Each page is loaded when it is shown: the first window waits for none but its own.
        if whereabouts.holds_office(self.home):
            from ui.pages.lock import LockPage  # noqa: PLC0415

            lock = LockPage()
            lock.open_asked.connect(self.open)
            lock.recover_asked.connect(self.recover)
            lock.practice_asked.connect(self.open_practice)
            lock.return_asked.connect(self.copy_asked)
            door = lock
        else:
            from ui.pages.assistant import AssistantPage  # noqa: PLC0415

            assistant = AssistantPage()
            assistant.create_asked.connect(self.create)
            assistant.practice_asked.connect(self.open_practice)
            assistant.return_asked.connect(self.copy_asked)
            door = assistant
        door.language_asked.connect(self.language_asked)
        self._window.show_page(door)

    def show_practice(self) -> None:
        """Show the closed practice office; it asks for no password."""
        from ui.pages.lock import PracticeDoor  # noqa: PLC0415  (as in show)

        door = PracticeDoor()
        door.practice_asked.connect(self.open_practice)
        door.left.connect(self.show)
        door.language_asked.connect(self.language_asked)
        self._window.show_page(door, practice=True)

    def speak(self, language: str) -> None:
        """Show the same door in another language; what is typed there stays, passwords left out."""
        page = self._window.page
        state = page.state() if isinstance(page, DoorPage) else {}
        practice = self._window.practice.isVisible()
        speak_before_office(language)
        if practice:
            self.show_practice()
        else:
            self.show()
        if isinstance(self._window.page, DoorPage):
            self._window.page.restore_state(state)
            self._window.page.set_busy(busy=self.is_busy)

    def open(self, name: str, password: str) -> None:
        """Open the office with a password; one that somebody else gave has to be changed before it is shown."""

        def show(office: "Office") -> None:
            if office.must_change_password:
                self._ask_new_password(office, password)
            else:
                self.opened.emit(office)

        self._go(
            lambda progress, cancelled: opening.open_folder(self.home, name, password, progress, cancelled), show,
            opening.close, watch=self._ready_watch(),
        )  # fmt: skip

    def recover(self, code: str, name: str, password: str) -> None:
        """Open the office with the recovery code."""
        self._go_for_code(
            lambda progress, cancelled: opening.recover(self.home, code, name, password, progress, cancelled)
        )

    def create(self, asked: "NewOffice") -> None:
        """Set up the office that the assistant asked for."""
        self._go_for_code(lambda *_: opening.create(self.home, asked))

    def open_practice(self) -> None:
        """Open the practice office, made first where there is none; the worker can stop that."""
        if self.is_busy:
            return
        waiting, watch = self.wait_for_practice(), Watch()
        waiting.work.follow(watch, MAKING_PRACTICE)
        folder, language = self._practice, words().language
        self._go(
            lambda progress, cancelled: opening.practice(folder, language, progress, cancelled), self.opened.emit,
            opening.close, self.not_opened.emit, watch,
        )  # fmt: skip

    def _go(
        self, work: Callable[[Progress, Cancelled], Any], then: Callback, late: Callback,
        failed: Callback | None = None, watch: Watch | None = None,
    ) -> None:  # fmt: skip
        """Go one way through the door, unless one is being gone."""
        if self.is_busy:
            return
        self.is_busy = True

        def tell(callback: Callback, answer: Any) -> None:
            self.is_busy = self.makes_code = False
            callback(answer)

        self._tasks.run_watched(
            watch or Watch(), work, partial(tell, then), partial(tell, failed or self.refuse), late
        )  # fmt: skip

    def _go_for_code(self, work: Callable[[Progress, Cancelled], Any]) -> None:
        if not self.is_busy:
            self.makes_code = True
            self._go(work, self._show_code, lambda made: opening.close(made[0]), watch=self._ready_watch())

    def wait_for_practice(self) -> "WaitingPage":
        """Show that the practice office is being opened; return the page that says so."""
        return self._wait(OPENING_PRACTICE)

    def _wait(self, message: str) -> "WaitingPage":
        from ui.pages.waiting import WaitingPage  # noqa: PLC0415  (as in show)

        page = WaitingPage(tr(message))
        self._window.show_page(page)
        return page

    def _ready_watch(self) -> Watch:
        """Return a watch that shows, once it is told of it, that an office is made ready after an update."""
        watch = Watch()
        watch.told = partial(self._show_making_ready, watch)
        return watch

    def _show_making_ready(self, watch: Watch, done: int, total: int) -> None:
        if self.is_busy:
            self._making_ready = self._wait(MAKING_READY)
            self._making_ready.work.follow(watch, BRINGING_UP)
            self._making_ready.work.show_done(done, total)

    def refuse(self, error: Exception) -> None:
        """Say beside the line it is about why the door that is shown stays closed."""
        if self._window.page is self._making_ready:
            self.show()
        page: Any = self._window.page
        if isinstance(page, DoorPage):
            page.set_busy(busy=False)
        if isinstance(error, TooSoon) and hasattr(page, "wait"):
            page.wait(error.seconds)
        elif isinstance(error, Refusal) and isinstance(page, DoorPage):
            page.refuse(error.say(words()), error.fields)
        else:
            self.failed.emit(error)

    def _ask_new_password(self, office: "Office", present: str) -> None:
        from ui.pages.first_password import FirstPasswordPage  # noqa: PLC0415  (as in show)

        self.held.emit(office)
        who = (office.staff.name if words().language == "km" else office.staff.name_latin) or office.staff.name or ""
        page = FirstPasswordPage(who)
        page.left.connect(self.lock_asked)
        page.chosen.connect(lambda new: self._tasks.run(
            lambda: opening.change(office, present, new), lambda _: self.opened.emit(office), self.refuse
        ))  # fmt: skip
        self._window.show_page(page)

    def _show_code(self, made: tuple["Office", str]) -> None:
        office, code = made
        from ui.pages.recovery import RecoveryPage  # noqa: PLC0415  (as in show)

        page = RecoveryPage(code, office.settings.name_km if words().language == "km" else office.settings.name_en)
        page.done.connect(lambda: self._on_code_seen(office))
        self.held.emit(office)
        self._window.show_page(page)

    def _on_code_seen(self, office: "Office") -> None:
        self._tasks.run(lambda: opening.code_seen(office))
        self.opened.emit(office)
