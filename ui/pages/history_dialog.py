"""What became of a record: each line of its history with who, when and why, and each answer before and after."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.services import history
from casemgr.services.history import ACTIONS, UNDONE, Change, Version
from casemgr.services.office import Office
from ui.editors.said import said
from ui.parts.card import text_label
from ui.parts.fold import Fold, show_all
from ui.tasks import Tasks
from ui.words import tr, words

HISTORY = N_("History…")
TITLE = N_("History: {what}")
CLOSE = N_("Close")
NOTHING = N_("Nothing is known of its history.")
WHO_WHEN = N_("{when} · {who}")
SEVERAL = N_("{action}, {count} times since {when}")
REASON = N_("Reason: {why}")
FROM_TO = N_("{before} → {after}")
WHOLE = N_("Show the whole text")
AT_ONCE, MOST_CHANGES, LONG = 20, 8, 160
"""Lines and answers shown before the rest is folded, and letters of an answer before it is."""


def show_history(office: Office, tasks: Tasks, record: Record, what: str, window: QWidget) -> None:
    """Ask for the history of a record, and show it; what: the record's name in the screen's language."""

    def show(versions: Sequence[Version]) -> None:
        HistoryDialog(versions, what, window).open()

    tasks.run(lambda: history.of_record(office, record), show)


class HistoryDialog(QDialog):
    """Newest first. Several lookings by one person in a row are one line."""

    def __init__(self, versions: Sequence[Version], what: str, parent: QWidget | None = None) -> None:
        """Show the versions; what is shown as it is."""
        super().__init__(parent)
        self.setWindowTitle(tr(HISTORY).rstrip("…"))  # no name of a child: other windows list titles
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(QSize(780, 560))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label(tr(TITLE, what=what), "section"))
        self.area = self._list(versions)
        self.area.setAccessibleName(tr(TITLE, what=what))
        column.addWidget(self.area, 1)
        self.close_button = QPushButton(tr(CLOSE), self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.close_button.setFocus()

    def _list(self, versions: Sequence[Version]) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        runs = list(_runs(versions))
        for run in runs[:AT_ONCE]:
            column.addWidget(VersionEntry(run))
        if runs[AT_ONCE:]:
            rest = runs[AT_ONCE:]
            column.addWidget(Fold(show_all(len(runs)), lambda: (VersionEntry(run) for run in rest), self.windowTitle()))
        if not runs:
            column.addWidget(text_label(tr(NOTHING), "help"))
        column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the arrow keys scroll
        area.setWidget(body)
        return area


class VersionEntry(QFrame):
    """One version, or several lookings in a row: what was done, when and by whom, why, and the answers."""

    def __init__(self, run: Sequence[Version]) -> None:
        """Take the lines, the newest first; all but lookings come alone."""
        super().__init__()
        newest, language = run[0], words()
        self.setProperty("role", "entry")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        done = tr(ACTIONS.get(newest.action, newest.action))
        if len(run) > 1:
            done = tr(SEVERAL, action=done, count=language.number(len(run)), when=language.moment(run[-1].at))
        column.addWidget(text_label(done, "answer-strong"))
        column.addWidget(text_label(tr(WHO_WHEN, when=language.moment(newest.at), who=newest.who), "help"))
        if newest.why:
            why = tr(UNDONE) if newest.why == UNDONE else newest.why
            column.addWidget(text_label(tr(REASON, why=why), "answer"))
        if newest.changes:
            column.addWidget(_answers(newest.changes[:MOST_CHANGES]))
        if rest := newest.changes[MOST_CHANGES:]:
            column.addWidget(Fold(show_all(len(newest.changes)), lambda: (_answers(rest),), done))


def _runs(versions: Sequence[Version]) -> Iterator[list[Version]]:
    """Put the lookings of one person that follow each other together."""
    for (action, _), lines in groupby(versions, key=lambda line: (line.action, line.who)):
        if action == "opened":
            yield list(lines)
        else:
            yield from ([line] for line in lines)


def _answers(changes: Sequence[Change]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for row, change in enumerate(changes):
        grid.addWidget(text_label(tr(change.info.label), "help"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_answer(change), row, 1, Qt.AlignmentFlag.AlignTop)
    return holder


def _answer(change: Change) -> QWidget:
    before, after = (said(change.info, value, words()) for value in (change.before, change.after))
    whole = tr(FROM_TO, before=before, after=after)
    if max(len(before), len(after)) <= LONG:
        return text_label(whole, "answer")
    short = tr(FROM_TO, before=_shortened(before), after=_shortened(after))
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    label = text_label(short, "answer")
    fold = Fold(tr(WHOLE), lambda: (text_label(whole, "answer"),), tr(change.info.label))
    fold.opened.connect(partial(_hide, label))
    column.addWidget(label)
    column.addWidget(fold)
    return holder


def _hide(label: QWidget, is_open: bool) -> None:
    label.setVisible(not is_open)


def _shortened(text: str) -> str:
    """Return the beginning of a long text, ended where a Khmer letter is whole."""
    from casemgr.khmer.breaks import clusters  # noqa: PLC0415  (loaded for the first text that is long)

    return text if len(text) <= LONG else "".join(clusters(text[:LONG])[:-1]).rstrip() + "…"
