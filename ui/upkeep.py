"""What goes on beside the work while an office is open: a daily copy, a look at it, a thorough one each week."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from casemgr.pace import Cancelled
from casemgr.services import backups, self_check
from casemgr.services.office import Office, Right
from casemgr.services.self_check import Finding
from ui.tasks import Callback, Tasks, Watch

BEGIN_AFTER, AGAIN_AFTER = 3_000, 30 * 60_000
"""Milliseconds: the first page comes first; then it is asked now and then whether a new day has begun."""


class Upkeep(QObject):
    """Works on a thread of its own, so that lists and saves need not wait. A practice office is left alone."""

    changed = Signal()
    """There are new findings, or something began or ended."""
    not_made = Signal(object)
    """Why the copy that was asked for could not be made at all (the exception)."""

    def __init__(self, office: Office, tasks: Tasks, parent: QObject | None = None) -> None:
        """tasks: those that run beside the work."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.findings: list[Finding] = []
        """What the last look found, good and bad."""
        self.is_busy = False
        self._watch = Watch()
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_AFTER)
        self._again.timeout.connect(self.look)

    def begin(self) -> None:
        """Look soon, and again while the office is open."""
        if self._office.settings.practice:
            return
        self._again.start()
        if self._tasks.inline:
            self.look()
        else:
            QTimer.singleShot(BEGIN_AFTER, self.look)

    def stop(self) -> None:
        """Begin nothing more; what is under way ends soon, unheard: a thorough look is due again then."""
        self._watch.stop()
        self._again.stop()
        self.deleteLater()

    def look(self) -> None:
        """Make a copy where today has none, then look at the office."""
        office = self._office

        def work(cancelled: Cancelled) -> list[Finding]:
            backups.copy_if_due(office)
            if self_check.full_check_due(office):
                return self_check.full_check(office, cancelled)
            return self_check.quick_check(office)

        self._run(work, self._on_found, self._on_failed)

    def check_now(self) -> None:
        """Look at everything thoroughly."""
        office = self._office
        self._run(lambda cancelled: self_check.full_check(office, cancelled), self._on_found, self._on_failed)

    def copy_now(self) -> None:
        """Make a copy now, and look at the office."""
        office = self._office

        def work(_: Cancelled) -> list[Finding]:
            backups.make_copy(office)
            return self_check.quick_check(office)

        self._run(work, self._on_found, self._on_not_made)

    @property
    def may_settle(self) -> bool:
        """Whether there is a doubt about the note, and the staff member may say that it was looked into."""
        doubted = any(finding.message == self_check.NOTE_DOUBTED for finding in self.findings)
        return doubted and Right.MANAGE in self._office.rights

    def settle(self) -> None:
        """Say that somebody has looked into what was done to the note, and look again."""
        office = self._office

        def work(_: Cancelled) -> list[Finding]:
            self_check.note_seen(office)
            return self_check.quick_check(office)

        self._run(work, self._on_found, self._on_failed)

    def _run(self, work: Callable[[Cancelled], list[Finding]], done: Callback, failed: Callback) -> None:
        if self._watch.is_stopped() or self.is_busy:
            return
        self.is_busy = True
        self.changed.emit()
        self._tasks.run_watched(self._watch, lambda _, cancelled: work(cancelled), done, failed)

    def _on_found(self, findings: list[Finding]) -> None:
        self.findings = findings
        self._on_end()

    def _on_not_made(self, error: Exception) -> None:
        self._on_end()
        if not self._watch.is_stopped():  # as below
            self.not_made.emit(error)

    def _on_failed(self, error: Exception) -> None:
        self._on_end()
        if not self._watch.is_stopped():  # the office may have been closed while it was looked at
            self._tasks.failed.emit(error)

    def _on_end(self) -> None:
        self.is_busy = False
        self.changed.emit()
