"""What the tests of tables need to look at them as a worker sees them."""

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QTableView

from ui import theme
from ui.parts.two_lines import CELL, PADDING_X
from ui.words import wrapped


@pytest.fixture(scope="module", autouse=True)
def dressed(qapp):
    """Give the program its clothes while the tests of a module look at it."""
    font, palette = qapp.font(), qapp.palette()
    theme.dress(qapp)
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def cut_off(table: QTableView, model: QAbstractTableModel) -> list[str]:
    """Return the headings, and the words of cells, that are wider than their column."""
    found = [
        model.headerData(column, Qt.Orientation.Horizontal)
        for column in range(model.columnCount())
        if table.horizontalHeader().sectionSizeFromContents(column).width() > table.columnWidth(column)
    ]
    metrics = table.fontMetrics()
    for at in range(model.rowCount()):
        for column in range(model.columnCount()):
            cell = model.index(at, column).data(CELL)
            room = table.columnWidth(column) - 2 * PADDING_X - (28 if cell.sign else 0)
            words = wrapped("\n".join((cell.text, cell.more, cell.doubt))).replace("\u200b", " ").split()
            found += [] if cell.heading else [word for word in words if metrics.horizontalAdvance(word) > room]
    return found
