"""Forms with the longest answers and with none: whatever is drawn is right, and all of it can be copied."""

import pytest
from copying import copied_differs
from drawn import problems
from extremes import ROWS, TEXT, empty_file_of, file_of, longest, unanswered

from casemgr.i18n import LANGUAGES, Words
from casemgr.khmer.breaks import break_points
from casemgr.printing.forms import FORMS, Form, Material
from casemgr.printing.page import draw
from casemgr.records.fields import Kind, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.office import OfficeSettings

OFFICE = OfficeSettings(
    code="SR", name_km="អង្គការសាកល្បងដើម្បីការអភិវឌ្ឍសហគមន៍ និងសិទ្ធិកុមារនៅតំបន់ជនបទ",
    name_en="Trial organisation for community development and the rights of children", practice=True,
)  # fmt: skip


def files(form: Form) -> dict[str, Material | None]:
    return {
        "longest": file_of(longest(form.record)),
        "unanswered": empty_file_of(unanswered(form.record)),
        "blank": None,
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["longest", "unanswered", "blank"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_stands_its_extremes(form: Form, kind: str, language: str) -> None:
    words = Words(language, "khmer" if language == "km" else "western")
    paper = form.compose(files(form)[kind], None, OFFICE, words, True)
    pdf = draw(paper, words)
    assert [*problems(pdf), *copied_differs(paper, pdf)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_record_has_its_extremes(kind) -> None:  # type: ignore[no-untyped-def]
    full, empty = longest(kind.record), unanswered(kind.record)
    for info in fields_of(kind.record):
        answer = getattr(full, info.name)
        if not info.computed:
            assert answer not in (None, ()) or info.sample is None, info.name
        if info.row is not None:
            assert len(answer) == ROWS
        if info.kind is Kind.CHOICES and info.choices is not None:
            assert set(answer) == {choice for choice in info.choices if not choice.retired}
        assert info.computed or getattr(empty, info.name) in (None, ()), info.name


def test_the_long_text_has_no_space_and_many_words() -> None:
    assert " " not in TEXT
    assert len(break_points(TEXT)) > 150
