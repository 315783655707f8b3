"""The report of a period, as text of its blocks, in both languages: for the office, for outside, and nearly empty.

--rewrite writes the golden texts anew; look at what changed before committing it.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid5

import pypdfium2
import pytest

from casemgr.clock import local
from casemgr.i18n import LANGUAGES, Words
from casemgr.measures.cohort import LEVELS, Member, NewContact
from casemgr.measures.grounds import Ground
from casemgr.measures.index_events import IndexEvent, IndexKind
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.rows import ArrestRow, CaseRow, DetentionRow, Rows
from casemgr.measures.indicators.values import Period
from casemgr.measures.report import Report, report_for_outside, report_of
from casemgr.measures.sentences import CAVEATS
from casemgr.measures.small_cells import MASKED
from casemgr.printing.blocks import Paper, Picture, TableBlock, as_text
from casemgr.printing.document import BOTTOM, LEFT, RIGHT
from casemgr.printing.forms import quarterly_report as form
from casemgr.printing.page import draw
from casemgr.records.case import OffenceClass, ProcessStage
from casemgr.records.child import Sex
from casemgr.records.fields import Answer
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.detention_answers import DetentionBasis

A4_WIDTH = 595.3
OFFICE = OfficeSettings(code="SR", name_km="អង្គការដើម្បីកុមារ", name_en="Organisation for Children")
YEAR, AS_OF, MADE_ON = Period(date(2026, 1, 1), date(2026, 12, 31)), date(2027, 12, 31), date(2028, 1, 4)
TRAIL = form.TrailHead(1234, "0f" * 32)
SPACE = UUID(int=11)


def _id(what: str, number: int) -> UUID:
    return uuid5(SPACE, f"{what} {number}")


def _rows(count: int) -> Rows:
    """Children by turns, so that the same numbers come out each time."""
    cases = tuple(
        CaseRow(
            _id("case", at), _id("child", at), date(2026, 3, 1), sex=(Sex.MALE, Sex.MALE, Sex.FEMALE, None)[at % 4],
            province=("17", "12")[at % 2], classes=((OffenceClass.PETTY, OffenceClass.MISDEMEANOUR)[at % 2],),
            grounds={Ground.POVERTY: Answer.YES if at % 3 else Answer.NO, Ground.POLITICAL: Answer.NO},
        )
        for at in range(count)
    )  # fmt: skip
    arrests = tuple(
        ArrestRow(
            _id("case", at), date(2026, 3, 2), local(2026, 3, 2, 9),
            lawyer_at=local(2026, 3, 2, 12) if at % 3 else None, family_told=Answer.YES if at % 5 else None,
        )
        for at in range(count)
    )  # fmt: skip
    detentions = tuple(
        DetentionRow(
            _id("case", at), date(2026, 3, 3), date(2026, 3, 3) + timedelta(days=9 * at) if at % 4 else None,
            DetentionBasis.PRETRIAL,
        )
        for at in range(0, count, 2)
    )  # fmt: skip
    return Rows(cases, arrests, detentions, members=tuple(_member(at) for at in range(count)))


def _member(at: int) -> Member:
    began = date(2025, 1, 1)
    since = IndexEvent(_id("child", at), _id("case", at), _id("record", at), IndexKind.RELEASE, began)
    again = began + timedelta(days=40 + 5 * at)
    contacts = (NewContact(LEVELS[at % 2], again, None, again, confirmed=True),) if at % 3 == 0 else ()
    known = date(2027, 12, 1) if at % 7 else began + timedelta(days=100)
    return Member(since, contacts, known, sex=(Sex.MALE, Sex.FEMALE)[at % 4 == 0])


def report(count: int = 48) -> Report:
    order = list(ProcessStage)
    stages = [order[at % 5] if at % 11 else None for at in range(count)]
    return report_of(_rows(count), stages, YEAR, AS_OF)


def words(language: str) -> Words:
    return Words(language, "khmer" if language == "km" else "western")


def paper(found: Report, language: str, trail: form.TrailHead | None = TRAIL) -> Paper:
    return form.compose(found, MADE_ON, trail, OFFICE, words(language))


PAPERS = {
    "quarterly-report-office": lambda language: paper(report(), language),
    "quarterly-report-outside": lambda language: paper(report_for_outside(report()), language),
    "quarterly-report-empty": lambda language: paper(report_for_outside(report(0)), language, None),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_golden(name: str, language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}-{language}", as_text(PAPERS[name](language)))


@pytest.mark.each_once
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_can_be_drawn_and_nothing_sticks_out(name: str, language: str) -> None:
    with pypdfium2.PdfDocument(draw(PAPERS[name](language), words(language))) as document:
        for page in document:
            for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
                left, bottom, right, _ = found.get_bounds()
                assert LEFT - 2 <= left <= right <= A4_WIDTH - RIGHT + 3
                assert bottom >= BOTTOM - 2


def test_every_indicator_stands_there_with_what_it_counts() -> None:
    text = as_text(paper(report_for_outside(report()), "en"))
    for indicator in INDICATORS:
        assert f"{indicator.title}: {indicator.definition}" in text
    assert all(line in text for line in (*CAVEATS, *form.METHOD, form.WINDOWS_NOTE, MASKED))
    assert f"1,234, {'0f' * 32}" in text
    assert form.NO_TRAIL in as_text(paper(report(), "en", None))


def test_a_copy_for_outside_has_no_small_number_no_curve_and_no_political_ground() -> None:
    found = paper(report_for_outside(report(23)), "en")
    pictures = [block.chart.title for block in found.blocks if isinstance(block, Picture)]
    assert not [title for title in pictures if title.startswith("Reoffending over time")]
    assert Ground.POLITICAL.label not in as_text(found)
    tables = [block for block in found.blocks if isinstance(block, TableBlock)]
    groups = next(table for table in tables if table.heads[0] == "Split by")
    for cells in groups.rows:
        for cell in cells[2:]:
            unknown = re.search(r"not known: (\d+)", cell or "")
            first = re.match(r"\d+", cell or "")
            for hit in (first, unknown):
                number = int(re.sub(r"\D", "", hit.group())) if hit else 0
                assert number == 0 or number >= 5, cells
    inside = as_text(paper(report(23), "en"))
    assert "Reoffending over time" in inside
    assert Ground.POLITICAL.label in inside
    assert form.FOR_OFFICE_NOTE in inside


def test_below_ten_children_no_share_is_told() -> None:
    text = as_text(paper(report(9), "en"))
    windows = text[text.index("## New contact with the police") : text.index("## New finding of guilt")]
    assert "%" not in windows.replace("95% interval", "")
    assert form.NO_PICTURE in windows
