"""What contradicts itself or is wanting: each rule with records that break it, and with such that do not."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Date

from casemgr import clock
from casemgr.clock import PartialDate, local
from casemgr.i18n import LANGUAGES, Words
from casemgr.law.quality import (
    COLUMNS,
    NUMBERED,
    READ_KINDS,
    RULES,
    OfCase,
    OfChild,
    Sees,
    Weight,
    number_key,
)
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, CaseStatus, ChildRole, Offence, OffenceRole
from casemgr.records.child import Child, Sex
from casemgr.records.fields import fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionEnd
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.staff import Role, StaffMember
from casemgr.records.types import Moment, PartialDateText
from casemgr.services.quality import WEIGHTS, GapRow, counted, quality, said, where
from casemgr.services.rights import rights_of
from casemgr.store.quality_suspects import SUSPECTED
from casemgr.trouble import NotAllowed, Stopped

TODAY = clock.today()


def ago(days: int) -> Any:
    """Return the day so many days ago."""
    return TODAY - timedelta(days=days)


def at(days: int, hour: int = 8) -> Any:
    """Return a moment so many days ago."""
    day = ago(days)
    return local(day.year, day.month, day.day, hour)


@dataclass
class Written:
    """What is written down of one child, past the services that would refuse it."""

    child: Child = field(default_factory=lambda: Child(sex=Sex.MALE, born=PartialDate.on(ago(15 * 365))))
    case: Case = field(default_factory=lambda: Case(opened_on=ago(5), child_role=ChildRole.SUSPECT))
    offences: tuple[Offence, ...] = field(
        default_factory=lambda: (Offence(committed_on=PartialDate.on(ago(6)), role=OffenceRole.ALONE),)
    )
    records: tuple[Any, ...] = ()


def keep(office, *written: Written) -> list[UUID]:
    """Keep it; return the identities of the cases."""
    with office.store.write() as work:
        count = len(work.read(Case))
        for at_, each in enumerate(written, start=count + 1):
            each.child.code, each.case.number = each.child.code or f"C-{at_}", f"SR-{at_:04}"
            work.add(each.child)
            work.flush()
            each.case.child_id = each.child.id
            work.add(each.case)
            work.flush()
            for record in (*each.offences, *each.records):
                record.case_id = each.case.id
                work.add(record)
            work.flush()
    return [each.case.id for each in written]


def with_records(*records: Any, **of_case: Any) -> Written:
    written = Written(records=records)
    for name, value in of_case.items():
        setattr(written.case, name, value)
    return written


def of_child(**answers: Any) -> Written:
    written = Written()
    for name, value in answers.items():
        setattr(written.child, name, value)
    return written


def committed(days: int, **of_child_: Any) -> Written:
    written = of_child(**of_child_)
    written.offences = (Offence(committed_on=PartialDate.on(ago(days))),)
    return written


def numbered(number: str, role: OffenceRole = OffenceRole.ALONE, police: str = "9/26") -> Written:
    written = with_records(court_number=number, police_report_number=police)
    written.offences[0].role = role
    return written


Made = Callable[[], list[Written]]

BROKEN: list[tuple[str, str | None, Made]] = [
    ("wrong-order", "ended_on", lambda: [with_records(Detention(started_on=ago(3), ended_on=ago(4)))]),
    ("before-birth", "committed_on", lambda: [committed(6000, born=PartialDate.of(TODAY.year - 15))]),
    ("before-birth", "started_on", lambda: [with_records(Detention(started_on=ago(6000), ended_on=ago(5990)))]),
    ("to-come", "done_on", lambda: [with_records(FollowUp(done_on=ago(-3)))]),
    ("to-come", "born", lambda: [of_child(born=PartialDate.on(ago(-400)))]),
    ("to-come", "committed_on", lambda: [committed(-3)]),
    ("adult-at-offence", "committed_on", lambda: [committed(6, born=PartialDate.of(TODAY.year - 20))]),
    ("offence-after-arrest", "committed_on", lambda: [with_records(Arrest(arrested_at=at(9)))]),
    ("two-open-detentions", "ended_on",
     lambda: [with_records(Detention(started_on=ago(4)), Detention(started_on=ago(2)))]),
    ("two-open-detentions", "ended_on",
     lambda: [with_records(Detention(started_on=ago(4)), Detention(started_on=ago(2), ended_on=ago(1)))]),
    ("two-places", "started_on", lambda: [with_records(
        Detention(started_on=ago(5), ended_on=ago(1)), Detention(started_on=ago(3), ended_on=ago(2))
    )]),
    ("release-without-end", "ended_on",
     lambda: [with_records(Detention(started_on=ago(5), end_reason=DetentionEnd.BAIL))]),
    ("release-without-end", "custody_ended_at",
     lambda: [with_records(Arrest(arrested_at=at(5), outcome=PoliceOutcome.RELEASED))]),
    ("held-in-closed-case", "ended_on",
     lambda: [with_records(Detention(started_on=ago(5)), status=CaseStatus.CLOSED)]),
    ("same-number", "court_number", lambda: [numbered("12/2026"), numbered("១២-២០២៦ ")]),
    ("whether-held", "outcome",
     lambda: [with_records(Arrest(arrested_at=at(90), outcome=PoliceOutcome.UNKNOWN), opened_on=ago(90))]),
    ("closed-without-day", "status", lambda: [with_records(status=CaseStatus.CLOSED)]),
    ("closed-without-day", "status", lambda: [with_records(Closure(), status=CaseStatus.CLOSED)]),
    ("long-quiet", "status", lambda: [with_records(Note(happened_at=at(120)), opened_on=ago(200))]),
    ("no-sex", "sex", lambda: [of_child(sex=None)]),
    ("no-birth", "born", lambda: [of_child(born=None)]),
    ("no-offence", "child_role", lambda: [Written(offences=())]),
    ("missing", "family_name_km", lambda: [Written()]),
]  # fmt: skip

SOUND: list[tuple[str, Made]] = [
    ("wrong-order", lambda: [with_records(Detention(started_on=ago(3), ended_on=ago(3)))]),
    ("before-birth", lambda: [committed(6000, born=PartialDate.of(ago(6000).year))]),
    ("to-come", lambda: [with_records(FollowUp(done_on=ago(0), next_on=ago(-30)))]),
    ("adult-at-offence", lambda: [committed(6, born=PartialDate.of(TODAY.year - 18))]),
    ("adult-at-offence", lambda: [
        Written(child=Child(born=PartialDate.of(1990)), case=Case(child_role=ChildRole.WITNESS))
    ]),
    ("offence-after-arrest", lambda: [with_records(Arrest(arrested_at=at(6, 23)))]),
    ("two-open-detentions", lambda: [
        with_records(Detention(started_on=ago(4), ended_on=ago(2)), Detention(started_on=ago(2)))
    ]),
    ("two-places", lambda: [
        with_records(Detention(started_on=ago(5), ended_on=ago(3)), Detention(started_on=ago(3), ended_on=ago(2)))
    ]),
    ("release-without-end", lambda: [with_records(
        Detention(started_on=ago(5), ended_on=ago(1), end_reason=DetentionEnd.BAIL), Detention(started_on=ago(1)),
        Arrest(arrested_at=at(6, 23), outcome=PoliceOutcome.PROSECUTOR),
    )]),
    ("held-in-closed-case", lambda: [with_records(Detention(started_on=ago(5)))]),
    ("same-number", lambda: [numbered("12/2026", OffenceRole.CO_AUTHOR), numbered("12/2026", OffenceRole.CO_AUTHOR)]),
    ("same-number", lambda: [numbered("12/2026"), numbered("122/026")]),
    ("same-number", lambda: [numbered("12/2026"), numbered("12/2026", police="10/26")]),
    ("whether-held", lambda: [with_records(Arrest(arrested_at=at(9), outcome=PoliceOutcome.PROSECUTOR))]),
    ("whether-held", lambda: [
        with_records(Arrest(arrested_at=at(90), outcome=PoliceOutcome.UNKNOWN), FollowUp(done_on=ago(3)))
    ]),
    ("whether-held", lambda: [
        with_records(Arrest(arrested_at=at(90), outcome=PoliceOutcome.UNKNOWN), status=CaseStatus.CLOSED)
    ]),
    ("closed-without-day", lambda: [with_records(Closure(closed_on=ago(3)), status=CaseStatus.CLOSED)]),
    ("closed-without-day", lambda: [with_records()]),
    ("long-quiet", lambda: [with_records(Note(happened_at=at(80)), opened_on=ago(200))]),
    ("long-quiet", lambda: [with_records(opened_on=ago(200), status=CaseStatus.CLOSED)]),
    ("no-sex", lambda: [of_child(sex=Sex.UNKNOWN)]),
    ("no-birth", lambda: [of_child(born=PartialDate.of(2011))]),
    ("no-offence", lambda: [Written(case=Case(child_role=ChildRole.VICTIM), offences=())]),
]  # fmt: skip


def found(office, rule: str) -> list[GapRow]:
    return [row for row in quality(office) if row.rule == rule]


@pytest.mark.parametrize(
    ("rule", "name", "build"), BROKEN, ids=[f"{at_}-{rule}-{name}" for at_, (rule, name, _) in enumerate(BROKEN)]
)
def test_a_rule_finds_what_breaks_it(office, rule, name, build):
    written = build()
    keep(office, *written)
    rows = found(office, rule)
    assert {row.field for row in rows} >= {name}
    known = {row_id for each in written for row_id in ids_of(each)}
    assert all(row.record_id in known for row in rows)


def ids_of(written: Written) -> list[UUID]:
    return [each.id for each in (written.child, written.case, *written.offences, *written.records)]


@pytest.mark.parametrize(("rule", "build"), SOUND, ids=[f"{at_}-{rule}" for at_, (rule, _) in enumerate(SOUND)])
def test_a_rule_leaves_what_is_sound(office, rule, build):
    keep(office, *build())
    assert found(office, rule) == []


def test_every_rule_is_tried_both_ways():
    names = {rule.name for rule in RULES}
    assert {rule for rule, _, _ in BROKEN} == names
    assert {rule for rule, _ in SOUND} == names - {"missing"}, "the sample child below has all answers"


def test_a_complete_case_has_no_gap(filled):
    """The invented children contradict nothing, and some have every answer."""
    rows = quality(filled)
    whole = {row.id for row in _cases(filled)} - {row.case_id for row in rows}
    assert whole, "every case has a gap"
    assert not counted(rows)[Weight.CONTRADICTION], [row for row in rows if WEIGHTS[row.rule] is Weight.CONTRADICTION]


def _cases(office):
    with office.read() as work:
        return work.read(Case)


def test_of_one_child_in_two_cases(office):
    """Two cases of one child that bear one number, and two places at once across them."""
    first = with_records(Detention(started_on=ago(4)), court_number="7")
    keep(office, first)
    with office.store.write() as work:
        second = Case(child_id=first.child.id, number="SR-0002", court_number="7", opened_on=ago(3))
        work.add(second)
        work.flush()
        work.add(Detention(case_id=second.id, started_on=ago(2)))
    assert {row.case_id for row in found(office, "same-number")} == {first.case.id, second.id}
    assert [row.case_id for row in found(office, "two-open-detentions")] == [first.case.id]


@contextmanager
def acting_as(office, staff: StaffMember, *roles: Role) -> Iterator[None]:
    was = office.staff, office.rights
    office.staff, office.rights = staff, rights_of(roles)
    yield
    office.staff, office.rights = was


def test_each_is_told_of_the_own_cases(office):
    with office.store.write() as work:
        mine, other = StaffMember(name="ក"), StaffMember(name="ខ")
        work.add(mine)
        work.add(other)
    own, nobodys, others = (with_records(worker_id=id_) for id_ in (mine.id, None, other.id))
    ids = keep(office, own, nobodys, others)
    with acting_as(office, mine, Role.CASE_WORKER):
        rows = quality(office)
        assert {row.case_id for row in rows} - {None} == set(ids[:2])
        assert {row.child_id for row in rows} == {own.child.id, nobodys.child.id}
    with acting_as(office, mine, Role.SUPERVISOR):
        assert {row.case_id for row in quality(office)} - {None} == set(ids)


def test_who_may_not_know_names_sees_codes(office):
    keep(office, of_child(given_name_km="ដារ៉ា"))
    with acting_as(office, office.staff, Role.DATA_OFFICER):
        assert {row.name_km for row in quality(office)} == {"C-1"}
    with acting_as(office, office.staff, Role.ADMINISTRATOR), pytest.raises(NotAllowed):
        quality(office)


def test_no_complaint_is_read():
    assert Complaint not in COLUMNS
    assert {kind.record for kind in KINDS} - {kind.record for kind in READ_KINDS} == {Complaint}


def test_children_made_nameless_want_nothing(office):
    written = of_child(sex=None, anonymised_on=TODAY)
    keep(office, written)
    assert quality(office) == []


def test_what_cannot_be_true_comes_first(office):
    keep(office, of_child(sex=None), with_records(Detention(started_on=ago(3), ended_on=ago(4))))
    rows = quality(office)
    assert rows[0].rule == "wrong-order"
    assert [row.rule for row in rows] == sorted((row.rule for row in rows), key=[r.name for r in RULES].index)
    assert {row.rule for row in quality(office, weight=Weight.CONTRADICTION)} == {"wrong-order"}


def test_it_is_said_in_both_languages(office):
    keep(office, *(each for _, _, made in BROKEN for each in made()))
    for language in LANGUAGES:
        for row in quality(office):
            text = said(row, Words(language))
            assert text
            assert "{" not in text
            record, question = where(row, Words(language))
            assert record
            assert question


def test_progress_is_told_and_it_can_be_stopped(office):
    keep(office, *(Written() for _ in range(3)))
    told: list[tuple[int, int]] = []
    quality(office, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    assert told == sorted(told)
    with pytest.raises(Stopped):
        quality(office, cancelled=lambda: True)


@pytest.mark.parametrize(("one", "other"), [("១២៣/២៦", "123-26"), (" A 12 ", "a/12"), ("12.26", "12 / 26")])
def test_numbers_are_the_same_however_written(one, other):
    assert number_key(one) == number_key(other)


def test_each_rule_that_looks_at_a_child_has_its_condition_in_the_store():
    """Without one, the rule would find nothing: the store tells which children are looked at."""
    assert SUSPECTED.keys() == {rule.name for rule in RULES if rule.sees is Sees.CHILD} - {"same-number"}


def everything(office) -> Counter[tuple[Any, ...]]:
    """Return what the rules find where each is shown all that is known of each child."""
    with office.read() as work:
        cases = [OfCase(case, work.read(Offence, case_id=case.id), [
            (kind, record) for kind in READ_KINDS for record in work.read(kind.record, case_id=case.id)
        ]) for case in work.read(Case)]  # fmt: skip
        numbers: dict[tuple[str, str], list[tuple[UUID, UUID]]] = {}
        for of in cases:
            for name in NUMBERED:
                if written := getattr(of.case, name):
                    numbers.setdefault((name, number_key(written)), []).append((of.case.child_id, of.case.id))
        wholes = [OfChild(child, [of for of in cases if of.case.child_id == child.id], TODAY, numbers)
                  for child in work.read(Child)]  # fmt: skip
        return Counter(
            (rule.name, found.record.id, found.field, found.message or rule.message, found.label, found.amount)
            for whole in wholes
            for rule in RULES
            for found in rule.find(whole)
        )


def spoil(record: Any, chance: Random) -> None:
    """Take an answer out, or put another day in its place."""
    days = (ago(400), ago(91), ago(90), ago(89), ago(1), ago(0), ago(-1), ago(-2), ago(365 * 17), ago(365 * 19))
    for info in fields_of(type(record)):
        kind, draw = type(record).__table__.c[info.name].type, chance.random()
        if draw < 0.04 and type(record).__table__.c[info.name].nullable:
            setattr(record, info.name, () if isinstance(getattr(record, info.name), tuple) else None)
        elif draw < 0.3 and isinstance(kind, Moment):
            day = chance.choice(days)
            setattr(record, info.name, local(day.year, day.month, day.day, chance.choice((0, 3, 6, 7, 23))))
        elif draw < 0.3 and isinstance(kind, Date):
            setattr(record, info.name, chance.choice(days))
        elif draw < 0.3 and isinstance(kind, PartialDateText):
            day = chance.choice(days)
            known = (PartialDate.on(day), PartialDate.of(day.year), PartialDate.of(day.year, day.month),
                     PartialDate.from_age(chance.randint(0, 20), day))  # fmt: skip
            setattr(record, info.name, chance.choice(known))


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_overlooked_for_what_the_store_leaves_out(filled, seed):
    """What is found is what each rule finds that is shown everything, in cases full of contradictions."""
    chance = Random(seed)  # noqa: S311  (which answers are filled is no secret)
    with filled.store.write() as work:
        for kind in COLUMNS:
            for record in work.find(kind):
                spoil(record, chance)
        for child in work.find(Child):
            day = ago(chance.randint(0, 900))
            grown_up = PartialDate.from_age(chance.randint(17, 20), day), PartialDate.on(day - timedelta(days=18 * 365))
            child.born = chance.choice((child.born, *grown_up))
        cases = work.find(Case)
        for case in cases:
            case.child_role = chance.choice((case.child_role, None))
        for case in chance.sample(cases, len(cases) // 3):
            case.status = chance.choice((CaseStatus.OPEN, CaseStatus.CLOSED, None))
            case.child_id = chance.choice(cases).child_id
            case.court_number, case.police_report_number = chance.choice(("1/26", "១-26", None)), "7"
    rows = quality(filled)
    found = Counter((row.rule, row.record_id, row.field, row.message, row.label, row.amount) for row in rows)
    assert found == everything(filled)
    assert {row.rule for row in rows} > {"wrong-order", "before-birth", "to-come", "missing", "adult-at-offence"}
