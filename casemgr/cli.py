"""The command line: the same services as the window, for scheduled jobs and scripts.

Exit status: 0 done, 1 refused (one line on stderr says why), 2 wrong usage.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from casemgr import (
    __version__,
    cli_copies,
    cli_finding,
    cli_handover,
    cli_import,
    cli_lists,
    cli_measures,
    cli_quality,
    cli_sending,
    clock,
)
from casemgr.assets import bundle
from casemgr.cli_office import end_office, folder_of, opened, paper_password, password, write_json
from casemgr.dumps import forbid_dumps
from casemgr.i18n import LANGUAGES, PAPER_LANGUAGES, Words
from casemgr.law.deadlines import DeadlineValue
from casemgr.law.limits import Limit
from casemgr.law.standing import stage_states
from casemgr.printing.forms import FORMS, Form
from casemgr.records.base import CaseRecord
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.link import Link
from casemgr.records.kinds import kind_of, stage_of
from casemgr.records.office import OfficeSettings
from casemgr.records.plain import answers_of, to_plain
from casemgr.records.staff import StaffMember
from casemgr.services import accounts, calendar, case_files, lists, papers, practice, settings, week
from casemgr.services.office import check_office, code_seen, create_office
from casemgr.trouble import Refusal, Trouble
from casemgr.whereabouts import holds_office


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a Windows console would refuse Khmer; a name of a file may be no text
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():  # PowerShell begins it with a mark
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
    forbid_dumps()
    parser = _parser(Words(_language_of(argv)))
    said = parser.parse_args(argv)
    words = Words(said.words)
    try:
        status = int(said.run(said, words) or 0)
        sys.stdout.flush()
        return status
    except (Refusal, Trouble) as problem:
        print(" ".join(problem.say(words).split()), file=sys.stderr)
    except KeyboardInterrupt:
        print(words.text("Stopped. Nothing was changed."), file=sys.stderr)
    except BrokenPipeError:
        # Whoever read the output, such as head, has had enough; nothing is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UnicodeEncodeError:
        print(words.text("Something that was typed is no text. Type it again."), file=sys.stderr)
    except OSError as problem:
        # A folder or file of the caller's choice cannot be written or read; the text is the system's own.
        file = problem.filename or ""
        print(words.text("The file {file} cannot be used: {reason}", file=file, reason=problem.strerror or ""),
              file=sys.stderr)  # fmt: skip
    return 1


def _language_of(argv: Sequence[str] | None) -> str:
    """Return the language that is asked for, before the help of the commands is written in it."""
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    asked.add_argument("--words", nargs="?", default="en")
    language = str(asked.parse_known_args(argv)[0].words)
    return language if language in LANGUAGES else "en"


def _parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casemgr-cli" if bundle() else "python -m casemgr",
        description="Case management for children in conflict with the law. "
        "The password is taken from CASEMGR_PASSWORD or asked for.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--office", type=Path, metavar="DIR", default=None, help="the office's folder (or CASEMGR_OFFICE)"
    )
    parser.add_argument("--staff", dest="as_staff", metavar="NAME", help="who opens the office, where several may")
    parser.add_argument("--words", choices=LANGUAGES, default="en", help="language of messages (default en)")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    _add_office(commands)
    _add_cases(commands)
    _add_due(commands)
    cli_finding.add_commands(commands, words)
    cli_copies.add_commands(commands)
    cli_measures.add_commands(commands)
    cli_handover.add_commands(commands)
    cli_import.add_commands(commands, words)
    cli_sending.add_commands(commands, words)
    cli_quality.add_commands(commands)
    return parser


def _add_office(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    new = commands.add_parser("new", help="set up an office; prints the recovery code once")
    new.add_argument("--code", required=True, help="begins every case number, such as SR")
    new.add_argument("--name-en", required=True, help="name of the office in English")
    new.add_argument("--name-km", required=True, help="name of the office in Khmer")
    new.add_argument("--staff", required=True, metavar="NAME", help="name of the first staff member")
    new.set_defaults(run=_new)

    fill = commands.add_parser("practice", help="fill a new office with invented children")
    fill.add_argument("--children", type=_count, default=20, metavar="N", help="how many (default 20)")
    fill.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same children")
    fill.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day it pretends to be (default today)")
    fill.set_defaults(run=_practice)

    forms = commands.add_parser("forms", help="list the printed forms by chapter: what each is for and when it is used")
    forms.add_argument("--json", action="store_true", help="as JSON")
    forms.set_defaults(run=_forms)

    who = commands.add_parser("accounts", help="list who may open the office, and as what")
    who.add_argument("--json", action="store_true", help="as JSON")
    who.set_defaults(run=_accounts)
    end = commands.add_parser("end", help="destroy an office for good: its keys first, then all that is kept")
    end.add_argument("--copies", type=Path, metavar="DIR", help="the folder with its copies, which go as well")
    end.set_defaults(run=end_office)

    check = commands.add_parser("check", help="check that store, audit trail and key file are whole")
    check.set_defaults(run=_check)


def _add_cases(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cli_lists.add_commands(commands)
    show = commands.add_parser("show", help="show one case: child, records, deadlines")
    show.add_argument("case", metavar="CASE", help="case number, such as SR-2026-0001")
    show.add_argument("--json", action="store_true", required=True, help="as JSON")
    show.set_defaults(run=_show)

    printing = commands.add_parser("print", help="print a form of a case, or blank, to a PDF file")
    printing.add_argument("form", metavar="FORM", help="name of the form, as 'forms' lists it")
    what = printing.add_mutually_exclusive_group(required=True)
    what.add_argument("case", metavar="CASE", nargs="?", help="case number")
    what.add_argument("--blank", action="store_true", help="for writing by hand")
    printing.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf", help="where to write it")
    printing.add_argument(
        "--language", choices=PAPER_LANGUAGES,
        help="language of the paper (default the office's); both: Khmer, with the form's own words in English beneath",
    )  # fmt: skip
    printing.add_argument("--by-hand", action="store_true", help="with every question and lines to write on")
    naming = printing.add_mutually_exclusive_group()
    naming.add_argument("--name", action="store_const", const=True, dest="named", help="with the child's name")
    naming.add_argument("--code", action="store_const", const=False, dest="named", help="with the child's code alone")
    printing.add_argument(
        "--record", type=UUID, metavar="ID", help="from which record, as 'show' gives its id (default the newest)"
    )
    printing.add_argument(
        "--lock", action="store_true",
        help="lock the file with a password, taken from CASEMGR_PAPER_PASSWORD or asked for",
    )  # fmt: skip
    printing.set_defaults(run=_print)


def _add_due(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sheet = commands.add_parser("week", help="print what is due in seven days to a PDF file")
    sheet.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf", help="where to write it")
    sheet.add_argument(
        "--from", dest="first", type=date.fromisoformat, metavar="DATE", help="first day (default today)"
    )
    sheet.add_argument("--mine", action="store_true", help="of the cases of who opens the office alone")
    sheet.add_argument("--with-names", action="store_true", help="with the names of the children")
    sheet.add_argument("--language", choices=LANGUAGES, help="language of the paper (default the office's)")
    sheet.set_defaults(run=_week)

    due = commands.add_parser("calendar", help="write all running deadlines to a file for a calendar, without names")
    due.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.ics", help="where to write it")
    due.add_argument("--mine", action="store_true", help="of the cases of who opens the office alone")
    due.set_defaults(run=_calendar)


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 100_000:
        raise argparse.ArgumentTypeError("a number from 0 to 100000")
    return number


def _new(said: argparse.Namespace, words: Words) -> int:
    asked = OfficeSettings(code=said.code, name_en=said.name_en, name_km=said.name_km)
    office, code = create_office(folder_of(said), asked, StaffMember(name=said.staff), password(words, new=True))
    code_seen(office)
    office.close()
    print(words.text("The office is set up. Recovery code, shown only now:"))
    print(code)
    return 0


def _practice(said: argparse.Namespace, words: Words) -> int:
    folder = folder_of(said)
    known = holds_office(folder)
    office = opened(said, words) if known else practice.new_practice_office(folder, password(words))
    try:
        made = practice.fill_practice(office, said.children, said.seed, on=said.on)
    finally:
        office.close()
    print(words.plural("{n} invented child", "{n} invented children", made))
    return 0


def _accounts(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        found = accounts.accounts(office)
    finally:
        office.close()
    if said.json:
        write_json([
            {
                "id": str(each.id), "name": each.name, "roles": [role.value for role in each.roles],
                "open": each.opens, "first_password": each.given,
            }
            for each in found
        ])  # fmt: skip
        return 0
    for each in found:
        state = words.text("Account open") if each.opens else words.text("Account closed")
        print("\t".join((each.name, state, *(words.text(role.label) for role in each.roles))))
    return 0


def _forms(said: argparse.Namespace, words: Words) -> int:
    if said.json:
        write_json([_form(form) for form in FORMS])
        return 0
    for chapter in dict.fromkeys(form.chapter for form in FORMS):
        print(words.text(chapter.value))
        for form in FORMS:
            if form.chapter is chapter:
                print(f"  {form.number}  {form.name}")
                for message in (form.title, form.purpose, form.when):
                    print(f"        {words.text(message)}")
    return 0


def _form(form: Form) -> dict[str, str]:
    return {
        "name": form.name, "number": form.number, "title": form.title, "title_km": Words("km").text(form.title),
        "purpose": form.purpose, "when": form.when, "version": form.version, "chapter": form.chapter.name.lower(),
        "reader": form.reader.name.lower(), "naming": form.naming.value,
    }  # fmt: skip


def _show(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        file = case_files.case_file(office, case_files.case_by_number(office, said.case))
        limits = {limit.key: limit for limit in settings.limits(office)}
        case_files.log_exported(office, file, "json")
    finally:
        office.close()
    write_json(told_of(file, limits))
    return 0


def told_of(file: case_files.CaseFile, limits: dict[str, Limit]) -> dict[str, Any]:
    """Return a case with everything in it as plain values, which JSON can hold. limits: the office's, by key."""
    states = stage_states(file.records, file.deadlines, clock.now())
    return {
        "case": _record(file.case),
        "child": _record(file.child),
        "offences": [_record(offence) for offence in file.offences],
        "records": [_record(record) for record in file.records],
        "addenda": [_record(addendum) for addendum in file.addenda],
        "withheld": file.withheld,
        "stages": {key: state.value for key, state in states.items()},
        "deadlines": [_deadline(value, limits) for value in file.deadlines],
        "remarks": [
            {"message": remark.message, "record_id": _identity(remark.record_id), "field": remark.field}
            for remark in file.remarks
        ],
        "contacts": [_record(contact) for contact in file.contacts.values()],
        "linked": [
            {"child_id": str(linked.child_id), "code": linked.code, "cases": list(linked.case_numbers)}
            for linked in file.linked.values()
        ],
        "linked_from": [
            {"case_id": str(link.case_id), "case": link.case_number, "relation": to_plain(link.relation)}
            for link in file.linked_from
        ],
    }


