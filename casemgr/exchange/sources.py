"""What of a case can go to another program: each thing with the answers it is read from and how it is found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from casemgr.clock import PartialDate
from casemgr.exchange.left_out import LeftOut, Why
from casemgr.exchange.site_map import SiteMap
from casemgr.i18n import Words
from casemgr.khmer.digits import to_ascii_digits
from casemgr.law.ages import age_range
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Choice, field_of
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)
Reads = tuple[tuple[type[Record], str], ...]


@dataclass(frozen=True)
class Given:
    """What is known when a case is sent: all of it that may leave, who carries it, the office, the day, the words."""

    child: Child
    case: Case
    offences: tuple[Offence, ...]
    records: tuple[CaseRecord, ...]
    worker: StaffMember | None
    office: OfficeSettings
    today: date
    words: Words

    def of(self, kind: type[AnyRecord]) -> list[AnyRecord]:
        """Return the records of one class, oldest first."""
        return [record for record in self.records if isinstance(record, kind)]

    @property
    def all(self) -> tuple[Record, ...]:
        """Child, case, offences and records."""
        return (self.child, self.case, *self.offences, *self.records)


@dataclass(frozen=True)
class Source:
    """One thing that can be sent. key: ours, for ever; their: the name in the map that the program has, None for none.

    find: given what it stands in (the case, or a line of a section), answers the value; a Choice, or several, where it
    is coded. reads: the answers it is made of. codes: their code for each of ours, None where none is known.
    """

    key: str
    their: str | None
    find: Callable[[Any], Any]
    reads: Reads = ()
    codes: Mapping[str, str | None] | None = None


@dataclass(frozen=True)
class Section:
    """Several lines of one kind. lines: of a case; each source finds its value in a line."""

    key: str
    their: str | None
    lines: Callable[[Given], Iterable[Any]]
    sources: tuple[Source, ...]


@dataclass
class Sending:
    """Fills names with values by a map, and keeps what was carried and what could not be."""

    map: SiteMap
    carried: set[tuple[str, str]] = field(default_factory=set)
    sent: set[tuple[str, str]] = field(default_factory=set)
    lost: list[tuple[type[Record], str, Why]] = field(default_factory=list)

    def fill(self, sources: Iterable[Source], item: Any, within: str = "") -> dict[str, Any]:
        """Return the values that can be told of a case, or of a line of a section, by their names there."""
        return {name: value for source in sources for name, value in self._told(source, item, within)}

    def _told(self, source: Source, item: Any, within: str) -> Iterator[tuple[str, Any]]:
        key = f"{within}.{source.key}" if within else source.key
        value, name = source.find(item), self.map.fields[key]
        if value is None or value in ("", (), []):
            return
        if name is None:
            self.leave(source, Why.TURNED_OFF)
            return
        if source.codes is not None:
            value = self._coded(source, key, value)
        self.carried |= {(kind.__name__, one) for kind, one in source.reads}
        if value is not None and value not in ("", []):
            self.sent |= {(kind.__name__, one) for kind, one in source.reads}
            yield name, value

    def _coded(self, source: Source, key: str, value: Any) -> Any:
        codes, several = self.map.codes[key], isinstance(value, list | tuple)
        found = [codes.get(str(each.value) if isinstance(each, Choice) else str(each))
                 for each in (value if several else (value,))]  # fmt: skip
        if None in found:
            self.leave(source, Why.NO_CODE)
        known = [code for code in found if code is not None]
        return known if several else next(iter(known), None)

    def leave(self, source: Source, why: Why) -> None:
        """Tell of what a source is made of that it is not in the file; it is told once."""
        for kind, name in source.reads:
            self.lose(kind, name, why)

    def lose(self, kind: type[Record], name: str, why: Why) -> None:
        """Tell of one answer that it is not in the file."""
        self.lost.append((kind, name, why))
        self.carried.add((kind.__name__, name))

    @property
    def left(self) -> list[LeftOut]:
        """What could not be told; an answer that has no name in one place is none of it where it is sent in another."""
        return [
            LeftOut(why, kind.title, field_of(kind, name).label)
            for kind, name, why in self.lost
            if why is not Why.TURNED_OFF or (kind.__name__, name) not in self.sent
        ]


def map_of(system: str, site: Mapping[str, str], sources: Iterable[Source], sections: Iterable[Section]) -> SiteMap:
    """Return the map that the program has for these things."""
    keyed = [(source.key, source) for source in sources]
    fields = {key: source.their for key, source in keyed}
    for section in sections:
        fields[section.key] = section.their
        own = [(f"{section.key}.{source.key}", source) for source in section.sources]
        fields |= {key: source.their for key, source in own}
        keyed += own
    codes = {key: source.codes for key, source in keyed if source.codes is not None}
    return SiteMap(system, site, fields, codes)


def both_scripts(khmer: str | None, latin: str | None) -> str | None:
    """Return a name in Khmer with the Latin letters beside it, or the one that is known."""
    return f"{khmer} ({latin})" if khmer and latin else khmer or latin


def exact_day(known: PartialDate | None) -> str | None:
    """Return a day as ISO text, None where it is not known to the day: no day is invented."""
    return known.earliest.isoformat() if known is not None and known.is_exact else None


def years_old(given: Given) -> int | None:
    """Return the child's age today in completed years, None where it may be one of several."""
    ages = age_range(given.child.born, PartialDate.on(given.today))
    return ages.youngest if ages is not None and ages.youngest == ages.oldest and ages.youngest >= 0 else None


def telephone(text: str | None) -> str | None:
    """Return a telephone number in ASCII digits, as it was written else."""
    return to_ascii_digits(text).strip() if text else None
