"""One way into an office: an account or the recovery code, and the office's key sealed for it."""

import base64
import dataclasses
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

KEY_BYTES = 32
FORMAT, FORMAT_1 = "casemgr keys 2", "casemgr keys 1"
"""The second knows of passwords that somebody else gave, of renamed accounts and of a data key that is to come."""
_BOUND = FORMAT_1  # what ciphertexts are bound to stays, or those of earlier files would open nothing
_MOST_MEMORY_KIB, _MOST_ITERATIONS, _MOST_IN_ALL = 262_144, 64, 2_097_152
"""What a key file may ask for: memory, passes, both multiplied. The program takes 131,072 KiB and 16 passes at most."""


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs: memory in KiB and passes over it (Argon2id, one lane)."""

    memory_kib: int = 131_072
    iterations: int = 3


@dataclass(frozen=True)
class Slot:
    """One way in: an account, or the recovery code (whose owner is None).

    tag: the digest of the name by which it is found now; bound: that of the name it had when its password was set.
    given: whether somebody else chose the password, so that it has to be changed first of all.
    """

    owner: UUID | None
    tag: str
    cost: Cost
    salt: bytes
    public: bytes
    private: bytes  # nonce and ciphertext, under the password
    sealed: bytes  # ephemeral public key, nonce and ciphertext: the data key
    coming: bytes = b""  # the same for the data key that is to follow; empty where none is
    bound: str = ""
    given: bool = False

    def said(self, office: UUID, what: str) -> bytes:
        """Return what a ciphertext of this slot is bound to: office, owner and cost."""
        whose = f"{self.owner}|{self.bound or self.tag}|{self.cost.memory_kib}|{self.cost.iterations}"
        return f"{_BOUND}|{office}|{what}|{whose}".encode()

    def plain(self, form: str = FORMAT) -> dict[str, Any]:
        """Return the slot as JSON can hold it, in one of the formats."""
        first = {
            "owner": str(self.owner) if self.owner else None, "tag": self.tag,
            "memory_kib": self.cost.memory_kib, "iterations": self.cost.iterations,
            **{part: base64.b64encode(getattr(self, part)).decode() for part in _BINARY},
        }  # fmt: skip
        if form == FORMAT_1:
            return first
        coming = base64.b64encode(self.coming).decode()
        return first | {"coming": coming, "bound": self.bound, "given": self.given}

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Self:
        """Return the slot that plain() gave. Raises ValueError, KeyError or TypeError where it is none."""
        cost = Cost(int(plain["memory_kib"]), int(plain["iterations"]))
        if not (8 <= cost.memory_kib <= _MOST_MEMORY_KIB and 1 <= cost.iterations <= _MOST_ITERATIONS):
            raise ValueError("cost out of bounds")
        if cost.memory_kib * cost.iterations > _MOST_IN_ALL:
            raise ValueError("cost out of bounds")
        if not (str(plain["tag"]) + str(plain.get("bound", ""))).isascii():
            raise ValueError("no digest")
        owner = UUID(plain["owner"]) if plain["owner"] else None
        parts = {part: base64.b64decode(plain[part], validate=True) for part in _BINARY}
        if (len(parts["salt"]), len(parts["public"])) != (16, KEY_BYTES):
            raise ValueError("parts of the wrong length")
        coming = base64.b64decode(plain.get("coming", ""), validate=True)
        return cls(
            owner, str(plain["tag"]), cost, **parts, coming=coming, bound=str(plain.get("bound", "")),
            given=bool(plain.get("given")),
        )  # fmt: skip

    def with_key(self, data_key: bytes, office: UUID) -> "Slot":
        """Return the slot with a data key that is to follow; no password is needed to seal it."""
        return dataclasses.replace(self, coming=sealed(self, data_key, office))

    def settled(self, *, coming: bool) -> "Slot":
        """Return the slot with one data key alone: the one that was to follow, or the present one."""
        return dataclasses.replace(self, sealed=self.coming if coming else self.sealed, coming=b"")


_BINARY = ("salt", "public", "private", "sealed")


def locked(
    office: UUID, owner: UUID | None, tag: str, secret: str, cost: Cost, data_key: bytes, *, given: bool = False
) -> Slot:  # fmt: skip
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415  (as above)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    pair = X25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw()
    slot = Slot(owner, tag, cost, secrets.token_bytes(16), public, b"", b"", given=given)
    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(derive(secret, slot.salt, cost)).encrypt(
        nonce, pair.private_bytes_raw(), slot.said(office, "private")
    )
    return dataclasses.replace(slot, private=nonce + wrapped, sealed=sealed(slot, data_key, office))


def sealed(slot: Slot, data_key: bytes, office: UUID) -> bytes:
    """Return a data key sealed to the public half of a slot."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415  (as above)
        X25519PrivateKey,
        X25519PublicKey,
    )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    ephemeral = X25519PrivateKey.generate()
    outside, nonce = ephemeral.public_key().public_bytes_raw(), secrets.token_bytes(12)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(slot.public))
    sealing = expand(shared, b"casemgr data key" + outside + slot.public)
    return outside + nonce + AESGCM(sealing).encrypt(nonce, data_key, slot.said(office, "sealed"))


def unsealed(slot: Slot, sealed: bytes, private: bytes, office: UUID) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415  (as above)
        X25519PrivateKey,
        X25519PublicKey,
    )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    outside, nonce, locked = sealed[:32], sealed[32:44], sealed[44:]
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(outside))
    sealing = expand(shared, b"casemgr data key" + outside + slot.public)
    return AESGCM(sealing).decrypt(nonce, locked, slot.said(office, "sealed"))


def derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415  (as above)

    derivation = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=1, memory_cost=cost.memory_kib)
    return derivation.derive(unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass"))


def expand(secret: bytes, purpose: bytes) -> bytes:
    """Return a key for one purpose alone."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  (as above)
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(secret)
