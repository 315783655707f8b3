"""What the commands share: opening the office, reading what was typed, writing JSON."""

import argparse
import getpass
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from casemgr.i18n import N_, Words
from casemgr.pace import Progress
from casemgr.services import ending
from casemgr.services.ending import UNREACHED
from casemgr.services.office import Office, default_folder, open_office
from casemgr.store.folder import account_count
from casemgr.trouble import NoSuch, Refusal
from casemgr.whereabouts import holds_office

MAKING_READY = N_("The office is being made ready for this version of the program.")
USAGE, TO_TYPE, CHOICES, THIS_HELP = N_("Usage: "), N_("to name"), N_("choices"), N_("show this help and do nothing")


class Command:
    """A command whose help is written in the language that was asked for."""

    def __init__(self, commands: Any, words: Words, name: str, message: str, description: str | None = None) -> None:
        """message: what it does, description: more of it; both of the catalogue."""

        class Spoken(argparse.HelpFormatter):
            def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
                super().add_usage(usage, actions, groups, words.text(USAGE) if prefix is None else prefix)

        self._words = words
        said = words.text(message)
        self.parser: argparse.ArgumentParser = commands.add_parser(
            name, help=said, description=words.text(description) if description else said, add_help=False,
            formatter_class=Spoken,
        )  # fmt: skip
        self._named = self.parser.add_argument_group(words.text(TO_TYPE))
        self._chosen: Any = self.parser.add_argument_group(words.text(CHOICES))
        self._chosen.add_argument("-h", "--help", action="help", help=words.text(THIS_HELP))

    def add(self, *names: str, message: str, **more: Any) -> None:
        """Add something that is typed after it; message, of the catalogue: what that is."""
        group = self._chosen if names[0].startswith("-") else self._named
        group.add_argument(*names, help=self._words.text(message).replace("%", "%%"), **more)

    def add_either(self, *options: tuple[tuple[str, ...], str, dict[str, Any]]) -> None:
        """Add options of which one is typed: the names of each, its message as in add, and more."""
        group = self._chosen.add_mutually_exclusive_group(required=True)
        for names, message, more in options:
            group.add_argument(*names, help=self._words.text(message).replace("%", "%%"), **more)


def folder_of(said: argparse.Namespace) -> Path:
    """Return the folder of the office that is meant."""
    named = said.office or os.environ.get("CASEMGR_OFFICE")
    return Path(named).expanduser() if named else default_folder()


def password(words: Words, *, new: bool = False) -> str:
    """Return the password; new: typed twice. Raises Refusal where none can be had."""
    known = os.environ.get("CASEMGR_PASSWORD")
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise Refusal(N_("No password: set CASEMGR_PASSWORD, or run this in a terminal."))
    typed = getpass.getpass(words.text("Password: "))
    if new and getpass.getpass(words.text("The same password again: ")) != typed:
        raise Refusal(N_("The two passwords are not the same."))
    return typed


def paper_password(words: Words) -> str:
    """Return the password that locks a paper, typed twice. Raises Refusal where none can be had."""
    known = os.environ.get("CASEMGR_PAPER_PASSWORD")
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise Refusal(N_("No password for the file: set CASEMGR_PAPER_PASSWORD, or run this in a terminal."))
    typed = getpass.getpass(words.text("Password for the file: "))
    if getpass.getpass(words.text("The same password again: ")) != typed:
        raise Refusal(N_("The two passwords are not the same."))
    return typed


def opened(said: argparse.Namespace, words: Words) -> Office:
    """Return the office, open. Raises NoSuch, Refusal and as open_office."""
    folder = folder_of(said)
    if not holds_office(folder):
        raise NoSuch(N_("There is no office in this folder. Name another with --office, or make one with 'new'."))
    if said.as_staff is None and account_count(folder) > 1:
        raise Refusal(N_("Several people may open this office. Say who with --staff NAME."))
    return open_office(folder, said.as_staff or "", password(words), progress=_telling(words))


def _telling(words: Words) -> Progress:
    """Return what tells in a terminal that the office is made ready after an update, and how far that is."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            share = words.figures(f" {100 * done // total}%") if total else ""
            sys.stderr.write(f"\r{words.text(MAKING_READY)}{share}" + "\n" * (0 < total == done))

    return tell


def end_office(said: argparse.Namespace, words: Words) -> int:
    """Destroy an office once its code and the password were typed in a terminal. Raises Refusal without one."""
    if not sys.stdin.isatty():
        raise Refusal(N_("An office is destroyed only in a terminal, by somebody who types its code and the password."))
    office = opened(said, words)
    try:
        sys.stderr.write(words.text(UNREACHED) + "\n")
        sys.stderr.write(words.text("Everything this office knows is destroyed for good. Nobody can undo it.") + "\n")
        code = input(words.text("Code of the office, to destroy it: "))
        done = ending.end_office(office, code, getpass.getpass(words.text("Password: ")), said.copies)
    finally:
        office.close()
    sys.stdout.write(words.plural("{n} file was destroyed.", "{n} files were destroyed.", done.gone) + "\n")
    for file in done.left:
        sys.stderr.write(words.text("This file could not be destroyed: {file}", file=file) + "\n")
    return 1 if done.left else 0


def day(text: str | None) -> date | None:
    """Return the day that was typed, None where none was. Raises Refusal for one that the calendar does not have."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(N_("{text} is no date. Write year-month-day, such as 2026-11-24."), text=text) from error


def write_json(value: Any) -> None:
    """Write a value to standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
