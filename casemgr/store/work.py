"""One transaction: what a service reads and changes, whole or not at all."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from casemgr.i18n import N_
from casemgr.records.base import Base, Record
from casemgr.records.plain import read_identity
from casemgr.store.audit import add_line, head_within, lines_written
from casemgr.trouble import EditedElsewhere, NoSuch, Refusal

AnyRecord = TypeVar("AnyRecord", bound=Record)
AnyRow = TypeVar("AnyRow", bound=Base)


class Work:
    """What can be done within one transaction. What it returns stays readable after the transaction's end."""

    def __init__(self, session: Session) -> None:
        """Take the session; only casemgr.store makes one."""
        self.session = session
        self._saved: list[tuple[Record, Record]] = []

    @cached_property
    def connection(self) -> sa.Connection:
        """The connection of this transaction, for questions whose answers are no records."""
        return self.session.connection()

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of the audit lines written so far; after the transaction's end, all of them."""
        return lines_written(self.session)

    @property
    def head(self) -> str:
        """The head of the audit trail as it is now: the number of its newest line, and that line's digest."""
        seq, digest = head_within(self.session)
        return f"{seq}:{digest}"

    def add(self, row: Base) -> None:
        """Keep something new."""
        self.session.add(row)

    def add_and_forget(self, row: Base) -> None:
        """Keep something large at once and let go of it, so that many of its kind never stand in memory together."""
        self.session.add(row)
        self.session.flush()
        self.session.expunge(row)

    def get(self, kind: type[AnyRecord], record_id: UUID) -> AnyRecord:
        """Return a record by its identity. Raises NoSuch."""
        found = self.session.get(kind, record_id)
        if found is None:
            raise NoSuch(N_("This record is not in this office."))
        return found

    def find(self, kind: type[AnyRow], **equals: Any) -> list[AnyRow]:
        """Return all rows with these values, oldest first, those of one second in the order they were kept."""
        asked, values = _asked(kind, equals)
        return list(self.session.scalars(asked, values))

    def first(self, kind: type[AnyRow], **equals: Any) -> AnyRow | None:
        """Return the oldest row with these values, or None."""
        asked, values = _asked(kind, equals, 1)
        return self.session.scalars(asked, values).first()

    def read(self, kind: type[AnyRow], **equals: Any) -> list[AnyRow]:
        """Return what find does, for reading alone, in a third of the time.

        A value may be a list of several. What is returned is no part of this transaction: a change to it is not kept.
        """
        if self.session.autoflush:
            self.session.flush()
        several = frozenset(name for name, value in equals.items() if isinstance(value, list))
        asked = _plain_question(kind, tuple(equals), several)
        values = [put(value) for put, value in zip(asked.puts, equals.values(), strict=True)]
        return list(map(asked.made, self.stored(asked.text, values)))

    def stored(self, text: str, values: Sequence[Any]) -> Iterable[Sequence[Any]]:
        """Yield the rows that SQLite itself answers, as they stand in the file."""
        rows: Iterable[Sequence[Any]] = self.connection.connection.cursor().execute(text, values)
        return rows

    def read_one(self, kind: type[AnyRecord], record_id: UUID) -> AnyRecord:
        """Return a record by its identity, for reading alone as read does. Raises NoSuch."""
        for found in self.read(kind, id=record_id):
            return found
        raise NoSuch(N_("This record is not in this office."))

    def unchanged_since(self, record: AnyRecord, version: int) -> None:
        """Raise EditedElsewhere where a record of this transaction is not as it was in that version."""
        if record.version != version:
            self.session.expunge(record)
            raise EditedElsewhere(record)

    def save(self, record: AnyRecord) -> AnyRecord:
        """Keep the changes to a record that an earlier transaction returned; return it as it is kept now.

        The record given carries its new version once the transaction has ended well, so it can be saved again.
        Raises NoSuch, and EditedElsewhere where somebody else saved it in between: nothing is overwritten.
        """
        if record in self.session:
            return record
        now = self.get(type(record), record.id)
        if now.version != record.version:
            self.session.expunge(now)
            raise EditedElsewhere(now)
        kept = self.session.merge(record)
        self._saved.append((record, kept))
        return kept

    def remove(self, row: Base) -> None:
        """Take a row out: a draft, a deadline, or a record that was a slip, of which the audit trail keeps all."""
        self.session.delete(row)

    def note(
        self, action: str, record_type: str, record_id: UUID | None = None, *, case_id: UUID | None = None,
        child_id: UUID | None = None, changes: dict[str, list[Any]] | None = None, why: str | None = None,
    ) -> None:  # fmt: skip
        """Add a line to the audit trail for what changes no record: opened, printed, exported, signed in.

        changes: {name: [old, new]} in plain values.
        """
        add_line(
            self.session, action, record_type, record_id, case_id=case_id, child_id=child_id, changes=changes, why=why
        )

    def flush(self) -> None:
        """Send what was added and changed to the store now, within the transaction.

        Raises Refusal for taking out what another record belongs to, or for adding what belongs to one that is gone.
        """
        try:
            self.session.flush()
        except IntegrityError as error:
            if "FOREIGN KEY" not in str(error.orig):  # the driver tells constraints apart by their text alone
                raise
            raise Refusal(N_("Another record hangs together with this one. Mend or remove that one first.")) from error

    def handed_back(self) -> None:
        """Give the records that were saved the version and time that they have now; called after the commit."""
        for given, kept in self._saved:
            for name in ("version", "created_at", "changed_at"):
                set_committed_value(given, name, getattr(kept, name))


