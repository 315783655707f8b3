"""What the program keeps of its own accord beside the records: deadlines, drafts, corrections, the audit trail."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import Base, Record


class Deadline(Base):
    """The date or hour that a limit or a promise gives in one case; made anew whenever one of its records changes.

    due_at: Phnom Penh time; with whole_day the deadline is the day, and due_at its last minute. doubts: codes set
    apart by commas, among age, offence-date, class and start. ended_at: when the clock stopped, None while it runs.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        sa.Index("deadline_running", "due_at", sqlite_where=sa.column("ended_at").is_(None)),
        sa.Index(
            "deadline_listed", "case_id", "due_at", "whole_day", "rule", sqlite_where=sa.column("ended_at").is_(None)
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    case_id: Mapped[UUID] = mapped_column(sa.ForeignKey("case.id"), index=True)
    record_id: Mapped[UUID]
    rule: Mapped[str]
    limit_key: Mapped[str | None]
    started_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    whole_day: Mapped[bool]
    ended_at: Mapped[datetime | None]
    doubts: Mapped[str] = mapped_column(default="")


NOTHING_DUE = date.max
"""Stands for no day at all where rows are sorted by the day something is due: after all that have one."""


class IndexEventKept(Base):
    """An index event that a record of a case tells of, and what the follow-up of its child is at; made with deadlines.

    kind: the code of measures.index_events.IndexKind. began_on: its day. first: whether it is the child's first. Of
    the child, over all its cases: next_due, the day of the soonest follow-up that is still to be done (NOTHING_DUE
    where none is), and lost_on, since when it is written down as lost.
    """

    __tablename__ = "index_event"
    __table_args__ = (sa.Index("index_event_due", "first", "next_due", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    case_id: Mapped[UUID] = mapped_column(sa.ForeignKey("case.id"), index=True)
    child_id: Mapped[UUID] = mapped_column(sa.ForeignKey("child.id"), index=True)
    record_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(sa.String(40))
    began_on: Mapped[date]
    first: Mapped[bool] = mapped_column(default=False)
    next_due: Mapped[date] = mapped_column(default=NOTHING_DUE)
    lost_on: Mapped[date | None] = mapped_column(default=None)


class NumberGiven(Base):
    """The highest number that was given after a prefix, such as "SR-C-", where its child or case was erased since."""

    __tablename__ = "number_given"

    prefix: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    highest: Mapped[int]


class LimitCorrection(Record):
    """What a supervisor says of one row of the shipped table of limits; the newest for a key counts."""

    __tablename__ = "limit_correction"
    title: ClassVar[str] = N_("Limit")

    limit_key: Mapped[str] = mapped_column(index=True)
    value: Mapped[int]
    article: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str | None] = mapped_column(default=None)
    confirmed: Mapped[bool] = mapped_column(default=False)
    confirmed_by: Mapped[str | None] = mapped_column(default=None)
    confirmed_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Draft(Base):
    """Unfinished typing of one staff member in one editor: JSON of plain answers by field name."""

    __tablename__ = "draft"

    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[UUID | None]
    plain: Mapped[str]
    kept_at: Mapped[datetime]


class OfficePair(Base):
    """A key pair of the office, to which other offices seal the cases they hand over; the newest is given to them.

    No Record: the audit trail must never hold the private half. Earlier pairs still open what was sealed to them.
    """

    __tablename__ = "office_pair"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    public: Mapped[bytes]
    private: Mapped[bytes]
    made_at: Mapped[datetime]


class ImportRun(Base):
    """One import of a list, as long as it can be taken back; that it happened stays in the audit trail.

    rows, children, cases: how many came. mapping_key: whose mapping of columns was kept with it, None where none was;
    mapping_before: what was kept under that key until then.
    """

    __tablename__ = "import_run"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    made_at: Mapped[datetime]
    staff_id: Mapped[UUID]
    rows: Mapped[int]
    children: Mapped[int]
    cases: Mapped[int]
    mapping_key: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    mapping_before: Mapped[str | None] = mapped_column(default=None)


class ImportedRecord(Base):
    """A record that came with an import. kind: the name of its class. case_id: None for a child."""

    __tablename__ = "imported_record"
    __table_args__ = (sa.Index("imported_record_of", "import_id", "kind"),)

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    import_id: Mapped[UUID] = mapped_column(sa.ForeignKey("import_run.id"))
    kind: Mapped[str] = mapped_column(sa.String(40))
    case_id: Mapped[UUID | None] = mapped_column(default=None)


class ImportMapping(Base):
    """What the columns and words of an office's own list mean, remembered for the next list with the same headings.

    key: a digest of the headings. plain: JSON {"columns": {place: column}, "meanings": {column: {word: code}}}.
    """

    __tablename__ = "import_mapping"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    plain: Mapped[str]
    kept_at: Mapped[datetime]


class SiteNames(Base):
    """Under which names and codes the office's answers go to another program, where it has other names than ours.

    system: which program. plain: JSON {"site", "fields", "codes"} of what differs (casemgr.exchange.site_map).
    """

    __tablename__ = "site_names"

    system: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    plain: Mapped[str]
    kept_at: Mapped[datetime]


class SavedList(Record):
    """A list of cases that a staff member chose and named: filters, columns and order, for one person or everybody.

    name: empty for the one list of each person that remembers what was chosen last. shared: for everybody in the
    office. plain: JSON, as casemgr.services.saved_lists writes it. What was typed to narrow a list is no part of it:
    it may be a name.
    """

    __tablename__ = "saved_list"
    title: ClassVar[str] = N_("Saved list")

    staff_id: Mapped[UUID] = mapped_column(sa.ForeignKey("staff_member.id"), index=True, default=None)
    name: Mapped[str] = mapped_column(default="")
    shared: Mapped[bool] = mapped_column(default=False)
    plain: Mapped[str] = mapped_column(default="{}")


OF_SAMENESS = "record_type = 'Sameness'"
"""The lines about whether two records are of one child: few, and each is of two children, of whom it names one."""


class AuditEntry(Base):
    """One line of the audit trail. Each digest covers the line and the digest before it, so a changed line shows.

    changes: JSON, {field: [old, new]} in plain values. Lines are only ever added. What a line says, changes and why,
    stands in the digest through its seal alone: salt, changes and why can be taken out when a child is erased, and the
    chain still holds. salt: random, so that nobody finds by trying what the seal was made of.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (sa.Index("audit_of_sameness", "record_id", sqlite_where=sa.text(OF_SAMENESS)),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, default=None)
    at: Mapped[datetime]
    staff_id: Mapped[UUID]
    action: Mapped[str] = mapped_column(sa.String(30))
    record_type: Mapped[str] = mapped_column(sa.String(40))
    record_id: Mapped[UUID | None] = mapped_column(index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    child_id: Mapped[UUID | None] = mapped_column(index=True)
    changes: Mapped[str | None]
    why: Mapped[str | None]
    salt: Mapped[str | None] = mapped_column(sa.String(32))
    seal: Mapped[str] = mapped_column(sa.String(64))
    previous: Mapped[str] = mapped_column(sa.String(64))
    digest: Mapped[str] = mapped_column(sa.String(64))
