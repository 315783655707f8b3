"""The audit trail: one line for each record that a transaction changes, in the same transaction, each line chained.

The digest of a line covers the line and the digest before it, so that a line which was changed or taken out from the
middle shows. Lines cut off at the end, or a chain made anew by somebody who has the key, do not show from inside.

What a line says of a child can be emptied, and nothing else of it: the digest covers a salted seal of it, not the
answers themselves. Lines without their answers are as they should be only where a later line, of the same chain, says
that just these were emptied.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.attributes import get_history

from casemgr import clock
from casemgr.pace import EVERY, Pace
from casemgr.records.base import Record
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.records.plain import to_plain
from casemgr.records.retention import ErasingHold
from casemgr.records.sameness import Sameness

_FIRST = "0" * 64
_HEAD = "casemgr.audit.head"
_WRITTEN = "casemgr.audit.written"
_OF_ITSELF = frozenset({"id", "version", "created_at", "changed_at", "search_key", "sort_key_km"})
_LINE = cast("sa.Table", AuditEntry.__table__)
_ABOUT = ("seq", "at", "staff_id", "action", "record_type", "record_id", "case_id", "child_id")
_COLUMNS = (*_ABOUT, "seal", "previous")
_UNSEALED = (*_ABOUT, "changes", "why", "previous")
"""What a digest covers, and what it covered before lines were sealed."""
ERASING = ("anonymised", "erased")
IMPORT_UNDONE = "import-undone"
EMPTYING = (*ERASING, IMPORT_UNDONE)
"""The deeds whose lines say, under "lines", which lines they emptied."""
TAKEN_IN, HANDED_OVER = "taken-in", "handed-over"
"""The deeds by which a case comes from another office and goes to one; the first also tells what happened there."""
CHAINED_ANEW = "chained-anew"
"""The deed whose line says what the newest line's digest was before all lines were sealed, and what it became."""
SEALED_SINCE = "0009"
"""The revision of the tables whose step did that, once for each office that is older."""


class AuditedSession(Session):
    """A session that stamps and audits what it flushes. info: "staff_id" who acts, "why" the reason given or None."""


@event.listens_for(AuditedSession, "before_flush")
def _stamp(session: Session, _context: UOWTransaction, _instances: object) -> None:
    at = clock.now()
    for record in session.new:
        if isinstance(record, Record):
            record.created_at = record.created_at or at  # one that is there again after its removal keeps its own
            record.changed_at = at
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record):
            record.changed_at = at


@event.listens_for(AuditedSession, "after_flush")
def _write_lines(session: Session, _context: UOWTransaction) -> None:
    """Write the lines after the flush, when every identity is known and the old answers are not yet forgotten."""
    lines, children = [], dict[UUID, UUID | None]()
    for action, records in (("created", session.new), ("changed", session.dirty), ("removed", session.deleted)):
        for record in records:
            if isinstance(record, Record) and (changes := _changes(action, record)):
                case_id, child_id = _belongs_to(session, record, children)
                lines.append(_line(
                    session, action, type(record).__name__, record.id, case_id=case_id, child_id=child_id,
                    changes=changes,
                ))  # fmt: skip
    if lines:
        session.connection().execute(sa.insert(_LINE), lines)


