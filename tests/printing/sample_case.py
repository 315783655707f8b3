"""The invented case that every form is printed from in tests: each question answered as its sample says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from casemgr.clock import as_moment, local
from casemgr.i18n import TwoLanguages, Words
from casemgr.law.deadlines import DeadlineValue, deadlines_of
from casemgr.law.limits import load_limits
from casemgr.printing.forms import Wanted
from casemgr.records.base import CaseRecord
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint, ComplaintWish
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.fields import fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import Service
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.staff import StaffMember

PRINTED = date(2026, 12, 1)
LANGUAGES = ("km", "en", "both")
OFFICE = OfficeSettings(
    code="SR", name_km="អង្គការដើម្បីកុមារ", name_en="Organisation for Children", town="សៀមរាប",
    town_en="Siem Reap",
    address="ភូមិវត្តបូព៌ សង្កាត់សាលាកំរើក ក្រុងសៀមរាប", phone="063 555 000",
)  # fmt: skip
WORKER = StaffMember(name="ចាន់ ស្រីនិច", name_latin="Chan Sreynich", function="អ្នកកាន់ករណី", phone="012 555 099")
_SPACE = UUID("6f2f1a52-7b0e-4b7c-9c39-2f4c1f0a5d11")


@dataclass(frozen=True)
class Kept:
    """A case as the services hand it over."""

    child: Child
    case: Case
    offences: Sequence[Offence] = ()
    records: Sequence[CaseRecord] = ()
    addenda: Sequence[Addendum] = ()
    deadlines: Sequence[DeadlineValue] = ()
    contacts: Mapping[UUID, Contact] = field(default_factory=dict)


def sample(subject: type[Any], **other: Any) -> Any:
    """Return a record of that class with every question answered; its identity is the same each time."""
    told = {info.name: info.sample for info in fields_of(subject)}
    return subject(**{"id": uuid5(_SPACE, subject.__name__)} | told | other)


Answers = Mapping[type[Any], Mapping[str, Any]]

OTHERWISE: Mapping[str, Answers] = {
    "police-warning": {Arrest: {"outcome": PoliceOutcome.WRITTEN_WARNING}},
    "custody-notice": {Arrest: {"outcome": None, "custody_ended_at": None}},
    "service-referral": {Referral: {"service": Service.COUNSELLING, "answer": None, "answered_at": None}},
    "ministry-6-closing": {Closure: {"child_total": 33, "family_total": 39}},
    "transfer-slip": {Closure: {"reason": ClosingReason.TRANSFERRED}},
    "complaint": {Complaint: {"wish": ComplaintWish.COMPLAIN}},
}
"""What the case of a form answers otherwise than the samples do, by the form's name."""


def sample_case(form_name: str = "") -> Kept:
    """Return a case with one record of every kind, all answered, as it suits that form."""
    child, offences = sample(Child), (sample(Offence),)
    contact = sample(Contact)
    own: dict[type[Any], Mapping[str, Any]] = {
        CaseContact: {"contact_id": contact.id},
        SocialInquiry: {"status": ReportStatus.SUBMITTED, "submitted_at": local(2026, 12, 2, 10)},
        **OTHERWISE.get(form_name, {}),
    }
    records = tuple(sample(kind.record, **own.get(kind.record, {})) for kind in KINDS)
    deadlines = deadlines_of(child, offences, records, load_limits([]))
    return Kept(child, sample(Case), offences, records, (), deadlines, {contact.id: contact})


def begun_case() -> Kept:
    """Return a case of which the child, the offence and the arrest are known and no more."""
    whole = sample_case()
    records = tuple(record for record in whole.records if isinstance(record, Arrest))
    return Kept(whole.child, whole.case, whole.offences, records)


def words_in(language: str) -> Words:
    """Return the words of a paper in "km", "en" or "both"; Khmer ones with Khmer figures."""
    if language == "both":
        return TwoLanguages("khmer")
    return Words(language, "khmer" if language == "km" else "western")


def wanted(language: str, file: Kept | None = None, **said: Any) -> Wanted:
    """Return a paper as it is wanted of that case; said: the rest of Wanted."""
    told: dict[str, Any] = {"worker": WORKER, "at": as_moment(PRINTED)} | said
    return Wanted(words_in(language), OFFICE, file, **told)
