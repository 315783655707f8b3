"""What every declared field has to offer, and that what is written comes back from a real table."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from declared import sample_of
from sqlalchemy.orm import Session

import casemgr.records  # maps every table
from casemgr.records.base import Base, Record
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.link import Link
from casemgr.records.case import Case, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child, child_name
from casemgr.records.contact import Contact
from casemgr.records.fields import Choice, FieldInfo, Kind, field_of, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.plain import answers_of, from_plain, to_plain
from casemgr.records.staff import StaffMember

SUBJECTS = (Child, Case, Offence, Contact, *(kind.record for kind in KINDS), Addendum)
DECLARED = [(subject, info) for subject in SUBJECTS for info in fields_of(subject)]
TYPES = {
    Kind.LINE: "str", Kind.TEXT: "str", Kind.PHONE: "str", Kind.PLACE: "str", Kind.NUMBER: "int", Kind.MONEY: "int",
    Kind.DATE: "date", Kind.MOMENT: "datetime", Kind.PARTIAL_DATE: "PartialDate", Kind.CHOICES: "tuple",
    Kind.ROWS: "tuple",
}  # fmt: skip


@pytest.mark.parametrize(("subject", "info"), DECLARED, ids=lambda part: getattr(part, "name", None))
def test_every_field_has_label_group_and_a_sample_that_survives_as_plain_value(
    subject: type[Record], info: FieldInfo
) -> None:
    assert info.label == info.label.strip()
    assert len(info.label.split()) <= 7
    assert info.group is not None or subject is Addendum
    if info.kind is Kind.CHOICE:
        assert info.choices is not None
        assert isinstance(info.sample, info.choices)
    else:
        assert type(info.sample).__name__ == TYPES[info.kind]
    assert from_plain(info, to_plain(info.sample)) == info.sample


@pytest.mark.parametrize("subject", SUBJECTS)
def test_conditions_run_against_an_empty_record_and_the_sample_answers_every_kept_question(
    subject: type[Record],
) -> None:
    empty, full = subject(), subject(**sample_of(subject))
    for info in fields_of(subject):
        assert isinstance(info.is_shown(empty), bool)
        assert isinstance(info.is_shown(full), bool)
        assert getattr(empty, info.name) in (None, ()) or info.name in {"status", "stage"}
    assert all(info.is_shown(empty) for info in fields_of(subject) if info.required and info.shown_when is None)


def choices() -> Iterator[type[Choice]]:
    waiting = list(Choice.__subclasses__())
    while waiting:
        yield (each := waiting.pop())
        waiting += each.__subclasses__()


def test_codes_are_ascii_and_labels_differ_within_a_list() -> None:
    for each in choices():
        codes = [choice.value for choice in each]
        assert all(code.isascii() and " " not in code and len(code) <= 40 for code in codes), each
        assert len(set(codes)) == len(codes)
        labels = [choice.label for choice in each]
        assert len(set(labels)) == len(labels), each


def test_groups_of_a_record_follow_each_other() -> None:
    for subject in SUBJECTS:
        seen = list(dict.fromkeys(info.group for info in fields_of(subject)))
        assert [info.group for info in fields_of(subject)] == sorted(
            (info.group for info in fields_of(subject)), key=seen.index
        )


def test_the_report_asks_sections_0_to_17_in_order() -> None:
    numbers = [info.number for info in fields_of(SocialInquiry) if info.number]
    pairs = [tuple(map(int, number.split("."))) for number in numbers]
    assert pairs == sorted(pairs)
    assert {section for section, _ in pairs} == set(range(18))
    assert {info.number.split(".")[0] for info in fields_of(SocialInquiry) if info.number} == {
        info.group.number for info in fields_of(SocialInquiry) if info.group
    }


@pytest.fixture
def session() -> Iterator[Session]:
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def _refer(records: list[Record], child: Child, contact: Contact) -> None:
    """Point what refers to a contact or to another child at these."""
    for record in records:
        if isinstance(record, CaseContact):
            record.contact_id = contact.id
        elif isinstance(record, Link):
            record.other_child_id = child.id


def test_every_sample_comes_back_from_its_table(session: Session) -> None:
    child = Child(**sample_of(Child))
    session.add(child)
    session.flush()
    case = Case(child_id=child.id, **sample_of(Case))
    session.add(case)
    session.flush()
    kept: list[Record] = [child, case]
    contact = Contact(**sample_of(Contact))
    session.add(contact)
    session.flush()
    kept += [subject(case_id=case.id, **sample_of(subject)) for subject in (Offence, *(kind.record for kind in KINDS))]
    _refer(kept, child, contact)
    session.add_all(kept)
    session.flush()
    report = next(record for record in kept if isinstance(record, SocialInquiry))
    kept.append(Addendum(case_id=case.id, report_id=report.id, **sample_of(Addendum)))
    session.add(kept[-1])
    session.commit()
    written = [(type(record), record.id) for record in kept]
    session.expunge_all()
    for subject, identity in written:
        found = session.get(subject, identity)
        assert {info.name: getattr(found, info.name) for info in fields_of(subject)} == sample_of(subject)
        assert answers_of(found) == {info.name: to_plain(info.sample) for info in fields_of(subject)}


def test_an_empty_record_of_each_kind_can_be_kept(session: Session) -> None:
    child = Child()
    session.add(child)
    session.flush()
    case = Case(child_id=child.id)
    session.add(case)
    session.flush()
    contact = Contact()
    session.add(contact)
    session.flush()
    empty: list[Record] = [subject(case_id=case.id) for subject in (Offence, *(kind.record for kind in KINDS))]
    _refer(empty, child, contact)
    session.add_all(empty)
    session.commit()


def test_every_package_module_is_mapped() -> None:
    assert {"child", "case", "offence", "arrest", "social_inquiry", "addendum", "audit_entry"} <= set(
        Base.metadata.tables
    )
    stages = (*casemgr.records.pathway.PATHWAY, *casemgr.records.beside.BESIDE)
    assert [kind for stage in stages for kind in stage.kinds] == list(KINDS)


@pytest.mark.parametrize(
    ("known", "km", "en"),
    [
        ({"family_name_km": "ចាន់", "given_name_km": "ដារ៉ា", "family_name_latin": "Chan", "given_name_latin": "Dara"},
         "ចាន់ ដារ៉ា", "Chan Dara"),
        ({"family_name_km": "ចាន់"}, "ចាន់", "ចាន់"),
        ({"given_name_latin": "Dara"}, "Dara", "Dara"),
        ({"nickname": "តូច", "code": "SR-C-0001"}, "តូច", "តូច"),
        ({"code": "SR-C-0001"}, "SR-C-0001", "SR-C-0001"),
        ({}, "–", "–"),
    ],
)  # fmt: skip
def test_a_child_is_never_nameless(known: dict[str, str], km: str, en: str) -> None:
    child = Child(**known)
    assert (child_name(child, "km"), child_name(child, "en")) == (km, en)


def test_no_repr_shows_an_answer() -> None:
    child = Child(**sample_of(Child))
    told = repr(child) + repr(child.guardians)
    assert "ចាន់" not in told
    assert "អ៊ុំ" not in told


def test_the_usual_class_of_an_offence_follows_its_article() -> None:
    assert OffenceCategory.THEFT.usual_class is OffenceClass.MISDEMEANOUR
    assert (OffenceCategory.MURDER.article, OffenceCategory.MURDER.usual_class) == ("199", OffenceClass.FELONY)
    assert OffenceCategory.INDECENT_ASSAULT.usual_class is None
    assert OffenceCategory.DRUG_USE.article is None


def begun() -> tuple[SocialInquiry, Child]:
    child, case = Child(**sample_of(Child)), Case(**sample_of(Case))
    offences = [Offence(**sample_of(Offence)), Offence(category=OffenceCategory.MURDER, place_code="1710")]
    arrest = Arrest(**sample_of(Arrest))
    staff = StaffMember(name="ចាន់ ស្រីនិច", function="អ្នកកាន់ករណី", phone="012 000 000")
    earlier = Arrest(arrested_at=None, agent_name="ផ្សេង")
    return SocialInquiry.begun(child, case, offences, [earlier, arrest], staff, 3), child


def test_a_report_begins_with_what_the_other_records_say() -> None:
    report, child = begun()
    shared = {info.name for info in fields_of(Child)} & {info.name for info in fields_of(SocialInquiry)}
    assert {"family_name_km", "born", "village_code", "guardians", "household", "disabilities", "last_grade"} <= shared
    assert all(getattr(report, name) == getattr(child, name) for name in shared)
    assert (report.draft_number, report.court_number, report.author_name) == (3, "៤៥៦/២០២៦", "ចាន់ ស្រីនិច")
    assert report.arrested_at == field_of(Arrest, "arrested_at").sample
    first, second = report.offences
    assert (first.article, first.place) == ("353, 356", "ផ្សារលើ ក្បែរចំណតម៉ូតូ")
    assert (second.article, second.offence_class, second.place) == ("199", OffenceClass.FELONY, "សៀមរាប")


def test_a_copied_report_starts_without_what_belonged_to_the_earlier_one() -> None:
    full = SocialInquiry(**sample_of(SocialInquiry))
    copy = full.copied(2)
    assert copy.id != full.id
    assert (copy.draft_number, copy.report_number, copy.report_date, copy.signed_on) == (2, None, None, None)
    assert (copy.delivered_on, copy.court_result, copy.submitted_at) == (None, None, None)
    assert (copy.facts, copy.plan, copy.supervisor_name) == (full.facts, full.plan, full.supervisor_name)


def test_only_the_handing_over_stays_open_after_the_submission() -> None:
    assert {"delivered_to", "hearing_on", "court_result", "followed"} <= SocialInquiry.open_after_submission
    assert "facts" not in SocialInquiry.open_after_submission


def test_office_and_staff_have_labels_too() -> None:
    assert all(info.label for subject in (OfficeSettings, StaffMember) for info in fields_of(subject))
