"""What the papers of diversion, hearings and meetings hold and leave out, and when a case needs them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from sample_case import LANGUAGES, Kept, sample, wanted, words_in

from casemgr.clock import local, today
from casemgr.printing.blocks import Paper, Signatures, TableBlock, Ticks, as_text
from casemgr.printing.forms import FORMS, Form
from casemgr.printing.page import draw
from casemgr.records.base import CaseRecord
from casemgr.records.beside.conference import Conference, MeetingDecision
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Answer
from casemgr.records.pathway.court_answers import HearingOutcome, JudgmentResult, Penalty
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import LogEntry, Presence, ScreeningDecision
from casemgr.records.pathway.diversion_screening import DiversionScreening
from casemgr.records.pathway.hearing import Hearing
from casemgr.records.pathway.judgment import Judgment

SECRET = "ការពិតដែលលាក់"
BY = {form.name: form for form in FORMS}
TODAY = today()
DAY = timedelta(days=1)


def case(*records: CaseRecord) -> Kept:
    return Kept(sample(Child), sample(Case), [sample(Offence)], records)


def paper(name: str, *records: CaseRecord, **said: Any) -> Paper:
    return BY[name].compose(wanted("en", case(*records), **said))


def needed(form: Form, *records: CaseRecord) -> list[int]:
    """Which of the records the form is wanted for, by their place; -1: for the case as a whole."""
    places = {record.id: at for at, record in enumerate(records)}
    return [-1 if record_id is None else places[record_id] for record_id in form.wanted_now(case(*records))]


def running(**more: Any) -> Diversion:
    return sample(Diversion, **({"outcome": None, "ended_on": None, "authority_told_on": None} | more))


def tables(one: Paper) -> list[TableBlock]:
    return [block for block in one.blocks if isinstance(block, TableBlock)]


def ticked(one: Paper) -> set[str]:
    boxes: Iterable[tuple[str, bool]] = (
        option for block in one.blocks if isinstance(block, Ticks) for option in block.options
    )
    return {text for text, tick in boxes if tick}


SERVICE = {"result": JudgmentResult.CONVICTED, "penalties": (Penalty.COMMUNITY_SERVICE,), "community_hours": 40}


@pytest.mark.parametrize(
    ("name", "records", "at"),
    [
        ("diversion-screening", [sample(DiversionScreening)], []),
        ("diversion-screening", [DiversionScreening(), DiversionScreening(decided_on=TODAY)], [0]),
        ("diversion-agreement", [running(), sample(Diversion, id=None)], [0]),
        ("compliance-log", [running()], [0]),
        ("compliance-log", [running(ordered_on=None)], []),
        ("compliance-log", [sample(Diversion), sample(Judgment, **SERVICE, measure_ended_on=None)], []),
        ("compliance-log", [sample(Judgment, **SERVICE, measure_ended_on=None)], [-1]),
        ("compliance-log", [sample(Judgment, **SERVICE)], []),
        ("diversion-report", [running()], [0]),
        ("diversion-report", [sample(Diversion)], []),
        ("diversion-report", [sample(Diversion, authority_told_on=None)], [0]),
        ("hearing-sheet", [Hearing(planned_at=local(TODAY.year + 1, 1, 1, 8))], [0]),
        ("hearing-sheet", [Hearing(planned_at=local(2020, 1, 1, 8))], []),
        ("hearing-sheet", [Hearing(planned_at=local(TODAY.year + 1, 1, 1, 8), outcome=HearingOutcome.CANCELLED)], []),
        ("case-conference", [sample(Conference)], []),
        ("case-conference", [Conference(decisions=(MeetingDecision(what="ទៅផ្ទះ"),))], [0]),
    ],
)
def test_papers_are_offered_where_the_case_stands(name: str, records: list[CaseRecord], at: list[int]) -> None:
    assert needed(BY[name], *records) == at


def test_the_screening_leaves_room_for_a_decision_that_is_not_made() -> None:
    undecided = paper("diversion-screening", sample(DiversionScreening, authority_decision=None, decided_on=None))
    assert "Decided on: ____" in as_text(undecided)
    assert "Reasons: ________" in as_text(undecided)
    refused = sample(DiversionScreening, authority_decision=ScreeningDecision.REFUSED, decided_on=date(2026, 12, 10))
    decided = paper("diversion-screening", refused)
    assert "Decided on: 10-12-2026" in as_text(decided)
    assert "Diversion refused" in ticked(decided)


def test_the_screening_ticks_only_who_is_known_to_agree() -> None:
    screening = sample(DiversionScreening)
    agreed = {"The child", "Parent or guardian"}
    assert agreed & ticked(paper("diversion-screening", screening)) == set()
    one = running(consent_guardian=Answer.UNKNOWN)
    assert agreed & ticked(paper("diversion-screening", screening, one)) == {"The child"}


def test_the_family_reads_nothing_of_what_the_victim_thinks() -> None:
    told = as_text(paper("diversion-agreement", sample(Diversion)))
    assert "View of the victim" not in told
    assert "Victim agrees" not in told


@pytest.mark.parametrize(
    ("advice", "confirmed"), [(Answer.YES, True), (None, True), (Answer.NO, False), (Answer.UNKNOWN, False)]
)
def test_nobody_signs_for_advice_that_was_not_given(advice: Answer | None, confirmed: bool) -> None:
    told = as_text(paper("diversion-agreement", running(legal_advice=advice)))
    assert ("A lawyer explained" in told) is confirmed
    assert ("Ask for a lawyer" in told) is not confirmed


def test_everybody_signs_the_agreement() -> None:
    one = paper("diversion-agreement", sample(Diversion, guardian_name="អ៊ុំ សុផល"))
    signed = [each for block in one.blocks if isinstance(block, Signatures) for each in block.signers]
    assert [each.role for each in signed if each.thumbprint] == [
        "Child",
        "Parent or guardian",
        "Victim, where taking part",
    ]
    assert [each.role for each in signed if each.seal] == ["Authority"]
    assert signed[1].name == "អ៊ុំ សុផល"


def test_the_log_tells_neither_offence_nor_court_nor_diversion() -> None:
    told = as_text(paper("compliance-log", running(), named=False)).lower()
    assert not [word for word in ("theft", "court", "prosecut", "diversion", "offence") if word in told]


def test_the_log_keeps_lines_to_write_on_as_long_as_the_plan_runs() -> None:
    days = tuple(LogEntry(on=date(2027, 1, 1) + DAY * at, hours=1, came=Presence.PRESENT) for at in range(40))
    assert tables(paper("compliance-log", running()))[0].blank_rows == 12
    assert tables(paper("compliance-log", running(log=days)))[0].blank_rows == 6
    assert tables(paper("compliance-log", sample(Diversion)))[0].blank_rows == 0


def test_hours_of_days_on_which_the_child_did_not_come_are_not_done() -> None:
    told = as_text(paper("compliance-log", running()))
    assert "Hours asked for: 9" in told
    assert "Hours done: 9" in told
    less = as_text(paper("compliance-log", running(log=running().log[:3])))
    assert "Hours done: 5" in less
    assert "Hours still to do: 4" in less


def test_without_a_diversion_the_log_is_of_the_judgment_that_asks_for_service() -> None:
    told = as_text(paper("compliance-log", sample(Judgment, **SERVICE)))
    assert "Hours asked for: 40" in told
    assert "To be done by: 17-07-2027" in told
    assert "Hours asked for: ____" in as_text(paper("compliance-log", sample(Judgment)))


def test_the_report_counts_days_and_hours_or_leaves_them_open() -> None:
    report = paper("diversion-report", sample(Diversion))
    assert tables(report)[1].rows == [["4", "3", "1", "0", "9", "9"]]
    assert ticked(report) == {"Final report", "Close the case without a criminal record"}
    unlogged = paper("diversion-report", running(log=()))
    assert tables(unlogged)[1].rows == [[None, None, None, None, "9", None]]
    assert ticked(unlogged) == {"Progress report"}


def test_the_report_says_so_when_nothing_was_broken() -> None:
    said = "No breach of the plan was written down."
    assert said in as_text(paper("diversion-report", running(breaches=())))
    assert said not in as_text(paper("diversion-report", running()))
    assert said not in as_text(paper("diversion-report", running(breaches=(), log=())))


def test_what_was_alleged_in_court_is_for_named_staff() -> None:
    hearing = sample(Hearing, torture_alleged=Answer.YES, torture_account=SECRET)
    for by_hand in (False, True):
        assert SECRET not in as_text(paper("hearing-sheet", hearing, by_hand=by_hand))
        assert SECRET in as_text(paper("hearing-sheet", hearing, by_hand=by_hand, with_restricted=True))
    told = as_text(paper("hearing-sheet", hearing, by_hand=True))
    assert "use the form for a complaint" in told
    assert "Torture or ill-treatment alleged?: [ ] Yes" in as_text(BY["hearing-sheet"].compose(wanted("en")))


def test_the_hearing_sheet_takes_penalty_and_reasons_from_the_judgment_of_its_day_alone() -> None:
    judged = sample(Judgment, decided_on=date(2026, 12, 10))
    assert "39, 40, 353, 356" in as_text(paper("hearing-sheet", sample(Hearing), judged))
    assert "39, 40, 353, 356" not in as_text(paper("hearing-sheet", sample(Hearing), sample(Judgment)))


def test_the_minutes_are_signed_by_those_who_were_there() -> None:
    one, there = paper("case-conference", sample(Conference)), sample(Conference).present
    signed = next(block for block in one.blocks if isinstance(block, TableBlock) and block.to_sign)
    assert [(row[0], row[1]) for row in signed.rows] == [(each.name, each.function) for each in there]
    assert all(row[-1] is None for row in signed.rows)
    assert signed.blank_rows == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "pages"),
    [("diversion-screening", 3), ("diversion-agreement", 3), ("compliance-log", 1), ("diversion-report", 2),
     ("hearing-sheet", 3), ("case-conference", 2)],
)  # fmt: skip
def test_a_blank_form_takes_few_pages(name: str, pages: int, language: str) -> None:
    made = draw(BY[name].compose(wanted(language)), words_in(language))
    assert len(pypdfium2.PdfDocument(made)) <= pages
