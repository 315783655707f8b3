"""Copies of the office: made of its own accord or when asked, thinned out with time, and put back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from casemgr import assets, clock
from casemgr.clock import months_after
from casemgr.exchange.writing import PROGRAM
from casemgr.i18n import N_
from casemgr.pace import Progress
from casemgr.services.changes import Changes
from casemgr.services.office import Office, enter
from casemgr.services.rights import Right
from casemgr.store.audit import lines_after
from casemgr.store.backup import FAILING, FULL, GONE, LOCKED, Outcome, Target, make_copies
from casemgr.store.checking import Finding as Finding  # noqa: PLC0414  (what warnings_of returns)
from casemgr.store.checking import beside
from casemgr.store.copies import PART, Copy, copies_in, manifest_of
from casemgr.store.keys import sync_folder
from casemgr.store.note import Failed, Made, Note, Place
from casemgr.store.restoring import Returning as Returning  # noqa: PLC0414  (windows hold one)
from casemgr.store.restoring import prepare
from casemgr.trouble import Refusal, Trouble
from casemgr.whereabouts import DATABASE

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of so many days, weeks and months that have a copy, the newest one of each is kept."""
OLD_AFTER = timedelta(days=3)
"""A worker is told of a copy that is older."""
BEFORE_KEPT = timedelta(days=90)
"""So long a copy made before an update stays beside the office, and longer where there is no other copy since."""
_NO_NEWS = ("signed-in", "copied")
HOME, STICK = "home", "stick"
INSIDE = N_("This is the office's own folder. Choose another folder for copies.")
PLACES_LOST = N_(
    "Where copies go is not known any more: they go into the folder beside the office. Choose another one in Settings."
)
ERASED_COME_BACK = N_(
    "Erasings since this copy was made: {count}. What was erased comes back with it: erase it again afterwards. The "
    "certificates are in the office that is kept aside; print them before."
)
MISSING = N_("This folder is not there. Choose another one.")
THERE = N_("There is a file of this name already. Choose another name.")


_THERE = {
    FULL: N_(
        "There is too little room for it; earlier copies there are as they were. Free some space, or choose another "
        "folder."
    ),
    LOCKED: N_("The folder cannot be written to; earlier copies there are as they were. Choose another folder."),
    GONE: N_("The folder is not there, or went away. Put the stick in again, or choose another folder."),
    FAILING: N_(
        "The disk or stick is full or failing; earlier copies there are as they were. Choose another folder."
    ),
}  # fmt: skip
"""What is said instead of a place without a copy, where the other place has one."""


class PlaceState(NamedTuple):
    """One place for copies. beside: nobody chose it, it is the folder beside the office. there: it can be seen now.

    made_at: of the newest copy that was read back there. failed: what the last try said, None where it went well.
    other_made: the other place has a copy of then or since.
    """

    folder: Path
    beside: bool
    there: bool
    made_at: datetime | None
    failed: Failed | None
    other_made: bool


class Copies(NamedTuple):
    """Where the copies of an office go. stick: None where none was chosen."""

    home: PlaceState
    stick: PlaceState | None

    @property
    def made_at(self) -> datetime | None:
        """When the newest copy anywhere was made, None where there is none."""
        return max((each.made_at for each in (self.home, self.stick) if each and each.made_at), default=None)


def copies_of(office: Office) -> Copies:
    """Return where copies go and how old the newest are. Raises NotAllowed."""
    office.demand(Right.USE)
    note = office.store.note()
    stick = _state(Path(note.stick.folder), note.stick, note.home) if note.stick.folder else None
    return Copies(_state(_home(office, note), note.home, note.stick), stick)


def choose_folder(office: Office, place: str, folder: Path | None) -> Changes:
    """Say where copies go. place: HOME or STICK. folder: None for the one beside the office, or for no stick.

    Raises Refusal for a folder that is not there or lies in the office's own or the program's, and NotAllowed.
    """
    office.demand(Right.MANAGE)
    if folder is not None:
        folder = folder.resolve()
        if folder.is_relative_to(office.folder.resolve()):
            raise Refusal(INSIDE)
        if not folder.is_dir():
            raise Refusal(MISSING)
        if assets.is_beside_program(folder):
            raise Refusal(PROGRAM)
    with office.store.changing_note() as note:
        setattr(note, place, Place(str(folder or "")))
    return Changes.of(part="copies")


def make_copy(office: Office) -> list[Outcome]:
    """Make a copy now, in each place that is there; what became of each is kept beside the office, and returned.

    What time has made superfluous is removed, after the new copy was read back. Raises a Trouble where the office
    itself cannot be read, and NotAllowed.
    """
    office.demand(Right.USE)
    note = office.store.note()
    return _make(office, [place for place in (HOME, STICK) if place == HOME or note.stick.folder])


def copy_if_due(office: Office) -> bool:
    """Make a copy where today has none yet, at home and on the stick where it is there; return whether one was tried.

    A practice office gets none. Trouble is kept beside the office and told of by the check; none is raised.
    """
    if office.settings.practice:
        return False
    note = office.store.note()
    due = [place for place in _reachable(note) if not _is_of_today(getattr(note, place))]
    return _tried(office, due)


