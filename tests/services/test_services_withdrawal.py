"""What follows when consent is taken back: calls and lists with names end, papers warn, a decision is due."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from followed import released

from casemgr import clock
from casemgr.printing.forms import FORMS, Naming, Reader
from casemgr.records.beside.consent import Consent, ConsentScope, ErasingDecision, withdrawn_from
from casemgr.records.case import Case
from casemgr.records.staff import Role
from casemgr.services import case_files, casework, follow_ups, handover, lists, papers, sending_case
from casemgr.services.follow_up_export import export_follow_ups
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office
from casemgr.services.papers import NAME_WITHDRAWN, NAME_WITHOUT_CONSENT, PaperChoice, name_warning
from casemgr.services.rights import rights_of
from casemgr.trouble import NotAllowed

DAY = timedelta(days=1)
GIVEN = clock.today() - 30 * DAY
WITHDRAWN = clock.today() - 2 * DAY


def consent(of: Case, *scope: ConsentScope, **more: object) -> Consent:
    return Consent(case_id=of.id, scope=scope, given_on=GIVEN, **more)


@pytest.fixture
def withdrawn(office: Office) -> Case:
    """A released child of whom consent to calls and sharing was taken back, beside another one."""
    made = released(office, clock.today() - 60 * DAY)
    released(office, clock.today() - 61 * DAY)
    scope = ConsentScope.CONTACT, ConsentScope.SHARING
    casework.save_record(office, consent(made, *scope, withdrawn_on=WITHDRAWN), "ក")
    return made


def test_it_holds_from_its_day_until_a_later_consent_allows_it_again() -> None:
    case, scope = Case(), ConsentScope.CONTACT
    ended = consent(case, scope, withdrawn_on=WITHDRAWN)
    assert withdrawn_from([ended], scope, WITHDRAWN - DAY) is None
    assert withdrawn_from([ended], scope, WITHDRAWN) == WITHDRAWN
    assert withdrawn_from([ended], ConsentScope.SHARING, WITHDRAWN) is None
    again = Consent(case_id=case.id, scope=(scope,), given_on=WITHDRAWN + DAY)
    assert withdrawn_from([ended, again], scope, WITHDRAWN + DAY) is None
    assert withdrawn_from([again], scope, WITHDRAWN) is None


def test_no_list_with_names_holds_the_child_and_the_list_on_screen_says_so(
    office: Office, withdrawn: Case, tmp_path: Path
) -> None:  # fmt: skip
    asked = follow_ups.filter_of(office)
    rows = {row.case_id: row.withdrawn for row in follow_ups.follow_up_list(office)}
    assert [case_id for case_id, is_so in rows.items() if is_so] == [withdrawn.id]
    said = {"passphrase": "seven ducks over Tonle Sap", "reason": "calls", "language": "en"}
    assert export_follow_ups(office, tmp_path / "list.xlsx", ListKind.WORKBOOK, asked, **said) == 1
    coded = export_follow_ups(office, tmp_path / "list.csv", ListKind.CSV, asked, pseudonymised=True, language="en")
    assert coded == 2


def test_a_paper_with_the_name_warns_of_it(office: Office, withdrawn: Case) -> None:
    form = next(form for form in FORMS if form.reader is Reader.OTHERS)
    file = case_files.case_file(office, withdrawn.id)
    assert name_warning(form, file, PaperChoice(named=True)) == NAME_WITHDRAWN
    other = next(row.id for row in lists.cases(office) if row.id != withdrawn.id)
    assert name_warning(form, case_files.case_file(office, other), PaperChoice(named=True)) == NAME_WITHOUT_CONSENT


def test_the_case_says_so_and_a_decision_is_due_until_a_supervisor_made_it(office: Office, withdrawn: Case) -> None:
    def fields() -> list[str | None]:
        file = case_files.case_file(office, withdrawn.id)
        own = file.of(Consent)[0]
        return [remark.field for remark in file.remarks if remark.record_id == own.id]

    def due() -> list[str]:
        return [row.rule for row in lists.today(office) if row.case_id == withdrawn.id]

    assert fields() == ["withdrawn_on", "decision"]
    assert "withdrawal-decision" in due()
    kept = case_files.case_file(office, withdrawn.id).of(Consent)[0]
    kept.decision = ErasingDecision.KEEP
    casework.save_record(office, kept)
    assert fields() == ["withdrawn_on"]
    assert "withdrawal-decision" not in due()


def test_a_case_that_is_handed_over_says_that_sharing_was_withdrawn(office: Office, withdrawn: Case) -> None:
    assert handover.warnings(case_files.case_file(office, withdrawn.id)) == (handover.WITHDRAWN,)
    again = Consent(case_id=withdrawn.id, scope=(ConsentScope.SHARING,), given_on=clock.today())
    casework.save_record(office, again, "ក")
    assert handover.warnings(case_files.case_file(office, withdrawn.id)) == (handover.LEAVES,)


def test_papers_of_many_cases_say_that_sharing_was_withdrawn_in_one(office: Office, withdrawn: Case) -> None:
    with office.read() as work:
        other = next(case.id for case in work.find(Case) if case.id != withdrawn.id)
    form = next(form for form in FORMS if form.reader is Reader.OTHERS and form.naming is Naming.CODE)
    named = PaperChoice(named=True)
    assert papers.batch_warning(office, form.name, [other, withdrawn.id], named) == papers.NAMES_WITHDRAWN
    assert papers.batch_warning(office, form.name, [other], named) == papers.NAMES_WITHOUT_CONSENT


def test_a_decision_of_the_supervisor_is_removed_by_a_supervisor_alone(office: Office, withdrawn: Case) -> None:
    with office.read() as work:
        (given,) = work.find(Consent, case_id=withdrawn.id)
    given.decision = ErasingDecision.ERASE
    casework.save_record(office, given)
    worker = dataclasses.replace(office, rights=rights_of((Role.CASE_WORKER,)))
    with pytest.raises(NotAllowed):
        casework.remove_record(worker, given, "ច្រឡំ")
    casework.remove_record(office, given, "ច្រឡំ")
    with office.read() as work:
        assert work.find(Consent, case_id=withdrawn.id) == []


def test_who_sends_a_case_elsewhere_is_told_that_sharing_was_withdrawn(office: Office, withdrawn: Case) -> None:
    assert sending_case.warnings(case_files.case_file(office, withdrawn.id, log=False)) == (sending_case.WITHDRAWN,)
    casework.save_record(office, consent(withdrawn, ConsentScope.SHARING), "ក")
    assert sending_case.warnings(case_files.case_file(office, withdrawn.id, log=False)) == (sending_case.LEAVES,)
