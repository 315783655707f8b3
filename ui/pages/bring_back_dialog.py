"""Shows what changes when an earlier version of a record is brought back, asks why, and brings it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.fields import FieldInfo
from casemgr.services import versions
from casemgr.services.office import Office
from casemgr.services.versions import State, Versions
from casemgr.trouble import EditedElsewhere, Refusal, Trouble
from ui.pages.side_by_side import Pair, comparison
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import resize_within
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

BRING_BACK, DO_IT = N_("Bring this version back…"), N_("Bring back")
TITLE = N_("Bring back: {what}")
CHANGES = N_("These answers change. Take the mark away where an answer is to stay as it is now.")
COMES_BACK = N_("This was removed. It will be there again, and says:")
STAYS = N_("This stays as it is now: {questions}")
NOW, NOTHING_NOW, THEN = N_("As it is now"), N_("It was removed"), N_("As it will be")
WHY = N_("Why is this version brought back? The reason is kept.")
COMES = N_("Comes back: {question}")
CANCEL = N_("Cancel")
CHANGED_SINCE = N_("Somebody else changed this record in between. Close this and look at its versions again.")


class BringBackDialog(QDialog):
    """Nothing is brought back before a reason is written and at least one answer is marked."""

    brought_back = Signal(object)
    """What it changed (Changes)."""

    def __init__(
        self, office: Office, tasks: Tasks, found: Versions, state: State, what: str, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        """State: the version that is wanted; what is shown as it is."""
        super().__init__(parent)
        self._office, self._tasks, self._found, self._state = office, tasks, found, state
        self.boxes: dict[str, QCheckBox] = {}
        self.setWindowTitle(tr(DO_IT))  # no name of a child: other windows list titles
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 900, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label(tr(TITLE, what=what), "section"))
        removed = found.now is None
        column.addWidget(text_label(tr(COMES_BACK if removed else CHANGES), "answer"))
        infos = versions.differing(found.now, state.record, found.kind)
        coming = [info for info in infos if removed or info in versions.brought_back(found.kind)]
        headings = tr(NOTHING_NOW if removed else NOW), tr(THEN)
        pair, about = Pair(found.now, state.record), tr(TITLE, what=what)
        self.area = comparison(coming, pair, headings, about, (lambda _info: None) if removed else self._box)
        column.addWidget(self.area, 1)
        if staying := [tr(info.label) for info in infos if info not in coming]:
            column.addWidget(text_label(tr(STAYS, questions=", ".join(staying)), "help"))
        column.addLayout(self._reason())
        column.addLayout(self._exits())
        self._look()
        self.line.setFocus()

    def _box(self, info: FieldInfo) -> QCheckBox:
        box = QCheckBox()
        box.setChecked(True)
        box.setAccessibleName(tr(COMES, question=tr(info.label)))
        box.toggled.connect(self._look)
        self.boxes[info.name] = box
        return box

    def _reason(self) -> QVBoxLayout:
        asked = text_label(tr(WHY), "question")
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr(WHY))
        self.line.textChanged.connect(self._look)
        asked.setBuddy(self.line)
        self.message = text_label("", "problem")
        self.message.hide()
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget in (asked, self.line, self.message):
            column.addWidget(widget)
        return column

    def _exits(self) -> QHBoxLayout:
        self.go_on, self.back = QPushButton(tr(DO_IT), self), QPushButton(tr(CANCEL), self)
        make_primary(self.go_on)
        self.go_on.setDefault(True)
        self.back.setAutoDefault(False)
        self.go_on.clicked.connect(self._bring_back)
        self.back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.back)
        row.addWidget(self.go_on)
        return row

    def _look(self) -> None:
        marked = not self.boxes or any(box.isChecked() for box in self.boxes.values())
        self.go_on.setEnabled(bool(self.line.text().strip()) and marked)

    def _names(self) -> frozenset[str]:
        """Return the questions whose answers come back; of a removed record all it said does."""
        left = {name for name, box in self.boxes.items() if not box.isChecked()}
        return frozenset(info.name for info in versions.brought_back(self._found.kind) if info.name not in left)

    def _bring_back(self) -> None:
        office, found, seq, why, names = (
            self._office, self._found, self._state.version.seq, self.line.text(), self._names()
        )  # fmt: skip
        version = None if found.now is None else found.now.version
        self.go_on.setEnabled(False)
        self._tasks.run(
            lambda: versions.bring_back(office, found.kind, found.record_id, seq, why, version=version, names=names),
            self._on_done, self._on_refused,
        )  # fmt: skip

    def _on_done(self, changes: object) -> None:
        self.accept()
        self.brought_back.emit(changes)

    def _on_refused(self, error: Exception) -> None:
        self._look()
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        said = tr(CHANGED_SINCE) if isinstance(error, EditedElsewhere) else error.say(words())
        self.message.setText(wrapped(said))
        self.message.show()
