"""Under which field names is sent to another program: the program's own, those of a file, or those the office keeps."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.exchange.site_map import MapLine, SiteMap, lines_of
from casemgr.i18n import N_
from casemgr.services.office import Office
from casemgr.services.sending_map import (
    CHANGED,
    CLASH,
    MAPS,
    NOT_SENT,
    Names,
    forget_names,
    keep_names,
    map_from,
    may_keep,
    names_of,
    save_map,
)
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import make_primary, selectable, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.flow import FlowLayout
from ui.parts.listing import Column, Line, ListModel, Table
from ui.parts.toggle import Toggle
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

OF_PROGRAM = N_("The field names are those this program has.")
OF_OFFICE = N_("The field names are those kept with the office since {when}.")
OF_FILE = N_("The field names are those of {file}.")
SEE, TITLE = N_("Field names…"), N_("Field names for {system}")
CHOOSE, SAVE = N_("Other field names…"), N_("Save the field names…")
KEEP, FORGET, FORGET_SURE = N_("Keep with the office"), N_("Forget those kept"), N_("Really forget them?")
HELP = N_("Save the field names to a file, change them with a text editor, then choose that file.")
ONLY_NOW = N_("Those of a file count for this one sending, until they are kept with the office.")
SAVED = N_("The field names were saved to {file}.")
FILES, CLOSE = N_("Files of field names"), N_("Close")
SHOWN, ALL, OTHER = N_("Which field names"), N_("All field names"), N_("Changed field names")
WHERE = N_("{part}: {name}")
COLUMNS = (Column(N_("Line of the file"), 38, strong=True), Column(N_("Name there"), 44),
           Column(N_("Changed?"), 18))  # fmt: skip
HEIGHT = 232
SYSTEMS = {"primero": "Primero", "oscar": "OSCaR", "dhis2": "DHIS2"}


class MapChoice(QWidget):
    """By whose names it goes. site: those of a file that count for this sending; None: those of the office."""

    changed = Signal()
    refused = Signal(str)
    """What stands in the way, in the screen's language; nothing: it does no more."""

    def __init__(self, office: Office, tasks: Tasks, system: str, parent: QWidget) -> None:
        """Ask which names are kept with the office."""
        super().__init__(parent)
        self._office, self._tasks, self.system = office, tasks, system
        self.site: SiteMap | None = None
        self._file = ""
        self.kept = Names(MAPS[system], None)
        self.may_keep = may_keep(office, system)
        self.said = text_label("", "answer")
        self.see_button = QPushButton(tr(SEE), self)
        self.see_button.clicked.connect(self.see)
        row = QHBoxLayout()
        row.addWidget(self.see_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.said)
        column.addLayout(row)
        self.read()

    @property
    def shown(self) -> SiteMap:
        """The names that it goes by now."""
        return self.site or self.kept.site

    @property
    def text(self) -> str:
        """Whose names these are, in the screen's language."""
        if self.site is not None:
            return tr(OF_FILE, file=self._file)
        if self.kept.clash is not None:
            return tr(CLASH, name=self.kept.clash)
        if self.kept.kept_at is not None:
            return tr(OF_OFFICE, when=words().date(self.kept.kept_at.date()))
        return tr(OF_PROGRAM)

    def read(self) -> None:
        """Ask which names are kept with the office."""
        self._run(partial(names_of, self._office, self.system), self._on_read)

    def see(self) -> None:
        """Show the names, and what can be done with them."""
        NamesDialog(self, self._tasks).open()

    def use(self, name: str) -> None:
        """Take the names in that file, or say what is wrong with it."""

        def take() -> None:
            self.site, self._file = map_from(self.system, Path(name)), Path(name).name

        if self._tried(take):
            self._tell()

    def save_to(self, name: str) -> bool:
        """Write the names that it goes by to a file, to be changed there; return whether that was done."""
        return self._tried(lambda: save_map(self.shown, Path(name)))

    def keep(self) -> None:
        """Keep the names of the file with the office."""
        if self.site is not None:
            self._run(partial(keep_names, self._office, self.site), self._on_kept)

    def forget(self) -> None:
        """Let the office send under the program's own names again."""
        self._run(partial(forget_names, self._office, self.system), self._on_kept)

    def _on_kept(self, _changes: object) -> None:
        self.site = None
        self.read()

    def _on_read(self, kept: Names) -> None:
        self.kept = kept
        self._tell()

    def _tell(self) -> None:
        self.said.setText(wrapped(self.text))
        self.changed.emit()

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.refused.emit("")
        self._tasks.run(work, done, self._on_refused)

    def _tried(self, work: Callable[[], None]) -> bool:
        self.refused.emit("")
        try:
            work()
        except (Refusal, Trouble) as problem:
            self._on_refused(problem)
            return False
        return True

    def _on_refused(self, problem: Exception) -> None:
        if isinstance(problem, Refusal | Trouble):
            self.refused.emit(problem.say(words()))
        else:
            self._tasks.failed.emit(problem)


