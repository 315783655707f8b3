"""A visit to a child in detention: what was seen, what the child said, what has to be done."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind, Rating
from casemgr.records.pathway.detention_answers import AdultSeparation, FamilyContact, VisitAction, VisitHow
from casemgr.records.stage import Clock, Event, Order, RecordKind, field_time, no_time

VISIT = Group("visit", N_("The visit"))
PLACE = Group(
    "place", N_("What the place is like"), N_("Rate 1 weak to 4 very good. What is rated 1 or 2 needs an action.")
)
HEALTH = Group(
    "health",
    N_("Health and safety"),
    N_("Ask in private. These answers are for named staff only where so marked."),
)
CONTACTS = Group("contacts", N_("Family, lawyer and court"))
VOICE = Group("voice", N_("The child's voice"), N_("In the child's own words where you can."))
ACTIONS = Group("actions", N_("What has to be done"))


def not_in_person(visit: "DetentionVisit") -> bool:
    """Whether the child was not met face to face."""
    return visit.how not in (None, VisitHow.IN_PERSON)


def harm_reported(visit: "DetentionVisit") -> bool:
    """Whether injuries or violence are reported."""
    return Answer.YES in (visit.injuries, visit.violence)


def lawyer_in_contact(visit: "DetentionVisit") -> bool:
    """Whether the child has contact with a lawyer."""
    return visit.lawyer_contact is Answer.YES


class DetentionVisit(CaseRecord):
    """One visit to a child in detention, or to a mother in prison with her child."""

    __tablename__ = "detention_visit"
    title: ClassVar[str] = N_("Visit in detention")

    visited_on: Mapped[date | None] = field(N_("Visited on"), group=VISIT, required=True, sample=date(2026, 12, 3))
    hours: Mapped[str | None] = field(N_("Time, from and to"), group=VISIT, sample="៩:០០ ដល់ ១០:១៥")
    visitor: Mapped[str | None] = field(N_("Visitor"), group=VISIT, sample="ចាន់ ស្រីនិច")
    how: Mapped[VisitHow | None] = field(N_("How"), group=VISIT, sample=VisitHow.IN_PERSON)
    not_in_person_reason: Mapped[str | None] = field(
        N_("Why not in person"), group=VISIT, shown_when=not_in_person, sample="ពន្ធនាគារផ្អាកការចូលសួរសុខទុក្ខ"
    )
    facility: Mapped[str | None] = field(
        N_("Place visited"), group=VISIT, sample="ពន្ធនាគារខេត្តសៀមរាប",
        help=N_("Leave it empty where it is the place of the detention."),
    )  # fmt: skip
    staff_met: Mapped[str | None] = field(N_("Staff of the place met"), group=VISIT, sample="អនុប្រធានពន្ធនាគារ")
    seen_in_private: Mapped[Answer | None] = field(
        N_("Child seen in private?"), group=VISIT, required=True, sample=Answer.YES,
        help=N_("Where no guard could hear what was said."),
    )  # fmt: skip

    with_adults: Mapped[AdultSeparation | None] = field(
        N_("Separation from adults"), group=PLACE, required=True, sample=AdultSeparation.AT_NIGHT
    )
    in_cell: Mapped[int | None] = field(N_("People in the cell"), group=PLACE, sample=24)
    cell_capacity: Mapped[int | None] = field(N_("Places in the cell"), group=PLACE, sample=12)
    food: Mapped[Rating | None] = field(N_("Food"), group=PLACE, sample=Rating.MEDIUM)
    water: Mapped[Rating | None] = field(N_("Water"), group=PLACE, sample=Rating.GOOD)
    bedding: Mapped[Rating | None] = field(N_("Bedding"), group=PLACE, sample=Rating.WEAK)
    sanitation: Mapped[Rating | None] = field(N_("Toilets and washing"), group=PLACE, sample=Rating.MEDIUM)
    light_air: Mapped[Rating | None] = field(N_("Light and air"), group=PLACE, sample=Rating.MEDIUM)
    health_care: Mapped[Rating | None] = field(N_("Health care"), group=PLACE, sample=Rating.GOOD)
    education: Mapped[Answer | None] = field(N_("Does the child get schooling?"), group=PLACE, sample=Answer.NO)
    training: Mapped[Answer | None] = field(
        N_("Does the child get vocational training?"), group=PLACE, sample=Answer.NO
    )
    outdoor_hours: Mapped[int | None] = field(N_("Hours outdoors a day"), group=PLACE, sample=1)
    discipline: Mapped[str | None] = field(
        N_("Discipline and punishments"), kind=Kind.TEXT, group=PLACE, sample="គ្មានការដាក់បន្ទប់ងងឹត ឬដាក់ខ្នោះ"
    )

    health: Mapped[str | None] = field(
        N_("State of health"), kind=Kind.TEXT, group=HEALTH, sample="រមាស់ស្បែក និងគេងមិនសូវលក់"
    )
    injuries: Mapped[Answer | None] = field(N_("Injuries seen?"), group=HEALTH, restricted=True, sample=Answer.NO)
    violence: Mapped[Answer | None] = field(N_("Violence reported?"), group=HEALTH, restricted=True, sample=Answer.NO)
    violence_account: Mapped[str | None] = field(
        N_("What happened, by whom"), kind=Kind.TEXT, group=HEALTH, restricted=True, shown_when=harm_reported,
        sample="កុមារប្រាប់ថា ត្រូវអ្នកជាប់ឃុំម្នាក់វាយនៅពេលយប់។",
    )  # fmt: skip
    complaint_wanted: Mapped[Answer | None] = field(
        N_("Does the child want to complain?"), group=HEALTH, restricted=True, shown_when=harm_reported,
        sample=Answer.NO,
    )  # fmt: skip
    mechanism_known: Mapped[Answer | None] = field(
        N_("Knows where to complain?"), group=HEALTH, sample=Answer.NO,
        help=N_("Whether the child knows whom to tell of ill-treatment."),
    )  # fmt: skip

    family_contact: Mapped[FamilyContact | None] = field(
        N_("Contact with the family"), group=CONTACTS, required=True, sample=FamilyContact.VISITED,
        help=N_("A visit by or to a parent, a guardian or an adult relative."),
    )  # fmt: skip
    last_family_visit_on: Mapped[date | None] = field(
        N_("Last visit of the family on"), group=CONTACTS, sample=date(2026, 11, 29)
    )
    support_paid: Mapped[int | None] = field(
        N_("Paid for the family's visit in riel"), kind=Kind.MONEY, group=CONTACTS, sample=40_000
    )
    lawyer_contact: Mapped[Answer | None] = field(N_("Contact with a lawyer?"), group=CONTACTS, sample=Answer.YES)
    last_lawyer_on: Mapped[date | None] = field(
        N_("Last contact with the lawyer on"), group=CONTACTS, shown_when=lawyer_in_contact, sample=date(2026, 12, 1)
    )
    next_hearing_known: Mapped[Answer | None] = field(
        N_("Does the child know the next hearing?"), group=CONTACTS, sample=Answer.YES
    )
    dates_checked: Mapped[Answer | None] = field(
        N_("Dates of the order checked?"), group=CONTACTS, sample=Answer.YES,
        help=N_("Until when the order allows the detention, and what the register of the place says."),
    )  # fmt: skip

    child_words: Mapped[str | None] = field(
        N_("What the child says"), kind=Kind.TEXT, group=VOICE, sample="«ខ្ញុំនឹកម៉ែ។ ខ្ញុំចង់ដឹងថា ថ្ងៃណាខ្ញុំបានទៅផ្ទះ។»"
    )

    actions: Mapped[tuple[VisitAction, ...]] = field(
        N_("Actions"), rows=VisitAction, group=ACTIONS,
        sample=(
            VisitAction(
                what="យកភួយ និងមុងទៅឱ្យកុមារ", who="ចាន់ ស្រីនិច", by_when=date(2026, 12, 5), done_on=date(2026, 12, 4)
            ),
            VisitAction(
                what="សុំឱ្យគេងដាច់ពីមនុស្សពេញវ័យ", who="លឹម ចន្ទតារា", by_when=date(2026, 12, 8), done_on=None
            ),
        ),
    )  # fmt: skip


def _undone(visit: DetentionVisit) -> list[VisitAction]:
    return [action for action in visit.actions if action.done_on is None]


def _next_action(visit: DetentionVisit) -> date | None:
    """The earliest day by which something still has to be done."""
    return min((action.by_when for action in _undone(visit) if action.by_when is not None), default=None)


def _has_undone(visit: DetentionVisit) -> bool:
    return bool(_undone(visit))


DETENTION_VISIT_RECORD = RecordKind(
    key="detention-visit",
    record=DetentionVisit,
    after=("detention", "arrest", "child-in-prison"),
    is_open=_has_undone,
    clocks=(
        Clock(
            "visit-action", N_("Action after a visit"), starts=field_time("visited_on"), due=_next_action, ends=no_time
        ),
    ),
    events=(Event(field_time("visited_on"), N_("Visited in detention")),),
    orders=(
        Order("last_family_visit_on", "visited_on", N_("The family's last visit would lie after this visit.")),
        Order("last_lawyer_on", "visited_on", N_("The lawyer's last contact would lie after this visit.")),
    ),
    after_birth=("visited_on",),
    happened=("visited_on", "last_family_visit_on", "last_lawyer_on"),
)  # fmt: skip
