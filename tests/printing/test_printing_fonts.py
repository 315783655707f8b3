"""The bundled fonts: what was added to them, and where they are found."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from casemgr import assets
from casemgr.printing.fonts import NAMES, paper_font
from casemgr.printing.shaping import KHMER, LATIN, scripts


@pytest.mark.parametrize("name", NAMES)
def test_invisible_characters_have_glyphs_without_width_or_ink(name: str) -> None:
    font = TTFont(assets.font(f"{name}.ttf"))
    glyphs = font.getBestCmap()
    for code in (0x200B, 0x200C, 0x200D, 0x2060):
        assert font["hmtx"][glyphs[code]][0] == 0
        assert font["glyf"][glyphs[code]].numberOfContours == 0


@pytest.mark.parametrize("name", NAMES)
def test_names_and_quotations_in_latin_can_be_printed(name: str) -> None:
    font = paper_font(name)
    assert all(font.glyph_of(character) for character in "éèçñöüßđơưạễ–—…‘’“”«»•€×½°")


def test_licences_lie_beside_the_fonts() -> None:
    folder = assets.font("Moul-Regular.ttf").parent
    for family in ("Battambang", "Moul", "OpenSans"):
        assert "SIL OPEN FONT LICENSE" in (folder / f"OFL-{family}.txt").read_text(encoding="utf-8")


def test_a_font_that_was_not_packaged_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"Absent\.ttf"):
        assets.font("Absent.ttf")


def test_fonts_are_found_in_a_packaged_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "casemgr" / "fonts" / "Moul-Regular.ttf"
    target.parent.mkdir(parents=True)
    target.write_bytes(assets.font("Moul-Regular.ttf").read_bytes())
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert assets.font("Moul-Regular.ttf") == target


def test_text_is_cut_by_script_and_the_rest_joins_its_neighbours() -> None:
    assert scripts("(A/ក្រសួង) 12 b") == [(LATIN, 0, 3), (KHMER, 3, 14), (LATIN, 14, 15)]
    assert scripts("១២") == [(KHMER, 0, 2)]
    assert scripts("12") == [(LATIN, 0, 2)]
    assert scripts("") == []
