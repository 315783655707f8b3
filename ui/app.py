"""Starting the program: arguments, the first window, and only then the libraries that take a while to load."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from casemgr import __version__, assets, whereabouts
from casemgr.i18n import LANGUAGES
from casemgr.pace import go_first, leave_out
from ui.catcher import Catcher
from ui.memory import Memory
from ui.program import Options, Program
from ui.tasks import Turn
from ui.theme import STYLE, dress
from ui.words import hold_breaks

NO_SCREEN = 78


def main(arguments: Sequence[str]) -> int:
    """Run the program until its window is closed; return the exit status."""
    options = read_options(arguments)
    if options.self_check:
        from ui import completeness  # noqa: PLC0415  (seldom asked for)

        return completeness.main(options.language or "en")
    if trouble := _screen_trouble():
        print(trouble, file=sys.stderr)  # noqa: T201
        return NO_SCREEN
    arrivals = whereabouts.data_folder() / "arriving"
    if options.file is not None:
        from ui.arriving import hand_on  # noqa: PLC0415  (seldom asked for)

        if hand_on(arrivals, options.file):
            return 0
    app, program = begin(options)
    program.painted.connect(lambda: take_files(app, program, arrivals, options.file))
    if options.picture is not None:
        program.ready.connect(lambda: QTimer.singleShot(0, program.take_picture))
    program.start()
    return app.exec()


TURN = 0.0005
"""Seconds that a thread keeps Python to itself while another waits for it, in place of Python's 0.005.

Drawing a page asks Python dozens of times, and each time waits so long for the thread that reads or reckons: a third of
a second while a report was made, and 14 milliseconds with this. The report itself is no slower for it.
"""


NEVER = 1_000_000_000
"""Searches for young garbage before Python looks through all there is, in place of its 10: while somebody works that
would let the window stand for a tenth of a second. It is done when the hands rest (ui.locking), and by each lock."""


def begin(options: Options) -> tuple[QApplication, Program]:
    """Return the dressed application and the program, whose window is not shown yet."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false")
    hold_breaks(hold=True)
    app = QApplication([sys.argv[0], *STYLE])
    app.setApplicationName("casemgr")
    app.setDesktopFileName("casemgr")  # by which a desktop finds the name and the icon of the window
    app.setWindowIcon(QIcon(str(Path(__file__).parent / "assets" / "icon.png")))
    dress(app)
    sys.setswitchinterval(TURN)
    go_first(Turn(app).asked.emit)
    catcher = Catcher()
    program = Program(options, Memory())
    program.painted.connect(lambda: keep_within(program))
    catcher.caught.connect(program.tell_mistake)
    catcher.install()
    settle_once(program)
    return app, program


def take_files(app: QApplication, program: Program, arrivals: Path, file: Path | None) -> None:
    """Take the case files that are opened from outside from now on, and the one that the program was started with."""
    from ui.arriving import Arriving  # noqa: PLC0415  (not before the first paint)

    app.aboutToQuit.connect(Arriving(program, arrivals, file).end)


def keep_within(program: Program) -> None:
    """See to it that nothing of what comes after the first paint is left on the disk: there is nothing before it."""
    from casemgr.dumps import forbid_dumps  # noqa: PLC0415  (not before the first paint)
    from ui.passing import Passing  # noqa: PLC0415

    forbid_dumps()
    program.passing = Passing(whereabouts.data_folder() / "temporary")
    program.crash = program.passing.begin()


def settle_once(program: Program) -> None:
    """Collect garbage once the pages are loaded (main.py stopped it), but not among what the program itself is.

    Where an office is open before that, garbage is collected from its first page on: loading may wait for other work.
    What is frozen then would never leave the memory, which pace.sweep_all is told.
    """

    def settle() -> None:
        leave_out(office=program.office is not None)
        gc.set_threshold(*gc.get_threshold()[:2], NEVER)
        gc.enable()

    def begin() -> None:
        program.ready.disconnect(begin)
        if program.office is not None:
            settle()

    def end() -> None:
        program.loaded.disconnect(end)
        settle()

    program.ready.connect(begin)
    program.loaded.connect(end)


def read_options(arguments: Sequence[str]) -> Options:
    """Return what was asked for on the command line. Exits with status 2 for what is not understood."""
    parser = argparse.ArgumentParser(
        prog="casemgr" if assets.bundle() else "main.py",
        description="Case management for children in conflict with the law.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.case", help="a case file to take in")
    parser.add_argument("--office", type=Path, metavar="DIR", help="the folder of the office")
    parser.add_argument(
        "--practice", action="store_true", help="open a practice office with invented children, made where missing"
    )
    parser.add_argument("--language", choices=LANGUAGES, help="the language of the screen")
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="save a picture of the window and end")
    parser.add_argument(
        "--self-check", action="store_true", help="say whether the program is complete and works here, and end"
    )
    parser.add_argument("--version", action="version", version=__version__)
    said = parser.parse_args(arguments)
    home = whereabouts.practice_folder() if said.practice else whereabouts.default_folder()
    named = said.office or (os.environ.get("CASEMGR_OFFICE") if not said.practice else None)
    folder = Path(named) if named else home
    return Options(folder, said.practice, said.language, said.picture, said.file, said.self_check)


def _screen_trouble() -> str | None:
    """Return what to type where Qt would end the process because there is no screen; None where there is one."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", "wayland"):
        return None
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / wayland).exists():
        return None
    named = os.environ.get("DISPLAY")
    if named and _x_answers():
        return None
    why = f"the screen {named} does not answer" if named else "neither DISPLAY nor WAYLAND_DISPLAY is set"
    return (
        f"There is no screen here ({why}). For a picture of the window without a screen, type: "
        "QT_QPA_PLATFORM=offscreen python main.py --practice --picture window.png"
    )


def _x_answers() -> bool:
    """Return whether the X server that DISPLAY names lets this user in; True where that cannot be asked."""
    import ctypes  # noqa: PLC0415  (only under X)

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers
