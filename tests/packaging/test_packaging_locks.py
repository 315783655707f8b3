"""Every package is locked by its hashes, and nothing says where it was fetched."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"]


def requirements(lock: str) -> list[str]:
    text = (ROOT / lock).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def versions(lock: str) -> dict[str, str]:
    found = (re.match(r"([a-z0-9-]+)==(\S+)", line) for line in requirements(lock))
    return {match[1]: match[2] for match in found if match}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", name)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_one_version_with_hashes(lock: str) -> None:
    pattern = r"[a-z0-9-]+==[0-9][^\s;]*( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+"
    assert [line for line in requirements(lock) if not re.fullmatch(pattern, line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_is_recorded(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"://|--index|--find-links|@ |file:", text) == []


def test_what_the_program_needs_is_locked() -> None:
    locked = versions("requirements.lock")
    assert [name for name in map(plain, PROJECT["project"]["dependencies"]) if name not in locked] == []


@pytest.mark.parametrize("group", ["dev", "build"])
def test_what_a_group_needs_is_locked_with_the_same_versions(group: str) -> None:
    locked, runtime = versions(f"requirements-{group}.lock"), versions("requirements.lock")
    assert [name for name in map(plain, PROJECT["dependency-groups"][group]) if name not in locked] == []
    assert {name: locked.get(name) for name in runtime} == runtime


def test_each_direct_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    groups = PROJECT["dependency-groups"]
    direct = [*PROJECT["project"]["dependencies"], *groups["dev"], *groups["build"]]
    assert [name for name in direct if not re.search(rf'"{re.escape(name)}",\s+# \w+', text)] == []


def test_the_locked_qt_is_one_that_counts_references_right() -> None:
    locked = versions("requirements.lock")
    assert (6, 11, 3) <= tuple(map(int, locked["pyside6-essentials"].split("."))) < (6, 12)
    assert "pyside6-addons" not in locked
