"""A child's age in words, with the doubt that a birth date known in part leaves."""

from casemgr.clock import PartialDate
from casemgr.i18n import N_, Words
from casemgr.law.ages import age_range, is_doubtful

UNKNOWN = N_("not known")
BETWEEN = N_("{youngest} to {oldest}")
IN_DOUBT = N_("{age}, age in doubt")


def age_said(born: PartialDate | None, on: PartialDate | None, language: Words) -> str:
    """Return the completed years on a day: one number, or the range; in doubt where the law treats its ends apart."""
    ages = age_range(born, on)
    if ages is None:
        return language.text(UNKNOWN)
    youngest, oldest = language.number(ages.youngest), language.number(ages.oldest)
    said = youngest if youngest == oldest else language.text(BETWEEN, youngest=youngest, oldest=oldest)
    return language.text(IN_DOUBT, age=said) if is_doubtful(ages) else said
