"""Steps from version to version: from an empty office, from a filled one, from a newer one, and steps that fail."""

import ast
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from store_helpers import MARKERS, NAME, PASSWORD

from casemgr import clock
from casemgr.i18n import Words
from casemgr.records.base import Base, CaseRecord, Record
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.link import Link
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.fields import fields_of
from casemgr.records.kept import LimitCorrection, SavedList
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.plain import answers_of
from casemgr.records.retention import ErasedCount, ErasedKind, ErasingHold, Erasure
from casemgr.records.sameness import Sameness
from casemgr.store import migrating
from casemgr.store.engine import HEAD, connect, make_engine, revision_of
from casemgr.store.keys import KeyFile
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import ForeignStore, NewerStore, NoRoom, Trouble

STEP = '''"""A made-up step."""
import sqlalchemy as sa
from alembic import op
revision = "9001"
down_revision = {head!r}
branch_labels = depends_on = None

def upgrade():
    with op.batch_alter_table("child", recreate="always") as child:
        child.add_column(sa.Column("height", sa.Integer(), nullable=True))
    op.execute("UPDATE child SET height = 150")
    {more}
'''


@pytest.fixture
def steps(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of steps: the program's own, with one more at its end."""

    def made(more: str = "pass") -> Path:
        folder = tmp_path / "steps"
        shutil.copytree(migrating.STEPS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "9001_made_up.py").write_text(STEP.format(head=HEAD, more=more), "utf-8")
        return folder

    return made


@pytest.fixture
def data_key(folder: Path) -> bytes:
    return KeyFile.load(folder / "office.keys").unlock(NAME, PASSWORD)[1]


@pytest.fixture
def engine(folder: Path, data_key: bytes) -> Iterator[sa.Engine]:
    made = make_engine(folder / "office.db", data_key)
    yield made
    made.dispose()


def test_steps_lead_to_the_records_as_they_are(store: OfficeStore) -> None:
    with store._running().connect() as connection:
        assert migrating.differences(connection) == []
        tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    assert set(Base.metadata.tables) == tables - {"alembic_version"} - {t for t in tables if t.startswith("sqlite_")}
    assert revision_of(store._running()) == HEAD == migrating._script(migrating.STEPS).get_current_head()


def test_a_difference_would_be_seen(store: OfficeStore) -> None:
    with store._running().connect() as connection:
        connection.exec_driver_sql("ALTER TABLE child ADD COLUMN height INTEGER")
        connection.exec_driver_sql("DROP INDEX child_code")
        assert len(migrating.differences(connection)) == 2


def _kinds(kind: type[Any] = Record) -> Iterator[type[Any]]:
    for below in kind.__subclasses__():
        if "__tablename__" in below.__dict__:
            yield below
        yield from _kinds(below)


@pytest.mark.parametrize("kind", sorted(_kinds(), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_every_answer_comes_back_as_it_was_given(store: OfficeStore, kind: type[Any]) -> None:
    """Every class of record, filled with the samples of its declaration."""
    answers = {info.name: info.sample for info in fields_of(kind) if info.sample is not None}
    with store.write() as work:
        case = work.find(Case)[0]
        report = SocialInquiry(case_id=case.id)
        contact = Contact(name_km="លឹម ចន្ទតារា")
        work.add(report)
        work.add(contact)
        work.flush()
        answers |= {
            Child: {"code": "SR-C-0777"},
            Case: {"child_id": case.child_id, "number": "SR-2026-0777"},
            Addendum: {"report_id": report.id, "text": "ក", "written_at": clock.now(), "staff_id": store.staff_id},
            LimitCorrection: {"limit_key": "custody", "value": 24},
            SavedList: {"staff_id": store.staff_id, "name": "ឃុំខ្លួន", "plain": "{}"},
            CaseContact: {"contact_id": contact.id},
            Link: {"other_child_id": case.child_id},
            ErasingHold: {"child_id": case.child_id, "set_by": store.staff_id, "set_on": clock.today()},
            Erasure: {
                "done_by": store.staff_id,
                "confirmed_by": store.staff_id,
                "head_before": "1",
                "head_after": "2",
                "counts": (ErasedCount(kind=ErasedKind.CASES, number=2),),
            },
            Sameness: {"one_id": case.child_id, "other_id": case.child_id},
        }.get(kind, {})
        answers |= {"case_id": case.id} if issubclass(kind, CaseRecord) else {}
        record = kind(**answers)
        before = answers_of(record)
        work.add(record)
    with store.read() as work:
        kept = work.get(kind, record.id)
    assert kept is not record
    assert answers_of(kept) == before


def test_a_filled_office_is_brought_up_behind_a_verified_copy(
    folder: Path, data_key: bytes, steps: Callable[..., Path]
) -> None:
    path = folder / "office.db"
    copies = migrating.upgrade(path, data_key, steps())
    assert [copy.name for copy in copies] == ["office.db.before-9001"]
    for file, revision, columns in ((path, "9001", True), (copies[0], HEAD, False)):
        raw = connect(file, data_key)
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision,)]
        assert raw.execute("SELECT family_name_km FROM child").fetchall() == [(MARKERS[0],)]
        assert ("height" in [row[1] for row in raw.execute("PRAGMA table_info(child)")]) is columns
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.close()
    assert copies[0].stat().st_mode & 0o077 == 0
    assert not any(marker.encode() in copies[0].read_bytes() for marker in MARKERS)


@pytest.mark.parametrize(
    "more",
    ["raise ZeroDivisionError", "op.execute('SELECT nonsense')", "op.execute('DELETE FROM child')",
     "op.drop_table('draft'); op.execute('INSERT INTO nowhere VALUES (1)')"],
    ids=["python", "sql", "orphans", "half done"],
)  # fmt: skip
def test_a_step_that_fails_leaves_the_office_as_it_was(
    folder: Path, data_key: bytes, engine: sa.Engine, steps: Callable[..., Path], more: str
) -> None:
    with pytest.raises(Trouble) as trouble:
        migrating.upgrade(folder / "office.db", data_key, steps(more))
    assert "as it was before" in trouble.value.say(Words("en"))
    with engine.connect() as connection:
        assert migrating.differences(connection) == []
        assert connection.exec_driver_sql("SELECT family_name_km FROM child").scalars().all() == [MARKERS[0]]
    assert revision_of(engine) == HEAD
    OfficeStore.open(folder, NAME, PASSWORD).close()


def _everything(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", NewerStore),
        ("DROP TABLE alembic_version", ForeignStore),
    ],
)
def test_a_newer_or_nameless_office_is_refused_untouched(
    folder: Path, data_key: bytes, change: str, trouble: type[Trouble]
) -> None:
    raw = connect(folder / "office.db", data_key)
    raw.execute(change)
    raw.close()
    before = _everything(folder)
    with pytest.raises(trouble):
        OfficeStore.open(folder, NAME, PASSWORD)
    assert _everything(folder) == before


