"""The key of this office, which other offices seal cases for, and the keys that they gave."""

from pathlib import Path

from casemgr import clock
from casemgr.exchange.office_key import MOST_BYTES, OfficeKey, parse
from casemgr.exchange.sealed import NO_KEY, Pair, new_pair
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_
from casemgr.records.kept import OfficePair
from casemgr.services.office import Office, Right
from casemgr.services.papers import check_target
from casemgr.store.work import Work
from casemgr.trouble import Refusal


def own_pairs(work: Work) -> list[Pair]:
    """Return the key pairs of this office, the newest first, within a transaction that is already open."""
    return [Pair(each.public, each.private) for each in reversed(work.read(OfficePair))]


def own_pair(work: Work) -> Pair:
    """Return the newest pair of this office, made now where there is none; the transaction must be one that writes."""
    known = own_pairs(work)
    return known[0] if known else _add_pair(work)


def renew_known_pair(work: Work) -> bool:
    """Make a new pair where this office has one that others may know, within a transaction that writes; say whether."""
    known = bool(own_pairs(work))
    if known:
        _add_pair(work)
    return known


def own_key(office: Office) -> OfficeKey:
    """Return the key to give to other offices; made the first time it is asked for. Raises NotAllowed."""
    with office.write(Right.OFFICE_KEY) as work:
        return _told(office, own_pair(work))


def renew_key(office: Office) -> OfficeKey:
    """Make a new key, as when somebody has left who may have copied the old one; return it.

    Other offices go on sealing for the key they have until they are given the new one. What they sealed for an earlier
    key can still be opened. Raises NotAllowed.
    """
    with office.write(Right.ACCOUNTS) as work:
        return _told(office, _add_pair(work))


def save_key(office: Office, path: Path) -> OfficeKey:
    """Write the key of this office to a file for another office; return it.

    Raises NotAllowed, and Refusal and Trouble as write_whole and save_paper do.
    """
    key = own_key(office)
    check_target(path, office.folder)
    write_whole(path, lambda file: file.write(key.text().encode()))
    return key


def read_key(path: Path) -> OfficeKey:
    """Return the key in a file that another office gave. Raises Refusal for a file that holds none."""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8-sig")
    except (OSError, ValueError) as error:  # ValueError: bytes that are no text, or a name that no file can have
        raise Refusal(NO_KEY, fields=("key",)) from error
    if len(text) > MOST_BYTES:
        raise Refusal(NO_KEY, fields=("key",))
    return parse(text)


def _add_pair(work: Work) -> Pair:
    pair = new_pair()
    kept = OfficePair(public=pair.public, private=pair.private, made_at=clock.now())
    work.add(kept)
    work.flush()
    work.note("key-made", "OfficePair", kept.id, changes={"fingerprint": [None, OfficeKey(pair.public).fingerprint]})
    return pair


def _told(office: Office, pair: Pair) -> OfficeKey:
    return OfficeKey(pair.public, office.settings.name_en or office.settings.name_km or "")


OWN_KEY = N_("This is the key of your own office. Choose the key that the other office gave.")
