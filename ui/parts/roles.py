"""What the windows leave out because the roles of who opened the office do not need it. The services enforce it."""

from casemgr.i18n import N_
from casemgr.services.office import Office, Right
from casemgr.trouble import NotAllowed
from ui.tasks import Tasks

CODES_ONLY = N_("Your role sees codes and numbers in place of names, and opens no case.")
NO_CASES = N_("Your role looks after settings and accounts. Children and cases are not shown.")
NEEDED = {
    "today": Right.READ_CASES, "where": Right.LIST, "children": Right.LIST, "cases": Right.LIST,
    "follow-ups": Right.LIST, "reports": Right.MEASURE, "directory": Right.READ_CASES, "forms": Right.PRINT,
    "settings": Right.USE, "quality": Right.LIST,
    "child": Right.READ_CASES, "case": Right.READ_CASES, "arrest": Right.WRITE_CASES,
}  # fmt: skip
"""The right without which a page would be empty."""


def opens(office: Office, place: str) -> bool:
    """Return whether a page shows anything to who opened the office."""
    return NEEDED[place] in office.rights


def only_codes(office: Office) -> bool:
    """Return whether lists show codes in place of names."""
    return Right.LIST in office.rights and not office.knows_names


def tell_codes_only(office: Office, tasks: Tasks) -> bool:
    """Where no case may be opened, say so at the top of the window; return whether it was said."""
    if office.knows_names:
        return False
    tasks.failed.emit(NotAllowed(CODES_ONLY))
    return True
