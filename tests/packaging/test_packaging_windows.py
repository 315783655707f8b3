"""The Windows installer: words whole in both languages, a script that keeps away from data, parts that are sound."""

import re
import shutil
import struct
from pathlib import Path

import platformdirs.windows
import pytest
from platformdirs.windows import Windows

import preflight
import trimming
import windows_build
import windows_installer
import windows_libraries
import windows_try
from casemgr import whereabouts
from environment import ROOT
from windows_installer import SCRIPTS

SCRIPT = (SCRIPTS / "casemgr.nsi").read_text("utf-8")
STRINGS = (SCRIPTS / "strings.nsh").read_text("utf-8")
PAGES = (SCRIPTS / "Khmer.nsh").read_text("utf-8")
CATALOGUE = (SCRIPTS / "Khmer.nlf").read_text("utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
KHMER = re.compile(r"[\u1780-\u17ff]")
SAID = re.findall(r'^\$\{Say\} (\w+) \\\n  "(.+)" \\\n  "(.+)"$', STRINGS, re.MULTILINE)
WIDEST = 64
"""Letters of Khmer without a space; Windows breaks lines nowhere else, and the page is about so wide."""


def shown(text: str) -> str:
    """Return words with the names in them replaced by what they may stand for."""
    given = {"PROGRAM_KHMER": "ការងារករណីយុត្តិធម៌កុមារ", "PROGRAM_ENGLISH": "Child justice casework"}
    return re.sub(r"\$\{(\w+)\}", lambda match: given.get(match[1], " "), text)


def test_every_message_stands_in_both_languages_with_the_same_slots() -> None:
    assert len(SAID) == STRINGS.count("\n${Say} ") > 10
    for name, english, khmer in SAID:
        assert not KHMER.search(shown(english)), name
        assert KHMER.search(shown(khmer)), name
        slots = [sorted(re.findall(r"\$\{?(?:DATA|VERSION|NEEDED_MB|R\d)\}?", text)) for text in (english, khmer)]
        assert slots[0] == slots[1], name
        assert english.rstrip().endswith((".", "?")) == khmer.rstrip().endswith(("។", "?")), name


def test_every_message_is_used_and_none_is_missing() -> None:
    used = {*re.findall(r"\$\((\w+)\)", SCRIPT), *re.findall(r"\$\{InWords\} ([A-Z_]+)", SCRIPT),
            *re.findall(r"\$\{Refuse\} \d ([A-Z_]+)", SCRIPT)}  # fmt: skip
    assert used == {name for name, _, _ in SAID}


def test_khmer_lines_can_be_broken_and_messages_are_short_enough() -> None:
    for name, english, khmer in SAID:
        words = shown(re.sub(r"\$\{(?:GAP|NEW_LINE|DATA)\}", " ", khmer)).split()
        assert max(map(len, words)) <= WIDEST, name
        assert max(len(english), len(khmer)) < 900, name  # NSIS cuts off at 1,024, with the folder put in


def test_no_invisible_letters() -> None:
    for text in (STRINGS, PAGES, CATALOGUE):
        assert not re.search("[\u200b-\u200d\u2060\ufeff]", text)


def test_the_catalogue_of_nsis_is_whole() -> None:
    lines = CATALOGUE.splitlines()
    assert lines[1] == "NLF v6"
    names = [line[3:] for line in lines if line.startswith("# ^")]
    values = [lines[at + 1] for at, line in enumerate(lines) if line.startswith("# ^")]
    assert len(names) == len(set(names)) == 89
    for name, value in zip(names, values, strict=True):
        # Four stand for units, one is empty in English too, the first is the maker's name.
        plain = name in {"Byte", "Kilo", "Mega", "Giga", "UnDirSubText", "Branding"}
        assert plain or KHMER.search(value), name


def test_the_catalogue_has_what_that_of_nsis_has() -> None:
    english = Path("/usr/share/nsis/Contrib/Language files/English.nlf")
    if not english.is_file():
        pytest.skip("NSIS is not installed")
    names = [line for line in english.read_text("utf-8-sig").splitlines() if line.startswith("# ^")]
    assert [line for line in CATALOGUE.splitlines() if line.startswith("# ^")] == names


def test_the_program_and_its_data_lie_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        platformdirs.windows, "get_win_folder", {"CSIDL_LOCAL_APPDATA": "/users/dara/AppData/Local"}.get
    )
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda name, appauthor: Windows(name, appauthor).user_data_dir)
    data = whereabouts.data_folder()
    assert data == Path("/users/dara/AppData/Local/casemgr")
    assert '!define DATA "$LOCALAPPDATA\\casemgr"' in SCRIPT
    assert '!define HOME "$LOCALAPPDATA\\Programs\\casemgr"' in SCRIPT
    assert not data.is_relative_to("/users/dara/AppData/Local/Programs")


