"""Invented children that are followed up after a release, with records in a real office."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from casemgr.clock import PartialDate
from casemgr.records.case import Case, Offence, OffenceCategory
from casemgr.records.child import Child, Guardian, Sex
from casemgr.records.fields import Answer
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import ContactLevel, ContactSource, FollowUpHow, FollowUpStatus, Reached
from casemgr.services import casework
from casemgr.services.office import Office

BEGAN = date(2024, 2, 1)
WHY = "written down later"
CANARY, CANARY_PHONE, CANARY_VILLAGE = "Zzyxchild", "099 777 5553", "17100401"


def child(office: Office, **more: Any) -> Child:
    """Keep a child of sixteen with names, telephones and a village that may never leave the office by mistake."""
    known = {
        "given_name_latin": CANARY, "given_name_km": "ស្រីសម្គាល់", "sex": Sex.MALE, "born": PartialDate.of(2007, 6, 1),
        "village_code": CANARY_VILLAGE, "phone": CANARY_PHONE, "guardians": (Guardian(phone="088 777 5554"),),
    }  # fmt: skip
    made = Child(**(known | more))
    casework.save_child(office, made)
    return made


def case(office: Office, of: Child, **more: Any) -> Case:
    """Open a case of theft for a child."""
    made = Case(**more)
    casework.open_case(office, of.id, made)
    casework.save_record(
        office,
        Offence(case_id=made.id, category=OffenceCategory.THEFT, committed_on=PartialDate.of(2023, 10, 2)),
        WHY,
    )
    return made


def release(office: Office, of: Case, on: date = BEGAN) -> Detention:
    """Let the child of a case go free at the end of a sentence."""
    made = Detention(
        case_id=of.id, basis=DetentionBasis.SENTENCED, started_on=on - timedelta(days=90), ended_on=on,
        end_reason=DetentionEnd.SERVED,
    )  # fmt: skip
    casework.save_record(office, made, WHY)
    return made


def follow_up(office: Office, of: Case, on: date, **more: Any) -> FollowUp:
    """Write down a follow-up that found the child well."""
    said = {
        "status": FollowUpStatus.WELL, "reached": Reached.CHILD, "how": FollowUpHow.PHONE, "new_contact": Answer.NO,
    }  # fmt: skip
    made = FollowUp(case_id=of.id, done_on=on, **(said | more))
    casework.save_record(office, made, WHY)
    return made


def offended(office: Office, of: Case, on: date, level: ContactLevel = ContactLevel.R1) -> FollowUp:
    """Write down a follow-up that tells of a new offence on that very day."""
    return follow_up(
        office, of, on, status=FollowUpStatus.NEW_CONTACT, new_contact=Answer.YES, level=level,
        offence_on=PartialDate.on(on), source=ContactSource.FAMILY,
    )  # fmt: skip


def released(office: Office, on: date = BEGAN, **more: Any) -> Case:
    """Keep a child that was released on a day; return its case."""
    made = case(office, child(office, **more))
    release(office, made, on)
    return made


def cohort(office: Office, observed: Iterable[tuple[int, int]]) -> list[UUID]:
    """Keep a released child for each pair: days after which it was last heard of, and whether it had offended then."""
    cases = []
    for days, event in observed:
        made = released(office)
        (offended if event else follow_up)(office, made, BEGAN + timedelta(days=days))
        cases.append(made.id)
    return cases
