"""Whole papers: what stands on every page, tables over pages, dotted lines, golden text."""

import gc
import io
from dataclasses import replace

import pypdfium2
import pytest
from copying import pdfium_pages, poppler_pages
from hard_strings import MIXED, SENTENCE

from casemgr.i18n import Words
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    CutLine,
    Heading,
    Note,
    PageBreak,
    Paper,
    Points,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Ticks,
    Together,
    as_text,
)
from casemgr.printing.content import Span
from casemgr.printing.document import BOTTOM, LEFT, PAGE_OF, PRACTICE, WIDTH
from casemgr.printing.locking import locked
from casemgr.printing.page import draw, joined

KM, EN = Words("km", "khmer"), Words("en")
ROWS = [[f"ឈ្មោះទី {n}", "ស្រី", str(n), SENTENCE if n % 7 == 0 else "សិស្ស"] for n in range(1, 61)]
BLOCKS: list[Block] = [
    Heading("១", "អត្តសញ្ញាណកុមារ"),
    AnswerGrid([Answer("ឈ្មោះ", "កុមារ សាកល្បង"), Answer("ភេទ", "ប្រុស"), Answer("លេខទូរស័ព្ទ", None)]),
    Answer("អាសយដ្ឋាន", "ភូមិបឹងវែង ឃុំវាលរេញ"),
    Answer("អ្នកថែទាំ", None),
    Ticks("រស់នៅជាមួយ", [("ឪពុកម្តាយ", True), ("ជីដូនជីតា", False), ("មិនដឹង", False)]),
    Heading("១.១", "សាច់រឿង", 2),
    Answer("តើមានអ្វីកើតឡើង?", SENTENCE, lines=3),
    Answer("តើត្រូវធ្វើអ្វីបន្ត?", None, lines=4),
    Text([SENTENCE, " ", Span("ចំណុចសំខាន់៖", bold=True), " ", MIXED]),
    Note("ប្រភព៖ មាត្រា ១៩។"),
    TableBlock(["ឈ្មោះ", "ភេទ", "លេខ", "មុខរបរ"], ROWS, [3, 1, 1, 4], blank_rows=2),
    PageBreak(),
    Signatures([Signer("ភ្នាក់ងារសង្គម", "ចាន់ សាកល្បង", "២៤-១១-២០២៦"), Signer("មេឃុំ", seal=True),
                Signer("កុមារ", thumbprint=True), Signer("អាណាព្យាបាល", thumbprint=True)]),
]  # fmt: skip
PAPER = Paper("social-inquiry-report", "1", "របាយការណ៍អង្កេតសង្គម", "អង្គការសាកល្បង", "SR-2026-0001", BLOCKS)


def pages_of(paper: Paper, words: Words = KM) -> list[str]:
    return pdfium_pages(draw(paper, words))


