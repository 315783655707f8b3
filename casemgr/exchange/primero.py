"""A case as the body of a request to Primero (version 2): {"data": {…}} under the names of one site.

Primero refuses the whole case for one name it does not know, so names and codes come from a map. Days are ISO, moments
UTC, codes of places text with their leading zeros. The case keeps its identity, and so does each line beneath it: sent
again, it changes what is there. What the procedure has that Primero has not goes into one note.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from casemgr.clock import PartialDate
from casemgr.exchange.left_out import LeftOut, Why, answers_left
from casemgr.exchange.site_map import SiteMap
from casemgr.exchange.sources import (
    Given,
    Reads,
    Section,
    Sending,
    Source,
    both_scripts,
    exact_day,
    map_of,
    telephone,
    years_old,
)
from casemgr.i18n import N_, Words
from casemgr.records.base import Record
from casemgr.records.beside.consent import Consent, ConsentScope, allows
from casemgr.records.case import Case, CaseStatus, ChildRole, Level, Offence
from casemgr.records.child import Child, Ethnicity, Guardian, HouseholdMember, Nationality, Relation, Religion, Sex
from casemgr.records.fields import Choice, field_of, fields_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.closure import Closure, is_closed
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import Service

SYSTEM = "primero"
SUMMARY = N_("Summary of the case in the justice system")
LINE = N_("{label}: {value}")
ARRESTED = "arrested"


class Person(NamedTuple):
    """Somebody of the family: the place in the list, and what is known."""

    identity: UUID
    name: str | None
    relation: Relation | None
    phone: str | None = None


def _unmapped(choices: type[Choice]) -> dict[str, str | None]:
    return {str(each.value): None for each in choices}


def _coded(choices: type[Choice], **known: str) -> dict[str, str | None]:
    return {str(each.value): known.get(each.name.lower()) for each in choices}


_NAMES: Reads = ((Child, "given_name_km"), (Child, "given_name_latin"))
_FAMILY_NAMES: Reads = ((Child, "family_name_km"), (Child, "family_name_latin"))


def _address(given: Given) -> str:
    return " ".join(filter(None, (given.child.house, given.child.street)))


def _was_arrested(given: Given) -> tuple[str, ...]:
    suspect = given.case.child_role in (None, ChildRole.SUSPECT)
    return (ARRESTED,) if suspect and given.of(Arrest) else ()


def _allows(scope: ConsentScope, given: Given) -> bool | None:
    """Whether it is allowed today; None where nobody was asked, which Primero would take for a refusal."""
    consents = given.of(Consent)
    return allows(consents, scope, given.today) if consents else None


def _closed_on(given: Given) -> str | None:
    closures = given.of(Closure)
    days = [each.closed_on for each in closures if each.closed_on is not None]
    return max(days).isoformat() if days and is_closed(closures) else None


SOURCES = (
    Source("given-name", "name_first", lambda g: both_scripts(g.child.given_name_km, g.child.given_name_latin), _NAMES),
    Source("family-name", "name_last", lambda g: both_scripts(g.child.family_name_km, g.child.family_name_latin),
           _FAMILY_NAMES),
    Source("nickname", "name_nickname", lambda g: g.child.nickname, ((Child, "nickname"),)),
    Source("sex", "sex", lambda g: g.child.sex, ((Child, "sex"),), _coded(Sex, male="male", female="female")),
    Source("birth", "date_of_birth", lambda g: exact_day(g.child.born), ((Child, "born"),)),
    Source("age", "age", years_old),
    Source("estimated", "estimated", lambda g: None if g.child.born is None else not g.child.born.is_exact),
    Source("nationality", None, lambda g: (g.child.nationality,) if g.child.nationality else (),
           ((Child, "nationality"),), _unmapped(Nationality)),
    Source("ethnicity", None, lambda g: (g.child.ethnicity,) if g.child.ethnicity else (), ((Child, "ethnicity"),),
           _unmapped(Ethnicity)),
    Source("religion", None, lambda g: (g.child.religion,) if g.child.religion else (), ((Child, "religion"),),
           _unmapped(Religion)),
    Source("place", "location_current", lambda g: g.child.village_code, ((Child, "village_code"),)),
    Source("address", "address_current", _address, ((Child, "house"), (Child, "street"))),
    Source("telephone", "telephone_current", lambda g: telephone(g.child.phone), ((Child, "phone"),)),
    Source("case-number", "other_agency_id", lambda g: g.case.number),
    Source("office", "other_agency_name", lambda g: g.office.name_en or g.office.name_km),
    Source("opened", "registration_date", lambda g: _day(g.case.opened_on), ((Case, "opened_on"),)),
    Source("status", "status", lambda g: g.case.status, ((Case, "status"),),
           _coded(CaseStatus, open="open", closed="closed")),
    Source("closed", "date_closure", _closed_on, ((Closure, "closed_on"),)),
    Source("risk", "risk_level", lambda g: g.case.risk, ((Case, "risk"),),
           _coded(Level, low="low", medium="medium", high="high")),
    Source("concerns", "protection_concerns", _was_arrested, ((Case, "child_role"),), {ARRESTED: "arrested_detained"}),
    Source("allows-services", "consent_for_services", lambda g: _allows(ConsentScope.SERVICES, g),
           ((Consent, "scope"), (Consent, "given_on"), (Consent, "valid_until"), (Consent, "withdrawn_on"))),
    Source("allows-sharing", "disclosure_other_orgs", lambda g: _allows(ConsentScope.SHARING, g)),
)  # fmt: skip

_RELATIONS = _coded(Relation, father="father", mother="mother")
_SERVICES: dict[str, str | None] = {
    str(each.value): "legal_assistance_service" if each.value.startswith("legal-") else None for each in Service
} | {
    Service.COUNSELLING_FAMILY.value: "family_mediation_service", Service.COUNSELLING.value: "psychosocial_service",
    Service.COUNSELLING_TRAUMA.value: "psychosocial_service", Service.COUNSELLING_ABUSE.value: "psychosocial_service",
    Service.SCHOOL_SUPPORT.value: "education_service", Service.SCHOOL_EXTRA.value: "education_service",
    Service.SCHOOL_VOCATIONAL.value: "education_service",
}  # fmt: skip
_MET = {"yes": "implemented", "no": "not_implemented"}


def _family(given: Given) -> Iterator[Person]:
    known = set()
    for at, guardian in enumerate(given.child.guardians):
        known.add(guardian.name)
        yield Person(uuid5(given.child.id, f"guardian/{at}"), guardian.name, guardian.relation, guardian.phone)
    for at, member in enumerate(given.child.household):
        if member.name not in known:
            yield Person(uuid5(given.child.id, f"household/{at}"), member.name, member.relation)


class _Note(NamedTuple):
    identity: UUID
    on: date
    subject: str
    text: str


def _note(given: Given) -> Iterator[_Note]:
    if text := "\n".join(_summary(given)):
        yield _Note(uuid5(given.case.id, "summary"), given.today, given.words.text(SUMMARY), text)


SUMMED: Reads = (
    (Case, "stage"), (Case, "court"), (Offence, "category"), (Offence, "offence_class"), (Offence, "committed_on"),
    (Arrest, "arrested_at"), (Arrest, "arrived_at"), (Arrest, "custody_ended_at"), (Arrest, "outcome"),
)  # fmt: skip
"""What of the procedure goes into the note."""


def _summary(given: Given) -> Iterator[str]:
    words = given.words
    for record in given.all:
        for kind, name in SUMMED:
            value = getattr(record, name) if type(record) is kind else None
            if value is not None:
                label = words.text(field_of(kind, name).label)
                yield words.text(LINE, label=label, value=_in_words(value, words))


def _in_words(value: Any, words: Words) -> str:
    match value:
        case Choice():
            return words.text(value.label)
        case datetime():
            return words.moment(value)
        case date():
            return words.date(value)
        case PartialDate():
            return words.partial_date(value)
        case _:
            return str(value)


def _reads(kind: type[Record], *names: str) -> Reads:
    return tuple((kind, name) for name in names)


SECTIONS = (
    Section("family", "family_details_section", _family, (
        Source("id", "unique_id", lambda one: str(one.identity)),
        Source("name", "relation_name", lambda one: one.name, _reads(Child, "guardians", "household")),
        Source("relation", "relation", lambda one: one.relation, _reads(Child, "guardians"), _RELATIONS),
        Source("telephone", "relation_telephone", lambda one: telephone(one.phone)),
    )),
    Section("services", "services_section", lambda g: g.of(Referral), (
        Source("id", "unique_id", lambda one: str(one.id)),
        Source("type", "service_type", lambda one: one.service, _reads(Referral, "service"), _SERVICES),
        Source("subtype", None, lambda one: [one.service] if one.service else [], _reads(Referral, "service"),
               {str(each.value): each.exchange_code for each in Service}),
        Source("response", "service_response_type", lambda _one: "service_provision"),
        Source("asked", "service_response_day_time", lambda one: _moment(one.asked_at), _reads(Referral, "asked_at")),
        Source("provider", "service_provider", lambda one: one.organisation, _reads(Referral, "organisation")),
        Source("needs", "service_referral_notes", lambda one: one.needs, _reads(Referral, "needs")),
        Source("met", "service_implemented", lambda one: "yes" if one.first_met_at else "no", (), _MET),
        Source("met-at", "service_implemented_day_time", lambda one: _moment(one.first_met_at),
               _reads(Referral, "first_met_at")),
    )),
    Section("follow-ups", "followup_subform_section", lambda g: [each for each in g.of(FollowUp) if each.done_on], (
        Source("id", "unique_id", lambda one: str(one.id)),
        Source("done", "followup_date", lambda one: _day(one.done_on), _reads(FollowUp, "done_on")),
    )),
    Section("notes", "notes_section", _note, (
        Source("id", "unique_id", lambda one: str(one.identity)),
        Source("on", "note_date", lambda one: _day(one.on)),
        Source("subject", "note_subject", lambda one: one.subject),
        Source("text", "note_text", lambda one: one.text, SUMMED),
    )),
)  # fmt: skip

MAP: SiteMap = map_of(SYSTEM, {"module_id": "primeromodule-cp"}, SOURCES, SECTIONS)
"""The names of Primero's own child protection module."""


