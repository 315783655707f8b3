"""The columns of the lists that the program shows besides the cases, and each list as it can be given out.

A column is an entry of the list's own tuple: the window, paper and files read it from there.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.exchange.table import CellKind, Value
from casemgr.i18n import N_, Words
from casemgr.places import parents, place_name
from casemgr.records.child import Child, child_name
from casemgr.records.pathway.follow_up_answers import UNANSWERED
from casemgr.records.stage import day_of
from casemgr.services import directory, follow_ups, lists
from casemgr.services.case_columns import age_told
from casemgr.services.clocks_said import DOUBTS, days_left, due_said, source_said, time_left
from casemgr.services.directory import ContactRow
from casemgr.services.finding import FoundChild, find_children
from casemgr.services.follow_ups import FollowUpRow, FollowUpStanding
from casemgr.services.listing import ListColumn, Listing, Naming, every, province_said, typed_said
from casemgr.services.lists import ChildRow, Mark, WhereRow, count_today, every_clock
from casemgr.services.office import Office
from casemgr.services.quality import GapRow, said, where
from casemgr.services.reporting import CaseName
from casemgr.services.same_child import Pair

UNKNOWN = N_("not known")
LEFT = N_("{function} (no longer)")
RECORD_QUESTION = N_("{part}: {label}")
YES, NO = N_("Yes"), N_("No")
MET = N_("met on {when}")
NEVER, SPOKEN = N_("No follow-up yet"), N_("Last reached on {date}")
NO_CONSENT, WITHDRAWN = N_("No consent to contact"), N_("Consent withdrawn: do not call")
GUARDIAN_PHONE, VILLAGE_PHONE = N_("Guardian: {phone}"), N_("Village: {phone}")
NO_PHONE, NO_WORKER = N_("No number"), N_("No worker")
LOST_SINCE, MINE = N_("Lost since {date}"), N_("My cases")
_DATE, _MOMENT, _NUMBER = CellKind.DATE, CellKind.MOMENT, CellKind.NUMBER


def _of(name: str) -> Any:
    """Return what tells an answer of a row as it is kept."""
    return lambda row, _words: getattr(row, name)


def _choice(name: str) -> Any:
    """Return what tells a coded answer of a row in words."""
    return lambda row, words: words.text(answer.label) if (answer := getattr(row, name)) else None


def _first_name(row: Any, words: Words) -> Value:
    name: str = row.name_km if words.language == "km" else row.name_latin
    return name or row.child_code


def _other_name(row: Any, words: Words) -> Value:
    first, second = (row.name_km, row.name_latin) if words.language == "km" else (row.name_latin, row.name_km)
    return second if second != first else None


def _khmer_name(row: ChildRow, _words: Words) -> Value:
    return f"{row.name_km} ({row.nickname})" if row.nickname and row.nickname != row.name_km else row.name_km


def _child_age(row: ChildRow, words: Words) -> Value:
    return age_told(row.born, PartialDate.on(clock.today()), words) or words.text(UNKNOWN)


def _village(row: ChildRow, words: Words) -> Value:
    return place_name(row.village_code, words.language) if row.village_code else None


def _province(row: ChildRow, words: Words) -> Value:
    return province_said(row.village_code, words)


CHILDREN = (
    ListColumn("name-km", N_("Name in Khmer"), _khmer_name, share=20, strong=True, names=True, coded=_of("code")),
    ListColumn("name-latin", N_("Name in Latin letters"), _of("name_latin"), share=18, names=True),
    ListColumn("code", N_("Code"), _of("code"), share=12, spare=True),
    ListColumn("sex", N_("Sex"), _choice("sex"), share=8, spare=True),
    ListColumn("age", N_("Age today"), _child_age, share=13, least=190, names=True),
    ListColumn("village", N_("Village"), _village, share=16, names=True, coded=_province),
    ListColumn(
        "open", N_("Open cases"), lambda row, _words: row.open_cases or None, _NUMBER, share=9, spare=True, least=104,
        empty="–",
    ),
    ListColumn("last", N_("Last case"), _of("last_case_number"), share=13, empty="–"),
)  # fmt: skip


def children_listing(office: Office, search: str = "") -> Listing:
    """Return the list of children, narrowed to what was typed."""
    return Listing(
        "children", N_("Children"), CHILDREN,
        lambda: every(lambda after, limit: lists.children(office, search, limit=limit, after=after)),
        partial(typed_said, search), children=lambda row: (row.id,), practice=office.settings.practice,
    )  # fmt: skip


def _function(row: ContactRow, words: Words) -> Value:
    role = words.text(row.role.label) if row.role else ""
    return role if row.active else words.text(LEFT, function=role or "–")


CONTACTS = (
    ListColumn("name-km", N_("Name in Khmer"), _of("name_km"), share=20, strong=True),
    ListColumn("name-latin", N_("Name in Latin letters"), _of("name_latin"), share=17, spare=True),
    ListColumn("function", N_("Function"), _function, share=17),
    ListColumn("organisation", N_("Organisation"), _of("organisation"), share=20),
    ListColumn("phone", N_("Telephone"), _of("phone"), CellKind.CODE, share=13),
    ListColumn(
        "place", N_("Works in"), share=13, spare=True,
        cell=lambda row, words: place_name(row.place_code, words.language) if row.place_code else None,
    ),
)  # fmt: skip


def contacts_listing(office: Office, search: str = "") -> Listing:
    """Return the directory, narrowed to what was typed. It names people at work, and no child."""
    return Listing(
        "directory", N_("Directory"), CONTACTS,
        lambda: every(lambda after, limit: directory.contacts(office, search, limit=limit, after=after)),
        partial(typed_said, search), naming=Naming.ALWAYS, practice=office.settings.practice,
    )  # fmt: skip


def _gap_where(row: GapRow, words: Words) -> Value:
    record, question = where(row, words)
    return words.text(RECORD_QUESTION, part=record, label=question) if question else record


GAPS = (
    ListColumn("what", N_("What is wrong"), said, share=39, strong=True, least=300),
    ListColumn("where", N_("Where"), _gap_where, share=34, least=240),
    ListColumn("number", N_("Case"), _of("number"), share=12, least=140, empty="–"),
    ListColumn("child", N_("Child"), _first_name, share=15, spare=True, least=150, names=True, coded=_of("child_code")),
)  # fmt: skip


def gaps_listing(office: Office, rows: Sequence[GapRow], kind: str = "") -> Listing:
    """Return what is to be mended, as it was found. kind: which lines are shown, in the words of a message."""
    return Listing(
        "quality", N_("What to mend"), GAPS, lambda: rows, lambda words, _named: [words.text(kind)] if kind else [],
        lambda: len(rows), children=lambda row: (row.child_id,), practice=office.settings.practice,
    )  # fmt: skip


CLOCKS = (
    ListColumn("left", N_("Time left"), lambda row, words: time_left(row.deadline, clock.now(), words), share=14),
    ListColumn(
        "due", N_("Due"), lambda row, words: due_said(row.due_at, words, whole_day=row.whole_day), share=15
    ),
    ListColumn("what", N_("What is due"), lambda row, words: words.text(row.label), share=22),
    ListColumn("source", N_("Where the limit comes from"), lambda row, words: source_said(row.limit, words), share=22),
    ListColumn(
        "doubts", N_("Doubts"), share=16,
        cell=lambda row, words: "\n".join(words.text(DOUBTS[each]) for each in row.doubts if each in DOUBTS),
    ),
    ListColumn("child", N_("Child"), _first_name, share=16, names=True, coded=_of("child_code")),
    ListColumn("other-name", N_("Name in the other script"), _other_name, share=14, names=True),
    ListColumn("number", N_("Case"), _of("case_number"), share=12),
)  # fmt: skip


def clocks_listing(
    office: Office, *, mine: bool = False, until: date | None = None, shown: Iterable[str] = ()
) -> Listing:  # fmt: skip
    """Return the running clocks of Today. shown: what they are narrowed to, as messages; the rest as in lists.today."""
    told = tuple(shown)

    def total() -> int:
        return sum(count_today(office, mine=mine, until=until).at(clock.now()).values())

    return Listing(
        "today", N_("Running clocks"), CLOCKS, lambda: every_clock(office, mine=mine, until=until),
        lambda words, _named: [words.text(each) for each in told], total, children=lambda row: (row.child_id,),
        practice=office.settings.practice,
    )  # fmt: skip


def _as_read(
    office: Office, what: str, title: str, columns: tuple[ListColumn, ...], rows: Sequence[Any], shown: Iterable[str]
) -> Listing:  # fmt: skip
    told = tuple(shown)
    return Listing(
        what, title, columns, lambda: rows, lambda words, _named: [words.text(each) for each in told],
        lambda: len(rows), children=lambda row: (row.child_id,), practice=office.settings.practice,
    )  # fmt: skip


def _day(name: str) -> Any:
    """Return what tells the day of a time in a row."""

    def said_of(row: Any, _words: Words) -> Value:
        at: datetime | date | None = getattr(row, name)
        return day_of(at) if at is not None else None

    return said_of


def _adults(row: WhereRow, words: Words) -> Value:
    return None if row.with_adults is None else words.text(YES if row.with_adults else NO)


def _lawyer(row: WhereRow, words: Words) -> Value:
    if row.lawyer_met is None:
        return row.mark_said(Mark.NO_LAWYER, clock.today(), words)
    return words.text(MET, when=words.date(day_of(row.lawyer_met)))


HELD = (
    ListColumn("child", N_("Child"), _first_name, share=16, names=True, coded=_of("child_code")),
    ListColumn("code", N_("Code of the child"), _of("child_code"), share=11),
    ListColumn("number", N_("Case"), _of("case_number"), share=12),
    ListColumn("where", N_("Held in"), _of("where"), share=18, names=True, empty="–"),
    ListColumn("kind", N_("Kind of place"), lambda row, words: words.text(row.kind), share=14),
    ListColumn("since", N_("Held since"), _day("since"), _DATE, share=11, empty="–"),
    ListColumn("days", N_("Days held"), _of("days"), _NUMBER, share=8),
    ListColumn("adults", N_("With adults"), _adults, share=9, empty="–"),
    ListColumn("hearing", N_("Next hearing"), _day("next_hearing"), _DATE, share=11, empty="–"),
    ListColumn("visit", N_("Last visit"), _day("last_visit"), _DATE, share=11, empty="–"),
    ListColumn("lawyer", N_("Lawyer"), _lawyer, share=13),
    ListColumn(
        "marks", N_("Not as it should be"), share=16,
        cell=lambda row, words: "\n".join(row.marks_said(clock.today(), words)),
    ),
)  # fmt: skip


def where_listing(office: Office, rows: Sequence[WhereRow], shown: Iterable[str] = ()) -> Listing:
    """Return who is where tonight. shown: what it is narrowed to, as messages."""
    return _as_read(office, "who-is-where", N_("Who is where tonight"), HELD, rows, shown)


def _follow_up_due(row: FollowUpRow, words: Words) -> Value:
    if row.standing is FollowUpStanding.LOST and row.lost_on is not None:
        return words.text(LOST_SINCE, date=words.date(row.lost_on))
    if row.next_due is None:
        return words.text(FollowUpStanding.NOTHING.label)
    return days_left((row.next_due - clock.today()).days, words)


def _last_status(row: FollowUpRow, words: Words) -> Value:
    return words.text(row.last_status.label) if row.last_status else words.text(NEVER)


def _last_day(row: FollowUpRow, words: Words) -> Value:
    if row.last_contact_on is None:
        return None
    on = words.date(row.last_contact_on)
    return words.text(SPOKEN, date=on) if row.last_status in UNANSWERED else on


def _phones(row: FollowUpRow, words: Words) -> Value:
    """Tell the first two numbers to be tried; none where consent was withdrawn, as the window has it."""
    if row.withdrawn:
        return words.text(WITHDRAWN)
    others = ((GUARDIAN_PHONE, row.guardian_phone), (VILLAGE_PHONE, row.village_phone))
    told = [row.phone] if row.phone else []
    told += [words.text(message, phone=phone) for message, phone in others if phone]
    return "\n".join((*(told[:2] or [words.text(NO_PHONE)]), *([] if row.consent_given else [words.text(NO_CONSENT)])))


def _home(row: FollowUpRow, words: Words) -> Value:
    if not row.village_code:
        return None
    around = [each.name(words.language) for each in parents(row.village_code)[1:]]
    return ", ".join((place_name(row.village_code, words.language), *around[-1:]))


def _carrier(row: FollowUpRow, words: Words) -> Value:
    return (row.worker if words.language == "km" else row.worker_latin) or words.text(NO_WORKER)


FOLLOW_UPS = (
    ListColumn("child", N_("Child"), _first_name, share=15, names=True, coded=_of("child_code")),
    ListColumn("code", N_("Code of the child"), _of("child_code"), share=10),
    ListColumn("number", N_("Case"), _of("case_number"), share=12),
    ListColumn("next", N_("Next follow-up"), _follow_up_due, share=13),
    ListColumn("due", N_("Due on"), _of("next_due"), _DATE, share=11),
    ListColumn("kind", N_("Counted from"), _choice("index_kind"), share=15),
    ListColumn("on", N_("Counted from the date"), _of("index_on"), _DATE, share=11),
    ListColumn("status", N_("Last contact"), _last_status, share=14),
    ListColumn("last", N_("Last contact on"), _last_day, share=12),
    ListColumn("how", N_("Last reached how"), _choice("last_contact_how"), share=12),
    ListColumn("phone", N_("Telephone"), _phones, share=17, names=True),
    ListColumn("home", N_("Home"), _home, share=15, names=True,
               coded=lambda row, words: province_said(row.village_code, words)),
    ListColumn("worker", N_("Our worker"), _carrier, share=13, names=True),
)  # fmt: skip


def follow_ups_listing(
    office: Office, asked: dict[str, Any], worker: tuple[str, str] = ("", "")
) -> Listing:  # fmt: skip
    """Return the follow-up list as it is shown.

    asked: the words of follow_ups.follow_up_list; worker: what the staff member is called, in Khmer and in Latin
    letters, whose cases alone are asked for.
    """
    counted = {name: value for name, value in asked.items() if name != "standing"}

    def total() -> int:
        counts = follow_ups.follow_up_counts(office, **counted)
        return counts[asked["standing"]] if asked.get("standing") else sum(counts.values())

    def narrowed(words: Words, named: bool) -> list[str]:
        said = [words.text(each.label) for name in ("standing", "kind", "programme") if (each := asked.get(name))]
        code, name = asked.get("place"), worker[words.language != "km"] if named else ""
        place = (place_name(code, words.language) if named else province_said(code, words)) if code else None
        return [*said, *filter(None, (place, words.text(MINE) if asked.get("mine") else name))]

    return Listing(
        "follow-ups", N_("Follow-ups"), FOLLOW_UPS,
        lambda: every(
            lambda after, limit: follow_ups.follow_up_list(office, limit=limit, after=after, **asked)
        ),
        narrowed, total, children=lambda row: (row.child_id,), practice=office.settings.practice,
    )  # fmt: skip


def _why_found(row: FoundChild, words: Words) -> Value:
    khmer = words.language == "km"
    return " · ".join(
        words.text(RECORD_QUESTION, part=words.text(match.why.label), label=match.text if khmer else match.text_en)
        for match in row.matches
    )


MOST_FOUND = 200
"""So many of those that may be meant are given out; the others are less likely."""

FOUND = (
    ListColumn("name-km", N_("Name in Khmer"), _of("name_km"), share=20, names=True, coded=_of("code")),
    ListColumn("name-latin", N_("Name in Latin letters"), _of("name_latin"), share=18, names=True),
    ListColumn("code", N_("Code"), _of("code"), share=11),
    ListColumn(
        "number", N_("Case"), share=12,
        cell=lambda row, _words: (row.case or row.newest).number if row.case or row.newest else None,
    ),
    ListColumn("why", N_("By what it was found"), _why_found, share=26, names=True),
)  # fmt: skip


def found_listing(office: Office, typed: str) -> Listing:
    """Return what the search box finds."""
    return Listing(
        "search", N_("What was found"), FOUND, lambda: find_children(office, typed, limit=MOST_FOUND),
        partial(typed_said, typed), children=lambda row: (row.id,), practice=office.settings.practice,
    )  # fmt: skip


BEHIND = (
    ListColumn("number", N_("Case number"), _of("number"), share=30),
    ListColumn("child", N_("Child"), _first_name, share=40, names=True, coded=_of("child_code")),
    ListColumn("code", N_("Code of the child"), _of("child_code"), share=30),
)


def behind_listing(office: Office, rows: Sequence[CaseName], shown: Iterable[str]) -> Listing:
    """Return the cases behind a number. shown: which number, and which of its cases."""
    return _as_read(office, "behind-a-number", N_("The cases behind this number"), BEHIND, rows, shown)


def _of_pair(which: str, tell: Any) -> Any:
    return lambda pair, words: tell(getattr(pair, which), words)


def _born(child: Child, words: Words) -> Value:
    return None if child.born is None else words.partial_date(child.born)


def _likeness(pair: Pair, words: Words) -> Value:
    return " · ".join(words.text(each.label) for each in pair.likeness.reasons)


def _one_column(which: str, key: str, label: str, tell: Any, **more: Any) -> ListColumn:
    return ListColumn(f"{key}-{which}", label, _of_pair(which, tell), **more)


def _called(child: Child, words: Words) -> Value:
    return child_name(child, words.language)


PAIRS = (
    _one_column("one", "name", N_("One child"), _called, share=18, names=True, coded=_of_pair("one", _of("code"))),
    _one_column("one", "code", N_("Code"), _of("code"), share=11),
    _one_column("one", "born", N_("Date of birth"), _born, share=12, names=True),
    _one_column("other", "name", N_("The other child"), _called, share=18, names=True,
                coded=_of_pair("other", _of("code"))),
    _one_column("other", "code", N_("Code of the other"), _of("code"), share=11),
    _one_column("other", "born", N_("Date of birth of the other"), _born, share=12, names=True),
    ListColumn("why", N_("What speaks for it"), _likeness, share=24, names=True),
)  # fmt: skip


def pairs_listing(office: Office, rows: Sequence[Pair]) -> Listing:
    """Return the pairs of records that may be of one child."""
    return Listing(
        "same-child", N_("The same child written down twice?"), PAIRS, lambda: rows, total=lambda: len(rows),
        children=lambda row: (row.one.id, row.other.id), practice=office.settings.practice,
    )  # fmt: skip
