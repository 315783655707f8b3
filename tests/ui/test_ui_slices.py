"""What is built a moment at a time: in its order, all of it, and with the window listening in between."""

import time

import pytest
from programs import settle
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QStyledItemDelegate, QTableView, QVBoxLayout, QWidget

from ui.parts.flow import FlowLayout
from ui.parts.fold import AT_ONCE, Fold, Folds
from ui.parts.row_heights import RowHeights
from ui.parts.slices import A_MOMENT, Slices

pytestmark = pytest.mark.usefixtures("qtbot")
MANY = 60
LEAST, HIGH = 20, 30


def shown(qtbot, widget):
    widget.resize(600, 500)
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    return widget


@pytest.fixture
def ticks():
    """What the window heard, one entry for each time that it listened."""
    heard = []
    timer = QTimer()
    timer.timeout.connect(lambda: heard.append(time.perf_counter()))
    timer.start(0)
    yield heard
    timer.stop()


def until(done):
    for _ in range(2000):
        if done():
            return
        QApplication.processEvents()
    pytest.fail("it was never done")


def test_the_first_steps_are_done_at_once_and_the_rest_while_the_window_listens(ticks):
    done = []

    def steps():
        for at in range(MANY):
            QTest.qSleep(int(A_MOMENT * 1000 / 2))
            done.append(at)
            yield

    parent = QWidget()
    Slices(parent).begin(steps(), 3)
    assert done == [0, 1, 2]
    until(lambda: len(done) == MANY)
    assert done == list(range(MANY))
    assert len(ticks) > MANY / 5


def test_what_is_begun_anew_takes_the_place_of_what_was_to_be_done():
    parent, done = QWidget(), []
    slices = Slices(parent)

    def first():
        for _ in range(MANY):
            done.append("first")
            yield

    def ends_in_another():
        done.append("second")
        slices.begin(iter(map(done.append, ("third", "fourth"))))
        return
        yield

    slices.begin(first(), 1)
    slices.begin(ends_in_another(), 1)
    settle()
    assert done == ["first", "second", "third", "fourth"]
    assert not slices.more()
    slices.begin(first(), 1)
    parent.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    assert done.count("first") == 2


def test_a_fold_of_many_lines_opens_at_once_and_the_window_listens_while_the_rest_is_built(qtbot, ticks):
    made = []

    def make(at):
        QTest.qSleep(int(A_MOMENT * 1000 / 4))
        made.append(at)
        return QPushButton(str(at))

    fold = shown(qtbot, Fold("More", lambda: map(make, range(MANY)), "Lines"))
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton)
    assert made == list(range(AT_ONCE))
    ticks.clear()
    fold.set_open(is_open=False)
    fold.set_open(is_open=True)
    until(lambda: len(made) == MANY)
    assert len(ticks) > MANY / 12
    settle()
    fold.button.setFocus()
    for at in range(MANY):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget().text() == str(at)


def test_a_fold_that_was_open_is_open_again_with_all_that_is_in_it(qtbot):
    folds = Folds()
    before = folds.fold("lines", "More", lambda: map(QPushButton, "ab"), "Lines")
    before.set_open(is_open=True)
    again = shown(qtbot, folds.fold("lines", "More", lambda: map(QPushButton, "abc"), "Lines"))
    settle()
    assert [button.text() for button in again.findChildren(QPushButton) if button is not again.button] == [*"abc"]
    assert all(button.isVisible() for button in again.findChildren(QPushButton))


def test_what_waits_in_an_open_fold_for_its_page_is_built_once_the_worker_opens_it_anew(qtbot):
    folds = Folds(wait=True)
    folds.fold("lines", "More", lambda: (), "Lines").set_open(is_open=True)
    fold = shown(qtbot, folds.fold("lines", "More", lambda: map(QPushButton, "abc"), "Lines"))
    settle()
    assert fold.findChildren(QPushButton) == [fold.button]
    assert fold.build_more()
    fold.set_open(is_open=False)
    fold.set_open(is_open=True)
    settle()
    assert [button.text() for button in fold.findChildren(QPushButton)[1:]] == [*"abc"]


