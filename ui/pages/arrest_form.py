"""What is asked about a new arrest, so close together that a screen of 1366 × 768 shows all of it."""

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_, Words
from casemgr.records.base import Record
from casemgr.records.case import Offence
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, Kind
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import at_a_call
from casemgr.services.office import Office
from ui.editors.at_a_call import AgeOrBirthEditor, HappenedEditor, UnitEditor, Units
from ui.editors.choices import ComboEditor, SegmentEditor
from ui.editors.field_editor import FieldEditor
from ui.editors.place import PlaceEditor
from ui.editors.question_grid import LABEL_WIDTH, Maker
from ui.editors.record_editor import AT_ONCE, RecordEditor
from ui.editors.said import said, with_label
from ui.editors.special import editor_for
from ui.pages.page import page_head
from ui.parts.card import Card, text_label
from ui.parts.lines import Lines
from ui.parts.scrolling import scroll_far
from ui.parts.search_box import Found, SearchBox
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("New arrest")
SAID = N_("Write what the caller knows. Everything else can follow; what is missing is listed in the case.")
WHO, WHAT_FOR, WHEN, FAMILY = N_("Who?"), N_("What for?"), N_("When and where?"), N_("Family")
NEW_CHILD, KNOWN_CHILD = N_("New child"), N_("Child already known")
FIND = N_("Find the child by any part of a name, or by the code")
CHOSEN = N_("Chosen: {name}")
NOBODY = N_("No child is chosen yet. Search above, or choose “New child”.")
LEFT_OUT = N_("Not taken over into this child's record: {told}. Write it there after saving, if it is right.")
GUARDIAN, PHONE = N_("Parent or guardian"), N_("Telephone")
GUARDIAN_PHONE = N_("Telephone of the parent or guardian")
NAMES = ("family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "nickname")
CHILD_FIELDS = (*NAMES[:2], "sex", "born", *NAMES[2:])
OFFENCE_FIELDS = ("category", "offence_class", "committed_on")
ARREST_FIELDS = (
    "arrested_at", "place_code", "place_text", "arrived_at", "police_unit", "arresting_unit", "officer_phone",
)  # fmt: skip
PLACE_HINT = N_("Village, commune or district")
WIDEST, MARGIN = 1240, 16
"""Pixels: no wider is it drawn out, and so much stays free at both sides."""


class ArrestForm(QScrollArea):
    """The questions, in four cards. It keeps nothing and saves nothing."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask for a new child."""
        super().__init__(parent)
        self.known: Found | None = None
        self.units = Units(lambda: self._answer("place_code"))
        self.child = _editor(Child, CHILD_FIELDS, _child_editor, AT_ONCE)
        # What stands further on is built while the worker already types above; Tab comes to its first question.
        self.offence = _editor(Offence, OFFENCE_FIELDS, _offence_editor, 1)
        self.arrest = _editor(Arrest, ARREST_FIELDS, self._arrest_editor, 1)
        self.guardian = Lines(label_width=LABEL_WIDTH)
        self.guardian.add("name", GUARDIAN)
        self.guardian.add("phone", PHONE).setAccessibleName(tr(GUARDIAN_PHONE))
        self._build(office, tasks)
        tasks.run(lambda: at_a_call.police_units(office), self._on_units)

    @property
    def editors(self) -> dict[str, RecordEditor]:
        """The editors of records, in the order of Tab."""
        return {"child": self.child, "offence": self.offence, "arrest": self.arrest}

    @property
    def is_known(self) -> bool:
        """Whether a child is meant that is written down already."""
        return self.known_button.isChecked()

    @property
    def known_id(self) -> UUID | None:
        """The child that is written down already and was chosen, None where a new one is meant."""
        return self.known.id if self.is_known and self.known else None

    def show_known(self, *, is_known: bool) -> None:
        """Ask for a known child, or for a new one."""
        (self.known_button if is_known else self.new_button).setChecked(True)
        self.search.setVisible(is_known)
        self.chosen.setVisible(is_known)
        self.left_out.setVisible(is_known and bool(self.left_out.text()))
        self.new_part.setVisible(not is_known)

    def choose(self, found: Found) -> None:
        """Take a child that is already known."""
        self.known = found
        self.chosen.setText(wrapped(tr(CHOSEN, name=f"{found.name} · {found.about}")))

    def show_left_out(self, kept: Child | None) -> None:
        """Say what was told of a new child and stands otherwise, or not at all, in the record of the known one.

        The record alone says who the child is; None while none is chosen.
        """
        record, language = self.child.record(), words()
        told = [] if kept is None else [
            with_label(language.text(info.label), said(info, answer, language), language)
            for info in self.child.infos
            if (answer := getattr(record, info.name)) not in (None, getattr(kept, info.name))
        ]  # fmt: skip
        self.left_out.setText(wrapped(tr(LEFT_OUT, told=" · ".join(told))) if told else "")
        self.left_out.setVisible(self.is_known and bool(told))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the columns beside or below each other."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again whether the columns have room beside each other once more of them is built."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        sides = [side.minimumSize().width() for side in self._sides]
        beside = self.viewport().width() >= sum(sides) + self._columns.spacing() + 2 * MARGIN
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _on_units(self, known: tuple[at_a_call.KnownUnit, ...]) -> None:
        self.units.known = known

    def _answer(self, name: str) -> str | None:
        answer: str | None = getattr(self.arrest.record(), name)
        return answer

    def _arrest_editor(self, info: FieldInfo, words: Words, parent: QWidget) -> FieldEditor:
        if info.kind is Kind.MOMENT:
            return HappenedEditor(info, words, parent)
        if info.kind is Kind.PLACE:
            place = PlaceEditor(info, words, parent)
            place.line.setPlaceholderText(words.text(PLACE_HINT))
            return place
        if info.name == "police_unit":
            return UnitEditor(info, words, parent, self.units)
        if info.name == "arresting_unit":
            return UnitEditor(info, words, parent, self.units, lambda: self._answer("police_unit"))
        return editor_for(info, words, parent)

    def _build(self, office: Office, tasks: Tasks) -> None:
        scroll_far(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setMaximumWidth(WIDEST)
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, 6, MARGIN, 4)
        column.setSpacing(8)
        said: QLabel = text_label(tr(SAID), "help")
        head, _ = page_head(tr(TITLE), said)
        head.setStretch(0, 0)
        head.setStretch(1, 1)
        head.setSpacing(24)
        column.addLayout(head)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(12)
        what_for, when, family = _card(WHAT_FOR), _card(WHEN), _card(FAMILY)
        what_for.add(self.offence)
        when.add(self.arrest)
        family.add(self.guardian)
        self._sides = (QVBoxLayout(), QVBoxLayout())
        for side, cards in zip(self._sides, ((self._who(office, tasks), what_for), (when, family)), strict=True):
            side.setSpacing(8)
            for card in cards:
                side.addWidget(card)
            side.addStretch()
            self._columns.addLayout(side, 1)
        column.addLayout(self._columns)
        column.addStretch()
        self.setWidget(body)
        body.installEventFilter(self)

    def _who(self, office: Office, tasks: Tasks) -> Card:
        card = _card(WHO)
        self.new_button, self.known_button = QRadioButton(tr(NEW_CHILD)), QRadioButton(tr(KNOWN_CHILD))
        group = QButtonGroup(self)
        for button in (self.new_button, self.known_button):
            group.addButton(button)
            card.add_button(button)
        group.buttonClicked.connect(lambda _: self.show_known(is_known=self.known_button.isChecked()))
        self.search = SearchBox(office, tasks, self, children_only=True)
        self.search.setPlaceholderText(tr(FIND))
        self.search.setAccessibleName(tr(FIND))
        self.chosen: QLabel = text_label(tr(NOBODY), "answer-strong")
        self.left_out: QLabel = text_label("", "help")
        self.new_part = self.child
        for widget in (self.search, self.chosen, self.left_out, self.new_part):
            card.add(widget)
        return card


def _child_editor(info: FieldInfo, words: Words, parent: QWidget) -> FieldEditor:
    if info.name == "born":
        return AgeOrBirthEditor(info, words, parent)
    return SegmentEditor(info, words, parent) if info.name == "sex" else editor_for(info, words, parent)


def _offence_editor(info: FieldInfo, words: Words, parent: QWidget) -> FieldEditor:
    if info.name == "offence_class":  # it follows from the kind of offence, and is seldom chosen
        return ComboEditor(info, words, parent)
    return editor_for(info, words, parent)


def _editor(kind: type[Record], only: tuple[str, ...], make: Maker, at_once: int) -> RecordEditor:
    editor = RecordEditor(kind, only=only, at_once=at_once, compact=True, make=make)
    editor.set_record(kind())
    return editor


def _card(title: str) -> Card:
    card = Card(tr(title))
    card.column.setContentsMargins(14, 6, 14, 8)
    card.column.setSpacing(4)
    return card
