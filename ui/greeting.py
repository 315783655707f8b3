"""What is said at the start and when an office is shown: what went wrong before, and what should be put right first."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from casemgr.i18n import N_
from ui.tasks import Tasks
from ui.window import Window
from ui.words import tr, words

if TYPE_CHECKING:
    from casemgr.services.office import Office

CLOCK_WRONG = N_(
    "This computer's clock is wrong: it must be later than {when}. Set date and time before writing anything down; "
    "deadlines are counted with it."
)
NOT_CLOSED = N_(
    "The program was not closed the last time, as after a power cut. What was saved is safe, and Today offers again "
    "what was being typed."
)
CODE_UNSEEN = N_(
    "There is a recovery code that nobody has said to be written down. If it is not, make a new one in Settings."
)


class Greeting(QObject):
    """Says it in the bar of the window."""

    def __init__(self, window: Window, tasks: Tasks, parent: QObject | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._window, self._tasks = window, tasks

    def tell_of_last_run(self, crash: str | None, *, has_office: bool) -> None:
        """Say how the run before ended; crash: as Program.crash."""
        if crash:
            from ui.mistake import CrashDialog  # noqa: PLC0415  (seldom needed, and not before the first paint)

            CrashDialog(crash, self._window).open()
        elif crash is not None and has_office:
            self._window.messages.say(tr(NOT_CLOSED))

    def tell_of(self, office: "Office") -> None:
        """Say what is wrong around an office that is shown: its recovery code, and above all the clock."""
        from casemgr.services.office import Right, clock_problem, code_unseen  # noqa: PLC0415  (loaded with it)

        if Right.ACCOUNTS in office.rights:  # who can make a new one
            self._tasks.run(lambda: code_unseen(office), self._on_code)
        self._tasks.run(lambda: clock_problem(office), self._on_clock)

    def _on_code(self, unseen: bool) -> None:
        if unseen:
            self._window.messages.say(tr(CODE_UNSEEN))

    def _on_clock(self, known: Any) -> None:
        if known is not None:
            self._window.messages.say(tr(CLOCK_WRONG, when=words().moment(known)), alarm=True)
