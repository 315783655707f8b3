"""The social inquiry report beyond its editing: beginning, handing in, correcting, and what became of it."""

from typing import Any
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.services import sense
from casemgr.services.case_files import case_file
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.readers import demand_case
from casemgr.services.reckoning import reckon
from casemgr.store.work import Work
from casemgr.trouble import Frozen, NoSuch, Refusal

SUBMITTED = N_("This report was submitted and stays as it is. Write an addendum to it instead.")


def new_report(office: Office, case_id: UUID, from_report: UUID | None = None) -> SocialInquiry:
    """Return an unsaved draft of the social inquiry report.

    Filled from the report given, or else with what child, offence and arrest already say. Raises NoSuch.
    """
    file = case_file(office, case_id, log=False)
    number = max((report.draft_number or 0 for report in file.of(SocialInquiry)), default=0) + 1
    if from_report is not None:
        earlier = next((report for report in file.of(SocialInquiry) if report.id == from_report), None)
        if earlier is None:
            raise NoSuch(N_("There is no such report in this case."))
        return earlier.copied(number)
    return SocialInquiry.begun(file.child, file.case, file.offences, file.of(Arrest), office.staff, number)


def _report(office: Office, work: Work, report_id: UUID) -> SocialInquiry:
    report = work.get(SocialInquiry, report_id)
    demand_case(office, work, report.case_id)
    return report


def submit_report(office: Office, report_id: UUID) -> Changes:
    """Freeze a report as it was handed in. Other drafts of the case stay drafts. Raises NoSuch and Frozen."""
    with office.write() as work:
        report = _report(office, work, report_id)
        if report.status is not ReportStatus.DRAFT:
            raise Frozen(N_("This report was already submitted."))
        report.status = ReportStatus.SUBMITTED
        report.submitted_at = clock.now()
        work.note("submitted", "SocialInquiry", report.id, case_id=report.case_id)
        work.flush()
        reckon(work, report.case_id)
    return Changes.of(case=report.case_id)


def add_addendum(office: Office, report_id: UUID, section: str | None, text: str) -> Changes:
    """Add a correction to a submitted report. Raises NoSuch, and Refusal for a draft or an empty text."""
    if not text.strip():
        raise Refusal(N_("Write what the addendum says."), fields=("text",))
    with office.write() as work:
        report = _report(office, work, report_id)
        if report.status is ReportStatus.DRAFT:
            raise Refusal(N_("This report is still a draft. Change the draft itself."))
        work.add(
            Addendum(
                case_id=report.case_id, report_id=report.id, section=section, text=text.strip(),
                written_at=clock.now(), staff_id=office.staff.id,
            )
        )  # fmt: skip
    return Changes.of(case=report.case_id)


def save_handover(office: Office, report_id: UUID, answers: dict[str, Any], version: int) -> Changes:
    """Write down what became of a submitted report: the only questions that stay open once it is frozen.

    answers: by field name, those of the report's last section alone. version: of the report as the worker saw it.
    Raises NoSuch, EditedElsewhere, and Refusal for an impossible date.
    """
    with office.write() as work:
        report = _report(office, work, report_id)
        work.unchanged_since(report, version)
        for name, answer in answers.items():
            if name not in SocialInquiry.open_after_submission:
                raise Frozen(SUBMITTED)
            setattr(report, name, answer)
        case = work.get(Case, report.case_id)
        sense.check(work.get(Child, case.child_id), report)
        work.flush()
        reckon(work, case.id)
    return Changes.of(case=report.case_id)
