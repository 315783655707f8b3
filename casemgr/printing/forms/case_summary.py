"""The case on two or three pages: for a supervisor, a new worker, a case conference, the way to a hearing.

It is the office's own working paper. With the code it bears no name of the child or the family, and what only named
staff may know stands on it only where that is wanted.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.law.custody import Spell, spells_of
from casemgr.law.deadlines import DeadlineState, DeadlineValue, state
from casemgr.law.standing import StageState, stage_states
from casemgr.printing.blocks import Answer, AnswerGrid, Block, Paper, TableBlock, Together
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.case_summary_parts import (
    closing,
    contacts,
    diversion,
    follow_ups,
    for_named_staff,
    orders,
    plan,
    referrals,
    report,
)
from casemgr.printing.forms.form import Chapter, Form, Naming, Reader, Wanted
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.base import CaseRecord
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.consent import Consent
from casemgr.records.case import ProcessStage
from casemgr.records.fields import field_of
from casemgr.records.kinds import kind_of
from casemgr.records.pathway import PATHWAY
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.detention import Detention, days_held, facility_now
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.stage import Time, day_of

TOLD_ELSEWHERE = (FollowUp, DetentionVisit)
"""Kinds that may be many, and have a part of their own."""

STANDING = {
    StageState.DONE: N_("Done so far"), StageState.CURRENT: N_("Going on"),
    StageState.OVERDUE: N_("Over its time"), StageState.AHEAD: N_("Still ahead"),
}  # fmt: skip


def compose(wanted: Wanted) -> Paper:
    """Return the summary of a case."""
    sheet = Sheet(wanted)
    blocks = (
        *sheet.identity(*(sheet.of_child("village_code") if wanted.named else [])),
        *_standing(sheet),
        sheet.heading(N_("Open deadlines")),
        *_deadlines(sheet),
        sheet.heading(N_("The offence")),
        sheet.offences(),
        *_detention(sheet),
        sheet.heading(N_("What happened, day by day")),
        _timeline(sheet),
        *referrals(sheet),
        *orders(sheet),
        *report(sheet),
        *diversion(sheet),
        *plan(sheet),
        *follow_ups(sheet),
        *closing(sheet),
        *contacts(sheet),
        *for_named_staff(sheet),
        sheet.note(N_("For the office's own work. Keep it locked up, and destroy it when it is needed no more.")),
    )
    return sheet.paper(CASE_SUMMARY, blocks, head=False)


def _standing(sheet: Sheet) -> Iterator[Block]:
    """Yield where the case is in the procedure, and which stages are done and ahead."""
    yield sheet.heading(N_("Where the case stands"))
    yield AnswerGrid(tuple(sheet.of_case("status", "stage", "opened_on", "child_role", "risk", "urgency")))
    yield AnswerGrid(tuple(sheet.of_case("court", "court_number")), columns=1)
    file = sheet.file
    if file is None:
        return
    states = stage_states(_open_to_reader(sheet), _running(sheet), sheet.wanted.at)
    labels = {stage.key: stage.label for stage in PATHWAY}
    for standing, label in STANDING.items():
        told = ", ".join(sheet.text(labels[key]) for key, found in states.items() if found is standing)
        if told:
            yield Answer(sheet.label(label), told)


def _open_to_reader(sheet: Sheet) -> list[CaseRecord]:
    """Return the records of the case, complaints only where what named staff know is wanted."""
    records = sheet.file.records if sheet.file else ()
    return [each for each in records if sheet.wanted.with_restricted or not isinstance(each, Complaint)]


def _running(sheet: Sheet) -> list[DeadlineValue]:
    """Return the deadlines that run, the soonest first; none of a record that is not on the paper."""
    known = {record.id for record in _open_to_reader(sheet)}
    deadlines = sheet.file.deadlines if sheet.file else ()
    running = [each for each in deadlines if each.ended_at is None and each.record_id in known]
    return sorted(running, key=lambda each: each.due_at)


def _deadlines(sheet: Sheet) -> Iterator[Block]:
    """Yield what is due, dates of one kind on one line, and what they rest on.

    An unconfirmed limit is told without its article.
    """
    words, now = sheet.words, sheet.wanted.at
    dates: dict[tuple[str, str, str | None], list[str]] = {}
    for each in _running(sheet):
        over = words.text(N_("Over")) if state(each, now) is DeadlineState.OVER else None
        at = words.date(each.due_at.date()) if each.whole_day else words.moment(each.due_at)
        dates.setdefault((words.text(each.label), _rests_on(sheet, each), over), []).append(at)
    rows = [[label, ", ".join(days), rests_on, over] for (label, rests_on, over), days in dates.items()]
    if sheet.file is not None and not sheet.wanted.by_hand and not rows:
        yield from sheet.say(N_("No deadline runs."))
        return
    heads = (N_("What is due"), N_("Due"), N_("Rests on"), N_("State"))
    yield TableBlock([sheet.label(head) for head in heads], rows, (4.4, 5, 3.6, 2), blank(sheet, rows))
    if any(_is_unconfirmed(sheet, each) for each in _running(sheet)):
        yield sheet.note(N_("“Not confirmed” is a limit that no lawyer has confirmed. Do not call it law."))


def _is_unconfirmed(sheet: Sheet, deadline: DeadlineValue) -> bool:
    if deadline.limit_key is None:
        return False
    limit = sheet.wanted.limits.get(deadline.limit_key)
    return limit is None or (limit.kind == "law" and not limit.confirmed)


def _rests_on(sheet: Sheet, deadline: DeadlineValue) -> str:
    if deadline.limit_key is None:
        return sheet.text(N_("A date of the file"))
    if _is_unconfirmed(sheet, deadline):
        return sheet.text(N_("Not confirmed"))
    return sheet.words.figures(sheet.text(sheet.wanted.limits[deadline.limit_key].article))


def blank(sheet: Sheet, rows: Sequence[object], room: int = 3) -> int:
    """Return how many empty lines a table has: some where it is filled by hand, one where there is nothing."""
    return max((room if sheet.wanted.by_hand or sheet.file is None else 1) - len(rows), 0)


def _timeline(sheet: Sheet) -> TableBlock:
    """Return a line for each day, with all that is told of it."""
    told = sorted(_happenings(sheet), key=lambda each: as_moment(each[0]))
    rows: list[list[str | None]] = [
        [sheet.words.date(day), "; ".join(dict.fromkeys(_happening(sheet, *each) for each in same))]
        for day, same in groupby(told, key=lambda each: day_of(each[0]))
    ]
    heads = (N_("Date"), N_("What happened"))
    return TableBlock([sheet.label(head) for head in heads], rows, (2, 11), blank(sheet, rows, 5))


def _happenings(sheet: Sheet) -> Iterator[tuple[Time, str]]:
    stages = {kind.record for stage in PATHWAY for kind in stage.kinds} | {Consent}
    for record in sheet.file.records if sheet.file else ():
        kind = kind_of(record)
        if kind is None or type(record) not in stages or isinstance(record, TOLD_ELSEWHERE):
            continue
        for event in kind.events:
            if (at := event.at(record)) is not None:
                yield at, event.label


def _happening(sheet: Sheet, at: Time, label: str) -> str:
    if isinstance(at, datetime):
        return sheet.text("{time} {what}", time=sheet.words.time_of_day(at), what=sheet.text(label))
    return sheet.text(label)


def _detention(sheet: Sheet) -> Iterator[Block]:
    """Yield when and where the child was held, and for how many days, up to the day of printing."""
    records = sheet.file.records if sheet.file else ()
    spells = sorted(spells_of(records), key=lambda each: each.first)
    if not spells and sheet.file is not None:
        return
    on = sheet.wanted.on
    held = days_held(((spell.first, spell.last) for spell in spells), on)
    told = sheet.words.plural("{n} day", "{n} days", held) if spells else None
    rows = [_spell(sheet, spell) for spell in spells]
    heads = (N_("From"), N_("To"), field_of(Detention, "basis").label, field_of(Detention, "facility").label)
    yield Together((
        sheet.heading(N_("Custody and detention")),
        sheet.ask(N_("Days held so far, as recorded by the office"), told),
        TableBlock([sheet.label(head) for head in heads], rows, (2, 2, 3.5, 6), blank(sheet, rows)),
        *_visits(sheet, records),
    ))  # fmt: skip


def _spell(sheet: Sheet, spell: Spell) -> list[str | None]:
    words, last = sheet.words, spell.last
    match spell.record:
        case Arrest() as arrest:
            ground, place = words.text(ProcessStage.POLICE_CUSTODY.label), arrest.police_unit
        case Detention() as detention:
            ground = as_printed(field_of(Detention, "basis"), detention.basis, words) or ""
            kind, place = facility_now(detention, last or sheet.wanted.on)
            place = place or (words.text(kind.label) if kind else None)
    return [words.date(spell.first), words.date(last) if last else words.text(N_("still held")), ground, place]


def _visits(sheet: Sheet, records: Iterable[CaseRecord]) -> Iterator[Block]:
    visits = [record for record in records if isinstance(record, DetentionVisit)]
    last = max((visit.visited_on or date.min for visit in visits), default=date.min)
    if visits:
        yield AnswerGrid((
            sheet.ask(N_("Visits in detention"), sheet.words.number(len(visits))),
            sheet.ask(N_("Last visit"), sheet.words.date(last) if last > date.min else None),
        ))  # fmt: skip


CASE_SUMMARY = Form(
    name="case-summary",
    number="F-23",
    title=N_("Summary of the case"),
    purpose=N_("Says on two or three pages all that one has to know to decide in a case or to take it over."),
    when=N_("Before a case conference or a hearing, or when another worker takes the case over."),
    version="1",
    chapter=Chapter.CASE,
    reader=Reader.OFFICE,
    compose=compose,
    naming=Naming.CODE,
)
