"""The built package carries all that the program needs and nothing of its making."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this source."""
    target = tmp_path_factory.mktemp("wheel")
    done = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
                          cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def inside(wheel: Path) -> set[str]:
    """The names in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_has_both_packages_and_the_start(inside: set[str]) -> None:
    assert {"main.py", "casemgr/cli.py", "ui/app.py"} <= inside


@pytest.mark.parametrize("package", ["casemgr", "ui"])
def test_every_file_of_the_source_is_in_it(inside: set[str], package: str) -> None:
    files = {file.relative_to(ROOT).as_posix() for file in (ROOT / package).rglob("*") if file.is_file()}
    assert len(files) > 5
    assert sorted(name for name in files - inside if "__pycache__" not in name) == []


def test_it_has_the_fonts_with_their_licences_and_the_compiled_words(inside: set[str]) -> None:
    assert {"casemgr/fonts/Moul-Regular.ttf", "casemgr/fonts/OFL-Moul.txt"} <= inside
    for language in ("km", "en"):
        assert f"casemgr/translations/{language}/LC_MESSAGES/casemgr.mo" in inside
    assert any(name.startswith("casemgr/store/migrations/versions/") for name in inside)
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_it_has_the_guide_in_both_languages(inside: set[str]) -> None:
    texts = {file.relative_to(ROOT).as_posix() for file in (ROOT / "translations" / "guide").rglob("*.md")}
    assert len(texts) > 20
    assert {f"casemgr/{name}" for name in texts} <= inside


def test_it_has_no_tests_and_no_machinery(inside: set[str]) -> None:
    tops = {name.split("/", 1)[0] for name in inside if ".dist-info" not in name}
    assert tops == {"main.py", "casemgr", "ui"}


def test_the_source_stays_clean() -> None:
    assert not (ROOT / "casemgr" / "translations").exists()


def test_once_unpacked_it_finds_its_words_and_fonts(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = (
        "import sys, casemgr\n"
        "from casemgr import assets, guide, i18n\n"
        "assert len(guide.chapters(i18n.Words('km'))) == len(guide.chapters(i18n.Words('en'))) > 10\n"
        "print(casemgr.__file__, assets.font('Moul-Regular.ttf').is_file(), 'babel' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.stdout.strip() == f"{tmp_path / 'casemgr' / '__init__.py'} True False", said.stderr
