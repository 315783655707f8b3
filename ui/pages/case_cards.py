"""The cards of a case that hold what is written down: stages and parts of the file, offences, facts, remarks."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr import clock
from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.law.remarks import Remark
from casemgr.printing.forms import Form
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Offence
from casemgr.records.fields import Kind, fields_of
from casemgr.records.kinds import told_at
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.stage import RecordKind, Stage
from casemgr.services.case_files import CaseFile, missing
from casemgr.services.papers import PaperChoice
from casemgr.typed import one_line
from ui.editors.said import record_said, said, with_label
from ui.pages.case_beside import named_in, told_of
from ui.parts.card import Action, Card, Entry, action_button, text_label
from ui.parts.flow import FlowLayout
from ui.parts.fold import MOST, Fold, Folds
from ui.parts.icons import icon
from ui.parts.menu_button import MenuButton
from ui.theme import COLOURS
from ui.words import tr, words

OFFENCES, FACTS = N_("Offences"), N_("About the case")
UNWRITTEN, TO_LOOK_AT = N_("Not yet written down"), N_("To look at")
ALONG, BESIDE = N_("Stages of the pathway"), N_("Other parts of the file")
NO_OFFENCE = N_("No offence is written down yet. Its class decides how long police custody may last.")
NEW, OPEN = N_("New"), N_("Open")
TO_CHILD = N_("Open the child")
STILL_ASKED = N_("Required answers missing: {count}")
BEGINNING = 160
"""Letters of a note that its card shows."""
MANY, FEW = 30, 2
"""In a case of more records than MANY, no more than the FEW newest of each card stand open."""
_SHORT = (Kind.LINE, Kind.NUMBER, Kind.DATE, Kind.MOMENT, Kind.PARTIAL_DATE, Kind.CHOICE)

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Acts(NamedTuple):
    """What can be done on the overview; the page knows how.

    begin: a new record of a kind, an offence for None. look: go to where a remark can be mended. actions_of: of an
    offence, a record of any kind, or the case itself. picture_of: the small picture of a record, None for none.
    to_case: leads to another case. print: a form, filled from the record of that identity or from the case as a whole.
    papers: lists all forms. history: tells every line of the history of the case. write_day: a day of a diversion plan.
    """

    edit: Callable[[Record], None]
    begin: Callable[[RecordKind | None], None]
    look: Callable[[Remark], None]
    to_child: Callable[[], None]
    actions_of: Callable[[Record], tuple[Action, ...]]
    picture_of: Callable[[Record], QWidget | None]
    to_case: Callable[[UUID], None]
    print: Callable[[Form, UUID | None, PaperChoice], None]
    papers: Callable[[], None]
    history: Callable[[], None]
    write_day: Callable[[Diversion], None]


class Cards:
    """Makes the cards, and knows where each record stands in them."""

    def __init__(self, acts: Acts, folds: Folds) -> None:
        """Know of no record yet."""
        self._acts, self._folds = acts, folds
        self.buttons: dict[UUID, QPushButton] = {}
        """The first button beside each record."""
        self.hidden_in: dict[UUID, Fold] = {}
        """The fold that holds a record."""
        self.stages: dict[str, QWidget] = {}
        """The card of each stage, or the button that begins it, by its key."""

    def forget(self) -> None:
        """Begin anew, before the cards are made again."""
        for known in (self.buttons, self.hidden_in, self.stages):
            known.clear()

    def written(self, stage: Stage, file: CaseFile) -> Card | None:
        """Return the card of a stage, its newest record first; None where nothing is written down."""
        titles = {record: title for kind in stage.kinds for record, title in _titled(file.of(kind.record))}
        if not titles:
            return None
        card = Card(tr(stage.label))
        if (button := self._new_button(stage, file, tr(NEW))) is not None:
            card.add_button(button)

        def entry(record: CaseRecord) -> Entry:
            return self._entry(record, *(told_of(record, file) or (titles[record], summary(record))))

        most = MOST if len(file.records) <= MANY else FEW
        self._fill(card, stage.key, sorted(titles, key=_when)[::-1], entry, tr(stage.label), most)
        self.stages[stage.key] = card
        return card

    def named_in(self, file: CaseFile) -> Card | None:
        """Return the card of the other cases that name this child; None where none does."""
        return named_in(file, self._acts.to_case)

    def unwritten(self, along: Sequence[Stage], beside: Sequence[Stage], file: CaseFile) -> Card:
        """Return the one card of all stages, and parts beside the pathway, of which nothing is written down."""
        card = Card(tr(UNWRITTEN))
        for heading, stages in ((ALONG, along), (BESIDE, beside)):
            if not stages:
                continue
            if along and beside:
                card.add(text_label(tr(heading), "help"))
            holder = QWidget()
            flow = FlowLayout(holder, gap=8, line_gap=8)
            for stage in stages:
                button = self._new_button(stage, file, tr(stage.label), plus=True)
                if button is not None:
                    flow.addWidget(button)
                    self.stages[stage.key] = button
            card.add(holder)
        return card

    def offences(self, offences: Sequence[Offence]) -> Card:
        """Return the card of the offences, in the order in which they were written down."""
        card = Card(tr(OFFENCES), (Action(NEW, partial(self._acts.begin, None)),))
        if not offences:
            card.add(text_label(tr(NO_OFFENCE), "help"))

        titles = dict(_titled(offences))

        def entry(offence: Offence) -> Entry:
            title = record_said(offence, words()) if offence.category else titles[offence]
            return self._entry(offence, title, summary(offence, leave_out=("category",)))

        self._fill(card, "offences", offences, entry, tr(OFFENCES))
        return card

    def facts(self, case: Case) -> Card:
        """Return the card of the case's own facts."""
        card = Card(tr(FACTS), (*self._acts.actions_of(case), Action(TO_CHILD, self._acts.to_child)))
        self.buttons[case.id] = card.findChildren(QPushButton)[0]
        card.add(text_label(summary(case, most=12), "help"))
        return card

    def remarks(self, remarks: Sequence[Remark], records: Iterable[Record]) -> Card:
        """Return the card of what is missing or contradictory, each with the way to where it can be mended."""
        known = {record.id: record for record in records}
        card = Card(tr(TO_LOOK_AT))

        def line(remark: Remark) -> Entry:
            record = known.get(remark.record_id) if remark.record_id else None
            about = record_said(record, words()) if record is not None else ""
            actions = (Action(OPEN, partial(self._acts.look, remark)),) if remark.record_id else ()
            message = tr(remark.message)
            return Entry(message, about, actions, name=f"{message} {about}".strip())

        shown, fold = self._folds.lines("remarks", remarks, line, tr(TO_LOOK_AT))
        for widget in (*shown, *([fold] if fold else [])):
            card.add(widget)
        return card

    def _new_button(self, stage: Stage, file: CaseFile, label: str, *, plus: bool = False) -> QPushButton | None:
        """Return the button that begins a record of a stage, a menu where there are several kinds; None for none."""
        kinds = [kind for kind in stage.kinds if kind.several or not file.of(kind.record)]
        if not kinds:
            return None
        picture = icon("plus", COLOURS["accent"], 14) if plus else None
        if len(stage.kinds) > 1:
            offers = [(tr(kind.record.title), partial(self._acts.begin, kind)) for kind in kinds]
            button: QPushButton = MenuButton(label, offers, tr(stage.label), picture=picture)
            about = tr(stage.label)
        else:
            about = tr(kinds[0].record.title)
            button = action_button(Action(NEW, partial(self._acts.begin, kinds[0])), about)
            button.setText(label)
            if picture is not None:
                button.setIcon(picture)
        button.setAccessibleName(f"{tr(NEW)}: {about}")
        return button

    def _entry(self, record: Record, title: str, about: str) -> Entry:
        entry = Entry(title, about, self._acts.actions_of(record), picture=self._acts.picture_of(record))
        self.buttons[record.id] = next(iter(entry.buttons.values()))
        return entry

    def _fill(
        self, card: Card, key: str, records: Sequence[AnyRecord], make: Callable[[AnyRecord], Entry], about: str,
        most: int = MOST,
    ) -> None:  # fmt: skip
        shown, fold = self._folds.lines(key, records, make, about, most)
        for widget in shown:
            card.add(widget)
        if fold is not None:
            card.add(fold)
            self.hidden_in |= {record.id: fold for record in records if record.id not in self.buttons}


