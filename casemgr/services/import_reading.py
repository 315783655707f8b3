"""Opening a list: where its headings stand, what its columns mean, and what was remembered of lists like it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from casemgr.exchange.lines import MOST_ROWS, Cell, Line, Lines, too_large
from casemgr.exchange.sheet_reading import LOOKED_AT, read_list
from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.pace import Cancelled, Pace, sweeping_later
from casemgr.records.kept import ImportMapping
from casemgr.services.import_columns import BY_KEY, PARTS_OF_NAME, ColumnKind, answer_called, both, column_called
from casemgr.services.office import Office, Right
from casemgr.trouble import Refusal

MERGED = N_("Cells are merged in this list: {range}. Part them, write the value into each, and save.")
NO_HEADINGS = N_("The list has no rows below its headings.")
TWICE = N_("Two columns mean the same. Choose another meaning for one of them.")
NOT_KNOWN = N_("None of the columns says who the child is. Choose the column of the code or of the name.")
MAY_IMPORT = (Right.READ_CASES, Right.WRITE_CASES, Right.ALL_CASES)
"""Whoever brings in a list sees for every row whether the child is here, whoever carries it: a supervisor."""

_NAMING = frozenset({"child_code", *PARTS_OF_NAME, *(part for parts in PARTS_OF_NAME.values() for part in parts)})


@dataclass(frozen=True)
class Meaning:
    """What columns and words of a list mean.

    columns: the key of a column of ours by the place in the list, the first being 0. meanings: of a column of ours, the
    code that a word stands for, by the word's search key; an empty code says that the word is no answer.
    """

    columns: Mapping[int, str]
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def plain(self) -> str:
        """Return it as JSON."""
        return json.dumps({"columns": dict(self.columns), "meanings": dict(self.meanings)}, ensure_ascii=False,
                          sort_keys=True)  # fmt: skip


@dataclass(frozen=True, repr=False)
class OpenList:
    """A list that was read: headings, and the rows below them. key: by which its mapping is remembered.

    is_ours: every column is headed by one of our own names, so that there is nothing to choose.
    """

    headings: tuple[str, ...]
    rows: tuple[Line, ...]
    mapping: Meaning
    key: str
    is_ours: bool = False

    @property
    def width(self) -> int:
        """How many columns there are, those without a heading among them."""
        return max((len(self.headings), *(len(line.cells) for line in self.rows)))

    def words_of(self, column: str) -> list[str]:
        """Return the words in a column of choices of which nobody has said yet what they mean, each once."""
        place = next((place for place, key in self.mapping.columns.items() if key == column), None)
        if place is None or BY_KEY[column].kind is not ColumnKind.CHOICE:
            return []
        cells = (line.cells[place] for line in self.rows if len(line.cells) > place)
        found = {search_key(text): text for cell in cells if isinstance(cell, str) and (text := cell.strip())}
        return [text for text in found.values() if answer_called(column, text) is None]

    def meaning(self, columns: Mapping[int, str], meanings: Mapping[str, Mapping[str, str]]) -> "OpenList":
        """Return the list with another mapping. Raises Refusal where two columns mean the same, or none a child."""
        chosen = {place: key for place, key in columns.items() if key}
        _check(chosen)
        return replace(self, mapping=Meaning(chosen, {key: dict(words) for key, words in meanings.items()}))


@sweeping_later()
def open_list(office: Office, path: Path, cancelled: Cancelled | None = None) -> OpenList:
    """Read a list, with what its columns seem to mean, or what was said of a list with the same headings.

    Raises Refusal, in words of the worker, for a file that is no list or is not let in, NotAllowed and Stopped.
    """
    office.demand(*MAY_IMPORT)
    lines = read_list(path, lambda cells: _recognised(cells) > 1, Pace(cancelled=cancelled))
    at = _headings_at(lines.lines)
    for last, where in lines.merged:
        if last >= lines.lines[at].number:
            raise Refusal(MERGED, range=where)
    headings = tuple(_heading(cell) for cell in lines.lines[at].cells)
    rows = _below(lines, at, headings)
    columns = _proposed(headings)
    is_ours = bool(columns) and all(heading.strip().lower() in BY_KEY for heading in headings if heading)
    key = sha256("\x1f".join(search_key(heading) for heading in headings).encode()).hexdigest()
    opened = OpenList(headings, rows, Meaning(columns), key, is_ours)
    if is_ours:
        _check(columns)
        return opened
    with office.read(*MAY_IMPORT) as work:
        kept = work.first(ImportMapping, key=key)
    return opened if kept is None else replace(opened, mapping=_remembered(kept.plain, opened.width))


def _recognised(cells: Sequence[Cell]) -> int:
    return len({column.key for cell in cells if isinstance(cell, str) and (column := column_called(cell)) is not None})


def _headings_at(lines: Sequence[Line]) -> int:
    """Return the line that has most headings we know; where none has any, the first one with most texts."""
    begun = lines[:LOOKED_AT]
    known = [_recognised(line.cells) for line in begun]
    if max(known):
        return known.index(max(known))
    texts = [sum(isinstance(cell, str) for cell in line.cells) for line in begun]
    return texts.index(max(texts))


def _heading(cell: Cell) -> str:
    return "".join(filter(str.isprintable, " ".join(cell.split()))) if isinstance(cell, str) else ""


def _below(lines: Lines, at: int, headings: Sequence[str]) -> tuple[Line, ...]:
    rows = lines.lines[at + 1 :]
    if rows and _is_second_heading(rows[0], headings):
        rows = rows[1:]
    if not rows:
        raise Refusal(NO_HEADINGS)
    if len(rows) > MOST_ROWS:
        raise too_large()
    return rows


def _is_second_heading(line: Line, headings: Sequence[str]) -> bool:
    """Whether a line says below our names what the columns are called in both languages."""
    said = [(cell, heading) for cell, heading in zip(line.cells, headings, strict=False) if cell is not None]
    known = ((cell, column_called(heading)) for cell, heading in said)
    return bool(said) and all(column is not None and cell == both(column) for cell, column in known)


def _proposed(headings: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    exact = {heading.strip().lower() for heading in headings}
    for place, heading in enumerate(headings):
        column = column_called(heading) if heading else None
        if column is None or column.key in found.values():
            continue
        if column.key in exact and heading.strip().lower() != column.key:
            continue  # another one bears the very name
        found[place] = column.key
    for whole, (family, given) in PARTS_OF_NAME.items():
        if whole in found.values() and family in found.values():  # beside a family name, a name is the given one
            found = {place: given if key == whole else key for place, key in found.items()}
    return found


def _check(columns: Mapping[int, str]) -> None:
    for key in columns.values():
        if list(columns.values()).count(key) > 1:
            raise Refusal(TWICE, fields=(key,))
    if not _NAMING & set(columns.values()):
        raise Refusal(NOT_KNOWN)
    for whole, parts in PARTS_OF_NAME.items():
        if whole in columns.values() and not set(parts).isdisjoint(columns.values()):
            raise Refusal(TWICE, fields=(whole,))


def _remembered(plain: str, width: int) -> Meaning:
    """Return a mapping as it was kept; what this version does not know of it is passed over."""
    told = json.loads(plain)
    columns = {int(place): key for place, key in told["columns"].items() if key in BY_KEY and int(place) < width}
    return Meaning(columns, {key: words for key, words in told["meanings"].items() if key in BY_KEY})


def meant_before(opened: OpenList, plain: str) -> OpenList:
    """Return the list with what was chosen of it before, as Meaning.plain told it; it may not be sound yet."""
    return replace(opened, mapping=_remembered(plain, opened.width))


def unread(opened: OpenList) -> list[str]:
    """Return the headings of columns that are not read."""
    return [heading for place, heading in enumerate(opened.headings) if heading and place not in opened.mapping.columns]
