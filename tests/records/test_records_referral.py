"""Referral to lawyers and services: its questions, its clock, and what it says of the first lawyer."""

from datetime import date

import pytest
from declared import sample_of

from casemgr.clock import local
from casemgr.records.fields import fields_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.legal_referral import (
    LEGAL_REFERRAL,
    REFERRAL_RECORD,
    Referral,
    first_legal_meeting,
    is_legal,
    is_legal_referral,
)
from casemgr.records.pathway.referral_answers import LEGAL_SERVICES, ReferralEnd, Reply, Service
from casemgr.records.stage import Time

ANSWER = REFERRAL_RECORD.clocks[0]
ASKED = local(2026, 11, 22, 21, 40)


def test_the_stage_holds_one_kind_of_which_a_case_may_have_several() -> None:
    assert LEGAL_REFERRAL.kinds == (REFERRAL_RECORD,)
    assert (REFERRAL_RECORD.key, REFERRAL_RECORD.several, REFERRAL_RECORD.after) == ("referral", True, ("arrest",))


def test_legal_help_comes_first_and_every_service_has_a_code_of_the_ministry() -> None:
    assert set(list(Service)[: len(LEGAL_SERVICES)]) == LEGAL_SERVICES
    codes = [service.exchange_code for service in Service]
    assert len(set(codes)) == len(codes) == 50
    assert {service for service in Service if service.exchange_code.startswith("legal_support_")} == LEGAL_SERVICES
    assert {service for service in Service if is_legal(service)} == LEGAL_SERVICES
    assert not is_legal(None)


def test_the_lawyer_is_asked_for_in_legal_referrals_alone() -> None:
    asked = {info.name: info for info in fields_of(Referral)}
    legal, other, open_yet = (
        Referral(service=Service.LEGAL_ADVOCACY),
        Referral(service=Service.SCHOOL_EXTRA),
        Referral(),
    )
    for name in ("assigned_name", "assigned_phone", "assigned_on", "paid", "mandate_signed"):
        assert [asked[name].is_shown(each) for each in (legal, other, open_yet)] == [True, False, False]
    assert [asked["attended"].is_shown(each) for each in (legal, other, open_yet)] == [False, True, False]
    assert [is_legal_referral(each) for each in (legal, other, open_yet, Arrest())] == [True, False, False, False]


def test_an_answer_asks_for_its_time_and_a_refusal_for_its_reason() -> None:
    asked = {info.name: info for info in fields_of(Referral)}
    shown = {
        reply: [asked[name].is_shown(Referral(answer=reply)) for name in ("answered_at", "decline_reason")]
        for reply in (None, *Reply)
    }
    assert shown[None] == shown[Reply.WAITING] == shown[Reply.NO_ANSWER] == [False, False]
    assert shown[Reply.ACCEPTED] == [True, False]
    assert shown[Reply.DECLINED] == [True, True]
    assert asked["answered_at"].is_shown(Referral(answered_at=ASKED))


@pytest.mark.parametrize(
    ("known", "ends"),
    [
        ({}, None),
        ({"answered_at": local(2026, 11, 23, 8)}, local(2026, 11, 23, 8)),
        ({"first_met_at": local(2026, 11, 23, 9), "answered_at": local(2026, 11, 24, 8)}, local(2026, 11, 23, 9)),
        ({"closed_on": date(2026, 11, 23), "answered_at": local(2026, 11, 24, 8)}, date(2026, 11, 23)),
        ({"closed_on": date(2026, 11, 24), "answered_at": local(2026, 11, 24, 8)}, local(2026, 11, 24, 8)),
        ({"closed_on": date(2026, 11, 24), "first_met_at": local(2026, 11, 25, 1)}, date(2026, 11, 24)),
    ],
)  # fmt: skip
def test_the_clock_ends_with_the_first_sign_and_of_one_day_with_the_moment(
    known: dict[str, Time], ends: Time | None
) -> None:
    referral = Referral(asked_at=ASKED, **known)
    assert (ANSWER.rule, ANSWER.due, ANSWER.starts(referral)) == ("referral-answer", None, ASKED)
    assert ANSWER.ends(referral) == ends
    assert type(ANSWER.ends(referral)) is type(ends)


def test_a_referral_is_open_until_it_is_closed_or_declined() -> None:
    is_open = REFERRAL_RECORD.is_open
    assert is_open(Referral())
    assert is_open(Referral(answer=Reply.ACCEPTED, first_met_at=ASKED))
    assert not is_open(Referral(answer=Reply.DECLINED))
    assert not is_open(Referral(closed_on=date(2026, 12, 1)))
    assert not is_open(Referral(close_reason=ReferralEnd.MOVED))


def test_the_timeline_tells_what_kind_of_answer_came_and_who_met_the_child() -> None:
    def told(**known: object) -> set[str]:
        referral = Referral(answered_at=ASKED, first_met_at=ASKED, assigned_on=ASKED.date(), **known)  # type: ignore[arg-type]
        return {event.label for event in REFERRAL_RECORD.events if event.at(referral) is not None}

    assert told(service=Service.LEGAL_ACCESS, answer=Reply.ACCEPTED) == {
        "Referral accepted", "Lawyer named", "Lawyer met the child",
    }  # fmt: skip
    assert told(service=Service.COUNSELLING, answer=Reply.DECLINED) == {
        "Referral declined", "First meeting with a service",
    }  # fmt: skip
    assert told(answer=Reply.WAITING_LIST) == {"Referral answered", "First meeting with a service"}


def test_the_first_legal_meeting_is_the_earliest_of_the_legal_referrals() -> None:
    first, later = local(2026, 11, 23, 9), local(2026, 11, 24, 9)
    records = [
        Arrest(lawyer_arrived_at=local(2026, 11, 22, 23)),
        Referral(service=Service.LEGAL_REPRESENTATION, first_met_at=later),
        Referral(service=Service.LEGAL_ACCESS, first_met_at=first),
        Referral(service=Service.LEGAL_ADVOCACY),
        Referral(service=Service.COUNSELLING, first_met_at=local(2026, 11, 22, 20)),
        Referral(first_met_at=local(2026, 11, 22, 20)),
    ]
    assert first_legal_meeting(records) == first_legal_meeting(records[::-1]) == first
    assert first_legal_meeting(records[4:]) is None
    assert first_legal_meeting([]) is None


def test_the_sample_is_accepted_before_the_lawyer_comes() -> None:
    referral = Referral(**sample_of(Referral))
    assert ANSWER.ends(referral) == local(2026, 11, 22, 22, 15)
    assert first_legal_meeting([referral]) == local(2026, 11, 23, 9)
