"""The follow-up list: who is in it, in which order, with what, and that it is kept as records change."""

from datetime import date, timedelta

import pytest
from followed import BEGAN, CANARY, WHY, case, child, follow_up, offended, release, released

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.law.deadlines import DeadlineState
from casemgr.measures.cohort import Course, offences_since
from casemgr.measures.index_events import IndexEvent, IndexKind
from casemgr.measures.reading import CaseFile, member_of
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.consent import Consent, ConsentScope
from casemgr.records.case import Case, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child, Sex
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer
from casemgr.records.kept import IndexEventKept
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up_answers import (
    ContactLevel,
    ContactSource,
    FollowUpHow,
    FollowUpStatus,
    Reached,
)
from casemgr.records.pathway.follow_up_change import FollowUpChange, ScheduleDeed, SchedulePoint
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import PlanSupport, SupportKind
from casemgr.records.staff import StaffMember
from casemgr.services import casework, follow_ups, settings
from casemgr.services.follow_ups import FollowUpRow, FollowUpStanding, WindowState
from casemgr.services.office import Office
from casemgr.services.readers import set_readers
from casemgr.services.reckoning import records_of


def only(office: Office, **asked: object) -> FollowUpRow:
    (row,) = follow_ups.follow_up_list(office, **asked)  # type: ignore[arg-type]
    return row


def kept(office: Office) -> list[tuple[str, date, bool, date]]:
    with office.read() as work:
        return sorted((each.kind, each.began_on, each.first, each.next_due) for each in work.find(IndexEventKept))


def test_a_released_child_stands_in_the_list_with_all_that_is_known_of_it(office: Office) -> None:
    made = released(office, language="ចាម")
    follow_up(office, made, date(2024, 2, 8), how=FollowUpHow.HOME)
    offended(office, made, date(2024, 6, 1), ContactLevel.R3)
    follow_up(office, made, date(2024, 9, 1), status=FollowUpStatus.NOT_REACHED, reached=Reached.NOBODY,
              new_contact=None)  # fmt: skip
    row = only(office, as_of=date(2024, 10, 1))
    assert (row.case_id, row.case_number[:3], row.child_code[:3]) == (made.id, "SR-", "SR-")
    assert (row.name_latin, row.name_km) == (CANARY, "ស្រីសម្គាល់")
    assert (row.index_kind, row.index_on, row.days_since) == (IndexKind.RELEASE, BEGAN, 243)
    assert (row.offence, row.offence_class) == (OffenceCategory.THEFT, OffenceClass.MISDEMEANOUR)
    assert (row.age_then, row.age_now) == ((16, 16), (17, 17))
    assert (row.next_due, row.days_overdue, row.standing) == (date(2024, 8, 1), 61, FollowUpStanding.OVERDUE)
    assert (row.last_contact_on, row.last_contact_how) == (date(2024, 6, 1), FollowUpHow.PHONE)
    assert row.last_status is FollowUpStatus.NOT_REACHED
    assert (row.phone, row.guardian_phone, row.village_phone) == ("099 777 5553", "088 777 5554", None)
    assert [(each.level, each.on, each.exact, each.source, each.confirmed) for each in row.events] == [
        (ContactLevel.R3, date(2024, 6, 1), True, ContactSource.FAMILY, False)
    ]
    assert [each.state for each in row.windows] == [WindowState.EVENT, *[WindowState.RUNNING] * 3]
    assert [each.eligible for each in row.windows] == [True, False, False, False]
    assert (row.language, row.consent_given, row.restricted) == ("ចាម", False, False)
    assert (row.child_id, row.sex, row.village_code, row.risk) == (made.child_id, Sex.MALE, "17100401", None)
    assert (row.worker_id, row.lost_on, row.ended) == (office.staff.id, None, None)
    assert (row.programmes, row.consent_until) == ((), None)
    assert CANARY not in repr(row)


def test_a_window_that_is_over_is_followed_only_as_far_as_somebody_knew(office: Office) -> None:
    made = released(office)
    follow_up(office, made, date(2025, 2, 1))
    states = [each.state for each in only(office, as_of=date(2026, 1, 10)).windows]
    assert states == [WindowState.FOLLOWED, WindowState.FOLLOWED, WindowState.SOON, WindowState.RUNNING]
    later = [each.state for each in only(office, as_of=date(2026, 2, 1)).windows]
    assert later[2] is WindowState.NOT_FOLLOWED


