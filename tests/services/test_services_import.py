"""Bringing in lists: looked at first, all or nothing; the same again changes nothing; taken back leaves no trace."""
# ruff: noqa: DTZ001  (the cells of other programs know no zone of time)

import hashlib
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from erasable import REASON, closed_child, confirmed, five_years
from import_lists import HEADS, ONE, bare, bomb, listed, locked, repacked, row, workbook

from casemgr import clock
from casemgr.clock import PartialDate, local
from casemgr.i18n import Words
from casemgr.measures.index_events import IndexKind
from casemgr.records.base import Base
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, CaseStatus, Offence, OffenceCategory
from casemgr.records.child import Child, Sex
from casemgr.records.kept import AuditEntry, Deadline, ImportMapping, IndexEventKept
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.records.plain import answers_of
from casemgr.records.retention import ErasingWay
from casemgr.records.sameness import Verdict
from casemgr.services import casework, drafts, erasing, keeping_rules, same_child
from casemgr.services.handover import hand_over
from casemgr.services.import_checking import ERASED, NAMELESS, check_list
from casemgr.services.import_columns import COLUMNS, both
from casemgr.services.import_files import export_cases, report_lines, save_report, save_template
from casemgr.services.import_reading import MERGED, NO_HEADINGS, NOT_KNOWN, TWICE, open_list, unread
from casemgr.services.import_rows import TOLD_BY
from casemgr.services.import_told import DryRun, RowStanding
from casemgr.services.importing import (
    CHANGED,
    GONE,
    TOUCHED,
    WRONG_ROWS,
    Imported,
    import_list,
    imports,
    undo_import,
)
from casemgr.services.office import Office, open_office
from casemgr.services.reckoning import reckon
from casemgr.services.sending_case import send_to_primero
from casemgr.trouble import NoRoom, NoSuch, Refusal, Stopped

PASSWORD = "correct horse battery staple"


HEADS_AT = {name: "ABCDEFGHIJKLMNOPQRSTU"[at] for at, name in enumerate(HEADS)}


