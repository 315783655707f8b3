"""What each role may do. Who has several may do what any of them may."""

import enum
from collections.abc import Iterable

from casemgr.records.staff import Role


class Right(enum.Enum):
    """What a staff member may do; each function of the services names the rights it wants."""

    USE = "use"  # the own password, the language, the check of the office
    LIST = "list"  # lists of cases and children; without READ_CASES with codes in place of names
    READ_CASES = "read-cases"  # children by name, with their cases: the own ones, and those that nobody carries
    ALL_CASES = "all-cases"  # the cases of every worker
    WRITE_CASES = "write-cases"
    PRINT = "print"
    MEASURE = "measure"  # what the whole office's cases add up to
    LIMITS = "limits"  # to correct the table of limits
    MANAGE = "manage"  # what the office says of itself
    OFFICE_KEY = "office-key"  # the key that other offices seal cases for; there is no secret in it
    HOLD = "hold"  # what may not be erased, and what is to be erased after a withdrawal
    ERASE = "erase"  # how long is kept, and to erase what is due, with a supervisor's word
    ACCOUNTS = "accounts"  # who may open the office, as what, and the recovery code


_CASE_WORKER = {Right.USE, Right.LIST, Right.READ_CASES, Right.WRITE_CASES, Right.PRINT, Right.OFFICE_KEY}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CASE_WORKER: frozenset(_CASE_WORKER),
    Role.SUPERVISOR: frozenset(_CASE_WORKER | {Right.ALL_CASES, Right.MEASURE, Right.LIMITS, Right.HOLD}),
    Role.DATA_OFFICER: frozenset({Right.USE, Right.LIST, Right.MEASURE, Right.PRINT}),
    Role.ADMINISTRATOR: frozenset({Right.USE, Right.MANAGE, Right.OFFICE_KEY, Right.ACCOUNTS, Right.ERASE}),
}


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Return the rights that these roles give together; without a role that of one's own password alone."""
    return frozenset({Right.USE}).union(*(RIGHTS[role] for role in roles))
