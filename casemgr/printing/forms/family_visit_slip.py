"""The slip for a family's visit to a child in detention: who travelled, and the money for the way."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from casemgr.i18n import N_, TwoLanguages
from casemgr.printing.blocks import AnswerGrid, Block, CutLine, Paper, Together
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import RecordSheet
from casemgr.records.fields import field_of
from casemgr.records.pathway.detention import Detention, facility_now
from casemgr.records.pathway.detention_answers import FamilyContact
from casemgr.records.pathway.detention_visit import DetentionVisit

FOR_WHOM = (N_("For the accounts of the organisation"), N_("For the family"))
TRAVELLERS = 2
"""Lines for those who travelled: with more, two slips do not fit on a page."""


def compose(wanted: Wanted) -> Paper:
    """Return two slips to be written by hand, of which one is cut off; child and place of detention are filled in.

    In two languages there is one, which fills the page. Raises NoSuch.
    """
    sheet = RecordSheet(replace(wanted, by_hand=True), Detention)
    accounts, family = ((sheet.heading(whose, 2), *_slip(sheet)) for whose in FOR_WHOM)
    cut_off = () if isinstance(wanted.words, TwoLanguages) else (Together((CutLine(), *family)),)
    return sheet.paper(FAMILY_VISIT_SLIP, (*accounts, *cut_off), made=False, head=False)


def _slip(sheet: RecordSheet[Detention]) -> Iterator[Block]:
    place = facility_now(sheet.record, sheet.wanted.on)[1] if sheet.is_known else None
    yield sheet.child_answer()
    yield sheet.ask(field_of(Detention, "facility").label, place)
    travellers = (sheet.ask(N_("Who travelled")), sheet.ask(N_("Relation to the child"))) * TRAVELLERS
    yield AnswerGrid((
        *travellers,
        sheet.ask(N_("Date of the visit")), sheet.ask(N_("Travelled from")),
        sheet.ask(N_("Paid in riel")), sheet.ask(N_("Amount in words")),
    ))  # fmt: skip
    yield sheet.signatures(sheet.signer(N_("Received by"), thumbprint=True), sheet.worker_signs(N_("Paid by")))


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Detentions that last, where the newest visit found that the family has not come."""
    visits = [(each.visited_on, each) for each in records_of(file, DetentionVisit) if each.visited_on is not None]
    newest = max(visits, key=lambda dated: dated[0])[1] if visits else None
    if newest is not None and newest.family_contact in (FamilyContact.NONE, FamilyContact.PHONE):
        yield from (each.id for each in records_of(file, Detention) if each.ended_on is None)


FAMILY_VISIT_SLIP = Form(
    name="family-visit-slip",
    number="F-21",
    title=N_("Slip for a visit of the family"),
    purpose=N_("Keeps who visited the child in detention, and what the organisation paid for the way."),
    when=N_("When the organisation pays for a visit of the family."),
    version="1",
    chapter=Chapter.DETENTION,
    reader=Reader.OFFICE,
    compose=compose,
    record=Detention,
    wanted_now=_wanted_now,
)
