"""The one search: who is meant by what was typed, ordered by likeness, and by what each was found. Nothing is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from casemgr import places
from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.khmer.alike import begins_alike
from casemgr.khmer.sounds import skeleton_of, sounds
from casemgr.records.child import Sex, full_name
from casemgr.records.fields import Choice
from casemgr.services.office import Office
from casemgr.store import finding
from casemgr.store.finding import FoundCase
from casemgr.store.search_terms import (
    GUARDIAN,
    INNER,
    LONGEST,
    NAME,
    NUMBER,
    PLACE,
    SOUND,
    SOUNDED,
    WHOLE,
    inner_parts,
    number_keys,
    phone_keys,
    words_of,
)
from casemgr.store.work import Work

FEWEST_LETTERS = 2
"""From so many letters on something is looked for."""
SOUNDED_FROM, JOINED = 3, 5
"""Letters from which on a word is also taken by its sounds, and for a whole name without a gap."""
SPARE, MOST_ASKED = 5, 500
"""So many more are weighed than are wanted; and of so many at most it is asked whose they are."""


class Why(Choice):
    """By what a child was found."""

    NAME = "name", N_("Name")
    SOUND = "sound", N_("Name that sounds alike")
    NICKNAME = "nickname", N_("Nickname")
    CODE = "code", N_("Child code")
    CASE_NUMBER = "case-number", N_("Case number")
    COURT_NUMBER = "court-number", N_("Case number at the court")
    POLICE_NUMBER = "police-number", N_("Police report number")
    PHONE = "phone", N_("Telephone")
    GUARDIAN = "guardian", N_("Parent or guardian")
    PLACE = "place", N_("Village")


class Match(NamedTuple):
    """By what a child was found, and what stands there, such as the guardian's name. text_en: in Latin letters."""

    why: Why
    text: str
    text_en: str

    def __repr__(self) -> str:
        """Return why alone: no answer may reach a log."""
        return f"<Match {self.why.value}>"


class FoundChild(NamedTuple):
    """A child that may be meant. The names fall back to the other script, the nickname, the code: never empty.

    matches: by what, the best first. case: the case whose number was typed, else None. newest: the child's newest case
    that the staff member may open. score: likeness, 0 to 100.
    """

    id: UUID
    code: str
    name_km: str
    name_latin: str
    sex: Sex | None
    born: PartialDate | None
    matches: tuple[Match, ...]
    case: FoundCase | None
    newest: FoundCase | None
    score: int

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<FoundChild {self.id}>"


def find_children(office: Office, typed: str, *, limit: int = 20) -> list[FoundChild]:
    """Return who may be meant by what was typed, the likeliest first, those of one likeness in dictionary order.

    typed: parts of names in either script, as they are written or as they sound, a nickname, a code, a number of the
    case, court or police, a telephone number, a village, a guardian; every word must fit. Fewer than two letters find
    nothing. A case worker finds the children of the own cases, of those that nobody carries, and those without any,
    and a case by the numbers of these alone. Raises NotAllowed for who may not know names. Nothing is written down.
    """
    words = words_of(typed)
    with office.read() as work:
        if len("".join(words)) < FEWEST_LETTERS:
            return []
        meant = _meant(office, work, words, limit + SPARE)
        rows = finding.children_among(work, meant)
        cases = finding.cases_among(work, meant, office.scope)
    found = (_weighed(row, cases.get(row.id, []), words) for row in rows)
    kept = [(each, row.sort_key_km) for each, row in zip(found, rows, strict=True) if each is not None]
    kept.sort(key=lambda pair: (-pair[0].score, pair[1], pair[0].code))
    return [each for each, _ in kept[:limit]]


def _meant(office: Office, work: Work, words: Sequence[str], limit: int) -> list[UUID]:
    """Return so many children that the words may mean, the likeliest first, by the terms that are kept of them."""
    fitting = [_fitting_terms(work, word) for word in words]
    if len(fitting) == 1:
        found: dict[UUID, None] = {}
        for term, _ in sorted(fitting[0].items(), key=lambda each: (-each[1], each[0])):
            found |= dict.fromkeys(finding.children_with(work, term, office.scope, limit))
            if len(found) >= limit:
                break
        return list(found)
    scores = [_scores(work, terms) for terms in fitting]
    least = min(scores, key=len)
    total = {entry: sum(score[entry] for score in scores) for entry in least if all(entry in each for each in scores)}
    best = sorted(total, key=lambda entry: (-total[entry], entry))[: limit if office.scope is None else None]
    children = finding.children_of(work, best[:MOST_ASKED], office.scope)
    return [children[entry] for entry in best if entry in children][:limit]


def _scores(work: Work, terms: Mapping[str, float]) -> dict[int, float]:
    """Return the entries that have one of these terms, with the best of what their terms are worth."""
    found: dict[int, float] = {}
    for term, entry in finding.entries_with(work, terms):
        found[entry] = max(terms[term], found.get(entry, 0.0))
    return found


