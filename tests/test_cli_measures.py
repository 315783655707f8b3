"""The commands that count: what they write, what they refuse, and that they leave nothing half written."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from casemgr.cli import main
from casemgr.records.kept import AuditEntry
from casemgr.services import practice
from casemgr.services.office import open_office

PASSWORD = "correct horse battery staple"
PASSPHRASE = "seven ducks over Tonle Sap"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office of thirty invented children, made once."""
    folder = tmp_path_factory.mktemp("counting") / "office"
    office = practice.new_practice_office(folder, PASSWORD)
    practice.fill_practice(office, 30, 3)
    office.close()
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a copy of that office; return exit status, stdout, stderr."""
    shutil.copytree(made, tmp_path / "office")
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEMGR_OFFICE", str(tmp_path / "office"))
    monkeypatch.delenv("CASEMGR_PASSPHRASE", raising=False)

    def command(*words: str | Path) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return status, out, err

    return command


def exported(folder: Path) -> list[AuditEntry]:
    office = open_office(folder, "", PASSWORD)
    with office.read() as work:
        found = [each for each in work.find(AuditEntry) if each.action == "exported"]
    office.close()
    return found


def test_followups_with_names(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEMGR_PASSPHRASE", PASSPHRASE)
    for name in ("list.xlsx", "list.pdf"):
        status, out, err = run("followups", "-o", tmp_path / name, "--reason", "Round of calls", "--due-within", "30")
        assert (status, err) == (0, "")
        assert out.endswith(("row\n", "rows\n"))
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(tmp_path / "list.pdf")
    pypdfium2.PdfDocument(tmp_path / "list.pdf", password=PASSPHRASE).close()
    assert [line.why for line in exported(tmp_path / "office")] == ["Round of calls"] * 2


def test_followups_without_names(run: Run, tmp_path: Path) -> None:
    for name in ("list.xlsx", "list.pdf", "list.csv"):
        status, _, err = run("followups", "-o", tmp_path / name, "--pseudonymised", "--language", "en")
        assert (status, err) == (0, "")
    assert openpyxl.load_workbook(tmp_path / "list.xlsx").active is not None
    assert "SR-C-" in (tmp_path / "list.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-o", "list.csv", "--reason", "x"), "CSV"),
        (("-o", "list.xlsx"), "Write why"),
        (("-o", "list.xlsx", "--reason", "x"), "CASEMGR_PASSPHRASE"),
        (("-o", "list.doc", "--pseudonymised"), ".xlsx, .csv, .pdf"),
        (("-o", "list.csv", "--pseudonymised", "--as-of", "2026-02-30"), "2026-02-30 is no date"),
        (("-o", "list.csv", "--pseudonymised", "--due-within", "-1"), "-1 is not"),
        (("-o", "list.csv", "--pseudonymised", "--worker", "Nobody"), "Nobody of that name"),
        (("-o", "no/where/list.csv", "--pseudonymised"), "folder"),
        (("-o", "office/list.csv", "--pseudonymised"), "office's own folder"),
    ],
)
def test_followups_refuses_in_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    status, out, err = run("followups", "-o", tmp_path / words[1], *words[2:])
    assert (status, out) == (1, "")
    assert says in err
    assert err.count("\n") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["office"]
    assert exported(tmp_path / "office") == []


def test_followups_of_one_worker(run: Run, tmp_path: Path) -> None:
    assert run("followups", "-o", tmp_path / "all.csv", "--pseudonymised")[0] == 0
    assert run("followups", "-o", tmp_path / "hers.csv", "--pseudonymised", "--worker", "chan  SREYNICH")[0] == 0
    assert len((tmp_path / "hers.csv").read_text().splitlines()) > 1


def test_reoffending(run: Run, tmp_path: Path) -> None:
    status, out, err = run("reoffending", "--windows", "6,12", "--by", "sex", "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert {(line["months"], line["group"]) for line in told["windows"]} >= {(6, "all"), (12, "all"), (6, "male")}
    for line in told["windows"]:
        assert line["eligible"] == line["followed"] + line["lost"]
        assert line["eligible"] <= line["indexed"]
        assert (line["rate"] is None) is (line["followed"] < 10)
        assert {"events", "low", "high", "lower_bound", "upper_bound"} <= set(line)
    everybody = told["curves"][0]
    assert everybody["group"] == "all"
    assert [step["day"] for step in everybody["steps"]] == sorted(step["day"] for step in everybody["steps"])
    assert all({"at_risk", "events", "cumulative", "low", "high"} <= set(step) for step in everybody["steps"])
    assert [json.loads(each.changes or "")["what"] for each in exported(tmp_path / "office")] == [[None, "reoffending"]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--windows", "6,x"), "x is not a whole number"),
        (("--windows", "0"), "0 is not a whole number"),
        (("--by", "nose"), "no group nose"),
        (("--as-of", "2999-01-01"), "still to come"),
        (("--as-of", "yesterday"), "yesterday is no date"),
    ],
)
def test_reoffending_refuses_in_one_line(run: Run, words: tuple[str, ...], says: str) -> None:
    status, out, err = run("reoffending", "--json", *words)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert says in err


def test_indicators(run: Run, tmp_path: Path) -> None:
    period = ("--from", "2025-01-01", "--to", "2026-06-30")
    status, out, err = run("indicators", *period, "--by", "sex", "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    arrested = told["indicators"][0]
    assert arrested["key"] == "children-arrested"
    assert sum(group["numerator"] for group in arrested["groups"]) == arrested["numerator"] > 0
    for name in ("told.xlsx", "told.pdf"):
        assert run("indicators", *period, "-o", tmp_path / name)[0] == 0
    document = pypdfium2.PdfDocument(tmp_path / "told.pdf")
    assert len(document) >= 1
    document.close()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "2026-06-30", "--to", "2026-01-01", "--json"), "ends before it begins"),
        (("--from", "2026-06-31", "--to", "2026-07-01", "--json"), "2026-06-31 is no date"),
        (("--from", "2026-01-01", "--to", "2999-01-01", "--json"), "still to come"),
        (("--from", "2026-01-01", "--to", "2026-02-01", "-o", "told.csv"), ".xlsx, .pdf"),
        (("--from", "2026-01-01", "--to", "2026-02-01", "--by", "political", "-o", "told.pdf"), "never leaves"),
    ],
)
def test_indicators_refuse_in_one_line(run: Run, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    paths = [str(tmp_path / word) if word.startswith("told.") else word for word in words]
    status, out, err = run("indicators", *paths)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert says in err
    assert [each.name for each in tmp_path.iterdir()] == ["office"]
