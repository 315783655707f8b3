"""What a worker sees when the program itself made a mistake: calm words, and a report without a name in it."""

import platform
import traceback
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from casemgr import __version__
from casemgr.i18n import N_
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.words import tr

HEADING = N_("Something went wrong in the program")
SAID = N_(
    "This is a mistake of the program, not yours. What was saved before is safe, and what you were typing is kept as "
    "a draft. You can go on working."
)
HELP = N_("To help put it right, send this report to whoever looks after the program. It holds no name and no answer.")
COPY, CLOSE, REPORT = N_("Copy the report"), N_("Close"), N_("Report")
ROOT = Path(__file__).resolve().parent.parent


def report_of(error: BaseException) -> str:
    """Return the kinds of exception and the places in the source, and nothing that anybody typed."""
    lines = [f"casemgr {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"]
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        lines.append(type(now).__name__)
        lines += [f"  {_place(frame.filename)}:{frame.lineno}" for frame in traceback.extract_tb(now.__traceback__)]
        now = now.__cause__ or now.__context__
    return "\n".join(lines)


class MistakeDialog(CalmDialog):
    """Says so, and lets the report be copied."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Take the exception; only its kind and its places are shown."""
        super().__init__(tr(HEADING), parent)
        self.report = QPlainTextEdit(report_of(error), self)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFixedHeight(180)
        self.report.setAccessibleName(tr(REPORT))
        copy, close = QPushButton(tr(COPY), self), QPushButton(tr(CLOSE), self)
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.accept)
        self.column.addWidget(text_label(tr(SAID), "answer"))
        self.column.addWidget(text_label(tr(HELP), "help"))
        self.column.addWidget(self.report)
        self.add_exits(close, copy)
        close.setFocus()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def _place(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
