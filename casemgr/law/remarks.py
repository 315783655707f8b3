"""What is missing or contradictory in a case: listed for the worker, each with the field to mend; never blocking."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.law.ages import age_range, is_doubtful
from casemgr.law.custody import spells_of
from casemgr.law.limits import Limit
from casemgr.records.base import CaseRecord
from casemgr.records.beside.consent import Consent, allows
from casemgr.records.case import Case, CaseStatus, ChildRole, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Answer
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import AT_LIBERTY
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.detention import Detention, is_release
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.legal_referral import first_legal_meeting
from casemgr.records.pathway.reintegration import ReintegrationPlan

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)


class Remark(NamedTuple):
    """Something to look at. record_id, field: where it can be mended; both None where a record is missing."""

    message: str
    record_id: UUID | None = None
    field: str | None = None


class Matter(NamedTuple):
    """What remarks are made of: all that may be read of one case, the table of limits, and the moment of looking."""

    child: Child
    case: Case
    offences: Sequence[Offence]
    records: Sequence[CaseRecord]
    limits: Mapping[str, Limit]
    now: datetime

    def of(self, kind: type[AnyRecord]) -> list[AnyRecord]:
        """Return the records of one class."""
        return [record for record in self.records if isinstance(record, kind)]


def remarks_of(matter: Matter) -> tuple[Remark, ...]:
    """Return what is missing or contradictory, in the order of the rules below."""
    return tuple(remark for rule in RULES for remark in rule(matter))


def _no_offence(matter: Matter) -> Iterator[Remark]:
    if not matter.offences and matter.case.child_role in (None, ChildRole.SUSPECT):
        yield Remark(N_("No offence is written down: its class and date decide which limits count."))


def _age_in_doubt(matter: Matter) -> Iterator[Remark]:
    doubtful = any(is_doubtful(age_range(matter.child.born, offence.committed_on)) for offence in matter.offences)
    if doubtful and any(offence.committed_on for offence in matter.offences):
        yield Remark(N_("The age at the offence is in doubt: look for a paper that tells the date of birth."))


def _offence_after_arrest(matter: Matter) -> Iterator[Remark]:
    first = _first_arrest(matter)
    for offence in matter.offences:
        if first and offence.committed_on and offence.committed_on.earliest > first.date():
            yield Remark(N_("The offence lies after the arrest."), offence.id, "committed_on")


def _no_lawyer(matter: Matter) -> Iterator[Remark]:
    met = first_legal_meeting(matter.records)
    for arrest in matter.of(Arrest):
        since = arrest.arrested_at or arrest.arrived_at
        home = arrest.outcome in AT_LIBERTY
        if since is None or home or arrest.lawyer_arrived_at is not None or met is not None:
            continue
        if matter.now - since > timedelta(hours=24):
            yield Remark(
                N_("No lawyer has met the child, more than 24 hours after the arrest."), arrest.id, "lawyer_arrived_at"
            )


def _before_arrest(matter: Matter) -> Iterator[Remark]:
    """Whatever the timeline tells of another record cannot come before the first arrest of the case."""
    first = _first_arrest(matter)
    if first is None:
        return
    for record in matter.records:
        kind = kind_of(record)
        if kind is None or isinstance(record, Arrest):
            continue
        at = min((as_moment(at) for event in kind.events if (at := event.at(record)) is not None), default=None)
        if at is not None and at.date() < first.date():
            yield Remark(N_("A date here lies before the arrest."), record.id)


def _first_arrest(matter: Matter) -> datetime | None:
    return min((arrest.arrested_at for arrest in matter.of(Arrest) if arrest.arrested_at), default=None)


def _two_places(matter: Matter) -> Iterator[Remark]:
    """Of two spells that share more than the day on which one led to the other, the later is named."""
    held_until = date.min
    for spell in sorted(spells_of(matter.records), key=lambda spell: (spell.first, spell.last or date.max)):
        if spell.first < held_until:
            name = "started_on" if isinstance(spell.record, Detention) else "arrived_at"
            yield Remark(N_("By the dates the child would be held in two places at once."), spell.record.id, name)
        held_until = max(held_until, spell.last or date.max)


def _no_order(matter: Matter) -> Iterator[Remark]:
    for detention in matter.of(Detention):
        if detention.ended_on is None and detention.order_exists is Answer.NO:
            yield Remark(N_("The child is held without a written order of a judge."), detention.id, "order_exists")


def _held_under_14(matter: Matter) -> Iterator[Remark]:
    ages = [age_range(matter.child.born, offence.committed_on) for offence in matter.offences]
    if not any(ages_known and ages_known.oldest < 14 for ages_known in ages):
        return
    for detention in matter.of(Detention):
        if detention.ended_on is None:
            yield Remark(N_("A child who was under 14 at the offence is in detention."), detention.id, "basis")


def _community_service(matter: Matter) -> Iterator[Remark]:
    """Only from 16, and at most 100 hours (Penal Code, article 162)."""
    ages = [age_range(matter.child.born, offence.committed_on) for offence in matter.offences]
    for judgment in matter.of(Judgment):
        hours = judgment.community_hours or 0
        if hours and any(age is not None and age.oldest < 16 for age in ages):
            message = N_("Community service is possible from 16 years on only (Penal Code, article 162).")
            yield Remark(message, judgment.id, "community_hours")
        if hours > 100:
            message = N_("Community service of a minor lasts at most 100 hours (Penal Code, article 162).")
            yield Remark(message, judgment.id, "community_hours")


def _no_plan(matter: Matter) -> Iterator[Remark]:
    if any(is_release(each) for each in matter.of(Detention)) and not matter.of(ReintegrationPlan):
        yield Remark(N_("The child was released, and no reintegration plan is written down."))


def _no_consent(matter: Matter) -> Iterator[Remark]:
    opened_on = matter.case.opened_on
    late = opened_on is not None and matter.now.date() - opened_on > timedelta(days=3)
    if late and not matter.of(Consent):
        yield Remark(N_("No consent of the child or the guardian is written down."))


def _consent_withdrawn(matter: Matter) -> Iterator[Remark]:
    """What a withdrawn consent allowed and no later one allows again; until it is decided, what is to be erased."""
    consents, today = matter.of(Consent), matter.now.date()
    for consent in consents:
        if consent.withdrawn_on is None or consent.withdrawn_on > today:
            continue
        if any(not allows(consents, scope, today) for scope in consent.scope):
            yield Remark(
                N_("Consent was withdrawn: nothing of what it allowed may go on. Share nothing, call no more."),
                consent.id, "withdrawn_on",
            )  # fmt: skip
        if consent.decision is None:
            yield Remark(
                N_("Consent was withdrawn: a supervisor has to decide what is to be erased."), consent.id, "decision"
            )


def _open_in_closed_case(matter: Matter) -> Iterator[Remark]:
    if matter.case.status is not CaseStatus.CLOSED:
        return
    for record in matter.records:
        if (kind := kind_of(record)) is not None and kind.is_open(record):
            yield Remark(N_("The case is closed, but this is still open."), record.id)


_TOO_LOW = N_("The scores are lower than the ministry's form asks for closing.")


def _closing_score(matter: Matter) -> Iterator[Remark]:
    """What the ministry's form 6 asks before a case is closed for its score; the office may have set other numbers."""
    for closure in matter.of(Closure):
        if closure.reason is not ClosingReason.SCORE_REACHED:
            continue
        child, family = closure.child_total or 0, closure.family_total or 0
        totals = {"child": child, "family": family, "total": child + family}
        if closure.all_at_least_two is Answer.NO:
            yield Remark(_TOO_LOW, closure.id, "all_at_least_two")
        if any(total < matter.limits[f"closing-score/{name}"].value for name, total in totals.items()):
            yield Remark(_TOO_LOW, closure.id, "child_total")


Rule = Callable[[Matter], Iterable[Remark]]

RULES: tuple[Rule, ...] = (
    _no_offence, _age_in_doubt, _offence_after_arrest, _no_lawyer, _before_arrest, _two_places, _no_order,
    _held_under_14, _community_service, _no_plan, _no_consent, _consent_withdrawn, _open_in_closed_case, _closing_score,
)  # fmt: skip
"""Each looks at the whole case and says what it finds; their order is that of the list the worker sees."""
