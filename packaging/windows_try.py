"""Tries the Windows installer under wine with a program that stands in for ours, and writes down what it saw.

`do.py windows --try` installs, updates, refuses and uninstalls in a Windows of its own (build/windows/wine), each as an
administrator would from a script, and compares what lies on the disk and in the registry with what is promised. The
log is build/windows/try.log; the exit status 1 where a promise was not kept. Wine is not Windows: what it cannot show
is named in packaging/README.md.
"""

import hashlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from windows_here import WORK, Here, Wine
from windows_installer import SCRIPTS, make_installer, run_makensis

UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\casemgr"
CLASSES = r"HKCU\Software\Classes"
LINK_KM, LINK_EN = "ការងារករណីយុត្តិធម៌កុមារ.lnk", "Child justice casework.lnk"
OLD, NEW, BIG = "try-0.1.0-setup.exe", "try-0.2.0-setup.exe", "try-big-setup.exe"
STRANGERS = ("របាយការណ៍ របស់ខ្ញុំ.pdf", "_internal/ui/mine.case", "mine/a year/2026.xlsx")
"""What somebody saved among the files of the program."""
LOST_OFFICE = ("office/office.db", "office/office.keys", "office/office.note", "office-copies/office-1.officecopy")


class Log:
    """What was tried, what was seen."""

    def __init__(self, file: Path) -> None:
        """Begin the log."""
        self.lines: list[str] = []
        self.failed = 0
        self.file = file
        self.say(f"Trying the Windows installer, {time.strftime('%Y-%m-%d %H:%M')}")

    def say(self, text: str) -> None:
        """Write a line to screen and file."""
        print(text, flush=True)
        self.lines.append(text)
        self.file.write_text("\n".join(self.lines) + "\n", "utf-8")

    def check(self, promise: str, kept: object, seen: object = "") -> None:
        """Write down whether a promise was kept."""
        self.failed += not kept
        self.say(f"  {'ok    ' if kept else 'FAILED'} {promise}" + (f" ({seen})" if seen != "" else ""))


