"""The Khmer lunar date (chhankitek) with animal year, sak and Buddhist era, as official letters carry it.

The arithmetic is that of Roath Kim Soeun's calendars (ប្រតិទិនសុរិយគតិ-ចន្ទគតិ, 1900-1999 and 2000-2099), which
Phylypo Tum published as "Khmer Chhankitek Calendar" (cam-cc.org); the sun's place at the New Year after the same
author's "អត្តាឡើងស័ក និងមហាសង្ក្រាន្ត". The moon is reckoned by rule: a day may differ from what the sky shows.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from casemgr.khmer.digits import to_khmer_digits

FIRST, LAST = date(1990, 1, 1), date(2045, 12, 31)
"""The days that were compared with another program's, and with published holidays where these were at hand."""

EPOCH = date(1899, 12, 3)
"""1 waxing of Migasir. Phylypo Tum counts from 1 January 1900, which was 1 waxing of Bos, a month of 29 days later."""
CHULA_EPOCH = date(638, 3, 24)
"""The day before the first of the lesser era (chula sakarach), in the Gregorian calendar: "harkun" counts from it."""

DOTS = "…"
"""For writing by hand."""


class Name(NamedTuple):
    """A name as each language writes it."""

    km: str
    en: str


MONTHS = (
    Name("មិគសិរ", "Migasir"), Name("បុស្ស", "Bos"), Name("មាឃ", "Meak"), Name("ផល្គុន", "Phalkun"),
    Name("ចេត្រ", "Chet"), Name("ពិសាខ", "Pisakh"), Name("ជេស្ឋ", "Jesth"), Name("អាសាឍ", "Asath"),
    Name("ស្រាពណ៍", "Srap"), Name("ភទ្របទ", "Phatrabot"), Name("អស្សុជ", "Assoch"), Name("កត្តិក", "Kadek"),
)  # fmt: skip
TWO_ASATHS = (Name("បឋមាសាឍ", "Pathamasath"), Name("ទុតិយាសាឍ", "Tutiyasath"))
"""They stand for Asath in a year of thirteen months."""

ANIMALS = (
    Name("ជូត", "Chut"), Name("ឆ្លូវ", "Chhlov"), Name("ខាល", "Khal"), Name("ថោះ", "Thos"), Name("រោង", "Rong"),
    Name("ម្សាញ់", "Msanh"), Name("មមី", "Momi"), Name("មមែ", "Momae"), Name("វក", "Vok"), Name("រកា", "Roka"),
    Name("ច", "Cho"), Name("កុរ", "Kor"),
)  # fmt: skip
SAKS = (
    Name("សំរឹទ្ធិស័ក", "Samriddhisak"), Name("ឯកស័ក", "Ekasak"), Name("ទោស័ក", "Tosak"), Name("ត្រីស័ក", "Treisak"),
    Name("ចត្វាស័ក", "Chatvasak"), Name("បញ្ចស័ក", "Panchasak"), Name("ឆស័ក", "Chhasak"), Name("សប្តស័ក", "Saptasak"),
    Name("អដ្ឋស័ក", "Atthasak"), Name("នព្វស័ក", "Nopvasak"),
)  # fmt: skip
"""By the last figure of the year of the lesser era."""


@dataclass(frozen=True)
class LunarDate:
    """One day in the lunar calendar."""

    day: int
    """1 to 15 within its half of the month."""
    waning: bool
    """Whether the moon wanes (រោច) rather than waxes (កើត)."""
    month: Name
    animal: Name
    sak: Name
    buddhist_year: int


def lunar_date(day: date) -> LunarDate:
    """Return a day of the common calendar in the lunar one. Raises ValueError before FIRST and after LAST.

    The animal changes with the day of Maha Sangkran, the sak with the day of Loeng Sak (two or three days later: that
    is what its name says), the Buddhist era on 1 waning of Pisakh, the day after Visakha Bochea. Each holds for the
    whole day, whatever the hour at which the new year's angel comes down.
    """
    if not FIRST <= day <= LAST:
        raise ValueError("the lunar calendar is proven from 1990 to 2045 only")
    year = day.year if day < _beginning(day.year + 1) else day.year + 1
    left = (day - _beginning(year)).days
    months = iter(_months(year))
    month, length = next(months)
    while left >= length:
        left -= length
        month, length = next(months)
    new_year, new_sak = new_year_days(day.year)
    return LunarDate(
        day=left % 15 + 1, waning=left >= 15, month=month,
        animal=ANIMALS[(day.year - (4 if day >= new_year else 5)) % 12],
        sak=SAKS[(day.year - (638 if day >= new_sak else 639)) % 10],
        buddhist_year=day.year + (544 if day >= _new_buddhist_year(day.year) else 543),
    )  # fmt: skip


