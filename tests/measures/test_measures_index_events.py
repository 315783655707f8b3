"""What starts the count of reoffending, and what does not."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from casemgr.measures.index_events import (
    INDEX_RELEASES,
    IndexEvent,
    IndexKind,
    Sentence,
    first_of,
    index_event,
    index_events,
    sentence_of,
)
from casemgr.records.base import CaseRecord
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.court_answers import CourtMeasure, JudgmentResult, Penalty
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import RELEASES, DetentionBasis, DetentionEnd
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import DiversionOutcome
from casemgr.records.pathway.judgment import Judgment

CHILD, CASE = uuid4(), uuid4()
DAY = date(2026, 12, 10)


def judgment(result: JudgmentResult, *penalties: Penalty, on: date = DAY, **more: Any) -> Judgment:
    return Judgment(case_id=CASE, decided_on=on, result=result, penalties=penalties, **more)


def release(reason: DetentionEnd | None, on: date | None = DAY) -> Detention:
    return Detention(case_id=CASE, basis=DetentionBasis.SENTENCED, ended_on=on, end_reason=reason)


@pytest.mark.parametrize("reason", DetentionEnd)
def test_only_a_release_that_ends_a_sentence_counts(reason: DetentionEnd) -> None:
    found = index_event(release(reason), CHILD)
    if reason in {DetentionEnd.SERVED, DetentionEnd.CONDITIONAL, DetentionEnd.PARDON}:
        assert found is not None
        assert (found.child_id, found.case_id, found.kind, found.on) == (CHILD, CASE, IndexKind.RELEASE, DAY)
    else:
        assert found is None


def test_the_releases_that_count_are_releases() -> None:
    assert INDEX_RELEASES < RELEASES
    assert index_event(release(None), CHILD) is None
    assert index_event(release(DetentionEnd.SERVED, on=None), CHILD) is None
    assert index_event(Arrest(case_id=CASE), CHILD) is None


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (None, True),
        (DiversionOutcome.COMPLETED, True),
        (DiversionOutcome.REVOKED_BREACH, True),
        (DiversionOutcome.REVOKED_OFFENCE, True),
        (DiversionOutcome.UNTRACEABLE, True),
        (DiversionOutcome.NOT_AGREED, False),
    ],
)
def test_a_diversion_counts_from_its_order(outcome: DiversionOutcome | None, counts: bool) -> None:
    diversion = Diversion(case_id=CASE, ordered_on=DAY, offered_on=date(2026, 12, 1), outcome=outcome)
    found = index_event(diversion, CHILD)
    assert (found == IndexEvent(CHILD, CASE, diversion.id, IndexKind.DIVERSION, DAY)) is counts
    assert index_event(Diversion(case_id=CASE, offered_on=DAY), CHILD) is None


CASES = [
    (judgment(JudgmentResult.MEASURES), Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.MEASURES, measures=(CourtMeasure.PARENTS,)), Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.CONVICTED, Penalty.SUSPENDED), Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.CONVICTED, Penalty.PROBATION), Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.CONVICTED, Penalty.DEFERRED), Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.CONVICTED, Penalty.COMMUNITY_SERVICE), Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.CONVICTED, Penalty.REPRIMAND), Sentence.COMMUNITY, False),
    (judgment(JudgmentResult.CONVICTED, Penalty.FINE), Sentence.COMMUNITY, False),
    (judgment(JudgmentResult.CONVICTED, Penalty.IMPRISONMENT), Sentence.CUSTODIAL, False),
    (judgment(JudgmentResult.CONVICTED, Penalty.SPLIT, Penalty.COMMUNITY_SERVICE), Sentence.CUSTODIAL, False),
    (judgment(JudgmentResult.CONVICTED, Penalty.IMPRISONMENT, Penalty.SUSPENDED), Sentence.CUSTODIAL, False),
    (judgment(JudgmentResult.CONVICTED, Penalty.IMPRISONMENT, Penalty.SUSPENDED, to_serve_months=0),
     Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.CONVICTED, Penalty.IMPRISONMENT, Penalty.SUSPENDED, to_serve_months=0, to_serve_days=9),
     Sentence.CUSTODIAL, False),
    (judgment(JudgmentResult.CONVICTED, Penalty.IMPRISONMENT, to_serve_months=0), Sentence.CUSTODIAL, False),
    (judgment(JudgmentResult.CONVICTED), Sentence.UNKNOWN, False),
    (judgment(JudgmentResult.CONVICTED, Penalty.UNKNOWN), Sentence.UNKNOWN, False),
    (judgment(JudgmentResult.UPHELD), None, False),
    (judgment(JudgmentResult.UPHELD, Penalty.IMPRISONMENT), Sentence.CUSTODIAL, False),
    (judgment(JudgmentResult.UPHELD, measures=(CourtMeasure.PARENTS,)), Sentence.COMMUNITY, True),
    (judgment(JudgmentResult.ACQUITTED), None, False),
    (judgment(JudgmentResult.SENT_BACK, Penalty.SUSPENDED), None, False),
]  # fmt: skip


@pytest.mark.parametrize(("written", "sentence", "counts"), CASES)
def test_a_judgment_counts_where_it_is_kept_at_liberty(
    written: Judgment, sentence: Sentence | None, counts: bool
) -> None:  # fmt: skip
    assert sentence_of(written) is sentence
    found = index_event(written, CHILD)
    assert (found is not None) is counts
    if found is not None:
        assert (found.kind, found.on) == (IndexKind.MEASURE, DAY)


def test_an_appeal_that_upholds_starts_no_second_count() -> None:
    first = judgment(JudgmentResult.MEASURES)
    upheld = judgment(JudgmentResult.UPHELD, Penalty.SUSPENDED, on=date(2027, 3, 1))
    for records in ([first, upheld], [upheld, first]):
        assert [event.on for event in index_events(records, CHILD)] == [DAY]
    assert [event.on for event in index_events([upheld], CHILD)] == [date(2027, 3, 1)]


def test_the_first_of_each_child_or_all() -> None:
    other = uuid4()
    records: list[CaseRecord] = [
        release(DetentionEnd.SERVED, date(2027, 5, 1)),
        Diversion(case_id=CASE, ordered_on=DAY),
        judgment(JudgmentResult.MEASURES, on=date(2027, 5, 1)),
    ]
    events = (*index_events(records, CHILD), *index_events([release(DetentionEnd.PARDON)], other))
    assert [(event.child_id, event.kind) for event in first_of(events) if event.child_id == CHILD] == [
        (CHILD, IndexKind.DIVERSION)
    ]
    assert {event.child_id for event in first_of(reversed(events))} == {CHILD, other}
    every = [event for event in first_of(events, every=True) if event.child_id == CHILD]
    assert [(event.kind, event.on) for event in every] == [
        (IndexKind.DIVERSION, DAY), (IndexKind.RELEASE, date(2027, 5, 1)),
    ], "of two on one day the release counts"  # fmt: skip


def test_nobody_has_none() -> None:
    assert first_of([]) == ()
    assert index_events([], UUID(int=1)) == ()
