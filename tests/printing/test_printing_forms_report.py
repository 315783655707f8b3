"""The social inquiry report as text of its blocks, in both languages, filled and blank.

--rewrite writes the golden texts anew; look at what changed before committing it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from copying import ENGINES, copied_differs
from hard_strings import SENTENCE
from sample_case import OFFICE, Kept, sample

from casemgr.clock import PartialDate, local
from casemgr.i18n import Words
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Paper,
    TableBlock,
    Ticks,
    as_text,
)
from casemgr.printing.document import BOTTOM, LEFT, RIGHT
from casemgr.printing.forms import Wanted
from casemgr.printing.forms.social_inquiry_report import INTERNAL, MADE, compose
from casemgr.printing.page import draw
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Kind, fields_of
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import AllegedOffence, Hiv, ReportStatus
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.trouble import NoSuch

A4_WIDTH = 595.3
LONG_NAME = "ព្រះរាជពង្សាវតារសុវណ្ណមុនីរតនសោភ័ណ"


def material(*records: CaseRecord, addenda: Sequence[Addendum] = ()) -> Kept:
    return Kept(sample(Child), sample(Case), [sample(Offence)], [sample(Arrest), *records], addenda)


def submitted() -> Kept:
    report = sample(SocialInquiry, status=ReportStatus.SUBMITTED)
    late = Addendum(report_id=report.id, section="2", text="ឪពុកបានត្រឡប់មកផ្ទះវិញ។", written_at=local(2026, 12, 6, 9))
    return material(report, addenda=[late, Addendum(report_id=uuid4(), text="of another report")])


def paper(file: Kept | None, language: str, **named: Any) -> Paper:
    words = Words(language, "khmer" if language == "km" else "western")
    return compose(Wanted(words, OFFICE, file, at=local(2026, 12, 1), **named))


def answers(of: Paper) -> dict[str, str | None]:
    found = [block for block in of.blocks if isinstance(block, Answer)]
    found += [answer for block in of.blocks if isinstance(block, AnswerGrid) for answer in block.answers]
    return {answer.label.lstrip("0123456789. "): answer.value for answer in found}


@pytest.mark.parametrize("language", ["km", "en"])
def test_golden(language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"social-inquiry-report-addenda-{language}", as_text(paper(submitted(), language)))


def test_the_blank_form_asks_everything_that_is_not_restricted() -> None:
    blank = paper(None, "en")
    asked = as_text(blank)
    for info in fields_of(SocialInquiry):
        if info.group and info.group.key not in ("signatures", "handover") and not info.computed:
            elsewhere = info.name.startswith(("father_", "mother_")) or info.name in MADE
            kept_back = info.restricted or info.name in INTERNAL
            assert elsewhere or (info.label in asked) is not kept_back, info.name
    assert not any(ticked for block in blank.blocks if isinstance(block, Ticks) for _, ticked in block.options)
    assert all(value is None for value in answers(blank).values())
    assert not blank.draft


def test_restricted_answers_are_printed_only_when_asked() -> None:
    file = material(sample(SocialInquiry, hiv=Hiv.POSITIVE))
    assert "HIV" not in as_text(paper(file, "en"))
    assert answers(paper(file, "en", with_restricted=True))["HIV status"] == "Positive"


def test_a_case_without_a_report_gives_the_form_with_what_is_known() -> None:
    begun = paper(material(), "en")
    assert begun.case_number == "SR-2026-0001"
    assert not begun.draft
    assert answers(begun)["Family name in Khmer"] == "ចាន់"
    assert answers(begun)["Author"] is None
    assert any(ticked for block in begun.blocks if isinstance(block, Ticks) for _, ticked in block.options)


def test_which_report_is_printed() -> None:
    old, new = (sample(SocialInquiry, id=uuid4(), facts=facts) for facts in ("OLD", "NEW"))
    file = material(old, new)
    facts = "The facts as the child tells them"
    assert answers(paper(file, "en"))[facts] == "NEW"
    assert answers(paper(file, "en", record_id=old.id))[facts] == "OLD"
    old.status = ReportStatus.SUBMITTED
    assert answers(paper(file, "en"))[facts] == "OLD"
    assert not paper(file, "en").draft
    assert paper(file, "en", record_id=new.id).draft
    with pytest.raises(NoSuch):
        paper(file, "en", record_id=uuid4())


@pytest.mark.parametrize(
    ("born", "days", "told"),
    [
        ("2011-03-12", ["2026-11-21"], "15 years"),
        ("2010", ["2026-11-21"], "15 to 16 years, age in doubt"),
        ("2011-03-12", ["2026-03-11", "2026-03-12"], "14 years; 15 years"),
        (None, ["2026-11-21"], None),
        ("2011-03-12", [], None),
    ],
)
def test_the_age_at_the_offence(born: str | None, days: list[str], told: str | None) -> None:
    alleged = tuple(
        AllegedOffence(category=None, article=None, offence_class=None, committed_on=PartialDate.parse(day), place=None)
        for day in days
    )
    report = sample(SocialInquiry, born=PartialDate.parse(born) if born else None, offences=alleged)
    assert answers(paper(material(report), "en"))["Age at the offence"] == told


def test_an_unanswered_question_leaves_dots_and_one_that_does_not_arise_is_left_out() -> None:
    told = answers(paper(material(sample(SocialInquiry, wishes=None, substances=())), "en"))
    assert told["Wishes for the future"] is None
    assert "Since when" not in told


def test_what_the_court_made_of_it_stays_off_the_courts_copy() -> None:
    text = as_text(paper(submitted(), "en"))
    assert "Recommendation followed?" not in text
    assert "Delivered to" in text


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_pages_can_be_drawn_and_carry_the_answers(language: str) -> None:
    blank, filled = (draw(paper(file, language), Words(language)) for file in (None, submitted()))
    for data, most in ((blank, 10), (filled, 8)):
        with pypdfium2.PdfDocument(data) as document:
            assert 5 <= len(document) <= most
    with pypdfium2.PdfDocument(filled) as document:
        text = "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    assert "SR-2026-0001" in text
    assert "ចាន់" in text


def long_report() -> SocialInquiry:
    """A report whose every answer in words is long, its tables of many lines, its names longer than any column."""
    report = sample(SocialInquiry)
    for info in fields_of(SocialInquiry):
        value = getattr(report, info.name)
        if info.row is not None:
            long = {
                column.name: f"{LONG_NAME} {LONG_NAME}"
                for column in fields_of(info.row)
                if column.kind is not Kind.PLACE and isinstance(getattr(value[0], column.name), str)
            }
            setattr(report, info.name, tuple(replace(row, **long) for row in value) * 4)
        elif info.group is not None and isinstance(value, str) and info.kind is not Kind.PLACE:
            setattr(report, info.name, " ".join([SENTENCE] * 14) if info.kind is Kind.TEXT else f"{LONG_NAME} ក")
    return report


@pytest.mark.each_once
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["filled", "blank", "long"])
def test_the_copied_text_is_what_was_written(kind: str, engine: str) -> None:
    file = {"filled": submitted, "blank": lambda: None, "long": lambda: material(long_report())}[kind]()
    made = paper(file, "km")
    assert copied_differs(made, draw(made, Words("km", "khmer")), engine) == []


def test_nothing_of_a_long_report_sticks_out_of_its_page_or_column() -> None:
    with pypdfium2.PdfDocument(draw(paper(material(long_report()), "km"), Words("km"))) as document:
        for page in document:
            for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
                left, bottom, right, top = found.get_bounds()
                assert LEFT - 2 <= left <= right <= A4_WIDTH - RIGHT + 2
                assert BOTTOM - 2 <= bottom <= top


@pytest.mark.parametrize("kind", ["blank", "long"])
def test_all_who_sign_do_so_on_one_page(kind: str) -> None:
    words = Words("km")
    file = material(long_report()) if kind == "long" else None
    pages = ENGINES["pdfium"](draw(paper(file, "km"), words))
    signing = ("Supervisor", "Social agent", "Parent or guardian", "Thumbprint", "Seal")
    roles = [words.text(role) for role in signing]
    assert any(all(role in page for role in roles) for page in pages)


def test_practice_and_office_stand_on_the_paper() -> None:
    office = OfficeSettings(code="SR", name_km="ក", name_en="B", practice=True)
    made = compose(Wanted(Words("en"), office, submitted()))
    assert (made.practice, made.office) == (True, "B")
    assert replace(made, practice=False) != made


def test_every_table_has_a_width_for_each_column() -> None:
    tables = [block for block in paper(submitted(), "en").blocks if isinstance(block, TableBlock)]
    assert len(tables) == 10
    assert all(len(table.widths) == len(table.heads) for table in tables)
    assert all(len(row) == len(table.heads) for table in tables for row in table.rows)


def test_of_several_reports_the_one_submitted_last_is_printed() -> None:
    reports = [
        sample(SocialInquiry, status=ReportStatus.SUBMITTED, submitted_at=local(2026, 12, day), facts=f"day {day}")
        for day in (5, 4)
    ]
    assert "day 5" in as_text(paper(material(*reports), "en"))
