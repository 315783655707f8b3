"""The cases behind a number, each one key away."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.services import reporting
from casemgr.services.listing import Listing
from casemgr.services.office import Office
from casemgr.services.reporting import CaseName
from ui.pages.figures import Behind, FigureLine, Figures
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.parts.list_out import ListOut
from ui.parts.toggle import Toggle
from ui.parts.two_lines import Cell
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE, OPEN, CLOSE = N_("The cases behind this number"), N_("Open the case"), N_("Close")
WHICH, COUNTED = N_("Which cases"), N_("{name}: {n}")
NUMBER, CHILD, CODE = N_("Case number"), N_("Child"), N_("Code of the child")
NONE_HERE = N_("There is no case here.")
HEIGHT = 300


class CasesDialog(CalmDialog):
    """Groups of cases, of which one is shown; Enter opens a case."""

    case_asked = Signal(object)
    """The worker wants to see the case with this identity."""

    def __init__(
        self, office: Office, tasks: Tasks, about: str, behind: tuple[Behind, ...], parent: QWidget | None
    ) -> None:
        """about: which number it is, in the screen's language."""
        super().__init__(tr(TITLE), parent)
        self._office, self._tasks, self._about, self._behind = office, tasks, about, behind
        self._cases: list[CaseName] = []
        self.column.addWidget(text_label(about, "question"))
        options = {
            str(at): tr(COUNTED, name=each.name, n=words().number(len(each.cases))) for at, each in enumerate(behind)
        }
        self.which = Toggle(WHICH, options, self)
        self.which.chosen.connect(lambda _: self.read())
        self.column.addWidget(self.which)
        self.nothing = text_label(tr(NONE_HERE), "help")
        self.column.addWidget(self.nothing)
        self.table = Figures(tr(TITLE), tuple(map(tr, (NUMBER, CHILD, CODE))), (30, 40, 30), self)
        self.table.setFixedHeight(HEIGHT)
        self.table.opened.connect(self._open)
        self.column.addWidget(self.table)
        self.open_button, close = QPushButton(tr(OPEN), self), QPushButton(tr(CLOSE), self)
        self.open_button.setProperty("role", "primary")
        self.open_button.clicked.connect(lambda: self._open(self.table.currentIndex().row()))
        close.clicked.connect(self.reject)
        self.out = ListOut(office, tasks, self.listing, TITLE, self)
        self.out.said.connect(self._say)
        self.said = text_label("", "notice")
        self.said.hide()
        self.column.addWidget(self.said)
        self.add_exits(self.open_button, self.out, close)
        self.read()

    def read(self) -> None:
        """Ask for the cases of the group that is chosen."""
        office, at = self._office, int(self.which.value)
        ids = self._behind[at].cases
        self._tasks.run(lambda: reporting.cases_behind(office, ids), partial(self._on_read, at))

    def _on_read(self, at: int, found: list[CaseName]) -> None:
        if str(at) != self.which.value:
            return
        self._cases = found
        khmer = words().language == "km"
        self.table.show_lines(
            FigureLine((
                Cell(each.number, strong=True), Cell(each.name_km if khmer else each.name_latin), Cell(each.child_code),
            ))
            for each in found
        )  # fmt: skip
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.open_button.setEnabled(bool(found))
        self.out.setEnabled(bool(found))

    def listing(self) -> Listing:
        """Return the cases that are shown, to be printed or exported."""
        from casemgr.services.shown_lists import behind_listing  # noqa: PLC0415  (loaded when it is wanted)

        return behind_listing(self._office, self._cases, (self._about, self._behind[int(self.which.value)].name))

    def _say(self, text: str) -> None:
        self.said.setText(wrapped(text))
        self.said.show()

    def _open(self, at: int) -> None:
        if 0 <= at < len(self._cases):
            case_id = self._cases[at].id
            self.accept()
            self.case_asked.emit(case_id)
