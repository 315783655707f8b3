"""Grounds on which children are often treated worse: each splits every indicator, so that a difference is seen.

A ground is what the records happen to know of a child. It is never a judgment on the child.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from casemgr.i18n import N_
from casemgr.records.case import Offence, OffenceCategory
from casemgr.records.child import Child, Disability, Ethnicity, LivingWith, Nationality
from casemgr.records.fields import Answer, Choice
from casemgr.records.pathway.inquiry_answers import Housing, IdPoor, Separation
from casemgr.records.pathway.social_inquiry import SocialInquiry


class Ground(Choice):
    """A ground. meaning: from what it is known, to be printed under a table; kept_in: it is never given away."""

    meaning: str
    kept_in: bool

    POVERTY = "poverty", N_("Poor family"), N_("An equity card of level 1 or 2, by the social inquiry report.")
    STREET = "street", N_("Street situation"), N_("The child lives on the street, or the family has no fixed home.")
    DRUGS = "drugs", N_("Drug-related offence"), N_("Drug use, possession or trafficking is among the offences.")
    RURAL = "rural", N_("Home in a rural district"), N_("The home lies outside the cities and Phnom Penh.")
    DISABILITY = "disability", N_("Disability"), N_("At least one difficulty in everyday life is written down.")
    ETHNICITY = "ethnicity", N_("Ethnic minority"), N_("The child belongs to another ethnic group than the Khmer.")
    NATIONALITY = "nationality", N_("Stateless or foreign"), N_("The child is stateless or of another nationality.")
    ONLINE = "online", N_("Online conduct"), N_("Conduct on the internet is among the offences.")
    POLITICAL = "political", N_("Political expression"), N_("Assembly or speech is among the offences."), True

    def __new__(cls, code: str, label: str, meaning: str, kept_in: bool = False) -> "Ground":
        """Make the member: its value is the code alone."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        member.retired = False
        member.meaning = meaning
        member.kept_in = kept_in
        return member


class Known(NamedTuple):
    """What the grounds are read from. inquiry: the latest social inquiry report, None where there is none."""

    child: Child
    offences: Sequence[Offence] = ()
    inquiry: SocialInquiry | None = None


def grounds_of(known: Known) -> dict[Ground, Answer]:
    """Return for each ground whether it is there: yes, no, or unknown where the records do not say."""
    return {ground: _READ[ground](known) for ground in Ground}


def _poverty(known: Known) -> Answer:
    card = known.inquiry.id_poor if known.inquiry else None
    if card in (None, IdPoor.UNKNOWN):
        return Answer.UNKNOWN
    return _answer(card in (IdPoor.LEVEL_1, IdPoor.LEVEL_2))


def _street(known: Known) -> Answer:
    inquiry = known.inquiry
    living_with = {known.child.living_with, inquiry.living_with if inquiry else None}
    housing = inquiry.housing if inquiry else None
    separation = inquiry.separation if inquiry else ()
    if LivingWith.STREET in living_with or housing is Housing.NONE or Separation.STREET in separation:
        return Answer.YES
    return Answer.UNKNOWN if living_with <= {None, LivingWith.UNKNOWN} else Answer.NO


def _rural(known: Known) -> Answer:
    if known.child.home_is_rural is not None:  # all that is left of where it lived, once the child was made nameless
        return known.child.home_is_rural
    code = known.child.village_code or ""
    return Answer.UNKNOWN if len(code) < 4 else _answer(code[:2] != _CAPITAL and code[:4] not in CITIES)


_CAPITAL = "12"
CITIES = frozenset({
    "0106", "0110", "0203", "0305", "0403", "0502", "0509", "0603", "0708", "0709", "0811", "0812", "0813", "0904",
    "1002", "1105", "1308", "1410", "1505", "1602", "1710", "1715", "1801", "1805", "1806", "1904", "2006", "2008",
    "2108", "2204", "2302", "2401", "2506",
})  # fmt: skip
"""The districts of the official list that are cities (krong); all of Phnom Penh are khans. The list itself does not say
so: these follow their names, and were not checked against the decrees."""


def _disability(known: Known) -> Answer:
    told = set(known.child.disabilities) - {Disability.UNKNOWN, Disability.NOT_ASKED}
    return _answer(told != {Disability.NONE}) if told else Answer.UNKNOWN


def _ethnicity(known: Known) -> Answer:
    group = known.child.ethnicity
    if group in (None, Ethnicity.UNKNOWN, Ethnicity.NOT_ASKED):
        return Answer.UNKNOWN
    return _answer(group is not Ethnicity.KHMER)


def _nationality(known: Known) -> Answer:
    nationality = known.child.nationality
    if nationality in (None, Nationality.UNKNOWN):
        return Answer.UNKNOWN
    return _answer(nationality is not Nationality.CAMBODIAN)


DRUG_OFFENCES = frozenset({
    OffenceCategory.DRUG_USE, OffenceCategory.DRUG_POSSESSION, OffenceCategory.DRUG_TRAFFICKING,
})  # fmt: skip


def _drugs(known: Known) -> Answer:
    return _among(known, DRUG_OFFENCES)


def _online(known: Known) -> Answer:
    return _among(known, frozenset({OffenceCategory.ONLINE}))


def _political(known: Known) -> Answer:
    return _among(known, frozenset({OffenceCategory.POLITICAL}))


def _among(known: Known, wanted: frozenset[OffenceCategory]) -> Answer:
    categories = {offence.category for offence in known.offences}
    if categories & wanted:
        return Answer.YES
    return Answer.UNKNOWN if not categories or categories & {None, OffenceCategory.UNKNOWN} else Answer.NO


def _answer(is_so: bool) -> Answer:
    return Answer.YES if is_so else Answer.NO


_READ: dict[Ground, Callable[[Known], Answer]] = {
    Ground.POVERTY: _poverty,
    Ground.STREET: _street,
    Ground.DRUGS: _drugs,
    Ground.RURAL: _rural,
    Ground.DISABILITY: _disability,
    Ground.ETHNICITY: _ethnicity,
    Ground.NATIONALITY: _nationality,
    Ground.ONLINE: _online,
    Ground.POLITICAL: _political,
}
