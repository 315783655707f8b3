"""Offices and invented children for the tests of windows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from made_practice import practice

from casemgr.clock import PartialDate, now
from casemgr.i18n import FIGURES
from casemgr.records.case import Case, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child, Sex
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import casework
from casemgr.services.office import Office, set_language
from ui.words import set_words


def new_office(folder: Path) -> Office:
    """Return an empty office in that folder."""
    return practice(folder / "office", 0)


@contextmanager
def speaking(folder: Path, language: str) -> Iterator[Office]:
    """Open an empty office in that folder, and let the screen speak that language."""
    office = new_office(folder)
    set_language(office, language, FIGURES[language])
    set_words(office.words)
    yield office
    office.close()


def with_arrest(office: Office) -> UUID:
    """Take an arrest of two hours ago and return the case."""
    child = Child(
        family_name_km="សុខ", given_name_km="ចាន់ថា", family_name_latin="Sok", given_name_latin="Chantha",
        sex=Sex.MALE, born=PartialDate.of(2011, 3, 12),
    )  # fmt: skip
    case = Case()
    offence = Offence(
        category=OffenceCategory.THEFT, offence_class=OffenceClass.MISDEMEANOUR,
        committed_on=PartialDate.on((now() - timedelta(days=1)).date()),
    )  # fmt: skip
    at = now() - timedelta(hours=2)
    arrest = Arrest(arrested_at=at, arrived_at=at + timedelta(minutes=40), police_unit="អធិការដ្ឋាន")
    casework.take_arrest(office, child, case, [offence], arrest)
    return case.id
