"""Contacts: the people and offices around children, kept once for the whole office."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.child import Sex
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Choice, Group, Kind


class ContactRole(Choice):
    """What somebody does, in general or in one case."""

    GUARDIAN = "guardian", N_("Parent or guardian")
    RELATIVE = "relative", N_("Relative")
    LAWYER = "lawyer", N_("Lawyer")
    POLICE = "police", N_("Police officer")
    PROSECUTOR = "prosecutor", N_("Prosecutor")
    JUDGE = "judge", N_("Judge")
    CLERK = "clerk", N_("Court clerk")
    SOCIAL_AGENT = "social-agent", N_("Social agent")
    VILLAGE_CHIEF = "village-chief", N_("Village chief")
    COMMUNE_CHIEF = "commune-chief", N_("Commune or sangkat chief")
    COMMITTEE = "committee", N_("Committee for Women and Children")
    PRISON_OFFICER = "prison-officer", N_("Prison officer")
    TEACHER = "teacher", N_("Teacher")
    HEALTH_WORKER = "health-worker", N_("Health worker")
    EMPLOYER = "employer", N_("Employer")
    NGO_WORKER = "ngo-worker", N_("Worker of an organisation")
    INTERPRETER = "interpreter", N_("Interpreter")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class OrganisationCategory(Choice):
    """What kind of organisation somebody belongs to."""

    LEGAL_AID = "legal-aid", N_("Legal aid")
    CHILD_PROTECTION = "child-protection", N_("Child protection organisation")
    UN = "un", N_("United Nations")
    SOCIAL_AFFAIRS = "social-affairs", N_("Social affairs of the State")
    POLICE = "police", N_("Police")
    PROSECUTION = "prosecution", N_("Prosecution office")
    COURT = "court", N_("Court")
    PRISON = "prison", N_("Prison")
    HEALTH = "health", N_("Health service")
    SCHOOL = "school", N_("School")
    VOCATIONAL_CENTRE = "vocational-centre", N_("Vocational training centre")
    RELIGIOUS = "religious", N_("Pagoda or faith")
    LOCAL_AUTHORITY = "local-authority", N_("Local authority")
    DEVELOPMENT_PARTNER = "development-partner", N_("Development partner")
    YOUTH_NETWORK = "youth-network", N_("Youth network")
    LAW_FIRM = "law-firm", N_("Law firm")
    ACADEMIC = "academic", N_("University or research")
    NONE = "none", N_("No organisation")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


WHO = Group("who", N_("Name and function"))
REACH = Group("reach", N_("How to reach"))
SKILLS = Group("skills", N_("Training and notes"))


class Contact(Record):
    """Somebody the office works with. search_key and sort_key_km are kept by the services and never shown."""

    __tablename__ = "contact"
    title: ClassVar[str] = N_("Contact")

    name_km: Mapped[str | None] = field(N_("Name in Khmer"), group=WHO, required=True, sample="លឹម ចន្ទតារា")
    name_latin: Mapped[str | None] = field(N_("Name in Latin letters"), group=WHO, sample="Lim Chantara")
    sex: Mapped[Sex | None] = field(N_("Sex"), group=WHO, sample=Sex.FEMALE)
    role: Mapped[ContactRole | None] = field(N_("Function"), group=WHO, required=True, sample=ContactRole.LAWYER)
    organisation: Mapped[str | None] = field(N_("Organisation"), group=WHO, sample="ជំនួយផ្នែកច្បាប់")
    category: Mapped[OrganisationCategory | None] = field(
        N_("Kind of organisation"), group=WHO, sample=OrganisationCategory.LEGAL_AID
    )
    active: Mapped[Answer | None] = field(
        N_("Still in this function?"), group=WHO, sample=Answer.YES,
        help=N_("With the answer No this person is offered no more for new cases."),
    )  # fmt: skip

    phone: Mapped[str | None] = field(
        N_("Telephone"), kind=Kind.PHONE, group=REACH, required=True, sample="012 555 024"
    )
    phone_2: Mapped[str | None] = field(N_("Second telephone"), kind=Kind.PHONE, group=REACH, sample="097 555 0240")
    email: Mapped[str | None] = field(N_("Email address"), group=REACH, sample="lawyer@example.org")
    place_code: Mapped[str | None] = field(
        N_("Works in"), kind=Kind.PLACE, group=REACH, sample="1710",
        help=N_("The province, district, commune or village this person looks after."),
    )  # fmt: skip

    trained: Mapped[Answer | None] = field(N_("Trained in child justice?"), group=SKILLS, sample=Answer.YES)
    languages: Mapped[str | None] = field(N_("Languages spoken"), group=SKILLS, sample="ខ្មែរ អង់គ្លេស")
    notes: Mapped[str | None] = field(
        N_("Notes"), kind=Kind.TEXT, group=SKILLS, sample="ងាយទាក់ទងនៅពេលព្រឹក។ ទទួលករណីកុមារដោយឥតគិតថ្លៃ។"
    )

    search_key: Mapped[str] = mapped_column(default="")
    sort_key_km: Mapped[str] = mapped_column(default="", index=True)
