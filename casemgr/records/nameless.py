"""Records without what tells who somebody is: coded answers, numbers and dates stay, words and places go.

What was answered stays answered, so that no figure about the answers changes; only a date of birth is told less finely.
"""

import dataclasses
from collections.abc import Iterable
from typing import Any

from casemgr.clock import PartialDate
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document
from casemgr.records.beside.link import Link
from casemgr.records.fields import FieldInfo, Kind, Row, fields_of

GONE = "–"
"""Stands where something was written."""

NOT_KEPT: tuple[type[CaseRecord], ...] = (Complaint, Document, CaseContact, Link)
"""Kinds of record of which nothing is left: they are about single people and papers, and no figure counts them."""

_WORDS = (Kind.LINE, Kind.TEXT, Kind.PHONE)
_BIRTHS = frozenset({"born", "child_born"})
_PROVINCE = 2  # digits of a place's code


def nameless(record: Record, gone: str | None = GONE) -> dict[str, Any]:
    """Return the answers of a record that have to change so that it names nobody, by field.

    gone: what stands where something was written. What the program sets itself, such as a number, is left out.
    """
    changed = {}
    for info in fields_of(type(record)):
        before = getattr(record, info.name)
        after = before if info.computed else _nameless(info, before, gone)
        if after != before:
            changed[info.name] = after
    return changed


def _nameless(info: FieldInfo, answer: Any, gone: str | None) -> Any:
    if answer in (None, "", ()):
        return answer
    if info.kind in _WORDS:
        return gone
    if info.kind is Kind.PLACE:
        return answer[:_PROVINCE]
    if info.name in _BIRTHS:
        born = answer.earliest if isinstance(answer, PartialDate) else answer
        return PartialDate.of(born.year) if isinstance(answer, PartialDate) else born.replace(month=1, day=1)
    if info.kind is Kind.ROWS and info.row is not None:
        return tuple(_nameless_row(line, fields_of(info.row), gone) for line in answer)
    return answer


def _nameless_row(line: Row, cells: Iterable[FieldInfo], gone: str | None) -> Row:
    answers = {cell.name: _nameless(cell, getattr(line, cell.name), gone) for cell in cells}
    return dataclasses.replace(line, **answers)  # type: ignore[type-var]
