"""What lies elsewhere when a child is erased: copies of the office, other offices, papers, and what comes back."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from erasable import PASSWORD, REASON, Known, closed_child, confirmed, five_years
from handed_over import look, other_office, send, trail

from casemgr import clock
from casemgr.printing.forms import Wanted
from casemgr.printing.forms.erasure_certificate import Told, composed
from casemgr.printing.page import draw
from casemgr.records.kept import Draft
from casemgr.records.retention import ErasedKind, ErasingWay, Erasure, Kept, StillThere, StillWhere
from casemgr.services import backups, drafts, erasing, lists, papers, shown_lists
from casemgr.services.backups import STICK, gone_by, superseded
from casemgr.services.comparing import NAMELESS
from casemgr.services.list_export import log_listing
from casemgr.services.listing import Listing
from casemgr.services.office import Office, check_office
from casemgr.services.received import receive
from casemgr.services.taking_in import take_in
from casemgr.store.copies import Copy, Head, Manifest
from casemgr.trouble import Refusal

TODAY = clock.today()


@pytest.fixture
def other(made: Path, tmp_path: Path) -> Iterator[Office]:
    office = other_office(made, tmp_path / "other")
    yield office
    office.close()


def erased(office: Office, known: Known, way: ErasingWay = ErasingWay.ERASE) -> Erasure:
    _, (made,) = erasing.erase(office, [known.child], way, reason=REASON, confirmed=confirmed())
    return made


def days(erasure: Erasure, where: StillWhere) -> list[date | None]:
    return [row.on for row in erasure.still if row.where is where]


def copy_of(made_on: date) -> Copy:
    made_at = datetime.combine(made_on, time(12), clock.PHNOM_PENH)
    manifest = Manifest(UUID(int=1), made_at, "0009", Head(1, "0"), {}, "", 0, "")
    return Copy(Path(manifest.file_name), manifest)


@pytest.mark.parametrize("ages", [[0], [40], [0, 1, 2, 3], [400], [20, 50]])
def test_newer_copies_take_the_place_of_all_within_a_year(ages: list[int]) -> None:
    """At the end of each month from now on one is made; the day before it one of the old is still there."""
    on = date(2026, 11, 26)
    old = [copy_of(on - timedelta(days=age)) for age in ages]
    until = gone_by(old, on)
    assert until is not None
    assert on <= until <= date(2027, 12, 31)
    ends = [date(2026 + (10 + n) // 12, (10 + n) % 12 + 1, 28) for n in range(14)]
    made = [copy_of(day) for day in ends if (day.year, day.month) <= (until.year, until.month)]
    assert {copy.path for copy in old} <= {copy.path for copy in superseded([*old, *made])}
    assert not {copy.path for copy in old} <= {copy.path for copy in superseded([*old, *made[:-1]])}


def test_without_copies_there_is_no_such_day() -> None:
    assert gone_by([], TODAY) is None


def test_the_certificate_tells_which_copies_hold_it(office: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    five_years(office)
    assert erasing.copies_that_hold(office, [known.child]) == (0, None, 0, 0)
    (tmp_path / "stick").mkdir()
    backups.choose_folder(office, STICK, tmp_path / "stick")
    backups.make_copy(office)
    found = backups.copies_at(office)
    assert len(found[STICK]) == 1
    held = erasing.copies_that_hold(office, [known.child])
    assert held.copies == 2
    assert held.until is not None
    made = erased(office, known)
    assert days(made, StillWhere.COPIES) == days(made, StillWhere.STICK) == [TODAY]
    assert days(made, StillWhere.OFFICE) == days(made, StillWhere.OUT) == []


def test_the_certificate_tells_of_papers_and_of_other_offices(office: Office, other: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    five_years(office)
    papers.log_printed(office, "consent", known.case, papers.AS_USUAL, papers.PDF)
    papers.log_printed(office, "consent", known.case, papers.AS_USUAL, papers.PRINTER)
    send(office, known.case, tmp_path / "a.case", other)
    made = erased(office, known)
    assert days(made, StillWhere.OUT) == days(made, StillWhere.OFFICE) == [TODAY]
    assert days(made, StillWhere.COPIES) == []
    take_in(other, look(other, tmp_path / "a.case"))
    five_years(other)
    assert days(erased(other, known), StillWhere.OFFICE) == [TODAY]


def test_a_copy_that_somebody_named_is_never_said_to_go_by_itself(office: Office) -> None:
    known = closed_child(office)
    backups.make_copy(office)
    (made,) = backups.copies_at(office)[backups.HOME]
    backups.copy_to(office, made.path.with_name("before-the-audit.officecopy"))
    held = erasing.copies_that_hold(office, [known.child])
    assert (held.until, held.lasting) == (None, 1)


def test_the_certificate_tells_of_lists_that_may_name_the_child(office: Office) -> None:
    known = closed_child(office)
    five_years(office)
    lists.log_exported(office, "indicators", "json")
    papers.log_list_printed(office, "report", None, papers.PDF)
    assert days(erased(office, known, ErasingWay.ANONYMISE), StillWhere.LISTS) == []
    known = closed_child(office, "ច")
    lists.log_exported(office, "cases", "json")
    assert days(erased(office, known), StillWhere.LISTS) == [TODAY]


@pytest.mark.parametrize(("list_of", "named", "told"), [
    (partial(shown_lists.gaps_listing, rows=[]), True, [TODAY]), (shown_lists.clocks_listing, True, [TODAY]),
    (partial(shown_lists.pairs_listing, rows=[]), True, [TODAY]), (shown_lists.clocks_listing, False, []),
])  # fmt: skip
def test_each_list_that_left_with_names_is_told_and_none_without(
    office: Office, list_of: Callable[[Office], Listing], named: bool, told: list[date]
) -> None:
    known = closed_child(office)
    five_years(office)
    log_listing(office, list_of(office), papers.PRINTER, named=named)
    log_listing(office, shown_lists.contacts_listing(office), papers.PRINTER)
    papers.log_list_printed(office, "week-sheet", None, papers.PDF, with_names=False)
    assert days(erased(office, known), StillWhere.LISTS) == told


def test_the_office_that_was_kept_aside_is_named(office: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    five_years(office)
    copy, folder = backups.copy_to(office, tmp_path / "a.officecopy"), office.folder
    office.close()
    again = backups.put_back(backups.look_at(copy, folder, "", PASSWORD))
    try:
        held = erasing.copies_that_hold(again, [known.child])
        assert (held.until, held.aside) == (None, 1)
        assert days(erased(again, known), StillWhere.ASIDE) == [TODAY]
    finally:
        again.close()


def test_who_puts_back_an_older_copy_is_told_that_what_was_erased_comes_back(office: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    five_years(office)
    copy = backups.copy_to(office, tmp_path / "before.officecopy")
    erased(office, known)
    later = backups.copy_to(office, tmp_path / "later.officecopy")
    folder = office.folder
    office.close()
    for path, told in ((copy, True), (later, False)):
        returning = backups.look_at(path, folder, "", PASSWORD)
        found = [each for each in backups.warnings_of(returning) if each.message == backups.ERASED_COME_BACK]
        assert [each.slots for each in found] == ([{"count": 1}] if told else [])
        returning.drop()


@pytest.mark.parametrize("language", ["en", "km", "both"])
def test_a_certificate_with_all_of_that_is_drawn(office: Office, language: str) -> None:
    still = [
        StillThere(where=where, on=date(2026, 1, 1) + timedelta(days=n)) for where in StillWhere for n in range(30)
    ]
    made = Erasure(
        done_at=clock.now(), way=ErasingWay.ERASE, known_as="SR-C-0001", reason="ក", counts=(), still=tuple(still[:50]),
        done_by=office.staff.id, confirmed_by=office.staff.id, head_before=f"1:{'0' * 64}", head_after=f"2:{'0' * 64}",
    )  # fmt: skip
    words = papers.paper_words(office, language)
    paper = composed(Wanted(words, office.settings), Told(made, "ក", "ខ"))
    assert draw(paper, words).startswith(b"%PDF")


@pytest.mark.parametrize("way", [ErasingWay.ERASE, ErasingWay.ANONYMISE, ErasingWay.DOCUMENTS])
def test_what_another_office_told_of_the_child_goes_as_well(
    office: Office, other: Office, tmp_path: Path, way: ErasingWay
) -> None:
    known = closed_child(office)
    send(office, known.case, tmp_path / "a.case", other)
    take_in(other, look(other, tmp_path / "a.case"))
    (line,) = (each for each in trail(other, known.case) if each.action == "taken-in")
    assert line.changes is not None
    assert known.words[0] in line.changes
    five_years(other, Kept.DOCUMENTS if way is ErasingWay.DOCUMENTS else Kept.CASES)
    made = erased(other, known, way)
    (line,) = (each for each in trail(other, known.case) if each.action == "taken-in")
    assert (line.changes, line.why, line.salt) == (None, None, None)
    assert {row.kind: row.number for row in made.counts}[ErasedKind.TRAIL]
    assert all(finding.ok for finding in check_office(other))


def test_a_nameless_child_gets_no_name_back_from_another_office(office: Office, other: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    send(office, known.case, tmp_path / "a.case", other)
    take_in(other, look(other, tmp_path / "a.case"))
    five_years(office)
    erased(office, known, ErasingWay.ANONYMISE)
    send(other, known.case, tmp_path / "b.case", office)
    with pytest.raises(Refusal) as refused:
        look(office, tmp_path / "b.case")
    assert refused.value.message == NAMELESS


def test_a_child_that_was_erased_and_comes_back_is_told_of(office: Office, other: Office, tmp_path: Path) -> None:
    known = closed_child(office)
    send(office, known.case, tmp_path / "a.case", other)
    arrival = look(other, tmp_path / "a.case")
    assert not arrival.erased
    take_in(other, arrival)
    five_years(office)
    erased(office, known)
    send(other, known.case, tmp_path / "b.case", office)
    assert look(office, tmp_path / "b.case").erased


def test_the_lines_that_go_along_can_be_verified_each_by_itself(office: Office, other: Office, tmp_path: Path) -> None:
    """The seal of a line that goes whole is that of what it says; of one that is kept back the salt stays here."""
    known = closed_child(office)
    send(office, known.case, tmp_path / "a.case", other)
    lines = receive(other, tmp_path / "a.case").trail
    assert {line["whole"] for line in lines} == {True, False}
    for line in lines:
        said = json.dumps([line["salt"], line["changes"], line["why"]], ensure_ascii=False, separators=(",", ":"))
        assert (sha256(said.encode()).hexdigest() == line["seal"]) is line["whole"]
        assert (line["salt"] is None) is not line["whole"]


@pytest.mark.parametrize("way", [ErasingWay.ERASE, ErasingWay.ANONYMISE])
def test_nothing_that_is_typed_on_is_kept_of_who_was_erased(office: Office, way: ErasingWay) -> None:
    known = closed_child(office)
    five_years(office)
    changes, _ = erasing.erase(office, [known.child], way, reason=REASON, confirmed=confirmed())
    assert (changes.children, changes.cases) == ({known.child}, {known.case})
    assert changes.gone == {known.child, known.case}
    drafts.keep_draft(office, f"note/{known.case}", known.case, {"text": "ក"})
    with office.read() as work:
        assert work.find(Draft) == []
