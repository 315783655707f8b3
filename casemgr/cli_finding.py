"""The command that finds children, as the search box of the window does: codes alone, and why each was found."""

import argparse
import sys
from typing import Any

from casemgr.cli_office import Command, opened, write_json
from casemgr.i18n import N_, Words
from casemgr.services import lists
from casemgr.services.finding import FEWEST_LETTERS, FoundChild, find_children
from casemgr.trouble import Refusal

MOST = 500
HELP = N_(
    "Type parts of a name in either script, as it is written or as it sounds, a nickname, a code, a number of the "
    "case, court or police, a telephone number, a village or a guardian. Every word has to fit. No name is told: "
    "'show' does."
)
TOO_FEW = N_("Type at least {count} letters.")
NOTHING = N_("Nobody fits.")


def add_commands(commands: Any, words: Words) -> None:
    """Add this command to those of the program, with its help in these words."""
    find = Command(commands, words, "find", N_("find children by anything that is known of them"), HELP)
    find.add(
        "text",
        nargs="+",
        metavar="TEXT",
        message=N_("what is known; - takes it from standard input, so that the shell keeps nothing of it"),
    )
    find.add("--most", type=_most, default=20, metavar="N", message=N_("so many at most, the likeliest first (20)"))
    find.add("--json", action="store_true", message=N_("as JSON"))
    find.parser.set_defaults(run=_find)


def _most(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"1 … {MOST}")
    return number


def _find(asked: argparse.Namespace, words: Words) -> int:
    typed = sys.stdin.readline().strip() if asked.text == ["-"] else " ".join(asked.text)
    office = opened(asked, words)
    try:
        if sum(map(len, typed.split())) < FEWEST_LETTERS:
            raise Refusal(TOO_FEW, count=words.number(FEWEST_LETTERS))
        found = find_children(office, typed, limit=asked.most)
        lists.log_exported(office, "found", "json" if asked.json else "text")
    finally:
        office.close()
    if asked.json:
        write_json([_plain(child, words) for child in found])
        return 0
    if not found:
        sys.stderr.write(words.text(NOTHING) + "\n")
    for child in found:
        why = ", ".join(words.text(each.why.label) for each in child.matches)
        sys.stdout.write("\t".join((child.code, _number(child), f"{child.score}%", why)) + "\n")
    return 0


def _number(child: FoundChild) -> str:
    """Return the number of the case that was meant, else of the newest that may be opened."""
    case = child.case or child.newest
    return (case.number or "") if case else ""


def _plain(child: FoundChild, words: Words) -> dict[str, Any]:
    return {
        "code": child.code, "case": _number(child), "likeness": child.score,
        "why": [{"key": match.why.value, "label": words.text(match.why.label)} for match in child.matches],
    }  # fmt: skip
