"""Lists of other programs: read for what they hold, or refused with what to do."""
# ruff: noqa: DTZ001  (the cells of other programs know no zone of time)

import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import psutil
import pytest
from import_lists import bomb, listed, locked, repacked, row, workbook

from casemgr.exchange import lines as said
from casemgr.exchange.lines import Lines, Odd, Oddity, looks_old
from casemgr.exchange.sheet_reading import read_list
from casemgr.pace import Pace
from casemgr.trouble import Refusal, Stopped

LIMON = "éf¶ExqñaMkMeNIt"
"""What a spreadsheet holds where it shows, in a Limon font, the day, month and year of birth."""


def read(path: Path) -> Lines:
    return read_list(path, lambda cells: "child_code" in cells, Pace())


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        read(path)
    return refusal.value.message


def test_a_workbook_is_read_with_the_types_of_its_cells(tmp_path: Path) -> None:
    rows = [
        ["child_code", "at", "n"],
        ["K-1", datetime(2024, 5, 2, 19, 30), 7],
        [None, None, None],
        ["K-2", date(2024, 5, 2), 1.5],
    ]
    found = read(workbook(tmp_path / "a.xlsx", rows)).lines
    assert [line.number for line in found] == [1, 2, 4]
    assert found[1].cells == ("K-1", datetime(2024, 5, 2, 19, 30), 7)
    assert found[2].cells == ("K-2", datetime(2024, 5, 2), 1.5)


def test_of_several_sheets_the_one_with_the_headings_is_read(tmp_path: Path) -> None:
    def add(sheet: object) -> None:
        other = sheet.parent.create_sheet("data")  # type: ignore[attr-defined]
        other.append(["child_code"])
        other.append(["K-9"])

    path = workbook(tmp_path / "a.xlsx", [["About this list"], ["nothing"]], add)
    assert read(path).lines[1].cells == ("K-9",)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_is_read_whatever_parts_its_cells(tmp_path: Path, sign: str, mark: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(mark + f'child_code{sign}notes\r\nK-1{sign}"two\nlines"\r\nK-2{sign}ដារ៉ា\r\n'.encode())
    found = read(path).lines
    assert [line.number for line in found] == [1, 2, 4]
    assert [line.cells for line in found] == [("child_code", "notes"), ("K-1", "two\nlines"), ("K-2", "ដារ៉ា")]


def test_what_our_own_csv_protects_is_read_as_it_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("child_code,notes\nK-1,'=1+1\nK-2,'quoted\n", "utf-8")
    assert [line.cells[1] for line in read(path).lines[1:]] == ["=1+1", "'quoted"]


def test_a_formula_an_error_and_an_old_font_are_told_and_not_read(tmp_path: Path) -> None:
    from openpyxl.styles import Font

    def change(sheet: object) -> None:
        sheet["B2"] = "=1+1"  # type: ignore[index]
        sheet["C2"] = "#N/A"  # type: ignore[index]
        sheet["D2"] = "cMnYn"  # type: ignore[index]
        sheet["D2"].font = Font(name="Limon S1")  # type: ignore[index]
        sheet["E2"] = "áž€áž»áž˜áž¶ážš"  # type: ignore[index]
        sheet["F2"].number_format = "@"  # type: ignore[index]
        sheet["F2"].value = "text"  # type: ignore[index]

    path = workbook(tmp_path / "a.xlsx", [["child_code"], ["K-1"]], change)
    cells = read(path).lines[1].cells
    assert cells[1:5] == (Odd(Oddity.FORMULA), Odd(Oddity.ERROR), Odd(Oddity.OLD_FONT), Odd(Oddity.MISREAD))
    assert cells[5] == "text"


@pytest.mark.parametrize("cell", ["???? ???", "áž€áž»áž˜", "K\ufffd"])
def test_khmer_that_was_lost_when_a_file_was_saved_is_told(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"child_code,given_name_km\nK-1,{cell}\nK-2,?\n", "utf-8")
    assert [line.cells[1] for line in read(path).lines[1:]] == [Odd(Oddity.MISREAD), "?"]


def test_text_of_an_old_font_is_known_without_its_font() -> None:
    assert all(map(looks_old, (LIMON, "kmú<úCa", "cMnYn")))
    assert not any(map(looks_old, ("ថ្ងៃខែឆ្នាំកំណើត", "Sok Dara", "Met the mother; all is well")))
    assert not looks_old("McDonald", capitals=False)


def test_merged_cells_are_told_with_their_last_line(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["child_code"], ["K-1"], [None]], lambda s: s.merge_cells("A2:A3"))  # type: ignore[attr-defined]
    assert read(path).merged == ((3, "A2:A3"),)


def _renamed_macros(tmp_path: Path) -> Path:
    source = listed(tmp_path / "s.xlsx", row())
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new, zipfile.ZipFile(source) as old:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"x")
    return tmp_path / "a.xlsx"


