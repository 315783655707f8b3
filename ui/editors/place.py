"""The editor of a place: typed in either script, chosen from the official list."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from threading import Thread
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from casemgr.i18n import N_, Words
from casemgr.pace import after_you
from casemgr.places import Place, find_places, parents, place_name
from casemgr.records.fields import FieldInfo
from ui.editors.field_editor import FieldEditor
from ui.parts.proposing import room_for

HINT = N_("Type a village, commune, district or province")
NOT_CHOSEN = N_("Choose the place from the list, so that it can be counted.")
NAME_AND_LEVEL = N_("{place} ({level})")
LEVELS = {
    "province": N_("Province"), "district": N_("District"), "commune": N_("Commune or sangkat"),
    "village": N_("Village"),
}  # fmt: skip


@cache
def _get_ready() -> None:
    """Read the list of places in the background, once, while the worker is still on the way to the question.

    The page that asks for a place is shown first.
    """

    def read() -> None:
        after_you()
        find_places("a", 1)

    Thread(target=read, daemon=True).start()


class PlaceEditor(FieldEditor):
    """A village, commune, district or province; the whole path is shown, the official code is kept."""

    wide = True

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty line."""
        super().__init__(info, words, parent)
        _get_ready()
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(words.text(HINT))
        self.found = QStringListModel(self)
        self._codes: list[str] = []  # of the places that are listed
        self.completer = QCompleter(self.found, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView()
        self.popup.setUniformItemSizes(True)
        self.completer.setPopup(self.popup)
        self.completer.setWidget(self.line)
        self.completer.setMaxVisibleItems(10)
        self.completer.activated[QModelIndex].connect(self._choose_listed)  # type: ignore[index]
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        self._code: str | None = None

    def value(self) -> str | None:
        """Return the official code of the chosen place."""
        return self._code

    def set_value(self, value: str | None) -> None:
        """Show a place by its code."""
        self._code = value
        self.line.setText(place_name(value, self.words.language, full=True) if value else "")
        self.line.setCursorPosition(0)

    def problem(self) -> str | None:
        """Return what to do when something is typed and nothing chosen."""
        return NOT_CHOSEN if self.typed() else None

    def typed(self) -> str | None:
        """Return what is typed while nothing is chosen."""
        return self.line.text().strip() or None if self._code is None else None

    def set_typed(self, typed: Any) -> None:
        """Show it again."""
        self._code = None
        self.line.setText(str(typed))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the line."""
        return (self.line,)

    def _on_edited(self, text: str) -> None:
        self._code = None
        places = find_places(text, limit=20) if text.strip() else []
        names = told_apart(places, self.words)
        self._codes = [place.code for place in places]
        self.found.setStringList(names)
        if places:
            self.completer.complete(room_for(self.line, names))
            self.popup.setCurrentIndex(self.found.index(0, 0))
        else:
            self.popup.hide()
        self.changed.emit()

    def _choose(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.set_value(self._codes[index.row()])
        self.changed.emit()

    def _choose_listed(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self._choose(index)
        self.chosen.emit()

    def _settle(self) -> None:
        """Take the place when what is typed can only mean one."""
        if self._code is None and len(self._codes) == 1 and self.line.text().strip():
            self._choose(self.found.index(0, 0))


def told_apart(places: Sequence[Place], words: Words) -> list[str]:
    """Return the whole name of each place, with its level where its own name is also that of another level.

    That is one it lies in, as a town in the province of the same name, or another one of those that are listed.
    """
    language = words.language
    levels = Counter(name for name, _ in {(each.name(language), each.level) for each in places})
    found = []
    for each in places:
        own, around = each.name(language), [above.name(language) for above in parents(each.code)]
        if own in around or levels[own] > 1:
            own = words.text(NAME_AND_LEVEL, place=own, level=words.text(LEVELS[each.level]))
        found.append(", ".join((own, *around)))
    return found
