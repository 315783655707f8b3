"""An office to practise in: invented children, the same for the same seed and day, with complete records.

Every answer is the sample that stands beside its field's declaration, moved in time and under other names; names,
villages, ages, offences and the course of each case are drawn from a seeded generator.
"""

import dataclasses
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.khmer.digits import to_khmer_digits
from casemgr.records.base import Record
from casemgr.records.case import Case, CaseStatus, Offence, OffenceCategory, OffenceClass, ProcessStage
from casemgr.records.child import Child, Sex
from casemgr.records.fields import Row, fields_of
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.staff import StaffMember
from casemgr.services import casework
from casemgr.services.office import Office, Right, create_office, open_office
from casemgr.services.practice_names import FAMILY, FEMALE, MALE, NICKNAMES, STORIES, VILLAGES
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.work import Work
from casemgr.trouble import Refusal
from casemgr.whereabouts import holds_office

PASSWORD = "practice"  # noqa: S105  (a practice office holds nothing worth hiding)
LATER_STAGES = (
    ProcessStage.PROSECUTOR, ProcessStage.INVESTIGATION, ProcessStage.DIVERSION, ProcessStage.TRIAL,
    ProcessStage.SENTENCE, ProcessStage.RELEASED,
)  # fmt: skip
LIVE = (3, 2, 1, 1)
"""Days since the arrest of the children who are still in police custody, the newest last."""
EARLIER = (4, 6, 9, 13, 20, 45, 90, 200, 400)
SAMPLE_DAY = date(2026, 11, 22)
"""The day of the arrest in the samples."""
AnyRecord = TypeVar("AnyRecord", bound=Record)


def new_practice_office(folder: Path, password: str = PASSWORD) -> Office:
    """Set up an office for practice, marked as such on every screen and paper. Raises as create_office."""
    settings = OfficeSettings(
        code="SR",
        name_km="ការិយាល័យហ្វឹកហាត់ សៀមរាប",
        name_en="Siem Reap practice office",
        town="សៀមរាប",
        digits="khmer",
        practice=True,
    )
    staff = StaffMember(name="ចាន់ ស្រីនិច", name_latin="Chan Sreynich", function="បុគ្គលិកសង្គម")
    return create_office(folder, settings, staff, password, cost=PRACTICE_COST)[0]


def open_practice(folder: Path, children: int = 40, seed: int = 1) -> Office:
    """Return the practice office in that folder, made and filled first where there is none from today.

    One from an earlier day is thrown away, because nothing in it would be due today; what else lies in the folder is
    left alone. Raises Refusal for a folder that holds a real office.
    """
    if holds_office(folder):
        office = open_office(folder, "", PASSWORD)
        if not office.settings.practice:
            office.close()
            raise Refusal(N_("This folder holds a real office. Practice needs a folder of its own."))
        made_at = office.settings.created_at
        if made_at is not None and made_at.date() == clock.today():
            return office
        office.erase()
    office = new_practice_office(folder)
    fill_practice(office, children, seed)
    return office