def test_the_office_that_the_program_brings_along_is_not_taken_for_somebodys() -> None:
    """Else no installed program could ever be updated or removed; windows_try.py tries it."""
    assert '"\\_internal\\self-check\\"' in SCRIPT


def test_nothing_is_removed_or_renamed_outside_the_program() -> None:
    changes = r"^\s*(?:RMDir|Delete|Rename|!insertmacro RENAME_PATIENTLY)(?: /\w+)* (.+)$"
    changed = re.findall(changes, SCRIPT, re.MULTILINE)
    found = {"${FROM}", "${TO}", "$R9", "$R4"}  # the last two: what lies in $Folder, and where it goes in the program's
    places = [place for place in re.findall(r'"([^"]+)"', " ".join(changed)) if place not in found]
    assert len(places) > 10
    places = [place.replace("$Folder", folder) for place in places for folder in _folders()]
    assert 'StrCpy $R4 "$INSTDIR\\app$R3\\$R7"' in SCRIPT
    assert '${Locate} "$Folder"' in SCRIPT
    allowed = ("$INSTDIR\\app", "$INSTDIR\\uninstall.exe", "$SMPROGRAMS\\${PROGRAM_", "$DESKTOP\\${PROGRAM_")
    assert [place for place in places if place != "$INSTDIR" and not place.startswith(allowed)] == []
    assert 'RMDir /r "$INSTDIR"' not in SCRIPT
    assert SCRIPT.count('StrCpy $INSTDIR "${HOME}"') == 2  # whatever /D= said
    assert "HKLM" not in SCRIPT
    assert "RequestExecutionLevel user" in SCRIPT


def _folders() -> list[str]:
    """Return which folders things are removed from by the list of what belongs to the program."""
    found = re.findall(r'StrCpy \$Folder "(.+)"', SCRIPT)
    assert len(found) == SCRIPT.count("StrCpy $Folder") == 3
    return found


