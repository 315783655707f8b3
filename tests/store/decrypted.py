"""The plain bytes of an office's files, free pages and log included, as somebody with the key could read them."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4096, 80, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def plain_bytes(path: Path, data_key: bytes) -> bytes:
    """Return every page of a database, or of its log, decrypted one by one."""
    data = path.read_bytes() if path.exists() else b""
    if path.name.endswith("-wal"):
        step = FRAME_HEADER + PAGE
        pages = [data[at + FRAME_HEADER : at + step] for at in range(WAL_HEADER, len(data), step)]
        first = [data[at : at + 4] == b"\0\0\0\1" for at in range(WAL_HEADER, len(data), step)]
    else:
        pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
        first = [at == 0 for at in range(len(pages))]
    return b"".join(_page(page, data_key, is_first) for page, is_first in zip(pages, first, strict=True))


def _page(page: bytes, data_key: bytes, is_first: bool) -> bytes:
    body = page[SALT if is_first else 0 : PAGE - RESERVED]
    vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    reader = Cipher(algorithms.AES256(data_key), modes.CBC(vector)).decryptor()
    return reader.update(body) + reader.finalize()