def _asked(kind: type[AnyRow], equals: dict[str, Any], limit: int | None = None) -> tuple[sa.Select[AnyRow], Any]:
    known = {name: value for name, value in equals.items() if value is not None}
    return _select(kind, tuple(known), tuple(equals.keys() - known.keys()), limit), known


@cache
def _select(
    kind: type[AnyRow], known: tuple[str, ...], unknown: tuple[str, ...], limit: int | None
) -> sa.Select[AnyRow]:  # fmt: skip
    """Return the question for rows with values for the known columns and none in the unknown ones; made once."""
    columns = kind.__table__.c
    return (
        sa.select(kind)
        .where(*(columns[name] == sa.bindparam(name) for name in known), *(columns[name].is_(None) for name in unknown))
        .order_by(*_oldest_first(kind))
        .limit(limit)
    )


class _Question(NamedTuple):
    """What reads rows for reading alone: its SQL, what puts each value into it, and what makes a record of a row.

    SQLAlchemy puts it together, and is not asked again with each reading: that takes as long as the answer does.
    """

    text: str
    puts: tuple[Callable[[Any], Any], ...]
    made: Callable[[Sequence[Any]], Any]


@cache
def _plain_question(kind: type[Base], known: tuple[str, ...], several: frozenset[str]) -> _Question:
    """Return the question for the plain columns of rows with these values, for some of them one of several."""
    columns = kind.__table__.c
    wanted = (columns[name].in_(_AMONG) if name in several else columns[name] == sa.bindparam(name) for name in known)
    asked = sa.select(*(columns[name] for name in _columns(kind))).where(*wanted).order_by(*_oldest_first(kind))
    puts = [_put(columns[name].type) for name in known]
    return _Question(
        str(asked.compile(dialect=_DIALECT)),
        tuple(_listed(put) if name in several else put for name, put in zip(known, puts, strict=True)),
        _maker(kind),
    )


_AMONG = sa.select(sa.func.json_each(sa.bindparam("values", type_=sa.Text())).table_valued("value").c.value)
_DIALECT = sqlite.dialect()


def _put(kind: Any) -> Callable[[Any], Any]:
    """Return what makes of a value what is stored."""
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT) or _as_it_is


def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """Return what makes a value of what is stored, None where they are the same."""
    if isinstance(kind, sa.Uuid):
        return read_identity
    made: Callable[[Any], Any] | None = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return made


def _as_it_is(value: Any) -> Any:
    return value


def _listed(put: Callable[[Any], Any]) -> Callable[[list[Any]], str]:
    return lambda values: json.dumps([put(value) for value in values])


def _oldest_first(kind: type[Base]) -> tuple[Any, ...]:
    rowid: Any = sa.literal_column(f'"{kind.__tablename__}".rowid')
    return (kind.created_at, rowid) if issubclass(kind, Record) else (rowid,)


@cache
def _columns(kind: type[Base]) -> tuple[str, ...]:
    return tuple(attribute.key for attribute in sa.inspect(kind).column_attrs)


@cache
def _maker(kind: type[AnyRow]) -> Callable[[Sequence[Any]], AnyRow]:
    """Return what makes of a row, as it is stored, a record as the session would return it after its transaction.

    As make_transient_to_detached does, which looks besides for what is not loaded: here every column is, and a record
    has nothing else.
    """
    mapper = sa.inspect(kind)
    names, new_instance, key_of = (
        _columns(kind),
        mapper.class_manager.new_instance,
        mapper.identity_key_from_primary_key,
    )
    keys = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
    readers = [(name, _reader(kind.__table__.c[name].type)) for name in names]

    def made(row: Sequence[Any]) -> AnyRow:
        record: Any = new_instance()
        values = vars(record)
        for (name, read), stored in zip(readers, row, strict=True):
            values[name] = stored if read is None else read(stored)
        instance_state(record).key = key_of(tuple(values[key] for key in keys))
        return cast("AnyRow", record)

    return made
