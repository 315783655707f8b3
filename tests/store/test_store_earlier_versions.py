"""Offices as earlier versions of the program left them: opened by this one, nothing of them is lost.

Each folder of tests/store/offices holds the practice office of one revision of the tables, never made anew.
"""

import json
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casemgr import clock
from casemgr.records.case import Case
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, casework, drafts, lists
from casemgr.services.office import check_office, open_office
from casemgr.services.practice import PASSWORD
from casemgr.services.settings import limits
from casemgr.store.backup import Target, make_copies
from casemgr.store.checking import ANOTHER, CUT_OFF
from casemgr.store.copies import Head, Manifest
from casemgr.store.engine import HEAD, connect, make_engine
from casemgr.store.keys import KeyFile
from casemgr.store.note import Note
from casemgr.store.restoring import prepare
from casemgr.trouble import DamagedCopy

KEPT = Path(__file__).with_name("offices")
REVISIONS = sorted(folder.name for folder in KEPT.iterdir())


CHAIN = ("previous", "digest")
"""Columns of the audit trail, whose lines are sealed and chained anew where an office is older than 0009."""


Rows = dict[str, list[dict[str, Any]]]


def rows_of(folder: Path) -> Rows:
    """Return every row of every table, by the names of its columns."""
    data_key = KeyFile.load(folder / "office.keys").unlock("", PASSWORD)[1]
    raw = connect(folder / "office.db", data_key)
    try:
        asked = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        tables = [name for (name,) in asked.fetchall()]
        found = {}
        for table in tables:
            order = "term, entry" if table == "search_term" else "rowid"  # that table has no other order
            cursor = raw.execute(f'SELECT * FROM "{table}" ORDER BY {order}')  # noqa: S608  (the file's own names)
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return found
    finally:
        raw.close()


@pytest.fixture(  # the oldest and the newest with every run; what all of them keep is looked at in `brought_up`
    params=[
        pytest.param(revision, marks=() if revision in (REVISIONS[0], REVISIONS[-1]) else pytest.mark.slow)
        for revision in REVISIONS
    ]
)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return kept(request.param, tmp_path)


@pytest.fixture(scope="module", params=REVISIONS)
def brought_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows, Rows]:
    """The folder of an office that was opened once and is closed again; its rows before and after. Only to be read."""
    folder = kept(request.param, tmp_path_factory.mktemp("brought-up"))
    before = rows_of(folder)
    open_office(folder, "", PASSWORD).close()
    return folder, before, rows_of(folder)


@pytest.fixture
def newest(tmp_path: Path) -> Path:
    return kept(REVISIONS[-1], tmp_path)


def kept(revision: str, tmp_path: Path) -> Path:
    folder = shutil.copytree(KEPT / revision, tmp_path / "office")
    folder.chmod(0o700)
    for file in folder.iterdir():
        file.chmod(0o600)
    return folder


def test_every_row_is_kept_to_the_letter(brought_up: tuple[Path, Rows, Rows]) -> None:
    _, before, after = brought_up
    assert sum(map(len, before.values())) > 100
    assert before["alembic_version"] != after["alembic_version"] == [{"version_num": HEAD}]
    for table, rows in before.items():
        if table == "alembic_version":
            continue
        kept = after[table][: len(rows)]
        for old, row in zip(rows, kept, strict=True):
            assert {name: row[name] for name in old if name not in CHAIN} == {
                name: value for name, value in old.items() if name not in CHAIN
            }, table


def test_the_office_is_whole_and_can_be_worked_in(folder: Path) -> None:
    office = open_office(folder, "", PASSWORD)
    try:
        assert [finding for finding in check_office(office) if not finding.ok] == []
        rows = lists.cases(office)
        assert len(rows) == 12
        for row in rows:
            assert case_files.case_file(office, row.id).of(Arrest)
        assert [limit.key for limit in limits(office) if limit.corrected] == ["police-custody/14-15/felony"]
        assert [draft.key.partition("/")[0] for draft in drafts.drafts(office)] == ["case"]
        arrest = case_files.case_file(office, rows[0].id).of(Arrest)[0]
        arrest.notes = "បន្ថែម"
        casework.save_record(office, arrest)
        assert [finding for finding in check_office(office) if not finding.ok] == []
    finally:
        office.close()


@pytest.mark.parametrize(
    ("town", "towns"), [("Battambang", (None, "Battambang")), ("ក្រុង Battambang", ("ក្រុង Battambang", None))]
)
def test_a_town_in_latin_letters_is_the_english_one(
    newest: Path, town: str, towns: tuple[str | None, str | None]
) -> None:
    data_key = KeyFile.load(newest / "office.keys").unlock("", PASSWORD)[1]
    raw = connect(newest / "office.db", data_key)
    raw.execute("UPDATE office_settings SET town = ?", (town,))
    raw.close()
    office = open_office(newest, "", PASSWORD)
    assert (office.settings.town, office.settings.town_en) == towns
    office.close()


def test_a_verified_copy_lies_beside_each_step(brought_up: tuple[Path, Rows, Rows]) -> None:
    assert list(brought_up[0].glob("office.db.before-*"))


def test_the_trail_tells_that_it_was_chained_anew_and_what_its_head_was(brought_up: tuple[Path, Rows, Rows]) -> None:
    before, after = (rows["audit_entry"] for rows in brought_up[1:])
    told = after[len(before)]
    assert told["action"] == "chained-anew"
    assert json.loads(told["changes"]) == {"head": [before[-1]["digest"], after[len(before) - 1]["digest"]]}


