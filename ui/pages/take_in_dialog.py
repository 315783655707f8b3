"""What a case file of another office brings, beside what is here: the worker decides before anything is kept."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.child import Child, child_name
from casemgr.records.contact import Contact
from casemgr.records.fields import fields_of
from casemgr.services.comparing import ERASED, OLDER, Arrival, Item, Keep, Likely, Standing, compare
from casemgr.services.office import Office
from casemgr.services.taking_in import TakenIn, take_in
from casemgr.trouble import Refusal, Trouble
from ui.editors.choices import StillCombo
from ui.editors.said import record_said, said
from ui.parts.card import Card, empty, make_primary, selectable, text_label
from ui.parts.dialog import resize_within
from ui.parts.toggle import Toggle
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("Case {number} from another office")
FROM = N_("{office}: sent by {who} on {date}.")
SEALED = N_("Sealed with the key below. Let the other office read the figures of its key over the telephone.")
NOT_PROVED = N_("Locked with a passphrase: the file itself does not prove who made it. Ask the other office.")
NOTHING_KEPT = N_("Nothing is kept before you press “Take in”.")
CHILD = N_("Child")
CHILD_HERE, CHILD_NEW = N_("This child is here already: {code}."), N_("This child is not here yet.")
CASE_HERE, CASE_NEW = N_("This case is here already: {number}."), N_("This case is not here yet.")
NEW_NUMBER = N_("Another case here has this number. The case gets a new one.")
SAME_CHILD, ANOTHER_CHILD = N_("Is it one of these children?"), N_("No, another child")
MAY_BE = N_("{code}: {name}")
DIFFERS, REMOVED = N_("Different here: {what}"), N_("Removed here earlier")
NEW, ONLY_HERE, LEFT_OUT = N_("New"), N_("Only here; it stays"), N_("Cannot be kept here")
SAME = N_("The same here: {count}")
QUESTION, HERE, THERE = N_("Question"), N_("Here"), N_("In the file")
WHAT_IS_KEPT = N_("What is kept")
KEEPS = {Keep.OURS: N_("Keep ours"), Keep.THEIRS: N_("Take theirs"), Keep.BOTH: N_("Keep both")}
AGAIN = {Keep.OURS: N_("Leave it out"), Keep.THEIRS: N_("Take it again")}
TAKE_IN, CANCEL = N_("Take in"), N_("Cancel")
LEFT_OUT_SAID = N_("{what}: {why}")


class TakeInDialog(QDialog):
    """Shows who sent what, what is new, what differs field by field, what is here alone; asks, then takes in."""

    taken_in = Signal(object)
    """What became of the file (TakenIn)."""

    def __init__(self, office: Office, tasks: Tasks, arrival: Arrival, parent: QWidget) -> None:
        """Show what was compared."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.arrival = arrival
        self.same_child: UUID | None = None
        self._likely: tuple[Likely, ...] = ()
        self.choices: dict[tuple[type[Record], UUID], Toggle] = {}
        self.same: QComboBox | None = None
        self.setWindowTitle(self._title())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, 900, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label(self._title(), "title"))
        area, body = QScrollArea(self), QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        self._shown, self._body = body, QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(12)
        column.addWidget(area, 1)
        self.message = text_label("", "problem")
        self.message.hide()
        column.addWidget(self.message)
        column.addLayout(self._exits())
        self._fill()

    def choose_child(self, child_id: UUID | None) -> None:
        """Compare anew, the child of the file being that one of ours; None: a child that is not here."""
        office, received = self._office, self.arrival.received
        self._set_busy(busy=True)
        self._tasks.run(lambda: (compare(office, received, child_id), child_id), self._on_compared, self._on_refused)

    def take(self) -> None:
        """Keep what was chosen, and close."""
        if not self.take_button.isEnabled():
            return
        office, arrival, same = self._office, self.arrival, self.same_child
        chosen = {key: Keep(toggle.value) for key, toggle in self.choices.items()}
        self._set_busy(busy=True)
        self._tasks.run(lambda: take_in(office, arrival, chosen, same_child=same), self._on_taken, self._on_refused)

    def reject(self) -> None:
        """Stay while the file is taken in or compared: what becomes of it is still to be said."""
        if self.cancel_button.isEnabled():
            super().reject()

    def _set_busy(self, *, busy: bool) -> None:
        """Let nothing be chosen while the store works, or what was chosen meanwhile would be lost."""
        self._shown.setEnabled(not busy)
        self.cancel_button.setEnabled(not busy)
        self.take_button.setEnabled(not busy and not self.arrival.brings_nothing)

    def _exits(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.cancel_button, self.take_button = QPushButton(tr(CANCEL), self), QPushButton(tr(TAKE_IN), self)
        self.take_button.setAutoDefault(False)
        self.cancel_button.setDefault(True)  # Enter must not take in what nobody has looked at
        make_primary(self.take_button)
        self.cancel_button.clicked.connect(self.reject)
        self.take_button.clicked.connect(self.take)
        row.addWidget(text_label(tr(NOTHING_KEPT), "help"), 1)
        for button in (self.cancel_button, self.take_button):
            row.addWidget(button)
        return row

    def _title(self) -> str:
        return tr(TITLE, number=self.arrival.received.case.answers.get("number") or "")

    def _fill(self) -> None:
        empty(self._body)
        chosen, self.choices = {key: toggle.value for key, toggle in self.choices.items()}, {}
        arrival = self.arrival
        for label in self._sender():
            self._body.addWidget(label)
        self._body.addWidget(self._child())
        for item in arrival.of(Standing.DIFFERS):
            self._body.addWidget(self._differing(item))
        for item in arrival.of(Standing.REMOVED):
            card = Card(tr(REMOVED))
            card.add(text_label(_called(_made(item)), "answer"))
            card.add(self._choice(item, AGAIN))
            self._body.addWidget(card)
        left = [
            tr(LEFT_OUT_SAID, what=_called(_made(item)), why=tr(item.why))
            for item in arrival.of(Standing.LEFT_OUT)
            if item.why
        ]
        for title, lines in (
            (NEW, [_called(_made(item)) for item in arrival.of(Standing.NEW)]),
            (ONLY_HERE, [_called(each) for each in arrival.only_here]),
            (LEFT_OUT, left),
        ):
            if lines:
                self._body.addWidget(_list(tr(title), lines))
        if same := arrival.of(Standing.SAME):
            self._body.addWidget(text_label(tr(SAME, count=words().number(len(same))), "help"))
        self._body.addStretch()
        for key, toggle in self.choices.items():
            if key in chosen:
                toggle.show_value(chosen[key])
        self._set_busy(busy=False)

    def _sender(self) -> Iterable[QWidget]:
        sender, language = self.arrival.received.sender, words()
        names = (sender.name_km, sender.name_en)
        name = (names if language.language == "km" else names[::-1])[0] or names[0] or names[1] or sender.office
        yield text_label(tr(FROM, office=name, who=sender.sent_by, date=language.date(sender.made_at.date())), "answer")
        yield text_label(tr(NOT_PROVED if sender.key is None else SEALED), "help")
        if sender.key is not None:
            yield selectable(text_label(language.figures(sender.key.fingerprint), "answer-strong"))
        for message, is_so in ((OLDER, self.arrival.older), (ERASED, self.arrival.erased)):
            if is_so:
                yield text_label(tr(message), "notice")
        if self.arrival.new_number:
            yield text_label(tr(NEW_NUMBER), "notice")

    def _child(self) -> Card:
        arrival, language = self.arrival, words()
        theirs = arrival.items[0].theirs.made()
        card = Card(tr(CHILD))
        if isinstance(theirs, Child):
            born = "" if theirs.born is None else language.partial_date(theirs.born)
            card.add(
                text_label(" · ".join(filter(None, (child_name(theirs, language.language), born))), "answer-strong")
            )
        here, case = arrival.child_here, arrival.case_here
        card.add(text_label(tr(CHILD_HERE, code=here.code or "") if here else tr(CHILD_NEW), "help"))
        card.add(text_label(tr(CASE_HERE, number=case.number or "") if case else tr(CASE_NEW), "help"))
        if (arrival.likely or self.same_child) and case is None:
            card.add(text_label(tr(SAME_CHILD), "question"))
            card.add(self._children(arrival.likely))
        return card

    def _children(self, likely: Sequence[Likely]) -> QComboBox:
        """Return what asks whether it is a child of ours."""
        self.same = StillCombo(self)
        self.same.setAccessibleName(tr(SAME_CHILD))
        self.same.addItem(tr(ANOTHER_CHILD), None)
        if likely:
            self._likely = tuple(likely)
        for each in self._likely:
            name = child_name(each.child, words().language) if each.child is not None else "–"
            self.same.addItem(tr(MAY_BE, code=each.code, name=name), each.child_id if each.child is not None else None)
        known = [each.child_id for each in self._likely]
        self.same.setCurrentIndex(known.index(self.same_child) + 1 if self.same_child in known else 0)
        self.same.activated.connect(lambda at: self.choose_child(self.same.itemData(at) if self.same else None))
        return self.same

    def _differing(self, item: Item) -> Card:
        assert item.ours is not None  # noqa: S101  (else it could not differ)
        card = Card(tr(DIFFERS, what=_called(item.ours)))
        table, theirs = QWidget(), item.theirs.answers
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        for place, (heading, stretch) in enumerate(((QUESTION, 2), (HERE, 3), (THERE, 3))):
            grid.setColumnStretch(place, stretch)
            grid.addWidget(text_label(tr(heading), "help"), 0, place)
        asked = [info for info in fields_of(item.theirs.kind) if info.name in item.differing]
        for line, info in enumerate(asked, start=1):
            texts = (tr(info.label), _answer(info, getattr(item.ours, info.name)), _answer(info, theirs[info.name]))
            for place, text in enumerate(texts):
                grid.addWidget(text_label(text, "answer" if place else "question"), line, place)
        card.add(table)
        if item.why:
            card.add(text_label(tr(item.why), "notice"))
        card.add(self._choice(item, KEEPS))
        return card

    def _choice(self, item: Item, labels: dict[Keep, str]) -> QWidget:
        options = {keep.value: labels[keep] for keep in Keep if keep in item.allowed}
        toggle, holder = Toggle(WHAT_IS_KEPT, options, self), QWidget()
        toggle.show_value(item.proposed.value)
        self.choices[item.theirs.kind, item.theirs.id] = toggle
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(toggle)
        row.addStretch()
        return holder

    def _on_compared(self, compared: tuple[Arrival, UUID | None]) -> None:
        self.arrival, self.same_child = compared
        self.message.hide()
        self._fill()

    def _on_taken(self, done: TakenIn) -> None:
        self.accept()
        self.taken_in.emit(done)

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(busy=False)
        if self.same is not None:
            self.same.setCurrentIndex(max(self.same.findData(self.same_child), 0))
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        self.message.setText(wrapped(error.say(words())))
        self.message.show()


def _made(item: Item) -> Record:
    return item.theirs.made()


def _called(record: Record) -> str:
    """Return what a record is called; a contact by its name."""
    if isinstance(record, Contact):
        name = record.name_km or record.name_latin or record.organisation
        return f"{tr(Contact.title)}: {name}" if name else tr(Contact.title)
    return record_said(record, words())


def _answer(info: Any, value: Any) -> str:
    return said(info, value, words())


def _list(title: str, lines: Sequence[str]) -> Card:
    card = Card(title)
    card.add(text_label("\n".join(lines), "answer"))
    return card
