"""The names by which the program sends to others, as a file that a worker may change."""

import json
from pathlib import Path

from casemgr.exchange.site_map import SiteMap
from casemgr.exchange.writing import write_whole


def save_map(site: SiteMap, path: Path) -> None:
    """Write a map to a file. Nothing of the office is in it. Raises Refusal and Trouble as write_whole."""
    text = json.dumps(site.plain(), ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda file: file.write(text.encode()))
