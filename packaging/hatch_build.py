"""Hatchling's hook: compiles the translations into the package, and puts the guide there. The source stays as it is."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

import words


class CatalogueHook(BuildHookInterface[Any]):
    """Puts casemgr/translations/<language>/LC_MESSAGES/casemgr.mo and the texts of the guide into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each catalogue into a temporary folder and name it to the builder. Editable installs need none."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory(prefix="casemgr-words-")
        target = Path(self._folder.name)
        for built in words.compile_all(Path(self.root), target):
            inside = built.relative_to(target).as_posix()
            build_data["force_include"][str(built)] = f"casemgr/translations/{inside}"
        build_data["force_include"][str(Path(self.root) / "translations" / "guide")] = "casemgr/translations/guide"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  (hatchling's)
        """Remove the temporary folder."""
        if version != "editable":
            self._folder.cleanup()
