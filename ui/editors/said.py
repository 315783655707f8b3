"""An answer in words, for lists, comparisons and what may only be read."""

from datetime import date, datetime
from typing import Any

from casemgr.clock import PartialDate
from casemgr.i18n import N_, Words
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Offence
from casemgr.records.fields import Choice, FieldInfo, Kind, Row, fields_of
from casemgr.records.kinds import told_at
from casemgr.records.stage import day_of

NOTHING = "—"
RECORD_OF = N_("{record}, {date}")
LABELLED, ASKED = N_("{label}: {answer}"), N_("{question} {answer}")


def said(info: FieldInfo, value: Any, words: Words) -> str:
    """Return the answer to a field in this language; a dash where there is none."""
    if value is None or value in ("", ()):
        return NOTHING
    if info.kind is Kind.PLACE:
        from casemgr.places import place_name  # noqa: PLC0415  (the list of villages is loaded when first needed)

        return str(place_name(value, words.language, full=True))
    if info.kind is Kind.MONEY:
        return words.money(value)
    return _said(value, words)


def with_label(label: str, answer: str, words: Words) -> str:
    """Return an answer after the label of its field; a question mark needs no colon. Both are in that language."""
    if label.endswith("?"):
        return words.text(ASKED, question=label, answer=answer)
    return words.text(LABELLED, label=label, answer=answer)


def _said(value: Any, words: Words) -> str:
    match value:
        case bool():
            return words.text(N_("Yes") if value else N_("No"))
        case Choice():
            return words.text(value.label)
        case PartialDate():
            return words.partial_date(value)
        case datetime():
            return words.moment(value)
        case date():
            return words.date(value)
        case int():
            return words.figures(str(value))
        case Row():
            return row_said(value, words)
        case tuple():
            joint = "\n" if value and isinstance(value[0], Row) else ", "
            return joint.join(_said(part, words) for part in value)
        case _:
            return str(value)


def row_said(row: Row, words: Words) -> str:
    """Return a line of a table as its answers, one after the other."""
    answers = ((info, getattr(row, info.name)) for info in fields_of(type(row)))
    return " · ".join(said(info, answer, words) for info, answer in answers if answer not in (None, "", ()))


def record_said(record: Record, words: Words) -> str:
    """Return what a record is called: its title, and the first day that it tells of; an offence by its kind."""
    if isinstance(record, Offence) and record.category is not None:
        return words.text(record.category.label)
    title = words.text(type(record).title)
    at = told_at(record) if isinstance(record, CaseRecord) else None
    return title if at is None else words.text(RECORD_OF, record=title, date=words.date(day_of(at)))
