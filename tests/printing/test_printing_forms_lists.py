"""The week sheet and the list of the children that are held, as text of their blocks, in both languages.

--rewrite writes the golden texts anew; look at what changed before committing it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pypdfium2
import pytest

from casemgr.clock import local
from casemgr.i18n import Words
from casemgr.printing.blocks import Heading, Note, Paper, TableBlock, as_text
from casemgr.printing.document import BOTTOM, LEFT, RIGHT
from casemgr.printing.forms import week_sheet, where_list
from casemgr.printing.page import draw
from casemgr.records.office import OfficeSettings

A4_WIDTH = 595.3
OFFICE = OfficeSettings(code="SR", name_km="អង្គការដើម្បីកុមារ", name_en="Organisation for Children")
FIRST = date(2026, 11, 24)
LONG_NAME = "ព្រះរាជពង្សាវតារសុវណ្ណមុនីរតនសោភ័ណ ចាន់ដារ៉ាវិសាល"
CUSTODY, LAWYER, REPORT = "End of police custody", "Lawyer with the child", "Social inquiry report due"


def words(language: str) -> Words:
    return Words(language, "khmer" if language == "km" else "western")


def row(number: int, due: datetime, what: str = REPORT, *, whole_day: bool = False, over: bool = False,
        child: str = "SR-C-0001") -> week_sheet.WeekRow:  # fmt: skip
    return week_sheet.WeekRow(due, whole_day, what, f"SR-2026-{number:04}", child, over, what == CUSTODY)


WEEK = (
    row(1, local(2026, 11, 21, 23, 59), whole_day=True, over=True),
    row(2, local(2026, 11, 24, 8, 15), CUSTODY, over=True, child="SR-C-0002"),
    row(3, local(2026, 11, 24, 19, 30), LAWYER, child="SR-C-0003"),
    row(4, local(2026, 11, 24, 23, 59), whole_day=True),
    row(5, local(2026, 11, 30, 23, 59), whole_day=True, child=LONG_NAME),
)
HELD = (
    where_list.WhereLine(
        "SR-C-0003", "SR-2026-0003", "ពន្ធនាគារខេត្តសៀមរាប", "Pre-trial detention", date(2026, 9, 1), 85,
        local(2026, 12, 10, 8, 0), date(2026, 10, 1), local(2026, 9, 2, 9, 0), ("Held with adults", "Over the limit"),
    ),
    where_list.WhereLine(
        LONG_NAME, "SR-2026-0001", "អធិការដ្ឋាននគរបាលក្រុងសៀមរាប", "Police custody", local(2026, 11, 22, 20, 15), 3,
        None, None, None, (),
    ),
    where_list.WhereLine("SR-C-0009", "SR-2026-0009", "", "Police custody", None, None, None, None, None, ()),
)  # fmt: skip


def sheet(language: str, rows: tuple[week_sheet.WeekRow, ...] = WEEK, whose: str | None = "ចាន់ ស្រីនិច") -> Paper:
    return week_sheet.compose(rows, FIRST, FIRST, whose, OFFICE, words(language))


def held(language: str, lines: tuple[where_list.WhereLine, ...] = HELD) -> Paper:
    return where_list.compose(lines, FIRST, None, OFFICE, words(language))


PAPERS = {
    "week-sheet-filled": sheet,
    "week-sheet-empty": lambda language: sheet(language, (), None),
    "who-is-where-filled": held,
    "who-is-where-empty": lambda language: held(language, ()),
}


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("name", PAPERS)
def test_golden(name: str, language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}-{language}", as_text(PAPERS[name](language)))


def tables(paper: Paper) -> dict[str, TableBlock]:
    """Return each table by the heading before it."""
    blocks = list(paper.blocks)
    return {
        before.text: block
        for before, block in pairwise(blocks)
        if isinstance(before, Heading) and isinstance(block, TableBlock)
    }


def test_every_day_of_the_week_has_its_table_and_what_is_over_stands_first() -> None:
    found = tables(sheet("en"))
    assert list(found) == [
        "Over", "Tuesday, 24 November 2026", "Wednesday, 25 November 2026", "Thursday, 26 November 2026",
        "Friday, 27 November 2026", "Saturday, 28 November 2026", "Sunday, 29 November 2026",
        "Monday, 30 November 2026",
    ]  # fmt: skip
    assert [cells[2] for table in found.values() for cells in table.rows] == [each.case_number for each in WEEK]
    assert [cells[0] for cells in found["Over"].rows] == ["21-11-2026", "24-11-2026 08:15"]
    assert [cells[0] for cells in found["Tuesday, 24 November 2026"].rows] == ["19:30", "–"]
    assert all(table.blank_rows == (name != "Over") for name, table in found.items())


def test_what_is_due_before_the_first_day_and_not_over_yet_is_not_lost() -> None:
    tomorrow = row(7, local(2026, 11, 25, 9))
    later = week_sheet.compose((tomorrow,), date(2026, 11, 28), FIRST, None, OFFICE, words("en"))
    found = tables(later)
    assert [cells[2] for cells in found["Due before these days"].rows] == ["SR-2026-0007"]
    assert "Over" not in found


def test_a_limit_that_no_lawyer_has_confirmed_is_no_law_on_paper() -> None:
    assert "End of police custody *" in as_text(sheet("en"))
    assert isinstance(sheet("en").blocks[-1], Note)
    assert not any(isinstance(block, Note) for block in sheet("en", WEEK[:1]).blocks)


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("count", [0, 5, 60])
def test_the_pages_can_be_drawn_and_nothing_sticks_out(count: int, language: str) -> None:
    rows = tuple(
        row(at, local(2026, 11, 23, 8) + timedelta(hours=3 * at), CUSTODY if at % 2 else LAWYER, child=LONG_NAME,
            over=at < 8)
        for at in range(count)
    )  # fmt: skip
    lines = tuple(HELD[at % 3] for at in range(count))
    for paper in (sheet(language, rows), held(language, lines)):
        with pypdfium2.PdfDocument(draw(paper, words(language))) as document:
            text = "".join(page.get_textpage().get_text_range() for page in document)
            for page in document:
                for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
                    left, bottom, right, _ = found.get_bounds()
                    assert LEFT - 2 <= left <= right <= A4_WIDTH - RIGHT + 2
                    assert bottom >= BOTTOM - 2
        numbers = {cells[2] for table in tables(paper).values() for cells in table.rows}
        assert [number for number in numbers if number not in text] == []


def test_a_paper_of_no_case_has_no_line_for_a_case_number() -> None:
    for language in ("km", "en"):
        with pypdfium2.PdfDocument(draw(sheet(language, ()), words(language))) as document:
            page = document[0].get_textpage().get_text_range()
        assert page.count(words(language).text("Case number")) == week_sheet.DAYS  # the heads of the tables alone
