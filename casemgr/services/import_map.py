"""What the columns of an office's own list mean, as a file: written, changed with a text editor, and read again."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from casemgr.exchange.json_file import read_object, section, shown
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.services.import_columns import BY_KEY, ImportColumn
from casemgr.services.import_reading import OpenList
from casemgr.trouble import Refusal

FORMAT = "casemgr columns 1"
MOST_WORDS = 200
"""So many words of a column are written for somebody to say what they mean; with more it is no column of answers."""

NO_MAP = N_("This file does not say what the columns of a list mean. Write it anew with 'columns', and change it.")
NO_COLUMN = N_("The list has no column called {name}.")
SEVERAL = N_("Several columns of the list are called {name}. Name each by its place, such as #3.")
NOT_OURS = N_("There is no column {name} here that a column of a list could mean.")
NOT_AN_ANSWER = N_("{name} is no answer that a word under {column} could mean.")


class ToldColumn(NamedTuple):
    """A column of a list. name: its heading, or its place such as #3 where it has none of its own.

    column: what it is here, None where it is not read.
    """

    name: str
    column: ImportColumn | None


def told_columns(opened: OpenList) -> Iterator[ToldColumn]:
    """Yield the columns of a list in their order, with what each is read as."""
    for place, name in enumerate(_names(opened)):
        key = opened.mapping.columns.get(place)
        yield ToldColumn(name, None if key is None else BY_KEY[key])


def save_map(opened: OpenList, path: Path) -> None:
    """Write to a file what the columns and words of a list mean, as far as it is known; nothing else of the list.

    A word of which nobody has said yet what it means stands there with an empty code; none where a column has so many
    of them that it is none of answers, but perhaps of names. Raises Refusal and Trouble as
    write_whole.
    """
    columns = {each.name: each.column.key if each.column else None for each in told_columns(opened)}
    words = {key: found for key in opened.mapping.columns.values() if (found := _words_of(opened, key))}
    plain = {"format": FORMAT, "columns": columns, "words": words}
    text = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda file: file.write(text.encode("utf-8", "replace")))


def _words_of(opened: OpenList, key: str) -> dict[str, str | None]:
    known = opened.mapping.meanings.get(key, {})
    found = opened.words_of(key)
    return {word: _code(search_key(word), known) for word in found} if len(found) <= MOST_WORDS else {}


def _code(word: str, known: Mapping[str, str]) -> str | None:
    """Return the code of a word: empty where nobody has said yet what it means, None where it is no answer."""
    return (known[word] or None) if word in known else ""


def read_map(opened: OpenList, path: Path) -> OpenList:
    """Return a list with the meaning that a file gives its columns and words; what it leaves out is as it was.

    A column of null is not read, a word of null is no answer. Raises Refusal for a file that is none of these, for
    columns, answers and words that are not there, and as OpenList.meaning; Trouble for what the disk refuses.
    """
    plain = read_object(path, FORMAT, NO_MAP)
    columns = _columns(opened, section(plain.get("columns", {}), NO_MAP))
    meanings = {key: dict(words) for key, words in opened.mapping.meanings.items()}
    for key, words in section(plain.get("words", {}), NO_MAP).items():
        meanings.setdefault(key, {}).update(_meanings(key, section(words, NO_MAP)))
    if unknown := set(plain) - {"format", "columns", "words"}:
        raise Refusal(NOT_OURS, name=shown(min(unknown)))
    return opened.meaning(columns, {key: words for key, words in meanings.items() if words})


def _columns(opened: OpenList, given: Mapping[str, Any]) -> dict[int, str]:
    said: dict[int, str | None] = {}
    for name, key in given.items():
        if key is not None and (not isinstance(key, str) or key not in BY_KEY):
            raise Refusal(NOT_OURS, name=shown(str(key)))
        said[_place(opened, name)] = key
    taken = set(said.values())
    known = {place: key for place, key in opened.mapping.columns.items() if place not in said and key not in taken}
    return known | {place: key for place, key in said.items() if key is not None}


def _place(opened: OpenList, name: str) -> int:
    places = [place for place, own in enumerate(_names(opened)) if own == name]
    if not places:
        wanted = search_key(name)
        places = [place for place, own in enumerate(opened.headings) if own and search_key(own) == wanted]
    if len(places) != 1:
        raise Refusal(SEVERAL if places else NO_COLUMN, name=shown(name))
    return places[0]


def _names(opened: OpenList) -> list[str]:
    """Return what each column is called in a file: its heading, or its place where another bears the same, or none."""
    headings = [*opened.headings, *[""] * (opened.width - len(opened.headings))]
    own = {heading for heading in headings if heading and headings.count(heading) == 1}
    return [heading if heading in own else f"#{place}" for place, heading in enumerate(headings, 1)]


def _meanings(key: str, given: Mapping[str, Any]) -> dict[str, str]:
    column = BY_KEY.get(key)
    if column is None or column.choices is None:
        raise Refusal(NOT_OURS, name=shown(key))
    codes = {str(choice.value) for choice in column.choices}
    found = {}
    for word, code in given.items():
        wanted = search_key(word)
        if not wanted.isprintable():  # half a letter, which no cell holds and no office can keep
            raise Refusal(NO_MAP)
        if code is not None and (not isinstance(code, str) or (code and code not in codes)):
            raise Refusal(NOT_AN_ANSWER, name=shown(str(code)), column=key)
        if code != "":
            found[wanted] = code or ""
    return found