def objects_of(data: bytes) -> list[int]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [sum(1 for _ in page.get_objects()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("words", [KM, EN], ids=["km", "en"])
def test_every_page_says_which_it_is_and_of_what_case(words: Words) -> None:
    pages = pages_of(PAPER, words)
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert words.text(PAGE_OF, page=words.number(number), pages=words.number(len(pages))) in page
        assert "SR-2026-0001" in page
        assert "social-inquiry-report" in page


def test_practice_stands_on_each_page_when_asked_and_only_then() -> None:
    assert all(KM.text(PRACTICE) in page for page in pages_of(replace(PAPER, practice=True)))
    assert not any(KM.text(PRACTICE) in page for page in pages_of(PAPER))


def test_draft_mark_is_drawn_on_each_page_but_never_copied() -> None:
    plain, draft = draw(PAPER, EN), draw(replace(PAPER, draft=True), EN)
    assert pdfium_pages(plain) == pdfium_pages(draft)
    assert all(more > less for less, more in zip(objects_of(plain), objects_of(draft), strict=True))


def test_same_paper_same_bytes() -> None:
    assert draw(PAPER, KM) == draw(PAPER, KM)
    assert draw(PAPER, KM) != draw(replace(PAPER, case_number="SR-2026-0002"), KM)


def table_pages(pages: list[str]) -> list[str]:
    return [page for page in pages if "ឈ្មោះទី" in page]


def test_tables_split_over_pages_and_repeat_their_heads() -> None:
    pages = table_pages(pages_of(PAPER))
    assert len(pages) >= 2
    assert all("មុខរបរ" in page for page in pages)
    joined = "".join(pages)
    for row in ROWS:
        assert joined.count(f"{row[0]} ") == 1


def test_a_row_longer_than_a_page_is_split_and_complete() -> None:
    story = " ".join(f"{n}. {SENTENCE}" for n in range(1, 41))
    table = TableBlock(["លេខ", "សាច់រឿង"], [["១", story]], [1, 3])
    pages = pages_of(replace(PAPER, blocks=[table]))
    assert len(pages) >= 3
    body = "".join(pages).replace("\n", "")
    assert all(f"{n}. កុមារ" in body for n in range(1, 41))


@pytest.mark.parametrize("count", [29, 30, 31])
def test_a_row_over_two_pages_keeps_its_short_cells_and_its_margins(count: int) -> None:
    row = ["១", SENTENCE, " ".join([SENTENCE] * count), "ចុង"]
    document = pypdfium2.PdfDocument(draw(replace(PAPER, blocks=[TableBlock("កខគឃ", [row], [1, 2, 3, 1])]), KM))
    try:
        kinds = [pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
        texts = [found.get_bounds() for page in document for found in page.get_objects(filter=kinds, max_depth=1)]
        pages = len(document)
    finally:
        document.close()
    edge = LEFT + WIDTH * 6 / 7  # where the third column ends
    assert pages == 3
    assert not [each for each in texts if each[0] < edge - 10 and each[2] > edge and each[1] > BOTTOM and each[3] < 700]


def test_long_answers_come_back_whole_from_both_engines() -> None:
    story = " ".join([SENTENCE, MIXED] * 2)
    data = draw(replace(PAPER, blocks=[Answer("សាច់រឿង", story, lines=5)]), KM)
    for engine in (pdfium_pages, poppler_pages):
        assert story in "".join(engine(data)).replace("\n", "")


def test_an_answer_too_long_for_its_column_takes_the_page() -> None:
    story = " ".join([SENTENCE] * 30)
    grid = AnswerGrid([Answer("ឈ្មោះ", "កុមារ"), Answer("សាច់រឿង", story), Answer("ភេទ", "ប្រុស")])
    body = "".join(pages_of(replace(PAPER, blocks=[grid]))).replace("\n", "")
    assert body.count(SENTENCE) >= 29  # one may be cut by the foot of a page
    assert body.index("កុមារ") < body.index("សាច់រឿង") < body.index("ប្រុស")


def test_grids_and_dotted_lines_go_on_over_the_page() -> None:
    answers = [Answer(f"ល{n:03}", f"ច{n:03}") for n in range(1, 121)]
    pages = pages_of(replace(PAPER, blocks=[AnswerGrid(answers), Answer("សល់", None, lines=60)]))
    assert len(pages) >= 4
    joined = "".join(pages)
    assert all(joined.count(f"ច{n:03}") == 1 for n in range(1, 121))
    options = [(f"ជម្រើសវែង {SENTENCE}", True), ("ខ្លី", False)]
    (page,) = pages_of(replace(PAPER, blocks=[Ticks("សំណួរ", options)]))
    assert SENTENCE in page.replace("\n", "")


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for lines in range(1, 40):
        blocks = [Answer("ក", None, lines=lines), Heading("២", "ក្បាលចំណងជើង"), Text(SENTENCE)]
        for page in pages_of(replace(PAPER, blocks=blocks)):
            assert ("ក្បាលចំណងជើង" in page) == ("កុមារមានទំនាស់" in page)


def test_labels_and_remarks_stay_with_what_they_belong_to() -> None:
    boxes = Ticks("សំណួរប្រអប់", [(f"ជម្រើសទី{n} {SENTENCE[:30]}", False) for n in range(12)])
    for lines in range(8, 34):
        blocks = [Answer("ក", None, lines=lines), Heading("២", "ចំណងជើង"), Note("កំណត់ចំណាំ"), boxes]
        for page in pages_of(replace(PAPER, blocks=blocks)):
            assert len({text in page for text in ("ចំណងជើង", "កំណត់ចំណាំ", "សំណួរប្រអប់", "ជម្រើសទី0")}) == 1


@pytest.mark.parametrize("before", range(20, 34))
def test_what_is_cut_off_stands_whole_on_one_page_with_its_heading(before: int) -> None:
    slip = Together((CutLine(), Heading("", "SLIP"), Answer("FIRST", None), Answer("LAST", None)))
    blocks = [*[Text(f"line {n}", align="left") for n in range(before)], Heading("", "REPLY"), slip]
    pages = pages_of(Paper("x", "1", "T", blocks=blocks), EN)
    assert [page for page in pages if "REPLY" in page] == [page for page in pages if "FIRST" in page and "LAST" in page]


@pytest.mark.parametrize("before", range(24, 34))
def test_a_last_question_in_two_languages_never_stands_alone(before: int) -> None:
    blocks = [*[Text(f"line {n}", align="left") for n in range(before)], Answer("ចុងក្រោយ\nLAST", "ចប់")]
    pages = pages_of(Paper("x", "1", "T", blocks=blocks))
    assert all("line " in page for page in pages if "LAST" in page)


def test_points_keep_their_numbers_and_hang_behind_them() -> None:
    long = " ".join(["word"] * 60)
    pages = pages_of(
        Paper("x", "1", "T", blocks=[Points([f"{long} {n}" for n in range(40)], [f"{n}." for n in range(40)])]), EN
    )
    assert len(pages) > 1
    assert all(f"{n}. word" in " ".join(pages).replace("\n", " ") for n in range(40))


def test_a_second_language_stands_below_each_label_and_is_smaller() -> None:
    blocks: list[Block] = [
        Heading("", "ក្បាល\nHEAD"), AnswerGrid([Answer("ឈ្មោះ\nNAME", "ក"), Answer("ភេទ\nSEX", None)]),
        Answer("អ្វី\nWHAT", None, 3), Ticks("បាន\nDONE", [("ទេ", False)]), TableBlock(["មុខ\nCOLUMN"], [["ខ"]]),
        Signatures([Signer("កុមារ\nCHILD")]), Points(["មួយ\nONE"]),
    ]  # fmt: skip
    data = draw(Paper("x", "1", "ចំណងជើង\nTITLE", blocks=blocks), KM)
    text = " ".join(pdfium_pages(data))
    for word in ("HEAD", "NAME:", "SEX:", "WHAT:", "DONE:", "COLUMN", "CHILD", "ONE", "TITLE"):
        assert word in text
    assert "ឈ្មោះ៖" in text
    assert as_text(Paper("x", "1", "ក\nA", blocks=blocks)).startswith("ក / A | x 1")


def test_missing_answers_leave_dotted_lines_instead() -> None:
    def dots(value: str | None) -> int:
        data = draw(replace(PAPER, blocks=[Answer("ក", value, lines=6), Answer("ខ", value)]), KM)
        document = pypdfium2.PdfDocument(data)
        try:
            return sum(1 for found in document[0].get_objects() if found.type == 2)  # paths
        finally:
            document.close()

    assert dots(None) - dots("ចម្លើយ") == 7


def test_blank_paper_leaves_the_case_number_open() -> None:
    blank = replace(PAPER, case_number=None, office="", head=False, blocks=[])
    (page,) = pages_of(blank)
    assert "SR-" not in page
    assert PAPER.title in page


def test_golden_text() -> None:
    paper = replace(PAPER, blocks=[*BLOCKS[:10], TableBlock(["ក", "ខ"], [["១", None]], blank_rows=2), *BLOCKS[11:]])
    assert (
        as_text(replace(paper, practice=True))
        == f"""\
របាយការណ៍អង្កេតសង្គម | social-inquiry-report 1 | SR-2026-0001 | PRACTICE
អង្គការសាកល្បង

# ១ អត្តសញ្ញាណកុមារ
ឈ្មោះ: កុមារ សាកល្បង
ភេទ: ប្រុស
លេខទូរស័ព្ទ: ____
អាសយដ្ឋាន: ភូមិបឹងវែង ឃុំវាលរេញ
អ្នកថែទាំ: ____
រស់នៅជាមួយ: [x] ឪពុកម្តាយ  [ ] ជីដូនជីតា  [ ] មិនដឹង

## ១.១ សាច់រឿង
តើមានអ្វីកើតឡើង?: {SENTENCE}
តើត្រូវធ្វើអ្វីបន្ត?: ________________
{SENTENCE} ចំណុចសំខាន់៖ {MIXED}
> ប្រភព៖ មាត្រា ១៩។
ក | ខ
១ |{" "}
(2 blank rows)
---
signs / ភ្នាក់ងារសង្គម / ចាន់ សាកល្បង / ២៤-១១-២០២៦
signs / មេឃុំ / ____ / ____ / seal
signs / កុមារ / ____ / ____ / thumbprint
signs / អាណាព្យាបាល / ____ / ____ / thumbprint
"""
    )


def test_what_papers_were_made_of_goes_at_once_and_not_with_the_next_search_for_garbage() -> None:
    def made() -> int:
        return len(locked(io.BytesIO(joined([draw(PAPER, KM) for _ in range(3)])), "four words make one"))

    made()  # what is loaded and remembered with the first stays
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        assert made() > 10_000
        assert len(gc.get_objects()) - before < 1000  # of some 30,000
    finally:
        gc.enable()
