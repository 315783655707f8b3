"""A date of birth told no more finely than the law's bands of age want it."""

from collections.abc import Sequence

from casemgr.clock import PartialDate, completed_years
from casemgr.law.ages import age_range, bands


def coarse_birth(born: PartialDate | None, days: Sequence[PartialDate]) -> PartialDate | None:
    """Return the year of birth, or the age on one of these days where the year leaves in doubt a band that is known.

    days: those on which the band of age counts. Where neither keeps every band, the year; one known no better than to
    the year stays as it is.
    """
    if born is None or born.parts[1] is None:
        return born
    year = PartialDate.of(born.earliest.year)
    aged = [PartialDate.from_age(completed_years(born.latest, day.earliest), day.earliest) for day in days
            if day.is_exact and born.latest <= day.earliest]  # fmt: skip
    wanted = [bands(age_range(born, day)) for day in days]
    for coarse in (year, *aged):
        if [bands(age_range(coarse, day)) for day in days] == wanted:
            return coarse
    return year
