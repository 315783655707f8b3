"""Make the bundled fonts from the published ones.

Usage: prepare_fonts.py FOLDER, where FOLDER holds the unpacked npm packages
`expo-google-fonts-battambang-0.4.1`, `expo-google-fonts-moul-0.4.1` and `expo-google-fonts-open-sans-0.4.2`.

Two things are added to each font, nothing is taken away:

- empty glyphs without width for U+200B, 200C, 200D and 2060; without them Qt takes these characters from
  another font and the height of the line jumps, and paper would show boxes;
- the Latin letters with accents, dashes, quotation marks and signs that the Khmer fonts lack (they end at
  ASCII), taken as outlines from Open Sans, which has the same units and the same height of capitals.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "casemgr" / "fonts"
BATTAMBANG = "expo-google-fonts-battambang-0.4.1"
MOUL = "expo-google-fonts-moul-0.4.1"
OPEN_SANS = "expo-google-fonts-open-sans-0.4.2"
FONTS = {
    "Battambang-Regular.ttf": (
        f"{BATTAMBANG}/400Regular/Battambang_400Regular.ttf",
        f"{OPEN_SANS}/400Regular/OpenSans_400Regular.ttf",
    ),
    "Battambang-Bold.ttf": (
        f"{BATTAMBANG}/700Bold/Battambang_700Bold.ttf",
        f"{OPEN_SANS}/700Bold/OpenSans_700Bold.ttf",
    ),
    "Moul-Regular.ttf": (
        f"{MOUL}/400Regular/Moul_400Regular.ttf",
        f"{OPEN_SANS}/800ExtraBold/OpenSans_800ExtraBold.ttf",
    ),
}
LICENCES = {"Battambang": BATTAMBANG, "Moul": MOUL, "OpenSans": OPEN_SANS}
INVISIBLE = (0x200B, 0x200C, 0x200D, 0x2060)
BORROWED = (
    *range(0xA0, 0x180),
    0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0,
    *range(0x218, 0x21C),
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2023),
    0x2026, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AB, 0x20AC, 0x2116, 0x2122,
    0x2212, 0x2248, 0x2260, 0x2264, 0x2265,
)  # fmt: skip


def add_glyph(font: TTFont, code: int, glyph: object, width: int) -> None:
    """Put one glyph at the end of the font and let the character `code` lead to it."""
    name = f"uni{code:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def prepare(source: Path, latin: Path, target: Path) -> None:
    """Write `target`: the font `source` with the glyphs it lacks. Same sources give the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    lender = TTFont(latin)
    present, offered = font.getBestCmap(), lender.getBestCmap()
    outlines = lender.getGlyphSet()
    for code in INVISIBLE:
        if code not in present:
            add_glyph(font, code, TTGlyphPen(None).glyph(), 0)
    for code in BORROWED:
        if code in present or code not in offered:
            continue
        recording = DecomposingRecordingPen(outlines)
        outlines[offered[code]].draw(recording)
        pen = TTGlyphPen(None)
        recording.replay(pen)
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        add_glyph(font, code, glyph, lender["hmtx"][offered[code]][0])
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    font.save(target)


def main(folder: Path) -> None:
    """Write the fonts and their licences, and print the checksums for README.md."""
    for name, (source, latin) in FONTS.items():
        prepare(folder / source, folder / latin, TARGET / name)
        print(hashlib.sha256((folder / source).read_bytes()).hexdigest(), source)
        print(hashlib.sha256((folder / latin).read_bytes()).hexdigest(), latin)
    for family, package in LICENCES.items():
        shutil.copyfile(folder / package / "LICENSE_FONT", TARGET / f"OFL-{family}.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
