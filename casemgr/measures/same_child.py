"""Whether two records may be of one child: what speaks for it and what against, as reasons a worker can weigh."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.khmer.alike import ALIKE, Name, alike, names_alike
from casemgr.records.child import Child, Sex
from casemgr.records.fields import Choice

LIKELY = 75
"""From this score on two records are likely of one child."""
POSSIBLE = 55
"""From this score on they may be."""


class Reason(Choice):
    """What speaks for two records being of one child, or against it."""

    SAME_NAME = "same-name", N_("The same name")
    NAME_ALIKE = "name-alike", N_("The name may be another spelling")
    NAME_IN_PART = "name-in-part", N_("A part of the name is the same")
    NICKNAME = "nickname", N_("The same nickname")
    SAME_BIRTH = "same-birth", N_("The same date of birth")
    BIRTH_CLOSE = "birth-close", N_("Nearly the same date of birth")
    BIRTH_FITS = "birth-fits", N_("The dates of birth fit each other")
    SAME_VILLAGE = "same-village", N_("The same village")
    SAME_COMMUNE = "same-commune", N_("The same commune")
    SAME_PHONE = "same-phone", N_("The same telephone number")
    SAME_GUARDIAN = "same-guardian", N_("The same parent or guardian")
    OTHER_BIRTH = "other-birth", N_("The dates of birth are years apart")
    OTHER_SEX = "other-sex", N_("The sex differs")
    OTHER_PROVINCE = "other-province", N_("From another province")

    @property
    def speaks_against(self) -> bool:
        """Whether it makes one child less likely."""
        return self in (Reason.OTHER_BIRTH, Reason.OTHER_SEX, Reason.OTHER_PROVINCE)


@dataclass(frozen=True, repr=False)
class Person:
    """What of a child is compared. None, or nothing, is what is not known."""

    family_km: str | None = None
    given_km: str | None = None
    family_latin: str | None = None
    given_latin: str | None = None
    nickname: str | None = None
    sex: Sex | None = None
    born: PartialDate | None = None
    village_code: str | None = None
    phones: tuple[str, ...] = ()
    guardians: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return nothing of the person: no name may reach a log."""
        return "<Person>"

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The name in each script it is known in, the nickname where no name is."""
        km = Name(self.family_km or "", self.given_km or "")
        latin = Name(self.family_latin or "", self.given_latin or "")
        found = tuple(name for name in (km, latin) if any(name))
        return found or ((Name("", self.nickname),) if self.nickname else ())


def person_of(child: Child) -> Person:
    """Return what of a child's record is compared."""
    guardians = tuple(child.guardians or ())
    phones = (child.phone, *(guardian.phone for guardian in guardians))
    return Person(
        child.family_name_km, child.given_name_km, child.family_name_latin, child.given_name_latin, child.nickname,
        child.sex, child.born, child.village_code, tuple(phone for phone in phones if phone),
        tuple(guardian.name for guardian in guardians if guardian.name),
    )  # fmt: skip


