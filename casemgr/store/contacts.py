"""The directory as rows of plain values, a page at a time."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer
from casemgr.store.work import Work


class ContactRow(NamedTuple):
    """A contact in a list. The names fall back to the other script, the organisation, the telephone: never empty.

    active: no answer counts as yes. sort_key: the row's place in Khmer dictionary order, by which the next page finds
    its beginning.
    """

    id: UUID
    name_km: str
    name_latin: str
    role: ContactRole | None
    organisation: str | None
    phone: str | None
    place_code: str | None
    active: bool
    sort_key: str

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<ContactRow {self.id}>"


def contacts_page(
    work: Work, words: Iterable[tuple[str, Collection[ContactRole]]] = (), *, limit: int = 200,
    after: ContactRow | None = None, active_only: bool = False,
) -> list[ContactRow]:  # fmt: skip
    """Return contacts in Khmer dictionary order, those that follow the given row.

    words: search keys (casemgr.khmer.search), each with the functions it names; every one must occur in the contact's
    own key, or name its function. active_only: without those who are known to be no more in their function.
    """
    asked = sa.select(
        Contact.id, Contact.name_km, Contact.name_latin, Contact.role, Contact.organisation, Contact.phone,
        Contact.place_code, Contact.active, Contact.sort_key_km,
    ).where(*(_fits(word, roles) for word, roles in words))  # fmt: skip
    if active_only:
        asked = asked.where(Contact.active.is_distinct_from(Answer.NO))
    if after is not None:
        asked = asked.where(sa.tuple_(Contact.sort_key_km, Contact.id) > sa.tuple_(after.sort_key, after.id))
    return [
        ContactRow(
            row.id, _called(row, row.name_km, row.name_latin), _called(row, row.name_latin, row.name_km), row.role,
            row.organisation, row.phone, row.place_code, row.active is not Answer.NO, row.sort_key_km,
        )
        for row in work.session.execute(asked.order_by(Contact.sort_key_km, Contact.id).limit(limit))
    ]  # fmt: skip


def _fits(word: str, roles: Collection[ContactRole]) -> sa.ColumnElement[bool]:
    return sa.or_(Contact.search_key.contains(word, autoescape=True), Contact.role.in_(roles))


def _called(row: Any, first: str | None, second: str | None) -> str:
    return first or second or row.organisation or row.phone or "–"