class Rows(QAbstractTableModel):
    def __init__(self, count):
        super().__init__()
        self.count = count

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else self.count

    def columnCount(self, parent=QModelIndex()):  # noqa: B008, ARG002
        return 1

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):  # noqa: ARG002
        return None


class High(QStyledItemDelegate):
    def sizeHint(self, option, index):  # noqa: ARG002
        QTest.qSleep(1)
        return QSize(50, HIGH + index.row() % 7)


@pytest.fixture
def table(qtbot):
    table = QTableView()
    table.setModel(Rows(300))
    table.setShowGrid(False)
    table.setItemDelegate(High(table))
    return shown(qtbot, table)


def heights(table):
    return [table.rowHeight(at) for at in range(table.model().rowCount())]


def wanted(count):
    return [HIGH + at % 7 for at in range(count)]


def test_rows_that_are_seen_are_high_enough_at_once_and_the_others_soon(table, ticks):
    before = heights(table)[-1]
    RowHeights(table, LEAST).fit()
    seen = table.rowAt(table.viewport().height() - 1)
    assert heights(table)[: seen + 1] == wanted(seen + 1)
    assert heights(table)[-1] == before
    until(lambda: heights(table) == wanted(300))
    assert len(ticks) > 5


def test_rows_down_to_where_is_scrolled_to_are_high_enough_at_once(table):
    fitting = RowHeights(table, LEAST)
    fitting.fit(through=120)
    assert heights(table)[:121] == wanted(121)
    table.model().beginResetModel()
    table.model().count = 80  # fewer rows come while the rest waits
    table.model().endResetModel()
    fitting.fit(scrolled=1000)
    assert heights(table)[:40] == wanted(40)
    until(lambda: heights(table) == wanted(80))


def test_rows_that_come_later_are_measured_together_with_those_that_wait(table):
    fitting = RowHeights(table, HIGH + 3)
    fitting.fit(0, 199)
    fitting.fit(200, 299)
    until(lambda: heights(table) == [max(high, HIGH + 3) for high in wanted(300)])


@pytest.mark.parametrize("is_nested", [False, True])
def test_a_flowing_row_takes_note_of_every_change_in_it(qtbot, is_nested):
    holder = QWidget()
    if is_nested:
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        flow = FlowLayout()
        column.addLayout(flow)
        column.addStretch()
    else:
        flow = FlowLayout(holder)
    buttons = [QPushButton(text) for text in "abc"]
    for button in buttons:
        flow.addWidget(button)
    shown(qtbot, holder)
    settle()
    assert len({button.y() for button in buttons}) == 1
    single = flow.heightForWidth(600)
    buttons[0].setText("a" * 200)
    settle()
    assert buttons[1].y() > buttons[0].y()
    assert flow.heightForWidth(600) > single
    buttons[0].hide()
    settle()
    assert (buttons[1].x(), buttons[1].y()) == (0, 0)
    assert flow.heightForWidth(600) == single
    late = QPushButton("d" * 200)
    flow.addWidget(late)
    settle()
    assert late.y() > 0
    flow.removeWidget(late)
    late.hide()
    settle()
    assert flow.heightForWidth(600) == single
    assert flow.minimumSize().width() < 200


def test_what_a_step_builds_is_shown_in_that_step_and_not_all_together_later(qtbot):
    made = []

    def lines():
        for at in range(MANY):
            made.append(QPushButton(str(at)))
            yield made[-1]

    fold = shown(qtbot, Fold("More", lines, "Lines"))
    fold.set_open(is_open=True)  # nothing else has its turn before the lines are looked at
    assert len(made) == AT_ONCE
    assert fold.build_more()
    assert len(made) == AT_ONCE + 1
    assert all(line.isVisible() for line in made)