def test_those_overdue_longest_come_first_and_pages_are_the_whole(office: Office) -> None:
    today = clock.today()
    cases = [released(office, today - timedelta(days=days)) for days in (200, 3, 400, 30, 30, 100)]
    follow_up(office, cases[5], today)
    for end in (FollowUpStatus.LOST, FollowUpStatus.REFUSED):
        follow_up(office, released(office, today - timedelta(days=50)), today, status=end)
    rows = follow_ups.follow_up_list(office)
    assert [row.case_id for row in rows[:2]] == [cases[2].id, cases[0].id]
    assert [row.standing for row in rows[:6]] == [
        *[FollowUpStanding.OVERDUE] * 4, FollowUpStanding.DUE, FollowUpStanding.COMING,
    ]  # fmt: skip
    assert {row.standing for row in rows[6:]} == {FollowUpStanding.LOST, FollowUpStanding.NOTHING}
    for limit in (1, 2, 3, 7):
        paged: list[FollowUpRow] = []
        while page := follow_ups.follow_up_list(office, limit=limit, after=paged[-1] if paged else None):
            paged += page
        assert paged == rows
    counts = follow_ups.follow_up_counts(office)
    assert list(counts.values()) == [4, 1, 1, 1, 1]
    for standing, number in counts.items():
        assert [row.standing for row in follow_ups.follow_up_list(office, standing=standing)] == [standing] * number
    assert [row.case_id for row in follow_ups.follow_up_list(office, due_within=0)] == [row.case_id for row in rows[:4]]
    assert len(follow_ups.follow_up_list(office, due_within=7)) == 5


def test_lost_and_found_again(office: Office) -> None:
    made = released(office)
    follow_up(office, made, date(2024, 3, 1), status=FollowUpStatus.LOST, reached=Reached.NOBODY, new_contact=None)
    row = only(office)
    assert (row.standing, row.lost_on, row.next_due) == (FollowUpStanding.LOST, date(2024, 3, 1), None)
    assert row.last_contact_on is None
    assert only(office, as_of=date(2024, 2, 20)).standing is not FollowUpStanding.LOST
    follow_up(office, made, date(2024, 5, 1))
    assert only(office).lost_on is None


def test_filters(office: Office) -> None:
    other = StaffMember(name="សុខ សំណាង", name_latin="Sok Samnang")
    with office.write() as work:
        work.add(other)
    mine, theirs, nobodys = (
        case(office, child(office, village_code=code), worker_id=worker)
        for code, worker in (("17100401", office.staff.id), ("12010101", other.id), (None, None))
    )
    release(office, mine)
    casework.save_record(office, Diversion(case_id=theirs.id, ordered_on=BEGAN), WHY)
    release(office, nobodys)
    given = (PlanSupport(kind=SupportKind.TRAINING, from_on=BEGAN, to_on=date(2024, 12, 31)),)
    casework.save_record(office, ReintegrationPlan(case_id=nobodys.id, begun_on=BEGAN, support=given), WHY)

    def found(**asked: object) -> set[object]:
        return {row.case_id for row in follow_ups.follow_up_list(office, **asked)}  # type: ignore[arg-type]

    assert found() == {mine.id, theirs.id, nobodys.id}
    assert found(mine=True) == {mine.id, nobodys.id}
    assert found(worker_id=other.id) == {theirs.id}
    assert found(place="17") == found(place="1710") == {mine.id}
    assert found(kind=IndexKind.DIVERSION) == {theirs.id}
    assert found(as_of=BEGAN - timedelta(days=1)) == set()
    assert found(programme=SupportKind.TRAINING, as_of=date(2024, 12, 31)) == {nobodys.id}
    assert found(programme=SupportKind.TRAINING, as_of=date(2025, 1, 1)) == set()
    assert found(programme=SupportKind.JOB, as_of=BEGAN) == set()
    (row,) = follow_ups.follow_up_list(office, worker_id=other.id)
    assert (row.worker, row.worker_latin, row.next_due) == ("សុខ សំណាង", "Sok Samnang", None)
    assert sum(follow_ups.follow_up_counts(office, mine=True).values()) == 2


