"""A real office in a temporary folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services import practice
from casemgr.services.office import Office, create_office, open_office
from casemgr.store.keys import PRACTICE_COST

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty office, made once and copied by every test."""
    folder = tmp_path_factory.mktemp("made") / "office"
    settings = OfficeSettings(code="SR", name_km="ការិយាល័យសាកល្បង", name_en="Test office", practice=True)
    create_office(folder, settings, StaffMember(name="ទេព បូរិន"), PASSWORD, cost=PRACTICE_COST)[0].close()
    return folder


@pytest.fixture(scope="session")
def made_filled(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with twelve invented children, made once and copied by every test."""
    folder = tmp_path_factory.mktemp("filled") / "office"
    shutil.copytree(made, folder)
    office = open_office(folder, "", PASSWORD)
    practice.fill_practice(office, 12, 7)
    office.close()
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Office]:
    """An empty office."""
    yield from _copied(made, tmp_path)


@pytest.fixture
def filled(made_filled: Path, tmp_path: Path) -> Iterator[Office]:
    """An office with twelve invented children."""
    yield from _copied(made_filled, tmp_path)


def _copied(folder: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(folder, tmp_path / "office")
    office = open_office(tmp_path / "office", "", PASSWORD)
    yield office
    office.close()
