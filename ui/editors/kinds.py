"""Which editor asks which kind of field."""

from PySide6.QtWidgets import QWidget

from casemgr.i18n import Words
from casemgr.records.fields import FieldInfo, Kind
from ui.editors.choices import ChoicesEditor, ComboEditor, RadioEditor, few_and_short
from ui.editors.dates import DateEditor, MomentEditor, PartialDateEditor
from ui.editors.field_editor import FieldEditor
from ui.editors.place import PlaceEditor
from ui.editors.simple import LineEditor, NumberEditor, PhoneEditor, TextEditor

_EDITORS: dict[Kind, type[FieldEditor]] = {
    Kind.LINE: LineEditor,
    Kind.TEXT: TextEditor,
    Kind.NUMBER: NumberEditor,
    Kind.MONEY: NumberEditor,
    Kind.DATE: DateEditor,
    Kind.MOMENT: MomentEditor,
    Kind.PARTIAL_DATE: PartialDateEditor,
    Kind.CHOICES: ChoicesEditor,
    Kind.PLACE: PlaceEditor,
    Kind.PHONE: PhoneEditor,
}


def plain_editor(info: FieldInfo, words: Words, parent: QWidget) -> FieldEditor:
    """Return the editor of any field that is not itself a table."""
    if info.kind is Kind.CHOICE:
        return (RadioEditor if few_and_short(info) else ComboEditor)(info, words, parent)
    return _EDITORS[info.kind](info, words, parent)
