"""Every file that the program reads, spoilt: it is refused in words, nothing falls over, and nothing here changes.

"-m slow" tries a hundred thousand. The number of a try, which a failure names, makes the same file again.
"""

import io
import json
import random
import shutil
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import psutil
import pytest
from handed_over import PASSWORD, a_case, other_office, send, state, with_document
from hostile import as_json, chance_of, leaves, spoilt, spoilt_value
from hypothesis import strategies as st
from partly import drawn
from PIL import Image, ImageCms
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from casemgr.exchange import dhis2, oscar, primero
from casemgr.exchange.sealed import Pair, content, opened_by, seal_for
from casemgr.exchange.site_map import SiteMap, read_map
from casemgr.services import backups
from casemgr.services.comparing import compare
from casemgr.services.handover import Wanted
from casemgr.services.office import Office, open_office
from casemgr.services.office_keys import own_pairs
from casemgr.services.received import receive
from casemgr.services.taking_in import take_in
from casemgr.store import files
from casemgr.store.copies import MANIFEST
from casemgr.store.keys import KeyFile
from casemgr.trouble import DamagedKeys, Refusal, Trouble, WrongPassword

LONGEST = 5.0
"""Seconds of computing that one file may take."""
MOST_MEMORY = 120_000_000
SEEDS = st.integers(min_value=0, max_value=2**32)


class Line(NamedTuple):
    """A line of a case file, and the bytes after it."""

    told: dict[str, Any]
    data: bytes


class Target:
    """An office that a file was sealed for, with the lines of that file."""

    def __init__(self, office: Office, sender: Pair, file: bytes, folder: Path) -> None:
        self.office, self.sender, self.file = office, sender, file
        self.path = folder / "spoilt.case"
        with office.read() as work:
            self.pairs = own_pairs(work)
        self.lines = list(self._lines())
        self.values = tuple(leaf for line in self.lines for leaf in leaves(line.told))
        self.before = state(office)
        self.taken = self.refused = 0

    def _lines(self) -> Iterator[Line]:
        source = content(io.BytesIO(self.file), opened_by(io.BytesIO(self.file), self.pairs))
        while line := source.readline():
            told = json.loads(line)
            yield Line(told, source.read(told.get("size", 0)))

    def sealed(self, lines: list[Line]) -> bytes:
        """Return these lines as a file that the sender sealed: a sender may be somebody else than it seems."""
        target = io.BytesIO()
        with seal_for(target, self.sender, self.pairs[0].public) as sealer:
            for line in lines:
                sealer.write(as_json(line.told) + b"\n" + line.data)
        return target.getvalue()

    def spoilt_lines(self, chance: random.Random) -> list[Line]:
        """Return the lines with one or two of them spoilt, gone, twice there, or in another place."""
        lines = list(self.lines)
        for _ in range(chance.choice((1, 1, 1, 2))):
            at = chance.randrange(len(lines))
            match chance.randrange(12):
                case 0:
                    del lines[at]
                case 1:
                    lines.insert(chance.randrange(len(lines)), lines[at])
                case 2:
                    lines.append(lines.pop(at))
                case 3 if lines[at].data:
                    lines[at] = Line(lines[at].told, spoilt(lines[at].data, chance))
                case _:
                    told = spoilt_value(lines[at].told, chance, self.values)
                    lines[at] = Line(told if isinstance(told, dict) else {}, lines[at].data)
        return lines

    def is_refused_or_taken_in(self, data: bytes) -> None:
        """Try a file from opening to the last look; where it is sound, take it in and take that back again."""
        self.path.write_bytes(data)
        begun = time.process_time()
        try:
            received = receive(self.office, self.path)
            arrival = compare(self.office, received)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("casemgr.services.taking_in._Taking._note", _stop)
                take_in(self.office, arrival)
        except Back:
            self.taken += 1
        except (Refusal, Trouble):
            self.refused += 1
        assert time.process_time() - begun < LONGEST
        assert state(self.office) == self.before


class Back(Exception):  # noqa: N818
    """Takes back what was taken in, at the very end of it."""


def _stop(*_: object) -> None:
    raise Back


