"""The recovery code: shown once, large, to be printed or copied down."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import text_label
from ui.words import tr, words, wrapped

SAID = N_(
    "This code opens the office when a password is forgotten. It is shown once and kept nowhere. Write it down, or "
    "print it, and keep the paper locked away from the computer."
)
CODE_NAME = N_("Recovery code")
PRINT, SAVE = N_("Print…"), N_("Save as…")
WRITTEN = N_("I have written it down or printed it")
NO_PRINTER = N_("No printer is set up on this computer. Save the code on a memory stick, or write it down.")
SAVED = N_("Saved. Keep this file away from this computer, on a memory stick for example.")
PAPER = N_("Recovery code of {office}")
FILE_NAME = "recovery-code.txt"


class RecoveryCode(QWidget):
    """Shows the code; kept says whether the worker has it."""

    ticked = Signal(bool)

    def __init__(self, code: str, office_name: str, parent: QWidget | None = None) -> None:
        """Take the code and what the office is called, for the paper."""
        super().__init__(parent)
        self._code, self._office_name = code, office_name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(text_label(tr(SAID), "answer"))
        self.label = text_label(_in_lines(code), "code")
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.label.setAccessibleName(f"{tr(CODE_NAME)}: {code}")
        column.addWidget(self.label)
        row = QHBoxLayout()
        self.print_button, self.save_button = QPushButton(tr(PRINT), self), QPushButton(tr(SAVE), self)
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.ask_where)
        row.addStretch()
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch()
        column.addLayout(row)
        self.note = text_label("", "doubt")
        self.note.hide()
        column.addWidget(self.note)
        self.tick = QCheckBox(tr(WRITTEN), self)
        self.tick.toggled.connect(self.ticked)
        column.addWidget(self.tick)

    def text(self) -> str:
        """Return what stands on the paper and in the file."""
        return f"{tr(PAPER, office=self._office_name)}\n\n{_in_lines(self._code)}\n\n{tr(SAID)}\n"

    def print(self) -> None:
        """Print it, where there is a printer."""
        from PySide6.QtGui import QTextDocument  # noqa: PLC0415  (printing is rarely wanted)
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # noqa: PLC0415

        if not QPrinterInfo.availablePrinterNames():
            self._say(tr(NO_PRINTER))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def print_it() -> None:
            document = QTextDocument(wrapped(self.text()))
            document.print_(printer)

        dialog.accepted.connect(print_it)
        QDialog.open(dialog)

    def ask_where(self) -> None:
        """Ask for a file and save it there."""
        dialog = QFileDialog(self, tr(SAVE), str(Path.home() / FILE_NAME))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Save it as a file of text."""
        text = self.text().encode()
        try:
            write_whole(path, lambda file: file.write(text))
        except (Refusal, Trouble) as error:
            self._say(error.say(words()))
        else:
            self._say(tr(SAVED))

    def _say(self, text: str) -> None:
        self.note.setText(wrapped(text))
        self.note.show()


def _in_lines(code: str) -> str:
    """Return the code as it came; a long one without spaces or hyphens is parted for the eye."""
    return code if "-" in code or " " in code else " ".join(code[at : at + 5] for at in range(0, len(code), 5))
