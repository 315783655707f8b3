"""What the window remembers from one day to the next: its language and its size. Never anything about an office."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from casemgr.i18n import LANGUAGES


class Memory:
    """Keeps it in this user's settings, or in the file given."""

    def __init__(self, file: Path | None = None) -> None:
        """Open the settings."""
        kind = QSettings.Format.IniFormat
        self._kept = (
            QSettings(str(file), kind)
            if file is not None
            else QSettings(kind, QSettings.Scope.UserScope, "casemgr", "window")
        )

    @property
    def language(self) -> str | None:
        """The language last chosen; None before anybody chose."""
        kept = self._kept.value("language")
        return kept if kept in LANGUAGES else None

    @language.setter
    def language(self, language: str) -> None:
        self._kept.setValue("language", language)

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was; None before it was ever closed."""
        kept = self._kept.value("geometry")
        return kept if isinstance(kept, QByteArray) else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._kept.setValue("geometry", geometry)

    def keep(self) -> None:
        """Write down at once what was set; else that is done some time later."""
        self._kept.sync()