def copy_at_closing(office: Office) -> bool:
    """Make a copy where anything was written since the newest; as copy_if_due."""
    if office.settings.practice:
        return False
    note = office.store.note()
    with office.store.read() as work:
        connection = work.session.connection()
        due = [
            place for place in _reachable(note)
            if (made := getattr(note, place).made) is None or lines_after(connection, made.head.number, _NO_NEWS)
        ]  # fmt: skip
    return _tried(office, due)


def close_office(office: Office) -> None:
    """Close the office after a last copy of it; trouble with the copy does not keep it open."""
    try:
        with suppress(Trouble):
            copy_at_closing(office)
    finally:
        office.close()


def copy_to(office: Office, path: Path) -> Path:
    """Make a copy under that name, or under a name of its own in a folder; return its file.

    Raises Refusal for a file that is there already, Trouble, and NotAllowed.
    """
    office.demand(Right.USE)
    if path.exists() and not path.is_dir():
        raise Refusal(THERE)
    folder = path if path.is_dir() else path.parent
    if folder.resolve().is_relative_to(office.folder.resolve()):
        raise Refusal(INSIDE)
    if assets.is_beside_program(folder):
        raise Refusal(PROGRAM)
    with office.store.at_work() as (engine, data_key):
        [outcome] = make_copies(engine, office.folder, data_key, [Target(folder)], clock.now())
    if outcome.trouble is not None:
        raise outcome.trouble
    assert outcome.copy is not None  # noqa: S101  (one or the other)
    made = outcome.copy.path if path.is_dir() else outcome.copy.path.replace(path)
    with suppress(OSError):  # the copy is safe by now; only its name could still be lost with the power
        sync_folder(made.parent)
    with office.write(Right.USE) as work:
        work.note("copied", "Office", changes={"where": [None, "file"]})
    return made


def list_copies(office: Office) -> list[Copy]:
    """Return the copies of this office that can be found, the newest first. Raises NotAllowed."""
    found = [copy for copies in copies_at(office).values() for copy in copies]
    return sorted(found, key=lambda copy: copy.manifest.made_at, reverse=True)


def copies_at(office: Office) -> dict[str, list[Copy]]:
    """Return the copies of this office that can be found, by HOME and STICK, the newest first. Raises NotAllowed."""
    office.demand(Right.USE)
    note, of = office.store.note(), office.store.keys().office
    folders = {HOME: _home(office, note)}
    if note.stick.folder and Path(note.stick.folder) != folders[HOME]:
        folders[STICK] = Path(note.stick.folder)
    return {place: copies_in(folder, of) for place, folder in folders.items()}


def goes_by_itself(copy: Copy) -> bool:
    """Return whether time makes a copy superfluous; one that bears a name which somebody gave it stays."""
    return copy.manifest.names(copy.path)


