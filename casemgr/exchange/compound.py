"""The container of an encrypted workbook: an OLE compound file of version 3, written from its beginning to its end.

Layout by [MS-CFB]: the header, the large stream from the first sector on, then the small streams, the directory and the
tables of sectors. The names and the fixed streams are those [MS-OFFCRYPTO] asks of an encrypted document.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

SECTOR = 512
_SMALL_SECTOR, _SMALLEST_LARGE = 64, 4096
_FREE, _END, _TABLE, _TABLE_OF_TABLES = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_IN_HEADER, _IN_SECTOR = 109, SECTOR // 4
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1

_SPACE, _TRANSFORM = "StrongEncryptionDataSpace", "StrongEncryptionTransform"
PACKAGE = "EncryptedPackage"


@dataclass
class _Entry:
    """An entry of the directory. left, right: of a tree of names in one storage; below: the first of a storage."""

    name: str
    kind: int
    left: int = _FREE
    right: int = _FREE
    below: int = _FREE
    colour: int = _BLACK
    content: bytes = field(default=b"", repr=False)
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = f"{self.name}\0".encode("utf-16-le")
        return (
            name.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(name), self.kind, self.colour, self.left, self.right, self.below)
            + bytes(36)  # class, state bits and times, which nobody needs to know
            + struct.pack("<IQ", self.start, self.size)
        )


def finish(target: BinaryIO, package: int, info: bytes) -> None:
    """Complete a file in which a package of that many bytes follows an empty header of one sector.

    info is the stream EncryptionInfo. The target is open for writing, at any place. Raises ValueError for a package of
    less than 4096 bytes (which would have to lie elsewhere) or more than 2 GB, and OSError.
    """
    if not _SMALLEST_LARGE <= package < 2**31:
        raise ValueError("a package of this size cannot be locked")
    entries = _directory(info)
    small = b"".join(_padded(entry.content, _SMALL_SECTOR) for entry in entries)
    chains = [_sectors(package), _sectors(len(small)), _sectors(128 * len(entries)), 1]
    starts = [sum(chains[:index]) for index in range(len(chains))]
    position = 0
    for entry in entries:
        entry.start, entry.size = position, len(entry.content)
        position += -(-len(entry.content) // _SMALL_SECTOR)
        if not entry.content:
            entry.start = 0
    entries[0].start, entries[0].size = starts[1], len(small)
    entries[1].start, entries[1].size = 0, package
    small_table = _table(-(-len(entry.content) // _SMALL_SECTOR) for entry in entries)
    tables, tables_of_tables = _counts(sum(chains))

    target.seek(SECTOR + package)
    target.write(bytes(-package % SECTOR))
    target.write(_padded(small, SECTOR))
    target.write(_padded(b"".join(entry.packed() for entry in entries), SECTOR))
    target.write(_packed(small_table, 1))
    own = chain([_TABLE] * tables, [_TABLE_OF_TABLES] * tables_of_tables)
    target.write(_packed(chain(_table(chains), own), tables))
    first = sum(chains)
    listed = range(first, first + tables)
    _write_table_of_tables(target, listed[_IN_HEADER:], first + tables, tables_of_tables)
    target.seek(0)
    target.write(_header(listed[:_IN_HEADER], tables, starts[2], starts[3], first + tables, tables_of_tables))


def _header(
    listed: range, tables: int, directory: int, small_table: int, table_of_tables: int, tables_of_tables: int
) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIII", 0, tables, directory, 0, _SMALLEST_LARGE, small_table, 1)
        + struct.pack("<II", table_of_tables if tables_of_tables else _END, tables_of_tables)
        + _packed(iter(listed), 1)[: 4 * _IN_HEADER]
    )


def _write_table_of_tables(target: BinaryIO, listed: range, first: int, sectors: int) -> None:
    """Write the places of the tables that the header has no room for; each sector ends with the place of the next."""
    each = _IN_SECTOR - 1
    for index in range(sectors):
        part = list(listed[index * each : (index + 1) * each])
        part += [_FREE] * (each - len(part))
        following = first + index + 1 if index + 1 < sectors else _END
        target.write(struct.pack(f"<{_IN_SECTOR}I", *part, following))


def _counts(content: int) -> tuple[int, int]:
    """Return how many sectors the table of sectors needs, which lists itself too, and the table of these tables."""
    tables = tables_of_tables = 0
    while True:
        wanted = -(-(content + tables + tables_of_tables) // _IN_SECTOR)
        wanted_of = -(-max(0, wanted - _IN_HEADER) // (_IN_SECTOR - 1))
        if (wanted, wanted_of) == (tables, tables_of_tables):
            return tables, tables_of_tables
        tables, tables_of_tables = wanted, wanted_of


def _table(chains: "list[int] | Iterator[int]") -> Iterator[int]:
    """Yield for each sector the one that follows it, for streams that lie one after the other."""
    position = 0
    for length in chains:
        if length:
            yield from range(position + 1, position + length)
            yield _END
            position += length


def _packed(numbers: Iterator[int], sectors: int) -> bytes:
    """Return the numbers in so many sectors, the rest of them marked as free."""
    packed = b"".join(struct.pack("<I", number) for number in numbers)
    return packed.ljust(sectors * SECTOR, b"\xff")


def _sectors(size: int) -> int:
    return -(-size // SECTOR)


def _padded(content: bytes, size: int) -> bytes:
    return content + bytes(-len(content) % size)


def _directory(info: bytes) -> list[_Entry]:
    """Return the directory; in each storage shorter names stand before longer ones."""
    return [
        _Entry("Root Entry", _ROOT, below=3),
        _Entry(PACKAGE, _STREAM),
        _Entry("\x06DataSpaces", _STORAGE, below=5),
        _Entry("EncryptionInfo", _STREAM, left=2, right=1, content=info),
        _Entry("Version", _STREAM, content=_lp("Microsoft.Container.DataSpaces") + _VERSIONS),
        _Entry("DataSpaceMap", _STREAM, left=4, right=6, content=_map_of_spaces()),
        _Entry("DataSpaceInfo", _STORAGE, right=8, below=7),
        _Entry(_SPACE, _STREAM, content=struct.pack("<II", 8, 1) + _lp(_TRANSFORM)),
        _Entry("TransformInfo", _STORAGE, colour=_RED, below=9),
        _Entry(_TRANSFORM, _STORAGE, below=10),
        _Entry("\x06Primary", _STREAM, content=_transform()),
        _Entry("", 0),
    ]


_VERSIONS = struct.pack("<HHHHHH", 1, 0, 1, 0, 1, 0)


def _lp(text: str) -> bytes:
    """Return the text after its length, as the format keeps text."""
    raw = text.encode("utf-16-le")
    return _padded(struct.pack("<I", len(raw)) + raw, 4)


def _map_of_spaces() -> bytes:
    entry = struct.pack("<II", 1, 0) + _lp(PACKAGE) + _lp(_SPACE)
    return struct.pack("<III", 8, 1, len(entry) + 4) + entry


def _transform() -> bytes:
    kind = struct.pack("<I", 1) + _lp("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    name = _lp("Microsoft.Container.EncryptionTransform")
    return struct.pack("<I", len(kind) + 4) + kind + name + _VERSIONS + struct.pack("<IIII", 0, 0, 0, 4)
