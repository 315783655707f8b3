"""Invented lists for the tests of exchange."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from casemgr.clock import local
from casemgr.exchange.table import CellKind, Column, Headings, Row, Table

CANARY = "ស្ងួនសាកល្បង-Canary"
PASSPHRASE = "ផ្លែស្វាយ four mangoes"
COLUMNS = [
    Column("name", "Name", wrap=True), Column("village", "Village", CellKind.CODE),
    Column("count", "Number", CellKind.NUMBER), Column("amount", "How many points", CellKind.MONEY),
    Column("share", "Case number", CellKind.PERCENT), Column("mean", "Signature", CellKind.DECIMAL),
    Column("born", "Date", CellKind.DATE, part="Child"), Column("at", "Date", CellKind.MOMENT, part="Arrest"),
    Column("asked", "Notes", CellKind.YES_NO),
]  # fmt: skip
ROWS: list[Row] = [
    ["ចាន់ ដារ៉ា", "01020304", 3, 1_250_000, 0.25, 3.14159, dt.date(2011, 3, 12), local(2026, 11, 22, 19, 30), True],
    [None, "", None, None, None, None, None, None, None],
    [" <b>&\"ខ\" ", "012345678", -5, 0, 1, Decimal("-2.50"), dt.date(1899, 5, 1), local(1899, 12, 31, 1), False],
    ["ពីរ\nបន្ទាត់ _x0041_", "0", 0, -400, 0.0, 1e-7, "2011", local(2026, 1, 1, 0, 0), None],
]  # fmt: skip
FORMULAS = ["=1+1", "+855 12 345 678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "'=1",
            "'", "''", "'ok", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "plain", "a=b", " =1"]  # fmt: skip


def table(rows: object = ROWS, headings: Headings = Headings.OWN, language: str = "en", **more: object) -> Table:
    said = {"title": "បញ្ជីកុមារ & cases", "sheet": "កុមារ", "notes": ["Definition: one", "=two"]} | more
    return Table(columns=COLUMNS, rows=rows, headings=headings, language=language, **said)  # type: ignore[arg-type]


def many(count: int) -> Iterator[Row]:
    for n in range(count):
        day, at = dt.date(2000, 1, 1) + dt.timedelta(days=n % 9000), local(2026, 1, 1 + n % 28, n % 24, n % 60)
        yield [f"{CANARY} {n}", f"{n:08}", n, n * 100, n / count, n / 7, day, at, n % 2 == 0]


def texts(values: list[str]) -> Table:
    return Table("t", "t", [Column("name", "Name"), Column("code", "Village", CellKind.CODE),
                            Column("day", "Date", CellKind.DATE)], [[value] * 3 for value in values], "en")  # fmt: skip
