"""The exit from the general editors: fields and kinds that earn a hand-written one."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from casemgr.i18n import Words
from casemgr.records.case import Offence, OffenceCategory
from casemgr.records.fields import Answer, FieldInfo, Kind
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import FOLLOWS_FROM, TOLD_BY, UNANSWERED, Reached
from ui.editors.field_editor import FieldEditor
from ui.editors.kinds import plain_editor
from ui.editors.rows import RowsEditor
from ui.editors.said import said
from ui.words import wrapped


def proposals(record: object, name: str, before: Any) -> dict[str, Any]:
    """Return what an answer just given proposes for other questions, by field name; before is the earlier answer.

    The kind of offence proposes its class and article (Penal Code). What a follow-up found proposes whether there was
    new contact: never "No" for a child that was not reached; and who was reached, who says so. What the worker chose
    otherwise stays.
    """
    match record, name:
        case Offence(), "category":
            return _proposed(record, _law_of(before), _law_of(record.category))
        case FollowUp(), "reached":
            return _proposed(record, _source_of(before), _source_of(record.reached))
        case FollowUp(), "status":
            found = _proposed(record, FOLLOWS_FROM.get(before, {}), FOLLOWS_FROM.get(record.status, {}))
            if record.status in UNANSWERED and record.reached is Reached.CHILD:
                found["reached"] = Reached.NOBODY
            if record.status in UNANSWERED and record.new_contact is Answer.NO:
                found["new_contact"] = Answer.UNKNOWN
            return found
        case _:
            return {}


def _proposed(record: object, before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    names = dict.fromkeys((*before, *now))
    return {name: now.get(name) for name in names if getattr(record, name) in (None, before.get(name))}


def _law_of(category: OffenceCategory | None) -> dict[str, Any]:
    if category is None:
        return {}
    return {"offence_class": category.usual_class, "article": category.article}


def _source_of(reached: Reached | None) -> dict[str, Any]:
    return {"source": TOLD_BY[reached]} if reached in TOLD_BY else {}


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
