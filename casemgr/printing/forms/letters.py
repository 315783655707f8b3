"""What letters and signed papers carry beyond their questions: place and date under the head."""

from datetime import date

from casemgr.i18n import N_, Words
from casemgr.records.office import OfficeSettings

DONE = N_("Done at {place}, {date}")
DOTS = "…"
"""For writing place and date by hand."""


def made_at(place: str | None, day: date | None, office: OfficeSettings | None, words: Words) -> str:  # noqa: ARG001
    """Return place and date as letters carry them, with dots for what is not known."""
    if day is not None:
        told = words.long_date(day)
    else:
        told = words.text("{day} {month} {year}", day=DOTS * 3, month=DOTS * 6, year=DOTS * 4)
    return words.text(DONE, place=place or DOTS * 9, date=told)
