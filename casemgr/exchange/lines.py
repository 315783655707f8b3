"""What is read from a list of another program, whatever kind of file it was: lines of cells, nothing believed of them.

Nothing here knows what a column means. A cell that cannot be taken for what it shows is kept as an `Odd`, with the
reason, so that the row it stands in can be named.
"""

import enum
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from casemgr.i18n import N_
from casemgr.trouble import Refusal

MOST_BYTES, MOST_UNPACKED = 50_000_000, 100_000_000
"""Of a file, and of what a workbook unpacks to. Ten thousand rows of twenty columns take a tenth of it."""
MOST_ROWS, MOST_COLUMNS = 20_000, 200
LONGEST = 32_767
"""Signs in a cell, as many as a workbook lets one have."""

UNREADABLE = N_("The file cannot be read. Look whether it is still there and no other program has it open.")
DAMAGED = N_("The file is damaged, or is no list. Open it in the program it was made with and save it again.")
TOO_LARGE = N_("The file is too large: at most {rows} rows fit into one import. Divide the list into several files.")
NO_ROWS = N_("The file has no rows.")
OTHER_KIND = N_("This kind of file is not read. Open it in the program it was made with and save it as .xlsx.")
LOCKED = N_("The file is locked with a password. Open it, take the password away, and save it under another name.")
MACROS = N_("The file holds macros, small programs that are not let in. Save it as an Excel workbook (.xlsx).")
NOT_UTF8 = N_("The signs of this file are not in UTF-8, so Khmer would be lost. In Excel choose “Save as”, then the "
              "kind “CSV UTF-8”; or save it as .xlsx.")  # fmt: skip
QUOTES = N_("A quotation mark in line {line} is not closed. Mend that line, or save the list as .xlsx.")

_OLD_FONTS = re.compile(r"\s*(limon|abc[-_ ]|khek|baidok|tacteng|truth[-_ ]?k)", re.IGNORECASE)
_KHMER = re.compile("[\u1780-\u17ff]")
# Khmer in UTF-8 that was read as if it were Western: each letter begins with these two signs. Where it was written in a
# Western encoding, question marks are all that is left of it.
_MISREAD = re.compile("á[žŸ\u009e\u009f]|\ufffd")
_SAID = re.compile(r"[^?\s]")
# Within a word of an old font stand signs and capitals that no romanised name has there.
_SIGNS = re.compile(r"[^\W\d_][¶-¿«»°±§©®™†‡•¤¥¢£¬×÷<>=|\\{}\[\]~^_$%&*+@#!?:;¿¡]+[^\W\d_]")
_CAPITALS = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")


class Oddity(enum.Enum):
    """Why a cell is not taken for what it shows. The value is what to do about it."""

    FORMULA = N_("This cell is a formula. Copy the column and paste it as values, then save.")
    ERROR = N_("This cell shows an error. Write the value itself.")
    OLD_FONT = N_("This is written in an old Khmer font such as Limon or ABC. Turn it into Unicode first, with a "
                  "converter or by typing it anew; otherwise it becomes unreadable letters.")  # fmt: skip
    MISREAD = N_("The Khmer in this cell was spoilt when the file was saved. Take the list from where it is still "
                 "right and save it as .xlsx.")  # fmt: skip
    TOO_LONG = N_("This text is too long for one cell. Shorten it.")


class Odd(NamedTuple):
    """A cell that is not taken for what it shows."""

    why: Oddity


Cell = str | int | float | bool | datetime | date | time | Odd | None
"""A moment has no time zone: whoever knows the column gives it one."""


class Line(NamedTuple):
    """One line of a list. number: as the worker sees it in the other program, the first one being 1."""

    number: int
    cells: tuple[Cell, ...]

    def __repr__(self) -> str:
        """Return the number alone: no answer may reach a log."""
        return f"<Line {self.number}>"


@dataclass(frozen=True, repr=False)
class Lines:
    """The lines of a list that hold anything, and the first line that a merged cell touches (None where none does)."""

    lines: tuple[Line, ...]
    merged: tuple[tuple[int, str], ...] = ()
    """The last line of each merged range, and the range as the other program writes it, such as B3:B7."""


def is_old_font(name: str | None) -> bool:
    """Return whether a font is one of those that draw Khmer over Latin letters."""
    return bool(name and _OLD_FONTS.match(name))


def is_khmer(text: str) -> bool:
    """Return whether there is Khmer in a text."""
    return bool(_KHMER.search(text))


def looks_old(text: str, *, capitals: bool = True, least: int = 1) -> bool:
    """Return whether a text looks as text of an old font does: without Khmer, with signs within half of its words.

    capitals: also where capitals stand within them, as no text has but a few names in Latin letters. least: so many
    words at least.
    """
    if is_khmer(text):
        return False
    words = text.split()
    odd = sum(bool(_SIGNS.search(word) or (capitals and _CAPITALS.search(word))) for word in words)
    return odd >= least and 2 * odd >= len(words)


def text_cell(text: str) -> Cell:
    """Return what a cell with that text holds; None where it shows nothing."""
    kept = unicodedata.normalize("NFC", text.replace("\x00", "")).strip(" \t\r\n\u00a0\u200b\ufeff")
    if not kept:
        return None
    if len(kept) > LONGEST:
        return Odd(Oddity.TOO_LONG)
    is_lost = "???" in kept and not _SAID.search(kept)
    return Odd(Oddity.MISREAD) if is_lost or _MISREAD.search(kept) else kept


def trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells up to the last one that holds anything."""
    last = min(len(cells), MOST_COLUMNS)
    while last and cells[last - 1] is None:
        last -= 1
    return tuple(cells[:last])


def checked(lines: Sequence[Line], merged: Sequence[tuple[int, str]] = ()) -> Lines:
    """Return the lines. Raises Refusal where there are none."""
    if not lines:
        raise Refusal(NO_ROWS)
    return Lines(tuple(lines), tuple(merged))


def too_large() -> Refusal:
    """Return what to say of a list that is too long or unpacks to too much."""
    return Refusal(TOO_LARGE, rows=f"{MOST_ROWS:,}")
