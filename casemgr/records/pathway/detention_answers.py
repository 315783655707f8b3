"""The coded answers and the tables of detention, of the visits there, and of a child in prison with its mother."""

from datetime import date

from casemgr.i18n import N_
from casemgr.records.fields import Choice, Row, cell


class DetentionBasis(Choice):
    """On what ground somebody is held."""

    PRETRIAL = "pre-trial", N_("Pre-trial detention")
    AWAITING_APPEAL = "awaiting-appeal", N_("Awaiting the appeal")
    SENTENCED = "sentenced", N_("Sentenced to imprisonment")
    DRUG_CENTRE = "drug-centre", N_("Placement in a drug rehabilitation centre")
    SOCIAL_AFFAIRS_CENTRE = "social-affairs-centre", N_("Placement in a social affairs centre")
    POLICE_CUSTODY = "police-custody", N_("Police custody")
    OTHER = "other", N_("Other")
    UNLAWFUL = "unlawful", N_("No lawful ground")
    UNKNOWN = "unknown", N_("Unknown")


class FacilityType(Choice):
    """What kind of place somebody is held in."""

    POLICE_POST = "police-post", N_("Police post of the commune")
    DISTRICT_POLICE = "district-police", N_("District police")
    PROVINCIAL_POLICE = "provincial-police", N_("Provincial police")
    GENDARMERIE = "gendarmerie", N_("Gendarmerie")
    COURT_CELL = "court-cell", N_("Cell at the court")
    PROVINCIAL_PRISON = "provincial-prison", N_("Provincial prison")
    MUNICIPAL_PRISON = "municipal-prison", N_("Municipal prison")
    CORRECTIONAL_CENTRE = "correctional-centre", N_("Correctional centre (CC1 to CC4)")
    YOUTH_CENTRE = "youth-centre", N_("Youth Rehabilitation Centre")
    DRUG_CENTRE = "drug-centre", N_("Drug rehabilitation centre")
    SOCIAL_AFFAIRS_CENTRE = "social-affairs-centre", N_("Social affairs centre")
    TEMPORARY_CARE = "temporary-care", N_("Temporary care institution")
    NGO_CENTRE = "ngo-centre", N_("Centre of an organisation")
    HOSPITAL = "hospital", N_("Hospital")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class AdultSeparation(Choice):
    """Whether the child is kept apart from adults (Penal Code, article 166)."""

    WHOLLY = "wholly", N_("Wholly apart from adults")
    AT_NIGHT = "at-night", N_("Apart at night only")
    NOT_AT_ALL = "not-at-all", N_("Not apart at all")
    NO_ADULTS = "no-adults", N_("No adults are held there")
    UNKNOWN = "unknown", N_("Unknown")


class BailResult(Choice):
    """What became of the request for bail."""

    GRANTED = "granted", N_("Granted")
    REFUSED = "refused", N_("Refused")
    PENDING = "pending", N_("Not decided yet")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    UNKNOWN = "unknown", N_("Unknown")


class DetentionEnd(Choice):
    """How a detention ended."""

    BAIL = "bail", N_("Released on bail or judicial supervision")
    DROPPED = "dropped", N_("Released: acquitted or case dropped")
    DIVERSION = "diversion", N_("Released for diversion")
    ORDER_ENDED = "order-ended", N_("Released when the order ended")
    MEASURE = "measure", N_("Released with a measure or suspended sentence")
    SERVED = "served", N_("Released: sentence served")
    CONDITIONAL = "conditional", N_("Conditional release")
    PARDON = "pardon", N_("Pardon or amnesty")
    OTHER_BASIS = "other-basis", N_("Held on another ground")
    CENTRE = "centre", N_("Transferred to a centre")
    ESCAPED = "escaped", N_("Escaped")
    DIED = "died", N_("Died")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


RELEASES = frozenset({
    DetentionEnd.BAIL, DetentionEnd.DROPPED, DetentionEnd.DIVERSION, DetentionEnd.ORDER_ENDED, DetentionEnd.MEASURE,
    DetentionEnd.SERVED, DetentionEnd.CONDITIONAL, DetentionEnd.PARDON,
})  # fmt: skip
"""The ends after which the child is free."""


class VisitHow(Choice):
    """How somebody in detention was visited."""

    IN_PERSON = "in-person", N_("In person")
    PHONE = "phone", N_("By telephone")
    VIDEO = "video", N_("By video call")
    OTHER = "other", N_("Other")


class FamilyContact(Choice):
    """Contact with the family: a visit by or to a parent, guardian or adult relative in the last three months."""

    VISITED = "visited", N_("Visited in the last three months")
    PHONE = "phone", N_("By telephone only")
    NONE = "none", N_("No contact")
    UNKNOWN = "unknown", N_("Unknown")


class Subsidy(Choice):
    """The cash of the State for pregnant women in prison and for young children there."""

    RECEIVED = "received", N_("Received")
    ASKED = "asked", N_("Asked for, not received yet")
    NOT_ASKED_FOR = "not-asked-for", N_("Not asked for")
    NOT_ELIGIBLE = "not-eligible", N_("Not eligible")
    UNKNOWN = "unknown", N_("Unknown")


class OrderExtension(Row):
    """An order that prolongs the detention."""

    ordered_on: date | None = cell(N_("Ordered on"))
    until: date | None = cell(N_("Until"))
    by: str | None = cell(N_("By whom"))
    reason: str | None = cell(N_("Reason"))


class Transfer(Row):
    """A move to another place, on the same ground."""

    on: date | None = cell(N_("Date"))
    facility_type: FacilityType | None = cell(N_("Kind of place"))
    facility: str | None = cell(N_("Place"))
    reason: str | None = cell(N_("Reason"))


class VisitAction(Row):
    """Something that has to be done after a visit."""

    what: str | None = cell(N_("What has to be done"))
    who: str | None = cell(N_("Who"))
    by_when: date | None = cell(N_("By when"))
    done_on: date | None = cell(N_("Done on"))
