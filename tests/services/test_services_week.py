"""The week sheet and the list of who is held: whose cases are on them, whether names are, and the trail."""

import json
from datetime import timedelta

import pypdfium2
import pytest
from held import CANARY, arrest, colleague

from casemgr.clock import now, today
from casemgr.printing.blocks import as_text
from casemgr.printing.forms.week_sheet import WeekRow
from casemgr.printing.forms.where_list import WhereLine
from casemgr.records.kept import AuditEntry
from casemgr.services import case_files, lists, week, where_list
from casemgr.services.office import Office, Right
from casemgr.trouble import NotAllowed, Refusal


def number(office: Office, case_id: object) -> str:
    return str(case_files.case_file(office, case_id, log=False).case.number)  # type: ignore[arg-type]


def printed(office: Office) -> list[dict[str, object]]:
    with office.read() as work:
        lines = [line for line in work.find(AuditEntry) if line.action == "printed"]
    return [{name: pair[1] for name, pair in json.loads(line.changes or "{}").items()} for line in lines]


def test_the_sheet_holds_what_is_due_in_seven_days_and_what_is_over(office: Office) -> None:
    over, soon = arrest(office, now() - timedelta(days=6)), arrest(office)
    text = as_text(week.compose(office, today(), language="en"))
    assert number(office, over) in text.split("# Over")[1].split("\n\n")[0]
    assert number(office, soon) in text.split("\n\n", 2)[2]
    later = as_text(week.compose(office, today() + timedelta(days=30), language="en"))
    assert number(office, over) in later
    assert number(office, soon) in later.split("# Due before these days")[1]


def test_the_sheet_of_my_cases_says_whose_it_is(office: Office) -> None:
    mine, theirs = arrest(office), arrest(office, worker=colleague(office))
    whole, own = (as_text(week.compose(office, today(), mine=each, language="km")) for each in (False, True))
    assert number(office, theirs) in whole
    assert number(office, theirs) not in own
    assert number(office, mine) in own
    assert "ទេព បូរិន" in own
    assert "ទេព បូរិន" not in whole


@pytest.mark.parametrize("compose", [lambda office, **said: week.compose(office, today(), **said), where_list.compose])
def test_children_are_named_only_when_that_is_asked_for(office: Office, compose: object) -> None:
    arrest(office)
    without, with_names, in_khmer = (
        as_text(compose(office, with_names=named, language=language))  # type: ignore[operator]
        for named, language in ((False, "en"), (True, "en"), (True, "km"))
    )
    assert (CANARY in without, CANARY in with_names, CANARY in in_khmer) == (False, True, False)
    assert "SR-C-0001" in without
    assert "ស្រីសម្គាល់" in in_khmer


def test_the_list_of_who_is_held_names_the_place_and_what_is_wrong(office: Office) -> None:
    case = arrest(office, now() - timedelta(days=40))
    text = as_text(where_list.compose(office, language="en"))
    assert number(office, case) in text
    assert "អធិការដ្ឋាន" in text
    assert "! No lawyer yet" in text
    assert "! No visit for 40 days" in text


def test_the_list_of_my_cases_leaves_out_those_of_others(office: Office) -> None:
    theirs = arrest(office, worker=colleague(office))
    assert number(office, theirs) in as_text(where_list.compose(office, language="en"))
    assert number(office, theirs) not in as_text(where_list.compose(office, mine=True, language="en"))


def test_what_leaves_is_written_down_and_a_preview_is_not(office: Office) -> None:
    arrest(office)
    assert week.week_sheet(office, today(), language="en", how="preview").startswith(b"%PDF-")
    assert where_list.where_list(office, language="en", how="preview").startswith(b"%PDF-")
    assert printed(office) == []
    week.week_sheet(office, today(), mine=True, with_names=True, language="en")
    where_list.where_list(office, how="printer")
    assert printed(office) == [
        {"what": "week-sheet", "language": "en", "how": "pdf", "first": today().isoformat(), "mine": True,
         "with_names": True},
        {"what": "who-is-where", "language": office.settings.language, "how": "printer", "mine": False,
         "with_names": False},
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_sheet_can_be_drawn(filled: Office, language: str) -> None:
    for data in (
        week.week_sheet(filled, today(), with_names=True, language=language),
        where_list.where_list(filled, with_names=True, language=language),
    ):
        with pypdfium2.PdfDocument(data) as document:
            assert f"{filled.settings.code}-20" in document[0].get_textpage().get_text_range()


def test_without_the_right_to_print_nothing_is_printed(office: Office) -> None:
    office.rights = frozenset(Right) - {Right.PRINT}
    with pytest.raises(NotAllowed):
        week.week_sheet(office, today(), how="preview")
    with pytest.raises(NotAllowed):
        where_list.where_list(office, how="preview")


def test_no_name_stands_in_what_a_line_of_a_list_shows_of_itself() -> None:
    due = WeekRow(now(), False, "What", "SR-2026-0001", CANARY, False, False)
    where = WhereLine(CANARY, "SR-2026-0001", "", "", None, None, None, None, None, ())
    assert CANARY not in repr((due, where))


def test_more_than_paper_takes_is_said_before_a_page_is_drawn(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    arrest(office, now() - timedelta(days=6))
    arrest(office)
    due = len(lists.today(office, until=today() + timedelta(days=6)))
    for module, compose, count in (
        (week, lambda: week.compose(office, today()), due),
        (where_list, lambda: where_list.compose(office), len(lists.who_is_where(office))),
    ):
        assert count > 0
        monkeypatch.setattr(module, "MOST_ROWS", count)
        compose()
        monkeypatch.setattr(module, "MOST_ROWS", count - 1)
        with pytest.raises(Refusal, match="too long for paper"):
            compose()
