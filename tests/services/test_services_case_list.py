"""The list of cases as it is narrowed: each filter, and several together, against the same asked of the records."""

import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from held import CANARY, arrest, colleague

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import LANGUAGES, Words
from casemgr.law.ages import age_range, bands, is_doubtful
from casemgr.law.deadlines import AFTER_CLOSING
from casemgr.measures.reading import class_of, gravest_class
from casemgr.records.case import Case, CaseStatus, Offence, OffenceClass
from casemgr.records.child import Child
from casemgr.records.kept import Deadline
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, case_list, lists, practice
from casemgr.services.case_columns import COLUMNS, USUAL
from casemgr.services.case_list import FILTERS, NEWEST, NONE, ORDERS, CaseView, read_view
from casemgr.services.office import Office, Right, open_office
from casemgr.services.readers import CONFIDENTIAL_RULES
from casemgr.trouble import Refusal

PASSWORD = "correct horse battery staple"
CHILDREN = 40


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A practice office with something to be told apart by each filter; it is only read."""
    office = practice.new_practice_office(tmp_path_factory.mktemp("cases") / "office")
    practice.fill_practice(office, CHILDREN, 5)
    with office.write() as work:
        cases = work.find(Case)
        cases[0].worker_id = None
        cases[1].stage = None
        for case, born, village in zip(cases[2:6], ("2009", "2010-02", "age 15 on 2026-02-28", None),
                                       (None, "010203", "17", "12010101"), strict=True):  # fmt: skip
            child = work.get(Child, case.child_id)
            child.born, child.village_code = PartialDate.parse(born) if born else None, village
        work.find(Offence, case_id=cases[6].id)[0].offence_class = OffenceClass.UNKNOWN
    yield office
    office.close()


Rule = Callable[[Case, Child, "dict[Any, list[Any]]"], set[str]]


def _age(_case: Case, child: Child, of: dict[Any, list[Any]]) -> set[str]:
    first = min((each.committed_on for each in of[Offence] if each.committed_on), default=None)
    ages = age_range(child.born, first)
    return {"in-doubt" if is_doubtful(ages) else bands(ages)[0].value}


def _held(_case: Case, _child: Child, of: dict[Any, list[Any]]) -> set[str]:
    held = (
        any(each.custody_ended_at is None and each.outcome is None for each in of[Arrest])
        or any(each.ended_on is None for each in of[Detention])
        or any(each.left_on is None and each.entered_on is not None for each in of[ChildInPrison])
    )
    return {"yes" if held else "no"}


def _over(case: Case, _child: Child, of: dict[Any, list[Any]]) -> set[str]:
    running = [
        each for each in of[Deadline]
        if each.ended_at is None and each.rule not in CONFIDENTIAL_RULES
        and (case.status is not CaseStatus.CLOSED or each.rule in AFTER_CLOSING)
    ]  # fmt: skip
    passed = [each.due_at.timestamp() + 60 * each.whole_day <= clock.now().timestamp() for each in running]
    return {"yes" if any(passed) else "no"}


ORACLE: dict[str, Rule] = {
    "status": lambda case, _child, _of: {"closed" if case.status is CaseStatus.CLOSED else "open"},
    "stage": lambda case, _child, _of: {case.stage.value if case.stage else NONE},
    "worker": lambda case, _child, _of: {str(case.worker_id or NONE)},
    "place": lambda _case, child, _of: (
        {child.village_code[:size] for size in (2, 4, 6, 8)} if child.village_code else {NONE}
    ),
    "offence": lambda _case, _child, of: {each.category.value for each in of[Offence] if each.category},
    "class": lambda _case, _child, of: {(class_of(each) or OffenceClass.UNKNOWN).value for each in of[Offence]},
    "age": _age, "held": _held, "overdue": _over,
}  # fmt: skip
"""By the name of each filter, under which codes a case falls: plain Python over the records."""


@pytest.fixture(scope="module")
def codes(large: Office) -> dict[Any, dict[str, set[str]]]:
    """By case, the codes of each filter."""
    of: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    with large.read() as work:
        for kind in (Offence, Arrest, Detention, ChildInPrison, Deadline):
            for record in work.find(kind):
                of[record.case_id][kind].append(record)
        cases = [(case, work.get(Child, case.child_id)) for case in work.find(Case)]
    return {case.id: {key: rule(case, child, of[case.id]) for key, rule in ORACLE.items()} for case, child in cases}


def fitting(codes: dict[Any, dict[str, set[str]]], chosen: dict[str, tuple[str, ...]]) -> set[Any]:
    return {case for case, has in codes.items() if all(has[key] & set(wanted) for key, wanted in chosen.items())}


def found(office: Office, chosen: dict[str, tuple[str, ...]]) -> set[Any]:
    ids = case_list.case_ids(office, CaseView(chosen))
    assert len(set(ids)) == len(ids) == case_list.count(office, CaseView(chosen)).fitting
    return set(ids)


def test_every_filter_has_its_oracle() -> None:
    assert [each.key for each in FILTERS] == sorted(ORACLE, key=[each.key for each in FILTERS].index)


@pytest.mark.parametrize("key", ORACLE)
def test_each_choice_of_a_filter_finds_what_the_records_say(
    large: Office, codes: dict[Any, dict[str, set[str]]], key: str
) -> None:  # fmt: skip
    offered = {option.code for option in case_list.FILTER_BY_KEY[key].options(Words("en"))}
    known = offered | set().union(*(has[key] for has in codes.values()))
    told = {code: found(large, {key: (code,)}) for code in sorted(known)}
    assert told == {code: fitting(codes, {key: (code,)}) for code in known}
    assert sum(map(bool, told.values())) > 1
    assert found(large, {key: tuple(known)}) == fitting(codes, {key: tuple(known)})


def test_filters_are_combined_all_of_them_and_any_of_each(large: Office, codes: dict[Any, dict[str, set[str]]]) -> None:
    choices = {
        key: tuple(sorted(set().union(*(has[key] for has in codes.values())))[:2]) for key in ORACLE
    }  # fmt: skip
    sizes = set()
    for several in itertools.combinations(choices, 2):
        chosen = {key: choices[key] for key in several}
        sizes.add(len(found(large, chosen)))
        assert found(large, chosen) == fitting(codes, chosen), several
    for several in (("status", "stage", "held", "age"), ("place", "offence", "class"), tuple(ORACLE)):
        chosen = {key: choices[key] for key in several}
        assert found(large, chosen) == fitting(codes, chosen), several
    assert len(sizes) > 4


def test_letters_and_filters_narrow_together(large: Office) -> None:
    row = case_list.case_page(large, CaseView({}))[3]
    number = row.told["number"]
    assert [each.id for each in case_list.case_page(large, CaseView({}), number)] == [row.id]
    other = {"open": ("closed",), "closed": ("open",)}[row.told["status"].value]
    assert case_list.case_page(large, CaseView({"status": other}), number) == []
    assert case_list.count(large, CaseView({}), number) == (1, case_list.count(large, CaseView({})).all)


def test_the_usual_view_is_the_list_of_open_cases_as_before(large: Office) -> None:
    rows = case_list.case_page(large, CaseView(), limit=1000)
    kept = lists.cases(large, status=CaseStatus.OPEN, limit=1000)
    assert [(row.id, row.told["number"], row.told["next_due"]) for row in rows] == [
        (row.id, row.number, row.next_due) for row in kept
    ]


@pytest.mark.parametrize("order", ORDERS)
def test_every_page_goes_on_where_the_one_before_ended(large: Office, order: str) -> None:
    view, seen = CaseView({}, order=order), list[case_list.CaseLine]()
    while page := case_list.case_page(large, view, limit=7, after=seen[-1] if seen else None):
        seen += page
    assert [row.id for row in seen] == case_list.case_ids(large, view)
    if order == "due":
        due = [row.told["next_due"] for row in seen]
        assert due == sorted(due, key=lambda at: (at is None, at or clock.now()))


def test_columns_say_what_the_records_say(large: Office) -> None:
    view = CaseView({}, tuple(column.key for column in COLUMNS))
    rows = {row.id: row for row in case_list.case_page(large, view, limit=1000)}
    words = Words("en")
    cells = {column.key: column for column in COLUMNS}
    with large.read() as work:
        for case in work.find(Case):
            row, offences = rows[case.id], work.find(Offence, case_id=case.id)
            child = work.get(Child, case.child_id)
            arrests = [each.arrested_at for each in work.find(Arrest, case_id=case.id) if each.arrested_at]
            visits = [each.visited_on for each in work.find(DetentionVisit, case_id=case.id) if each.visited_on]
            first = min((each.committed_on for each in offences if each.committed_on), default=None)
            assert row.told["committed_on"] == first
            assert row.told["visited_on"] == max(visits, default=None)
            assert cells["code"].said(row, words) == child.code
            assert cells["arrested"].said(row, words) == (words.date(min(arrests).date()) if arrests else "")
            assert row.told["offence_class"] == gravest_class(offences) or gravest_class(offences) is None
            held = row.told["in_custody"] or row.told["in_detention"] or row.told["in_prison"]
            assert (
                bool(cells["held"].said(row, words))
                == bool(held)
                == (_held(case, child, _by_kind(work, case)) == {"yes"})
            )
    assert {cells["worker"].said(row, Words("km")) for row in rows.values()} > {""}


def _by_kind(work: Any, case: Case) -> dict[Any, list[Any]]:
    return {kind: work.find(kind, case_id=case.id) for kind in (Arrest, Detention, ChildInPrison)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_are_told_in_words(large: Office, language: str) -> None:
    words, staff = Words(language), case_list.workers(large)
    worker = next(iter(staff))
    view = CaseView({"stage": ("trial", NONE), "place": ("17", "17100401"), "worker": (worker,), "held": ("yes",)})
    told = case_list.filters_said(view, words, staff)
    assert len(told) == 4
    assert staff[worker][language == "en"] in told[2]
    assert words.text("Trial") in told[0]
    assert words.text("No stage written down") in told[0]


def test_a_view_is_kept_as_json_and_read_again() -> None:
    view = CaseView({"stage": ("trial",), "place": ("17",), "held": ("no",)}, ("name", "due"), "due")
    assert read_view(json.loads(json.dumps(view.plain))) == (view, (), ())
    assert read_view(CaseView().plain).view == CaseView()


@pytest.mark.parametrize(
    ("plain", "view", "unknown"),
    [
        ({"filters": {"stage": ["trial", "moon"], "height": ["tall"]}}, CaseView({"stage": ("trial",)}), 2),
        ({"filters": {"stage": ["moon"]}, "columns": ["number", "height"], "order": "size"},
         CaseView({}, ("number",)), 3),
        ({"filters": {"place": ["99999999"], "worker": ["nobody"], "held": "yes"}}, CaseView({}), 3),
        ({"filters": [], "columns": "all"}, CaseView({}), 0),
        (None, CaseView({}), 0), ("x", CaseView({}), 0), ({"columns": []}, CaseView({}), 0),
    ],
)  # fmt: skip
def test_what_a_version_does_not_know_is_left_out_and_said(plain: Any, view: CaseView, unknown: int) -> None:
    read = read_view(plain)
    assert (read.view.chosen, read.view.columns, read.view.order) == (view.chosen, view.columns, view.order)
    assert len(read.unknown) == unknown
    assert bool(read.said(Words("en"))) == bool(unknown)


def test_a_filter_that_is_none_is_refused(large: Office) -> None:
    for chosen in ({"height": ("tall",)}, {"stage": ("moon",)}, {"place": ("x",)}, {"held": ("maybe",)}):
        with pytest.raises(Refusal):
            case_list.case_page(large, CaseView(chosen))


def _joined(office: Office, role: Role) -> Office:
    """Return the office as somebody else has it open."""
    accounts.add_account(office, StaffMember(name=role.value, name_latin=role.value, roles=(role,)), PASSWORD)
    folder = office.folder
    office.close()
    joined = open_office(folder, role.value, PASSWORD)
    accounts.change_password(joined, PASSWORD, PASSWORD + "!")
    return joined


def test_a_case_worker_narrows_the_own_cases_and_nobodys_alone(office: Office) -> None:
    other = colleague(office)
    theirs, nobodys = arrest(office, worker=other), arrest(office)
    with office.write() as work:
        work.get(Case, nobodys).worker_id = None
    joined = _joined(office, Role.CASE_WORKER)
    try:
        assert Right.ALL_CASES not in joined.rights
        assert case_list.case_ids(joined, CaseView({})) == [nobodys]
        assert case_list.case_ids(joined, CaseView({"worker": (str(other.id),)})) == []
        assert case_list.count(joined, CaseView({"held": ("yes",)})) == (1, 1)
        assert theirs not in case_list.case_ids(joined, CaseView({"held": ("yes",)}))
    finally:
        joined.close()


def test_who_may_not_know_names_narrows_by_no_worker_and_no_small_place(office: Office) -> None:
    case = arrest(office)
    with office.write() as work:
        work.get(Child, work.get(Case, case).child_id).village_code = "17100401"
    joined = _joined(office, Role.DATA_OFFICER)
    try:
        worker = str(office.staff.id)
        view = CaseView({"worker": (worker,), "place": ("17100402", NONE)}, tuple(column.key for column in COLUMNS))
        read = case_list.fitting(joined, view)
        assert read.view.chosen == {"place": ("17", NONE)}
        assert len(read.refused) == 2
        assert read.said(Words("en"))
        (row,) = case_list.case_page(joined, view)
        shown = case_list.columns_of(joined, view)
        told = [column.said(row, Words("en")) for column in shown]
        assert row.told["code"] in told
        assert not {"village", "worker", "age"} & {column.key for column in shown}
        assert CANARY not in f"{row.told}{told}"
        assert case_list.case_page(joined, CaseView({}), CANARY) == []
        assert [each.key for each in case_list.filters_offered(joined)] == [
            each.key for each in FILTERS if each.key != "worker"
        ]
        assert case_list.workers(joined) == {}
        assert [each.told["code"] for each in case_list.case_page(joined, CaseView({}, order="name"))]
    finally:
        joined.close()


def test_the_clock_of_a_complaint_counts_for_nobody(large: Office) -> None:
    """That it is there may not be guessed from a list."""
    with large.write() as work:
        case = next(each for each in work.find(Case) if not _clocks(work, each))
        work.add(Deadline(
            case_id=case.id, record_id=case.id, rule=CONFIDENTIAL_RULES[0], limit_key=None, started_at=None,
            due_at=clock.now().replace(year=2020), whole_day=False, ended_at=None,
        ))  # fmt: skip
    assert case.id not in case_list.case_ids(large, CaseView({"overdue": ("yes",)}))
    row = next(
        row for row in case_list.case_page(large, CaseView({}, ("due", "due-what")), limit=1000) if row.id == case.id
    )
    assert row.told["next_due"] is row.told["next_rule"] is None


def _clocks(work: Any, case: Case) -> list[Deadline]:
    return [each for each in work.find(Deadline, case_id=case.id) if each.ended_at is None]


def test_the_usual_columns_stand_in_their_order() -> None:
    assert CaseView().columns == USUAL
    assert CaseView().order == NEWEST
    assert len({column.key for column in COLUMNS}) == len(COLUMNS)
