"""A real office with one child in it, made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from store_helpers import MARKERS, NAME, PASSWORD, add_second

from casemgr.clock import PartialDate
from casemgr.khmer.search import search_key
from casemgr.records.case import Case, Offence, OffenceCategory
from casemgr.records.child import Child
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store import queries
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.office_store import OfficeStore
from casemgr.store.work import Work


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a closed office, and its recovery code."""
    folder = tmp_path_factory.mktemp("store") / "office"
    settings = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office", practice=True)
    store, code = OfficeStore.create(folder, settings, StaffMember(name=NAME), PASSWORD, cost=PRACTICE_COST)
    with store.write() as work:
        add_child(work, *MARKERS)
    store.close()
    return folder, code


@pytest.fixture
def folder(template: tuple[Path, str], tmp_path: Path) -> Path:
    """The folder of a closed office of the test's own."""
    return Path(shutil.copytree(template[0], tmp_path / "office"))


@pytest.fixture
def recovery_code(template: tuple[Path, str]) -> str:
    """The recovery code of that office."""
    return template[1]


@pytest.fixture
def reopen(folder: Path) -> Iterator[Callable[[], OfficeStore]]:
    """Open that office as often as asked; what is still open in the end is closed."""
    opened: list[OfficeStore] = []

    def again() -> OfficeStore:
        for store in opened:
            store.close()
        opened.append(OfficeStore.open(folder, NAME, PASSWORD))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], OfficeStore]) -> OfficeStore:
    """That office, open."""
    return reopen()


@pytest.fixture
def two(folder: Path) -> Path:
    """The folder of that office, closed, with two accounts."""
    add_second(folder)
    return folder


def add_child(work: Work, family_km: str, family_latin: str, given_km: str, given_latin: str) -> tuple[UUID, UUID]:
    """Add a child with one case and one offence; return the child's and the case's identity."""
    child = Child(
        code=queries.next_child_code(work, "SR"), family_name_km=family_km, given_name_km=given_km,
        family_name_latin=family_latin, given_name_latin=given_latin, born=PartialDate.of(2011, 4),
        notes=f"{family_km} {family_latin}",
    )  # fmt: skip
    child.search_key = search_key(f"{family_km} {given_km} {family_latin} {given_latin} {child.code}")
    child.sort_key_km = family_km
    work.add(child)
    work.flush()
    case = Case(child_id=child.id, number=queries.next_case_number(work, "SR", 2026), opened_on=date(2026, 11, 3))
    work.add(case)
    work.flush()
    work.add(Offence(case_id=case.id, category=OffenceCategory.THEFT, description=family_km))
    return child.id, case.id
