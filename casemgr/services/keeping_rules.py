"""How long the office keeps what it knows, and what a supervisor says may not be erased."""

from datetime import date
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.records.child import Child
from casemgr.records.retention import ErasingHold, Kept, RetentionRule, rule_on
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.store.persons import records_of_child
from casemgr.store.work import Work
from casemgr.trouble import NoSuch, Refusal

PART = "keeping"
"""Names the rules on keeping in what a write changed."""

MOST_YEARS = 100


def rules_now(office: Office, on: date | None = None) -> dict[Kept, RetentionRule | None]:
    """Return the rule that counts for each on that day, today unless given; None where all is kept without end."""
    with office.read(Right.USE) as work:
        rules = work.find(RetentionRule)
    return {what: rule_on(rules, what, on or clock.today()) for what in Kept}


def rules_written(office: Office) -> list[RetentionRule]:
    """Return every rule there was, is or is to come, the one whose day comes last at the top."""
    with office.read(Right.USE) as work:
        rules = work.find(RetentionRule)
    return sorted(rules, key=lambda rule: rule.holds_from or date.min)[::-1]


def set_rule(
    office: Office, what: Kept, years: int | None, *, holds_from: date, decided_by: str, note: str | None = None
) -> Changes:  # fmt: skip
    """Write down a rule; those of before stay beside it. years None: from then on all is kept without end.

    Raises NotAllowed, and Refusal for a number of years that will not do, or without the name of who decided.
    """
    if years is not None and not 1 <= years <= MOST_YEARS:
        raise Refusal(N_("Type a number of years from 1 to 100, or none."), fields=("years",))
    if not decided_by.strip():
        raise Refusal(N_("Write who decided this."), fields=("decided_by",))
    with office.write(Right.ERASE) as work:
        work.add(RetentionRule(
            what=what, years=years, holds_from=holds_from, decided_by=decided_by.strip(),
            note=(note or "").strip() or None,
        ))  # fmt: skip
    return Changes.of(part=PART)


def hold(office: Office, child_id: UUID, reason: str) -> Changes:
    """Say that nothing of a child may be erased, until it is lifted.

    Raises NoSuch, NotAllowed, and Refusal without a reason.
    """
    if not reason.strip():
        raise Refusal(N_("Say why nothing of this child may be erased."), fields=("reason",))
    with office.write(Right.HOLD) as work:
        child = work.get(Child, child_id)
        work.add(ErasingHold(
            child_id=child.id, reason=reason.strip(), set_by=office.staff.id, set_on=clock.today()
        ))  # fmt: skip
    return Changes.of(child=child_id, part=PART)


def hold_on(office: Office, child_id: UUID) -> ErasingHold | None:
    """Return the word that nothing of a child may be erased, said of whatever record of it; None where none holds.

    Raises NotAllowed.
    """
    with office.read(Right.HOLD) as work:
        return next(iter(_holds(work, child_id)), None)


def _holds(work: Work, child_id: UUID) -> list[ErasingHold]:
    return [
        each
        for record_id in records_of_child(work, child_id)
        for each in work.find(ErasingHold, child_id=record_id, lifted_on=None)
    ]


def lift_hold(office: Office, child_id: UUID, why: str) -> Changes:
    """Take back each word that nothing of a child may be erased, said of whatever record of it; why is kept.

    Raises NotAllowed, NoSuch, Refusal.
    """
    if not why.strip():
        raise Refusal(N_("Say why it may be erased again."), fields=("reason",))
    with office.write(Right.HOLD, why=why.strip()) as work:
        holds = _holds(work, child_id)
        if not holds:
            raise NoSuch(N_("Nothing stands in the way of erasing this child."))
        for each in holds:
            each.lifted_on = clock.today()
    return Changes.of(child=child_id, part=PART)
