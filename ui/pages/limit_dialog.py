"""Correcting one row of the table of limits."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.law.limits import Limit
from casemgr.services import settings
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.reading import Unreadable, read_number
from ui.editors.typed_beside import TypedBeside
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.parts.lines import Lines
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("Correct a limit")
VALUE = {
    "hours": N_("How many hours"),
    "days": N_("How many days"),
    "months": N_("How many months"),
    "points": N_("How many points"),
}
ARTICLE, SOURCE = N_("Article of the law"), N_("Where this is known from")
CONFIRMED = N_("A lawyer has confirmed this limit")
CONFIRMED_BY, NOTE = N_("Confirmed by"), N_("Remark")
SAID = N_("Every deadline of the office is counted anew with it. The earlier value stays in the record of changes.")
SAVE, CANCEL = N_("Save"), N_("Cancel")
NO_VALUE = N_("Type a whole number, in figures.")


class LimitDialog(CalmDialog):
    """Asks for value, article, source, and who confirmed it."""

    def __init__(self, office: Office, tasks: Tasks, limit: Limit, parent: QWidget) -> None:
        """Show the row as it is now."""
        heading = " · ".join(filter(None, (tr(limit.label), limit.whom_in_words(words()))))
        super().__init__(tr(TITLE), parent, heading=heading)
        self._office, self._tasks, self._limit = office, tasks, limit
        self.changes: Changes | None = None
        self.lines = Lines(self)
        self.lines.add("value", VALUE[limit.unit], text=words().figures(str(limit.value)))
        self.lines.add("article", ARTICLE, text=tr(limit.article))
        self.lines.add("source", SOURCE, text=tr(limit.source))
        self.confirmed = QCheckBox(tr(CONFIRMED), self)
        self.confirmed.setChecked(limit.confirmed)
        self.more = Lines(self)
        self.more.add("confirmed_by", CONFIRMED_BY, text=limit.confirmed_by or "")
        self.more.add("note", NOTE, text=limit.note or "")
        self.message = text_label("", "problem")
        self.message.hide()
        self.column.addWidget(text_label(tr(SAID), "help"))
        for part in (self.lines, self.confirmed, self.more, self.message):
            self.column.addWidget(part)
        cancel, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(SAVE), self)
        self.save_button.setProperty("role", "primary")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, cancel)
        self._shown = self._all()
        TypedBeside(self, office, tasks, f"limit/{limit.key}", None, self._typed, self._type_again)
        self.lines.edits["value"].selectAll()
        self.lines.edits["value"].setFocus()

    def _all(self) -> dict[str, Any]:
        return self.lines.plain() | self.more.plain() | {"confirmed": self.confirmed.isChecked()}

    def _typed(self) -> dict[str, Any]:
        typed = self._all()
        return typed if typed != self._shown else {}

    def _type_again(self, plain: dict[str, Any]) -> None:
        self.confirmed.setChecked(bool(plain.pop("confirmed", False)))
        for lines in (self.lines, self.more):
            lines.restore(plain)

    def save(self) -> None:
        """Save, and close when that was possible; where nothing was changed, only close."""
        try:
            value = read_number(self.lines.typed("value"))
        except Unreadable:
            value = None
        if value is None:
            self.lines.mark(("value",), tr(NO_VALUE))
            return
        office, key, said = self._office, self._limit.key, self.lines.plain() | self.more.plain()
        confirmed = self.confirmed.isChecked()
        # What was not retyped stays the message of the catalogue that it is.
        article, source = (
            shipped if said[name] == tr(shipped) else said[name].strip() or shipped
            for name, shipped in (("article", self._limit.article), ("source", self._limit.source))
        )
        confirmed_by, note = said["confirmed_by"].strip() or None, said["note"].strip() or None
        kept = self._limit
        if (value, article, source, confirmed, confirmed_by, note) == (
            kept.value, kept.article, kept.source, kept.confirmed, kept.confirmed_by or None, kept.note or None,
        ):  # fmt: skip
            self.reject()  # what is as it was is no correction
            return
        self._tasks.run(
            lambda: settings.correct_limit(
                office, key, value, version=kept.version, article=article, source=source, confirmed=confirmed,
                confirmed_by=confirmed_by, note=note,
            ),
            self._on_saved, self._on_refused,
        )  # fmt: skip

    def _on_saved(self, changes: Changes) -> None:
        self.changes = changes
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        text = error.say(words())
        if not (self.lines.mark(error.fields, text) or self.more.mark(error.fields, text)):
            self.message.setText(wrapped(text))
            self.message.show()
