"""Reading a small file of names and codes that a worker may have changed with a text editor."""

import json
from pathlib import Path
from typing import Any

from casemgr.exchange.writing import told
from casemgr.trouble import Refusal

LARGEST, LONGEST = 1_000_000, 200
"""Bytes of such a file, and letters of a name in it."""


def read_object(path: Path, form: str, refusal: str) -> dict[str, Any]:
    """Return what stands in a file of that form; refusal: the message for a file that is none.

    Raises Refusal, and Trouble for what the disk refuses.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise told(error) from error
    try:
        plain = json.loads(data.decode("utf-8-sig")) if len(data) <= LARGEST else None
    except (ValueError, RecursionError) as error:
        raise Refusal(refusal) from error
    if not isinstance(plain, dict) or plain.get("format") != form:
        raise Refusal(refusal)
    return plain


def section(part: object, refusal: str) -> dict[str, Any]:
    """Return a part of such a file that holds names in its turn. Raises Refusal."""
    if not isinstance(part, dict):
        raise Refusal(refusal)
    return part


def is_name(text: object) -> bool:
    """Return whether this may stand as a name or code in another program."""
    return isinstance(text, str) and 0 < len(text.strip()) <= LONGEST and text.isprintable()


def shown(text: str) -> str:
    """Return what of a text of such a file may stand in a message."""
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST]
