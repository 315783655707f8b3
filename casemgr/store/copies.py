"""A copy of an office: one file with the encrypted database, the key file of the same time, and a manifest.

The file is an archive without compression (ZIP, which any system opens), for the day on which this program is not at
hand. The manifest carries no name of anybody; its seal (HMAC under a key made from the data key) covers it whole, and
through the digests in it both other parts. Whoever has the copy and a password of then opens it; nobody else does.
"""

import hmac
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple, Self, cast
from uuid import UUID

from casemgr import __version__, clock
from casemgr.i18n import N_
from casemgr.pace import Pace
from casemgr.store.reading import plain_of
from casemgr.store.slots import expand
from casemgr.store.whole import new_file
from casemgr.trouble import DamagedCopy
from casemgr.whereabouts import DATABASE, KEYS

FORMAT = "casemgr copy 1"
SUFFIX = ".officecopy"
PART = ".part"
"""Ends the name of what is still being written; it is never taken for a copy."""
MANIFEST = "manifest.json"
BLOCK = 1 << 20
_MOST_MANIFEST = _MOST_KEYS = 1_000_000

DAMAGED = N_("This copy is damaged, or is not a copy of an office. Choose another one.")
CHANGED = N_("This copy was changed since it was made. Choose another one.")


class Head(NamedTuple):
    """The newest line of an audit trail: its number, and the digest that covers all lines before it."""

    number: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a copy says of itself. revision: of the tables. rows: how many rows each table has. mac: the seal."""

    office: UUID
    made_at: datetime
    revision: str
    head: Head
    rows: dict[str, int]
    database: str
    """The digest (SHA-256) of the database in the copy."""
    database_bytes: int
    keys: str
    """The digest (SHA-256) of the key file in the copy."""
    program: str = __version__
    mac: bytes = b""

    @property
    def file_name(self) -> str:
        """The name of the copy's file: of which office, and when."""
        return f"office-{self.office.hex[:8]}-{self.made_at:%Y-%m-%d-%H%M%S}{SUFFIX}"

    def free_path(self, folder: Path) -> Path:
        """Return the file that the copy becomes in a folder: by its name, numbered where one of that second is."""
        path, number = folder / self.file_name, 2
        while path.exists():
            path, number = folder / f"{self.file_name.removesuffix(SUFFIX)}-{number}{SUFFIX}", number + 1
        return path

    def names(self, path: Path) -> bool:
        """Return whether a file still bears the name that the program gave it, numbered or not."""
        stem, _, number = path.name.removesuffix(SUFFIX).rpartition("-")
        whole = self.file_name.removesuffix(SUFFIX)
        return path.name == self.file_name or (stem == whole and number.isdecimal() and path.name.endswith(SUFFIX))

    def sealed(self, data_key: bytes) -> Self:
        """Return the manifest with its seal."""
        return replace(self, mac=self._reckoned_mac(data_key))

    def is_sealed_with(self, data_key: bytes) -> bool:
        """Return whether nothing in it was changed since it was made with this data key."""
        return hmac.compare_digest(self.mac, self._reckoned_mac(data_key))

    def written(self) -> bytes:
        """Return what stands in the file."""
        return json.dumps(self._plain() | {"mac": self.mac.hex()}, indent=1).encode()

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Return the manifest that written gave. Raises ValueError, KeyError, TypeError or OverflowError for none."""
        plain = plain_of(data)
        if plain["format"] != FORMAT:
            raise ValueError("another format")
        made_at = datetime.fromisoformat(plain["made_at"])
        if made_at.tzinfo is None:
            raise ValueError("a moment without a zone")
        made_at.astimezone(clock.PHNOM_PENH)  # which the first and last hours of the calendar cannot be
        return cls(
            UUID(plain["office"]), made_at, str(plain["revision"]),
            Head(int(plain["audit_number"]), str(plain["audit_digest"])),
            {str(table): int(count) for table, count in plain["rows"].items()},
            str(plain["database"]), int(plain["database_bytes"]), str(plain["keys"]), str(plain["program"]),
            bytes.fromhex(plain["mac"]),
        )  # fmt: skip

    def _plain(self) -> dict[str, Any]:
        return {
            "format": FORMAT, "program": self.program, "made_at": self.made_at.isoformat(), "office": str(self.office),
            "revision": self.revision, "audit_number": self.head.number, "audit_digest": self.head.digest,
            "rows": self.rows, "database": self.database, "database_bytes": self.database_bytes, "keys": self.keys,
        }  # fmt: skip

    def _reckoned_mac(self, data_key: bytes) -> bytes:
        text = json.dumps(self._plain(), sort_keys=True, separators=(",", ":"))
        return hmac.new(expand(data_key, b"casemgr copy"), text.encode(), sha256).digest()


class Copy(NamedTuple):
    """A copy that lies somewhere, as its manifest describes it; whether it is whole shows only when it is read."""

    path: Path
    manifest: Manifest


def copies_in(folder: Path, office: UUID | None = None) -> list[Copy]:
    """Return the copies in a folder, the newest first; office: of that office alone. What is none is passed over.

    A folder that is not there, or cannot be read, such as a stick that was pulled out, has none.
    """
    found = []
    with suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            with suppress(DamagedCopy, OSError):
                manifest = manifest_of(path)
                if office is None or manifest.office == office:
                    found.append(Copy(path, manifest))
    return sorted(found, key=lambda copy: copy.manifest.made_at, reverse=True)


def manifest_of(path: Path) -> Manifest:
    """Return what a copy says of itself; nothing of it is proven yet. Raises DamagedCopy and OSError."""
    with opened(path) as archive:
        return _manifest(archive)


def write_copy(part: Path, manifest: Manifest, database: Path, keys: bytes) -> None:
    """Write the three parts into a new file and bring them to the disk. Raises OSError."""
    with os.fdopen(new_file(part), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, manifest.written())
            archive.writestr(KEYS, keys)
            with database.open("rb") as source, archive.open(DATABASE, "w", force_zip64=True) as target:
                while block := source.read(BLOCK):
                    target.write(block)
        file.flush()
        os.fsync(file.fileno())
        _forget_cached(file)


def verify(path: Path, data_key: bytes, pace: Pace | None = None) -> Manifest:
    """Read a whole copy back and return its manifest. Raises DamagedCopy where a bit differs, and OSError.

    Raises Stopped where the pace says so.
    """
    with opened(path) as archive:
        manifest = _manifest(archive)
        if not manifest.is_sealed_with(data_key):
            raise DamagedCopy(CHANGED)
        keys_of(archive, manifest)
        database_of(archive, manifest, pace=pace)
    return manifest


def keys_of(archive: zipfile.ZipFile, manifest: Manifest) -> bytes:
    """Return the key file in an opened copy. Raises DamagedCopy where it is not that of the manifest."""
    info = archive.getinfo(KEYS)
    if info.file_size > _MOST_KEYS:
        raise DamagedCopy(DAMAGED)
    keys = archive.read(info)
    if sha256(keys).hexdigest() != manifest.keys:
        raise DamagedCopy(CHANGED)
    return keys


def database_of(
    archive: zipfile.ZipFile, manifest: Manifest, target: IO[bytes] | None = None, pace: Pace | None = None
) -> None:  # fmt: skip
    """Read the database in an opened copy, into a file where one is given. Raises DamagedCopy as keys_of does.

    Raises Stopped where the pace says so.
    """
    pace = pace or Pace()
    digest, left = sha256(), manifest.database_bytes
    with archive.open(DATABASE) as source:
        while left >= 0 and (block := source.read(BLOCK)):
            digest.update(block)
            left -= len(block)
            pace.check()
            if target is not None:
                target.write(block)
    if left != 0 or digest.hexdigest() != manifest.database:
        raise DamagedCopy(CHANGED)


class _Bounded:
    """A file of which no more than a block is read at once: a list of contents without end would fill the memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self.seek, self.tell, self.seekable, self.close = file.seek, file.tell, file.seekable, file.close
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, or all that are left. Raises BadZipFile for too many."""
        data = self._file.read(BLOCK + 1 if size < 0 else min(size, BLOCK + 1))
        if len(data) > BLOCK:
            raise zipfile.BadZipFile("too much at once")
        return data


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a copy for reading; what is no such file, or breaks off, is a DamagedCopy. Raises OSError."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(cast("IO[bytes]", _Bounded(file))) as archive:
            if any(info.compress_type != zipfile.ZIP_STORED for info in archive.infolist()):
                raise zipfile.BadZipFile("compressed")  # not ours; it could become as large as it likes
            yield archive
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError, NotImplementedError,
            RuntimeError, OverflowError) as error:  # fmt: skip
        raise DamagedCopy(DAMAGED) from error


def digest_of(path: Path) -> str:
    """Return the digest (SHA-256) of a file. Raises OSError."""
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _MOST_MANIFEST:
        raise DamagedCopy(DAMAGED)
    return Manifest.read(archive.read(info))


def _forget_cached(file: IO[bytes]) -> None:
    """Let what is read back come from the disk, where the system can be asked for that."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
