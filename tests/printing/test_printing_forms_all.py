"""Every form as text of its blocks: filled, begun and blank, in each language; and what holds for all of them.

--rewrite writes the golden texts anew; look at what changed before committing it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from partly import some
from sample_case import LANGUAGES, begun_case, sample_case, wanted, words_in

from casemgr.printing.blocks import Heading, Paper, as_text
from casemgr.printing.forms import FORMS, Form, Naming
from casemgr.printing.page import draw
from casemgr.records.fields import Kind, fields_of

KINDS = {
    "filled": lambda form, language: form.compose(wanted(language, sample_case(form.name))),
    "begun": lambda form, language: form.compose(wanted(language, begun_case(), by_hand=True)),
    "blank": lambda form, language: form.compose(wanted(language)),
}
NAMES = [form.name for form in FORMS]


def form_of(name: str) -> Form:
    return next(form for form in FORMS if form.name == name)


def made(name: str, kind: str, language: str, **_: object) -> Paper:
    return KINDS[kind](form_of(name), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str, kind: str, language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}-{kind}-{language}", as_text(made(name, kind, language)))


@pytest.mark.parametrize("name", NAMES)
def test_a_form_with_the_code_bears_no_name(name: str) -> None:
    form = form_of(name)
    file = sample_case(name)
    if form.naming is Naming.ALWAYS:
        return
    coded = as_text(form.compose(wanted("en", file, named=False))) + as_text(
        form.compose(wanted("km", file, named=False))
    )
    child = file.child
    assert not [name for name in (child.given_name_km, child.given_name_latin) if name and name in coded]


def telling(record: Any, told: Mapping[Kind, str]) -> Any:
    """Return a record or a row with those words in each line and text that a worker writes."""
    said: dict[str, Any] = {}
    for info in fields_of(type(record)):
        if info.row is not None:
            said[info.name] = tuple(telling(row, told) for row in getattr(record, info.name))
        elif info.kind in told and not info.computed and info.choices is None:
            said[info.name] = told[info.kind]
    return replace(record, **said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_with_the_code_nothing_that_was_written_tells_who_the_child_is(name: str, language: str) -> None:
    form, file = form_of(name), sample_case(name)
    if form.naming is Naming.ALWAYS:
        return
    names = ("ចាន់ ដារ៉ា", "ចាន់ដារ៉ា", "ដារ៉ា ចាន់", "ចាន់\u200bដារ៉ា", "CHAN Dara", "Dara Chan")
    line = "; ".join(("អ៊ុំ សុផល", "អ៊ុំសុផល", *names))
    told = {Kind.LINE: line, Kind.TEXT: f"{line}; ក្មេងដារ៉ានោះ, dara, តូច, តូចចិត្ត, Darany"}
    file = replace(
        file, child=replace(file.child, notes=told[Kind.TEXT]), records=[telling(each, told) for each in file.records],
        offences=[telling(each, told) for each in file.offences],
    )  # fmt: skip
    coded = as_text(form.compose(wanted(language, file, named=False, with_restricted=True)))
    for known in ("ដារ៉ា", "dara ", "dara,", "chan dara", "dara chan", "សុផល", " តូច,", "097 555 0123", "17100401"):
        assert known not in coded.lower(), known
    if "Darany" in coded:
        assert "តូចចិត្ត, Darany" in coded, "what only begins like a name stays"


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_form_knows_nobody_and_is_no_draft(name: str) -> None:
    blank = made(name, "blank", "en")
    told = as_text(blank)
    assert not blank.draft
    assert "SR-2026" not in told
    assert "ដារ៉ា" not in told
    assert "[x]" not in told


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_in_two_languages_says_all_it_prints_itself_in_both(name: str) -> None:
    both, english = made(name, "blank", "both"), made(name, "blank", "en")
    headings = [[block.text for block in paper.blocks if isinstance(block, Heading)] for paper in (both, english)]
    assert [text.split("\n")[-1] for text in headings[0]] == headings[1]
    assert both.title.split("\n")[-1] == english.title


@pytest.mark.parametrize("name", some(NAMES, 6))
def test_the_same_form_gives_the_same_bytes(name: str) -> None:
    paper = made(name, "filled", "both")
    assert draw(paper, words_in("both")) == draw(paper, words_in("both"))


def test_forms_have_names_and_numbers_of_their_own() -> None:
    assert len({form.name for form in FORMS}) == len({form.number for form in FORMS}) == len(FORMS)
    assert all(form.title and form.purpose and form.when and form.version for form in FORMS)
