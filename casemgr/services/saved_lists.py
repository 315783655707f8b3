"""Lists of cases under a name: what a staff member chose to see, for that one or for everybody in the office.

Kept are filters, columns and order, never what was typed to narrow a list, which may be a name. Whose account is closed
keeps the own lists, in case it is opened again; what is for everybody stays, and a supervisor may change or delete it.
"""

import json
from typing import Any, NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.khmer.sorting import sort_key
from casemgr.records.kept import SavedList
from casemgr.records.staff import StaffMember
from casemgr.services.case_list import CaseView, Read, fitting, read_view
from casemgr.services.office import Office, Right
from casemgr.store.work import Work
from casemgr.trouble import NoSuch, NotAllowed, Refusal

LONGEST_NAME = 60
GONE = N_("This list is not there any more. Somebody deleted it.")
CHANGED = N_("Somebody else changed this list meanwhile. Open it again, or save what you see under another name.")
NO_NAME = N_("Type a name for the list.")
TOO_LONG = N_("The name is too long. Use at most {most} letters.")
TAKEN = N_("There is already a list of this name. Choose another name.")
NOT_YOURS = N_("Only {who} or a supervisor may change this list. Save it under another name.")
_LAST = ""  # the name of the one that remembers what was chosen last


class SavedRow(NamedTuple):
    """A saved list. owner: the name of who made it. may_change: whether who asks may change and delete it."""

    id: UUID
    version: int
    name: str
    shared: bool
    mine: bool
    owner: str
    may_change: bool


def saved_lists(office: Office) -> list[SavedRow]:
    """Return the own lists and those for everybody, in Khmer dictionary order. Raises NotAllowed."""
    with office.read(Right.LIST) as work:
        found = [_row(office, work, each) for each in _visible(office, work)]
    return sorted(found, key=lambda row: (sort_key(row.name), row.id))


def open_list(office: Office, list_id: UUID) -> tuple[SavedRow, Read]:
    """Return a saved list and its view, with what this version does not know of it, or this account may not see.

    Raises NoSuch for one that is gone or somebody else's own, and NotAllowed.
    """
    with office.read(Right.LIST) as work:
        kept = _demand(office, work, list_id)
        row, read = _row(office, work, kept), _read(kept)
    fit = fitting(office, read.view)
    return row, Read(fit.view, read.unknown, fit.refused)


def list_named(office: Office, name: str) -> UUID:
    """Return the saved list of that name; the own one before one that somebody shared later. Raises NoSuch."""
    for row in sorted(saved_lists(office), key=lambda row: not row.mine):
        if row.name.casefold() == " ".join(name.split()).casefold():
            return row.id
    raise NoSuch(N_("There is no saved list of this name: {name}."), name=name)


def save_list_as(office: Office, name: str, view: CaseView, *, shared: bool = False) -> SavedRow:
    """Keep a view under a name. shared: for everybody in the office. Raises NotAllowed, and Refusal for the name."""
    with office.write(Right.LIST) as work:
        kept = SavedList(staff_id=office.staff.id, name=_named(office, work, name), shared=shared, plain=_json(view))
        work.add(kept)
        work.flush()
        return _row(office, work, kept)


def change_list(
    office: Office, row: SavedRow, *, view: CaseView | None = None, name: str | None = None, shared: bool | None = None
) -> SavedRow:  # fmt: skip
    """Change what a saved list shows, what it is called, or for whom it is; None leaves each as it was.

    row: as it was when it was read. Raises NoSuch, NotAllowed for somebody else's, and Refusal where somebody else
    changed it in between: nothing is overwritten.
    """
    with office.write(Right.LIST) as work:
        kept = _to_change(office, work, row)
        if name is not None:
            kept.name = _named(office, work, name, besides=kept.id)
        if shared is not None:
            kept.shared = shared
        if view is not None:
            kept.plain = _json(view)
        work.flush()
        return _row(office, work, kept)


def delete_list(office: Office, row: SavedRow) -> None:
    """Take a saved list away. Raises as change_list."""
    with office.write(Right.LIST) as work:
        work.remove(_to_change(office, work, row))


def last_view(office: Office) -> CaseView:
    """Return the open cases with the columns and the order that this staff member chose last. Raises NotAllowed."""
    with office.read(Right.LIST) as work:
        kept = work.first(SavedList, staff_id=office.staff.id, name=_LAST)
    if kept is None:
        return fitting(office, CaseView()).view
    view = _read(kept).view
    return fitting(office, CaseView(columns=view.columns, order=view.order)).view


def remember(office: Office, view: CaseView) -> None:
    """Keep columns and order for the next time. Raises NotAllowed."""
    plain = _json(CaseView({}, view.columns, view.order))
    with office.write(Right.LIST) as work:
        kept = work.first(SavedList, staff_id=office.staff.id, name=_LAST)
        if kept is None:
            work.add(SavedList(staff_id=office.staff.id, name=_LAST, plain=plain))
        elif kept.plain != plain:
            kept.plain = plain


def _json(view: CaseView) -> str:
    return json.dumps(view.plain)


def _read(kept: SavedList) -> Read:
    try:
        plain: Any = json.loads(kept.plain)
    except ValueError:
        plain = None
    return read_view(plain)


def _visible(office: Office, work: Work) -> list[SavedList]:
    return [each for each in work.read(SavedList) if each.name != _LAST and _may_see(office, each)]


def _may_see(office: Office, kept: SavedList) -> bool:
    return kept.shared or kept.staff_id == office.staff.id


def _may_change(office: Office, kept: SavedList) -> bool:
    return kept.staff_id == office.staff.id or (kept.shared and Right.ALL_CASES in office.rights)


def _demand(office: Office, work: Work, list_id: UUID) -> SavedList:
    kept = work.first(SavedList, id=list_id)
    if kept is None or kept.name == _LAST or not _may_see(office, kept):
        raise NoSuch(GONE)
    return kept


def _to_change(office: Office, work: Work, row: SavedRow) -> SavedList:
    kept = _demand(office, work, row.id)
    if not _may_change(office, kept):
        raise NotAllowed(NOT_YOURS, who=_row(office, work, kept).owner)
    if kept.version != row.version:
        raise Refusal(CHANGED)
    return kept


def _named(office: Office, work: Work, name: str, besides: UUID | None = None) -> str:
    name = " ".join("".join(sign for sign in name if sign.isprintable() or sign.isspace()).split())
    if not name:
        raise Refusal(NO_NAME, fields=("name",))
    if len(name) > LONGEST_NAME:
        raise Refusal(TOO_LONG, fields=("name",), most=LONGEST_NAME)
    if any(each.name.casefold() == name.casefold() and each.id != besides for each in _visible(office, work)):
        raise Refusal(TAKEN, fields=("name",))
    return name


def _row(office: Office, work: Work, kept: SavedList) -> SavedRow:
    owner = work.get(StaffMember, kept.staff_id)
    return SavedRow(
        kept.id, kept.version, kept.name, kept.shared, kept.staff_id == office.staff.id,
        owner.name or owner.name_latin or "", _may_change(office, kept),
    )  # fmt: skip
