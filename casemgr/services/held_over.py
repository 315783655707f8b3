"""What is typed in dialogs when the window locks, for the same worker who unlocks it: in memory alone, and sealed.

It is for what is no draft: it belongs to no case, and who may not write may type it.
"""

import json
from typing import Any

from casemgr.services.office import Office


def sealed(office: Office, typed: dict[str, Any]) -> bytes:
    """Return what is typed, by the name of its dialog, so that nothing of it can be read without the office's key."""
    return office.store.seal_aside(json.dumps(typed, ensure_ascii=False).encode()) if typed else b""


def take_over(office: Office, kept: bytes) -> None:
    """Hold in an open office what `sealed` returned; nothing of another worker or of another office."""
    text = office.store.unseal_aside(kept) if kept else None
    if text is not None:
        office.held_over.update(json.loads(text))
