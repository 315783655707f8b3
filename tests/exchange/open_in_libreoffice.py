"""Opens locked workbooks in LibreOffice and prints their cell A2. Run by a Python that has LibreOffice's uno module.

Arguments: a folder for the profile, then file and passphrase in turn.
"""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def said(name: str, value: object) -> PropertyValue:
    given = PropertyValue()
    given.Name, given.Value = name, value
    return given


def connected(pipe: str) -> object:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(300):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001  (not listening yet)
            time.sleep(0.2)
        else:
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
    raise TimeoutError


def main(profile: Path, asked: list[str]) -> None:
    pipe = f"casemgr{os.getpid()}"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp"], stdout=subprocess.DEVNULL)
    desktop = connected(pipe)
    for file, passphrase in zip(asked[::2], asked[1::2], strict=True):
        try:
            opening = (said("Hidden", True), said("Password", passphrase))
            document = desktop.loadComponentFromURL(Path(file).resolve().as_uri(), "_blank", 0, opening)
        except Exception:  # noqa: BLE001  (LibreOffice names many reasons)
            print("not opened")
        else:
            print("opened:", document.Sheets.getByIndex(0).getCellByPosition(0, 1).String)
            document.close(True)
    with suppress(Exception):  # the answer is lost with the program
        desktop.terminate()
    office.wait(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
