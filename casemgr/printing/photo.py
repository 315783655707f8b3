"""A picture from a file on a paper, with what is seen on it below."""

from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from casemgr.printing.layout import Style, layout_paragraph, restyled
from casemgr.printing.text import draw_lines

_GAP, _HIGHEST = 4.0, 330.0  # points: between picture and words; a higher picture is made smaller
_DPI = 200


class PhotoFlowable(Flowable):
    """The picture in a thin frame; picture and words are never parted."""

    def __init__(self, file: Path, caption: str, style: Style) -> None:
        """Take the file (PNG) and the words. Raises OSError."""
        super().__init__()
        self._image = ImageReader(str(file))
        self.caption = caption
        self.style = restyled(style, indent=0)
        self.spaceBefore, self.spaceAfter = 6, 8

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        across, down = self._image.getSize()
        wide = min(available_width, across * 72 / _DPI, _HIGHEST * across / down)
        self._size = (wide, wide * down / across)
        self._lines = layout_paragraph(self.caption, self.style, available_width)
        height = self._size[1] + _GAP + len(self._lines) * self.style.line_height
        self.width, self.height = available_width, height
        return self.width, self.height

    def draw(self) -> None:
        """Draw picture, frame and words."""
        y = self.height - self._size[1]
        self.canv.drawImage(self._image, 0, y, *self._size)
        self.canv.setLineWidth(0.5)
        self.canv.setStrokeGray(0.45)
        self.canv.rect(0, y, *self._size)
        self.canv.setStrokeGray(0)
        draw_lines(self.canv, self._lines, 0, y - _GAP, self.style)
