"""One invented case: the samples of the declarations, told of this child and moved to the days of this case."""

import dataclasses
import random
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.khmer.digits import to_khmer_digits
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case, Level, ProcessStage
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, Kind, Row, fields_of
from casemgr.records.staff import StaffMember
from casemgr.services.practice_plan import Plan
from casemgr.services.practice_words import ACCOUNTS, Account

SAMPLE_DAY = date(2026, 11, 22)
"""The day of the arrest in the samples; what they tell of a year before the last one is no part of their story."""

MONTHS = ("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ")
TOLD_MONTHS = {"វិច្ឆិកា": 0, "ធ្នូ": 30, "មករា": 60, "មីនា": 120, "មិថុនា": 210}
"""The months that the samples name in words, and about how many days after the arrest they are."""
TOLD_YEARS = {"២០២៥": -365, "២០២៦": 0, "២០២៧": 120}
TOLD_NAMES = ("ចាន់ ដារ៉ា", "អ៊ុំ សុផល", "ចាន់ សំអឿន", "ចាន់ ស្រីពៅ", "ចាន់ ស្រីនិច")
"""The child of the samples, its mother, father and sister, and the worker."""
_TOLD = re.compile("|".join(map(re.escape, (*TOLD_NAMES, *TOLD_MONTHS, *TOLD_YEARS))))

PLANNED = frozenset({
    "answer_due", "by_when", "due_on", "ends_on", "expected_end_on", "from_on", "hearing_on", "measure_from",
    "measure_until", "mother_release_on", "new_on", "next_at", "next_date", "next_on", "order_until", "papers_until",
    "planned_at", "planned_on", "starts_on", "to_on", "until", "valid_until",
})  # fmt: skip
"""The dates that may lie ahead; all others tell of what happened."""
OPENS_LINE = frozenset({"on", "ordered_on", "started_at"})
"""The dates without which a line of a table would tell nothing."""

AnyRecord = TypeVar("AnyRecord", bound=Record)
AnyCaseRecord = TypeVar("AnyCaseRecord", bound=CaseRecord)


class _Sample(NamedTuple):
    """What a class of record declares: the first of its days, answers that stay, answers that are moved.

    conditional: the questions that do not always arise. dated: the answers that may tell of what has not happened.
    """

    first_day: date
    fixed: dict[str, Any]
    moving: tuple[tuple[str, Any], ...]
    conditional: tuple[FieldInfo, ...]
    dated: tuple[str, ...]


@dataclasses.dataclass
class Person:
    """An invented child.

    age: in completed years at the first arrest. family, given: its names in Khmer and in Latin letters. names: what
    the names of the samples become. child: its record, from the first case on.
    """

    girl: bool
    age: int
    family: tuple[str, str]
    given: tuple[str, str]
    names: dict[str, str]
    child: Child = dataclasses.field(init=False)

    @property
    def mother(self) -> str:
        """The name of the mother in Khmer."""
        return self.names["អ៊ុំ សុផល"]


