"""Ending an office: everything it knows is destroyed, for good and for everybody."""

from pathlib import Path

from casemgr.i18n import N_
from casemgr.services.office import Office, Right
from casemgr.store.destroying import Destroyed as Destroyed  # noqa: PLC0414  (what end_office returns)
from casemgr.trouble import Refusal

UNREACHED = N_(
    "What this cannot reach: copies on sticks that are not in and on other computers, files that were given out, and "
    "printed paper. Whoever has such a copy and a password of then can still open it. Look for them and destroy them "
    "by hand. Where the office goes on elsewhere, take its stick out first: the copies on it would go too."
)


def end_office(office: Office, typed_code: str, password: str, more: Path | None = None) -> Destroyed:
    """Destroy the office for good, its keys first; nobody can open it any more, whatever code or password they have.

    typed_code: the office's code, typed to show that just this office is meant. Its copies are destroyed as well: those
    in the folders they go to, where these can be seen, and those in one more folder.
    Raises NotAllowed, WrongPassword, TooSoon, and Refusal for another code; then nothing
    was destroyed. Afterwards the office is closed.
    """
    office.demand(Right.ERASE, Right.ACCOUNTS)
    if typed_code.strip().upper() != (office.settings.code or "").strip().upper():
        raise Refusal(
            N_("This is not the code of this office. Type it as it stands in the settings."), fields=("code",)
        )
    return office.store.destroy(password, [*office.store.copy_folders(), *([more] if more else [])])


def copy_folders(office: Office) -> list[Path]:
    """Return the folders with copies that end_office reaches of its own accord. Raises NotAllowed."""
    office.demand(Right.ERASE, Right.ACCOUNTS)
    return office.store.copy_folders()
