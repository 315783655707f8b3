"""Where offices lie. Read by the first window before anything heavy is imported."""

from pathlib import Path

DATABASE, KEYS = "office.db", "office.keys"
"""The two files that make a folder an office."""
TRIES = "office.tries"
"""The file that counts wrong passwords."""
BEGUN = "office.new.db"
"""What the database is called until the office is set up."""
NOTE = "office.note"
"""The sealed note beside the office: where its copies go, and what was known of it when it was last closed."""
RETURNING = "office.returning"
"""The folder in which a copy waits, verified, to take the place of the office; a crash leaves it to be gone on with."""


def data_folder() -> Path:
    """Return where the program keeps what it keeps for this user."""
    import platformdirs  # noqa: PLC0415  (not before it is asked for: the first window waits for it)

    return Path(platformdirs.user_data_dir("casemgr", appauthor=False))


def default_folder() -> Path:
    """Return where this user's office lies unless another folder is named."""
    return data_folder() / "office"


def practice_folder() -> Path:
    """Return where this user's practice office lies."""
    return data_folder() / "practice"


def holds_office(folder: Path) -> bool:
    """Return whether an office lies in the folder, whole or not."""
    half_set_up = (folder / BEGUN).exists()
    known = (folder / DATABASE).exists() or (folder / RETURNING).exists()
    return known or ((folder / KEYS).exists() and not half_set_up)
