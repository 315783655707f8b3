"""Lists spoilt in every way: each is refused in words or looked through row by row, and nothing in the office changes.

"-m slow" tries twenty thousand. The number of a try, which a failure names, makes the same file again.
"""

import io
import shutil
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hostile import chance_of, spoilt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_lists import bare, listed, row
from partly import drawn
from test_services_import import PASSWORD, hashes

from casemgr.i18n import Words
from casemgr.services.import_checking import check_list
from casemgr.services.import_files import report_lines, save_template
from casemgr.services.import_reading import open_list
from casemgr.services.import_told import DryRun
from casemgr.services.importing import import_list
from casemgr.services.office import Office, open_office
from casemgr.trouble import Refusal, Trouble

LONGEST = 10.0
"""Seconds of computing that one file may take."""
SEEDS = st.integers(min_value=0, max_value=2**32)


def tries(number: int) -> Any:
    """Say how many spoilt files a test makes."""
    return settings(max_examples=number, suppress_health_check=list(HealthCheck), deadline=None)


class Lists:
    """An office, and whole lists that are spoilt and given to it."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.path = office, folder / "spoilt.xlsx"
        rows = [row(), row(child_code="K-2", case_number="C/2"), bare(given_name_km="ដារ៉ា", arrested_at="2020-01-02")]
        self.workbook = listed(folder / "whole.xlsx", *rows).read_bytes()
        heads = "child_code,sex,date_of_birth,notes\r\n"
        self.csv = (heads + 'K-1,male,2008-03-12,"two\r\nlines"\r\nK-2,ស្រី,12/3/2008,\'=1\r\n').encode("utf-8-sig")
        save_template(folder / "t.xlsx")
        self.before = hashes(office, without=())

    def within(self, seed: int) -> bytes:
        """Return the workbook with one of its parts spoilt, as a sound package."""
        chance, target = chance_of(seed), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.workbook)) as old, zipfile.ZipFile(target, "w") as new:
            names = old.namelist()
            sheet = next(name for name in names if name.endswith("sheet1.xml"))
            chosen = sheet if chance.random() < 0.6 else chance.choice(names)
            for name in names:
                data = old.read(name)
                new.writestr(name, spoilt(data, chance) if name == chosen else data)
        return target.getvalue()

    def is_refused_or_told(self, data: bytes) -> DryRun | None:
        """Look at a list; what is not refused is told for every row."""
        self.path.write_bytes(data)
        begun = time.process_time()
        try:
            dry = check_list(self.office, open_list(self.office, self.path))
        except (Refusal, Trouble) as refused:
            refused.say(Words("km"))
            dry = None
        assert dry is None or all(report_lines(each, Words("km")) for each in dry.rows)
        assert time.process_time() - begun < LONGEST
        return dry


@pytest.fixture(scope="module")
def lists(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("lists")
    office = open_office(shutil.copytree(made, folder / "office"), "", PASSWORD)
    found = Lists(office, folder)
    yield found
    assert hashes(office, without=()) == found.before
    office.close()


@drawn(40, 150, seed=SEEDS)
def test_a_spoilt_workbook(lists: Lists, seed: int) -> None:
    lists.is_refused_or_told(spoilt(lists.workbook, chance_of(seed)))


@drawn(40, 150, seed=SEEDS)
def test_a_workbook_with_a_spoilt_part(lists: Lists, seed: int) -> None:
    lists.is_refused_or_told(lists.within(seed))


@drawn(50, 200, seed=SEEDS)
def test_a_spoilt_csv(lists: Lists, seed: int) -> None:
    lists.is_refused_or_told(spoilt(lists.csv, chance_of(seed)))


@pytest.mark.slow
@tries(10_000)
@given(SEEDS)
def test_ten_thousand_workbooks_with_a_spoilt_part(lists: Lists, seed: int) -> None:
    lists.is_refused_or_told(lists.within(seed))


@pytest.mark.slow
@tries(10_000)
@given(SEEDS)
def test_ten_thousand_spoilt_files(lists: Lists, seed: int) -> None:
    chance = chance_of(seed)
    lists.is_refused_or_told(spoilt(chance.choice((lists.csv, lists.workbook)), chance))


@drawn(10, 25, seed=SEEDS)
def test_what_is_not_refused_can_be_written(lists: Lists, seed: int) -> None:
    """Whatever a spoilt list still says, it is written or refused; it is stopped before its end, so nothing is kept."""
    dry = lists.is_refused_or_told(spoilt(lists.csv, chance_of(seed)))
    if dry is None:
        return
    with suppress(Refusal, _Enough):
        import_list(lists.office, dry, leave_out_wrong=True, progress=_enough)
    assert hashes(lists.office, without=()) == lists.before


class _Enough(Exception):  # noqa: N818
    """Takes back what was written, at its end."""


def _enough(done: int, total: int) -> None:
    if done == total:
        raise _Enough
