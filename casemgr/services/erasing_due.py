"""What is due to be erased, and what stands in the way: by the rules of the office, or as a supervisor decided."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.records.beside.consent import ErasingDecision
from casemgr.records.fields import Choice
from casemgr.records.retention import (
    ErasingGround,
    ErasingHold,
    ErasingWay,
    Kept,
    RetentionRule,
    kept_until,
    rule_on,
)
from casemgr.services.office import Office, Right
from casemgr.store import erasing_rows
from casemgr.store.erasing_rows import Standing
from casemgr.store.work import Work


class Block(Choice):
    """What stands in the way of erasing a child."""

    OPEN_CASE = "open-case", N_("A case of this child is open.")
    DUE = "due", N_("A follow-up or another date after the closing is still due.")
    UNFINISHED = "unfinished", N_("A matter of this child is not finished. Ask a supervisor.")
    HOLD = "hold", N_("A supervisor said that it is not to be erased.")
    LINKED = "linked", N_("A link leads to another child whose case is open.")


class DueChild(NamedTuple):
    """A child that falls under a rule, or of which a supervisor decided so. since: the first day it could be erased.

    ways: how it may be erased, the rule's own first. records: documents counted in. blocks: none where it may be.
    """

    child_id: UUID
    code: str
    what: Kept
    ground: ErasingGround
    since: date
    ways: tuple[ErasingWay, ...]
    cases: int
    records: int
    documents: int
    blocks: tuple[Block, ...]


_DECIDED = {
    ErasingDecision.DOCUMENTS: (Kept.DOCUMENTS, (ErasingWay.DOCUMENTS,)),
    ErasingDecision.ANONYMISE: (Kept.CASES, (ErasingWay.ANONYMISE,)),
    ErasingDecision.ERASE: (Kept.CASES, (ErasingWay.ERASE,)),
}
_BY_RULE = {Kept.CASES: (ErasingWay.ANONYMISE, ErasingWay.ERASE), Kept.DOCUMENTS: (ErasingWay.DOCUMENTS,)}


def due(office: Office, on: date | None = None) -> list[DueChild]:
    """Return what is due to be erased on that day, today unless given, by code: nothing where no rule is set.

    Where a child is due whole it is not listed for its documents. Raises NotAllowed.
    """
    demand_either(office, Right.ERASE, Right.HOLD)
    with office.store.read() as work:
        return list(due_children(work, on or clock.today()))


class _Asked(NamedTuple):
    """A child that is due, before it is looked at more closely."""

    child: Standing
    what: Kept
    ground: ErasingGround
    since: date
    ways: tuple[ErasingWay, ...]


def due_children(work: Work, on: date) -> Iterator[DueChild]:
    """Yield the same within a transaction."""
    rules = work.find(RetentionRule)
    now = {what: rule_on(rules, what, on) for what in Kept}
    asked = [found for child in erasing_rows.standings(work) if (found := list(_asked(child, now, on)))]
    counts = erasing_rows.counted(work, [case_id for first, *_ in asked for case_id in first.child.cases])
    blocks = _Blocks(work, [first.child for first, *_ in asked])
    for several in asked:
        own = [counts.get(case_id, (0, 0)) for case_id in several[0].child.cases]
        records, documents = sum(number for number, _ in own), sum(number for _, number in own)
        for each in several:
            if each.what is Kept.CASES or documents:
                yield DueChild(
                    each.child.child_id, each.child.code, each.what, each.ground, each.since, each.ways,
                    len(each.child.cases), records, documents, blocks.of(each),
                )  # fmt: skip
                break


def _asked(child: Standing, rules: dict[Kept, RetentionRule | None], on: date) -> Iterator[_Asked]:
    """Yield for what a child is due: what a supervisor decided comes first, then its cases, then its documents."""
    if child.decided is not None and child.decided[1] in _DECIDED:
        what, ways = _DECIDED[child.decided[1]]
        yield _Asked(child, what, ErasingGround.WITHDRAWAL, child.decided[0], ways)
    for what in (Kept.CASES, Kept.DOCUMENTS):
        rule = rules[what]
        if rule is not None and rule.years is not None and child.closed_on is not None:
            until = kept_until(child.closed_on, child.promised, rule.years)
            if until < on:
                since = max(date.fromordinal(until.toordinal() + 1), rule.holds_from or date.min)
                yield _Asked(child, what, ErasingGround.RULE, since, _BY_RULE[what])


class _Blocks:
    """What stands in the way of several children, asked for all of them at once."""

    def __init__(self, work: Work, children: Sequence[Standing]) -> None:
        case_ids = [case_id for child in children for case_id in child.all_cases]
        self.due = erasing_rows.still_due(work, case_ids)
        self.complaints = erasing_rows.with_open_complaint(work, case_ids)
        self.linked = erasing_rows.linked_to_open(work, [child.child_id for child in children])
        self.held = {each.child_id for each in work.find(ErasingHold, lifted_on=None)}

    def of(self, asked: _Asked) -> tuple[Block, ...]:
        """Return what blocks it, in whatever record of the child; documents whose consent was withdrawn go anyway."""
        child, cases = asked.child, set(asked.child.all_cases)
        goes_on = asked.ground is ErasingGround.WITHDRAWAL and asked.what is Kept.DOCUMENTS
        found = {
            Block.OPEN_CASE: child.open_case and not goes_on,
            Block.DUE: bool(cases & self.due) and not goes_on,
            Block.UNFINISHED: bool(cases & self.complaints),
            Block.HOLD: not self.held.isdisjoint(child.together),
            Block.LINKED: child.child_id in self.linked and not goes_on,
        }
        return tuple(block for block, is_so in found.items() if is_so)


def demand_either(office: Office, *rights: Right) -> None:
    """Raise NotAllowed where the staff member has none of these rights."""
    if not office.rights & set(rights):
        office.demand(rights[0])
