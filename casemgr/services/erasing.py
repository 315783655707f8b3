"""Erasing what the office no longer keeps; erasing_due says what is due, and what stands in the way.

Nothing happens by itself. An administrator starts it with a reason and a typed word; a supervisor confirms it with name
and password. Who erases knows the children by code alone.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_, Words
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.printing.forms import Wanted
from casemgr.printing.forms.erasure_certificate import ERASURE_CERTIFICATE, Told, composed
from casemgr.printing.page import draw
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.records.retention import (
    ErasedCount,
    ErasedKind,
    ErasingGround,
    ErasingWay,
    Erasure,
    Kept,
    RetentionRule,
    StillThere,
    StillWhere,
    rule_on,
)
from casemgr.records.staff import Role, StaffMember
from casemgr.services import backups, papers
from casemgr.services.changes import Changes
from casemgr.services.erasing_due import DueChild, demand_either, due_children
from casemgr.services.keeping_rules import PART
from casemgr.services.office import Office, Right
from casemgr.services.reckoning import reckon_child
from casemgr.store import erasing
from casemgr.store.audit import HANDED_OVER, TAKEN_IN
from casemgr.store.copies import Copy
from casemgr.store.persons import records_of_child
from casemgr.store.returning import kept_aside
from casemgr.store.work import Work
from casemgr.trouble import NotAllowed, Refusal, Trouble

WORD = N_("ERASE")
"""What has to be typed, in the screen's language."""


class NotSwept(Trouble):
    """All was erased, and the certificates are kept; only the file could not be made anew. Both are told with it."""

    def __init__(self, changes: Changes, certificates: list[Erasure]) -> None:
        """Say what is left to do."""
        super().__init__(N_(
            "It was erased, and the certificate is kept. But the file of the office could not be made anew, so traces "
            "may be left in it. Free some space, then change the office's key: that makes the file anew."
        ))  # fmt: skip
        self.changes, self.certificates = changes, certificates


class Confirmed(NamedTuple):
    """Who confirms: the name and the password of a supervisor, and the word that was typed."""

    name: str
    password: str
    word: str

    def __repr__(self) -> str:
        """Return nothing: no password may reach a log."""
        return "<Confirmed>"


class Held(NamedTuple):
    """The copies of the office that hold a child: how many can be found, and by when the last of them goes by itself.

    until: where a copy is made in each month; None without any, or where some stay. lasting: how many of them bear a
    name that somebody gave them, and never go by themselves. aside: how often the office was kept aside when a copy
    took its place; somebody has to take that away. Nothing is known of copies that lie elsewhere.
    """

    copies: int
    until: date | None
    lasting: int = 0
    aside: int = 0


