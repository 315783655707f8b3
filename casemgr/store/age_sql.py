"""The age at the offence as SQL: what casemgr.clock and casemgr.law.ages say of dates known in part, told to SQLite.

So a hundred thousand cases are looked through in the store, and not in Python, which would hold up the window.
"""

from casemgr.law.ages import AgeBand


def _first_day(text: str) -> str:
    """Return the first day that a date known in part can have been (as clock.PartialDate.earliest)."""
    year = f"(substr({text}, -10, 4) - {_stated(text)} - 1)"
    return f"""(CASE length({text}) WHEN 10 THEN {text} WHEN 7 THEN {text} || '-01' WHEN 4 THEN {text} || '-01-01'
        ELSE date(printf('%04d-', {year}) || {_birthday(text, year)}, '+1 day') END)"""


def _last_day(text: str) -> str:
    """Return the last such day (as clock.PartialDate.latest)."""
    year = f"(substr({text}, -10, 4) - {_stated(text)})"
    return f"""(CASE length({text}) WHEN 10 THEN {text} WHEN 7 THEN date({text} || '-01', '+1 month', '-1 day')
        WHEN 4 THEN {text} || '-12-31' ELSE printf('%04d-', {year}) || {_birthday(text, year)} END)"""


def _stated(text: str) -> str:
    """Return the years in a stored "age 15 on 2026-11-24"."""
    return f"CAST(substr({text}, 5) AS INTEGER)"


def _birthday(text: str, year: str) -> str:
    """Return month and day of a stated age; a 29 February is a 28th in a common year (as clock._years_before)."""
    leap = f"({year} % 4 = 0 AND {year} % 100 <> 0 OR {year} % 400 = 0)"
    day = f"substr({text}, -5)"
    return f"(CASE WHEN {day} = '02-29' AND NOT {leap} THEN '02-28' ELSE {day} END)"


def _years(born: str, on: str) -> str:
    """Return the completed years between two days (as clock.completed_years)."""
    return f"(substr({on}, 1, 4) - substr({born}, 1, 4) - (substr({on}, 6) < substr({born}, 6)))"


def _band(years: str) -> str:
    return f"""CASE WHEN {years} < 14 THEN '{AgeBand.UNDER_14.value}' WHEN {years} < 16 THEN '{AgeBand.FROM_14.value}'
        WHEN {years} < 18 THEN '{AgeBand.FROM_16.value}' ELSE '{AgeBand.ADULT.value}' END"""


FIRST_OFFENCE = f"""SELECT substr(min({_first_day("committed_on")} || {_last_day("committed_on")} || committed_on), 21)
    FROM offence INDEXED BY offence_listed WHERE offence.case_id = "case".id AND committed_on IS NOT NULL"""  # noqa: S608  (made of our own words alone)
"""The date of the earliest offence of a case: the first by its first day, then by its last."""

AGE_BAND = f"""coalesce((SELECT CASE WHEN youngest = oldest THEN youngest END
    FROM (SELECT {_band("least")} AS youngest, {_band("most")} AS oldest
    FROM (SELECT {_years("born_last", "on_first")} AS least, {_years("born_first", "on_last")} AS most
    FROM (SELECT {_first_day("born")} AS born_first, {_last_day("born")} AS born_last,
        {_first_day("committed")} AS on_first, {_last_day("committed")} AS on_last
    FROM (SELECT born, ({FIRST_OFFENCE}) AS committed FROM child INDEXED BY child_listed
        WHERE child.id = "case".child_id LIMIT 1) LIMIT 1) LIMIT 1)
    WHERE least IS NOT NULL LIMIT 1)), '{AgeBand.IN_DOUBT.value}')"""  # noqa: S608
"""The band of the age at the earliest offence of a case, in doubt where it is not known to lie in one band alone.

Each LIMIT keeps SQLite from putting a question into the one around it, where it would be asked again and again.
"""
