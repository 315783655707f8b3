"""One child of a cohort: what is known of it since its index event, and what that says at one level of new contact.

A child that was not reached is unknown. It is never taken for one without a new offence.
"""

import enum
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.law.ages import AgeBand
from casemgr.measures.index_events import IndexEvent
from casemgr.measures.survival import Observation
from casemgr.records.case import OffenceClass
from casemgr.records.child import Sex
from casemgr.records.fields import Choice
from casemgr.records.pathway.detention import days_held
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.records.pathway.reintegration_answers import SupportKind

LEVELS = (ContactLevel.R1, ContactLevel.R3, ContactLevel.R4)
"""The levels that are reported, each with all above it."""

_RANK = {ContactLevel.R0: 0, ContactLevel.R1: 1, ContactLevel.R2: 2, ContactLevel.R3: 3, ContactLevel.R4: 4}


class FollowUpEnd(Choice):
    """Why nobody follows a child any more."""

    DIED = "died", N_("Died")
    ABROAD = "abroad", N_("Gone abroad")
    TRANSFERRED = "transferred", N_("Handed over to another organisation")
    WITHDRAWN = "withdrawn", N_("Consent withdrawn")
    REFUSED = "refused", N_("Refuses contact")
    LOST = "lost", N_("Lost: cannot be found")


class NewContact(NamedTuple):
    """A new contact with the law. told_on: when the office heard of it. confirmed: by an official source or by two.

    level is R0 for a suspicion without a record, which is no event, and UNKNOWN where nobody said how far it went. A
    breach of a plan without a new offence is no new contact.
    """

    level: ContactLevel
    told_on: date
    offence_on: PartialDate | None = None
    contact_on: date | None = None
    confirmed: bool = False


class Dated(enum.Enum):
    """How well the day of an event is known."""

    EXACT = "exact"
    IN_PART = "in-part"  # only the month or the year of the offence
    BY_CONTACT = "by-contact"  # the day of the contact, or of hearing of it, stands in


class Offending(NamedTuple):
    """A new offence after the index event. level is UNKNOWN where nobody said how far it went."""

    on: date
    dated: Dated
    level: ContactLevel
    confirmed: bool
    contact_on: date | None


class Course(NamedTuple):
    """What was heard of a child since its index event. known_until: the last day a new contact would be known on.

    ended: why nobody follows the child any more, None while somebody does.
    """

    since: IndexEvent
    contacts: tuple[NewContact, ...] = ()
    known_until: date | None = None
    ended: FollowUpEnd | None = None


class Member(NamedTuple):
    """A child of a cohort: its course, and what it is counted by.

    away: days in custody, in closed treatment or abroad, first and last included; None while it goes on. detained:
    whether it was held in the case of the index event. breached: whether a plan or measure of that case was broken.
    supports: what it was given, by its plans.
    """

    since: IndexEvent
    contacts: tuple[NewContact, ...] = ()
    known_until: date | None = None
    ended: FollowUpEnd | None = None
    away: tuple[tuple[date, date | None], ...] = ()
    sex: Sex | None = None
    age_band: AgeBand = AgeBand.IN_DOUBT
    offence_class: OffenceClass | None = None
    detained: bool = False
    breached: bool = False
    supports: tuple[SupportKind, ...] = ()


class Outcome(NamedTuple):
    """A member seen at one level. until: the day of its first event, else the last day anything is known.

    first: the first event, None where none is known. days_at_risk: days from the index event to until, without those
    away in between.
    """

    member: Member
    first: Offending | None
    until: date
    days_at_risk: int

    @property
    def observation(self) -> Observation:
        """What a curve takes of it."""
        return Observation(self.days_at_risk, self.first is not None)


def offending_of(contact: NewContact, index_on: date) -> Offending | None:
    """Return the offence a contact tells of; None where it was certainly committed before the index event.

    Where only a month or a year is known, its first day not before the index event counts, so that no window looks
    better for want of a date. Without any date of the offence the day of the contact stands in, else the day on which
    the office heard of it.
    """
    offence, contact_on = contact.offence_on, contact.contact_on
    if offence is None:
        on, latest, dated = contact_on or contact.told_on, contact_on or contact.told_on, Dated.BY_CONTACT
    elif offence.is_exact:
        on, latest, dated = offence.earliest, offence.latest, Dated.EXACT
    else:
        on, latest, dated = max(offence.earliest, index_on), min(offence.latest, contact_on or date.max), Dated.IN_PART
    if latest < index_on:
        return None
    return Offending(on, dated, contact.level, contact.confirmed, contact_on)


