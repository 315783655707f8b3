"""What an observer writes down in a courtroom: boxes to tick, quick."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from casemgr.clock import today
from casemgr.i18n import N_
from casemgr.law.ages import age_range
from casemgr.printing.blocks import Answer, Block, Paper
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.printing.forms.sheet import AGE_THEN, in_rows
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.hearing import COURSE, FAIRNESS, PEOPLE, REPORT, ROOM, Hearing, was_held
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.stage import day_of

LOOK = Look(wide=("court",), written=("postponed_why",), lines={"torture_account": 1, "notes": 1})


def compose(wanted: Wanted) -> Paper:
    """Return the sheet of one hearing. Raises NoSuch.

    The blank one holds the questions for named staff too: it says nothing of anybody yet.
    """
    if wanted.file is None:
        wanted = replace(wanted, with_restricted=True)
    sheet = RecordSheet(wanted, Hearing, LOOK)
    blocks = (
        *in_rows((sheet.child_answer(), _age_then(sheet))),
        *sheet.answers("court", "chamber", "stage_of", "case_number", "planned_at"),
        *sheet.section(COURSE),
        *sheet.section(ROOM),
        *sheet.section(PEOPLE),
        *sheet.section(FAIRNESS),
        sheet.heading(N_("Detention")),
        *sheet.answers("held_before"),
        _length(sheet),
        *sheet.answers("torture_alleged", "torture_account"),
        *_apart(sheet),
        *sheet.section(REPORT),
        sheet.heading(N_("Result")),
        *sheet.answers("result"),
        *_judged(sheet),
        *sheet.answers("notes"),
        *in_rows((sheet.ask(N_("Observer"), sheet.worker_name()), sheet.ask(N_("Signature")))),
    )  # fmt: skip
    return sheet.paper(HEARING_SHEET, blocks, made=False, head=False)


def _age_then(sheet: RecordSheet[Hearing]) -> Answer:
    file = sheet.file
    offences, born = (file.offences, file.child.born) if file else ((), None)
    return sheet.age(AGE_THEN, (age_range(born, offence.committed_on) for offence in offences))


def _day(hearing: Hearing) -> date | None:
    at = hearing.held_at or hearing.planned_at
    return day_of(at) if at else None


def _length(sheet: RecordSheet[Hearing]) -> Answer:
    """How long the child was held until the hearing, where detention is on record and was not over before it."""
    on = _day(sheet.record)
    kept = records_of(sheet.file, Detention) if sheet.file and on else []
    since = [each.started_on for each in kept if on and each.started_on and each.started_on <= on <= _last(each)]
    told = None
    if since and on:
        days = sheet.words.figures(str((on - min(since)).days + 1))
        told = sheet.text(N_("Since {date}; days: {days}"), days=days, date=sheet.words.date(min(since)))
    return sheet.ask(N_("Held for how long until the hearing"), told)


def _last(detention: Detention) -> date:
    return detention.ended_on or date.max


def _apart(sheet: RecordSheet[Hearing]) -> list[Block]:
    """Where torture is not asked about on this sheet, say where it is written down."""
    if not sheet.by_hand or sheet.wanted.with_restricted:
        return []
    return [sheet.note(N_("Torture or ill-treatment alleged? Do not write it here: use the form for a complaint."))]


def _judged(sheet: RecordSheet[Hearing]) -> list[Block]:
    """Article, penalty and reasons: from the judgment of that day, else to be written by hand."""
    judgment = sheet.beside(Judgment)
    if judgment.is_known and judgment.record.decided_on == _day(sheet.record) and not sheet.wanted.by_hand:
        return judgment.answers("articles", "measures", "penalties", "community_hours", "reasons_given")
    if not sheet.by_hand:
        return []
    return [
        sheet.ask(N_("Article applied")), sheet.ask(N_("Penalty or measure, and its length")),
        sheet.ask(N_("Reasons the court gave"), lines=2),
    ]  # fmt: skip


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Hearings that are still to come."""
    for hearing in records_of(file, Hearing):
        if hearing.outcome is None and not was_held(hearing) and (_day(hearing) or today()) >= today():
            yield hearing.id


HEARING_SHEET = Form(
    name="hearing-sheet",
    number="F-14",
    title=N_("Hearing monitoring sheet"),
    purpose=N_("Keeps what an observer saw: who was there, what was explained, how the child was heard and protected."),
    when=N_("In the courtroom, at each hearing."),
    version="1",
    chapter=Chapter.COURT,
    reader=Reader.OFFICE,
    compose=compose,
    record=Hearing,
    wanted_now=_wanted_now,
)
