"""Forms with the longest answers, with none, and as printed every day: all is drawn right, and can be copied."""

import pytest
from copying import copied_differs
from drawn import problems
from extremes import ROWS, TEXT, empty_file_of, full_file, longest, unanswered
from sample_case import LANGUAGES, begun_case, sample_case, wanted, words_in

from casemgr.khmer.breaks import break_points
from casemgr.printing.blocks import Paper
from casemgr.printing.forms import FORMS, Form
from casemgr.printing.page import draw
from casemgr.records.fields import Kind, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.stage import RecordKind

EMPTIER = ("unanswered", "filled", "begun", "blank")


def paper(form: Form, kind: str, language: str) -> Paper:
    match kind:
        case "longest":
            return form.compose(wanted(language, full_file(), with_restricted=True))
        case "unanswered":
            records = () if form.record is None else (unanswered(form.record),)
            return form.compose(wanted(language, empty_file_of(*records)))
        case "filled":
            return form.compose(wanted(language, sample_case(form.name)))
        case "begun":
            return form.compose(wanted(language, begun_case(), by_hand=True))
        case _:
            return form.compose(wanted(language))


def _drawn_each_time(number: int, kind: str, language: str) -> bool:
    """Whether it is drawn with every run: each form where it is fullest, and once otherwise; the rest is slow."""
    return (kind, language) in {("longest", "both"), (EMPTIER[number % 4], ("both", "km")[number // 4 % 2])}


@pytest.mark.parametrize(
    ("form", "kind", "language"),
    [
        pytest.param(
            form, kind, language, id=f"{form.name}-{kind}-{language}",
            marks=() if _drawn_each_time(number, kind, language) else pytest.mark.slow,
        )
        for number, form in enumerate(FORMS)
        for kind in ("longest", *EMPTIER)
        for language in LANGUAGES
    ],
)  # fmt: skip
def test_every_form_is_drawn_right_and_can_be_copied(form: Form, kind: str, language: str) -> None:
    made = paper(form, kind, language)
    pdf = draw(made, words_in(language))
    assert [*problems(pdf, made.scale), *copied_differs(made, pdf)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_record_has_its_extremes(kind: RecordKind) -> None:
    full, empty = longest(kind.record), unanswered(kind.record)
    for info in fields_of(kind.record):
        answer = getattr(full, info.name)
        if info.computed:
            continue
        assert answer not in (None, ()) or info.sample is None, info.name
        assert getattr(empty, info.name) in (None, ()), info.name
        if info.row is not None:
            assert len(answer) == ROWS
        if info.kind is Kind.CHOICES and info.choices is not None:
            assert set(answer) == {choice for choice in info.choices if not choice.retired}


def test_the_long_text_has_no_space_and_many_words() -> None:
    assert " " not in TEXT
    assert len(break_points(TEXT)) > 150
