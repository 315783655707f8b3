"""The package for Debian and Ubuntu: the built program, its menu entry, its kind of file, icons and manual page.

Made with dpkg-deb alone. Nothing runs when it is installed or removed: the system itself notices new menu entries,
kinds of files and icons; and what a user keeps lies in the user's own folder, which no package touches.
"""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import preflight
from environment import ROOT

HERE = Path(__file__).resolve().parent / "linux"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
LIBRARIES = {
    "libX11.so.6": "libx11-6", "libX11-xcb.so.1": "libx11-xcb1", "libxcb.so.1": "libxcb1", "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1", "libdbus-1.so.3": "libdbus-1-3", "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6", "libgcc_s.so.1": "libgcc-s1", "libstdc++.so.6": "libstdc++6",
    "libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0", "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1", "libexpat.so.1": "libexpat1",
    "libxkbcommon.so.0": "libxkbcommon0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1", "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1",
}  # fmt: skip
"""What the program takes from the system: each library and the package that brings it."""
OPTIONAL = {
    "libcups.so.2": "libcups2", "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}  # fmt: skip
"""The same of what it does without: printers, and windows that do not go through X."""
OF_LIBC = re.compile(r"(ld-linux.*|lib(c|m|dl|pthread|rt|util))\.so\.\d")


def version(root: Path = ROOT) -> str:
    """Return the version of the program."""
    found = re.search(r'__version__ = "([^"]+)"', (root / "casemgr" / "__init__.py").read_text("utf-8"))
    assert found is not None  # noqa: S101
    return found[1]


def build(program: Path, icons: Path, target: Path) -> Path:
    """Make the package of a built program in the target folder; return its file."""
    tree = ROOT / "build" / "debian"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / "usr/lib/casemgr", symlinks=True)
    _links(tree / "usr/bin")
    _put(tree / "usr/share/applications/casemgr.desktop", (HERE / "casemgr.desktop").read_bytes())
    _put(tree / "usr/share/mime/packages/casemgr.xml", (HERE / "casemgr.xml").read_bytes())
    _icons(tree / "usr/share/icons/hicolor", icons)
    _documents(tree / "usr/share")
    needed = needed_libraries(program)
    size = sum(file.stat().st_size for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    _put(tree / "DEBIAN/control", control(needed, newest_libc(program), size // 1024).encode())
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    file = target / f"casemgr_{version()}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(file)]
    surroundings = os.environ | {"SOURCE_DATE_EPOCH": "1580601600"}
    if subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, check=False).returncode:
        raise preflight.NotReady("The .deb could not be made; the reason stands above.")
    return file


def needed_libraries(program: Path) -> set[str]:
    """Return the libraries that files of the program name and that are not in it."""
    files = [file for file in program.rglob("*") if file.is_file() and (".so" in file.name or file.parent == program)]
    said = subprocess.run(["readelf", "-d", *map(str, files)], capture_output=True, text=True, check=True).stdout
    there = {file.name for file in program.rglob("*.so*")}
    return {name for name in re.findall(r"NEEDED.*\[(.*)\]", said) if name not in there and not OF_LIBC.match(name)}


def newest_libc(program: Path) -> str:
    """Return the version of the C library that the program needs at least."""
    found = {0}
    for file in program.rglob("*"):
        if file.is_file() and not file.is_symlink() and (".so" in file.name or file.parent == program):
            found |= {int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", file.read_bytes())}
    return f"2.{max(found)}"


def control(needed: set[str], libc: str, kilobytes: int) -> str:
    """Return what the package says of itself. Raises preflight.NotReady for libraries whose package is not named."""
    if unknown := sorted(needed - LIBRARIES.keys() - OPTIONAL.keys()):
        raise preflight.NotReady(
            "The program takes libraries from the system, and it is not said which package brings them: "
            f"{', '.join(unknown)}. `dpkg -S {unknown[0]}` tells; name it in LIBRARIES of packaging/debian.py, or "
            "leave the library out in packaging/trimming.py."
        )
    depends = sorted({_either(LIBRARIES[name]) for name in needed if name not in OPTIONAL})
    recommends = sorted({_either(package) for package in OPTIONAL.values()})
    return "\n".join([
        "Package: casemgr",
        f"Version: {version()}",
        "Architecture: amd64",
        f"Maintainer: {maintainer()}",
        "Section: misc",
        "Priority: optional",
        f"Installed-Size: {kilobytes}",
        f"Depends: libc6 (>= {libc}), {', '.join(depends)}",
        f"Recommends: {', '.join(recommends)}, shared-mime-info, desktop-file-utils, hicolor-icon-theme",
        "Description: casework for children in conflict with the law in Cambodia",
        " Follows a child from arrest to reintegration, in Khmer and English, without a",
        " network. What is written down is kept encrypted in the user's own folder; this",
        " package does not touch it, neither when it is installed nor when it is removed.",
        "",
    ])  # fmt: skip


def maintainer() -> str:
    """Return who answers for the package: who makes it, as Debian's own tools are told, else nobody by name.

    DEBFULLNAME and DEBEMAIL in the environment say who that is. An address where nobody reads helps nobody.
    """
    name, address = (os.environ.get(each, "").strip() for each in ("DEBFULLNAME", "DEBEMAIL"))
    return f"{name} <{address}>" if name and address else "The contributors to casemgr"


def _either(package: str) -> str:
    """Name a package by its old and its new name, where it has two."""
    renamed = preflight.RENAMED.get(package)
    return f"{package} | {renamed}" if renamed else package


def _links(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("casemgr", "casemgr-cli"):
        (folder / name).symlink_to("../lib/casemgr/casemgr")


def _icons(theme: Path, icons: Path) -> None:
    for name, kind, called, drawing in (
        ("casemgr", "apps", "casemgr", "icon.svg"),
        ("case-file", "mimetypes", "application-x-casemgr-case", "case-file.svg"),
    ):
        _put(theme / "scalable" / kind / f"{called}.svg", (ROOT / "ui" / "assets" / drawing).read_bytes())
        for size in ICON_SIZES:
            _put(theme / f"{size}x{size}" / kind / f"{called}.png", (icons / f"{name}-{size}.png").read_bytes())


def _documents(share: Path) -> None:
    page = (HERE / "casemgr.1").read_text("utf-8").replace("@VERSION@", version())
    for name in ("casemgr", "casemgr-cli"):
        _put(share / "man/man1" / f"{name}.1.gz", gzip.compress(page.encode(), mtime=0))
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    _put(share / "doc/casemgr/changelog.gz", gzip.compress(changes, mtime=0))
    said = (
        "casemgr is under the Mozilla Public License 2.0. What it is made of, with the licence of each part, lies in\n"
        "/usr/lib/casemgr/_internal/licences and is shown in the program: Settings, About the program.\n\n"
    )
    _put(share / "doc/casemgr/copyright", said.encode() + (ROOT / "LICENSE").read_bytes())


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
