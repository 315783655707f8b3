"""How long an office keeps what it knows; the audit trail can be emptied of a child without breaking its chain.

The digests of the trail's lines covered the answers themselves. Now they cover a salted seal of them. Each line is
sealed and chained anew as far as the old chain was whole, and a line at its end tells the old head and the new one;
from a line that was changed outside the program on, nothing is touched, so that it still shows.
"""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FIRST = "0" * 64
OTHERS = ("seq", "at", "staff_id", "action", "record_type", "record_id", "case_id", "child_id", "seal", "previous",
          "digest")  # fmt: skip
ONLY_EMPTIED = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in OTHERS)


def upgrade() -> None:
    _new_tables()
    op.add_column("child", sa.Column("anonymised_on", sa.Date(), nullable=True))
    op.add_column("child", sa.Column("home_is_rural", sa.String(length=40), nullable=True))
    for name in ("decision", "decided_by"):
        op.add_column("consent", sa.Column(name, sa.Text() if name == "decided_by" else sa.String(40), nullable=True))
    op.add_column("consent", sa.Column("decided_on", sa.Date(), nullable=True))
    op.add_column("audit_entry", sa.Column("salt", sa.String(length=32), nullable=True))
    op.add_column("audit_entry", sa.Column("seal", sa.String(length=64), nullable=False, server_default=""))
    op.execute("DROP TRIGGER audit_entry_no_update")
    _chain_anew(op.get_bind())
    op.execute(
        f"CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry WHEN NOT ({ONLY_EMPTIED} "
        "AND NEW.changes IS NULL AND NEW.why IS NULL AND NEW.salt IS NULL) "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
    )


def _record(*columns: "sa.Column[Any]") -> list[Any]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False, primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=20), nullable=True),
        sa.Column("changed_at", sa.String(length=20), nullable=True),
        *columns,
    ]


def _new_tables() -> None:
    op.create_table(
        "number_given",
        sa.Column("prefix", sa.String(length=24), nullable=False, primary_key=True),
        sa.Column("highest", sa.Integer(), nullable=False),
    )
    op.create_table("retention_rule", *_record(
        sa.Column("what", sa.String(length=40), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
    ))  # fmt: skip
    op.create_table("erasing_hold", *_record(
        sa.Column("child_id", sa.Uuid(), sa.ForeignKey("child.id"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
    ))  # fmt: skip
    op.create_index("ix_erasing_hold_child_id", "erasing_hold", ["child_id"])
    op.create_table("erasure", *_record(
        sa.Column("done_at", sa.String(length=20), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("known_as", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("still", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("copies_until", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False),
        sa.Column("head_before", sa.String(length=80), nullable=False),
        sa.Column("head_after", sa.String(length=80), nullable=False),
    ))  # fmt: skip


def _chain_anew(connection: sa.Connection) -> None:
    old, new, last = FIRST, FIRST, None
    for line in _lines(connection):
        follows = line["seq"] == (last["seq"] if last else 0) + 1 and line["previous"] == old
        if not follows or line["digest"] != _digest(line, "changes", "why", previous=old):
            return
        old, last = line["digest"], line
        salt = secrets.token_hex(16)
        line["seal"] = _hash([salt, line["changes"], line["why"]])
        digest = _digest(line, "seal", previous=new)
        connection.exec_driver_sql(
            "UPDATE audit_entry SET salt = ?, seal = ?, previous = ?, digest = ? WHERE seq = ?",
            (salt, line["seal"], new, digest, line["seq"]),
        )
        new = digest
    if last is not None:
        _tell(connection, last, old, new)


def _lines(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Yield the lines of the trail, a thousand read at a time."""
    columns = sa.table("audit_entry", *(sa.column(name) for name in OTHERS), sa.column("changes"), sa.column("why"))
    seq = None
    while True:
        asked = sa.select(columns).order_by(columns.c.seq).limit(1000)
        asked = asked if seq is None else asked.where(columns.c.seq > seq)
        rows = connection.execute(asked).mappings().all()
        if not rows:
            return
        yield from map(dict, rows)
        seq = rows[-1]["seq"]


def _tell(connection: sa.Connection, last: dict[str, Any], old: str, new: str) -> None:
    """Add the line that says what the head of the trail was, in the name of who wrote the last one."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = json.dumps({"head": [old, new]})
    salt = secrets.token_hex(16)
    line = {
        "seq": last["seq"] + 1, "at": now, "staff_id": last["staff_id"], "action": "chained-anew",
        "record_type": "Office", "record_id": None, "case_id": None, "child_id": None, "changes": said, "why": None,
        "salt": salt, "seal": _hash([salt, said, None]), "previous": new,
    }  # fmt: skip
    line["digest"] = _digest(line, "seal", previous=new)
    names = ", ".join(line)
    marks = ", ".join("?" * len(line))
    connection.exec_driver_sql(f"INSERT INTO audit_entry ({names}) VALUES ({marks})", tuple(line.values()))  # noqa: S608


def _digest(line: dict[str, Any], *said: str, previous: str) -> str:
    at = datetime.strptime(line["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    plain = [
        line["seq"], at.astimezone(timezone(timedelta(hours=7))).isoformat(), _uuid(line["staff_id"]), line["action"],
        line["record_type"], *(_uuid(line[name]) for name in ("record_id", "case_id", "child_id")),
        *(line[name] for name in said), previous,
    ]  # fmt: skip
    return _hash(plain)


def _hash(plain: list[Any]) -> str:
    return sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _uuid(stored: str | None) -> str | None:
    return None if stored is None else str(UUID(stored))
