"""What is due to be erased, by code, and what stands in the way; and the certificates of what was erased."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_, PAPER_LANGUAGES
from casemgr.records.retention import ErasingWay, Erasure
from casemgr.services import erasing
from casemgr.services.changes import Changes
from casemgr.services.erasing_due import Block, DueChild, due
from casemgr.services.office import Office, Right
from casemgr.services.papers import PaperChoice
from ui.pages.erasing_hold import HOLD, LIFT, ask_hold
from ui.pages.keeping_dialogs import EraseDialog
from ui.pages.page import page_head
from ui.parts.card import Action, Card, action_button, empty, make_primary, text_label
from ui.parts.paper_source import Going, Made, Offers, Source
from ui.parts.preview import Preview
from ui.tasks import Tasks
from ui.words import tr, words

TITLE, BACK = N_("What may be erased"), N_("Back to the settings")
SAID = N_(
    "Children by code. Nothing happens by itself. What stands in the way has to be ended first, each in its own place."
)
NOTHING = N_("Nothing is due. Without a rule, and without the decision of a supervisor, nothing ever is.")
MORE = N_("{n} more are due. Erase these first.")
DUE_LINE = N_("{what}. Since {date}: {ground}. Cases: {cases}. Records: {records}, of which documents: {documents}.")
ERASE = N_("Erase the chosen…")
MIXED = N_("These cannot be erased in the same way. Choose children that are due for the same.")
CERTIFICATES, NO_CERTIFICATE = N_("Certificates of erasing"), N_("Nothing was erased yet.")
CERTIFICATE, SHOW = N_("{code}: {way}, on {date}"), N_("Show the certificate…")
OLDER = N_("Show older certificates")
MOST = 60
"""So many children are shown at once, and so many certificates more each time: the window stands still for more."""


class ErasingPage(QStackedWidget):
    """The list that is due, with a box for each child that may be erased, over the certificates; one can be shown."""

    closed = Signal()
    changed = Signal(object)
    loaded = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask what is due."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.boxes: dict[UUID, QCheckBox] = {}
        self.rows: dict[UUID, DueChild] = {}
        self._older: list[Erasure] = []  # certificates that are not shown yet, the newest first
        back = QPushButton(tr(BACK), self)
        back.setProperty("role", "quiet")
        back.clicked.connect(self.closed)
        self.erase_button = QPushButton(tr(ERASE), self)
        make_primary(self.erase_button)
        self.erase_button.clicked.connect(self.erase)
        self.erase_button.setVisible(Right.ERASE in office.rights)
        head, _ = page_head(tr(TITLE), back, self.erase_button)
        self.message = text_label("", "problem")
        self.message.hide()
        self._list, self._papers = QVBoxLayout(), QVBoxLayout()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(text_label(tr(SAID), "help"))
        column.addWidget(self.message)
        column.addLayout(self._list)
        card = Card(tr(CERTIFICATES))
        card.column.addLayout(self._papers)
        self.older_button = QPushButton(tr(OLDER), card)
        self.older_button.setProperty("role", "quiet")
        self.older_button.clicked.connect(self.show_older)
        self.older_button.hide()
        card.column.addWidget(self.older_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)
        column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self.addWidget(area)
        self.refresh()

    def refresh(self) -> None:
        """Ask again what is due."""
        office = self._office
        self._tasks.run(lambda: (due(office), erasing.certificates(office)), self._show)

    @property
    def chosen(self) -> list[UUID]:
        """The children whose box is ticked."""
        return [child_id for child_id, box in self.boxes.items() if box.isChecked()]

    def erase(self) -> None:
        """Open the dialog that erases the chosen ones, where they can be erased in the same way."""
        rows = [self.rows[child_id] for child_id in self.chosen]
        ways = [way for way in ErasingWay if rows and all(way in row.ways for row in rows)]
        self.message.setText(tr(MIXED))
        self.message.setVisible(bool(rows) and not ways)
        if ways:
            dialog = EraseDialog(self._office, self._tasks, [row.child_id for row in rows], ways, self)
            dialog.answered.connect(self._on_erased)
            dialog.open()

    def hold(self, row: DueChild) -> None:
        """Ask a supervisor why a child is not to be erased, or why it may be again."""
        held = Block.HOLD in row.blocks
        ask_hold(self._office, self._tasks, row.child_id, row.code, self, self._on_changed, held=held)

    def show_certificate(self, erasure: Erasure, asked_by: QPushButton) -> None:
        """Preview a certificate in place of the list; asked_by: where the keyboard goes afterwards."""
        source = certificate_source(self._office, erasure)
        self.preview = Preview(self._tasks, source, office_folder=self._office.folder)
        self.preview.closed.connect(partial(self._close_certificate, self.preview, asked_by))
        self.addWidget(self.preview)
        self.setCurrentWidget(self.preview)

    def _close_certificate(self, preview: Preview, asked_by: QPushButton) -> None:
        self.setCurrentIndex(0)
        self.removeWidget(preview)
        preview.deleteLater()
        asked_by.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        self.refresh()
        self.changed.emit(changes)

    def _on_erased(self, answer: tuple[Changes, list[Erasure]]) -> None:
        self._on_changed(answer[0])

    def _show(self, found: tuple[list[DueChild], list[Erasure]]) -> None:
        due, kept = found
        for layout in (self._list, self._papers):
            empty(layout)
        self.boxes, self.rows = {}, {row.child_id: row for row in due}
        for row in due[:MOST]:
            self._list.addWidget(self._line(row))
        if not due:
            self._list.addWidget(text_label(tr(NOTHING), "answer"))
        if len(due) > MOST:
            self._list.addWidget(text_label(tr(MORE, n=words().number(len(due) - MOST)), "help"))
        self._older = kept
        self.show_older()
        if not kept:
            self._papers.addWidget(text_label(tr(NO_CERTIFICATE), "help"))
        self.loaded.emit()

    def show_older(self) -> None:
        """Show the next certificates."""
        some, self._older = self._older[:MOST], self._older[MOST:]
        for erasure in some:
            self._papers.addLayout(self._paper(erasure))
        self.older_button.setVisible(bool(self._older))

    def _line(self, row: DueChild) -> QWidget:
        line = QFrame(self)
        line.setProperty("role", "entry")
        column = QVBoxLayout(line)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        top = QHBoxLayout()
        if row.blocks or Right.ERASE not in self._office.rights:
            top.addWidget(text_label(row.code, "answer-strong"), 1)
        else:
            box = QCheckBox(row.code, line)
            self.boxes[row.child_id] = box
            top.addWidget(box, 1)
        if Right.HOLD in self._office.rights:
            label = LIFT if Block.HOLD in row.blocks else HOLD
            top.addWidget(action_button(Action(label, partial(self.hold, row)), row.code, line))
        column.addLayout(top)
        column.addWidget(text_label(_told(row), "help"))
        for block in row.blocks:
            column.addWidget(text_label(tr(block.label), "doubt"))
        return line

    def _paper(self, erasure: Erasure) -> QHBoxLayout:
        done_on = words().date(erasure.done_at.date()) if erasure.done_at else ""
        way = tr(erasure.way.label) if erasure.way else ""
        line = QHBoxLayout()
        line.addWidget(text_label(tr(CERTIFICATE, code=erasure.known_as or "", way=way, date=done_on), "answer"), 1)
        button = action_button(Action(SHOW, lambda: None), erasure.known_as or "", self)
        button.clicked.connect(partial(self.show_certificate, erasure, button))
        line.addWidget(button)
        return line


def _told(row: DueChild) -> str:
    language = words()
    return tr(
        DUE_LINE, what=tr(row.what.label), date=language.date(row.since), ground=tr(row.ground.label),
        cases=language.number(row.cases), records=language.number(row.records),
        documents=language.number(row.documents),
    )  # fmt: skip


def certificate_source(office: Office, erasure: Erasure) -> Source:
    """Return a certificate as a paper that can be looked at, printed and saved."""
    identity = erasure.id

    def make(choice: PaperChoice, _: Going) -> Made:
        return Made(erasing.certificate(office, identity, choice.language))

    def log(choice: PaperChoice, how: str) -> None:
        erasing.log_certificate(office, identity, choice.language, how)

    return Source(tr(Erasure.title), f"certificate-{erasure.known_as}.pdf", make, log, Offers(PAPER_LANGUAGES))
