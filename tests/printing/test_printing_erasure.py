"""The certificate of what the program erased, as text of its blocks: few places and many, made nameless and whole.

--rewrite writes the golden texts anew; look at what changed before committing it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pypdfium2
import pytest
from sample_case import LANGUAGES, wanted, words_in

from casemgr.clock import local
from casemgr.printing.blocks import as_text
from casemgr.printing.forms.erasure_certificate import MOST_DAYS, Told, composed
from casemgr.printing.page import draw
from casemgr.records.retention import (
    ErasedCount,
    ErasedKind,
    ErasingGround,
    ErasingWay,
    Erasure,
    StillThere,
    StillWhere,
)


def told(*still: StillThere, way: ErasingWay = ErasingWay.ERASE, **said: object) -> Told:
    made = Erasure(
        done_at=local(2026, 11, 26, 9, 30), way=way, ground=ErasingGround.RULE, known_as="SR-C-0017",
        counts=tuple(ErasedCount(kind=kind, number=number) for number, kind in enumerate(ErasedKind, start=1)),
        still=still, rule="5 (2026-01-01)", reason="រយៈពេលរក្សាទុកបានផុត", done_by=UUID(int=1), confirmed_by=UUID(int=2),
        head_before=f"1204:{'3f' * 32}", head_after=f"1209:{'a0' * 32}", **said,
    )  # fmt: skip
    return Told(made, "ចាន់ ស្រីនិច", "ទេព បូរិន")


def days(where: StillWhere, count: int) -> tuple[StillThere, ...]:
    return tuple(StillThere(where=where, on=date(2026, 10, 1) + timedelta(days=n)) for n in range(count))


FEW = (*days(StillWhere.COPIES, 3), *days(StillWhere.OFFICE, 1))
MANY = tuple(row for where in StillWhere for row in days(where, MOST_DAYS + (where is StillWhere.OUT)))
KINDS = {
    "few": told(*FEW, copies_until=date(2027, 11, 30)),
    "none": told(way=ErasingWay.ANONYMISE),
    "many": told(*MANY),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_golden(kind: str, language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"erasure-certificate-{kind}-{language}", as_text(composed(wanted(language), KINDS[kind])))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_drawn_on_few_pages(kind: str, language: str) -> None:
    data = draw(composed(wanted(language), KINDS[kind]), words_in(language))
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) <= 2
    assert "3f3f3f" in pages[-1]
