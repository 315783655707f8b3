"""What is loaded at the door stays for good: no search for garbage goes through it while the window stands still."""

import gc
from collections.abc import Iterator

import pytest

from ui import opening


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("qapp")
def test_what_is_loaded_at_the_door_is_not_swept_again() -> None:
    known = len(gc.get_objects())
    opening.warm()
    assert gc.get_freeze_count() >= known - 1000
    assert gc.isenabled()
