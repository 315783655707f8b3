"""Looking through a workbook before its reader sees it: a file that was made to do harm is refused early.

Its parts are gone through as they unpack, keeping nothing: how deep they are, how much of each kind there is, whether
they declare entities, which cells are merged. The reader of the library believes a file all that, and would take
gigabytes of memory or minutes for it.
"""

import zipfile
from collections import Counter
from typing import BinaryIO
from xml.parsers import expat

from casemgr.exchange.lines import DAMAGED, LOCKED, MACROS, MOST_UNPACKED, OTHER_KIND, too_large
from casemgr.pace import Pace
from casemgr.trouble import Refusal

Merged = dict[str, list[tuple[int, str]]]
"""By the name of a part: the last line of each merged range, and the range as it is written."""

_MOST_PARTS = 2_000
_PIECE = 1 << 17
_DEEPEST = 60
_MOST_IN_ROW = 2_000
_MOST = {
    "c": 2_500_000, "row": 1_100_000, "si": 500_000, "xf": 70_000, "font": 70_000, "fill": 70_000, "border": 70_000,
    "numFmt": 10_000, "mergeCell": 200_000,
}  # fmt: skip
_MOST_OF_ANOTHER = 6_000_000
"""Elements of a part in all; a sheet of twenty thousand rows and a hundred columns has fewer."""
_SPREADSHEET = "spreadsheetml"


def look_through(file: BinaryIO, pace: Pace) -> Merged:
    """Return the merged ranges of each part of a workbook.

    Raises Refusal for what is not let in, and what zipfile and expat raise for what is no package or no XML.
    """
    with zipfile.ZipFile(file) as package:
        parts = package.infolist()
        names = {part.filename.lower().lstrip("/") for part in parts}
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise too_large()
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal(LOCKED)
        if "[content_types].xml" not in names or any(name.endswith("workbook.bin") for name in names):
            raise Refusal(OTHER_KIND)
        if any("vbaproject" in name or "macrosheets/" in name for name in names):
            raise Refusal(MACROS)
        found: Merged = {}
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                found[part.filename.lstrip("/")] = _Part().look(package, part, pace)
    return found


class _Part:
    """One part, gone through from its beginning to its end."""

    def __init__(self) -> None:
        self.depth = self.in_row = self.all = 0
        self.counts: Counter[str] = Counter()
        self.merged: list[tuple[int, str]] = []

    def look(self, package: zipfile.ZipFile, part: zipfile.ZipInfo, pace: Pace) -> list[tuple[int, str]]:
        """Return its merged ranges."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _no_entities
        with package.open(part) as source:
            while piece := source.read(_PIECE):
                pace.check()
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        return self.merged

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.all += 1
        local = name.rpartition(" ")[2]
        if local == "c":
            self.in_row += 1
        elif local == "row":
            self.in_row = 0
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif local == "Override":
            _check_override(attributes)
        if self.depth > _DEEPEST:
            raise Refusal(DAMAGED)
        most = _MOST.get(local)
        if most is not None:
            self.counts[local] += 1
            if self.counts[local] > most or self.in_row > _MOST_IN_ROW:
                raise too_large()
        elif self.all > _MOST_OF_ANOTHER:
            raise too_large()

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _merge(self, where: str) -> None:
        last = "".join(filter(str.isdigit, where.rpartition(":")[2]))
        self.merged.append((int(last[:8] or 0), where[:40]))


def _no_entities(*_declared: object) -> None:
    raise Refusal(DAMAGED)


def _check_override(attributes: dict[str, str]) -> None:
    """Raise Refusal for a workbook with macros, or with sheets in parts that are not looked through."""
    kind = attributes.get("ContentType", "")
    if "macroEnabled" in kind:
        raise Refusal(MACROS)
    if _SPREADSHEET in kind and not attributes.get("PartName", "").lower().endswith(".xml"):
        raise Refusal(DAMAGED)