def body(given: Given, site: SiteMap = MAP) -> tuple[dict[str, Any], list[LeftOut]]:
    """Return the body of the request for a case, and what of the case is not in it."""
    sending = Sending(site)
    data = {"id": str(given.case.id), "module_id": site.site["module_id"], **sending.fill(SOURCES, given)}
    for section in SECTIONS:
        name = site.fields[section.key]
        lines = list(section.lines(given))
        if lines and name is not None:
            data[name] = [sending.fill(section.sources, line, section.key) for line in lines]
    born = given.child.born
    if born is not None and not born.is_exact:
        sending.lose(Child, "born", Why.INEXACT)
    left = [*sending.left, *_unanswered(given), *_cells_left(given.child), *answers_left(given.all, sending.carried)]
    return {"data": data}, left


def _unanswered(given: Given) -> Iterable[LeftOut]:
    """Yield what the form there wants of every case and has no answer here; the case is taken all the same."""
    for names in (("given_name_km", "given_name_latin"), ("family_name_km", "family_name_latin"), ("sex",), ("born",)):
        if all(getattr(given.child, name) is None for name in names):
            yield LeftOut(Why.WANTED, Child.title, field_of(Child, names[0]).label)


def _cells_left(child: Child) -> Iterator[LeftOut]:
    """Yield what is known of somebody in the family and has no place in a line of it there."""
    for name, row, lines in (("guardians", Guardian, child.guardians), ("household", HouseholdMember, child.household)):
        for info in fields_of(row):
            if info.name not in Person._fields and any(getattr(line, info.name) not in (None, "") for line in lines):
                yield LeftOut(Why.NO_PLACE, field_of(Child, name).label, info.label)


def _day(known: date | None) -> str | None:
    return None if known is None else known.isoformat()


def _moment(known: datetime | None) -> str | None:
    return None if known is None else known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
