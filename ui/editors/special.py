"""The exit from the general editors: fields and kinds that earn a hand-written one."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from casemgr.i18n import Words
from casemgr.records.case import Offence
from casemgr.records.fields import FieldInfo, Kind
from ui.editors.field_editor import FieldEditor
from ui.editors.kinds import plain_editor
from ui.editors.rows import RowsEditor
from ui.editors.said import said
from ui.words import wrapped


def proposals(record: object, name: str, before: Any) -> dict[str, Any]:
    """Return what an answer just given proposes for other questions, by field name; before is the earlier answer.

    The kind of offence proposes its class and article (Penal Code). What the worker chose otherwise stays.
    """
    if not isinstance(record, Offence) or name != "category":
        return {}
    found = {}
    for other, law in (("offence_class", "usual_class"), ("article", "article")):
        earlier = getattr(before, law) if before is not None else None
        if getattr(record, other) in (None, earlier):
            found[other] = getattr(record.category, law) if record.category is not None else None
    return found


def editor_for(info: FieldInfo, words: Words, parent: QWidget) -> FieldEditor:
    """Return the editor of any field."""
    if info.computed:
        return ReadOnly(info, words, parent)
    if info.kind is Kind.ROWS:
        return RowsEditor(info, words, parent)
    return plain_editor(info, words, parent)


class ReadOnly(FieldEditor):
    """An answer that may be read and copied but not changed here."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show no answer."""
        super().__init__(info, words, parent)
        self.wide = info.kind in (Kind.TEXT, Kind.ROWS, Kind.CHOICES, Kind.PLACE)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setProperty("role", "answer")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        self._value: Any = None

    def value(self) -> Any:
        """Return the answer that is shown."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show an answer."""
        self._value = value
        self.label.setText(wrapped(said(self.info, value, self.words)))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the text, which can be selected and copied."""
        return (self.label,)
