"""The commands by which cases go from office to office: the key of an office, handing over, taking in."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from casemgr.cli_office import opened
from casemgr.exchange.sealed import Way
from casemgr.i18n import N_, Words
from casemgr.services import case_files
from casemgr.services.comparing import ERASED, OLDER, Arrival, Keep, Standing, compare
from casemgr.services.handover import Wanted, hand_over, warnings
from casemgr.services.office_keys import own_key, read_key, save_key
from casemgr.services.received import receive, way_of
from casemgr.services.taking_in import take_in
from casemgr.trouble import Refusal

STANDINGS = {
    Standing.NEW: N_("New: {count}"), Standing.SAME: N_("The same here: {count}"),
    Standing.DIFFERS: N_("Different here: {count}"), Standing.REMOVED: N_("Removed here earlier: {count}"),
    Standing.LEFT_OUT: N_("Cannot be kept here: {count}"),
}  # fmt: skip
ONLY_HERE = N_("Only here: {count}")


def add_commands(commands: Any) -> None:
    """Add these commands to those of the program."""
    key = commands.add_parser("office-key", help="show the key of this office, for offices that hand cases over to it")
    key.add_argument("-o", "--output", type=Path, metavar="FILE.txt", help="write it to a file as well")
    key.set_defaults(run=_office_key)

    over = commands.add_parser(
        "hand-over", help="write a case to one encrypted file for another office",
        description="Without --to the file is locked with a passphrase, taken from CASEMGR_PASSPHRASE or asked for.",
    )  # fmt: skip
    over.add_argument("case", metavar="CASE", help="case number, such as SR-2026-0001")
    over.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.case", help="where to write it")
    over.add_argument("--to", type=Path, metavar="KEYFILE", help="the key that the other office gave")
    over.add_argument("--reason", required=True, metavar="TEXT", help="why; kept in the history")
    over.add_argument("--with-restricted", action="store_true", help="with answers and documents for named staff")
    over.add_argument("--with-complaints", action="store_true", help="with the complaints you may read")
    over.set_defaults(run=_hand_over)

    taking = commands.add_parser(
        "take-in", help="show what a case file of another office brings; with --yes keep it",
        description="A passphrase is taken from CASEMGR_PASSPHRASE or asked for. Without --yes nothing is kept.",
    )  # fmt: skip
    taking.add_argument("file", type=Path, metavar="FILE.case", help="the file")
    taking.add_argument("--yes", action="store_true", help="keep what is new, and what is proposed where both differ")
    taking.add_argument("--differing", choices=[keep.value for keep in Keep],
                        help="of records that differ keep this, instead of what is proposed")  # fmt: skip
    taking.add_argument("--same-child", metavar="CODE", help="the child is the one with this code here")
    taking.set_defaults(run=_take_in)


def _office_key(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        key = own_key(office) if said.output is None else save_key(office, said.output)
    finally:
        office.close()
    sys.stdout.write(key.text())
    return 0


def _hand_over(said: argparse.Namespace, words: Words) -> int:
    key = read_key(said.to) if said.to else None
    passphrase = None if key else _passphrase(words, new=True)
    wanted = Wanted(said.with_restricted, said.with_complaints)
    office = opened(said, words)
    try:
        file = case_files.case_file(office, case_files.case_by_number(office, said.case), log=False)
        for warning in warnings(file, wanted):
            sys.stderr.write(words.text(warning) + "\n")
        done = hand_over(
            office, file.case.id, said.output, reason=said.reason, key=key, passphrase=passphrase, wanted=wanted
        )
    finally:
        office.close()
    sys.stdout.write(words.plural("{n} record", "{n} records", done.records) + "\n")
    return 0


def _take_in(said: argparse.Namespace, words: Words) -> int:
    passphrase = _passphrase(words) if way_of(said.file) is Way.PASSPHRASE else None
    office = opened(said, words)
    try:
        received = receive(office, said.file, passphrase)
        same = case_files.child_by_code(office, said.same_child) if said.same_child else None
        arrival = compare(office, received, same)
        _tell(arrival, words)
        if not said.yes:
            return 0
        keep = Keep(said.differing) if said.differing else None
        choices = {
            (item.theirs.kind, item.theirs.id): keep if keep in item.allowed else Keep.OURS
            for item in arrival.of(Standing.DIFFERS)
            if keep is not None
        }
        done = take_in(office, arrival, choices, same_child=same)
    finally:
        office.close()
    if done.is_nothing:
        sys.stdout.write(words.text("Nothing was changed: all of it is here already, or ours was kept.") + "\n")
    else:
        sys.stdout.write(words.text(
            "Case {number}: records added: {added}; changed: {changed}; documents: {documents}.", number=done.number,
            added=done.added, changed=done.changed, documents=done.documents,
        ) + "\n")  # fmt: skip
    return 0


def _tell(arrival: Arrival, words: Words) -> None:
    """Say what the file brings, with codes and numbers alone."""
    sender, number = arrival.received.sender, _shown(arrival.received.case.answers.get("number") or "")
    told = [words.text("Case {number} of the office {office}.", number=number, office=_shown(sender.office))]
    if sender.key is not None:
        told.append(words.text("Sealed with the key {fingerprint}.", fingerprint=sender.key.fingerprint))
    told += [words.text(message) for message, is_so in ((OLDER, arrival.older), (ERASED, arrival.erased)) if is_so]
    told += [words.text(label, count=len(found)) for kind, label in STANDINGS.items() if (found := arrival.of(kind))]
    if arrival.only_here:
        told.append(words.text(ONLY_HERE, count=len(arrival.only_here)))
    told += [words.text("This child here may be the same: {code}", code=each.code) for each in arrival.likely]
    sys.stdout.write("\n".join(told) + "\n")


def _shown(text: str) -> str:
    """Return what another office wrote without what a terminal would obey."""
    return "".join(sign for sign in text if sign.isprintable())


def _passphrase(words: Words, *, new: bool = False) -> str:
    """The passphrase of the file; never an argument, which other users of the computer could read."""
    known = os.environ.get("CASEMGR_PASSPHRASE")
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise Refusal(N_("No passphrase: set CASEMGR_PASSPHRASE, or run this in a terminal."))
    typed = getpass.getpass(words.text("Passphrase for the file: "))
    if new and getpass.getpass(words.text("The same passphrase again: ")) != typed:
        raise Refusal(N_("The two passphrases are not the same."))
    return typed
