"""The list of the children that are held tonight, on paper; what is not as it should be is said in words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from casemgr.i18n import N_, Words
from casemgr.printing.blocks import Answer, Paper, TableBlock, Text
from casemgr.records.office import OfficeSettings
from casemgr.records.stage import day_of

NAME = "who-is-where"
VERSION = "1"
TITLE = N_("Who is where tonight")

FOR_WHOM, WHOLE_OFFICE = N_("For"), N_("Whole office")
PRINTED_ON = N_("Printed on {date}")
NOBODY = N_("No child is held tonight, as far as is written down.")
HEADS = (
    N_("Child"), N_("Held in"), N_("Since"), N_("Next hearing"), N_("Last visit"), N_("Lawyer met on"), N_("Look at"),
)  # fmt: skip
WIDTHS = (71, 67, 70, 70, 70, 70, 67)


class WhereLine(NamedTuple):
    """A child that is held. child: the name, or the code where names are not wanted. kind: a message.

    since, hearing, visit, lawyer: Phnom Penh times, None where there is none. marks: what is not as it should be, in
    the paper's language.
    """

    child: str
    case_number: str
    where: str
    kind: str
    since: datetime | date | None
    days: int | None
    hearing: datetime | date | None
    visit: date | None
    lawyer: datetime | date | None
    marks: tuple[str, ...]

    def __repr__(self) -> str:
        """Return the case's number alone: no name may reach a log."""
        return f"<WhereLine {self.case_number}>"


def compose(
    lines: Sequence[WhereLine], on: date, whose: str | None, office: OfficeSettings, words: Words
) -> Paper:  # fmt: skip
    """Return the list as it stands on that day, in the order given; whose as in week_sheet."""
    about = Answer(words.text(FOR_WHOM), whose or words.text(WHOLE_OFFICE))
    heads = [words.text(head) for head in HEADS]
    table = TableBlock(heads, [_cells(line, words) for line in lines], WIDTHS) if lines else Text(words.text(NOBODY))
    name = office.name_km if words.language == "km" else office.name_en
    return Paper(
        form_name=NAME, form_version=VERSION, title=words.text(TITLE), office=name or "", case_number="",
        blocks=(about, table), head=False, practice=office.practice,
        made=words.text(PRINTED_ON, date=words.date(on)),
    )  # fmt: skip


def _cells(line: WhereLine, words: Words) -> list[str | None]:
    since = [_day(line.since, words)]
    if line.days is not None:
        since.append(words.plural("{n} day", "{n} days", line.days))
    return [
        f"{line.child}\n{line.case_number}", "\n".join(filter(None, (line.where, words.text(line.kind)))),
        "\n".join(since), _day(line.hearing, words), _day(line.visit, words), _day(line.lawyer, words),
        "\n".join(f"! {mark}" for mark in line.marks),
    ]  # fmt: skip


def _day(at: datetime | date | None, words: Words) -> str:
    return "–" if at is None else words.date(day_of(at))