def _titled(records: Sequence[AnyRecord]) -> Iterable[tuple[AnyRecord, str]]:
    """Yield records of one kind with what to call them: numbered, oldest first, where there are several."""
    for number, record in enumerate(records, start=1):
        title = tr(type(record).title)
        yield record, f"{title} {words().number(number)}" if len(records) > 1 else title


def _when(record: CaseRecord) -> tuple[datetime, datetime]:
    """Return by what records are set in order: the time they tell of, else when they were written down."""
    written = record.created_at or clock.now()
    at = told_at(record)
    return (written if at is None else as_moment(at), written)


def summary(record: Record, most: int = 4, leave_out: tuple[str, ...] = ()) -> str:
    """Return the first answered short questions of a record, and how many required ones are still open."""
    language = words()
    parts: list[str] = []
    for info in fields_of(type(record)):
        if len(parts) == most:
            break
        answer = getattr(record, info.name)
        if info.kind not in _SHORT or info.restricted or info.name in leave_out or answer in (None, ""):
            continue
        if info.is_shown(record):
            parts.append(with_label(language.text(info.label), said(info, answer, language), language))
    text = " · ".join(parts)
    if isinstance(record, Note) and record.text:
        text += ("\n" if text else "") + _beginning(record.text)
    if open_count := len(missing(record)):
        text += ("\n" if text else "") + tr(STILL_ASKED, count=language.number(open_count))
    return text


def _beginning(text: str) -> str:
    """Return as much of a text as fits two lines of a card."""
    line = one_line(text)
    return line if len(line) <= BEGINNING else line[:BEGINNING].rstrip(" \u17d2") + "…"
