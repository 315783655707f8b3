"""The six case forms of the ministry: what they take from the records, and what they leave to be written by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sample_case import Kept, begun_case, sample, sample_case, wanted

from casemgr.law.limits import Limit, load_limits
from casemgr.printing.blocks import Paper, Signatures, TableBlock, Ticks, Together, as_text
from casemgr.printing.forms import FORMS
from casemgr.records.case import Case, CaseStatus, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Rating, fields_of
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import FollowUpStatus
from casemgr.records.pathway.inquiry_answers import Hiv
from casemgr.records.pathway.reintegration import ReintegrationPlan, ReintegrationReview
from casemgr.records.pathway.reintegration_answers import Occasion, PlanReason
from casemgr.records.pathway.social_inquiry import SocialInquiry

BY_NUMBER = {form.number: form for form in FORMS}
SCORES = ("child", "family", "total", "lowest")


def of(*records: Any, **case: Any) -> Kept:
    return Kept(sample(Child), sample(Case, **case), (sample(Offence),), records)


def made(number: str, file: Kept | None, **said: Any) -> Paper:
    return BY_NUMBER[number].compose(wanted("en", file, **said))


def told(number: str, file: Kept | None, **said: Any) -> str:
    return as_text(made(number, file, **said))


def wanted_by(number: str, file: Kept) -> list[Any]:
    return list(BY_NUMBER[number].wanted_now(file))


def flat(paper: Paper) -> list[object]:
    return [inner for block in paper.blocks for inner in (block.blocks if isinstance(block, Together) else (block,))]


def table_headed(paper: Paper, head: str) -> Sequence[Sequence[str | None]]:
    return next(block.rows for block in flat(paper) if isinstance(block, TableBlock) and block.heads[0] == head)


def confirmed() -> dict[str, Limit]:
    limits = load_limits()
    keys = [f"closing-score/{part}" for part in SCORES]
    return limits | {key: replace(limits[key], confirmed=True) for key in keys}


def ticked(paper: Paper, label: str) -> list[str]:
    boxes = next(block for block in paper.blocks if isinstance(block, Ticks) and block.label == label)
    return [text for text, is_ticked in boxes.options if is_ticked]


def test_needs_of_the_report_are_ranked_by_the_list_of_the_ministry() -> None:
    rows = table_headed(made("M-1", of(sample(SocialInquiry))), "Need")
    ranks = {row[at]: row[at + 1] for row in rows for at in (0, 2, 4) if row[at]}
    assert ranks["Education"] == "1"
    assert ranks["Psychological support"] == "2"
    assert ranks["Other"] == "3"
    assert ranks["Food"] is None


def test_the_program_ticks_neither_hiv_nor_abuse() -> None:
    report = sample(SocialInquiry, hiv=Hiv.POSITIVE)
    paper = made("M-1", of(report), with_restricted=True)
    assert ticked(paper, "Kind of child") == ["In conflict with the law", "With a disability"]
    assert "[x] Affected by HIV" not in as_text(paper)


@pytest.mark.parametrize("number", ["M-1", "M-2", "M-3", "M-4", "M-5", "M-6"])
def test_restricted_answers_never_stand_on_a_form_of_the_ministry(number: str) -> None:
    file = sample_case(BY_NUMBER[number].name)
    assert told(number, file, with_restricted=True) == told(number, file)


def test_the_review_at_the_start_goes_before_newer_ones() -> None:
    first = sample(ReintegrationReview, occasion=Occasion.START, child_food=Rating.WEAK)
    later = sample(ReintegrationReview, id=uuid4(), child_food=Rating.VERY_GOOD)
    rows = table_headed(made("M-2", of(first, later)), "Item")
    assert {row[0]: row[1] for row in rows}["Food"] == "1 weak"


def test_without_a_review_the_report_rates_what_it_asks_and_the_rest_is_circled() -> None:
    paper = made("M-2", of(sample(SocialInquiry)))
    rows = {row[0]: row[1] for row in table_headed(paper, "Item")}
    assert rows["Shelter"] == "2 medium"
    assert rows["Education"] == "1 · 2 · 3 · 4"
    assert not paper.draft


def test_low_ratings_are_named_on_the_plan() -> None:
    review = sample(ReintegrationReview)
    for info in fields_of(ReintegrationReview):
        if info.choices is Rating:
            setattr(review, info.name, Rating.GOOD)
    review.child_food = Rating.MEDIUM
    assert "Rated 1 or 2: Food\n" in told("M-3", of(sample(ReintegrationPlan), review))


def test_before_there_is_a_plan_the_steps_of_the_report_stand_on_it() -> None:
    report = sample(SocialInquiry)
    goals = [row[1] for row in table_headed(made("M-3", of(report)), "Item")]
    assert goals == [step.goal for step in report.plan]


def test_the_local_authority_is_not_told_of_new_contact_with_the_law() -> None:
    empty = dict.fromkeys(("schooling", "work", "living_with", "needs_text"))
    for status in (FollowUpStatus.NEW_CONTACT, FollowUpStatus.IN_CUSTODY):
        follow_up = sample(FollowUp, status=status, needs=(), **empty)
        assert status.label not in told("M-5", of(follow_up))
    assert FollowUpStatus.MOVED.label in told(
        "M-5", of(sample(FollowUp, status=FollowUpStatus.MOVED, needs=(), **empty))
    )


def test_points_stand_on_the_closing_only_where_they_are_confirmed() -> None:
    file = sample_case("ministry-6-closing")
    open_rows = table_headed(made("M-6", file, limits=load_limits()), "Total")
    assert [row[2] for row in open_rows] == [None] * 4
    assert "left to be written in" in told("M-6", file, limits=load_limits())
    rows = table_headed(made("M-6", file, limits=confirmed()), "Total")
    assert [row[2] for row in rows] == ["21", "30", "48", "2"]
    assert [row[1] for row in rows] == ["33", "39", "72", "Yes"]
    assert "left to be written in" not in told("M-6", file, limits=confirmed())


def test_other_totals_at_the_closing_make_a_draft_of_it() -> None:
    review, closure = sample(ReintegrationReview), sample(Closure, child_total=20)
    assert made("M-6", of(review, closure)).draft
    assert not made("M-6", sample_case("ministry-6-closing")).draft


def test_a_child_that_is_not_there_does_not_sign() -> None:
    for reason in (ClosingReason.DIED, ClosingReason.MISSING, ClosingReason.RUN_AWAY):
        paper = made("M-6", of(sample(Closure, reason=reason, child_view=None)))
        assert not paper.draft
        signers = [signer.role for block in flat(paper) if isinstance(block, Signatures) for signer in block.signers]
        assert "Child" not in signers
        assert "read aloud to the child" not in as_text(paper)


def test_each_form_is_wanted_at_its_time() -> None:
    begun, plan, review = begun_case(), sample(ReintegrationPlan, ended_on=None), sample(ReintegrationReview)
    assert wanted_by("M-1", begun) == [None]
    assert wanted_by("M-1", of(sample(SocialInquiry))) == []
    assert wanted_by("M-1", of(status=CaseStatus.CLOSED)) == []
    assert wanted_by("M-2", of(sample(SocialInquiry))) == [None]
    assert wanted_by("M-2", of(review)) == [review.id]
    assert wanted_by("M-2", of(review, plan)) == []
    assert wanted_by("M-3", of(plan)) == [plan.id]
    assert wanted_by("M-3", of(sample(ReintegrationPlan))) == []
    assert wanted_by("M-4", of(plan)) == [None]
    assert wanted_by("M-4", of(sample(ReintegrationPlan, ended_on=None, why=PlanReason.PREVENTION))) == []
    assert wanted_by("M-5", of(plan)) == []
    assert wanted_by("M-5", of(plan, sample(FollowUp))) == [None]
    closure = sample(Closure, reopened_on=None)
    assert wanted_by("M-6", of(closure)) == [closure.id] == wanted_by("F-24", of(closure))
    assert wanted_by("M-6", of(sample(Closure))) == [] == wanted_by("F-24", of(sample(Closure)))
