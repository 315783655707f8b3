"""What a cell of a list says, understood as its column wants it: as the same words typed in the window would be."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from casemgr import places
from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.exchange.lines import Cell, Odd, Oddity, is_khmer, looks_old
from casemgr.i18n import N_
from casemgr.khmer.digits import to_ascii_digits
from casemgr.khmer.search import search_key
from casemgr.services.import_columns import ColumnKind, ImportColumn, answer_called
from casemgr.typed import BUDDHIST_YEAR, NO_DAY, NO_TIME, Unreadable, read_date, read_time, read_year

Value = Any
"""What a record keeps: a text, an answer, a day, a moment, a date known in part."""

NOT_KHMER = N_("Khmer letters are expected here. A name in Latin letters belongs in the column for it.")
NOT_LATIN = N_("Latin letters are expected here. A name in Khmer belongs in the column for it.")
NONE_OF_THEM = N_(
    "What stands there is none of the answers of this column. Choose what it means, or write a code of the list."
)
NO_ANSWER = N_("“{text}” is none of the answers of this column. Choose what it means, or write a code of the list.")
NO_PLACE = N_("No such place is known. Write the official code of the village, commune, district or province.")
SEVERAL_PLACES = N_(
    "Several places have this name. Write village, commune, district and province, or the official code."
)
NO_DATE = N_("This is no date. Write year-month-day, such as 2026-11-24, or use a date cell.")
TOO_LONG = Oddity.TOO_LONG.value
NO_CODE = N_("A code has letters, figures, hyphens, points and strokes alone, without gaps.")
NO_TIME_SAID = N_("The time of day is not known; midnight is kept.")

_CODE = re.compile(r"[\w\u1780-\u17ff][\w\u1780-\u17ff./\-]*")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_TIMED = re.compile(r"(.+?)(?:T|\s+)(\d{1,2}[:.h៖]\d{2}(?::\d{2})?)(?:\.\d+)?\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ud800-\udfff\ufffe\uffff]")
_DIGITS = (2, 4, 6, 8)
_LONGEST_TOLD = 200
"""Signs that a date or a place has at most; in a longer text nobody is to look for one for minutes."""
_SHORT = (ColumnKind.DAY, ColumnKind.PARTIAL, ColumnKind.MOMENT, ColumnKind.PLACE)


class Unfit(ValueError):  # noqa: N818  (it is no error of ours)
    """A cell that does not fit its column; message is one of the catalogue and says what to do."""

    def __init__(self, message: str, *, unquoted: str = "", **slots: str) -> None:
        """Take the message and what fills its slots; unquoted as in Remark."""
        super().__init__(message)
        self.message, self.slots, self.unquoted = message, slots, unquoted


class Understood(NamedTuple):
    """What a cell says, and a remark on it (a message), empty where there is none."""

    value: Value
    remark: str = ""


def read_cell(column: ImportColumn, cell: Cell, meanings: Mapping[str, str]) -> Understood:
    """Return what the cell says. meanings: what the worker chose for words of this column, the codes by search key.

    Raises Unfit.
    """
    if isinstance(cell, Odd):
        raise Unfit(cell.why.value)
    if cell is None:
        return Understood(None)
    if column.kind in _SHORT and isinstance(cell, str) and len(cell) > _LONGEST_TOLD:
        raise Unfit(TOO_LONG)
    match column.kind:
        case ColumnKind.CHOICE:
            return Understood(_answer(column, _text(cell), meanings))
        case ColumnKind.DAY:
            return Understood(_day(cell))
        case ColumnKind.PARTIAL:
            return Understood(_partial(cell))
        case ColumnKind.MOMENT:
            return _moment(cell)
        case ColumnKind.PLACE:
            return Understood(_place(_text(cell)))
        case _:
            return Understood(_words(column, _text(cell)))


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)


def _words(column: ImportColumn, text: str) -> str | None:
    kept = _CONTROL.sub("", text).strip()
    if column.kind is not ColumnKind.TEXT:
        kept = " ".join(kept.split())
    if column.kind is ColumnKind.CODE:
        kept = to_ascii_digits(kept)
    if len(kept) > column.longest:
        raise Unfit(TOO_LONG)
    match column.kind:
        case ColumnKind.KHMER if kept and not is_khmer(kept):
            raise Unfit(Oddity.OLD_FONT.value if looks_old(kept) else NOT_KHMER)
        case ColumnKind.LATIN if is_khmer(kept):
            raise Unfit(NOT_LATIN)
        case ColumnKind.LATIN if looks_old(kept, capitals=False):
            raise Unfit(Oddity.OLD_FONT.value)
        case ColumnKind.TEXT if looks_old(kept, least=3):
            raise Unfit(Oddity.OLD_FONT.value)
        case ColumnKind.CODE if kept and not _CODE.fullmatch(kept):
            raise Unfit(NO_CODE)
        case _:
            return kept or None


def _answer(column: ImportColumn, text: str, meanings: Mapping[str, str]) -> Value:
    """Return the answer; a word that the worker said means nothing is no answer."""
    chosen = meanings.get(search_key(text))
    if chosen == "":
        return None
    found = answer_called(column.key, chosen or text)
    if found is None:
        raise Unfit(NO_ANSWER, unquoted=NONE_OF_THEM, text=_CONTROL.sub("", text)[:40])
    return found


@lru_cache(maxsize=4096)
def _place(text: str) -> str:
    digits = to_ascii_digits(text.strip())
    if digits.isascii() and digits.isdigit():
        code = digits if len(digits) in _DIGITS else f"0{digits}"  # a cell of numbers drops the leading zero
        if places.place(code) is None:
            raise Unfit(NO_PLACE)
        return code
    first = search_key(text.split(",", maxsplit=1)[0])
    found = [
        place
        for place in places.find_places(text, limit=50)
        if first in (search_key(place.name_km), search_key(place.name_en))
    ]
    if not found:
        raise Unfit(NO_PLACE)
    if len(found) > 1:
        raise Unfit(SEVERAL_PLACES)
    return found[0].code


def _in_our_era(day: date) -> date:
    if day.year >= 2400:
        raise Unfit(BUDDHIST_YEAR)
    if day.year < 1900:
        raise Unfit(NO_DATE)
    return day


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return _in_our_era(cell.date())
    if isinstance(cell, date):
        return _in_our_era(cell)
    text = to_ascii_digits(_text(cell)).strip()
    if (timed := _TIMED.fullmatch(text)) is not None:
        text = timed[1]
    try:
        found = read_date(text)
    except Unreadable as error:
        raise Unfit(NO_DATE if error.message == NO_DAY else error.message) from error
    if found is None:
        raise Unfit(NO_DATE)
    return _in_our_era(found)


def _partial(cell: Cell) -> PartialDate:
    if isinstance(cell, date):
        return PartialDate.on(_day(cell))
    text = to_ascii_digits(_text(cell)).strip()
    try:
        if len(text) == 4 and text.isdigit():
            return PartialDate.of(read_year(text))
        if (month := _MONTH.fullmatch(text)) is not None:
            return PartialDate.of(read_year(month[1] or month[4]), int(month[2] or month[3]))
        if text.startswith("age "):
            return PartialDate.parse(text)
    except Unreadable as error:
        raise Unfit(error.message) from error
    except (ValueError, OverflowError) as error:
        raise Unfit(NO_DATE) from error
    return PartialDate.on(_day(cell))


def _moment(cell: Cell) -> Understood:
    if isinstance(cell, datetime):
        _in_our_era(cell.date())
        whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)  # a sheet counts in parts of a day
        return _timed(whole.date(), whole.time())
    if isinstance(cell, date):
        return _timed(_in_our_era(cell), time())
    text = to_ascii_digits(_text(cell)).strip()
    zoned = _with_zone(text)
    if zoned is not None:
        return Understood(zoned)
    timed = _TIMED.fullmatch(text)
    if timed is None:
        return _timed(_day(text), time())
    hours, _, seconds = timed[2].replace("h", ":").replace("៖", ":").replace(".", ":").partition(":")
    minutes, _, seconds = seconds.partition(":")
    try:
        at = read_time(f"{hours}:{minutes}")
        if at is None or int(seconds or 0) > 59:
            raise Unfit(NO_TIME)
    except Unreadable as error:
        raise Unfit(error.message) from error
    return Understood(datetime.combine(_day(timed[1]), at.replace(second=int(seconds or 0)), PHNOM_PENH))


def _with_zone(text: str) -> datetime | None:
    """Return a moment that says its zone of time, in Phnom Penh; None for a text that is none."""
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            return None
        here = found.astimezone(PHNOM_PENH).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    _in_our_era(here.date())
    return here


def _timed(day: date, at: time) -> Understood:
    moment = datetime.combine(day, at, PHNOM_PENH)
    return Understood(moment, NO_TIME_SAID if at == time() else "")
