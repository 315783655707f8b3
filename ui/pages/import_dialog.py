"""Bringing in a list that an office already has: the file, what it means, what would become of it, then writing it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.services.import_checking import check_list
from casemgr.services.import_files import save_report, save_template
from casemgr.services.import_reading import OpenList, meant_before, open_list
from casemgr.services.import_told import DryRun
from casemgr.services.importing import Imported, ImportRow, import_list, imports, undo_import
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Stopped, Trouble
from ui.pages.import_parts import MappingPart, ReportPart
from ui.pages.take_out import TakeOutDialog
from ui.parts.card import Action, Card, Entry, empty, make_primary, text_label
from ui.parts.dialog import resize_within
from ui.parts.held_over import HeldOver
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

TITLE = N_("Import a list")
INTRO = N_(
    "A list from Excel, or as CSV in UTF-8, is looked through row by row before anything is written. Nothing that is "
    "here already is changed, and the whole import can be taken back."
)
OUT, OUT_HINT = N_("Save all cases as a list…"), N_("With the columns of the empty list and with names; an import of "
                                                    "it changes nothing.")  # fmt: skip
EMPTY_LIST, CHOOSE = N_("Save an empty list…"), N_("Choose a list…")
EMPTY_HINT = N_("The empty list has the columns, the answers and the villages in both languages. Write one case in "
                "each row.")  # fmt: skip
LISTS, WORKBOOKS, ALL_FILES = N_("Lists"), N_("Excel workbooks"), N_("All files")
EARLIER, NONE_YET = N_("Earlier imports"), N_("No list has been imported.")
ONE_EARLIER = N_("{when}: {children} children, {cases} cases")
TAKE_BACK, TAKE_BACK_SURE = N_("Take back"), N_("Really take back all of it?")
LOOK, WRITE, SAVE_REPORT = N_("Look at the rows"), N_("Write the rows"), N_("Save the report…")
BACK, CANCEL, CLOSE = N_("Back"), N_("Cancel"), N_("Close")
READING, CHECKING, WRITING, UNDOING = (
    N_("The list is being read."), N_("The rows are being looked at."), N_("The rows are being written."),
    N_("The import is being taken back."),
)  # fmt: skip
WRITTEN = N_("{children} new children and {cases} cases were written; {here} rows were here already, {out} left out.")
ALL_HERE = N_("All rows of this list are here already. Nothing was written.")
AS_BEFORE = N_("What the columns mean is as you had chosen it before the window was locked.")
TAKEN_BACK, SAVED = N_("The import was taken back."), N_("The file was saved.")


class ImportDialog(QDialog):
    """One step after the other; Back leads to the one before, Escape stops what is under way, then closes."""

    changed = Signal(object)
    """What was written or taken back (Changes)."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None) -> None:
        """Begin with the choice of a file."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.part: QWidget | None = None
        self.opened: OpenList | None = None
        self.setWindowTitle(tr(TITLE))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 940, 620)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label(tr(TITLE), "title"))
        self._body = QVBoxLayout()
        column.addLayout(self._body, 1)
        self.work = WorkBar(self, at_once=True)
        self.message = text_label("", "notice")
        self.problem = text_label("", "problem")
        for widget in (self.work, self.message, self.problem):
            column.addWidget(widget)
        self.back_button, self.close_button = QPushButton(tr(BACK), self), QPushButton(tr(CANCEL), self)
        self.more_button, self.go_button = QPushButton(tr(SAVE_REPORT), self), QPushButton(self)
        make_primary(self.go_button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addStretch()
        for button in (self.close_button, self.more_button, self.go_button):
            row.addWidget(button)
        column.addLayout(row)
        self._act: Callable[[], None] = self.choose
        self.back_button.clicked.connect(self.go_back)
        self.close_button.clicked.connect(self.reject)
        self.more_button.clicked.connect(self.ask_report)
        self.go_button.clicked.connect(self.go_on)
        for button in (self.back_button, self.close_button, self.more_button, self.go_button):
            button.setAutoDefault(False)
        self._before: tuple[str, str] | None = None
        """The list of which it was chosen what it means when the window was locked, by its key, and what."""
        HeldOver(self, office, "import", self._chosen, self._restore)
        self.show_start()

    def go_on(self) -> None:
        """Do what the step leads to."""
        self._act()

    def go_back(self) -> None:
        """Go to the step before: from the rows to what the columns and words mean, where that was asked."""
        if isinstance(self.part, ReportPart) and self.opened is not None and not self.opened.is_ours:
            self._say()
            self.show_mapping(self.opened).show_unsaid()
        else:
            self.show_start()

    def show_start(self) -> None:
        """Offer the empty list, the choice of a file, and the imports that can be taken back."""
        self._say()
        start = StartPart(self)
        self._show(start, CHOOSE, self.choose, back=False)
        office = self._office
        self._tasks.run(lambda: imports(office), start.show_earlier, self._tell_refused)

    def choose(self) -> None:
        """Ask which file."""
        kinds = f"{tr(LISTS)} (*.xlsx *.csv);;{tr(ALL_FILES)} (*)"
        dialog = self._file_dialog(CHOOSE, "", kinds, self.begin)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def ask_template(self) -> None:
        """Ask where the empty list is to lie."""
        self._ask_target(EMPTY_LIST, "cases.xlsx", self.save_empty)

    def save_empty(self, name: str) -> None:
        """Write the empty list."""
        path = Path(name)
        self._tasks.run(lambda: save_template(path), lambda _none: self._say(tr(SAVED)), self._tell_refused)

    def ask_report(self) -> None:
        """Ask where the report is to lie."""
        self._ask_target(SAVE_REPORT, "import-report.xlsx", self.save_report_to)

    def save_report_to(self, name: str) -> None:
        """Write the report."""
        if isinstance(self.part, ReportPart):
            dry, language, path, folder = self.part.dry, words(), Path(name), self._office.folder
            self._tasks.run(lambda: save_report(path, dry, language, office_folder=folder),
                            lambda _rows: self._say(tr(SAVED)), self._tell_refused)  # fmt: skip

    def ask_take_out(self) -> None:
        """Save all cases as such a list."""
        TakeOutDialog(self._office, self._tasks, self).open()

    def begin(self, name: str) -> None:
        """Read a file."""
        office, path = self._office, Path(name)
        self._run(READING, lambda _told, stop: open_list(office, path, stop), self._on_read)

    def show_mapping(self, opened: OpenList) -> MappingPart:
        """Ask what the columns mean; return where."""
        part = MappingPart(opened, self)
        self._show(part, LOOK, self._look)
        return part

    def check(self, opened: OpenList) -> None:
        """Find out what would become of each row."""
        office = self._office
        self.opened = opened
        self._run(CHECKING, lambda told, stop: check_list(office, opened, told, stop), self.show_report)

    def show_report(self, dry: DryRun) -> None:
        """Show what would become of each row."""
        self._rest()
        report = ReportPart(dry, self._tasks, self)
        report.ready_changed.connect(self._on_ready)
        self._show(report, WRITE, self.write, more=True)
        self._on_ready()

    def write(self) -> None:
        """Write the rows."""
        part = self.part
        if not isinstance(part, ReportPart) or not part.is_ready:
            return
        office, dry, leave_out = self._office, part.dry, part.leave_out.isChecked()
        self._run(
            WRITING,
            lambda told, stop: import_list(office, dry, leave_out_wrong=leave_out, progress=told, cancelled=stop),
            self._on_written,
        )

    def take_back(self, run: ImportRow) -> None:
        """Take an import back."""
        office = self._office
        self._run(UNDOING, lambda told, stop: undo_import(office, run.id, progress=told, cancelled=stop),
                  self._on_taken_back)  # fmt: skip

    def reject(self) -> None:
        """Stop what is under way; where nothing is, close."""
        if self.work.watch is not None:
            self.work.cancel()
        else:
            super().reject()

    def _look(self) -> None:
        if isinstance(self.part, MappingPart):
            try:
                opened = self.part.chosen()
            except Refusal as error:
                self._on_refused(error)
                return
            self.check(opened)

    def _on_read(self, opened: OpenList) -> None:
        self._rest()
        before, self._before = self._before, None
        if opened.is_ours:
            self.check(opened)
        elif before is not None and before[0] == opened.key:
            self.show_mapping(meant_before(opened, before[1]))
            self._say(tr(AS_BEFORE))
        else:
            self.show_mapping(opened)

    def _chosen(self) -> tuple[str, str] | None:
        """Return what would be lost by the lock: what the list means, once that was asked."""
        if isinstance(self.part, MappingPart):
            return self.part.opened.key, self.part.told()
        if isinstance(self.part, ReportPart) and self.opened is not None and not self.opened.is_ours:
            return self.opened.key, self.opened.mapping.plain()
        return self._before

    def _restore(self, held: Sequence[str]) -> None:
        self._before = (held[0], held[1])

    def _on_written(self, done: Imported) -> None:
        self._rest()
        self.show_start()
        if done.import_id is None:
            self._say(tr(ALL_HERE))
            return
        number = words().number
        self._say(tr(WRITTEN, children=number(done.children), cases=number(done.cases), here=number(done.here),
                     out=number(done.left_out)))  # fmt: skip
        self.close_button.setText(tr(CLOSE))
        self.changed.emit(done.changes)

    def _on_taken_back(self, changes: Any) -> None:
        self._rest()
        self.show_start()
        self._say(tr(TAKEN_BACK))
        self.changed.emit(changes)

    def _on_ready(self) -> None:
        self.go_button.setEnabled(isinstance(self.part, ReportPart) and self.part.is_ready)

    def _run(
        self, message: str, work: Callable[[Progress, Cancelled], Any], done: Callable[[Any], None]
    ) -> None:  # fmt: skip
        """Do long work, with a bar that tells how far it is and stops it."""
        if self.work.watch is not None:
            return
        self._say()
        watch = Watch()
        self.work.follow(watch, message)
        for widget in (self.part, self.back_button, self.more_button, self.go_button):
            if widget is not None:
                widget.setEnabled(False)
        self._tasks.run_watched(watch, work, done, self._on_refused)

    def _rest(self) -> None:
        self.work.rest()
        for widget in (self.part, self.back_button, self.more_button, self.go_button):
            if widget is not None:
                widget.setEnabled(True)
        if isinstance(self.part, ReportPart):
            self._on_ready()

    def _on_refused(self, error: Exception) -> None:
        self._rest()
        self._tell_refused(error)

    def _tell_refused(self, error: Exception) -> None:
        """Say why something was not done; other work that is under way goes on."""
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        if isinstance(error, Stopped):
            self._say(error.say(words()))
            return
        self.problem.setText(wrapped(error.say(words())))
        self.problem.show()
        (self.go_button if self.go_button.isEnabled() else self.close_button).setFocus()

    def _say(self, text: str = "") -> None:
        """Tell what became of the last thing that was done; nothing: take away what stands there."""
        self.problem.hide()
        self.message.setText(wrapped(text))
        self.message.setVisible(bool(text))

    def _show(
        self, part: QWidget, go_on: str, act: Callable[[], None], *, back: bool = True, more: bool = False
    ) -> None:  # fmt: skip
        empty(self._body)
        self.part, self._act = part, act
        self._body.addWidget(part)
        self.go_button.setText(tr(go_on))
        self.go_button.setEnabled(True)
        self.back_button.setVisible(back)
        self.more_button.setVisible(more)
        (part.table if isinstance(part, ReportPart) else self.go_button).setFocus()

    def _ask_target(self, title: str, name: str, save: Callable[[str], None]) -> None:
        dialog = self._file_dialog(title, name, f"{tr(WORKBOOKS)} (*.xlsx)", save)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.open()

    def _file_dialog(self, title: str, name: str, kinds: str, act: Callable[[str], None]) -> QFileDialog:
        dialog = QFileDialog(self, tr(title).rstrip("…"), str(Path.home() / name), kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(act)
        return dialog


class StartPart(QScrollArea):
    """What can be begun with, and what can be taken back."""

    def __init__(self, dialog: ImportDialog) -> None:
        """Show it; the earlier imports come as soon as they are read."""
        super().__init__(dialog)
        self._dialog = dialog
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(text_label(tr(INTRO), "answer"))
        blank = Card(tr(EMPTY_LIST).rstrip("…"), (Action(EMPTY_LIST, dialog.ask_template),))
        blank.add(text_label(tr(EMPTY_HINT), "help"))
        column.addWidget(blank)
        out = Card(tr(OUT).rstrip("…"), (Action(OUT, dialog.ask_take_out),))
        out.add(text_label(tr(OUT_HINT), "help"))
        column.addWidget(out)
        self.earlier = Card(tr(EARLIER))
        self._none = text_label(tr(NONE_YET), "help")
        self.earlier.add(self._none)
        column.addWidget(self.earlier)
        column.addStretch()
        self.setWidget(body)
        self.entries: list[Entry] = []
        self._sure: ImportRow | None = None

    def show_earlier(self, runs: list[ImportRow]) -> None:
        """Show the imports that can be taken back; asked twice, one is."""
        self._none.setVisible(not runs)
        for run in runs:
            said = tr(ONE_EARLIER, when=words().moment(run.made_at), children=words().number(run.children),
                      cases=words().number(run.cases))  # fmt: skip
            entry = Entry(said, "", (Action(TAKE_BACK, partial(self._take_back, run, len(self.entries))),))
            self.entries.append(entry)
            self.earlier.add(entry)

    def _take_back(self, run: ImportRow, at: int) -> None:
        if self._sure == run:
            self._dialog.take_back(run)
            return
        self._sure = run
        self.entries[at].buttons[TAKE_BACK].setText(tr(TAKE_BACK_SURE))
