"""A referral as OSCaR takes it from another system: {"organization": {…}}, one service, empty text where nothing is.

Names in Khmer go along; OSCaR's own interface drops them when it writes the child down. Codes of places are text with
their leading zeros.
"""

from typing import Any

from casemgr.exchange.left_out import LeftOut, Why, answers_left
from casemgr.exchange.site_map import SiteMap
from casemgr.exchange.sources import Given, Reads, Sending, Source, exact_day, map_of, telephone
from casemgr.i18n import N_
from casemgr.records.case import Case, Level
from casemgr.records.child import Child, Sex
from casemgr.records.fields import field_of
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import Service

SYSTEM = "oscar"

_SERVICE_NAMES = {
    Service.LEGAL_REPRESENTATION: "Legal representation",
    Service.LEGAL_ACCESS: "Support to access legal services",
    Service.LEGAL_ADVOCACY: "Legal advocacy services",
    Service.LEGAL_PRISON_VISITS: "Prison visitation support",
    Service.SOCIAL_WORK: "Generalist social work / case work",
    Service.SOCIAL_WORK_COMMUNITY: "Community social work",
    Service.CARE_EMERGENCY: "Emergency foster care",
    Service.CARE_LONG_TERM: "Long term foster care",
    Service.CARE_KINSHIP: "Kinship care",
    Service.CARE_ADOPTION: "Domestic adoption support",
    Service.CARE_PRESERVATION: "Family preservation",
    Service.CARE_REUNIFICATION: "Family reunification",
    Service.CARE_INDEPENDENT: "Independent Living",
    Service.DRUGS_COUNSELLING: "Drug and Alcohol Counselling",
    Service.DRUGS_REHABILITATION: "Detox / rehabilitation services",
    Service.DRUGS_SUPPORT: "Detox support",
    Service.COUNSELLING: "Generalist counselling",
    Service.COUNSELLING_ABUSE: "Counselling for abuse survivors",
    Service.COUNSELLING_TRAUMA: "Trauma counselling",
    Service.COUNSELLING_FAMILY: "Family counselling / mediation",
    Service.MONEY_MATERIAL: "Direct material assistance",
    Service.MONEY_ASSISTANCE: "Direct financial assistance",
    Service.MONEY_INCOME: "Income generation services",
    Service.MONEY_DAY_CARE: "Day care services",
    Service.DISABILITY_THERAPY: "Therapeutic interventions",
    Service.DISABILITY_RESPITE: "Disability respite care",
    Service.DISABILITY_TRAINING: "Therapeutic training",
    Service.DISABILITY_AIDS: "Disability-aid provision",
    Service.DISABILITY_OTHER: "Peripheral supports",
    Service.DISABILITY_GROUPS: "Support groups",
    Service.MEDICAL_ACCESS: "Support to access care",
    Service.MEDICAL_CARE: "Provision of medical care",
    Service.MEDICAL_TRAINING: "Medical training services",
    Service.MEDICAL_EDUCATION: "Health education",
    Service.MENTAL_THERAPY: "Therapeutic interventions",
    Service.MENTAL_TRAINING: "Therapeutic training",
    Service.MENTAL_MEDICAL: "Direct medical support",
    Service.SCHOOL_SUPPORT: "School support",
    Service.SCHOOL_EXTRA: "Supplementary school education",
    Service.SCHOOL_VOCATIONAL: "Vocational education and training",
    Service.SCHOOL_MATERIAL: "Material support for education (uniforms, etc)",
    Service.SCHOOL_SCHOLARSHIP: "Scholarships or financial support",
    Service.SCHOOL_LIFE_SKILLS: "Life skills",
    Service.FAMILY_SUPPORT: "Family support",
    Service.TRAFFICKING_RESCUE: "Rescue Services",
    Service.TRAFFICKING_SHELTER: "Transitional Accommodation",
    Service.TRAFFICKING_COUNSELLING: "Post-Trafficking Counseling",
    Service.TRAFFICKING_RETURN: "Community Reintegration Support",
    Service.RESIDENTIAL: "Residential Care Institution",
    Service.OTHER: "Other Service",
}
"""The names that OSCaR gives to services; two of them stand for a service of health and one of disability alike."""

_LEVELS = {Level.LOW: "low", Level.MEDIUM: "medium", Level.HIGH: "high"}
_SEXES = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.UNKNOWN: "unknown"}


def _child(*names: str) -> Reads:
    return tuple((Child, name) for name in names)