def fill_practice(
    office: Office, children: int, seed: int, on: date | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:  # fmt: skip
    """Fill an empty office with invented children as they stand on that day (today unless given); return how many.

    The same office code, number, seed and day give the same children. The office is marked as one for practice.
    Raises Refusal for an office that already has children.
    """
    with office.read() as work:
        if work.first(Child) is not None:
            raise Refusal(N_("This office already has children in it. Practice needs a new office."))
    if not office.settings.practice:
        office.settings.practice = True
        with office.write(Right.MANAGE) as work:
            office.settings = work.save(office.settings)
    chance = random.Random(seed)  # noqa: S311  (nothing secret is drawn)
    day = on or clock.today()
    live = range(min(children, len(LIVE)))
    days_ago = sorted(chance.choices(EARLIER, k=children - len(live)), reverse=True) + [LIVE[at] for at in live]
    for start in range(0, children, 100):
        with office.write() as work:
            for number, days in enumerate(days_ago[start : start + 100], start):
                _Invented(office, work, chance, day, days, number - (children - len(live))).write()
                if progress:
                    progress(number + 1)
    return children


class _Invented:
    """One invented child and its case. live: which of those still in custody it is, below 0 for all others."""

    def __init__(
        self, office: Office, work: Work, chance: random.Random, day: date, days_ago: int, live: int
    ) -> None:  # fmt: skip
        self.office, self.work, self.chance, self.days_ago, self.live = office, work, chance, days_ago, live
        self.morning = clock.local(day.year, day.month, day.day)
        self.arrest_day = day - timedelta(days=self.days_ago)
        self.girl = chance.random() < 0.2
        self.names = self._names()

    def write(self) -> None:
        child = self._child()
        offence = self._offence()
        arrest = self._arrest()
        case = self._example(Case, child_id=child.id, worker_id=self.office.staff.id, number=None,
                             opened_on=self.arrest_day, status=self._status(), stage=self._stage())  # fmt: skip
        casework.add_arrest(self.office, self.work, child, case, (offence, arrest))
        if self.live < 0 and self.chance.random() < 0.7:
            casework.add_records(self.work, case, (self._report(child, case, offence, arrest),))

    def _id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _names(self) -> dict[str, str]:
        """What the names in the samples become, longest first so that no part of a name is met before the whole."""
        family, mother, father = (self.chance.choice(FAMILY) for _ in range(3))
        given = self.chance.choice(FEMALE if self.girl else MALE)
        self.family, self.given = family, given
        names = {
            "ចាន់ ដារ៉ា": f"{family[0]} {given[0]}",
            "អ៊ុំ សុផល": f"{mother[0]} {self.chance.choice(FEMALE)[0]}",
            "ចាន់ សំអឿន": f"{father[0]} {self.chance.choice(MALE)[0]}",
            "ចាន់ ស្រីពៅ": f"{family[0]} {self.chance.choice(FEMALE)[0]}",
        }
        return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))

    def _example(self, kind: type[AnyRecord], **known: Any) -> AnyRecord:
        answers = {info.name: self._moved(info.sample) for info in fields_of(kind) if info.sample is not None}
        return kind(id=self._id(), **(answers | known))

    def _moved(self, sample: Any) -> Any:
        """Return a sample under the names of this child and at the time of this arrest."""
        shift = self.arrest_day - SAMPLE_DAY
        match sample:
            case str():
                for before, after in self.names.items():
                    sample = sample.replace(before, after)
                return sample
            case datetime():
                return sample + shift
            case date():
                return sample + shift
            case PartialDate() if sample.is_exact and sample.earliest.year >= SAMPLE_DAY.year:
                return PartialDate.on(sample.earliest + shift)
            case tuple():
                return tuple(self._moved(part) for part in sample)
            case Row():
                return dataclasses.replace(
                    sample,  # type: ignore[type-var]
                    **{info.name: self._moved(getattr(sample, info.name)) for info in fields_of(type(sample))},
                )
            case _:
                return sample

    def _child(self) -> Child:
        return self._example(
            Child, code=None, family_name_km=self.family[0], given_name_km=self.given[0],
            family_name_latin=self.family[1], given_name_latin=self.given[1],
            nickname=self.chance.choice(NICKNAMES) if self.chance.random() < 0.4 else None,
            sex=Sex.FEMALE if self.girl else Sex.MALE, born=self._born(), stated_age=None,
            village_code=self.chance.choice(VILLAGES), birth_place_code=self.chance.choice(VILLAGES),
            house=to_khmer_digits(str(self.chance.randint(1, 180))),
            phone=f"0{self.chance.choice((12, 15, 77, 92, 96, 97))} 555 {self.chance.randint(0, 9999):04}",
        )  # fmt: skip

    def _born(self) -> PartialDate:
        """A birth that makes the child 13 to 17 at the arrest; now and then only the year or an age is known."""
        age = self.chance.choices((13, 14, 15, 16, 17), weights=(1, 3, 5, 6, 6))[0]
        if self.live == 2:
            age = 15
        born = self.arrest_day - timedelta(days=age * 365 + age // 4 + self.chance.randint(2, 360))
        known = self.chance.random() if self.live < 0 else 1
        if known < 0.08:
            return PartialDate.of(born.year)
        if known < 0.14:
            return PartialDate.from_age(age, self.arrest_day)
        return PartialDate.on(born)

    def _offence(self) -> Offence:
        category = OffenceCategory.THEFT if self.live == 2 else self.chance.choice(tuple(STORIES))
        return self._example(
            Offence, category=category, offence_class=category.usual_class or OffenceClass.UNKNOWN,
            article=category.article, committed_on=PartialDate.on(self.arrest_day - timedelta(days=1)),
            description=STORIES[category],
        )  # fmt: skip

    def _arrest(self) -> Arrest:
        arrest = self._example(Arrest)
        if self.live >= 0:
            arrest.custody_ended_at = arrest.outcome = arrest.released_to = arrest.sent_to = None
            if self.live >= 2:
                arrest.lawyer_arrived_at = arrest.lawyer_name = arrest.lawyer_organisation = None
        self._forget_future(arrest)
        return arrest

    def _forget_future(self, arrest: Arrest) -> None:
        """Take out what would lie after the beginning of the day the office pretends it is."""
        for info in fields_of(Arrest):
            answer = getattr(arrest, info.name)
            if isinstance(answer, datetime) and answer > self.morning:
                setattr(arrest, info.name, None)

    def _status(self) -> CaseStatus:
        return CaseStatus.CLOSED if self.days_ago > 300 else CaseStatus.OPEN

    def _stage(self) -> ProcessStage:
        if self.live >= 0:
            return ProcessStage.POLICE_CUSTODY
        return ProcessStage.CLOSED if self._status() is CaseStatus.CLOSED else self.chance.choice(LATER_STAGES)

    def _report(self, child: Child, case: Case, offence: Offence, arrest: Arrest) -> SocialInquiry:
        """Return a report: handed in where its day has come, else a draft in work."""
        report = SocialInquiry.begun(child, case, (offence,), (arrest,), self.office.staff, 1)
        report.id = self._id()
        for info in fields_of(SocialInquiry):
            if info.sample is not None and getattr(report, info.name) in (None, ()):
                setattr(report, info.name, self._moved(info.sample))
        report.facts = STORIES[offence.category] if offence.category else None
        if report.due_on is not None and report.due_on < self.morning.date():
            report.status = ReportStatus.SUBMITTED
            report.submitted_at = clock.local(report.due_on.year, report.due_on.month, report.due_on.day, 9)
        else:
            for name in SocialInquiry.open_after_submission:
                setattr(report, name, None)
        return report
