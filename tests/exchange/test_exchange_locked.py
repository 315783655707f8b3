"""A locked workbook: another program's library opens it with the passphrase, nobody without; its container is whole."""

import io
import secrets
import struct
import zipfile
from pathlib import Path

import msoffcrypto
import olefile
import openpyxl
import pytest
from exchange_tables import CANARY, PASSPHRASE, many, table
from msoffcrypto.exceptions import InvalidKeyError

from casemgr.exchange import compound
from casemgr.exchange.locked import SPINS, Lock
from casemgr.exchange.xlsx import write_xlsx


def locked(rows: int = 5, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    write_xlsx(table(many(rows)), target, passphrase)
    return target.getvalue()


def opened(data: bytes, passphrase: str) -> bytes:
    """Open the file as msoffcrypto does, and prove that nothing in it was changed."""
    file = msoffcrypto.OfficeFile(io.BytesIO(data))
    file.load_key(passphrase, verify_password=True)
    target = io.BytesIO()
    file.decrypt(target, verify_integrity=True)
    return target.getvalue()


@pytest.mark.parametrize("passphrase", [PASSPHRASE, "a", "x" * 255, "ពាក្យ\u200bសម្ងាត់ 😀"])
def test_the_passphrase_opens_it(passphrase: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(opened(locked(passphrase=passphrase), passphrase)))
    assert book.active["A2"].value == f"{CANARY} 0"
    assert book.active.max_row == 9


def test_nothing_opens_it_without() -> None:
    data = locked()
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(io.BytesIO(data))
    for wrong in ("x", PASSPHRASE.upper(), PASSPHRASE + " "):
        with pytest.raises(InvalidKeyError):
            opened(data, wrong)


def test_nothing_in_it_can_be_read() -> None:
    data = locked(300)
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert CANARY.encode(coding) not in data
        assert PASSPHRASE.encode(coding) not in data
    for sign in (b"PK\x03\x04", b"PK\x05\x06", b"sheet1", b"Content_Types"):
        assert sign not in data


def test_a_change_is_noticed() -> None:
    data = bytearray(locked())
    data[compound.SECTOR + 2000] ^= 1
    with pytest.raises(InvalidKeyError):
        opened(bytes(data), PASSPHRASE)


def test_it_is_locked_as_excel_locks() -> None:
    with olefile.OleFileIO(io.BytesIO(locked())) as file:
        info = file.openstream("EncryptionInfo").read()
    assert info[:8] == struct.pack("<HHI", 4, 4, 0x40)
    for said in (
        b'cipherAlgorithm="AES"',
        b'keyBits="256"',
        b'hashAlgorithm="SHA512"',
        f'spinCount="{SPINS}"'.encode(),
    ):
        assert said in info
    assert SPINS >= 100_000


def test_two_files_have_nothing_in_common() -> None:
    one, other = locked(), locked()
    pieces = [{data[at : at + 16] for at in range(520, 6000, 16)} for data in (one, other)]
    assert not pieces[0] & pieces[1]


def test_an_empty_passphrase_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="empty"):
        locked(passphrase="")


def test_an_error_leaves_it_unfinished() -> None:
    target = io.BytesIO()
    rows = iter([*many(200), ["too short"]])
    with pytest.raises(ValueError, match="argument"):
        write_xlsx(table(rows), target, PASSPHRASE)
    assert not olefile.isOleFile(target)


@pytest.mark.parametrize("size", [5_000, 4096 * 3, 4096 * 3 + 1, 7_000_000, 7_200_000])
def test_a_package_of_any_size_comes_back(size: int) -> None:
    package = io.BytesIO()
    write_xlsx(table(many(2)), package)
    with zipfile.ZipFile(package, "a") as more:
        more.writestr("pad", secrets.token_bytes(size))
    target = io.BytesIO()
    with Lock(target, PASSPHRASE) as lock:
        for start in range(0, len(package.getvalue()), 70_001):
            lock.write(package.getvalue()[start : start + 70_001])
    assert opened(target.getvalue(), PASSPHRASE) == package.getvalue()


# With one table of sectors, with as many as the header lists, with one and two more sectors of such lists.
@pytest.mark.parametrize("sectors", [9, 118, 119, 120, 13_830, 13_835, 13_840, 13_845, 13_850, 30_050, 30_075, 30_100,
                                     60_000])  # fmt: skip
def test_the_container_is_whole_at_every_size(tmp_path: Path, sectors: int) -> None:
    path = tmp_path / "container"
    with path.open("w+b") as target:
        compound.finish(target, sectors * 512 - 8, b"i" * 1200)
    with olefile.OleFileIO(str(path), raise_defects=olefile.DEFECT_UNSURE) as file:
        assert file.parsing_issues == []
        assert file.get_size("EncryptedPackage") == sectors * 512 - 8
        assert file.openstream("EncryptionInfo").read() == b"i" * 1200
        assert len(file.openstream("EncryptedPackage").read()) == sectors * 512 - 8
    assert_lists_its_tables(path.read_bytes())


def assert_lists_its_tables(data: bytes) -> None:
    """Walk the lists of tables of sectors as a strict reader does."""
    tables, first, lists = struct.unpack_from("<I", data, 44)[0], *struct.unpack_from("<II", data, 68)
    listed = list(struct.unpack_from("<109I", data, 76))
    walked = 0
    while first < 0xFFFFFFFA:
        sector = struct.unpack_from("<128I", data, 512 * (first + 1))
        listed += sector[:127]
        first, walked = sector[127], walked + 1
    assert first == 0xFFFFFFFE
    assert walked == lists
    used = [place for place in listed if place != 0xFFFFFFFF]
    assert len(used) == tables
    assert listed[:tables] == used
    entries = b"".join(data[512 * (place + 1) : 512 * (place + 2)] for place in used)
    total = len(data) // 512 - 1
    numbers = struct.unpack(f"<{len(entries) // 4}I", entries)
    assert all(number != 0xFFFFFFFF for number in numbers[:total])
    assert all(number == 0xFFFFFFFF for number in numbers[total:])
    assert [place for place, number in enumerate(numbers) if number == 0xFFFFFFFD] == used


@pytest.mark.parametrize("size", [4095, 2**31])
def test_a_package_that_would_lie_elsewhere_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="size"):
        compound.finish(io.BytesIO(), size, b"")
