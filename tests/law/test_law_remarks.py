"""What is listed as missing or contradictory, and what is not."""

from datetime import date
from typing import Any

import pytest

from casemgr.clock import PartialDate, local
from casemgr.law.custody import spells_of
from casemgr.law.limits import load_limits
from casemgr.law.remarks import Matter, Remark, remarks_of
from casemgr.records.base import CaseRecord
from casemgr.records.beside.consent import Consent
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, CaseStatus, ChildRole, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.hearing import Hearing
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import Service
from casemgr.records.pathway.reintegration import ReintegrationPlan

ARRESTED = local(2026, 11, 22, 19, 30)
CONSENT = Consent(given_on=date(2026, 11, 23))


def arrest(**more: Any) -> Arrest:
    known = {"arrested_at": ARRESTED, "arrived_at": local(2026, 11, 22, 20, 15),
             "custody_ended_at": local(2026, 11, 23, 15), "outcome": PoliceOutcome.PROSECUTOR,
             "lawyer_arrived_at": local(2026, 11, 23, 9)}  # fmt: skip
    return Arrest(**(known | more))


def detention(**more: Any) -> Detention:
    return Detention(**({"basis": DetentionBasis.PRETRIAL, "started_on": date(2026, 11, 23)} | more))


def listed(*records: CaseRecord, born: str = "2011-03-12", offences: list[Offence] | None = None,
           **case: Any) -> list[Remark]:  # fmt: skip
    known = [Offence(committed_on=PartialDate.of(2026, 11, 21))] if offences is None else offences
    opened = Case(**({"opened_on": date(2026, 11, 22)} | case))
    child = Child(born=PartialDate.parse(born))
    matter = Matter(child, opened, known, records, load_limits(), local(2026, 12, 20))
    return list(remarks_of(matter))


def test_a_case_in_order_has_nothing_to_look_at() -> None:
    assert listed(arrest(), detention(), CONSENT) == []


@pytest.mark.parametrize(
    ("records", "more", "word", "field"),
    [
        ((arrest(), CONSENT), {"offences": []}, "No offence", None),
        ((arrest(), CONSENT), {"born": "2012"}, "in doubt", None),
        ((arrest(lawyer_arrived_at=None), CONSENT), {}, "No lawyer", "lawyer_arrived_at"),
        ((arrest(), Hearing(planned_at=local(2026, 11, 1, 9)), CONSENT), {}, "before the arrest", None),
        ((arrest(), Note(happened_at=local(2026, 11, 1, 9)), CONSENT), {}, "before the arrest", None),
        ((arrest(), detention(), detention(started_on=date(2026, 12, 1)), CONSENT), {}, "two places", "started_on"),
        ((arrest(custody_ended_at=None, outcome=None), detention(), CONSENT), {}, "two places", "started_on"),
        ((arrest(), detention(order_exists=Answer.NO), CONSENT), {}, "without a written order", "order_exists"),
        ((arrest(), detention(), CONSENT), {"born": "2013-01-05"}, "under 14", "basis"),
        ((arrest(), Judgment(community_hours=40), CONSENT), {}, "from 16 years", "community_hours"),
        ((arrest(), Judgment(community_hours=101), CONSENT), {"born": "2010-01-05"}, "at most 100", "community_hours"),
        (
            (arrest(), detention(ended_on=date(2026, 12, 10), end_reason=DetentionEnd.SERVED), CONSENT), {},
            "no reintegration plan", None,
        ),
        ((arrest(),), {}, "No consent", None),
        ((arrest(), detention(), CONSENT), {"status": CaseStatus.CLOSED}, "still open", None),
        (
            (arrest(), Closure(reason=ClosingReason.SCORE_REACHED, child_total=21, family_total=26), CONSENT), {},
            "scores are lower", "child_total",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_listed_once_with_the_field_to_mend(
    records: tuple[CaseRecord, ...], more: dict[str, Any], word: str, field: str | None
) -> None:
    found = listed(*records, **more)
    assert [word in remark.message for remark in found] == [True]
    assert found[0].field == field


@pytest.mark.parametrize(
    "records",
    [
        (arrest(lawyer_arrived_at=None, outcome=PoliceOutcome.VERBAL_WARNING), CONSENT),
        (arrest(lawyer_arrived_at=None), Referral(service=Service.LEGAL_REPRESENTATION,
                                                  first_met_at=local(2026, 11, 24)), CONSENT),
        (arrest(), detention(ended_on=date(2026, 12, 1)), detention(started_on=date(2026, 12, 1)), CONSENT),
        (arrest(), detention(ended_on=date(2026, 12, 10), end_reason=DetentionEnd.SERVED), ReintegrationPlan(),
         CONSENT),
        (arrest(), Closure(reason=ClosingReason.SCORE_REACHED, child_total=21, family_total=30), CONSENT),
        (arrest(), Closure(reason=ClosingReason.DIED), CONSENT),
    ],
)  # fmt: skip
def test_what_is_in_order_is_not(records: tuple[CaseRecord, ...]) -> None:
    assert listed(*records) == []


def test_an_offence_after_the_arrest_is_listed() -> None:
    late = Offence(committed_on=PartialDate.of(2026, 11, 23))
    [remark] = listed(arrest(), CONSENT, offences=[late])
    assert (remark.record_id, remark.field) == (late.id, "committed_on")
    assert listed(arrest(), CONSENT, offences=[Offence(committed_on=PartialDate.of(2026, 11))]) == []


def test_of_a_victim_no_offence_is_asked() -> None:
    assert listed(CONSENT, offences=[], child_role=ChildRole.VICTIM) == []


def test_consent_may_take_three_days() -> None:
    assert listed(arrest(), opened_on=date(2026, 12, 17)) == []
    assert len(listed(arrest(), opened_on=date(2026, 12, 16))) == 1


def test_spells_are_of_custody_and_detention_whose_beginning_is_known_and_end_too_where_the_child_went_home() -> None:
    records = (arrest(), detention(ended_on=date(2026, 12, 2)), detention(started_on=date(2026, 12, 2)))
    assert [(spell.first, spell.last) for spell in spells_of(records)] == [
        (date(2026, 11, 22), date(2026, 11, 23)), (date(2026, 11, 23), date(2026, 12, 2)), (date(2026, 12, 2), None),
    ]  # fmt: skip
    assert spells_of([arrest(custody_ended_at=None, outcome=PoliceOutcome.RELEASED), Arrest()]) == []


def test_two_places_are_found_however_many_spells_lie_between() -> None:
    spells = [
        detention(started_on=date(2026, 11, day), ended_on=date(2026, 11, until))
        for day, until in ((1, 30), (2, 3), (10, 12), (30, 30))
    ]
    found = [remark.record_id for remark in listed(*spells, CONSENT) if "two places" in remark.message]
    assert found == [spells[1].id, spells[2].id]


@pytest.mark.parametrize(("answer", "fields"), [(Answer.NO, ["all_at_least_two"]), (Answer.YES, []), (None, [])])
def test_an_item_rated_lower_than_the_form_asks_is_named(answer: Answer | None, fields: list[str]) -> None:
    closing = Closure(
        reason=ClosingReason.SCORE_REACHED, child_total=30, family_total=40, all_at_least_two=answer
    )  # fmt: skip
    found = [remark.field for remark in listed(arrest(), closing, CONSENT) if "scores are lower" in remark.message]
    assert found == fields
