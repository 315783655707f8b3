"""The commands that count: the follow-up list as a file, reoffending, and the indicators of a period."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from casemgr import clock
from casemgr.cli_office import day, opened, write_json
from casemgr.i18n import LANGUAGES, N_, Words
from casemgr.measures.cohort import LEVELS
from casemgr.measures.cohort_tables import COHORT_GROUPINGS, WindowTable
from casemgr.measures.groups import Label
from casemgr.measures.indicators.tables import GROUPINGS
from casemgr.measures.indicators.values import Period, Value
from casemgr.measures.reoffending import WINDOWS, FixedWindow, Window
from casemgr.measures.survival import LEAST_OBSERVED, Curve
from casemgr.records.fields import Choice
from casemgr.services import follow_ups, lists, measuring
from casemgr.services.follow_up_export import export_follow_ups
from casemgr.services.indicator_export import export_indicators
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office
from casemgr.services.readers import staff_members
from casemgr.trouble import NoSuch, Refusal

LONGEST_WINDOW = 240
"""Months; nobody is followed for longer."""


def add_commands(commands: Any) -> None:
    """Add these commands to those of the program."""
    listed = commands.add_parser(
        "followups", help="write the follow-up list to a file; with names it is locked with a passphrase",
        description="With names the list needs --reason and a passphrase, which is taken from CASEMGR_PASSPHRASE or "
        "asked for.",
    )  # fmt: skip
    listed.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx|csv|pdf", help="where to write")
    listed.add_argument("--as-of", metavar="DATE", help="the day of looking (default today)")
    listed.add_argument("--due-within", metavar="DAYS", help="due by so many days later alone, and overdue")
    listed.add_argument("--worker", metavar="NAME", help="of the cases of this staff member alone")
    listed.add_argument("--pseudonymised", action="store_true", help="without names, days and villages")
    listed.add_argument("--reason", metavar="TEXT", help="why the list with names is needed; kept in the history")
    listed.add_argument("--language", choices=LANGUAGES, help="language of the list (default the office's)")
    listed.set_defaults(run=_followups)

    again = commands.add_parser("reoffending", help="count new offences after a release or an order")
    again.add_argument("--as-of", metavar="DATE", help="the day of looking (default today)")
    again.add_argument("--windows", metavar="MONTHS", help="such as 6,12 (default 6,12,24,36)")
    again.add_argument("--by", metavar="FIELD", help=", ".join(grouping.key for grouping in COHORT_GROUPINGS))
    again.add_argument("--level", choices=[level.value for level in LEVELS], default=LEVELS[0].value,
                       help="how far a new contact went at least (default R1)")  # fmt: skip
    again.add_argument("--json", action="store_true", required=True, help="as JSON")
    again.set_defaults(run=_reoffending)

    counted = commands.add_parser("indicators", help="count what an office did over a period")
    counted.add_argument("--from", dest="first", required=True, metavar="DATE", help="first day")
    counted.add_argument("--to", dest="last", required=True, metavar="DATE", help="last day, no later than today")
    counted.add_argument("--by", metavar="FIELD", help=", ".join(grouping.key for grouping in GROUPINGS))
    how = counted.add_mutually_exclusive_group(required=True)
    how.add_argument("--json", action="store_true", help="as JSON, for the office alone: small numbers are in it")
    how.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx|pdf", help="a file, small numbers left out")
    counted.add_argument("--language", choices=LANGUAGES, help="language of the file (default the office's)")
    counted.set_defaults(run=_indicators)


def _followups(said: argparse.Namespace, words: Words) -> int:
    form, as_of = kind_of_file(said.output, ListKind), day(said.as_of)
    due_within = None if said.due_within is None else _number(said.due_within, 0, 100_000)
    office = opened(said, words)
    try:
        worker_id = None if said.worker is None else _worker(office, said.worker)
        asked = follow_ups.filter_of(office, worker_id=worker_id, due_within=due_within, as_of=as_of)
        asks = not said.pseudonymised and bool((said.reason or "").strip())
        rows = export_follow_ups(
            office, said.output, form, asked, pseudonymised=said.pseudonymised, reason=said.reason,
            passphrase=passphrase_for(form, words, wanted=asks), language=said.language,
        )  # fmt: skip
    finally:
        office.close()
    sys.stdout.write(words.plural("{n} row", "{n} rows", rows) + "\n")
    return 0


def kind_of_file(path: Path, kinds: Iterable[ListKind]) -> ListKind:
    """Return of which of these kinds a file is by the end of its name. Raises Refusal."""
    known = {kind.value: kind for kind in kinds}
    kind = known.get(path.suffix.lower().removeprefix("."))
    if kind is None:
        endings = ", ".join(f".{ending}" for ending in known)
        raise Refusal(N_("The name of the file has to end in one of these: {endings}."), endings=endings)
    return kind


def _number(text: str, least: int, most: int) -> int:
    number = int(text) if text.isdecimal() else -1
    if not least <= number <= most:
        raise Refusal(N_("{text} is not a whole number from {least} to {most}."), text=text, least=least, most=most)
    return number


def _worker(office: Office, name: str) -> UUID:
    wanted = " ".join(name.split()).casefold()
    found = [each.id for each in staff_members(office) if wanted in (each.name.casefold(), each.name_latin.casefold())]
    if not found:
        raise NoSuch(N_("Nobody of that name works with this office."))
    return found[0]


def passphrase_for(form: ListKind, words: Words, *, wanted: bool) -> str | None:
    """Return the passphrase for a file; never an argument, which other users of the computer could read.

    wanted: whether it is asked for where none is set. Raises Refusal.
    """
    if form is ListKind.CSV:
        return None
    known = os.environ.get("CASEMGR_PASSPHRASE")
    if known is not None or not wanted:
        return known or None
    if not sys.stdin.isatty():
        raise Refusal(N_("No passphrase: set CASEMGR_PASSPHRASE, or run this in a terminal."))
    typed = getpass.getpass(words.text("Passphrase for the file: "))
    if getpass.getpass(words.text("The same passphrase again: ")) != typed:
        raise Refusal(N_("The two passphrases are not the same."))
    return typed


def _reoffending(said: argparse.Namespace, words: Words) -> int:
    as_of = day(said.as_of)
    windows: Sequence[Window] = WINDOWS
    if said.windows is not None:
        windows = tuple(Window(_number(part.strip(), 1, LONGEST_WINDOW)) for part in said.windows.split(","))
    level = next(level for level in LEVELS if level.value == said.level)
    office = opened(said, words)
    try:
        found = measuring.reoffending(office, as_of, windows=windows, by=said.by, level=level)
        lists.log_exported(office, "reoffending", "json")
    finally:
        office.close()
    write_json(told_of_reoffending(found, said.by))
    return 0


def told_of_reoffending(found: measuring.Reoffending, by: str | None) -> dict[str, Any]:
    """Return the reoffending of a cohort as plain values, without its cases."""
    curves = [("all", found.curve), *((_code(label), curve) for label, curve in found.curves)]
    return {
        "as_of": found.as_of.isoformat(),
        "level": found.level.value,
        "by": by,
        "index": "first",
        "windows": [line for table in found.tables for line in _windows(table)],
        "curves": [{"group": group, **_curve(curve)} for group, curve in curves],
        "over_time": found.over_time._asdict(),
        "beside": found.beside._asdict(),
    }


def _code(label: Label) -> str:
    if label is None:
        return "unknown"
    return str(label.value) if isinstance(label, Choice) else label


def _windows(table: WindowTable) -> list[dict[str, Any]]:
    lines = [("all", table.total), *((_code(label), window) for label, window in table.rows)]
    return [_window(group, window) for group, window in lines if window is not None]


_TOLD = ("indexed", "eligible", "followed", "events", "lost", "rate", "low", "high", "lower_bound", "upper_bound")


def _window(group: str, window: FixedWindow) -> dict[str, Any]:
    told = {name: getattr(window, name) for name in _TOLD}
    return {"months": window.window.months, "group": group, **told, "confirmed": window.confirmed,
            "dated": window.dated}  # fmt: skip


def _curve(curve: Curve) -> dict[str, Any]:
    """The steps of a curve; those where fewer than five are left are told, and marked as not to be shown."""
    return {
        "observed": curve.observed,
        "steps": [
            {
                "day": step.day, "at_risk": step.at_risk, "events": step.events, "cumulative": step.cumulative,
                "low": step.interval.low if step.interval else None,
                "high": step.interval.high if step.interval else None,
                "shown": step.at_risk >= LEAST_OBSERVED,
            }
            for step in curve.steps
        ],
    }  # fmt: skip


def _indicators(said: argparse.Namespace, words: Words) -> int:
    first, last = day(said.first), day(said.last)
    period = Period(first or clock.today(), last or clock.today())
    form = None if said.output is None else kind_of_file(said.output, (ListKind.WORKBOOK, ListKind.PAPER))
    measuring.check_period(period)
    office = opened(said, words)
    try:
        if form is not None:
            export_indicators(office, said.output, form, period, by=said.by, language=said.language)
            return 0
        found = measuring.indicators(office, period, by=said.by)
        lists.log_exported(office, "indicators", "json")
    finally:
        office.close()
    write_json({
        "from": period.first.isoformat(), "to": period.last.isoformat(), "by": said.by,
        "indicators": [_indicator(each, Words("en")) for each in found],
    })  # fmt: skip
    return 0


def _indicator(measured: measuring.Measured, words: Words) -> dict[str, Any]:
    indicator = measured.indicator
    told: dict[str, Any] = {
        "key": indicator.key, "number": indicator.number, "core": indicator.core,
        "title": words.text(indicator.title), "definition": words.text(indicator.definition),
        "unit": indicator.unit.value, **_value(measured.value),
    }  # fmt: skip
    if measured.table is not None:
        told["groups"] = [
            {"group": _code(label), **_value(value)} for label, value in measured.table.rows if value is not None
        ]
    return told


def _value(value: Value) -> dict[str, Any]:
    interval, spread = value.interval, value.spread
    return {
        "value": value.number, "numerator": value.numerator, "denominator": value.denominator,
        "unknown": value.unknown,
        "low": interval.low if interval else None, "high": interval.high if interval else None,
        "spread": spread._asdict() if spread else None,
    }  # fmt: skip
