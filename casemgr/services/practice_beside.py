"""What stands beside the course of invented cases: consent, lawyers, services, contacts, notes, meetings, more."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint, IllTreatment
from casemgr.records.beside.conference import Conference, ConferencePurpose, MeetingDecision
from casemgr.records.beside.consent import Consent, ConsentGiver
from casemgr.records.beside.link import Link
from casemgr.records.beside.note import Note
from casemgr.records.case import Urgency
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest import Arrest, harm_reported, money_was_asked
from casemgr.records.pathway.arrest_answers import AT_LIBERTY
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.inquiry_answers import Contact as Where
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import DeclineReason, ReferralEnd, Reply, Service, ServiceMeeting
from casemgr.services import practice_words as said
from casemgr.services.directory import prepare_contact
from casemgr.services.practice_names import DIRECTORY
from casemgr.services.practice_plan import Course
from casemgr.services.practice_story import Story

Directory = dict[ContactRole, tuple[UUID, ...]]
"""The contacts of the office by what they do."""


def directory(chance: random.Random) -> Iterator[Contact]:
    """Yield the contacts of the office, with the keys by which they are found."""
    for place, (name, latin, sex, role, organisation, category) in enumerate(DIRECTORY):
        contact = Contact(
            id=UUID(int=chance.getrandbits(128), version=4), name_km=name, name_latin=latin, sex=sex, role=role,
            organisation=organisation, category=category, active=Answer.YES, phone=f"012 555 {100 + place}",
            place_code="17", trained=Answer.UNKNOWN,
        )  # fmt: skip
        prepare_contact(contact)
        yield contact


def stand_beside(story: Story, contacts: Directory, other: tuple[UUID, UUID] | None) -> None:
    """Write down what belongs to no one stage. other: child and case that were arrested with this one."""
    if story.plan.live >= 0:
        return  # who is arrested tonight has no papers yet
    _consents(story)
    _legal_help(story)
    _service(story)
    _contacts(story, contacts)
    _notes(story)
    _complaint(story)
    _conference(story)
    if other is not None:
        story.write(story.example(Link, other_child_id=other[0], other_case_id=other[1]))


def _last_day(story: Story) -> int:
    """Return the last day on which the office worked on the case."""
    return story.days if story.closed_on is None else (story.closed_on - story.arrested_on).days


def _is_held(story: Story, after: int) -> bool:
    """Return whether the child was in detention so many days after the arrest."""
    day = story.day(after)
    return any(
        each.started_on is not None and each.started_on <= day and (each.ended_on is None or day < each.ended_on)
        for each in story.of(Detention)
    )


def _consents(story: Story) -> None:
    """Write down a consent for a year and those that renew it; now and then one is missing or has run out."""
    if story.likely(0.04):
        return
    given = story.within(1, 3)
    small = story.plan.course is Course.IN_PRISON
    askable = (ConsentGiver.GUARDIAN,) if small else (ConsentGiver.BOTH, ConsentGiver.BOTH, ConsentGiver.CHILD)
    by = story.chance.choice(askable)
    limited = story.likely(0.7)
    while given < _last_day(story):
        withdrawn = story.past(given + 219) if story.likely(0.03) else None
        story.tell(Consent, given, given_by=by, withdrawn_on=withdrawn,
                   valid_until=story.day(given + 365) if limited else None)  # fmt: skip
        given += 365 - story.within(-5, 20)
        if not limited or withdrawn is not None or story.forgotten(given, 0.4):
            return


def _legal_help(story: Story) -> None:
    """Write down who was asked for a lawyer, where the child was not let go at once."""
    arrest = next(iter(story.of(Arrest)), None)
    if arrest is None or arrest.outcome in AT_LIBERTY or not story.likely(0.75 if story.days < 40 else 0.95):
        return
    met = None if arrest.lawyer_arrived_at is None else 1
    after = 0
    if met is None:
        after = story.within(1, 3)
        if story.likely(0.25):
            _declined(story, after)
            after += 4
        met = after + story.within(1, 6)
    if story.days - after < 10 and story.likely(0.3):
        story.tell(Referral, after, answer=Reply.WAITING, answered_at=None, **_NOBODY_YET, **_OPEN_REFERRAL)
        return
    known: dict[str, Any] = {"first_met_at": story.at(met, 9)} | _end_of_referral(story, ReferralEnd.CASE_OVER)
    if met > 1:
        known["meetings"] = (ServiceMeeting(on=story.day(met), where=Where.OFFICE, minutes=45, remark=None),)
    story.tell(Referral, after, **known)


def _end_of_referral(story: Story, reason: ReferralEnd) -> dict[str, Any]:
    """Return how a referral ended: with the case, at the latest."""
    if story.closed_on is None:
        return _OPEN_REFERRAL
    return {"closed_on": story.closed_on, "close_reason": reason, "result": None}


_OPEN_REFERRAL: dict[str, Any] = {"closed_on": None, "close_reason": None, "result": None}
_NOBODY_YET: dict[str, Any] = {
    "assigned_name": None, "assigned_phone": None, "assigned_on": None, "paid": None, "mandate_signed": None,
    "first_met_at": None, "meetings": (), "view_rating": None, "view": None,
}  # fmt: skip


def _declined(story: Story, after: int) -> None:
    story.tell(
        Referral, after, answer=Reply.DECLINED, decline_reason=DeclineReason.NO_PLACE, **_NOBODY_YET, **_OPEN_REFERRAL,
        organisation="គណៈមេធាវី", contact_person="ឈុន រតនា",
    )  # fmt: skip


def _service(story: Story) -> None:
    """Write down a service other than a lawyer, for a part of those who are at home."""
    training = story.plan.course not in (Course.VICTIM, Course.IN_PRISON) and story.likely(0.6)
    after = story.within(5, 40)
    if _is_held(story, after) or after >= _last_day(story) or not story.likely(0.3 if training else 0.7):
        return
    service, where = Service.SCHOOL_VOCATIONAL, said.TRAINING_CENTRE
    if not training:
        service, where = Service.COUNSELLING, said.HEALTH_CENTRE
    answered = after + story.within(1, 6)
    story.tell(
        Referral, after, service=service, organisation=where, contact_person=None, phone=None, urgency=Urgency.WEEK,
        needs=said.TRAINING if training else said.COUNSELLING, asked_by=story.staff.name,
        answer=Reply.ACCEPTED if story.is_past(answered) else Reply.WAITING, answered_at=story.at(answered, 10),
        first_met_at=story.at(answered + 2, 9), view=None, **_end_of_referral(story, ReferralEnd.GOAL_REACHED),
        meetings=(ServiceMeeting(on=story.day(answered + 2), where=Where.OFFICE, minutes=60, remark=None),),
    )  # fmt: skip


def _contacts(story: Story, contacts: Directory) -> None:
    """Give a few contacts a part in the case."""
    roles = [ContactRole.SOCIAL_AGENT]
    roles += [ContactRole.LAWYER] if any(each.first_met_at for each in story.of(Referral)) else []
    roles += [ContactRole.PRISON_OFFICER] if story.of(Detention) or story.plan.course is Course.IN_PRISON else []
    roles += story.chance.sample((ContactRole.VILLAGE_CHIEF, ContactRole.TEACHER, ContactRole.HEALTH_WORKER), 1)
    for role in roles:
        if story.likely(0.7):
            story.tell(
                CaseContact, story.within(1, 3), contact_id=story.chance.choice(contacts[role]), role=role,
                until=story.closed_on, remark=None,
            )  # fmt: skip


def _notes(story: Story) -> None:
    """Write down visits and calls; some want another look, which was sometimes forgotten."""
    last = _last_day(story)
    for _ in range(story.within(1, 3) if last > 20 else 1):
        after = story.within(2, min(max(last, 2), 200))
        at_home = ((said.CALLED, Where.PHONE), (said.VISITED, Where.HOME), (said.GONE_HOME, Where.HOME))
        in_prison = story.plan.course is Course.IN_PRISON or _is_held(story, after)
        text, where = (said.CALLED_ABOUT_PRISON, Where.PHONE) if in_prison else story.chance.choice(at_home)
        again = after + story.within(5, 20)
        planned = story.likely(0.5) and (story.closed_on is None or again < last)
        forgotten = story.closed_on is None and last - after < 60 and story.likely(0.4)
        private = {} if story.likely(0.1) else {"private": None}
        story.tell(
            Note, after, text=text, way=where, with_whom=story.person.mother, **private,
            next_on=story.day(again) if planned else None,
            next_what=said.LOOK_AGAIN_THERE if in_prison else said.LOOK_AGAIN,
            checked_on=None if forgotten or not planned else story.past(again),
            explained_to_child=Answer.YES if story.likely(0.4) else Answer.NO,
        )  # fmt: skip


def _complaint(story: Story) -> None:
    """Write down a complaint for most of those who were beaten or asked for money."""
    arrest = next(iter(story.of(Arrest)), None)
    if arrest is None or not (harm_reported(arrest) or money_was_asked(arrest)) or not story.likely(0.7):
        return
    kinds = [IllTreatment.VIOLENCE] if harm_reported(arrest) else []
    kinds += [IllTreatment.MONEY_ASKED] if money_was_asked(arrest) else []
    told = story.within(2, 6)
    ended = told + story.within(20, 60)
    over = story.closed_on is not None or (story.is_past(ended) and story.likely(0.7))
    known: dict[str, Any] = {} if over else {"closed_on": None, "steps": ()}
    if over:
        known["closed_on"] = min(story.day(ended), story.closed_on or story.day(ended))
    story.tell(
        Complaint, told, kinds=tuple(kinds), account=said.COMPLAINT, injuries=None, readers=(story.staff.id,),
        place=arrest.police_unit, **known,
    )  # fmt: skip


def _conference(story: Story) -> None:
    """Write down a meeting about the child in some cases, and when people mean to meet again."""
    after, last = story.within(8, 45), _last_day(story)
    if after >= last or not story.likely(0.25):
        return
    done, again = after + story.within(3, 14), after + 28
    awaited = story.closed_on is None and not story.is_past(again)
    decisions = (
        MeetingDecision(
            what=said.LOOK_AGAIN, owner=story.staff.name, due_on=story.day(after + 14),
            done_on=None if story.closed_on is None and story.forgotten(done, 0.3) else story.past(min(done, last)),
        ),
    )  # fmt: skip
    story.tell(
        Conference, after, purpose=ConferencePurpose.REVIEW, discussed=said.MEETING, decisions=decisions,
        next_at=story.at(again, 14) if awaited else None,
    )  # fmt: skip
