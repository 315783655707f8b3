"""A paper on the screen before it is printed or saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services import papers
from casemgr.services.papers import AS_USUAL, LOCKED_PDF, PDF, PRINTER, PaperChoice
from casemgr.trouble import Refusal, Stopped, Trouble
from ui.parts.card import text_label
from ui.parts.flow import FlowLayout
from ui.parts.paper_dialogs import LockDialog, NameDialog
from ui.parts.paper_options import PaperOptions
from ui.parts.paper_source import Going, Made, Source
from ui.parts.paper_view import PaperView, add_key, tool
from ui.parts.pdf_pages import BLANK, Aside, new_printer, pages_of, print_pages, sides_for
from ui.parts.spoken import announce
from ui.parts.work_bar import SHOWN_AFTER
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

PRINT, SAVE, CLOSE, STOP = N_("Print…"), N_("Save as PDF…"), N_("Close"), N_("Stop")
SAVE_LOCKED = N_("Save with a password…")
PROGRESS = N_("How far it has come")
NO_PRINTER = N_("This computer knows no printer. Save the paper as a PDF file and print it on another one.")
SAVED = N_("Saved as {file} in {folder}.")
SAVED_LOCKED = N_("Saved as {file} in {folder}, locked with the password.")
PRINTED = N_("{pages} pages were sent to the printer.")
STOPPED = N_("Printing was stopped.")
PDF_FILES = N_("PDF files")


class Shown(NamedTuple):
    """The paper that is shown, and which one it is: only this one leaves."""

    made: Made
    choice: PaperChoice

    @property
    def data(self) -> bytes:
        """The PDF."""
        return self.made.data


class Preview(QWidget):
    """Shows the pages and lets them out, on paper or as a file.

    office_folder: where no paper may be saved. choice: what is shown first; in the screen's language unless it says
    another.
    """

    closed = Signal()

    def __init__(
        self, tasks: Tasks, source: Source, *, office_folder: Path, choice: PaperChoice = AS_USUAL,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Have the paper made and show its first page."""
        super().__init__(parent)
        self._tasks, self.source, self._office_folder = tasks, source, office_folder
        self.options = PaperOptions(source.offers, choice, self)
        self.shown = Shown(Made(b""), self.options.choice)
        self._is_made = self._is_printing = False
        self._then: Callable[[], None] | None = None  # what the worker asked of a paper that is still being made
        self._making, self._sending = Watch(), Watch()
        """Of the paper asked for last, and of what was printed last; a late answer of an earlier paper is not shown."""
        self._aside, self._printers = Aside(self), Aside(self, goes_on=True)
        self.view = PaperView(source.title, self._aside, self)
        self.view.shown.connect(self._on_shown)
        self.view.failed.connect(self._tell)
        self._build(source.title)
        self._keys()
        self.options.changed.connect(self.make)
        self._slow = QTimer(self)  # what is made at once shows no bar, which would only flicker
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_AFTER)
        self._slow.timeout.connect(lambda: self._on_making(0, 0))
        self.make()

    @property
    def choice(self) -> PaperChoice:
        """What is chosen now; the paper that is shown may still be the one before."""
        return self.options.choice

    @property
    def language(self) -> str:
        """The language that is chosen now."""
        return self.choice.language or words().language

    @property
    def pages(self) -> int:
        """How many pages the paper has, 0 until it is there."""
        return self.view.pages

    def make(self) -> None:
        """Have the paper made anew; until it is there, nothing is printed or saved."""
        self._making.stop()  # the one before is no longer wanted, nor what was asked of it
        watch, self._is_made, self._then = Watch(), False, None
        self._making, watch.told = watch, self._on_making
        make, choice = self.source.make, self.choice
        self._update_exits()
        self._slow.start()
        self._tasks.run_watched(
            watch, lambda progress, cancelled: Shown(make(choice, Going(progress, cancelled)), choice),
            partial(self._on_made, watch), partial(self._on_not_made, watch),
        )  # fmt: skip

    def save(self) -> None:
        """Ask where to, and save the paper as a PDF file."""
        if self.save_button.isEnabled():
            self._ask_name(self._ask_where)

    def save_locked(self) -> None:
        """Ask for a password and where to, and save the paper as a PDF file that opens with it alone."""
        if self.lock_button.isEnabled():
            self._ask_name(self._ask_password)

    def save_to(self, name: str, password: str | None = None) -> None:
        """Save the paper under that file name, locked where a password is given, and have it written down."""
        shown, log, folder = self.shown, self.source.log, self._office_folder
        self._tasks.run(
            lambda: _write(Path(name), shown, log, folder, password),
            partial(self._on_saved, SAVED if password is None else SAVED_LOCKED), self._tell,
        )  # fmt: skip

    def print(self) -> None:
        """Ask which printer, and print; where there is none, say so."""
        if not self.print_button.isEnabled():
            return
        if not QPrinterInfo.availablePrinterNames():
            self.say(tr(NO_PRINTER))
            self.save_button.setFocus()
            return
        self._ask_name(self._ask_printer)

    def print_on(self, printer: QPrinter) -> None:
        """Have it written down, then print on that printer, in a thread of its own."""
        shown, log = self.shown, self.source.log
        pages = sides_for(printer, pages_of(printer, self.pages), shown.made.starts)
        self._sending = Watch()
        self._sending.told = self._on_sent
        self.progress.setRange(0, len(pages))
        self.progress.setValue(0)
        self._show_printing(printing=True)
        self._tasks.run(
            lambda: log(shown.choice, PRINTER), partial(self._on_logged, printer, shown.data, pages), self._on_not_sent
        )  # fmt: skip

    def stop(self) -> None:
        """Stop printing after the page in hand, and making at once: the paper of before stays, or the preview goes."""
        self._sending.stop()
        self._making.stop()
        if not self._is_made and not self._is_printing:
            self._making = Watch()
            self._fall_back(Stopped())

    def leave(self) -> None:
        """Close the preview."""
        self._sending.stop()
        self._making.stop()
        for aside in (self._aside, self._printers):
            aside.park()
        self.closed.emit()

    def say(self, text: str, *, done: bool = False) -> None:
        """Show a line of text above the pages; an empty one takes it away. done: it tells that all went well."""
        self.message.setProperty("role", "undo" if done else "notice")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setText(wrapped(text))
        self.message.setVisible(bool(text))
        announce(self, text)

    def _build(self, title: str) -> None:
        heading = QLabel(wrapped(title), self)
        heading.setProperty("role", "title")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        self.note = text_label("", "help")
        self.note.hide()
        self.message = QLabel(self)
        self.message.setProperty("role", "notice")
        self.message.setWordWrap(True)
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(tool(self, CLOSE, self.leave), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self._build_tools())
        column.addWidget(self.options)
        column.addWidget(self._build_progress())
        column.addWidget(self.note)
        column.addWidget(self.message)
        column.addWidget(self.view, 1)

    def _build_tools(self) -> QWidget:
        tools = QWidget(self)
        flow = FlowLayout(tools, gap=8, line_gap=8)
        self.print_button = tool(tools, PRINT, self.print, role="primary")
        self.save_button = tool(tools, SAVE, self.save)
        self.lock_button = tool(tools, SAVE_LOCKED, self.save_locked)
        for widget in (self.print_button, self.save_button, self.lock_button, *self.view.tools):
            flow.addWidget(widget)
        return tools

    def _build_progress(self) -> QWidget:
        self.printing = QWidget(self)
        row = QHBoxLayout(self.printing)
        row.setContentsMargins(0, 0, 0, 0)
        self.progress = QProgressBar(self.printing)
        self.progress.setAccessibleName(tr(PROGRESS))
        row.addWidget(self.progress, 1)
        self.stop_button = tool(self.printing, STOP, self.stop)
        row.addWidget(self.stop_button)
        self.printing.hide()
        return self.printing

    def _keys(self) -> None:
        add_key(self, "Ctrl+P", self.print)
        add_key(self, "Ctrl+S", self.save)
        add_key(self, "Ctrl+Shift+S", self.save_locked)
        add_key(self, "Esc", self.leave)
        self.view.add_keys(self)

    # Before it leaves

    def _ask_name(self, then: Callable[[], None]) -> None:
        """Ask whether the name may leave where that is to be asked; then go on."""
        warning = self.shown.made.warning
        if warning is None:
            then()
            return
        dialog = NameDialog(warning, self, can_code=self.source.offers.named is not None)
        dialog.kept.connect(then)
        dialog.coded.connect(partial(self._with_code, then))
        dialog.open()

    def _with_code(self, then: Callable[[], None]) -> None:
        self.options.choose_code()
        if self._is_made:
            then()
        else:
            self._then = then

    def _ask_where(self, password: str | None = None) -> None:
        label = SAVE if password is None else SAVE_LOCKED
        dialog = QFileDialog(self, tr(label), str(Path.home() / self.source.file_name), f"{tr(PDF_FILES)} (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_to(name, password))
        dialog.open()

    def _ask_password(self) -> None:
        dialog = LockDialog(self)
        dialog.chosen.connect(self._ask_where)
        dialog.open()

    def _ask_printer(self) -> None:
        printer = new_printer()
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pages)
        dialog.setFromTo(1, self.pages)
        dialog.setModal(True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.show()

    # While it is made and printed

    def _on_making(self, done: int, total: int) -> None:
        if not self._is_made and not self._is_printing:
            self.progress.setRange(0, total)  # 0 of 0: nobody knows how much it is
            self.progress.setValue(done)
            self.printing.setVisible(done < total or not total)

    def _on_made(self, watch: Watch, shown: Shown) -> None:
        if watch is not self._making:
            return
        self.shown = shown
        self.options.offer_more(more=shown.made.more)
        self.note.setText(wrapped(tr(shown.made.note)) if shown.made.note else "")
        self.note.setVisible(bool(shown.made.note))
        self.view.show_pages(shown.data)

    def _on_shown(self, data: bytes) -> None:
        if data is not self.shown.data or self.choice != self.shown.choice:
            return
        self._is_made = True
        self._slow.stop()
        self._show_printing(printing=self._is_printing)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_not_made(self, watch: Watch, error: Exception) -> None:
        """Go back to the paper that is shown, and say why there is no other."""
        if watch is self._making:
            self._fall_back(error)

    def _fall_back(self, error: Exception) -> None:
        self._slow.stop()
        if isinstance(error, Stopped) and not self.shown.data:
            self.leave()
            return
        self._is_made, self._then = bool(self.shown.data), None
        self.options.show_choice(self.shown.choice)
        self._show_printing(printing=self._is_printing)
        self._tell(error)

    def _on_logged(self, printer: QPrinter, data: bytes, pages: list[int], _: object) -> None:
        if self._sending.is_stopped():
            self._on_printed(0, whole=False)
            return
        count = sum(page != BLANK for page in pages)
        self._printers.run_watched(
            self._sending, lambda progress, cancelled: print_pages(data, printer, pages, progress, cancelled),
            partial(self._on_printed, count), self._on_not_sent,
        )  # fmt: skip

    def _on_sent(self, done: int, _total: int) -> None:
        self.progress.setValue(done)

    def _on_saved(self, message: str, path: Path) -> None:
        self.say(tr(message, file=path.name, folder=path.parent), done=True)

    def _on_printed(self, pages: int, whole: bool) -> None:
        self._show_printing(printing=False)
        self.say(tr(PRINTED, pages=words().number(pages)) if whole else tr(STOPPED), done=whole)

    def _on_not_sent(self, error: Exception) -> None:
        self._show_printing(printing=False)
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        """Say why something was not done; what is being printed meanwhile goes on."""
        if isinstance(error, Refusal | Trouble):
            self.say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _show_printing(self, *, printing: bool) -> None:
        self._is_printing = printing
        self.printing.setVisible(printing)
        self._update_exits()

    def _update_exits(self) -> None:
        """Let out only what is shown, and print one thing at a time."""
        self.print_button.setEnabled(self._is_made and not self._is_printing)
        for button in (self.save_button, self.lock_button):
            button.setEnabled(self._is_made)


def _write(
    path: Path, shown: Shown, log: Callable[[PaperChoice, str], Any], office_folder: Path, password: str | None
) -> Path:  # fmt: skip
    log(shown.choice, PDF if password is None else LOCKED_PDF)
    papers.save_paper(path, shown.data, office_folder, password)
    return path
