"""The coded answers and the tables of the reintegration plan and its reviews."""

from datetime import date

from casemgr.i18n import N_
from casemgr.records.fields import Choice, Kind, Row, cell


class PlanReason(Choice):
    """What the plan is made for."""

    RELEASE = "release", N_("Release from detention")
    DIVERSION_END = "diversion-end", N_("End of a diversion")
    MEASURE_END = "measure-end", N_("End of a measure")
    PREVENTION = "prevention", N_("Prevention")
    OTHER = "other", N_("Other")


class GoalArea(Choice):
    """What part of life a goal belongs to."""

    HOME = "home", N_("A place to live")
    FAMILY = "family", N_("Family")
    SCHOOL = "school", N_("School")
    WORK = "work", N_("Work and skills")
    HEALTH = "health", N_("Health")
    DRUGS = "drugs", N_("Drugs or alcohol")
    PAPERS = "papers", N_("Identity papers")
    LEGAL = "legal", N_("Legal aid")
    COMMUNITY = "community", N_("Community")
    OTHER = "other", N_("Other")


class GoalResult(Choice):
    """What became of a goal."""

    REACHED = "reached", N_("Reached")
    PARTLY = "partly", N_("Partly reached")
    NOT_REACHED = "not-reached", N_("Not reached")
    DROPPED = "dropped", N_("Given up")


class SupportKind(Choice):
    """What the child or the family is given."""

    TRAINING = "training", N_("Vocational training")
    JOB = "job", N_("Job placement")
    BUSINESS = "business", N_("Grant for a small business")
    SCHOOLING = "schooling", N_("School material or scholarship")
    FAMILY_VISIT = "family-visit", N_("Visit of the family")
    TRANSPORT = "transport", N_("Transport")
    COUNSELLING = "counselling", N_("Counselling")
    MEDICAL = "medical", N_("Medical care")
    PAPERS = "papers", N_("Identity papers")
    OTHER = "other", N_("Other")


class PlanEnd(Choice):
    """Why a plan ended."""

    REACHED = "reached", N_("Goals reached")
    NEW_PLAN = "new-plan", N_("A new plan takes its place")
    DETAINED = "detained", N_("Child detained again")
    MOVED = "moved", N_("Child moved away")
    LOST = "lost", N_("Child cannot be found")
    REFUSED = "refused", N_("Child or family refuses")
    HANDED_OVER = "handed-over", N_("Handed over to another organisation")
    DIED = "died", N_("Died")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Occasion(Choice):
    """When in the work with a child it is reviewed."""

    START = "start", N_("At the start")
    THREE_MONTHS = "three-months", N_("Three-month review")
    BEFORE_RELEASE = "before-release", N_("Before the release")
    CLOSING = "closing", N_("Before closing the case")
    OTHER = "other", N_("Other")


class PlanGoal(Row):
    """A goal of the plan."""

    area: GoalArea | None = cell(N_("Part of life"))
    goal: str | None = cell(N_("Goal"))
    who: str | None = cell(N_("Who"))
    by_when: date | None = cell(N_("By when"))
    evidence: str | None = cell(N_("Evidence"))
    done_on: date | None = cell(N_("Done on"))
    result: GoalResult | None = cell(N_("Result"))


class PlanPerson(Row):
    """Somebody who stands by the child."""

    name: str | None = cell(N_("Name"))
    role: str | None = cell(N_("Relation or function"))
    phone: str | None = cell(N_("Telephone"), kind=Kind.PHONE)
    part: str | None = cell(N_("Part in the plan"))


class PlanSupport(Row):
    """Something the child or the family is given. to_on is empty while it goes on."""

    kind: SupportKind | None = cell(N_("Support"))
    provider: str | None = cell(N_("Provider"))
    from_on: date | None = cell(N_("From"))
    to_on: date | None = cell(N_("To"))
    amount: int | None = cell(N_("Amount in riel"), kind=Kind.MONEY)
    evidence: str | None = cell(N_("Evidence"))
