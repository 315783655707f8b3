"""The pictures that the guide names, and the guide on paper: `python -m ui.guide_pictures FOLDER`.

The pictures are those of `ui.pictures`, of a smaller window so that its words stay readable, cut to what matters.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from casemgr import guide
from casemgr.guide import ADMINISTRATOR, CARD, Shot
from casemgr.i18n import LANGUAGES, Words
from casemgr.services.guide_papers import WHOLE, guide_pdf
from casemgr.services.office import Office
from ui.parts.door import DoorPage
from ui.picture_camera import SIZE as LAPTOP
from ui.picture_camera import settle
from ui.pictures import Album, draw_albums

SIZE = (1130, 700)
LARGE = {"new-arrest"}
"""Pages that are shown as a small laptop shows them: in a smaller window their columns stand below each other."""
MARGIN = 18
COLOURS = 96
"""So many are told apart in a picture of the window; with all of them the files would be three times as large."""
PARTS = {"search": QRect(0, 0, 760, 420)}
"""What is cut out of a picture of the whole window."""


def main(arguments: list[str]) -> int:
    """Write pictures and papers into the folder; return 0, 1 where a picture is named that nobody draws, else 2."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    for old in (*target.glob("*.png"), *target.glob("*.pdf")):
        old.unlink()
    draw_albums(target, GuideAlbum)
    for language in LANGUAGES:
        words = Words(language, "khmer" if language == "km" else "western")
        if left := [name for name in names(words) if not (target / f"{name}-{language}.png").is_file()]:
            print(f"named in the guide, and drawn by nobody: {', '.join(left)}", file=sys.stderr)  # noqa: T201
            return 1
        for which in (WHOLE, CARD, ADMINISTRATOR):
            (target / f"{which}-{language}.pdf").write_bytes(guide_pdf(which, words, folder=target))
    return 0


def names(words: Words) -> list[str]:
    """Return the names of the pictures in the guide, in their order."""
    return [piece.name for chapter in guide.chapters(words) for piece in chapter.pieces if isinstance(piece, Shot)]


class GuideAlbum(Album):
    """Keeps the pictures that the guide names."""

    def __init__(self, target: Path, folder: Path, language: str) -> None:
        """Start the program in an empty folder."""
        super().__init__(target, folder, language)
        self.wanted = set(names(Words(language)))
        self.program.window.resize(*SIZE)

    def _every_paper(self, office: Office) -> None:
        """Draw no papers."""

    def _save(self, name: str) -> None:
        """Draw the window, without the name of the folder that is made for the pictures."""
        self.program.window.resize(*(LAPTOP if name in LARGE else SIZE))
        settle()
        for label in self.program.window.findChildren(QLabel):
            said = label.text().replace("\u200b", "")
            if str(self.folder) in said:
                label.setText(said.replace(str(self.folder), "D:"))
        super()._save(name)

    def _keep(self, name: str, picture: QPixmap, dialog: QRect | None = None) -> None:
        if name not in self.wanted:
            return
        part = picture.copy(self._part(name, picture, dialog))
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        part.save(buffer, "PNG")
        with Image.open(io.BytesIO(buffer.data().data())) as whole:
            few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(self.target / f"{name}-{self.language}.png", optimize=True)

    def _part(self, name: str, picture: QPixmap, dialog: QRect | None) -> QRect:
        """Return what is kept of a picture: the dialog or the card, else all below the line that says practice."""
        window, whole = self.program.window, picture.rect()
        if dialog is not None:
            return dialog.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN) & whole
        if isinstance(page := window.page, DoorPage):
            corner = page.card.mapTo(window, page.card.rect().topLeft())
            return QRect(corner, page.card.size()).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN) & whole
        if window.practice.isVisible():
            whole = whole.adjusted(0, window.practice.height(), 0, 0)
        return PARTS.get(name, whole).translated(0, whole.top()) & whole if name in PARTS else whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
