"""Practice offices, made once a run and copied: making one takes longer than most tests."""

from pathlib import Path

from made import copied

from casemgr.services.office import Office, open_office
from casemgr.services.practice import PASSWORD, fill_practice, new_practice_office


def practice(folder: Path, children: int, password: str = PASSWORD) -> Office:
    """Open a practice office of that many invented children in that folder, which is not there yet."""
    practice_folder(folder, children, password)
    return open_office(folder, "", password)


def practice_folder(folder: Path, children: int, password: str = PASSWORD) -> None:
    """Put such an office into that folder, and leave it closed."""

    def make(made: Path) -> str:
        office = new_practice_office(made, password)
        if children:
            fill_practice(office, children, 1)
        office.close()
        return ""

    copied(f"practice-{children}-{password.replace(' ', '')}", make, folder)
