"""Whether everything is ready for a release, and the office of each release that is kept for its tests.

`releasing.py`               name what is not in order; exit status 1 where something is.
`releasing.py --keep-office` make the office of the version in pyproject.toml anew: tests/store/releases/VERSION.
`releasing.py --version`     say the version of pyproject.toml; `--notes` what CHANGELOG.md says of it.

Offices of versions that were released are never made anew: they are what that version left on the disk of workers.
"""

import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from environment import ROOT

sys.path.insert(0, str(ROOT))  # the program itself, which is asked only where an office is opened or made

OFFICES = ROOT / "tests" / "store" / "releases"
CHILDREN, SEED = 4, 1
UNRELEASED = "unreleased"
HEADINGS = ("For workers", "For administrators", "For translators and developers", "When you update")
"""The parts each version has in CHANGELOG.md, by who reads them; those with nothing to say are left out."""
_VERSION = re.compile(r"^## (\d+\.\d+\.\d+), (.+)$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


def versions(root: Path = ROOT) -> dict[str, str]:
    """Return the versions of CHANGELOG.md, newest first, each with its day or "unreleased"."""
    return dict(_VERSION.findall((root / "CHANGELOG.md").read_text("utf-8")))


def released(root: Path = ROOT) -> list[str]:
    """Return the versions that have a day in CHANGELOG.md, newest first."""
    return [version for version, day in versions(root).items() if day != UNRELEASED]


def told_wrongly(root: Path = ROOT) -> Iterator[str]:
    """Yield what versions say differently in the places that name one, and what is wrong with CHANGELOG.md."""
    project = project_version(root)
    package = re.search(r'^__version__ = "(.+)"$', (root / "casemgr" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    if package is None or package[1] != project:
        yield f"casemgr/__init__.py does not say {project}, as pyproject.toml does."
    text = (root / "CHANGELOG.md").read_text("utf-8")
    found = versions(root)
    if next(iter(found), None) != project:
        yield f"CHANGELOG.md does not begin with {project}."
    numbers = [tuple(map(int, version.split("."))) for version in found]
    if numbers != sorted(numbers, reverse=True) or len(set(numbers)) != len(_VERSION.findall(text)):
        yield "The versions of CHANGELOG.md are out of order."
    yield from (f"CHANGELOG.md: {version} has no day." for version, day in found.items()
                if day != UNRELEASED and not _DAY.match(day))  # fmt: skip
    yield from (f"CHANGELOG.md: nobody reads {heading!r}." for heading in re.findall(r"^### (.+)$", text, re.MULTILINE)
                if heading not in HEADINGS)  # fmt: skip


def project_version(root: Path = ROOT) -> str:
    """Return the version of pyproject.toml."""
    return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def notes(root: Path = ROOT) -> str:
    """Return what CHANGELOG.md says of the newest version, without its heading."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    begin, *later = (match for match in _VERSION.finditer(text))
    return text[begin.end() : later[0].start() if later else None].strip() + "\n"


def revision_of(office: Path) -> str:
    """Return the revision of the tables of an office that is kept here, which is opened as it lies."""
    from casemgr.services.practice import PASSWORD  # noqa: PLC0415  (versions are compared without the program)
    from casemgr.store.engine import connect  # noqa: PLC0415
    from casemgr.store.keys import KeyFile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(office, Path(place) / "office"))
        copy.chmod(0o700)
        for file in copy.iterdir():
            file.chmod(0o600)
        raw = connect(copy / "office.db", KeyFile.load(copy / "office.keys").unlock("", PASSWORD)[1])
        try:
            return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        finally:
            raw.close()


def not_ready(root: Path = ROOT) -> Iterator[str]:
    """Yield what is still to be done before the version of pyproject.toml is released."""
    from casemgr.store.engine import HEAD  # noqa: PLC0415

    yield from told_wrongly(root)
    version, day = next(iter(versions(root).items()))
    if day == UNRELEASED:
        yield f"CHANGELOG.md: put the day of the release behind {version}."
    office = OFFICES / version
    if not office.is_dir():
        yield f"The office of {version} is not kept. Type: packaging/do.py release --keep-office"
    elif (revision := revision_of(office)) != HEAD:
        yield f"The office kept for {version} is of revision {revision}, the program of {HEAD}: make it anew."


def keep_office(folder: Path) -> None:
    """Make an office as a worker of this version would leave it: invented children, a paper, a limit, a draft."""
    from PIL import Image  # noqa: PLC0415

    from casemgr.records.beside.document import Document, DocumentKind  # noqa: PLC0415
    from casemgr.services import documents, drafts, lists, practice, settings  # noqa: PLC0415

    office = practice.new_practice_office(folder)
    try:
        practice.fill_practice(office, CHILDREN, SEED)
        case = lists.cases(office)[0]
        with tempfile.TemporaryDirectory() as place:
            picture = Path(place) / "page.png"
            Image.new("RGB", (60, 40), "#0f6674").save(picture)
            said = Document(case_id=case.id, kind=DocumentKind.FAMILY_BOOK, headline="សៀវភៅគ្រួសារ")
            said.dated_on = date(2019, 5, 14)
            documents.add_document(office, said, picture)
        drafts.keep_draft(office, f"case/{case.id}", case.id, {"notes": "កំពុងសរសេរ"})
        settings.correct_limit(
            office, "police-custody/14-15/felony", 30, version=None, article=None, source=None, confirmed=False
        )
    finally:
        office.close()
    for file in folder.iterdir():  # what is made while it is open, and journals
        if file.name not in {"office.db", "office.keys", "office.note", "office.tries"}:
            shutil.rmtree(file) if file.is_dir() else file.unlink()


def main(arguments: list[str]) -> int:
    """Do what is asked; return 1 where something is not in order, 2 for wrong usage."""
    if arguments == ["--keep-office"]:
        version = next(iter(versions()))
        if version in released():
            print(f"{version} is released; its office stays as it is.", file=sys.stderr)
            return 1
        shutil.rmtree(OFFICES / version, ignore_errors=True)
        keep_office(OFFICES / version)
        print(OFFICES / version)
        return 0
    if arguments in (["--version"], ["--notes"]):
        print(project_version() if arguments == ["--version"] else notes())
        return 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(not_ready())
    print(
        "\n".join(found) if found else "Everything that can be read from the files is ready. See packaging/README.md."
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
