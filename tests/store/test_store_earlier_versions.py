"""Offices as earlier versions of the program left them: opened by this one, nothing of them is lost.

Each folder of tests/store/offices holds the practice office of one revision of the tables, never made anew.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, casework, drafts, lists
from casemgr.services.office import check_office, open_office
from casemgr.services.practice import PASSWORD
from casemgr.services.settings import limits
from casemgr.store.engine import HEAD, connect
from casemgr.store.keys import KeyFile

KEPT = Path(__file__).with_name("offices")
REVISIONS = sorted(folder.name for folder in KEPT.iterdir())


def rows_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
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


@pytest.fixture(params=REVISIONS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = shutil.copytree(KEPT / request.param, tmp_path / "office")
    folder.chmod(0o700)
    for file in folder.iterdir():
        file.chmod(0o600)
    return folder


def test_every_row_is_kept_to_the_letter(folder: Path) -> None:
    before = rows_of(folder)
    open_office(folder, "", PASSWORD).close()
    after = rows_of(folder)
    assert sum(map(len, before.values())) > 100
    assert before.pop("alembic_version") != after["alembic_version"] == [{"version_num": HEAD}]
    for table, rows in before.items():
        kept = after[table][: len(rows)]
        assert [{name: row[name] for name in old} for old, row in zip(rows, kept, strict=True)] == rows, table


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


def test_a_verified_copy_lies_beside_each_step(folder: Path) -> None:
    open_office(folder, "", PASSWORD).close()
    assert list(folder.glob("office.db.before-*"))
