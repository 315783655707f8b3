"""A compiled catalogue that is looked up where it lies, as its form allows: its messages stand there in their order.

gettext reads each of them at the start and keeps them all. That takes as long as a fifth of the first window, which
shows two dozen of several thousand, and several times the memory.
"""

from bisect import bisect_left
from gettext import c2py
from typing import BinaryIO

MAGIC = 0x950412DE


class Catalogue:
    """The messages of one language. What was looked up once is kept."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the file. Raises ValueError for what is no catalogue, or is none of this kind of machine."""
        self._data = file.read()
        words = memoryview(self._data)[: len(self._data) // 4 * 4].cast("I")
        if words[0] != MAGIC:
            raise ValueError("not a compiled catalogue")
        count, originals, translations = words[2], words[3] // 4, words[4] // 4
        self._originals = words[originals : originals + 2 * count]
        self._translations = words[translations : translations + 2 * count]
        self._places = range(count)
        self._known: dict[str, list[str]] = {}
        _, _, rule = self._found("")[0].partition("plural=")
        self._plural = c2py(rule.partition(";")[0])

    def gettext(self, message: str) -> str:
        """Return a message in this language; itself where it is not translated."""
        found = self._known.get(message) or self._found(message)
        return found[0] if found else message

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form of a message that fits a number; the English one where it is not translated."""
        found = self._known.get(one) or self._found(one)
        if not found:
            return one if n == 1 else many
        return found[self._plural(n)]

    def _found(self, message: str) -> list[str]:
        """Look a message up; return its forms, of which most have one, or none where it is not translated."""
        wanted = message.encode()
        place = bisect_left(self._places, wanted, key=self._original)
        if place == len(self._places) or self._original(place) != wanted:
            return []
        self._known[message] = found = self._text(self._translations, place).decode().split("\0")
        return found

    def _original(self, place: int) -> bytes:
        """Return a message in English; of one with several forms the first."""
        return self._text(self._originals, place).partition(b"\0")[0]

    def _text(self, table: "memoryview[int]", place: int) -> bytes:
        length, at = table[2 * place], table[2 * place + 1]
        return self._data[at : at + length]
