"""Reads the running program as a screen reader does, over AT-SPI: every page's controls by role, name and state.

Run by hand before a release, with the system's Python (it has pyatspi), on Linux:

    xvfb-run -a dbus-run-session -- /usr/bin/python3 tests/atspi/read_aloud.py .venv/bin/python [km|en]

It starts the practice office itself. Needs at-spi2-core, python3-pyatspi, dbus-x11 and xvfb. Ends with 1 where a
control that takes the keyboard has no name, or nothing could be read.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyatspi
from gi.repository import Atspi, GLib

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = "casemgr"
PATIENCE = 120
DEEPEST, MOST = 40, 4000
NAMELESS = ("frame", "window", "dialog", "filler", "table row", "table cell")
BUTTONS = ("push button", "button", "radio button", "check box", "toggle button")


def application(pid: int):
    """Return the program on the accessibility bus, once it is there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        desktop = pyatspi.Registry.getDesktop(0)
        for each in desktop:
            if each is not None and each.get_process_id() == pid and each.childCount:
                return each
        time.sleep(0.5)
    raise SystemExit("The program does not come onto the accessibility bus.")


def walk(node, depth: int = 0):
    """Yield what is on the screen of a program, from the top."""
    if node is None or depth > DEEPEST:
        return
    try:
        states = node.getState()
        if depth > 1 and not states.contains(pyatspi.STATE_SHOWING):
            return
        yield node, states
        children = [node.getChildAtIndex(at) for at in range(min(node.childCount, 200))]
    except Exception:  # noqa: BLE001  (what goes while it is read is no trouble)
        return
    for child in children:
        yield from walk(child, depth + 1)


def read(app, title: str) -> tuple[Counter, list[str]]:
    """Return how many controls of each role there are, and those that take the keyboard without a name."""
    roles, mute = Counter(), []
    for count, (node, states) in enumerate(walk(app)):
        if count > MOST:
            break
        roles[node.getRoleName()] += 1
        named = bool((node.name or "").strip()) or node.getRoleName() in NAMELESS
        if states.contains(pyatspi.STATE_FOCUSABLE) and not named:
            mute.append(f"{title}: {node.getRoleName()} without a name")
    return roles, mute


def places(app) -> list:
    """Return the buttons of the rail, in order: those whose description is Alt and a figure."""
    found = [
        node for node, _ in walk(app)
        if (node.description or "").startswith("Alt+") and node.getRoleName() in BUTTONS
    ]  # fmt: skip
    return sorted(found, key=lambda node: node.description)


def button(app, description: str):
    """Return the button that is described so, such as by its keys; None where there is none."""
    return next(
        (node for node, _ in walk(app) if node.description == description and node.getRoleName() in BUTTONS), None
    )


def hear(seconds: float) -> list[str]:
    """Return what is announced in so many seconds."""
    said: list[str] = []

    def listen(event) -> None:
        said.append(str(event.any_data))

    pyatspi.Registry.registerEventListener(listen, "object:announcement")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        GLib.MainContext.default().iteration(False)
        time.sleep(0.02)
    pyatspi.Registry.deregisterEventListener(listen, "object:announcement")
    return said


def refused(app) -> list[str]:
    """Save an arrest in which nothing is written; return what is said of it."""
    press(button(app, "Ctrl+N"))
    time.sleep(3)
    save = [node for node, _ in walk(app) if node.getRoleName() in BUTTONS and node.description == "Ctrl+S"]
    if not save:
        return []
    press(save[0])
    return hear(4)


def press(node) -> None:
    """Do what pressing a button does, by the interface for that."""
    action = node.queryAction()
    names = [action.getName(at) for at in range(action.nActions)]
    action.doAction(names.index("Press") if "Press" in names else 0)


def main(python: str, language: str) -> int:
    """Start the program, go through its places and read each."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = os.environ | {
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1", "QT_QPA_PLATFORM": "xcb", "HOME": folder,
            "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder,
        }  # fmt: skip
        program = subprocess.Popen(
            [python, str(ROOT / "main.py"), "--practice", "--language", language], env=surroundings, cwd=ROOT
        )  # fmt: skip
        try:
            return _read_all(program.pid)
        finally:
            program.terminate()
            program.wait(30)


def _read_all(pid: int) -> int:
    Atspi.set_timeout(20_000, 20_000)  # milliseconds: a page is built before the answer comes
    app = application(pid)
    until = time.monotonic() + PATIENCE
    while not (buttons := places(app)) and time.monotonic() < until:
        time.sleep(1)
    if not buttons:
        print("The rail was not found.")
        return 1
    mute = []
    for button in buttons:
        name = button.name
        press(button)
        time.sleep(2)
        roles, unnamed = read(app, name)
        mute += unnamed
        said = ", ".join(f"{role} {count}" for role, count in sorted(roles.items()))
        print(f"{name} ({button.description}): {sum(roles.values())} things. {said}")
    for line in sorted(set(mute)):
        print("!", line)
    said = refused(app)
    print(f"Said when an empty arrest is saved: {said}")
    print(f"{len(buttons)} places were read; {len(mute)} controls without a name.")
    return 1 if mute or not said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "km"))
