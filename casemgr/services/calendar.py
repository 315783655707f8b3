"""The running deadlines as a file for the calendar of a telephone or a computer. No child is named in it."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casemgr import __version__, clock
from casemgr.i18n import N_, Words
from casemgr.law.deadlines import SCHEDULES
from casemgr.records.kinds import KINDS
from casemgr.services import lists, papers
from casemgr.services.lists import ClockRow
from casemgr.services.office import Office, Right
from casemgr.services.readers import fit_for_all_eyes

DAY_BEFORE, HOURS_BEFORE = timedelta(hours=-15), timedelta(hours=-2)
"""When the alarm rings: where the day counts, at nine in the morning of the day before; else two hours before."""

UNCONFIRMED = N_("No lawyer has confirmed this limit of the law.")

_OF_CASE = {each.rule for kind in KINDS for each in kind.clocks if each.once or each.newest}


def calendar_file(office: Office, rows: Iterable[ClockRow], language: str | None = None) -> bytes:
    """Return the deadlines as iCalendar (RFC 5545), an event each: case number and what is due, in that language.

    What is for named staff alone is left out. One that comes from a limit nobody has confirmed says so. language: the
    office's unless given. The same deadline has the same UID in every file, so that a calendar that reads a newer file
    moves its event and makes no second one. Where the day counts the event is a whole day, else a moment in UTC. Raises
    NotAllowed.
    """
    office.demand(Right.READ_CASES)
    import icalendar  # noqa: PLC0415  (loaded with the first calendar)

    words, now = Words(language or office.settings.language, office.settings.digits), clock.now().astimezone(UTC)
    file = icalendar.Calendar()
    file.add("prodid", f"-//casemgr//{__version__}//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    met: Counter[str] = Counter()
    for row in fit_for_all_eyes(rows):
        name = _name(row)
        met[name] += 1
        uid = f"{name}-{met[name]}" if met[name] > 1 else name
        event = icalendar.Event()
        for key, value in _said(row, words, now).items():
            event.add(key, value)
        event.add("uid", f"{uid}@casemgr")
        event.add_component(_alarm(icalendar.Alarm(), row, words))
        file.add_component(event)
    return bytes(file.to_ical())


def save_calendar(office: Office, path: Path, rows: Iterable[ClockRow], language: str | None = None) -> None:
    """Write down that the deadlines leave the program, then write their file, whole or not at all.

    Raises NotAllowed, and as papers.save_paper.
    """
    data = calendar_file(office, rows, language)
    lists.log_exported(office, "deadlines", "ics")
    papers.save_paper(path, data, office.folder)


def _name(row: ClockRow) -> str:
    """Return what stays the same while a deadline moves: its rule, its record, and of a schedule which row it is.

    For a clock that records share, or that a newer record takes over, it is the case instead of the record.
    """
    part = f"-{row.limit.key}" if row.rule in SCHEDULES and row.limit is not None else ""
    return f"{row.case_id if row.rule in _OF_CASE else row.record_id}-{row.rule}{part}"


def _said(row: ClockRow, words: Words, now: datetime) -> dict[str, Any]:
    times: dict[str, Any] = {"dtstart": row.due_at.astimezone(UTC)}
    if row.whole_day:
        day = row.due_at.date()
        times = {"dtstart": day, "dtend": day + timedelta(days=1)}
    doubt = {"description": words.text(UNCONFIRMED)} if row.unconfirmed else {}
    return times | doubt | {
        "summary": _summary(row, words), "dtstamp": now, "last-modified": now, "class": "CONFIDENTIAL",
        "sequence": int(now.timestamp()) // 60, "transp": "TRANSPARENT",
    }  # fmt: skip


def _summary(row: ClockRow, words: Words) -> str:
    return f"{row.case_number} · {words.text(row.label)}"


def _alarm(alarm: Any, row: ClockRow, words: Words) -> Any:
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(row, words))
    alarm.add("trigger", DAY_BEFORE if row.whole_day else HOURS_BEFORE)
    return alarm
