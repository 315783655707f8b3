"""The social inquiry report, first half: the report itself, the child, its family and its life (sections 0 to 6)."""

from datetime import date

from sqlalchemy.orm import Mapped

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records import child as person
from casemgr.records.case import Level
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind, Rating
from casemgr.records.pathway import inquiry_answers as say
from casemgr.records.pathway.inquiry_matter import InquiryMatter

OPENING = Group("opening", N_("The report"), number="0")
IDENTITY = Group("identity", N_("Identity"), number="1")
FAMILY = Group("family", N_("Family and household"), number="2")
LIVING = Group(
    "living", N_("Living conditions"), N_("Rate 1 weak to 4 very good. What is rated 1 or 2 goes into the plan."), "3"
)
EDUCATION = Group("education", N_("Education and work"), number="4")
HEALTH = Group("health", N_("Health and mind"), number="5")
PEERS = Group("peers", N_("Friends and community"), number="6")


def left_school(report: "InquiryPerson") -> bool:
    """Whether the child left school."""
    return report.schooling is person.SchoolStatus.LEFT


def has_disability(report: "InquiryPerson") -> bool:
    """Whether some difficulty is ticked."""
    return bool(set(report.disabilities) - {person.Disability.NONE, person.Disability.UNKNOWN,
                                            person.Disability.NOT_ASKED})  # fmt: skip


def not_male(report: "InquiryPerson") -> bool:
    """Whether the question of pregnancy arises."""
    return report.sex is not None and report.sex is not person.Sex.MALE


def was_referred(report: "InquiryPerson") -> bool:
    """Whether the child was referred for help."""
    return report.mental_referral is Answer.YES


def takes_substances(report: "InquiryPerson") -> bool:
    """Whether some substance is ticked."""
    nothing = {say.Substance.NONE, say.Substance.UNKNOWN, say.Substance.NOT_ASKED}
    return bool(set(report.substances) - nothing)


