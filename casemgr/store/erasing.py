"""Taking a child out of an office: whole, without a name, or its documents alone; past the audit trail's old and new.

What was known is written nowhere again. The lines of the trail about the child are emptied (audit.empty_lines), and
what the deletes leave behind in the file goes with OfficeStore.sweep. Every function wants a transaction that writes.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from casemgr import clock
from casemgr.khmer.search import search_key
from casemgr.khmer.sorting import sort_key
from casemgr.law.coarse_birth import coarse_birth
from casemgr.measures.grounds import Ground, Known, grounds_of
from casemgr.records.base import Base, CaseRecord, Record
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.document import Document
from casemgr.records.beside.link import Link
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.kept import AuditEntry, Deadline, Draft, ImportedRecord, IndexEventKept, NumberGiven
from casemgr.records.nameless import NOT_KEPT, nameless
from casemgr.records.retention import ErasedKind, ErasingHold
from casemgr.store import persons, search_index
from casemgr.store.audit import TAKEN_IN, empty_lines
from casemgr.store.queries import LONGEST_SERIAL, drop_unused_files
from casemgr.store.work import Work

FAMILY = (ContactRole.GUARDIAN, ContactRole.RELATIVE)
"""Contacts who are in the directory for one child's sake; they go with it, where no other case names them."""


class Erased(NamedTuple):
    """What was erased. lines: of the trail, as the line about the erasing says it. known_as: its code from now on."""

    counts: dict[ErasedKind, int]
    lines: str
    known_as: str


class _Of(NamedTuple):
    """What belongs to a child: its cases, links of others to it, contacts for its sake alone, holds on it."""

    child: Child
    cases: tuple[Case, ...]
    links: tuple[UUID, ...]
    family: tuple[UUID, ...]
    holds: tuple[UUID, ...]

    @property
    def case_ids(self) -> list[UUID]:
        return [case.id for case in self.cases]


def erase_child(work: Work, child_id: UUID) -> Erased:
    """Take a child with everything that is kept of it out of the office. Raises NoSuch."""
    of, counts = _begin(work, child_id)
    counts[ErasedKind.CHILDREN], counts[ErasedKind.CASES] = 1, len(of.cases)
    lines = _empty_trail(work, of, counts)
    _remember_numbers(work, of)
    _drop_drafts(work, of, counts)
    for table in (Deadline, IndexEventKept):
        _delete(work, table, _table(table).c.case_id.in_(of.case_ids))
    for kind in _case_kinds():
        counts[_kind_of(kind)] += _delete(work, kind, _table(kind).c.case_id.in_(of.case_ids))
    counts[ErasedKind.LINKS] += _delete(work, Link, Link.id.in_(of.links))
    counts[ErasedKind.LINKS] += _delete(work, Contact, Contact.id.in_(of.family))
    _delete(work, ErasingHold, ErasingHold.id.in_(of.holds))
    counts[ErasedKind.LINKS] += persons.part(work, child_id)
    _delete(work, ImportedRecord, sa.or_(ImportedRecord.record_id == child_id, ImportedRecord.case_id.in_(of.case_ids)))
    _delete(work, Case, Case.child_id == child_id)
    _delete(work, Child, Child.id == child_id)
    _make_findable_anew(work, child_id)
    drop_unused_files(work)
    return Erased(dict(counts), lines, of.child.code or "")


