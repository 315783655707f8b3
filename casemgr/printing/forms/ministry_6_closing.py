"""Case form 6 of the ministry: the last ratings, their totals, and why the case is closed.

The form names totals from which a case may be closed. They are rows of the table of limits and stand on the paper only
where they are confirmed there; else they are written in by hand.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import AnswerGrid, Block, Paper, TableBlock, Ticks, Together
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.ministry import (
    case_worker,
    four_sign,
    head,
    newest,
    rated_in_short,
    scale,
)
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.case import Case
from casemgr.records.fields import field_of
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.reintegration import CHILD_SCORES, FAMILY_SCORES, ReintegrationPlan, ReintegrationReview

LOOK = Look(written=("reason",), wide=("handed_to",), lines={"achieved": 4, "child_view": 2})

GONE = frozenset({
    ClosingReason.MISSING, ClosingReason.RUN_AWAY, ClosingReason.MOVED_AWAY, ClosingReason.MOVED_ABROAD,
})  # fmt: skip
NOT_THERE = frozenset({ClosingReason.DIED, ClosingReason.MISSING, ClosingReason.RUN_AWAY})
"""Reasons for which the child can neither say anything of the closing nor sign."""

OTHER_TOTAL = N_("The ratings above add up to other totals than those written down at the closing.")
PARTS = (("child", N_("Child")), ("family", N_("Family")), ("total", N_("Child and family")))
LOWEST = "lowest"
LIMIT = "closing-score/{part}"
"""The rows of the table of limits, by the part they are for."""


def compose(wanted: Wanted) -> Paper:
    """Return the form of a closing. Raises NoSuch."""
    sheet = RecordSheet(wanted, Closure, LOOK)
    review, reason = _last_review(sheet), sheet.record.reason
    differs = _differs(sheet.record, review)
    blocks = (
        *head(sheet),
        sheet.ask(N_("Parent or guardian"), sheet.guardian()),
        case_worker(sheet),
        _how_long(sheet),
        sheet.heading(N_("Last rating of the child")),
        *scale(sheet),
        rated_in_short(sheet, review, CHILD_SCORES),
        sheet.heading(N_("Last rating of the family")),
        rated_in_short(sheet, review, FAMILY_SCORES),
        Together((
            _totals(sheet, review), *([sheet.note(OTHER_TOTAL)] if differs else []), *_about_limits(sheet),
        )),
        sheet.heading(N_("Decision")),
        _decision(sheet),
        *sheet.answers("closed_on", "reason", "handed_to"),
        sheet.heading(N_("From reintegration to closing, in short")),
        *_story(sheet),
        *sheet.answers("achieved", "open_matters", *(() if reason in NOT_THERE else ("child_view",))),
        four_sign(sheet, with_child=reason not in NOT_THERE),
    )  # fmt: skip
    return sheet.paper(MINISTRY_6_CLOSING, blocks, draft=differs)


def _last_review(sheet: RecordSheet[Closure]) -> ReintegrationReview | None:
    """Return the newest review up to the day of the closing."""
    until = sheet.record.closed_on or date.max
    reviews = records_of(sheet.file, ReintegrationReview) if sheet.file else []
    fitting = [review for review in reviews if review.reviewed_on is None or review.reviewed_on <= until]
    return fitting[-1] if fitting else None


def _how_long(sheet: RecordSheet[Closure]) -> AnswerGrid:
    """Return from when until when the office worked on the case, and how many days that is."""
    opened_on, closed_on = sheet.file.case.opened_on if sheet.file else None, sheet.record.closed_on
    days = sheet.words.plural("{n} day", "{n} days", (closed_on - opened_on).days) if opened_on and closed_on else None
    opened = sheet.words.date(opened_on) if opened_on else None
    return AnswerGrid((sheet.ask(field_of(Case, "opened_on").label, opened), sheet.ask(N_("How long in all"), days)))


def _typed(closure: Closure) -> dict[str, int | None]:
    """Return the totals written down at the closing."""
    child, family = closure.child_total, closure.family_total
    both = None if child is None or family is None else child + family
    return {"child": child, "family": family, "total": both}


def _summed(review: ReintegrationReview | None) -> dict[str, int | None]:
    """Return the totals of a review whose items are all rated."""
    if review is None or review.unrated:
        return dict.fromkeys((part for part, _ in PARTS), None)
    return {"child": review.child_total, "family": review.family_total, "total": review.grand_total}


def _differs(closure: Closure, review: ReintegrationReview | None) -> bool:
    typed, summed = _typed(closure), _summed(review)
    return any(None not in (typed[part], summed[part]) and typed[part] != summed[part] for part, _ in PARTS)


def _totals(sheet: RecordSheet[Closure], review: ReintegrationReview | None) -> TableBlock:
    """Return the totals, those of the closing before those of the review, and what the ministry's form asks for."""
    typed, summed = _typed(sheet.record), _summed(review)
    rows: list[list[str | None]] = []
    for part, label in PARTS:
        total = typed[part] if typed[part] is not None else summed[part]
        rows.append([sheet.label(label), _figure(sheet, total), _asked(sheet, part)])
    info = field_of(Closure, "all_at_least_two")
    lowest = as_printed(info, sheet.record.all_at_least_two, sheet.words)
    rows.append([sheet.label(info.label), lowest, _asked(sheet, LOWEST)])
    heads = (N_("Total"), N_("Points"), N_("The ministry's form asks for"))
    return TableBlock([sheet.label(head) for head in heads], rows, (5, 2, 3))


