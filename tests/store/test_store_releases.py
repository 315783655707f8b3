"""The office of each version that was released, as it lay on the disk of a worker: opened by this one, all is there.

packaging/releasing.py makes one for each release; afterwards it is never made anew.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_store_earlier_versions import rows_of

import releasing
from casemgr.records.beside.document import Document
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, casework, documents, drafts, lists
from casemgr.services.office import Office, check_office, open_office
from casemgr.services.practice import PASSWORD
from casemgr.services.settings import limits
from casemgr.store.engine import HEAD

VERSIONS = sorted(folder.name for folder in releasing.OFFICES.iterdir())


@pytest.fixture(scope="module", params=VERSIONS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office, copied out once for all tests, which follow each other."""
    copy = shutil.copytree(releasing.OFFICES / request.param, tmp_path_factory.mktemp("released") / "office")
    copy.chmod(0o700)
    for file in copy.iterdir():
        file.chmod(0o600)
    return Path(copy)


def test_every_row_is_kept_to_the_letter(folder: Path) -> None:
    before = rows_of(folder)
    open_office(folder, "", PASSWORD).close()
    after = rows_of(folder)
    [revision] = before.pop("alembic_version")
    assert revision["version_num"] <= HEAD
    assert after["alembic_version"] == [{"version_num": HEAD}]
    assert sum(map(len, before.values())) > 100
    for table, rows in before.items():
        for old, row in zip(rows, after[table][: len(rows)], strict=True):
            assert {name: row[name] for name in old} == old, table


@pytest.fixture(scope="module")
def office(folder: Path) -> Iterator[Office]:
    """The office, open for all tests that follow."""
    opened = open_office(folder, "", PASSWORD)
    yield opened
    opened.close()


def test_every_answer_is_there_and_the_office_is_whole(office: Office) -> None:
    assert [finding for finding in check_office(office) if not finding.ok] == []
    cases = lists.cases(office)
    assert len(cases) == releasing.CHILDREN
    assert all(case_files.case_file(office, case.id).of(Arrest) for case in cases)
    assert [(limit.key, limit.value) for limit in limits(office) if limit.corrected] == [
        ("police-custody/14-15/felony", 30)
    ]
    [draft] = drafts.drafts(office)
    assert drafts.draft(office, draft.key) == {"notes": "កំពុងសរសេរ"}


def test_a_paper_that_was_kept_opens(office: Office) -> None:
    [draft] = drafts.drafts(office)
    assert draft.case_id is not None
    [document] = [
        each for each in case_files.case_file(office, draft.case_id).of(Document) if each.headline == "សៀវភៅគ្រួសារ"
    ]
    assert documents.preview(office, document.id, 60)


def test_it_can_be_worked_in(office: Office) -> None:
    arrest = case_files.case_file(office, lists.cases(office)[0].id).of(Arrest)[0]
    arrest.notes = "បន្ថែម"
    casework.save_record(office, arrest)
    assert [finding for finding in check_office(office) if not finding.ok] == []
