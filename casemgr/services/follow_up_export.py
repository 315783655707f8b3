"""Giving the follow-up list out of the office: with names only for a reason and locked, else without them."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from casemgr import clock
from casemgr.exchange.table import Headings, Table
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_, Words
from casemgr.measures.coarsening import Traits, steps_for
from casemgr.pace import sweeping_later
from casemgr.printing.forms.week_sheet import PRINTED_ON
from casemgr.printing.list_paper import MOST_ROWS, TOO_LONG
from casemgr.services.follow_up_tables import coded_table, full_table, traits_of
from casemgr.services.follow_ups import (
    FollowUpRow,
    brief_rows,
    coded_follow_up,
    read_follow_ups,
    within_scope,
)
from casemgr.services.list_files import ListKind, demand_target, write_list
from casemgr.services.office import Office, Right, password_problem
from casemgr.services.papers import paper_words
from casemgr.store.follow_up_rows import FollowUpFilter, index_counts
from casemgr.store.work import Work
from casemgr.trouble import Refusal

AT_ONCE = 500
"""So many rows are read at a time; memory does not grow beyond these with the list."""

NO_REASON = N_("Write why the list with names is needed. The reason is kept in the history of the office.")
NO_LOCK = N_("A list with names is locked with a passphrase. Choose one that only its readers know.")
NOT_AS_CSV = N_(
    "A CSV file cannot be locked, so no names may stand in it. Choose a workbook or PDF, or the list without names."
)


def export_follow_ups(
    office: Office, path: Path, form: ListKind, asked: FollowUpFilter, *, pseudonymised: bool = False,
    passphrase: str | None = None, reason: str | None = None, language: str | None = None,
    progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> int:  # fmt: skip
    """Write the follow-up list to a file and the export into the audit trail, both or neither; return its rows.

    asked: from follow_ups.filter_of. pseudonymised: without names, days and anything below the province, and coarsened
    (measures.coarsening); else with names, for which a reason and a passphrase are wanted, and without children of whom
    consent to contact or sharing was withdrawn. language: of the list, the
    office's unless given. progress is told how many rows are written, and of how many; where cancelled says so,
    Stopped is raised. A case worker gives out the own cases and those that nobody carries; who may measure, the whole
    office without names. Raises NotAllowed, Refusal and Trouble as save_list; then no file was written or changed.
    """
    office.demand(Right.LIST, *(() if pseudonymised else (Right.READ_CASES,)))
    asked = within_scope(office, asked, whole=pseudonymised and Right.MEASURE in office.rights)
    reason = (reason or "").strip() or None
    demand_lock(form, pseudonymised, passphrase, reason)
    words = paper_words(office, language)
    demand_target(path, form, passphrase, office.folder)

    def write(file: BinaryIO) -> int:  # what is not written down may not leave the office
        with sweeping_later(), office.write(Right.LIST, why=reason) as work:
            total = sum(
                number for standing, number in index_counts(work, asked).items() if asked.standing in (None, standing)
            )
            if form is ListKind.PAPER and total > MOST_ROWS:
                raise Refusal(TOO_LONG)
            table = _table(work, office, asked, form, words, pseudonymised)
            rows = write_list(
                file, table, form, words, passphrase=passphrase, office=office_name(office, words),
                made=words.text(PRINTED_ON, date=words.date(clock.today())), stop=cancelled,
                done=None if progress is None else lambda number: progress(number, total),
            )  # fmt: skip
            said = {"what": "follow-ups", "how": form.value, "rows": rows, "pseudonymised": pseudonymised,
                    "as_of": asked.as_of.isoformat(), "language": words.language}  # fmt: skip
            work.note("exported", "List", changes={name: [None, value] for name, value in said.items()}, why=reason)
        return rows

    return write_whole(path, write)


def demand_lock(form: ListKind, pseudonymised: bool, passphrase: str | None, reason: str | None) -> None:
    """Raise Refusal where a list with names would leave without a reason or a lock, or with one too easily guessed."""
    if not pseudonymised:
        if form is ListKind.CSV:
            raise Refusal(NOT_AS_CSV, fields=("form",))
        if reason is None:
            raise Refusal(NO_REASON, fields=("reason",))
        if not passphrase:
            raise Refusal(NO_LOCK, fields=("passphrase",))
    if passphrase and (problem := password_problem(passphrase)):
        raise Refusal(problem, fields=("passphrase",))


def office_name(office: Office, words: Words) -> str:
    """Return what the office is called in these words, or else in the others."""
    settings = office.settings
    names = (settings.name_km, settings.name_en) if words.language == "km" else (settings.name_en, settings.name_km)
    return names[0] or names[1] or ""


_HEADINGS = {ListKind.WORKBOOK: Headings.TWO_LINES, ListKind.CSV: Headings.ONE_LINE, ListKind.PAPER: Headings.OWN}


def _table(
    work: Work, office: Office, asked: FollowUpFilter, form: ListKind, words: Words, pseudonymised: bool
) -> Table:  # fmt: skip
    rows, practice = every_follow_up(work, office, asked), office.settings.practice
    paper = form is ListKind.PAPER
    if pseudonymised:
        steps = steps_for(traits_in(work, asked))
        return coded_table(rows, steps, words, paper=paper, headings=_HEADINGS[form], practice=practice)
    rows = (
        row for row in rows if not row.withdrawn
    )  # whoever took back the consent is in no list that leaves the office
    return full_table(rows, words, paper=paper, headings=_HEADINGS[form], practice=practice)


def every_follow_up(work: Work, office: Office, asked: FollowUpFilter) -> Iterator[FollowUpRow]:
    """Yield every row of the list, a page after the other within one transaction; coded where names may not be known.

    asked: held to what the staff member may see before.
    """
    last: FollowUpRow | None = None
    while True:
        before = last
        for last in read_follow_ups(work, office.staff.id, asked, limit=AT_ONCE, after=before):
            yield last if office.knows_names else coded_follow_up(last)
        if last is before:
            return


def traits_in(work: Work, asked: FollowUpFilter) -> Counter[Traits]:
    """Return how many children of the list share the same traits."""
    return Counter(traits_of(row) for row in brief_rows(work, asked, AT_ONCE))
