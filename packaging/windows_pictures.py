"""Takes a picture of every page of the installer and the uninstaller, in both languages, under wine and Xvfb.

`windows_pictures.py` leaves them in build/windows/pages. The Windows that windows_try.py makes is made anew. Windows
itself has a Khmer typeface (Leelawadee UI); here our own stands in for it.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import preflight
from environment import ROOT
from windows_here import WORK, Wine
from windows_installer import make_installer
from windows_try import make_program, wait_for_text

PAGES = WORK / "pages"
REPLACED = r"HKCU\Software\Wine\Fonts\Replacements"
SYSTEMS_OWN = "Tahoma"
"""The typeface of dialogs and messages; Windows takes its Khmer letters from another one, which wine does not."""


@contextmanager
def screen() -> Iterator[str]:
    """Give an X screen of its own, as wide as a small laptop's; its name."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1024x700x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(theirs,), stderr=subprocess.DEVNULL)
    os.close(theirs)
    try:
        with os.fdopen(ours) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class Photographer:
    """Goes through the pages of one Windows."""

    def __init__(self, wine: Wine, display: str) -> None:
        """Give that Windows the screen and a Khmer typeface."""
        self.wine = wine
        for font in ROOT.glob("casemgr/fonts/Battambang-*.ttf"):
            shutil.copy(font, wine.folder / "drive_c/windows/Fonts")
        for name in ("Leelawadee UI", SYSTEMS_OWN):
            wine.run("reg", "add", REPLACED, "/v", name, "/d", "Battambang", "/f")
        wine.settle()
        wine.surroundings["DISPLAY"] = display
        self.last = self.empty = self._shot(PAGES / "empty.png")
        (PAGES / "empty.png").unlink()

    def take(self, name: str) -> None:
        """Take a picture once the screen shows something else than in the last one, and stands still."""
        target, before = PAGES / f"{name}.png", b""
        for _ in range(80):
            time.sleep(0.5)
            now = self._shot(target)
            if now == before and now not in (self.last, self.empty):
                self.last = now
                return
            before = now
        raise preflight.NotReady(f"No new page came for {name}.")

    def _shot(self, target: Path) -> bytes:
        self._x("import", "-window", "root", "-define", "png:exclude-chunks=date,time", str(target))
        return target.read_bytes()

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self._x("xdotool", "key", key)
            time.sleep(0.3)

    def _x(self, *command: str) -> None:
        subprocess.run(command, env=self.wine.surroundings, check=False, stderr=subprocess.DEVNULL)


def visit(photographer: Photographer, setup: Path, language: str) -> None:
    """Install, update while the program is open, and uninstall in one language, with a picture of each page."""
    wine, app = photographer.wine, photographer.wine.home / "app"
    office = wine.local / "casemgr" / "office" / "office.db"
    shutil.rmtree(wine.local / "casemgr", ignore_errors=True)
    installing = wine.start(setup, f"/LANG={language}")
    photographer.take(f"{language}-1-welcome")
    photographer.press("Return")
    photographer.take(f"{language}-2-finished")
    photographer.press("Return")  # this starts the program as well
    installing.wait(60)
    wait_for_text(app / "started.txt")
    refused = wine.start(setup, f"/LANG={language}")
    photographer.take(f"{language}-3-open")
    photographer.press("Escape")
    refused.wait(60)
    (app / "stop").touch()
    wine.settle()
    office.parent.mkdir(parents=True)
    office.touch()
    (app / "stop").touch()  # what it starts ends at once
    updating = wine.start(setup, f"/LANG={language}")
    photographer.take(f"{language}-4-welcome-again")
    photographer.press("Return")
    photographer.take(f"{language}-5-updated")
    photographer.press("space", "Return")
    updating.wait(60)
    wine.start(wine.home / "uninstall.exe", f"/LANG={language}")
    photographer.take(f"{language}-6-remove")
    photographer.press("Return")
    photographer.take(f"{language}-7-removed")
    photographer.press("Return")
    wine.settle()


def main(_arguments: list[str]) -> int:
    """Take all pictures; say where they lie."""
    if not all(map(shutil.which, ("wine", "makensis", "Xvfb", "xdotool", "import"))):
        print(
            "Pictures of the installer need: sudo apt-get install nsis wine64 xvfb xdotool imagemagick", file=sys.stderr
        )
        return 1
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    setup = make_installer(make_program(WORK / "second", "fresh.pyd"), WORK / "try-0.2.0-setup.exe", "0.2.0")
    wine = Wine(WORK / "wine")
    with screen() as display:
        photographer = Photographer(wine, display)
        asking = wine.start(setup)
        photographer.take("0-language")
        photographer.press("Escape")
        asking.wait(60)
        visit(photographer, setup, "km")
        wine.run("reg", "delete", REPLACED, "/v", SYSTEMS_OWN, "/f")
        wine.settle()
        visit(photographer, setup, "en")
        wine.settle()
    print(PAGES)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except preflight.NotReady as problem:
        sys.exit(str(problem))
