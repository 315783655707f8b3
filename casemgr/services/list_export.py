"""A list as it is shown, given out: on paper or as a file, with names or with codes, and written down.

With names a file wants a reason and a lock, as the follow-up list does; paper warns before it leaves. Whoever took back
the consent to contact or sharing stands there with the code alone.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from casemgr import clock
from casemgr.exchange.table import Headings
from casemgr.exchange.writing import watched, write_whole
from casemgr.i18n import N_, Words
from casemgr.pace import Cancelled, Progress
from casemgr.printing.forms.week_sheet import PRINTED_ON
from casemgr.printing.list_paper import MOST_ROWS, TOO_LONG
from casemgr.printing.page import draw_list
from casemgr.records.beside.consent import Consent, ConsentScope, withdrawn_from
from casemgr.records.case import Case
from casemgr.services.follow_up_export import demand_lock, office_name
from casemgr.services.list_files import ListKind, demand_target, list_paper, write_list
from casemgr.services.listing import Listing, Naming
from casemgr.services.office import Office, Right
from casemgr.services.papers import paper_words
from casemgr.store.bare import Reader
from casemgr.trouble import Refusal

NAMES_ON_PAPER = N_(
    "This list bears the names of the children. Keep it where only those see it who work on the cases, give it to "
    "nobody outside the office, and destroy it when it is no longer needed."
)
_HEADINGS = {ListKind.WORKBOOK: Headings.TWO_LINES, ListKind.CSV: Headings.ONE_LINE, ListKind.PAPER: Headings.OWN}
_SCOPES = (ConsentScope.CONTACT, ConsentScope.SHARING)


def export_listing(
    office: Office, path: Path, form: ListKind, listing: Listing, *, named: bool = False,
    passphrase: str | None = None, reason: str | None = None, language: str | None = None,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> int:  # fmt: skip
    """Write a list to a file and the export into the audit trail, both or neither; return its rows.

    named: with the names of children, for which a reason and a passphrase are wanted, and which no CSV file holds; a
    list of people has them always. language: of the list, the office's unless given. progress is told how many rows
    are written, and of how many, 0 where nobody knows; where cancelled says so, Stopped is raised. Raises NotAllowed,
    Refusal and Trouble as save_list; then no file was written or changed.
    """
    named = _is_named(office, listing, named=named)
    reason = (reason or "").strip() or None
    demand_lock(form, not named, passphrase, reason)
    words = paper_words(office, language)
    demand_target(path, form, passphrase, office.folder)
    total = _total(listing, form)

    def write(file: BinaryIO) -> int:  # what is not written down may not leave the office
        withheld = withdrawn_children(office) if named and listing.children is not None else frozenset()
        table = listing.table(words, listing.rows(), named=named, withheld=withheld, headings=_HEADINGS[form])
        rows = write_list(
            file, table, form, words, passphrase=passphrase, office=office_name(office, words), made=_made(words),
            done=None if progress is None else lambda number: progress(number, total), stop=cancelled,
        )  # fmt: skip
        said = {"how": form.value, "rows": rows, "named": named, "language": words.language,
                "columns": [column.key for column in table.columns]}  # fmt: skip
        with office.write(Right.LIST, why=reason) as work:
            told = {"what": listing.what} | said
            work.note("exported", "List", changes={name: [None, value] for name, value in told.items()}, why=reason)
        return rows

    return write_whole(path, write)


def listing_paper(
    office: Office, listing: Listing, *, named: bool = False, language: str | None = None,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> bytes:  # fmt: skip
    """Return a list as PDF to look at; nothing is written down of it. The words as in export_listing.

    Raises NotAllowed, Stopped, and Refusal for a list too long for paper.
    """
    office.demand(Right.PRINT)
    named = _is_named(office, listing, named=named)
    words = paper_words(office, language)
    total = _total(listing, ListKind.PAPER)
    withheld = withdrawn_children(office) if named and listing.children is not None else frozenset()
    rows = watched(listing.rows(), _telling(progress, total), cancelled)
    table = listing.table(words, rows, named=named, withheld=withheld)
    target = BytesIO()
    draw_list(list_paper(table, words, office_name(office, words), _made(words)), words, target)
    return target.getvalue()


def log_listing(
    office: Office, listing: Listing, how: str, *, named: bool = False, language: str | None = None
) -> None:  # fmt: skip
    """Write down that a list on paper left the screen: how is pdf, locked-pdf or printer. Raises NotAllowed."""
    named = _is_named(office, listing, named=named)
    said = {
        "what": listing.what, "language": language or office.settings.language, "how": how, "named": named,
        "columns": [column.key for column in listing.columns],
    }  # fmt: skip
    with office.write(Right.LIST, Right.PRINT) as work:
        work.note("printed", "List", changes={name: [None, value] for name, value in said.items()})


def withdrawn_children(office: Office) -> frozenset[UUID]:
    """Return the children of whom consent to contact or sharing was taken back, and nothing since allows it again."""
    given: dict[UUID, list[Consent]] = {}
    with office.read(Right.LIST) as work:
        ended = [
            case_id for case_id, withdrawn_on in Reader(work).rows(Consent, ("case_id", "withdrawn_on"))
            if withdrawn_on is not None
        ]  # fmt: skip
        children = {each.child_id for each in work.read(Case, id=ended)} if ended else set[UUID]()
        cases = {each.id: each.child_id for each in work.read(Case, child_id=list(children))} if children else {}
        for consent in work.read(Consent, case_id=list(cases)) if cases else ():
            given.setdefault(cases[consent.case_id], []).append(consent)
    today = clock.today()
    return frozenset(
        child for child, consents in given.items() if any(withdrawn_from(consents, each, today) for each in _SCOPES)
    )


def _is_named(office: Office, listing: Listing, *, named: bool) -> bool:
    """Return whether people are named in the list that leaves. Raises NotAllowed for who may not know them."""
    office.demand(Right.LIST)
    named = listing.naming is Naming.ALWAYS or (named and listing.naming is Naming.CHOICE)
    if named:
        office.demand(Right.READ_CASES)
    return named


def _total(listing: Listing, form: ListKind) -> int:
    total = listing.total() if listing.total is not None else 0
    if form is ListKind.PAPER and total > MOST_ROWS:
        raise Refusal(TOO_LONG)
    return total


def _telling(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    return None if progress is None else lambda number: progress(number, total)


def _made(words: Words) -> str:
    return words.text(PRINTED_ON, date=words.date(clock.today()))