def copied(folder: Path, data_key: bytes, head: Head, revision: str, days: int = 0) -> None:
    """Leave a copy of so many days ago beside an office, of which only what it says of itself is ever asked here."""
    place = folder.with_name("office-copies")
    place.mkdir(exist_ok=True)
    office = KeyFile.load(folder / "office.keys").office
    made = Manifest(office, clock.now() - timedelta(days), revision, head, {}, "", 0, "").sealed(data_key)
    with zipfile.ZipFile(place / made.file_name, "w") as archive:
        archive.writestr("manifest.json", made.written())


def wrong(folder: Path) -> list[str]:
    """Open the office; return what its check says that is not good."""
    office = open_office(folder, "", PASSWORD)
    try:
        return [finding.message for finding in check_office(office) if not finding.ok]
    finally:
        office.close()


def key_and_lines(folder: Path) -> tuple[bytes, list[dict[str, Any]]]:
    return KeyFile.load(folder / "office.keys").unlock("", PASSWORD)[1], rows_of(folder)["audit_entry"]


def test_what_note_and_copies_knew_before_the_update_still_holds(folder: Path) -> None:
    """The note, and copies made 0, 1 and 50 lines before the newest one."""
    data_key, lines = key_and_lines(folder)
    Note(head=Head(lines[-1]["seq"], lines[-1]["digest"])).save(folder, data_key)
    for back in (0, 1, 50):
        line = lines[-1 - back]
        copied(folder, data_key, Head(line["seq"], line["digest"]), "0008", days=back)
    assert len(list(folder.with_name("office-copies").iterdir())) == 3
    assert wrong(folder) == []
    assert wrong(folder) == []


@pytest.mark.each_once
@pytest.mark.parametrize(
    ("later", "digest", "said"),
    [(0, "0" * 64, ANOTHER), (-3, "0" * 64, ANOTHER), (3, "0" * 64, CUT_OFF)],
    ids=["another newest line", "another line before", "cut off"],
)
@pytest.mark.parametrize("known", ["note", "copy"])
def test_what_spoke_against_the_trail_before_the_update_still_does(
    newest: Path, known: str, later: int, digest: str, said: str
) -> None:
    data_key, lines = key_and_lines(newest)
    head = Head(lines[-1]["seq"] + later, digest)
    if known == "note":
        Note(head=head).save(newest, data_key)
    else:
        copied(newest, data_key, head, "0008")
    before = wrong(newest)
    assert before == [said] or (said is CUT_OFF and before == [ANOTHER])  # lines may have come since
    assert wrong(newest) != []


def test_a_copy_of_this_version_is_never_excused(newest: Path) -> None:
    """What is forgiven a copy from before the sealing is forgiven no copy made since."""
    data_key, lines = key_and_lines(newest)
    copied(newest, data_key, Head(lines[-1]["seq"], lines[-1]["digest"]), HEAD)
    assert wrong(newest) == [ANOTHER]


def copy_file(folder: Path) -> Path:
    """Make a copy of an office that is not brought up, as the program of then did."""
    data_key, _ = key_and_lines(folder)
    engine = make_engine(folder / "office.db", data_key)
    place = folder.with_name("copies")
    try:
        [outcome] = make_copies(engine, folder, data_key, [Target(place, make=True)], clock.now())
    finally:
        engine.dispose()
    assert outcome.copy is not None
    assert outcome.copy.manifest.revision < HEAD
    return outcome.copy.path


def test_a_copy_of_then_is_put_back_and_brought_up(folder: Path, tmp_path: Path) -> None:
    lines = key_and_lines(folder)[1]
    told: list[tuple[int, int]] = []
    store = prepare(copy_file(folder), tmp_path / "again", "", PASSWORD).put_back(lambda *far: told.append(far))
    try:
        assert told[0] == (0, 0)
        assert told[-1][0] == told[-1][1] > 0
        assert [finding.message for finding in store.check() if not finding.ok] == []
        with store.read() as work:
            assert len(work.find(Case)) == 12
            assert [line.action for line in work.find(AuditEntry)][len(lines) :] == [
                "chained-anew",
                "note-made",
                "put-back",
            ]
    finally:
        store.close()


def test_a_copy_of_then_whose_trail_was_changed_is_refused(newest: Path, tmp_path: Path) -> None:
    data_key, lines = key_and_lines(newest)
    raw = connect(newest / "office.db", data_key)
    raw.execute("DROP TRIGGER audit_entry_no_update")
    raw.execute("UPDATE audit_entry SET changes = '{}' WHERE seq = ?", (len(lines) // 2,))
    raw.close()
    with pytest.raises(DamagedCopy):
        prepare(copy_file(newest), tmp_path / "again", "", PASSWORD)


def test_a_line_that_was_changed_before_the_update_still_shows(folder: Path) -> None:
    changed = len(rows_of(folder)["audit_entry"]) // 2
    data_key = KeyFile.load(folder / "office.keys").unlock("", PASSWORD)[1]
    raw = connect(folder / "office.db", data_key)
    raw.execute("DROP TRIGGER IF EXISTS audit_entry_no_update")
    raw.execute("UPDATE audit_entry SET changes = '{}' WHERE seq = ?", (changed,))
    raw.execute(
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
    )
    raw.close()
    office = open_office(folder, "", PASSWORD)
    try:
        assert [finding.slots for finding in check_office(office) if not finding.ok] == [{"line": changed}]
    finally:
        office.close()
