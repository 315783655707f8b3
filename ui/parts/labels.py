"""Lines of text for the first window.

The names under `Qt` take longer to load than the whole first window takes to paint, so the modules of that window do
without: what they need of it the style sheet says.
"""

from PySide6.QtWidgets import QLabel

from ui.words import wrapped


def line_label(text: str, role: str, *, centred: bool = False) -> QLabel:
    """Return a wrapping line of text in one of the theme's roles. For texts of the catalogue only."""
    label = QLabel(wrapped(text))
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setProperty("centred", centred)
    return label
