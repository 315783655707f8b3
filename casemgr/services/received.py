"""A case file of another office, opened and read, before anything of it is compared or kept.

Nothing in the file is believed: every line is read strictly, and what this version does not know is refused rather
than dropped, so that no answer is lost unseen.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NoReturn
from uuid import UUID

from casemgr.exchange import sealed
from casemgr.exchange.office_key import OfficeKey
from casemgr.exchange.parts import Part, read_parts
from casemgr.exchange.sealed import DAMAGED, NEWER, Opening, Way, content, opened_by
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.beside.document import AttachedFile, Document, MediaType
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.handed import Handed, NotUnderstood, read_handed
from casemgr.records.kept import AuditEntry
from casemgr.records.plain import read_moment
from casemgr.services.handover import FORMAT
from casemgr.services.office import Office, Right
from casemgr.services.office_keys import own_pairs
from casemgr.store.files import demand_kept
from casemgr.trouble import Refusal

UNREADABLE = N_("This file cannot be read. Copy it to this computer, and choose it there.")
PRACTICE = N_("This case is invented, for practice. A real office does not take it in.")
NOT_FOR_PRACTICE = N_("This is the case of a real child. A practice office protects nothing; open the real office.")

_TEXTS = ("format", "handover", "program", "made_at", "office", "name_km", "name_en", "sent_by", "case", "trail_head")
_FLAGS = ("practice", "restricted", "complaints")
_NUMBERS = ("records", "documents", "lines", "trail_lines")
_LINE = {"type": str, "seq": int, "at": str, "staff": str, "action": str, "record_type": str, "record": str | None,
         "changes": str | None, "why": str | None, "whole": bool, "salt": str | None, "seal": str,
         "previous": str, "digest": str}  # fmt: skip
_BEGINNINGS = {MediaType.PDF: b"%PDF-", MediaType.JPEG: b"\xff\xd8\xff", MediaType.PNG: b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True)
class Sender:
    """Who sent a file. key: with which it was sealed, None for a passphrase; all else is what the file says of itself.

    made_at: Phnom Penh time. trail_lines, trail_head: number of lines and newest digest of the sender's audit trail.
    """

    handover: UUID
    made_at: datetime
    office: str
    name_km: str = field(repr=False)
    name_en: str = field(repr=False)
    sent_by: str = field(repr=False)
    restricted: bool
    complaints: bool
    practice: bool
    trail_lines: int
    trail_head: str
    key: OfficeKey | None = None


@dataclass(frozen=True)
class Received:
    """A case file that is whole and understood. documents: digest and size of each file, by its identity.

    digest: of all that the file says, by which a second reading is known to be of the same file.
    """

    path: Path
    opening: Opening
    sender: Sender
    child: Handed
    case: Handed
    records: tuple[Handed, ...]
    documents: dict[UUID, tuple[str, int]]
    digest: str
    trail: tuple[dict[str, Any], ...] = field(repr=False)


def way_of(path: Path) -> Way:
    """Return whether a case file is sealed for a key or locked with a passphrase. Raises Refusal."""
    with _open(path) as file:
        return sealed.way_of(file)


def receive(office: Office, path: Path, passphrase: str | None = None) -> Received:
    """Open a case file and read all of it; nothing is kept or written down.

    passphrase: for a file that is locked with one. Raises NotAllowed, and Refusal for a file that is damaged, cut off,
    for somebody else, or of a newer version, and for an
    invented child among real ones, or a real one among invented.
    """
    with office.read(Right.READ_CASES, Right.WRITE_CASES) as work:
        pairs = own_pairs(work)
    with _open(path) as file:
        opening = opened_by(file, pairs, passphrase)
        try:
            received = _read(path, file, opening)
        except NotUnderstood:
            raise Refusal(NEWER) from None
        except (ValueError, TypeError, KeyError, OverflowError):  # whatever strict reading makes of a forged line
            raise Refusal(DAMAGED) from None
    if received.sender.practice != office.settings.practice:
        raise Refusal(PRACTICE if received.sender.practice else NOT_FOR_PRACTICE)
    return received


def files_of(received: Received, wanted: frozenset[UUID]) -> Iterator[AttachedFile]:
    """Yield the files of these documents, one after the other, from the file as it was read before.

    Raises Refusal where the file was changed meanwhile or cannot be read any more.
    """
    with _open(received.path) as file:
        for part in read_parts(content(file, received.opening)):
            if part.data is None or (identity := UUID(part.told["id"])) not in wanted:
                continue
            if received.documents.get(identity) != (sha256(part.data).hexdigest(), len(part.data)):
                raise Refusal(DAMAGED)
            yield AttachedFile(id=identity, media_type=MediaType(part.told["media_type"]), data=part.data)  # type: ignore[call-arg]


def _open(path: Path) -> BinaryIO:
    try:
        if not path.is_file():
            raise Refusal(UNREADABLE)
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise Refusal(UNREADABLE) from error


def _read(path: Path, file: BinaryIO, opening: Opening) -> Received:
    """Read all lines; of the documents nothing stays in memory but digest and size."""
    parts = read_parts(content(file, opening))
    first = next(parts, None)
    if first is None or first.data is not None:
        _damaged()
    told = first.told
    if told.get("format") != FORMAT:
        raise NotUnderstood("format")
    sender = _sender(told, opening)
    records, documents, trail, digest = list[Handed](), dict[UUID, tuple[str, int]](), [], sha256()
    for part in parts:
        digest.update(json.dumps(part.told, sort_keys=True).encode())
        match part.told.get("type"):
            case AuditEntry.__name__ if part.data is None:
                trail.append(_line(part.told))
            case AttachedFile.__name__:
                identity, said = _document(part)
                if identity in documents:
                    _damaged()
                documents[identity] = said
            case _ if part.data is None:
                records.append(read_handed(part.told))
            case _:
                _damaged()
    if (told["records"], told["documents"], told["lines"]) != (len(records), len(documents), len(trail)):
        _damaged()
    child, case, others = _sorted(records, UUID(told["case"]))
    _check_documents(others, documents)
    return Received(path, opening, sender, child, case, others, documents, digest.hexdigest(), tuple(trail))


def _sender(told: dict[str, Any], opening: Opening) -> Sender:
    if told.keys() != {*_TEXTS, *_FLAGS, *_NUMBERS} or not (
        all(isinstance(told[name], str) and len(told[name]) <= 500 for name in _TEXTS)
        and all(isinstance(told[name], bool) for name in _FLAGS)
        and all(type(told[name]) is int for name in _NUMBERS)
    ):
        _damaged()
    for name in _TEXTS:
        told[name].encode()  # half a letter of two cannot be shown
    key = OfficeKey(opening.sender, told["name_en"] or told["name_km"]) if opening.sender else None
    made_at = datetime.fromisoformat(told["made_at"])
    if made_at.tzinfo is None:
        _damaged()
    return Sender(
        UUID(told["handover"]), read_moment(told["made_at"]), told["office"], told["name_km"], told["name_en"],
        told["sent_by"], told["restricted"], told["complaints"], told["practice"], told["trail_lines"],
        told["trail_head"], key,
    )  # fmt: skip


def _line(told: dict[str, Any]) -> dict[str, Any]:
    """Return a line of the sender's audit trail, as it is kept beside ours."""
    if told.keys() != _LINE.keys() or not all(isinstance(told[name], kind) for name, kind in _LINE.items()):
        _damaged()
    json.dumps(told, ensure_ascii=False).encode()
    return told


