"""The clocks of a case: which row of the table gives them, from when, and what is in doubt."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import PartialDate, local
from casemgr.i18n import Words
from casemgr.law import limits as table
from casemgr.law.ages import AgeBand
from casemgr.law.deadlines import DeadlineState, DeadlineValue, deadlines_of, remaining, state
from casemgr.law.limits import TEXTS, Limit, limit_for, load_limits
from casemgr.records.case import Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child
from casemgr.records.kept import LimitCorrection
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.social_inquiry import ReportStatus, SocialInquiry

F, M, P, NO, UNKNOWN = OffenceClass
ARRIVED = local(2026, 11, 22, 20, 15)
DAY = PartialDate.of(2026, 11, 21)
BORN = {13: "2013-01-05", 14: "2012-01-05", 15: "2011-01-05", 16: "2010-01-05", 17: "2009-01-05", 18: "2008-01-05"}
LIMITS = load_limits()


def child(born: str | None) -> Child:
    return Child(born=PartialDate.parse(born) if born else None)


def offence(
    what: OffenceClass | None, on: PartialDate | None = DAY, category: OffenceCategory | None = None
) -> Offence:
    return Offence(offence_class=what, committed_on=on, category=category)


def custody(who: Child, *offences: Offence, arrest: Arrest | None = None,
            limits: dict[str, Limit] = LIMITS) -> DeadlineValue:  # fmt: skip
    kept = arrest or Arrest(arrested_at=ARRIVED - timedelta(minutes=45), arrived_at=ARRIVED)
    return next(d for d in deadlines_of(who, offences, [kept], limits) if d.rule == "police-custody")


HOURS = {
    13: {F: 0, M: 0, P: 0, NO: 0},
    14: {F: 36, M: 24, P: 0, NO: 0},
    15: {F: 36, M: 24, P: 0, NO: 0},
    16: {F: 48, M: 36, P: 0, NO: 0},
    17: {F: 48, M: 36, P: 0, NO: 0},
    18: {F: 48, M: 48, P: 48, NO: 48},
}


@pytest.mark.parametrize(("age", "what"), list(product(HOURS, (F, M, P, NO))))
def test_custody_by_age_and_class(age: int, what: OffenceClass) -> None:
    found = custody(child(BORN[age]), offence(what))
    assert found.due_at == ARRIVED + timedelta(hours=HOURS[age][what])
    assert (found.started_at, found.ended_at, found.doubts, found.whole_day) == (ARRIVED, None, (), False)
    assert found.limit_key in LIMITS


@pytest.mark.parametrize(
    ("born", "hours"),
    [
        ("2012-11-22", 0), ("2012-11-21", 24),  # 14 the day after the offence, and on its very day
        ("2010-11-22", 24), ("2010-11-21", 36),
        ("2008-11-22", 36), ("2008-11-21", 48),
    ],
)  # fmt: skip
def test_the_age_at_the_offence_decides_not_that_at_the_arrest(born: str, hours: int) -> None:
    assert custody(child(born), offence(M)).due_at == ARRIVED + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("born", "what", "hours"),
    [
        ("2012", M, 0),  # under 14 or 14
        ("2010", M, 24),  # 15 or 16
        ("2010", F, 36),
        ("2008", M, 36),  # 17 or 18
        ("2008", F, 48),
        ("age 14 on 2027-06-01", F, 0),
        (None, F, 0),
    ],
)
def test_an_age_in_doubt_is_read_for_the_child(born: str | None, what: OffenceClass, hours: int) -> None:
    found = custody(child(born), offence(what))
    assert found.due_at == ARRIVED + timedelta(hours=hours)
    assert found.doubts == ("age",)


def test_a_year_alone_is_no_doubt_where_it_crosses_no_band() -> None:
    assert custody(child("2011"), offence(M)).doubts == ()


def test_without_a_date_of_the_offence_the_age_at_the_arrest_stands_in() -> None:
    found = custody(child(BORN[15]), offence(M, on=None))
    assert (found.due_at, found.doubts) == (ARRIVED + timedelta(hours=24), ("offence-date",))


@pytest.mark.parametrize(
    ("offences", "hours", "doubts"),
    [
        ([], 24, ("offence-date", "class")),
        ([offence(UNKNOWN)], 24, ("class",)),
        ([offence(None)], 24, ("class",)),
        ([offence(None, category=OffenceCategory.MURDER)], 36, ("class",)),
        ([offence(None, category=OffenceCategory.VIOLENCE_MINOR)], 0, ("class",)),
        ([offence(None, category=OffenceCategory.INDECENT_ASSAULT)], 24, ("class",)),
        ([offence(UNKNOWN, category=OffenceCategory.MURDER)], 24, ("class",)),
        ([offence(M), offence(F)], 36, ()),  # the gravest decides
        ([offence(P), offence(M)], 24, ()),
        ([offence(P), offence(NO)], 0, ()),
        ([offence(M), offence(UNKNOWN)], 24, ("class",)),  # it may be no graver than the known one
        ([offence(F), offence(UNKNOWN)], 36, ("class",)),  # a felony stays the gravest whatever the other is
        ([offence(P), offence(UNKNOWN)], 24, ("class",)),
    ],
)
def test_classes_in_doubt_and_several_offences(offences: list[Offence], hours: int, doubts: tuple[str, ...]) -> None:
    found = custody(child(BORN[15]), *offences)
    assert (found.due_at - ARRIVED, found.doubts) == (timedelta(hours=hours), doubts)


def test_offences_at_several_ages_give_the_shortest_limit_and_say_so() -> None:
    found = custody(child("2010-06-01"), offence(M, PartialDate.of(2026, 5, 1)), offence(M, PartialDate.of(2026, 7, 1)))
    assert (found.due_at, found.doubts) == (ARRIVED + timedelta(hours=24), ("age",))


def test_without_an_arrival_the_arrest_stands_in_and_without_either_there_is_no_clock() -> None:
    found = custody(child(BORN[15]), offence(M), arrest=Arrest(arrested_at=ARRIVED))
    assert (found.started_at, found.due_at, found.doubts) == (ARRIVED, ARRIVED + timedelta(hours=24), ("start",))
    assert deadlines_of(child(BORN[15]), [offence(M)], [Arrest()], LIMITS) == ()


def lawyer(arrest: Arrest) -> DeadlineValue:
    return next(d for d in deadlines_of(child(None), [], [arrest], LIMITS) if d.rule == "lawyer-24h")


def test_the_lawyer_has_24_hours_from_the_arrest_whatever_is_in_doubt() -> None:
    found = lawyer(Arrest(arrested_at=ARRIVED))
    assert (found.due_at, found.doubts, found.limit_key) == (ARRIVED + timedelta(hours=24), (), "lawyer-24h")
    assert LIMITS["lawyer-24h"].kind == "promise"


def test_the_lawyers_clock_counts_from_the_arrival_where_the_arrest_is_not_known() -> None:
    late = Arrest(arrived_at=ARRIVED, created_at=ARRIVED + timedelta(days=3))  # type: ignore[call-arg]
    found = lawyer(late)
    assert (found.started_at, found.doubts) == (ARRIVED, ("start",))


def test_the_lawyers_clock_stops_when_one_comes_or_the_child_goes_home() -> None:
    came, home = ARRIVED + timedelta(hours=9), ARRIVED + timedelta(hours=3)
    assert lawyer(Arrest(arrested_at=ARRIVED, lawyer_arrived_at=came)).ended_at == came
    released = {"custody_ended_at": home, "outcome": PoliceOutcome.RELEASED_TO_GUARDIAN}
    assert lawyer(Arrest(arrested_at=ARRIVED, **released)).ended_at == home
    assert lawyer(Arrest(arrested_at=ARRIVED, lawyer_arrived_at=came, **released)).ended_at == home
    sent = {"custody_ended_at": home, "outcome": PoliceOutcome.PROSECUTOR}
    assert lawyer(Arrest(arrested_at=ARRIVED, **sent)).ended_at is None


def reports(*kept: SocialInquiry) -> tuple[DeadlineValue, ...]:
    return deadlines_of(child(None), [], kept, LIMITS)


def test_a_report_is_due_on_the_day_asked_for_until_midnight() -> None:
    (found,) = reports(SocialInquiry(requested_on=date(2026, 11, 24), due_on=date(2026, 12, 4)))
    assert (found.due_at, found.whole_day, found.limit_key) == (local(2026, 12, 4, 23, 59), True, None)
    assert found.started_at == local(2026, 11, 24)
    assert state(found, local(2026, 11, 30)) is DeadlineState.RUNNING
    assert state(found, local(2026, 12, 2)) is DeadlineState.SOON
    assert state(found, local(2026, 12, 4, 23, 59)) is DeadlineState.SOON
    assert state(found, local(2026, 12, 5)) is DeadlineState.OVER
    assert reports(SocialInquiry()) == ()


@pytest.mark.parametrize(
    ("ended", "how"),
    [
        ({"submitted_at": local(2026, 12, 4, 23, 59)}, DeadlineState.DONE_IN_TIME),
        ({"submitted_at": local(2026, 12, 5)}, DeadlineState.DONE_LATE),
        ({"delivered_on": date(2026, 12, 4)}, DeadlineState.DONE_IN_TIME),
        ({"delivered_on": date(2026, 12, 5)}, DeadlineState.DONE_LATE),
    ],
)
def test_a_report_is_done_when_submitted_or_delivered(ended: dict[str, datetime], how: DeadlineState) -> None:
    (found,) = reports(SocialInquiry(due_on=date(2026, 12, 4), **ended))
    assert state(found, local(2027, 1, 1)) is how


def test_drafts_for_the_same_day_share_one_clock() -> None:
    day, done = date(2026, 12, 4), local(2026, 12, 1, 9)
    first = SocialInquiry(due_on=day, submitted_at=done, status=ReportStatus.SUBMITTED)
    second = SocialInquiry(due_on=day)
    (found,) = reports(first, second)
    assert (found.record_id, found.ended_at) == (second.id, done)
    assert len(reports(SocialInquiry(due_on=day), SocialInquiry(due_on=date(2027, 1, 4)))) == 2


@pytest.mark.parametrize(
    ("at", "how"),
    [
        (ARRIVED + timedelta(hours=1), DeadlineState.RUNNING),
        (ARRIVED + timedelta(hours=18), DeadlineState.SOON),
        (ARRIVED + timedelta(hours=24), DeadlineState.OVER),
    ],
)
def test_state_and_time_left(at: datetime, how: DeadlineState) -> None:
    running = custody(child(BORN[15]), offence(M))
    assert state(running, at) is how
    assert remaining(running, at) == ARRIVED + timedelta(hours=24) - at


def test_custody_that_ended_in_time_and_too_late() -> None:
    for hours, how in ((24, DeadlineState.DONE_IN_TIME), (25, DeadlineState.DONE_LATE)):
        arrest = Arrest(arrived_at=ARRIVED, custody_ended_at=ARRIVED + timedelta(hours=hours))
        assert state(custody(child(BORN[15]), offence(M), arrest=arrest), local(2027, 1, 1)) is how


def test_a_limit_of_no_hours_is_over_at_once() -> None:
    assert state(custody(child(BORN[13]), offence(F)), ARRIVED) is DeadlineState.OVER


def test_every_text_of_the_table_is_marked_for_the_catalogue() -> None:
    assert {text for row in LIMITS.values() for text in (row.article, row.source)} == set(TEXTS)
    assert {row.rule for row in LIMITS.values()} == set(table.RULES)
    assert all(row.basis in ("text", "secondary", "general") and not row.confirmed for row in LIMITS.values())


def test_what_a_limit_says_of_itself() -> None:
    words, row = Words("en"), LIMITS["police-custody/14-15/felony"]
    assert row.authority_in_words(words) == "Code of Criminal Procedure, article 96 – not confirmed by a lawyer"
    assert (row.length_in_words(words), row.whom_in_words(words)) == ("36 hours", "14 or 15, Felony")
    assert LIMITS["lawyer-24h"].authority_in_words(words) == "Promise of the office"
    said = LimitCorrection(
        limit_key=row.key, value=1, article="Law, article 9", confirmed=True, confirmed_by="A. Lawyer"
    )
    corrected = load_limits([said])[row.key]
    assert corrected.authority_in_words(words) == "Law, article 9 – confirmed by A. Lawyer"
    assert (corrected.value, corrected.source, corrected.corrected) == (1, row.source, True)


def test_a_corrected_limit_moves_the_deadline_and_a_row_that_is_no_more_is_passed_over() -> None:
    corrections = [LimitCorrection(limit_key="police-custody/14-15/misdemeanour", value=12),
                   LimitCorrection(limit_key="gone", value=1)]  # fmt: skip
    found = custody(child(BORN[15]), offence(M), limits=load_limits(corrections))
    assert found.due_at == ARRIVED + timedelta(hours=12)
    assert custody(child(BORN[15]), offence(M)).due_at == ARRIVED + timedelta(hours=24)


def test_without_a_row_there_is_no_deadline() -> None:
    assert limit_for((), AgeBand.FROM_14, F) is None
    assert deadlines_of(child(None), [], [Arrest(arrived_at=ARRIVED, arrested_at=ARRIVED)], {}) == ()


classes = st.sampled_from([F, M, P, NO, UNKNOWN, None])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(  # noqa: DTZ001  (given its zone here)
    lambda at: local(at.year, at.month, at.day, at.hour, at.minute)
)


@given(st.dates(date(2005, 1, 1), date(2014, 12, 31)), st.sampled_from(["year", "month", "day"]),
       st.lists(classes, max_size=3), moments)  # fmt: skip
def test_the_protective_reading_is_never_longer_than_any_other(
    born: date, precision: str, kinds: list[OffenceClass | None], arrived: datetime
) -> None:
    on = PartialDate.on(arrived.date() - timedelta(days=1))
    known = {"year": PartialDate.of(born.year), "month": PartialDate.of(born.year, born.month)}.get(precision)
    offences = [offence(kind, on) for kind in kinds]
    arrest = Arrest(arrived_at=arrived)
    found = custody(Child(born=known or PartialDate.on(born)), *offences, arrest=arrest)
    assert found.limit_key is not None
    assert (found.due_at, found.whole_day) == LIMITS[found.limit_key].due_from(arrived)
    sure = [[kind] if kind not in (None, UNKNOWN) else [M, F] for kind in kinds or [None]]
    for reading in product(*sure):
        exact = [offence(kind, on) for kind in reading]
        other = custody(Child(born=PartialDate.on(born)), *exact, arrest=arrest)
        assert found.due_at <= other.due_at


@given(st.dates(date(2005, 1, 1), date(2014, 12, 31)), moments, st.integers(0, 5000))
def test_time_left_only_shrinks(born: date, arrived: datetime, minutes: int) -> None:
    found = custody(Child(born=PartialDate.on(born)), offence(M), arrest=Arrest(arrived_at=arrived))
    later = arrived + timedelta(minutes=minutes)
    assert remaining(found, arrived) - remaining(found, later) == timedelta(minutes=minutes)