def erase(
    office: Office, children: Collection[UUID], way: ErasingWay, *, reason: str, confirmed: Confirmed,
    copies_until: date | None = None, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> tuple[Changes, list[Erasure]]:  # fmt: skip
    """Erase children that are due, all of them or none; return the certificates, in the same order.

    reason: stands on the certificates; no name belongs in it. copies_until: when the last copy of the office that still
    holds them is overwritten, as far as is known (see copies_that_hold). What can be found of copies is on them too.
    Raises NotAllowed, WrongPassword, TooSoon, NoRoom, Stopped, and Refusal for a word that is not right, without a
    reason, or for a child that is not due in this way or is blocked: then nothing was erased. Raises NotSwept where all
    was erased, and only the file could not be made anew afterwards.
    """
    office.demand(Right.ERASE)
    reason = reason.strip()
    _check(office, children, reason, confirmed)
    confirmed_by = _confirmed_by(office, confirmed)
    office.store.check_room_to_sweep()
    copies, made, cases = backups.copies_at(office), [], set[UUID]()
    with office.write(Right.ERASE) as work:
        listed = {each.child_id: each for each in due_children(work, clock.today())}
        for child_id in Pace(len(children), progress, cancelled).stepping(children):
            asked = listed.get(child_id)
            if asked is None or way not in asked.ways or asked.blocks:
                raise Refusal(N_("The list has changed since you looked. Look at it again."))
            cases |= {case.id for case in work.read(Case, child_id=child_id)}
            still = _still_there(office, work, asked, copies)
            made.append(_erase_one(office, work, asked, way, (reason, copies_until, still), confirmed_by))
    gone = frozenset[UUID]() if way is ErasingWay.DOCUMENTS else frozenset({*children, *cases})
    changes = Changes(frozenset(children), frozenset(cases), parts=frozenset({PART}), gone=gone)
    if progress is not None:
        progress(0, 0)  # from now on it cannot be stopped, and nobody knows how long the disk takes
    try:
        office.store.sweep()
    except Trouble as trouble:
        raise NotSwept(changes, made) from trouble
    return changes, made


def copies_that_hold(office: Office, children: Collection[UUID]) -> Held:
    """Return which copies of the office hold one of these children, as far as they can be found. Raises NotAllowed."""
    office.demand(Right.ERASE)
    with office.store.read() as work:
        since = min((each.created_at for each in work.read(Child, id=list(children)) if each.created_at), default=None)
    holding = [_made_since(copies, since) for copies in backups.copies_at(office).values()]
    going = [[copy for copy in copies if backups.goes_by_itself(copy)] for copies in holding]
    gone = [day for copies in going if (day := backups.gone_by(copies, clock.today()))]
    found, lasting = sum(map(len, holding)), sum(map(len, holding)) - sum(map(len, going))
    aside = len(_aside_since(office, since))
    return Held(found, None if lasting or aside else max(gone, default=None), lasting, aside)


def _aside_since(office: Office, since: datetime | None) -> list[date]:
    """Return the days on which the office was kept aside with what was written down at that moment."""
    return [day for day in kept_aside(office.folder) if since is None or day >= _day(since)]


def _made_since(copies: Sequence[Copy], since: datetime | None) -> list[Copy]:
    return [copy for copy in copies if since is None or copy.manifest.made_at >= since]


def _still_there(
    office: Office, work: Work, asked: DueChild, copies: Mapping[str, Sequence[Copy]]
) -> tuple[StillThere, ...]:  # fmt: skip
    """Return where something of a child still is, each day once: copies, other offices, papers and files."""
    since = work.read_one(Child, asked.child_id).created_at
    found = {(where, _day(copy.manifest.made_at)) for place, where in _COPIES.items()
             for copy in _made_since(copies.get(place, ()), since)}  # fmt: skip
    found |= {(StillWhere.ASIDE, day) for day in _aside_since(office, since)}
    lines = work.read(AuditEntry, child_id=asked.child_id)
    found |= {(_LEFT[line.action], _day(line.at)) for line in lines if line.action in _LEFT}
    if asked.what is Kept.CASES:
        lists = (line for line in work.read(AuditEntry, record_type="List") if _tells_of_children(line))
        found |= {(StillWhere.LISTS, _day(line.at)) for line in lists if since is None or line.at >= since}
    order = list(StillWhere)
    return tuple(
        StillThere(where=where, on=on) for where, on in sorted(found, key=lambda one: (order.index(one[0]), one[1]))
    )


def _tells_of_children(line: AuditEntry) -> bool:
    """Whether a list that left the program may tell of a single child; one of figures alone does not."""
    said = {name: pair[1] for name, pair in json.loads(line.changes or "{}").items()}
    for key in ("named", "with_names"):
        if key in said:
            return bool(said[key]) and said.get("what") != _OF_OTHERS
    return said.get("what") in _LISTS and not said.get("pseudonymised")


_OF_OTHERS = "directory"
_LISTS = frozenset({"cases", "children", "deadlines", "follow-ups", "week-sheet", "who-is-where"})


def _day(at: datetime) -> date:
    return at.astimezone(clock.PHNOM_PENH).date()


_COPIES = {backups.HOME: StillWhere.COPIES, backups.STICK: StillWhere.STICK}
_LEFT = {
    HANDED_OVER: StillWhere.OFFICE, TAKEN_IN: StillWhere.OFFICE, "printed": StillWhere.OUT, "exported": StillWhere.OUT,
}  # fmt: skip
"""The deeds by which something of a child came to lie elsewhere."""


def _check(office: Office, children: Collection[UUID], reason: str, confirmed: Confirmed) -> None:
    if not children:
        raise Refusal(N_("Choose at least one child."), fields=("children",))
    if not reason:
        raise Refusal(N_("Say why this is erased. It stands on the certificate: write no name."), fields=("reason",))
    if not is_word(office, confirmed.word):
        raise Refusal(N_("Type the word as it stands there."), fields=("word",))


def is_word(office: Office, typed: str) -> bool:
    """Return whether the word was typed that has to be, in the screen's language or in English."""
    return typed.strip().casefold() in {office.words.text(WORD).casefold(), WORD.casefold()}


def _confirmed_by(office: Office, confirmed: Confirmed) -> UUID:
    """Return the supervisor who confirms: somebody else than who starts it, where the office has another one."""
    with office.store.read() as work:
        staff = {each.id: each for each in work.find(StaffMember, active=True)}
    supervisors = {each.id for each in staff.values() if Role.SUPERVISOR in each.roles}
    if not supervisors:
        raise Refusal(N_("Nobody in this office is a supervisor. Give somebody that role first."))
    proven = office.store.prove(confirmed.name, confirmed.password)
    if proven not in supervisors:
        raise NotAllowed(N_("Only a supervisor can confirm this."))
    if proven == office.staff.id and supervisors - {proven}:
        raise NotAllowed(N_("Somebody else has to confirm this: another supervisor of the office."))
    return proven


def _erase_one(
    office: Office, work: Work, asked: DueChild, way: ErasingWay,
    said: tuple[str, date | None, tuple[StillThere, ...]], confirmed_by: UUID,
) -> Erasure:  # fmt: skip
    before, (reason, copies_until, still) = work.head, said
    together = records_of_child(work, asked.child_id)
    match way:
        case ErasingWay.ANONYMISE:
            done = erasing.anonymise_child(work, asked.child_id, office.settings.code or "")
        case ErasingWay.ERASE:
            done = erasing.erase_child(work, asked.child_id)
        case ErasingWay.DOCUMENTS:
            done = erasing.erase_documents(work, asked.child_id)
    for each in together if way is not ErasingWay.DOCUMENTS and len(together) > 1 else ():
        if each != asked.child_id:
            reckon_child(work, each)
    told = {"lines": done.lines, "way": way.value, "ground": asked.ground.value, "confirmed_by": str(confirmed_by)}
    work.note(
        "anonymised" if way is ErasingWay.ANONYMISE else "erased", "Child", asked.child_id, child_id=asked.child_id,
        changes={name: [None, value] for name, value in told.items()}, why=reason,
    )  # fmt: skip
    erasure = Erasure(
        done_at=clock.now(), way=way, ground=asked.ground, known_as=done.known_as, reason=reason,
        counts=tuple(
            ErasedCount(kind=kind, number=done.counts[kind]) for kind in ErasedKind if done.counts.get(kind)
        ),
        rule=_rule_told(work, asked), done_by=office.staff.id, confirmed_by=confirmed_by, head_before=before,
        still=still, copies_until=copies_until, head_after=work.head,
    )  # fmt: skip
    work.add(erasure)
    work.flush()
    return erasure


def _rule_told(work: Work, asked: DueChild) -> str | None:
    """Return the rule as plain figures, such as "5 (2026-01-01)": years, and since when it holds."""
    rule = rule_on(work.find(RetentionRule), asked.what, clock.today())
    if asked.ground is not ErasingGround.RULE or rule is None or rule.holds_from is None:
        return None
    return f"{rule.years} ({rule.holds_from.isoformat()})"


def certificate(office: Office, erasure_id: UUID, language: str | None = None) -> bytes:
    """Return a certificate as PDF, in the paper's language (the office's unless given).

    Nothing is written down: log_certificate does, when it leaves. Raises NoSuch and NotAllowed.
    """
    demand_either(office, Right.ERASE, Right.HOLD)
    words = papers.paper_words(office, language)
    with office.store.read() as work:
        erasure = work.get(Erasure, erasure_id)
        names = {each.id: _named(each, words) for each in work.find(StaffMember)}
    told = Told(erasure, names.get(erasure.done_by, ""), names.get(erasure.confirmed_by, ""))
    return draw(composed(Wanted(words, office.settings), told), words)


def log_certificate(office: Office, erasure_id: UUID, language: str | None, how: str) -> None:
    """Write down that a certificate left the screen: how as in papers.log_printed. Raises NotAllowed."""
    demand_either(office, Right.ERASE, Right.HOLD)
    said = {"form": ERASURE_CERTIFICATE.name, "language": language or office.settings.language, "how": how}
    with office.store.write() as work:
        work.note("printed", "Form", erasure_id, changes={name: [None, value] for name, value in said.items()})


def _named(staff: StaffMember, words: Words) -> str:
    names = (staff.name, staff.name_latin) if words.language == "km" else (staff.name_latin, staff.name)
    return names[0] or names[1] or ""


def certificates(office: Office) -> list[Erasure]:
    """Return every certificate of erasing, the newest first. Raises NotAllowed."""
    demand_either(office, Right.ERASE, Right.HOLD)
    with office.store.read() as work:
        return list(reversed(work.find(Erasure)))
