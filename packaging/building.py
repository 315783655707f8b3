"""Builds the installable program: one folder that needs no Python, and for Linux the .deb made of it.

In a clean environment of its own, made from requirements-build.lock: what tests bring along must not get in. Standard
library only; what needs packages is run by that environment's Python.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import debian
import preflight
from environment import BUILD, ROOT, Environment

HERE = Path(__file__).resolve().parent
MADE = ROOT / "build"
"""Where building leaves what goes into the program: translations, licences, pictures and papers of the guide."""
PROGRAM = MADE / "program" / "casemgr"
DIST = ROOT / "dist"
EXECUTABLES = ("casemgr", "casemgr-cli")
MANIFEST = "_internal/self-check/files.json"
STEADY = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1580601600"}
"""The same program from the same source: no order of a set, no time of the build."""


def main(arguments: list[str]) -> int:
    """Build; with --try also damage copies of it and install it in a bare Debian. Return 0 where all is well.

    --only-try: what was built before. A release of Debian may be named after either; it is 12 (bookworm) unless given.
    """
    way, *suite = arguments or [""]
    if way not in {"", "--try", "--only-try"} or len(suite) > 1:
        print("usage: do.py build [--try [SUITE] | --only-try [SUITE]]", file=sys.stderr)
        return 2
    if way != "--only-try" and not build():
        return 1
    if not way:
        return 0
    import trying  # noqa: PLC0415  (a proof, which is seldom asked for)

    return trying.main(*suite)


def build() -> bool:
    """Make the program, its list of files, bill of materials, source archive and package; return whether it works."""
    python = _environment()
    _run(python, HERE / "words.py", "compile", MADE / "translations")
    _run(python, HERE / "parts.py", MADE / "licences")
    if (ROOT / "ui" / "guide_pictures.py").is_file():
        _run(python, "-m", "ui.guide_pictures", MADE / "guide")  # with the pictures of this very version
    shutil.rmtree(PROGRAM, ignore_errors=True)
    _run(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", PROGRAM.parent, "--workpath",
         MADE / "pyinstaller", HERE / "casemgr.spec")  # fmt: skip
    _clear_python_path_files()
    write_manifest(PROGRAM)
    size = sum(file.stat().st_size for file in PROGRAM.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"{PROGRAM}: {size / 1e6:.0f} MB", flush=True)
    if not is_well(PROGRAM):
        return False
    DIST.mkdir(exist_ok=True)
    made = [_bill(python), _source(python)]
    if sys.platform.startswith("linux"):
        _run(python, HERE / "icons.py", MADE / "icons")
        made.append(debian.build(PROGRAM, MADE / "icons", DIST))
    for file in made:
        print(f"{file}: {file.stat().st_size / 1e6:.1f} MB, SHA-256 {write_digest(file)}", flush=True)
    return True


def is_well(program: Path) -> bool:
    """Let a built program check itself with nothing of this machine's Python in its surroundings."""
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run([program / executable(), "--self-check"], env=bare(home), check=False).returncode == 0


def executable() -> str:
    """Return the file that answers on a console."""
    return "casemgr-cli.exe" if sys.platform == "win32" else "casemgr"


def bare(home: str) -> dict[str, str]:
    """Return an environment with a home and nothing else, but for what Windows itself cannot do without."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR") if name in os.environ}
    return kept | {"HOME": home, "USERPROFILE": home, "TMPDIR": home, "TEMP": home, "TMP": home, "LANG": "C.UTF-8",
                   "PATH": ""}  # fmt: skip


def write_manifest(program: Path) -> None:
    """Write down each file of the program with its SHA-256; what is signed afterwards, by its name alone."""
    found = {}
    for file in sorted(program.rglob("*")):
        inside = file.relative_to(program).as_posix()
        if file.is_file() and inside != MANIFEST:
            found[inside] = "" if file.stem in EXECUTABLES and file.parent == program else digest_of(file)
    target = program / MANIFEST
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found, indent=0) + "\n", "utf-8", newline="\n")


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def write_digest(file: Path) -> str:
    """Write a file's SHA-256 beside it, as `sha256sum --check` reads it; return it."""
    digest = digest_of(file)
    file.with_name(file.name + ".sha256").write_text(f"{digest}  {file.name}\n", "utf-8", newline="\n")
    return digest


def _environment() -> Path:
    """Return the Python of the clean environment; it is made anew where the lock file changed."""
    missing = preflight.missing_packages(screen=False)
    if sys.platform.startswith("linux") and not shutil.which("readelf"):
        missing.append("binutils")
    preflight.provide(missing)
    environment = Environment(folder=MADE / "environment")
    if not environment.is_ready(BUILD):
        shutil.rmtree(environment.folder, ignore_errors=True)
        environment.make_ready(BUILD)
    return environment.python


def _run(python: Path, *arguments: str | Path) -> None:
    """Run a step by the environment's Python. Raises preflight.NotReady where it fails."""
    surroundings = os.environ | STEADY | {"CASEMGR_MADE": str(MADE), "QT_QPA_PLATFORM": "offscreen"}
    command = [str(python), *map(str, arguments)]
    if subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode:
        raise preflight.NotReady(f"This step of the build failed; the reason stands above: {' '.join(command[1:3])}")


def _clear_python_path_files() -> None:
    """Take away what a run of the program may have left in its folder."""
    for folder in PROGRAM.rglob("__pycache__"):
        shutil.rmtree(folder)


def _bill(python: Path) -> Path:
    target = DIST / f"casemgr-{debian.version()}-{platform.system().lower()}.cdx.json"
    _run(python, HERE / "bill_of_materials.py", target)
    return target


def _source(python: Path) -> Path:
    """Make the source archive, the same bytes from the same source."""
    _run(python, "-m", "hatchling", "build", "-t", "sdist", "-d", DIST)
    return DIST / f"casemgr-{debian.version()}.tar.gz"