def test_a_child_stands_there_by_its_first_index_event(office: Office) -> None:
    of = child(office)
    first, second = case(office, of), case(office, of)
    release(office, second, date(2025, 3, 1))
    assert kept(office)[0][:3] == ("release", date(2025, 3, 1), True)
    slip = release(office, first, date(2024, 5, 1))
    assert [each[1:3] for each in kept(office)] == [(date(2024, 5, 1), True), (date(2025, 3, 1), False)]
    assert only(office).case_id == first.id
    assert {row.case_id for row in follow_ups.follow_up_list(office, every=True)} == {first.id, second.id}
    slip.ended_on = date(2025, 6, 1)
    casework.save_record(office, slip)
    assert only(office).case_id == second.id
    casework.remove_record(office, slip, "a slip")
    assert [each[1:3] for each in kept(office)] == [(date(2025, 3, 1), True)]


def test_a_case_without_an_index_event_keeps_none(office: Office) -> None:
    made = case(office, child(office))
    casework.save_record(office, Arrest(case_id=made.id, arrested_at=clock.now() - timedelta(days=2)))
    follow_up(office, made, clock.today())
    assert kept(office) == []
    assert follow_ups.follow_up_list(office) == []


def test_a_changed_schedule_moves_what_is_next(office: Office) -> None:
    made, other = released(office), released(office)
    moved = FollowUpChange(
        case_id=other.id, point=SchedulePoint.WEEK_1, deed=ScheduleDeed.MOVED, new_on=date(2024, 2, 20), reason="រវល់",
        changed_on=date(2024, 2, 2),
    )  # fmt: skip
    casework.save_record(office, moved, WHY)
    due = {row.case_id: row.next_due for row in follow_ups.follow_up_list(office)}
    assert due == {made.id: date(2024, 2, 8), other.id: date(2024, 2, 20)}
    settings.correct_limit(office, "follow-up/1-week", 10, version=None, article=None, source=None, confirmed=False)
    due = {row.case_id: row.next_due for row in follow_ups.follow_up_list(office)}
    assert due == {made.id: date(2024, 2, 11), other.id: date(2024, 2, 20)}


def test_an_agreed_day_counts_as_well(office: Office) -> None:
    made = released(office)
    follow_up(office, made, date(2024, 2, 8), next_on=date(2024, 2, 12))
    assert only(office).next_due == date(2024, 2, 12)


def test_the_schedule_of_a_case(office: Office) -> None:
    made = released(office)
    follow_up(office, made, date(2024, 2, 9))
    for change in (
        FollowUpChange(point=SchedulePoint.MONTHS_3, deed=ScheduleDeed.SKIPPED, reason="រវល់"),
        FollowUpChange(point=SchedulePoint.MONTHS_6, deed=ScheduleDeed.MOVED, new_on=date(2024, 8, 9), reason="រវល់"),
    ):
        change.case_id, change.changed_on = made.id, date(2024, 3, 5)
        casework.save_record(office, change, WHY)
    lines = follow_ups.case_schedule(office, made.id)
    assert [line.point for line in lines] == list(SchedulePoint)
    assert [line.planned_on for line in lines[:4]] == [
        date(2024, 2, 8), date(2024, 3, 1), date(2024, 5, 1), date(2024, 8, 1),
    ]  # fmt: skip
    assert [line.due_on for line in lines[1:4]] == [date(2024, 3, 1), None, date(2024, 8, 9)]
    assert [line.state for line in lines[:4]] == [
        DeadlineState.DONE_LATE, DeadlineState.OVER, None, DeadlineState.OVER,
    ]  # fmt: skip
    assert [line.change is not None for line in lines[:5]] == [False, False, True, True, False]
    assert "រវល់" not in repr(lines)
    assert follow_ups.case_schedule(office, case(office, child(office)).id) == []


