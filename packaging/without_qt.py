"""A pytest plugin that makes this Python one without Qt: `pytest -p without_qt -p no:pytest-qt`.

What the library is and does must not depend on windows; its tests pass with this plugin too. (This folder has to be
on PYTHONPATH.)
"""

import sys
from types import ModuleType
from typing import cast

import pytest

WINDOWS = ("tests/ui", "tests/flows", "tests/packaging", "tests/benchmarks")
"""Tests of the windows and of the house; all others are the library's."""

for name in ("PySide6", "shiboken6", "pytestqt"):
    sys.modules[name] = cast("ModuleType", None)  # Python's own way to say that a module is not to be found


def pytest_configure(config: pytest.Config) -> None:
    """Pass over the tests that need windows."""
    ignored = [str(config.rootpath / folder) for folder in WINDOWS]
    config.option.ignore = [*(config.option.ignore or ()), *ignored]
