"""An office to practise in: invented children at every stage of the procedure, the same for the same seed and day.

Every answer is the sample that stands beside its field's declaration, moved in time and under other names; names,
villages, ages, offences and the course of each case are drawn from seeded generators (practice_plan.py says in which
shares).
"""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from casemgr import clock
from casemgr.i18n import FIGURES, N_
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.records.child import Child
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services import casework
from casemgr.services.office import Office, Right, create_office, open_office, set_language
from casemgr.services.practice_beside import Directory, directory, stand_beside
from casemgr.services.practice_courses import COURSES
from casemgr.services.practice_people import introduce, invent
from casemgr.services.practice_plan import Plan, plans
from casemgr.services.practice_story import Person, Story
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.work import Work
from casemgr.trouble import Refusal
from casemgr.whereabouts import holds_office

PASSWORD = "practice"  # noqa: S105  (a practice office holds nothing worth hiding)


def new_practice_office(folder: Path, password: str = PASSWORD, *, language: str = "km") -> Office:
    """Set up an office for practice, marked as such on every screen and paper. Raises as create_office.

    language: of the screen, with the figures that go with it.
    """
    settings = OfficeSettings(
        code="SR",
        name_km="ការិយាល័យហ្វឹកហាត់ សៀមរាប",
        name_en="Siem Reap practice office",
        town="សៀមរាប",
        town_en="Siem Reap",
        language=language,
        digits=FIGURES[language],
        practice=True,
    )
    staff = StaffMember(name="ចាន់ ស្រីនិច", name_latin="Chan Sreynich", function="បុគ្គលិកសង្គម")
    return create_office(folder, settings, staff, password, cost=PRACTICE_COST)[0]


def open_practice(
    folder: Path, children: int = 40, seed: int = 1, *, language: str | None = None, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Office:  # fmt: skip
    """Return the practice office in that folder, made and filled first where there is none from today.

    One from an earlier day is thrown away, because nothing in it would be due today; what else lies in the folder is
    left alone. language: of the screen; None for Khmer, or that which the office has. progress is told how many
    children are written, and of how many; where cancelled says so, nothing of the office stays and Stopped is raised.
    Raises Refusal for a folder that holds a real office.
    """
    pace = Pace(children, progress, cancelled)
    if holds_office(folder):
        office = open_office(folder, "", PASSWORD)
        if not office.settings.practice:
            office.close()
            raise Refusal(N_("This folder holds a real office. Practice needs a folder of its own."))
        made_at = office.settings.created_at
        if made_at is not None and made_at.date() == clock.today():
            if language not in (None, office.settings.language):
                set_language(office, language)
            return office
        office.erase()
    pace.check()
    office = new_practice_office(folder, language=language or "km")
    try:
        fill_practice(office, children, seed, progress=lambda done: pace.step(done - pace.done))
    except BaseException:
        office.erase()
        raise
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
    _Filling(office, seed, on or clock.today()).fill(children, progress or (lambda _done: None))
    return children


class _Filling:
    """What is kept of the cases already written, for those that follow."""

    def __init__(self, office: Office, seed: int, day: date) -> None:
        self.office, self.seed, self.day = office, seed, day
        self.contacts: Directory = {}
        self.people: dict[int, Person] = {}
        self.written: dict[Plan, tuple[UUID, UUID]] = {}

    def fill(self, children: int, progress: Callable[[int], None]) -> None:
        """Write the directory and the cases, a hundred in each transaction; tell how many children are done."""
        made = plans(children, self.seed, self.day)
        done = 0
        for start in range(0, len(made), 100):
            with self.office.write() as work:
                if not start:
                    self._write_directory(work)
                for plan in made[start : start + 100]:
                    self._write_case(work, plan)
                    if not plan.second:
                        done += 1
                        progress(done)

    def _write_directory(self, work: Work) -> None:
        for contact in directory(self._chance("contacts")):
            work.add(contact)
            assert contact.role is not None  # noqa: S101  (each has a function)
            self.contacts[contact.role] = (*self.contacts.get(contact.role, ()), contact.id)

    def _write_case(self, work: Work, plan: Plan) -> None:
        chance = self._chance(f"{plan.child} {plan.second}")
        staff = self.office.staff
        person = self.people.pop(plan.child) if plan.second else invent(plan, staff.name or "", chance)
        story = Story(plan, person, staff, self.day, chance)
        if not plan.second:
            introduce(story)
        COURSES[plan.course](story)
        stand_beside(story, self.contacts, self.written.get(plan.beside) if plan.beside else None)
        story.case.stage = story.stage
        story.case.status = casework.status_by(story.records)
        casework.add_arrest(self.office, work, person.child, story.case, story.records)
        self.written[plan] = (person.child.id, story.case.id)
        if plan.again is not None:
            self.people[plan.child] = person

    def _chance(self, what: str) -> random.Random:
        """Return a generator of its own for each case, so that one does not change with what another draws."""
        return random.Random(f"{self.seed} {what}")  # noqa: S311  (nothing secret is drawn)
