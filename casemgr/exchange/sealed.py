"""A file for one other office: sealed for its key, or locked with a passphrase; read and written piece by piece.

    8 bytes  89 63 61 73 65 0d 0a 1a ("case" between bytes that a copy as text would spoil)
    1 byte   version of the format: 1
    1 byte   way: 1 for a key, 2 for a passphrase
    way 1:   32 bytes X25519 public half made for this file alone (E), 48 bytes AES-256-GCM: the sender's public half
    way 2:   4 bytes memory in KiB, 4 bytes passes (Argon2id, one lane; both big-endian), 16 bytes salt
    then     the content in pieces of 65,536 bytes, the last one shorter or as long, each with a seal of 16 bytes

Each piece is AES-256-GCM under the content key; its nonce is its number (11 bytes) and 1 for the last piece, else 0
(1 byte): so a piece that is changed, missing, moved or cut off at the end shows. Keys are drawn by HKDF-SHA-256 and
cover the whole head. Way 1: from E with the recipient's key (for the sender's public half), and from that together
with the sender's own key with the recipient's (for the content): nobody but sender and recipient can make the file, so
the recipient knows whose it is. Way 2: from the passphrase (NFC); who knows it can also have made the file.
"""

import enum
import io
import secrets
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casemgr.i18n import N_
from casemgr.trouble import Refusal

MAGIC, VERSION = b"\x89case\r\n\x1a", 1
PIECE, SEAL, KEY = 65_536, 16, 32
MEMORY_KIB, PASSES = 131_072, 3
"""What one guess of a passphrase costs."""
MOST_MEMORY_KIB, MOST_PASSES, MOST_WORK = 262_144, 16, 1_048_576
"""What a file may ask of this computer: memory, passes, and both multiplied (about two seconds)."""
_LEAST_MEMORY_KIB = 8
_COST = struct.Struct(">II")
_SALT = 16
_ONCE = bytes(12)  # the key is used for one message alone

FOREIGN = N_("This is no case file of this program. Choose a file whose name ends in .case.")
NEWER = N_("This case file was made with a newer version of the program. Install that version to take it in.")
DAMAGED = N_("This case file is damaged or not complete. Copy it again, or ask the other office to send it again.")
NOT_FOR_US = N_(
    "This case file is sealed for the key of another office, or damaged. Send the key of this office to those who made "
    "it, and ask for the file again."
)
WRONG_PASSPHRASE = N_("The passphrase is not right, or the file is damaged. Look at each letter and try again.")
NO_KEY = N_("This is not the key of an office. Ask the other office for its key again.")


class Way(enum.IntEnum):
    """How a file is closed."""

    KEY = 1
    PASSPHRASE = 2


@dataclass(frozen=True)
class Pair:
    """The key pair of an office."""

    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True)
class Opening:
    """What opens the content of a file. start: where it begins. sender: public half of who sealed it, None: unknown."""

    way: Way
    start: int
    key: bytes = field(repr=False)
    sender: bytes | None = None


def new_pair() -> Pair:
    """Return a new key pair."""
    made = X25519PrivateKey.generate()
    return Pair(made.public_key().public_bytes_raw(), made.private_bytes_raw())


class Sealer(io.RawIOBase):
    """Takes the content from beginning to end. Leaving the block completes the file; an error leaves it cut off."""

    def __init__(self, target: BinaryIO, head: bytes, key: bytes) -> None:
        """seal_for and lock_with make one."""
        self._target, self._cipher = target, AESGCM(key)
        self._waiting = bytearray()
        self._pieces = 0
        target.write(head)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Seal the last piece, unless something went wrong."""
        if error is None:
            self._put(len(self._waiting), last=True)

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take the next bytes."""
        self._waiting += data
        while len(self._waiting) > PIECE:  # one piece stays back: the last one is marked as such
            self._put(PIECE, last=False)
        return len(data)

    def _put(self, size: int, *, last: bool) -> None:
        nonce = _nonce(self._pieces, last=last)
        self._target.write(self._cipher.encrypt(nonce, bytes(self._waiting[:size]), None))
        del self._waiting[:size]
        self._pieces += 1


def seal_for(target: BinaryIO, sender: Pair, recipient: bytes) -> Sealer:
    """Return what seals a content for the office with that public half. Raises Refusal for what is no such half."""
    once = new_pair()
    begun = MAGIC + bytes((VERSION, Way.KEY)) + once.public
    shared = _shared(once.private, recipient)
    head = begun + AESGCM(_drawn(shared, b"sender", begun, recipient)).encrypt(_ONCE, sender.public, begun)
    both = shared + _shared(sender.private, recipient)
    return Sealer(target, head, _drawn(both, b"content", head, recipient))


