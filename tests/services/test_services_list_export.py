"""Every list given out as it is shown: the same rows and columns, with names only where they are wanted and locked."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from held import CANARY

from casemgr import clock
from casemgr.exchange.csv_file import text_of
from casemgr.exchange.table import lines_of
from casemgr.i18n import LANGUAGES, Words
from casemgr.printing.list_paper import MOST_ROWS, TOO_LONG
from casemgr.records.beside.consent import Consent, ConsentScope
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.kept import AuditEntry
from casemgr.records.sameness import Verdict
from casemgr.services import (
    case_list,
    casework,
    directory,
    follow_up_export,
    follow_ups,
    lists,
    practice,
    quality,
    reporting,
    same_child,
    shown_lists,
)
from casemgr.services.case_columns import COLUMNS
from casemgr.services.case_list import CaseView
from casemgr.services.list_export import export_listing, listing_paper, log_listing, withdrawn_children
from casemgr.services.list_files import ListKind
from casemgr.services.listing import WITHOUT_NAMES, ListColumn, Listing, Naming
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Stopped

PASSPHRASE = "seven ducks over Tonle Sap"
NAMED: dict[str, Any] = {"named": True, "passphrase": PASSPHRASE, "reason": "for the court"}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A practice office; one child's name would be a formula."""
    office = practice.new_practice_office(tmp_path_factory.mktemp("lists") / "office")
    practice.fill_practice(office, 24, 3)
    with office.write() as work:
        for child in work.find(Child)[:2]:
            child.given_name_latin = child.given_name_km = f'=HYPERLINK("{CANARY}")'
            child.family_name_latin = child.family_name_km = None
            child.nickname, child.born = "ម៉ៅ", None
    directory.save_contact(office, Contact(name_km="+៨៥៥ លឹម", organisation="@court"))
    yield office
    office.close()


