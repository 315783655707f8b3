"""A file takes its place also where something looks into it for a moment, as a virus scanner does on Windows."""

from pathlib import Path

import pytest

from casemgr import moving


def held_for(times: int, patch: pytest.MonkeyPatch) -> list[Path]:
    """Let Windows hold each file so many times; return the list of those that were tried."""
    tried: list[Path] = []
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        tried.append(path)
        if len(tried) <= times:
            raise PermissionError(13, "held")
        return replace(path, target)

    patch.setattr(Path, "replace", refuse)
    return tried


@pytest.mark.parametrize("times", [0, 1, 3])
def test_what_is_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    monkeypatch.setattr(moving, "WAITS", (0.0,) * 3)
    assert len(held_for(times, monkeypatch)) == 0
    moving.move_to(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "new"
    assert not (tmp_path / "new").exists()


def test_what_stays_held_is_told_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    monkeypatch.setattr(moving, "WAITS", (0.0,) * 3)
    tried = held_for(99, monkeypatch)
    with pytest.raises(PermissionError):
        moving.move_to(tmp_path / "new", tmp_path / "old")
    assert len(tried) == 4
    assert ((tmp_path / "new").read_text(), (tmp_path / "old").read_text()) == ("new", "old")
