"""The rows of Today are as high as what they say, and hundreds of them are measured by kind."""

from datetime import timedelta

import pytest
from programs import running, settle, show_practice
from PySide6.QtCore import QModelIndex

from casemgr import clock
from casemgr.services import lists
from ui.pages.today_model import PAGE
from ui.parts.listing import ROW_HEIGHT
from ui.parts.two_lines import TwoLines

pytestmark = pytest.mark.usefixtures("qtbot")


class Counting(TwoLines):
    """Counts the cells that are measured."""

    measured = 0

    def sizeHint(self, option, index):
        self.measured += 1
        return super().sizeHint(option, index)


@pytest.mark.parametrize("language", ["km", "en"])
def test_hundreds_of_rows_are_as_high_as_they_need_to_be_without_measuring_each(tmp_path, language):
    with running(tmp_path, language) as program:
        show_practice(program, tmp_path, 8, language)
        today = program.desk.pages["today", None]
        first = today.model.rows
        rows = [
            first[at % len(first)]._replace(
                due_at=first[at % len(first)].due_at + timedelta(minutes=13 * at),
                name_latin=f"Sok {'Chantha ' * (9 if at % 50 == 0 else 1)}",
            )
            for at in range(700)
        ]
        rows.sort(key=lambda row: row.due_at)
        counting = Counting(today.table)
        today.table.setItemDelegate(counting)
        today.model.show_rows(rows[:PAGE], clock.now(), whole=False)
        today._fit_rows()
        for at in range(PAGE, len(rows), PAGE):  # as whoever scrolls to the last of them
            today.model.add_rows(rows[at : at + PAGE], whole=at + PAGE >= len(rows))
        seen = today.table.viewport().height() // ROW_HEIGHT
        assert seen <= today._fitted < len(rows)  # at once those that are seen, the others between what comes
        settle()
        assert counting.measured < 400
        lines = range(today.model.rowCount())
        assert len(lines) > 700  # headings stand between them
        needed = [max(today.table.sizeHintForRow(at), ROW_HEIGHT) for at in lines]
        assert [today.table.rowHeight(at) for at in lines] == needed
        assert len(set(needed)) > 1


def test_the_clocks_are_read_as_the_worker_comes_to_them_and_what_was_read_stays(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.pages.today.PAGE", 4)
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 8, "en")
        today = program.desk.pages["today", None]
        today.show_all()
        whole, known = lists.today(program.office), len(today.model.rows)
        assert today.model.rows == whole[:known]
        assert known < len(whole)  # the view asks for as many as it has room for
        assert {each: int(label.text().rpartition(" ")[2]) for each, label in today.counts.items() if label.text()} == {
            each: sum(row.standing(today.model.now) is each for row in whole) for each in today.counts
        }
        top = QModelIndex()
        today.model.fetchMore(top)
        known = len(today.model.rows)
        assert today.model.rows == whole[:known]
        today.table.setCurrentIndex(today.model.index(today.model.rowCount() - 1, 0))
        chosen = today._current()
        today.refresh()
        settle()
        assert today.model.rows[:known] == whole[:known]
        assert today._current() == chosen
        while today.model.canFetchMore(top):
            today.model.fetchMore(top)
        assert today.model.rows == whole
        assert list(today.listing().rows()) == whole
        assert today.listing().total() == len(whole)
        headings = today.model.headings()
        assert [at for at in range(today.model.rowCount()) if today.table.columnSpan(at, 0) > 1] == headings
