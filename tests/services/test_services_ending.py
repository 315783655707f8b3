"""Destroying an office: the keys first, nothing left that opens, and not without code and password."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casemgr.services import backups
from casemgr.services.ending import end_office
from casemgr.services.office import Office, open_office
from casemgr.services.rights import Right
from casemgr.store.destroying import destroy_files
from casemgr.store.engine import LOCK
from casemgr.store.keys import KeyFile
from casemgr.trouble import NotAllowed, Refusal, Trouble, WrongPassword
from casemgr.whereabouts import holds_office

PASSWORD = "correct horse battery staple"


def test_an_office_is_gone_with_its_copies_and_nothing_else(office: Office, tmp_path: Path) -> None:
    identity = KeyFile.load(office.folder / "office.keys").office.hex[:8]
    copies = tmp_path / "copies"
    copies.mkdir()
    own, other, mine = (copies / name for name in (
        f"office-{identity}-2026-11-20-080000.officecopy", "office-00000000-2026-11-20-080000.officecopy", "letter.pdf"
    ))  # fmt: skip
    for file in (own, other, mine, office.folder / "letter.pdf", office.folder / "office.db.before-0007"):
        file.write_bytes(b"x" * 3000)
    folder = office.folder
    done = end_office(office, " sr ", PASSWORD, copies)
    assert done.left == ()
    assert done.gone >= 4
    assert [file.name for file in folder.iterdir()] == ["letter.pdf"]
    assert sorted(file.name for file in copies.iterdir()) == sorted((other.name, mine.name))
    assert not holds_office(folder)
    with pytest.raises(Trouble):
        open_office(folder, "", PASSWORD)


def test_a_copy_under_a_name_of_its_own_goes_too(office: Office, tmp_path: Path) -> None:
    (copies := tmp_path / "copies").mkdir()
    backups.copy_to(office, copies / "before-the-audit.officecopy")
    assert end_office(office, "SR", PASSWORD, copies).left == ()
    assert list(copies.iterdir()) == []


def test_the_lock_is_held_until_all_is_gone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file that is open cannot be removed, as on Windows, the lock is none that is left behind."""
    removed, unlink, lock = list[str](), Path.unlink, office.store._lock

    def noted(self: Path, missing_ok: bool = False) -> None:
        removed.append(self.name if lock.is_locked else f"{self.name} unlocked")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", noted)
    assert end_office(office, "SR", PASSWORD).left == ()
    assert removed[-1] == f"{LOCK} unlocked"
    assert not any(name.endswith("unlocked") for name in removed[:-1])


def test_the_keys_are_destroyed_before_anything_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[str] = []
    unlink = Path.unlink

    def noted(self: Path, missing_ok: bool = False) -> None:
        removed.append(self.name)
        unlink(self, missing_ok)

    identity, folder = KeyFile.load(office.folder / "office.keys").office, office.folder
    office.close()
    monkeypatch.setattr(Path, "unlink", noted)
    destroy_files(folder, identity)
    assert removed[:2] == ["office.keys", "office.db"]


def test_the_copies_that_it_made_and_what_was_kept_aside_go_of_their_own_accord(office: Office, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    backups.choose_folder(office, backups.STICK, tmp_path / "stick")
    backups.make_copy(office)
    aside = office.folder / "before-return-2026-11-20-080000"
    aside.mkdir()
    for name in ("office.db", "office.keys"):
        (aside / name).write_bytes(b"x" * 3000)
    folder, home = office.folder, tmp_path / "office-copies"
    assert [len(list(place.iterdir())) for place in (home, tmp_path / "stick")] == [1, 1]
    assert end_office(office, "SR", PASSWORD).left == ()
    assert [list(place.iterdir()) for place in (folder, home, tmp_path / "stick")] == [[], [], []]


@pytest.mark.parametrize(("code", "password", "refusal"), [
    ("XX", PASSWORD, Refusal), ("SR", "another password", WrongPassword), ("", PASSWORD, Refusal),
])  # fmt: skip
def test_without_code_and_password_nothing_is_destroyed(
    office: Office, code: str, password: str, refusal: type[Exception]
) -> None:  # fmt: skip
    with pytest.raises(refusal):
        end_office(office, code, password)
    assert all((office.folder / name).exists() for name in ("office.db", "office.keys"))
    with office.read(Right.USE) as work:
        assert work.lines == ()


def test_only_an_administrator_destroys_it(office: Office) -> None:
    office.rights = office.rights - {Right.ERASE}
    with pytest.raises(NotAllowed):
        end_office(office, "SR", PASSWORD)


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "casemgr", "--office", str(folder), "end"]


def test_the_command_refuses_without_a_terminal(office: Office) -> None:
    folder = office.folder
    office.close()
    said = subprocess.run(
        _command(folder), input="SR\n", capture_output=True, text=True, check=False,
        env=os.environ | {"CASEMGR_PASSWORD": PASSWORD},
    )  # fmt: skip
    assert said.returncode == 1
    assert "terminal" in said.stderr
    assert holds_office(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is found on POSIX alone")
def test_the_command_destroys_it_where_code_and_password_are_typed(office: Office) -> None:
    folder = office.folder
    office.close()
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["CASEMGR_PASSWORD"] = PASSWORD
        os.execv(sys.executable, _command(folder))  # noqa: S606
    said = b""
    answers = [(b"destroy it: ", b"SR\n"), (b"Password: ", PASSWORD.encode() + b"\n")]
    try:
        while chunk := os.read(terminal, 1024):
            said += chunk
            if answers and answers[0][0] in said:
                os.write(terminal, answers.pop(0)[1])
    except OSError:  # the other side of the terminal has closed
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, said
    assert not holds_office(folder)