def make_program(folder: Path, module: str) -> Path:
    """Make the folder of a built program: the stand-in, and one module that only this version has."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "_internal" / "ui").mkdir(parents=True)
    run_makensis(SCRIPTS / "stand_in.nsi", OUTPUT=folder / "casemgr.exe")
    (folder / "_internal" / module).write_bytes(os.urandom(200_000))
    own = folder / "_internal" / "self-check" / "0002"  # the office the program checks itself with is nobody's
    own.mkdir(parents=True)
    for name in ("office.db", "office.keys"):
        (own / name).write_bytes(b"brought along")
    (folder / "_internal" / "ui" / "អក្សរ.txt").write_text("ឈ្មោះឯកសារជាខ្មែរ", "utf-8")
    return folder


def seen_in(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def timed(work: Callable[[], int]) -> tuple[int, str]:
    """Return an exit code and how long it took to come."""
    began = time.monotonic()
    return work(), f"{time.monotonic() - began:.1f} s"


def wait_for_text(file: Path) -> str:
    """Return what the stand-in writes down once it has started; empty after ten seconds."""
    for _ in range(100):
        if file.is_file() and file.stat().st_size:
            return file.read_text("utf-16")
        time.sleep(0.1)
    return ""


def make_installers() -> None:
    """Make what is tried: two versions with a stand-in, and one that asks for more space than any disk has."""
    first, second = make_program(WORK / "first", "stale.pyd"), make_program(WORK / "second", "fresh.pyd")
    make_installer(first, WORK / OLD, "0.1.0")
    make_installer(second, WORK / NEW, "0.2.0")
    make_installer(second, WORK / BIG, "0.2.0", needed_mb=2_000_000_000)


class Trial:
    """Installers that make_installers made, and a Windows to try them in."""

    def __init__(self, log: Log, windows: Here) -> None:
        """Put an office there, to be found as it was after each step."""
        self.log, self.windows = log, windows
        self.old, self.new, self.big = WORK / OLD, WORK / NEW, WORK / BIG
        self.app = windows.home / "app"
        self.data = windows.local / "casemgr"
        for name in LOST_OFFICE:
            (self.data / name).parent.mkdir(parents=True, exist_ok=True)
            (self.data / name).write_bytes(os.urandom(5_000))
        self.kept = seen_in(self.data)

    def silent(self, setup: Path, *more: str) -> int:
        """Run an installer without questions; return its exit code."""
        code = self.windows.run(setup, "/S", *more)
        self.windows.settle()
        return code

    def remove(self) -> int:
        """Uninstall without questions, waiting for it (`_?=` keeps it from going on as a copy); return the code."""
        code = self.windows.run(
            self.windows.home / "uninstall.exe", "/S", rf"_?={self.windows.named(self.windows.home)}"
        )
        self.windows.settle()
        return code

    def put_strangers(self) -> None:
        """Save something among the files of the program."""
        for name in STRANGERS:
            (self.app / name).parent.mkdir(parents=True, exist_ok=True)
            (self.app / name).write_text(name, "utf-8")

    def check_strangers(self) -> None:
        """Look for what was saved among the files of the program."""
        kept = [name for name in STRANGERS if (self.app / name).is_file()]
        whole = all((self.app / name).read_text("utf-8") == name for name in kept)
        self.log.check("what somebody saved among them is where it was", whole and len(kept) == len(STRANGERS), kept)

    def links(self) -> list[str]:
        """Return which of its links stand in the Start menu."""
        return [name for name in (LINK_KM, LINK_EN) if (self.windows.menu / name).exists()]

    def is_version(self, text: str, module: str) -> bool:
        """Tell whether this version is installed whole and nothing of another."""
        modules = {file.name for file in self.app.glob("_internal/*.pyd")}
        told = f'"DisplayVersion"="{text}"' in self.windows.asked(UNINSTALL)
        nothing_else = not (self.windows.home / "app.old").exists() and not (self.windows.home / "app.new").exists()
        return told and modules == {module} and (self.app / "casemgr.exe").is_file() and nothing_else

    def all(self) -> None:
        """Try everything, in the order of a program's life."""
        for work in (self.refuses_old_windows, self.installs, self.opens_a_case, self.refuses_while_open, self.updates,
                     self.refuses_an_older, self.survives, self.refuses_an_office_inside, self.refuses_a_damaged,
                     self.uninstalls):  # fmt: skip
            self.log.say((work.__doc__ or "").splitlines()[0])
            work()
            self.log.check("the office and its copies are untouched", seen_in(self.data) == self.kept)

    def refuses_old_windows(self) -> None:
        """Windows 8.1: refused with 3, nothing installed."""
        if not isinstance(self.windows, Wine):
            return
        self.windows.be("win81")
        code = self.silent(self.new)
        self.log.check("exit code 3", code == 3, code)
        self.log.check("nothing installed", not self.windows.home.exists())
        self.windows.be("win10")

    def installs(self) -> None:
        """Installs 0.1.0 without questions, in Khmer."""
        code, took = timed(lambda: self.silent(self.old))
        self.log.check("exit code 0", code == 0, took)
        self.log.check(
            "the program lies under Programs in the user's own folder", self.is_version("0.1.0", "stale.pyd")
        )
        self.log.check("a file with a Khmer name came through", (self.app / "_internal/ui/អក្សរ.txt").is_file())
        self.log.check("the Start menu has it in Khmer", self.links() == [LINK_KM])
        told = self.windows.asked(UNINSTALL)
        named = f'"DisplayName"="{LINK_KM.removesuffix(".lnk")}"' in told
        self.log.check("Settings, Apps names it in Khmer", named)
        self.log.check("and can remove it", '"QuietUninstallString"="' in told and '"EstimatedSize"=dword:' in told)
        self.log.check(".case files are its own", '@="casemgr.case"' in self.windows.asked(rf"{CLASSES}\.case"))
        self.log.check("no key outside the user's own", self.windows.asked(UNINSTALL.replace("HKCU", "HKLM")) == "")

    def opens_a_case(self) -> None:
        """What Windows is told to do with a .case file starts the program with its path.

        Wine 8 does not look up the user's own file types for a double click, so the command is taken from where
        Windows finds it.
        """
        case = self.windows.scratch / "moved cases" / "ករណី.case"
        case.parent.mkdir()
        case.write_bytes(b"\x89case\r\n\x1a")
        told = self.windows.asked(rf"{CLASSES}\casemgr.case\shell\open\command")
        found = re.search(r'^@="(.*)"$', told, re.MULTILINE)
        command = re.sub(r"\\(.)", r"\1", found[1]) if found else ""
        whole = re.fullmatch(r'"([^"]+)" "%1"', command)
        self.log.check("the command names program and path, each in quotes", whole, command)
        if whole is None:
            return
        before = seen_in(self.app)
        running = self.windows.start(whole[1], self.windows.named(case))
        given = wait_for_text(self.app / "started.txt")
        self.log.check("the program got the path", given.strip('"') == self.windows.named(case), given)
        self.windows.close(self.app, running)
        (self.app / "started.txt").unlink()
        self.log.check("nothing else came into the folder", seen_in(self.app) == before)

    def refuses_while_open(self) -> None:
        """While the program is open: update and uninstalling refused with 5."""
        before = seen_in(self.app)
        running = self.windows.start(self.app / "casemgr.exe")
        wait_for_text(self.app / "started.txt")
        code, took = timed(lambda: self.windows.run(self.new, "/S"))
        self.log.check("update: exit code 5", code == 5, f"{code}, {took}")
        gone = self.windows.run(
            self.windows.home / "uninstall.exe", "/S", rf"_?={self.windows.named(self.windows.home)}"
        )
        self.log.check("uninstalling: exit code 5", gone == 5, gone)
        self.log.check("it is still open", running.poll() is None)
        self.windows.close(self.app, running)
        self.windows.settle()
        (self.app / "started.txt").unlink()
        self.log.check(
            "the program is as it was", seen_in(self.app) == before and self.is_version("0.1.0", "stale.pyd")
        )

    def updates(self) -> None:
        """Updates to 0.2.0 without questions, now in English; somebody has saved files in the program's folder."""
        self.put_strangers()
        code, took = timed(lambda: self.silent(self.new, "/LANG=en"))
        self.log.check("exit code 0", code == 0, took)
        self.log.check(
            "the module that only 0.1.0 had is gone, that of 0.2.0 is there", self.is_version("0.2.0", "fresh.pyd")
        )
        links = self.links()
        self.log.check("one link in the Start menu, in English", links == [LINK_EN], links)
        self.check_strangers()

    def refuses_an_older(self) -> None:
        """0.1.0 over 0.2.0: refused with 7, done with /OLDER."""
        code = self.silent(self.old)
        self.log.check("exit code 7", code == 7, code)
        self.log.check("0.2.0 is untouched", self.is_version("0.2.0", "fresh.pyd"))
        code = self.silent(self.old, "/OLDER")
        self.log.check("with /OLDER: exit code 0", code == 0 and self.is_version("0.1.0", "stale.pyd"), code)

    def survives(self) -> None:
        """A full disk, a file that cannot be written, a power cut between two steps and what it left."""
        before = seen_in(self.app)
        code = self.silent(self.big)
        self.log.check("not enough space: exit code 4", code == 4, code)
        (self.windows.home / "app.new").write_bytes(b"in the way")
        code = self.silent(self.new)
        self.log.check("nothing can be written: exit code 4", code == 4, code)
        self.log.check("the earlier version is whole", seen_in(self.app) == before)
        (self.windows.home / "app.new").unlink()
        self.app.rename(self.windows.home / "app.old")
        (self.windows.home / "app.new").mkdir()
        (self.windows.home / "app.new" / "half.pyd").write_bytes(b"half")
        code = self.silent(self.new)
        self.log.check(
            "after a power cut the next run mends it", code == 0 and self.is_version("0.2.0", "fresh.pyd"), code
        )
        self.check_strangers()
        half_gone = self.windows.home / "app.old"
        (half_gone / "_internal").mkdir(parents=True)
        for name in ("files.txt", "_internal/fresh.pyd"):
            shutil.copyfile(self.app / name, half_gone / name)
        for name in ("_internal/left.pdf", "left.pdf", "case-file.ico.txt"):
            (half_gone / name).write_bytes(b"left")
        code = self.silent(self.new)
        left = [name for name in ("_internal/left.pdf", "left.pdf", "case-file.ico.txt") if (self.app / name).is_file()]
        self.log.check("so does one that left half of the earlier program", self.is_version("0.2.0", "fresh.pyd"), code)
        self.log.check("what lay in that half is in the program's folder", len(left) == 3, left)
        for name in left:
            (self.app / name).unlink()
        whole = seen_in(self.app).keys() - set(STRANGERS)
        (self.app / "files.txt").unlink()  # as of a version that had none
        code = self.silent(self.new)
        self.log.check("a version without a list is replaced whole", self.is_version("0.2.0", "fresh.pyd"), code)
        self.log.check("and nothing of it stays", seen_in(self.app).keys() == whole)

    def refuses_an_office_inside(self) -> None:
        """An office in the folder of the program: update and uninstalling refused with 6."""
        office = self.app / "mine" / "office.db"
        office.parent.mkdir()
        office.write_bytes(b"somebody's office")
        code = self.silent(self.new)
        self.log.check("update: exit code 6", code == 6, code)
        code = self.remove()
        self.log.check("uninstalling: exit code 6", code == 6, code)
        self.log.check("it is still there", office.read_bytes() == b"somebody's office")
        shutil.rmtree(office.parent)

    def refuses_a_damaged(self) -> None:
        """An installer of which one byte is wrong installs nothing."""
        damaged = WORK / "try-damaged-setup.exe"
        content = bytearray(self.new.read_bytes())
        content[len(content) * 3 // 4] ^= 1
        damaged.write_bytes(content)
        before = seen_in(self.windows.home)
        code = self.silent(damaged, "/NCRC")
        self.log.check("exit code not 0", code != 0, code)
        self.log.check("the program is as it was", seen_in(self.windows.home) == before)

    def uninstalls(self) -> None:
        """Uninstalls without questions: nothing of the program stays, all of the office does, and what is others'."""
        self.put_strangers()
        code = self.remove()
        self.log.check("with somebody's files there: exit code 0", code == 0, code)
        self.log.check("nothing but those is left", set(seen_in(self.app)) == set(STRANGERS), [*seen_in(self.app)])
        code = self.silent(self.new, "/LANG=en")
        self.log.check("installed anew over them", code == 0 and self.is_version("0.2.0", "fresh.pyd"), code)
        self.check_strangers()
        for name in STRANGERS:
            (self.app / name).unlink()
        shutil.rmtree(self.app / "mine")
        code, took = timed(self.remove)
        self.log.check("exit code 0", code == 0, took)
        (self.windows.home / "uninstall.exe").unlink(missing_ok=True)  # it cannot remove itself while it is waited for
        left = [str(place.relative_to(self.windows.local)) for place in self.windows.home.rglob("*")]
        self.log.check("no file of the program is left", not left, left or "")
        self.log.check("no link is left", not self.links())
        ours = (UNINSTALL, rf"{CLASSES}\casemgr.case", rf"{CLASSES}\.case", r"HKCU\Software\casemgr")
        keys = "".join(map(self.windows.asked, ours))
        self.log.check("no key is left", not keys, keys)


def made_ready() -> Here | None:
    """Return the Windows to try in, the installers made; None where something is missing, which is said."""
    if sys.platform == "win32":
        if os.environ.get("CI") != "true":
            print("Here it would install and remove the program of this user: only on a server's throw-away Windows.")
            return None
        return Here()
    if not all(map(shutil.which, ("wine", "wineserver", "makensis"))):
        print("Trying the installer needs: sudo apt-get install nsis wine64", file=sys.stderr)
        return None
    make_installers()
    return Wine(WORK / "wine")


def main(_arguments: list[str]) -> int:
    """Try everything; return 1 where a promise was not kept.

    On Windows, the installers must have been made before, by NSIS on Linux (`do.py windows --make-trial`).
    """
    WORK.mkdir(parents=True, exist_ok=True)
    windows = made_ready()
    if windows is None:
        return 1
    log = Log(WORK / "try.log")
    Trial(log, windows).all()
    log.say(f"{log.failed} promises were not kept." if log.failed else "Every promise was kept.")
    return 1 if log.failed else 0
