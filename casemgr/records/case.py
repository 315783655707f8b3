"""The case: one run of a child through the procedure, and the offences it is about."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord, Record
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Choice, Group, Kind


class ProcessStage(Choice):
    """Where a case stands in the procedure, in its usual order."""

    POLICE_CONTACT = "police-contact", N_("Police contact")
    POLICE_CUSTODY = "police-custody", N_("Police custody")
    PROSECUTOR = "prosecutor", N_("At the prosecutor")
    INVESTIGATION = "investigation", N_("Judicial investigation")
    PRETRIAL_DETENTION = "pretrial-detention", N_("Pre-trial detention")
    DIVERSION = "diversion", N_("Diversion")
    TRIAL = "trial", N_("Trial")
    APPEAL = "appeal", N_("Appeal")
    SUPREME_COURT = "supreme-court", N_("Supreme Court")
    SENTENCE = "sentence", N_("Serving a measure or sentence")
    CONDITIONAL_RELEASE = "conditional-release", N_("Released with conditions")
    RELEASED = "released", N_("Released")
    CLOSED = "closed", N_("Procedure over")


class CaseStatus(Choice):
    """Whether the office still works on a case."""

    OPEN = "open", N_("Open")
    CLOSED = "closed", N_("Closed")


class ReferralSource(Choice):
    """How the office came to know of the case."""

    POLICE = "police", N_("Police")
    PROSECUTOR = "prosecutor", N_("Prosecutor")
    COURT = "court", N_("Court")
    SOCIAL_AGENT = "social-agent", N_("Social agent")
    PRISON = "prison", N_("Prison")
    LAWYER = "lawyer", N_("Lawyer")
    FAMILY = "family", N_("Family")
    CHILD = "child", N_("The child")
    COMMUNE = "commune", N_("Commune or village")
    NGO = "ngo", N_("Another organisation")
    OWN_VISIT = "own-visit", N_("Our own visit")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class ChildRole(Choice):
    """What the child is in the case. Victims and witnesses have a right to the same care."""

    SUSPECT = "suspect", N_("Suspected or accused")
    VICTIM = "victim", N_("Victim")
    WITNESS = "witness", N_("Witness")
    STATUS = "status", N_("Conduct that is no offence")
    UNKNOWN = "unknown", N_("Unknown")


class OffenceClass(Choice):
    """The class by the maximum penalty the law sets for adults (Penal Code, articles 46 to 48).

    Felony: above 5 years; misdemeanour: above 6 days up to 5 years; petty: up to 6 days, or a fine alone. The halved
    penalties of minors do not change it (article 160).
    """

    FELONY = "felony", N_("Felony")
    MISDEMEANOUR = "misdemeanour", N_("Misdemeanour")
    PETTY = "petty", N_("Petty offence")
    NOT_AN_OFFENCE = "not-an-offence", N_("Not an offence")
    UNKNOWN = "unknown", N_("Unknown")


class OffenceCategory(Choice):
    """The kind of offence. usual_class and article are what the law says of it, None where it depends or is unread."""

    THEFT = "THEFT", N_("Theft")
    THEFT_AGGRAVATED = "THEFT-AGG", N_("Theft with violence or break-in")
    THEFT_MUTILATION = "THEFT-MUT", N_("Theft with violence causing permanent disability")
    RECEIVING = "RECEIVE", N_("Receiving stolen goods")
    EXTORTION = "EXTORT", N_("Extortion")
    FRAUD = "FRAUD", N_("Fraud")
    BREACH_OF_TRUST = "BREACH", N_("Breach of trust")
    DAMAGE = "DAMAGE", N_("Intentional damage")
    DAMAGE_MINOR = "DAMAGE-MIN", N_("Minor damage")
    VIOLENCE = "VIOL", N_("Intentional violence")
    VIOLENCE_AGGRAVATED = "VIOL-AGG", N_("Intentional violence, premeditated, armed or by several")
    VIOLENCE_MINOR = "VIOL-MIN", N_("Minor violence without injury")
    THREAT = "THREAT", N_("Threat")
    MURDER = "MURDER", N_("Intentional killing")
    MANSLAUGHTER = "MANSL", N_("Unintentional killing")
    RAPE = "RAPE", N_("Rape")
    INDECENT_ASSAULT = "INDEC", N_("Indecent assault")
    CONFINEMENT = "CONFINE", N_("Unlawful arrest or confinement")
    INSULT = "INSULT", N_("Public insult or defamation")
    INCITEMENT = "INCITE", N_("Incitement to felony")
    DRUG_USE = "DRUG-USE", N_("Drug use")
    DRUG_POSSESSION = "DRUG-POSS", N_("Drug possession")
    DRUG_TRAFFICKING = "DRUG-TRAF", N_("Drug trafficking")
    WEAPON = "WEAPON", N_("Weapons")
    TRAFFIC = "TRAFFIC", N_("Road traffic")
    IMMIGRATION = "IMMIG", N_("Immigration")
    POLITICAL = "POLIT", N_("Assembly or political speech")
    ONLINE = "ONLINE", N_("Online conduct")
    STATUS = "STATUS", N_("Running away, begging, truancy (not an offence)")
    OTHER = "OTHER", N_("Other")
    UNKNOWN = "UNKNOWN", N_("Unknown")

    @property
    def usual_class(self) -> OffenceClass | None:
        """The class that follows from the article's penalty alone."""
        return _LAW.get(self, (None, None))[1]

    @property
    def article(self) -> str | None:
        """The article, as numbers of the Penal Code unless another law is named."""
        return _LAW.get(self, (None, None))[0]


