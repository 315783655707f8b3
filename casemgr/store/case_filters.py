"""By what the list of cases is narrowed: each filter is a condition in SQL, looked up by its name.

A filter is a name with codes, as the window, a saved list and the command line all have it; what they are called is
said in casemgr.services.case_list. A case fits a filter that fits one of its codes, and a list all its filters.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casemgr.khmer.digits import to_khmer_digits
from casemgr.law.ages import AgeBand
from casemgr.law.deadlines import AFTER_CLOSING
from casemgr.records.case import Case, CaseStatus, Offence, OffenceCategory, OffenceClass, ProcessStage
from casemgr.records.child import Child
from casemgr.records.kept import Deadline
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.detention import Detention
from casemgr.records.plain import AnyChoice, reader_of_choice
from casemgr.store.age_sql import AGE_BAND
from casemgr.store.engine import own_words

NONE = "none"
"""The code that asks for cases in which nothing is written down there."""
YES, NO = "yes", "no"
DISTRICT = 4
"""So many digits a place's code has down to the district."""
own_words.update((*AFTER_CLOSING, *(clock.rule for kind in KINDS for clock in kind.clocks)))

IS_OPEN = Case.status.is_distinct_from(CaseStatus.CLOSED)
"""A case whose status nobody has answered counts as open."""
RUNS = Deadline.ended_at.is_(None), sa.or_(IS_OPEN, Deadline.rule.in_(AFTER_CLOSING))
"""Whether a clock of a case still counts."""
HELD: dict[type[Arrest | Detention | ChildInPrison], tuple[sa.ColumnElement[bool], ...]] = {
    Arrest: (Arrest.custody_ended_at.is_(None), Arrest.outcome.is_(None)),
    Detention: (Detention.ended_on.is_(None),),
    ChildInPrison: (ChildInPrison.left_on.is_(None), ChildInPrison.entered_on.is_not(None)),
}
"""By which records a child is held, while this holds of them."""


@dataclass(frozen=True)
class CaseQuestion:
    """Which cases a list shows. chosen: the codes of each filter.

    words: search keys, each of which must occur in the child's key or in one of the case's numbers; by_number: in the
    case's own number alone. carrier: of the cases that this staff member carries, or nobody. now: what is over then.
    without: rules whose clocks count for nothing.
    """

    now: datetime
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    by_number: bool = False
    carrier: UUID | None = None
    without: Collection[str] = ()