def hashes(office: Office, without: tuple[str, ...] = ("audit_entry",)) -> dict[str, str]:
    """Return a digest of all rows of each table but the audit trail."""
    found = {}
    with office.store.read() as work:
        connection = work.session.connection()
        for table in Base.metadata.sorted_tables:
            if table.name not in without:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')  # noqa: S608
                lines = sorted(repr(tuple(each)) for each in rows)
                found[table.name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


def look(office: Office, path: Path) -> DryRun:
    return check_list(office, open_list(office, path))


def bring(office: Office, path: Path, **how: Any) -> Imported:
    return import_list(office, look(office, path), **how)


def standings(dry: DryRun) -> list[RowStanding]:
    return [each.standing for each in dry.rows]


def all_of(office: Office, kind: type[Any]) -> list[Any]:
    with office.store.read() as work:
        return work.find(kind)


def said(dry: DryRun, at: int = 0) -> dict[str | None, str]:
    """Return what is to be mended, or good to know, in a row, by column."""
    found = dry.rows[at]
    return {remark.column: remark.say(Words("en")) for remark in (*found.problems, *found.remarks)}


def test_a_row_becomes_the_records_it_tells_of(office: Office, tmp_path: Path) -> None:
    done = bring(office, listed(tmp_path / "a.xlsx", row()))
    assert (done.children, done.cases, done.here, done.left_out) == (1, 1, 0, 0)
    child, case = all_of(office, Child)[0], all_of(office, Case)[0]
    assert (child.code, child.family_name_km, child.given_name_latin, child.sex) == ("K-1", "ចាន់", "Dara", Sex.MALE)
    assert (child.born, child.village_code) == (PartialDate.of(2008, 3, 12), "17100401")
    assert (case.number, case.opened_on, case.notes) == ("C/1", date(2024, 5, 2), "ម្ដាយមកលេង")
    assert case.worker_id == office.staff.id
    offence, arrest = all_of(office, Offence)[0], all_of(office, Arrest)[0]
    assert (offence.category, offence.committed_on) == (OffenceCategory.THEFT, PartialDate.of(2024, 5, 1))
    assert (arrest.arrested_at, arrest.outcome) == (local(2024, 5, 2, 19, 30), PoliceOutcome.PROSECUTOR)
    assert all_of(office, Diversion)[0].ordered_on == date(2024, 7, 1)
    event, follow_up = all_of(office, IndexEventKept)[0], all_of(office, FollowUp)[0]
    assert (event.kind, event.began_on, event.first) == (IndexKind.DIVERSION.value, date(2024, 7, 1), True)
    assert (follow_up.done_on, follow_up.level) == (date(2025, 1, 5), ContactLevel.R1)
    assert follow_up.offence_on == PartialDate.of(2024, 12, 24)
    assert {record.case_id for record in (offence, arrest, follow_up)} == {case.id}


def test_what_is_reckoned_is_what_the_program_would_reckon(office: Office, tmp_path: Path) -> None:
    kinds = [kind.value for kind in IndexKind]
    one_each = [row(child_code=f"K-{at}", case_number=f"C/{at}", index_type=kind) for at, kind in enumerate(kinds)]
    of_one = [row(case_number=f"D/{at}", index_date=date(2024, 8, 1 + at)) for at in range(3)]
    bring(office, listed(tmp_path / "a.xlsx", *one_each, *of_one))
    before = hashes(office)
    with office.store.write() as work:
        for case in work.read(Case):
            reckon(work, case.id)
    assert hashes(office) == before


def test_an_old_case_keeps_no_clock_running_that_nobody_can_meet(office: Office, tmp_path: Path) -> None:
    bring(office, listed(tmp_path / "a.xlsx", bare(child_code="K-1", arrested_at=date(2015, 3, 1))))
    assert all_of(office, Deadline) == []
    assert all_of(office, Arrest)[0].outcome is PoliceOutcome.UNKNOWN
    assert all_of(office, Case)[0].status is CaseStatus.CLOSED


def test_a_fresh_case_has_its_clocks(office: Office, tmp_path: Path) -> None:
    now = clock.now() - timedelta(hours=2)
    cell = now.replace(tzinfo=None)
    bring(office, listed(tmp_path / "a.xlsx", bare(child_code="K-1", arrested_at=cell, arrived_at=cell)))
    assert {each.rule for each in all_of(office, Deadline)} == {"police-custody", "lawyer-24h"}
    assert all_of(office, Case)[0].status is CaseStatus.OPEN


def test_each_record_has_its_line_of_the_trail_and_the_import_one(office: Office, tmp_path: Path) -> None:
    bring(office, listed(tmp_path / "a.xlsx", row()))
    lines = [(each.action, each.record_type) for each in all_of(office, AuditEntry)][-7:]
    assert [action for action, _ in lines] == ["created"] * 6 + ["imported"]
    assert {kind for _, kind in lines} == {"Child", "Case", "Offence", "Arrest", "Diversion", "FollowUp", "Import"}
    assert office.store.check()[0].ok


def test_a_dry_run_writes_nothing(office: Office, tmp_path: Path) -> None:
    before = hashes(office, without=())
    dry = look(office, listed(tmp_path / "a.xlsx", row(), row(child_code="K-2", case_number="C/2", sex="?")))
    assert standings(dry) == [RowStanding.NEW, RowStanding.WRONG]
    save_report(tmp_path / "report.xlsx", dry, Words("km"))
    assert hashes(office, without=()) == before


def test_one_row_to_be_mended_keeps_all_out_unless_it_is_left_out(office: Office, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx", row(), row(child_code="K-2", case_number="C/2", sex="?"))
    before = hashes(office, without=())
    with pytest.raises(Refusal) as refusal:
        bring(office, path)
    assert refusal.value.message == WRONG_ROWS
    assert hashes(office, without=()) == before
    done = bring(office, path, leave_out_wrong=True)
    assert (done.cases, done.left_out) == (1, 1)
    assert [child.code for child in all_of(office, Child)] == ["K-1"]


def test_the_same_list_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    named = bare(family_name_km="ម៉ៅ", given_name_km="សុខា", date_of_birth=date(2009, 1, 2))
    coded = bare(child_code="K-7", arrested_at=date(2019, 1, 2))
    path = listed(tmp_path / "a.xlsx", row(), named, coded, row(case_number="C/2", notes=None))
    assert bring(office, path).cases == 4
    before = hashes(office, without=())
    dry = look(office, path)
    assert standings(dry) == [RowStanding.HERE] * 4
    assert import_list(office, dry).here == 4
    assert hashes(office, without=()) == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_import_export_import_changes_nothing(office: Office, tmp_path: Path, ending: str) -> None:
    rows = [
        row(), row(case_number="C/2", index_type="release", event_level=None, event_offence_date=None),
        bare(child_code="K-3", given_name_latin="@Dara", date_of_birth="2009", notes="+855 12\n-1"),
        bare(family_name_latin="Sok", given_name_latin="San", date_of_birth=date(2007, 5, 4), sex="female"),
    ]  # fmt: skip
    assert bring(office, listed(tmp_path / "a.xlsx", *rows)).cases == 4
    out = tmp_path / f"out.{ending}"
    assert export_cases(office, out, reason="yearly report") == 4
    before = hashes(office)
    dry = look(office, out)
    assert standings(dry) == [RowStanding.HERE] * 4
    assert import_list(office, dry).import_id is None
    assert hashes(office) == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_list_that_went_out_makes_the_same_cases_in_an_empty_office(
    office: Office, made: Path, tmp_path: Path, ending: str
) -> None:
    """Else a list that says nothing at all would change nothing when it comes in again."""
    rows = [
        row(), row(case_number="C/2", index_type="release", event_level=None, event_offence_date=None),
        bare(child_code="K-3", given_name_latin="@Dara", date_of_birth="2009", notes="+855 12\n-1"),
    ]  # fmt: skip
    bring(office, listed(tmp_path / "a.xlsx", *rows))
    export_cases(office, tmp_path / f"out.{ending}", reason="x")
    other = open_office(Path(shutil.copytree(made, tmp_path / "other")), "", PASSWORD)
    try:
        bring(other, tmp_path / f"out.{ending}")
        for kind in (Child, Case, *TOLD_BY):
            assert answers(other, kind) == answers(office, kind), kind.__name__
    finally:
        other.close()


def answers(office: Office, kind: type[Any]) -> list[str]:
    """Return what the records of a kind say, whichever they are."""
    return sorted(repr(sorted(answers_of(record).items(), key=str)) for record in all_of(office, kind))


HARM: dict[str, Callable[[Path], Path]] = {
    "broken": lambda folder: _cut(listed(folder / "s.xlsx", row())),
    "huge": lambda folder: _csv(folder, b"child_code\n" + b"K-1\n" * 20_100),
    "macros": lambda folder: repacked(
        listed(folder / "s.xlsx", row()), folder / "a.xlsx", lambda _n, data: data, **{"xl__vbaProject.bin": b"x"}
    ),
    "formulas": lambda folder: listed(folder / "a.xlsx", row(), row(child_code="K-2", notes="=HYPERLINK(A1)")),
    "encoding": lambda folder: _csv(folder, "child_code,notes\nK-1,André\n".encode("cp1252")),
    "merged": lambda folder: workbook(
        folder / "a.xlsx", [HEADS, row(), row(case_number="C/2")], lambda sheet: sheet.merge_cells("A2:A3")
    ),
    "password": lambda folder: locked(folder / "a.xlsx"),
    "bomb": lambda folder: bomb(listed(folder / "s.xlsx", row()), folder / "a.xlsx", megabytes=101),
}  # fmt: skip


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-2_000])
    return path


