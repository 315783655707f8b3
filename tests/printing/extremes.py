"""Records that try the layout: every answer as long as a worker may plausibly make it, or no answer at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sample_case import Kept

from casemgr.clock import PartialDate, local
from casemgr.i18n import LANGUAGES, Words
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Choice, FieldInfo, Kind, Row, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.social_inquiry import Addendum

WORDS_OF_A_TEXT = 200
ROWS = 12
_VOCABULARY = (
    "កុមារ", "រស់នៅ", "ជាមួយ", "ជីដូន", "ក្នុង", "ភូមិ", "ម្តាយ", "ធ្វើការ", "នៅ", "រោងចក្រ", "ឪពុក", "ចាកចេញ", "ពី", "គ្រួសារ",
    "គ្រូបង្រៀន", "និយាយថា", "មិនដែល", "មាន", "ជម្លោះ", "មន្ត្រី", "នគរបាល", "ប្រព្រឹត្ត", "ស្ត្រី", "សង្គមកិច្ច", "ខ្ញុំ", "ញ៉ាំ",
)  # fmt: skip
TEXT = "".join(_VOCABULARY[(n * 7 + n // 5) % len(_VOCABULARY)] for n in range(WORDS_OF_A_TEXT)) + "។"
"""200 words of Khmer without a space, as many write."""
NAME = "ព្រះរាជពង្សាវតារសុវណ្ណមុនីរតនសោភ័ណ ច័ន្ទធារាវត្តី"
LINE = "អង្គការសាកល្បងដើម្បីការអភិវឌ្ឍសហគមន៍ និងការពារសិទ្ធិកុមារនៅតំបន់ទីជនបទឆ្ងាយដាច់ស្រយាល"
CELL = "អ្នកជិតខាងដែលស្គាល់គ្រួសារនេះតាំងពីកុមារនៅតូចម្ល៉េះ"
_LONGEST: dict[Kind, Any] = {
    Kind.TEXT: TEXT, Kind.NUMBER: 999, Kind.MONEY: 999_999_999, Kind.DATE: date(2026, 12, 28),
    Kind.MOMENT: local(2026, 12, 28, 23, 55), Kind.PARTIAL_DATE: PartialDate.parse("2026-12-28"),
    Kind.PHONE: "+855 97 123 45 678 / 012 345 678",
}  # fmt: skip


def longest(record: type[Any], **other: Any) -> Any:
    """Return a record with the longest plausible answer to every question, and `other` as it is given.

    Texts of 200 words without a space, long names, tables of 12 rows, every box ticked. What a program fills in and
    what is looked up (status, code of a place) is as in the sample.
    """
    return record(**{info.name: _longest(info) for info in fields_of(record)} | other)


def unanswered(record: type[Any], **other: Any) -> Any:
    """Return a record without any answer but `other`."""
    return record(**other)


def file_of(*records: CaseRecord, addenda: Sequence[Addendum] = ()) -> Kept:
    """Return the file of a case with these records; child, case and two offences have the longest answers as well."""
    return Kept(longest(Child), longest(Case), [longest(Offence), longest(Offence)], records, addenda)


def full_file() -> Kept:
    """Return the file of a case with the longest record of every kind."""
    return file_of(*(longest(kind.record) for kind in KINDS))


def empty_file_of(*records: CaseRecord) -> Kept:
    """Return the file of a case of which nothing is known but the records given."""
    return Kept(unanswered(Child), unanswered(Case), [], records)


def _longest(info: FieldInfo) -> Any:
    if info.computed or info.kind is Kind.PLACE:
        return info.sample
    if info.row is not None:
        return (_row(info.row),) * ROWS
    if info.choices is not None:
        options = [choice for choice in info.choices if not choice.retired]
        return tuple(options) if info.kind is Kind.CHOICES else max(options, key=_length)
    if info.kind is Kind.LINE:
        return NAME if "name" in info.name else LINE
    return _LONGEST[info.kind]


def _row(row: type[Row]) -> Row:
    cells = {}
    for info in fields_of(row):
        answer = _longest(info)
        cells[info.name] = CELL if answer in (LINE, TEXT) else answer
    return row(**cells)


def _length(choice: Choice) -> int:
    return max(len(Words(language).text(choice.label)) for language in LANGUAGES)