def test_where_no_copy_can_be_made_no_step_is_made(
    folder: Path, data_key: bytes, engine: sa.Engine, steps: Callable[..., Path]
) -> None:
    script = steps()
    (folder / "office.db.before-9001").mkdir()
    with pytest.raises(OSError, match="before-9001"):
        migrating.upgrade(folder / "office.db", data_key, script)
    assert revision_of(engine) == HEAD


def test_no_room_for_the_copy_stops_the_step(
    folder: Path, data_key: bytes, engine: sa.Engine, steps: Callable[..., Path]
) -> None:
    path = folder / "office.db"
    free = shutil.disk_usage(folder).free
    with path.open("r+b") as file:
        file.seek(min(free, 2**40) + 4096)  # a hole: a file that claims more than the disk has left
        file.truncate()
    with pytest.raises(NoRoom):
        migrating.upgrade(path, data_key, steps())
    assert revision_of(engine) == HEAD


def test_steps_know_nothing_of_the_program() -> None:
    for step in (migrating.STEPS / "versions").glob("*.py"):
        tree = ast.parse(step.read_text("utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        packages = {name.partition(".")[0] for name in imported if name} - sys.stdlib_module_names
        assert packages <= {"sqlalchemy", "alembic"}


def test_a_new_step_is_written_from_the_difference(tmp_path: Path) -> None:
    folder = tmp_path / "steps"
    shutil.copytree(migrating.STEPS, folder, ignore=shutil.ignore_patterns("__pycache__", "0*.py"))
    first = migrating.new_step("first", folder)
    text = first.read_text("utf-8")
    assert first.name == "0001_first.py"
    assert "op.create_table" in text
    assert "casemgr" not in text


def test_opening_an_office_needs_no_alembic(folder: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from casemgr.store.office_store import OfficeStore
assert not {{"cryptography", "psutil", "filelock", "alembic"}} & set(sys.modules), "before opening"
OfficeStore.open(Path({str(folder)!r}), "", {PASSWORD!r}).close()
assert "alembic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
