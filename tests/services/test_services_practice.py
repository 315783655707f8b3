"""Invented children: the same for the same seed, complete, at every stage, and with something due."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from casemgr import cli, clock
from casemgr.law.deadlines import DeadlineState, state
from casemgr.law.standing import procedure_stage
from casemgr.records.base import Record
from casemgr.records.case import CaseStatus, ChildRole
from casemgr.records.contact import Contact
from casemgr.records.fields import Kind, fields_of
from casemgr.records.kept import AuditEntry
from casemgr.records.kinds import KINDS, kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import Closure, is_closed
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import ContactLevel, FollowUpStatus
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.plain import answers_of
from casemgr.services import case_files, lists, papers, practice, sense, settings
from casemgr.services.case_files import CaseFile
from casemgr.services.office import Office, check_office, set_language
from casemgr.services.papers import PaperChoice
from casemgr.services.practice_people import other_spelling
from casemgr.services.practice_story import PLANNED
from casemgr.store.clock_rows import DeadlineRow, running_deadlines
from casemgr.trouble import NotAllowed, Refusal, Stopped
from casemgr.whereabouts import holds_office

ON = date(2026, 11, 24)
MANY = 150
"""So many that each course has its share of them."""


@pytest.fixture(scope="module", params=[40, pytest.param(MANY, marks=pytest.mark.slow)])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of invented children, made once; tests only read in it."""
    office = practice.new_practice_office(tmp_path_factory.mktemp("large") / "office")
    practice.fill_practice(office, request.param, 1)
    yield office
    office.close()


@pytest.fixture(scope="module")
def files(large: Office) -> list[CaseFile]:
    """All cases of that office."""
    return list(_files(large))


of_many = pytest.mark.parametrize("large", [pytest.param(MANY, marks=pytest.mark.slow)], indirect=True, scope="module")
"""For what only shows in many children."""


def _files(office: Office) -> Iterator[CaseFile]:
    rows = lists.cases(office)
    while rows:
        yield from (case_files.case_file(office, row.id, log=False) for row in rows)
        rows = lists.cases(office, after=rows[-1])


def everything(office: Office) -> list[object]:
    """Return every answer and identity of the office."""
    told: list[object] = []
    for file in _files(office):
        told += [(record.id, answers_of(record)) for record in (file.case, file.child, *file.offences, *file.records)]
    with office.read() as work:
        told += [(contact.id, answers_of(contact)) for contact in work.find(Contact)]
    return told


def test_the_same_seed_and_day_give_the_same_children(tmp_path: Path) -> None:
    told = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        office = practice.new_practice_office(tmp_path / name)
        practice.fill_practice(office, 6, seed, on=ON)
        told.append(everything(office))
        office.close()
    assert told[0] == told[1]
    assert told[0] != told[2]


def test_records_are_complete_and_something_is_due(filled: Office) -> None:
    rows = lists.cases(filled)
    assert len({row.child_id for row in rows}) == 12
    assert all(row.name_km and row.name_latin for row in lists.children(filled))
    clocks = lists.today(filled)
    assert any(row.due_at < clock.now() for row in clocks)
    assert any(row.due_at > clock.now() for row in clocks)
    assert {"police-custody", "lawyer-24h"} < {row.rule for row in clocks}
    assert [row.due_at for row in clocks] == sorted(row.due_at for row in clocks)
    for row in rows:
        file = case_files.case_file(filled, row.id)
        assert file.offences or file.case.child_role is not ChildRole.SUSPECT
        assert case_files.missing(file.child) == []


@of_many
def test_every_kind_of_record_is_there_but_documents(files: list[CaseFile]) -> None:
    found = {kind.key for file in files for record in file.records if (kind := kind_of(record))}
    assert found == {kind.key for kind in KINDS} - {"document"}


def _has(kind: type, **answers: object) -> Callable[[CaseFile], bool]:
    def asked(file: CaseFile) -> bool:
        return any(all(getattr(each, name) in said for name, said in answers.items()) for each in file.of(kind))

    return asked