_FELONY, _MISDEMEANOUR, _PETTY = OffenceClass.FELONY, OffenceClass.MISDEMEANOUR, OffenceClass.PETTY
_LAW: dict[OffenceCategory, tuple[str | None, OffenceClass | None]] = {
    OffenceCategory.THEFT: ("353, 356", _MISDEMEANOUR),
    OffenceCategory.THEFT_AGGRAVATED: ("357", _FELONY),
    OffenceCategory.THEFT_MUTILATION: ("358", _FELONY),
    OffenceCategory.RECEIVING: ("399, 400", _MISDEMEANOUR),
    OffenceCategory.EXTORTION: ("363, 364", _MISDEMEANOUR),
    OffenceCategory.FRAUD: ("377, 378", _MISDEMEANOUR),
    OffenceCategory.BREACH_OF_TRUST: ("391, 392", _MISDEMEANOUR),
    OffenceCategory.DAMAGE: ("410", _MISDEMEANOUR),
    OffenceCategory.DAMAGE_MINOR: ("418", _PETTY),
    OffenceCategory.VIOLENCE: ("217", _MISDEMEANOUR),
    OffenceCategory.VIOLENCE_AGGRAVATED: ("218", _MISDEMEANOUR),
    OffenceCategory.VIOLENCE_MINOR: ("228", _PETTY),
    OffenceCategory.THREAT: ("231", _MISDEMEANOUR),
    OffenceCategory.MURDER: ("199", _FELONY),
    OffenceCategory.MANSLAUGHTER: ("207", _MISDEMEANOUR),
    OffenceCategory.RAPE: ("239", _FELONY),
    OffenceCategory.INDECENT_ASSAULT: ("246", None),
    OffenceCategory.CONFINEMENT: ("253", None),
    OffenceCategory.INSULT: ("305, 307", None),
    OffenceCategory.INCITEMENT: ("495", _MISDEMEANOUR),
    OffenceCategory.STATUS: (None, OffenceClass.NOT_AN_OFFENCE),
}


class OffenceRole(Choice):
    """What the child is said to have done in the offence."""

    ALONE = "alone", N_("Acted alone")
    CO_AUTHOR = "co-author", N_("Acted with others")
    INSTIGATOR = "instigator", N_("Instigator")
    ACCOMPLICE = "accomplice", N_("Accomplice")
    UNKNOWN = "unknown", N_("Unknown")


class Level(Choice):
    """A level, as risks are judged."""

    LOW = "low", N_("Low")
    MEDIUM = "medium", N_("Medium")
    HIGH = "high", N_("High")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Urgency(Choice):
    """How soon somebody has to act."""

    HOURS = "hours", N_("Within hours")
    DAY = "day", N_("Within 24 hours")
    THREE_DAYS = "three-days", N_("Within three days")
    WEEK = "week", N_("Within a week")


PROCEDURE = Group("procedure", N_("Procedure"))
NUMBERS = Group("numbers", N_("Court and numbers"))
CARE = Group("care", N_("Protection and notes"))


