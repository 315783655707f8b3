"""Several places to be chosen, each from its province down to the village."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.khmer.sorting import sort_key
from casemgr.places import Place, below, place_name, provinces
from casemgr.services.case_list import NONE
from ui.editors.choices import StillCombo
from ui.editors.place import LEVELS
from ui.parts.card import text_label
from ui.words import tr, words

WHOLE = N_("All")
ADD, REMOVE = N_("Add this place"), N_("Remove the marked place")
LISTED = N_("Chosen places")
_CODE = Qt.ItemDataRole.UserRole
_LIST = 84


class PlaceChoice(QWidget):
    """Four lists, each below the one before, and the places chosen so far."""

    changed = Signal()

    def __init__(self, codes: tuple[str, ...], *, deep: bool, none: str, parent: QWidget | None = None) -> None:
        """codes: chosen before. deep: whether places below the province are offered. none: what "none" is called."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.combos: list[StillCombo] = []
        for level, label in enumerate(tuple(LEVELS.values())[: len(LEVELS) if deep else 1]):
            column.addLayout(self._level(level, label))
        self.add_button = QPushButton(tr(ADD), self)
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignRight)
        self.listed = _Listed(self)
        self.listed.setAccessibleName(tr(LISTED))
        self.listed.setFixedHeight(_LIST)
        self.listed.removed.connect(self.remove)
        self.remove_button = QPushButton(tr(REMOVE), self)
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self.remove)
        column.addWidget(text_label(tr(LISTED), "question"))
        column.addWidget(self.listed)
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignRight)
        self.none_box = QCheckBox(none, self)
        self.none_box.setChecked(NONE in codes)
        self.none_box.toggled.connect(self.changed)
        column.addWidget(self.none_box)
        for code in codes:
            if code != NONE:
                self._list(code)
        self._fill(0, provinces())
        self._show_buttons()

    def codes(self) -> tuple[str, ...]:
        """Return all that is chosen; what is chosen in the lists above counts, also where it was not added."""
        here = self._chosen()
        known = [*self._codes(), *([here] if here else []), *([NONE] if self.none_box.isChecked() else [])]
        return tuple(dict.fromkeys(known))

    def clear(self) -> None:
        """Take all away."""
        self.listed.clear()
        self.none_box.setChecked(False)
        self.combos[0].setCurrentIndex(0)
        self._on_level(0)

    def add(self) -> None:
        """List the place that is chosen above, so that another can be chosen."""
        code = self._chosen()
        if code and code not in self._codes():
            self._list(code)
        self.combos[0].setCurrentIndex(0)
        self._on_level(0)
        self.combos[0].setFocus()

    def remove(self) -> None:
        """Take the marked place away."""
        self.listed.takeItem(self.listed.currentRow())
        self._show_buttons()
        self.changed.emit()

    def choose(self, code: str) -> None:
        """Choose a place in the lists above."""
        for level, combo in enumerate(self.combos):
            if (at := combo.findData(code[: 2 * level + 2])) > 0:
                combo.setCurrentIndex(at)
                self._on_level(level)

    def _level(self, level: int, label: str) -> QHBoxLayout:
        row, combo = QHBoxLayout(), StillCombo(self)
        asked = text_label(tr(label), "question")
        asked.setFixedWidth(150)
        combo.setAccessibleName(tr(label))
        combo.setSizeAdjustPolicy(StillCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setEnabled(level == 0)
        combo.activated.connect(lambda _at, level=level: self._on_level(level))
        self.combos.append(combo)
        row.addWidget(asked)
        row.addWidget(combo, 1)
        return row

    def _fill(self, level: int, places: tuple[Place, ...]) -> None:
        combo, language = self.combos[level], words().language
        combo.clear()
        combo.addItem(tr(WHOLE), "")
        for each in sorted(
            places, key=lambda each: sort_key(each.name(language)) if language == "km" else each.name_en
        ):
            combo.addItem(each.name(language), each.code)
        combo.setEnabled(bool(places))

    def _on_level(self, level: int) -> None:
        code = self.combos[level].currentData() or ""
        for deeper in range(level + 1, len(self.combos)):
            inside = below(code) if code and deeper == level + 1 else ()
            self._fill(deeper, tuple(each for each in inside if len(each.code) == 2 * deeper + 2))
        self._show_buttons()
        self.changed.emit()

    def _chosen(self) -> str:
        return next((code for combo in self.combos[::-1] if (code := combo.currentData())), "")

    def _codes(self) -> list[str]:
        return [self.listed.item(at).data(_CODE) for at in range(self.listed.count())]

    def _list(self, code: str) -> None:
        item = QListWidgetItem(place_name(code, words().language, full=True))
        item.setData(_CODE, code)
        self.listed.addItem(item)

    def _show_buttons(self) -> None:
        self.add_button.setEnabled(bool(self._chosen()))
        self.remove_button.setEnabled(bool(self.listed.count()))


class _Listed(QListWidget):
    """The places chosen so far; Delete takes the marked one away."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take away, or move."""
        if event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
