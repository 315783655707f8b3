"""The key of an office as it is given to other offices: a short text, and figures to compare over the telephone."""

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import NamedTuple

from casemgr.exchange.sealed import KEY, NO_KEY
from casemgr.khmer.digits import to_ascii_digits
from casemgr.trouble import Refusal

FIRST_LINE = "casemgr office key 1"
MOST_BYTES = 4096
_GROUPS, _FIGURES = 6, 5


class OfficeKey(NamedTuple):
    """The public half of an office's key pair, and what the office calls itself in the file, which proves nothing."""

    public: bytes
    name: str = ""

    @property
    def fingerprint(self) -> str:
        """Six groups of five figures, to be compared over the telephone; another key has others."""
        number = int.from_bytes(sha256(FIRST_LINE.encode() + self.public).digest())
        figures = f"{number % 10 ** (_GROUPS * _FIGURES):030}"
        return " ".join(figures[at : at + _FIGURES] for at in range(0, len(figures), _FIGURES))

    def text(self) -> str:
        """Return the key as a text of four lines, which parse reads again."""
        name = " ".join(self.name.split())[:200]
        coded = b64encode(self.public).decode()
        return f"{FIRST_LINE}\nname: {name}\nkey: {coded}\nfingerprint: {self.fingerprint}\n"


def parse(text: str) -> OfficeKey:
    """Return the key in a text, also one that came through a message with other line ends and spaces around.

    Raises Refusal for a text that holds no key, or one that does not fit its own fingerprint.
    """
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    told = dict(re.split(r"\s*:\s*", line, maxsplit=1) for line in lines if ":" in line)
    try:
        key = OfficeKey(b64decode(told["key"], validate=True), told.get("name", "")[:200])
    except (KeyError, ValueError):
        raise Refusal(NO_KEY, fields=("key",)) from None
    given = to_ascii_digits(told.get("fingerprint", "")).split()
    if FIRST_LINE not in lines or len(key.public) != KEY or given != key.fingerprint.split():
        raise Refusal(NO_KEY, fields=("key",))
    return key
