"""Answers that cannot be: each names the fields to mend. Only what is impossible is refused, not what is unlikely."""

from datetime import datetime, timedelta

from casemgr import clock
from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.beside.link import Link
from casemgr.records.case import Offence
from casemgr.records.child import Child
from casemgr.records.kinds import kind_of
from casemgr.records.stage import RecordKind, day_of
from casemgr.trouble import Refusal


def check_birth(child: Child) -> None:
    """Raise Refusal when the child would be born after today."""
    if child.born is not None and child.born.earliest > clock.today():
        raise Refusal(N_("The date of birth lies in the future."), fields=("born",))


def check(child: Child, *records: CaseRecord) -> None:
    """Raise Refusal for the first impossible order of dates, or link, in these offences and records of one child.

    Only what is being written is given: a slip that is already kept must not stand in the way of mending it.
    """
    check_birth(child)
    for record in records:
        if isinstance(record, Offence):
            _check_offence(child, record)
        if isinstance(record, Link) and record.other_child_id == child.id:
            raise Refusal(N_("A child cannot be linked to itself."), fields=("other_child_id",))
        kind = kind_of(record)
        if kind is None:
            continue
        _check_not_before_birth(child, kind, record)
        _check_happened(kind, record)
        for order in kind.orders:
            earlier, later = getattr(record, order.earlier), getattr(record, order.later)
            if earlier is None or later is None:
                continue
            if isinstance(earlier, datetime) != isinstance(later, datetime):  # a day alone has no order within itself
                earlier, later = day_of(earlier), day_of(later)
            if as_moment(later) < as_moment(earlier) - order.slack:
                raise Refusal(order.message, fields=(order.later, order.earlier))


def _check_offence(child: Child, offence: Offence) -> None:
    if offence.committed_on is None:
        return
    if offence.committed_on.earliest > clock.today():
        raise Refusal(N_("The date of the offence lies in the future."), fields=("committed_on",))
    if child.born is not None and offence.committed_on.latest < child.born.earliest:
        raise Refusal(N_("The offence would lie before the child's birth."), fields=("committed_on",))


def _check_not_before_birth(child: Child, kind: RecordKind, record: CaseRecord) -> None:
    if child.born is None:
        return
    for name in kind.after_birth:
        at = getattr(record, name)
        if at is not None and day_of(at) < child.born.earliest:
            raise Refusal(N_("This date would lie before the child's birth."), fields=(name,))


def _check_happened(kind: RecordKind, record: CaseRecord) -> None:
    """Raise Refusal for what would have happened more than a day from now.

    A day, because a clock set to a wrong zone of time is hours away and must not stop anybody at night.
    """
    for name in kind.happened:
        at = getattr(record, name)
        if at is not None and as_moment(at) > clock.now() + timedelta(days=1):
            raise Refusal(
                N_("This date lies in the future. Look at the year, and at the computer's clock."), fields=(name,)
            )
