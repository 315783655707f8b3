"""The icons of the program and of its `.case` files in the forms that systems ask for, drawn from ui/assets/*.svg.

Run with the environment's Python, which has Qt and Pillow: `icons.py FOLDER` leaves NAME.ico and NAME-SIZE.png of each.
"""

import io
import os
import sys
from pathlib import Path

from environment import ROOT

DRAWINGS = {"casemgr": ROOT / "ui" / "assets" / "icon.svg", "case-file": ROOT / "ui" / "assets" / "case-file.svg"}
"""What the files are called, and what they are drawn from."""
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""What Windows asks for at 100 to 200 percent, and what the menus of Linux ask for."""


def drawn(size: int, drawing: Path) -> bytes:
    """Return the drawing as PNG, so many pixels wide and high. Raises ValueError where it is no drawing."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF  # noqa: PLC0415  (names and sizes are read without Qt)
    from PySide6.QtGui import QImage, QImageWriter, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    renderer = QSvgRenderer(str(drawing))
    if not renderer.isValid():
        raise ValueError(drawing)
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def write_icons(folder: Path) -> list[Path]:
    """Write NAME.ico with every size, and each size as NAME-SIZE.png, into the folder; return the .ico files."""
    from PIL import Image  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    icons = []
    for name, drawing in DRAWINGS.items():
        pictures = []
        for size in SIZES:
            data = drawn(size, drawing)
            (folder / f"{name}-{size}.png").write_bytes(data)
            pictures.append(Image.open(io.BytesIO(data)))
        icons.append(folder / f"{name}.ico")
        pictures[-1].save(icons[-1], sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    return icons


def main(arguments: list[str]) -> int:
    """Write the icons into the folder named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(*write_icons(Path(arguments[0])), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
