"""What a printed form declares, and what it is composed from."""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_, Words
from casemgr.law.deadlines import DeadlineValue
from casemgr.law.limits import Limit
from casemgr.printing.blocks import Paper
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.social_inquiry import Addendum
from casemgr.records.staff import StaffMember

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)


class Material(Protocol):
    """Everything kept of one case, as the services hand it over."""

    @property
    def child(self) -> Child:
        """The child."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def offences(self) -> Sequence[Offence]:
        """The offences of the case."""

    @property
    def records(self) -> Sequence[CaseRecord]:
        """The records of the pathway's stages, oldest first within a stage."""

    @property
    def addenda(self) -> Sequence[Addendum]:
        """The corrections of submitted reports, oldest first."""

    @property
    def deadlines(self) -> Sequence[DeadlineValue]:
        """The deadlines of the case, those that are over and those that run."""

    @property
    def contacts(self) -> Mapping[UUID, Contact]:
        """Whom of the office's contacts the case names, by identity."""


def records_of(file: Material, kind: type[AnyRecord]) -> list[AnyRecord]:
    """Return the records of one class, oldest first."""
    return [record for record in file.records if isinstance(record, kind)]


class Reader(enum.Enum):
    """Into whose hands a paper is given; the value is a message."""

    OFFICE = N_("The office's own file")
    FAMILY = N_("The child and the family")
    AUTHORITY = N_("Police, prosecutor, court, prison or social affairs")
    OTHERS = N_("Another organisation or person")


class Naming(enum.Enum):
    """Whether a form bears the child's name or the code."""

    ALWAYS = "always"  # its purpose needs the name
    NAME = "name"  # the name, unless the worker asks for the code
    CODE = "code"  # the code, unless the worker asks for the name


class Chapter(enum.Enum):
    """Under what a form is listed; the value is a message."""

    ARREST = N_("Arrest and police")
    CONSENT = N_("Consent and rights")
    REFERRAL = N_("Referral")
    DIVERSION = N_("Diversion")
    COURT = N_("Report and court")
    DETENTION = N_("Detention")
    REINTEGRATION = N_("Reintegration and follow-up")
    MINISTRY = N_("Case forms of the ministry")
    CASE = N_("The case as a whole")


@dataclass(frozen=True)
class Wanted:
    """A paper as it is wanted.

    file: the case, None for a blank form. record_id: which record, where a case has several. by_hand: with every
    question, boxes to tick and lines to write on, filled with what is known; without it, what has an answer or ought
    to have one. with_restricted: with the answers for named staff alone. named: with the child's name and not the
    code alone. worker: who prints it. limits: the office's table of limits, by key. at: when it is printed, Phnom Penh
    time.
    """

    words: Words
    office: OfficeSettings | None = None
    file: Material | None = None
    record_id: UUID | None = None
    by_hand: bool = False
    with_restricted: bool = False
    named: bool = True
    worker: StaffMember | None = None
    limits: Mapping[str, Limit] = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: clock.now())  # noqa: PLW0108  (asked when it is made)

    @property
    def on(self) -> date:
        """The day it is printed."""
        return self.at.date()


def any_record(_record: CaseRecord) -> bool:
    """Print a form from any record of its class."""
    return True


def never(_file: Material) -> Iterable[UUID | None]:
    """Offer a form only in the list of all forms."""
    return ()


@dataclass(frozen=True)
class Form:
    """A printed form. name stays for ever; title, purpose, when are messages; version goes up with a change.

    number: stands on the paper. record: the class of record it is printed from, None where it is printed from the case
    as a whole. fits: from which records of that class alone. reader: into whose hands it is given. compose raises
    NoSuch for an unknown record. wanted_now: for which records of a case (None: for the case as a whole) the form is
    needed at the stage where the case stands now.
    """

    name: str
    number: str
    title: str
    purpose: str
    when: str
    version: str
    chapter: Chapter
    reader: Reader
    compose: Callable[[Wanted], Paper]
    record: type[CaseRecord] | None = None
    fits: Callable[[Any], bool] = any_record
    naming: Naming = Naming.NAME
    wanted_now: Callable[[Material], Iterable[UUID | None]] = never
