"""The record of a young child who lives in prison with its mother."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.law.ages import age_range
from casemgr.printing.blocks import Block, Paper, Together
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.printing.forms.sheet import AGE_NOW
from casemgr.records.pathway.child_in_prison import CARE, CHILD, LEAVING, MOTHER, ChildInPrison
from casemgr.records.pathway.detention_answers import VisitAction

LOOK = Look(
    wide=("mother_name", "facility", "child_name", "carer_outside"),
    written=("mother_basis",),
    lines={"health": 2, "plan_at_limit": 3},
)

NAMES = ("mother_name", "child_name", "carer_outside")
"""What is left out of a paper with the code alone."""


def compose(wanted: Wanted) -> Paper:
    """Return the record of a child in prison with its mother. Raises NoSuch."""
    sheet = RecordSheet(wanted, ChildInPrison, LOOK)
    but = () if wanted.named else NAMES
    blocks = (
        *sheet.identity(),
        *sheet.section(MOTHER, but=but),
        *sheet.section(CHILD, but=but),
        *_age(sheet),
        *sheet.section(CARE, but=but),
        *_needed(sheet),
        *sheet.section(LEAVING, but=but),
        Together((sheet.ask(N_("What the mother says of the plan"), lines=2), *_signed(sheet))),
    )
    return sheet.paper(CHILD_IN_PRISON, blocks, made=False, head=False)


def _age(sheet: RecordSheet[ChildInPrison]) -> Iterator[Block]:
    born = sheet.record.child_born
    ages = [age_range(PartialDate.on(born), PartialDate.on(sheet.wanted.on))] if born else []
    yield sheet.age(AGE_NOW, ages)


def _needed(sheet: RecordSheet[ChildInPrison]) -> Iterator[Block]:
    if sheet.by_hand:
        yield sheet.heading(N_("What mother and child need now"), 2)
        yield sheet.table(VisitAction, (), ("what", "who", "by_when"), widths=(6, 3, 2), blank_rows=3)


def _signed(sheet: RecordSheet[ChildInPrison]) -> Iterator[Block]:
    mother = sheet.signer(N_("Mother"), sheet.value("mother_name"), thumbprint=True)
    yield sheet.signatures(*((mother,) if sheet.wanted.named else ()), sheet.worker_signs())


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Records of children who are still in prison."""
    return (living.id for living in records_of(file, ChildInPrison) if living.left_on is None)


CHILD_IN_PRISON = Form(
    name="child-in-prison",
    number="F-16",
    title=N_("Record of a child living in prison with its mother"),
    purpose=N_("Keeps how a young child in prison is cared for, and where it goes when it must leave."),
    when=N_("While a young child lives in prison with its mother."),
    version="1",
    chapter=Chapter.DETENTION,
    reader=Reader.OFFICE,
    compose=compose,
    record=ChildInPrison,
    wanted_now=_wanted_now,
)
