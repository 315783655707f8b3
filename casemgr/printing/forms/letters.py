"""What official letters and forms have in common."""

from datetime import date

from casemgr import places
from casemgr.i18n import Words
from casemgr.khmer import lunar
from casemgr.khmer.lunar import DOTS
from casemgr.records.office import OfficeSettings


def made_at(place: str | None, day: date | None, office: OfficeSettings | None, words: Words) -> str:
    """Return place and date as letters carry them below the head, with dots to write on for what is not known.

    Where the office wants it, the lunar date stands on a line of its own above, as is customary; with dots too for a
    day that the lunar calendar is not proven for.
    """
    if day is not None:
        written = words.long_date(day)
    else:
        written = words.text("{day} {month} {year}", day=DOTS * 3, month=DOTS * 6, year=DOTS * 4)
    made = words.text("Done at {place}, {date}", place=place or DOTS * 9, date=written)
    if office is None or not office.lunar_date:
        return made
    return f"{_lunar_line(day, words)}\n{made}"


def town_of(office: OfficeSettings | None, words: Words) -> str | None:
    """Return the town of the office as papers in that language carry it, None where the office names none.

    One that was written down in the other language alone is said as the list of places has it, else as it is written.
    """
    if office is None:
        return None
    own, other = (office.town, office.town_en) if words.language == "km" else (office.town_en, office.town)
    return own or (places.also_called(other, words.language) or other if other else None)


def _lunar_line(day: date | None, words: Words) -> str:
    if day is None or not lunar.FIRST <= day <= lunar.LAST:
        return lunar.in_words(None, "", words.language)
    return lunar.in_words(lunar.lunar_date(day), words.weekday(day), words.language)
