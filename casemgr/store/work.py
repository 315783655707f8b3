"""One transaction: what a service reads and changes, whole or not at all."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from casemgr.i18n import N_
from casemgr.records.base import Base, Record
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
        names = frozenset(name for name, value in equals.items() if isinstance(value, list))
        asked = _plain_select(kind, tuple(equals), names)
        return list(map(_maker(kind), self.session.connection().execute(asked, equals).all()))

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


@cache
def _plain_select(kind: type[Base], known: tuple[str, ...], several: frozenset[str]) -> sa.Select[Any]:
    """Return the question for the plain columns of rows with these values; made once."""
    columns = kind.__table__.c
    asked: dict[str, Any] = {name: sa.bindparam(name, expanding=name in several) for name in known}
    wanted = (columns[name].in_(value) if name in several else columns[name] == value for name, value in asked.items())
    return sa.select(*(columns[name] for name in _columns(kind))).where(*wanted).order_by(*_oldest_first(kind))


def _oldest_first(kind: type[Base]) -> tuple[Any, ...]:
    rowid: Any = sa.literal_column(f'"{kind.__tablename__}".rowid')
    return (kind.created_at, rowid) if issubclass(kind, Record) else (rowid,)


@cache
def _columns(kind: type[Base]) -> tuple[str, ...]:
    return tuple(attribute.key for attribute in sa.inspect(kind).column_attrs)


@cache
def _maker(kind: type[AnyRow]) -> Callable[[sa.Row[Any]], AnyRow]:
    """Return what makes of a row a record as the session would return it once its transaction is over.

    As make_transient_to_detached does, which looks besides for what is not loaded: here every column is, and a record
    has nothing else.
    """
    mapper = sa.inspect(kind)
    names, new_instance, key_of = (
        _columns(kind),
        mapper.class_manager.new_instance,
        mapper.identity_key_from_primary_key,
    )
    keys = [names.index(mapper.get_property_by_column(column).key) for column in mapper.primary_key]

    def made(row: sa.Row[Any]) -> AnyRow:
        record: Any = new_instance()
        vars(record).update(zip(names, row, strict=True))
        sa.inspect(record).key = key_of(tuple(row[at] for at in keys))
        return cast("AnyRow", record)

    return made
