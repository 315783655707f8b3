"""The child: identity in both scripts, birth, address, guardians and household, health and school."""

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Choice, Group, Kind, Row, cell


class Sex(Choice):
    """Sex as papers of the state carry it."""

    MALE = "male", N_("Male")
    FEMALE = "female", N_("Female")
    UNKNOWN = "unknown", N_("Unknown")


class BirthEvidence(Choice):
    """What the date of birth rests on, strongest first."""

    BIRTH_CERTIFICATE = "birth-certificate", N_("Birth certificate")
    FAMILY_BOOK = "family-book", N_("Family book")
    ID_CARD = "id-card", N_("Identity card")
    SCHOOL_RECORD = "school-record", N_("School record")
    PARENT_STATEMENT = "parent-statement", N_("Statement of the parents")
    CHILD_STATEMENT = "child-statement", N_("Statement of the child")
    MEDICAL_ESTIMATE = "medical-estimate", N_("Medical estimate")
    NONE = "none", N_("No evidence")
    UNKNOWN = "unknown", N_("Unknown")


class Nationality(Choice):
    """Nationality; stateless is an answer of its own."""

    CAMBODIAN = "cambodian", N_("Cambodian")
    VIETNAMESE = "vietnamese", N_("Vietnamese")
    THAI = "thai", N_("Thai")
    LAO = "lao", N_("Lao")
    CHINESE = "chinese", N_("Chinese")
    STATELESS = "stateless", N_("Stateless")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Ethnicity(Choice):
    """Ethnic group, as the child or the family says it."""

    KHMER = "khmer", N_("Khmer")
    CHAM = "cham", N_("Cham")
    VIETNAMESE = "vietnamese", N_("Vietnamese")
    CHINESE = "chinese", N_("Chinese")
    LAO = "lao", N_("Lao")
    BUNONG = "bunong", N_("Bunong")
    TAMPUAN = "tampuan", N_("Tampuan")
    KREUNG = "kreung", N_("Kreung")
    JARAI = "jarai", N_("Jarai")
    KUY = "kuy", N_("Kuy")
    INDIGENOUS = "indigenous", N_("Other indigenous people")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Religion(Choice):
    """Religion or belief."""

    BUDDHIST = "buddhist", N_("Buddhism")
    MUSLIM = "muslim", N_("Islam")
    CHRISTIAN = "christian", N_("Christianity")
    TRADITIONAL = "traditional", N_("Traditional belief")
    NONE = "none", N_("No religion")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class LivingWith(Choice):
    """Whom the child lived with before the arrest."""

    BOTH_PARENTS = "both-parents", N_("Both parents")
    MOTHER = "mother", N_("Mother only")
    FATHER = "father", N_("Father only")
    PARENT_PARTNER = "parent-and-partner", N_("A parent and step-parent")
    GRANDPARENTS = "grandparents", N_("Grandparents")
    RELATIVES = "relatives", N_("Other relatives")
    FOSTER = "foster", N_("Foster family")
    SPOUSE = "spouse", N_("Husband or wife")
    EMPLOYER = "employer", N_("Employer")
    FRIENDS = "friends", N_("Friends")
    PAGODA = "pagoda", N_("Pagoda")
    CENTRE = "centre", N_("Residential care centre")
    ALONE = "alone", N_("Alone")
    STREET = "street", N_("On the street")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Relation(Choice):
    """What somebody is to the child."""

    FATHER = "father", N_("Father")
    MOTHER = "mother", N_("Mother")
    STEP_PARENT = "step-parent", N_("Step-parent")
    GRANDPARENT = "grandparent", N_("Grandparent")
    SIBLING = "sibling", N_("Brother or sister")
    AUNT_UNCLE = "aunt-uncle", N_("Aunt or uncle")
    RELATIVE = "relative", N_("Other relative")
    SPOUSE = "spouse", N_("Husband or wife")
    GUARDIAN = "guardian", N_("Guardian")
    CARER = "carer", N_("Carer")
    NEIGHBOUR = "neighbour", N_("Neighbour")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Disability(Choice):
    """Difficulties in everyday life."""

    NONE = "none", N_("No disability")
    SEEING = "seeing", N_("Seeing")
    HEARING = "hearing", N_("Hearing")
    WALKING = "walking", N_("Walking or moving")
    HANDS = "hands", N_("Using the hands")
    SPEAKING = "speaking", N_("Speaking or being understood")
    LEARNING = "learning", N_("Learning or understanding")
    REMEMBERING = "remembering", N_("Remembering or concentrating")
    MIND = "mind", N_("Fear, sadness or behaviour")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class SchoolStatus(Choice):
    """Where the child stands with school now."""

    ENROLLED = "enrolled", N_("Goes to school")
    TRAINING = "training", N_("In vocational training")
    LEFT = "left", N_("Left school")
    NEVER = "never", N_("Never went to school")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Grade(Choice):
    """The last grade completed, in Cambodian counting."""

    NONE = "none", N_("No grade completed")
    PRESCHOOL = "preschool", N_("Preschool")
    G1 = "1", N_("Grade 1")
    G2 = "2", N_("Grade 2")
    G3 = "3", N_("Grade 3")
    G4 = "4", N_("Grade 4")
    G5 = "5", N_("Grade 5")
    G6 = "6", N_("Grade 6")
    G7 = "7", N_("Grade 7")
    G8 = "8", N_("Grade 8")
    G9 = "9", N_("Grade 9")
    G10 = "10", N_("Grade 10")
    G11 = "11", N_("Grade 11")
    G12 = "12", N_("Grade 12")
    UNKNOWN = "unknown", N_("Unknown")


