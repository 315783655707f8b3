"""The certificate that what was known of a child was erased: it names nobody, and says what older copies still hold.

It serves two ends: printed from what the program erased, and by hand for papers that were destroyed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from casemgr.i18n import N_
from casemgr.printing.blocks import Answer, AnswerGrid, Block, Paper, TableBlock, Together
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Naming, Reader, Wanted
from casemgr.printing.forms.letters import made_at, town_of
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.fields import field_of
from casemgr.records.retention import ErasedCount, ErasingGround, ErasingWay, Erasure, StillWhere

RULE = N_("{years} years after the closing, as the office holds since {date}")
COPIES = N_("Older copies of the office still hold it. They are gone by {date}.")
COPIES_UNKNOWN = N_(
    "Older copies of the office still hold it until they are overwritten. Papers, files that were given out and copies "
    "on sticks were not erased by this."
)
NO_COPIES = N_("The program knows of no copy of the office that holds it.")
ELSEWHERE = N_(
    "Papers, files that were given out, cases that another office has, and copies in other places were not erased by "
    "this."
)
DAYS = N_("{n} days, from {first} to {last}")
NAMELESS = N_("What is left are coded answers, numbers and days without a name, for the figures of the office.")
SOLEMN = N_("We confirm that what is listed here was erased from the records of the office.")
HEADS = (
    N_("History before it: {number} lines, the last with the digest {digest}"),
    N_("History after it: {number} lines, the last with the digest {digest}"),
)


MOST_DAYS = 12
"""So many days are named one by one."""


class Told(NamedTuple):
    """An erasing with what stands beside it: the names of who did it and who confirmed it."""

    erasure: Erasure
    done_by: str
    confirmed_by: str

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<Told {self.erasure.id}>"


def compose(wanted: Wanted) -> Paper:
    """Return the certificate to be completed by hand, for papers that are destroyed."""
    return composed(wanted, None)


def composed(wanted: Wanted, told: Told | None) -> Paper:
    """Return the certificate of an erasing; None leaves lines to write on."""
    sheet = Sheet(wanted)
    erasure = told.erasure if told else None
    blocks = (
        AnswerGrid((
            _answer(sheet, "known_as", erasure, sheet.file.child.code if sheet.file else None),
            _answer(sheet, "done_at", erasure),
        )),
        *_way(sheet, erasure),
        sheet.heading(N_("What was erased")),
        _counts(sheet, erasure.counts if erasure else ()),
        *([] if erasure is None or erasure.way is not ErasingWay.ANONYMISE else sheet.say(NAMELESS)),
        sheet.heading(N_("Why")),
        *_why(sheet, erasure),
        sheet.heading(N_("Where it still is")),
        *_still(sheet, erasure),
        Together((  # what is signed never stands on a page without what it is about
            *_heads(sheet, erasure),
            *sheet.say(SOLEMN),
            sheet.signatures(
                sheet.signer(N_("Who erased it"), told.done_by if told else None),
                sheet.signer(N_("Supervisor who confirmed it"), told.confirmed_by if told else None),
            ),
        )),
    )  # fmt: skip
    paper = sheet.paper(ERASURE_CERTIFICATE, blocks, head=False)
    return paper if told is None else replace(paper, case_number="", made=_made(wanted))


def _made(wanted: Wanted) -> str:
    return made_at(town_of(wanted.office, wanted.words), wanted.on, wanted.office, wanted.words)


def _answer(sheet: Sheet, name: str, erasure: Erasure | None, otherwise: str | None = None) -> Answer:
    info = field_of(Erasure, name)
    value = otherwise if erasure is None else as_printed(info, getattr(erasure, name), sheet.words)
    return Answer(sheet.label(info.label), value)


def _way(sheet: Sheet, erasure: Erasure | None) -> Iterator[Block]:
    """Yield in what way it was erased: said, or with a box for each way."""
    info = field_of(Erasure, "way")
    if erasure is not None:
        yield _answer(sheet, "way", erasure)
    else:
        yield sheet.ticks(info.label, [(way.label, False) for way in ErasingWay])


def _counts(sheet: Sheet, counts: Sequence[ErasedCount]) -> TableBlock:
    return sheet.table(ErasedCount, counts, ("kind", "number"), widths=(9, 3), blank_rows=0 if counts else 3)


def _why(sheet: Sheet, erasure: Erasure | None) -> Iterator[Block]:
    if erasure is None:
        yield sheet.ticks(field_of(Erasure, "ground").label, [(ground.label, False) for ground in ErasingGround])
    else:
        yield _answer(sheet, "ground", erasure)
    if erasure is not None and erasure.rule:
        years, _, since = erasure.rule.partition(" ")
        day = sheet.words.date(date.fromisoformat(since.strip("()")))
        told = sheet.text(RULE, years=sheet.words.number(int(years)), date=day)
        yield Answer(sheet.label(field_of(Erasure, "rule").label), told)
    yield sheet.ask(field_of(Erasure, "reason").label, erasure.reason if erasure else None, lines=2)


def _still(sheet: Sheet, erasure: Erasure | None) -> Iterator[Block]:
    """Yield where something of it still is: the days on which it was made, and what nobody here can know."""
    if erasure is None:
        yield from sheet.say(COPIES_UNKNOWN)
        return
    for where in StillWhere:
        if days := [sheet.words.date(row.on) for row in erasure.still if row.where is where and row.on is not None]:
            yield Answer(sheet.label(where.label), _days(sheet, days))
    if erasure.copies_until is not None:
        yield from sheet.say(COPIES, date=sheet.words.date(erasure.copies_until))
    elif not any(row.where in (StillWhere.COPIES, StillWhere.STICK) for row in erasure.still):
        yield from sheet.say(NO_COPIES)
    yield from sheet.say(ELSEWHERE)


def _days(sheet: Sheet, days: Sequence[str]) -> str:
    """Return the days, or where they are many how many, with the first and the last."""
    if len(days) <= MOST_DAYS:
        return ", ".join(days)
    return sheet.text(DAYS, n=sheet.words.number(len(days)), first=days[0], last=days[-1])


def _heads(sheet: Sheet, erasure: Erasure | None) -> Iterator[Block]:
    """Yield number and digest of the newest line of the history before and after, by which anyone can check it."""
    if erasure is not None:
        for message, head in zip(HEADS, (erasure.head_before, erasure.head_after), strict=True):
            number, _, digest = head.partition(":")
            yield sheet.note(message, number=sheet.words.number(int(number)), digest=digest)


ERASURE_CERTIFICATE = Form(
    name="erasure-certificate",
    number="F-26",
    title=N_("Certificate of erasing"),
    purpose=N_("Proves that what was known of a child was erased, without naming the child."),
    when=N_("When the office no longer keeps what it knows, or destroys papers of a child."),
    version="1",
    chapter=Chapter.CASE,
    reader=Reader.OFFICE,
    compose=compose,
    naming=Naming.CODE,
)
