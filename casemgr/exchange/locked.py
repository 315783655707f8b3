"""A workbook locked with a passphrase, as Excel and LibreOffice lock their own: agile encryption of [MS-OFFCRYPTO].

AES-256 in CBC mode under a random key, each 4096 bytes with their own start; the key lies in the file under the
passphrase, drawn through 100,000 rounds of SHA-512 as Excel draws it; an HMAC shows any change. The file is encrypted
while it is written: what is readable is never more than one piece in memory.
"""

import hashlib
import hmac
import secrets
import struct
from base64 import b64encode
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from casemgr.exchange import compound

SPINS = 100_000
_PIECE, _BLOCK, _KEY, _HASH = 4096, 16, 32, 64
_FOR_INPUT, _FOR_VALUE, _FOR_KEY, _FOR_HMAC_KEY, _FOR_HMAC = (
    bytes.fromhex(name)
    for name in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6", "5fb2ad010cb9e1f6", "a0677f02b22c8433")
)
_OFFICE = "http://schemas.microsoft.com/office/2006/"


class Lock:
    """A file to write a workbook to, from beginning to end. Leaving the block completes it, an error does not."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        """Take an empty file open for reading and writing. Raises ValueError for an empty passphrase."""
        if not passphrase:
            raise ValueError("an empty passphrase locks nothing")
        self._target = target
        self._key, self._salt = secrets.token_bytes(_KEY), secrets.token_bytes(_BLOCK)
        self._passphrase = passphrase
        self._waiting = bytearray()
        self._pieces = self._size = 0

    def __enter__(self) -> Self:
        """Leave room for the header and for the size, which are known at the end only."""
        self._target.write(bytes(compound.SECTOR + 8))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Complete the file, unless something went wrong."""
        if error is None:
            self._finish()

    def write(self, data: "bytes | memoryview") -> int:
        """Take the next bytes of the workbook."""
        self._waiting += data
        whole = len(self._waiting) - len(self._waiting) % _PIECE
        for start in range(0, whole, _PIECE):
            self._put(bytes(self._waiting[start : start + _PIECE]))
        del self._waiting[:whole]
        return len(data)

    def flush(self) -> None:
        """Do nothing: a piece is encrypted once it is complete."""

    def _put(self, piece: bytes) -> None:
        start = _digest(self._salt, struct.pack("<I", self._pieces))[:_BLOCK]
        self._target.write(_encrypted(self._key, start, piece + bytes(-len(piece) % _BLOCK)))
        self._pieces += 1
        self._size += len(piece)

    def _finish(self) -> None:
        if self._waiting:
            self._put(bytes(self._waiting))
        end = self._target.tell()
        self._target.seek(compound.SECTOR)
        self._target.write(struct.pack("<Q", self._size))
        compound.finish(self._target, end - compound.SECTOR, self._info(end))

    def _info(self, end: int) -> bytes:
        """Return what a program needs to open the file: all of it is random, or is itself encrypted."""
        salt, sample, mac_key = (secrets.token_bytes(size) for size in (_BLOCK, _BLOCK, _HASH))
        drawn = drawn_from(self._passphrase, salt)

        def under(purpose: bytes, secret: bytes) -> str:
            return _text(_encrypted(_digest(drawn, purpose)[:_KEY], salt, secret))

        def beside(purpose: bytes, secret: bytes) -> str:
            return _text(_encrypted(self._key, _digest(self._salt, purpose)[:_BLOCK], secret))

        cipher = (
            f'saltSize="{_BLOCK}" blockSize="{_BLOCK}" keyBits="{8 * _KEY}" hashSize="{_HASH}" cipherAlgorithm="AES"'
            ' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
            f'<encryption xmlns="{_OFFICE}encryption" xmlns:p="{_OFFICE}keyEncryptor/password"'
            f' xmlns:c="{_OFFICE}keyEncryptor/certificate"><keyData {cipher} saltValue="{_text(self._salt)}"/>'
            f'<dataIntegrity encryptedHmacKey="{beside(_FOR_HMAC_KEY, mac_key)}"'
            f' encryptedHmacValue="{beside(_FOR_HMAC, self._mac(mac_key, end))}"/>'
            f'<keyEncryptors><keyEncryptor uri="{_OFFICE}keyEncryptor/password">'
            f'<p:encryptedKey spinCount="{SPINS}" {cipher} saltValue="{_text(salt)}"'
            f' encryptedVerifierHashInput="{under(_FOR_INPUT, sample)}"'
            f' encryptedVerifierHashValue="{under(_FOR_VALUE, _digest(sample))}"'
            f' encryptedKeyValue="{under(_FOR_KEY, self._key)}"/></keyEncryptor></keyEncryptors></encryption>'
        )
        return struct.pack("<HHI", 4, 4, 0x40) + xml.encode()

    def _mac(self, key: bytes, end: int) -> bytes:
        """Return the HMAC of the package, its size included, read back from the file: the size comes first in it."""
        mac = hmac.new(key, digestmod="sha512")
        self._target.seek(compound.SECTOR)
        left = end - compound.SECTOR
        while left and (part := self._target.read(min(left, 1 << 20))):
            mac.update(part)
            left -= len(part)
        return mac.digest()


def drawn_from(passphrase: str, salt: bytes) -> bytes:
    """Return what the keys are made of that lock the key of the file: slow on purpose."""
    drawn = hashlib.sha512(salt + passphrase.encode("utf-16-le")).digest()
    for count in range(SPINS):
        drawn = hashlib.sha512(struct.pack("<I", count) + drawn).digest()
    return drawn


def _digest(*parts: bytes) -> bytes:
    return hashlib.sha512(b"".join(parts)).digest()


def _encrypted(key: bytes, start: bytes, data: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def _text(data: bytes) -> str:
    return b64encode(data).decode()
