"""What is read for reading alone is what the session itself would have returned."""

from typing import Any

import pytest
import sqlalchemy as sa

from casemgr.records.case import Case
from casemgr.records.contact import Contact
from casemgr.records.fields import fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest, PoliceOutcome
from casemgr.records.plain import answers_of
from casemgr.store.office_store import OfficeStore


@pytest.fixture
def full(store: OfficeStore) -> OfficeStore:
    """The office with a record of every kind, and an empty one."""
    with store.write() as work:
        case, contact = work.find(Case)[0], Contact()
        work.add(contact)
        work.flush()
        known = {"case": case.id, "child": case.child_id, "contact": contact.id}
        for kind in KINDS:
            made: Any = kind.record
            keys = {key.parent.name: key.column.table.name for key in made.__table__.foreign_keys}
            needed = {name: known[table] for name, table in keys.items() if not made.__table__.c[name].nullable}
            said = {info.name: info.sample for info in fields_of(made) if info.sample and info.name not in keys}
            work.add(made(**needed, **said))
            work.add(made(**needed))
    return store


def test_every_kind_of_record_is_read_as_a_session_returns_it(full: OfficeStore) -> None:
    compared = 0
    for kind in KINDS:
        with full.read() as work:
            found = work.find(kind.record)
        with full.read() as work:
            read = work.read(kind.record)
        assert [answers_of(each) for each in read] == [answers_of(each) for each in found]
        for alone, other in zip(read, found, strict=True):
            one, two = sa.inspect(alone), sa.inspect(other)
            assert one.detached is two.detached is True
            assert (one.key, one.unloaded, one.modified) == (two.key, set(), False)
            columns = [column.key for column in one.mapper.column_attrs]
            assert [getattr(alone, name) for name in columns] == [getattr(other, name) for name in columns]
            compared += 1
    assert compared == 2 * len(KINDS)


def test_what_was_read_alone_can_be_saved(full: OfficeStore) -> None:
    with full.read() as work:
        arrest = work.read(Arrest)[0]
    arrest.outcome = PoliceOutcome.UNKNOWN
    with full.write() as work:
        work.save(arrest)
    with full.read() as work:
        assert work.read_one(Arrest, arrest.id).outcome is PoliceOutcome.UNKNOWN


@pytest.mark.parametrize("said", ["outcome = 'of-another-version'", """present = '["of-another-version"]'"""])
def test_a_code_of_another_version_is_told_and_never_taken_for_no_answer(full: OfficeStore, said: str) -> None:
    with full.write() as work:
        work.session.connection().execute(sa.text(f"UPDATE arrest SET {said}"))  # noqa: S608  (ours)
    for ask in ("read", "find"):
        with pytest.raises(ValueError, match="of-another-version"), full.read() as work:
            getattr(work, ask)(Arrest)