def lock_with(target: BinaryIO, passphrase: str, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> Sealer:
    """Return what locks a content with a passphrase. Raises ValueError for a cost that opening would refuse."""
    if not _may_cost(memory_kib, passes):
        raise ValueError("cost out of bounds")
    salt = secrets.token_bytes(_SALT)
    head = MAGIC + bytes((VERSION, Way.PASSPHRASE)) + _COST.pack(memory_kib, passes) + salt
    return Sealer(target, head, _from_passphrase(passphrase, memory_kib, passes, salt, head))


def way_of(file: BinaryIO) -> Way:
    """Return how a file is closed, read from its beginning. Raises Refusal for one that is no case file, or newer."""
    begun = file.read(len(MAGIC) + 2)
    if not begun.startswith(MAGIC) or len(begun) < len(MAGIC) + 2:
        raise Refusal(FOREIGN)
    if begun[8] != VERSION or begun[9] not in tuple(Way):
        raise Refusal(NEWER)
    return Way(begun[9])


def opened_by(file: BinaryIO, pairs: Iterable[Pair], passphrase: str | None = None) -> Opening:
    """Return what opens a file: one of the pairs, or the passphrase; whether that is right may show at the content.

    Raises Refusal for a file that is none of ours, asks too much of this computer, or is for somebody else.
    """
    way = way_of(file)
    begun = MAGIC + bytes((VERSION, way))
    if way is Way.KEY:
        return _by_pair(begun + _exactly(file, KEY), _exactly(file, KEY + SEAL), pairs)
    cost, salt = _exactly(file, _COST.size), _exactly(file, _SALT)
    memory_kib, passes = _COST.unpack(cost)
    if not _may_cost(memory_kib, passes):
        raise Refusal(DAMAGED)
    if not passphrase:
        raise Refusal(N_("This file is locked with a passphrase. Type it."), fields=("passphrase",))
    head = begun + cost + salt
    return Opening(way, len(head), _from_passphrase(passphrase, memory_kib, passes, salt, head))


def content(file: BinaryIO, opening: Opening) -> io.BufferedReader:
    """Return the content of a file to read from its beginning; each piece is proved before any of it is given out.

    Reading raises Refusal where the file is damaged or cut off, or the passphrase is not right.
    """
    file.seek(opening.start)
    return io.BufferedReader(_Pieces(file, opening), PIECE)


class _Pieces(io.RawIOBase):
    """The content, one piece after the other."""

    def __init__(self, file: BinaryIO, opening: Opening) -> None:
        self._file, self._opening, self._cipher = file, opening, AESGCM(opening.key)
        self._next, self._ready = file.read(PIECE + SEAL), memoryview(b"")
        self._pieces = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        while not self._ready and (self._next or not self._pieces):
            self._ready = memoryview(self._opened())
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _opened(self) -> bytes:
        piece, self._next = self._next, self._file.read(PIECE + SEAL)
        try:
            plain = self._cipher.decrypt(_nonce(self._pieces, last=not self._next), piece, None)
        except (InvalidTag, ValueError):
            first = not self._pieces and self._opening.way is Way.PASSPHRASE
            raise Refusal(WRONG_PASSPHRASE if first else DAMAGED, fields=("passphrase",) if first else ()) from None
        self._pieces += 1
        return plain


def _by_pair(begun: bytes, sealed: bytes, pairs: Iterable[Pair]) -> Opening:
    head = begun + sealed
    for pair in pairs:
        try:
            shared = _shared(pair.private, begun[-KEY:])
            sender = AESGCM(_drawn(shared, b"sender", begun, pair.public)).decrypt(_ONCE, sealed, begun)
            both = shared + _shared(pair.private, sender)
        except (InvalidTag, Refusal):
            continue
        return Opening(Way.KEY, len(head), _drawn(both, b"content", head, pair.public), sender)
    raise Refusal(NOT_FOR_US)


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise Refusal(DAMAGED)
    return data


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes((last,))


def _may_cost(memory_kib: int, passes: int) -> bool:
    within = _LEAST_MEMORY_KIB <= memory_kib <= MOST_MEMORY_KIB and 1 <= passes <= MOST_PASSES
    return within and memory_kib * passes <= MOST_WORK


def _shared(private: bytes, public: bytes) -> bytes:
    try:
        return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # a half of the wrong length, or one that gives the same secret to everybody
        raise Refusal(NO_KEY, fields=("key",)) from None


def _drawn(secret: bytes, purpose: bytes, *covered: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=b"casemgr case " + purpose + b"".join(covered)).derive(secret)


def _from_passphrase(passphrase: str, memory_kib: int, passes: int, salt: bytes, head: bytes) -> bytes:
    derivation = Argon2id(salt=salt, length=KEY, iterations=passes, lanes=1, memory_cost=memory_kib)
    return _drawn(derivation.derive(unicodedata.normalize("NFC", passphrase).encode()), b"content", head)
