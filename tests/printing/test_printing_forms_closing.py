"""The summary of a case and the letter on closing it: what is told, to whom, and what is left out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sample_case import Kept, sample, sample_case, wanted

from casemgr.clock import local
from casemgr.law.deadlines import deadlines_of
from casemgr.law.limits import load_limits
from casemgr.printing.blocks import Signatures, Together, as_text
from casemgr.printing.forms import Wanted
from casemgr.printing.forms.case_summary import compose as summary
from casemgr.printing.forms.closing_letter import compose as letter
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.consent import Consent
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.reintegration import ReintegrationPlan

LIMITS = load_limits()


def of(*records: Any) -> Kept:
    child, offences = sample(Child), (sample(Offence),)
    return Kept(child, sample(Case), offences, records, (), deadlines_of(child, offences, records, LIMITS))


def asked(file: Kept, **said: Any) -> Wanted:
    return wanted("en", file, **{"limits": LIMITS} | said)


def test_a_limit_that_is_not_confirmed_is_no_law_in_the_summary() -> None:
    detention = sample(Detention, ended_on=None, end_reason=None)
    told = as_text(summary(asked(of(detention))))
    assert "End of pre-trial detention" in told
    assert "Not confirmed" in told
    assert "Code of Criminal Procedure" not in told
    limits = {key: replace(limit, confirmed=True) for key, limit in LIMITS.items()}
    assert "Code of Criminal Procedure" in as_text(summary(asked(of(detention), limits=limits)))


def test_what_is_over_is_said_to_be_so() -> None:
    detention = sample(Detention, ended_on=None, end_reason=None)
    late, early = asked(of(detention), at=local(2027, 12, 1)), asked(of(detention), at=local(2026, 11, 24))
    assert "| Over" in as_text(summary(late))
    assert "| Over" not in as_text(summary(early))


def test_custody_is_over_from_the_hour_on_and_not_from_the_next_day() -> None:
    file = of(sample(Arrest, custody_ended_at=None, outcome=None))
    limit = max(each.due_at for each in file.deadlines if not each.whole_day)
    rows = [as_text(summary(asked(file, at=limit + timedelta(hours=hours)))).count("| Over") for hours in (-1, 2)]
    assert rows[0] < rows[1]


def test_the_summary_says_where_nothing_is_due() -> None:
    assert "No deadline runs." in as_text(summary(asked(of(sample(Arrest)))))


def test_days_of_custody_and_detention_are_counted_once() -> None:
    told = as_text(summary(asked(of(sample(Arrest), sample(Detention)), at=local(2026, 11, 25))))
    assert "Days held so far, as recorded by the office: 4 days" in told
    still = sample(Detention, ended_on=None, end_reason=None)
    assert "still held" in as_text(summary(asked(of(still))))


def test_restricted_answers_and_complaints_stand_in_the_summary_only_where_wanted() -> None:
    file = sample_case()
    complaint = next(record for record in file.records if isinstance(record, Complaint))
    plain, whole = as_text(summary(asked(file))), as_text(summary(asked(file, with_restricted=True)))
    assert complaint.account
    assert complaint.account not in plain
    assert "Complaint" not in plain
    assert complaint.account in whole
    assert "Not asked" not in whole
    assert "For named staff only" in whole


def test_the_code_takes_the_place_of_names_in_what_a_worker_wrote() -> None:
    goal = replace(sample(ReintegrationPlan).goals[0], goal="ចាន់ ដារ៉ា និង ចាន់ដារ៉ា ជួបម្ដាយ អ៊ុំ សុផល រៀងរាល់សប្ដាហ៍")
    file = of(sample(ReintegrationPlan, goals=(goal,)))
    coded = as_text(summary(asked(file, named=False)))
    assert "SR-C-0001 និង SR-C-0001 ជួបម្ដាយ Mother រៀងរាល់សប្ដាហ៍" in coded
    assert "012 345 678" not in coded
    assert goal.goal in as_text(summary(asked(file)))


@pytest.mark.parametrize("reason", [*ClosingReason, None])
def test_a_letter_for_every_reason_names_no_reason_and_no_offence(reason: ClosingReason | None) -> None:
    told = as_text(letter(asked(of(sample(Closure, reason=reason)))))
    assert "Whom to call" in told
    assert "20-12-2032" in told
    assert "Theft" not in told
    if reason is not None:
        assert f": {reason.label}\n" not in told


@pytest.mark.parametrize("reason", [ClosingReason.DIED, ClosingReason.MISSING, ClosingReason.RUN_AWAY])
def test_the_letter_goes_to_the_family_alone_where_the_child_is_not_there(reason: ClosingReason) -> None:
    paper = letter(asked(of(sample(Closure, reason=reason), sample(Consent, withdrawn_on=None, valid_until=None))))
    told = as_text(paper)
    signatures = [
        inner
        for block in paper.blocks
        if isinstance(block, Together)
        for inner in block.blocks
        if isinstance(inner, Signatures)
    ]
    assert [signer.role for signer in signatures[0].signers] == ["Social worker", "Parent or guardian"]
    assert "To the family of" in told
    assert "What the child achieved" not in told
    assert "we still call or visit you" not in told


def test_further_visits_are_promised_only_where_the_family_allows_them() -> None:
    allowed, over = sample(Consent, withdrawn_on=None, valid_until=None), sample(Consent)
    promise = "we still call or visit you"
    assert promise in as_text(letter(asked(of(sample(Closure), allowed))))
    assert promise not in as_text(letter(asked(of(sample(Closure), over))))
    assert promise not in as_text(letter(asked(of(sample(Closure)))))


def test_who_goes_on_is_named_where_the_case_is_handed_over() -> None:
    closure = sample(Closure, reason=ClosingReason.TRANSFERRED)
    assert "Handed over to: អង្គការកុមារនិងអនាគត" in as_text(letter(asked(of(closure))))
    assert "Handed over to" not in as_text(letter(asked(of(sample(Closure)))))