@of_many
@pytest.mark.parametrize(
    ("least", "most", "is_so"),
    [
        (0.2, 0.32, _has(Arrest, outcome=(PoliceOutcome.VERBAL_WARNING, PoliceOutcome.WRITTEN_WARNING))),
        (0.03, 0.08, _has(Arrest, outcome=(PoliceOutcome.RELEASED_TO_GUARDIAN,))),
        (0.15, 0.3, _has(Diversion)),
        (0.15, 0.28, _has(Detention)),
        (0.25, 0.6, _has(Closure)),
        (0.015, 0.06, lambda file: file.case.child_role is not ChildRole.SUSPECT),
        (0.03, 0.25, lambda file: bool(file.remarks)),
    ],
)  # fmt: skip
def test_each_course_has_its_share(
    files: list[CaseFile], least: float, most: float, is_so: Callable[[CaseFile], bool]
) -> None:
    assert least <= sum(map(is_so, files)) / len(files) <= most


@of_many
def test_follow_ups_find_what_they_find_in_life(files: list[CaseFile]) -> None:
    found = Counter(record.status for file in files for record in file.of(FollowUp))
    assert found[FollowUpStatus.WELL] > sum(found.values()) / 2
    assert set(found) >= {FollowUpStatus.NOT_REACHED, FollowUpStatus.NEW_CONTACT, FollowUpStatus.MOVED,
                          FollowUpStatus.LOST}  # fmt: skip
    levels = {record.level for file in files for record in file.of(FollowUp) if record.level}
    assert levels >= {ContactLevel.R1, ContactLevel.R3}
    followed = [file for file in files if any(value.rule == "follow-up" for value in file.deadlines)]
    again = [file for file in followed if _has(FollowUp, status=(FollowUpStatus.NEW_CONTACT,))(file)]
    assert 0.08 <= len(again) / len(followed) <= 0.35


def test_a_part_of_the_children_is_arrested_again_and_the_police_spell_them_otherwise(files: list[CaseFile]) -> None:
    cases = Counter(file.child.id for file in files)
    assert len(cases) in {40, MANY}
    assert len(files) - len(cases) == int(len(cases) * 0.08)
    assert max(cases.values()) == 2
    second = [file for file in files if cases[file.child.id] == 2 and file.of(Arrest)[0].notes]
    assert len(second) == len(files) - len(cases)
    for file in second:
        written = other_spelling(file.child.given_name_latin or "")
        assert written != file.child.given_name_latin
        assert written in (file.of(Arrest)[0].notes or "")


def _records(file: CaseFile) -> tuple[Record, ...]:
    return (file.child, file.case, *file.offences, *file.records)


def test_dates_are_possible_and_nothing_that_happened_lies_ahead(files: list[CaseFile]) -> None:
    today = clock.today()
    for file in files:
        sense.check(file.child, *file.offences, *file.records)
        for record in _records(file):
            happened = [
                getattr(record, info.name)
                for info in fields_of(type(record))
                if info.kind in (Kind.DATE, Kind.MOMENT) and info.name not in PLANNED
            ]
            days = [at.date() if isinstance(at, datetime) else at for at in happened if at is not None]
            assert all(day < today for day in days), record


def test_no_answer_stands_where_the_question_does_not_arise(files: list[CaseFile]) -> None:
    for file in files:
        for record in _records(file):
            for info in fields_of(type(record)):
                answer = getattr(record, info.name)
                if answer in (None, ()) or info.shown_when is None:
                    continue
                assert info.is_shown(record), (record, info.name)
                setattr(record, info.name, () if isinstance(answer, tuple) else None)
                alone = not info.is_shown(record)  # it arises only because it is answered
                setattr(record, info.name, answer)
                assert not alone, (record, info.name)


def test_the_case_stands_where_its_records_led_it(files: list[CaseFile]) -> None:
    for file in files:
        assert procedure_stage(file.records) in (file.case.stage, None)
        assert (file.case.status is CaseStatus.CLOSED) == is_closed(file.of(Closure))


@of_many
def test_deadlines_run_are_over_and_were_met(large: Office, files: list[CaseFile]) -> None:
    found = Counter(state(value, clock.now()) for file in files for value in file.deadlines)
    assert set(found) == set(DeadlineState)
    overdue = {row.rule for row in lists.today(large) if row.due_at < clock.now()}
    assert overdue >= {"police-custody", "lawyer-24h", "social-inquiry-report", "follow-up", "visit-action"}
    kept = {(row.case_id, row.record_id, row.rule, row.due_at) for row in _running(large)}
    for file in files:
        if file.case.status is CaseStatus.OPEN:
            reckoned = {(file.case.id, value.record_id, value.rule, value.due_at)
                        for value in file.deadlines if value.ended_at is None}  # fmt: skip
            assert reckoned == {each for each in kept if each[0] == file.case.id}


