"""One line of a history, or several lookings in a row: what was done, when and by whom, why, and the answers."""

from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.plain import read_moment
from casemgr.services.history import ACTIONS, UNDONE, Change, Version
from casemgr.services.versions import BROUGHT_BACK
from ui.editors.said import said
from ui.parts.card import Action, action_button, text_label
from ui.parts.fold import Fold, show_all
from ui.words import tr, words

WHO_WHEN = N_("{when} · {who}")
SEVERAL = N_("{action}, {count} times since {when}")
REASON = N_("Reason: {why}")
FROM_TO = N_("{before} → {after}")
WHOLE = N_("Show the whole text")
ERASED = N_("What this line said was erased.")
AS_OF = N_("As it was from {when} on.")
FROM_OFFICE, WITH_PASSPHRASE, TO_KEY = N_("From: {office}"), N_("With a passphrase"), N_("For the key {key}")
DONE, ANSWERS = N_("{action}: {what}"), N_("Answers: {count}")
MOST_CHANGES, FEW, LONG = 8, 2, 160
"""Answers shown before the rest is folded, also in a long list, and letters of an answer before it is."""


class VersionEntry(QFrame):
    """The lines below each other, the newest first; all but lookings come alone."""

    def __init__(
        self, run: Sequence[Version], what: str = "", actions: Sequence[Action] = (), *, folded: bool = False
    ) -> None:  # fmt: skip
        """What: the record it is about, where others stand beside it. folded: most answers when asked for."""
        super().__init__()
        newest, language = run[0], words()
        self.setProperty("role", "entry")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        done = tr(ACTIONS.get(newest.action, newest.action))
        done = tr(DONE, action=done, what=what) if what else done
        if len(run) > 1:
            done = tr(SEVERAL, action=done, count=language.number(len(run)), when=language.moment(run[-1].at))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label(done, "answer-strong"), 1)
        when = language.moment(newest.at)
        for action in actions:
            head.addWidget(action_button(action, f"{done}, {when}", self), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(text_label(tr(WHO_WHEN, when=when, who=newest.who), "help"))
        for line in _said_of(newest):
            column.addWidget(text_label(line, "answer"))
        shown = _shown(newest) if folded else newest.changes[:MOST_CHANGES]
        if shown:
            column.addWidget(_answers(newest, shown))
        if rest := [change for change in newest.changes if change not in shown]:
            count = len(newest.changes)
            label = show_all(count) if shown else tr(ANSWERS, count=language.number(count))
            column.addWidget(Fold(label, lambda: (_answers(newest, rest),), f"{done}, {when}"))


def _shown(line: Version) -> list[Change]:
    """Return the answers that stand open in a long list: a few of a change, none that is for named staff alone."""
    return [change for change in line.changes if not change.info.restricted][:FEW] if line.action == "changed" else []


def runs_of(versions: Sequence[Version], *besides: Sequence[Hashable]) -> Iterator[list[int]]:
    """Yield the places of the lines that are shown as one: the lookings of one person that follow each other.

    besides: of each line what else has to be the same.
    """
    keys = [(line.action, line.who, *more) for line, *more in zip(versions, *besides, strict=True)]
    for key, places in groupby(range(len(versions)), key=keys.__getitem__):
        if key[0] == "opened":
            yield list(places)
        else:
            yield from ([place] for place in places)


def _said_of(line: Version) -> Iterator[str]:
    """Yield what a line says beside its answers."""
    told, language = line.told, words()
    if line.action == BROUGHT_BACK and (at := told.get("at")):
        yield tr(AS_OF, when=language.moment(read_moment(at)))
    if line.action == "taken-in" and (name := told.get("name") or told.get("office")):
        yield tr(FROM_OFFICE, office=name)
    if line.action == "handed-over" and (to := told.get("to")):
        yield tr(WITH_PASSPHRASE) if to == "passphrase" else tr(TO_KEY, key=language.figures(to))
    if line.why:
        yield tr(REASON, why=tr(UNDONE) if line.why == UNDONE else line.why)
    if line.erased:
        yield tr(ERASED)


def _answers(line: Version, changes: Sequence[Change]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for row, change in enumerate(changes):
        grid.addWidget(text_label(tr(change.info.label), "help"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_answer(change, is_first=line.action == "created"), row, 1, Qt.AlignmentFlag.AlignTop)
    return holder


def _answer(change: Change, *, is_first: bool) -> QWidget:
    """Return an answer before and after; of a first version the answer alone."""
    before, after = (said(change.info, value, words()) for value in (change.before, change.after))

    def told(before: str, after: str) -> str:
        return after if is_first else tr(FROM_TO, before=before, after=after)

    whole = told(before, after)
    if max(len(before), len(after)) <= LONG:
        return text_label(whole, "answer")
    short = told(_shortened(before), _shortened(after))
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
