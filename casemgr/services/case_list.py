"""The list of cases as a worker narrows it: filters that can be combined, columns to choose, an order.

Between the filters all must fit, within one filter any of its choices. A new filter is a condition in
casemgr.store.case_filters and an entry of FILTERS here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_, Words
from casemgr.khmer.search import search_key
from casemgr.law.ages import AgeBand
from casemgr.places import place, place_name
from casemgr.records.case import CaseStatus, OffenceCategory, OffenceClass, ProcessStage
from casemgr.records.fields import Choice
from casemgr.records.staff import StaffMember
from casemgr.services.case_columns import BY_KEY, COLUMNS, USUAL
from casemgr.services.coded import PROVINCE
from casemgr.services.listing import AT_ONCE, MANY_AT_ONCE, ListColumn, Listing, coded_column, every, typed_said
from casemgr.services.office import Office, Right
from casemgr.services.readers import CONFIDENTIAL_RULES
from casemgr.store import case_list as store
from casemgr.store.case_filters import NO as NO  # noqa: PLC0414  (windows ask for these here)
from casemgr.store.case_filters import NONE as NONE  # noqa: PLC0414
from casemgr.store.case_filters import YES as YES  # noqa: PLC0414
from casemgr.store.case_filters import CaseQuestion
from casemgr.store.case_list import BY_CODE, BY_DUE, BY_NAME, NEWEST, PARTS
from casemgr.store.case_list import CaseLine as CaseLine  # noqa: PLC0414  (what is returned)
from casemgr.store.work import Work
from casemgr.trouble import Refusal

WHAT, TITLE = "cases", N_("Cases")
FILTER_SAID, AND = N_("{filter}: {choices}"), ", "
ORDERED, ORDER = N_("Order: {order}"), N_("Order")
UNKNOWN_PARTS = N_("Some of this list is not known to this version and was left out: {parts}.")
NOT_ALLOWED = N_("Some of this list is not for your account and was left out: {parts}.")
COLUMNS_SAID = N_("Columns")
ORDERS = {
    NEWEST: N_("Newest first"), BY_NAME: N_("By name"), BY_DUE: N_("By the next deadline")
}  # fmt: skip
"""The orders a worker may choose, with what they are called. Where nobody may know names, by name means by code."""


class Option(NamedTuple):
    """A choice of a filter: its code and what it is called."""

    code: str
    label: str


@dataclass(frozen=True)
class CaseFilter:
    """A filter: its name in casemgr.store.case_filters, what it is called, its choices.

    label, help: messages. choices: the answers it offers, None for places and workers, which the office knows. none:
    what the choice of cases is called in which nothing is written down there. names: whether it is for those alone who
    may know names.
    """

    key: str
    label: str
    choices: type[Choice] | Mapping[str, str] | None = None
    none: str | None = None
    help: str = ""
    names: bool = False

    def options(self, words: Words) -> list[Option]:
        """Return its choices in words, without those that only the office knows."""
        if isinstance(self.choices, Mapping):
            found = [Option(code, words.text(label)) for code, label in self.choices.items()]
        else:
            offered = () if self.choices is None else (each for each in self.choices if not each.retired)
            found = [Option(str(each.value), words.text(each.label)) for each in offered]
        return [*found, *([Option(NONE, words.text(self.none))] if self.none else [])]

    def knows(self, code: str) -> bool:
        """Return whether a code is one of its choices."""
        if code == NONE:
            return self.none is not None
        if isinstance(self.choices, Mapping):
            return code in self.choices
        if self.choices is not None:
            return code in {each.value for each in self.choices}
        return place(code) is not None if self.key == PLACE else _is_identity(code)


STATUS, STAGE, PLACE, WORKER, HELD, OVERDUE = "status", "stage", "place", "worker", "held", "overdue"
FILTERS = (
    CaseFilter(STATUS, N_("Status"), CaseStatus),
    CaseFilter(STAGE, N_("Stage of the procedure"), ProcessStage, N_("No stage written down")),
    CaseFilter(PLACE, N_("Home"), None, N_("No home written down")),
    CaseFilter(WORKER, N_("Our worker"), None, N_("No worker"), names=True),
    CaseFilter("offence", N_("Kind of offence"), OffenceCategory, help=N_("Of any offence of the case.")),
    CaseFilter("class", N_("Class"), OffenceClass, help=N_(
        "Of any offence of the case; where no class is written, the usual one of its kind."
    )),
    CaseFilter("age", N_("Age at the offence"), AgeBand, help=N_(
        "On the day of the earliest offence; in doubt where the dates allow more than one of these."
    )),
    CaseFilter(HELD, N_("Detention"), {YES: N_("Held now"), NO: N_("Not held now")}, help=N_(
        "In police custody, in a prison or in a centre, as far as it is written down."
    )),
    CaseFilter(OVERDUE, N_("Deadlines"), {YES: N_("A deadline is over"), NO: N_("No deadline is over")}),
)  # fmt: skip
"""The filters, in the order in which they are offered."""

FILTER_BY_KEY = {each.key: each for each in FILTERS}
OPEN_CASES: Mapping[str, tuple[str, ...]] = {STATUS: (str(CaseStatus.OPEN.value),)}


@dataclass(frozen=True)
class CaseView:
    """How a worker looks at the cases. chosen: the codes of each filter; columns: their keys; order: of ORDERS."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(OPEN_CASES))
    columns: tuple[str, ...] = USUAL
    order: str = NEWEST

    def choosing(self, key: str, codes: Iterable[str]) -> "CaseView":
        """Return the view with these choices of one filter; none takes the filter away."""
        wanted, chosen = tuple(codes), {name: kept for name, kept in self.chosen.items() if name != key}
        return replace(self, chosen=chosen | ({key: wanted} if wanted else {}))

    @property
    def plain(self) -> dict[str, Any]:
        """The view as JSON holds it."""
        return {
            "filters": {key: list(codes) for key, codes in self.chosen.items()}, "columns": list(self.columns),
            "order": self.order,
        }  # fmt: skip


