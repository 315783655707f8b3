"""Lists on the command line: the empty list, looking, bringing in, taking back, giving out."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from import_lists import HEADS, bare, listed, locked, row, workbook
from made_practice import practice_folder

from casemgr.cli import main

PASSWORD = "correct horse battery staple"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on an empty office in a temporary folder; return exit status, stdout, stderr."""
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEMGR_OFFICE", str(tmp_path / "office"))
    practice_folder(tmp_path / "office", 0, PASSWORD)

    def command(*words: str | Path) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return status, out, err

    return command


def test_the_empty_list_needs_no_office(tmp_path: Path) -> None:
    import openpyxl

    assert main(["template", str(tmp_path / "t.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "t.xlsx", read_only=True)  # not the villages
    assert [cell.value for cell in book["cases"][1]] == HEADS
    book.close()


def test_a_list_is_looked_at_brought_in_known_again_and_taken_back(run: Run, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx", row())
    status, out, _ = run("import", path, "--dry-run", "--report", tmp_path / "r.xlsx")
    assert (status, "New child, new case: 1" in out, (tmp_path / "r.xlsx").exists()) == (0, True, True)
    assert run("cases")[1] == ""
    status, out, _ = run("import", path)
    assert status == 0
    assert "C/1" in run("cases")[1]
    assert "Here already: 1" in run("import", path)[1]
    identity = run("imports")[1].split("\t")[0]
    assert f"undo-import {identity}" in out
    status, _, err = run("undo-import", "x")
    assert (status, "imports" in err) == (1, True)
    assert run("undo-import", identity)[0] == 0
    assert (run("cases")[1], run("imports")[1]) == ("", "")


def test_a_row_to_be_mended_is_told_with_its_column_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx", row(), bare(child_code="K-2", sex="x"))
    status, _, err = run("import", path)
    assert status == 1
    assert "Row 3, Sex (sex)" in err
    assert run("import", path, "--dry-run")[0] == 1
    assert run("cases")[1] == ""
    status, out, _ = run("import", path, "--leave-out-wrong")
    assert (status, "1 left out" in out) == (0, True)


def test_no_name_is_told(run: Run, tmp_path: Path) -> None:
    for words in ("en", "km"):
        told = run("--words", words, "import", listed(tmp_path / "a.xlsx", row(), row(sex="x")), "--dry-run")
        assert not any(name in told[1] + told[2] for name in ("Dara", "ដារ៉ា", "Chan", "ចាន់"))


def test_nothing_in_a_list_speaks_to_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("child_code,sex,evil\x1b]0;x\x07\nK-1,\x1b[2Jmale?,1\n", "utf-8")
    told = run("import", path, "--dry-run")
    assert "none of the answers" in told[2]
    assert "male?" not in told[2]
    assert "evil" in told[1]
    assert not {"\x1b", "\x07"}.intersection(told[1] + told[2])


def test_what_goes_out_comes_in_again_unchanged(run: Run, tmp_path: Path) -> None:
    run("import", listed(tmp_path / "a.xlsx", row(), bare(child_code="K-2", arrested_at="2015-01-02 03:04")))
    for name in ("out.xlsx", "out.csv"):
        status, out, _ = run("export", tmp_path / name, "--reason", "yearly report")
        assert (status, out) == (0, "2 cases\n")
        assert "Here already: 2" in run("import", tmp_path / name)[1]
    assert len(run("imports")[1].splitlines()) == 1


def test_a_list_of_ones_own_goes_by_a_file_and_is_known_by_it_from_then_on(run: Run, tmp_path: Path) -> None:
    path, mapped = tmp_path / "own.xlsx", tmp_path / "map.json"
    workbook(path, [["No", "Kid", "Which"], [1, "Chan Dara", "boy!"]])
    assert run("import", path)[0] == 1, "nothing says who the child is"
    assert run("columns", path, "-o", mapped)[0] == 0
    plain = json.loads(mapped.read_bytes())
    plain["columns"] |= {"Kid": "name_latin", "Which": "sex"}
    mapped.write_text(json.dumps(plain))
    status, out, _ = run("columns", path, "--map", mapped, "-o", mapped)
    assert (status, "“Kid” is read as: Family and given name in Latin letters (name_latin)" in out) == (0, True)
    assert "what they mean: 1" in out
    assert "Not read: No" in out
    plain = json.loads(mapped.read_bytes())
    assert plain["words"] == {"sex": {"boy!": ""}}
    plain["words"]["sex"]["boy!"] = "male"
    mapped.write_text(json.dumps(plain))
    status, out, _ = run("import", path, "--map", mapped)
    assert (status, "(name_latin)" in out, "1 new children" in out) == (0, True, True)
    workbook(path, [["No", "Kid", "Which"], [2, "Sok Srey", "boy!"]])
    status, out, _ = run("--words", "km", "import", path)
    assert (status, "(name_latin)" in out) == (0, True), "it was remembered"
    assert run("import", path, "--map", tmp_path / "none.json")[0] == 1


@pytest.mark.parametrize("command", ["template", "import", "columns", "imports", "undo-import", "export"])
def test_help_comes_in_the_language_that_is_asked_for(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = {}
    for language in ("en", "km"):
        with pytest.raises(SystemExit) as done:
            main(["--words", language, command, "--help"])
        assert done.value.code == 0
        told[language] = capsys.readouterr().out
    assert "Usage: " in told["en"]
    assert not set(map(ord, told["en"])) & set(range(0x1780, 0x1800))
    for line in told["km"].partition("\n\n")[2].splitlines():  # below how it is typed
        assert not re.search(r"[a-z]{3,} [a-z]{3,}", line), line


def test_a_locked_list_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    status, out, err = run("import", locked(tmp_path / "a.xlsx"))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "locked with a password" in err


def test_the_whole_program_does_it(tmp_path: Path) -> None:
    environment = os.environ | {"CASEMGR_PASSWORD": PASSWORD, "CASEMGR_OFFICE": str(tmp_path / "office")}
    practice_folder(tmp_path / "office", 0, PASSWORD)
    path = listed(tmp_path / "a.xlsx", row())
    done = subprocess.run(
        [sys.executable, "-m", "casemgr", "import", str(path)], env=environment, capture_output=True, check=False,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


def test_nothing_that_is_written_takes_the_place_of_a_file_of_the_office(run: Run, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx", row())
    for name in ("office.db", "office.keys", "office.new.xlsx"):
        for command in (("columns", path, "-o"), ("map", "primero", "-o"), ("template",)):
            status, _, err = run(*command, tmp_path / "office" / name)
            assert (status, "office" in err) == (1, True)
    assert run("check")[0] == 0
    assert not (tmp_path / "office" / "office.new.xlsx").exists()


def test_what_is_written_never_takes_the_place_of_the_list_that_is_read(run: Run, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx", row())
    before = path.read_bytes()
    for command in (
        ("import", path, "--dry-run", "--report", path),
        ("columns", path, "-o", tmp_path / "." / path.name),
    ):
        status, _, err = run(*command)
        assert (status, "the list itself" in err) == (1, True)
    assert path.read_bytes() == before
