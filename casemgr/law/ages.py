"""Age in completed years, as a range where dates are known in part, and the bands in which the law thinks.

A minor is who was under 18 when the offence was committed (Law on Juvenile Justice, definitions, item 3). A penalty is
possible from 14 (Penal Code, article 39); some rules change at 16 (Penal Code, article 162).
"""

from typing import NamedTuple

from casemgr.clock import PartialDate, completed_years
from casemgr.i18n import N_, Words
from casemgr.records.fields import Choice


class AgeRange(NamedTuple):
    """The least and the greatest number of completed years that the known dates allow, both possible."""

    youngest: int
    oldest: int


class AgeBand(Choice):
    """The bands in which limits differ, youngest first; in doubt is no band but the want of one."""

    UNDER_14 = "under-14", N_("Under 14")
    FROM_14 = "14-15", N_("14 or 15")
    FROM_16 = "16-17", N_("16 or 17")
    ADULT = "18-plus", N_("18 or older")
    IN_DOUBT = "in-doubt", N_("Age in doubt")


MINORS = (AgeBand.UNDER_14, AgeBand.FROM_14, AgeBand.FROM_16)


def age_range(born: PartialDate | None, on: PartialDate | None) -> AgeRange | None:
    """Return the age on that day, None where either date is quite unknown; negative before birth.

    Somebody born on 29 February completes a year on 1 March of a common year.
    """
    if born is None or on is None:
        return None
    return AgeRange(completed_years(born.latest, on.earliest), completed_years(born.earliest, on.latest))


def band(age: int) -> AgeBand:
    """Return the band of an age in completed years."""
    if age < 14:
        return AgeBand.UNDER_14
    if age < 16:
        return AgeBand.FROM_14
    return AgeBand.FROM_16 if age < 18 else AgeBand.ADULT


def bands(ages: AgeRange | None) -> tuple[AgeBand, ...]:
    """Return every band the age may lie in, youngest first.

    Where nothing is known, all bands of minors: whoever may be a child is treated as one.
    """
    if ages is None:
        return MINORS
    ordered = (*MINORS, AgeBand.ADULT)
    return ordered[ordered.index(band(ages.youngest)) : ordered.index(band(ages.oldest)) + 1]


def is_doubtful(ages: AgeRange | None) -> bool:
    """Return whether the age may lie in more than one band."""
    return len(bands(ages)) > 1


def age_in_words(ages: AgeRange | None, words: Words) -> str:
    """Return the age for a reader; says "in doubt" where it may lie in more than one band; "unknown" for None."""
    if ages is None:
        return words.text("unknown, age in doubt")
    youngest = max(ages.youngest, 0)
    if ages.youngest == ages.oldest:
        return words.plural("{n} year", "{n} years", youngest)
    slots = {"youngest": words.number(youngest), "oldest": words.number(ages.oldest)}
    if is_doubtful(ages):
        return words.text("{youngest} to {oldest} years, age in doubt", **slots)
    return words.text("{youngest} to {oldest} years", **slots)
