"""Text of one font and one script turned into placed glyphs by HarfBuzz."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from struct import Struct
from typing import Any, NamedTuple

import uharfbuzz as hb

KHMER, LATIN = "Khmr", "Latn"


class Glyph(NamedTuple):
    """A glyph as HarfBuzz gives it: number, place of its cluster in the text, advance and shift in font units."""

    number: int
    cluster: int
    advance: int
    shift_x: int
    shift_y: int


_GLYPH = Struct("5i")
"""A glyph as a run keeps it: tens of thousands are remembered, and as objects each would be looked at for garbage."""


@dataclass(frozen=True, slots=True)
class Run:
    """Shaped text of one font and script. `width` in font units; `operands` is its TJ array, any size."""

    font: str
    script: str
    text: str
    packed: bytes = field(repr=False)
    width: int
    units: int
    operands: str
    mark: str = field(repr=False)

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """The glyphs from left to right."""
        return tuple(map(Glyph._make, _GLYPH.iter_unpack(self.packed)))

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return len(self.packed) // _GLYPH.size

    @property
    def key(self) -> str:
        """What tells this run from others of the same font."""
        return self.script + self.text

    def clusters(self) -> Iterator[tuple[str, list[int]]]:
        """Yield each cluster's text with the numbers of its glyphs."""
        groups = [(start, [g.number for g in found]) for start, found in groupby(self.glyphs, lambda g: g.cluster)]
        for index, (start, numbers) in enumerate(groups):
            stop = groups[index + 1][0] if index + 1 < len(groups) else len(self.text)
            yield self.text[start:stop], numbers


def script_of(character: str) -> str | None:
    """Return the script of a letter; None for spaces, digits and punctuation, which go with their neighbours."""
    if "\u1780" <= character <= "\u17ff" or "\u19e0" <= character <= "\u19ff" or character == "\u25cc":
        return KHMER
    return LATIN if character.isalpha() else None


def scripts(text: str) -> list[tuple[str, int, int]]:
    """Cut text into stretches of one script: (script, start, stop).

    Characters without a script join the letters before them, at the beginning those after them.
    """
    found: list[tuple[str, int, int]] = []
    current, start = None, 0
    for position, character in enumerate(text):
        script = script_of(character)
        if script is None or script == current:
            continue
        if current is not None:
            found.append((current, start, position))
            start = position
        current = script
    if text:
        found.append((current or LATIN, start, len(text)))
    return found


def shape_with(font: Any, name: str, script: str, text: str, advance_of: Callable[[int], int], units: int) -> Run:
    """Shape `text` with a HarfBuzz font and prepare what a page needs to show it.

    Raises ValueError for a font that lifts or lowers glyphs; none of the bundled ones does.
    """
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script = "ltr", script
    buffer.language = "km" if script == KHMER else "en"
    hb.shape(font, buffer)
    glyphs = tuple(
        Glyph(info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    if any(glyph.shift_y for glyph in glyphs):
        raise ValueError(f"{name} moves glyphs up or down; the page does not")
    copied = text.encode("utf-16-be").hex().upper()
    return Run(
        font=name,
        script=script,
        text=text,
        packed=b"".join(_GLYPH.pack(*glyph) for glyph in glyphs),
        width=sum(glyph.advance for glyph in glyphs),
        units=units,
        operands=_operands(glyphs, advance_of, units),
        mark=f"/Span<</ActualText<FEFF{copied}>>>BDC",
    )


def _operands(glyphs: tuple[Glyph, ...], advance_of: Callable[[int], int], units: int) -> str:
    """Return the inside of a TJ array. The page moves by the font's own advances; differences are written out."""
    parts: list[str] = []
    codes: list[str] = []
    correction = 0  # still to be moved to the right, in font units

    def flush() -> None:
        if codes:
            parts.append(f"<{''.join(codes)}>")
            codes.clear()

    for glyph in glyphs:
        correction += glyph.shift_x
        if correction:
            flush()
            parts.append(f"{-correction * 1000 / units:.3f}")
        codes.append(f"{glyph.number:04X}")
        correction = glyph.advance - advance_of(glyph.number) - glyph.shift_x
    flush()
    if correction:
        parts.append(f"{-correction * 1000 / units:.3f}")
    return " ".join(parts)