@event.listens_for(AuditedSession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise RuntimeError("a change that goes past the audit trail; change the records themselves")


def _changes(action: str, record: Record) -> dict[str, list[Any]]:
    """Return what changed, {name: [old, new]} in plain values; what was and stays unanswered is left out."""
    changes, said = {}, vars(record)
    for name in _names(type(record)):
        if action == "created" and said.get(name) in (None, ()):
            continue  # most answers of most records, found out before anything is asked for or made plain
        now, before = getattr(record, name), None
        if action == "changed":
            history = get_history(record, name)
            if not history.has_changes():
                continue
            before = history.deleted[0] if history.deleted else None
        elif action == "removed":
            now, before = None, now
        pair = [_plain(before), _plain(now)]
        if pair[0] != pair[1] and not (action != "changed" and all(value in (None, []) for value in pair)):
            changes[name] = pair
    return changes


@cache
def _names(kind: type[Record]) -> tuple[str, ...]:
    return tuple(attribute.key for attribute in sa.inspect(kind).attrs if attribute.key not in _OF_ITSELF)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else to_plain(value)


def _belongs_to(
    session: Session, record: Record, children: dict[UUID, UUID | None]
) -> tuple[UUID | None, UUID | None]:  # fmt: skip
    """Return the case and the child that a record is about. children: of the cases asked for so far."""
    if isinstance(record, Child):
        return None, record.id
    if isinstance(record, Case):
        return record.id, record.child_id
    if isinstance(record, Sameness):  # of two children; whoever reads the lines of the other asks for it (trail_rows)
        return None, record.one_id
    if isinstance(record, ErasingHold):
        return None, record.child_id
    case_id: UUID | None = getattr(record, "case_id", None)
    if case_id is None:
        return None, None
    if case_id not in children:
        children[case_id] = _child_of(session, case_id)
    return case_id, children[case_id]


def _child_of(session: Session, case_id: UUID) -> UUID | None:
    """Return the child of a case; most often the case itself stands in the session."""
    kept = session.identity_map.get((Case, (case_id,), None))
    if isinstance(kept, Case) and "child_id" in vars(kept):
        return kept.child_id
    found: UUID | None = session.connection().execute(sa.select(Case.child_id).where(Case.id == case_id)).scalar()
    return found


def add_line(
    session: Session, action: str, record_type: str, record_id: UUID | None = None, *, case_id: UUID | None = None,
    child_id: UUID | None = None, changes: dict[str, list[Any]] | None = None, why: str | None = None,
) -> None:  # fmt: skip
    """Add one line to the trail within the session's transaction, which must be one that writes."""
    line = _line(session, action, record_type, record_id, case_id=case_id, child_id=child_id, changes=changes, why=why)
    session.connection().execute(sa.insert(_LINE), line)


def _line(
    session: Session, action: str, record_type: str, record_id: UUID | None = None, *, case_id: UUID | None = None,
    child_id: UUID | None = None, changes: dict[str, list[Any]] | None = None, why: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the next line of the trail, chained to the one before."""
    seq, previous = session.info.get(_HEAD) or head_of(session.connection())
    line = {
        "seq": seq + 1, "at": clock.now(), "staff_id": session.info["staff_id"], "action": action,
        "record_type": record_type, "record_id": record_id, "case_id": case_id, "child_id": child_id,
        "changes": None if changes is None else json.dumps(changes, ensure_ascii=False, default=str),
        "why": why or session.info.get("why"), "salt": secrets.token_hex(16), "previous": previous,
    }  # fmt: skip
    line["seal"] = _seal(line)
    digest = _digest(line)
    session.info[_HEAD] = (seq + 1, digest)
    session.info.setdefault(_WRITTEN, []).append(seq + 1)
    return line | {"digest": digest}


def lines_written(session: Session) -> tuple[int, ...]:
    """Return the numbers of the lines that this session has added."""
    return tuple(session.info.get(_WRITTEN, ()))


def head_of(connection: sa.Connection) -> tuple[int, str]:
    """Return number and digest of the newest line; 0 and the digest that the first line is chained to without any."""
    newest = connection.execute(sa.select(_LINE.c.seq, _LINE.c.digest).order_by(_LINE.c.seq.desc()).limit(1)).first()
    return (newest.seq, newest.digest) if newest else (0, _FIRST)


def head_within(session: Session) -> tuple[int, str]:
    """Return the number and the digest of the newest line, also of one that this session has just added."""
    return session.info.get(_HEAD) or head_of(session.connection())


def empty_lines(session: Session, *where: sa.ColumnElement[bool]) -> str:
    """Take out what these lines say, salt included; return which were emptied, as the line about it has to say it.

    Lines that say nothing stay as they are, and so do those about an emptying. Wants a transaction that writes, in
    which a line of EMPTYING is added afterwards.
    """
    connection = session.connection()
    says = sa.or_(_LINE.c.changes.is_not(None), _LINE.c.why.is_not(None))
    asked = sa.select(_LINE.c.seq).where(*where, says, _LINE.c.action.not_in(EMPTYING)).order_by(_LINE.c.seq)
    seqs = list(connection.execute(asked).scalars())
    for start in range(0, len(seqs), _AT_ONCE):
        some = _LINE.c.seq.in_(seqs[start : start + _AT_ONCE])
        connection.execute(sa.update(_LINE).where(some).values(changes=None, why=None, salt=None))
    return ",".join(_ranges(seqs))


_AT_ONCE = 500
"""So many numbers stand in one statement."""


def _ranges(seqs: Iterable[int]) -> Iterator[str]:
    """Yield rising numbers as ranges such as "3-7"."""
    first = last = None
    for seq in seqs:
        if first is None or last is None:
            first = last = seq
        elif seq == last + 1:
            last = seq
        else:
            yield f"{first}-{last}"
            first = last = seq
    if first is not None:
        yield f"{first}-{last}"


def _emptied_by(line: dict[str, Any]) -> Iterator[int]:
    """Yield the numbers of the lines that this one says were emptied."""
    if line["action"] in EMPTYING and line["changes"]:
        told = json.loads(line["changes"]).get("lines", [None, ""])[1]
        for part in filter(None, str(told).split(",")):
            first, _, last = part.partition("-")
            yield from range(int(first), int(last) + 1)


def _seal(line: dict[str, Any]) -> str:
    said = json.dumps([line["salt"], line["changes"], line["why"]], ensure_ascii=False, separators=(",", ":"))
    return sha256(said.encode()).hexdigest()


def _digest(line: dict[str, Any], columns: tuple[str, ...] = _COLUMNS) -> str:
    plain = [_plain(line[name]) for name in columns]
    return sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def digest_of_line(connection: sa.Connection, number: int) -> str | None:
    """Return the digest of a line, None where there is none of that number."""
    if number == 0:
        return _FIRST
    return connection.execute(sa.select(_LINE.c.digest).where(_LINE.c.seq == number)).scalar()


def head_before_sealing(connection: sa.Connection) -> tuple[int, str] | None:
    """Return number and digest of the newest line before all lines were sealed; None where they were from the first."""
    asked = sa.select(_LINE.c.seq, _LINE.c.changes).where(_LINE.c.action == CHAINED_ANEW).order_by(_LINE.c.seq).limit(1)
    told = connection.execute(asked).first()
    return None if told is None or not told.changes else (told.seq - 1, json.loads(told.changes)["head"][0])


def lines_after(connection: sa.Connection, number: int, but: tuple[str, ...]) -> int:
    """Return how many lines came after that one, those of these actions left out."""
    asked = sa.select(sa.func.count()).where(_LINE.c.seq > number, _LINE.c.action.not_in(but))
    return int(connection.execute(asked).scalar_one())


def verify_chain(connection: sa.Connection, pace: Pace | None = None) -> int | None:
    """Return the number of the first line that is not as it was written, or None where all are.

    A line that was emptied is as it should be where a later line says so; one that is full again is not. Raises
    Stopped where the pace says so.
    """
    pace = pace or Pace()
    previous, expected = _FIRST, 1
    empty, told = set[int](), set[int]()
    for row in connection.execute(sa.select(_LINE).order_by(_LINE.c.seq)).yield_per(1000).mappings():
        line = dict(row)
        if expected % EVERY == 0:
            pace.check()
        if line["seq"] != expected or line["previous"] != previous or line["digest"] != _digest(line):
            return int(line["seq"])
        if line["salt"] is None and line["changes"] is None and line["why"] is None:
            empty.add(line["seq"])
        elif line["seal"] != _seal(line):
            return int(line["seq"])
        told.update(seq for seq in _emptied_by(line) if seq < line["seq"])
        previous, expected = line["digest"], expected + 1
    return min(empty ^ told, default=None)


def verify_unsealed_chain(connection: sa.Connection) -> int | None:
    """Return what verify_chain does, of a trail from before SEALED_SINCE, as it lies in a copy of then."""
    previous, expected = _FIRST, 1
    asked = sa.select(*(_LINE.c[name] for name in (*_UNSEALED, "digest"))).order_by(_LINE.c.seq)
    for row in connection.execute(asked).yield_per(1000).mappings():
        line = dict(row)
        if line["seq"] != expected or line["previous"] != previous or line["digest"] != _digest(line, _UNSEALED):
            return int(line["seq"])
        previous, expected = line["digest"], expected + 1
    return None
