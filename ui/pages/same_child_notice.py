"""While a child is written down: children that are here already and may be the same, with what speaks for it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.child import Child
from casemgr.services import same_child
from casemgr.services.office import Office
from casemgr.services.same_child import Candidate, Likeness, Person
from ui.editors.said import with_label
from ui.pages.case_head import both_names
from ui.parts.card import text_label
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("This child may be written down already")
ELSEWHERE = N_("Another worker carries this child's cases. Ask the supervisor.")
CHILD_LINE = N_("Child {code}")
MOST = 3
PAUSE = 400


class SameChildNotice(QFrame):
    """Looks a moment after the last key, and shows the likeliest; hidden while there is nobody."""

    chosen = Signal(object)
    """The child that the worker means (Candidate)."""

    def __init__(
        self, office: Office, tasks: Tasks, action: str, parent: QWidget | None = None, *, most: int = MOST
    ) -> None:  # fmt: skip
        """Action: the message on the button of each child; most: so many are shown at most."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._asked: tuple[Person, UUID | None] | None = None
        self._most, self._found = most, list[Candidate]()
        self.shown: list[Candidate] = []
        self.seen = set[UUID]()  # whom the worker was shown here
        self.setProperty("role", "notice")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(text_label(tr(TITLE), "answer-strong"))
        # Made at once and hidden, so that Tab comes to them where they stand.
        self.lines = [_Line(tr(action), self) for _ in range(most)]
        for at, line in enumerate(self.lines):
            line.button.clicked.connect(partial(self._on_clicked, at))
            column.addWidget(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.search)
        self.hide()

    def look(self, child: Child, *, known: bool = False) -> None:
        """Look for a child in a moment. known: it is written down already, and is not meant itself."""
        self._asked = same_child.person_of(child), child.id if known else None
        self._timer.start()

    def search(self) -> None:
        """Look now for what was last asked."""
        self._timer.stop()
        if self._asked is None:
            return
        asked, office = self._asked, self._office
        person, without = asked
        if not person.names:
            self.show_candidates([])
            return

        def show(found: list[Candidate]) -> None:
            if self._asked is asked:
                self.show_candidates(found)

        self._tasks.run(lambda: same_child.candidates(office, person, without=without), show)

    def rest(self) -> None:
        """Look no more, and show nothing."""
        self._timer.stop()
        self._asked = None
        self.show_candidates([])

    def show_candidates(self, found: list[Candidate]) -> None:
        """Show the likeliest of these; none hides the notice."""
        self._found = found
        self.shown = found[: self._most]
        self.seen |= {each.child_id for each in self.shown}
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(self.shown))
            if at < len(self.shown):
                line.show_candidate(self.shown[at], words())
        self.setVisible(bool(self.shown))

    def show_most(self, most: int) -> None:
        """Show so many at most, where there is less or more room than before."""
        if most != self._most:
            self._most = most
            self.show_candidates(self._found)

    def _on_clicked(self, at: int) -> None:
        if at < len(self.shown):
            self.chosen.emit(self.shown[at])


class _Line(QWidget):
    """One child: what it is called, what speaks for it, and the button."""

    def __init__(self, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        self.name: QLabel = text_label("", "answer")
        self.about: QLabel = text_label("", "help")
        self.button = QPushButton(action, self)
        texts, row = QVBoxLayout(), QHBoxLayout(self)
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.about)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def show_candidate(self, candidate: Candidate, language: Words) -> None:
        name, about = candidate_said(candidate, language)
        self.name.setText(wrapped(name))
        self.about.setText(wrapped(about))
        self.button.setVisible(candidate.child is not None)
        self.button.setAccessibleName(f"{self._action}: {name}")
        self.button.setAccessibleDescription(about)


def candidate_said(candidate: Candidate, language: Words) -> tuple[str, str]:
    """Return what a candidate is called, and what is said of it; of another worker's the code alone."""
    code = language.text(CHILD_LINE, code=candidate.code)
    if candidate.child is None:
        return code, language.text(ELSEWHERE)
    return f"{both_names(candidate.child)}  ·  {code}", reasons_said(candidate.likeness, language)


def reasons_said(likeness: Likeness, language: Words) -> str:
    """Return the reasons in one line, the weightiest first, those that speak against it last."""
    return " · ".join(language.text(reason.label) for reason in likeness.reasons)


def born_said(child: Child, language: Words) -> str:
    """Return the date of birth after its label, nothing where it is not known."""
    if child.born is None:
        return ""
    return with_label(language.text(N_("Date of birth")), language.partial_date(child.born), language)
