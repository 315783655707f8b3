"""Erasing: what is due and what blocks it, that nothing of it is left in the files, that the trail still holds."""

import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from erasable import CLOSED, REASON, Known, closed_child, confirmed, five_years

from casemgr.clock import PartialDate
from casemgr.records.beside.complaint import Complaint, IllTreatment
from casemgr.records.beside.consent import Consent, ConsentScope, ErasingDecision
from casemgr.records.beside.document import AttachedFile, Document
from casemgr.records.beside.link import Link
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.fields import fields_of
from casemgr.records.kept import AuditEntry, Draft, IndexEventKept
from casemgr.records.kinds import KINDS
from casemgr.records.nameless import nameless
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.closure import Closure
from casemgr.records.retention import ErasedKind, ErasingGround, ErasingWay, Erasure, Kept
from casemgr.records.sameness import Sameness, Verdict
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, case_files, casework, drafts, erasing, history, keeping_rules, same_child
from casemgr.services.erasing import NotSwept, erase
from casemgr.services.erasing_due import Block, due
from casemgr.services.office import Office, check_office, open_office
from casemgr.store.keys import KeyFile
from casemgr.trouble import Frozen, NoRoom, NoSuch, NotAllowed, Refusal, Stopped, WrongPassword

sys.path.append(str(Path(__file__).parents[1] / "store"))
from decrypted import plain_bytes

WAYS = [ErasingWay.ERASE, ErasingWay.ANONYMISE]
PASSWORD = "correct horse battery staple"


def left_of(office: Office, words: tuple[str, ...]) -> set[str]:
    """Return which of these words stand anywhere in the office's files, decrypted."""
    data_key = KeyFile.load(office.folder / "office.keys").unlock("", PASSWORD)[1]
    files = [file for file in office.folder.iterdir() if file.name.startswith("office.db") and file.suffix != ".db-shm"]
    data = b"".join(plain_bytes(file, data_key) for file in files)
    return {word for word in words if word.encode() in data}


def whole(office: Office) -> bool:
    return all(finding.ok for finding in check_office(office))


def test_without_a_rule_nothing_is_ever_due(office: Office) -> None:
    closed_child(office, closed=date(2017, 7, 1))
    assert due(office) == []
    assert set(keeping_rules.rules_now(office).values()) == {None}


def test_a_rule_tells_what_is_due_since_when(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    (found,) = due(office)
    assert (found.child_id, found.what, found.ground) == (known.child, Kept.CASES, ErasingGround.RULE)
    assert found.since == date(2023, 5, 3)
    assert (found.cases, found.documents, found.blocks) == (1, 1, ())
    assert found.records == 5
    assert due(office, date(2023, 5, 2)) == []
    assert len(due(office, date(2023, 5, 3))) == 1


def test_what_was_promised_for_the_papers_wins_where_it_is_later(office: Office) -> None:
    closed_child(office, papers_until=date(2026, 1, 31))
    five_years(office)
    assert due(office, date(2026, 1, 31)) == []
    assert [each.since for each in due(office, date(2026, 2, 1))] == [date(2026, 2, 1)]


def test_a_rule_holds_from_its_day_and_a_later_one_ends_it(office: Office) -> None:
    closed_child(office)
    keeping_rules.set_rule(office, Kept.CASES, 5, holds_from=date(2026, 6, 1), decided_by="ក")
    keeping_rules.set_rule(office, Kept.CASES, None, holds_from=date(2026, 9, 1), decided_by="ខ")
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 1))
    assert [len(due(office, day)) for day in days] == [0, 1, 1, 0]
    assert [rule.decided_by for rule in keeping_rules.rules_written(office)] == ["ខ", "ក"]


def test_documents_are_due_by_a_rule_of_their_own(office: Office) -> None:
    known = closed_child(office)
    five_years(office, Kept.DOCUMENTS)
    (found,) = due(office)
    assert (found.what, found.ways) == (Kept.DOCUMENTS, (ErasingWay.DOCUMENTS,))
    erase(office, [known.child], ErasingWay.DOCUMENTS, reason=REASON, confirmed=confirmed())
    assert due(office) == []
    with office.read() as work:
        assert work.find(Document) == work.find(AttachedFile) == []
        assert work.get(Child, known.child).family_name_km
    gone = tuple(word for word in known.words if word.endswith(("ឯកសារ", "ចំណងជើង")))
    assert left_of(office, gone) == set()
    assert whole(office)


