"""Long lists on paper: across, headings and number of pages on each, whole rows, Khmer that is copied as written."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pypdfium2
import pytest
from copying import ENGINES, pdfium_pages
from hard_strings import HARD, MIXED, SENTENCE

from casemgr.i18n import Words
from casemgr.printing import list_pages
from casemgr.printing.every_page import PAGE_OF, PRACTICE
from casemgr.printing.list_pages import BOTTOM, LEFT, PAGE, RIGHT
from casemgr.printing.list_paper import MOST_ROWS, ListPaper
from casemgr.printing.locking import MOST_BYTES
from casemgr.printing.page import draw_list
from casemgr.trouble import Refusal

KM, EN = Words("km", "khmer"), Words("en")
CANARY = "ស្ងួនសាកល្បង"
ROWS = [[f"ន{n:04}", "ស្រី", f"{n * 1000:,} ៛", SENTENCE if n % 9 == 0 else "សិស្ស"] for n in range(1, 201)]
LIST = ListPaper(
    "បញ្ជីកុមារ", [["លេខ", "ភេទ", "ប្រាក់", "មុខរបរ"], ["Number", "Sex", "Money", "Occupation"]], ROWS, [2, 1, 2, 4],
    frozenset({2}), "អង្គការសាកល្បង", "សៀមរាប, ២៤-១១-២០២៦", [f"និយមន័យទី{n} {SENTENCE}" for n in (1, 2)],
)  # fmt: skip
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext of poppler")


def drawn(paper: ListPaper, words: Words = KM, passphrase: str | None = None) -> bytes:
    target = io.BytesIO()
    rows = list(paper.rows)
    assert draw_list(replace(paper, rows=iter(rows)), words, target, passphrase) == len(rows)
    assert not target.closed
    return target.getvalue()


def of(*rows: list[str], **more: object) -> ListPaper:
    return replace(LIST, heads=[["ក", "ខ"]], rows=rows, widths=(), right=frozenset(), notes=[], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", [KM, EN], ids=["km", "en"])
def test_every_page_has_headings_title_and_number(words: Words) -> None:
    pages = pdfium_pages(drawn(LIST, words))
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert words.text(PAGE_OF, page=words.number(number), pages=words.number(len(pages))) in page
        assert LIST.title in page
        if "និយមន័យ" not in page:
            assert "Occupation" in page
            assert "មុខរបរ" in page
    assert LIST.office in pages[0]
    assert LIST.made in pages[0]
    assert LIST.office not in pages[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_row_stands_there_once_and_notes_follow(engine: str) -> None:
    body = "".join(ENGINES[engine](drawn(LIST))).replace("\n", "")
    assert [body.count(row[0]) for row in ROWS] == [1] * len(ROWS)
    assert body.count("មុខរបរ") > 3
    assert body.index(ROWS[-1][0]) < body.index("និយមន័យទី1") < body.index("និយមន័យទី2")


def test_it_lies_across_and_nothing_sticks_out() -> None:
    document = pypdfium2.PdfDocument(drawn(LIST))
    try:
        sizes = {tuple(map(round, page.get_size())) for page in document}
        texts = [found.get_bounds() for page in document
                 for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1)]  # fmt: skip
    finally:
        document.close()
    assert sizes == {(842, 595)}
    left, bottom, right, top = (min(t[0] for t in texts), min(t[1] for t in texts), max(t[2] for t in texts),
                                max(t[3] for t in texts))  # fmt: skip
    assert left >= LEFT - 1
    assert right <= PAGE[0] - RIGHT + 1
    assert bottom >= BOTTOM - 4
    assert top <= PAGE[1] - 30


def test_amounts_stand_at_the_right() -> None:
    def ends(paper: ListPaper) -> set[int]:
        document = pypdfium2.PdfDocument(drawn(paper, EN))
        try:
            page = document[0].get_textpage()
            found = page.search("៛")
            places = [page.get_charbox(place[0]) for place in iter(found.get_next, None)]
        finally:
            document.close()
        return {round(place[2]) for place in places}

    assert len(ends(LIST)) == 1
    assert len(ends(replace(LIST, right=frozenset()))) > 1


@pytest.mark.parametrize("engine", ENGINES)
def test_hard_khmer_is_copied_as_written(engine: str) -> None:
    paper = of(*([text, MIXED] for text in HARD))
    body = "".join(ENGINES[engine](drawn(paper))).replace("\n", "")
    for text in HARD:
        assert text.strip() in body
    assert body.count(MIXED) >= len(HARD) - 3  # some are cut by the foot of a page


@pytest.mark.parametrize("lines", [20, 33, 34, 35, 80])
def test_a_row_longer_than_a_page_goes_on_and_is_complete(lines: int) -> None:
    story = "\n".join(f"បន្ទាត់{n:03}" for n in range(lines))
    for before in (0, 1, 14):
        pages = pdfium_pages(drawn(of(*[["មុន", "មុន"]] * before, ["ក្រោយ", story], ["ចុង", "ចុង"])))
        body = "".join(pages)
        assert [body.count(f"បន្ទាត់{n:03}") for n in range(lines)] == [1] * lines
        assert body.index(f"បន្ទាត់{lines - 1:03}") < body.index("ចុង")
        assert len(pages) <= 1 + (before + lines) // 30


def test_notes_go_on_over_the_page() -> None:
    paper = replace(of(["ក", "ខ"]), notes=[f"{n:03} {SENTENCE}" for n in range(80)])
    pages = pdfium_pages(drawn(paper))
    body = "".join(pages).replace("\n", "")
    assert len(pages) >= 2
    assert all(f"{n:03} កុមារ" in body for n in range(80))


def test_an_empty_list_has_its_headings() -> None:
    (page,) = pdfium_pages(drawn(replace(LIST, rows=[])))
    assert "Occupation" in page
    assert "និយមន័យ" in page


def test_practice_stands_on_each_page_when_asked_and_only_then() -> None:
    assert all(KM.text(PRACTICE) in page for page in pdfium_pages(drawn(replace(LIST, practice=True))))
    assert not any(KM.text(PRACTICE) in page for page in pdfium_pages(drawn(LIST)))


def test_same_list_same_bytes() -> None:
    assert drawn(LIST) == drawn(LIST)
    assert drawn(LIST) != drawn(replace(LIST, title="x"))


def test_the_file_names_its_title_and_nobody() -> None:
    document = pypdfium2.PdfDocument(drawn(replace(LIST, rows=[[CANARY] * 4])))
    try:
        about = document.get_metadata_dict()
    finally:
        document.close()
    assert about["Title"] == LIST.title
    assert about["Author"] == ""
    assert CANARY not in "".join(about.values())
    assert re.search(rb"/Lang \(km\)", drawn(LIST))


@pytest.mark.parametrize("heads", [[["ក"] * 60], [["វាលមួយដែលមានចំណងជើងវែង" * 4] * 20]])
def test_more_columns_than_paper_can_hold_are_refused(heads: list[list[str]]) -> None:
    with pytest.raises(Refusal, match="columns"):
        drawn(replace(LIST, heads=heads, rows=[], widths=()))


def test_a_row_with_a_cell_too_many_or_too_few_is_a_mistake() -> None:
    for row in (["a"] * 3, ["a"] * 5):
        with pytest.raises(ValueError, match="cells"):
            drawn(replace(LIST, rows=[row]))


PASSPHRASES = ["four mangoes", "ផ្លែស្វាយ", "é" * 16, "x" * MOST_BYTES, "ក" * (MOST_BYTES // 3)]


@pytest.mark.parametrize("passphrase", PASSPHRASES, ids=range(len(PASSPHRASES)))
def test_locked_the_passphrase_opens_it_and_nothing_else(passphrase: str) -> None:
    data = drawn(LIST, passphrase=passphrase)
    document = pypdfium2.PdfDocument(data, password=passphrase)
    try:
        assert ROWS[0][0] in document[0].get_textpage().get_text_range()
    finally:
        document.close()
    for wrong in (None, "", passphrase + "x", passphrase.upper() + " "):
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(data, password=wrong)


@needs_poppler
def test_locked_poppler_opens_it_with_the_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(drawn(LIST, passphrase="ផ្លែស្វាយ"))

    def said(*more: str) -> subprocess.CompletedProcess[str]:
        command = ["pdftotext", "-enc", "UTF-8", *more, str(path), "-"]
        return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")

    assert ROWS[0][0] in said("-upw", "ផ្លែស្វាយ").stdout
    assert "Incorrect password" in said().stderr
    assert "Incorrect password" in said("-upw", "x").stderr


def test_locked_nothing_in_it_can_be_read() -> None:
    data = drawn(replace(LIST, title="Canary title", rows=[[CANARY] * 4] * 50), passphrase="four mangoes")
    open_data = drawn(replace(LIST, title="Canary title"))
    for text in (CANARY, "Canary title", "four mangoes"):
        for coding in ("utf-8", "utf-16-be", "utf-16-le"):
            assert text.encode(coding) not in data
    assert b"Canary title" in open_data  # as it would be seen
    assert re.search(rb"/R 6\b", data)
    assert b"/AESV3" in data


def test_a_passphrase_no_pdf_can_have_is_refused() -> None:
    for passphrase in ("x" * (MOST_BYTES + 1), "ក" * 43):
        with pytest.raises(Refusal, match="too long"):
            drawn(LIST, passphrase=passphrase)
    with pytest.raises(ValueError, match="empty"):
        drawn(LIST, passphrase="")


class Text(str):
    """A text that is counted while it is alive."""

    alive: ClassVar[int] = 0

    def __init__(self, _: str) -> None:
        Text.alive += 1

    def __del__(self) -> None:
        Text.alive -= 1


def test_rows_already_drawn_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_pages, "_REMEMBERED", 50)
    alive: list[int] = []

    def rows() -> Iterator[list[str]]:
        for n in range(2000):
            yield [Text(f"{n:06}"), "ក"]
            alive.append(Text.alive)

    draw_list(replace(of(), rows=rows()), KM, io.BytesIO())
    assert 40 < max(alive) < 60


def test_a_list_too_long_for_paper_is_refused_before_all_of_it_is_read() -> None:
    rows = iter([["a", "b"]] * (MOST_ROWS + 2))
    with pytest.raises(Refusal, match="too long for paper"):
        draw_list(replace(of(), rows=rows), EN, io.BytesIO())
    assert len(list(rows)) == 1
    assert drawn(of(*[["a", "b"]] * 20))
