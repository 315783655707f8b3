"""A version comes back as it was: whatever was written in between, and for a record of any kind."""

import dataclasses
from typing import Any

import pytest
from hypothesis import strategies as st
from partly import drawn, some
from test_services_casework import fifteen, take
from test_services_versions import WHY, bring_back, first_line, kept, of

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.base import CaseRecord
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.document import Document
from casemgr.records.beside.link import Link
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.fields import Kind, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.plain import answers_of
from casemgr.services import casework, directory, history, versions
from casemgr.services.office import Office
from casemgr.trouble import Refusal

_TRIED: tuple[type[CaseRecord], ...] = (Offence, Arrest, Note)


@st.composite
def _edits(draw: st.DrawFn) -> tuple[type[CaseRecord], list[dict[str, Any] | None], int]:
    """A kind of record, what becomes of it (None: it is removed, or comes back), and which version is wanted."""
    kind = draw(st.sampled_from(_TRIED))
    free = [info for info in fields_of(kind) if info.kind not in (Kind.DATE, Kind.MOMENT, Kind.PARTIAL_DATE)]

    def answer(info: Any) -> st.SearchStrategy[Any]:
        nothing = () if info.kind in (Kind.ROWS, Kind.CHOICES) else None
        also = list(info.choices or ()) if info.kind is Kind.CHOICE else [info.sample]
        if info.kind is Kind.ROWS:
            also.append(info.sample * 2)
        if info.kind is Kind.TEXT:
            also.append('ក "ខ"\nគ {ឃ}')
        return st.sampled_from([nothing, *also])

    edit = st.lists(st.sampled_from(free), max_size=3, unique_by=lambda info: info.name).flatmap(
        lambda infos: st.fixed_dictionaries({info.name: answer(info) for info in infos})
    )
    edits = draw(st.lists(st.one_of(edit, st.none()), min_size=1, max_size=7))
    return kind, edits, draw(st.integers(0, len(edits)))


@drawn(8, 30, tried=_edits())
def test_whatever_was_written_each_version_comes_back_as_it_was(
    office: Office, tried: tuple[type[CaseRecord], list[dict[str, Any] | None], int]
) -> None:
    kind, edits, wanted = tried
    with office.read() as work:
        case = next(iter(work.find(Case)), None)
    case = case or take(office, fifteen())
    record: CaseRecord = kind(case_id=case.id)
    casework.save_record(office, record, WHY)
    said = {first_line(office, record): answers_of(kept(office, kind, record.id))}
    for edit in edits:
        now = of(office, record).now
        if edit is None and now is not None:
            casework.remove_record(office, kept(office, kind, record.id), "ច្រឡំ")
        elif now is None:
            bring_back(office, record, list(said)[wanted % len(said)])
        elif edit is not None:
            casework.save_record(office, dataclasses.replace(kept(office, kind, record.id), **edit))
        if of(office, record).now is not None:
            said[of(office, record).states[0].version.seq] = answers_of(kept(office, kind, record.id))
    found = of(office, record)
    assert {state.version.seq: answers_of(state.record) for state in found.states} == said
    line = list(said)[wanted % len(said)]
    if found.now is not None and answers_of(found.now) == said[line]:
        with pytest.raises(Refusal):
            bring_back(office, record, line)
    else:
        changes = bring_back(office, record, line)
        assert answers_of(kept(office, kind, record.id)) == said[line]
        assert changes.lines is not None
        history.undo(office, changes.lines)
        after = of(office, record).now
        assert (after and answers_of(after)) == (found.now and answers_of(found.now))


@pytest.mark.parametrize("kind", some((kind.record for kind in KINDS), 4), ids=[kind.key for kind in KINDS])
def test_a_record_of_any_kind_comes_back_as_its_sample_was(
    office: Office, kind: type[CaseRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: clock.local(2030, 1, 1))
    child = Child(family_name_km="ចាន់", given_name_km="ដារ៉ា", born=PartialDate.of(2011, 3, 12))
    case = take(office, child, Arrest())
    record = kind(case_id=case.id, **{info.name: info.sample for info in fields_of(kind) if not info.computed})
    if isinstance(record, CaseContact):
        contact = Contact(name_km="លឹម ចន្ទតារា")
        directory.save_contact(office, contact)
        record.contact_id = contact.id
    if isinstance(record, Link):
        record.other_child_id = take(office).child_id
    casework.save_record(office, record, WHY)
    before = answers_of(kept(office, kind, record.id))
    line = first_line(office, record)
    emptied = {
        info.name: () if info.kind in (Kind.ROWS, Kind.CHOICES) else None for info in versions.brought_back(kind)
    }
    casework.save_record(office, dataclasses.replace(kept(office, kind, record.id), **emptied), WHY)
    assert answers_of(kept(office, kind, record.id)) != before
    bring_back(office, record, line)
    assert answers_of(kept(office, kind, record.id)) == before
    casework.remove_record(office, kept(office, kind, record.id), "ច្រឡំ")
    if not isinstance(record, Document):  # its file was never there
        bring_back(office, record, line)
        assert answers_of(kept(office, kind, record.id)) == before
