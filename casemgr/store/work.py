"""One transaction: what a service reads and changes, whole or not at all."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from casemgr.i18n import N_
from casemgr.records.base import Base, Record
from casemgr.store.audit import add_line, lines_written
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

    def add(self, row: Base) -> None:
        """Keep something new."""
        self.session.add(row)

    def get(self, kind: type[AnyRecord], record_id: UUID) -> AnyRecord:
        """Return a record by its identity. Raises NoSuch."""
        found = self.session.get(kind, record_id)
        if found is None:
            raise NoSuch(N_("This record is not in this office."))
        return found

    def find(self, kind: type[AnyRow], **equals: Any) -> list[AnyRow]:
        """Return all rows with these values, oldest first, those of one second in the order they were kept."""
        return list(self.session.scalars(self._select(kind, equals)))

    def first(self, kind: type[AnyRow], **equals: Any) -> AnyRow | None:
        """Return the oldest row with these values, or None."""
        return self.session.scalars(self._select(kind, equals).limit(1)).first()

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

    @staticmethod
    def _select(kind: type[AnyRow], equals: dict[str, Any]) -> sa.Select[AnyRow]:
        order: Sequence[Any] = [kind.created_at] if issubclass(kind, Record) else []
        return sa.select(kind).filter_by(**equals).order_by(*order, sa.literal_column(f'"{kind.__tablename__}".rowid'))