def _csv(folder: Path, data: bytes) -> Path:
    (folder / "a.csv").write_bytes(data)
    return folder / "a.csv"


def test_what_is_broken_or_was_made_to_do_harm_is_refused_or_told_and_nothing_is_written(
    office: Office, tmp_path: Path
) -> None:  # fmt: skip
    bring(office, listed(tmp_path / "known.xlsx", row()))
    before = hashes(office, without=())
    for kind, make in HARM.items():
        folder = tmp_path / kind
        folder.mkdir()
        path = make(folder)
        with pytest.raises(Refusal):
            bring(office, path)
        assert hashes(office, without=()) == before, kind


def test_an_office_of_its_own_making_goes_out_and_in_again_unchanged(filled: Office, tmp_path: Path) -> None:
    export_cases(filled, tmp_path / "out.xlsx", reason="check")
    before = hashes(filled)
    dry = look(filled, tmp_path / "out.xlsx")
    assert set(standings(dry)) == {RowStanding.HERE}
    assert import_list(filled, dry).cases == 0
    assert hashes(filled) == before


def test_taking_back_leaves_the_office_as_it_was_also_after_a_restart(filled: Office, tmp_path: Path) -> None:
    known = all_of(filled, Child)[0]
    before = hashes(filled)
    further = bare(child_code=known.code, index_type="release", index_date=date(2020, 1, 2))
    done = bring(filled, listed(tmp_path / "a.xlsx", row(), row(case_number="C/2"), further))
    assert done.cases == 3
    assert done.children == 1
    assert hashes(filled) != before
    filled.close()
    office = open_office(filled.folder, "", PASSWORD)
    try:
        undo_import(office, imports(office)[0].id)
        assert hashes(office) == before
        assert imports(office) == []
        assert all_of(office, AuditEntry)[-1].action == "import-undone"
        assert all(finding.ok for finding in office.store.check())
        with pytest.raises(NoSuch) as refusal:
            undo_import(office, done.import_id)  # type: ignore[arg-type]
        assert refusal.value.message == GONE
    finally:
        office.close()


