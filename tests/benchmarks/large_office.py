"""An office of very many children for benchmarks, in minutes instead of an hour.

A thousand invented children are written by the services, as `practice` does. Their rows are then copied in the store
itself, under new identities and numbers and with all days moved a little further back for each copy. What is reckoned
from the records (deadlines, index events) is copied with them, so it is what the services would have kept. The audit
trail is not copied: nothing that is measured reads it.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from casemgr.records.base import Base
from casemgr.records.kept import NOTHING_DUE
from casemgr.records.types import Moment, PartialDateText
from casemgr.services import practice
from casemgr.services.office import Office
from casemgr.store.engine import connect

SEED_CHILDREN = 1000
DAYS_APART = 3
_ALONE = frozenset({"audit_entry", "contact", "draft", "limit_correction", "office_settings", "staff_member",
                    "attached_file", "search_entry", "search_term", "search_made", "sameness",
                    "person_of"})  # fmt: skip
_IDENTITIES = frozenset({"id", "case_id", "child_id", "record_id", "report_id", "other_child_id", "other_case_id"})
_NUMBERS = {("child", "code"), ("case", "number"), ("case", "court_number"), ("case", "police_report_number")}


def large_office(folder: Path, children: int) -> Office:
    """Make an office with so many children, a multiple of a thousand above that, and return it open."""
    office = practice.new_practice_office(folder)
    practice.fill_practice(office, min(children, SEED_CHILDREN), 1)
    key = office.store._data_key
    office.close()
    raw = connect(folder / "office.db", key, foreign_keys=False)
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("PRAGMA cache_size=-512000")
    for copy in range(1, -(-children // SEED_CHILDREN)):
        raw.execute("BEGIN IMMEDIATE")
        for table in Base.metadata.sorted_tables:
            if table.name not in _ALONE:
                raw.execute(_copying(table, copy, f"WHERE rowid <= {_seed_rows(raw, table.name)}"))
        raw.execute("COMMIT")
    raw.execute("DELETE FROM search_made")  # so that the search is made anew for all of them
    raw.execute("ANALYZE")
    raw.close()
    return practice.open_practice(folder)


_counted: dict[tuple[int, str], int] = {}


def _seed_rows(raw: Any, table: str) -> int:
    known = (id(raw), table)
    if known not in _counted:
        _counted[known] = raw.execute(f'SELECT coalesce(max(rowid), 0) FROM "{table}"').fetchone()[0]  # noqa: S608
    return _counted[known]


def _copying(table: Any, copy: int, where: str) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(table.name, column, copy) for column in table.columns)
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM "{table.name}" {where}'  # noqa: S608


def _value(table: str, column: Any, copy: int) -> str:
    name, back = f'"{column.name}"', f"'-{copy * DAYS_APART} days'"
    if column.name in _IDENTITIES and isinstance(column.type, sa.Uuid):
        return f"substr({name}, 1, 26) || '{copy:06x}'"
    if (table, column.name) in _NUMBERS:
        return f"{name} || '-{copy}'"
    if isinstance(column.type, Moment):
        return f"strftime('%Y-%m-%dT%H:%M:%SZ', {name}, {back})"
    if isinstance(column.type, PartialDateText):
        return f"CASE WHEN length({name}) = 10 THEN date({name}, {back}) ELSE {name} END"
    if isinstance(column.type, sa.Date):
        return f"CASE WHEN {name} = '{NOTHING_DUE.isoformat()}' THEN {name} ELSE date({name}, {back}) END"
    return name