def _fitting_terms(work: Work, word: str) -> dict[str, float]:
    """Return the terms that a word may be meant by, with what each is worth."""
    found: dict[str, float] = {}
    for kind, worth, of_part in (
        (NAME, 100, 80), (INNER, 85, 65), (NUMBER, 97, 75), (WHOLE, 99, 78), (GUARDIAN, 70, 55), (PLACE, 55, 44),
    ):  # fmt: skip
        if kind != WHOLE or len(word) >= JOINED:
            for term in finding.vocabulary(work, (kind + word)[:LONGEST]):
                whole = len(term) == len(word) + 1
                found[term] = worth if whole else of_part + 15 * len(word) / len(term)
    typed = sounds(word)
    whole_skeleton = skeleton_of(typed)
    sounded = whole_skeleton.rstrip("*")  # of what is not typed to its end the last vowel says nothing yet
    if len(sounded) < FEWEST_LETTERS:
        sounded = whole_skeleton
    if len(word) >= SOUNDED_FROM and len(sounded) >= FEWEST_LETTERS:
        for term in finding.vocabulary(work, (SOUND + sounded)[:LONGEST]):
            if (heard := begins_alike(typed, term.partition(SOUNDED)[2])) > 0:
                found[term] = 100 * heard
    return found


def _weighed(row: Any, cases: list[FoundCase], words: Sequence[str]) -> FoundChild | None:
    """Return a child with how well it fits; None where a word fits nothing of it."""
    told = list(_told(row, cases))
    best = [max((_fit(word, each) for each in told), key=lambda fit: fit[0], default=_NO_FIT) for word in words]
    if any(points <= 0 for points, _ in best):
        return None
    order = sorted(best, key=lambda fit: -fit[0])
    matches = tuple(dict.fromkeys(match for _, match in order if match is not None))
    numbers = {match.text for match in matches if match.why in _OF_CASE}
    case = next((each for each in cases if numbers & {each.number, each.court_number, each.police_report_number}), None)
    names = (row.family_name_km, row.given_name_km, row.family_name_latin, row.given_name_latin)
    km, latin = (full_name(*names, language) or row.nickname or row.code or "–" for language in ("km", "en"))
    score = round(sum(points for points, _ in best) / len(best))
    return FoundChild(
        row.id, row.code or "", km, latin, row.sex, row.born, matches, case, cases[0] if cases else None, score
    )


_OF_CASE = frozenset({Why.CASE_NUMBER, Why.COURT_NUMBER, Why.POLICE_NUMBER})


class _Told(NamedTuple):
    """Something a child is found by: the words, what it is worth, what it is called. sounding: also by its sounds."""

    keys: tuple[str, ...]
    worth: int
    match: Match
    sounding: bool = False


Fit = tuple[float, Match | None]
_NO_FIT: Fit = (0.0, None)


def _told(row: Any, cases: Iterable[FoundCase]) -> Iterator[_Told]:
    scripts = ((row.family_name_km, row.given_name_km), (row.family_name_latin, row.given_name_latin))
    for parts in scripts:
        if any(parts):
            whole = " ".join(filter(None, parts))
            yield _Told(_keys_of_name(parts), 100, Match(Why.NAME, whole, whole), sounding=True)
    if row.nickname:
        nickname = Match(Why.NICKNAME, row.nickname, row.nickname)
        yield _Told(_keys_of_name((row.nickname,)), 95, nickname, sounding=True)
    yield _Told(number_keys(row.code), 98, Match(Why.CODE, row.code or "", row.code or ""))
    for case in cases:
        for why, number in (
            (Why.CASE_NUMBER, case.number), (Why.COURT_NUMBER, case.court_number),
            (Why.POLICE_NUMBER, case.police_report_number),
        ):  # fmt: skip
            if number:
                yield _Told(number_keys(number), 97, Match(why, number, number))
    for phone in (row.phone, *(guardian.phone for guardian in row.guardians or ())):
        if phone:
            yield _Told(phone_keys(phone), 90, Match(Why.PHONE, phone, phone))
    for guardian in row.guardians or ():
        if guardian.name:
            yield _Told(words_of(guardian.name), 70, Match(Why.GUARDIAN, guardian.name, guardian.name))
    yield from _places(row.village_code)


def _keys_of_name(parts: Iterable[str | None]) -> tuple[str, ...]:
    words = [word for part in parts for word in words_of(part)]
    joined = ["".join(words_of(part)) for part in parts]
    return tuple(dict.fromkeys((*words, *joined, "".join(words))))


def _places(code: str | None) -> Iterator[_Told]:
    for length in (8, 6):
        place = places.place(code[:length]) if code and len(code) >= length else None
        if place is not None:
            keys = (*words_of(place.name_km), *words_of(place.name_en))
            yield _Told(keys, 55 if length == 8 else 50, Match(Why.PLACE, place.name_km, place.name_en))


def _fit(word: str, told: _Told) -> Fit:
    """Return how well a word fits something: whole, from its beginning, from a syllable on, or by its sounds."""
    best, why = 0.0, told.match
    for key in told.keys:
        if key == word:
            return float(told.worth), why
        if key.startswith(word):
            best = max(best, told.worth * (0.8 + 0.15 * len(word) / len(key)))
        elif told.sounding and any(part.startswith(word) for part in inner_parts(key)):
            best = max(best, told.worth * (0.65 if not key.endswith(word) else 0.85))
    if best or not told.sounding or len(word) < SOUNDED_FROM:
        return best, why
    typed = sounds(word)
    if len(typed) < FEWEST_LETTERS:
        return _NO_FIT
    heard = max((begins_alike(typed, sounds(key)) for key in told.keys), default=0.0)
    return told.worth * heard, why._replace(why=Why.SOUND) if why.why is Why.NAME else why
