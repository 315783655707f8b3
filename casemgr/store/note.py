"""The sealed note beside an office: where its copies go, how the last ones went, and how far its audit trail reached.

It lies outside the database, so that a trail which was cut off, or a database put back by hand, shows against it. It is
encrypted with a key made from the data key. While the office gets a new data key it is sealed with both.
"""

import base64
import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from casemgr import clock
from casemgr.store.copies import Head
from casemgr.store.reading import plain_in, plain_of
from casemgr.store.sealing import seal, unseal
from casemgr.store.whole import saving_whole, sync_folder
from casemgr.whereabouts import NOTE

FORMAT = "casemgr note 1"
_PURPOSE = b"casemgr note"
MADE = "note-made"
"""The line of the audit trail that says that there is a note from then on."""
ASIDE = "doubted"
"""Stands in the name of a note that was kept aside."""


class Made(NamedTuple):
    """A copy that was made and read back: when, and how far its audit trail reached."""

    at: datetime
    head: Head


class Failed(NamedTuple):
    """Why a copy could not be made: when, and what was said (a message of the catalogue with its slots)."""

    at: datetime
    message: str
    slots: dict[str, str]


@dataclass
class Place:
    """Where copies go. folder: as it was chosen; "" for the one beside the office, or for no stick."""

    folder: str = ""
    made: Made | None = None
    failed: Failed | None = None


@dataclass
class Note:
    """What the note says. head: how far the audit trail reached when the office was last closed, or a copy was made.

    since: copies made before that moment are from before an older copy was put back, and tell nothing of the present
    trail. checked_at: when everything was last looked at thoroughly. code_unseen: whether there is a recovery code that
    nobody has said to be written down. doubt: since when it is known that the note before this one was changed or taken
    away, until somebody has seen it. against: a line that spoke against the trail when its lines were sealed anew,
    after which it could not be seen any more. readable: False where there is no note, or one that the office's key does
    not open.
    """

    home: Place = field(default_factory=Place)
    stick: Place = field(default_factory=Place)
    head: Head | None = None
    since: datetime | None = None
    checked_at: datetime | None = None
    code_unseen: bool = False
    doubt: datetime | None = None
    against: Head | None = None
    readable: bool = True

    @classmethod
    def load(cls, folder: Path, data_key: bytes) -> "Note":
        """Return the note of an office; an empty one where there is none, or it cannot be read. Raises OSError."""
        try:
            plain = plain_in(folder / NOTE)
            if plain["format"] != FORMAT:
                raise ValueError("another format")
            sealed = [base64.b64decode(each, validate=True) for each in plain["sealed"]]
            for each in sealed:
                if (opened := _opened(each, data_key)) is not None:
                    return _read(plain_of(opened))
        except (FileNotFoundError, ValueError, KeyError, TypeError, IndexError):
            pass
        return cls(readable=False)

    @classmethod
    def to_change(cls, folder: Path, data_key: bytes) -> "Note":
        """Return the note of an office that has one, to be changed and saved. Raises OSError.

        One that cannot be read is kept aside, and a new one bears the doubt.
        """
        note = cls.load(folder, data_key)
        if note.readable:
            return note
        now = clock.now()
        with suppress(FileNotFoundError):
            (folder / NOTE).replace(folder / f"{NOTE}.{ASIDE}-{now:%Y-%m-%d-%H%M%S}")
        return cls(doubt=now)

    @property
    def is_doubted(self) -> bool:
        """Whether it was changed or taken away outside the program, and nobody has seen that yet."""
        return not self.readable or self.doubt is not None

    def save(self, folder: Path, *data_keys: bytes) -> None:
        """Write the note whole or not at all, so that any of these data keys opens it. Raises OSError."""
        text = json.dumps(_plain(self)).encode()
        sealed = [base64.b64encode(_sealed(text, data_key)).decode() for data_key in data_keys]
        with saving_whole(folder / NOTE, json.dumps({"format": FORMAT, "sealed": sealed}).encode()):
            pass
        sync_folder(folder)


def _sealed(text: bytes, data_key: bytes) -> bytes:
    return seal(text, data_key, _PURPOSE, FORMAT.encode())


def _opened(sealed: bytes, data_key: bytes) -> bytes | None:
    return unseal(sealed, data_key, _PURPOSE, FORMAT.encode())


def _plain(note: Note) -> dict[str, Any]:
    return {
        "home": _plain_place(note.home), "stick": _plain_place(note.stick), "head": note.head,
        "since": _told(note.since), "checked_at": _told(note.checked_at), "doubt": _told(note.doubt),
        "against": note.against, "code_unseen": note.code_unseen,
    }  # fmt: skip


def _plain_place(place: Place) -> dict[str, Any]:
    made, failed = place.made, place.failed
    return {
        "folder": place.folder,
        "made": None if made is None else [made.at.isoformat(), *made.head],
        "failed": None if failed is None else [failed.at.isoformat(), failed.message, failed.slots],
    }


def _read(plain: dict[str, Any]) -> Note:
    return Note(
        _read_place(plain["home"]), _read_place(plain["stick"]), _head(plain["head"]), _moment(plain["since"]),
        _moment(plain["checked_at"]), plain.get("code_unseen", False), _moment(plain.get("doubt")),
        _head(plain.get("against")),
    )  # fmt: skip


def _read_place(plain: dict[str, Any]) -> Place:
    made, failed = plain["made"], plain["failed"]
    return Place(
        plain["folder"],
        None if made is None else Made(datetime.fromisoformat(made[0]), Head(made[1], made[2])),
        None if failed is None else Failed(datetime.fromisoformat(failed[0]), failed[1], failed[2]),
    )


def _head(plain: list[Any] | None) -> Head | None:
    return None if plain is None else Head(*plain)


def _told(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
