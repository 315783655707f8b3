"""Who may read a complaint: boxes to tick, one for each staff member."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services.readers import StaffName
from ui.editors.part import Part
from ui.parts.card import text_label
from ui.parts.flow import FlowLayout
from ui.words import tr, words

QUESTION = N_("Who may read this complaint")
SAID = N_("Nobody else sees it, not even that its clock runs. You cannot leave yourself out.")
ALONE = N_("You alone may read this complaint: nobody else works with this office.")
READERS = "_readers"
"""Names, among the answers of a draft, those who were ticked."""


class ReadersBox(Part):
    """Asks it. The worker's own box is ticked and stays so."""

    def __init__(
        self, staff: Sequence[StaffName], own: UUID, readers: Collection[UUID], parent: QWidget | None = None
    ) -> None:
        """Tick these readers; one who no longer works with the office stays a reader without a box."""
        super().__init__(parent)
        self._own = own
        self._given = tuple(readers)
        self._without_box = tuple(reader for reader in readers if reader not in {each.id for each in staff})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(text_label(tr(QUESTION), "question"))
        holder = QWidget(self)
        flow = FlowLayout(holder, gap=20, line_gap=4)
        self.boxes: dict[UUID, QCheckBox] = {}
        for each in staff:
            name = each.name if words().language == "km" else each.name_latin
            box = QCheckBox(name, holder)
            box.setAccessibleName(f"{tr(QUESTION)}: {name}")
            box.setChecked(each.id == own or each.id in readers)
            box.setEnabled(each.id != own)
            box.clicked.connect(self._on_clicked)
            flow.addWidget(box)
            self.boxes[each.id] = box
        column.addWidget(holder)
        column.addWidget(text_label(tr(SAID if len(staff) > 1 else ALONE), "help"))
        self.readers = self._ticked()
        """Those who may read it, as ticked now."""

    @property
    def is_changed(self) -> bool:
        """Whether others are ticked than were readers before; of a new complaint, than the worker alone."""
        return set(self.readers) != set(self._given or (self._own,))

    def plain(self) -> dict[str, Any]:
        """Return who is ticked."""
        return {READERS: [str(reader) for reader in self.readers]} if self.is_changed else {}

    def restore(self, plain: dict[str, Any]) -> None:
        """Tick those again."""
        if READERS in plain:
            ticked = {UUID(reader) for reader in plain[READERS]}
            for identity, box in self.boxes.items():
                box.setChecked(identity == self._own or identity in ticked)
            self.readers = self._ticked()

    def _ticked(self) -> tuple[UUID, ...]:
        return (*(identity for identity, box in self.boxes.items() if box.isChecked()), *self._without_box)

    def _on_clicked(self) -> None:
        self.readers = self._ticked()
        self.changed.emit()
