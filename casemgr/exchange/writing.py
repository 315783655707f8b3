"""Writing a file whole or not at all: it grows beside its place and takes it once it is complete."""

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from casemgr import assets
from casemgr.i18n import N_
from casemgr.moving import move_to
from casemgr.trouble import NoRoom, ReadOnly, Refusal, Stopped, Trouble
from casemgr.whereabouts import holds_office

EVERY = 100
"""After so many rows the work says how far it is, and asks whether to go on."""

NO_FILE = N_("This is not a file that can be written. Choose another name.")
OFFICE = N_("An office lies in this folder, and its files must not be touched. Choose another folder.")
PROGRAM = N_("The program itself lies in this folder. Choose another one, such as the folder for your documents.")
NO_FOLDER = N_("The folder for this file is not there. Choose another folder, or put the stick in again.")
FULL = N_("The disk is full. The file was not written. Free some space, then try again.")
FAILING = N_("The disk did not take the file: it is full or failing. Choose another place.")
LOCKED = N_("This folder cannot be written to. Choose another folder.")
INCOMPLETE = N_("A file of the program is missing or cannot be read. Nothing was written. Install the program again.")
OPEN = N_("This file is open in another program, or protected. Close it there, or choose another name.")

_BEGINNING, _END = ".casemgr-", ".part"
_FORGOTTEN = 24 * 3600  # seconds; a part as old as this was left by a power cut

_Row = TypeVar("_Row")
_Answer = TypeVar("_Answer")


def write_whole(path: Path, write: Callable[[BinaryIO], _Answer]) -> _Answer:
    """Let `write` fill a file, which then takes the place of the one at path; return what it returned.

    The file is open for reading and writing, for its owner's eyes alone, in the folder of path; a link is followed.
    Beside the files of an office, whichever that is, and into the program's own folder nothing is written: that is
    refused.
    Whatever is raised, nothing of it stays, and what stood at path stays as it was; so what has to be written down
    before a file may leave is written down at the end of `write`. Raises Refusal for a name that
    cannot be written, NoRoom, ReadOnly or Trouble for what the disk and its rights refuse, Trouble for a file of the
    program that `write` cannot read, and what else it raises.
    """
    try:
        target = path.resolve()
        if holds_office(target.parent):
            raise Refusal(OFFICE)
        if assets.is_beside_program(target):
            raise Refusal(PROGRAM)
        if target.exists():
            if not target.is_file():
                raise Refusal(NO_FILE)
            _demand_free(target)
        part = target.with_name(f"{_BEGINNING}{secrets.token_hex(8)}{_END}")
        _remove_forgotten(target.parent)
        file = _private(part)
        try:
            with file:
                answer = write(file)
                file.flush()
                os.fsync(file.fileno())
            _take_place(part, target)
        except BaseException:
            with suppress(OSError):  # the disk that failed is gone altogether; the reason it failed is told
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise told(error) from error
    return answer


def watched(
    rows: Iterable[_Row], done: Callable[[int], None] | None = None, stop: Callable[[], bool] | None = None
) -> Iterator[_Row]:
    """Yield the rows; at every hundredth call done with how many there were, and raise Stopped where stop says so.

    Both are called in the thread that writes. done is called once more at the end, stop at the very beginning too.
    """
    count = 0
    for row in rows:
        if count % EVERY == 0:
            if stop is not None and stop():
                raise Stopped
            if done is not None and count:
                done(count)
        yield row
        count += 1
    if done is not None:
        done(count)


def told(error: OSError) -> Trouble | Refusal:
    """Return what to tell the worker of an error of a disk or its rights; it names no file."""
    if isinstance(error, assets.MissingError) or (error.filename and assets.is_of_program(error.filename)):
        return Trouble(INCOMPLETE)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return NoRoom(FULL)
        case errno.EFBIG | errno.EIO:
            return NoRoom(FAILING)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return ReadOnly(LOCKED)
        case errno.ENOENT | errno.ENOTDIR | errno.ENODEV | errno.ENXIO | errno.ESTALE:
            return Trouble(NO_FOLDER)
        case errno.EINVAL | errno.ENAMETOOLONG | errno.EISDIR | errno.ELOOP:
            return Refusal(NO_FILE)
        case _:
            return Trouble(FAILING)


def _private(part: Path) -> BinaryIO:
    """Create the file. tempfile would try for ever where Windows lets nobody write."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
    return os.fdopen(os.open(part, flags, 0o600), "w+b")


def _remove_forgotten(folder: Path) -> None:
    """Remove parts that a power cut or a killed program left in the folder."""
    oldest = time.time() - _FORGOTTEN
    for part in folder.glob(f"{_BEGINNING}*{_END}"):
        with suppress(OSError):  # gone already, or somebody else's
            if part.stat().st_mtime < oldest:
                part.unlink()


def _demand_free(target: Path) -> None:
    """Raise Trouble before anything is made, and not after it, for a file that is open in another program."""
    try:
        target.open("r+b").close()
    except PermissionError as error:
        raise Trouble(OPEN) from error


def _take_place(part: Path, target: Path) -> None:
    try:
        move_to(part, target)
    except PermissionError as error:  # on Windows the file that stands there is open in another program
        raise Trouble(OPEN) from error
    if os.name == "posix":  # else the name can be lost with the power, though the content is on the disk
        with suppress(OSError):  # a file system that cannot sync a folder
            handle = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
