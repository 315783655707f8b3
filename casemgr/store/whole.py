"""Writing the files beside the database whole or not at all, so that they survive a power cut."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casemgr.moving import move_to


def new_file(path: Path) -> int:
    """Make a file that its owner alone may read and write; one that was left half written there is replaced."""
    path.unlink(missing_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


@contextmanager
def saving_whole(path: Path, data: bytes) -> Iterator[None]:
    """Write a file, for its owner alone, beside the old one, whose place it takes only when the block ends well.

    Raises OSError.
    """
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(new_file(part), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield
        move_to(part, path)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut, where system and disk let a folder be synced. Raises OSError."""
    with _folder_handle(folder) as handle:
        if handle is not None:
            try:
                os.fsync(handle)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that cannot sync a folder
                    raise


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, and those that it lies in, where they are missing, so that they survive a power cut.

    Without that a file within is lost with its folder, however well it was synced itself. Raises OSError.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode, parents=True, exist_ok=True)
    for each in reversed(missing):
        sync_folder(each.parent)


@contextmanager
def _folder_handle(folder: Path) -> Iterator[int | None]:
    if os.name == "nt":  # Windows gives no handle on a folder; its rename is written through by the file system
        yield None
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
