"""The rows of lists for those who may not know who the children are: codes in place of names, and no small places."""

from casemgr.services.held_tonight import WhereRow
from casemgr.store.queries import CaseRow, ChildRow

PROVINCE = 2
"""So many letters of a place's code say its province."""


def coded_child(row: ChildRow) -> ChildRow:
    """Return the row without name, nickname, birth, and anything below the province."""
    return row._replace(
        name_km=row.code, name_latin=row.code, nickname=None, born=None, village_code=province_of(row.village_code),
        sort_key=row.code,
    )  # fmt: skip


def coded_case(row: CaseRow) -> CaseRow:
    """Return the row with the case's number in place of the names."""
    return row._replace(name_km=row.number, name_latin=row.number)


def coded_where(row: WhereRow) -> WhereRow:
    """Return the row without name and place; of what kind the place is stays."""
    return row._replace(name_km=row.child_code, name_latin=row.child_code, where="")


def province_of(code: str | None) -> str | None:
    """Return the code of the province of a place's code, None where there is none."""
    return (code or "")[:PROVINCE] or None
