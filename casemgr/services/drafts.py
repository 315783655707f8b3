"""Unfinished typing: kept while it is typed, offered again after a power cut, thrown away once saved."""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import Draft
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services.office import Office, Right
from casemgr.services.readers import demand_case, is_within
from casemgr.store.work import Work

BESIDE = "beside/"
"""Begins the key of what was typed in a dialog: it returns when that is opened again, and is offered nowhere else."""
OF_OFFICE = "office/"
"""Begins, after BESIDE, the key of what is of no child: who may write in no case keeps it all the same."""
OF_NO_CASE = (OfficeSettings.__tablename__, StaffMember.__tablename__)
"""What is kept under these tells of no child: whoever may write it may keep a draft of it."""


class DraftRow(NamedTuple):
    """What a list shows of a draft. key names the editor and its record; kept_at is Phnom Penh time.

    case_id and case_number are None where it is of no case.
    """

    key: str
    case_id: UUID | None
    kept_at: datetime
    case_number: str | None = None


def keep_draft(office: Office, key: str, case_id: UUID | None, plain: dict[str, Any]) -> None:
    """Keep what one editor holds now: plain answers by field name; nothing of a case that was erased meanwhile."""
    text = json.dumps(plain, ensure_ascii=False)
    with office.write(_right(key, Right.WRITE_CASES)) as work:
        if case_id is not None and _is_erased(work, case_id):
            return
        kept = work.first(Draft, staff_id=office.staff.id, key=key)
        if kept is None:
            work.add(Draft(staff_id=office.staff.id, key=key, case_id=case_id, plain=text, kept_at=clock.now()))
        else:
            kept.plain, kept.kept_at = text, clock.now()


def drafts(office: Office) -> list[DraftRow]:
    """Return the drafts of the staff member who opened the office that may be gone on with, newest first.

    Without those of cases that another worker carries by now, and, for who may open no case, those of children.
    """
    with office.read(Right.USE) as work:
        own = [
            each for each in work.find(Draft, staff_id=office.staff.id)
            if not each.key.startswith(BESIDE) and (office.knows_names or _tells_of_no_child(each.key))
        ]  # fmt: skip
        cases = {d.key: work.first(Case, id=d.case_id) for d in own if d.case_id is not None}
    kept = [d for d in own if (case := cases.get(d.key)) is None or is_within(office, case)]
    rows = [DraftRow(d.key, d.case_id, d.kept_at, case.number if (case := cases.get(d.key)) else None) for d in kept]
    return sorted(rows, key=lambda row: row.kept_at, reverse=True)


def draft(office: Office, key: str) -> dict[str, Any] | None:
    """Return the answers kept for this editor, or None. Raises NotAllowed where another worker carries the case now."""
    with office.read(_right(key, Right.READ_CASES)) as work:
        kept = work.first(Draft, staff_id=office.staff.id, key=key)
        if kept is not None and kept.case_id is not None and work.first(Case, id=kept.case_id) is not None:
            demand_case(office, work, kept.case_id)
    return None if kept is None else json.loads(kept.plain)


def drop_draft(office: Office, key: str) -> None:
    """Throw a draft away; nothing happens where there is none."""
    with office.write(_right(key, Right.WRITE_CASES)) as work:
        kept = work.first(Draft, staff_id=office.staff.id, key=key)
        if kept is not None:
            work.remove(kept)


def _is_erased(work: Work, case_id: UUID) -> bool:
    case = work.first(Case, id=case_id)
    return case is None or work.get(Child, case.child_id).anonymised_on is not None


def _right(key: str, usual: Right) -> Right:
    return Right.USE if _tells_of_no_child(key) else usual


def _tells_of_no_child(key: str) -> bool:
    return key.startswith(BESIDE + OF_OFFICE) or key.partition("/")[0] in OF_NO_CASE
