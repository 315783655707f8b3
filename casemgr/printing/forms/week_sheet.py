"""The week sheet: what is due in the coming seven days, for the wall or the bag, with room to tick and to write."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from casemgr.i18n import N_, Words
from casemgr.printing.blocks import Answer, AnswerGrid, Block, Heading, Note, Paper, TableBlock
from casemgr.records.office import OfficeSettings

NAME = "week-sheet"
VERSION = "1"
TITLE = N_("Week sheet")
DAYS = 7

PERIOD, FROM_TO, FOR_WHOM = N_("Period"), N_("{first} to {last}"), N_("For")
WHOLE_OFFICE = N_("Whole office")
PRINTED_ON = N_("Printed on {date}")
OVER, BEFORE, DAY = N_("Over"), N_("Due before these days"), N_("{weekday}, {date}")
WHEN, TIME, WHAT = N_("Due"), N_("Time"), N_("What is due")
NUMBER, CHILD, DONE = N_("Case number"), N_("Child"), N_("Done")
UNCONFIRMED = N_("* A limit of the law that no lawyer has confirmed.")
WIDTHS = (4.9, 6.8, 3.6, 4.8, 1.9)
BY_HAND = 1
"""Lines of each day for what else is to be done then."""


class WeekRow(NamedTuple):
    """Something that is due. due_at: Phnom Penh time; with whole_day the day counts. what: a message.

    child: the name, or the code where names are not wanted. over: it was over when the sheet was made. unconfirmed: it
    comes from a limit of the law that no lawyer has confirmed.
    """

    due_at: datetime
    whole_day: bool
    what: str
    case_number: str
    child: str
    over: bool
    unconfirmed: bool

    def __repr__(self) -> str:
        """Return the case's number alone: no name may reach a log."""
        return f"<WeekRow {self.case_number}>"


def compose(
    rows: Sequence[WeekRow], first: date, made_on: date, whose: str | None, office: OfficeSettings, words: Words
) -> Paper:  # fmt: skip
    """Return the sheet of the seven days from the first on: what is over, then day by day, as the rows come.

    whose: the worker whose cases these are, None for those of the whole office.
    """
    last = first + timedelta(days=DAYS - 1)
    period = words.text(FROM_TO, first=words.date(first), last=words.date(last))
    about = AnswerGrid((
        Answer(words.text(PERIOD), period), Answer(words.text(FOR_WHOM), whose or words.text(WHOLE_OFFICE)),
    ))  # fmt: skip
    name = office.name_km if words.language == "km" else office.name_en
    return Paper(
        form_name=NAME, form_version=VERSION, title=words.text(TITLE), office=name or "", case_number="",
        blocks=(about, *_missed(rows, first, words), *_days(rows, first, words), *_remark(rows, words)), head=False,
        practice=office.practice, made=words.text(PRINTED_ON, date=words.date(made_on)),
    )  # fmt: skip


def _missed(rows: Sequence[WeekRow], first: date, words: Words) -> Iterator[Block]:
    over = [row for row in rows if row.over]
    before = [row for row in rows if not row.over and row.due_at.date() < first]
    for heading, found in ((OVER, over), (BEFORE, before)):
        if found:
            yield Heading("", words.text(heading))
            yield _table(WHEN, [(_when(row, words), row) for row in found], words)


def _days(rows: Sequence[WeekRow], first: date, words: Words) -> Iterator[Block]:
    for day in (first + timedelta(days=number) for number in range(DAYS)):
        due = [row for row in rows if not row.over and row.due_at.date() == day]
        yield Heading("", words.text(DAY, weekday=words.weekday(day), date=words.long_date(day)))
        times = [("–" if row.whole_day else words.time_of_day(row.due_at), row) for row in due]
        yield _table(TIME, times, words, blank_rows=BY_HAND)


def _remark(rows: Sequence[WeekRow], words: Words) -> Iterator[Block]:
    if any(row.unconfirmed for row in rows):
        yield Note(words.text(UNCONFIRMED))


def _when(row: WeekRow, words: Words) -> str:
    return words.date(row.due_at.date()) if row.whole_day else words.moment(row.due_at)


def _table(first_head: str, rows: Sequence[tuple[str, WeekRow]], words: Words, blank_rows: int = 0) -> TableBlock:
    heads = [words.text(head) for head in (first_head, WHAT, NUMBER, CHILD, DONE)]
    cells = [(when, _what(row, words), row.case_number, row.child, None) for when, row in rows]
    return TableBlock(heads, cells, WIDTHS, blank_rows)


def _what(row: WeekRow, words: Words) -> str:
    return f"{words.text(row.what)} *" if row.unconfirmed else words.text(row.what)
