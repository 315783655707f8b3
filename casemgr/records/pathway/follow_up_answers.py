"""The coded answers of a follow-up."""

from collections.abc import Mapping

from casemgr.i18n import N_
from casemgr.records.fields import Answer, Choice


class FollowUpHow(Choice):
    """How contact was sought."""

    HOME = "home", N_("Visit at home")
    PHONE = "phone", N_("By telephone")
    MESSAGE = "message", N_("By message")
    SCHOOL = "school", N_("At school")
    WORKPLACE = "workplace", N_("At work")
    OFFICE = "office", N_("At our office")
    VILLAGE_CHIEF = "village-chief", N_("Through the village chief")
    PRISON = "prison", N_("In prison")
    OTHER = "other", N_("Other")


class Reached(Choice):
    """Who answered."""

    CHILD = "child", N_("The child")
    GUARDIAN = "guardian", N_("Parent or guardian")
    RELATIVE = "relative", N_("Relative")
    VILLAGE_CHIEF = "village-chief", N_("Village chief")
    LAWYER_POLICE = "lawyer-police", N_("Lawyer or police")
    NOBODY = "nobody", N_("Nobody")


class FollowUpStatus(Choice):
    """What the follow-up found. A child that was not reached is missing, never without new contact."""

    WELL = "well", N_("Reached, well, no new contact")
    NEW_CONTACT = "new-contact", N_("Reached, new contact with the law")
    NOT_REACHED = "not-reached", N_("Not reached")
    WRONG_NUMBER = "wrong-number", N_("Wrong number")
    MOVED = "moved", N_("Moved within Cambodia")
    ABROAD = "abroad", N_("Gone abroad")
    IN_CUSTODY = "in-custody", N_("In custody or prison")
    DRUG_CENTRE = "drug-centre", N_("In a drug rehabilitation centre")
    REFUSED = "refused", N_("Refuses contact")
    DECEASED = "deceased", N_("Died")
    LOST = "lost", N_("Lost: cannot be found")


UNANSWERED = frozenset({FollowUpStatus.NOT_REACHED, FollowUpStatus.WRONG_NUMBER})
"""What leaves a follow-up still to be done."""


ENDS_FOLLOW_UP = frozenset({
    FollowUpStatus.ABROAD, FollowUpStatus.REFUSED, FollowUpStatus.DECEASED, FollowUpStatus.LOST,
})  # fmt: skip
"""What ends the follow-up of a child for good."""


class WorkNow(Choice):
    """What work the child has now."""

    NONE = "none", N_("No work")
    EMPLOYED = "employed", N_("Regular job")
    DAY_LABOUR = "day-labour", N_("Work by the day")
    OWN_BUSINESS = "own-business", N_("Own small business")
    FAMILY = "family", N_("Helps the family")
    APPRENTICE = "apprentice", N_("Learns a trade")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class ContactLevel(Choice):
    """How far a new contact with the law went. R0 is no new offence: suspicion without a record."""

    R0 = "R0", N_("R0 Suspected, released, no record")
    R1 = "R1", N_("R1 Police contact or arrest for an offence")
    R2 = "R2", N_("R2 Charge or prosecution")
    R3 = "R3", N_("R3 Finding of guilt, or diversion order")
    R4 = "R4", N_("R4 Detention order")
    UNKNOWN = "unknown", N_("Unknown")


class ContactSource(Choice):
    """Who says whether there was a new contact with the law."""

    CHILD = "child", N_("The child")
    FAMILY = "family", N_("Family")
    VILLAGE_CHIEF = "village-chief", N_("Village chief")
    POLICE = "police", N_("Police")
    COURT = "court", N_("Court")
    PRISON_LIST = "prison-list", N_("Prison list")
    LAWYER = "lawyer", N_("Lawyer")
    OTHER = "other", N_("Other")


class Confirmation(Choice):
    """What a new contact rests on."""

    OFFICIAL = "official", N_("One official source")
    TWO_SOURCES = "two-sources", N_("Two independent sources")
    NOT_CONFIRMED = "not-confirmed", N_("Not confirmed")


FOLLOWS_FROM: Mapping[FollowUpStatus | None, Mapping[str, Choice]] = {
    FollowUpStatus.WELL: {"new_contact": Answer.NO},
    FollowUpStatus.NEW_CONTACT: {"new_contact": Answer.YES},
    FollowUpStatus.NOT_REACHED: {"reached": Reached.NOBODY, "new_contact": Answer.UNKNOWN},
    FollowUpStatus.WRONG_NUMBER: {"reached": Reached.NOBODY, "new_contact": Answer.UNKNOWN},
    FollowUpStatus.MOVED: {"new_contact": Answer.UNKNOWN},
    FollowUpStatus.ABROAD: {"new_contact": Answer.UNKNOWN},
    FollowUpStatus.IN_CUSTODY: {"in_custody": Answer.YES},
    FollowUpStatus.REFUSED: {"new_contact": Answer.UNKNOWN},
    FollowUpStatus.DECEASED: {"new_contact": Answer.UNKNOWN},
    FollowUpStatus.LOST: {"reached": Reached.NOBODY, "new_contact": Answer.UNKNOWN},
}
"""What a finding proposes for other questions of the follow-up, by field name."""

TOLD_BY: Mapping[Reached | None, ContactSource] = {
    Reached.CHILD: ContactSource.CHILD,
    Reached.GUARDIAN: ContactSource.FAMILY,
    Reached.RELATIVE: ContactSource.FAMILY,
    Reached.VILLAGE_CHIEF: ContactSource.VILLAGE_CHIEF,
}
"""Who says whether there was new contact, where only one was reached who can."""
