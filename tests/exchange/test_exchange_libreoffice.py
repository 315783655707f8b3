"""What LibreOffice makes of our files: it opens them, locked or not, and reads every cell as it was meant."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from exchange_tables import FORMULAS, PASSPHRASE, ROWS, many, table, texts

from casemgr.exchange.csv_file import write_csv
from casemgr.exchange.table import Table
from casemgr.exchange.xlsx import write_xlsx

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice Calc (soffice)")


def run(*command: object) -> str:
    done = subprocess.run(
        [*map(str, command)], check=True, capture_output=True, text=True, encoding="utf-8", timeout=240
    )
    return done.stdout


def converted(path: Path, target: str, *more: str) -> Path:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    out = path.parent / "out"
    run("soffice", profile, "--headless", *more, "--convert-to", target, "--outdir", out, path)
    (made,) = out.iterdir()
    return made


def workbook(folder: Path, given: Table, passphrase: str | None = None) -> Path:
    path = folder / "list.xlsx"
    with path.open("w+b") as target:
        write_xlsx(given, target, passphrase)
    return path


def test_it_reads_a_workbook(tmp_path: Path) -> None:
    made = converted(workbook(tmp_path, table(ROWS)), "csv:Text - txt - csv (StarCalc):44,34,76")
    rows = list(csv.reader(io.StringIO(made.read_text("utf-8"), newline="")))
    assert rows[1] == ["ចាន់ ដារ៉ា", "01020304", "3", "1,250,000 ៛", "25.0%", "3.14", "12-03-2011", "22-11-2026 19:30",
                       "Yes"]  # fmt: skip
    assert rows[4][0] == "ពីរ\nបន្ទាត់ _x0041_"
    assert rows[7][0] == "=two"


@pytest.mark.slow  # starting LibreOffice takes a second; that no text becomes a formula is also looked at in the file
def test_it_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as target:
        write_csv(texts(FORMULAS), target)
    made = converted(path, "xlsx", "--infilter=CSV:44,34,76,1")
    cells = [cell for row in openpyxl.load_workbook(made).active.iter_rows(2) for cell in row]
    assert len(cells) == 3 * len(FORMULAS)
    assert "f" not in {cell.data_type for cell in cells}


def test_it_reads_khmer_and_dates_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as target:
        write_csv(table(ROWS), target)
    sheet = openpyxl.load_workbook(converted(path, "xlsx", "--infilter=CSV:44,34,76,1")).active
    assert sheet["A2"].value == "ចាន់ ដារ៉ា"
    assert sheet["D2"].value == 1_250_000
    assert sheet["G2"].is_date
    assert sheet["H2"].is_date


@pytest.mark.slow  # three starts and forty thousand rows; other readers open the locked file with every run
def test_it_opens_a_locked_workbook_with_its_passphrase_alone(tmp_path: Path) -> None:
    python = next((name for name in ("/usr/bin/python3", "python3") if _knows_uno(name)), None)
    if python is None:
        pytest.skip("needs a Python with LibreOffice's uno module")
    small = workbook(tmp_path, table(ROWS), PASSPHRASE).rename(tmp_path / "small.xlsx")
    large = workbook(tmp_path, table(many(40_000)), PASSPHRASE)
    asked = [small, PASSPHRASE, small, "wrong", large, PASSPHRASE]
    answers = run(python, HERE / "open_in_libreoffice.py", tmp_path / "profile", *asked).splitlines()
    assert answers == ["opened: ចាន់ ដារ៉ា", "not opened", "opened: ស្ងួនសាកល្បង-Canary 0"]


def _knows_uno(python: str) -> bool:
    found = shutil.which(python)
    return (
        bool(found) and subprocess.run([python, "-c", "import uno"], check=False, capture_output=True).returncode == 0
    )
