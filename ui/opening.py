"""What the store's thread does between the door and the open office; each loads what it needs when it is asked."""

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from casemgr.i18n import FIGURES
from casemgr.pace import Cancelled, Progress, after_you, sweeping_later

if TYPE_CHECKING:
    from casemgr.services.backups import Facts, Finding, Returning
    from casemgr.services.office import Office
    from ui.pages.assistant import NewOffice


def warm() -> None:
    """Load, while the password is typed, what an open office needs."""
    import ui.desk  # noqa: F401, PLC0415
    from casemgr.khmer.breaks import break_points  # noqa: PLC0415
    from casemgr.services.office import load_for_opening  # noqa: PLC0415

    load_for_opening()
    break_points("ភាសាខ្មែរ")  # loads the word model


PAGES = (
    "arrest", "case", "cases", "child", "children", "directory", "follow_ups", "quality", "reports", "settings",
    "who_is_where",
)  # fmt: skip
"""Modules of ui.pages that the worker may go to next."""
LOOK_AGAIN, MOST_LOOKS = 0.02, 100
"""Seconds between two looks whether the store is read, and how often that is looked at: the program may be ending."""


def warm_pages(is_calm: Callable[[], bool]) -> None:
    """Load, while the password is typed, the pages that the worker may go to: the window waits for none of them.

    is_calm: whether nothing is read just now. What somebody waits for, as for the office to open, comes before.
    """
    looks = iter(range(MOST_LOOKS))
    for page in PAGES:
        import_module(f"ui.pages.{page}")
        while not is_calm() and next(looks, None) is not None:
            time.sleep(LOOK_AGAIN)
        after_you()


def open_folder(folder: Path, name: str, password: str, progress: Progress, cancelled: Cancelled) -> "Office":
    """Return the office in a folder, opened with name and password; see open_office."""
    from casemgr.services.office import open_office  # noqa: PLC0415  (heavy: loaded after the first paint)

    return open_office(folder, name, password, progress=progress, cancelled=cancelled)


def change(office: "Office", present: str, new: str) -> None:
    """Change the password of who opened the office. Raises as change_password."""
    from casemgr.services.accounts import change_password  # noqa: PLC0415  (heavy: loaded after the first paint)

    change_password(office, present, new)


def recover(
    folder: Path, code: str, name: str, password: str, progress: Progress, cancelled: Cancelled
) -> tuple["Office", str]:
    """Return the office, opened with its recovery code, and the new code; see recover_office."""
    from casemgr.services.office import recover_office  # noqa: PLC0415  (heavy: loaded after the first paint)

    return recover_office(folder, code, name, password, progress=progress, cancelled=cancelled)


def create(folder: Path, asked: "NewOffice") -> tuple["Office", str]:
    """Return the office that the assistant asked for, set up, and its recovery code. Raises as create_office."""
    from casemgr.records.office import OfficeSettings  # noqa: PLC0415  (heavy: loaded after the first paint)
    from casemgr.records.staff import StaffMember  # noqa: PLC0415
    from casemgr.services.office import create_office  # noqa: PLC0415

    settings = OfficeSettings(
        code=asked.code,
        name_km=asked.name_km,
        name_en=asked.name_en,
        town=asked.town,
        language=asked.language,
        digits=FIGURES[asked.language],
    )
    staff = StaffMember(name=asked.staff_name, name_latin=asked.staff_name_latin, function=asked.staff_function)
    with sweeping_later():  # what makes the tables is loaded too
        return create_office(folder, settings, staff, asked.password)


def code_seen(office: "Office") -> None:
    """Say that the recovery code is written down. Raises as code_seen."""
    from casemgr.services import office as offices  # noqa: PLC0415  (heavy: loaded after the first paint)

    offices.code_seen(office)


def close(office: "Office") -> None:
    """Close an office; a last copy of it is made first where one is due."""
    from casemgr.services.backups import close_office  # noqa: PLC0415  (heavy: loaded after the first paint)

    close_office(office)


def newest_copy(folder: Path) -> Path | None:
    """Return the newest copy beside an office; None where there is none."""
    from casemgr.services.backups import newest_beside  # noqa: PLC0415  (heavy: loaded after the first paint)

    return newest_beside(folder)


def facts(path: Path) -> "Facts":
    """Return what a copy says of itself. Raises as facts_of."""
    from casemgr.services.backups import facts_of  # noqa: PLC0415  (heavy: loaded after the first paint)

    return facts_of(path)


def look_at(path: Path, folder: Path, name: str, password: str) -> "tuple[Returning, list[Finding]]":
    """Return a copy that was looked at whole, and what to say before it is put back. Raises as look_at."""
    from casemgr.services import backups  # noqa: PLC0415  (heavy: loaded after the first paint)

    returning = backups.look_at(path, folder, name, password)
    return returning, backups.warnings_of(returning)


def put_back(returning: "Returning", progress: Progress) -> "Office":
    """Return the office that a copy was put back as. Raises as put_back."""
    from casemgr.services import backups  # noqa: PLC0415  (heavy: loaded after the first paint)

    return backups.put_back(returning, progress)


def practice(folder: Path, language: str, progress: Progress, cancelled: Cancelled) -> "Office":
    """Return the practice office in a folder in that language, made first where there is none; see open_practice."""
    from casemgr.services.practice import open_practice  # noqa: PLC0415  (heavy: loaded after the first paint)

    return open_practice(folder, language=language, progress=progress, cancelled=cancelled)
