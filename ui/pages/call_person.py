"""Who is called, how they are reached, and what is known: the side of a follow-up by telephone."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_, Words
from casemgr.measures.index_events import index_events
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.consent import Consent, ConsentScope, allows, withdrawn_from
from casemgr.records.contact import ContactRole
from casemgr.records.fields import Choice, field_of
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.services.case_files import CaseFile
from ui.editors.said import said
from ui.pages.case_head import AGE_TODAY, both_names
from ui.parts.ages import age_said
from ui.parts.card import Action, Card, action_button, text_label
from ui.words import tr, words

WIDTH, NARROW = 348, 288
OPEN_CASE = N_("Open the case")
KNOWN = N_("What is known")
THE_CHILD = N_("The child")
NO_PHONE = N_("No telephone number is written down. Ask the village chief, or visit.")
NO_CONSENT = N_("No consent to be contacted after the case is written down, or it is over. Ask for it first.")
WITHDRAWN = N_("Consent was withdrawn. Do not call; a supervisor decides what is to be erased.")
WHO_NAMED = N_("{role}: {name}")
SINCE = N_("{what} on {date}")
NO_INDEX = N_("No release and no order is written down from which the follow-up counts.")
LAST = N_("Last follow-ups")
NO_FOLLOW_UP = N_("No follow-up is written down yet.")
LIFE_ON = N_("School, work and home on {date}")
LIFE = ("schooling", "work", "living_with")
VILLAGE = (ContactRole.VILLAGE_CHIEF, ContactRole.COMMUNE_CHIEF, ContactRole.COMMITTEE)
"""Who of a case's contacts knows where a family is."""
MOST = 4


class CallPerson(QScrollArea):
    """Shows a case as far as a call needs it; the numbers can be marked and copied."""

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.phones: list[str] = []

    def show_file(self, file: CaseFile, open_case: Action, schedule: QWidget) -> None:
        """Show who it is and what is known; schedule: the card of the next dates."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self._who(file, open_case))
        column.addWidget(_known(file))
        column.addWidget(schedule)
        column.addStretch()
        self.setWidget(body)

    def _who(self, file: CaseFile, open_case: Action) -> Card:
        card, child = Card(both_names(file.child)), file.child
        age = age_said(child.born, PartialDate.on(clock.today()), words())
        facts = (child.code, file.case.number, f"{tr(AGE_TODAY)}: {age}", tr(child.sex.label) if child.sex else "")
        card.add(text_label(" · ".join(filter(None, facts)), "help"))
        consents, today = file.of(Consent), clock.today()
        withdrawn = withdrawn_from(consents, ConsentScope.CONTACT, today) is not None
        numbers = [] if withdrawn else list(numbers_of(file, words()))
        self.phones = [number for _, number in numbers]
        for who, number in numbers:
            card.column.addLayout(_close((text_label(who, "help"), _number(who, number))))
        if withdrawn:
            card.add(text_label(tr(WITHDRAWN), "doubt"))
        elif not numbers:
            card.add(text_label(tr(NO_PHONE), "doubt"))
        if not withdrawn and not allows(consents, ConsentScope.CONTACT, today):
            card.add(text_label(tr(NO_CONSENT), "doubt"))
        card.column.addWidget(action_button(open_case, file.case.number or "", card), 0, Qt.AlignmentFlag.AlignLeft)
        return card


def numbers_of(file: CaseFile, language: Words) -> Iterator[tuple[str, str]]:
    """Return who can be telephoned about a child, and the number: the child, its guardians, who knows the village."""
    if file.child.phone:
        yield language.text(THE_CHILD), file.child.phone
    for guardian in file.child.guardians:
        if guardian.phone:
            yield _named(guardian.relation, guardian.name, language), guardian.phone
    for record in file.of(CaseContact):
        contact = file.contacts.get(record.contact_id)
        role = record.role or (contact.role if contact else None)
        if contact is None or role not in VILLAGE or record.until is not None:
            continue
        name = contact.name_km if language.language == "km" else contact.name_latin or contact.name_km
        for number in filter(None, (contact.phone, contact.phone_2)):
            yield _named(role, name, language), number


def _named(role: Choice | None, name: str | None, language: Words) -> str:
    label = language.text(role.label) if role is not None else ""
    return language.text(WHO_NAMED, role=label, name=name) if label and name else label or name or ""


def _number(who: str, number: str) -> QLabel:
    label = QLabel(number)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "phone")
    label.setAccessibleName(f"{who}: {number}")
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab leads from question to question
    return label


def _close(widgets: Iterable[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for widget in widgets:
        column.addWidget(widget)
    return column


def _known(file: CaseFile) -> Card:
    card, language = Card(tr(KNOWN)), words()
    found = index_events(file.records, file.child.id)
    if found:
        first = found[0]
        days = (clock.today() - first.on).days
        since = text_label(tr(SINCE, what=tr(first.kind.label), date=language.date(first.on)), "answer-strong")
        ago = text_label(language.plural("{n} day ago", "{n} days ago", days), "help")
        card.column.addLayout(_close((since, ago)))
    else:
        card.add(text_label(tr(NO_INDEX), "help"))
    done = sorted((each for each in file.of(FollowUp) if each.done_on), key=lambda each: each.done_on or date.min)
    lines = [text_label(_followed(each, language), "answer") for each in reversed(done[-MOST:])]
    nothing = () if done else (text_label(tr(NO_FOLLOW_UP), "help"),)
    card.column.addLayout(_close((text_label(tr(LAST), "question"), *lines, *nothing)))
    if (last := next((each for each in reversed(done) if _answers(each, LIFE)), None)) is not None:
        heading = text_label(tr(LIFE_ON, date=language.date(last.done_on or clock.today())), "question")
        card.column.addLayout(_close((heading, text_label("\n".join(_answers(last, LIFE)), "answer"))))
    return card


def _followed(follow_up: FollowUp, language: Words) -> str:
    when = language.date(follow_up.done_on) if follow_up.done_on else ""
    first = " · ".join(filter(None, (when, language.text(follow_up.how.label) if follow_up.how else "")))
    found = language.text(follow_up.status.label) if follow_up.status else ""
    return "\n".join(filter(None, (first, found)))


def _answers(follow_up: FollowUp, names: Iterable[str]) -> list[str]:
    told: list[tuple[str, Any]] = [(name, getattr(follow_up, name)) for name in names]
    return [
        f"{tr(field_of(FollowUp, name).label)}: {said(field_of(FollowUp, name), answer, words())}"
        for name, answer in told
        if answer is not None and answer.value not in ("unknown", "not-asked")
    ]
