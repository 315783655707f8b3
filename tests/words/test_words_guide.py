"""The guide: one content in both languages, and nothing in it that the program does not have."""

import ast
import re
from pathlib import Path

import pytest

import words as catalogues
from casemgr import guide
from casemgr.guide import Items, Saying, Shot, Title
from casemgr.i18n import LANGUAGES, Words

ROOT = Path(__file__).parents[2]
LATIN = {"Alt", "CSV", "Ctrl", "Excel", "OSCaR", "PDF", "Primero", "SR", "Shift", "case", "officecopy"}
"""What stands in Latin letters in the Khmer guide: keys, kinds of files, names of other programs, an example."""
KEYS_OF_QT = {"Enter", "Esc"}
LINK = re.compile(r"\]\(#([\w-]+)\)")
PICTURE = re.compile(r"!\[.+\]\(([\w-]+)\)")


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """All that the program says."""
    return {message.id for message in catalogues.template(ROOT) if isinstance(message.id, str) and message.id}


@pytest.fixture(scope="module")
def constants() -> set[str]:
    """All strings in the source of the windows, and the keys that are put together there."""
    found = {"Alt+1", "Alt+2", *(f"Alt+{key}" for key in "WNMR")}  # the rail's, and those of what was found in a call
    for file in (ROOT / "ui").rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        found |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is str}
    return found


def written(language: str) -> dict[str, str]:
    return {key: file.read_text("utf-8") for key, file in guide.files(language).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_it_says_the_window_calls_so_the_window_says(language: str, messages: set[str]) -> None:
    for key, text in written(language).items():
        named = guide.MESSAGE.findall(text)
        assert [name for name in named if name not in messages] == [], key


def test_it_names_the_window_often_and_shows_the_names_in_its_language() -> None:
    assert sum(len(guide.MESSAGE.findall(text)) for text in written("km").values()) > 200
    runs = guide.parse("{{Save}}, then [[Ctrl+S]] and **2** or {{Papers: {count} needed now…}}", Words("km", "khmer"))
    (said,) = runs
    assert isinstance(said, Saying)
    assert guide.said(said.runs).startswith("រក្សាទុក, then Ctrl+S and ២ or ឯកសារ៖ ត្រូវការ … ឥឡូវនេះ…")
    assert [run.bold for run in said.runs] == [True, False, True, False, True, False, True]


@pytest.mark.parametrize(("language", "end", "said"), [("en", ".", "Press Export this list."), ("km", "។", None)])
def test_a_button_that_ends_in_an_ellipsis_has_none_before_a_full_stop(
    language: str, end: str, said: str | None
) -> None:
    words = Words(language)
    (told,) = guide.parse(f"Press {{{{Export this list…}}}}{end} Then {{{{Export this list…}}}} again{end}", words)
    assert isinstance(told, Saying)
    text, button = guide.said(told.runs), words.text("Export this list…")
    assert text == f"Press {button.removesuffix('…')}{end} Then {button} again{end}"
    assert said is None or text.startswith(said)
    assert not any(f"…{end}" in each for piece in guide.chapters(words) for part in piece.pieces
                   for each in guide.texts(part))  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_it_tells_of_is_one_of_the_window(language: str, constants: set[str]) -> None:
    keys = {key for text in written(language).values() for key in guide.KEY.findall(text)}
    assert {"F1", "Ctrl+F", "Ctrl+N", "Ctrl+S"} <= keys
    assert keys - constants - KEYS_OF_QT == set()


def test_both_languages_say_the_same_in_the_same_order() -> None:
    khmer, english = written("km"), written("en")
    assert list(khmer) == list(english)
    for key in english:
        for what in (guide.KEY, LINK, PICTURE):
            assert what.findall(khmer[key]) == what.findall(english[key]), key
        assert sorted(guide.MESSAGE.findall(khmer[key])) == sorted(guide.MESSAGE.findall(english[key])), key
    for one, other in zip(guide.chapters(Words("km")), guide.chapters(Words("en")), strict=True):
        assert [shape(piece) for piece in one.pieces] == [shape(piece) for piece in other.pieces], one.key


def shape(piece: guide.Piece) -> tuple[object, ...]:
    match piece:
        case Title(_, anchor, level):
            return "title", anchor, level
        case Saying(_, remark):
            return "saying", remark
        case Items(items, numbers):
            return "items", len(items), numbers
        case Shot(name):
            return "picture", name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_is_there_once_and_each_link_leads_to_one(language: str) -> None:
    chapters = guide.chapters(Words(language))
    places = [anchor for chapter in chapters for anchor in chapter.anchors]
    assert len(places) == len(set(places)) > 80
    links = {link for text in written(language).values() for link in LINK.findall(text)}
    assert links
    assert links <= set(places)
    assert all(chapter.pieces[0] is chapter.title and chapter.title.level == 1 for chapter in chapters)
    assert [chapter.key for chapter in chapters][-2:] == [guide.CARD, guide.ADMINISTRATOR]


def test_the_steps_are_counted_from_one() -> None:
    for chapter in guide.chapters(Words("km")):
        for piece in chapter.pieces:
            if isinstance(piece, Items) and piece.numbers:
                assert list(piece.numbers) == list(range(1, len(piece.items) + 1)), chapter.key


def test_the_khmer_guide_is_khmer() -> None:
    for key, text in written("km").items():
        bare = re.sub(r"\{#[\w-]+\}|\]\(.*?\)", "", guide.KEY.sub("", guide.MESSAGE.sub("", text)))
        assert set(re.findall(r"[A-Za-z]+", bare)) <= LATIN, key
        assert not re.search("[\u200b-\u200d\u2060]", text), key
    for key, text in written("en").items():
        assert not re.search("[\u1780-\u17ff]", text), key


def test_each_picture_it_shows_is_drawn_by_somebody() -> None:
    trees = [ast.parse((ROOT / "ui" / name).read_text("utf-8")) for name in ("pictures.py", "picture_beyond.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    drawn = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    drawn |= {f"assistant-{step}" for step in (1, 2, 3)}
    shown = {name for text in written("en").values() for name in PICTURE.findall(text)}
    assert len(shown) > 15
    assert shown - drawn == set()


@pytest.mark.parametrize("line", ["### Too deep {#deep}", "# No place", "![no name]()", "1. one\nnot a step", "* star"])
def test_a_line_that_is_not_understood_is_told(line: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        guide.parse(line, Words("en"))


def test_words_are_found_however_they_are_spelt() -> None:
    chapters = guide.chapters(Words("km"))
    found = guide.find(chapters, "ពាក្យ\u200bសម្ងាត់ ភ្លេច")
    assert "forgotten" in [place.anchor for place in found]
    english = guide.chapters(Words("en"))
    places = guide.find(english, "RECOVERY  code")
    assert places[0].anchor == "recovery-code"
    assert places[0].excerpt == ""
    assert all(place.chapter for place in places)
    assert guide.find(english, "recovery xyzzy") == []
    assert guide.find(english, "  ") == []


def test_a_long_sentence_is_told_from_shortly_before_the_word() -> None:
    (place,) = guide.find(guide.chapters(Words("en")), "village telephone nickname")
    assert place.anchor == "search"
    assert place.excerpt.startswith("… ")
    assert "nickname" in place.excerpt
