"""What the program is made of: from the lock file, what the packages say of themselves, and what lies inside them.

Run in the environment that the program is built in. `parts.py FOLDER` writes the licences there, which the program
shows; bill_of_materials.py lists the same parts for other programs.
"""

import json
import re
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from environment import ROOT, RUNTIME

TEXTS = Path(__file__).resolve().parent / "licences"
"""Texts that packages do not bring, although they carry what is under them."""
QT = ("LGPL-3.txt", "GPL-3.txt")
LICENCE_FILE = re.compile(r"(?i)^(licen[cs]e|copying|notice|authors)")
NOT_IN_THE_PROGRAM = {"babel", "charset-normalizer", "pycparser"}
"""Locked because the packages ask for them; the program is complete without."""
FONTS = {"Battambang": "OFL-Battambang.txt", "Moul": "OFL-Moul.txt", "Open Sans": "OFL-OpenSans.txt"}


@dataclass(frozen=True)
class Locked:
    """A line of the lock file; marker: on which systems alone, None for all."""

    name: str
    version: str
    marker: str | None
    hashes: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of the program; inside: the package that carries it; shipped: whether it is in the program."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    inside: str | None = None
    locked: Locked | None = None
    shipped: bool = True


def locked(lock: str = RUNTIME, root: Path = ROOT) -> list[Locked]:
    """Return what a lock file names."""
    lines = "\n".join(line for line in (root / lock).read_text("utf-8").splitlines() if not line.startswith("#"))
    found = []
    for line in lines.replace("\\\n", " ").splitlines():
        if match := re.match(r"([a-z0-9-]+)==(\S+)(?: ; (.*?))?\s+--hash", line):
            hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", line)
            found.append(Locked(match[1], match[2], match[3], tuple(hashes)))
    return found


def parts(root: Path = ROOT) -> list[Part]:
    """Return every part, the program itself first, then by name. Raises LookupError where a text is missing."""
    sys.path.insert(0, str(root))
    from casemgr import __version__  # noqa: PLC0415  (nothing of the program is needed before)

    fonts = [Part(name, "", "OFL-1.1", (root / "casemgr" / "fonts" / text,)) for name, text in FONTS.items()]
    found = [*_packages(root), *_inside(), *fonts]
    for part in found:
        if part.shipped and not part.texts:
            raise LookupError(f"no licence of {part.name}")
    own = Part("casemgr", __version__, "MPL-2.0", (root / "LICENSE",))
    return [own, *sorted(found, key=lambda part: part.name.lower())]


def _packages(root: Path) -> Iterator[Part]:
    for line in locked(root=root):
        shipped = line.name not in NOT_IN_THE_PROGRAM
        try:
            package = distribution(line.name)
        except PackageNotFoundError:
            if line.marker is None:
                raise
            yield Part(line.name, line.version, "", (), locked=line, shipped=False)  # of another system
            continue
        yield Part(package.name, package.version, _licence(package), _texts(package), locked=line, shipped=shipped)


def _licence(package: Distribution) -> str:
    """Return what the package calls its licence, in one line."""
    said = package.metadata
    names = (said[name].strip() for name in ("License-Expression", "License") if name in said)
    short = next(filter(None, names), "").split("\n")[0]
    return _REGISTERED.get(package.name.lower()) or _REGISTERED.get(short) or short


