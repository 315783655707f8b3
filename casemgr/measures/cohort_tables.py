"""A fixed window split into groups, and what of it may leave the office.

No group shows what a programme does: who takes part is chosen, and often ready to change.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from casemgr.i18n import N_
from casemgr.measures.cohort import Member, Outcome, outcome
from casemgr.measures.groups import Grouping, Label, grouped
from casemgr.measures.reoffending import FixedWindow, Window, window_of
from casemgr.measures.small_cells import masked
from casemgr.pace import Pace
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


class Seen(NamedTuple):
    """A cohort seen at one level on one day: each member with what is known of it, None where it comes later."""

    level: ContactLevel
    as_of: date
    members: tuple[tuple[Member, Outcome | None], ...]
    pace: Pace

    @property
    def everybody(self) -> tuple[Outcome, ...]:
        """What is known of all."""
        return self._outcomes(self.members)

    def groups(self, grouping: Grouping[Member]) -> tuple[tuple[Label, tuple[Outcome, ...]], ...]:
        """What is known of each group that has a member."""
        of_pair: Grouping[tuple[Member, Outcome | None]] = Grouping(
            grouping.key, grouping.title, lambda pair: grouping.read(pair[0])
        )
        return tuple((label, self._outcomes(own)) for label, own in grouped(self.members, of_pair).items())

    def _outcomes(self, pairs: Iterable[tuple[Member, Outcome | None]]) -> tuple[Outcome, ...]:
        return self.pace.watched(seen for _, seen in pairs if seen is not None)


def seen_at(members: Iterable[Member], level: ContactLevel, as_of: date, pace: Pace | None = None) -> Seen:
    """Return the cohort as it is seen at that level on that day, for all that is reckoned from it.

    Raises Stopped where the pace says so, here and in whatever goes through it later.
    """
    pace = pace or Pace()
    known = pace.watched(members)
    return Seen(level, as_of, pace.watched((member, outcome(member, level, as_of)) for member in known), pace)


def window_tables(seen: Seen, grouping: Grouping[Member], windows: Iterable[Window]) -> Iterator[WindowTable]:
    """Yield each window in each group that has a member, and in all. They stay in the office."""
    groups, everybody = seen.groups(grouping), seen.everybody
    for window in windows:
        yield WindowTable(
            grouping,
            tuple((label, window_of(own, window, seen.level, seen.as_of)) for label, own in groups),
            window_of(everybody, window, seen.level, seen.as_of),
        )


def window_table(
    members: Iterable[Member], grouping: Grouping[Member], window: Window, level: ContactLevel, as_of: date
) -> WindowTable:  # fmt: skip
    """Return one window of a cohort that was not seen before; see window_tables."""
    return next(window_tables(seen_at(members, level, as_of), grouping, (window,)))


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
