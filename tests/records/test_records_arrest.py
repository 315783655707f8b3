"""The arrest's questions about a warning, and what the office alone keeps of its report."""

from datetime import date

import pytest
from declared import clock_of, sample_of

from casemgr.clock import local
from casemgr.records.fields import field_of, fields_of
from casemgr.records.pathway.arrest import ARREST_RECORD, Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.inquiry_matter import HANDOVER
from casemgr.records.pathway.social_inquiry import SocialInquiry


@pytest.mark.parametrize(
    ("outcome", "asked"),
    [
        (None, set()),
        (PoliceOutcome.RELEASED, set()),
        (PoliceOutcome.PROSECUTOR, set()),
        (PoliceOutcome.VERBAL_WARNING, {"warning_given_by"}),
        (PoliceOutcome.WRITTEN_WARNING, {"warning_given_by", "undertaking", "undertaking_signed"}),
    ],
)
def test_a_warning_is_described_only_where_one_was_given(outcome: PoliceOutcome | None, asked: set[str]) -> None:
    arrest = Arrest(outcome=outcome)
    names = ("warning_given_by", "undertaking", "undertaking_signed")
    assert {name for name in names if field_of(Arrest, name).is_shown(arrest)} == asked


def test_the_lawyers_clock_stops_when_a_warned_child_goes_home() -> None:
    clock = clock_of(ARREST_RECORD, "lawyer-24h")
    arrested, home = local(2026, 11, 22, 19, 30), local(2026, 11, 22, 22)
    warned = Arrest(arrested_at=arrested, custody_ended_at=home, outcome=PoliceOutcome.WRITTEN_WARNING)
    assert (clock.starts(warned), clock.ends(warned)) == (arrested, home)
    assert clock.ends(Arrest(arrested_at=arrested)) is None


def test_a_copied_report_is_drafted_and_checked_anew() -> None:
    report = SocialInquiry(**sample_of(SocialInquiry))
    assert report.drafted_on == date(2026, 11, 28)
    copy = report.copied(2)
    assert (copy.drafted_on, copy.checked_by, copy.checked_on, copy.receipt_number) == (None, None, None, None)


def test_the_receipt_can_be_written_down_after_the_submission() -> None:
    assert field_of(SocialInquiry, "receipt_number").group is HANDOVER
    assert "receipt_number" in SocialInquiry.open_after_submission
    assert not {"drafted_on", "checked_by", "checked_on"} & SocialInquiry.open_after_submission


def test_the_numbers_of_the_report_stay_in_order() -> None:
    numbers = [tuple(map(int, info.number.split("."))) for info in fields_of(SocialInquiry) if info.number]
    assert numbers == sorted(numbers)