def test_the_list_names_all_that_belongs_to_the_program_and_nothing_else(tmp_path: Path) -> None:
    program, target = tmp_path / "program", tmp_path / "files.txt"
    for name in ("_internal/ui/អក្សរ.txt", "_internal/a.pyd", "casemgr.exe", "_internal/casemgr.exe", "a.txt"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_bytes(b"x")
    windows_installer.write_list(program, target)
    assert target.read_bytes().decode("utf-16-le").split("\r\n") == [
        "casemgr.exe", "_internal\\a.pyd", "_internal\\casemgr.exe", "_internal\\ui\\អក្សរ.txt", "a.txt",
        "case-file.ico", "_internal\\ui\\", "_internal\\", "",
    ]  # fmt: skip


def test_the_trial_knows_the_names_the_installer_gives() -> None:
    names = {name: text for name, *text in SAID}
    assert names["PROGRAM"] == ["${PROGRAM_ENGLISH}", "${PROGRAM_KHMER}"]
    assert f'!define PROGRAM_KHMER "{windows_try.LINK_KM.removesuffix(".lnk")}"' in STRINGS
    assert f'!define PROGRAM_ENGLISH "{windows_try.LINK_EN.removesuffix(".lnk")}"' in STRINGS


def test_both_languages_are_what_the_program_calls_itself() -> None:
    catalogue = (ROOT / "translations/km/LC_MESSAGES/casemgr.po").read_text("utf-8")
    said = re.search(r'msgid "Child justice casework"\nmsgstr "(.+)"', catalogue)
    assert said is not None
    assert f'!define PROGRAM_KHMER "{said[1]}"' in STRINGS


def test_the_workflow_pins_what_it_runs_and_the_python_that_is_measured() -> None:
    used = re.findall(r"uses: (\S+)", WORKFLOW)
    assert used
    assert [each for each in used if not re.fullmatch(r"actions/[\w-]+@v\d+\.\d+\.\d+", each)] == []
    assert set(re.findall(r'python-version: "(.+?)"', WORKFLOW)) == {windows_build.PYTHON}
    assert "--self-check" in WORKFLOW
    assert WORKFLOW.count("contents: write") == 1


def jobs() -> dict[str, str]:
    """Return the jobs of the workflow by their names."""
    parts = re.split(r"^  ([\w-]+):\n", WORKFLOW.partition("\njobs:\n")[2], flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_each_job_on_linux_installs_what_qt_needs_before_a_chore() -> None:
    """As root, or where somebody can be asked, do.py does that itself; on a server it says what to type, and ends."""
    (needs,) = re.findall(r"QT_NEEDS: ([\w. -]+?)  #", WORKFLOW)
    assert set(needs.split()) == set(preflight.WINDOWLESS.values()) - {"libglib2.0-0"}  # which every system has
    on_linux = {name: text for name, text in jobs().items() if "runs-on: ubuntu" in text and "packaging/do.py" in text}
    assert len(on_linux) >= 4
    assert [name for name, text in on_linux.items() if not 0 < text.find("$QT_NEEDS") < text.index("do.py")] == []
    bare = [text for text in on_linux.values() if "container: debian:12" in text]
    assert [text for text in bare if "setup-python@" in text or "libglib2.0-0" not in text] == []
    assert bare == [jobs()["linux"]], "the oldest Debian that is served: its C library is what the .deb needs"


def test_the_draft_waits_for_every_check() -> None:
    waited_for, new = set[str](), {"draft"}
    while new:
        waited_for |= new
        said = " ".join(" ".join(re.findall(r"^    needs: (.+)$", jobs()[name], re.MULTILINE)) for name in new)
        new = set(re.findall(r"[\w-]+", said)) - waited_for
    assert waited_for == jobs().keys()
    assert all(f"packaging/do.py {chore}\n" in jobs()["checks"] for chore in ("check", "audit"))


def test_no_line_of_the_lock_depends_on_the_system() -> None:
    """Else what is fetched here for Windows would not be what Windows gets."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.search(r";.*(sys_platform|platform_system|os_name|platform_machine)", lock)


def library(names: list[str]) -> bytes:
    """Return the least a library of Windows is: heads, one section, and a table of the libraries it names."""
    section, start = 0x200, 0x1000
    table, texts, at = b"", b"", 20 * (len(names) + 1)
    for name in names:
        table += struct.pack("<IIIII", 0, 0, 0, start + at + len(texts), 0)
        texts += name.encode() + b"\0"
    body = table + bytes(20) + texts
    heads = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0"
    heads += struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 112 + 8 * 16, 0x2022)
    tables = [(0, 0)] * 16
    tables[1] = (start, len(body))
    optional = struct.pack("<H", 0x20B) + bytes(106) + struct.pack("<I", 16)
    heads += optional + b"".join(struct.pack("<II", *each) for each in tables)
    heads += struct.pack("<8sIIII16x", b".rdata", len(body), start, len(body), section)
    return heads.ljust(section, b"\0") + body


def test_a_library_that_was_trimmed_away_is_named(tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    (tmp_path / "program.exe").write_bytes(library(["KERNEL32.dll", "Qt6Core.dll", "api-ms-win-crt-heap-l1-1-0.dll"]))
    (tmp_path / "plugins" / "qwindows.dll").write_bytes(library(["Qt6Gui.dll", "python312.dll"]))
    (tmp_path / "qt6core.DLL").write_bytes(library([]))
    lost = windows_libraries.missing(tmp_path, windows_libraries.OF_PYTHON)
    assert lost == {"qt6gui.dll": {"qwindows.dll"}}


@pytest.mark.parametrize("data", [b"", b"MZ", b"#!/bin/sh\n" * 100, library(["a.dll"])[:0x150]])
def test_what_is_no_library_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "not.dll").write_bytes(data)
    with pytest.raises(ValueError, match=r"^(not\.dll|)$"):
        windows_libraries.named_by(tmp_path / "not.dll")


def test_what_is_trimmed_stays_out_and_the_rest_comes_along(tmp_path: Path) -> None:
    for name in ("PySide6/Qt6Core.dll", "PySide6/Qt6Quick.dll", "babel/core.py", "pypdf/tests/x.py", "pypdf/_page.py",
                 "bin/tool.exe", "typing_extensions.py"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    kept = [file.relative_to(tmp_path).as_posix() for file in windows_build.kept(tmp_path)]
    assert kept == ["PySide6/Qt6Core.dll", "pypdf/_page.py", "typing_extensions.py"]


def test_windows_names_the_same_library_in_any_letters() -> None:
    """PyInstaller calls a library as the one that needs it does, which the wheel's own name may differ from."""
    for name in ("msvcp140_1.dll", "MSVCP140_1.dll", "MSVCP140_2.dll", "VCRUNTIME140.dll"):
        assert not trimming.is_dropped(f"PySide6/{name}"), name
    assert trimming.is_dropped("PySide6/Qt6Quick.dll")


@pytest.mark.skipif(not shutil.which("makensis"), reason="NSIS is not installed")
def test_the_installer_is_made_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "program"
    (program / "_internal").mkdir(parents=True)
    (program / "casemgr.exe").write_bytes(b"MZ")
    monkeypatch.setattr(windows_installer, "write_pictures", lambda _folder: None)
    pictures = tmp_path / "build" / "windows" / "pictures"
    pictures.mkdir(parents=True)
    monkeypatch.setattr(windows_installer, "ROOT", tmp_path)
    small(pictures)
    setup = windows_installer.make_installer(program, tmp_path / "casemgr-9.9.9-setup.exe", "9.9.9")
    assert setup.stat().st_size > 50_000
    assert setup.with_name(setup.name + ".sha256").is_file()


def small(folder: Path) -> None:
    """Write pictures as small as they may be."""
    from PIL import Image

    for name in ("casemgr.ico", "case-file.ico", "side.bmp", "head.bmp"):
        Image.new("RGB", (16, 16)).save(folder / name)