def in_words(lunar: LunarDate | None, weekday: str, language: str) -> str:
    """Return a lunar date as letters carry it, in Khmer ("km", always in Khmer figures, as is usual) or English ("en").

    weekday: its name in that language, in Khmer with ថ្ងៃ before it. None gives the line with dots, for writing by
    hand. Such as "Thursday, 1 waxing Migasir, year Momi Atthasak, B.E. 2570": English has no settled wording.
    """
    if lunar is None:
        if language == "km":
            return f"ថ្ងៃ{DOTS * 7} ខែ{DOTS * 4} ឆ្នាំ{DOTS * 4} {DOTS * 3}ស័ក ព.ស.{DOTS * 3}"
        return f"{DOTS * 10}, year {DOTS * 5} {DOTS * 4}sak, B.E.\u00a0{DOTS * 3}"
    if language == "km":
        day = f"{lunar.day}{'រោច' if lunar.waning else 'កើត'}"
        year = f"ឆ្នាំ{lunar.animal.km} {lunar.sak.km} ព.ស.{lunar.buddhist_year}"
        return to_khmer_digits(f"{weekday} {day} ខែ{lunar.month.km} {year}")
    day = f"{lunar.day} {'waning' if lunar.waning else 'waxing'} {lunar.month.en}"
    return f"{weekday}, {day}, year {lunar.animal.en} {lunar.sak.en}, B.E.\u00a0{lunar.buddhist_year}"


@cache
def new_year_days(year: int) -> tuple[date, date]:
    """Return the days of Maha Sangkran and of Loeng Sak in April of a year: the first and the last of the New Year.

    Loeng Sak is the day that "harkun" counts; Maha Sangkran the day in whose course the true sun enters Mesa (Aries).
    Between them lies one day, "vonobat", or two. After Roath Kim Soeun, as published by Phylypo Tum.
    """
    chula = year - 638
    loeng_sak = CHULA_EPOCH + timedelta(days=(292207 * chula + 373) // 800 + 1)
    before = 800 - (292207 * (chula - 1) + 373) % 800
    four_days = _true_sun(363 if before <= 207 else 362, before) % 1800 < 60
    return loeng_sak - timedelta(days=3 if four_days else 2), loeng_sak


def _true_sun(sotin: int, kromathupul: int) -> int:
    """Return the sun's place in minutes of arc, so many days (sotin) after the Loeng Sak of the year before.

    kromathupul: that of the year before. The table of corrections (chhaya) has six steps of 15 degrees; around the New
    Year the sun is always in the last, which gives 129 minutes and 5 more over its length of 900.
    """
    signs, rest = divmod(800 * sotin + kromathupul, 24350)
    degrees, rest = divmod(rest, 811)
    mean = 1800 * signs + 60 * degrees + rest // 14 - 3
    past_last_step = (26400 - mean) % 21600 - 4500
    return mean + 129 + 5 * past_last_step // 900


@cache
def _beginning(year: int) -> date:
    """Return 1 waxing of the Migasir with which the lunar year begins that has its Pisakh in this year."""
    if year == EPOCH.year + 1:
        return EPOCH
    return _beginning(year - 1) + timedelta(days=sum(length for _, length in _months(year - 1)))


def _new_buddhist_year(year: int) -> date:
    """Return 1 waning of Pisakh."""
    return _beginning(year) + timedelta(days=sum(length for _, length in _months(year)[:5]) + 15)


@cache
def _months(year: int) -> tuple[tuple[Name, int], ...]:
    """Return the months of a lunar year with their days: 29 and 30 in turn, as the leap rules change it."""
    months = [(name, 30 if at % 2 else 29) for at, name in enumerate(MONTHS)]
    if _leap_month(year + 544):
        months[7:8] = [(name, 30) for name in TWO_ASATHS]
    elif _leap_day(year + 544):
        months[6] = (months[6][0], 30)
    return tuple(months)


def _leap_month(era: int) -> bool:
    """Return whether a year of the Buddhist era has a second Asath, by its bodithey.

    Of 25 followed by 5 the second year alone has one; of 24 followed by 6 the first.
    """
    now, later = _bodithey(era), _bodithey(era + 1)
    return (now >= 25 or now <= 5 or (now, later) == (24, 6)) and (now, later) != (25, 5)


def _leap_day(era: int) -> bool:
    """Return whether Jesth has its thirtieth day in a year without a leap month.

    A leap day that falls into a year with a leap month waits for the next year.
    """
    return _leap_day_due(era) or (_leap_month(era - 1) and _leap_day_due(era - 1))


def _leap_day_due(era: int) -> bool:
    """Return whether a leap day is due by avoman: to 126 in a solar leap year, else to 137; 137 before 0 is none."""
    avoman = _avoman(era)
    if 800 - (era * 292207 + 499) % 800 <= 207:  # kromathupul: a solar year of 366 days
        return avoman <= 126
    return avoman <= 137 and _avoman(era + 1) != 0


def _aharkun(era: int) -> int:
    return (era * 292207 + 499) // 800 + 4


def _avoman(era: int) -> int:
    return (11 * _aharkun(era) + 25) % 692


def _bodithey(era: int) -> int:
    aharkun = _aharkun(era)
    return ((11 * aharkun + 25) // 692 + aharkun + 29) % 30
