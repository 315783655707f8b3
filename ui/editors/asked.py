"""Which fields of a record an editor asks, and how they belong together."""

from collections.abc import Collection, Iterable

from casemgr.records.base import Record
from casemgr.records.fields import FieldInfo, Group, fields_of

LONG = 24
"""From so many fields on, a record is shown a section at a time, with the list of sections beside it."""


def fields_asked(record_class: type[Record], only: Iterable[str] | None = None) -> tuple[FieldInfo, ...]:
    """Return the fields of a record, or those of these names, in the order of their declaration."""
    wanted = None if only is None else tuple(only)
    return tuple(info for info in fields_of(record_class) if wanted is None or info.name in wanted)


def is_long(infos: Collection[FieldInfo]) -> bool:
    """Return whether these questions are shown a section at a time."""
    return len(infos) > LONG and len({info.group for info in infos}) > 2


def grouped(infos: Iterable[FieldInfo]) -> list[tuple[Group | None, list[FieldInfo]]]:
    """Return the fields by group, in the order in which the groups first occur."""
    groups: dict[Group | None, list[FieldInfo]] = {}
    for info in infos:
        groups.setdefault(info.group, []).append(info)
    return list(groups.items())
