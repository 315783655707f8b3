"""A list as it is declared once and read by the window, by paper and by files: its columns, and what is said of each.

A list is a Listing: what it is called, its columns and its rows. A column says what stands in a cell, of what kind that
is, and what may stand there where nobody may know who the children are. Window, paper and file show the same cells.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from casemgr.exchange import table
from casemgr.exchange.table import CellKind, Headings, Table, Value
from casemgr.i18n import N_, Words
from casemgr.services.coded import province_of

Cell = Callable[[Any, Words], Value]
"""Given a row and the words of the reader, returns what stands in a cell."""

AT_ONCE, MANY_AT_ONCE = 500, 5000
"""Rows of a page; and of one for which every row of the list is looked at first, however many it has."""
TYPED, TYPED_HIDDEN = N_("Narrowed to what was typed: {text}"), N_("Narrowed by letters that were typed")
WITHOUT_NAMES = N_("Codes stand in place of names, and no place below the province.")
WITHDRAWN = N_("Where consent to contact or sharing was withdrawn, the code stands in place of the name.")


class Naming(enum.Enum):
    """Whether a list tells who people are."""

    CHOICE = "choice"  # children: with their names, or with codes in place of them
    ALWAYS = "always"  # the people of the directory


@dataclass(frozen=True)
class ListColumn:
    """A column. label is a message. share: of the width, beside the other columns; least: pixels it needs on screen.

    cell: what stands in it, as a file has it. names: whether it tells who a child is; then coded is what stands in its
    place in a list without names, None for no such column. needs: what a row has to be asked for (see case_list).
    strong: the main thing of the row. spare: left out where the window is narrow. empty: what the screen says for
    nothing.
    """

    key: str
    label: str
    cell: Cell
    kind: CellKind = CellKind.TEXT
    share: int = 12
    least: int = 0
    strong: bool = False
    spare: bool = False
    names: bool = False
    coded: Cell | None = None
    needs: tuple[str, ...] = ()
    empty: str = ""

    def said(self, row: Any, words: Words) -> str:
        """Return what the screen and paper say of a row."""
        value = self.cell(row, words)
        if value is None or value == "":
            return self.empty
        return value if isinstance(value, str) else table.text_of(self.kind, words)(value)


@dataclass(frozen=True)
class Listing:
    """A list as it stands on the screen.

    what: names it in the history of the office and in names of files. title: a message. rows: all of them, read when
    they are asked for. narrowed: what it is narrowed to, in words; given whether names may stand there. total: how
    many rows there are, None where that is not known before. children: of whom a row is, None where it is of no child.
    practice: whether its children are invented.
    """

    what: str
    title: str
    columns: tuple[ListColumn, ...]
    rows: Callable[[], Iterable[Any]] = field(repr=False)
    narrowed: Callable[[Words, bool], Sequence[str]] = lambda _words, _named: ()
    total: Callable[[], int] | None = None
    naming: Naming = Naming.CHOICE
    children: Callable[[Any], tuple[UUID, ...]] | None = None
    practice: bool = False

    def table(
        self, words: Words, rows: Iterable[Any], *, named: bool, withheld: frozenset[UUID] = frozenset(),
        headings: Headings = Headings.OWN,
    ) -> Table:  # fmt: skip
        """Return the list as a table in these words. rows: of this list. withheld: children that stay coded."""
        shown = (
            self.columns
            if named
            else tuple(coded_column(each) for each in self.columns if not each.names or each.coded)
        )
        coded = tuple(each if not each.names else coded_column(each) for each in self.columns)
        heads = tuple(
            table.Column(each.key, each.label, each.kind, width=float(each.share) * 1.3) for each in shown
        )  # fmt: skip
        told = self.narrowed(words, named)
        notes = [words.text(WITHOUT_NAMES)] if self.naming is Naming.CHOICE and not named else []
        if withheld and named:
            notes.append(words.text(WITHDRAWN))
        return Table(
            words.text(self.title), words.text(self.title)[:31], heads,
            self._lines(rows, words, shown, coded, withheld if named else frozenset()), words.language, headings,
            tuple(notes), self.practice, tuple(told),
        )  # fmt: skip

    def _lines(
        self, rows: Iterable[Any], words: Words, shown: Sequence[ListColumn], coded: Sequence[ListColumn],
        withheld: frozenset[UUID],
    ) -> Iterator[list[Value]]:  # fmt: skip
        for row in rows:
            is_withheld = bool(withheld) and not withheld.isdisjoint(self.children(row) if self.children else ())
            yield [column.cell(row, words) for column in (coded if is_withheld else shown)]


def coded_column(column: ListColumn) -> ListColumn:
    """Return a column as it stands in a list without names; one that has nothing to say there is empty."""
    return replace(column, cell=column.coded or _nothing) if column.names else column


def _nothing(_row: Any, _words: Words) -> Value:
    return None


def typed_said(search: str, words: Words, named: bool) -> list[str]:
    """Say what a list was narrowed to by typing, which may be a name, in a list with names alone."""
    if not search.strip():
        return []
    return [words.text(TYPED, text=search.strip()) if named else words.text(TYPED_HIDDEN)]


def every(ask: Callable[[Any, int], Sequence[Any]], at_once: int = AT_ONCE) -> Iterator[Any]:
    """Yield all rows of a list that is read a page at a time; ask is given the row to go on after, and how many."""
    last = None
    while page := ask(last, at_once):
        yield from page
        last = page[-1]


def province_said(code: str | None, words: Words) -> str | None:
    """Return the name of the province of a place, for a list without names."""
    from casemgr.places import place_name  # noqa: PLC0415  (its list is read with the first place)

    province = province_of(code)
    return place_name(province, words.language) if province else None
