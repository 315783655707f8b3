"""What the program is made of, and under which licence each part may be passed on."""

import json
from dataclasses import dataclass
from pathlib import Path

from casemgr import __version__, assets

LIST = "parts.json"
"""In the folder that building makes: every part, with the names of its texts beside it."""


@dataclass(frozen=True)
class Part:
    """A part by its own name; licence: its short name as registered at SPDX, or as the part says it."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]

    def text(self) -> str:
        """Return all of its texts; empty where there are none."""
        return "\n\n".join(text.read_text("utf-8", "replace").strip("\n") for text in self.texts)


def parts() -> list[Part]:
    """Return the parts in the order to show them: the program itself, then by name.

    Where it runs from its source and was never built, these are only its own parts: those of others lie, with their
    licences, in the environment it runs in.
    """
    folder = assets.made("licences")
    if folder is None:
        return _own()
    told = json.loads((folder / LIST).read_text("utf-8"))
    return [
        Part(each["name"], each["version"], each["licence"], tuple(folder / name for name in each["texts"]))
        for each in told
    ]


def _own() -> list[Part]:
    here = Path(__file__).resolve().parent
    licence = here.parent / "LICENSE"
    return [
        Part("casemgr", __version__, "MPL-2.0", (licence,) if licence.is_file() else ()),
        *(
            Part(text.stem.removeprefix("OFL-"), "", "OFL-1.1", (text,))
            for text in sorted(here.glob("fonts/OFL-*.txt"))
        ),
    ]
