"""Finding children on the command line: in either script and by numbers; codes alone; whose cases one may know."""

import io
import json
import re
from pathlib import Path

import pytest

from casemgr import clock
from casemgr.cli import main
from casemgr.records.case import Case
from casemgr.records.child import Child, Guardian
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, casework, practice
from casemgr.services.office import open_office

PASSWORD, FIRST = "correct horse battery staple", "given horse battery staple"
NUMBER = f"SR-{clock.today().year}-0001"
"""Of the first case."""
WORKER, OTHER, OFFICER = "ចាន់ ស្រីនិច", "ទេព បូរិន", "កែវ សុភា"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The folder of an office with three invented children, a second worker and a data officer, made once."""
    folder = tmp_path_factory.mktemp("cli-finding") / "office"
    office = practice.new_practice_office(folder, PASSWORD)
    child = Child(family_name_km="ចាន់", given_name_km="ដារ៉ា", family_name_latin="Chan", given_name_latin="Dara",
                  phone="012 345 678", guardians=(Guardian(name="អ៊ុំ សុផល"),))  # fmt: skip
    case = Case(court_number="១២៣/៤៥")
    casework.take_arrest(office, child, case, (), Arrest(arrested_at=clock.now()))
    for name in ("វិបុល", "រតនា"):
        other = Child(family_name_km="ចាន់", given_name_km=name)
        casework.take_arrest(office, other, Case(), (), Arrest(arrested_at=clock.now()))
    for name, role in ((OTHER, Role.CASE_WORKER), (OFFICER, Role.DATA_OFFICER)):
        accounts.add_account(office, StaffMember(name=name, roles=(role,)), FIRST)
    office.close()
    for name in (OTHER, OFFICER):
        office = open_office(folder, name, FIRST)
        accounts.change_password(office, FIRST, PASSWORD)
        office.close()
    return folder


@pytest.fixture
def run(made, monkeypatch, capsys):
    """Run a command on that office as somebody; return exit status, stdout, stderr."""
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEMGR_OFFICE", str(made))

    def command(*words: str, staff: str = WORKER, language: str = "en") -> tuple[int, str, str]:
        try:
            status = main(["--staff", staff, "--words", language, *words])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        return status, *capsys.readouterr()

    return command


@pytest.mark.parametrize(("typed", "why", "why_km"), [
    ("ដារ៉ា", "Name", "ឈ្មោះ"), ("Dara Chan", "Name", "ឈ្មោះ"), ("daara", "Name that sounds alike", None),
    (NUMBER, "Case number", None), ("123/45", "Case number at the court", None), ("012345678", "Telephone", None),
    ("សុផល", "Parent or guardian", None),
])  # fmt: skip
def test_a_child_is_found_by_what_is_known_and_told_by_its_codes_alone(run, typed, why, why_km):
    status, out, err = run("find", *typed.split())
    assert (status, err) == (0, "")
    [line] = [line.split("\t") for line in out.splitlines() if NUMBER in line]
    assert why in line[3].split(", ")
    assert not any(name in out for name in ("Dara", "ដារ៉ា", "Chan", "ចាន់", "សុផល", "345"))
    [found] = [each for each in json.loads(run("find", typed, "--json")[1]) if each["case"] == NUMBER]
    assert found["code"] == line[0]
    assert f"{found['likeness']}%" == line[2]
    khmer = run("find", typed, language="km")[1]
    if why_km:
        assert why_km in khmer
    assert why not in khmer


def test_the_best_come_first_and_not_more_than_wanted(run):
    found = json.loads(run("find", "ចា", "--json")[1])
    assert len(found) == 3
    assert [each["likeness"] for each in found] == sorted((each["likeness"] for each in found), reverse=True)
    assert len(json.loads(run("find", "ចា", "--json", "--most", "1")[1])) == 1
    assert run("find", "ចា", "--most", "0")[0] == 2


def test_nobody_or_too_little_is_said(run):
    assert run("find", "xyzxyz") == (0, "", "Nobody fits.\n")
    status, out, err = run("find", "x")
    assert (status, out, "at least 2" in err) == (1, "", True)
    assert run("find")[0] == 2


def test_what_is_known_may_come_from_standard_input(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("ដារ៉ា\n"))
    assert NUMBER in run("find", "-")[1]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_standard_input_is_read_as_what_it_is_on_windows_too(run, monkeypatch, mark):
    given = io.TextIOWrapper(io.BytesIO(f"{mark}ដារ៉ា\n".encode()), encoding="cp1252", errors="replace")
    monkeypatch.setattr("sys.stdin", given)
    assert NUMBER in run("find", "-")[1]


def test_what_is_no_text_is_told_and_no_fault(run):
    for words in (("find", "\udcff\udcfe"), ("cases", "--search", "\udcff"), ("show", "\udcff", "--json")):
        status, out, err = run(*words)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert "no text" in err
    errors = io.BytesIO()
    told = io.TextIOWrapper(errors, encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", told)
        assert main(["--staff", WORKER, "cases", "--list", "\udcff"]) == 1
        told.flush()
    assert b"udcff" in errors.getvalue()


def test_each_finds_what_the_own_role_may_know(run):
    assert NUMBER not in run("find", NUMBER, staff=OTHER)[1], "the case of another worker"
    status, out, err = run("find", "ដារ៉ា", staff=OFFICER)
    assert (status, out) == (1, "")
    assert "may not" in err


@pytest.mark.parametrize("language", ["en", "km"])
def test_help_is_in_the_language_that_is_asked_for(run, language):
    status, out, _ = run("find", "--help", language=language)
    assert status == 0
    assert bool(re.search("[\u1780-\u17ff]", out)) == (language == "km")
