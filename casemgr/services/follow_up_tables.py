"""The follow-up list as a table for other programs and for paper: with names, or coarsened and without."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from casemgr.exchange.table import CellKind, Column, Headings, Row, Table
from casemgr.i18n import N_, Words
from casemgr.law.ages import AgeBand, AgeRange, age_in_words, bands, is_doubtful
from casemgr.measures.coarsening import COARSEST, EXPLAINED, Traits, coarsened
from casemgr.places import parents, place
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Choice, field_of
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.services.follow_ups import Brief, EventTold, FollowUpRow

TITLE, SHEET = N_("Follow-up list"), N_("Follow-up")
TITLE_CODED = N_("Follow-up list without names")
UNREACHED = N_("A child who was not reached is unknown, never a child without a new offence.")
NO_EVENT, OFFENCE_DAY = N_("{level}, {date}"), N_("{level}, {date}, confirmed")
TOLD_BY, TOLD_BY_CONFIRMED = (
    N_("{level}, {date}, told by: {source}"),
    N_("{level}, {date}, told by: {source}, confirmed"),
)

_CODE, _NUMBER, _DATE, _YES_NO = CellKind.CODE, CellKind.NUMBER, CellKind.DATE, CellKind.YES_NO
_WINDOWS = (N_("Within 6 months"), N_("Within 12 months"), N_("Within 24 months"), N_("Within 36 months"))


def _label(kind: type, name: str) -> str:
    return field_of(kind, name).label


FULL: tuple[Column, ...] = (
    Column("number", _label(Case, "number"), _CODE),
    Column("code", _label(Child, "code"), _CODE),
    Column("name_km", N_("Name in Khmer")),
    Column("name_latin", N_("Name in Latin letters")),
    Column("sex", _label(Child, "sex"), width=8),
    Column("age_then", N_("Age at the offence"), width=12),
    Column("age_now", N_("Age now"), width=12),
    Column("offence", _label(Offence, "category")),
    Column("offence_class", _label(Offence, "offence_class"), width=14),
    Column("kind", N_("Counted from")),
    Column("on", N_("Counted from the date"), _DATE),
    Column("days", N_("Days since then"), _NUMBER),
    Column("standing", N_("How the follow-up stands"), width=16),
    Column("next_due", N_("Next follow-up"), _DATE),
    Column("overdue", N_("Days overdue"), _NUMBER),
    Column("last_on", N_("Last reached on"), _DATE),
    Column("last_how", N_("Last reached how")),
    Column("last_status", _label(FollowUp, "status")),
    Column("lost_on", N_("Lost since"), _DATE),
    Column("phone", N_("Telephone of the child"), _CODE),
    Column("guardian_phone", N_("Telephone of the guardian"), _CODE),
    Column("village_phone", N_("Telephone of the local authority"), _CODE),
    Column("village", N_("Village")),
    Column("commune", N_("Commune or sangkat")),
    Column("district", N_("District")),
    Column("province", N_("Province")),
    Column("worker", N_("Our worker")),
    Column("language", _label(Child, "language")),
    Column("risk", _label(Case, "risk"), width=10),
    Column("programmes", N_("Support given now")),
    *(Column(f"window_{index}", label) for index, label in enumerate(_WINDOWS)),
    Column("events", N_("New offences"), wrap=True),
    Column("consent", N_("Contact allowed?"), _YES_NO),
    Column("consent_until", N_("Contact allowed until"), _DATE),
    Column("restricted", N_("Notes for named staff alone?"), _YES_NO),
)
"""With names."""

ON_PAPER = ("number", "name", "sex", "age_now", "kind", "on", "next_due", "overdue", "last_on", "last_status",
            "phone", "guardian_phone", "village", "worker")  # fmt: skip
"""What of it paper has room for; the name in the script of the paper."""

CODED: tuple[Column, ...] = (
    Column("code", _label(Child, "code"), _CODE),
    Column("sex", _label(Child, "sex"), width=8),
    Column("age_band", N_("Age at the offence"), width=14),
    Column("offence_class", N_("Gravest class of the offences"), width=14),
    Column("kind", N_("Counted from")),
    Column("month", N_("Counted from the month"), _CODE, width=10),
    Column("province", N_("Province")),
    Column("standing", N_("How the follow-up stands"), width=16),
    Column("next_due", N_("Month of the next follow-up"), _CODE, width=10),
    Column("last_on", N_("Month last reached"), _CODE, width=10),
    Column("last_how", N_("Last reached how")),
    Column("last_status", _label(FollowUp, "status")),
    *(Column(f"window_{index}", label) for index, label in enumerate(_WINDOWS)),
    Column("events", N_("New offences"), width=10),
    Column("risk", _label(Case, "risk"), width=10),
    Column("supported", N_("Support given now"), _YES_NO),
)
"""Without names, days and anything below the province."""

CODED_ON_PAPER = ("code", "sex", "age_band", "offence_class", "kind", "month", "province", "standing", "last_on",
                  "last_status", "window_1", "events")  # fmt: skip


def full_table(rows: Iterable[FollowUpRow], words: Words, *, paper: bool, headings: Headings, practice: bool) -> Table:
    """Return the list with names; paper: with the columns alone for which paper has room."""
    told = _full(words)
    named = "name_km" if words.language == "km" else "name_latin"
    keys = [named if key == "name" else key for key in ON_PAPER]
    columns, cells = _on_paper(FULL, keys, map(told, rows)) if paper else (FULL, map(told, rows))
    return Table(
        words.text(TITLE), words.text(SHEET), columns, cells, words.language, headings, (words.text(UNREACHED),),
        practice,
    )  # fmt: skip


def coded_table(
    rows: Iterable[FollowUpRow], steps: Mapping[Traits, int], words: Words, *, paper: bool, headings: Headings,
    practice: bool,
) -> Table:  # fmt: skip
    """Return the list without names. steps: how coarsely children with these traits are told. paper: as above."""
    lines = _coded(rows, steps, words)
    columns, cells = _on_paper(CODED, CODED_ON_PAPER, lines) if paper else (CODED, lines)
    notes = (words.text(UNREACHED), words.text(EXPLAINED))
    return Table(
        words.text(TITLE_CODED), words.text(SHEET), columns, cells, words.language, headings, notes, practice
    )  # fmt: skip


def _on_paper(
    columns: Sequence[Column], keys: Sequence[str], lines: Iterable[Row]
) -> tuple[tuple[Column, ...], Iterator[Row]]:  # fmt: skip
    known = [column.key for column in columns]
    places = [known.index(key) for key in keys]
    return tuple(columns[place] for place in places), ([line[place] for place in places] for line in lines)


def _full(words: Words) -> Callable[[FollowUpRow], Row]:
    said, latin = _sayer(words), words.language != "km"
    places = _places(words)

    def line(row: FollowUpRow) -> Row:
        return (
            row.case_number, row.child_code, row.name_km, row.name_latin, said(row.sex), _age(row.age_then, words),
            _age(row.age_now, words), said(row.offence), said(row.offence_class), said(row.index_kind), row.index_on,
            row.days_since, said(row.standing), row.next_due, row.days_overdue, row.last_contact_on,
            said(row.last_contact_how), said(row.last_status), row.lost_on, row.phone, row.guardian_phone,
            row.village_phone, *places(row.village_code), row.worker_latin if latin else row.worker, row.language,
            said(row.risk), "; ".join(said(each) or "" for each in row.programmes),
            *(words.text(flag.state.value) for flag in row.windows),
            "; ".join(_event(each, words) for each in row.events), row.consent_given, row.consent_until,
            row.restricted,
        )  # fmt: skip

    return line


def _sayer(words: Words) -> Callable[[Choice | None], str | None]:
    known: dict[Choice | None, str | None] = {None: None}

    def said(answer: Choice | None) -> str | None:
        if answer not in known:
            known[answer] = words.text(answer.label) if answer else None
        return known[answer]

    return said


def _places(words: Words) -> Callable[[str | None], tuple[str | None, ...]]:
    """Return what names village, commune, district and province of a code; one that is not so exact leaves some out."""
    known: dict[str | None, tuple[str | None, ...]] = {None: (None, None, None, None)}

    def named(code: str | None) -> tuple[str | None, ...]:
        if code not in known and code is not None:
            here = place(code)
            around = {len(each.code): each.name(words.language) for each in ((here,) if here else ()) + parents(code)}
            known[code] = tuple(around.get(length) for length in (8, 6, 4, 2)) if around else (code, None, None, None)
        return known[code]

    return named


def _age(ages: AgeRange | None, words: Words) -> str | None:
    return None if ages is None else age_in_words(ages, words)


def _event(event: EventTold, words: Words) -> str:
    slots = {"level": event.level.value, "date": words.date(event.on)}
    if event.source is None:
        return words.text(OFFENCE_DAY if event.confirmed else NO_EVENT, **slots)
    told = TOLD_BY_CONFIRMED if event.confirmed else TOLD_BY
    return words.text(told, source=words.text(event.source.label), **slots)


def traits_of(row: FollowUpRow | Brief) -> Traits:
    """Return by what the child of a row may be recognised."""
    ages = row.age_then
    return Traits(
        row.index_on.year, row.index_on.month, (row.village_code or "")[:2] or None, row.offence_class, row.index_kind,
        AgeBand.IN_DOUBT if is_doubtful(ages) else bands(ages)[0], row.sex,
    )  # fmt: skip


def _coded(rows: Iterable[FollowUpRow], steps: Mapping[Traits, int], words: Words) -> Iterator[Row]:
    said = _sayer(words)
    places = _places(words)
    for row in rows:
        traits = traits_of(row)
        step = steps.get(traits, COARSEST)
        told = coarsened(traits, step)
        yield (
            row.child_code, said(told.sex), said(told.age_band), said(told.offence_class), said(told.kind),
            _month(row.index_on, step), places(told.province)[3], said(row.standing), _month(row.next_due, step),
            _month(row.last_contact_on, step), said(row.last_contact_how), said(row.last_status),
            *(None if step == COARSEST else words.text(flag.state.value) for flag in row.windows),
            ", ".join(dict.fromkeys(_level(each) for each in row.events)), said(row.risk), bool(row.programmes),
        )  # fmt: skip


def _level(event: EventTold) -> str:
    return "R1" if event.level is ContactLevel.UNKNOWN else event.level.value


def _month(day: date | None, step: int) -> str | None:
    """Return the month of a day, its year where months are left out, None where all is."""
    if day is None or step == COARSEST:
        return None
    return f"{day.year:04}-{day.month:02}" if step == 0 else f"{day.year:04}"
