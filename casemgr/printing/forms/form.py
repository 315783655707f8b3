"""What a printed form declares, and what it is composed from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from casemgr.i18n import Words
from casemgr.printing.blocks import Paper
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.social_inquiry import Addendum


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


Compose = Callable[[Material | None, UUID | None, OfficeSettings | None, Words, bool], Paper]
"""From the case (None: blank, for writing by hand), the record where several would do, the office whose head it bears,
the words of the paper's language, and whether restricted answers may be on it. Raises NoSuch for an unknown record."""


@dataclass(frozen=True)
class Form:
    """A printed form. name stays for ever; title, purpose, when are messages; version goes up with a change.

    record: the class of record it is printed from.
    """

    name: str
    title: str
    purpose: str
    when: str
    version: str
    compose: Compose
    record: type[CaseRecord]
