"""A list as a file of the kind the worker chose: whole or not at all, stopped at any row, locked where asked.

Who may take the list out of the office, and that it is written down, is decided by whoever declares the table.
"""

import enum
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from casemgr.exchange.csv_file import write_csv
from casemgr.exchange.table import Table, lines_of
from casemgr.exchange.writing import watched, write_whole
from casemgr.i18n import N_, Words
from casemgr.printing.page import ListPaper, draw_list
from casemgr.services.papers import check_target
from casemgr.trouble import Refusal


class ListKind(enum.Enum):
    """The kinds of file; the value is how its name ends."""

    WORKBOOK = "xlsx"
    CSV = "csv"
    PAPER = "pdf"


def save_list(
    path: Path, table: Table, kind: ListKind, words: Words | None = None, *, passphrase: str | None = None,
    office: str = "", made: str = "", done: Callable[[int], None] | None = None,
    stop: Callable[[], bool] | None = None, office_folder: Path | None = None,
) -> int:  # fmt: skip
    """Write the list to a file and return the number of its rows. Nothing of it stays where that fails.

    office_folder: the folder of an office, into which no list is written; all else as in write_list. Raises Refusal
    for what the worker can put right (another name, no lock for CSV, a list or passphrase too long) and Trouble for
    what the disk refuses.
    """
    demand_target(path, kind, passphrase, office_folder)
    return write_whole(
        path, lambda file: write_list(
            file, table, kind, words, passphrase=passphrase, office=office, made=made, done=done, stop=stop
        ),
    )  # fmt: skip


def demand_target(path: Path, kind: ListKind, passphrase: str | None, office_folder: Path | None) -> None:
    """Raise Refusal or Trouble, as save_list does, where no list can be written there."""
    check_target(path, office_folder)
    if passphrase is not None and kind is ListKind.CSV:
        raise Refusal(N_("A CSV file cannot be locked with a passphrase. Choose a workbook."))


def write_list(
    file: BinaryIO, table: Table, kind: ListKind, words: Words | None = None, *, passphrase: str | None = None,
    office: str = "", made: str = "", done: Callable[[int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> int:  # fmt: skip
    """Write the list into an open file and return the number of its rows.

    words, office, made (place and date): for paper; without words those of the table's language. passphrase: locks a
    workbook or a paper; None leaves it open. done is told the number of rows so far; where stop says so, Stopped is
    raised.
    """
    counted = replace(table, rows=watched(table.rows, done, stop))
    match kind:
        case ListKind.WORKBOOK:
            from casemgr.exchange.xlsx import write_xlsx  # noqa: PLC0415  (its writer is loaded with the first one)

            return write_xlsx(counted, file, passphrase)
        case ListKind.CSV:
            return write_csv(counted, file)
        case ListKind.PAPER:
            shown = words or Words(table.language)
            return draw_list(list_paper(counted, shown, office, made), shown, file, passphrase)


def list_paper(table: Table, words: Words, office: str = "", made: str = "") -> ListPaper:
    """Return the table as it is drawn on paper."""
    return ListPaper(
        table.title, table.heading_lines(), lines_of(table, words), [column.room for column in table.columns],
        table.right, office, made, table.notes, table.practice, table.about,
    )  # fmt: skip