def superseded(copies: Sequence[Copy]) -> list[Copy]:
    """Return which copies time has made superfluous: the newest of each of the last days, weeks and months stay."""
    newest_first = sorted(copies, key=lambda copy: copy.manifest.made_at, reverse=True)
    kept = {copy.path for copy in newest_first[:1]}
    steps: tuple[tuple[int, Callable[[datetime], Any]], ...] = (
        (DAYS, lambda at: at.date()), (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )  # fmt: skip
    for most, period in steps:
        found: dict[Any, Path] = {}
        for copy in newest_first:
            found.setdefault(period(copy.manifest.made_at.astimezone(clock.PHNOM_PENH)), copy.path)
        kept.update(list(found.values())[:most])
    return [copy for copy in newest_first if copy.path not in kept]


def gone_by(copies: Sequence[Copy], on: date) -> date | None:
    """Return the day by which newer copies make the last of these superfluous; None without any.

    They lie in one folder, and a copy is made there from that day on at least at the end of each month.
    """
    if not copies:
        return None
    old, newer, day = {copy.path for copy in copies}, list[Copy](), on
    while old - {each.path for each in superseded([*copies, *newer])}:
        day = months_after(on.replace(day=1), len(newer) + 1) - timedelta(days=1)
        made_at = datetime.combine(day, time.max, clock.PHNOM_PENH)
        newer.append(Copy(Path(day.isoformat()), replace(copies[0].manifest, made_at=made_at)))
    return day


def newest_beside(folder: Path) -> Path | None:
    """Return the newest copy in the folder beside an office, which need not be open; None where there is none."""
    copies = copies_in(beside(folder))
    return copies[0].path if copies else None


class Facts(NamedTuple):
    """What a copy says of itself before its password is known; nothing of it is proven yet."""

    made_at: datetime
    children: int
    cases: int


def facts_of(path: Path) -> Facts:
    """Return what a copy says of itself. Raises DamagedCopy, and Trouble where it cannot be read."""
    try:
        manifest = manifest_of(path)
    except OSError as error:
        raise Trouble(MISSING) from error
    return Facts(manifest.made_at, manifest.rows.get("child", 0), manifest.rows.get("case", 0))


def look_at(path: Path, folder: Path, staff_name: str, password: str) -> Returning:
    """Look at a copy whole before it is put back; the office in the folder is held until it is put back or dropped.

    Raises WrongPassword, TooSoon, DamagedCopy, NewerStore, StoreInUse and other Trouble.
    """
    return prepare(path, folder, staff_name, password)


def warnings_of(returning: Returning) -> list[Finding]:
    """Return what the worker should know before a copy takes the place of what is there.

    ok: of what is no reason to hesitate.
    """
    found = _doubts(returning)
    if returning.present.erased:
        found.append(Finding(False, ERASED_COME_BACK, {"count": returning.present.erased}))
    return found if returning.present.note is not None else [*found, Finding(True, PLACES_LOST)]


def _doubts(returning: Returning) -> list[Finding]:
    present, manifest = returning.present, returning.manifest
    if not present.there:
        return []
    if present.office is not None and present.office != manifest.office:
        return [Finding(False, N_("This copy is of another office than the one in this folder."))]
    if present.head is None:
        return [Finding(False, N_("The office that is there now cannot be read with the keys of this copy."))]
    if present.head.number > manifest.head.number:
        lost = present.head.number - manifest.head.number
        message = N_("This copy is older. Lines of history that only the office there now has: {lines}.")
        return [Finding(False, message, {"lines": lost})]
    if not returning.has_present:
        return [Finding(False, N_("The office that is there now went on in another way than this copy."))]
    return []


def put_back(returning: Returning, progress: Progress | None = None) -> Office:
    """Let the copy take the office's place, and open it. What lay there is kept in a folder beside it.

    progress is told how far it is where the copy has to be made ready for this version of the program.
    """
    return enter(returning.put_back(progress))


def _home(office: Office, note: Note) -> Path:
    return Path(note.home.folder) if note.home.folder else beside(office.folder)


def _state(folder: Path, place: Place, other: Place) -> PlaceState:
    failed, made_at = place.failed, place.made.at if place.made else None
    other_made = failed is not None and other.made is not None and other.made.at >= failed.at
    if failed is not None and other_made:
        failed = failed._replace(message=_THERE.get(failed.message, failed.message))
    return PlaceState(folder, not place.folder, folder.is_dir(), made_at, failed, other_made)


def _reachable(note: Note) -> list[str]:
    """Return the places that a copy is tried in of its own accord; a stick that is not there is no trouble."""
    return [HOME, *([STICK] if note.stick.folder and Path(note.stick.folder).is_dir() else [])]


def _is_of_today(place: Place) -> bool:
    return place.made is not None and place.made.at.astimezone(clock.PHNOM_PENH).date() == clock.today()


def _tried(office: Office, places: Sequence[str]) -> bool:
    if places:
        with suppress(Trouble):
            _make(office, places)
    return bool(places)


def _make(office: Office, places: Sequence[str]) -> list[Outcome]:
    store, note, now = office.store, office.store.note(), clock.now()
    folders = {HOME: Target(_home(office, note), make=not note.home.folder), STICK: Target(Path(note.stick.folder))}
    try:
        with store.at_work() as (engine, data_key):
            outcomes = make_copies(engine, store.folder, data_key, [folders[place] for place in places], now)
    except Trouble as trouble:
        with store.changing_note() as kept:
            for place in places:
                getattr(kept, place).failed = _failed(now, trouble)
        raise
    with store.changing_note() as kept:
        for place, outcome in zip(places, outcomes, strict=True):
            _keep(getattr(kept, place), outcome, now)
    done = [place for place, outcome in zip(places, outcomes, strict=True) if outcome.copy is not None]
    if done:
        with office.write(Right.USE) as work:
            work.note("copied", "Office", changes={"where": [None, done]})
        _thin_out(office, [outcome.copy for outcome in outcomes if outcome.copy is not None])
    return outcomes


def _keep(place: Place, outcome: Outcome, now: datetime) -> None:
    if outcome.copy is not None:
        place.made, place.failed = Made(now, outcome.copy.manifest.head), None
    elif outcome.trouble is not None:
        place.failed = _failed(now, outcome.trouble)


def _failed(now: datetime, trouble: Trouble) -> Failed:
    return Failed(now, trouble.message, {name: str(value) for name, value in trouble.slots.items()})


def _thin_out(office: Office, made: Iterable[Copy]) -> None:
    """Remove what is superfluous beside each new copy, and copies made long ago before an update.

    A copy that bears a name which somebody gave it stays, and does not count.
    """
    for copy in made:
        beside_it = copies_in(copy.path.parent, copy.manifest.office)
        for old in superseded([each for each in beside_it if goes_by_itself(each)]):
            if old.path != copy.path:
                with suppress(OSError):
                    old.path.unlink()
    for before in office.folder.glob(f"{DATABASE}.before-*"):
        with suppress(OSError):
            made_at = datetime.fromtimestamp(before.stat().st_mtime, clock.PHNOM_PENH)
            if before.suffix != PART and clock.now() - made_at > BEFORE_KEPT:
                before.unlink()
