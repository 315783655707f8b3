"""The letters that ask a lawyer, or another service, for help, each with a slip for the answer."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Answer, Block, Paper
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.detention import Detention, facility_now
from casemgr.records.pathway.hearing import Hearing
from casemgr.records.pathway.legal_referral import Referral, is_legal, is_other_service, was_answered

LOOK = Look(wide=("organisation", "police_unit", "service"), lines={"needs": 4})
ACCEPTED, DECLINED = N_("We take it on"), N_("We cannot take it on")
AGREED = N_("Child and guardian agreed to this request and to what is shared in it:")


def compose_legal(wanted: Wanted) -> Paper:
    """Return the letter that asks for a lawyer. Raises NoSuch."""
    sheet = RecordSheet(wanted, Referral, LOOK, fits=lambda referral: is_legal(referral.service))
    blocks = (
        *_opening(sheet, N_("Request for a lawyer for a child")),
        *sheet.identity(*sheet.of_child("language")),
        sheet.heading(N_("The case")),
        sheet.offences(),
        *sheet.of_case("stage", "police_report_number", "court"),
        *_whereabouts(sheet),
        *_request(sheet),
        *_reach(sheet),
        sheet.ask(N_("Papers that go with this letter"), lines=1),
        sheet.signatures(sheet.worker_signs(), sheet.signer(N_("Head of the office"), seal=True)),
        *sheet.reply_slip(
            *_reply(sheet), sheet.ask(N_("Name of the lawyer")), sheet.ask(N_("Telephone of the lawyer")),
            sheet.ask(N_("First meeting with the child (day and hour)")), sheet.ask(N_("Signature and date")),
        ),
    )  # fmt: skip
    return sheet.paper(LEGAL_AID_REFERRAL, blocks)


def compose_service(wanted: Wanted) -> Paper:
    """Return the letter that asks another service. Raises NoSuch."""
    sheet = RecordSheet(wanted, Referral, LOOK, fits=is_other_service)
    blocks = (
        *_opening(sheet, N_("Request for help for a child")),
        *sheet.identity(*sheet.of_child("language")),
        *_request(sheet),
        *_reach(sheet),
        sheet.ask(N_("What the service should know of the child"), lines=2),
        sheet.signatures(sheet.worker_signs(), sheet.signer(N_("Head of the office"), seal=True)),
        *sheet.reply_slip(
            *_reply(sheet), sheet.ask(N_("Who will see the child, telephone")),
            sheet.ask(N_("First visit (day, hour, place)")), sheet.ask(N_("Signature and date")),
        ),
    )  # fmt: skip
    return sheet.paper(SERVICE_REFERRAL, blocks)


def _opening(sheet: RecordSheet[Referral], subject: str) -> list[Block]:
    person = Answer(sheet.label(N_("Attention of")), sheet.value("contact_person"))
    return sheet.addressed(sheet.value("organisation"), subject, person)


def _request(sheet: RecordSheet[Referral]) -> list[Block]:
    return [
        sheet.heading(N_("What we ask for")), *sheet.answers("service", "urgency", "needs"),
        *sheet.say(AGREED), *sheet.answers("consent_given"),
    ]  # fmt: skip


def _reach(sheet: RecordSheet[Referral]) -> list[Block]:
    """Return how guardian and worker are reached; the guardian only where the paper bears names at all."""
    guardians = sheet.file.child.guardians if sheet.file else ()
    first = next((each for each in guardians if each.name or each.phone), None)
    answers = [sheet.ask(N_("Our worker"), sheet.worker_told())]
    if sheet.wanted.named or sheet.file is None:
        told = " · ".join(part for part in (first.name, first.phone) if part) if first else None
        answers.insert(0, sheet.ask(N_("Parent or guardian, telephone"), told))
    return [sheet.heading(N_("How to reach us")), *answers]


def _whereabouts(sheet: RecordSheet[Referral]) -> list[Block]:
    """Return where the child is held, since when, and the next hearing: as far as the records say."""
    return [
        sheet.ask(N_("Where the child is held"), _held_at(sheet)),
        sheet.ask(N_("Next hearing"), _next_hearing(sheet)),
    ]


def _held_at(sheet: RecordSheet[Referral]) -> str | None:
    file, words = sheet.file, sheet.words
    if file is None:
        return None
    for detention in reversed(records_of(file, Detention)):
        if detention.ended_on is None and detention.end_reason is None:
            since = words.date(detention.started_on) if detention.started_on else None
            return _held_since(sheet, facility_now(detention, sheet.wanted.on)[1], since)
    for arrest in reversed(records_of(file, Arrest)):
        if arrest.custody_ended_at is None and arrest.outcome is None:
            since = words.moment(arrest.arrived_at) if arrest.arrived_at else None
            return _held_since(sheet, arrest.police_unit, since)
    return sheet.text(N_("As far as we know the child is not held."))


def _held_since(sheet: RecordSheet[Referral], place: str | None, since: str | None) -> str | None:
    """Say as much as is known; None, for a line to write on, where neither place nor day is."""
    if place and since:
        return sheet.text(N_("{place}, since {since}"), place=place, since=since)
    return sheet.text(N_("since {date}"), date=since) if since else place


def _next_hearing(sheet: RecordSheet[Referral]) -> str | None:
    hearings = records_of(sheet.file, Hearing) if sheet.file else []
    planned = [each.planned_at for each in hearings if each.held_at is None] + [each.next_at for each in hearings]
    coming = [at for at in planned if at is not None and at.date() >= sheet.wanted.on]
    return sheet.words.moment(min(coming)) if coming else None


def _reply(sheet: RecordSheet[Referral]) -> list[Block]:
    return [sheet.ticks("", [(ACCEPTED, False), (DECLINED, False)]), sheet.ask(N_("If not, why"))]


def _legal_now(file: Material) -> Iterator[UUID]:
    """Requests for a lawyer that nobody answered."""
    return (each.id for each in records_of(file, Referral) if is_legal(each.service) and not was_answered(each))


def _service_now(file: Material) -> Iterator[UUID]:
    """Requests to another service that nobody answered."""
    return (each.id for each in records_of(file, Referral) if is_other_service(each) and not was_answered(each))


LEGAL_AID_REFERRAL = Form(
    name="legal-aid-referral",
    number="F-06",
    title=N_("Request for a lawyer"),
    purpose=N_("Asks a lawyer or legal aid organisation to take the child's case, with a slip for the answer."),
    when=N_("As soon as a child is held or called without a lawyer."),
    version="1",
    chapter=Chapter.REFERRAL,
    reader=Reader.OTHERS,
    compose=compose_legal,
    record=Referral,
    fits=lambda referral: is_legal(referral.service),
    wanted_now=_legal_now,
)

SERVICE_REFERRAL = Form(
    name="service-referral",
    number="F-07",
    title=N_("Request to a service"),
    purpose=N_("Asks another service to help the child, with a slip for the answer. It tells no more than is needed."),
    when=N_("When the child needs what the office cannot give."),
    version="1",
    chapter=Chapter.REFERRAL,
    reader=Reader.OTHERS,
    compose=compose_service,
    record=Referral,
    fits=is_other_service,
    wanted_now=_service_now,
)
