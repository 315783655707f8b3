"""Versions agree wherever one is named, changes are told by who reads them, and each release keeps its office."""

import re
from pathlib import Path

import pytest

import releasing
import windows_installer
from casemgr.store.engine import HEAD

FILES = ("pyproject.toml", "CHANGELOG.md", "casemgr/__init__.py")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what names a version, to be spoilt."""
    for name in FILES:
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_text((releasing.ROOT / name).read_text("utf-8"), "utf-8")
    return tmp_path


def test_versions_agree_and_the_changes_are_in_order() -> None:
    assert list(releasing.told_wrongly()) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("casemgr/__init__.py", r'"\d+\.\d+\.\d+"', '"9.9.9"', "casemgr/__init__.py does not say"),
        ("pyproject.toml", r'(?m)^version = ".+"', 'version = "9.9.9"', "CHANGELOG.md does not begin with 9.9.9"),
        ("CHANGELOG.md", r"## (\S+), .+", r"## \1, soon", "has no day"),
        ("CHANGELOG.md", "### For workers", "### For whom it may concern", "nobody reads"),
        ("CHANGELOG.md", r"\Z", "\n## 9.9.9, 2026-01-01\n", "out of order"),
    ],
)
def test_what_does_not_agree_is_named(copy: Path, name: str, old: str, new: str, said: str) -> None:
    file = copy / name
    text, found = re.subn(old, new, file.read_text("utf-8"), count=1)
    assert found == 1
    file.write_text(text, "utf-8")
    assert any(said in line for line in releasing.told_wrongly(copy))


def test_every_released_version_has_its_office_and_this_one_too() -> None:
    kept = {folder.name for folder in releasing.OFFICES.iterdir()}
    assert {*releasing.released(), releasing.project_version()} <= kept
    assert kept <= set(releasing.versions())


def test_no_kept_office_is_newer_than_the_program() -> None:
    assert all(releasing.revision_of(folder) <= HEAD for folder in releasing.OFFICES.iterdir())


def test_what_is_published_with_a_version_is_what_the_changes_say_of_it(copy: Path) -> None:
    notes = releasing.notes()
    assert notes.startswith("### For workers\n")
    file = copy / "CHANGELOG.md"
    file.write_text(file.read_text("utf-8") + "\n## 0.0.1, 2020-01-01\n\n### For workers\n- old\n", "utf-8")
    assert releasing.notes(copy) == notes


def test_a_released_office_is_never_made_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    version = releasing.project_version()
    monkeypatch.setattr(releasing, "versions", lambda *_: {version: "2026-12-01"})
    before = sorted((releasing.OFFICES / version).iterdir())
    assert releasing.main(["--keep-office"]) == 1
    assert "is released" in capsys.readouterr().err
    assert sorted((releasing.OFFICES / version).iterdir()) == before


def test_windows_gets_four_numbers_and_the_same_version() -> None:
    version = releasing.project_version()
    resource = windows_installer.version_resource(version)
    assert f"StringStruct('ProductVersion', '{version}')" in resource
    assert f"filevers=({', '.join(version.split('.'))}, 0)" in resource
    assert windows_installer.numbers("1.20.3rc1") == "1.20.3.0"
    with pytest.raises(ValueError, match="later"):
        windows_installer.numbers("later")