Make = Callable[[Office], Listing]
EVERY: dict[str, Make] = {
    "cases": lambda office: case_list.cases_listing(
        office, CaseView({"status": ("open",)}, tuple(column.key for column in COLUMNS)), "", case_list.workers(office)
    ),
    "children": shown_lists.children_listing,
    "directory": shown_lists.contacts_listing,
    "quality": lambda office: shown_lists.gaps_listing(office, quality.quality(office)),
    "today": lambda office: shown_lists.clocks_listing(office, shown=["My cases"]),
    "who-is-where": lambda office: shown_lists.where_listing(office, lists.who_is_where(office)),
    "follow-ups": lambda office: shown_lists.follow_ups_listing(office, {"place": "17"}),
    "search": lambda office: shown_lists.found_listing(office, "sok"),
    "behind-a-number": lambda office: shown_lists.behind_listing(
        office, reporting.cases_behind(office, [row.id for row in lists.cases(office)]), ["All"]
    ),
    "same-child": lambda office: shown_lists.pairs_listing(office, same_child.sweep(office)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", EVERY)
def test_a_file_holds_the_rows_and_columns_that_are_shown(
    large: Office, tmp_path: Path, what: str, language: str
) -> None:  # fmt: skip
    listing, words = EVERY[what](large), Words(language, "khmer" if language == "km" else "western")
    rows = list(listing.rows())
    assert listing.what == what
    shown = [
        column for column in listing.columns if listing.naming is Naming.ALWAYS or not column.names or column.coded
    ]
    seen = [[_coded(column, listing)(row, words) for column in shown] for row in rows]
    path = tmp_path / f"{what}.csv"
    if listing.naming is Naming.ALWAYS:
        told = list(lines_of(listing.table(words, rows, named=True), words))
        seen = [[column.said(row, words) for column in shown] for row in rows]
        assert [[cell or "" for cell in line] for line in told] == seen
        return
    assert export_listing(large, path, ListKind.CSV, listing, language=language) == len(rows)
    head, *lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert len(head) == len(shown)
    assert [len(line) for line in lines] == [len(shown)] * len(rows)
    told = list(lines_of(listing.table(words, rows, named=False), words))
    assert told == seen
    for line, cells in zip(lines, told, strict=True):
        for column, cell, text in zip(shown, line, cells, strict=True):
            if column.kind.value in {"text", "code"}:
                assert text_of(cell) == text
            assert bool(cell) == bool(text)


def _coded(column: ListColumn, listing: Listing) -> Callable[[Any, Words], str]:
    """Return what the screen and paper say of a column without names; the dash of nothing is the screen's alone."""
    cell = column.coded if column.names and listing.naming is Naming.CHOICE else column.cell
    assert cell is not None
    table = ListColumn(column.key, column.label, cell, column.kind)
    return table.said


@pytest.mark.parametrize("what", [what for what in EVERY if what != "directory"])
def test_no_name_and_no_small_place_leaves_without_names(large: Office, tmp_path: Path, what: str) -> None:
    listing = EVERY[what](large)
    export_listing(large, tmp_path / "list.csv", ListKind.CSV, listing, language="en")
    export_listing(large, tmp_path / "list.xlsx", ListKind.WORKBOOK, listing, language="en")
    with large.read() as work:
        names = {
            name for child in work.find(Child)
            for name in (child.given_name_km, child.given_name_latin, child.phone) if name
        }  # fmt: skip
    text = (tmp_path / "list.csv").read_text("utf-8-sig")
    book = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    cells = "\n".join(str(cell) for row in book.values for cell in row if cell is not None)
    for told in (text, cells):
        assert CANARY not in told
        assert not {name for name in names if len(name) > 4 and name in told}
    assert Words("en").text(WITHOUT_NAMES) in cells


def test_names_want_a_reason_and_a_lock_and_no_csv(large: Office, tmp_path: Path) -> None:
    listing, path = EVERY["children"](large), tmp_path / "list.xlsx"
    wrong = (
        {"named": True, "reason": "x"}, {"named": True, "passphrase": PASSPHRASE}, NAMED | {"passphrase": "short"},
    )  # fmt: skip
    for said in wrong:
        with pytest.raises(Refusal):
            export_listing(large, path, ListKind.WORKBOOK, listing, **said)
    with pytest.raises(Refusal, match="CSV"):
        export_listing(large, tmp_path / "list.csv", ListKind.CSV, listing, **NAMED)
    with pytest.raises(Refusal):
        export_listing(large, large.folder / "list.csv", ListKind.CSV, listing)
    assert list(tmp_path.iterdir()) == []
    assert export_listing(large, path, ListKind.WORKBOOK, listing, **NAMED) == len(list(listing.rows()))
    assert CANARY.encode() not in path.read_bytes()
    assert not path.read_bytes().startswith(b"PK")  # locked, so no plain workbook


def test_an_export_is_written_down_with_what_left(large: Office, tmp_path: Path) -> None:
    rows = export_listing(large, tmp_path / "cases.pdf", ListKind.PAPER, EVERY["today"](large), **NAMED, language="en")
    with large.read() as work:
        line = work.find(AuditEntry, action="exported")[-1]
    said = {name: pair[1] for name, pair in json.loads(line.changes or "").items()}
    assert (said["what"], said["how"], said["rows"], said["named"]) == ("today", "pdf", rows, True)
    assert said["columns"][0] == "left"
    assert line.why == "for the court"
    with pypdfium2.PdfDocument((tmp_path / "cases.pdf").read_bytes(), password=PASSPHRASE) as document:
        assert len(document) >= 1


def test_a_file_that_cannot_be_written_down_does_not_leave(
    large: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    listing = EVERY["children"](large)

    def rows() -> Iterator[Any]:
        yield from listing.rows()
        monkeypatch.setattr(large, "rights", frozenset())

    broken = Listing("children", listing.title, listing.columns, rows, children=listing.children)
    with pytest.raises(Refusal):
        export_listing(large, tmp_path / "list.csv", ListKind.CSV, broken)
    assert list(tmp_path.iterdir()) == []


def test_it_is_told_how_far_it_is_and_stops_when_asked(office: Office, tmp_path: Path) -> None:
    column = ListColumn("n", "Code", lambda row, _words: str(row))
    listing = Listing("children", "Children", (column,), lambda: range(450), total=lambda: 450)
    told: list[tuple[int, int]] = []
    export_listing(
        office, tmp_path / "list.csv", ListKind.CSV, listing, progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (450, 450)
    assert len(told) > 3
    for form in ListKind:
        with pytest.raises(Stopped):
            export_listing(office, tmp_path / f"x.{form.value}", form, listing, cancelled=lambda: len(told) > 2)
    with pytest.raises(Stopped):
        listing_paper(office, listing, cancelled=lambda: True)
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["list.csv"]


def test_a_list_too_long_for_paper_is_refused_before_it_is_read(office: Office, tmp_path: Path) -> None:
    column = ListColumn("n", "Code", lambda row, _words: str(row))

    def rows() -> Iterator[int]:
        raise AssertionError("read")
        yield 1

    listing = Listing("children", "Children", (column,), rows, total=lambda: MOST_ROWS + 1)
    for leave in (
        lambda: export_listing(office, tmp_path / "x.pdf", ListKind.PAPER, listing),
        lambda: listing_paper(office, listing),
    ):
        with pytest.raises(Refusal, match=TOO_LONG):
            leave()


def _paper_text(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_paper_says_the_filters_and_the_pages(large: Office) -> None:
    view = CaseView({"stage": ("police-custody", "trial"), "place": ("17100401", "1710")})
    listing = case_list.cases_listing(large, view, CANARY, case_list.workers(large))
    coded, named = (_paper_text(listing_paper(large, listing, named=named, language="en")) for named in (False, True))
    assert "Stage of the procedure: Police custody, Trial" in coded[0]
    assert "page 1 of 1" in coded[0]
    assert CANARY not in "".join(coded)
    assert CANARY in named[0]
    assert "Voat" not in coded[0]
    assert "Home: Siemreap\r" in coded[0]
    assert "Voat" in named[0]


def test_paper_that_leaves_is_written_down(large: Office) -> None:
    log_listing(large, EVERY["cases"](large), "printer", named=True, language="km")
    with large.read() as work:
        line = work.find(AuditEntry, action="printed")[-1]
    said = {name: pair[1] for name, pair in json.loads(line.changes or "").items()}
    assert (said["what"], said["how"], said["named"], said["language"]) == ("cases", "printer", True, "km")


def test_whoever_took_back_the_consent_stands_there_by_the_code(office: Office) -> None:
    from followed import CANARY as NAME
    from followed import released

    gone, stays = (released(office, clock.today().replace(year=2025)) for _ in range(2))
    consent = Consent(
        case_id=gone.id, scope=(ConsentScope.SHARING,), given_on=clock.today().replace(year=2025),
        withdrawn_on=clock.today(),
    )  # fmt: skip
    casework.save_record(office, consent, "ក")
    with office.read() as work:
        children = {case.id: case.child_id for case in work.find(Case)}
    assert withdrawn_children(office) == {children[gone.id]}
    listing = case_list.cases_listing(office, CaseView({}, ("number", "name")))
    words = Words("en")
    rows = list(listing.rows())
    told = list(listing.table(words, rows, named=True, withheld=withdrawn_children(office)).rows)
    by_case = {row.id: line for row, line in zip(rows, told, strict=True)}
    assert NAME in str(by_case[stays.id][1])
    assert NAME not in str(by_case[gone.id][1])
    assert follow_up_export.office_name(office, words)
    assert follow_ups.follow_up_list(office)


def test_consent_that_was_taken_back_holds_for_each_record_of_the_child(office: Office) -> None:
    from followed import released

    one, other = (released(office, clock.today().replace(year=2025)) for _ in range(2))
    with office.read() as work:
        children = {case.id: case.child_id for case in work.find(Case)}
    consent = Consent(
        case_id=one.id, scope=(ConsentScope.SHARING,), given_on=clock.today().replace(year=2025),
        withdrawn_on=clock.today(),
    )  # fmt: skip
    casework.save_record(office, consent, "ក")
    same_child.decide(office, children[one.id], children[other.id], Verdict.SAME)
    assert withdrawn_children(office) == {children[one.id], children[other.id]}
    again = Consent(case_id=other.id, scope=(ConsentScope.SHARING,), given_on=clock.today())
    casework.save_record(office, again, "ក")
    assert withdrawn_children(office) == frozenset()


def test_follow_ups_without_names_say_no_small_place_and_no_worker(large: Office) -> None:
    words, asked = Words("en"), {"place": "17100401", "mine": False}
    listing = shown_lists.follow_ups_listing(large, asked, (CANARY, CANARY))
    assert list(listing.narrowed(words, False)) == ["Siemreap"]
    assert listing.narrowed(words, True)[-1] == CANARY
    assert "Siemreap" not in listing.narrowed(words, True)
