"""The key file: who may open the office, and the office's key sealed for each of them.

One random data key encrypts the office. Each account has an X25519 pair of its own; its private half is wrapped with
AES-256-GCM under Argon2id of the password, and the data key is sealed to its public half. So a password can change,
and an account come or go, without anybody else's password. The recovery code is an account of the same shape.

When somebody leaves, the office gets a new data key (renewing.py): it is sealed to every public half that stays, and
until the database is encrypted with it the file holds both, the present one as `sealed` and the new one as `coming`.

Nothing in the file can be read as a name: an account is found by a keyed digest of the staff member's name. Whoever
has the file can still try names against that digest, so it hides names from eyes, not from an attacker.
"""

import dataclasses
import hmac
import json
import secrets
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

from casemgr.i18n import N_
from casemgr.khmer.digits import to_ascii_digits
from casemgr.khmer.search import search_key
from casemgr.store.reading import plain_in
from casemgr.store.slots import FORMAT, FORMAT_1, Slot, derive, expand, locked, unsealed
from casemgr.store.slots import KEY_BYTES as KEY_BYTES  # noqa: PLC0414  (asked for here as well)
from casemgr.store.slots import Cost as Cost  # noqa: PLC0414
from casemgr.store.whole import make_folder as make_folder  # noqa: PLC0414
from casemgr.store.whole import saving_whole
from casemgr.store.whole import sync_folder as sync_folder  # noqa: PLC0414
from casemgr.trouble import DamagedKeys, Refusal, WrongPassword

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_CODE_LETTERS = 25  # of 5 bits each


PRACTICE_COST = Cost(1_024, 1)
"""For practice offices, which hold nothing worth hiding."""
_RECOVERY_COST = Cost(19_456, 2)  # a recovery code has 125 random bits; slowness adds nothing to that
_LEAST_REAL_COST = Cost(65_536, 3)
_SECONDS_WANTED = 0.4


def password_problem(password: str) -> str | None:
    """Return what is wrong with a new password, as a message of the catalogue, or None where it will do.

    It needs 12 characters as a reader counts them (marks that join a letter do not count), or four words.
    """
    typed = unicodedata.normalize("NFC", password)
    letters = [letter for letter in typed if unicodedata.category(letter)[0] not in "MC"]
    words = [word for word in typed.split() if len(word) > 1]
    if len(letters) < 12 and len(words) < 4:
        return N_("Use at least 12 characters, or four words.")
    if len(set(typed)) < 5:
        return N_("Use more different characters.")
    return None


def fitting_cost() -> Cost:
    """Return the default cost, with as many more passes as this computer does in about 0.4 seconds."""
    cost = Cost()
    begun = time.perf_counter()
    derive("", bytes(16), cost)
    passes = round(cost.iterations * _SECONDS_WANTED / max(time.perf_counter() - begun, 0.001))
    return Cost(cost.memory_kib, min(max(passes, cost.iterations), 16))


def check_cost(cost: Cost, *, practice: bool) -> None:
    """Raise ValueError for a cost that is too low for an office with real children in it."""
    too_low = cost.memory_kib < _LEAST_REAL_COST.memory_kib or cost.iterations < _LEAST_REAL_COST.iterations
    if too_low and not practice:
        raise ValueError("a cost this low is for practice offices")


