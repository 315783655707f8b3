"""The social inquiry report, second half: past, offence, voices, assessment, proposal, result (sections 7 to 17)."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from casemgr.clock import PartialDate, local
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import Level, OffenceCategory, OffenceClass
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway import inquiry_answers as say

PAST = Group("past", N_("Earlier contacts with the law"), number="7")
OFFENCE = Group(
    "offence", N_("The offence"), N_("A child need not speak of the facts. Write what the child chose to say."), "8"
)
VOICE = Group("voice", N_("The child's voice"), N_("In the child's own words where you can."), "9")
VICTIM = Group("victim", N_("The victim"), number="10")
COMMUNITY = Group("community", N_("The community"), number="11")
ASSESSMENT = Group("assessment", N_("Assessment"), number="12")
DETENTION = Group(
    "detention", N_("Need for detention"), N_("Detention is the last resort, for the shortest time."), "13"
)
RECOMMENDATION = Group("recommendation", N_("Recommendation"), number="14")
PLAN = Group("plan", N_("Plan"), number="15")
SIGNATURES = Group("signatures", N_("Signatures"), number="16")
HANDOVER = Group("handover", N_("Handing over and result"), number="17")


def had_contact(report: "InquiryMatter") -> bool:
    """Whether there were earlier contacts with the law."""
    return report.earlier_contact is Answer.YES


def is_detained(report: "InquiryMatter") -> bool:
    """Whether the child is or was in detention."""
    return report.detained_since is not None


def hearing_known(report: "InquiryMatter") -> bool:
    """Whether there is a hearing to speak of."""
    return report.hearing_on is not None


def result_known(report: "InquiryMatter") -> bool:
    """Whether the court decided."""
    return report.court_result not in (None, say.CourtResult.PENDING, say.CourtResult.UNKNOWN)


class InquiryMatter(CaseRecord):
    """Sections 7 to 17 of the report."""

    __abstract__ = True

    earlier_contact: Mapped[Answer | None] = field(
        N_("Earlier contact with the law?"), group=PAST, number="7.1", required=True, sample=Answer.YES
    )  # fmt: skip
    past: Mapped[tuple[say.PastContact, ...]] = field(
        N_("Earlier contacts"), rows=say.PastContact, group=PAST, number="7.2", shown_when=had_contact,
        sample=(
            say.PastContact(
                on=PartialDate.of(2025, 8), what=say.PastContactKind.WARNING, reason="លួចផ្លែឈើ",
                outcome="ដាស់តឿនដោយផ្ទាល់មាត់",
            ),
        ),
    )  # fmt: skip
    family_agencies: Mapped[str | None] = field(
        N_("Agencies that know the family"), kind=Kind.TEXT, group=PAST, number="7.3", sample="គ.ក.ន.ក សង្កាត់សាលាកំរើក"
    )  # fmt: skip

    offences: Mapped[tuple[say.AllegedOffence, ...]] = field(
        N_("Alleged offences"), rows=say.AllegedOffence, group=OFFENCE, number="8.1", required=True,
        sample=(
            say.AllegedOffence(
                category=OffenceCategory.THEFT, article="353, 356", offence_class=OffenceClass.MISDEMEANOUR,
                committed_on=PartialDate.of(2026, 11, 21), place="ផ្សារលើ",
            ),
        ),
    )  # fmt: skip
    co_accused: Mapped[str | None] = field(
        N_("Co-accused"), group=OFFENCE, number="8.1", sample="មិត្តម្នាក់ អាយុ ១៧ ឆ្នាំ"
    )  # fmt: skip
    adult_involved: Mapped[Answer | None] = field(N_("Adult involved?"), group=OFFENCE, number="8.1", sample=Answer.NO)
    facts: Mapped[str | None] = field(
        N_("The facts as the child tells them"), kind=Kind.TEXT, group=OFFENCE, number="8.2",
        help=N_("A child need not speak of the facts. Write what the child chose to say."),
        sample="កុមារប្រាប់ថា បានឃើញទូរស័ព្ទដាក់លើតុ ហើយមិត្តបានបបួលឱ្យយក។ ក្រោយមក កុមារភ័យ និងចង់យកទៅសងវិញ តែនគរបាលបានមកដល់មុន។",
    )  # fmt: skip
    causes: Mapped[tuple[say.Cause, ...]] = field(
        N_("Reasons"), choices=say.Cause, group=OFFENCE, number="8.3", sample=(say.Cause.POVERTY, say.Cause.PRESSURE,)
    )  # fmt: skip
    circumstances: Mapped[str | None] = field(
        N_("Circumstances"), kind=Kind.TEXT, group=OFFENCE, number="8.3",
        sample="ក្នុងពេលនោះ គ្រួសារខ្វះប្រាក់សម្រាប់ថ្លៃព្យាបាលម្ដាយ។",
    )  # fmt: skip
    arrested_at: Mapped[datetime | None] = field(
        N_("Arrested at"), group=OFFENCE, number="8.4", sample=local(2026, 11, 22, 19, 30)
    )  # fmt: skip
    custody_ended_at: Mapped[datetime | None] = field(
        N_("Police custody ended at"), group=OFFENCE, number="8.4", sample=local(2026, 11, 23, 15, 0)
    )  # fmt: skip
    detained_since: Mapped[date | None] = field(
        N_("In detention since"), group=OFFENCE, number="8.4", help=N_("Leave it empty when the child is free."),
        sample=date(2026, 11, 23),
    )  # fmt: skip
    detention_place: Mapped[str | None] = field(
        N_("Place of detention"), group=OFFENCE, number="8.4", shown_when=is_detained, sample="ពន្ធនាគារខេត្តសៀមរាប"
    )  # fmt: skip
    treatment: Mapped[str | None] = field(
        N_("Treatment in custody"), kind=Kind.TEXT, group=OFFENCE, number="8.4",
        sample="កុមារប្រាប់ថា ទទួលបានអាហារ និងទឹកគ្រប់គ្រាន់។",
    )  # fmt: skip
    complaints: Mapped[str | None] = field(
        N_("Complaints of the child"), kind=Kind.TEXT, group=OFFENCE, number="8.4", sample="គ្មាន"
    )  # fmt: skip

    explanation: Mapped[str | None] = field(
        N_("The child's explanation"), kind=Kind.TEXT, group=VOICE, number="9.1", required=True,
        sample="«ខ្ញុំដឹងថាខ្ញុំធ្វើខុស។ ខ្ញុំចង់បានលុយជួយម្ដាយ។»",
    )  # fmt: skip
    feeling: Mapped[str | None] = field(
        N_("Feelings about the harm"), kind=Kind.TEXT, group=VOICE, number="9.2",
        sample="កុមារមានវិប្បដិសារី និងចង់សុំទោសម្ចាស់ទូរស័ព្ទ។",
    )  # fmt: skip
    acceptance: Mapped[say.Acceptance | None] = field(
        N_("Position on the accusation"), group=VOICE, number="9.3", required=True, sample=say.Acceptance.ACCEPTS
    )  # fmt: skip
    wishes: Mapped[str | None] = field(
        N_("Wishes for the future"), kind=Kind.TEXT, group=VOICE, number="9.4",
        sample="ចង់រៀនជួសជុលម៉ូតូ និងបើកហាងតូចមួយ។",
    )  # fmt: skip
    view_on_measures: Mapped[str | None] = field(
        N_("View on the proposed measures"), kind=Kind.TEXT, group=VOICE, number="9.5", required=True,
        sample="យល់ព្រមសុំទោស និងចូលរៀនជំនាញ។",
    )  # fmt: skip

    losses: Mapped[tuple[say.Loss, ...]] = field(
        N_("Losses and injuries"), rows=say.Loss, group=VICTIM, number="10.1",
        sample=(
            say.Loss(item="ទូរស័ព្ទដៃមួយគ្រឿង", amount=600_000, repaired=600_000),
            say.Loss(item="ថ្លៃធ្វើដំណើរទៅនគរបាល", amount=20_000, repaired=0),
        ),
    )  # fmt: skip
    victim_contacted: Mapped[Answer | None] = field(
        N_("Victim spoken to?"), group=VICTIM, number="10.2", sample=Answer.YES
    )  # fmt: skip
    victim_attitude: Mapped[str | None] = field(
        N_("Attitude of the victim"), kind=Kind.TEXT, group=VICTIM, number="10.2",
        sample="បានទទួលទូរស័ព្ទវិញ និងមិនចង់ឱ្យកុមារជាប់ពន្ធនាគារទេ។",
    )  # fmt: skip
    repair: Mapped[str | None] = field(
        N_("Repair made or agreed"), kind=Kind.TEXT, group=VICTIM, number="10.3",
        sample="បានប្រគល់ទូរស័ព្ទជូនវិញនៅថ្ងៃទី ២៤ វិច្ឆិកា។",
    )  # fmt: skip
    meeting_wish: Mapped[say.MeetingWish | None] = field(
        N_("Would the victim meet the child?"), group=VICTIM, number="10.4", sample=say.MeetingWish.MAYBE
    )  # fmt: skip

    community_views: Mapped[tuple[say.CommunityView, ...]] = field(
        N_("Views of the community"), rows=say.CommunityView, group=COMMUNITY, number="11.1",
        sample=(
            say.CommunityView(
                name="សាន ពិសី", who=say.CommunityVoice.VILLAGE_CHIEF, on=date(2026, 11, 26), view="គ្រួសារល្អ គួរឱ្យឱកាស"
            ),
        ),
    )  # fmt: skip
    will_accept: Mapped[Answer | None] = field(
        N_("Will the community accept the child?"), group=COMMUNITY, number="11.2", sample=Answer.YES
    )  # fmt: skip
    community_remarks: Mapped[str | None] = field(
        N_("Remarks on the community"), kind=Kind.TEXT, group=COMMUNITY, number="11.2",
        sample="មេភូមិសុខចិត្តជួយតាមដានកុមារ។",
    )  # fmt: skip

    risks: Mapped[tuple[say.Risk, ...]] = field(
        N_("Risk factors"), choices=say.Risk, group=ASSESSMENT, number="12.1", required=True,
        sample=(say.Risk.PEERS, say.Risk.NO_SCHOOL, say.Risk.POVERTY,),
    )  # fmt: skip
    strengths: Mapped[tuple[say.Strength, ...]] = field(
        N_("Protective factors"), choices=say.Strength, group=ASSESSMENT, number="12.2", required=True,
        sample=(
            say.Strength.FAMILY, say.Strength.REMORSE, say.Strength.REPAIR, say.Strength.GOALS,
            say.Strength.COMMUNITY,
        ),
    )  # fmt: skip
    needs: Mapped[tuple[say.RankedNeed, ...]] = field(
        N_("Needs, the most urgent first"), rows=say.RankedNeed, group=ASSESSMENT, number="12.3",
        sample=(
            say.RankedNeed(need=say.Need.TRAINING, remark="ជំនាញជួសជុលម៉ូតូ"),
            say.RankedNeed(need=say.Need.PSYCHOLOGICAL, remark="ជំនួយផ្លូវចិត្តបន្ទាប់ពីការចាប់ខ្លួន"),
            say.RankedNeed(need=say.Need.FAMILY, remark="ឱ្យម្ដាយមានពេលមើលថែ"),
        ),
    )  # fmt: skip
    reoffending_risk: Mapped[Level | None] = field(
        N_("Risk of a further offence"), group=ASSESSMENT, number="12.4", required=True, sample=Level.LOW
    )  # fmt: skip
    reoffending_reason: Mapped[str | None] = field(
        N_("Why"), kind=Kind.TEXT, group=ASSESSMENT, number="12.4", required=True,
        sample="ជាបទល្មើសដំបូង បានជួសជុលការខូចខាត ហើយគ្រួសារគាំទ្រ។",
    )  # fmt: skip
    child_risk: Mapped[Level | None] = field(
        N_("Risk to the child"), group=ASSESSMENT, number="12.5", sample=Level.MEDIUM
    )  # fmt: skip
    child_risk_reason: Mapped[str | None] = field(
        N_("What threatens the child"), kind=Kind.TEXT, group=ASSESSMENT, number="12.5",
        sample="ការឃុំខ្លួនជាមួយមនុស្សពេញវ័យ និងការខកខានការសិក្សា។",
    )  # fmt: skip
    summary: Mapped[str | None] = field(
        N_("Summary of the assessment"), kind=Kind.TEXT, group=ASSESSMENT, number="12.6", required=True,
        sample="កុមារជាសិស្សឈប់រៀនដោយសារភាពក្រីក្រ។ មានការសោកស្ដាយពិត និងមានគ្រួសារដែលអាចមើលថែបាន។",
    )  # fmt: skip

    detention_avoidable: Mapped[Answer | None] = field(
        N_("Can detention be avoided?"), group=DETENTION, number="13.1", required=True, sample=Answer.YES
    )  # fmt: skip
    alternatives: Mapped[tuple[say.DetentionAlternative, ...]] = field(
        N_("What instead of detention"), choices=say.DetentionAlternative, group=DETENTION, number="13.2",
        required=True,
        sample=(
            say.DetentionAlternative.RETURN_HOME, say.DetentionAlternative.REPORTING,
            say.DetentionAlternative.DIVERSION,
        ),
    )  # fmt: skip
    supervision_plan: Mapped[str | None] = field(
        N_("Who supervises, and how"), kind=Kind.TEXT, group=DETENTION, number="13.3",
        sample="ម្ដាយ និងមេភូមិ រាយការណ៍ជូនភ្នាក់ងារសង្គមរៀងរាល់សប្ដាហ៍។",
    )  # fmt: skip
    detention_reason: Mapped[str | None] = field(
        N_("Reasons"), kind=Kind.TEXT, group=DETENTION, number="13.4",
        sample="មានទីលំនៅច្បាស់លាស់ និងមិនមានហានិភ័យរត់គេចទេ។",
    )  # fmt: skip

    measures: Mapped[tuple[say.Measure, ...]] = field(
        N_("Measures proposed"), choices=say.Measure, group=RECOMMENDATION, number="14.1", required=True,
        sample=(
            say.Measure.APOLOGY, say.Measure.REPAIR, say.Measure.TRAINING, say.Measure.COUNSELLING,
            say.Measure.REPORTING,
        ),
    )  # fmt: skip
    measures_plan: Mapped[str | None] = field(
        N_("Description"), kind=Kind.TEXT, group=RECOMMENDATION, number="14.2", required=True,
        sample="ចូលរៀនជំនាញជួសជុលម៉ូតូ ៦ ខែ និងប្រឹក្សាផ្លូវចិត្តម្តងក្នុងមួយសប្ដាហ៍។",
    )  # fmt: skip
    providers: Mapped[str | None] = field(
        N_("Providers"), kind=Kind.TEXT, group=RECOMMENDATION, number="14.3",
        sample="មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលវិជ្ជាជីវៈខេត្ត និងអង្គការដើម្បីកុមារ",
    )  # fmt: skip
    duration: Mapped[str | None] = field(N_("Duration"), group=RECOMMENDATION, number="14.4", sample="៦ ខែ")
    conditions: Mapped[str | None] = field(
        N_("Conditions"), kind=Kind.TEXT, group=RECOMMENDATION, number="14.5",
        sample="មិនត្រូវជួបមិត្តដែលពាក់ព័ន្ធក្នុងបទល្មើស។",
    )  # fmt: skip
    recommendation_reason: Mapped[str | None] = field(
        N_("Reasons for this proposal"), kind=Kind.TEXT, group=RECOMMENDATION, number="14.6", required=True,
        sample="ជួយឱ្យកុមារមានជំនាញ និងកាត់ផ្ដាច់ពីមូលហេតុនៃបទល្មើស។",
    )  # fmt: skip
    second_option: Mapped[str | None] = field(
        N_("Second choice"), kind=Kind.TEXT, group=RECOMMENDATION, number="14.7",
        sample="ការងារសហគមន៍ដែលសមស្របនឹងវ័យ ក្រោមការតាមដានរបស់ភ្នាក់ងារសង្គម។",
    )  # fmt: skip

    plan: Mapped[tuple[say.PlanStep, ...]] = field(
        N_("Steps of the plan"), rows=say.PlanStep, group=PLAN, number="15.1",
        sample=(
            say.PlanStep(
                goal="សុំទោស និងជួសជុល", activity="ជួបជនរងគ្រោះដោយមានអ្នកសម្របសម្រួល", who="ភ្នាក់ងារសង្គម", when="ធ្នូ ២០២៦",
                evidence="កំណត់ហេតុ",
            ),
            say.PlanStep(
                goal="មានជំនាញ", activity="រៀនជួសជុលម៉ូតូ ៥ ថ្ងៃក្នុងមួយសប្ដាហ៍", who="មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាល", when="មករា ដល់ មិថុនា ២០២៧",
                evidence="បញ្ជីវត្តមាន",
            ),
            say.PlanStep(
                goal="សុខភាពផ្លូវចិត្ត", activity="ប្រឹក្សាម្តងក្នុងមួយសប្ដាហ៍", who="អ្នកប្រឹក្សា", when="ធ្នូ ២០២៦ ដល់ មីនា ២០២៧",
                evidence="របាយការណ៍",
            ),
        ),
    )  # fmt: skip

    signed_on: Mapped[date | None] = field(
        N_("Signed by the author on"), group=SIGNATURES, number="16.1", sample=date(2026, 11, 30)
    )  # fmt: skip
    supervisor_name: Mapped[str | None] = field(N_("Supervisor"), group=SIGNATURES, number="16.2", sample="ហេង សុភាព")
    checked_by: Mapped[str | None] = field(
        N_("Checked by"), group=SIGNATURES, number="16.2", sample="ហេង សុភាព",
        help=N_("Who read the draft before it was signed. It stays in the office and is not printed."),
    )  # fmt: skip
    checked_on: Mapped[date | None] = field(
        N_("Checked by the supervisor on"), group=SIGNATURES, number="16.2", sample=date(2026, 11, 29)
    )  # fmt: skip
    chief_name: Mapped[str | None] = field(
        N_("Commune or sangkat chief"), group=SIGNATURES, number="16.3", sample="យិន ចំរើន"
    )  # fmt: skip
    chief_seen_on: Mapped[date | None] = field(
        N_("Seen by the chief on"), group=SIGNATURES, number="16.3", sample=date(2026, 12, 1)
    )  # fmt: skip
    child_thumbprint: Mapped[Answer | None] = field(
        N_("Thumbprint of the child given?"), group=SIGNATURES, number="16.4", sample=Answer.YES
    )  # fmt: skip
    guardian_thumbprint: Mapped[Answer | None] = field(
        N_("Thumbprint of the guardian given?"), group=SIGNATURES, number="16.4", sample=Answer.YES
    )  # fmt: skip

    delivered_to: Mapped[str | None] = field(
        N_("Delivered to"), group=HANDOVER, number="17.1", sample="អយ្យការអមសាលាដំបូងខេត្តសៀមរាប"
    )  # fmt: skip
    delivered_on: Mapped[date | None] = field(
        N_("Delivered on"), group=HANDOVER, number="17.2", sample=date(2026, 12, 2)
    )  # fmt: skip
    received_by: Mapped[str | None] = field(N_("Received by"), group=HANDOVER, number="17.3", sample="ក្រឡាបញ្ជី")
    receipt_number: Mapped[str | None] = field(
        N_("Number of the receipt"), group=HANDOVER, number="17.3", sample="១០២៤"
    )  # fmt: skip
    hearing_on: Mapped[date | None] = field(N_("Hearing on"), group=HANDOVER, number="17.4", sample=date(2026, 12, 10))
    before_court: Mapped[Answer | None] = field(
        N_("Was the report before the court?"), group=HANDOVER, number="17.5", shown_when=hearing_known,
        sample=Answer.YES,
    )  # fmt: skip
    court_result: Mapped[say.CourtResult | None] = field(
        N_("Result"), group=HANDOVER, number="17.6", sample=say.CourtResult.DIVERSION
    )  # fmt: skip
    followed: Mapped[say.Followed | None] = field(
        N_("Recommendation followed?"), group=HANDOVER, number="17.7", shown_when=result_known,
        sample=say.Followed.FULLY,
    )  # fmt: skip
    result_remarks: Mapped[str | None] = field(
        N_("Remarks on the result"), kind=Kind.TEXT, group=HANDOVER, number="17.8",
        sample="ព្រះរាជអាជ្ញាបានសម្រេចតាមសំណើ។",
    )  # fmt: skip
