"""Invented children who were released, for the tests of follow-ups."""

from datetime import timedelta
from uuid import UUID

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.case import Case
from casemgr.records.child import Child, Guardian, Relation, Sex
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.services import casework, directory
from casemgr.services.office import Office

NAMES = (("ចាន់", "ដារ៉ា", "Chan", "Dara"), ("សុខ", "ចាន់ថា", "Sok", "Chantha"), ("អ៊ុំ", "សុភា", "Um", "Sophea"))
CHIEF = "សាន ពិសី"


def released(office: Office, days_ago: int, *, name: int = 0, village: str = "17100401", phone: bool = True) -> UUID:
    """Write down a child that was released so many days ago, at the end of its sentence; return its case."""
    family_km, given_km, family, given = NAMES[name]
    child = Child(
        family_name_km=family_km, given_name_km=given_km, family_name_latin=family, given_name_latin=given,
        sex=Sex.MALE, born=PartialDate.of(2011, 3, 12), village_code=village, phone="097 555 0123" if phone else None,
        guardians=(Guardian(name="អ៊ុំ សុផល", relation=Relation.MOTHER, phone="012 345 678" if phone else None),),
    )  # fmt: skip
    casework.save_child(office, child)
    case = Case()
    casework.open_case(office, child.id, case)
    ended = clock.today() - timedelta(days=days_ago)
    detention = Detention(
        case_id=case.id, basis=DetentionBasis.SENTENCED, started_on=ended - timedelta(days=200), ended_on=ended,
        end_reason=DetentionEnd.SERVED,
    )  # fmt: skip
    casework.save_record(office, detention, "a release of before this office began")
    return case.id


def with_chief(office: Office, case_id: UUID) -> None:
    """Give the village chief, who has a telephone, a part in a case."""
    chief = Contact(name_km=CHIEF, name_latin="San Pisey", role=ContactRole.VILLAGE_CHIEF, phone="011 555 240")
    directory.add_to_case(office, CaseContact(case_id=case_id, role=ContactRole.VILLAGE_CHIEF), chief)


def followed(office: Office, case_id: UUID, days_ago: int, **answers: object) -> FollowUp:
    """Write down a follow-up of so many days ago."""
    record = FollowUp(case_id=case_id, done_on=clock.today() - timedelta(days=days_ago), **answers)
    casework.save_record(office, record)
    return record
