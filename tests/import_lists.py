"""Lists as offices have them, made for the tests with the writer of another program."""
# ruff: noqa: DTZ001  (the cells of other programs know no zone of time)

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from casemgr.services.import_columns import COLUMNS

HEADS = [column.key for column in COLUMNS]
ONE: dict[str, Any] = {
    "child_code": "K-1", "family_name_km": "ចាន់", "given_name_km": "ដារ៉ា", "family_name_latin": "Chan",
    "given_name_latin": "Dara", "sex": "male", "date_of_birth": date(2008, 3, 12), "village_code": "17100401",
    "case_number": "C/1", "offence_category": "THEFT", "offence_class": "misdemeanour",
    "offence_date": date(2024, 5, 1), "arrested_at": datetime(2024, 5, 2, 19, 30),
    "arrived_at": datetime(2024, 5, 2, 20, 15), "police_outcome": "prosecutor", "index_type": "diversion",
    "index_date": date(2024, 7, 1), "last_contact_date": date(2025, 1, 5), "event_level": "R1",
    "event_offence_date": date(2024, 12, 24), "notes": "ម្ដាយមកលេង",
}  # fmt: skip


def row(**changed: Any) -> list[Any]:
    """Return a row of the template, as ONE but for what is given."""
    return [(ONE | changed)[name] for name in HEADS]


def bare(**said: Any) -> list[Any]:
    """Return a row of the template with nothing but what is given."""
    return [said.get(name) for name in HEADS]


def workbook(path: Path, rows: Iterable[Sequence[Any]], then: Callable[[Any], None] | None = None) -> Path:
    """Write a workbook of these rows; then: changes its sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    for each in rows:
        sheet.append(list(each))
    if then is not None:
        then(sheet)
    book.save(path)
    return path


def listed(path: Path, *rows: Sequence[Any]) -> Path:
    """Write a workbook with the columns of the template and these rows."""
    return workbook(path, [HEADS, *rows])


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """Write a workbook anew with parts that are other, are left out (None) or are more."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (data := change(name, old.read(name))) is not None:
                new.writestr(name, data)
        for name, data in more.items():
            new.writestr(name.replace("__", "/"), data)
    return target


def bomb(source: Path, target: Path, megabytes: int = 300) -> Path:
    """Write a workbook whose sheet unpacks to very much."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.startswith("xl/worksheets/"):
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(megabytes):
                sheet.write(b" " * 1_000_000)
            sheet.write(b"</sheetData></worksheet>")
    return target


def locked(path: Path) -> Path:
    """Write a workbook locked with a passphrase, as the program locks its own."""
    from casemgr.exchange.locked import Lock

    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    with path.open("w+b") as file, Lock(file, "correct horse battery staple") as lock:
        lock.write(book.getvalue())
    return path
