"""Case form 5 of the ministry: what of the plan was done, and what each follow-up found.

Whether there was new contact with the law stays in the office: this form is for the local authority.
"""

from collections.abc import Iterator
from datetime import date

from casemgr.i18n import N_
from casemgr.printing.blocks import Paper, TableBlock
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.ministry import case_worker, head, worker_and_authority_sign
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.case import CaseStatus
from casemgr.records.fields import Kind, field_of
from casemgr.records.pathway.follow_up import FollowUp, not_reached
from casemgr.records.pathway.follow_up_answers import FollowUpStatus
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import PlanSupport

STATE = ("schooling", "work", "living_with", "needs", "needs_text")
KEPT_BACK = frozenset({FollowUpStatus.NEW_CONTACT, FollowUpStatus.IN_CUSTODY})
"""Findings that the local authority is not told."""

BLANK_DONE, BLANK_VISITS = 4, 12


def compose(wanted: Wanted) -> Paper:
    """Return the form with the goals of the plans, the support given and the follow-ups of the case."""
    sheet = Sheet(wanted)
    blocks = (
        *head(sheet),
        case_worker(sheet),
        *sheet.say(N_("This form shows what of the plan was done, and how child and family fare.")),
        sheet.heading(N_("What was done")),
        _done(sheet),
        sheet.ask(N_("New problems, and what was done about them"), lines=2),
        sheet.heading(N_("Visits")),
        _visits(sheet),
        worker_and_authority_sign(sheet),
    )  # fmt: skip
    return sheet.paper(MINISTRY_5_FOLLOW_UP, blocks)


def _done(sheet: Sheet) -> TableBlock:
    rows = [*_goals(sheet), *_support(sheet)]
    room = BLANK_DONE if _is_by_hand(sheet) else 2
    heads = (N_("Activity carried out"), N_("Result"))
    return TableBlock([sheet.label(head) for head in heads], rows, (5, 4), max(room - len(rows), 0))


def _goals(sheet: Sheet) -> Iterator[list[str | None]]:
    for plan in _plans(sheet):
        for goal in plan.goals:
            told = (sheet.text(goal.result.label) if goal.result else None, _day(sheet, goal.done_on))
            yield [sheet.free(goal.goal), ", ".join(part for part in told if part) or None]


def _support(sheet: Sheet) -> Iterator[list[str | None]]:
    for plan in _plans(sheet):
        for support in plan.support:
            what = (sheet.text(support.kind.label) if support.kind else None, support.provider)
            yield [", ".join(part for part in what if part), _term(sheet, support)]


def _term(sheet: Sheet, support: PlanSupport) -> str | None:
    first, last = _day(sheet, support.from_on), _day(sheet, support.to_on)
    if first and last:
        return sheet.text("{first} to {last}", first=first, last=last)
    return sheet.text(N_("since {date}"), date=first) if first else last


def _visits(sheet: Sheet) -> TableBlock:
    follow_ups = records_of(sheet.file, FollowUp) if sheet.file else []
    rows = [
        [_day(sheet, each.done_on), _service(sheet, each.done_on), _state(sheet, each), _day(sheet, each.next_on)]
        for each in sorted(follow_ups, key=lambda each: each.done_on or date.max)
    ]
    room = len(rows) + BLANK_VISITS if _is_by_hand(sheet) else max(len(rows), 1)
    heads = (N_("Date"), N_("Service given"), N_("State of child and family"), N_("Next step and date"))
    return TableBlock([sheet.label(head) for head in heads], rows, (2.2, 4, 6, 3), room - len(rows))


def _service(sheet: Sheet, on: date | None) -> str | None:
    """Return what child and family were given on that day by the plans, without a day nothing."""
    if on is None:
        return None
    given = [each for plan in _plans(sheet) for each in plan.support if _was_given(each, on)]
    return ", ".join(dict.fromkeys(sheet.text(each.kind.label) for each in given if each.kind)) or None


def _was_given(support: PlanSupport, on: date) -> bool:
    return support.from_on is not None and support.from_on <= on <= (support.to_on or date.max)


def _state(sheet: Sheet, follow_up: FollowUp) -> str | None:
    """Return how child and family fare, a line for each question that has an answer."""
    status = follow_up.status
    if not_reached(follow_up) and status is not None:
        return sheet.text(status.label)
    lines = []
    for info in (field_of(FollowUp, name) for name in STATE):
        answer = sheet.free(as_printed(info, getattr(follow_up, info.name), sheet.words))
        if answer is not None:
            label = sheet.text(info.label)
            lines.append(
                answer if info.kind is Kind.TEXT else sheet.text("{label}: {answer}", label=label, answer=answer)
            )
    if not lines and status is not None and status not in KEPT_BACK:
        return sheet.text(status.label)
    return "\n".join(lines) or None


def _plans(sheet: Sheet) -> list[ReintegrationPlan]:
    return records_of(sheet.file, ReintegrationPlan) if sheet.file else []


def _day(sheet: Sheet, day: date | None) -> str | None:
    return sheet.words.date(day) if day else None


def _is_by_hand(sheet: Sheet) -> bool:
    return sheet.wanted.by_hand or sheet.file is None


def _wanted_now(file: Material) -> Iterator[None]:
    """An open case with a plan, of which a follow-up is written down."""
    followed, planned = records_of(file, FollowUp), records_of(file, ReintegrationPlan)
    if followed and planned and file.case.status is CaseStatus.OPEN:
        yield None


MINISTRY_5_FOLLOW_UP = Form(
    name="ministry-5-follow-up",
    number="M-5",
    title=N_("Case form 5: follow-up and monitoring"),
    purpose=N_("Shows the local authority what of the plan was done and how child and family fare."),
    when=N_("After visits to the child and the family."),
    version="1",
    chapter=Chapter.MINISTRY,
    reader=Reader.AUTHORITY,
    compose=compose,
    naming=Naming.NAME,
    wanted_now=_wanted_now,
)