def _entities(tmp_path: Path) -> Path:
    def change(name: str, data: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return data
        laughs = b"".join(b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 12))
        return b'<!DOCTYPE worksheet [<!ENTITY a0 "ha">' + laughs + b"]>" + data.replace(b"K-1", b"&a11;")

    return repacked(listed(tmp_path / "s.xlsx", row()), tmp_path / "a.xlsx", change)


def _without_a_part(tmp_path: Path) -> Path:
    source = listed(tmp_path / "s.xlsx", row())
    return repacked(source, tmp_path / "a.xlsx", lambda name, data: None if name == "xl/workbook.xml" else data)


_SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HARMFUL = {
    "deep": ("sheet1.xml", b"<worksheet " + _SPACE + b">" + b"<a>" * 2_000_000, said.DAMAGED),
    "a row of many cells": (
        "sheet1.xml",
        b"<worksheet " + _SPACE + b"><sheetData><row>" + b"<c/>" * 500_000 + b"</row></sheetData></worksheet>",
        said.TOO_LARGE,
    ),
    "many looks": (
        "styles.xml", b"<styleSheet " + _SPACE + b"><cellXfs>" + b"<xf/>" * 1_000_000 + b"</cellXfs></styleSheet>",
        said.TOO_LARGE,
    ),
    "many texts": (
        "sharedStrings.xml", b"<sst " + _SPACE + b">" + b"<si><t>x</t></si>" * 1_000_000 + b"</sst>", said.TOO_LARGE
    ),
    "a sheet in another part": (
        "[Content_Types].xml",
        b'<Types><Override PartName="/xl/worksheets/sheet1.dat" ContentType="x.spreadsheetml.worksheet+xml"/></Types>',
        said.DAMAGED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_workbook_that_was_made_to_do_harm_is_refused_early(tmp_path: Path, kind: str) -> None:
    name, data, message = HARMFUL[kind]
    source = listed(tmp_path / "s.xlsx", row())
    path = repacked(source, tmp_path / "a.xlsx", lambda n, d: data if n.endswith(name) else d)
    if name == "sharedStrings.xml":
        path = repacked(source, tmp_path / "b.xlsx", lambda _n, d: d, **{"xl__sharedStrings.xml": data})
    begun, before = time.process_time(), psutil.Process().memory_info().rss
    assert refused(path) == message
    assert time.process_time() - begun < 5
    assert psutil.Process().memory_info().rss - before < 100_000_000


def _another_package(tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("content.xml", "<x/>")
    return tmp_path / "a.xlsx"


def _written(data: bytes) -> Callable[[Path], Path]:
    def write(tmp_path: Path) -> Path:
        (tmp_path / "a.csv").write_bytes(data)
        return tmp_path / "a.csv"

    return write


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb": (lambda folder: bomb(listed(folder / "s.xlsx", row()), folder / "a.xlsx"), said.TOO_LARGE),
    "entities": (_entities, said.DAMAGED),
    "macros": (_renamed_macros, said.MACROS),
    "locked": (lambda folder: locked(folder / "a.xlsx"), said.LOCKED),
    "old workbook": (_written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000), said.OTHER_KIND),
    "without its workbook": (_without_a_part, said.DAMAGED),
    "cut off": (lambda folder: _cut(listed(folder / "s.xlsx", row())), said.DAMAGED),
    "another zip": (_another_package, said.OTHER_KIND),
    "UTF-16": (_written("child_code\nK-1\n".encode("utf-16")), said.NOT_UTF8),
    "Western": (_written("child_code\nAndré\n".encode("cp1252")), said.NOT_UTF8),
    "empty": (_written(b""), said.NO_ROWS),
    "blank": (_written(b"\n , \n"), said.NO_ROWS),
    "a picture": (_written(b"\x89PNG\r\n\x1a\n\0\0\0"), said.DAMAGED),
    "nulls": (_written(b"child_code\nK-\x001\n"), said.DAMAGED),
    "a page": (_written(b"<html><table></table></html>"), said.DAMAGED),
    "an open quotation": (_written(b'child_code,notes\nK-1,"open\nK-2,x\n'), said.QUOTES),
    "too many rows": (_written(b"child_code\n" + b"K-1\n" * 20_100), said.TOO_LARGE),
    "no file": (lambda folder: folder / "none.xlsx", said.UNREADABLE),
    "a folder": (lambda folder: folder, said.UNREADABLE),
}  # fmt: skip


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-2_000])
    return path


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_list_is_refused_with_what_to_do(tmp_path: Path, kind: str) -> None:
    make, message = REFUSED[kind]
    assert refused(make(tmp_path)) == message


def test_a_workbook_of_far_rows_and_columns_ends_soon(tmp_path: Path) -> None:
    def change(sheet: object) -> None:
        sheet["XFD1048576"] = "far"  # type: ignore[index]

    path = workbook(tmp_path / "a.xlsx", [["child_code"], ["K-1"]], change)
    assert [line.cells for line in read(path).lines] == [("child_code",), ("K-1",)]


def test_reading_is_stopped_on_the_way(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["child_code"], *([f"K-{at}"] for at in range(1_000))])
    with pytest.raises(Stopped):
        read_list(path, lambda cells: "child_code" in cells, Pace(cancelled=lambda: True))
