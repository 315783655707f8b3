"""A list to be given to another program: declared once, written as a workbook, as CSV, or as lines of text for paper.

Nothing here knows records: whoever declares a table decides what of them leaves the office.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from casemgr.clock import PHNOM_PENH
from casemgr.i18n import LANGUAGES, N_, Words

Value = str | int | float | Decimal | date | datetime | None
"""One cell. None and the empty text are an empty cell. A moment has a time zone; files tell it in Phnom Penh time."""
Row = Sequence[Value]
Text = Callable[[Value], str]

YES, NO = N_("Yes"), N_("No")
PART = N_("{part}: {label}")


class CellKind(enum.Enum):
    """What a column holds. A text is allowed in a column of any kind, such as a date known to the year only."""

    TEXT = "text"
    CODE = "code"  # digits that are no number: codes of places, telephone numbers. Leading zeros are kept
    NUMBER = "number"  # whole, at most 15 digits
    MONEY = "money"  # whole riel
    DECIMAL = "decimal"  # shown with two places
    PERCENT = "percent"  # 0.25 is 25 %
    DATE = "date"
    MOMENT = "moment"  # date and time of day
    YES_NO = "yes-no"  # True or False, written as words


class Headings(enum.Enum):
    """In which languages the columns are headed."""

    OWN = "own"  # the table's own
    ONE_LINE = "one-line"  # "ខ្មែរ / English"
    TWO_LINES = "two-lines"  # Khmer above, English below; CSV, which has one line of headings only, joins them


WIDTHS = {
    CellKind.TEXT: 22.0, CellKind.CODE: 14.0, CellKind.NUMBER: 10.0, CellKind.MONEY: 14.0, CellKind.DECIMAL: 12.0,
    CellKind.PERCENT: 10.0, CellKind.DATE: 13.0, CellKind.MOMENT: 18.0, CellKind.YES_NO: 12.0,
}  # fmt: skip
AT_THE_RIGHT = frozenset({CellKind.NUMBER, CellKind.MONEY, CellKind.DECIMAL, CellKind.PERCENT})


@dataclass(frozen=True)
class Column:
    """One column. label is a message of the catalogue; part is one too, where labels alone would be mistaken.

    width: in digits, None for what its kind usually needs. wrap: long text goes on in a second line of its cell.
    """

    key: str
    label: str
    kind: CellKind = CellKind.TEXT
    part: str = ""
    width: float | None = None
    wrap: bool = False

    @property
    def room(self) -> float:
        """The width in digits."""
        return self.width or WIDTHS[self.kind] * (2 if self.wrap else 1)

    def heading(self, words: Words) -> str:
        """Return what stands above the column."""
        label = words.text(self.label)
        return words.text(PART, part=words.text(self.part), label=label) if self.part else label


@dataclass(frozen=True)
class Table:
    """A list. title, sheet (the name of its sheet) and notes (definitions, printed under it) are as they are shown.

    about: what the list is narrowed to, said below its title on paper, and with the notes of a workbook.

    rows may be read once, and has a value for each column. language is that of the words in it, "km" or "en".
    practice says that its children are invented. No name of a person belongs into title or sheet.
    """

    title: str
    sheet: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    language: str = "km"
    headings: Headings = Headings.OWN
    notes: Sequence[str] = ()
    practice: bool = False
    about: Sequence[str] = ()

    @property
    def right(self) -> frozenset[int]:
        """The columns, the first being 0, whose cells stand at the right to be compared."""
        return frozenset(index for index, column in enumerate(self.columns) if column.kind in AT_THE_RIGHT)

    def heading_lines(self) -> list[list[str]]:
        """Return one line of headings, or two."""
        if self.headings is Headings.OWN:
            return [[column.heading(Words(self.language)) for column in self.columns]]
        both = [[column.heading(Words(language)) for column in self.columns] for language in LANGUAGES]
        if self.headings is Headings.TWO_LINES:
            return both
        return [[" / ".join(dict.fromkeys(pair)) for pair in zip(*both, strict=True)]]


def local_time(moment: datetime) -> datetime:
    """Return the moment in Phnom Penh time. Raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment if moment.tzinfo is PHNOM_PENH else moment.astimezone(PHNOM_PENH)


def lines_of(table: Table, words: Words) -> Iterator[list[str]]:
    """Yield the rows as they are read on paper, in these words and figures. An empty cell is an empty text."""
    texts = [text_of(column.kind, words) for column in table.columns]
    for row in table.rows:
        yield [
            "" if value is None else value if isinstance(value, str) else text(value)
            for text, value in zip(texts, row, strict=True)
        ]


def text_of(kind: CellKind, words: Words) -> Text:
    """Return what tells a value of that kind, which is not a text, in words and figures."""
    texts: dict[CellKind, Callable[..., str]] = {
        CellKind.MONEY: words.money,
        CellKind.DECIMAL: lambda value: words.figures(f"{value:,.2f}"),
        CellKind.PERCENT: lambda value: words.figures(f"{value * 100:.1f} %"),
        CellKind.DATE: words.date,
        CellKind.MOMENT: lambda value: words.moment(local_time(value)),
        CellKind.YES_NO: lambda value: words.text(YES if value else NO),
    }
    return texts.get(kind, lambda value: words.figures(str(value)))
