"""The key file: who gets in, who does not, and what shows when somebody else wrote in it."""

import json
import os
import unicodedata
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from casemgr.store.keys import PRACTICE_COST, Cost, KeyFile, check_cost, fitting_cost, password_problem
from casemgr.trouble import DamagedKeys, Refusal, WrongPassword

NAME, PASSWORD = "ទេព បូរិន", "ពាក្យសម្ងាត់ដ៏វែង"


@pytest.fixture
def made(tmp_path: Path) -> tuple[KeyFile, bytes, str, Path]:
    keys, data_key, code = KeyFile.new(uuid4(), NAME, PASSWORD, PRACTICE_COST)
    path = tmp_path / "office.keys"
    keys.save(path, data_key)
    return keys, data_key, code, path


def test_password_and_code_give_the_same_key(made: tuple[KeyFile, bytes, str, Path]) -> None:
    keys, data_key, code, path = made
    read = KeyFile.load(path)
    assert read.unlock(NAME, PASSWORD) == (keys.accounts[0].owner, data_key)
    assert read.unlock("", PASSWORD)[1] == data_key
    assert read.unlock_with_code(code) == data_key
    assert len(data_key) == 32


def test_names_and_passwords_may_be_typed_in_another_normal_form(tmp_path: Path) -> None:
    keys, data_key, _ = KeyFile.new(uuid4(), "Chan  Sokhà", "pässwörd-lang", PRACTICE_COST)
    keys.save(tmp_path / "k", data_key)
    assert (
        KeyFile.load(tmp_path / "k").unlock("chan sokha", unicodedata.normalize("NFD", "pässwörd-lang"))[1] == data_key
    )


def test_a_code_is_read_as_people_type_it(made: tuple[KeyFile, bytes, str, Path]) -> None:
    keys, data_key, code, _ = made
    assert len(code.replace("-", "")) == 25
    typed = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert keys.unlock_with_code(f" {typed}. ") == data_key


@pytest.mark.parametrize(
    ("name", "password"), [(NAME, "wrong"), ("Nobody", PASSWORD), (NAME, ""), (NAME, PASSWORD + " ")]
)
def test_a_wrong_name_and_a_wrong_password_are_not_told_apart(
    made: tuple[KeyFile, bytes, str, Path], name: str, password: str
) -> None:
    with pytest.raises(WrongPassword) as refused:
        made[0].unlock(name, password)
    assert str(refused.value) == str(WrongPassword())


def test_a_wrong_code_opens_nothing(made: tuple[KeyFile, bytes, str, Path]) -> None:
    for code in ("", "00000-00000-00000-00000-00000", made[2][:-1]):
        with pytest.raises(WrongPassword):
            made[0].unlock_with_code(code)


def test_several_people_each_have_their_own_password(made: tuple[KeyFile, bytes, str, Path]) -> None:
    keys, data_key, _, path = made
    second = uuid4()
    keys.add(second, "Chan Dara", "another long password", PRACTICE_COST, data_key)
    keys.save(path, data_key)
    read = KeyFile.load(path)
    assert read.unlock("chan dara", "another long password") == (second, data_key)
    assert read.unlock(NAME, PASSWORD)[1] == data_key
    for name, password in ((NAME, "another long password"), ("", PASSWORD)):
        with pytest.raises(WrongPassword):
            read.unlock(name, password)
    with pytest.raises(Refusal) as refused:
        read.add(uuid4(), "CHAN  DARA", "x", PRACTICE_COST, data_key)
    assert refused.value.fields == ("name",)


def test_changed_password_and_code_replace_the_old_ones(made: tuple[KeyFile, bytes, str, Path]) -> None:
    keys, data_key, code, path = made
    owner = keys.owner_of(NAME)
    keys.set_password(owner, "a new long password", data_key)
    fresh = keys.new_recovery_code(data_key)
    keys.save(path, data_key)
    read = KeyFile.load(path)
    assert read.unlock(NAME, "a new long password")[1] == read.unlock_with_code(fresh) == data_key
    read.prove(owner, "a new long password")
    for attempt in (
        lambda: read.unlock(NAME, PASSWORD), lambda: read.unlock_with_code(code), lambda: read.prove(owner, PASSWORD),
        lambda: read.prove(uuid4(), PASSWORD), lambda: read.set_password(uuid4(), "x", data_key),
        lambda: read.owner_of("Nobody"),
    ):  # fmt: skip
        with pytest.raises(WrongPassword):
            attempt()


def _changed(path: Path, change: Any) -> KeyFile:
    plain = json.loads(path.read_text("utf-8"))
    change(plain)
    path.write_text(json.dumps(plain), "utf-8")
    return KeyFile.load(path)


