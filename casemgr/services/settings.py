"""The table of limits as the office has it, and its corrections."""

from typing import Any

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.limits import Limit, load_limits
from casemgr.records.kept import LimitCorrection
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right, password_problem
from casemgr.services.reckoning import reckon_limit
from casemgr.trouble import NoSuch, Refusal


def limits(office: Office) -> list[Limit]:
    """Return every limit with the office's corrections, in the order of the shipped table."""
    with office.read() as work:
        return list(load_limits(work.find(LimitCorrection)).values())


def correct_limit(
    office: Office, key: str, value: int, *, article: str | None, source: str | None, confirmed: bool,
    confirmed_by: str | None = None, note: str | None = None,
) -> Changes:  # fmt: skip
    """Correct one limit and reckon anew every deadline it may move; the earlier correction stays in the trail.

    value is in the limit's own unit. Raises NoSuch for a key that is none, Refusal for a negative value or a
    confirmation without the name of who confirmed.
    """
    if key not in load_limits():
        raise NoSuch(N_("There is no limit {key}."), key=key)
    if value < 0:
        raise Refusal(N_("A limit cannot be less than nothing."), fields=("value",))
    if confirmed and not (confirmed_by or "").strip():
        raise Refusal(N_("Write who confirmed this limit."), fields=("confirmed_by",))
    said: dict[str, Any] = {
        "value": value, "article": article, "source": source, "confirmed": confirmed, "confirmed_by": confirmed_by,
        "confirmed_on": clock.today() if confirmed else None, "note": note,
    }  # fmt: skip
    with office.write(Right.MANAGE) as work:
        correction = work.first(LimitCorrection, limit_key=key)
        if correction is None:
            work.add(LimitCorrection(limit_key=key, **said))
        else:
            for name, answer in said.items():
                setattr(correction, name, answer)
        work.flush()
        reckon_limit(work, key)
    return Changes.of(part="limits")


def change_password(office: Office, password: str, new_password: str) -> None:
    """Change the password of who opened the office.

    Raises WrongPassword where the present one is not right, Refusal where the new one will not do.
    """
    if problem := password_problem(new_password):
        raise Refusal(problem, fields=("new_password",))
    office.store.set_password(password, new_password)


def new_recovery_code(office: Office) -> str:
    """Replace the recovery code and return the new one, which is kept nowhere; the old one opens nothing any more.

    Raises NotAllowed.
    """
    office.demand(Right.MANAGE)
    return office.store.new_recovery_code()