class NamesDialog(CalmDialog):
    """Every name, those that are changed marked; another file, keeping and forgetting."""

    def __init__(self, choice: MapChoice, tasks: Tasks) -> None:
        """Show the names that the choice goes by now."""
        super().__init__(tr(TITLE, system=SYSTEMS[choice.system]), choice)
        self._choice = choice
        self._sure = False
        self.said = text_label("", "answer")
        self.shown = Toggle(SHOWN, {"all": ALL, "other": OTHER}, self)
        self.shown.chosen.connect(lambda _key: self._show_lines())
        self.model = ListModel(COLUMNS, tasks, self)
        self.table = Table(tr(SHOWN), tuple(each.share for each in COLUMNS), self)
        self.table.setModel(self.model)
        self.table.setFixedHeight(HEIGHT)
        self.detail = selectable(text_label("", "answer"))
        self.model.loaded.connect(lambda: self._tell(0))
        self.table.selectionModel().currentRowChanged.connect(lambda at, _before: self._tell(at.row()))
        self.message, self.problem = text_label("", "notice"), text_label("", "problem")
        self.choose_button, self.save_button = QPushButton(tr(CHOOSE), self), QPushButton(tr(SAVE), self)
        self.forget_button = QPushButton(tr(FORGET), self)
        ways = QWidget(self)
        flow = FlowLayout(ways, 8, 8)
        for button in (self.choose_button, self.save_button, self.forget_button):
            button.setAutoDefault(False)
            flow.addWidget(button)
        self.help = text_label(tr(HELP), "help")
        self.only_now = text_label(tr(ONLY_NOW), "help")
        for widget in (
            self.said, self.shown, self.table, self.detail, ways, self.help, self.only_now, self.message, self.problem
        ):  # fmt: skip
            self.column.addWidget(widget)
        self.keep_button, close = QPushButton(tr(KEEP), self), QPushButton(tr(CLOSE), self)
        self.choose_button.clicked.connect(self._choose)
        self.save_button.clicked.connect(self._save)
        self.forget_button.clicked.connect(self.forget)
        self.keep_button.clicked.connect(choice.keep)
        close.clicked.connect(self.reject)
        self.add_exits(close, self.keep_button)
        choice.changed.connect(self._show)
        choice.refused.connect(self._say_problem)
        self._say()
        self._say_problem("")
        self._show()
        self.table.setFocus()

    def forget(self) -> None:
        """Forget those kept with the office; asked twice."""
        if self._sure:
            self._choice.forget()
        else:
            self._sure = True
            self.forget_button.setText(tr(FORGET_SURE))

    def save_to(self, name: str) -> None:
        """Write them to a file."""
        if self._choice.save_to(name):
            self._say(tr(SAVED, file=Path(name).name))

    def use(self, name: str) -> None:
        """Take those of a file."""
        self._choice.use(name)

    def _show(self) -> None:
        choice = self._choice
        self._sure = False
        self._say()
        self.said.setText(wrapped(choice.text))
        self.only_now.setVisible(choice.site is not None)
        self.keep_button.setVisible(choice.may_keep)
        self.keep_button.setEnabled(choice.site is not None)
        if choice.site is not None:
            make_primary(self.keep_button)
        self.forget_button.setText(tr(FORGET))
        self.forget_button.setVisible(choice.may_keep and choice.site is None and choice.kept.kept_at is not None)
        self._show_lines()

    def _show_lines(self) -> None:
        told = list(lines_of(self._choice.shown, MAPS[self._choice.system]))
        lines = _lines([line for line in told if self.shown.value == "all" or not line.is_own])
        self.model.read(lambda after, count: lines[(begin := 0 if after is None else after + 1) : begin + count])

    def _tell(self, at: int) -> None:
        """Tell the whole of a line, of which the table shows as much as has room."""
        known = 0 <= at < len(self.model.lines)
        self.detail.setText(wrapped(" · ".join(filter(None, self.model.lines[at].cells))) if known else "")

    def _say(self, text: str = "") -> None:
        self.message.setText(wrapped(text))
        self.message.setVisible(bool(text))

    def _say_problem(self, text: str) -> None:
        self.problem.setText(wrapped(text))
        self.problem.setVisible(bool(text))

    def _choose(self) -> None:
        dialog = self._file_dialog(CHOOSE, Path.home(), self.use)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _save(self) -> None:
        dialog = self._file_dialog(SAVE, Path.home() / f"{self._choice.system}-map.json", self.save_to)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.open()

    def _file_dialog(self, title: str, where: Path, act: Callable[[str], None]) -> QFileDialog:
        dialog = QFileDialog(self, tr(title).rstrip("…"), str(where), f"{tr(FILES)} (*.json)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(act)
        return dialog


def _lines(told: Sequence[MapLine]) -> list[Line]:
    return [
        Line(
            UUID(int=at),
            (tr(WHERE, part=line.part, name=line.key), tr(NOT_SENT) if line.name is None else line.name,
             "" if line.is_own else tr(CHANGED)),
            at,
        )
        for at, line in enumerate(told)
    ]  # fmt: skip
