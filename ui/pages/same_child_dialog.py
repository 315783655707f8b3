"""Two records side by side: are they of one child? What was decided can be taken back; nothing is put together."""

from collections.abc import Callable, Iterable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, fields_of
from casemgr.records.sameness import Verdict
from casemgr.services import same_child
from casemgr.services.case_files import ChildFile
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.same_child import Beside
from casemgr.trouble import Refusal, Trouble
from ui.editors.said import NOTHING, said
from ui.pages.case_head import both_names
from ui.pages.same_child_notice import reasons_said
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import may_open_before, resize_within
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("Is this the same child?")
SAID = N_(
    "Both records stay as they are. Linked, they count as one child in lists and figures; the link can be undone."
)
LINKED = N_("These two records were decided to be of one child.")
PARTED = N_("These two records were decided to be of two children.")
CASES = N_("Cases")
DIFFERENT = N_("Differs")
SAME, NOT_SAME = N_("The same child"), N_("Not the same child")
TAKE_BACK, CLOSE = N_("Take the decision back"), N_("Close")
FIRST = frozenset({"code", "family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "sex", "born"})
"""Shown whether they differ or not, answered or not."""


class SameChildDialog(QDialog):
    """Shows every answer of both, those that differ marked; asks, and keeps the decision."""

    decided = Signal(object)
    """What the decision changed (Changes)."""

    def __init__(self, office: Office, tasks: Tasks, beside: Beside, parent: QWidget) -> None:
        """Show the two records; that they were opened is already written down."""
        super().__init__(parent)
        self._office, self._tasks, self.beside = office, tasks, beside
        self.setWindowTitle(tr(TITLE))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 860, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(text_label(tr(TITLE), "title"))
        if reasons := reasons_said(beside.likeness, words()):
            column.addWidget(text_label(reasons, "answer-strong"))
        if beside.verdict is not None:
            column.addWidget(text_label(tr(LINKED if beside.verdict is Verdict.SAME else PARTED), "notice"))
        column.addWidget(self._table(), 1)
        column.addWidget(text_label(tr(SAID), "help"))
        self.message = text_label("", "problem")
        self.message.hide()
        column.addWidget(self.message)
        column.addLayout(self._exits())

    def decide(self, verdict: Verdict) -> None:
        """Keep that they are of one child, or of two, and close."""
        office, one, other = self._office, *self._two
        self._keep(lambda: same_child.decide(office, one, other, verdict))

    def take_back(self) -> None:
        """Take back what was decided, and close."""
        office, one, other = self._office, *self._two
        self._keep(lambda: same_child.take_back(office, one, other))

    @property
    def _two(self) -> tuple[UUID, UUID]:
        return self.beside.one.child.id, self.beside.other.child.id

    def _keep(self, work: Callable[[], Changes]) -> None:
        for button in self.buttons:
            button.setEnabled(False)
        self._tasks.run(work, self._on_kept, self._on_refused)

    def _on_kept(self, changes: Changes) -> None:
        self.accept()
        self.decided.emit(changes)

    def _on_refused(self, error: Exception) -> None:
        for button in self.buttons:
            button.setEnabled(True)
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        self.message.setText(wrapped(error.say(words())))
        self.message.show()

    def _exits(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.close_button = QPushButton(tr(CLOSE), self)
        self.close_button.clicked.connect(self.reject)
        self.close_button.setDefault(True)  # Enter must decide nothing
        self.same_button, self.other_button = QPushButton(tr(SAME), self), QPushButton(tr(NOT_SAME), self)
        self.back_button = QPushButton(tr(TAKE_BACK), self)
        self.buttons = (self.back_button, self.other_button, self.same_button)
        make_primary(self.same_button)
        self.same_button.clicked.connect(lambda: self.decide(Verdict.SAME))
        self.other_button.clicked.connect(lambda: self.decide(Verdict.NOT_SAME))
        self.back_button.clicked.connect(self.take_back)
        verdict = self.beside.verdict
        self.same_button.setVisible(verdict is not Verdict.SAME)
        self.other_button.setVisible(verdict is None)
        self.back_button.setVisible(verdict is not None)
        row.addStretch()
        for button in (self.close_button, *self.buttons):
            button.setAutoDefault(button is self.close_button)
            row.addWidget(button)
        return row

    def _table(self) -> QScrollArea:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, stretch in enumerate((3, 4, 4, 1)):
            grid.setColumnStretch(place, stretch)
        files = (self.beside.one, self.beside.other)
        for place, file in enumerate(files, start=1):
            grid.addWidget(text_label(both_names(file.child), "section"), 0, place)
        cases = (tr(CASES), _cases(files[0]), _cases(files[1]), False)
        lines = [*_answers(files[0].child, files[1].child), cases]
        for line, (label, ours, theirs, differ) in enumerate(lines, start=1):
            role = "answer-strong" if differ else "answer"
            for place, (text, how) in enumerate(((label, "question"), (ours, role), (theirs, role))):
                grid.addWidget(text_label(text, how), line, place, Qt.AlignmentFlag.AlignTop)
            if differ:
                grid.addWidget(text_label(tr(DIFFERENT), "help"), line, 3, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setProperty("role", "read")
        area.setAccessibleName(tr(TITLE))  # the keyboard comes to it, to scroll
        area.setWidget(body)
        return area


def _answers(one: Child, other: Child) -> Iterable[tuple[str, str, str, bool]]:
    """Yield label and both answers of each question that one of them has an answer to, and whether these differ."""
    for info in fields_of(Child):
        ours, theirs = _said(info, one), _said(info, other)
        if info.name in FIRST or (ours, theirs) != (NOTHING, NOTHING):
            differ = ours != theirs and NOTHING not in (ours, theirs) and not info.computed
            yield tr(info.label), ours, theirs, differ


def _said(info: FieldInfo, child: Child) -> str:
    return said(info, getattr(child, info.name), words())


def _cases(file: ChildFile) -> str:
    return "\n".join(case.number or "" for case in file.cases) or NOTHING


def show_beside(
    office: Office, tasks: Tasks, two: tuple[UUID, UUID], parent: QWidget, on_decided: Callable[[Changes], None]
) -> None:  # fmt: skip
    """Read two records and show them side by side; on_decided hears what a decision changed."""

    def show(beside: Beside) -> None:
        if not may_open_before(parent):
            return
        dialog = SameChildDialog(office, tasks, beside, parent)
        dialog.decided.connect(on_decided)
        dialog.open()

    one, other = two
    tasks.run(lambda: same_child.beside(office, one, other), show)
