"""The commands for copies of an office: making one, listing them, putting one back."""

import argparse
import sys
from pathlib import Path

from casemgr.cli_office import folder_of, opened, password
from casemgr.i18n import N_, Words
from casemgr.services import backups
from casemgr.trouble import Refusal

SURE = N_("Say --anyway to put it back all the same. What is there now is kept aside.")


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the parser."""
    backup = commands.add_parser("backup", help="make a verified copy of the office in one file")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy, or a folder for it")
    backup.set_defaults(run=_backup)

    listed = commands.add_parser("backups", help="list the copies that the office made")
    listed.set_defaults(run=_backups)

    restore = commands.add_parser("restore", help="put a copy back into the office's folder")
    restore.add_argument("file", type=Path, metavar="FILE", help="the copy; its own password is asked for")
    restore.add_argument("--anyway", action="store_true", help="also where it is older, or of another office")
    restore.set_defaults(run=_restore)


def _backup(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        print(backups.copy_to(office, said.file))
    finally:
        office.close()
    return 0


def _backups(said: argparse.Namespace, words: Words) -> int:
    office = opened(said, words)
    try:
        for copy in backups.list_copies(office):
            print(f"{words.moment(copy.manifest.made_at)}\t{copy.path}")
    finally:
        office.close()
    return 0


def _restore(said: argparse.Namespace, words: Words) -> int:
    returning = backups.look_at(said.file, folder_of(said), said.as_staff or "", password(words))
    warned = backups.warnings_of(returning)
    for finding in warned:
        print(finding.say(words), file=sys.stderr)
    if not said.anyway and any(not finding.ok for finding in warned):
        returning.drop()
        raise Refusal(SURE)
    backups.put_back(returning).close()
    print(words.text("The copy of {when} was put back.", when=words.moment(returning.manifest.made_at)))
    return 0
