"""What is asked beside the questions of a record: kept in its draft as they are."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Part(QWidget):
    """Something that a page asks above the questions of its record."""

    changed = Signal()
    """The worker chose something."""

    @property
    def is_changed(self) -> bool:
        """Whether something was chosen here that is not saved."""
        raise NotImplementedError

    def plain(self) -> dict[str, Any]:
        """Return what was chosen as plain values for a draft; no name in it may be that of a field."""
        raise NotImplementedError

    def restore(self, plain: dict[str, Any]) -> None:
        """Choose again what plain returned; what the draft does not know stays."""
        raise NotImplementedError
