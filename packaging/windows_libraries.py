"""Whether each library of a program for Windows finds the libraries it names: in the program, or in every Windows 10.

The import tables are read from the files, so that this is known without a Windows.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

OF_WINDOWS = frozenset(
    f"{name}.dll" for name in (
        "advapi32", "authz", "bcrypt", "bcryptprimitives", "cfgmgr32", "comctl32", "comdlg32", "crypt32", "d2d1",
        "d3d11", "d3d12", "d3d9", "dbghelp", "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32", "icuuc", "imm32",
        "iphlpapi",
        "kernel32", "mpr", "msvcrt", "ncrypt", "netapi32", "ntdll", "ole32", "oleaut32", "pathcch", "pdh", "powrprof",
        "propsys", "psapi", "rpcrt4", "secur32", "setupapi", "shcore", "shell32", "shlwapi", "uiautomationcore",
        "user32", "userenv", "usp10", "uxtheme", "version", "winmm", "winspool", "ws2_32", "wtsapi32",
    )
) | {"winspool.drv"}  # fmt: skip
"""Libraries that every Windows 10 from version 1809 has, beside those called api-ms-win-…"""

OF_PYTHON = frozenset({"python3.dll", "python312.dll"})
"""What PyInstaller adds on Windows."""


def named_by(file: Path) -> set[str]:
    """Return the libraries that a file for Windows names, in small letters. Raises ValueError for any other file."""
    data = file.read_bytes()
    try:
        return {_text(data, place) for place in _names(data)}
    except (struct.error, IndexError) as problem:
        raise ValueError(file.name) from problem


def missing(folder: Path, given: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """Return the libraries that are nowhere, with the files that name them. given: what comes later."""
    files = [file for file in folder.rglob("*") if file.suffix.lower() in {".dll", ".pyd", ".exe"}]
    there = {file.name.lower() for file in files} | OF_WINDOWS | given
    lost: dict[str, set[str]] = {}
    for file in files:
        for name in named_by(file):
            if name not in there and not name.startswith("api-ms-win-"):
                lost.setdefault(name, set()).add(file.name)
    return lost


def _names(data: bytes) -> Iterator[int]:
    """Yield where the name of each library stands that is loaded at the start or when first needed."""
    head = struct.unpack_from("<I", data, 0x3C)[0]
    if data[:2] != b"MZ" or data[head : head + 4] != b"PE\0\0":
        raise ValueError
    count, size = struct.unpack_from("<H", data, head + 6)[0], struct.unpack_from("<H", data, head + 20)[0]
    optional = head + 24
    tables = optional + (112 if struct.unpack_from("<H", data, optional)[0] == 0x20B else 96)
    sections = [struct.unpack_from("<IIII", data, optional + size + 40 * n + 8) for n in range(count)]
    known = struct.unpack_from("<I", data, tables - 4)[0]
    for table, width, name in ((1, 20, 12), (13, 32, 4)):
        address = struct.unpack_from("<I", data, tables + 8 * table)[0] if table < known else 0
        place = _place(sections, address) if address else None
        while place is not None and any(data[place : place + width]):
            found = _place(sections, struct.unpack_from("<I", data, place + name)[0])
            if found is None:
                raise ValueError
            yield found
            place += width


def _place(sections: list[tuple[int, ...]], address: int) -> int | None:
    """Return where in the file an address of the loaded program lies."""
    for size, start, length, place in sections:
        if start <= address < start + max(size, length):
            return address - start + place
    return None


def _text(data: bytes, place: int) -> str:
    return data[place : data.index(0, place)].decode("ascii").lower()
