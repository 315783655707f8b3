"""Reading what the program wrote beside the database, which anybody may have changed since."""

import json
from pathlib import Path
from typing import Any, NoReturn

_MOST_BYTES = 10_000_000
"""Of a file that the program wrote beside the database; its own are a thousandth of that."""


def plain_in(path: Path) -> Any:
    """Return what stands in a file of JSON. Raises ValueError as plain_of does and for a huge one, and OSError."""
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("too long")
    return plain_of(data)


def plain_of(data: bytes) -> Any:
    """Return what stands in a text of JSON. Raises ValueError for what is none, or that none of our files can hold.

    That is what is nested without end, and numbers that are not whole, infinite ones among them.
    """
    try:
        return json.loads(data, parse_float=_refused, parse_constant=_refused)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refused(_text: str) -> NoReturn:
    raise ValueError("not a whole number")
