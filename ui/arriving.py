"""A case file that was opened from outside, as by a double click: taken in by the program that runs, once it is open.

A second start with a file does not open a second window. It leaves a note for the one that runs, in a folder of this
user's, and ends once the note was taken; where nobody takes it, it goes on as the first.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from casemgr.i18n import N_
from casemgr.moving import move_to
from ui.program import Program
from ui.words import tr

LOCK, ENDING = "lock", ".note"
PATIENCE = 5000
"""Milliseconds in which a program that runs takes a note, also while it is busy."""
_LOOK_AGAIN = 50
WAITS = N_("A case file is waiting. It is shown as soon as the office is open.")
WAITS_BEHIND = N_("A case file is waiting. It is shown as soon as the window in front is closed.")


def hand_on(folder: Path, file: Path, patience: int = PATIENCE) -> bool:
    """Leave a file to the program that runs; return whether it took it. folder: where notes are left."""
    lock = _lock_of(folder)
    if lock is None or lock.tryLock(0):
        return False  # nobody runs; the lock goes with this function
    note = folder / f"{os.urandom(16).hex()}{ENDING}"
    half = note.with_suffix(".part")
    try:
        half.write_bytes(os.fsencode(file.absolute()))  # a name that is no text is a name all the same
        move_to(half, note)
    except OSError:
        return False
    until = time.monotonic() + patience / 1000
    while note.exists():
        if time.monotonic() > until:
            note.unlink(missing_ok=True)
            return False
        time.sleep(_LOOK_AGAIN / 1000)
    return True


def _lock_of(folder: Path) -> QLockFile | None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    return lock


class Arriving(QObject):
    """Takes the notes where no other program does, and shows what each file brings once an office is open."""

    def __init__(self, program: Program, folder: Path, file: Path | None = None) -> None:
        """Wait for notes in the folder; file: what this program was started with."""
        super().__init__(program)
        self._program, self._folder = program, folder
        self.waiting = [] if file is None else [file.absolute()]
        """Files that are not shown yet, the first to come first."""
        self._lock = _lock_of(folder)
        self._watcher: QFileSystemWatcher | None = None
        if self._lock is not None and self._lock.tryLock(0):
            for left in self._notes():  # of a start that went on by itself
                left.unlink(missing_ok=True)
            self._watcher = QFileSystemWatcher([str(folder)], self)
            self._watcher.directoryChanged.connect(self._on_note)
        program.ready.connect(self._on_ready)
        self._app = cast("QApplication", QApplication.instance())
        self._app.focusChanged.connect(self._on_focus)
        program.tasks.idle.connect(self._look_again)

    def end(self) -> None:
        """Take no more notes."""
        self._app.focusChanged.disconnect(self._on_focus)
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        if self._lock is not None:
            self._lock.unlock()

    def take(self, file: Path) -> None:
        """Show what a file brings, or say that it waits for the office to be open; the window comes to the front."""
        from PySide6.QtCore import Qt  # noqa: PLC0415  (labels.py says why not earlier)

        self.waiting.append(file)
        window = self._program.window
        window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        window.raise_()
        (QApplication.activeModalWidget() or window).activateWindow()
        self._on_ready()

    def _notes(self) -> list[Path]:
        with suppress(OSError):
            return sorted(self._folder.glob(f"*{ENDING}"))
        return []

    def _on_note(self) -> None:
        for note in self._notes():
            with suppress(OSError, UnicodeDecodeError):
                named = os.fsdecode(note.read_bytes())
                note.unlink()
                self.take(Path(named))

    def _on_ready(self) -> None:
        """Lead to what takes a case in, where an office is open and no dialog stands before its pages."""
        program, desk = self._program, self._program.desk
        if not self.waiting:
            return
        if desk is None or QApplication.activeModalWidget() is not None:
            program.window.messages.say(tr(WAITS if desk is None else WAITS_BEHIND))
            return
        if not program.tasks.is_idle:  # as while it is found out how the file before is locked
            return
        file = self.waiting.pop(0)
        if program.window.messages.accessibleName() in {tr(WAITS), tr(WAITS_BEHIND)}:
            program.window.messages.clear()
        page = cast("Any", desk.go(("cases", None)))
        if hasattr(page, "handovers"):
            page.handovers.begin(str(file))

    def _on_focus(self, _before: QWidget | None, _here: QWidget | None) -> None:
        self._look_again()

    def _look_again(self) -> None:
        """Show what waits once what stood before the pages is gone, and what was under way is done."""
        if self.waiting:
            QTimer.singleShot(0, self, self._on_free)

    def _on_free(self) -> None:
        if self._program.desk is not None and QApplication.activeModalWidget() is None:
            self._on_ready()
