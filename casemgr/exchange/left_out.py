"""What a file for another program could not say: told to the worker by question and reason, never by answer."""

import enum
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from casemgr.i18n import N_, Words
from casemgr.records.base import Record
from casemgr.records.fields import fields_of


class Why(enum.Enum):
    """Why something is not in the file; the value is the heading above all of that reason."""

    WANTED = N_("The other program asks for these, and they have no answer here:")
    NO_CODE = N_("There is no code there for these answers:")
    INEXACT = N_("These are not known exactly enough:")
    TURNED_OFF = N_("These are not sent, because they have no name there:")
    SMALL = N_("These numbers are left out, because fewer than 5 children could be recognised:")
    NO_NUMBER = N_("These have no number in this period:")
    NAMED_STAFF = N_("These answers are for named staff and never leave the office this way:")
    NOT_CHOSEN = N_("These were not asked for:")
    NO_PLACE = N_("There is no place in the file for these answers:")


class LeftOut(NamedTuple):
    """One thing that is not in the file. part: of what (a message), such as the title of a record; what: a message.

    group: of a number, the group it counts, in words already; else empty.
    """

    why: Why
    part: str
    what: str
    group: str = ""


PART = N_("{part}: {label}")
GROUPED = N_("{indicator} ({group})")


def in_words(left: Iterable[LeftOut], words: Words) -> list[str]:
    """Return what to tell the worker, those reasons first that matter most: a line for each, and beneath it each thing.

    A thing that was left out of several records is told once.
    """
    found = list(dict.fromkeys(left))
    lines = []
    for why in Why:
        if own := [each for each in found if each.why is why]:
            lines += [words.text(why.value), *(f"• {_said(each, words)}" for each in own)]
    return lines


def _said(each: LeftOut, words: Words) -> str:
    what = words.text(each.what)
    if each.group:
        what = words.text(GROUPED, indicator=what, group=each.group)
    return words.text(PART, part=words.text(each.part), label=what) if each.part else what


def answers_left(records: Iterable[Record], carried: Collection[tuple[str, str]]) -> Iterator[LeftOut]:
    """Yield the answered questions of these records that are not carried, by class name and field."""
    for record in records:
        kind = type(record)
        for info in fields_of(kind):
            answered = getattr(record, info.name) not in (None, "", ())
            if not answered or info.computed or (kind.__name__, info.name) in carried:
                continue
            yield LeftOut(Why.NAMED_STAFF if info.restricted else Why.NO_PLACE, kind.title, info.label)