def _record(record: Any) -> dict[str, Any]:
    kind = kind_of(record) if isinstance(record, CaseRecord) else None
    known = {"id": str(record.id), "type": type(record).__name__, "version": record.version}
    if kind is not None:
        known |= {"kind": kind.key, "stage": stage_of(kind).key}
    match record:
        case CaseContact():
            known["contact_id"] = str(record.contact_id)
        case Link():
            known |= {"other_child_id": str(record.other_child_id), "other_case_id": _identity(record.other_case_id)}
    return known | answers_of(record)


def _identity(known: UUID | None) -> str | None:
    return None if known is None else str(known)


def _deadline(value: DeadlineValue, limits: dict[str, Limit]) -> dict[str, Any]:
    limit = limits.get(value.limit_key or "")
    return {
        "rule": value.rule,
        "limit": value.limit_key,
        "started_at": to_plain(value.started_at),
        "due_at": to_plain(value.due_at),
        "whole_day": value.whole_day,
        "ended_at": to_plain(value.ended_at),
        "doubts": list(value.doubts),
        "value": limit.value if limit else None,
        "unit": limit.unit if limit else None,
        "kind": limit.kind if limit else "typed",
        "article": limit.article if limit else None,
        "source": limit.source if limit else None,
        "confirmed": limit.confirmed if limit else None,
    }


