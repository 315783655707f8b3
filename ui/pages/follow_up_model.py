"""The rows of the follow-up list as they are shown, each cell in a few lines."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casemgr.i18n import N_, Words
from casemgr.law.deadlines import DeadlineState
from casemgr.places import parents, place_name
from casemgr.records.pathway.follow_up_answers import UNANSWERED
from casemgr.services.follow_ups import FollowUpRow, FollowUpStanding
from ui.parts.clock_badge import DUE, days_left
from ui.parts.listing import Column, Index, Line, ListModel
from ui.parts.two_lines import CELL, Cell
from ui.tasks import Tasks
from ui.words import tr

COLUMNS = (
    Column(N_("Child and case"), 15), Column(N_("Next follow-up"), 15), Column(N_("Counted from"), 17),
    Column(N_("Last contact"), 18), Column(N_("Telephone"), 17), Column(N_("Home and worker"), 16),
)  # fmt: skip
LEAST = (128, 140, 132, 140, 120, 128)
SIGNS = {
    FollowUpStanding.OVERDUE: DeadlineState.OVER, FollowUpStanding.DUE: DeadlineState.SOON,
    FollowUpStanding.COMING: DeadlineState.RUNNING,
}  # fmt: skip
LOST_SINCE = N_("Lost since {date}")
NEVER, SPOKEN = N_("No follow-up yet"), N_("Last reached on {date}")
GUARDIAN_PHONE, VILLAGE_PHONE = N_("Guardian: {phone}"), N_("Village: {phone}")
NO_PHONE = N_("No number")
WITHDRAWN = N_("Consent withdrawn: do not call")
NO_CONSENT = N_("No consent to contact")
NOBODY = N_("No worker")

Ask = Callable[[FollowUpRow | None, int], list[FollowUpRow]]
"""Given the row to go on after (None to begin) and how many are wanted, returns the next rows of the list."""


class Shown(NamedTuple):
    """A row of the list, and its cells as they are shown."""

    row: FollowUpRow
    cells: tuple[Cell, ...]

    def __repr__(self) -> str:
        """Return the row's identity alone: no name may reach a log."""
        return repr(self.row)


class FollowUpModel(ListModel):
    """The rows read so far."""

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(COLUMNS, tasks, parent)

    def row(self, at: int) -> FollowUpRow | None:
        """Return the row of a line, None where there is no such line."""
        return self.lines[at].row.row if 0 <= at < len(self.lines) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, its text, or all of it for a screen reader and for who points at it."""
        cell: Cell = self.lines[index.row()].row.cells[index.column()]
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(COLUMNS[index.column()].label)}: {cell.said()}"
        return None


def loader(ask: Ask, on: date, language: Words) -> Callable[[Shown | None, int], list[Line]]:
    """Return what reads lines of the list, shown as they stand on that day in that language."""
    return partial(_load, ask, on, language)


def _load(ask: Ask, on: date, language: Words, after: Shown | None, count: int) -> list[Line]:
    lines = []
    for row in ask(after.row if after else None, count):
        cells = cells_of(row, on, language)
        lines.append(Line(row.id, tuple(cell.text for cell in cells), Shown(row, cells)))
    return lines


def cells_of(row: FollowUpRow, on: date, language: Words) -> tuple[Cell, ...]:
    """Return what is shown of a child."""
    name = row.name_km if language.language == "km" else row.name_latin
    return (
        Cell(name, f"{row.child_code}\n{row.case_number}", strong=True),
        _due(row, on, language),
        _index(row, language),
        _last(row, language),
        _phones(row, language),
        _home(row, language),
    )


def _due(row: FollowUpRow, on: date, language: Words) -> Cell:
    if row.standing is FollowUpStanding.LOST and row.lost_on is not None:
        return Cell(language.text(LOST_SINCE, date=language.date(row.lost_on)), strong=True)
    if row.next_due is None:
        ended = language.text(row.ended.label) if row.ended else ""
        return Cell(language.text(FollowUpStanding.NOTHING.label), ended)
    said = days_left((row.next_due - on).days, language)
    over = row.standing is FollowUpStanding.OVERDUE
    due = language.text(DUE, when=language.date(row.next_due))
    return Cell(said, due, strong=True, alarm=over, sign=SIGNS.get(row.standing))


def _index(row: FollowUpRow, language: Words) -> Cell:
    ago = language.plural("{n} day ago", "{n} days ago", row.days_since)
    return Cell(language.text(row.index_kind.label), f"{language.date(row.index_on)} · {ago}")


def _last(row: FollowUpRow, language: Words) -> Cell:
    status = language.text(row.last_status.label) if row.last_status else language.text(NEVER)
    if row.last_contact_on is None:
        return Cell(status)
    on = language.date(row.last_contact_on)
    spoken = language.text(SPOKEN, date=on) if row.last_status in UNANSWERED else on
    how = language.text(row.last_contact_how.label) if row.last_contact_how else ""
    return Cell(status, " · ".join(filter(None, (spoken, how))))


def _phones(row: FollowUpRow, language: Words) -> Cell:
    """Show the first two numbers to be tried: those of the child, the guardian, who knows the village."""
    if row.withdrawn:
        return Cell(language.text(WITHDRAWN))
    doubt = "" if row.consent_given else language.text(NO_CONSENT)
    told = [row.phone] if row.phone else []
    others = ((GUARDIAN_PHONE, row.guardian_phone), (VILLAGE_PHONE, row.village_phone))
    told += [language.text(message, phone=phone) for message, phone in others if phone]
    if not told:
        return Cell(language.text(NO_PHONE), doubt=doubt)
    first, *more = (_unbroken(each) for each in told[:2])
    return Cell(first, "".join(more), doubt, strong=True)


def _unbroken(told: str) -> str:
    """Keep the figures of a telephone number in one line."""
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", told)


def _home(row: FollowUpRow, language: Words) -> Cell:
    worker = (row.worker if language.language == "km" else row.worker_latin) or language.text(NOBODY)
    if not row.village_code:
        return Cell("–", worker)
    around = [place.name(language.language) for place in parents(row.village_code)[1:]]
    home = ", ".join((place_name(row.village_code, language.language), *around[-1:]))
    return Cell(home, worker)
