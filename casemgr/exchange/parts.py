"""What is inside a case file: a line of JSON for each part, in UTF-8, and after the line of a document its bytes.

The first line says whose the file is, the last how many there were. Nothing is believed of its size: a line, a
document, their numbers and all lines together are bounded, so that a file that was made to do harm is refused early.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, NoReturn

from casemgr.exchange.sealed import DAMAGED
from casemgr.trouble import Refusal

MOST_LINE, MOST_LINES_TOGETHER = 4_000_000, 64_000_000
"""Bytes."""
MOST_LINES = 50_000
MOST_DOCUMENT = 10_000_000
SIZE, END = "size", "end"


class Part(NamedTuple):
    """What a line says, and the bytes that follow it, None where none do."""

    told: dict[str, Any]
    data: bytes | None = None

    def __repr__(self) -> str:
        """Return nothing of what it says: no answer may reach a log."""
        return "<Part>"


class PartsWriter:
    """Writes the parts of a file, one after the other."""

    def __init__(self, target: Any) -> None:
        """Take what has write."""
        self._target = target
        self.lines = 0

    def put(self, told: dict[str, Any], data: bytes | None = None) -> None:
        """Write a part."""
        line = told if data is None else told | {SIZE: len(data)}
        self._target.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        if data is not None:
            self._target.write(data)
        self.lines += 1

    def end(self) -> None:
        """Write the last line."""
        self.put({END: self.lines})


def read_parts(source: BinaryIO) -> Iterator[Part]:
    """Yield the parts of a content, all but its last line. Raises Refusal for what this program did not write."""
    together = count = 0
    while True:
        line = source.readline(MOST_LINE + 1)
        together += len(line)
        if not line.endswith(b"\n") or len(line) > MOST_LINE or together > MOST_LINES_TOGETHER or count > MOST_LINES:
            raise Refusal(DAMAGED)
        told = _read(line)
        if END in told:
            if told != {END: count} or source.read(1):
                raise Refusal(DAMAGED)
            return
        yield Part(told, _data(source, told.pop(SIZE)) if SIZE in told else None)
        count += 1


def _read(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line.decode(), parse_constant=_no_constant, parse_float=_no_constant)
    except (ValueError, RecursionError):  # RecursionError: thousands of lists within each other
        raise Refusal(DAMAGED) from None
    if not isinstance(told, dict):
        raise Refusal(DAMAGED)
    return told


def _no_constant(text: str) -> NoReturn:
    """The program writes whole numbers alone."""
    raise ValueError(text)


def _data(source: BinaryIO, size: object) -> bytes:
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= MOST_DOCUMENT:
        raise Refusal(DAMAGED)
    data = source.read(size)
    if len(data) != size:
        raise Refusal(DAMAGED)
    return data