class Story:
    """What was written down of one case by the morning of the day. Days are counted from the arrest.

    closed_on: when the case was closed. stage: where the procedure stands where no record says so. plan_until: the day
    on which the reintegration plan ends.
    """

    def __init__(self, plan: Plan, person: Person, staff: StaffMember, today: date, chance: random.Random) -> None:
        """Begin with nothing written down."""
        self.plan, self.person, self.staff, self.today, self.chance = plan, person, staff, today, chance
        self.arrested_on = plan.arrested_on
        self.records: list[CaseRecord] = []
        self.closed_on: date | None = None
        self.stage: ProcessStage | None = None
        self.plan_until: int | None = None
        year = self.arrested_on.year
        self.court_number = to_khmer_digits(f"{self.within(20, 900)}/{year}")
        self.case = self.example(
            Case, number=None, opened_on=self.arrested_on, worker_id=staff.id, court_number=self.court_number,
            police_report_number=to_khmer_digits(f"{self.within(20, 400)}/{year % 100:02}"), notes=None,
            risk=chance.choice((Level.LOW, Level.MEDIUM, Level.MEDIUM, Level.HIGH)),
        )  # fmt: skip

    @property
    def account(self) -> Account:
        """What is told of the offence. Raises KeyError where there is none."""
        assert self.plan.category is not None  # noqa: S101  (only asked where the child is suspected)
        return ACCOUNTS[self.plan.category]

    def likely(self, share: float) -> bool:
        """Return True in that share of the cases."""
        return self.chance.random() < share

    def forgotten(self, after: int, share: float) -> bool:
        """Return whether nobody has written down yet what happened on that day: of late, in that share of the cases."""
        return self.days - after < 60 and self.likely(share)

    def within(self, least: int, most: int) -> int:
        """Return a number between these two, both possible."""
        return self.chance.randint(least, most)

    def day(self, after: int) -> date:
        """Return the day so many days after the arrest."""
        return self.arrested_on + timedelta(days=after)

    def at(self, after: int, hour: int, minute: int = 0) -> datetime:
        """Return that hour of the day so many days after the arrest."""
        day = self.day(after)
        return clock.local(day.year, day.month, day.day, hour, minute)

    def is_past(self, after: int) -> bool:
        """Return whether that day is over."""
        return self.day(after) < self.today

    def past(self, after: int) -> date | None:
        """Return that day, None where it is not over."""
        return self.day(after) if self.is_past(after) else None

    @property
    def days(self) -> int:
        """How many days after the arrest the last day that is over was."""
        return (self.today - self.arrested_on).days - 1

    def new_id(self) -> UUID:
        """Return an identity that is the same for the same seed."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def of(self, kind: type[AnyCaseRecord]) -> list[AnyCaseRecord]:
        """Return what was written down of one class."""
        return [record for record in self.records if isinstance(record, kind)]

    def tell(self, kind: type[AnyCaseRecord], after: int, **known: Any) -> AnyCaseRecord | None:
        """Write down the sample of a record whose first day lies so many days after the arrest.

        known: the answers that are this case's own. What has not happened yet is left out; of what has not begun
        nothing is written down, and None returned.
        """
        return self.write(self.example(kind, after, **known)) if self.is_past(after) else None

    def write(self, record: AnyCaseRecord) -> AnyCaseRecord:
        """Write down a record."""
        self.records.append(record)
        return record

    def example(self, kind: type[AnyRecord], after: int | None = None, **known: Any) -> AnyRecord:
        """Return the sample of a record, moved so that its first day lies so many days after the arrest.

        Without after it keeps its distance from the arrest of the samples.
        """
        sample = _sample_of(kind)
        shift = self.arrested_on - SAMPLE_DAY if after is None else self.day(after) - sample.first_day
        answers = sample.fixed | {
            name: self._moved(answer, shift) for name, answer in sample.moving if name not in known
        }
        record = kind(id=self.new_id(), **(answers | known))
        self.tidy(record)
        return record

    def complete(self, record: Record, after: int, **known: Any) -> None:
        """Answer with the samples, moved as in example, what a record does not answer yet and is not known."""
        sample = _sample_of(type(record))
        shift = self.day(after) - sample.first_day
        for name, answer in (*sample.fixed.items(), *sample.moving):
            if name not in known and getattr(record, name) in (None, ()):
                setattr(record, name, self._moved(answer, shift))
        for name, answer in known.items():
            setattr(record, name, answer)

    def tidy(self, record: Record) -> None:
        """Take out of a record what lies ahead, and the answers to questions that do not arise."""
        sample = _sample_of(type(record))
        for name in sample.dated:
            answer = getattr(record, name)
            if isinstance(answer, tuple):
                setattr(record, name, tuple(self._happened(answer)))
            elif answer is not None and self._is_ahead(answer):
                setattr(record, name, None)
        for info in sample.conditional:
            if getattr(record, info.name) not in (None, ()) and not info.is_shown(record):
                setattr(record, info.name, () if info.kind in (Kind.ROWS, Kind.CHOICES) else None)

    def _happened(self, lines: tuple[Row, ...]) -> Iterator[Row]:
        """Yield the lines that tell of something by now, without what is still to come of them."""
        for line in lines:
            names = [info.name for info in fields_of(type(line)) if info.kind in (Kind.DATE, Kind.MOMENT)]
            ahead = {name for name in names if name not in PLANNED and self._is_ahead(getattr(line, name))}
            if ahead & OPENS_LINE:
                continue
            if ahead and "result" in {info.name for info in fields_of(type(line))}:
                ahead.add("result")
            yield dataclasses.replace(line, **dict.fromkeys(ahead)) if ahead else line  # type: ignore[type-var]

    def _is_ahead(self, at: date | datetime | None) -> bool:
        if at is None:
            return False
        return (at.date() if isinstance(at, datetime) else at) >= self.today

    def _moved(self, sample: Any, shift: timedelta) -> Any:
        """Return a sample under the names of this child and at another time."""
        match sample:
            case str():
                return _TOLD.sub(lambda told: self._word(told[0], shift), sample)
            case datetime() | date():
                return sample + shift
            case PartialDate():
                return _moved_date(sample, shift)
            case tuple():
                return tuple(self._moved(part, shift) for part in sample)
            case Row():
                cells = ((info.name, getattr(sample, info.name)) for info in fields_of(type(sample)))
                moved = {name: self._moved(cell, shift) for name, cell in cells if _moves(cell)}
                return dataclasses.replace(sample, **moved)  # type: ignore[type-var]
            case _:
                return sample

    def _word(self, told: str, shift: timedelta) -> str:
        if told in TOLD_MONTHS:
            return MONTHS[(SAMPLE_DAY + timedelta(days=TOLD_MONTHS[told]) + shift).month - 1]
        if told in TOLD_YEARS:
            return to_khmer_digits(str((SAMPLE_DAY + timedelta(days=TOLD_YEARS[told]) + shift).year))
        return self.person.names[told]


@cache
def _sample_of(kind: type[Record]) -> _Sample:
    infos = fields_of(kind)
    samples = {info.name: info.sample for info in infos if info.sample is not None}
    first = next((each for each in samples.values() if isinstance(each, date)), SAMPLE_DAY)
    dated = [
        info.name
        for info in infos
        if (info.kind in (Kind.DATE, Kind.MOMENT) and info.name not in PLANNED)
        or (info.row is not None and any(cell.kind in (Kind.DATE, Kind.MOMENT) for cell in fields_of(info.row)))
    ]
    return _Sample(
        first.date() if isinstance(first, datetime) else first,
        {name: sample for name, sample in samples.items() if not _moves(sample)},
        tuple((name, sample) for name, sample in samples.items() if _moves(sample)),
        tuple(info for info in infos if info.shown_when is not None), tuple(dated),
    )  # fmt: skip


def _moves(sample: Any) -> bool:
    """Return whether a sample says something of the child or of a time."""
    match sample:
        case str():
            return _TOLD.search(sample) is not None
        case date():
            return True
        case PartialDate():
            return _is_of_the_story(sample)
        case tuple():
            return any(_moves(part) for part in sample)
        case Row():
            return any(_moves(getattr(sample, info.name)) for info in fields_of(type(sample)))
        case _:
            return False


def _is_of_the_story(on: PartialDate) -> bool:
    return on.earliest.year >= SAMPLE_DAY.year - 1


def _moved_date(on: PartialDate, shift: timedelta) -> PartialDate:
    """Return a date moved, known as far as it was."""
    if not _is_of_the_story(on):
        return on
    moved = on.earliest + shift
    return PartialDate.on(moved) if on.is_exact else PartialDate.of(moved.year, moved.month)
