"""What the windows need from the system beneath Python, and how to get it. Standard library only.

Qt ends the whole process without a word to catch when a library or the screen is missing, so this is asked first.
"""

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

WINDOWLESS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Libraries that Qt loads even without a screen, and the Debian packages that bring them."""

ON_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Libraries that a window on a screen needs besides."""

RENAMED = {"libglib2.0-0": "libglib2.0-0t64", "libcups2": "libcups2t64"}
"""New names since Debian 13 and Ubuntu 24.04."""


class NotReady(Exception):  # noqa: N818  (says what is the matter, as the program's own do)
    """Something is missing; the text says in one line what to do about it."""


def missing_packages(*, screen: bool) -> list[str]:
    """Return the Debian names of the packages whose libraries cannot be loaded; empty where nothing is missing."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = WINDOWLESS | (ON_SCREEN if screen else {})
    return [package for library, package in wanted.items() if not _loads(library)]


def missing_venv_package() -> list[str]:
    """Return the Debian package that lets this Python make an environment, if it is missing."""
    if find_spec("ensurepip") and find_spec("venv"):
        return []
    return [f"python3.{sys.version_info.minor}-venv"]


def nice_to_have(*, screen: bool, tests: bool) -> list[str]:
    """Return packages that are missing but that the program does without: printers, and one of the tests."""
    if not sys.platform.startswith("linux"):
        return []
    printers = screen and not _loads("libcups.so.2")
    poppler = tests and not shutil.which("pdftotext")
    return ["libcups2"] * printers + ["poppler-utils"] * poppler


def screen_trouble() -> str | None:
    """Return in a few words why no window can be shown here, or None where one can."""
    if not sys.platform.startswith("linux"):
        return None
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return "QT_QPA_PLATFORM is set to offscreen"
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / wayland).exists():
        return None
    if not os.environ.get("DISPLAY"):
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    return None if _x_answers() else f"the screen {os.environ['DISPLAY']} does not answer"


def say_what_is_missing(packages: list[str]) -> str:
    """Return the one line to type that installs the packages."""
    if not shutil.which("apt-get"):
        return "Missing system libraries. Install what your system calls: " + " ".join(packages)
    return "sudo apt-get update && sudo " + " ".join(_install_command(packages))


def provide(packages: list[str]) -> None:
    """Install system packages where this is allowed: as root, or by a sudo that can ask.

    Raises NotReady with the one line to type where it is not allowed or fails.
    """
    if not packages:
        return
    line = say_what_is_missing(packages)
    if not shutil.which("apt-get"):
        raise NotReady(line)
    may_ask = bool(shutil.which("sudo") and sys.stdin.isatty())
    if not (provide_unasked(packages) or (may_ask and _install(packages, front=["sudo"]))):
        raise NotReady(f"System packages are missing. Type this, then start again:\n  {line}")


def provide_unasked(packages: list[str]) -> bool:
    """Install system packages only where nobody need be asked, as root; return whether they are there now."""
    root = sys.platform != "win32" and os.geteuid() == 0
    return root and bool(shutil.which("apt-get")) and _install(packages, front=[])


def _install(packages: list[str], *, front: list[str]) -> bool:
    print(f"Installing system packages, which may take minutes: {' '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    output = None if sys.stdout.isatty() else subprocess.DEVNULL
    # Old lists of packages only make a download fail, so a failed update is not yet a reason to stop.
    for command in (["apt-get", "update", "-qq"], _install_command(packages)):
        done = subprocess.run([*front, *command], env=environment, check=False, stdout=output)
    return done.returncode == 0


def _install_command(packages: list[str]) -> list[str]:
    names = [RENAMED.get(name, name) if _renamed_here() else name for name in packages]
    return ["apt-get", "install", "-y", "--no-install-recommends", *names]


def _renamed_here() -> bool:
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        return False
    newest = {"debian": 13.0, "ubuntu": 24.04}.get(system.get("ID", ""))
    # A testing Debian has no number yet and is newer than every one that has.
    return newest is not None and float(system.get("VERSION_ID") or "99") >= newest


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the libraries are asked for on their own; afterwards this is asked again
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers
