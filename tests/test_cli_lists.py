"""The list of cases on the command line: narrowed, with chosen columns, saved, and as a file."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from casemgr.cli import main
from casemgr.records.kept import AuditEntry
from casemgr.services import case_list, practice, saved_lists
from casemgr.services.case_list import CaseView
from casemgr.services.office import open_office

PASSWORD, PASSPHRASE = "correct horse battery staple", "seven ducks over Tonle Sap"
Run = Callable[..., tuple[int, str, str]]
HELD = CaseView({"held": ("yes",)}, ("number", "name", "held"), "due")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office of twelve invented children with a saved list, made once."""
    folder = tmp_path_factory.mktemp("lists") / "office"
    office = practice.new_practice_office(folder, PASSWORD)
    practice.fill_practice(office, 12, 7)
    saved_lists.save_list_as(office, "ឃុំខ្លួន", HELD, shared=True)
    office.close()
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a copy of it; return exit status, stdout, stderr."""
    shutil.copytree(made, tmp_path / "office")
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEMGR_OFFICE", str(tmp_path / "office"))
    monkeypatch.setenv("CASEMGR_PASSPHRASE", PASSPHRASE)

    def command(*words: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return command


def numbers(folder: Path, view: CaseView) -> list[str]:
    office = open_office(folder, "", PASSWORD)
    try:
        return [row.told["number"] for row in case_list.case_page(office, view, limit=100)]
    finally:
        office.close()


def test_cases_are_narrowed_ordered_and_told_in_columns(run: Run, tmp_path: Path) -> None:
    asked = (
        "cases",
        "--filter",
        "status=open",
        "--filter",
        "stage=police-custody, pretrial-detention",
        "--order",
        "due",
    )
    status, out, _ = run(*asked, "--columns", "number,stage", "--json")
    told = json.loads(out)
    view = CaseView({"status": ("open",), "stage": ("police-custody", "pretrial-detention")}, order="due")
    assert status == 0
    assert [each["number"] for each in told] == numbers(tmp_path / "office", view)
    assert {tuple(each) for each in told} == {("number", "stage")}
    text = run(*asked, "--columns", "number,stage")[1]
    assert [line.split("\t") for line in text.splitlines()] == [list(each.values()) for each in told]


def test_what_is_said_of_one_filter_twice_counts_together(run: Run) -> None:
    one, other = ("--filter", "stage=police-custody"), ("--filter", "stage=pretrial-detention")
    together = run("cases", "--filter", "stage=police-custody,pretrial-detention", "--columns", "number")
    assert run("cases", *one, *other, "--columns", "number") == together
    assert len(together[1].splitlines()) > len(run("cases", *other, "--columns", "number")[1].splitlines())


def test_a_worker_is_named_and_letters_are_searched(run: Run) -> None:
    status, out, _ = run("cases", "--filter", "worker=chan sreynich", "--columns", "number,worker", "--json")
    told = json.loads(out)
    assert status == 0
    assert {each["worker"] for each in told} == {"Chan Sreynich"}
    assert len(json.loads(run("cases", "--search", told[0]["number"], "--json")[1])) == 1


def test_a_saved_list_is_named_shown_and_exported(run: Run, tmp_path: Path) -> None:
    assert run("lists") == (0, "ឃុំខ្លួន\n", "")
    (known,) = json.loads(run("lists", "--json")[1])
    assert known["for_everybody"] is True
    expected = numbers(tmp_path / "office", HELD)
    told = json.loads(run("cases", "--list", "ឃុំខ្លួន", "--json")[1])
    assert [each["number"] for each in told] == expected
    assert list(told[0]) == ["number", "name", "held"]
    target = tmp_path / "held.csv"
    status, out, _ = run("cases", "--list", "ឃុំខ្លួន", "-o", target, "--language", "en")
    assert (status, out) == (0, f"{len(expected)} rows\n")
    _, *lines = csv.reader(io.StringIO(target.read_text("utf-8-sig")))
    assert [line[0] for line in lines] == expected
    assert not {each["name"] for each in told} & {cell for line in lines for cell in line}


def test_a_list_is_printed_with_names_for_a_reason_and_locked(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "held.pdf"
    refused = run("cases", "--list", "ឃុំខ្លួន", "-o", target, "--with-names")
    assert refused[0] == 1
    assert not target.exists()
    assert run("cases", "--list", "ឃុំខ្លួន", "-o", target, "--with-names", "--reason", "hearing")[0] == 0
    with pypdfium2.PdfDocument(target.read_bytes(), password=PASSPHRASE) as document:
        assert len(document) == 1
    office = open_office(tmp_path / "office", "", PASSWORD)
    with office.read() as work:
        line = work.find(AuditEntry, action="exported")[-1]
    office.close()
    assert (line.why, '"named": [null, true]' in (line.changes or "")) == ("hearing", True)


@pytest.mark.parametrize(
    "words",
    [
        ("--filter", "height=tall"), ("--filter", "stage=moon"), ("--filter", "stage"),
        ("--filter", "worker=nobody here"), ("--columns", "height"), ("--list", "moon"), ("-o", "list.txt"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_in_one_line(run: Run, words: tuple[str, ...]) -> None:
    status, out, err = run("cases", *words)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1


def test_the_help_names_every_filter_and_column(run: Run) -> None:
    status, out, _ = run("cases", "--help")
    assert status == 0
    flat = "".join(out.split())
    for key in (*case_list.FILTER_BY_KEY, *case_list.BY_KEY):
        assert key in flat