class Document(Choice):
    """Papers of the state that the child holds."""

    BIRTH_CERTIFICATE = "birth-certificate", N_("Birth certificate")
    FAMILY_BOOK = "family-book", N_("Family book")
    RESIDENCE_BOOK = "residence-book", N_("Residence book")
    ID_CARD = "id-card", N_("Identity card")
    PASSPORT = "passport", N_("Passport")
    STUDENT_CARD = "student-card", N_("Student card")
    NONE = "none", N_("No documents")
    UNKNOWN = "unknown", N_("Unknown")


class Guardian(Row):
    """Somebody who answers for the child: a holder of parental authority, a guardian, a support person."""

    name: str | None = cell(N_("Name"))
    relation: Relation | None = cell(N_("Relation to the child"))
    representative: Answer | None = cell(N_("Legal representative?"))
    phone: str | None = cell(N_("Telephone"), kind=Kind.PHONE)
    address: str | None = cell(N_("Address"))


class HouseholdMember(Row):
    """Somebody who lives in the child's home."""

    name: str | None = cell(N_("Name"))
    relation: Relation | None = cell(N_("Relation to the child"))
    born: PartialDate | None = cell(N_("Born"))
    occupation: str | None = cell(N_("Work or school"))
    remark: str | None = cell(N_("Remark"))


NAMES = Group("names", N_("Names"))
BIRTH = Group("birth", N_("Birth and origin"))
HOME = Group("home", N_("Home"))
FAMILY = Group("family", N_("Guardians and household"))
HEALTH = Group("health", N_("Disability"))
SCHOOL = Group("school", N_("School"))
MORE = Group("more", N_("Papers and notes"))

SAMPLE_GUARDIANS = (
    Guardian(
        name="អ៊ុំ សុផល", relation=Relation.MOTHER, representative=Answer.YES, phone="012 345 678",
        address="ភូមិវត្តបូព៌ សង្កាត់សាលាកំរើក",
    ),
)  # fmt: skip
SAMPLE_HOUSEHOLD = (
    HouseholdMember(
        name="អ៊ុំ សុផល", relation=Relation.MOTHER, born=PartialDate.of(1984), occupation="លក់បន្លែនៅផ្សារ", remark=None
    ),
    HouseholdMember(
        name="ចាន់ សំអឿន", relation=Relation.FATHER, born=PartialDate.of(1979), occupation="កម្មករសំណង់",
        remark="ធ្វើការនៅថៃ",
    ),
    HouseholdMember(
        name="ចាន់ ស្រីពៅ", relation=Relation.SIBLING, born=PartialDate.of(2015, 2), occupation="សិស្សថ្នាក់ទី៥", remark=None
    ),
)  # fmt: skip


def has_disability(child: "Child") -> bool:
    """Whether some difficulty is ticked."""
    return bool(set(child.disabilities) - {Disability.NONE, Disability.UNKNOWN, Disability.NOT_ASKED})


def goes_to_school(child: "Child") -> bool:
    """Whether there is a school to name."""
    return child.schooling in (SchoolStatus.ENROLLED, SchoolStatus.TRAINING)


def left_school(child: "Child") -> bool:
    """Whether the child left school."""
    return child.schooling is SchoolStatus.LEFT


