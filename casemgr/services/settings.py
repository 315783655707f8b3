"""The table of limits as the office has it, and its corrections."""

from typing import Any

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.limits import Limit, load_limits
from casemgr.records.kept import LimitCorrection
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.services.reckoning import reckon_limit
from casemgr.trouble import EditedElsewhere, NoSuch, Refusal


def limits(office: Office) -> list[Limit]:
    """Return every limit with the office's corrections, in the order of the shipped table."""
    with office.read(Right.USE) as work:
        return list(load_limits(work.find(LimitCorrection)).values())


def correct_limit(
    office: Office, key: str, value: int, *, version: int | None, article: str | None, source: str | None,
    confirmed: bool, confirmed_by: str | None = None, note: str | None = None,
) -> Changes:  # fmt: skip
    """Correct one limit and reckon anew every deadline it may move; the earlier correction stays in the trail.

    value is in the limit's own unit. version: of the limit as the supervisor saw it. Raises NoSuch for a key that is
    none, Refusal for a negative value or a confirmation without the name of who confirmed, EditedElsewhere, NotAllowed.
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
    with office.write(Right.LIMITS) as work:
        now = load_limits(work.find(LimitCorrection))[key]
        if now.version != version:
            raise EditedElsewhere(now)
        correction = work.first(LimitCorrection, limit_key=key)
        if correction is None:
            work.add(LimitCorrection(limit_key=key, **said))
        else:
            for name, answer in said.items():
                setattr(correction, name, answer)
        work.flush()
        reckon_limit(work, key)
    return Changes.of(part="limits")
