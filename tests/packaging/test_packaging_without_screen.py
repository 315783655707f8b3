"""Where no window can open, the main job is done all the same."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow  # starts the program twice, and windows and papers have their own tests
def test_a_report_and_a_picture_come_out(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "packaging" / "without_screen.py"), str(tmp_path / "out")]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    paper, picture = tmp_path / "out" / "social-inquiry-report.pdf", tmp_path / "out" / "window.png"
    assert paper.read_bytes().startswith(b"%PDF-")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "out" / "office").is_dir()
    for file in (paper, picture):
        assert str(file) in said.stdout