def anonymise_child(work: Work, child_id: UUID, office_code: str) -> Erased:
    """Take out all that tells who a child is; coded answers, numbers and days stay for the figures. Raises NoSuch.

    The child and its cases get codes that stand on no paper. Index events and deadlines stay as they are.
    """
    of, counts = _begin(work, child_id)
    counts[ErasedKind.CHILDREN], counts[ErasedKind.CASES] = 1, len(of.cases)
    lines = _empty_trail(work, of, counts)
    _remember_numbers(work, of)
    _drop_drafts(work, of, counts)
    _drop_kinds(work, of, NOT_KEPT, counts)
    counts[ErasedKind.LINKS] += _delete(work, Link, Link.id.in_(of.links))
    counts[ErasedKind.LINKS] += _delete(work, Contact, Contact.id.in_(of.family))
    offences = work.read(Offence, case_id=of.case_ids)
    for kind in _case_kinds():
        if kind not in NOT_KEPT:
            for record in work.read(kind, case_id=of.case_ids):
                counts[ErasedKind.RECORDS] += 1
                _change(work, record, nameless(record))
    _delete(work, ErasingHold, ErasingHold.id.in_(of.holds))
    known_as = f"{office_code}-X-{secrets.token_hex(4).upper()}"
    for number, case in enumerate(of.cases, start=1):
        _change(work, case, nameless(case) | {"number": f"{known_as}-{number}"})
    counts[ErasedKind.LINKS] += persons.part(work, child_id)
    _delete(work, ImportedRecord, sa.or_(ImportedRecord.record_id == child_id, ImportedRecord.case_id.in_(of.case_ids)))
    _change(work, of.child, _nameless_child(of.child, offences, known_as))
    _make_findable_anew(work, child_id)
    drop_unused_files(work)
    return Erased(dict(counts), lines, known_as)


def erase_documents(work: Work, child_id: UUID) -> Erased:
    """Take the documents and photographs of a child out of all its cases; the rest stays. Raises NoSuch."""
    of, counts = _begin(work, child_id)
    documents = [each.id for each in work.read(Document, case_id=of.case_ids)]
    told = sa.or_(AuditEntry.record_type == Document.__name__, AuditEntry.action == TAKEN_IN)
    about = sa.and_(told, AuditEntry.child_id == child_id)
    lines = _counted(empty_lines(work.session, sa.or_(about, AuditEntry.record_id.in_(documents))), counts)
    theirs = sa.or_(
        Draft.plain.contains("digest"), Draft.key.startswith(f"{Document.__tablename__}/", autoescape=True),
        *(Draft.key.contains(str(identity)) for identity in documents),
    )  # fmt: skip
    drafts = sa.and_(Draft.case_id.in_(of.case_ids), theirs)
    counts[ErasedKind.DRAFTS] += _delete(work, Draft, drafts)
    _drop_kinds(work, of, (Document,), counts)
    drop_unused_files(work)
    return Erased(dict(counts), lines, of.child.code or "")


def _make_findable_anew(work: Work, child_id: UUID) -> None:
    """Let the child be found by nothing that is not kept of it any more."""
    search_index.bring_up_to_date(work.session.connection(), [child_id])


def _begin(work: Work, child_id: UUID) -> tuple[_Of, Counter[ErasedKind]]:
    """Read what belongs to a child; what is deleted from now on is overwritten, its order does not matter."""
    work.flush()
    connection = work.session.connection()
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    child, cases = work.read_one(Child, child_id), tuple(work.read(Case, child_id=child_id))
    case_ids = [case.id for case in cases]
    links = sa.select(Link.id).where(
        sa.or_(Link.other_child_id == child_id, Link.other_case_id.in_(case_ids)), Link.case_id.not_in(case_ids)
    )
    found = connection.execute(links).scalars()
    holds = tuple(each.id for each in work.read(ErasingHold, child_id=child_id))
    return _Of(child, cases, tuple(found), tuple(_family(work, case_ids)), holds), Counter()


def _family(work: Work, case_ids: Collection[UUID]) -> Iterator[UUID]:
    """Yield the parents and relatives in the directory whom no other case names."""
    parts = work.read(CaseContact, case_id=list(case_ids))
    for contact in work.read(Contact, id=list({part.contact_id for part in parts})):
        is_family = contact.role in FAMILY or any(
            part.role in FAMILY for part in parts if part.contact_id == contact.id
        )
        if is_family and all(part.case_id in case_ids for part in work.read(CaseContact, contact_id=contact.id)):
            yield contact.id