def _print(said: argparse.Namespace, words: Words) -> int:
    papers.form_named(said.form)
    lock = None
    if said.lock:
        lock = paper_password(words)
        papers.check_password(lock)
    if said.blank:
        data = papers.blank_form(None, said.form, said.language or "km")
    else:
        office = opened(said, words)
        try:
            case_id = case_files.case_by_number(office, said.case)
            choice = papers.PaperChoice(said.language, said.by_hand, named=said.named)
            form, file = papers.form_named(said.form), case_files.case_file(office, case_id, log=False)
            if warning := papers.name_warning(form, file, choice):
                print(" ".join(words.text(warning).split()), file=sys.stderr)
            how = papers.PDF if lock is None else papers.LOCKED_PDF
            data = papers.print_form(office, said.form, case_id, choice, record_id=said.record, how=how)
        finally:
            office.close()
    papers.save_paper(said.output, data, folder_of(said), lock)
    return 0


def _week(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        data = week.week_sheet(
            office, said.first or clock.today(), mine=said.mine, with_names=said.with_names, language=said.language
        )
    finally:
        office.close()
    papers.save_paper(said.output, data, folder_of(said))
    return 0


def _calendar(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        calendar.save_calendar(office, said.output, lists.today(office, mine=said.mine))
    finally:
        office.close()
    return 0


def _check(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        findings = check_office(office)
    finally:
        office.close()
    for finding in findings:
        print(finding.say(words), file=sys.stdout if finding.ok else sys.stderr)
    return 0 if all(finding.ok for finding in findings) else 1
