"""Answers of records as plain text on paper."""

from datetime import date, datetime
from typing import Any

from casemgr.clock import PartialDate
from casemgr.i18n import Words
from casemgr.places import place_name
from casemgr.records.fields import Choice, FieldInfo, Kind


def as_printed(info: FieldInfo, value: Any, words: Words) -> str | None:
    """Return an answer as it stands on paper in the language of these words; None where there is none.

    Rows of a table are not answers of this kind.
    """
    if value in (None, "", ()):
        return None
    match value:
        case Choice():
            return words.text(value.label)
        case tuple():
            return ", ".join(words.text(part.label) for part in value)
        case datetime():
            return words.moment(value)
        case date():
            return words.date(value)
        case PartialDate():
            return words.partial_date(value)
        case int() if info.kind is Kind.MONEY:
            return words.number(value)
        case int():
            return words.figures(str(value))
        case str() if info.kind is Kind.PLACE:
            return place_name(value, words.language, full=True)
        case _:
            return str(value)
