"""A fixed window split into groups, and what of it may leave the office.

No group shows what a programme does: who takes part is chosen, and often ready to change.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from casemgr.i18n import N_
from casemgr.measures.cohort import Member
from casemgr.measures.groups import Grouping, Label, grouped
from casemgr.measures.reoffending import FixedWindow, Window, fixed_window
from casemgr.measures.small_cells import masked
from casemgr.records.fields import Answer
from casemgr.records.pathway.follow_up_answers import ContactLevel


def _kind(member: Member) -> tuple[Label, ...]:
    return (member.since.kind,)


def _sex(member: Member) -> tuple[Label, ...]:
    return (member.sex,)


def _age_band(member: Member) -> tuple[Label, ...]:
    return (member.age_band,)


def _offence_class(member: Member) -> tuple[Label, ...]:
    return (member.offence_class,)


def _detained(member: Member) -> tuple[Label, ...]:
    return (Answer.YES if member.detained else Answer.NO,)


def _supported(member: Member) -> tuple[Label, ...]:
    return (Answer.YES if member.supports else Answer.NO,)


def _supports(member: Member) -> tuple[Label, ...]:
    return member.supports


COHORT_GROUPINGS: tuple[Grouping[Member], ...] = (
    Grouping("index-kind", N_("Counted from"), _kind),
    Grouping("sex", N_("Sex"), _sex),
    Grouping("age-band", N_("Age at the offence"), _age_band),
    Grouping("offence-class", N_("Gravest class of the offences"), _offence_class),
    Grouping("detained", N_("Was the child detained?"), _detained),
    Grouping("supported", N_("Was support given?"), _supported),
    Grouping("support", N_("Support given"), _supports, several=True),
)
"""The ways to split a cohort. Those by support compare children who were chosen for it, or stayed to receive it."""


class WindowTable(NamedTuple):
    """A window by groups. A window of None is left out, so that nobody can be recognised."""

    grouping: Grouping[Member]
    rows: tuple[tuple[Label, FixedWindow | None], ...]
    total: FixedWindow | None


def window_table(
    members: Iterable[Member], grouping: Grouping[Member], window: Window, level: ContactLevel, as_of: date
) -> WindowTable:  # fmt: skip
    """Return the window in each group that has a member, and in all. It stays in the office."""
    everybody = tuple(members)
    split = tuple(
        (label, fixed_window(own, window, level, as_of)) for label, own in grouped(everybody, grouping).items()
    )
    return WindowTable(grouping, split, fixed_window(everybody, window, level, as_of))


def windows_for_outside(whole: WindowTable) -> WindowTable:
    """Return a table as it may leave the office: small groups left out, and no trace of single cases.

    Neither a curve nor the numbers at risk leave it: each of their steps is a day of one child's life.
    """
    known = [(label, window) for label, window in whole.rows if window is not None]
    if whole.total is None or len(known) != len(whole.rows):
        return whole
    hidden, no_total = masked([parts(window) for _, window in known], parts(whole.total))
    return whole._replace(
        rows=tuple((label, None if place in hidden else _bare(window)) for place, (label, window) in enumerate(known)),
        total=None if no_total else _bare(whole.total),
    )


def parts(window: FixedWindow) -> tuple[int, ...]:
    """Return by how many a window can be recognised: with an event, without one, lost, not over yet."""
    return window.events, window.followed - window.events, window.lost, window.waiting


def _bare(window: FixedWindow) -> FixedWindow:
    return window._replace(
        confirmed=None, dated=None, lost_why=(), event_cases=(), clear_cases=(), lost_cases=()
    )  # fmt: skip