def _phone(given: Given) -> str | None:
    return telephone((given.worker.phone if given.worker else None) or given.office.phone)


def _worker(given: Given) -> str | None:
    return given.worker.name_latin or given.worker.name if given.worker else None


SOURCES = (
    Source("case-number", "external_id_display", lambda g: g.case.number),
    Source("risk", "level_of_risk", lambda g: g.case.risk, ((Case, "risk"),),
           {str(each.value): _LEVELS.get(each) for each in Level}),
    Source("given-name", "given_name", lambda g: g.child.given_name_latin, _child("given_name_latin")),
    Source("family-name", "family_name", lambda g: g.child.family_name_latin, _child("family_name_latin")),
    Source("given-name-km", "local_given_name", lambda g: g.child.given_name_km, _child("given_name_km")),
    Source("family-name-km", "local_family_name", lambda g: g.child.family_name_km, _child("family_name_km")),
    Source("sex", "gender", lambda g: g.child.sex, _child("sex"), {str(each.value): _SEXES[each] for each in Sex}),
    Source("birth", "date_of_birth", lambda g: exact_day(g.child.born), _child("born")),
    Source("place", "location_current_village_code", lambda g: g.child.village_code, _child("village_code")),
    Source("address-place", "address_current_village_code", lambda g: g.child.village_code),
    Source("worker", "external_case_worker_name", _worker),
    Source("worker-id", "external_case_worker_id", lambda g: str(g.worker.id) if g.worker else None),
    Source("worker-telephone", "external_case_worker_mobile", _phone),
)  # fmt: skip

_REFERRED = (
    Source("reason", "reason_for_referral", lambda one: one.needs, ((Referral, "needs"),)),
    Source("asked", "date_of_referral", lambda one: one.asked_at.date().isoformat() if one.asked_at else None,
           ((Referral, "asked_at"),)),
)  # fmt: skip
_SERVICE = Source(
    "service", "name", lambda one: one.service, ((Referral, "service"),),
    {str(each.value): _SERVICE_NAMES.get(each) for each in Service},
)  # fmt: skip
_ALWAYS_TEXT = ("global_id", "mosvy_number")
_WANTED = (
    ("reason", Referral, "needs"), ("risk", Case, "risk"), ("worker", Case, ""), ("worker-telephone", Case, ""),
    ("given-name", Child, "given_name_latin"), ("family-name", Child, "family_name_latin"), ("sex", Child, "sex"),
)  # fmt: skip
"""What a referral needs there before anybody can take it up."""
_OF_WORKER = {"worker": N_("Name of who carries the case"), "worker-telephone": N_("Telephone of who carries the case")}

MAP: SiteMap = map_of(SYSTEM, {"organization": "oscar"}, (*SOURCES, *_REFERRED, _SERVICE), ())
"""The names of the interface; organization: the short name of the office that gets the referral there."""


def body(given: Given, referral: Referral, site: SiteMap = MAP) -> tuple[dict[str, Any], list[LeftOut]]:
    """Return the body of the request for one referral, and what of the case is not in it."""
    sending = Sending(site)
    found = {**sending.fill(SOURCES, given), **sending.fill(_REFERRED, referral)}
    service = sending.fill((_SERVICE,), referral)
    names = [name for source in (*SOURCES, *_REFERRED) if (name := site.fields[source.key]) is not None]
    told: dict[str, Any] = {"external_id": str(given.case.id), **dict.fromkeys((*_ALWAYS_TEXT, *names), ""), **found}
    told |= {
        "is_referred": True, "organization_name": site.site["organization"],
        "organization_id": site.site["organization"],
        "services": [{"uuid": str(referral.id), **service}] if service else [],
    }  # fmt: skip
    if given.child.born is not None and not given.child.born.is_exact:
        sending.lose(Child, "born", Why.INEXACT)
    left = [*sending.left, *_missing(given, referral, found, site)]
    return {"organization": told}, [*left, *answers_left((given.child, given.case, referral), sending.carried)]


def _missing(given: Given, referral: Referral, found: dict[str, Any], site: SiteMap) -> list[LeftOut]:
    told = {source.key: site.fields[source.key] for source in (*SOURCES, *_REFERRED)}
    known = {Child: given.child, Case: given.case, Referral: referral}
    lines = []
    for key, kind, name in _WANTED:
        if told[key] in found or (name and getattr(known[kind], name) not in (None, "")):
            continue
        lines.append(LeftOut(Why.WANTED, kind.title, field_of(kind, name).label if name else _OF_WORKER[key]))
    return lines
