"""The bundled fonts on paper: shaped by HarfBuzz, embedded with glyph numbers as character codes.

ReportLab's own TrueType fonts are addressed by Unicode; Khmer needs glyphs that no character has. A `PaperFont`
is therefore embedded as a CID font with Identity-H: what the page names are the glyphs HarfBuzz chose.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from casemgr import assets
from casemgr.printing.shaping import Run, shape_with

REGULAR, BOLD, HEADING = "Battambang-Regular", "Battambang-Bold", "Moul-Regular"
NAMES = (REGULAR, BOLD, HEADING)
_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "cmap", "kern", "name", "OS/2", "gasp", "DSIG")
_MOST_SEEN = 20000


@dataclass
class _Used:
    """What a document shows in one font: what its glyphs stand for, and the runs that were met of late."""

    texts: dict[int, str]
    seen: set[str] = field(default_factory=set)


class PaperFont:
    """One bundled font. Shapes text, and writes its used glyphs into every document that names it."""

    def __init__(self, name: str) -> None:
        """Load the font `name`, one of NAMES. Raises FileNotFoundError when its file is missing."""
        self.name = name
        self.face = hb.Face(hb.Blob(assets.font(f"{name}.ttf").read_bytes()))
        self.font = hb.Font(self.face)
        self.units = self.face.upem
        self.no_width = self.glyph_of("\u200b")
        self._used: WeakKeyDictionary[Any, _Used] = WeakKeyDictionary()

    def glyph_of(self, character: str) -> int:
        """Return the glyph that the font has for one character, 0 when it has none."""
        return self.font.get_nominal_glyph(ord(character)) or 0

    def advance_of(self, glyph: int) -> int:
        """Return the advance written in the font, in font units."""
        return int(self.font.get_glyph_h_advance(glyph))

    def name_in(self, document: Any) -> str:
        """Return the name under which a page of the ReportLab document speaks of this font."""
        if document not in self._used:
            self._used[document] = _Used({0: "", self.no_width: "\u200b"})
            document.fontMapping[self.name] = f"/P{len(document.fontMapping) + 1}"
            document.delayedFonts.append(self)
        name: str = document.fontMapping[self.name]
        return name

    def use(self, document: Any, run: Run) -> None:
        """Note that the document shows this run, so that its glyphs are embedded and can be copied."""
        used = self._used[document]
        if run.key not in used.seen:
            if len(used.seen) >= _MOST_SEEN:
                used.seen.clear()  # to be met again changes nothing
            used.seen.add(run.key)
            self._note_texts(used.texts, run)

    def addObjects(self, document: Any) -> None:
        """Write the font into the document. ReportLab calls this once, when the document is saved."""
        texts = self._used.pop(document).texts
        glyphs = sorted(texts)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(repr(glyphs).encode()).digest()[:6])
        base = f"{tag}+{self.name}"
        internal = document.fontMapping[self.name][1:]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(document, base, glyphs),
                "CIDToGIDMap": "/Identity",
                "DW": 0,
                "W": self._widths(glyphs),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant:{internal}")]),
                "ToUnicode": _stream(document, f"unicode:{internal}", _to_unicode(texts).encode("ascii")),
            }
        )
        document.idToObject["BasicFonts"].dict[internal] = document.Reference(font, internal)

    def _note_texts(self, texts: dict[int, str], run: Run) -> None:
        """Note what each glyph of the run stands for; programs that know no ActualText copy this."""
        for character in run.text:
            if glyph := self.glyph_of(character):
                texts.setdefault(glyph, character)
        for cluster, glyphs in run.clusters():
            own = {self.glyph_of(character): character for character in cluster}
            rest = "".join(character for glyph, character in own.items() if glyph not in glyphs)
            for glyph in glyphs:
                if glyph not in own and glyph not in texts:
                    texts[glyph], rest = rest, ""

    def _widths(self, glyphs: list[int]) -> pdfdoc.PDFArray:
        thousandths = 1000 / self.units
        array: list[Any] = []
        for glyph in glyphs:
            array += [glyph, pdfdoc.PDFArray([round(self.advance_of(glyph) * thousandths, 4)])]
        return pdfdoc.PDFArray(array)

    def _descriptor(self, document: Any, base: str, glyphs: list[int]) -> Any:
        extents = self.font.get_font_extents("ltr")
        thousandths = 1000 / self.units
        ascent, descent = round(extents.ascender * thousandths), round(extents.descender * thousandths)
        data = self._subset(glyphs)
        program = _stream(document, f"program:{base}", data, Length1=len(data))
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(base),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([-1000, descent, 2000, ascent]),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": 714,
                "StemV": 140 if self.name == BOLD else 80,
                "FontFile2": program,
            }
        )
        return document.Reference(descriptor, f"descriptor:{base}")

    def _subset(self, glyphs: list[int]) -> bytes:
        """Return the font program with only these glyphs, each under its own number."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES
        )
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        return bytes(hb.subset(self.face, wanted).blob.data)


@lru_cache(maxsize=8)
def paper_font(name: str) -> PaperFont:
    """Return the bundled font of that name (one of NAMES), loaded once."""
    return PaperFont(name)


@lru_cache(maxsize=20000)
def shape(name: str, script: str, text: str) -> Run:
    """Return `text`, all of one script ("Khmr" or "Latn"), shaped in the bundled font `name`."""
    font = paper_font(name)
    return shape_with(font.font, name, script, text, font.advance_of, font.units)


def _stream(document: Any, name: str, content: bytes, **entries: Any) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    for key, value in entries.items():
        stream.dictionary[key] = value
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return document.Reference(stream, name)


def _to_unicode(texts: dict[int, str]) -> str:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    pairs = [(glyph, text) for glyph, text in sorted(texts.items()) if text]
    for start in range(0, len(pairs), 100):  # the format allows no more at once
        part = pairs[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in part]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
