"""What a worker sees when the program itself made a mistake: calm words, and a report without a name in it."""

import platform
import re
import traceback
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QWidget

from casemgr import __version__
from casemgr.i18n import N_
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.words import tr, wrapped

HEADING = N_("Something went wrong in the program")
SAID = N_(
    "This is a mistake of the program, not yours. What was saved before is safe, and what you were typing is kept as "
    "a draft. You can go on working."
)
HELP = N_("To help put it right, send this report to whoever looks after the program. It holds no name and no answer.")
CRASHED = N_("The program broke off the last time")
CRASHED_SAID = N_(
    "What was saved before is safe, and so is most of what was being typed: Today offers it again once the office is "
    "open."
)
COPY, SAVE, CLOSE, REPORT = N_("Copy the report"), N_("Save the report…"), N_("Close"), N_("Report")
SAVED = N_("Saved. You can read the file before you send it.")
NOT_SAVED = N_("The file could not be written. Choose another folder.")
FILE_NAME = "casemgr-report.txt"
_FRAME = re.compile(r'\s+File "(?P<file>[^"]*)", line (?P<line>\d+) in ')
_PLAIN = re.compile(r"[^ -~]")
ROOT = Path(__file__).resolve().parent.parent


def report_of(error: BaseException) -> str:
    """Return the kinds of exception and the places in the source, and nothing that anybody typed."""
    lines = [_about_program()]
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        lines.append(type(now).__name__)
        lines += [f"  {_place(frame.filename)}:{frame.lineno}" for frame in traceback.extract_tb(now.__traceback__)]
        now = now.__cause__ or now.__context__
    return "\n".join(lines)


def report_of_crash(told: str) -> str:
    """Return the report of a crash from what faulthandler wrote: which thread was where in the source."""
    lines = [_about_program()]
    for line in told.splitlines():
        if found := _FRAME.match(line):
            lines.append(f"  {_place(found['file'])}:{found['line']}")
        elif line.startswith(("Fatal ", "Windows fatal ", "Current thread ", "Thread ")):
            lines.append(_PLAIN.sub("", line)[:60])
    return "\n".join(lines)


class ReportDialog(CalmDialog):
    """Shows a report, and lets it be copied or saved as a file."""

    def __init__(self, report: str, heading: str, said: str, parent: QWidget | None = None) -> None:
        """Take the report and two messages of the catalogue: what happened, and what it means for the worker."""
        super().__init__(tr(heading), parent)
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFixedHeight(180)
        self.report.setAccessibleName(tr(REPORT))
        self.note = text_label("", "doubt")
        self.note.hide()
        save, copy, close = QPushButton(tr(SAVE), self), QPushButton(tr(COPY), self), QPushButton(tr(CLOSE), self)
        save.clicked.connect(self.ask_where)
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.accept)
        self.column.addWidget(text_label(tr(said), "answer"))
        self.column.addWidget(text_label(tr(HELP), "help"))
        self.column.addWidget(self.report)
        self.column.addWidget(self.note)
        self.add_exits(close, save, copy)
        close.setFocus()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    def ask_where(self) -> None:
        """Ask for a file and save it there."""
        dialog = QFileDialog(self, tr(SAVE).rstrip("…"), str(Path.home() / FILE_NAME))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Save the report as a file of text, and say whether that was possible."""
        try:
            path.write_text(self.report.toPlainText() + "\n", "utf-8")
        except OSError:
            self._say(NOT_SAVED)
        else:
            self._say(SAVED)

    def _say(self, message: str) -> None:
        self.note.setText(wrapped(tr(message)))
        self.note.show()


class MistakeDialog(ReportDialog):
    """Says that the program made a mistake just now."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Take the exception; only its kind and its places are shown."""
        super().__init__(report_of(error), HEADING, SAID, parent)


class CrashDialog(ReportDialog):
    """Says at the start that the program ended by a crash the last time."""

    def __init__(self, told: str, parent: QWidget | None = None) -> None:
        """Take what faulthandler wrote."""
        super().__init__(report_of_crash(told), CRASHED, CRASHED_SAID, parent)


def _about_program() -> str:
    return f"casemgr {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"


def _place(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
