"""What is copied from a whole paper is what it says; and where it is not, that is told."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from copying import ENGINES, WORDS, copied_differs, written
from hard_strings import HARD, MIXED, SENTENCE

from casemgr.i18n import Words
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    Heading,
    Note,
    PageBreak,
    Paper,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Ticks,
    as_text,
)
from casemgr.printing.content import Span
from casemgr.printing.page import draw

KM = Words("km", "khmer")
LONG = [" ".join(f"{name}{n} {SENTENCE}" for n in range(count)) for name, count in (("ក", 40), ("ខ", 12))]
BLOCKS: Sequence[Block] = (
    Heading("1", "អត្តសញ្ញាណកុមារ"), Note("ប្រភព៖ មាត្រា ១៩។"),
    AnswerGrid([Answer("ឈ្មោះ", "កុមារ សាកល្បង"), Answer("ភេទ", "ប្រុស"), Answer("ទូរស័ព្ទ", None)]),
    Ticks("រស់នៅជាមួយ", [("ឪពុកម្តាយ", True), ("ជីដូនជីតា", False)]), Heading("១.១", "សាច់រឿង", 2),
    Answer("តើមានអ្វីកើតឡើង?", "\n".join([SENTENCE] * 9), lines=3), Answer("បន្ត", None, lines=3),
    Text([SENTENCE, " ", Span("ចំណុច ", bold=True, underline=True), MIXED]),
    *(Text(text) for text in HARD),
    TableBlock(["ឈ្មោះ", "ភេទ"], [[f"ទី {n}", "ស្រី"] for n in range(60)], blank_rows=2),
    TableBlock(["លេខ", "រឿង", "ចំណាំ"], [["១", *LONG]], [1, 3, 2]), PageBreak(),
    Signatures([Signer("ភ្នាក់ងារសង្គម", "ចាន់ សាកល្បង", "២៤-១១-២០២៦"), Signer("មេឃុំ", seal=True),
                Signer("កុមារ", thumbprint=True)]),
)  # fmt: skip
PAPER = Paper("trial-form", "1", "សាកល្បង", "អង្គការ", "SR-2026-0001", BLOCKS, made="ធ្វើនៅ សៀមរាប")


@pytest.mark.each_once
@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.language + words.digits)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("marks", [{}, {"practice": True, "draft": True, "case_number": None}], ids=["plain", "marked"])
def test_a_paper_of_every_block_is_copied_as_written(words: Words, engine: str, marks: dict[str, object]) -> None:
    paper = replace(PAPER, **marks)  # type: ignore[arg-type]
    assert copied_differs(paper, draw(paper, words), engine) == []


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ({"title": "សាកល្បងទៀត"}, ["copied, but not written: ទៀត"]),
        ({"blocks": BLOCKS[1:]}, ["written, but not copied: អត្តសញ្ញាណកុមារ"]),
        ({"blocks": [*BLOCKS, Text("Extra words")]}, ["copied, but not written: Extra words"]),
        ({"blocks": [*BLOCKS, Text("ប្រុស")]}, ["copied, but not written: ប្រុស"]),
        ({"case_number": "SR-2026-0002"}, ["written, but not copied: SR-2026-0001"]),
        ({"practice": True}, ["copied, but not written: ហ្វឹកហាត់"]),
    ],
)
def test_what_differs_is_told(drawn: dict[str, object], told: list[str]) -> None:
    differs = copied_differs(PAPER, draw(replace(PAPER, **drawn), KM))  # type: ignore[arg-type]
    assert [each for each in told if not any(one.startswith(each) for one in differs)] == []


def test_a_lost_space_is_told() -> None:
    paper = replace(PAPER, blocks=[Text("a house of stone")])
    other = replace(PAPER, blocks=[Text("a houseof stone")])
    assert copied_differs(paper, draw(other, KM))


def test_all_that_the_readable_text_says_is_asked_of_the_copy() -> None:
    """Of the text that reviewers read nothing is left but its marks, once all that is looked for is taken out."""
    text = as_text(PAPER)
    for stretch in sorted(filter(None, written(PAPER)), key=len, reverse=True):
        assert stretch in text or stretch == "1."
        text = text.replace(stretch, "", 1)
    marks = re.compile(r"trial-form 1|\(2 blank rows\)|signs|thumbprint|seal|\b1\b|[\s#|:>/_\-\[\]x]")
    assert marks.sub("", text) == ""