class Likeness(NamedTuple):
    """How likely two records are of one child: 0 to 100, and why; the weightiest reason first, those against last."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        """Whether they are likely of one child."""
        return self.score >= LIKELY

    @property
    def is_possible(self) -> bool:
        """Whether they may be."""
        return self.score >= POSSIBLE


Told = tuple[Reason | None, float]
"""A reason, None where there is none to give, and the points it brings."""

_NOTHING: Told = (None, 0.0)
_WITHOUT_NAME = 60
"""The most that two records reach whose names differ: brothers and sisters share the rest."""


def likeness(one: Person, other: Person) -> Likeness:
    """Return how likely two records are of one child. It proposes; only a worker decides."""
    alikeness = name_likeness(one, other)
    told = (
        _of_names(alikeness, one, other), _of_nicknames(one, other), _of_births(one.born, other.born),
        _of_sex(one.sex, other.sex), _of_villages(one.village_code, other.village_code), _of_phones(one, other),
        _of_guardians(one.guardians, other.guardians),
    )  # fmt: skip
    score = sum(points for _, points in told)
    if alikeness < ALIKE / 2:
        score = min(score, _WITHOUT_NAME)
    reasons = [reason for reason, _ in sorted(told, key=lambda each: -each[1]) if reason is not None]
    return Likeness(round(max(0.0, min(score, 100.0))), tuple(reasons))


def name_likeness(one: Person, other: Person) -> float:
    """Return how much the names are alike, 0 to 1: by the best pair of scripts, held back where one script differs."""
    pairs = [names_alike(ours, theirs) for ours in one.names for theirs in other.names]
    if not pairs:
        return 0.0
    best = max(pairs)
    if len(one.names) == len(other.names) == 2:
        within = min(pairs[0], pairs[3])
        best = best if within >= ALIKE else (2 * best + within) / 3
    return best


def _of_names(alikeness: float, one: Person, other: Person) -> Told:
    if alikeness >= 0.95:
        return Reason.SAME_NAME, 55
    if alikeness >= ALIKE:
        return Reason.NAME_ALIKE, 40 + 60 * (alikeness - ALIKE)
    if alikeness >= 0.5:
        return Reason.NAME_IN_PART, 25
    return (Reason.NAME_IN_PART, 15) if _shares_part(one, other) else _NOTHING


def _shares_part(one: Person, other: Person) -> bool:
    """Whether the family names are alike, or the given names."""
    return any(
        alike(getattr(ours, part), getattr(theirs, part)) >= 0.85
        for ours in one.names
        for theirs in other.names
        for part in Name._fields
    )


def _of_nicknames(one: Person, other: Person) -> Told:
    if one.nickname and other.nickname and alike(one.nickname, other.nickname) >= 0.9:
        return Reason.NICKNAME, 6
    return _NOTHING


def _of_births(one: PartialDate | None, other: PartialDate | None) -> Told:
    if one is None or other is None:
        return _NOTHING
    if one.is_exact and other.is_exact:
        if one.earliest == other.earliest:
            return Reason.SAME_BIRTH, 30
        if _slipped(one, other):
            return Reason.BIRTH_CLOSE, 15
    elif one.earliest <= other.latest and other.earliest <= one.latest:
        return Reason.BIRTH_FITS, 12
    between = max(other.earliest - one.latest, one.earliest - other.latest)
    if between <= timedelta(days=366):
        return _NOTHING
    return Reason.OTHER_BIRTH, -12 if between <= timedelta(days=3 * 366) else -35


def _slipped(one: PartialDate, other: PartialDate) -> bool:
    """Whether day and month are exchanged, or one of year, month and day alone differs, the year by one."""
    ours, theirs = one.earliest, other.earliest
    if ours.year == theirs.year and (ours.month, ours.day) == (theirs.day, theirs.month):
        return True
    same = (ours.year == theirs.year) + (ours.month == theirs.month) + (ours.day == theirs.day)
    return same == 2 and abs(ours.year - theirs.year) <= 1


def _of_sex(one: Sex | None, other: Sex | None) -> Told:
    known = {one, other} - {None, Sex.UNKNOWN}
    if len(known) == 2:
        return Reason.OTHER_SEX, -35
    return None, 3 if one is other and known else 0


def _of_villages(one: str | None, other: str | None) -> Told:
    if not one or not other:
        return _NOTHING
    if one[:2] != other[:2]:
        return Reason.OTHER_PROVINCE, -6
    if one == other and len(one) == 8:
        return Reason.SAME_VILLAGE, 12
    if one[:6] == other[:6] and len(one) >= 6:
        return Reason.SAME_COMMUNE, 8
    return _NOTHING


def _of_phones(one: Person, other: Person) -> Told:
    return (Reason.SAME_PHONE, 12) if _digits(one.phones) & _digits(other.phones) else _NOTHING


def _digits(phones: Iterable[str]) -> set[str]:
    """Return what tells numbers apart, however they are typed: the last eight digits, without gaps and prefixes."""
    plain = ("".join(filter(str.isdecimal, phone))[-8:] for phone in phones)
    return {number for number in plain if len(number) == 8}


def _of_guardians(one: tuple[str, ...], other: tuple[str, ...]) -> Told:
    def parted(name: str) -> Name:
        family, _, given = name.strip().partition(" ")
        return Name(family, given)

    if any(names_alike(parted(ours), parted(theirs)) >= 0.85 for ours in one for theirs in other):
        return Reason.SAME_GUARDIAN, 12
    return _NOTHING