@pytest.fixture(scope="module")
def target(made: Path, made_filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("hostile")
    sender = open_office(shutil.copytree(made_filled, folder / "sender"), "", PASSWORD)
    office = other_office(made, folder / "office")
    case_id = a_case(sender)
    with_document(sender, case_id, folder)
    send(sender, case_id, folder / "whole.case", office, Wanted(restricted=True, complaints=True))
    with sender.read() as work:
        pair = own_pairs(work)[0]
    yield Target(office, pair, (folder / "whole.case").read_bytes(), folder)
    office.close()
    sender.close()


@drawn(90, 750, seed=SEEDS)
def test_a_case_file_with_spoilt_bytes_is_refused(target: Target, seed: int) -> None:
    data = spoilt(target.file, chance_of(seed))
    if data != target.file:
        refused = target.refused
        target.is_refused_or_taken_in(data)
        assert target.refused == refused + 1


@drawn(25, 200, seed=SEEDS)
def test_a_case_file_that_a_stranger_forged_is_refused_or_fit_to_be_kept(target: Target, seed: int) -> None:
    target.is_refused_or_taken_in(target.sealed(target.spoilt_lines(chance_of(seed))))


@drawn(20, 100, seed=SEEDS)
def test_a_case_file_with_spoilt_text_within_is_refused_or_fit_to_be_kept(target: Target, seed: int) -> None:
    chance = chance_of(seed)
    lines = list(target.lines)
    at = chance.randrange(len(lines))
    whole = io.BytesIO()
    with seal_for(whole, target.sender, target.pairs[0].public) as sealer:
        for number, line in enumerate(lines):
            text = json.dumps(line.told, ensure_ascii=False).encode() + b"\n" + line.data
            sealer.write(spoilt(text, chance) if number == at else text)
    target.is_refused_or_taken_in(whole.getvalue())


def test_a_whole_file_is_taken_in_and_tells_of_no_great_memory(target: Target) -> None:
    taken = target.taken
    tracemalloc.start()
    target.is_refused_or_taken_in(target.sealed(target.lines))
    assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    tracemalloc.stop()
    assert target.taken == taken + 1


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_a_hundred_thousand_spoilt_case_files(target: Target, part: int) -> None:
    began, longest = time.monotonic(), 0.0
    target.taken = target.refused = 0
    for seed in range(part * 10_000, (part + 1) * 10_000):
        chance, at = chance_of(seed), time.process_time()
        data = target.sealed(target.spoilt_lines(chance)) if seed % 2 else spoilt(target.file, chance)
        try:
            target.is_refused_or_taken_in(data)
        except BaseException:
            print("seed", seed)
            raise
        longest = max(longest, time.process_time() - at)
    memory = psutil.Process().memory_info().rss // 1_000_000
    print(f"refused {target.refused}, fit {target.taken}, {time.monotonic() - began:.0f} s, longest {longest:.2f} s, "
          f"memory {memory} MB")  # fmt: skip


def pictures() -> dict[str, bytes]:
    """Return a small picture in each form that is read, and a PDF of it."""
    image = Image.effect_noise((40, 30), 90)
    made = {}
    for form in ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "PDF"):
        target = io.BytesIO()
        (image.convert("RGB") if form == "JPEG" else image).save(target, form)
        made[form] = target.getvalue()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "x" * 40
    said, colours = io.BytesIO(), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.convert("RGB").save(said, "JPEG", exif=exif.tobytes(), icc_profile=colours, progressive=True)
    return made | {"telephone": said.getvalue(), "paper": paper()}


def paper() -> bytes:
    """Return a PDF with letters, a field to fill in, a link and a picture."""
    target = io.BytesIO()
    sheet = canvas.Canvas(target, (300, 200), invariant=1)
    sheet.drawString(20, 150, "A paper")
    sheet.drawImage(ImageReader(Image.effect_noise((20, 20), 90)), 20, 20)
    sheet.acroForm.textfield(name="x", x=20, y=100, width=80, height=20, value="y", fontName="Helvetica")
    sheet.linkURL("mailto:x", (0, 0, 10, 10))
    sheet.showPage()
    sheet.drawString(20, 150, "Second")
    sheet.save()
    return target.getvalue()


