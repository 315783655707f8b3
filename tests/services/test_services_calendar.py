"""The file for a calendar: read again with the library that wrote it, and never with a child's name in it."""

import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import icalendar
import pytest
from held import CANARY, arrest

from casemgr.clock import PartialDate, local, now
from casemgr.law.limits import load_limits
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import case_files, casework, lists, reports
from casemgr.services.calendar import calendar_file, save_calendar
from casemgr.services.lists import ClockRow
from casemgr.services.office import Office
from casemgr.trouble import Refusal


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data.decode("utf-8")).walk("VEVENT"))


def with_report(office: Office) -> UUID:
    """Take down an arrest and ask for a report; return the case, which has clocks of hours and one of days."""
    case = arrest(office)
    report = reports.new_report(office, case)
    report.due_on = now().date() + timedelta(days=10)
    casework.save_record(office, report)
    return case


def test_each_running_deadline_is_an_event_of_its_moment_or_its_day(office: Office) -> None:
    with_report(office)
    rows = lists.today(office)
    found = {event["SUMMARY"]: event for event in events(calendar_file(office, rows, "en"))}
    assert len(found) == len(rows) == 3
    assert {row.whole_day for row in rows} == {True, False}
    for row in rows:
        event = found[f"{row.case_number} · {row.label}"]
        begins = event["DTSTART"].dt
        if row.whole_day:
            assert (type(begins), begins) == (date, row.due_at.date())
            assert event["DTEND"].dt == begins + timedelta(days=1)
        else:
            assert begins == row.due_at
            assert begins.tzinfo is not None
        assert event["CLASS"] == "CONFIDENTIAL"


def test_the_alarm_rings_on_the_morning_before_or_two_hours_before(office: Office) -> None:
    with_report(office)
    for event in events(calendar_file(office, lists.today(office))):
        (alarm,) = event.walk("VALARM")
        begins = event["DTSTART"].dt
        if isinstance(begins, datetime):
            assert alarm["TRIGGER"].dt == timedelta(hours=-2)
        else:
            rings = datetime(begins.year, begins.month, begins.day, tzinfo=UTC) + alarm["TRIGGER"].dt
            assert (rings.date(), rings.hour) == (begins - timedelta(days=1), 9)


@pytest.mark.parametrize("language", ["km", "en"])
def test_no_child_is_named_in_it(office: Office, language: str) -> None:
    with_report(office)
    text = calendar_file(office, lists.today(office), language).decode("utf-8").replace("\r\n ", "")
    assert "SR-" in text
    for name in (CANARY, "ស្រីសម្គាល់", "SR-C-", "អធិការដ្ឋាន"):
        assert name not in text


def test_what_no_lawyer_has_confirmed_says_so(office: Office) -> None:
    with_report(office)
    said = {
        str(event["UID"]): event.get("DESCRIPTION")
        for event in events(calendar_file(office, lists.today(office), "en"))
    }
    told = {uid: text for uid, text in said.items() if text is not None}
    assert [("police-custody" in uid, text) for uid, text in told.items()] == [
        (True, "No lawyer has confirmed this limit of the law.")
    ]


def test_a_deadline_that_moves_keeps_its_event(office: Office) -> None:
    case = with_report(office)
    before = {str(event["UID"]): event for event in events(calendar_file(office, lists.today(office)))}
    file = case_files.case_file(office, case, log=False)
    report = file.of(SocialInquiry)[0]
    report.due_on = now().date() + timedelta(days=12)
    casework.save_record(office, report)
    child = file.child
    assert isinstance(child, Child)
    child.born = PartialDate.on((now() - timedelta(days=366 * 17)).date())
    casework.save_child(office, child)
    after = {str(event["UID"]): event for event in events(calendar_file(office, lists.today(office)))}
    assert set(after) == set(before)
    moved = {uid.split("-", 5)[5] for uid in after if after[uid]["DTSTART"].dt != before[uid]["DTSTART"].dt}
    assert moved == {"police-custody@casemgr", "social-inquiry-report@casemgr"}
    assert all(after[uid]["SEQUENCE"] >= before[uid]["SEQUENCE"] for uid in after)


def clock_row(rule: str, due_at: datetime, **known: Any) -> ClockRow:
    return ClockRow(
        **{"case_id": UUID(int=1), "case_number": "SR-2026-0001", "child_id": UUID(int=2), "child_code": "SR-C-0001",
           "name_km": CANARY, "name_latin": CANARY, "rule": rule, "record_id": UUID(int=3), "started_at": None,
           "due_at": due_at, "whole_day": False, "limit": None, "doubts": ()} | known
    )  # fmt: skip


def test_events_of_a_rule_that_no_record_makes_today_are_told_apart(office: Office) -> None:
    rows = [clock_row("any-rule", local(2026, 12, day)) for day in (1, 2, 3)]
    found = events(calendar_file(office, rows, "en"))
    assert [event["SUMMARY"] for event in found] == ["SR-2026-0001 · any-rule"] * 3
    assert max(Counter(str(event["UID"]) for event in found).values()) == 1


def test_the_rows_of_a_schedule_are_events_of_their_own(office: Office) -> None:
    limits = [limit for limit in load_limits().values() if limit.rule == "follow-up"]
    assert len(limits) > 1
    rows = [clock_row("follow-up", local(2026, 12, day), limit=limit) for day, limit in enumerate(limits, 1)]
    whole = [str(event["UID"]) for event in events(calendar_file(office, rows))]
    rest = [str(event["UID"]) for event in events(calendar_file(office, rows[1:]))]
    assert whole[1:] == rest  # the first was met; the others stay the events they were


def test_a_clock_that_records_share_is_an_event_of_the_case(office: Office) -> None:
    other = clock_row("social-inquiry-report", local(2026, 12, 1), record_id=uuid4())
    same = clock_row("social-inquiry-report", local(2026, 12, 1), record_id=uuid4())
    one, two = (events(calendar_file(office, [row]))[0]["UID"] for row in (other, same))
    assert one == two


def test_the_file_is_whole_for_its_owner_and_stands_in_the_trail(office: Office, tmp_path: Path) -> None:
    with_report(office)
    target = tmp_path / "deadlines.ics"
    target.write_text("older")
    save_calendar(office, target, lists.today(office), "en")
    assert len(events(target.read_bytes())) == 3
    if os.name == "posix":
        assert target.stat().st_mode & 0o077 == 0
    with office.read() as work:
        (line,) = work.find(AuditEntry, action="exported")
    assert line.changes == '{"what": [null, "deadlines"], "how": [null, "ics"]}'


def test_no_file_is_written_into_the_offices_own_folder(office: Office) -> None:
    before = sorted(path.name for path in office.folder.iterdir())
    with pytest.raises(Refusal):
        save_calendar(office, office.folder / "deadlines.ics", [])
    assert sorted(path.name for path in office.folder.iterdir()) == before