def _running(office: Office) -> list[DeadlineRow]:
    with office.read() as work:
        return running_deadlines(work)


def test_the_office_is_whole(large: Office) -> None:
    assert all(finding.ok for finding in check_office(large))


def test_each_case_can_be_told_as_json(large: Office, files: list[CaseFile]) -> None:
    limits = {limit.key: limit for limit in settings.limits(large)}
    for file in files:
        told = json.loads(json.dumps(cli.told_of(file, limits), ensure_ascii=False))
        assert all(record["kind"] and record["stage"] for record in told["records"])
        assert {contact["id"] for contact in told["contacts"]} >= {
            record["contact_id"] for record in told["records"] if record["kind"] == "case-contact"
        }
        assert len(told["linked"]) == sum(record["kind"] == "link" for record in told["records"])
        assert set(told["stages"].values()) <= {"ahead", "skipped", "current", "overdue", "done"}
        assert len(told["remarks"]) == len(file.remarks)


def test_a_filled_office_is_not_filled_again(filled: Office) -> None:
    assert filled.settings.practice
    with pytest.raises(Refusal):
        practice.fill_practice(filled, 1, 1)


def test_a_stopped_practice_office_leaves_nothing_behind(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        practice.open_practice(
            tmp_path / "practice", 5, progress=lambda *so_far: told.append(so_far), cancelled=lambda: len(told) > 2
        )
    assert told == [(1, 5), (2, 5), (3, 5)]
    assert not holds_office(tmp_path / "practice")
    practice.open_practice(tmp_path / "practice", 5).close()


def test_the_practice_office_opens_again_as_it_was_left(tmp_path: Path) -> None:
    first = practice.open_practice(tmp_path / "practice", 5)
    numbers = [row.number for row in lists.cases(first)]
    first.close()
    again = practice.open_practice(tmp_path / "practice", 5)
    assert [row.number for row in lists.cases(again)] == numbers
    again.close()


def test_the_figures_of_a_practice_office_go_with_its_language(tmp_path: Path) -> None:
    figures = []
    for language in ("en", "km", None, "en"):  # the first makes it, the others open it again
        office = practice.open_practice(tmp_path / "practice", 0, language=language)
        figures.append((office.settings.language, office.settings.digits))
        office.close()
    assert figures == [("en", "western"), ("km", "khmer"), ("km", "khmer"), ("en", "western")]
    office = practice.open_practice(tmp_path / "practice", 0)
    set_language(office, "en", "khmer")  # chosen by hand
    assert office.settings.digits == "khmer"
    set_language(office, "km")
    assert office.settings.digits == "khmer"
    office.close()


def test_a_folder_with_something_else_in_it_keeps_it(tmp_path: Path) -> None:
    letter = tmp_path / "letters" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("not ours", "utf-8")
    practice.open_practice(letter.parent, 0).close()
    assert letter.read_text("utf-8") == "not ours"


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_report_prints_and_says_so_in_the_trail(filled: Office, language: str) -> None:
    case = next(row for row in lists.cases(filled) if case_files.case_file(filled, row.id, log=False).of(SocialInquiry))
    data = papers.print_form(filled, "social-inquiry-report", case.id, PaperChoice(language))
    assert data.startswith(b"%PDF-")
    with filled.read() as work:
        assert [line.case_id for line in work.find(AuditEntry, action="printed")] == [case.id]
    file = case_files.case_file(filled, case.id)
    report = file.of(SocialInquiry)[0]
    papers.print_form(
        filled, "social-inquiry-report", case.id, PaperChoice(language, with_restricted=True), record_id=report.id
    )
    with filled.read() as work:
        line = work.find(AuditEntry, action="printed")[-1]
    assert (line.record_id, line.child_id) == (report.id, file.child.id)
    assert json.loads(line.changes or "")["with_restricted"] == [None, True]


def test_a_practice_office_of_an_earlier_day_is_made_anew_and_nothing_else_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    practice.open_practice(tmp_path, 5).close()
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    office = practice.open_practice(tmp_path, 5)
    assert any(row.due_at > tomorrow for row in lists.today(office))
    assert max(row.opened_on for row in lists.cases(office)) == clock.today() - timedelta(days=1)
    office.close()
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_real_office_is_never_erased(office: Office) -> None:
    office.settings.practice = False
    with pytest.raises(NotAllowed):
        office.erase()
    assert lists.cases(office) == []
