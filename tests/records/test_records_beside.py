"""What the records beside the stages offer, and what their rules answer."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from declared import sample_of
from sqlalchemy.orm import Session

from casemgr.clock import local
from casemgr.records.base import Base, CaseRecord, Record
from casemgr.records.beside import BESIDE
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint, IllTreatment
from casemgr.records.beside.conference import CONFERENCE_RECORD, Conference, MeetingDecision
from casemgr.records.beside.consent import CONSENT_RECORD, Consent, ConsentGiver, ConsentScope, allows
from casemgr.records.beside.document import AttachedFile, Document, DocumentKind, MediaType, for_named_staff
from casemgr.records.beside.link import Link
from casemgr.records.beside.note import NOTE_RECORD, Note
from casemgr.records.case import Case, ChildRole
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.fields import Answer, fields_of
from casemgr.records.history import column_from_plain
from casemgr.records.plain import answers_of, to_plain

KINDS = tuple(kind for stage in BESIDE for kind in stage.kinds)
SUBJECTS: tuple[type[Record], ...] = (*(kind.record for kind in KINDS), Contact)


def test_a_planned_date_is_never_taken_for_one_that_happened() -> None:
    happened = {name for kind in KINDS for name in kind.happened}
    assert not happened & {"valid_until", "next_on", "next_at", "answer_due", "until"}


def test_what_is_open_is_closed_by_its_date() -> None:
    is_open = {kind.key: kind.is_open for kind in KINDS}
    assert not is_open["consent"](Consent())
    assert not is_open["note"](Note())
    assert is_open["note"](Note(next_on=date(2026, 12, 3)))
    assert not is_open["note"](Note(next_on=date(2026, 12, 3), checked_on=date(2026, 12, 4)))
    assert not is_open["case-conference"](Conference(decisions=(MeetingDecision(owner="ទេព បូរិន"),)))
    assert is_open["case-conference"](Conference(decisions=(MeetingDecision(what="ទៅផ្ទះ"),)))
    assert not is_open["case-conference"](Conference(decisions=(MeetingDecision(what="ទៅផ្ទះ", done_on=GIVEN),)))
    assert is_open["complaint"](Complaint())
    assert not is_open["complaint"](Complaint(closed_on=date(2026, 12, 14)))


def test_every_answer_of_a_complaint_is_for_named_staff() -> None:
    assert [info.name for info in fields_of(Complaint) if not info.restricted] == []
    assert [info.name for info in fields_of(Note) if info.restricted] == ["private"]


def test_questions_arise_where_an_answer_calls_for_them() -> None:
    def shown(record: CaseRecord) -> set[str]:
        return {info.name for info in fields_of(type(record)) if info.is_shown(record)}

    assert not {"guardian_name", "relation"} & shown(Consent(given_by=ConsentGiver.CHILD))
    assert {"guardian_name", "relation"} <= shown(Consent(given_by=ConsentGiver.GUARDIAN))
    assert "recipients" not in shown(Consent(scope=(ConsentScope.PHOTO,)))
    assert "recipients" in shown(Consent(scope=(ConsentScope.SHARING,)))
    assert {"withdrawn_by", "withdrawn_what"} <= shown(Consent(withdrawn_on=date(2027, 1, 1)))
    assert "withdrawn_by" not in shown(Consent())
    assert "understood" in shown(Note(explained_to_child=Answer.YES))
    assert "understood" not in shown(Note(explained_to_child=Answer.NO))
    assert "checked_on" in shown(Note(next_on=date(2027, 1, 1)))
    assert "checked_on" not in shown(Note())
    assert "money_amount" in shown(Complaint(kinds=(IllTreatment.MONEY_TAKEN,)))
    assert "money_amount" not in shown(Complaint(kinds=(IllTreatment.THREATS,)))
    assert "result" in shown(Complaint(closed_on=date(2027, 1, 1)))
    assert "result" not in shown(Complaint())


GIVEN, UNTIL = date(2026, 11, 23), date(2027, 11, 23)
DAY = timedelta(days=1)
SERVICES, PHOTO = ConsentScope.SERVICES, ConsentScope.PHOTO


def given(
    *scope: ConsentScope, on: date | None = GIVEN, until: date | None = None, back: date | None = None
) -> Consent:
    return Consent(scope=scope, given_on=on, valid_until=until, withdrawn_on=back)


@pytest.mark.parametrize(
    ("consents", "on", "allowed"),
    [
        ((), GIVEN, False),
        ((given(SERVICES),), GIVEN - DAY, False),
        ((given(SERVICES),), GIVEN, True),
        ((given(SERVICES),), UNTIL + DAY, True),
        ((given(PHOTO),), GIVEN, False),
        ((given(ConsentScope.NOTHING),), GIVEN, False),
        ((given(SERVICES, on=None),), GIVEN, False),
        ((given(SERVICES, until=UNTIL),), UNTIL, True),
        ((given(SERVICES, until=UNTIL),), UNTIL + DAY, False),
        ((given(SERVICES, back=UNTIL),), UNTIL - DAY, True),
        ((given(SERVICES, back=UNTIL),), UNTIL, False),
        ((given(SERVICES, back=UNTIL), given(PHOTO)), UNTIL, False),
        ((given(SERVICES, back=UNTIL), given(SERVICES, on=UNTIL)), UNTIL, True),
        ((given(SERVICES, until=GIVEN), given(SERVICES, PHOTO, on=UNTIL)), UNTIL - DAY, False),
        ((given(SERVICES, until=GIVEN), given(SERVICES, PHOTO, on=UNTIL)), UNTIL, True),
    ],
)
def test_a_consent_allows_what_was_ticked_from_its_day_to_its_end(
    consents: tuple[Consent, ...], on: date, allowed: bool
) -> None:
    assert allows(consents, SERVICES, on) is allowed


def test_the_clock_of_a_consent_stops_when_a_later_one_allows_as_much() -> None:
    stopped_by = CONSENT_RECORD.clocks[0].stopped_by
    assert stopped_by is not None
    first = given(SERVICES, PHOTO, until=UNTIL)
    less, same, more = given(SERVICES, on=UNTIL), given(SERVICES, PHOTO, on=UNTIL + DAY), given(*ConsentScope, on=UNTIL)
    assert stopped_by(first, (first, less, Note())) is None
    assert stopped_by(first, (same, less, first)) == UNTIL + DAY
    assert stopped_by(first, (same, first, more)) == UNTIL
    assert stopped_by(same, (first, same)) is None


def test_a_note_is_checked_again_on_the_day_that_was_said() -> None:
    clock = NOTE_RECORD.clocks[0]
    note = Note(happened_at=local(2026, 11, 25, 14), next_on=date(2026, 12, 3))
    assert clock.rule == "check-in"
    assert clock.due is not None
    assert (clock.starts(note), clock.due(note), clock.ends(note)) == (note.happened_at, note.next_on, None)


def test_of_what_a_meeting_decided_the_earliest_that_is_not_done_is_due() -> None:
    clock = CONFERENCE_RECORD.clocks[0]
    assert clock.due is not None
    late = MeetingDecision(what="ជួបគ្រូ", due_on=UNTIL)
    done = MeetingDecision(what="ជួបមេធាវី", due_on=GIVEN, done_on=GIVEN)
    soon = MeetingDecision(what="ទៅផ្ទះ", due_on=GIVEN + DAY)
    assert clock.due(Conference(decisions=(late, done, soon, MeetingDecision(what="រង់ចាំ")))) == GIVEN + DAY
    assert clock.due(Conference(decisions=(done,))) is None


def test_the_next_meeting_is_awaited_until_people_meet_again() -> None:
    stopped_by = CONFERENCE_RECORD.clocks[1].stopped_by
    assert stopped_by is not None
    first, second, third = (Conference(held_at=local(2026, 12, day, 14)) for day in (1, 8, 15))
    assert stopped_by(first, (third, Conference(), first, second)) == second.held_at
    assert stopped_by(third, (first, second, third)) is None
    assert stopped_by(Conference(), (first,)) is None


def test_pages_that_show_injuries_or_illness_are_for_named_staff() -> None:
    assert for_named_staff(Document(kind=DocumentKind.INJURY))
    assert for_named_staff(Document(kind=DocumentKind.MEDICAL))
    assert not for_named_staff(Document(kind=DocumentKind.JUDGMENT))
    assert not for_named_staff(Document())


@pytest.fixture
def session() -> Iterator[Session]:
    engine = sa.create_engine("sqlite://")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def kept(session: Session, *, empty: bool = False) -> list[Record]:
    """Keep one record of each kind, in a case, and return them."""
    children = [Child(), Child()]
    session.add_all(children)
    session.flush()
    case = Case(child_id=children[0].id, child_role=None if empty else ChildRole.WITNESS)
    contact = Contact(**({} if empty else sample_of(Contact)))
    file = AttachedFile(media_type=MediaType.PDF, data=b"%PDF-\0\xff")
    session.add_all([case, contact, file])
    session.flush()
    more: dict[type[CaseRecord], dict[str, Any]] = {
        CaseContact: {"contact_id": contact.id},
        Link: {"other_child_id": children[1].id, "other_case_id": None if empty else case.id},
        Document: {} if empty else {"file_id": file.id, "digest": "0" * 64},
        Complaint: {} if empty else {"readers": (UUID(int=1), UUID(int=2))},
    }
    records = [
        kind.record(case_id=case.id, **({} if empty else sample_of(kind.record)), **more.get(kind.record, {}))
        for kind in KINDS
    ]
    session.add_all(records)
    session.commit()
    return [case, contact, *records]


def test_every_sample_comes_back_from_its_table(session: Session) -> None:
    written = [(type(record), record.id) for record in kept(session)]
    session.expunge_all()
    for subject, identity in written[1:]:
        found = session.get(subject, identity)
        assert {info.name: getattr(found, info.name) for info in fields_of(subject)} == sample_of(subject)
        assert answers_of(found) == {info.name: to_plain(info.sample) for info in fields_of(subject)}
    case = session.get(Case, written[0][1])
    assert case is not None
    assert case.child_role is ChildRole.WITNESS
    assert session.scalars(sa.select(Complaint)).one().readers == (UUID(int=1), UUID(int=2))
    document = session.scalars(sa.select(Document)).one()
    file = session.get(AttachedFile, document.file_id)
    assert file is not None
    assert (file.media_type, file.data) == (MediaType.PDF, b"%PDF-\0\xff")


def test_an_empty_record_of_each_kind_can_be_kept(session: Session) -> None:
    kept(session, empty=True)
    session.expunge_all()
    assert session.scalars(sa.select(Complaint)).one().readers == ()


def test_the_readers_of_a_complaint_come_back_from_the_trail() -> None:
    readers = (UUID(int=1), UUID(int=2))
    told = json.loads(json.dumps(to_plain(readers), default=str))
    assert column_from_plain(Complaint, "readers", told) == readers


def test_a_contact_and_a_child_that_are_not_there_cannot_be_named(session: Session) -> None:
    case = kept(session)[0]
    for wrong in (CaseContact(case_id=case.id, contact_id=uuid4()), Link(case_id=case.id, other_child_id=uuid4())):
        session.add(wrong)
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
        session.rollback()


def test_no_repr_shows_an_answer() -> None:
    told = "".join(repr(subject(**sample_of(subject))) for subject in SUBJECTS)
    told += repr(AttachedFile(media_type=MediaType.PDF, data=b"secret")) + repr(
        Consent(**sample_of(Consent)).recipients
    )
    assert "secret" not in told
    assert not any("\u1780" <= letter <= "\u17ff" for letter in told)
