"""A paper with the code: the names of the child and the family give way to it wherever they stand."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from casemgr.i18n import Words
from casemgr.records.child import Child

NO_RELATION = "–"
_BETWEEN = "[\\s\u200b]*"
_KHMER, _LATIN = "[\u1780-\u17d3]", r"[^\W\d_]"
_SURE = 4
"""A Khmer name of so many signs is taken for the name also within a word; a shorter one only where it stands alone."""


@dataclasses.dataclass(frozen=True)
class Unnamed:
    """What takes the names out of a text. words: the language in which a relation stands for a relative's name.

    Full names go everywhere, in either script and order, whatever stands between their parts. In what a worker wrote
    in own words the child's given name and nickname alone go as well, which elsewhere may be somebody else's.
    """

    child: Child
    words: Words

    def full(self, text: str) -> str:
        """Return a text without full names."""
        return _replaced(text, self._full)

    def free(self, text: str) -> str:
        """Return a text in own words without full names, and without what the child is called."""
        return _replaced(text, self._full + self._called)

    def all_of(self, part: Any) -> Any:
        """Return the blocks of a paper, or a part of one, without full names."""
        if isinstance(part, str):
            return self.full(part)
        if isinstance(part, tuple | list):
            return tuple(self.all_of(each) for each in part)
        if dataclasses.is_dataclass(part) and not isinstance(part, type):
            return dataclasses.replace(
                part, **{each.name: self.all_of(getattr(part, each.name)) for each in dataclasses.fields(part)}
            )
        return part

    @cached_property
    def _full(self) -> list[tuple[re.Pattern[str], str]]:
        child = self.child
        names = [
            (child.family_name_km, child.given_name_km), (child.family_name_latin, child.given_name_latin),
            (child.given_name_km, child.family_name_km), (child.given_name_latin, child.family_name_latin),
        ]  # fmt: skip
        found = [(_pattern(filter(None, name)), self._code) for name in names if all(name)]
        family = [(each.name, each.relation) for each in child.guardians]
        family += [(each.name, each.relation) for each in child.household]
        for name, relation in family:
            if name and name.strip():
                told = self.words.text(relation.label) if relation else NO_RELATION
                found.append((_pattern(name.split()), told))
        return found

    @cached_property
    def _called(self) -> list[tuple[re.Pattern[str], str]]:
        child = self.child
        return [(_pattern([name]), self._code) for name in (child.given_name_km, child.given_name_latin, child.nickname)
                if name and name.strip()]  # fmt: skip

    @property
    def _code(self) -> str:
        return self.child.code or NO_RELATION


def _replaced(text: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, instead in patterns:
        text = pattern.sub(lambda _found, instead=instead: instead, text)  # type: ignore[misc]
    return text


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a name: a Latin one never within a word, a Khmer one there only where it is long enough."""
    name = [part.strip() for part in parts]
    written = _BETWEEN.join(map(re.escape, name))
    return re.compile("".join(_around(written, "".join(name))), re.IGNORECASE)


def _around(written: str, name: str) -> Iterator[str]:
    letters = _KHMER if re.match(_KHMER, name) else _LATIN
    alone = letters is _LATIN or len(name) < _SURE
    yield f"(?<!{letters})" if alone else ""
    yield written
    yield f"(?!{letters})" if alone else ""