def test_a_number_of_elsewhere_that_is_longer_than_any_of_ours_is_no_hindrance(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    with office.write() as work:
        work.get(Case, known.case).number = "PP-2017-" + "9" * 30
    erase(office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    assert len(erasing.certificates(office)) == 1


def test_what_was_typed_about_a_document_goes_with_it(office: Office) -> None:
    known = closed_child(office)
    five_years(office, Kept.DOCUMENTS)
    with office.read() as work:
        (document,) = work.find(Document)
    for key in (f"document/{document.id}", f"beside/remove/{document.id}", f"note/{document.case_id}"):
        drafts.keep_draft(office, key, known.case, {"headline": "ព្រាងចំណងជើង"})
    erase(office, [known.child], ErasingWay.DOCUMENTS, reason=REASON, confirmed=confirmed())
    with office.read() as work:
        left = {draft.key.partition("/")[0] for draft in work.find(Draft, case_id=known.case)}
    assert left == {"case", "note"}


def _open_again(office: Office, known: Known) -> None:
    casework.open_case(office, known.child, Case(opened_on=date(2026, 2, 1)))


def _complain(office: Office, known: Known) -> None:
    complaint = Complaint(case_id=known.case, told_on=date(2018, 1, 1), kinds=(IllTreatment.THREATS,))
    casework.save_record(office, complaint, why="ក")


def _hold(office: Office, known: Known) -> None:
    keeping_rules.hold(office, known.child, "តុលាការសុំឯកសារ")


def _link_to_open(office: Office, known: Known) -> None:
    other = Child(family_name_km="គ")
    casework.save_child(office, other)
    casework.open_case(office, other.id, case := Case(opened_on=date(2026, 1, 1)))
    casework.save_record(office, Link(case_id=case.id, other_child_id=known.child))


@pytest.mark.parametrize(("deed", "block"), [
    (_open_again, Block.OPEN_CASE), (_complain, Block.UNFINISHED), (_hold, Block.HOLD), (_link_to_open, Block.LINKED),
])  # fmt: skip
def test_what_stands_in_the_way(office: Office, deed: Any, block: Block) -> None:
    known = closed_child(office)
    five_years(office)
    deed(office, known)
    (found,) = due(office)
    assert found.blocks == (block,)
    with pytest.raises(Refusal):
        erase(office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    with office.read() as work:
        assert work.get(Child, known.child)


def test_an_open_case_of_another_record_of_the_same_child_stands_in_the_way(office: Office) -> None:
    """The papers say one child twice: what is kept of it goes together, and so do the last closing and the holds."""
    known = closed_child(office)
    five_years(office)
    again = Child(family_name_km="ក")
    casework.save_child(office, again)
    casework.open_case(office, again.id, case := Case(opened_on=date(2026, 1, 1)))
    same_child.decide(office, known.child, again.id, Verdict.SAME)
    assert due(office)[0].blocks == (Block.OPEN_CASE,)
    casework.save_record(office, Closure(case_id=case.id, closed_on=date(2026, 5, 1)), why="ចប់")
    assert due(office) == []
    keeping_rules.hold(office, again.id, "តុលាការ")
    found = [each for each in due(office, date(2031, 5, 2)) if each.child_id in (known.child, again.id)]
    assert [each.blocks for each in found] == [(Block.HOLD,)] * 2
    assert {each.since for each in found} == {date(2031, 5, 2)}


def test_nothing_is_due_by_the_years_where_a_closed_case_bears_no_day(office: Office) -> None:
    """As one that came with a list, or was closed by hand: another case was closed later than anybody knows."""
    known = closed_child(office)
    five_years(office)
    case = Case(opened_on=date(2024, 1, 1), status=CaseStatus.CLOSED)
    casework.open_case(office, known.child, case)
    assert due(office) == []
    casework.save_record(office, Closure(case_id=case.id, closed_on=date(2024, 2, 1)), why="ចប់")
    assert [each.since for each in due(office, date(2029, 2, 2))] == [date(2029, 2, 2)]


def test_a_withdrawal_that_was_a_slip_makes_nothing_due(office: Office) -> None:
    known = closed_child(office, closed=None)
    consent = Consent(
        case_id=known.case, scope=(ConsentScope.SERVICES,), given_on=date(2017, 4, 3), withdrawn_on=date(2026, 1, 5),
        decision=ErasingDecision.ERASE,
    )  # fmt: skip
    casework.save_record(office, consent)
    assert len(due(office)) == 1
    consent.withdrawn_on = None
    casework.save_record(office, consent)
    assert due(office) == []


def test_once_the_documents_went_by_a_decision_the_rule_counts_again(office: Office) -> None:
    known = closed_child(office)
    consent = Consent(
        case_id=known.case, scope=(ConsentScope.SERVICES,), given_on=date(2017, 4, 3), withdrawn_on=date(2018, 1, 5),
        decision=ErasingDecision.DOCUMENTS,
    )  # fmt: skip
    casework.save_record(office, consent)
    five_years(office)
    assert [each.what for each in due(office)] == [Kept.DOCUMENTS]
    erase(office, [known.child], ErasingWay.DOCUMENTS, reason=REASON, confirmed=confirmed())
    assert [(each.what, each.ground) for each in due(office)] == [(Kept.CASES, ErasingGround.RULE)]


def test_a_hold_can_be_lifted(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    _hold(office, known)
    keeping_rules.lift_hold(office, known.child, "ចប់ហើយ")
    assert due(office)[0].blocks == ()
    erase(office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    assert left_of(office, ("តុលាការសុំឯកសារ", "ចប់ហើយ")) == set()


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_a_child_is_left_in_the_files(office: Office, way: ErasingWay) -> None:
    known = closed_child(office)
    stays = closed_child(office, "ច", closed=date(2025, 1, 1))
    five_years(office)
    phones = (*known.words, "0979ម55512", "ម55512")
    assert left_of(office, phones) == set(phones)
    erase(office, [known.child], way, reason=REASON, confirmed=confirmed())
    assert left_of(office, phones) == set()
    assert left_of(office, stays.words) == set(stays.words)
    office.close()
    again = open_office(office.folder, "", PASSWORD)
    try:
        assert left_of(again, phones) == set()
        assert whole(again)
    finally:
        again.close()


def test_a_child_erased_whole_is_no_more(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    (_, (made,)) = erase(office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    with office.read() as work, pytest.raises(NoSuch):
        work.get(Child, known.child)
    with office.read() as work:
        assert work.find(Link) == work.find(Draft) == work.find(AttachedFile) == []
        assert [case.id for case in work.find(Case)] == [known.other]
    assert made.known_as == "SR-C-0001"
    counted = {row.kind: row.number for row in made.counts}
    assert counted[ErasedKind.CASES] == counted[ErasedKind.CHILDREN] == counted[ErasedKind.DOCUMENTS] == 1
    assert counted[ErasedKind.DRAFTS] == 2
    assert whole(office)


def test_a_number_that_was_given_is_never_given_again(office: Office) -> None:
    closed_child(office)
    casework.save_child(office, last := Child(family_name_km="ក"))
    casework.open_case(office, last.id, case := Case(opened_on=date(2017, 1, 1)))
    casework.save_record(office, Closure(case_id=case.id, closed_on=CLOSED), why="ក")
    five_years(office)
    erase(office, [last.id], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    casework.save_child(office, new := Child(family_name_km="ខ"))
    casework.open_case(office, new.id, again := Case(opened_on=date(2017, 1, 1)))
    assert (last.code, new.code) == ("SR-C-0003", "SR-C-0004")
    assert (case.number, again.number) == ("SR-2017-0003", "SR-2017-0004")


def test_no_record_of_a_nameless_child_tells_the_day_of_a_birth() -> None:
    """Neither of its own nor, in a table, of somebody of its family, nor of a small child in prison with its mother."""
    said = ChildInPrison(child_name="ក", child_born=date(2025, 2, 9), entered_on=date(2026, 5, 20))
    assert nameless(said) == {"child_name": "–", "child_born": date(2025, 1, 1)}
    births = {info.name for kind in KINDS for info in fields_of(kind.record) if info.name.endswith("born")}
    assert births == {"born", "child_born"}


def test_a_nameless_child_keeps_coded_facts_alone_and_stays_as_it_is(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    (_, (made,)) = erase(office, [known.child], ErasingWay.ANONYMISE, reason=REASON, confirmed=confirmed())
    file = case_files.case_file(office, known.case)
    assert file.child.code == made.known_as != "SR-C-0001"
    assert (file.case.number or "").startswith(made.known_as or "?")
    assert (file.child.family_name_km, file.child.village_code, file.child.phone) == (None, "17", None)
    assert file.child.born == PartialDate.from_age(16, date(2017, 4, 1))
    assert file.child.household[0].born == PartialDate.of(2005)
    assert file.offences[0].category is not None
    assert file.offences[0].description == "–"
    assert not file.of(Document)
    file.child.notes = "ក"
    with pytest.raises(Frozen):
        casework.save_child(office, file.child)
    with pytest.raises(Frozen):
        casework.save_record(office, file.offences[0])
    assert due(office) == []


def test_the_trail_still_tells_who_did_what_and_no_answer(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    with office.read() as work:
        before = [(line.seq, line.action, line.staff_id, line.record_id) for line in work.find(AuditEntry)]
    offence = case_files.case_file(office, known.case).offences[0]
    erase(office, [known.child], ErasingWay.ANONYMISE, reason=REASON, confirmed=confirmed())
    with office.read() as work:
        after = work.find(AuditEntry)
    assert [(line.seq, line.action, line.staff_id, line.record_id) for line in after][: len(before)] == before
    assert {line.changes for line in after if line.child_id == known.child and line.action == "created"} == {None}
    assert [version.changes for version in history.of_record(office, offence)] == [()]
    (told,) = [line for line in after if line.action == "anonymised"]
    assert told.why == REASON
    with pytest.raises(NoSuch):
        history.undo(office, [line.seq for line in after if line.record_id == offence.id])


def test_only_an_administrator_starts_it_and_a_supervisor_confirms(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    for name, role in (("សុខ", Role.SUPERVISOR), ("ចាន់", Role.CASE_WORKER)):
        accounts.add_account(office, StaffMember(name=name, roles=(role,)), "first password given")
    folder = office.folder
    office.close()
    for name in ("សុខ", "ចាន់"):
        with_first = open_office(folder, name, "first password given")
        accounts.change_password(with_first, "first password given", f"own password of {name}")
        with pytest.raises(NotAllowed):
            erase(with_first, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
        with_first.close()
    own = open_office(folder, "ទេព បូរិន", PASSWORD)

    def refused(*said: str) -> type[Exception]:
        with pytest.raises(Refusal) as caught:
            erase(own, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed(*said))
        return caught.type

    assert refused("សុខ", "not the password") is WrongPassword
    assert refused("ចាន់", "own password of ចាន់") is NotAllowed
    assert refused("ទេព បូរិន", PASSWORD) is NotAllowed
    assert refused("សុខ", "own password of សុខ", "yes") is Refusal
    (_, (made,)) = erase(
        own, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed("សុខ", "own password of សុខ", " Erase ")
    )
    assert made.done_by == own.staff.id != made.confirmed_by
    own.close()


def test_a_certificate_names_nobody_and_holds_the_heads_of_the_trail(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    (_, (made,)) = erase(office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    with office.read() as work:
        kept = work.get(Erasure, made.id)
        lines = {line.seq: line.digest for line in work.find(AuditEntry)}
    for head in (kept.head_before, kept.head_after):
        seq, digest = head.split(":")
        assert lines[int(seq)] == digest
    assert kept.rule == "5 (2020-01-01)"
    assert erasing.certificates(office)[0].id == kept.id


def test_withdrawn_consent_is_decided_by_a_supervisor_and_then_due(office: Office) -> None:
    known = closed_child(office, closed=date(2026, 3, 1))
    consent = Consent(
        case_id=known.case, scope=(ConsentScope.PHOTO,), given_on=date(2018, 1, 1), withdrawn_on=date(2026, 11, 1)
    )
    casework.save_record(office, consent, why="ក")
    assert due(office) == []
    consent.decision = ErasingDecision.DOCUMENTS
    casework.save_record(office, consent)
    kept = case_files.case_file(office, known.case).of(Consent)[0]
    assert (kept.decided_by, kept.decided_on is None) == (office.staff.name, False)
    (found,) = due(office)
    assert (found.ground, found.ways) == (ErasingGround.WITHDRAWAL, (ErasingWay.DOCUMENTS,))
    erase(office, [known.child], ErasingWay.DOCUMENTS, reason=REASON, confirmed=confirmed())
    assert due(office) == []


def test_a_case_worker_cannot_decide_what_is_erased(office: Office) -> None:
    known = closed_child(office, closed=date(2026, 3, 1))
    office.rights = office.rights - {erasing.Right.HOLD}
    consent = Consent(
        case_id=known.case, scope=(ConsentScope.PHOTO,), given_on=date(2018, 1, 1), withdrawn_on=date(2026, 11, 1),
        decision=ErasingDecision.ERASE,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        casework.save_record(office, consent, why="ក")


@pytest.mark.parametrize("way", WAYS)
def test_what_was_linked_to_the_child_stands_alone_afterwards(office: Office, way: ErasingWay) -> None:
    known, stays = closed_child(office), closed_child(office, "ច", closed=date(2019, 1, 1))
    same_child.decide(office, known.child, stays.child, Verdict.SAME)
    five_years(office)
    assert [each.child_id for each in same_child.linked_records(office, stays.child)] == [known.child]
    erase(office, [known.child], way, reason=REASON, confirmed=confirmed())
    assert same_child.linked_records(office, stays.child) == ()
    with office.read() as work:
        assert work.find(Sameness) == []
        events = work.find(IndexEventKept, child_id=stays.child)
    assert sum(each.first for each in events) == (1 if events else 0)


def test_work_beside_is_waited_for_and_nothing_stays_in_the_log(office: Office) -> None:
    """Whoever reads at that moment, as the weekly look does, keeps what was there before in the log.

    The store itself would wait as well, and give up after some seconds without a word.
    """
    known = closed_child(office)
    five_years(office)
    begun, over = threading.Event(), threading.Event()
    sa.event.listen(office.store._engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=20").close())

    def look() -> None:
        with office.store.at_work() as (engine, _), engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM child").fetchall()
            begun.set()
            over.wait(20)

    beside = threading.Thread(target=look)
    beside.start()
    begun.wait(20)
    erase(
        office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed(),
        progress=lambda _done, _of: threading.Timer(0.3, over.set).start(),
    )  # fmt: skip
    assert over.is_set()
    beside.join()
    assert left_of(office, known.words) == set()


def test_a_file_that_cannot_be_made_anew_is_told_with_the_certificate(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise NoRoom("full")

    known = closed_child(office)
    five_years(office)
    monkeypatch.setattr(office.store, "sweep", full)
    with pytest.raises(NotSwept) as told:
        erase(office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed())
    assert told.value.changes.gone == {known.child, known.case}
    assert [each.id for each in told.value.certificates] == [each.id for each in erasing.certificates(office)]


def test_what_is_left_to_do_once_all_is_erased_is_told_without_an_end(office: Office) -> None:
    known, so_far = closed_child(office), list[tuple[int, int]]()
    five_years(office)
    erase(
        office, [known.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed(),
        progress=lambda done, of: so_far.append((done, of)),
    )  # fmt: skip
    assert so_far == [(1, 1), (0, 0)]


def test_erasing_can_be_stopped_before_anything_is_gone(office: Office) -> None:
    known, other = closed_child(office), closed_child(office, "ច")
    five_years(office)
    so_far: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        erase(
            office, [known.child, other.child], ErasingWay.ERASE, reason=REASON, confirmed=confirmed(),
            progress=lambda done, of: so_far.append((done, of)), cancelled=lambda: bool(so_far),
        )  # fmt: skip
    assert so_far == [(1, 2)]
    assert len(due(office)) == 2
    assert erasing.certificates(office) == []
    assert whole(office)
