"""Words, dates and numbers in the language asked for. Screen and paper may differ, so nothing here is global."""

import datetime as dt
import io
import sys
from functools import cache
from pathlib import Path

from casemgr.catalogue import Catalogue
from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.khmer.digits import to_khmer_digits

LANGUAGES = {"km": "ខ្មែរ", "en": "English"}
"""The languages of the program, each by its own name."""
FIGURES = {"km": "khmer", "en": "western"}
"""The figures that go with a language where nobody has chosen any."""

BOTH = "both"
PAPER_LANGUAGES = LANGUAGES | {BOTH: "ខ្មែរ + English"}
"""The languages of a paper: also Khmer with English beneath what is printed on the form."""


def N_(message: str) -> str:
    """Mark a message for the catalogue where it is declared; it is translated where it is shown."""
    return message


class Words:
    """One language, "km" or "en", with the figures of one habit, "khmer" or "western"."""

    def __init__(self, language: str = "km", digits: str = "western") -> None:
        """Load the catalogue. Raises KeyError for a language the program does not have."""
        self.language_name = LANGUAGES[language]
        self.language = language
        self.digits = digits
        self._catalogue = _catalogue(language)

    def text(self, message: str, /, **slots: object) -> str:
        """Return the message in this language, its {slots} filled; Khmer words have the office's digits too."""
        found = self._catalogue.gettext(message) if message else ""
        if self.language == "km":
            found = self.figures(found)
            slots = {name: self.figures(str(slot)) if type(slot) is int else slot for name, slot in slots.items()}
        return found.format(**slots) if slots else found

    def label(self, message: str, /, **slots: object) -> str:
        """Return what is printed on a form itself, not an answer: on a paper in two languages a line of each."""
        return self.text(message, **slots)

    def plural(self, one: str, many: str, n: int, /, **slots: object) -> str:
        """Return the message that fits the number n, which fills the slot {n}."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **slots)

    def figures(self, text: str) -> str:
        """Return the text with its digits as the office prefers them."""
        return to_khmer_digits(text) if self.digits == "khmer" else text

    def number(self, value: int) -> str:
        """Return a whole number, thousands set apart by a comma as both languages do in Cambodia."""
        return self.figures(f"{value:,}")

    def decimal(self, value: float, places: int = 1) -> str:
        """Return a number with that many decimals after a point, thousands set apart by a comma."""
        return self.figures(f"{value:,.{places}f}")

    def percent(self, share: float) -> str:
        """Return a share of one as a percentage with one decimal: 0.125 is 12.5%."""
        return self.figures(f"{share * 100:.1f}%")

    def money(self, riel: int) -> str:
        """Return an amount of riel."""
        return self.number(riel) + " ៛"

    def date(self, day: dt.date) -> str:
        """Return a date: day-month-year in figures."""
        return self.figures(f"{day.day:02}-{day.month:02}-{day.year:04}")

    def long_date(self, day: dt.date) -> str:
        """Return a date with the month in words, as letters carry it."""
        return self.text("{day} {month} {year}", day=self.figures(str(day.day)), month=self.month(day.month),
                         year=self.figures(f"{day.year:04}"))  # fmt: skip

    def weekday(self, day: dt.date) -> str:
        """Return the name of the day of the week."""
        return self.text(WEEKDAYS[day.weekday()])

    def month(self, number: int) -> str:
        """Return the name of a month, 1 to 12."""
        return self.text(MONTHS[number - 1])

    def time_of_day(self, moment: dt.datetime) -> str:
        """Return the time of day in Phnom Penh, on the 24-hour clock."""
        here = moment.astimezone(PHNOM_PENH)
        return self.figures(f"{here.hour:02}:{here.minute:02}")

    def moment(self, moment: dt.datetime) -> str:
        """Return date and time of day in Phnom Penh, on the 24-hour clock."""
        here = moment.astimezone(PHNOM_PENH)
        return self.figures(f"{here.day:02}-{here.month:02}-{here.year:04} {here.hour:02}:{here.minute:02}")

    def partial_date(self, known: PartialDate) -> str:
        """Return as much of a date as is known."""
        if known.is_exact:
            return self.date(known.earliest)
        if aged := known.stated_age:
            return self.text("age {age} on {date} (estimated)", age=self.number(aged[0]), date=self.date(aged[1]))
        year, month, _ = known.parts
        return self.figures(f"{year:04}" if month is None else f"{month:02}-{year:04}")


class TwoLanguages(Words):
    """Khmer, with what is printed on a form itself in English as well, on a second line."""

    def __init__(self, digits: str = "western") -> None:
        """Load both catalogues."""
        super().__init__("km", digits)
        self.beneath = Words("en")

    def label(self, message: str, /, **slots: object) -> str:
        """Return the message in Khmer and, where it differs, below it in English."""
        khmer, english = self.text(message, **slots), self.beneath.text(message, **slots)
        return f"{khmer}\n{english}" if english and english != khmer else khmer


MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip

WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


@cache
def _catalogue(language: str) -> Catalogue:
    for root in _roots():
        source = root / language / "LC_MESSAGES" / "casemgr.po"
        built = source.with_suffix(".mo")
        if built.is_file() and not (source.is_file() and source.stat().st_mtime > built.stat().st_mtime):
            with built.open("rb") as file:
                return Catalogue(file)
        if source.is_file():
            return Catalogue(io.BytesIO(_compiled(source, language)))
    raise FileNotFoundError(f"no catalogue for {language}")


def _roots() -> tuple[Path, ...]:
    """Where catalogues lie: beside the package in a checkout, inside it once installed or packaged."""
    here = Path(__file__).parent
    frozen = getattr(sys, "_MEIPASS", None)
    return (
        here / "translations",
        here.parent / "translations",
        *((Path(frozen) / "translations",) if frozen else ()),
    )


def _compiled(source: Path, language: str) -> bytes:
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (only a checkout whose catalogues are not compiled)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()
