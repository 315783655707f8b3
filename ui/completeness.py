"""`--self-check`: whether all that the program needs came with it and works here, the window too; a line for each."""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from casemgr.i18n import N_, Words

ALL_WELL = N_("All is well: the program is complete and works on this computer.")
NOT_WELL = N_("The program is not complete or does not work on this computer. Install it again, or ask for help.")
WINDOW = N_("The window, drawn in each language")
GOOD, BAD = "ok", "MISSING"
SIZE = (1366, 728)


def main(language: str = "en") -> int:
    """Look at everything and print a line for each; return 0 where all is well, else 1. Nothing is left behind."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # a Windows console would refuse Khmer
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.text.font.db=false"}
    folder = Path(tempfile.mkdtemp(prefix="casemgr-self-check-"))
    try:
        return _look(folder, _words(language))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _words(language: str) -> Words | None:
    try:
        return Words(language)
    except FileNotFoundError:  # this is one of the things that are looked for
        return None


def _look(folder: Path, words: Words | None) -> int:
    try:
        from casemgr.services.completeness import LOOKS, Look, looked_at  # noqa: PLC0415  (a part of it may be missing)
    except ImportError as error:
        _say(BAD, str(error))
        return 1
    well = True
    for good, line in looked_at(folder, words, (*LOOKS, Look(WINDOW, _draw_window, in_office=True))):
        well = well and good
        _say(GOOD if good else BAD, line)
    said = ALL_WELL if well else NOT_WELL
    _say("", words.text(said) if words is not None else said)
    return 0 if well else 1


def _say(mark: str, line: str) -> None:
    print(f"{mark:<8}{line}" if mark else line, flush=True)  # noqa: T201  (to nobody where a window has no console)


def _draw_window(folder: Path) -> int:
    """Show the office that an earlier look made, in a window that nobody sees; return how many languages it spoke."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  (may be missing)

    from casemgr.i18n import LANGUAGES  # noqa: PLC0415
    from casemgr.services.office import open_office  # noqa: PLC0415
    from casemgr.services.practice import PASSWORD  # noqa: PLC0415
    from ui.memory import Memory  # noqa: PLC0415
    from ui.program import Options, Program  # noqa: PLC0415
    from ui.theme import STYLE, dress  # noqa: PLC0415

    app = QApplication.instance() or QApplication(["casemgr", *STYLE])
    assert isinstance(app, QApplication)  # noqa: S101
    dress(app)
    drawn, memory = set(), Memory(folder / "memory.ini")
    for language in LANGUAGES:
        program = Program(Options(folder / "nowhere", False, language), memory, inline=True)
        try:
            program.start()
            program.window.resize(*SIZE)
            program.show_office(open_office(folder / "office", "", PASSWORD))
            for _ in range(30):  # a page builds a card a round
                app.processEvents()
            picture = program.window.grab().toImage()
            drawn.add(bytes(picture.constBits()))
        finally:
            program.end()
            program.window.deleteLater()
            memory.keep()  # or the file would come back later
    if len(drawn) != len(LANGUAGES):
        raise ValueError("the window looks the same in each language")
    return len(drawn)