def test_nothing_of_a_list_that_was_taken_back_stays_in_the_trail(office: Office, tmp_path: Path) -> None:
    """Of children that are gone no rule on keeping could ever reach it; who did what when stays."""
    casework.save_child(office, kept := Child(family_name_km="នៅសល់"))
    first = len(all_of(office, AuditEntry))
    done = bring(office, listed(tmp_path / "a.xlsx", row(), bare(child_code=kept.code, notes="រឿងសម្ងាត់")))
    casework.save_child(office, Child(family_name_km="ថ្មី"))
    undo_import(office, done.import_id)  # type: ignore[arg-type]
    lines = all_of(office, AuditEntry)
    told = [f"{line.changes} {line.why}" for line in lines]
    assert not [each for each in told if any(word in each for word in ("Dara", "ដារ៉ា", "រឿងសម្ងាត់", "C/1"))]
    assert [word for word in ("នៅសល់", "ថ្មី") if any(word in each for each in told)] == ["នៅសល់", "ថ្មី"]
    assert {line.action for line in lines[first:]} >= {"created", "imported", "removed", "import-undone"}
    assert all(finding.ok for finding in office.store.check())


def _note(office: Office, case: Case) -> None:
    casework.save_record(office, Note(case_id=case.id, happened_at=clock.now(), text="x"), "x")


def _name(office: Office, case: Case) -> None:
    child = next(each for each in all_of(office, Child) if each.id == case.child_id)
    child.nickname = "តូច"
    casework.save_child(office, child)


def _case(office: Office, case: Case) -> None:
    case.court = "x"
    casework.save_case(office, case)


def _further_case(office: Office, case: Case) -> None:
    casework.open_case(office, case.child_id, Case())


def _removed(office: Office, _case: Case) -> None:
    casework.remove_record(office, all_of(office, FollowUp)[0], "slip")


def _draft(office: Office, case: Case) -> None:
    drafts.keep_draft(office, "note/1", case.id, {"text": "x"})


def _linked(office: Office, case: Case) -> None:
    other = Child(given_name_km="សុខា")
    casework.save_child(office, other)
    same_child.decide(office, case.child_id, other.id, Verdict.SAME)


def _handed(office: Office, case: Case) -> None:
    hand_over(office, case.id, office.folder.parent / "a.case", reason="x", passphrase="four words make one")


def _held(office: Office, case: Case) -> None:
    keeping_rules.hold(office, case.child_id, "តុលាការ")


def _draft_of_child(office: Office, case: Case) -> None:
    drafts.keep_draft(office, f"child/{case.child_id}", None, {"notes": "ក"})


def _sent(office: Office, case: Case) -> None:
    send_to_primero(office, case.id, office.folder.parent / "a.json", reason="x")


LATER = {
    "note": _note, "child": _name, "case": _case, "further case": _further_case, "removed": _removed,
    "draft": _draft, "same child": _linked, "handed over": _handed,
    "not to be erased": _held, "draft of the child": _draft_of_child, "sent": _sent,
}  # fmt: skip


@pytest.mark.parametrize("kind", LATER)
def test_what_later_work_touched_is_not_taken_back_and_is_named(office: Office, tmp_path: Path, kind: str) -> None:
    done = bring(
        office, listed(tmp_path / "a.xlsx", row(), row(child_code="K-2", given_name_km="សុខា", case_number="C/2"))
    )
    assert done.import_id is not None
    LATER[kind](office, next(case for case in all_of(office, Case) if case.number == "C/1"))
    before = hashes(office, without=())
    with pytest.raises(Refusal) as refusal:
        undo_import(office, done.import_id)
    assert refusal.value.message == TOUCHED
    named = refusal.value.say(Words("km"))
    assert "C/1" in named or "K-1" in named
    assert "C/2" not in named
    assert hashes(office, without=()) == before


def test_an_import_on_top_is_taken_back_first(office: Office, tmp_path: Path) -> None:
    before = hashes(office)
    first = bring(office, listed(tmp_path / "a.xlsx", row()))
    second = bring(office, listed(tmp_path / "b.xlsx", row(case_number="C/2", notes=None)))
    with pytest.raises(Refusal):
        undo_import(office, first.import_id)  # type: ignore[arg-type]
    undo_import(office, second.import_id)  # type: ignore[arg-type]
    undo_import(office, first.import_id)  # type: ignore[arg-type]
    assert hashes(office) == before


def test_an_office_that_was_changed_meanwhile_is_looked_at_again(office: Office, tmp_path: Path) -> None:
    dry = look(office, listed(tmp_path / "a.xlsx", row()))
    casework.save_child(office, Child(given_name_km="សុខា"))
    assert import_list(office, dry).cases == 1  # something else was written
    dry = look(office, listed(tmp_path / "b.xlsx", row(child_code="K-9", case_number="C/9")))
    casework.save_child(office, Child(code="K-9", given_name_km="សុខា"))
    with pytest.raises(Refusal) as refusal:
        import_list(office, dry)
    assert refusal.value.message == CHANGED


def test_stopping_on_the_way_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    rows = [row(child_code=f"K-{at}", case_number=f"C/{at}") for at in range(250)]
    dry, before, told = look(office, listed(tmp_path / "a.xlsx", *rows)), hashes(office, without=()), list[int]()
    with pytest.raises(Stopped):
        import_list(office, dry, progress=lambda done, _total: told.append(done), cancelled=lambda: bool(told))
    assert told
    assert hashes(office, without=()) == before
    done = import_list(office, dry)
    told.clear()
    before = hashes(office, without=())
    with pytest.raises(Stopped):
        undo_import(office, done.import_id, progress=lambda d, _t: told.append(d), cancelled=lambda: bool(told))  # type: ignore[arg-type]
    assert hashes(office, without=()) == before


WRONG: dict[str, tuple[list[Any], str, str]] = {
    "sex": (row(sex="x"), "sex", "none of the answers"),
    "buddhist": (row(date_of_birth="12/3/2551"), "date_of_birth", "Buddhist era"),
    "buddhist cell": (row(index_date=datetime(2567, 7, 1)), "index_date", "Buddhist era"),
    "no date": (row(arrested_at="soon"), "arrested_at", "no date"),
    "place": (row(village_code="99999999"), "village_code", "No such place"),
    "limon": (row(given_name_km="éf¶ExqñaMkMeNIt"), "given_name_km", "Limon"),
    "latin in khmer": (row(given_name_km="Dara"), "given_name_km", "Khmer letters are expected"),
    "khmer in latin": (row(given_name_latin="ដារ៉ា"), "given_name_latin", "Latin letters are expected"),
    "formula": (row(notes="=1+1"), "notes", "formula"),
    "nobody": (bare(sex="male"), "child_code", "code or the name"),
    "type": (row(index_type=None), "index_type", "what kind"),
    "day": (row(index_date=None), "index_date", "date of the release"),
    "contact": (row(last_contact_date=None), "last_contact_date", "last followed up"),
    "level": (row(event_level=None), "event_level", "how far"),
    "before birth": (row(index_date=date(2001, 1, 1)), "index_date", "before the child's birth"),
    "future": (row(last_contact_date=date(2199, 1, 1)), "last_contact_date", "future"),
    "order": (row(arrived_at=datetime(2024, 4, 1, 9, 0)), "arrived_at", "more than a day before"),
    "own number": (row(case_number="SR-2024-999999999999"), "case_number", "four to seven figures"),
    "gap": (row(child_code="K 1"), "child_code", "A code has"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_to_be_mended_names_its_column_and_what_to_do(office: Office, tmp_path: Path, kind: str) -> None:
    wrong, column, message = WRONG[kind]
    dry = look(office, listed(tmp_path / "a.xlsx", wrong))
    assert standings(dry) == [RowStanding.WRONG]
    assert message in said(dry)[column]
    for words in (Words("km"), Words("en")):
        assert all(line[4] and line[0] == 2 for line in report_lines(dry.rows[0], words))


def test_a_name_in_the_wrong_column_leaves_in_no_report(office: Office, tmp_path: Path) -> None:
    dry = look(office, listed(tmp_path / "a.xlsx", row(sex="វិសាលកាណារី")))
    for language in ("km", "en"):
        lines = report_lines(dry.rows[0], Words(language))
        assert not any("វិសាលកាណារី" in cell for line in lines for cell in map(str, line))
        assert any("វិសាលកាណារី" in line[4] for line in report_lines(dry.rows[0], Words(language), quoting=True))
    report = tmp_path / "report.csv"
    save_report(report, dry, Words("en"))
    assert "វិសាលកាណារី" not in report.read_text("utf-8-sig")


def test_what_a_row_says_otherwise_than_here_is_to_be_mended(office: Office, tmp_path: Path) -> None:
    bring(office, listed(tmp_path / "a.xlsx", row()))
    dry = look(office, listed(
        tmp_path / "b.xlsx", row(sex="female"), row(index_date=date(2024, 7, 2)), row(child_code="K-2"),
        row(child_code="K-3", case_number="C/3"), row(child_code="K-3", case_number="C/4", sex="female"),
    ))  # fmt: skip
    assert standings(dry) == [RowStanding.WRONG] * 3 + [RowStanding.NEW, RowStanding.WRONG]
    assert "Another answer" in said(dry)["sex"]
    assert "Another answer" in said(dry, 1)["index_date"]
    assert "another child" in said(dry, 2)["case_number"]
    assert "K-1" in said(dry, 3)["child_code"]
    assert "Row 5" in said(dry, 4)["sex"]


def test_the_same_child_is_known_by_code_and_by_name_and_birth(office: Office, tmp_path: Path) -> None:
    san = {"family_name_latin": "Sok", "given_name_latin": "San"}
    bring(office, listed(tmp_path / "a.xlsx", row(), bare(child_code="K-5", **san, date_of_birth=date(2009, 9, 9))))
    dry = look(office, listed(
        tmp_path / "b.xlsx",
        bare(child_code="K-1", arrested_at=date(2025, 5, 5)),
        bare(family_name_latin="SOK", given_name_latin="San", date_of_birth=date(2009, 9, 9), case_number="X/1"),
        bare(family_name_latin="Sok", given_name_latin="San", date_of_birth=date(2009, 9, 8)),
        bare(family_name_km="ចាន់", given_name_km="\u200bដារ៉ា", date_of_birth=date(2008, 3, 12), sex="female"),
    ))  # fmt: skip
    assert standings(dry) == [RowStanding.SAME_CHILD, RowStanding.SAME_CHILD, RowStanding.NEW, RowStanding.NEW]
    assert [each.child_code for each in dry.rows][:2] == ["K-1", "K-5"]
    assert dry.rows[1].why != dry.rows[0].why
    assert "K-5" in said(dry, 2)["child_code"]  # nearly the same day
    assert import_list(office, dry).children == 2


def test_rows_of_one_child_become_one_child(office: Office, tmp_path: Path) -> None:
    who = {"family_name_latin": "Sok", "given_name_latin": "San", "date_of_birth": date(2009, 9, 9)}
    done = bring(office, listed(
        tmp_path / "a.xlsx", bare(**who, arrested_at=date(2023, 5, 5)), bare(**who, arrested_at=date(2024, 5, 5)),
        bare(**who, arrested_at=date(2024, 5, 5)),
    ))  # fmt: skip
    assert (done.children, done.cases, done.here) == (1, 2, 1)
    assert len({case.child_id for case in all_of(office, Case)}) == 1
    assert sorted(case.number for case in all_of(office, Case)) == ["SR-2023-0001", "SR-2024-0001"]


def test_codes_that_the_office_gives_are_none_of_the_list(office: Office, tmp_path: Path) -> None:
    names = [bare(family_name_latin="Sok", given_name_latin=name) for name in ("Aa", "Bb")]
    bring(office, listed(tmp_path / "a.xlsx", *names, bare(child_code="SR-C-0002")))
    assert sorted(child.code for child in all_of(office, Child)) == ["SR-C-0001", "SR-C-0002", "SR-C-0003"]


def test_a_number_of_a_child_that_was_erased_is_given_to_nobody_else(office: Office, tmp_path: Path) -> None:
    child, case = Child(given_name_km="ក"), Case(opened_on=date(2017, 4, 2))
    casework.save_child(office, child)
    casework.open_case(office, child.id, case)
    casework.save_record(office, Closure(case_id=case.id, closed_on=date(2018, 5, 2)), why="ចប់")
    five_years(office)
    assert (child.code, case.number) == ("SR-C-0001", "SR-2017-0001")
    erasing.erase(office, [child.id], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    bring(office, listed(tmp_path / "a.xlsx", bare(given_name_latin="Aa", arrested_at="2017-05-01 10:00")))
    assert [each.code for each in all_of(office, Child)] == ["SR-C-0002"]
    assert [each.number for each in all_of(office, Case)] == ["SR-2017-0002"]


def test_a_row_of_a_child_that_was_erased_says_so(office: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    five_years(office)
    erasing.erase(office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    dry = look(office, listed(tmp_path / "a.xlsx", bare(child_code="SR-C-0001"), bare(child_code="K-7")))
    assert standings(dry) == [RowStanding.NEW, RowStanding.NEW]
    assert [said(dry, at).get("child_code") == ERASED for at in (0, 1)] == [True, False]


def test_nothing_is_added_to_a_child_that_was_made_nameless(office: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    five_years(office)
    _, (made,) = erasing.erase(office, [known.child], ErasingWay.ANONYMISE, reason=REASON, confirmed=confirmed())
    dry = look(office, listed(tmp_path / "a.xlsx", bare(child_code=made.known_as, case_number="Z/1")))
    assert standings(dry) == [RowStanding.WRONG]
    assert said(dry)["child_code"] == NAMELESS


def test_an_export_that_cannot_be_written_down_leaves_the_file_of_before(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NoRoom("full")

    kept = tmp_path / "out.xlsx"
    kept.write_bytes(b"the list of last year")
    monkeypatch.setattr("casemgr.store.work.add_line", full)
    with pytest.raises(NoRoom):
        export_cases(office, kept, reason="yearly report")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["out.xlsx"]
    assert kept.read_bytes() == b"the list of last year"


def test_the_empty_list_is_ours_and_has_no_rows_yet(office: Office, tmp_path: Path) -> None:
    import openpyxl

    save_template(tmp_path / "t.xlsx")
    with pytest.raises(Refusal) as refusal:
        open_list(office, tmp_path / "t.xlsx")
    assert refusal.value.message == NO_HEADINGS
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["cases"]
    assert [cell.value for cell in sheet[1]] == HEADS
    assert [cell.value for cell in sheet[2]] == [both(column) for column in COLUMNS]
    assert "\n" in sheet["B2"].value
    lists = {str(each.sqref)[0]: each for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert set(lists) == {HEADS_AT[name] for name in ("sex", "offence_category", "offence_class", "police_outcome",
                                                      "index_type", "event_level")}  # fmt: skip
    codes = [cell[0].value for cell in book["lists"][lists["F"].formula1.removeprefix("lists!").replace("$", "")]]
    assert codes == ["male", "female"]
    assert "yyyy" in sheet.column_dimensions["G"].number_format
    assert "ប្រុស" in str([cell.value for cell in book["lists"][3]])
    assert book["places"].max_row > 14_000


@pytest.mark.slow  # reading and writing the villages of the whole country takes seconds
def test_the_empty_list_filled_in_elsewhere_is_known_as_ours(office: Office, tmp_path: Path) -> None:
    import openpyxl

    save_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book["cases"].append(row())
    book.save(tmp_path / "full.xlsx")
    opened = open_list(office, tmp_path / "full.xlsx")
    assert opened.is_ours
    assert standings(check_list(office, opened)) == [RowStanding.NEW]


def test_a_list_of_the_office_is_understood_by_its_headings(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [
        ["បញ្ជីកុមារ"], [], ["ល.រ", "លេខកូដ", "ឈ្មោះ", "ភេទ", "DOB", "ថ្ងៃចាប់ខ្លួន", "Remarks"],
        [1, 12, "សុខ ដារ៉ា", "ប្រុស", "5/3/2008", "១/២/២០២២", "ok"], [2, 13, "ចាន់ ស្រីពៅ", "ស", date(2009, 4, 5), None, None],
    ])  # fmt: skip
    opened = open_list(office, path)
    assert not opened.is_ours
    assert unread(opened) == ["ល.រ"]
    dry = check_list(office, opened)
    assert standings(dry) == [RowStanding.NEW] * 2
    assert dry.rows[0].number == 4
    assert dry.rows[0].values["family_name_km"] == "សុខ"
    assert dry.rows[0].values["given_name_km"] == "ដារ៉ា"
    assert dry.rows[0].values["date_of_birth"] == PartialDate.of(2008, 3, 5)
    assert dry.rows[0].values["arrested_at"] == local(2022, 2, 1)
    assert [each.values["sex"] for each in dry.rows] == [Sex.MALE, Sex.FEMALE]
    assert dry.rows[0].values["child_code"] == "12"


def test_what_columns_and_words_mean_is_chosen_remembered_and_taken_back(office: Office, tmp_path: Path) -> None:
    heads = ["who", "kind", "x"]
    path = workbook(tmp_path / "a.xlsx", [heads, ["K-1", "លួច", 1], ["K-2", "?", 2]])
    before = hashes(office)
    opened = open_list(office, path)
    for columns, message in (({1: "sex"}, NOT_KNOWN), ({0: "child_code", 1: "child_code"}, TWICE)):
        with pytest.raises(Refusal) as refusal:
            opened.meaning(columns, {})
        assert refusal.value.message == message
    opened = opened.meaning({0: "child_code", 1: "offence_category"}, {})
    assert opened.words_of("offence_category") == ["លួច", "?"]
    opened = opened.meaning(opened.mapping.columns, {"offence_category": {"លួច": "THEFT", "?": ""}})
    done = import_list(office, check_list(office, opened))
    assert [each.category for each in all_of(office, Offence)] == [OffenceCategory.THEFT]
    kept = all_of(office, ImportMapping)
    again = open_list(office, workbook(tmp_path / "b.xlsx", [heads, ["K-3", "លួច", 1]]))
    assert again.mapping.columns == {0: "child_code", 1: "offence_category"}
    assert standings(check_list(office, again)) == [RowStanding.NEW]
    other = again.meaning({0: "child_code"}, {})
    second = import_list(office, check_list(office, other))
    assert all_of(office, ImportMapping)[0].plain != kept[0].plain
    undo_import(office, second.import_id)  # type: ignore[arg-type]
    assert all_of(office, ImportMapping)[0].plain == kept[0].plain
    undo_import(office, done.import_id)  # type: ignore[arg-type]
    assert hashes(office) == before


def test_merged_cells_are_refused_among_the_rows_and_let_be_above_them(office: Office, tmp_path: Path) -> None:
    heading = [["List of 2024"], HEADS, row(), row(child_code="K-2", case_number="C/2")]
    fine = workbook(tmp_path / "a.xlsx", heading, lambda sheet: sheet.merge_cells("A1:D1"))
    assert len(look(office, fine).rows) == 2
    bad = workbook(tmp_path / "b.xlsx", heading, lambda sheet: sheet.merge_cells("A3:A4"))
    with pytest.raises(Refusal) as refusal:
        open_list(office, bad)
    assert refusal.value.message == MERGED
    assert "A3:A4" in refusal.value.say(Words("km"))


def test_the_report_holds_no_name_and_no_formula(office: Office, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "a.csv"
    path.write_text(f"child_code,sex,given_name_km\nK-1,=1+1,{ONE['given_name_km']}\n", "utf-8")
    save_report(tmp_path / "r.xlsx", look(office, path), Words("km"))
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "r.xlsx").active for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    told = " ".join(str(cell.value) for cell in cells)
    assert "=1+1" not in told
    assert ONE["given_name_km"] not in told


def test_what_looks_like_a_formula_goes_out_as_text(office: Office, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "a.csv"
    path.write_text("child_code,notes,given_name_latin\nK-1,'=1+1,'@x\n", "utf-8")
    bring(office, path)
    export_cases(office, tmp_path / "out.xlsx", reason="x")
    export_cases(office, tmp_path / "out.csv", reason="x")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert (sheet.cell(2, len(HEADS)).value, sheet.cell(2, len(HEADS)).data_type) == ("=1+1", "s")
    assert "'=1+1" in (tmp_path / "out.csv").read_text("utf-8")
    assert standings(look(office, tmp_path / "out.csv")) == [RowStanding.HERE]


def test_an_export_wants_a_reason_and_is_written_down(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        export_cases(office, tmp_path / "out.xlsx", reason=" ")
    assert not (tmp_path / "out.xlsx").exists()
    export_cases(office, tmp_path / "out.xlsx", reason="yearly report")
    line = all_of(office, AuditEntry)[-1]
    assert (line.action, line.why) == ("exported", "yearly report")
