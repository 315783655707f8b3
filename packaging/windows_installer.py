"""Makes the Windows installer of a built program with NSIS (`makensis`), on Linux or Windows.

What the installer does stands in packaging/windows/casemgr.nsi. Run with the environment's Python.
"""

import io
import os
import re
import shutil
import subprocess
from pathlib import Path, PureWindowsPath

import preflight
import releasing
from building import write_digest
from environment import ROOT
from icons import DRAWINGS, drawn, write_icons

SCRIPTS = ROOT / "packaging" / "windows"
TARGET = "amd64-unicode"
"""Windows with 64 bits: Qt knows no other, and Windows on ARM runs it too."""
PANEL = "#0f6674"
SPARE_MB = 50
"""What is to stay free beside the new program and the one it replaces."""


def numbers(text: str) -> str:
    """Return the four numbers Windows wants of a version: "0.1.0" becomes "0.1.0.0", so does "0.1.0rc1"."""
    match = re.match(r"(\d+)\.(\d+)\.(\d+)", text)
    if match is None:
        raise ValueError(text)
    return ".".join((*match.groups(), "0"))


def version_resource(text: str) -> str:
    """Return the version resource of casemgr.exe in the form PyInstaller reads (its option `version`)."""
    parts = tuple(int(part) for part in numbers(text).split("."))
    words = {
        "ProductName": "Child justice casework",
        "FileDescription": "Child justice casework",
        "ProductVersion": text,
        "FileVersion": text,
        "InternalName": "casemgr",
        "OriginalFilename": "casemgr.exe",
        "LegalCopyright": "MPL-2.0",
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={parts}, prodvers={parts}, OS=0x40004, fileType=1), kids=[\n"
        f"  StringFileInfo([StringTable('040904B0', [{strings}])]),\n"
        "  VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def write_pictures(folder: Path) -> None:
    """Write the icons and the two pictures of the installer's pages (side.bmp, head.bmp) into the folder."""
    from PIL import Image  # noqa: PLC0415

    write_icons(folder)
    for name, size, sign, place, ground in (
        ("side.bmp", (164, 314), 132, (16, 80), PANEL),
        ("head.bmp", (150, 57), 46, (98, 5), "#ffffff"),
    ):
        picture = Image.new("RGB", size, ground)
        mark = Image.open(io.BytesIO(drawn(sign, DRAWINGS["casemgr"])))
        picture.paste(mark, place, mark)
        picture.save(folder / name)


def write_list(program: Path, target: Path) -> None:
    """Write down what belongs to the program, as the installer reads it: what else lies in its folder is left alone.

    casemgr.exe is the first line; folders end in a backslash and come last, those within others before them.
    """
    found = sorted(
        program.rglob("*"), key=lambda place: (place.name != "casemgr.exe" or place.parent != program, place)
    )
    files = [place for place in found if place.is_file()]
    folders = sorted((place for place in found if place.is_dir()), key=lambda place: -len(place.parts))
    lines = [str(PureWindowsPath(place.relative_to(program))) for place in files]
    lines += ["case-file.ico", *(f"{PureWindowsPath(place.relative_to(program))}\\" for place in folders)]
    target.write_text("".join(f"{line}\n" for line in lines), "utf-16-le", newline="\r\n")


def size_of(folder: Path) -> int:
    """Return how many bytes the files below the folder have."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def run_makensis(script: Path, **given: object) -> None:
    """Compile a script with what it is given by name. Any warning of it fails.

    Raises preflight.NotReady where there is no makensis or it does not like the script.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        raise preflight.NotReady("The installer is made with NSIS. Install it with: sudo apt-get install nsis")
    defined = [f"-D{name}={value}" for name, value in given.items()]
    command = [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", f"-XTarget {TARGET}", *defined, str(script)]
    done = subprocess.run(command, check=False, cwd=script.parent, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise preflight.NotReady(f"{script.name}: {(done.stdout + done.stderr).strip()[-2000:]}")


def make_installer(program: Path, output: Path, text: str | None = None, needed_mb: int | None = None) -> Path:
    """Make the installer of the built program (a folder with casemgr.exe), SHA-256 beside it; return its path.

    text: the version, None for that of pyproject.toml. needed_mb: what must be free on the disk, None for its size.

    Raises preflight.NotReady where the folder holds no program or NSIS is missing.
    """
    if not (program / "casemgr.exe").is_file():
        raise preflight.NotReady(f"There is no casemgr.exe in {program}. Build the program on Windows first.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    pictures = ROOT / "build" / "windows" / "pictures"
    write_pictures(pictures)
    shown, size = text or releasing.project_version(), size_of(program)
    output.parent.mkdir(parents=True, exist_ok=True)
    listed = ROOT / "build" / "windows" / "files.txt"
    write_list(program, listed)
    run_makensis(
        SCRIPTS / "casemgr.nsi", PROGRAM=program, LIST=listed, VERSION=shown, VERSION_NUMBERS=numbers(shown),
        SIZE_KB=size // 1024, NEEDED_MB=size // 1_000_000 + SPARE_MB if needed_mb is None else needed_mb, OUTPUT=output,
        PICTURES=pictures,
    )  # fmt: skip
    write_digest(output)
    return output
