"""Files spoiled in every way: bytes of any file, and the values within a text of JSON."""

import json
import random
import re
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 2**31, 2**63, 10**30, float("inf"), float("nan"), "", "x", "\0", "\u200b",
    "ក" * 300, "x" * 70_000, "-1", "9999", "9999-12-31", "0001-01-01", "2026-02-30", "2026-11-24T00:00:00+07:00",
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00", "age 200 on 2026-01-01",
    "age 99999999999999999999 on 2026-01-01", "00000000-0000-0000-0000-000000000000", "\ud800", [], [None], [[]], {},
    [{}], {"a": 1}, ["x"] * 2_000, "unknown", "../../etc/passwd", "%s%n{0}", "<b>x</b>",
)  # fmt: skip


def chance_of(seed: int) -> random.Random:
    """Return what makes the same choices for the same number."""
    return random.Random(seed)  # noqa: S311  (nothing secret hangs on it)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one to four spoilt places: flipped, put in, taken out, doubled, moved or cut off."""
    kept = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, size = chance.randrange(len(kept) + 1), chance.choice((1, 1, 1, 2, 4, 16, 256))
        match chance.randrange(7):
            case 0:
                kept[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                kept[at : at + 1] = bytes(byte ^ (1 << chance.randrange(8)) for byte in kept[at : at + 1])
            case 2:
                kept[at:at] = chance.randbytes(size)
            case 3:
                del kept[at : at + size]
            case 4:
                kept[at:at] = kept[at : at + size]
            case 5:
                kept[at : at + size] = chance.choice((b"\xff", b"\0", b"\x7f")) * size
            case 6:
                del kept[at:]
    return bytes(kept)


def spoilt_value(value: Any, chance: random.Random, others: tuple[Any, ...] = ()) -> Any:
    """Return a value of JSON of which one thing, however deep, is another, is gone, or is there twice."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(list(value))
        match chance.randrange(10):
            case 0:
                return {key: each for key, each in value.items() if key != name}
            case 1:
                return value | {chance.choice(("x", "id", "size", "end", "\ud800")): chance.choice(ODD)}
            case 2:
                return value | {name: value[chance.choice(list(value))]}
            case _:
                return value | {name: spoilt_value(value[name], chance, others)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        match chance.randrange(5):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return [*value, value[at]]
            case _:
                return [*value[:at], spoilt_value(value[at], chance, others), *value[at + 1 :]]
    return chance.choice(others) if others and chance.random() < 0.3 else chance.choice(ODD)


def leaves(value: Any) -> tuple[Any, ...]:
    """Return all texts and numbers within a value, with which others can be confused."""
    if isinstance(value, dict):
        return tuple(leaf for each in value.values() for leaf in leaves(each))
    if isinstance(value, list):
        return tuple(leaf for each in value for leaf in leaves(each))
    return (value,)


def as_json(value: Any) -> bytes:
    """Return a value as JSON, also where it holds half a letter."""
    return json.dumps(value).encode()


DEEP = (b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000)
BEYOND = (b"1e999", b"-Infinity", b"NaN", b"9" * 5000, b"1" * 300, b"1.5")
"""Numbers that JSON as Python reads it takes, and that no whole number can be made of."""


def spoilt_json(value: Any, chance: random.Random, others: tuple[Any, ...] = ()) -> bytes:
    """Return a text of JSON spoilt as spoilt_value does, sometimes one that is no JSON of ours at all."""
    match chance.randrange(12):
        case 0:
            return chance.choice(DEEP)
        case 1:
            text = as_json(value)
            numbers = list(re.finditer(rb"(?<=[ \[:])\d+(?=[,}\]])", text))
            where = chance.choice(numbers).span() if numbers else (0, 0)
            return text[: where[0]] + chance.choice(BEYOND) + text[where[1] :]
        case _:
            return as_json(spoilt_value(value, chance, others))