class Case(Record):
    """One run of one child through the procedure.

    worker_id: the staff member who carries the case, None where it is everybody's. carried_since: the day it went to
    that staff member, None where it was theirs from the beginning.
    """

    __tablename__ = "case"
    __table_args__ = (
        sa.Index("case_number", "number", unique=True),
        sa.Index("case_newest", "opened_on", "id", "child_id", "status", "stage", "worker_id"),
        sa.Index("case_of_worker", "worker_id", "opened_on", "id"),
    )
    title: ClassVar[str] = N_("Case")

    child_id: Mapped[UUID] = mapped_column(sa.ForeignKey("child.id"), index=True, default=None)
    worker_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("staff_member.id"), default=None)
    carried_since: Mapped[date | None] = mapped_column(default=None)

    number: Mapped[str | None] = field(
        N_("Case number"), group=PROCEDURE, computed=True, sample="SR-2026-0001", column=sa.String(24)
    )
    opened_on: Mapped[date | None] = field(N_("Opened on"), group=PROCEDURE, required=True, sample=date(2026, 11, 22))
    status: Mapped[CaseStatus | None] = field(
        N_("Status"), group=PROCEDURE, required=True, default=CaseStatus.OPEN, sample=CaseStatus.OPEN
    )
    stage: Mapped[ProcessStage | None] = field(
        N_("Stage of the procedure"), group=PROCEDURE, required=True, default=ProcessStage.POLICE_CUSTODY,
        sample=ProcessStage.PROSECUTOR,
    )  # fmt: skip
    child_role: Mapped[ChildRole | None] = field(N_("Role of the child"), group=PROCEDURE, sample=ChildRole.SUSPECT)
    referral_source: Mapped[ReferralSource | None] = field(
        N_("Referred by"), group=PROCEDURE, sample=ReferralSource.POLICE
    )

    police_report_number: Mapped[str | None] = field(N_("Police report number"), group=NUMBERS, sample="១២៤/២៦")
    court: Mapped[str | None] = field(
        N_("Court or prosecution office"), group=NUMBERS, sample="អយ្យការអមសាលាដំបូងខេត្តសៀមរាប"
    )
    court_number: Mapped[str | None] = field(N_("Case number at the court"), group=NUMBERS, sample="៤៥៦/២០២៦")

    used_by_adult: Mapped[Answer | None] = field(
        N_("Used by an adult to offend?"), group=CARE, required=True, sample=Answer.NO,
        help=N_("An adult who makes a minor offend commits an offence (Penal Code, article 345)."),
    )  # fmt: skip
    risk: Mapped[Level | None] = field(N_("Risk to the child"), group=CARE, sample=Level.MEDIUM)
    urgency: Mapped[Urgency | None] = field(N_("Urgency"), group=CARE, sample=Urgency.DAY)
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=CARE, sample="ត្រូវទាក់ទងភ្នាក់ងារសង្គមមុនសវនាការ។")


OFFENCE = Group("offence", N_("Offence"))
WHERE = Group("where", N_("When and where"))
OTHERS = Group("others", N_("Others involved"))


def acted_with_others(offence: "Offence") -> bool:
    """Whether there may be others to name."""
    return offence.role is not OffenceRole.ALONE


class Offence(CaseRecord):
    """What the child is alleged to have done. A case has one or more."""

    __tablename__ = "offence"
    __table_args__ = (sa.Index("offence_listed", "case_id", "category", "offence_class", "committed_on"),)
    title: ClassVar[str] = N_("Offence")

    category: Mapped[OffenceCategory | None] = field(
        N_("Kind of offence"), group=OFFENCE, required=True, sample=OffenceCategory.THEFT
    )
    offence_class: Mapped[OffenceClass | None] = field(
        N_("Class"), group=OFFENCE, required=True, sample=OffenceClass.MISDEMEANOUR,
        help=N_("By the maximum penalty for adults: felony above 5 years, misdemeanour above 6 days, else petty."),
    )  # fmt: skip
    article: Mapped[str | None] = field(N_("Article"), group=OFFENCE, sample="353, 356")
    description: Mapped[str | None] = field(
        N_("What is alleged"), kind=Kind.TEXT, group=OFFENCE, sample="ត្រូវបានចោទថា លួចទូរស័ព្ទដៃមួយគ្រឿងពីតូបលក់ទំនិញ។"
    )

    committed_on: Mapped[PartialDate | None] = field(
        N_("Date of the offence"), group=WHERE, required=True, sample=PartialDate.of(2026, 11, 21),
        help=N_("The child's age on this day decides what law applies."),
    )  # fmt: skip
    place_code: Mapped[str | None] = field(N_("Place"), kind=Kind.PLACE, group=WHERE, sample="171002")
    place_text: Mapped[str | None] = field(N_("Place in words"), group=WHERE, sample="ផ្សារលើ ក្បែរចំណតម៉ូតូ")

    role: Mapped[OffenceRole | None] = field(N_("Part of the child"), group=OTHERS, sample=OffenceRole.CO_AUTHOR)
    co_accused: Mapped[int | None] = field(
        N_("Number of co-accused"), group=OTHERS, shown_when=acted_with_others, sample=1
    )
    adult_involved: Mapped[Answer | None] = field(
        N_("Adult involved?"), group=OTHERS, shown_when=acted_with_others, sample=Answer.NO
    )
