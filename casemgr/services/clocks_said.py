"""A clock in words, as the window and lists tell of it: how long is left, when it is due, where it comes from."""

from datetime import datetime, timedelta

from casemgr.clock import PHNOM_PENH
from casemgr.i18n import N_, Words
from casemgr.law.deadlines import DeadlineValue, remaining
from casemgr.law.limits import Limit

DAYS_LEFT = N_("{days} d {hours} h left")
HOURS_LEFT = N_("{hours} h {minutes} min left")
MINUTES_LEFT = N_("{minutes} min left")
DAYS_OVER = N_("over by {days} d {hours} h")
HOURS_OVER = N_("over by {hours} h {minutes} min")
MINUTES_OVER = N_("over by {minutes} min")
DUE_TODAY = N_("due today")
TYPED = N_("The date that was written down")
DOUBTS = {
    "age": N_("Age in doubt: counted in the way that protects the child most."),
    "offence-date": N_("Date of the offence not known: the age at the arrest counts, the child may have been younger."),
    "class": N_("Class of the offence not known: counted in the way that protects the child most."),
    "start": N_("Beginning not known: counted from the arrest, or from when it was written down."),
}


def time_left(deadline: DeadlineValue, now: datetime, language: Words) -> str:
    """Return in words how long there is left, or by how much the time is over; where the day counts, in days."""
    if deadline.whole_day:
        return days_left((deadline.due_at.date() - now.astimezone(PHNOM_PENH).date()).days, language)
    left = remaining(deadline, now)
    minutes = int(abs(left) / timedelta(minutes=1))
    hours, days = minutes // 60, minutes // (24 * 60)
    over = left <= timedelta(0)
    if days >= 2:
        message, slots = (DAYS_OVER if over else DAYS_LEFT), {"days": days, "hours": hours % 24}
    elif hours:
        message, slots = (HOURS_OVER if over else HOURS_LEFT), {"hours": hours, "minutes": minutes % 60}
    else:
        message, slots = (MINUTES_OVER if over else MINUTES_LEFT), {"minutes": minutes}
    return language.text(message, **{name: language.number(value) for name, value in slots.items()})


def days_left(days: int, language: Words) -> str:
    """Return in words how many days there are left, or by how many the time is over."""
    if days < 0:
        return language.plural("over by {n} day", "over by {n} days", -days)
    return language.plural("{n} day left", "{n} days left", days) if days else language.text(DUE_TODAY)


def due_said(due_at: datetime, language: Words, *, whole_day: bool) -> str:
    """Return the date, with the time of day where the hour counts."""
    return language.date(due_at.date()) if whole_day else language.moment(due_at)


def source_said(limit: Limit | None, language: Words) -> str:
    """Return where a limit comes from, and whether a lawyer confirmed it."""
    return language.text(TYPED) if limit is None else limit.authority_in_words(language)