PICTURES = pictures()


@drawn(80, 650, seed=SEEDS, form=st.sampled_from(sorted(PICTURES)))
def test_a_spoilt_picture_or_pdf_is_refused_or_fit_to_be_kept(
    tmp_path_factory: pytest.TempPathFactory, seed: int, form: str
) -> None:  # fmt: skip
    path = tmp_path_factory.getbasetemp() / "spoilt-picture"
    path.write_bytes(spoilt(PICTURES[form], chance_of(seed)))
    begun = time.process_time()
    try:
        kept = files.prepare(path)
    except (Refusal, Trouble):
        pass
    else:
        assert 0 < len(kept.data) <= files.MOST_BYTES
        assert files.previews(kept.media_type, kept.data, 60, 1)
    assert time.process_time() - begun < LONGEST


@cache
def opened_by_key(folder: Path) -> tuple[UUID, bytes]:
    """Return who signs in with the key file as it was, and the office's key."""
    return KeyFile.load(folder / "office.keys").unlock("", PASSWORD)


@drawn(40, 300, seed=SEEDS)
def test_a_spoilt_key_file_opens_nothing_and_says_so(
    made: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    whole = (made / "office.keys").read_bytes()
    chance = chance_of(seed)
    path = tmp_path_factory.getbasetemp() / "spoilt.keys"
    value = json.loads(whole)
    data = spoilt(whole, chance) if seed % 2 else as_json(spoilt_value(value, chance, leaves(value)))
    path.write_bytes(data)
    try:
        keys = KeyFile.load(path)
        costs = [slot.cost for slot in keys.accounts]
        if all(cost.memory_kib * cost.iterations < 200_000 for cost in costs):  # else it is only slow, as it was told
            assert keys.unlock("", PASSWORD) == opened_by_key(made)
    except (DamagedKeys, WrongPassword):
        pass


FIELD_NAMES = (primero.MAP, oscar.MAP, dhis2.MAP)


@drawn(40, 300, seed=SEEDS, known=st.sampled_from(FIELD_NAMES))
def test_spoilt_field_names_are_refused_or_all_of_them_names(
    tmp_path_factory: pytest.TempPathFactory, seed: int, known: SiteMap
) -> None:  # fmt: skip
    chance, value = chance_of(seed), known.plain()
    path = tmp_path_factory.getbasetemp() / "spoilt-names.json"
    path.write_bytes(
        spoilt(as_json(value), chance) if seed % 2 else as_json(spoilt_value(value, chance, leaves(value)))
    )
    begun = time.process_time()
    try:
        site = read_map(path, known)
    except (Refusal, Trouble):
        pass
    else:
        assert site.fields.keys() == known.fields.keys()
        given_names = [*site.fields.values(), *(code for codes in site.codes.values() for code in codes.values())]
        assert all(name is None or (name and name.isprintable()) for name in given_names)
        assert all(site.site.values())
    assert time.process_time() - begun < LONGEST


@drawn(20, 100, seed=SEEDS)
def test_a_copy_that_says_odd_things_of_itself_is_passed_over(target: Target, seed: int) -> None:
    office, chance = target.office, chance_of(seed)
    folder = office.folder.with_name(f"{office.folder.name}-copies")
    if not folder.exists():
        [outcome] = backups.make_copy(office)
        assert outcome.copy is not None
    whole = next(path for path in folder.iterdir() if path.name.startswith("office-"))
    spoiled = folder / "spoiled.officecopy"
    with zipfile.ZipFile(whole) as copy, zipfile.ZipFile(spoiled, "w") as made:
        said = json.loads(copy.read(MANIFEST))
        made.writestr(MANIFEST, as_json(spoilt_value(said, chance, leaves(said))))
    found = backups.list_copies(office)
    assert whole in [each.path for each in found]
    backups.superseded(found)
    try:
        backups.facts_of(spoiled)
        backups.look_at(spoiled, office.folder.with_name("empty"), "", PASSWORD)
    except (Refusal, Trouble):
        pass
    else:
        raise AssertionError("a copy without a database was taken")
