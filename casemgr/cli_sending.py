"""The commands that give data to other programs: Primero, OSCaR, DHIS2, telephones; and the maps they go by."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from casemgr import clock
from casemgr.cli_office import Command, day, opened
from casemgr.exchange import dhis2
from casemgr.exchange.left_out import LeftOut, in_words
from casemgr.exchange.site_map import SiteMap, lines_of
from casemgr.i18n import LANGUAGES, N_, Words
from casemgr.measures.indicators.values import Period
from casemgr.services import case_files
from casemgr.services.sending_case import send_to_oscar, send_to_primero, warnings
from casemgr.services.sending_contacts import Along, CardKind, contact_warnings, send_contacts
from casemgr.services.sending_map import (
    CHANGED,
    MAPS,
    NOT_SENT,
    forget_names,
    keep_names,
    map_from,
    names_of,
    save_map,
)
from casemgr.services.sending_numbers import SetKind, send_to_dhis2
from casemgr.trouble import Refusal

MAP_HELP = N_(
    "The program has names for each; another site may have others. Write them to a file, change them there with a text "
    "editor, and keep them with the office. What a file leaves out is as the program has it; null sends nothing."
)


def add_commands(commands: Any, words: Words) -> None:
    """Add these commands to those of the program."""
    _add_cases(commands)
    _add_others(commands)
    _add_map(commands, words)


def _add_cases(commands: Any) -> None:
    primero = commands.add_parser("primero", help="write a case to a file as a request to Primero")
    oscar = commands.add_parser("oscar", help="write a referral of a case to a file for OSCaR")
    for command in (primero, oscar):
        command.add_argument("case", metavar="CASE", help="case number, such as SR-2026-0001")
        command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.json", help="where to write it")
        command.add_argument("--reason", required=True, metavar="TEXT", help="why; kept in the history")
        command.add_argument(
            "--map", type=Path, metavar="MAP.json", help="names of the other site, for this file alone (see 'map')"
        )
    primero.add_argument("--language", choices=LANGUAGES, help="language of the note (default the office's)")
    primero.set_defaults(run=_primero)
    oscar.add_argument("--referral", type=UUID, metavar="ID", help="which referral, as 'show' gives its id "
                       "(default the newest)")  # fmt: skip
    oscar.set_defaults(run=_oscar)


def _add_others(commands: Any) -> None:
    numbers = commands.add_parser("dhis2", help="write the indicators of a period to a file for DHIS2")
    numbers.add_argument("--from", dest="first", required=True, metavar="DATE", help="first day")
    numbers.add_argument("--to", dest="last", required=True, metavar="DATE", help="last day; a whole month, quarter, "
                         "half-year or year")  # fmt: skip
    numbers.add_argument("--by", metavar="FIELD", help=", ".join(dhis2.SPLITS))
    numbers.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.json|csv|xml", help="where to write")
    numbers.add_argument(
        "--map", type=Path, metavar="MAP.json", help="names of the other site, for this file alone (see 'map')"
    )
    numbers.set_defaults(run=_dhis2)

    cards = commands.add_parser("contacts", help="write the directory to a file: cards for telephones, or CSV")
    cards.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.vcf|csv", help="where to write it")
    cards.add_argument("--reason", required=True, metavar="TEXT", help="why; kept in the history")
    cards.add_argument("--with-families", action="store_true", help="with parents and relatives of children")
    cards.add_argument("--with-notes", action="store_true", help="with the notes")
    cards.add_argument("--language", choices=LANGUAGES, help="language of the cards (default the office's)")
    cards.set_defaults(run=_contacts)


def _add_map(commands: Any, words: Words) -> None:
    site = Command(commands, words, "map", N_("under which names and codes is sent to another program"), MAP_HELP)
    site.add("system", choices=list(MAPS), message=N_("which program"))
    file, flag = {"type": Path, "metavar": "MAP.json"}, {"action": "store_true"}
    site.add_either(
        (("-o", "--output"), N_("write the program's own names to a file, to change them in it"), file),
        (("--keep",), N_("keep the names in a file with the office; it sends under them from now on"), file),
        (("--show",), N_("list the names under which the office sends now"), flag),
        (("--forget",), N_("forget those kept, and send under the program's own again"), flag),
    )
    site.parser.set_defaults(run=_map)


def _primero(said: argparse.Namespace, words: Words) -> int:
    return _case("primero", said, words)


def _oscar(said: argparse.Namespace, words: Words) -> int:
    return _case("oscar", said, words)


def _case(system: str, said: argparse.Namespace, words: Words) -> int:
    site = None if said.map is None else map_from(system, said.map)
    office = opened(said, words)
    try:
        file = case_files.case_file(office, case_files.case_by_number(office, said.case), log=False)
        _warn(warnings(file), words)
        if system == "primero":
            sent = send_to_primero(
                office, file.case.id, said.output, reason=said.reason, site=site, language=said.language
            )
        else:
            sent = send_to_oscar(
                office, file.case.id, said.output, reason=said.reason, referral_id=said.referral, site=site
            )
    finally:
        office.close()
    _tell_left(sent.left, words)
    return 0


def _dhis2(said: argparse.Namespace, words: Words) -> int:
    period = Period(day(said.first) or clock.today(), day(said.last) or clock.today())
    kind = SetKind(_ending(said.output, [each.value for each in SetKind]))
    site = None if said.map is None else map_from(dhis2.SYSTEM, said.map)
    office = opened(said, words)
    try:
        sent = send_to_dhis2(office, said.output, kind, period, by=said.by, site=site, language=words.language)
    finally:
        office.close()
    sys.stdout.write(words.plural("{n} number", "{n} numbers", sent.written) + "\n")
    _tell_left(sent.left, words)
    return 0


def _contacts(said: argparse.Namespace, words: Words) -> int:
    kind = CardKind(_ending(said.output, [each.value for each in CardKind]))
    along = Along(said.with_families, said.with_notes)
    office = opened(said, words)
    try:
        _warn(contact_warnings(along), words)
        sent = send_contacts(office, said.output, kind, reason=said.reason, along=along, language=said.language)
    finally:
        office.close()
    sys.stdout.write(words.plural("{n} contact", "{n} contacts", sent.written) + "\n")
    _tell_left(sent.left, words)
    return 0


def _map(said: argparse.Namespace, words: Words) -> int:
    known = MAPS[said.system]
    if said.output is not None:
        save_map(known, said.output)
        return 0
    site = None if said.keep is None else map_from(said.system, said.keep)
    office = opened(said, words)
    try:
        if site is not None:
            keep_names(office, site)
        elif said.forget:
            forget_names(office, said.system)
        else:
            _show(names_of(office, said.system).to_send, known, words)
    finally:
        office.close()
    return 0


def _show(site: SiteMap, known: SiteMap, words: Words) -> None:
    """List the names, a line for each: where it stands, ours, theirs, and whether the program has it otherwise."""
    for line in lines_of(site, known):
        name = words.text(NOT_SENT) if line.name is None else line.name
        sys.stdout.write("\t".join((line.part, line.key, name, "" if line.is_own else words.text(CHANGED))) + "\n")


def _ending(path: Path, known: list[str]) -> str:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in known:
        endings = ", ".join(f".{each}" for each in known)
        raise Refusal(N_("The name of the file has to end in one of these: {endings}."), endings=endings)
    return ending


def _warn(messages: Iterable[str], words: Words) -> None:
    sys.stderr.writelines(words.text(message) + "\n" for message in messages)


def _tell_left(left: Iterable[LeftOut], words: Words) -> None:
    """Say what is not in the file: questions and reasons alone."""
    sys.stdout.writelines(line + "\n" for line in in_words(left, words))