class Read(NamedTuple):
    """A view that was kept, and what of it this version does not know or this account may not: messages or codes."""

    view: CaseView
    unknown: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def said(self, words: Words) -> str:
        """Return what was left out, empty for nothing."""
        told = ((UNKNOWN_PARTS, self.unknown), (NOT_ALLOWED, self.refused))
        return "\n".join(
            words.text(message, parts=AND.join(words.text(part) for part in parts)) for message, parts in told if parts
        )


class Counted(NamedTuple):
    """How many cases fit, and how many there are for who asks."""

    fitting: int
    all: int


def read_view(plain: Any) -> Read:
    """Return the view that was kept as JSON; what this version does not know is left out and named. Never fails."""
    plain = plain if isinstance(plain, dict) else {}
    kept = plain.get("filters")
    chosen: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for key, codes in (kept if isinstance(kept, dict) else {}).items():
        known = FILTER_BY_KEY.get(key)
        said = [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
        fit = tuple(dict.fromkeys(code for code in said if known is not None and known.knows(code)))
        unknown += [known.label if known else str(key)] if len(fit) < len(said) or not said else []
        chosen |= {key: fit} if fit else {}
    listed = plain.get("columns")
    wanted = [key for key in listed if isinstance(key, str)] if isinstance(listed, list) else list(USUAL)
    columns = tuple(dict.fromkeys(key for key in wanted if key in BY_KEY))
    unknown += [COLUMNS_SAID] if len(columns) < len(wanted) else []
    order = plain.get("order", NEWEST)
    unknown += [] if order in ORDERS else [ORDER]
    return Read(CaseView(chosen, columns or USUAL, order if order in ORDERS else NEWEST), tuple(unknown))


def fitting(office: Office, view: CaseView) -> Read:
    """Return the view as this staff member may have it: without names no worker, and no place below the province."""
    if office.knows_names:
        return Read(view)
    refused = [FILTER_BY_KEY[key].label for key in view.chosen if FILTER_BY_KEY[key].names]
    chosen = {key: codes for key, codes in view.chosen.items() if not FILTER_BY_KEY[key].names}
    columns = tuple(key for key in view.columns if not BY_KEY[key].names or BY_KEY[key].coded)
    held = replace(view, chosen=chosen, columns=columns or ("number",))
    far = _far(held)
    refused += [FILTER_BY_KEY[PLACE].label] if far != held else []
    return Read(far, (), tuple(refused))


def _far(view: CaseView) -> CaseView:
    """Return the view with the provinces of its places alone."""
    places = view.chosen.get(PLACE, ())
    return view.choosing(PLACE, dict.fromkeys(code if code == NONE else code[:PROVINCE] for code in places))


def columns_offered(office: Office) -> tuple[ListColumn, ...]:
    """Return the columns that this staff member may choose."""
    return COLUMNS if office.knows_names else tuple(each for each in COLUMNS if not each.names or each.coded)


def filters_offered(office: Office) -> tuple[CaseFilter, ...]:
    """Return the filters that this staff member may choose."""
    return FILTERS if office.knows_names else tuple(each for each in FILTERS if not each.names)


def columns_of(office: Office, view: CaseView) -> tuple[ListColumn, ...]:
    """Return the columns of a view, coded for who may not know names."""
    shown = tuple(BY_KEY[key] for key in fitting(office, view).view.columns)
    return shown if office.knows_names else tuple(coded_column(each) for each in shown)


def case_page(
    office: Office, view: CaseView, search: str = "", *, limit: int = 200, after: CaseLine | None = None
) -> list[CaseLine]:  # fmt: skip
    """Return cases as the view wants them, a page at a time: those after the given one.

    search: letters of a name, or a number, as in lists.cases; every word must occur. A case worker sees the own cases
    and those that nobody carries; who may not know names finds by the case's own number alone. What is for named
    readers alone counts for no deadline. Raises NotAllowed.
    """
    view, asked = _question(office, view, search)
    with office.read(Right.LIST) as work:
        return _page(work, office, view, asked, limit, after)


def count(office: Office, view: CaseView, search: str = "") -> Counted:
    """Return how many cases the view shows, and of how many. Raises NotAllowed."""
    view, asked = _question(office, view, search)
    with office.read(Right.LIST) as work:
        return Counted(store.count_cases(work, asked), store.count_cases(work, replace(asked, chosen={}, words=())))


def case_ids(office: Office, view: CaseView, search: str = "") -> list[UUID]:
    """Return the identities of all cases of the view, in its order. Raises NotAllowed."""
    view, asked = _question(office, replace(view, columns=("number",)), search)
    with office.read() as work:
        return [row.id for row in _all(work, office, view, asked)]


def cases_listing(
    office: Office, view: CaseView, search: str = "", named: Mapping[str, tuple[str, str]] | None = None
) -> Listing:  # fmt: skip
    """Return the list of cases as the view has it, to be put on paper or into a file; nothing is read yet.

    named: from workers, who else are told by their codes. Raises NotAllowed.
    """
    office.demand(Right.LIST)
    view = fitting(office, view).view

    def narrowed(words: Words, with_names: bool) -> list[str]:
        told = filters_said(view if with_names else _far(view).choosing(WORKER, ()), words, named or {})
        told += typed_said(search, words, with_names)
        return [*told, words.text(ORDERED, order=words.text(ORDERS[view.order]))]

    def rows() -> Iterator[CaseLine]:
        _, asked = _question(office, view, search)
        with office.read(Right.LIST) as work:
            yield from _all(work, office, view, asked)

    return Listing(
        WHAT, TITLE, columns_of(office, view), rows, narrowed, lambda: count(office, view, search).fitting,
        children=lambda row: (row.child_id,), practice=office.settings.practice,
    )  # fmt: skip


def filters_said(view: CaseView, words: Words, named: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return what each filter of the view narrows the list to, in words. named: from workers."""
    return [
        words.text(
            FILTER_SAID, filter=words.text(each.label), choices=choices_said(each, view.chosen[each.key], words, named)
        )
        for each in FILTERS
        if each.key in view.chosen
    ]


def choices_said(
    known: CaseFilter, codes: Sequence[str], words: Words, named: Mapping[str, tuple[str, str]]
) -> str:  # fmt: skip
    """Return the choices of a filter in words. named: from workers."""
    labels = dict(known.options(words))

    def said(code: str) -> str:
        if code in labels:
            return labels[code]
        if known.key == PLACE:
            return place_name(code, words.language)
        return named.get(code, (code, code))[0 if words.language == "km" else 1]

    return AND.join(said(code) for code in codes)


def workers(office: Office) -> dict[str, tuple[str, str]]:
    """Return the names of all who work or worked here, in Khmer and in Latin letters; none without the right to names.

    Raises NotAllowed.
    """
    with office.read(Right.LIST) as work:
        found = work.read(StaffMember) if office.knows_names else []
    return {
        str(each.id): (each.name or each.name_latin or "–", each.name_latin or each.name or "–") for each in found
    }  # fmt: skip


def _question(office: Office, view: CaseView, search: str) -> tuple[CaseView, CaseQuestion]:
    view = fitting(office, view).view
    for key, codes in view.chosen.items():
        if key not in FILTER_BY_KEY or not all(map(FILTER_BY_KEY[key].knows, codes)):
            raise Refusal(N_("There is no such filter, or no such choice of it: {filter}."), filter=key)
    words = tuple(search_key(search).split())
    return view, CaseQuestion(
        clock.now(), view.chosen, words, not office.knows_names, office.scope, CONFIDENTIAL_RULES
    )  # fmt: skip


def _page(
    work: Work, office: Office, view: CaseView, asked: CaseQuestion, limit: int, after: CaseLine | None
) -> list[CaseLine]:  # fmt: skip
    parts = {name for key in view.columns for name in BY_KEY[key].needs}
    if not office.knows_names:
        parts = parts - _TELLING | {"code"} if "name" in view.columns else parts
    order = BY_CODE if view.order == BY_NAME and not office.knows_names else view.order
    return store.cases_listed(work, asked, parts, order=order, limit=limit, after=after)


def _all(work: Work, office: Office, view: CaseView, asked: CaseQuestion) -> Iterator[CaseLine]:
    """Yield every case of the list; no index knows the next deadline, so each page of that order looks at all cases."""
    at_once = MANY_AT_ONCE if view.order == BY_DUE else AT_ONCE
    return every(lambda after, limit: _page(work, office, view, asked, limit, after), at_once)


_TELLING = frozenset(BY_KEY["name"].needs)
assert PARTS.keys() >= {name for column in COLUMNS for name in column.needs}  # noqa: S101


def _is_identity(code: str) -> bool:
    try:
        return str(UUID(code)) == code
    except ValueError:
        return False
