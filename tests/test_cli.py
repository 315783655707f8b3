"""The command line: what it prints, what it refuses and with which exit status."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from casemgr.cli import main
from casemgr.law.deadlines import AFTER_CLOSING
from casemgr.records.kept import AuditEntry
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, practice
from casemgr.services.office import open_office

PASSWORD = "correct horse battery staple"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on an office in a temporary folder; return exit status, stdout, stderr."""
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEMGR_OFFICE", str(tmp_path / "office"))

    def command(*words: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office of ten invented children, cheap to open, made once."""
    folder = tmp_path_factory.mktemp("cli") / "office"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_PASSWORD", PASSWORD)
        practice.new_practice_office(folder, PASSWORD).close()
        assert main(["--office", str(folder), "practice", "--children", "10", "--seed", "3"]) == 0
    return folder


@pytest.fixture
def filled(run: Run, made: Path, tmp_path: Path) -> Run:
    """The same on an office of ten invented children."""
    shutil.copytree(made, tmp_path / "office")
    return run


def test_new_shows_the_recovery_code_once_and_refuses_a_second_office(run: Run) -> None:
    words = ("new", "--code", "SR", "--name-en", "Test", "--name-km", "សាកល្បង", "--staff", "ទេព បូរិន")
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    assert len(out.splitlines()[-1].replace("-", "")) == 25
    status, out, err = run(*words)
    assert (status, out, len(err.splitlines())) == (1, "", 1)


def test_cases_and_show_tell_everything_as_json(filled: Run) -> None:
    status, out, _ = filled("cases", "--json")
    cases = json.loads(out)
    assert status == 0
    assert len({case["child_id"] for case in cases}) == 10
    status, out, _ = filled("show", cases[0]["number"], "--json")
    told = json.loads(out)
    assert status == 0
    assert told["case"]["number"] == cases[0]["number"]
    assert told["child"]["family_name_km"]
    assert told["records"][0]["type"] == "Arrest"
    assert told["records"][0]["kind"] == told["records"][0]["stage"] == "arrest"
    assert told["stages"]["arrest"] in ("current", "overdue")
    for deadline in told["deadlines"]:
        assert set(deadline) >= {"rule", "article", "confirmed", "due_at", "source"}
        assert deadline["due_at"].endswith("+07:00")


def test_a_list_that_leaves_the_program_stands_in_the_trail(filled: Run, tmp_path: Path) -> None:
    number = json.loads(filled("cases", "--json")[1])[0]["number"]
    assert filled("show", number, "--json")[0] == 0
    office = open_office(tmp_path / "office", "", PASSWORD)
    with office.read() as work:
        assert [(line.record_type, line.changes) for line in work.find(AuditEntry, action="exported")] == [
            ("List", '{"what": [null, "cases"], "how": [null, "json"]}'),
            ("Case", '{"how": [null, "json"]}'),
        ]
    office.close()


def test_accounts_are_listed_for_who_looks_after_them(filled: Run, tmp_path: Path) -> None:
    office = open_office(tmp_path / "office", "", PASSWORD)
    staff = StaffMember(name="Sok Dara", roles=(Role.CASE_WORKER,))
    accounts.add_account(office, staff, "the first long password")
    first = office.staff.name or ""
    office.close()
    status, out, _ = filled("--staff", first, "accounts")
    assert status == 0
    assert [line.split("\t")[:2] for line in out.splitlines()] == [
        [first, "Account open"],
        ["Sok Dara", "Account open"],
    ]
    told = json.loads(filled("--staff", first, "accounts", "--json")[1])
    assert [(each["roles"], each["first_password"]) for each in told] == [
        (["case-worker", "supervisor", "administrator"], False), (["case-worker"], True),
    ]  # fmt: skip


def test_a_first_password_has_to_be_changed_in_the_window(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(tmp_path / "office", "", PASSWORD)
    accounts.add_account(office, StaffMember(name="Sok Dara", roles=(Role.DATA_OFFICER,)), "the first long password")
    office.close()
    monkeypatch.setenv("CASEMGR_PASSWORD", "the first long password")
    assert filled("--staff", "sok dara", "cases") == (1, "", "Somebody else gave you this password. Change it first.\n")
    office = open_office(tmp_path / "office", "Sok Dara", "the first long password")
    accounts.change_password(office, "the first long password", PASSWORD)
    office.close()
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    told = json.loads(filled("--staff", "Sok Dara", "cases", "--json")[1])
    assert told
    assert all(case["name_km"] == case["name_latin"] == case["number"] for case in told)
    assert filled("--staff", "Sok Dara", "show", told[0]["number"], "--json")[0] == 1
    assert filled("--staff", "Sok Dara", "accounts")[0] == 1


def test_plain_lists_are_readable(filled: Run) -> None:
    status, out, _ = filled("cases")
    assert status == 0
    assert len(out.splitlines()) >= 10
    status, out, _ = filled("forms")
    assert status == 0
    listed = json.loads(filled("forms", "--json")[1])
    told = [line.split() for line in out.splitlines() if line.startswith("  ") and not line.startswith("   ")]
    assert sorted(told) == sorted([each["number"], each["name"]] for each in listed)
    assert all(each[key] in out for each in listed for key in ("title", "purpose", "when"))
    assert "social-inquiry-report" in {each["name"] for each in listed}


def test_a_paper_is_printed_as_wanted_and_written_down(filled: Run, tmp_path: Path) -> None:
    for case in json.loads(filled("cases", "--json")[1]):
        told = json.loads(filled("show", case["number"], "--json")[1])
        if arrests := [record["id"] for record in told["records"] if record["kind"] == "arrest"]:
            break
    paper = tmp_path / "paper.pdf"
    words = ("print", "police-warning", case["number"], "-o", paper, "--language", "both", "--by-hand")
    assert filled(*words, "--record", arrests[0]) == (0, "", "")
    with pypdfium2.PdfDocument(paper) as document:
        text = document[0].get_textpage().get_text_range()
    assert "Record of a warning and undertaking of the child" in text
    assert "ព្រះរាជាណាចក្រ" in text
    status, out, err = filled(*words, "--record", case["child_id"])
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert filled(*words, "--record", "newest")[0] == 2
    office = open_office(tmp_path / "office", "", PASSWORD)
    with office.read() as work:
        (line,) = work.find(AuditEntry, action="printed")
    office.close()
    said = {name: pair[1] for name, pair in json.loads(line.changes).items()}
    assert str(line.record_id) == arrests[0]
    assert (said["language"], said["by_hand"], said["how"]) == ("both", True, "pdf")


def test_a_paper_is_locked_with_a_password_that_is_no_argument(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = json.loads(filled("cases", "--json")[1])[0]["number"]
    paper = tmp_path / "paper.pdf"
    words = ("print", "police-warning", number, "-o", paper, "--lock")
    for password in (None, "short"):
        if password is not None:
            monkeypatch.setenv("CASEMGR_PAPER_PASSWORD", password)
        status, out, err = filled(*words)
        assert (status, out, len(err.splitlines()), paper.exists()) == (1, "", 1, False)
    monkeypatch.setenv("CASEMGR_PAPER_PASSWORD", "blue elephants cross slowly")
    assert filled(*words) == (0, "", "")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(paper)
    with pypdfium2.PdfDocument(paper, password="blue elephants cross slowly") as document:
        assert number in document[0].get_textpage().get_text_range()
    office = open_office(tmp_path / "office", "", PASSWORD)
    with office.read() as work:
        (line,) = work.find(AuditEntry, action="printed")
    office.close()
    assert json.loads(line.changes)["how"][1] == "locked-pdf"
    assert filled("print", "police-warning", "--blank", "-o", paper, "--language", "both", "--lock")[0] == 0
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(paper)


@pytest.mark.parametrize("language", ["km", "en"])
def test_print_writes_a_filled_and_a_blank_report(filled: Run, tmp_path: Path, language: str) -> None:
    number = json.loads(filled("cases", "--json")[1])[-1]["number"]
    paper, blank = tmp_path / "paper.pdf", tmp_path / "blank.pdf"
    assert filled("print", "social-inquiry-report", number, "-o", paper, "--language", language)[0] == 0
    assert filled("print", "social-inquiry-report", "--blank", "-o", blank, "--language", language)[0] == 0
    with pypdfium2.PdfDocument(paper) as filled_paper, pypdfium2.PdfDocument(blank) as blank_paper:
        assert number in filled_paper[0].get_textpage().get_text_range()
        assert number not in blank_paper[0].get_textpage().get_text_range()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["blank.pdf", "paper.pdf"]


@pytest.mark.parametrize("language", ["km", "en"])
def test_week_writes_what_is_due_and_names_children_only_when_asked(
    filled: Run, tmp_path: Path, language: str
) -> None:  # fmt: skip
    numbers = [case["number"] for case in json.loads(filled("cases", "--json")[1])]
    name = json.loads(filled("show", numbers[0], "--json")[1])["child"]["family_name_latin"]
    paper, named = tmp_path / "week.pdf", tmp_path / "named.pdf"
    assert filled("week", "-o", paper, "--language", language, "--from", "2026-11-02") == (0, "", "")
    assert filled("week", "-o", named, "--language", "en", "--mine", "--with-names") == (0, "", "")
    texts = []
    for file in (paper, named):
        with pypdfium2.PdfDocument(file) as document:
            texts.append("".join(page.get_textpage().get_text_range() for page in document))
    assert any(number in texts[0] for number in numbers)
    assert name not in texts[0]
    assert name in texts[1]


def test_calendar_writes_an_event_for_each_running_deadline(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "deadlines.ics"
    assert filled("calendar", "-o", target, "--mine") == (0, "", "")
    text = target.read_text("utf-8")
    cases = json.loads(filled("cases", "--json")[1])
    running = [
        deadline
        for case in cases
        for deadline in json.loads(filled("show", case["number"], "--json")[1])["deadlines"]
        if deadline["ended_at"] is None and (case["status"] != "closed" or deadline["rule"] in AFTER_CLOSING)
    ]
    assert text.count("BEGIN:VEVENT") == len(running) > 0


def test_check_finds_a_whole_office_whole(filled: Run) -> None:
    status, out, err = filled("check")
    assert (status, err) == (0, "")
    assert out


@pytest.mark.parametrize(
    "words",
    [
        ("show", "SR-2026-9999", "--json"),
        ("print", "social-inquiry-report", "SR-2026-9999", "-o", "x.pdf"),
        ("print", "no-such-form", "--blank", "-o", "x.pdf"),
        ("print", "social-inquiry-report", "--blank", "-o", "/no/such/folder/x.pdf"),
        ("week", "-o", "/no/such/folder/x.pdf"),
        ("calendar", "-o", "/no/such/folder/x.ics"),
        ("--office", "/no/such/office", "cases"),
    ],
)
def test_a_refusal_is_one_line_and_status_1(filled: Run, words: tuple[str, ...]) -> None:
    for language in ("en", "km"):
        status, out, err = filled("--words", language, *words)
        assert (status, out, len(err.splitlines())) == (1, "", 1)


def test_a_wrong_password_is_refused(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEMGR_PASSWORD", "correct horse battery stable")
    status, out, err = filled("cases")
    assert (status, out, len(err.splitlines())) == (1, "", 1)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("week",),
        ("week", "-o", "x.pdf", "--from", "soon"),
        ("calendar",),
        ("show", "SR-2026-0001"),
        ("print", "social-inquiry-report"),
    ],
)
def test_wrong_usage_is_status_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


def test_the_module_runs_without_qt(tmp_path: Path) -> None:
    asked = "import sys, runpy; sys.argv=['casemgr', 'forms']\ntry: runpy.run_module('casemgr', run_name='__main__')\n"
    asked += "except SystemExit as e: assert not e.code\nassert 'PySide6' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False, encoding="utf-8",
        env=os.environ | {"CASEMGR_OFFICE": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "social-inquiry-report" in done.stdout


@pytest.mark.usefixtures("filled")
def test_a_reader_that_has_had_enough_is_no_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "casemgr", "--office", str(tmp_path / "office"), "cases", "--json"],
        stdout=writing, stderr=subprocess.PIPE, check=False, text=True,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_paper_never_takes_the_place_of_the_office_and_is_for_its_owner_alone(filled: Run, tmp_path: Path) -> None:
    number = json.loads(filled("cases", "--json")[1])[0]["number"]
    store = tmp_path / "office" / "office.db"
    (tmp_path / "link.pdf").symlink_to(store)
    for target in (store, tmp_path / "office" / "new.pdf", tmp_path / "link.pdf", tmp_path):
        status, _, err = filled("print", "social-inquiry-report", number, "-o", target)
        assert (status, len(err.splitlines())) == (1, 1)
    assert not store.read_bytes().startswith(b"%PDF-")
    assert filled("check")[0] == 0
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"older")
    assert filled("print", "social-inquiry-report", number, "-o", paper)[0] == 0
    assert paper.read_bytes().startswith(b"%PDF-")
    if os.name == "posix":
        assert paper.stat().st_mode & 0o077 == 0


def test_a_missing_database_is_named_and_no_new_office_takes_its_place(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "office" / "office.db").unlink()
    status, _, err = filled("cases")
    assert status == 1
    assert "missing" in err
    words = ("new", "--code", "SR", "--name-en", "Test", "--name-km", "សាកល្បង", "--staff", "ទេព បូរិន")
    assert filled(*words)[0] == 1


def test_a_copy_is_made_listed_and_put_back(filled: Run, tmp_path: Path) -> None:
    copy = tmp_path / "mine.officecopy"
    assert filled("backup", copy) == (0, f"{copy}\n", "")
    assert filled("backup", copy)[0] == 1  # it never takes the place of a file
    (tmp_path / "office-copies").mkdir()
    assert filled("backup", tmp_path / "office-copies")[0] == 0
    assert str(tmp_path / "office-copies") in filled("backups")[1]
    before = filled("cases")[1]
    status, out, err = filled("restore", copy)
    assert (status, out) == (1, "")
    assert "older" in err
    assert filled("restore", copy, "--anyway")[0] == 0
    assert filled("cases")[1] == before
    assert filled("check")[0] == 0
    shutil.rmtree(tmp_path / "office")
    status, out, err = filled("restore", copy)
    assert (status, len(err.splitlines())) == (0, 1)  # that copies go beside the office again
    assert "was put back" in out
    assert filled("cases")[1] == before
    (tmp_path / "torn").write_bytes(copy.read_bytes()[:-9000])
    status, out, err = filled("restore", tmp_path / "torn", "--anyway")
    assert (status, out, len(err.splitlines())) == (1, "", 1)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The folder of another office."""
    practice.new_practice_office(tmp_path / "second", PASSWORD).close()
    return tmp_path / "second"


def test_a_case_goes_to_another_office_that_looks_first(filled: Run, second: Path, tmp_path: Path) -> None:
    number = json.loads(filled("cases", "--json")[1])[0]["number"]
    key, file = tmp_path / "key.txt", tmp_path / "a.case"
    status, out, _ = filled("--office", second, "office-key", "-o", key)
    assert (status, out) == (0, key.read_text("utf-8"))
    status, out, err = filled("hand-over", number, "-o", file, "--to", key, "--reason", "ផ្លាស់ទី")
    assert status == 0
    assert "records" in out
    assert "The whole file of the child" in err
    status, out, _ = filled("--office", second, "take-in", file)
    assert status == 0
    assert f"Case {number} of the office SR." in out
    assert filled("--office", second, "cases")[1] == ""
    status, out, _ = filled("--office", second, "take-in", file, "--yes")
    assert (status, f"Case {number}:" in out) == (0, True)
    assert json.loads(filled("--office", second, "show", number, "--json")[1])["case"]["number"] == number
    status, out, _ = filled("--office", second, "take-in", file, "--yes", "--differing", "theirs")
    assert "Nothing was changed" in out


def test_a_case_file_needs_its_passphrase(filled: Run, second: Path, tmp_path: Path, monkeypatch: Any) -> None:
    number = json.loads(filled("cases", "--json")[1])[0]["number"]
    file = tmp_path / "a.case"
    words = ("hand-over", number, "-o", file, "--reason", "x")
    assert filled(*words)[0] == 1
    monkeypatch.setenv("CASEMGR_PASSPHRASE", "short")
    assert filled(*words)[0] == 1
    monkeypatch.setenv("CASEMGR_PASSPHRASE", "four words make one")
    assert filled(*words)[0] == 0
    assert filled("--office", second, "take-in", file)[0] == 0
    monkeypatch.setenv("CASEMGR_PASSPHRASE", "four words make two")
    status, out, err = filled("--office", second, "take-in", file)
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert filled("--office", second, "take-in", file, "--same-child", "SR-C-9999")[0] == 1
    assert filled("--office", second, "take-in", tmp_path / "none.case")[0] == 1