def _document(part: Part) -> tuple[UUID, tuple[str, int]]:
    """Return the identity of a file, its digest and its size.

    It has to be as this program keeps files: one that hides something, or cannot be shown, is never kept.
    """
    told, data = part.told, part.data
    if data is None or told.keys() != {"type", "id", "media_type", "digest"}:
        _damaged()
    media_type = MediaType(told["media_type"])  # type: ignore[call-arg]
    if sha256(data).hexdigest() != told["digest"] or not data.startswith(_BEGINNINGS[media_type]):
        _damaged()
    try:
        demand_kept(media_type, data)
    except Refusal:
        _damaged()
    return UUID(str(told["id"])), (told["digest"], len(data))


def _sorted(records: list[Handed], case_id: UUID) -> tuple[Handed, Handed, tuple[Handed, ...]]:
    """Return the child, the case, and all others. Raises ValueError where there is not one of each, or one twice."""
    if len({(each.kind, each.id) for each in records}) != len(records):
        _damaged()
    (child,) = (each for each in records if each.kind is Child)
    (case,) = (each for each in records if each.kind is Case)
    if case.id != case_id or case.answers.get("child_id") != child.id:
        _damaged()
    return child, case, tuple(each for each in records if issubclass(each.kind, CaseRecord | Contact))


def _check_documents(records: tuple[Handed, ...], files: dict[UUID, tuple[str, int]]) -> None:
    """Each file belongs to one document, which says the same of it."""
    documents = [each.answers for each in records if each.kind is Document and each.answers.get("file_id")]
    if {each["file_id"]: (each.get("digest"), each.get("size")) for each in documents} != files:
        _damaged()


def _damaged() -> NoReturn:
    raise Refusal(DAMAGED)