def _empty_trail(work: Work, of: _Of, counts: Counter[ErasedKind]) -> str:
    """Empty the lines about a child, its cases and what hangs on them, and those that name one of these."""
    named = [str(identity) for identity in (of.child.id, *of.case_ids)]
    others = (*of.links, *of.family, *of.holds)
    return _counted(empty_lines(work.session, sa.or_(
        AuditEntry.child_id == of.child.id, AuditEntry.case_id.in_(of.case_ids), AuditEntry.record_id.in_(others),
        *(sa.func.instr(AuditEntry.changes, name) > 0 for name in named),
    )), counts)  # fmt: skip


def _counted(lines: str, counts: Counter[ErasedKind]) -> str:
    for part in filter(None, lines.split(",")):
        first, _, last = part.partition("-")
        counts[ErasedKind.TRAIL] += int(last) - int(first) + 1
    return lines


def _remember_numbers(work: Work, of: _Of) -> None:
    """Keep which numbers were given, so that none on a paper somewhere is given to another child."""
    for written in filter(None, (of.child.code, *(case.number for case in of.cases))):
        prefix, dash, serial = written.rpartition("-")
        if serial.isdecimal() and len(serial) <= LONGEST_SERIAL:  # a longer one came from elsewhere
            _remember(work, prefix + dash, int(serial))


def _remember(work: Work, prefix: str, serial: int) -> None:
    known = work.first(NumberGiven, prefix=prefix)
    if known is None:
        work.add(NumberGiven(prefix=prefix, highest=serial))
    else:
        known.highest = max(known.highest, serial)
    work.flush()


def _drop_drafts(work: Work, of: _Of, counts: Counter[ErasedKind]) -> None:
    """Drop what is unfinished in these cases, and whatever names the child or a case in its key or its answers."""
    named = [str(identity) for identity in (of.child.id, *of.case_ids)]
    told = sa.or_(*(column.contains(name) for name in named for column in (Draft.key, Draft.plain)))
    counts[ErasedKind.DRAFTS] += _delete(work, Draft, sa.or_(Draft.case_id.in_(of.case_ids), told))


def _drop_kinds(work: Work, of: _Of, kinds: Collection[type[CaseRecord]], counts: Counter[ErasedKind]) -> None:
    for kind in kinds:
        ids = [each.id for each in work.read(kind, case_id=of.case_ids)]
        _delete(work, Deadline, Deadline.record_id.in_(ids))
        counts[_kind_of(kind)] += _delete(work, kind, _table(kind).c.id.in_(ids))


def _kind_of(kind: type[CaseRecord]) -> ErasedKind:
    if kind is Document:
        return ErasedKind.DOCUMENTS
    return ErasedKind.LINKS if kind in (Link, CaseContact) else ErasedKind.RECORDS


def _nameless_child(child: Child, offences: Collection[Offence], known_as: str) -> dict[str, Any]:
    first = {
        case_id: min(days)
        for case_id in {each.case_id for each in offences}
        if (days := [each.committed_on for each in offences if each.case_id == case_id and each.committed_on])
    }
    return nameless(child, None) | {
        "code": known_as, "born": coarse_birth(child.born, list(first.values())), "search_key": search_key(known_as),
        "sort_key_km": sort_key(""), "anonymised_on": clock.today(),
        "home_is_rural": grounds_of(Known(child))[Ground.RURAL],
    }  # fmt: skip


def _change(work: Work, record: Record, answers: Mapping[str, Any]) -> None:
    table = _table(type(record))
    moved = {"version": record.version + 1, "changed_at": clock.now()}
    work.session.connection().execute(sa.update(table).where(table.c.id == record.id).values(**answers, **moved))


def _delete(work: Work, kind: type[Base], where: sa.ColumnElement[bool]) -> int:
    return work.session.connection().execute(sa.delete(_table(kind)).where(where)).rowcount


def _case_kinds() -> list[type[CaseRecord]]:
    mapped = (mapper.class_ for mapper in Base.registry.mappers)
    return sorted((kind for kind in mapped if issubclass(kind, CaseRecord)), key=lambda kind: kind.__tablename__)


def _table(kind: type[Base]) -> Any:
    return kind.__table__
