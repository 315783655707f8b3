"""What can go wrong, in three families: the worker can put it right, the surroundings fail, or it is our own mistake.

A Refusal names what to put right; a Trouble says what to do next; every other exception is a mistake of the program.
The texts are messages of the catalogue and carry no answer of any record.
"""

from casemgr.i18n import N_, Words


class _Told(Exception):  # noqa: N818  (its two children are not named errors)
    def __init__(self, message: str, *, fields: tuple[str, ...] = (), **slots: object) -> None:
        """Take a message marked with N_, the names of the fields it is about, and what fills its slots."""
        super().__init__(message)
        self.message = message
        self.fields = fields
        self.slots = slots

    def say(self, words: Words) -> str:
        """Return the message in the language of these words."""
        return words.text(self.message, **self.slots)


class Refusal(_Told):
    """Nothing was changed, and the worker can put it right."""


class Trouble(_Told):
    """Nothing was changed: disk, rights, lock or file are at fault."""


class WrongPassword(Refusal):
    """The password, recovery code or name is not one of this office."""

    def __init__(self) -> None:
        """Say so without saying which of them was wrong."""
        super().__init__(N_("The name or the password is not right. Try again, or use the recovery code."))


class WrongCode(WrongPassword):
    """The recovery code, or the name given with it, is not one of this office."""

    def __init__(self) -> None:
        """Say so without saying which of them was wrong."""
        Refusal.__init__(self, N_("The recovery code or the name is not right. Look at each letter and try again."))


class TooSoon(Refusal):
    """There were several wrong passwords: nobody may try again before so many seconds have gone by."""

    def __init__(self, seconds: int) -> None:
        """Take how long to wait."""
        super().__init__(
            N_("There were several wrong passwords. Wait, or use the recovery code. Seconds to wait: {seconds}."),
            seconds=seconds,
        )
        self.seconds = seconds


class ClosedAccount(Refusal):
    """The account was closed; what opens it is an older copy of the key file."""

    def __init__(self) -> None:
        """Say whom to ask."""
        super().__init__(N_("This account is closed. Ask the person who looks after the accounts."))


class NotKept(Trouble):
    """What is being typed could not be kept as a draft."""

    def __init__(self, why: Refusal | Trouble) -> None:
        """Say what the reason says."""
        super().__init__(why.message)
        self.slots = why.slots


class SoleReader(Refusal):
    """Nobody else may read a complaint; when that is said, the account can be closed all the same."""

    def __init__(self) -> None:
        """Say what should be done first."""
        super().__init__(
            N_(
                "Only this person may read a certain complaint. Let them name another reader first. If you go on all "
                "the same, nobody can read it until this account is opened again."
            )
        )


class NoSuch(Refusal):
    """What was asked for does not exist in this office."""


class NotAllowed(Refusal):
    """The staff member lacks the right."""


class Frozen(Refusal):
    """The record was submitted and stays as it is."""


class OutOfOrder(Refusal):
    """A record comes before the one that usually comes first; with a reason it is taken all the same.

    before: the keys of the kinds of record of which one usually comes first.
    """

    def __init__(self, before: tuple[str, ...]) -> None:
        """Take what usually comes first."""
        super().__init__(N_("What usually comes before this is not written down. Say why, then save again."))
        self.before = before


class EditedElsewhere(Refusal):
    """Somebody else saved this record first; theirs is the record as it stands now."""

    def __init__(self, theirs: object) -> None:
        """Take the record as it stands now."""
        super().__init__(N_("Somebody else changed this record while you were writing. Nothing of yours is lost."))
        self.theirs = theirs


class ForeignStore(Trouble):
    """The file is damaged, or not an office of this program."""


class NewerStore(Trouble):
    """The office was last used with a newer version of the program."""


class StoreInUse(Trouble):
    """Another program has the office open."""


class NoRoom(Trouble):
    """The disk is full."""


class ReadOnly(Trouble):
    """The folder cannot be written to."""


class NetworkDrive(Trouble):
    """The folder lies on a network drive, where a power cut or two writers would damage the store."""


class DamagedKeys(Trouble):
    """The key file is missing, damaged, or was changed outside the program."""


class DamagedCopy(Trouble):
    """A copy of an office is damaged, was changed, or is none."""


class Stopped(Refusal):
    """Somebody stopped the work while it was under way."""

    def __init__(self) -> None:
        """Say that nothing of it was kept."""
        super().__init__(N_("This was stopped. Nothing was written."))
