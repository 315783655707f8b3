"""Text that only the key of its office opens, for what lies outside the database."""

import os

from casemgr.store.slots import expand

_NONCE = 12


def seal(text: bytes, data_key: bytes, purpose: bytes, bound: bytes) -> bytes:
    """Return the text sealed with a key made from the data key. purpose: what for; bound: what has to be the same."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  (not before an office is open)

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(expand(data_key, purpose)).encrypt(nonce, text, bound)


def unseal(sealed: bytes, data_key: bytes, purpose: bytes, bound: bytes) -> bytes | None:
    """Return what seal was given; None where the key, the purpose or what it is bound to is another."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  (as above)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(expand(data_key, purpose)).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
    except (InvalidTag, ValueError):
        return None
