"""Whether all is well around the office: its files, its copies, the disk, the clock, the folder it lies in."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from casemgr import clock
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Pace
from casemgr.services import backups
from casemgr.services.changes import Changes
from casemgr.services.office import Office, clock_problem
from casemgr.services.rights import Right
from casemgr.store.backup import is_left_behind, room_for_copy
from casemgr.store.checking import NOTE_DOUBTED as NOTE_DOUBTED  # noqa: PLC0414  (windows look for it)
from casemgr.store.checking import Finding as Finding  # noqa: PLC0414  (what a check returns)
from casemgr.store.copies import PART, verify
from casemgr.store.engine import NETWORK, is_network
from casemgr.trouble import DamagedCopy, Trouble

EVERY = timedelta(days=7)
"""How often everything is looked at thoroughly."""
LITTLE_ROOM = 500_000_000
"""So few free bytes on the office's disk are told of."""
_SYNCED = re.compile(
    r"(onedrive|dropbox|google ?drive|my drive|icloud ?(drive)?|mobile documents|nextcloud|owncloud|mega(sync)?"
    r"|pcloud ?(drive)?|yandex\.?disk|box sync)(?![^\W\d_])",
    re.IGNORECASE,
)
"""Begins the name of such a folder; a letter may not follow, as in somebody's own name."""

NO_COPY = N_("No copy of this office was ever made. Make one in Settings.")
OLD_COPY = N_("The newest copy of this office is of {when}. Make one in Settings.")
FAILED_COPY = N_("The last copy, of {when}, could not be made. {reason}")
FAILED_HOME = N_("The copy of {when} could not be made in the folder for copies; the stick has one. {reason}")
FAILED_STICK = N_("The copy of {when} could not be made on the stick; the folder for copies has one. {reason}")
CLOCK = N_("This computer's clock is wrong: it must be later than {when}. Set date and time.")
SYNCED = N_(
    "The office lies in a folder that another program copies to the internet ({name}), where it can be damaged. Ask "
    "for help to move it."
)


def quick_check(office: Office) -> list[Finding]:
    """Return what a look of a second or two finds, good and bad, each with what to do next. Raises NotAllowed."""
    office.demand(Right.USE)
    found = _looked_at(office.store.quick_check)
    return [*found, *_around(office)]


def full_check(office: Office, cancelled: Cancelled | None = None) -> list[Finding]:
    """Return what a thorough look finds: every page, every line of the trail, the newest copy. Raises NotAllowed.

    It may take a minute; that it was done is kept beside the office. Raises Stopped soon after it is cancelled.
    """
    office.demand(Right.USE)
    pace = Pace(cancelled=cancelled)
    found = [*_looked_at(lambda: office.store.check(pace)), *_newest_copy(office, pace), *_around(office)]
    with office.store.changing_note() as note:
        note.checked_at = clock.now()
    return found


def note_seen(office: Office) -> Changes:
    """Say that somebody has looked after a note that was changed or taken away; it is told of no more.

    Raises NotAllowed and Trouble.
    """
    with office.write(Right.MANAGE) as work:
        work.note("note-seen", "Office")
    with office.store.changing_note() as note:
        note.doubt = None
    return Changes.of(part="copies")


def full_check_due(office: Office) -> bool:
    """Return whether the last thorough look was long ago."""
    checked_at = office.store.note().checked_at
    return checked_at is None or not timedelta() <= clock.now() - checked_at < EVERY


def _looked_at(check: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return check()
    except Trouble as trouble:  # no Stopped, which is a refusal
        return [Finding(False, trouble.message, trouble.slots)]


def _around(office: Office) -> list[Finding]:
    return [*_copies(office), *_room(office), *_clock(office), *_left_behind(office.folder), *_place(office.folder)]


def _copies(office: Office) -> Iterator[Finding]:
    if office.settings.practice:
        return
    copies = backups.copies_of(office)
    failed = {
        (alone if place.other_made else FAILED_COPY): place.failed
        for place, alone in ((copies.stick, FAILED_STICK), (copies.home, FAILED_HOME)) if place and place.failed
    }  # fmt: skip
    for message, why in failed.items():  # where neither has one, the reason of the folder for copies
        reason = office.words.text(why.message, **why.slots)
        yield Finding(False, message, {"when": office.words.moment(why.at), "reason": reason})
    if copies.made_at is None:
        if not failed:
            yield Finding(False, NO_COPY)
    elif clock.now() - copies.made_at > backups.OLD_AFTER:
        yield Finding(False, OLD_COPY, {"when": office.words.moment(copies.made_at)})
    else:
        yield Finding(True, N_("The newest copy is of {when}."), {"when": office.words.moment(copies.made_at)})


def _newest_copy(office: Office, pace: Pace) -> Iterator[Finding]:
    """Read the newest copy back; one of an earlier data key cannot be proven, and is passed over."""
    found = backups.list_copies(office)
    with office.store.at_work() as (_, data_key):
        ours = next((copy for copy in found if copy.manifest.is_sealed_with(data_key)), None)
        if ours is None:
            return
        try:
            verify(ours.path, data_key, pace)
        except (DamagedCopy, OSError):
            yield Finding(False, N_("The newest copy cannot be read back. Make another one in Settings, elsewhere."))
        else:
            yield Finding(True, N_("The newest copy was read back and is whole."))


def _room(office: Office) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(office.folder).free
        wanted = max(LITTLE_ROOM, 3 * room_for_copy(office.folder))
    except OSError:
        yield Finding(False, N_("The office's folder is not there any more. Close the program and ask for help."))
        return
    slots: dict[str, object] = {"megabytes": office.words.number(free // 1_000_000)}
    if free < wanted:
        yield Finding(False, N_("The disk has only {megabytes} MB left. Free some space soon."), slots)
    else:
        yield Finding(True, N_("The disk has {megabytes} MB left."), slots)


def _clock(office: Office) -> Iterator[Finding]:
    known = clock_problem(office)
    if known is None:
        yield Finding(True, N_("Nothing speaks against this computer's clock."))
    else:
        yield Finding(False, CLOCK, {"when": office.words.moment(known)})


def _left_behind(folder: Path) -> Iterator[Finding]:
    """Papers that were half written are readable; parts of the office are encrypted, and only take room."""
    home = Path.home()
    places = (home, home / "Documents", home / "Desktop", home / "Downloads")
    papers = [each for each in places if _old(each, ".casemgr-*.part")]
    if papers:
        slots: dict[str, object] = {"folder": papers[0]}
        yield Finding(
            False, N_("A paper that was half written lies in {folder}. Delete the file .casemgr-… there."), slots
        )
    elif _old(folder, f"*{PART}"):
        yield Finding(
            False, N_("Half-written files lie in the office's folder. Make a copy in Settings; it clears them.")
        )
    else:
        yield Finding(True, N_("No half-written files were left behind."))


def _old(folder: Path, pattern: str) -> bool:
    try:
        return any(is_left_behind(path) for path in folder.glob(pattern))
    except OSError:  # a folder that is not there, or may not be read
        return False


def _place(folder: Path) -> Iterator[Finding]:
    if is_network(folder):
        yield Finding(False, NETWORK)
        return
    parts = [part for part in folder.resolve().parts if _SYNCED.match(part)]
    if parts:
        yield Finding(False, SYNCED, {"name": parts[0]})
    else:
        yield Finding(True, N_("The office lies on this computer, in a folder of its own."))
