"""Word breaks in Khmer and mixed text."""

import itertools

import khmercut
import pytest

from casemgr.khmer.breaks import (
    NEVER_FIRST,
    NEVER_LAST,
    _word_ends,
    break_points,
    clusters,
    let_go_of_model,
    with_breaks,
)

SENTENCES = [
    "ព្រះរាជាណាចក្រកម្ពុជា ជាតិ សាសនា ព្រះមហាក្សត្រ",
    "កុមារមានទំនាស់នឹងច្បាប់ត្រូវបានចាប់ខ្លួននៅថ្ងៃទី២៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦។",
    "ក្រសួងសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទា (មន្ទីរ ស.អ.យ) «សាកល្បង» ផ្សេងៗ៖ ១២៣,៤៥៦.៧៨៛",
    "UNICEFស្ត្រី A/ក្រសួង ឪពុកម្តាយ/អាណាព្យាបាល (ក) កុំព្យូទ័រ ប៉ុន្តែ ប៊ិច ខ្ញុំ ស្រុកព្រៃនប់",
    "The child's guardian, aged 40–45, lives in Phnom Penh; see article 7(2) of the law.",
]


def parts(text: str) -> list[str]:
    cuts = [0, *break_points(text), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(cuts)]


@pytest.mark.parametrize("text", SENTENCES)
def test_no_part_begins_or_ends_with_a_forbidden_character(text: str) -> None:
    pieces = parts(text)
    assert len(pieces) > 3
    assert "".join(pieces) == text
    for piece in pieces[1:]:
        assert piece[0] not in NEVER_FIRST
        assert not piece[0].isspace()
    for piece in pieces[:-1]:
        assert piece[-1] not in NEVER_LAST


@pytest.mark.parametrize("text", SENTENCES)
def test_breaks_never_cut_a_cluster(text: str) -> None:
    edges, position = set(), 0
    for cluster in clusters(text):
        edges.add(position)
        position += len(cluster)
    assert position == len(text)
    assert set(break_points(text)) <= edges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ក្រសួងយុត្តិធម៌", ["ក្រសួង", "យុត្តិធម៌"]),
        ("ព្រះរាជាណាចក្រកម្ពុជា", ["ព្រះរាជាណាចក្រកម្ពុជា"]),
        ("ឪពុកម្តាយ", ["ឪពុកម្តាយ"]),
        ("ផ្សេងៗ", ["ផ្សេងៗ"]),
        ("១២៣,៤៥៦.៧៨៛", ["១២៣,៤៥៦.៧៨៛"]),
        ("ឆ្នាំ២០២៦", ["ឆ្នាំ២០២៦"]),
        ("A/ក្រសួង", ["A/", "ក្រសួង"]),
        ("UNICEFស្ត្រី", ["UNICEF", "ស្ត្រី"]),
        ("anti-social", ["anti-", "social"]),
        ("2026-11-24", ["2026-11-24"]),
        ("a b  c", ["a ", "b  ", "c"]),
        ("a\u00a0b", ["a\u00a0b"]),
        ("បាន\u2060ឃើញ", ["បាន\u2060ឃើញ"]),
        ("កខ\u200bគឃ", ["កខ\u200b", "គឃ"]),
        ("ការ ។", ["ការ ។"]),
        ("", [""]),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_display_text_only_gains_zero_width_spaces_inside_khmer() -> None:
    for text in SENTENCES:
        shown = with_breaks(text)
        assert shown.replace("\u200b", "") == text
        assert " \u200b" not in shown
    assert with_breaks(SENTENCES[-1]) == SENTENCES[-1]
    assert with_breaks("ក្រសួងយុត្តិធម៌") == "ក្រសួង\u200bយុត្តិធម៌"


def test_clusters_are_what_a_reader_sees_as_one_letter() -> None:
    assert clusters("ស្ត្រី ខ្ញុំa១") == ("ស្ត្រី", " ", "ខ្ញុំ", "a", "១")


def test_the_model_is_read_anew_for_the_next_text_once_it_was_let_go_of() -> None:
    _word_ends.cache_clear()
    break_points.cache_clear()
    before = {text: break_points(text) for text in SENTENCES}
    assert khmercut.tagger is not None
    let_go_of_model()
    assert khmercut.tagger is None
    _word_ends.cache_clear()
    break_points.cache_clear()
    assert {text: break_points(text) for text in SENTENCES} == before
    assert khmercut.tagger is not None