def test_an_account_put_in_from_outside_is_noticed(made: tuple[KeyFile, bytes, str, Path]) -> None:
    stranger, _, _ = KeyFile.new(uuid4(), "Stranger", "x", PRACTICE_COST)
    read = _changed(made[3], lambda plain: plain["accounts"].append(stranger.accounts[0].plain()))
    with pytest.raises(DamagedKeys):
        read.unlock(NAME, PASSWORD)


def test_an_account_handed_to_somebody_else_is_refused(made: tuple[KeyFile, bytes, str, Path]) -> None:
    read = _changed(made[3], lambda plain: plain["accounts"][0].update(owner=str(uuid4())))
    with pytest.raises(WrongPassword):
        read.unlock(NAME, PASSWORD)


@pytest.mark.parametrize("part", ["public", "sealed", "private", "salt"])
def test_no_changed_part_of_an_account_opens_the_office(made: tuple[KeyFile, bytes, str, Path], part: str) -> None:
    def flip(plain: Any) -> None:
        slot = plain["accounts"][0]
        slot[part] = ("B" if slot[part][0] == "A" else "A") + slot[part][1:]

    with pytest.raises((DamagedKeys, WrongPassword)):
        _changed(made[3], flip).unlock(NAME, PASSWORD)


def test_an_old_recovery_slot_put_back_is_noticed(made: tuple[KeyFile, bytes, str, Path]) -> None:
    keys, data_key, code, path = made
    old = keys.recovery.plain()
    keys.new_recovery_code(data_key)
    keys.save(path, data_key)
    with pytest.raises(DamagedKeys):
        _changed(path, lambda plain: plain.update(recovery=old)).unlock_with_code(code)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "{}", '{"format": "casemgr keys 1"}', '{"format": "other"}', "\x00" * 40],
)
def test_a_damaged_file_is_told_as_such(tmp_path: Path, text: str) -> None:
    (tmp_path / "office.keys").write_text(text, "utf-8")
    with pytest.raises(DamagedKeys):
        KeyFile.load(tmp_path / "office.keys")
    with pytest.raises(DamagedKeys):
        KeyFile.load(tmp_path / "missing.keys")


@pytest.mark.parametrize(("memory_kib", "iterations"), [(2**31, 1), (8, 10**6), (0, 1), (8, 0)])
def test_an_absurd_cost_is_refused_before_it_is_paid(
    made: tuple[KeyFile, bytes, str, Path], memory_kib: int, iterations: int
) -> None:
    with pytest.raises(DamagedKeys):
        _changed(made[3], lambda plain: plain["accounts"][0].update(memory_kib=memory_kib, iterations=iterations))


@pytest.mark.parametrize(
    "text", ['{"memory_kib": 1e999}', '{"iterations": -1e999}', '{"tag": "\\u1780"}', '{"tag": "\\ud800"}']
)
def test_an_odd_number_or_letter_is_damage(made: tuple[KeyFile, bytes, str, Path], text: str) -> None:
    with pytest.raises(DamagedKeys):
        _changed(made[3], lambda plain: plain["accounts"][0].update(json.loads(text)))


def test_a_file_of_endless_brackets_is_damage(tmp_path: Path) -> None:
    (tmp_path / "office.keys").write_text("[" * 200_000, "utf-8")
    with pytest.raises(DamagedKeys):
        KeyFile.load(tmp_path / "office.keys")


def test_the_file_names_nobody_and_is_for_its_owner_alone(made: tuple[KeyFile, bytes, str, Path]) -> None:
    path = made[3]
    raw = path.read_bytes().decode("ascii")
    assert "ទេព" not in json.loads(raw).__repr__()
    assert os.name != "posix" or path.stat().st_mode & 0o077 == 0  # elsewhere the user's own folder keeps others out
    assert [file.name for file in path.parent.iterdir()] == ["office.keys"]


@pytest.mark.parametrize(
    ("password", "will_do"),
    [
        ("ខ្ញុំចូលចិត្តញ៉ាំបាយនៅផ្ទះ", True), ("correct horse battery staple", True), ("rice tea sun moon", True),
        ("long-enough-1", True), ("ab cd ef gh", True), ("short", False), ("ពាក្យសម្ងាត់", False),
        ("aaaaaaaaaaaaaaaa", False), ("", False), ("a b c d", False),
    ],
)  # fmt: skip
def test_what_a_new_password_needs(password: str, will_do: bool) -> None:
    assert (password_problem(password) is None) is will_do


def test_only_a_practice_office_may_be_cheap_to_guess() -> None:
    check_cost(PRACTICE_COST, practice=True)
    check_cost(Cost(), practice=False)
    with pytest.raises(ValueError, match="practice"):
        check_cost(PRACTICE_COST, practice=False)
    fitting = fitting_cost()
    assert fitting.memory_kib == Cost().memory_kib
    assert Cost().iterations <= fitting.iterations <= 16