class Child(Record):
    """A child the office works for. search_key and sort_key_km are kept by the services and never shown."""

    __tablename__ = "child"
    __table_args__ = (
        sa.Index("child_code", "code", unique=True),
        sa.Index("child_listed", "id", "village_code", "born"),
        sa.Index("child_home", "village_code", "id"),
    )
    title: ClassVar[str] = N_("Child")

    code: Mapped[str | None] = field(N_("Child code"), group=NAMES, computed=True, sample="SR-C-0001")
    family_name_km: Mapped[str | None] = field(N_("Family name in Khmer"), group=NAMES, required=True, sample="ចាន់")
    given_name_km: Mapped[str | None] = field(N_("Given name in Khmer"), group=NAMES, required=True, sample="ដារ៉ា")
    family_name_latin: Mapped[str | None] = field(N_("Family name in Latin letters"), group=NAMES, sample="Chan")
    given_name_latin: Mapped[str | None] = field(N_("Given name in Latin letters"), group=NAMES, sample="Dara")
    nickname: Mapped[str | None] = field(N_("Nickname"), group=NAMES, sample="តូច")
    sex: Mapped[Sex | None] = field(N_("Sex"), group=NAMES, required=True, sample=Sex.MALE)

    born: Mapped[PartialDate | None] = field(
        N_("Date of birth"), group=BIRTH, required=True, sample=PartialDate.of(2011, 3, 12),
        help=N_("As much as is known: day, month and year, or the year, or the age on some day."),
    )  # fmt: skip
    birth_evidence: Mapped[BirthEvidence | None] = field(
        N_("Evidence of the date of birth"), group=BIRTH, required=True, sample=BirthEvidence.FAMILY_BOOK
    )
    stated_age: Mapped[int | None] = field(
        N_("Age as stated"), group=BIRTH, sample=16,
        help=N_("What the child or the family says. Traditional counting can be a year ahead."),
    )  # fmt: skip
    birth_place_code: Mapped[str | None] = field(N_("Place of birth"), kind=Kind.PLACE, group=BIRTH, sample="17070102")
    nationality: Mapped[Nationality | None] = field(N_("Nationality"), group=BIRTH, sample=Nationality.CAMBODIAN)
    ethnicity: Mapped[Ethnicity | None] = field(N_("Ethnic group"), group=BIRTH, sample=Ethnicity.KHMER)
    language: Mapped[str | None] = field(
        N_("Language spoken"), group=BIRTH, sample="ខ្មែរ", help=N_("Where it is not Khmer, an interpreter is needed.")
    )
    religion: Mapped[Religion | None] = field(N_("Religion"), group=BIRTH, sample=Religion.BUDDHIST)

    village_code: Mapped[str | None] = field(
        N_("Village, commune, district, province"), kind=Kind.PLACE, group=HOME, required=True, sample="17100401",
        help=N_("Type the first letters of the village or commune in either script."),
    )  # fmt: skip
    house: Mapped[str | None] = field(N_("House number"), group=HOME, sample="២៤")
    street: Mapped[str | None] = field(N_("Street"), group=HOME, sample="៥")
    phone: Mapped[str | None] = field(N_("Telephone"), kind=Kind.PHONE, group=HOME, sample="097 555 0123")
    living_with: Mapped[LivingWith | None] = field(N_("Lives with"), group=HOME, sample=LivingWith.BOTH_PARENTS)

    guardians: Mapped[tuple[Guardian, ...]] = field(
        N_("Parents, guardians, support persons"), rows=Guardian, group=FAMILY, required=True, sample=SAMPLE_GUARDIANS
    )
    household: Mapped[tuple[HouseholdMember, ...]] = field(
        N_("People in the home"), rows=HouseholdMember, group=FAMILY, sample=SAMPLE_HOUSEHOLD
    )

    disabilities: Mapped[tuple[Disability, ...]] = field(
        N_("Difficulty with"), choices=Disability, group=HEALTH, sample=(Disability.SEEING,)
    )
    support_needed: Mapped[str | None] = field(
        N_("Support needed"), kind=Kind.TEXT, group=HEALTH, shown_when=has_disability, sample="ត្រូវការវ៉ែនតា និងអក្សរធំៗ"
    )

    schooling: Mapped[SchoolStatus | None] = field(N_("School now"), group=SCHOOL, sample=SchoolStatus.LEFT)
    last_grade: Mapped[Grade | None] = field(N_("Last grade completed"), group=SCHOOL, sample=Grade.G7)
    school: Mapped[str | None] = field(
        N_("Name of the school"), group=SCHOOL, shown_when=goes_to_school, sample="វិទ្យាល័យអង្គរ"
    )
    year_left: Mapped[int | None] = field(
        N_("Year of leaving school"), group=SCHOOL, shown_when=left_school, sample=2025
    )

    documents: Mapped[tuple[Document, ...]] = field(
        N_("Documents held"), choices=Document, group=MORE, sample=(Document.FAMILY_BOOK, Document.BIRTH_CERTIFICATE)
    )
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=MORE, sample="ម្ដាយអាចទាក់ទងបាននៅពេលល្ងាច។")

    search_key: Mapped[str] = mapped_column(default="")
    sort_key_km: Mapped[str] = mapped_column(default="", index=True)
    anonymised_on: Mapped[date | None] = mapped_column(default=None)
    """The day on which all that tells who it is was taken out; from then on nothing of it is changed any more."""
    home_is_rural: Mapped[Answer | None] = mapped_column(default=None)
    """Whether the home lay in a rural district, kept where the district itself is not."""


def full_name(family_km: str | None, given_km: str | None, family_latin: str | None, given_latin: str | None,
              language: str) -> str:  # fmt: skip
    """Return "family given" in the script of that language, else in the other script; empty where none is known."""
    khmer, latin = written(family_km, given_km), written(family_latin, given_latin)
    return (khmer or latin) if language == "km" else (latin or khmer)


def written(family: str | None, given: str | None) -> str:
    """Return "family given" in one script; empty where neither is known."""
    return f"{family} {given}" if family and given else family or given or ""


def child_name(child: Child, language: str) -> str:
    """Return what to call a child on screen in that language ("km" or "en"); never empty.

    Family and given name in the language's script, else in the other, else the nickname, else the code.
    """
    named = full_name(
        child.family_name_km, child.given_name_km, child.family_name_latin, child.given_name_latin, language
    )
    return named or child.nickname or child.code or "–"
