"""A list saved as each kind of file: the same cells, locked where asked, stopped or refused without a trace."""

import csv
import io
from pathlib import Path

import msoffcrypto
import openpyxl
import pypdfium2
import pytest

from casemgr.clock import local
from casemgr.exchange.table import CellKind, Column, Row, Table
from casemgr.i18n import Words
from casemgr.services.list_files import ListKind, save_list
from casemgr.trouble import Refusal, Stopped, Trouble

CANARY = "ស្ងួនសាកល្បង"
PASSPHRASE = "four mangoes"
COLUMNS = [Column("name", "Name", wrap=True), Column("age", "Number", CellKind.NUMBER),
           Column("paid", "Case number", CellKind.MONEY), Column("at", "Date", CellKind.MOMENT, part="Arrest"),
           Column("asked", "Notes", CellKind.YES_NO), Column("share", "Signature", CellKind.PERCENT)]  # fmt: skip
ROWS: list[Row] = [
    [CANARY, 15, 1_500_000, local(2026, 11, 22, 19, 30), True, 0.125],
    ["ខ", None, None, None, False, None],
]


def table(rows: object = ROWS) -> Table:
    return Table("បញ្ជី", "បញ្ជី", COLUMNS, rows, "km", notes=["និយមន័យ"])  # type: ignore[arg-type]


def cells(path: Path) -> list[str]:
    """Return what of the file is readable, as texts."""
    match path.suffix:
        case ".xlsx":
            return [str(cell.value) for row in openpyxl.load_workbook(path).active for cell in row]
        case ".csv":
            return [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
        case _:
            document = pypdfium2.PdfDocument(path)
            try:
                return [page.get_textpage().get_text_range() for page in document]
            finally:
                document.close()


@pytest.mark.parametrize("kind", ListKind)
def test_each_kind_of_file_holds_the_list(tmp_path: Path, kind: ListKind) -> None:
    path = tmp_path / f"list.{kind.value}"
    counts: list[int] = []
    assert save_list(path, table(iter(ROWS)), kind, done=counts.append) == len(ROWS)
    assert counts == [len(ROWS)]
    text = "\n".join(cells(path))
    assert CANARY in text
    assert "បាទ/ចាស" in text
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_paper_has_the_figures_of_the_office(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    save_list(path, table(), ListKind.PAPER, Words("km", "khmer"), office="ការិយាល័យ", made="សៀមរាប")
    (page,) = cells(path)
    for text in ("១៥", "១,៥០០,០០០ ៛", "២២-១១-២០២៦ ១៩:៣០", "១២.៥ %", "ការិយាល័យ", "សៀមរាប", "និយមន័យ"):
        assert text in page


@pytest.mark.parametrize("kind", [ListKind.WORKBOOK, ListKind.PAPER])
def test_locked_it_says_nothing_without_the_passphrase(tmp_path: Path, kind: ListKind) -> None:
    path = tmp_path / f"list.{kind.value}"
    save_list(path, table(), kind, passphrase=PASSPHRASE)
    data = path.read_bytes()
    assert CANARY.encode() not in data
    if kind is ListKind.PAPER:
        pypdfium2.PdfDocument(data, password=PASSPHRASE).close()
        with pytest.raises(pypdfium2.PdfiumError):
            cells(path)
    else:
        assert msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()


@pytest.mark.parametrize("kind", ListKind)
def test_stopped_it_leaves_the_old_file(tmp_path: Path, kind: ListKind) -> None:
    path = tmp_path / "list"
    path.write_text("old")
    counts: list[int] = []
    with pytest.raises(Stopped):
        save_list(path, table(ROWS * 200), kind, done=counts.append, stop=lambda: bool(counts))
    assert counts == [100]
    assert [file.name for file in tmp_path.iterdir()] == ["list"]
    assert path.read_text() == "old"


def test_csv_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="CSV"):
        save_list(tmp_path / "list.csv", table(), ListKind.CSV, passphrase=PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_no_list_is_written_into_the_offices_folder_or_to_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "list.csv", tmp_path):
        with pytest.raises(Refusal):
            save_list(path, table(), ListKind.CSV, office_folder=tmp_path)
    with pytest.raises(Refusal):
        save_list(tmp_path, table(), ListKind.CSV)
    with pytest.raises(Refusal):
        save_list(tmp_path / ("x" * 300), table(), ListKind.CSV)
    with pytest.raises(Trouble):
        save_list(tmp_path / "gone" / "list.csv", table(), ListKind.CSV)
    assert list(tmp_path.iterdir()) == []