def test_contacts_consent_and_what_is_for_named_staff_alone(office: Office) -> None:
    made = released(office)
    chief = Contact(name_km="សាន ពិសី", phone="012 555 402")
    with office.write() as work:
        work.add(chief)
    casework.save_record(office, CaseContact(case_id=made.id, contact_id=chief.id, role=ContactRole.VILLAGE_CHIEF), WHY)
    casework.save_record(
        office, Consent(case_id=made.id, scope=(ConsentScope.CONTACT,), given_on=BEGAN, valid_until=date(2025, 1, 31)),
        WHY,
    )  # fmt: skip
    row = only(office, as_of=date(2025, 1, 31))
    assert (row.village_phone, row.consent_given, row.consent_until) == ("012 555 402", True, date(2025, 1, 31))
    assert not only(office, as_of=date(2025, 2, 1)).consent_given
    complaint = Complaint(case_id=made.id, told_on=BEGAN)
    casework.save_record(office, complaint, WHY)
    assert only(office).restricted
    other = StaffMember(name="សុខ សំណាង")
    with office.write() as work:
        work.add(other)
    set_readers(office, complaint.id, [other.id], complaint.version)
    assert not only(office).restricted, "that there is such a complaint may not be told"
    casework.save_record(office, Arrest(case_id=made.id, violence=Answer.YES, violence_account="ត្រូវបានវាយ"), WHY)
    assert only(office).restricted


def test_the_next_case_of_the_child_is_an_event_in_its_row(office: Office) -> None:
    of = child(office)
    release(office, case(office, of))
    again = case(office, of)
    casework.save_record(office, Arrest(case_id=again.id, arrested_at=clock.local(2024, 7, 1, 9, 0)), WHY)
    with office.write() as work:
        (offence,) = work.find(Offence, case_id=again.id)
        offence.committed_on = PartialDate.of(2024, 6, 30)
    (event,) = only(office).events
    assert (event.on, event.source, event.confirmed) == (date(2024, 6, 30), None, True)


@pytest.mark.parametrize("every", [False, True])
def test_the_list_tells_what_all_records_of_each_child_tell(filled: Office, every: bool) -> None:
    of = child(filled)
    for year in (2023, 2024):
        made = case(filled, of)
        casework.save_record(filled, Arrest(case_id=made.id, arrested_at=clock.local(year, 7, 1, 9, 0)), WHY)
        release(filled, made, date(year, 12, 1))
        with filled.write() as work:
            (offence,) = work.find(Offence, case_id=made.id)
            offence.committed_on = PartialDate.of(year, 6, 30)
    rows, today = follow_ups.follow_up_list(filled, every=every), clock.today()
    assert sum(row.child_id == of.id for row in rows) == (2 if every else 1)
    with filled.read() as work:
        for row in rows:
            files = [
                CaseFile(own, work.find(Offence, case_id=own.id), records_of(work, own.id))
                for own in work.find(Case, child_id=row.child_id)
            ]
            kept_event = work.first(IndexEventKept, id=row.id)
            assert kept_event is not None
            since = IndexEvent(row.child_id, row.case_id, kept_event.record_id, row.index_kind, row.index_on)
            member = member_of(since, work.get(Child, row.child_id), files)
            assert row.ended is member.ended
            assert row.offence_class is member.offence_class
            assert row.windows == follow_ups.window_flags(Course(*member[: len(Course._fields)]), today)
            assert [(each.on, each.level, each.confirmed) for each in row.events] == [
                (each.on, each.level, each.confirmed) for each in offences_since(member, today)
            ]


def test_the_practice_office_is_listed_whole(filled: Office) -> None:
    rows = follow_ups.follow_up_list(filled)
    assert rows
    assert sum(follow_ups.follow_up_counts(filled).values()) == len(rows)
    for programme in SupportKind:
        given = {row.id for row in follow_ups.follow_up_list(filled, programme=programme)}
        assert given == {row.id for row in rows if programme in row.programmes}


@pytest.mark.parametrize("standing", FollowUpStanding)
def test_a_standing_is_the_same_by_the_store_and_by_the_row(filled: Office, standing: FollowUpStanding) -> None:
    for day in (clock.today(), clock.today() - timedelta(days=90), clock.today() + timedelta(days=60)):
        rows = follow_ups.follow_up_list(filled, standing=standing, as_of=day)
        assert all(row.standing is standing for row in rows)