def carried_by(worker_id: UUID | None) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a case is a staff member's own; one that nobody carries is everybody's. None asks for all cases."""
    return () if worker_id is None else (sa.or_(Case.worker_id == worker_id, Case.worker_id.is_(None)),)


def conditions(asked: CaseQuestion) -> list[sa.ColumnElement[bool]]:
    """Return what holds of the cases of a list, those that are quickly told first.

    Raises KeyError and ValueError for a filter or a code that this version does not know.
    """
    found = [*carried_by(asked.carrier)]
    found += [CONDITIONS[name](asked.chosen[name], asked) for name in CONDITIONS if asked.chosen.get(name)]
    if unknown := asked.chosen.keys() - CONDITIONS.keys():
        raise KeyError(*unknown)
    return [*found, *(in_number(word) if asked.by_number else in_case(word) for word in asked.words)]


def needs_child(asked: CaseQuestion) -> bool:
    """Return whether the child is asked for, so that a count has to look at it."""
    return bool(asked.words) and not asked.by_number


def _read(kind: type[AnyChoice], codes: Sequence[str]) -> list[AnyChoice]:
    read = reader_of_choice(kind)
    return [read(code) for code in codes if code != NONE]


def _any_of(column: Any, values: Sequence[Any], codes: Sequence[str]) -> sa.ColumnElement[bool]:
    """Whether a column has one of these values, or, where the codes say NONE, none."""
    known = column.in_(values)
    return sa.or_(known, column.is_(None)) if NONE in codes else known


def _status(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    wanted = _read(CaseStatus, codes)
    return sa.or_(*(IS_OPEN if each is CaseStatus.OPEN else Case.status == each for each in wanted))


def _stage(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    return _any_of(Case.stage, _read(ProcessStage, codes), codes)


def _worker(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    return _any_of(Case.worker_id, [UUID(code) for code in codes if code != NONE], codes)


def _place(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    """Whether the home lies in one of these places: its code begins with theirs, and ":" comes after all digits.

    Many live in a province or district, and the first cases of a list are soon found there; in a commune or village
    few do, and they are looked up first.
    """
    if any(not (code.isascii() and code.isdecimal()) for code in codes if code != NONE):
        raise ValueError(codes)
    near = [code for code in codes if code != NONE and len(code) > DISTRICT]
    inside = [f"village_code >= '{code}' AND village_code < '{code}:'" for code in codes if code not in {NONE, *near}]
    inside += ["village_code IS NULL"] if NONE in codes else []
    found: list[sa.ColumnElement[bool]] = []
    if inside:
        found.append(sa.literal_column(
            'EXISTS (SELECT 1 FROM child INDEXED BY child_listed WHERE child.id = "case".child_id'  # noqa: S608
            f" AND ({' OR '.join(inside)}))", sa.Boolean,  # these are digits alone
        ))  # fmt: skip
    if near:
        home: Any = Child.village_code
        here = sa.or_(*(sa.and_(home >= code, home < f"{code}:") for code in near))
        found.append(Case.child_id.in_(sa.select(Child.id).where(here)))
    return sa.or_(*found)


def _offence(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    return _has(Offence, Offence.category.in_(_read(OffenceCategory, codes)))


_USUAL = {each.value: each.usual_class.value for each in OffenceCategory if each.usual_class is not None}
CLASS_OF = sa.case(
    (Offence.offence_class != OffenceClass.UNKNOWN, sa.type_coerce(Offence.offence_class, sa.String)),
    *((sa.type_coerce(Offence.category, sa.String) == code, usual) for code, usual in _USUAL.items()),
    else_=OffenceClass.UNKNOWN.value,
)
"""The class of an offence, the usual one of its kind where none is written (as measures.reading.class_of)."""


def _class(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    """Whether an offence is of such a class, as CLASS_OF has it; asked so that the index alone is looked at."""
    wanted = _read(OffenceClass, codes)
    usual = [each for each in OffenceCategory if (each.usual_class or OffenceClass.UNKNOWN) in wanted]
    unwritten = sa.or_(Offence.offence_class.is_(None), Offence.offence_class == OffenceClass.UNKNOWN)
    by_kind = _any_of(Offence.category, usual, (NONE,) if OffenceClass.UNKNOWN in wanted else ())
    written = [each for each in wanted if each is not OffenceClass.UNKNOWN]
    return _has(Offence, sa.or_(Offence.offence_class.in_(written), sa.and_(unwritten, by_kind)))


def _has(kind: Any, *where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(kind.case_id == Case.id, *where)


def _age(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    bands = [each.value for each in _read(AgeBand, codes)]
    wanted: sa.BindParameter[Any] = sa.bindparam("age_bands", bands, expanding=True)
    return sa.literal_column(AGE_BAND, sa.String).in_(wanted)


def _held(codes: Sequence[str], _asked: CaseQuestion) -> sa.ColumnElement[bool]:
    """Whether one of HELD says so: those of the whole office, who are few, are looked up once in indexes of them."""
    held = sa.union_all(*(sa.select(kind.case_id).where(*so_long) for kind, so_long in HELD.items()))
    return _yes_or_no(codes, Case.id.in_(held))


def _overdue(codes: Sequence[str], asked: CaseQuestion) -> sa.ColumnElement[bool]:
    """Whether a running clock is over; one of a whole day is once the day is (as law.deadlines.state)."""
    over = sa.case(
        (Deadline.whole_day, Deadline.due_at <= asked.now - timedelta(minutes=1)), else_=Deadline.due_at <= asked.now
    )
    return _yes_or_no(codes, _has(Deadline, *RUNS, Deadline.rule.not_in(asked.without), over))


def _yes_or_no(codes: Sequence[str], is_so: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    if not {YES, NO}.issuperset(codes):
        raise ValueError(codes)
    return sa.true() if {YES, NO}.issubset(codes) else is_so if YES in codes else sa.not_(is_so)


Condition = Callable[[Sequence[str], CaseQuestion], sa.ColumnElement[bool]]
CONDITIONS: dict[str, Condition] = {
    "status": _status, "stage": _stage, "worker": _worker, "place": _place, "offence": _offence, "class": _class,
    "held": _held, "overdue": _overdue, "age": _age,
}  # fmt: skip
"""The filters, those that are quickly told first: SQLite looks at conditions in their order."""


def in_number(word: str) -> sa.ColumnElement[bool]:
    """Whether a word occurs in the case's own number."""
    return sa.func.lower(Case.number).contains(word, autoescape=True)


def in_case(word: str) -> sa.ColumnElement[bool]:
    """Whether a word occurs in what a case is found by; its own numbers may be written in Khmer figures."""
    numbers = (Case.number, Case.police_report_number, Case.court_number)
    spellings = {word, to_khmer_digits(word)}
    return sa.or_(
        Child.search_key.contains(word, autoescape=True),
        *(number.contains(spelling, autoescape=True) for number in numbers for spelling in spellings),
    )
