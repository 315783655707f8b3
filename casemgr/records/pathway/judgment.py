"""A judgment: result, measures or penalties, how they are carried out, appeal."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway import court_answers as say
from casemgr.records.pathway.arrest_answers import Present
from casemgr.records.pathway.court_answers import CourtLevel, JudgmentResult, Penalty
from casemgr.records.pathway.follow_up import schedule_from
from casemgr.records.stage import Clock, Event, Move, Order, RecordKind, field_time

JUDGMENT = Group("judgment", N_("Judgment"))
MEASURES = Group(
    "measures",
    N_("Measures"),
    N_(
        "A minor gets measures of supervision, education, protection or assistance. A penalty is possible only from 14 "
        "years on, and only where the circumstances or the minor's personality ask for it (Penal Code, article 39)."
    ),
)
PENALTIES = Group(
    "penalties",
    N_("Penalties"),
    N_(
        "For a minor the least and the most of imprisonment and fines are halved, and life becomes 20 years; a felony "
        "stays a felony (Penal Code, article 160). The rules on legal recidivism do not apply (article 163)."
    ),
)
CARRYING_OUT = Group("carrying-out", N_("Carrying it out"))
APPEAL = Group("appeal", N_("Appeal"))

IN_PRISON = frozenset({Penalty.IMPRISONMENT, Penalty.SEMI_LIBERTY, Penalty.SPLIT})
PUT_OFF = frozenset({Penalty.SUSPENDED, Penalty.DEFERRED})
ASKING_NOTHING = frozenset({
    JudgmentResult.ACQUITTED, JudgmentResult.DROPPED, JudgmentResult.SENT_BACK, JudgmentResult.TRANSFERRED,
})  # fmt: skip


def may_hold_measures(judgment: "Judgment") -> bool:
    """Whether the judgment may order measures in place of a penalty."""
    return judgment.result in (JudgmentResult.MEASURES, JudgmentResult.UPHELD)


def may_hold_penalties(judgment: "Judgment") -> bool:
    """Whether the judgment may pronounce penalties."""
    return judgment.result in (JudgmentResult.CONVICTED, JudgmentResult.UPHELD)


def asks_something(judgment: "Judgment") -> bool:
    """Whether the judgment may lay something on the child."""
    return judgment.result is not None and judgment.result not in ASKING_NOTHING


def holds_imprisonment(judgment: "Judgment") -> bool:
    """Whether a term of imprisonment was pronounced, served or suspended."""
    return _pronounced(judgment, *IN_PRISON, Penalty.SUSPENDED, Penalty.PROBATION)


def holds_prison_to_serve(judgment: "Judgment") -> bool:
    """Whether a part of a term is to be served."""
    return _pronounced(judgment, *IN_PRISON)


def is_suspended(judgment: "Judgment") -> bool:
    """Whether a term is suspended, with or without probation."""
    return _pronounced(judgment, Penalty.SUSPENDED, Penalty.PROBATION)


def is_on_probation(judgment: "Judgment") -> bool:
    """Whether a term is suspended with probation."""
    return _pronounced(judgment, Penalty.PROBATION)


def holds_community_service(judgment: "Judgment") -> bool:
    """Whether community service was pronounced."""
    return _pronounced(judgment, Penalty.COMMUNITY_SERVICE)


def holds_fine(judgment: "Judgment") -> bool:
    """Whether a fine was pronounced."""
    return _pronounced(judgment, Penalty.FINE)


def was_appealed(judgment: "Judgment") -> bool:
    """Whether somebody appealed."""
    by_nobody = (None, say.AppealBy.NOBODY, say.AppealBy.UNKNOWN)
    return judgment.appealed_on is not None or judgment.appeal_by not in by_nobody


def _pronounced(judgment: "Judgment", *penalties: Penalty) -> bool:
    return may_hold_penalties(judgment) and not set(penalties).isdisjoint(judgment.penalties)


class Judgment(CaseRecord):
    """What a court decided of a case. Lengths are whole months and further days; money is whole riel."""

    __tablename__ = "judgment"
    title: ClassVar[str] = N_("Judgment")

    level: Mapped[CourtLevel | None] = field(
        N_("Level of the court"), group=JUDGMENT, required=True, sample=CourtLevel.FIRST_INSTANCE
    )
    court: Mapped[str | None] = field(N_("Court"), group=JUDGMENT, sample="សាលាដំបូងខេត្តសៀមរាប")
    number: Mapped[str | None] = field(N_("Number of the judgment"), group=JUDGMENT, sample="១២ ក.១៨/០១/២៧")
    decided_on: Mapped[date | None] = field(
        N_("Date of the judgment"), group=JUDGMENT, required=True, sample=date(2027, 1, 18),
        help=N_("The time for an appeal is counted from here."),
    )  # fmt: skip
    result: Mapped[JudgmentResult | None] = field(
        N_("Result"), group=JUDGMENT, required=True, sample=JudgmentResult.MEASURES
    )
    articles: Mapped[str | None] = field(N_("Articles applied"), group=JUDGMENT, sample="39, 40, 353, 356")
    present: Mapped[tuple[Present, ...]] = field(
        N_("Present at the judgment"), choices=Present, group=JUDGMENT,
        sample=(Present.GUARDIAN, Present.LAWYER, Present.SOCIAL_AGENT),
    )  # fmt: skip
    announced_publicly: Mapped[Answer | None] = field(
        N_("Judgment announced in public?"), group=JUDGMENT, sample=Answer.NO
    )
    reasons_given: Mapped[str | None] = field(
        N_("Reasons of the court"), kind=Kind.TEXT, group=JUDGMENT,
        sample="កុមារប្រព្រឹត្តជាលើកដំបូង បានជួសជុលការខូចខាត និងមានម្ដាយមើលខុសត្រូវ។",
    )  # fmt: skip
    copy_received_on: Mapped[date | None] = field(
        N_("Copy received on"), group=JUDGMENT, sample=date(2027, 1, 25)
    )  # fmt: skip

    measures: Mapped[tuple[say.CourtMeasure, ...]] = field(
        N_("Measures ordered"), choices=say.CourtMeasure, group=MEASURES, shown_when=may_hold_measures,
        sample=(say.CourtMeasure.PARENTS, say.CourtMeasure.COURT_PROTECTION),
        help=N_("Under the court's protection a named person reports to the prosecutor (Penal Code, articles 40, 41)."),
    )  # fmt: skip

    penalties: Mapped[tuple[Penalty, ...]] = field(
        N_("Penalties pronounced"), choices=Penalty, group=PENALTIES, shown_when=may_hold_penalties,
        sample=(Penalty.PROBATION,),
    )  # fmt: skip
    imprisonment_months: Mapped[int | None] = field(
        N_("Imprisonment in whole months"), group=PENALTIES, shown_when=holds_imprisonment, sample=3,
        help=N_(
            "With mitigating circumstances a judge may go down to 1 year where the law asks for 10 or more, to 6 "
            "months from 5 years, to 3 months from 2 years, else to 1 day (Penal Code, article 164)."
        ),
    )  # fmt: skip
    imprisonment_days: Mapped[int | None] = field(
        N_("Imprisonment, days beyond the months"), group=PENALTIES, shown_when=holds_imprisonment, sample=0
    )
    to_serve_months: Mapped[int | None] = field(
        N_("Of these to serve, months"), group=PENALTIES, shown_when=holds_prison_to_serve, sample=1
    )
    to_serve_days: Mapped[int | None] = field(
        N_("To serve, days beyond the months"), group=PENALTIES, shown_when=holds_prison_to_serve, sample=0
    )
    suspended_months: Mapped[int | None] = field(
        N_("Of these suspended, months"), group=PENALTIES, shown_when=is_suspended, sample=3
    )
    probation_months: Mapped[int | None] = field(
        N_("Probation in months"), group=PENALTIES, shown_when=is_on_probation, sample=12,
        help=N_("One to three years (Penal Code, articles 117 to 123)."),
    )  # fmt: skip
    obligations: Mapped[tuple[say.Obligation, ...]] = field(
        N_("Special obligations"), choices=say.Obligation, group=PENALTIES, shown_when=is_on_probation,
        sample=(say.Obligation.SCHOOLING, say.Obligation.NO_CONTACT),
        help=N_("For a minor only these nine are possible (Penal Code, article 165)."),
    )  # fmt: skip
    community_hours: Mapped[int | None] = field(
        N_("Hours of community service"), group=PENALTIES, shown_when=holds_community_service, sample=40,
        help=N_(
            "Only from 16 years on, at most 100 hours, fit for minors (Penal Code, article 162). The child must be "
            "there and agree."
        ),
    )  # fmt: skip
    fine: Mapped[int | None] = field(
        N_("Fine in riel"), kind=Kind.MONEY, group=PENALTIES, shown_when=holds_fine, sample=500_000,
        help=N_("The least and the most of a fine are halved (Penal Code, article 160)."),
    )  # fmt: skip
    additional: Mapped[tuple[say.AdditionalPenalty, ...]] = field(
        N_("Additional penalties"), choices=say.AdditionalPenalty, group=PENALTIES, shown_when=may_hold_penalties,
        sample=(say.AdditionalPenalty.NONE,),
        help=N_("For a minor only these five are possible (Penal Code, article 161)."),
    )  # fmt: skip
    halved: Mapped[Answer | None] = field(
        N_("Penalty halved as the law asks?"), group=PENALTIES, shown_when=may_hold_penalties, sample=Answer.YES,
        help=N_("The judge starts from half of what the law sets for adults (Penal Code, article 160)."),
    )  # fmt: skip
    time_counted: Mapped[Answer | None] = field(
        N_("Was time in detention counted?"), group=PENALTIES, shown_when=holds_imprisonment, sample=Answer.YES,
        help=N_("All of the pre-trial detention counts towards the term (Penal Code, article 51)."),
    )  # fmt: skip

    measure_from: Mapped[date | None] = field(
        N_("Measure or sentence from"), group=CARRYING_OUT, shown_when=asks_something, sample=date(2027, 1, 18)
    )
    measure_until: Mapped[date | None] = field(
        N_("Measure or sentence until"), group=CARRYING_OUT, shown_when=asks_something, sample=date(2027, 7, 17)
    )
    supervisor: Mapped[str | None] = field(
        N_("Person named to supervise"), group=CARRYING_OUT, shown_when=asks_something, sample="ទេព បូរិន"
    )
    report_to_prosecutor_every: Mapped[say.Interval | None] = field(
        N_("How often the prosecutor is told"), group=CARRYING_OUT, shown_when=asks_something,
        sample=say.Interval.MONTH,
    )  # fmt: skip
    measure_ended_on: Mapped[date | None] = field(
        N_("Measure or sentence ended on"), group=CARRYING_OUT, shown_when=asks_something, sample=date(2027, 7, 17)
    )
    measure_kept: Mapped[say.MeasureKept | None] = field(
        N_("How it went"), group=CARRYING_OUT, shown_when=asks_something, sample=say.MeasureKept.KEPT
    )

    appeal_by: Mapped[say.AppealBy | None] = field(N_("Who appealed"), group=APPEAL, sample=say.AppealBy.NOBODY)
    appealed_on: Mapped[date | None] = field(
        N_("Appealed on"), group=APPEAL, shown_when=was_appealed, sample=date(2027, 2, 1)
    )
    appeal_number: Mapped[str | None] = field(
        N_("Number of the appeal"), group=APPEAL, shown_when=was_appealed, sample="៧/២០២៧"
    )
    final_on: Mapped[date | None] = field(
        N_("Final since"), group=APPEAL, sample=date(2027, 2, 18),
        help=N_("The day from which nobody could appeal any more."),
    )  # fmt: skip
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=APPEAL, sample="បានពន្យល់សាលក្រមដល់កុមារ និងម្ដាយ។")


def _may_be_appealed_since(judgment: Judgment) -> date | None:
    """The date of the judgment, where it can be appealed; one of an unknown level may be of a lower court."""
    return None if judgment.level is CourtLevel.SUPREME else judgment.decided_on


def _appeal_settled_on(judgment: Judgment) -> date | None:
    return min((day for day in (judgment.appealed_on, judgment.final_on) if day is not None), default=None)


def _measure_until(judgment: Judgment) -> date | None:
    return None if judgment.result in ASKING_NOTHING else judgment.measure_until


def _is_carried_out(judgment: Judgment) -> bool:
    """Whether a measure or a sentence is still running."""
    running = (judgment.measure_from, judgment.measure_until) != (None, None)
    return running and judgment.result not in ASKING_NOTHING and judgment.measure_ended_on is None


def _moves(judgment: Judgment) -> list[Move]:
    """To what the judgment says, to the next court with an appeal, and out of the procedure at the end."""
    led_to = _led_to(judgment)
    moves: list[Move] = [] if led_to is None else [(judgment.decided_on, led_to)]
    if was_appealed(judgment) and judgment.level in _NEXT_COURT:
        moves.append((judgment.appealed_on, _NEXT_COURT[judgment.level]))
    if led_to is ProcessStage.RELEASED:
        moves.append((judgment.final_on, ProcessStage.CLOSED))
    if asks_something(judgment) and judgment.measure_kept is not say.MeasureKept.BREACHED:
        moves.append((judgment.measure_ended_on, ProcessStage.CLOSED))
    return moves


def _led_to(judgment: Judgment) -> ProcessStage | None:
    match judgment.result:
        case JudgmentResult.ACQUITTED | JudgmentResult.DROPPED:
            return ProcessStage.RELEASED
        case JudgmentResult.SENT_BACK:
            return ProcessStage.TRIAL
        case JudgmentResult.MEASURES:
            return ProcessStage.SENTENCE
        case JudgmentResult.CONVICTED:
            return _led_to_by_penalty(judgment) or ProcessStage.SENTENCE
        case JudgmentResult.UPHELD:
            return ProcessStage.SENTENCE if judgment.measures else _led_to_by_penalty(judgment)
        case _:
            return None


def _led_to_by_penalty(judgment: Judgment) -> ProcessStage | None:
    """What is served goes before what is put off; a reprimand or a fine leaves the child free. None: none is named."""
    if _pronounced(judgment, *IN_PRISON, Penalty.PROBATION, Penalty.COMMUNITY_SERVICE):
        return ProcessStage.SENTENCE
    if _pronounced(judgment, *PUT_OFF):
        return ProcessStage.CONDITIONAL_RELEASE
    if _pronounced(judgment, Penalty.REPRIMAND, Penalty.FINE, Penalty.NONE):
        return ProcessStage.RELEASED
    return None


_NEXT_COURT = {
    CourtLevel.FIRST_INSTANCE: ProcessStage.APPEAL,
    CourtLevel.APPEAL: ProcessStage.SUPREME_COURT,
}
_FOLLOWS = ("copy_received_on", "appealed_on", "final_on")

JUDGMENT_RECORD = RecordKind(
    key="judgment",
    record=Judgment,
    after=("hearing",),
    is_open=_is_carried_out,
    moves=_moves,
    clocks=(
        Clock("appeal", N_("Time to appeal"), starts=_may_be_appealed_since, ends=_appeal_settled_on),
        Clock(
            "measure-end", N_("End of the measure or sentence"), starts=field_time("measure_from"),
            due=_measure_until, ends=field_time("measure_ended_on"), told_in="measure_ended_on",
        ),
        schedule_from(field_time("measure_ended_on")),
    ),
    events=(
        Event(field_time("decided_on"), N_("Judgment")),
        Event(field_time("copy_received_on"), N_("Copy of the judgment received")),
        Event(field_time("appealed_on"), N_("Judgment appealed")),
        Event(field_time("final_on"), N_("Judgment final")),
        Event(field_time("measure_from"), N_("Measure or sentence began")),
        Event(field_time("measure_ended_on"), N_("Measure or sentence ended")),
    ),
    orders=(
        *(Order("decided_on", name, N_("This would lie before the judgment.")) for name in _FOLLOWS),
        Order("measure_from", "measure_until", N_("The end of the measure would lie before its beginning.")),
        Order("measure_from", "measure_ended_on", N_("The end of the measure would lie before its beginning.")),
    ),
    after_birth=("decided_on", "measure_from", "measure_ended_on"),
    happened=("decided_on", "copy_received_on", "measure_ended_on", "appealed_on", "final_on"),
)  # fmt: skip