@dataclass
class KeyFile:
    """The key file as it is read or will be written. office: an identity that binds every part to this office.

    renewal_due: whether somebody left and the data key is still the one that person had. coming_key: the data key that
    is to follow, known once the file was unlocked; None where none is.
    """

    office: UUID
    accounts: list[Slot]
    recovery: Slot
    mac: bytes = b""
    form: str = FORMAT
    renewal_due: bool = False
    coming_key: bytes | None = field(default=None, init=False, repr=False)

    @classmethod
    def new(cls, staff_id: UUID, name: str, password: str, cost: Cost) -> tuple[Self, bytes, str]:
        """Return the keys of a new office with its first account, the data key, and the recovery code."""
        office, data_key, code = uuid4(), secrets.token_bytes(KEY_BYTES), _new_code()
        recovery = locked(office, None, "recovery", _tidy_code(code), _RECOVERY_COST, data_key)
        keys = cls(office, [], recovery)
        keys.add(staff_id, name, password, cost, data_key)
        return keys, data_key, code

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a key file; whether it is whole shows only once it is unlocked. Raises DamagedKeys."""
        try:
            plain = plain_in(path)
            if plain["format"] not in (FORMAT, FORMAT_1):
                raise ValueError("another format")
            accounts = [Slot.read(slot) for slot in plain["accounts"]]
            return cls(
                UUID(plain["office"]), accounts, Slot.read(plain["recovery"]), bytes.fromhex(plain["mac"]),
                plain["format"], bool(plain.get("renewal_due")),
            )  # fmt: skip
        except FileNotFoundError as error:
            raise DamagedKeys(_MISSING) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedKeys(_DAMAGED) from error

    def save(self, path: Path, data_key: bytes) -> None:
        """Write the file whole or not at all, readable for its owner alone. Raises OSError."""
        with self.saving(path, data_key):
            pass

    @contextmanager
    def saving(self, path: Path, data_key: bytes) -> Iterator[None]:
        """Write the file beside the old one, whose place it takes only when the block ends well. Raises OSError.

        So what the block keeps elsewhere and the keys come together: where either finds no room, the old keys open.
        """
        self.form = FORMAT
        self.mac = self._reckoned_mac(data_key)
        with saving_whole(path, json.dumps(self._plain() | {"mac": self.mac.hex()}, indent=1).encode()):
            yield
        sync_folder(path.parent)

    def unlock(self, name: str, password: str) -> tuple[UUID, bytes]:
        """Return who signs in and the data key; an empty name stands for the only account there is.

        Takes the same time for a name that is none of this office and for a wrong password. Raises WrongPassword for
        both, and DamagedKeys where the file was changed outside the program.
        """
        slot = self._account(name)
        if slot is None:
            derive(password, bytes(16), self.accounts[0].cost if self.accounts else Cost())
            raise WrongPassword
        data_key = self._opened(slot, password)
        assert slot.owner is not None  # noqa: S101  (every account has an owner; only the recovery code has none)
        return slot.owner, data_key

    def unlock_with_code(self, code: str) -> bytes:
        """Return the data key for the recovery code, however it was typed. Raises WrongPassword and DamagedKeys."""
        return self._opened(self.recovery, _tidy_code(code))

    def add(
        self, staff_id: UUID, name: str, password: str, cost: Cost, data_key: bytes, *, given: bool = False
    ) -> None:  # fmt: skip
        """Give a staff member an account; one that has it already gets the new password instead.

        given: whether the password is to be changed first of all. Raises Refusal where somebody else's account has a
        name that reads the same.
        """
        tag = self._free_tag(staff_id, name)
        others = [slot for slot in self.accounts if slot.owner != staff_id]
        self.accounts = [*others, locked(self.office, staff_id, tag, password, cost, data_key, given=given)]

    def set_password(self, staff_id: UUID, password: str, data_key: bytes, *, given: bool = False) -> None:
        """Give an account a new password at the cost it had. Raises WrongPassword where there is no such account."""
        at, slot = self._place(staff_id)
        self.accounts[at] = locked(self.office, staff_id, slot.tag, password, slot.cost, data_key, given=given)

    def rename(self, staff_id: UUID, name: str) -> None:
        """Let an account be found by another name. Raises as add, and WrongPassword where there is no such account."""
        at, slot = self._place(staff_id)
        self.accounts[at] = dataclasses.replace(slot, tag=self._free_tag(staff_id, name), bound=slot.bound or slot.tag)

    def remove(self, staff_id: UUID) -> None:
        """Take an account away. Raises WrongPassword where there is none."""
        at, _ = self._place(staff_id)
        del self.accounts[at]
        self.renewal_due = True

    def slot_of(self, staff_id: UUID) -> Slot | None:
        """Return the account of a staff member, None where there is none."""
        return next((slot for slot in self.accounts if slot.owner == staff_id), None)

    def renewed(self, data_key: bytes) -> Self:
        """Return the file with a data key that is to follow, sealed to every account and to the recovery code."""
        accounts = [slot.with_key(data_key, self.office) for slot in self.accounts]
        recovery = self.recovery.with_key(data_key, self.office)
        return dataclasses.replace(self, accounts=accounts, recovery=recovery)

    def settled(self, *, coming: bool) -> Self:
        """Return the file with one data key alone: the one that was to follow, or the present one."""
        return dataclasses.replace(
            self, accounts=[slot.settled(coming=coming) for slot in self.accounts],
            recovery=self.recovery.settled(coming=coming), renewal_due=self.renewal_due and not coming,
        )  # fmt: skip

    def _place(self, staff_id: UUID) -> tuple[int, Slot]:
        for at, slot in enumerate(self.accounts):
            if slot.owner == staff_id:
                return at, slot
        raise WrongPassword

    def _free_tag(self, staff_id: UUID, name: str) -> str:
        tag = self._tag(name)
        if any(slot.owner != staff_id and hmac.compare_digest(slot.tag, tag) for slot in self.accounts):
            raise Refusal(N_("Somebody else already has this name. Use one that can be told apart."), fields=("name",))
        return tag

    def new_recovery_code(self, data_key: bytes) -> str:
        """Replace the recovery code and return the new one; the old one opens nothing any more."""
        code = _new_code()
        self.recovery = locked(self.office, None, "recovery", _tidy_code(code), _RECOVERY_COST, data_key)
        return code

    def prove(self, staff_id: UUID, password: str) -> None:
        """Raise WrongPassword where this is not the password of that account, DamagedKeys as unlock does."""
        self._opened(self._place(staff_id)[1], password)

    def owner_of(self, name: str) -> UUID:
        """Return whose account has this name; an empty name stands for the only account. Raises WrongPassword."""
        slot = self._account(name)
        if slot is None or slot.owner is None:
            raise WrongPassword
        return slot.owner

    def check(self, data_key: bytes) -> None:
        """Raise DamagedKeys where the file is not as this program wrote it."""
        if not hmac.compare_digest(self.mac, self._reckoned_mac(data_key)):
            raise DamagedKeys(_CHANGED)

    def _opened(self, slot: Slot, secret: str) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  (needed at the lock alone)
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        wrapping = derive(secret, slot.salt, slot.cost)
        try:
            private = AESGCM(wrapping).decrypt(slot.private[:12], slot.private[12:], slot.said(self.office, "private"))
        except (InvalidTag, ValueError):
            raise WrongPassword from None
        try:
            data_key = unsealed(slot, slot.sealed, private, self.office)
            coming = unsealed(slot, slot.coming, private, self.office) if slot.coming else None
        except (InvalidTag, ValueError):
            raise DamagedKeys(_CHANGED) from None
        self.check(data_key)
        self.coming_key = coming
        return data_key

    def _account(self, name: str) -> Slot | None:
        if not name.strip():
            return self.accounts[0] if len(self.accounts) == 1 else None
        tag = self._tag(name)
        return next((slot for slot in self.accounts if hmac.compare_digest(slot.tag, tag)), None)

    def _tag(self, name: str) -> str:
        return hmac.new(self.office.bytes, search_key(name).encode("utf-8", "surrogatepass"), sha256).hexdigest()

    def _plain(self) -> dict[str, Any]:
        first = {
            "format": self.form, "office": str(self.office), "recovery": self.recovery.plain(self.form),
            "accounts": [slot.plain(self.form) for slot in self.accounts],
        }  # fmt: skip
        return first if self.form == FORMAT_1 else first | {"renewal_due": self.renewal_due}

    def _reckoned_mac(self, data_key: bytes) -> bytes:
        text = json.dumps(self._plain(), sort_keys=True, separators=(",", ":"))
        return hmac.new(expand(data_key, b"casemgr key file"), text.encode(), sha256).digest()


_MISSING = N_("The key file of this office is missing. Put office.keys back from a copy, beside office.db.")
_DAMAGED = N_("The key file of this office is damaged. Put office.keys back from a copy.")
_CHANGED = N_("The key file was changed outside the program. Put office.keys back from a copy you trust.")


def _new_code() -> str:
    letters = "".join(secrets.choice(_CROCKFORD) for _ in range(_CODE_LETTERS))
    return "-".join(letters[at : at + 5] for at in range(0, _CODE_LETTERS, 5))


def _tidy_code(typed: str) -> str:
    """Return a typed recovery code as it was made: capitals, no gaps, O as 0, I and L as 1, Khmer digits as Western."""
    letters = to_ascii_digits(unicodedata.normalize("NFKC", typed)).upper().translate(_MISREAD)
    return "".join(letter for letter in letters if letter in _CROCKFORD)
