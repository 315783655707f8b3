"""The week sheet: what is due in seven days, printed for the wall or the bag, and written down as printed."""

from datetime import date, timedelta

from casemgr import clock
from casemgr.i18n import Words
from casemgr.law.deadlines import DeadlineState
from casemgr.pace import Cancelled, Progress
from casemgr.printing.blocks import Paper
from casemgr.printing.forms import week_sheet as form
from casemgr.printing.list_paper import MOST_ROWS, TOO_LONG
from casemgr.printing.page import draw
from casemgr.services import lists, papers
from casemgr.services.office import Office, Right
from casemgr.services.readers import fit_for_all_eyes
from casemgr.trouble import Refusal


def compose(
    office: Office, first: date, *, mine: bool = False, with_names: bool = False, language: str | None = None
) -> Paper:  # fmt: skip
    """Return the sheet in the paper's language (the office's unless given); the other words as in week_sheet.

    A sheet hangs on a wall: what is for named staff alone is not on it, whoever prints it. Raises Refusal for more
    lines than paper takes.
    """
    office.demand(Right.READ_CASES, Right.PRINT)
    now, words = clock.now(), papers.paper_words(office, language)
    until = max(first + timedelta(days=form.DAYS - 1), now.date())
    if sum(lists.count_today(office, mine=mine, until=until).at(now).values()) > MOST_ROWS:
        raise Refusal(TOO_LONG)
    due = lists.today(office, mine=mine, until=until)
    rows = [
        form.WeekRow(
            row.due_at, row.whole_day, row.label, row.case_number, _child(row, words) if with_names else row.child_code,
            row.standing(now) is DeadlineState.OVER, row.unconfirmed,
        )
        for row in fit_for_all_eyes(due)
    ]  # fmt: skip
    return form.compose(rows, first, now.date(), papers.worker_name(office, words) if mine else None, office.settings,
                        words)  # fmt: skip


def week_sheet(
    office: Office, first: date, *, mine: bool = False, with_names: bool = False, language: str | None = None,
    how: str = "pdf",
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> bytes:  # fmt: skip
    """Return the sheet of the seven days from the first on as PDF, and write down that it was made.

    mine: of the worker's own cases alone. with_names: the names of the children; else their codes. how: pdf, printer
    or preview, which is not written down. progress, cancelled: as in printing.page.draw. Raises NotAllowed, and Refusal
    as compose.
    """
    paper = compose(office, first, mine=mine, with_names=with_names, language=language)
    data = draw(paper, papers.paper_words(office, language), progress=progress, cancelled=cancelled)
    if how != "preview":
        log_printed(office, first, mine=mine, with_names=with_names, language=language, how=how)
    return data


def log_printed(
    office: Office, first: date, *, mine: bool, with_names: bool, language: str | None, how: str
) -> None:  # fmt: skip
    """Write down that a week sheet left the screen; the words as in week_sheet."""
    papers.log_list_printed(
        office, form.NAME, language, how, first=first.isoformat(), mine=mine, with_names=with_names
    )  # fmt: skip


def _child(row: lists.ClockRow, words: Words) -> str:
    return row.name_km if words.language == "km" else row.name_latin
