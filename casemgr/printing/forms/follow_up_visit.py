"""A follow-up call or visit: filled, or for taking along on a round through the villages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from operator import itemgetter

from casemgr.clock import PHNOM_PENH, today
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineValue
from casemgr.printing.blocks import Answer, AnswerGrid, Block, Paper, Ticks
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet, next_one
from casemgr.printing.forms.sheet import in_rows
from casemgr.records.child import Guardian
from casemgr.records.fields import Answer as YesNo
from casemgr.records.fields import FieldInfo
from casemgr.records.pathway.follow_up import CONTACT, LIFE, NEW_CONTACT, NEXT, FollowUp, not_reached
from casemgr.records.pathway.follow_up_change import SchedulePoint

LOOK = Look(
    wide=("moved_to_code", "moved_to_text"),
    written=("living_with", "offence_category"),
    boxed=("needs",),
    lines={"needs_text": 2, "notes": 2},
)

RULES = ("follow-up", "follow-up-agreed")
"""The deadlines that ask for a follow-up: the office's schedule, and what was agreed with the child."""

SHOWN_DATES = 4
SOON = timedelta(days=31)


def compose(wanted: Wanted) -> Paper:
    """Return a follow-up; by hand, where none is named, the next one. Raises NoSuch."""
    sheet = _FollowUp(wanted, FollowUp, LOOK, record=next_one(wanted, FollowUp))
    blocks = (
        *sheet.identity(),
        *(_where_to_ask(sheet) if sheet.by_hand else ()),
        *(_last_time(sheet) if sheet.by_hand else ()),
        *sheet.section(CONTACT),
        *sheet.section(LIFE),
        *_new_contact(sheet),
        *sheet.section(NEXT),
        *_next_dates(sheet),
        AnswerGrid((sheet.ask(N_("Signature of the social worker")), sheet.ask(N_("Seen by the supervisor")))),
    )
    return sheet.paper(FOLLOW_UP_VISIT, blocks, made=False, head=False)


class _FollowUp(RecordSheet[FollowUp]):
    """One follow-up being set."""

    def _blocks(self, info: FieldInfo) -> list[Block]:
        """Return a question; whether there was new contact is unknown of a child that was not reached, never "No"."""
        told = self.record.new_contact
        if info.name != "new_contact" or not not_reached(self.record) or told not in (None, YesNo.NO):
            return super()._blocks(info)
        label = self._label_of(info)
        if self.by_hand:
            return [Ticks(label, self.boxes(info, YesNo.UNKNOWN))]
        return [Answer(label, self.text(YesNo.UNKNOWN.label))]


def _where_to_ask(sheet: _FollowUp) -> Iterator[Block]:
    """Yield where child and family are found; a paper with the code alone does not say."""
    if not sheet.wanted.named:
        return
    yield sheet.heading(N_("Where to find the child"))
    yield from in_rows(sheet.of_child("village_code", "house", "phone", "nickname"))
    guardians = sheet.file.child.guardians if sheet.file else ()
    yield sheet.table(Guardian, guardians, ("name", "relation", "phone", "address"), widths=(4, 3, 3, 5), blank_rows=2)


def _last_time(sheet: _FollowUp) -> Iterator[Block]:
    """Yield what the follow-up before this one found."""
    earlier = [each for each in records_of(sheet.file, FollowUp) if each.id != sheet.record.id] if sheet.file else []
    dated = [(each.done_on, each) for each in earlier if each.done_on and _is_before(each, sheet.record)]
    if not dated:
        return
    last = RecordSheet(replace(sheet.wanted, by_hand=False), FollowUp, record=max(dated, key=itemgetter(0))[1])
    yield sheet.heading(N_("The last follow-up"))
    yield from last.answers("done_on", "reached", "status", "new_contact", "needs_text", "next_on")


def _is_before(earlier: FollowUp, this: FollowUp) -> bool:
    return this.done_on is None or (earlier.done_on is not None and earlier.done_on < this.done_on)


def _new_contact(sheet: _FollowUp) -> list[Block]:
    blocks = sheet.section(NEW_CONTACT)
    if blocks and sheet.by_hand:
        blocks.insert(1, sheet.note(NEW_CONTACT.help or ""))
    return blocks


def _next_dates(sheet: _FollowUp) -> Iterator[Block]:
    """Yield the dates that the office keeps for this child."""
    waiting = sorted(_waiting(sheet.file), key=lambda each: each.due_at) if sheet.file else []
    if waiting:
        dates = [Answer(sheet.label(_what(each)), _day(each, sheet)) for each in waiting[:SHOWN_DATES]]
        yield sheet.heading(N_("Next dates kept by the office"), 2)
        yield from in_rows(dates)


def _day(deadline: DeadlineValue, sheet: _FollowUp) -> str:
    return sheet.words.date(deadline.due_at.astimezone(PHNOM_PENH).date())


def _waiting(file: Material) -> list[DeadlineValue]:
    return [each for each in file.deadlines if each.rule in RULES and each.ended_at is None]


def _what(deadline: DeadlineValue) -> str:
    """Return what a date is called, as a message: that of the schedule, or that it was agreed."""
    key = (deadline.limit_key or "").rpartition("/")[2]
    return next((point.label for point in SchedulePoint if point.value == key), deadline.label)


def _wanted_now(file: Material) -> Iterator[None]:
    """Once, where a follow-up is due within a month, or overdue."""
    if any(each.due_at.astimezone(PHNOM_PENH).date() <= today() + SOON for each in _waiting(file)):
        yield None


FOLLOW_UP_VISIT = Form(
    name="follow-up-visit",
    number="F-20",
    title=N_("Follow-up call or visit"),
    purpose=N_("Keeps how the child fares after the release or the measure, and when to ask again."),
    when=N_("On each date of the follow-up schedule."),
    version="1",
    chapter=Chapter.REINTEGRATION,
    reader=Reader.OFFICE,
    compose=compose,
    record=FollowUp,
    wanted_now=_wanted_now,
)