def _figure(sheet: RecordSheet[Closure], points: int | None) -> str | None:
    return None if points is None else sheet.words.number(points)


def _asked(sheet: RecordSheet[Closure], part: str) -> str | None:
    """Return what the ministry's form asks for, None where nobody has confirmed it."""
    limit = sheet.wanted.limits.get(LIMIT.format(part=part))
    return _figure(sheet, limit.value) if limit is not None and limit.confirmed else None


def _about_limits(sheet: RecordSheet[Closure]) -> list[Block]:
    if all(_asked(sheet, part) for part in (*(part for part, _ in PARTS), LOWEST)):
        return []
    return [
        sheet.note(N_("Points that the office has not confirmed are left to be written in from the form in force."))
    ]


def _decision(sheet: RecordSheet[Closure]) -> Ticks:
    """Return the ministry's decisions; a reason that is none of them is the last, and stands below."""
    reason = sheet.record.reason
    listed = {ClosingReason.SCORE_REACHED, ClosingReason.DIED, None} | GONE
    return sheet.ticks("", (
        (N_("Closed: the points are reached"), reason is ClosingReason.SCORE_REACHED),
        (N_("Closed: the child died"), reason is ClosingReason.DIED),
        (N_("Closed: the child moved away or cannot be found"), reason in GONE),
        (N_("Child and family are absent"), False),
        (N_("The case goes on"), False),
        (N_("Closed for another reason"), reason not in listed),
    ))  # fmt: skip


def _story(sheet: RecordSheet[Closure]) -> list[Block]:
    """Return when the plan ran and how often the office followed up."""
    plan = newest(sheet, ReintegrationPlan)
    days = [getattr(plan, name) if plan else None for name in ("begun_on", "ended_on")]
    count = len(records_of(sheet.file, FollowUp)) if sheet.file else 0
    return [
        AnswerGrid(tuple(
            sheet.ask(field_of(ReintegrationPlan, name).label, sheet.words.date(day) if day else None)
            for name, day in zip(("begun_on", "ended_on"), days, strict=True)
        )),
        sheet.ask(N_("Number of follow-ups"), sheet.words.number(count) if count else None),
    ]  # fmt: skip


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Closings after which the case was not opened again."""
    return (closure.id for closure in records_of(file, Closure) if closure.reopened_on is None)


MINISTRY_6_CLOSING = Form(
    name="ministry-6-closing",
    number="M-6",
    title=N_("Case form 6: last assessment and closing"),
    purpose=N_("Shows social affairs and the local authority how child and family stand when the case is closed."),
    when=N_("When a case is closed."),
    version="1",
    chapter=Chapter.MINISTRY,
    reader=Reader.AUTHORITY,
    compose=compose,
    record=Closure,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