def offences_since(course: Course | Member, as_of: date) -> tuple[Offending, ...]:
    """Return the child's new offences from the index event to that day, earliest first, suspicions (R0) left out.

    Two contacts that tell of one day, or that name the same day of contact, are one offence: it went as far as the
    further one, and its date is the better known one.
    """
    if not course.contacts:
        return ()
    told = (offending_of(contact, course.since.on) for contact in course.contacts if contact.level in _COUNTED)
    offences: list[Offending] = []
    for each in sorted((one for one in told if one is not None), key=_order):
        same = next((known for known in offences if are_one(known, each)), None)
        if same is None:
            offences.append(each)
        else:
            offences[offences.index(same)] = _merged(same, each)
    return tuple(sorted((each for each in offences if each.on <= as_of), key=_order))


_COUNTED = frozenset(ContactLevel) - {ContactLevel.R0}


def _order(offending: Offending) -> tuple[date, str, str, bool, date]:
    dated, level = offending.dated.value, offending.level.value
    return offending.on, dated, level, offending.confirmed, offending.contact_on or date.max


def are_one(one: Offending, other: Offending) -> bool:
    """Return whether two contacts tell of one offence: of one day, or named with the same day of contact."""
    return one.on == other.on or (one.contact_on is not None and one.contact_on == other.contact_on)


def _merged(one: Offending, other: Offending) -> Offending:
    precision = list(Dated)
    better = min(one, other, key=lambda each: (precision.index(each.dated), each.on))
    level = max((one.level, other.level), key=lambda level: _RANK.get(level, 0))
    contact_on = better.contact_on or one.contact_on or other.contact_on
    return better._replace(level=level, confirmed=one.confirmed or other.confirmed, contact_on=contact_on)


def outcome(member: Member, level: ContactLevel, as_of: date) -> Outcome | None:
    """Return what is known of a member at that level and above, up to that day; None where its index event lies later.

    level: as in first_event.
    """
    if member.since.on > as_of:
        return None
    first, until = first_event(member, level, as_of)
    return Outcome(member, first, until, days_at_risk(member, until))


def first_event(course: Course | Member, level: ContactLevel, as_of: date) -> tuple[Offending | None, date]:
    """Return the first event at that level and above up to that day, None where none is known, and until when it is.

    That is the day of the event, else the last day anything is known.
    level: one of R1 to R4. A contact of which nobody said how far it went is one of R1; whether it was more is not
    known, so that for a higher level nothing is known from its day on.
    """
    offences = offences_since(course, as_of)
    if not offences:
        return None, _known_until(course, as_of)
    for each in offences:
        if reaches(each, level):
            return each, each.on
    unclear = (each.on for each in offences if each.level is ContactLevel.UNKNOWN)
    return None, min((_known_until(course, as_of), *unclear))


def outcomes(members: Iterable[Member], level: ContactLevel, as_of: date) -> tuple[Outcome, ...]:
    """Return the outcome of each member whose index event does not lie later than that day."""
    seen = (outcome(member, level, as_of) for member in members)
    return tuple(each for each in seen if each is not None)


def reaches(offending: Offending, level: ContactLevel) -> bool:
    """Return whether an offence is known to have gone at least as far as that level (R1 to R4)."""
    return _RANK.get(offending.level, 1) >= _RANK[level]


def _known_until(course: Course | Member, as_of: date) -> date:
    return min(max(course.known_until or course.since.on, course.since.on), as_of)


def days_followed(seen: Outcome, as_of: date) -> int:
    """Return the days at risk up to the last day anything is known, also after a first event."""
    if seen.first is None:
        return seen.days_at_risk
    known = (_known_until(seen.member, as_of), *(each.on for each in offences_since(seen.member, as_of)))
    return days_at_risk(seen.member, max(known))


def days_at_risk(member: Member, until: date) -> int:
    """Return the days from the index event to that day, without those away in between.

    The index event's own day counts, although the child was held on a part of it; that last day does not, so that an
    arrest for the event itself takes nothing away.
    """
    begin, last = member.since.on + timedelta(days=1), until - timedelta(days=1)
    away = ((max(first, begin), end) for first, end in member.away if end is None or end >= begin)
    return max((until - member.since.on).days - days_held(away, last), 0)
