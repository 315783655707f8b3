"""The list of the children that are held tonight as a paper, and written down as printed."""

from casemgr import clock
from casemgr.i18n import Words
from casemgr.pace import Cancelled, Progress
from casemgr.printing.blocks import Paper
from casemgr.printing.forms import where_list as form
from casemgr.printing.list_paper import MOST_ROWS, TOO_LONG
from casemgr.printing.page import draw
from casemgr.services import lists, papers
from casemgr.services.held_tonight import WhereRow
from casemgr.services.office import Office, Right
from casemgr.trouble import Refusal


def compose(
    office: Office, *, mine: bool = False, with_names: bool = False, language: str | None = None
) -> Paper:  # fmt: skip
    """Return the list in the paper's language (the office's unless given); the other words as in where_list.

    Raises Refusal for more children than paper takes.
    """
    office.demand(Right.LIST, Right.PRINT)
    words = papers.paper_words(office, language)
    rows = lists.who_is_where(office, mine=mine)
    if len(rows) > MOST_ROWS:
        raise Refusal(TOO_LONG)
    lines = [_line(row, words, with_names=with_names) for row in rows]
    whose = papers.worker_name(office, words) if mine else None
    return form.compose(lines, clock.today(), whose, office.settings, words)


def where_list(
    office: Office, *, mine: bool = False, with_names: bool = False, language: str | None = None, how: str = "pdf",
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> bytes:  # fmt: skip
    """Return the list as PDF, and write down that it was made.

    mine: of the worker's own cases alone. with_names: the names of the children; else their codes. how: pdf, printer
    or preview, which is not written down. progress, cancelled: as in printing.page.draw. Raises NotAllowed, and Refusal
    as compose.
    """
    paper = compose(office, mine=mine, with_names=with_names, language=language)
    data = draw(paper, papers.paper_words(office, language), progress=progress, cancelled=cancelled)
    if how != "preview":
        log_printed(office, mine=mine, with_names=with_names, language=language, how=how)
    return data


def log_printed(office: Office, *, mine: bool, with_names: bool, language: str | None, how: str) -> None:
    """Write down that the list left the screen; the words as in where_list."""
    papers.log_list_printed(office, form.NAME, language, how, mine=mine, with_names=with_names)


def _line(row: WhereRow, words: Words, *, with_names: bool) -> form.WhereLine:
    on = clock.today()
    name = row.name_km if words.language == "km" else row.name_latin
    return form.WhereLine(
        name if with_names else row.child_code, row.case_number, row.where, row.kind, row.since, row.days,
        row.next_hearing, row.last_visit, row.lawyer_met, row.marks_said(on, words),
    )  # fmt: skip