class InquiryPerson(InquiryMatter):
    """Sections 0 to 6 of the report; they stand before those of the class it builds on."""

    __abstract__ = True

    report_number: Mapped[str | None] = field(N_("Report number"), group=OPENING, number="0.1", sample="០១២/២៦")
    place_made: Mapped[str | None] = field(N_("Place"), group=OPENING, number="0.1", sample="សៀមរាប")
    report_date: Mapped[date | None] = field(
        N_("Date of the report"), group=OPENING, number="0.1", required=True, sample=date(2026, 11, 30)
    )  # fmt: skip
    drafted_on: Mapped[date | None] = field(
        N_("Draft finished on"), group=OPENING, number="0.1", sample=date(2026, 11, 28),
        help=N_("It stays in the office and is not printed."),
    )  # fmt: skip
    addressed_to: Mapped[say.Addressee | None] = field(
        N_("Addressed to"), group=OPENING, number="0.2", required=True, sample=say.Addressee.PROSECUTOR
    )  # fmt: skip
    addressed_court: Mapped[str | None] = field(
        N_("Court or office"), group=OPENING, number="0.2", required=True, sample="អយ្យការអមសាលាដំបូងខេត្តសៀមរាប"
    )  # fmt: skip
    request_number: Mapped[str | None] = field(
        N_("Number of the requesting letter"), group=OPENING, number="0.2", sample="៧៨៩/២៦"
    )  # fmt: skip
    requested_on: Mapped[date | None] = field(
        N_("Requested on"), group=OPENING, number="0.2", sample=date(2026, 11, 24)
    )  # fmt: skip
    due_on: Mapped[date | None] = field(
        N_("To be delivered by"), group=OPENING, number="0.2",
        help=N_("The date the prosecutor or court asked for. The law sets none that we know of."),
        sample=date(2026, 12, 4),
    )  # fmt: skip
    court_number: Mapped[str | None] = field(
        N_("Case number at the court"), group=OPENING, number="0.3", sample="៤៥៦/២០២៦"
    )  # fmt: skip
    police_report_number: Mapped[str | None] = field(
        N_("Police report number"), group=OPENING, number="0.3", sample="១២៤/២៦"
    )  # fmt: skip
    author_name: Mapped[str | None] = field(
        N_("Author"), group=OPENING, number="0.4", required=True, sample="ចាន់ ស្រីនិច"
    )  # fmt: skip
    author_function: Mapped[str | None] = field(N_("Function"), group=OPENING, number="0.4", sample="អ្នកកាន់ករណី")
    author_organisation: Mapped[str | None] = field(
        N_("Organisation"), group=OPENING, number="0.4", sample="អង្គការដើម្បីកុមារ"
    )  # fmt: skip
    author_phone: Mapped[str | None] = field(
        N_("Telephone"), kind=Kind.PHONE, group=OPENING, number="0.4", sample="011 555 240"
    )  # fmt: skip
    agent_name: Mapped[str | None] = field(
        N_("Social agent in charge"), group=OPENING, number="0.4",
        help=N_("The state's social agent, who signs the report."), sample="ទេព បូរិន",
    )  # fmt: skip
    interviews: Mapped[tuple[say.Interview, ...]] = field(
        N_("Interviews and visits"), rows=say.Interview, group=OPENING, number="0.4", required=True,
        sample=(
            say.Interview(on=date(2026, 11, 25), where=say.Contact.POLICE, who=say.Interviewee.CHILD, name="ចាន់ ដារ៉ា"),
            say.Interview(on=date(2026, 11, 26), where=say.Contact.HOME, who=say.Interviewee.PARENT, name="អ៊ុំ សុផល"),
            say.Interview(on=date(2026, 11, 27), where=say.Contact.SCHOOL, who=say.Interviewee.TEACHER, name="សេង វណ្ណ"),
        ),
    )  # fmt: skip
    sources: Mapped[tuple[say.Source, ...]] = field(
        N_("Sources"), choices=say.Source, group=OPENING, number="0.5", required=True,
        sample=(say.Source.CHILD, say.Source.FAMILY, say.Source.SCHOOL, say.Source.VILLAGE_CHIEF, say.Source.POLICE,),
    )  # fmt: skip
    limits: Mapped[str | None] = field(
        N_("Limits of this report"), kind=Kind.TEXT, group=OPENING, number="0.5",
        help=N_("What could not be checked, who could not be reached."), sample="មិនទាន់បានជួបជនរងគ្រោះដោយផ្ទាល់ទេ។",
    )  # fmt: skip
    purpose_explained: Mapped[Answer | None] = field(
        N_("Purpose explained to the child?"), group=OPENING, number="0.6", required=True, sample=Answer.YES
    )  # fmt: skip
    confidentiality_explained: Mapped[Answer | None] = field(
        N_("Confidentiality explained?"), group=OPENING, number="0.6", sample=Answer.YES
    )  # fmt: skip
    child_agrees: Mapped[Answer | None] = field(
        N_("Does the child agree?"), group=OPENING, number="0.6", required=True, sample=Answer.YES
    )  # fmt: skip
    guardian_agrees: Mapped[Answer | None] = field(
        N_("Does the guardian agree?"), group=OPENING, number="0.6", sample=Answer.YES
    )  # fmt: skip
    explained_on: Mapped[date | None] = field(
        N_("Explained on"), group=OPENING, number="0.6", sample=date(2026, 11, 25)
    )  # fmt: skip

    family_name_km: Mapped[str | None] = field(
        N_("Family name in Khmer"), group=IDENTITY, number="1.1", required=True, sample="ចាន់"
    )  # fmt: skip
    given_name_km: Mapped[str | None] = field(
        N_("Given name in Khmer"), group=IDENTITY, number="1.1", required=True, sample="ដារ៉ា"
    )  # fmt: skip
    family_name_latin: Mapped[str | None] = field(
        N_("Family name in Latin letters"), group=IDENTITY, number="1.1", sample="Chan"
    )  # fmt: skip
    given_name_latin: Mapped[str | None] = field(
        N_("Given name in Latin letters"), group=IDENTITY, number="1.1", sample="Dara"
    )  # fmt: skip
    nickname: Mapped[str | None] = field(N_("Nickname"), group=IDENTITY, number="1.1", sample="តូច")
    sex: Mapped[person.Sex | None] = field(
        N_("Sex"), group=IDENTITY, number="1.2", required=True, sample=person.Sex.MALE
    )  # fmt: skip
    born: Mapped[PartialDate | None] = field(
        N_("Date of birth"), group=IDENTITY, number="1.2", required=True, sample=PartialDate.of(2011, 3, 12)
    )  # fmt: skip
    birth_evidence: Mapped[person.BirthEvidence | None] = field(
        N_("Evidence of the date of birth"), group=IDENTITY, number="1.2", required=True,
        sample=person.BirthEvidence.FAMILY_BOOK,
    )  # fmt: skip
    stated_age: Mapped[int | None] = field(N_("Age as stated"), group=IDENTITY, number="1.2", sample=16)
    birth_place_code: Mapped[str | None] = field(
        N_("Place of birth"), kind=Kind.PLACE, group=IDENTITY, number="1.3", sample="17070102"
    )  # fmt: skip
    nationality: Mapped[person.Nationality | None] = field(
        N_("Nationality"), group=IDENTITY, number="1.3", sample=person.Nationality.CAMBODIAN
    )  # fmt: skip
    ethnicity: Mapped[person.Ethnicity | None] = field(
        N_("Ethnic group"), group=IDENTITY, number="1.3", sample=person.Ethnicity.KHMER
    )  # fmt: skip
    language: Mapped[str | None] = field(N_("Language spoken"), group=IDENTITY, number="1.3", sample="ខ្មែរ")
    religion: Mapped[person.Religion | None] = field(
        N_("Religion"), group=IDENTITY, number="1.3", sample=person.Religion.BUDDHIST
    )  # fmt: skip
    documents: Mapped[tuple[person.Document, ...]] = field(
        N_("Documents held"), choices=person.Document, group=IDENTITY, number="1.3",
        sample=(person.Document.FAMILY_BOOK, person.Document.BIRTH_CERTIFICATE,),
    )  # fmt: skip
    village_code: Mapped[str | None] = field(
        N_("Village, commune, district, province"), kind=Kind.PLACE, group=IDENTITY, number="1.4", required=True,
        sample="17100401",
    )  # fmt: skip
    house: Mapped[str | None] = field(N_("House number"), group=IDENTITY, number="1.4", sample="២៤")
    street: Mapped[str | None] = field(N_("Street"), group=IDENTITY, number="1.4", sample="៥")
    living_with: Mapped[person.LivingWith | None] = field(
        N_("Lives with"), group=IDENTITY, number="1.4", sample=person.LivingWith.BOTH_PARENTS
    )  # fmt: skip
    phone: Mapped[str | None] = field(
        N_("Telephone"), kind=Kind.PHONE, group=IDENTITY, number="1.4", sample="097 555 0123"
    )  # fmt: skip
    marital_status: Mapped[say.MaritalStatus | None] = field(
        N_("Marital status"), group=IDENTITY, number="1.5", sample=say.MaritalStatus.SINGLE
    )  # fmt: skip
    own_children: Mapped[int | None] = field(N_("Number of own children"), group=IDENTITY, number="1.5", sample=0)
    guardians: Mapped[tuple[person.Guardian, ...]] = field(
        N_("Parents, guardians, support persons"), rows=person.Guardian, group=IDENTITY, number="1.6", required=True,
        sample=person.SAMPLE_GUARDIANS,
    )  # fmt: skip

    father_name: Mapped[str | None] = field(N_("Name of the father"), group=FAMILY, number="2.1", sample="ចាន់ សំអឿន")
    father_state: Mapped[say.ParentState | None] = field(
        N_("Where is the father?"), group=FAMILY, number="2.1", sample=say.ParentState.MIGRATED
    )  # fmt: skip
    father_work: Mapped[str | None] = field(
        N_("Work of the father"), group=FAMILY, number="2.1", sample="កម្មករសំណង់នៅប្រទេសថៃ"
    )  # fmt: skip
    father_health: Mapped[str | None] = field(N_("Health of the father"), group=FAMILY, number="2.1", sample="ធម្មតា")
    father_phone: Mapped[str | None] = field(
        N_("Telephone of the father"), kind=Kind.PHONE, group=FAMILY, number="2.1", sample="092 555 310"
    )  # fmt: skip
    mother_name: Mapped[str | None] = field(N_("Name of the mother"), group=FAMILY, number="2.1", sample="អ៊ុំ សុផល")
    mother_state: Mapped[say.ParentState | None] = field(
        N_("Where is the mother?"), group=FAMILY, number="2.1", sample=say.ParentState.AT_HOME
    )  # fmt: skip
    mother_work: Mapped[str | None] = field(
        N_("Work of the mother"), group=FAMILY, number="2.1", sample="លក់បន្លែនៅផ្សារ"
    )  # fmt: skip
    mother_health: Mapped[str | None] = field(
        N_("Health of the mother"), group=FAMILY, number="2.1", sample="ឈឺចង្កេះញឹកញាប់"
    )  # fmt: skip
    mother_phone: Mapped[str | None] = field(
        N_("Telephone of the mother"), kind=Kind.PHONE, group=FAMILY, number="2.1", sample="012 345 678"
    )  # fmt: skip
    household: Mapped[tuple[person.HouseholdMember, ...]] = field(
        N_("People in the home"), rows=person.HouseholdMember, group=FAMILY, number="2.2",
        sample=person.SAMPLE_HOUSEHOLD,
    )  # fmt: skip
    children_home: Mapped[int | None] = field(N_("Children in the home"), group=FAMILY, number="2.3", sample=3)
    boys_home: Mapped[int | None] = field(N_("Boys"), group=FAMILY, number="2.3", sample=1)
    girls_home: Mapped[int | None] = field(N_("Girls"), group=FAMILY, number="2.3", sample=2)
    siblings: Mapped[int | None] = field(N_("Brothers and sisters"), group=FAMILY, number="2.3", sample=3)
    birth_position: Mapped[int | None] = field(
        N_("Position among them"), group=FAMILY, number="2.3", help=N_("1 is the eldest."), sample=2
    )  # fmt: skip
    separation: Mapped[tuple[say.Separation, ...]] = field(
        N_("Without parents' care?"), choices=say.Separation, group=FAMILY, number="2.4", sample=(say.Separation.NONE,)
    )  # fmt: skip
    income: Mapped[int | None] = field(
        N_("Family income a month in riel"), kind=Kind.MONEY, group=FAMILY, number="2.5", sample=600_000
    )  # fmt: skip
    debt: Mapped[int | None] = field(
        N_("Family debt in riel"), kind=Kind.MONEY, group=FAMILY, number="2.5", sample=2_000_000
    )  # fmt: skip
    land: Mapped[str | None] = field(N_("Land"), group=FAMILY, number="2.5", sample="ដីផ្ទះ ៥ម គុណ ២០ម")
    housing: Mapped[say.Housing | None] = field(N_("Home"), group=FAMILY, number="2.5", sample=say.Housing.OWN)
    id_poor: Mapped[say.IdPoor | None] = field(N_("IDPoor card"), group=FAMILY, number="2.5", sample=say.IdPoor.LEVEL_2)
    other_support: Mapped[str | None] = field(
        N_("Other support"), group=FAMILY, number="2.5", sample="អង្ករពីវត្តម្តងម្កាល"
    )  # fmt: skip
    carer_problems: Mapped[tuple[say.CarerProblem, ...]] = field(
        N_("Problems of the parents or carers"), choices=say.CarerProblem, group=FAMILY, number="2.6",
        sample=(say.CarerProblem.ILLNESS,),
    )  # fmt: skip
    carer_hiv: Mapped[Answer | None] = field(
        N_("Parent or carer living with HIV?"), group=FAMILY, number="2.6", restricted=True, sample=Answer.NOT_ASKED
    )  # fmt: skip
    family_relations: Mapped[Rating | None] = field(
        N_("Relations in the family"), group=FAMILY, number="2.7", sample=Rating.GOOD
    )  # fmt: skip
    supervision: Mapped[Rating | None] = field(
        N_("Supervision of the child"), group=FAMILY, number="2.7", sample=Rating.MEDIUM
    )  # fmt: skip
    upbringing: Mapped[Rating | None] = field(N_("Way of discipline"), group=FAMILY, number="2.7", sample=Rating.GOOD)
    home_violence: Mapped[Answer | None] = field(
        N_("Violence in the home?"), group=FAMILY, number="2.7", sample=Answer.NO
    )  # fmt: skip
    family_remarks: Mapped[str | None] = field(
        N_("Remarks on the family"), kind=Kind.TEXT, group=FAMILY, number="2.7",
        sample="ឪពុកធ្វើការនៅឆ្ងាយ ម្ដាយត្រូវលក់ដូរពេញមួយថ្ងៃ ដូច្នេះកុមារនៅម្នាក់ឯងច្រើន។ ទំនាក់ទំនងជាមួយម្ដាយល្អ។",
    )  # fmt: skip
    parents_view: Mapped[str | None] = field(
        N_("Parents' view of the offence"), kind=Kind.TEXT, group=FAMILY, number="2.8",
        sample="ម្ដាយសោកស្ដាយ និងចង់សុំទោសជនរងគ្រោះ។",
    )  # fmt: skip
    parents_action: Mapped[str | None] = field(
        N_("What the parents did about it"), kind=Kind.TEXT, group=FAMILY, number="2.8",
        sample="ម្ដាយបានសងទូរស័ព្ទវិញ ហើយបានដាស់តឿនកូន។",
    )  # fmt: skip
    will_receive: Mapped[Answer | None] = field(
        N_("Will they take the child back?"), group=FAMILY, number="2.9", required=True, sample=Answer.YES
    )  # fmt: skip
    can_supervise: Mapped[Answer | None] = field(
        N_("Can they supervise the child?"), group=FAMILY, number="2.9", required=True, sample=Answer.YES
    )  # fmt: skip
    receive_remarks: Mapped[str | None] = field(
        N_("How they will supervise"), kind=Kind.TEXT, group=FAMILY, number="2.9",
        sample="ជីដូននឹងមើលថែនៅពេលថ្ងៃ ម្ដាយនៅពេលល្ងាច។",
    )  # fmt: skip

    food: Mapped[Rating | None] = field(N_("Food"), group=LIVING, number="3.1", sample=Rating.GOOD)
    shelter: Mapped[Rating | None] = field(N_("Shelter"), group=LIVING, number="3.2", sample=Rating.MEDIUM)
    clothing: Mapped[Rating | None] = field(N_("Clothing"), group=LIVING, number="3.3", sample=Rating.GOOD)
    home_safety: Mapped[Rating | None] = field(N_("Safety of the home"), group=LIVING, number="3.4", sample=Rating.GOOD)
    neighbourhood: Mapped[Rating | None] = field(N_("Neighbourhood"), group=LIVING, number="3.5", sample=Rating.MEDIUM)
    migration: Mapped[str | None] = field(
        N_("Moves and migration"), kind=Kind.TEXT, group=LIVING, number="3.6",
        sample="គ្រួសារបានផ្លាស់មកពីស្រុកពួកក្នុងឆ្នាំ ២០២០។",
    )  # fmt: skip
    living_remarks: Mapped[str | None] = field(
        N_("Remarks on living conditions"), kind=Kind.TEXT, group=LIVING, number="3.7",
        sample="ផ្ទះឈើមួយជាន់ មានទឹក និងភ្លើង។",
    )  # fmt: skip

    literate: Mapped[Answer | None] = field(
        N_("Can the child read and write?"), group=EDUCATION, number="4.1", sample=Answer.YES
    )  # fmt: skip
    schooling: Mapped[person.SchoolStatus | None] = field(
        N_("School now"), group=EDUCATION, number="4.1", sample=person.SchoolStatus.LEFT
    )  # fmt: skip
    last_grade: Mapped[person.Grade | None] = field(
        N_("Last grade completed"), group=EDUCATION, number="4.1", sample=person.Grade.G7
    )  # fmt: skip
    school: Mapped[str | None] = field(N_("Name of the school"), group=EDUCATION, number="4.1", sample="វិទ្យាល័យអង្គរ")
    year_left: Mapped[int | None] = field(
        N_("Year of leaving school"), group=EDUCATION, number="4.1", shown_when=left_school, sample=2025
    )  # fmt: skip
    leaving_reason: Mapped[say.LeavingReason | None] = field(
        N_("Reason for leaving"), group=EDUCATION, number="4.1", shown_when=left_school,
        sample=say.LeavingReason.POVERTY,
    )  # fmt: skip
    teacher_view: Mapped[str | None] = field(
        N_("View of the teacher"), kind=Kind.TEXT, group=EDUCATION, number="4.1",
        sample="ជាសិស្សរៀនមធ្យម មានសីលធម៌ល្អ តែអវត្តមានញឹកញាប់មុនឈប់រៀន។",
    )  # fmt: skip
    training_done: Mapped[str | None] = field(
        N_("Vocational training done"), kind=Kind.TEXT, group=EDUCATION, number="4.2", sample="មិនទាន់មាន"
    )  # fmt: skip
    training_wanted: Mapped[str | None] = field(
        N_("Training wanted"), kind=Kind.TEXT, group=EDUCATION, number="4.2", sample="ជួសជុលម៉ូតូ"
    )  # fmt: skip
    work_history: Mapped[str | None] = field(
        N_("Work so far"), kind=Kind.TEXT, group=EDUCATION, number="4.3",
        sample="ជួយលក់ទំនិញនៅផ្សារ និងលាងម៉ូតូពេលព្រឹក។",
    )  # fmt: skip
    hazardous_work: Mapped[Answer | None] = field(
        N_("Dangerous work?"), group=EDUCATION, number="4.3", sample=Answer.NO
    )  # fmt: skip
    forced_work: Mapped[Answer | None] = field(N_("Forced work?"), group=EDUCATION, number="4.3", sample=Answer.NO)
    pay: Mapped[int | None] = field(
        N_("Pay a month in riel"), kind=Kind.MONEY, group=EDUCATION, number="4.3", sample=200_000
    )  # fmt: skip

    physical_health: Mapped[Rating | None] = field(
        N_("Physical health"), group=HEALTH, number="5.1", sample=Rating.GOOD
    )  # fmt: skip
    illness: Mapped[str | None] = field(N_("Illness"), group=HEALTH, number="5.1", sample="គ្មាន")
    medication: Mapped[str | None] = field(N_("Medication"), group=HEALTH, number="5.1", sample="គ្មាន")
    disabilities: Mapped[tuple[person.Disability, ...]] = field(
        N_("Difficulty with"), choices=person.Disability, group=HEALTH, number="5.1", sample=(person.Disability.SEEING,)
    )  # fmt: skip
    support_needed: Mapped[str | None] = field(
        N_("Support needed"), group=HEALTH, number="5.1", shown_when=has_disability, sample="វ៉ែនតា"
    )  # fmt: skip
    hiv: Mapped[say.Hiv | None] = field(
        N_("HIV status"), group=HEALTH, number="5.2", restricted=True,
        help=N_("Ask only where it serves the child, and write only what the child wants written."),
        sample=say.Hiv.NOT_ASKED,
    )  # fmt: skip
    pregnant: Mapped[Answer | None] = field(
        N_("Pregnant?"), group=HEALTH, number="5.2", restricted=True, shown_when=not_male, sample=Answer.NO
    )  # fmt: skip
    mental_health: Mapped[Rating | None] = field(N_("State of mind"), group=HEALTH, number="5.3", sample=Rating.MEDIUM)
    distress: Mapped[str | None] = field(
        N_("Distress or trauma"), kind=Kind.TEXT, group=HEALTH, number="5.3",
        sample="ភ័យខ្លាច និងគេងមិនសូវលក់ ចាប់តាំងពីពេលចាប់ខ្លួន។",
    )  # fmt: skip
    self_harm_risk: Mapped[Level | None] = field(N_("Risk of self-harm"), group=HEALTH, number="5.3", sample=Level.LOW)
    mental_referral: Mapped[Answer | None] = field(
        N_("Referred for help?"), group=HEALTH, number="5.3", sample=Answer.NO
    )  # fmt: skip
    referred_to: Mapped[str | None] = field(
        N_("Referred to"), group=HEALTH, number="5.3", shown_when=was_referred, sample="មណ្ឌលសុខភាព"
    )  # fmt: skip
    exposures: Mapped[tuple[say.Exposure, ...]] = field(
        N_("Harm lived through"), choices=say.Exposure, group=HEALTH, number="5.4", sample=(say.Exposure.NONE,)
    )  # fmt: skip
    used_by_adult: Mapped[Answer | None] = field(
        N_("Used by an adult to offend?"), group=HEALTH, number="5.4",
        help=N_("An adult who makes a minor offend commits an offence (Penal Code, article 345)."), sample=Answer.NO,
    )  # fmt: skip
    exposure_remarks: Mapped[str | None] = field(
        N_("Remarks on harm"), kind=Kind.TEXT, group=HEALTH, number="5.4", sample="កុមារមិនបានរៀបរាប់ពីអំពើហិង្សាទេ។"
    )  # fmt: skip
    substances: Mapped[tuple[say.Substance, ...]] = field(
        N_("Substances taken"), choices=say.Substance, group=HEALTH, number="5.5", sample=(say.Substance.TOBACCO,)
    )  # fmt: skip
    substance_frequency: Mapped[say.Frequency | None] = field(
        N_("How often"), group=HEALTH, number="5.5", shown_when=takes_substances, sample=say.Frequency.SOMETIMES
    )  # fmt: skip
    substance_since: Mapped[str | None] = field(
        N_("Since when"), group=HEALTH, number="5.5", shown_when=takes_substances, sample="ឆ្នាំ ២០២៥"
    )  # fmt: skip
    treatment_wish: Mapped[Answer | None] = field(
        N_("Wants help to stop?"), group=HEALTH, number="5.5", shown_when=takes_substances, sample=Answer.YES
    )  # fmt: skip
    gambles: Mapped[Answer | None] = field(N_("Gambles?"), group=HEALTH, number="5.6", sample=Answer.NO)
    internet_use: Mapped[str | None] = field(
        N_("Use of the internet"), group=HEALTH, number="5.6", sample="ហ្វេសប៊ុក និងហ្គេម ប្រហែល ២ ម៉ោងក្នុងមួយថ្ងៃ"
    )  # fmt: skip
    interests: Mapped[str | None] = field(
        N_("Interests, talents and beliefs"), kind=Kind.TEXT, group=HEALTH, number="5.7",
        sample="ចូលចិត្តលេងបាល់ទាត់ និងជួសជុលគ្រឿងម៉ាស៊ីន។",
    )  # fmt: skip
    daily_life: Mapped[str | None] = field(
        N_("A usual day"), kind=Kind.TEXT, group=HEALTH, number="5.7",
        sample="ព្រឹកជួយម្ដាយលក់បន្លែ រសៀលលេងបាល់ទាត់ ល្ងាចនៅផ្ទះ។",
    )  # fmt: skip

    company: Mapped[tuple[say.Company, ...]] = field(
        N_("Spends time with"), choices=say.Company, group=PEERS, number="6.1",
        sample=(say.Company.SAME_AGE, say.Company.OLDER,),
    )  # fmt: skip
    friends: Mapped[str | None] = field(
        N_("Friends and their influence"), kind=Kind.TEXT, group=PEERS, number="6.1",
        sample="មានមិត្តភក្ដិចាស់ជាងពីរនាក់ ដែលមិនទៅរៀន។",
    )  # fmt: skip
    village_relations: Mapped[Rating | None] = field(
        N_("Relations in the village"), group=PEERS, number="6.2", sample=Rating.GOOD
    )  # fmt: skip
    village_remarks: Mapped[str | None] = field(
        N_("Remarks on the village"), kind=Kind.TEXT, group=PEERS, number="6.2",
        sample="អ្នកជិតខាងនិយាយថា កុមារសុភាព និងចេះជួយគេ។",
    )  # fmt: skip