_REGISTERED = {
    "MIT License": "MIT", "Apache License 2.0": "Apache-2.0", "reportlab": "BSD-3-Clause", "sqlcipher3": "Zlib",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
"""What packages call by another name than the one registered at SPDX, by that name or by the package's."""

_OWN_TEXTS = {
    "pyside6-essentials": QT, "shiboken6": QT, "khmercut": ("Apache-2.0.txt",),
}  # fmt: skip


def _texts(package: Distribution) -> tuple[Path, ...]:
    """Return the texts of a package's licence: its own, or those kept here for it."""
    name = package.name.lower().replace("_", "-")
    if name in _OWN_TEXTS:
        return tuple(TEXTS / text for text in _OWN_TEXTS[name])
    found = []
    for file in package.files or ():
        about = ".dist-info" in str(file) and ("/licenses/" in file.as_posix() or LICENCE_FILE.match(file.name))
        if about and "/android/" not in file.as_posix() and "musl" not in file.as_posix():
            found.append(Path(str(file.locate())))
    return tuple(sorted(found))


def _inside() -> Iterator[Part]:
    """Yield what packages carry within them, with the versions that they themselves tell."""
    import uharfbuzz  # noqa: PLC0415  (in the environment of the build alone)
    from cryptography.hazmat.backends.openssl.backend import backend  # noqa: PLC0415
    from pypdfium2.version import PDFIUM_INFO  # noqa: PLC0415
    from PySide6.QtCore import qVersion  # noqa: PLC0415
    from sqlcipher3 import dbapi2  # noqa: PLC0415

    pdf = {text.name: text for text in _texts(distribution("pypdfium2"))}
    raw = dbapi2.connect(":memory:")
    (cipher,) = raw.execute("PRAGMA cipher_version").fetchone()
    raw.close()
    openssl = backend.openssl_version_text().split()[1]
    apache = (TEXTS / "Apache-2.0.txt",)
    yield Part("Python", sys.version.split()[0], "PSF-2.0", (_python_text(),))
    yield Part("Qt", qVersion(), "LGPL-3.0-only", tuple(TEXTS / text for text in QT), "PySide6_Essentials")
    for file in distribution("PySide6_Essentials").files or ():
        if file.name.startswith("libicudata.so."):  # on Windows Qt uses the system's own
            yield Part("ICU", file.name.rpartition(".")[2], "Unicode-3.0", (pdf["icu.txt"],), "PySide6_Essentials")
    yield Part("SQLite", dbapi2.sqlite_version, "blessing", (TEXTS / "sqlite.txt",), "sqlcipher3")
    yield Part("SQLCipher", cipher.split()[0], "BSD-3-Clause", (TEXTS / "sqlcipher.txt",), "sqlcipher3")
    yield Part("OpenSSL", openssl, "Apache-2.0", apache, "cryptography")
    yield Part("PDFium", ".".join(map(str, (PDFIUM_INFO.major, PDFIUM_INFO.minor, PDFIUM_INFO.build))), "BSD-3-Clause",
               (pdf["pdfium.txt"],), "pypdfium2")  # fmt: skip
    yield Part("HarfBuzz", uharfbuzz.version_string(), "MIT-Modern-Variant", (pdf["harfbuzz.txt"],), "uharfbuzz")
    yield Part("CRFsuite", "", "BSD-3-Clause", (TEXTS / "crfsuite.txt",), "python-crfsuite")
    starter = distribution("pyinstaller")
    yield Part("PyInstaller (what starts the program)", starter.version, "GPL-2.0-or-later WITH Bootloader-exception",
               _texts(starter))  # fmt: skip


def _python_text() -> Path:
    """Return Python's licence: it lies in different places on different systems."""
    for place in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), Path(sys.base_prefix) / "share/doc"):
        for text in (place / "LICENSE.txt", place / "LICENSE"):
            if text.is_file():
                return text
    raise LookupError("no licence of Python")


def write(target: Path, found: list[Part]) -> None:
    """Write the texts of all that is shipped, and parts.json, which casemgr/licences.py reads."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    told, numbers = [], 0
    for part in found:
        if not part.shipped:
            continue
        names = []
        for text in part.texts:
            numbers += 1
            names.append(f"{numbers:03}-{text.stem}.txt")
            (target / names[-1]).write_text(text.read_text("utf-8", "replace"), "utf-8", newline="\n")
        told.append({"name": part.name, "version": part.version, "licence": part.licence, "texts": names})
    (target / "parts.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), parts())
