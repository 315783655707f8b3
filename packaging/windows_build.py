"""The program for Windows: what can be made of it here, its installer, and how both are tried.

`windows_build.py`               fetch what the program is made of on Windows, trim it, make an installer of it and
                                 say how large each part is. It lacks Python itself and cannot start.
`windows_build.py --resources`   write the icon and version of casemgr.exe where casemgr.spec takes them from.
`windows_build.py --installer FOLDER`   make dist/casemgr-VERSION-setup.exe of the program built on Windows.
`windows_build.py --try`         try the installer under wine; `--pictures` shows its pages; `--make-trial` only makes
                                 what is tried, for a server that tries it on Windows.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import preflight
import trimming
import windows_libraries
import windows_pictures
import windows_try
import words
from environment import ROOT, RUNTIME
from releasing import project_version
from windows_installer import (
    SCRIPTS,
    make_installer,
    run_makensis,
    size_of,
    version_resource,
    write_pictures,
)

PYTHON = "3.12"
"""The Python it is built with on Windows; .github/workflows/release.yml names the same."""
WORK = ROOT / "build" / "windows"
SITE, PROGRAM = WORK / "site", WORK / "program"
GOAL_MB, PYTHON_MB = 60, 14
"""The installer's goal, and what Python itself and PyInstaller's two programs add to it (measured once, by hand)."""


def fetch(site: Path = SITE) -> None:
    """Unpack every package of the lock file, as for Windows, into the folder; its hashes are checked.

    Raises preflight.NotReady where a package cannot be had. No line of the lock file depends on the system, so the
    conditions in it hold there as here.
    """
    shutil.rmtree(site, ignore_errors=True)
    lock, uv = str(ROOT / RUNTIME), shutil.which("uv")
    common = ["--target", str(site), "--python-version", PYTHON, "--no-deps", "--require-hashes", "--only-binary",
              ":all:", "-r", lock]  # fmt: skip
    if uv:
        command = [uv, "pip", "install", "-q", "--python-platform", "x86_64-pc-windows-msvc", *common]
    else:
        command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile",
                   "--platform", "win_amd64", "--implementation", "cp", *common]  # fmt: skip
    if subprocess.run(command, check=False).returncode:
        raise preflight.NotReady("The packages for Windows could not be had; the reason stands above.")


def kept(site: Path) -> Iterator[Path]:
    """Yield the files of unpacked packages that go into the program, by the lists of trimming.py."""
    modules = tuple(module.replace(".", "/") for module in trimming.MODULES)
    beginnings = tuple(f"{module}/" for module in modules)
    single = {f"{module}{ending}" for module in modules for ending in (".py", ".pyd")}
    for file in sorted(site.rglob("*")):
        inside = file.relative_to(site).as_posix()
        if not file.is_file() or inside.startswith((*beginnings, "bin/", "Scripts/", ".")) or inside in single:
            continue
        if not trimming.is_dropped(inside):
            yield file


def assemble(site: Path = SITE, program: Path = PROGRAM) -> Path:
    """Lay what is kept, our own code, catalogues and a stand-in for casemgr.exe into one folder; return it."""
    shutil.rmtree(program, ignore_errors=True)
    inner = program / "_internal"
    for file in kept(site):
        target = inner / file.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    left_out = shutil.ignore_patterns("__pycache__")
    for package in ("casemgr", "ui"):
        shutil.copytree(ROOT / package, inner / package, ignore=left_out)
    words.compile_all(ROOT, inner / "casemgr" / "translations")
    run_makensis(SCRIPTS / "stand_in.nsi", OUTPUT=program / "casemgr.exe")
    return program


def measure() -> int:
    """Fetch, trim, make an installer; say how large everything is.

    Return 1 where the goal is missed or a library lacks another that was trimmed away.
    """
    fetch()
    whole, program = size_of(SITE), assemble()
    trimmed = size_of(program)
    print(f"Packages for Windows: {whole / 1e6:.0f} MB; trimmed, with our own code: {trimmed / 1e6:.0f} MB.")
    parts: dict[str, int] = {}
    for file in (program / "_internal").rglob("*"):
        if file.is_file():
            name = file.relative_to(program / "_internal").parts[0]
            parts[name] = parts.get(name, 0) + file.stat().st_size
    for name, size in sorted(parts.items(), key=lambda part: -part[1])[:12]:
        print(f"  {size / 1e6:6.1f} MB  {name}")
    lost = windows_libraries.missing(program, windows_libraries.OF_PYTHON)
    for name, users in sorted(lost.items()):
        print(f"MISSING {name}, which {', '.join(sorted(users))} needs", file=sys.stderr)
    setup = make_installer(program, WORK / f"casemgr-{project_version()}-without-python-setup.exe").stat().st_size / 1e6
    print(f"The installer without Python: {setup:.1f} MB; with it about {setup + PYTHON_MB:.0f} MB (goal {GOAL_MB}).")
    return 0 if setup + PYTHON_MB <= GOAL_MB and not lost else 1


def write_resources() -> int:
    """Write icon and version resource where casemgr.spec takes them from."""
    write_pictures(WORK / "pictures")
    shutil.copy(WORK / "pictures" / "casemgr.ico", ROOT / "ui" / "assets" / "icon.ico")
    (SCRIPTS / "version.txt").write_text(version_resource(project_version()), "utf-8")
    return 0


def main(arguments: list[str]) -> int:
    """Do what is asked; return 0 where it was done, 1 where something is missing, 2 for wrong usage."""
    try:
        match arguments:
            case []:
                return measure()
            case ["--resources"]:
                return write_resources()
            case ["--installer", folder]:
                if lost := windows_libraries.missing(Path(folder)):
                    raise preflight.NotReady(f"The program lacks {', '.join(sorted(lost))}.")
                print(make_installer(Path(folder).resolve(), ROOT / "dist" / f"casemgr-{project_version()}-setup.exe"))
                return 0
            case ["--try"]:
                return windows_try.main([])
            case ["--make-trial"]:
                windows_try.make_installers()
                return 0
            case ["--pictures"]:
                return windows_pictures.main([])
    except preflight.NotReady as problem:
        print(problem, file=sys.stderr)
        return 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
