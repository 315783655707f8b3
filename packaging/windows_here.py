"""The Windows that the installer is tried in: one of its own under wine, or a server's throw-away one."""

import os
import shutil
import subprocess
from pathlib import Path

from environment import ROOT

WORK = ROOT / "build" / "windows"


class Here:
    """The Windows this runs on: a throw-away one, as servers give for one run."""

    before: tuple[str, ...] = ()
    surroundings: dict[str, str]

    def __init__(self) -> None:
        """Find the user's folders."""
        self.surroundings = dict(os.environ)
        self.local = Path(os.environ["LOCALAPPDATA"])
        self.menu = Path(os.environ["APPDATA"]) / "Microsoft/Windows/Start Menu/Programs"
        self.scratch = WORK / "scratch"
        self.scratch.mkdir(parents=True, exist_ok=True)

    @property
    def home(self) -> Path:
        """Where the program is installed."""
        return self.local / "Programs" / "casemgr"

    def named(self, place: Path) -> str:
        """Return a place as Windows names it."""
        return str(place)

    def run(self, *command: str | Path, patience: int = 120) -> int:
        """Run a program to its end; return its exit code."""
        given = [*self.before, *map(str, command)]
        quiet = subprocess.DEVNULL
        return subprocess.run(
            given, env=self.surroundings, check=False, stdout=quiet, stderr=quiet, timeout=patience
        ).returncode

    def start(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        """Start a program and go on."""
        given = [*self.before, *map(str, command)]
        return subprocess.Popen(given, env=self.surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def asked(self, key: str) -> str:
        """Return a key of the registry with all below it, as a .reg file has it; empty where there is none."""
        target = self.scratch / "asked.reg"
        target.unlink(missing_ok=True)
        self.run("reg", "export", key, self.named(target), "/y")
        return target.read_text("utf-16") if target.is_file() else ""

    def settle(self) -> None:
        """Wait until what was started has ended and what it wrote is on the disk."""

    def close(self, folder: Path, running: "subprocess.Popen[bytes]") -> None:
        """End the stand-in that was started from the folder."""
        (folder / "stop").touch()
        running.wait(60)
        (folder / "stop").unlink()


class Wine(Here):
    """A Windows of its own in one folder."""

    before = ("wine",)

    def __init__(self, folder: Path) -> None:
        """Make it anew; takes some ten seconds."""
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.surroundings = os.environ | {"WINEPREFIX": str(folder), "WINEDEBUG": "-all", "HOME": str(folder)}
        self.surroundings.pop("DISPLAY", None)
        self.run("wineboot", "-i")
        self.be("win10")
        self.scratch = folder / "drive_c" / "scratch"
        self.scratch.mkdir()
        [self.local] = [place for place in folder.glob("drive_c/users/*/AppData/Local") if "Public" not in place.parts]
        self.menu = self.local.parent / "Roaming/Microsoft/Windows/Start Menu/Programs"

    def be(self, version: str) -> None:
        """Tell programs that it is this version of Windows."""
        self.run("winecfg", "-v", version)
        self.settle()

    def named(self, place: Path) -> str:
        """Return a place as Windows names it."""
        return "C:\\" + str(place.relative_to(self.folder / "drive_c")).replace("/", "\\")

    def settle(self) -> None:
        """Wait until all its programs have ended and what they wrote is on the disk."""
        subprocess.run(["wineserver", "-w"], env=self.surroundings, check=False, timeout=120)
