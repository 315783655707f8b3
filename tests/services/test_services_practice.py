"""Invented children: the same for the same seed, complete, and with something due."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from casemgr import clock
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.plain import answers_of
from casemgr.services import case_files, lists, papers, practice
from casemgr.services.office import Office
from casemgr.trouble import NotAllowed, Refusal

ON = date(2026, 11, 24)


def everything(office: Office) -> list[object]:
    told = []
    for row in lists.cases(office):
        file = case_files.case_file(office, row.id)
        told += [answers_of(record) for record in (file.case, file.child, *file.offences, *file.records)]
    return told


def test_the_same_seed_and_day_give_the_same_children(tmp_path: Path) -> None:
    told = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        office = practice.new_practice_office(tmp_path / name)
        practice.fill_practice(office, 15, seed, on=ON)
        told.append(everything(office))
        office.close()
    assert told[0] == told[1]
    assert told[0] != told[2]


def test_records_are_complete_and_something_is_due(filled: Office) -> None:
    rows = lists.cases(filled)
    assert len(rows) == 12
    assert all(row.name_km and row.name_latin for row in lists.children(filled))
    clocks = lists.today(filled)
    assert any(row.due_at < clock.now() for row in clocks)
    assert any(row.due_at > clock.now() for row in clocks)
    assert {"police-custody", "lawyer-24h", "social-inquiry-report"} >= {row.rule for row in clocks}
    for row in rows:
        file = case_files.case_file(filled, row.id)
        assert file.offences
        assert case_files.missing(file.child) == []


def test_a_filled_office_is_not_filled_again(filled: Office) -> None:
    assert filled.settings.practice
    with pytest.raises(Refusal):
        practice.fill_practice(filled, 1, 1)


def test_the_practice_office_opens_again_as_it_was_left(tmp_path: Path) -> None:
    first = practice.open_practice(tmp_path / "practice", 5)
    numbers = [row.number for row in lists.cases(first)]
    first.close()
    again = practice.open_practice(tmp_path / "practice", 5)
    assert [row.number for row in lists.cases(again)] == numbers
    again.close()


def test_a_folder_with_something_else_in_it_keeps_it(tmp_path: Path) -> None:
    letter = tmp_path / "letters" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("not ours", "utf-8")
    practice.open_practice(letter.parent, 0).close()
    assert letter.read_text("utf-8") == "not ours"


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_report_prints_and_says_so_in_the_trail(filled: Office, language: str) -> None:
    case = next(row for row in lists.cases(filled) if case_files.case_file(filled, row.id, log=False).records[1:])
    data = papers.print_form(filled, "social-inquiry-report", case.id, language)
    assert data.startswith(b"%PDF-")
    with filled.read() as work:
        from casemgr.records.kept import AuditEntry

        assert [line.case_id for line in work.find(AuditEntry, action="printed")] == [case.id]
    file = case_files.case_file(filled, case.id)
    report = file.of(SocialInquiry)[0]
    papers.print_form(filled, "social-inquiry-report", case.id, language, record_id=report.id, with_restricted=True)
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
