"""The rows of Today are as high as what they say, and hundreds of them are measured by kind."""

from datetime import timedelta

import pytest
from programs import running, show_practice

from casemgr import clock
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
        assert counting.measured < 400
        lines = range(today.model.rowCount())
        assert len(lines) > 700  # headings stand between them
        needed = [max(today.table.sizeHintForRow(at), ROW_HEIGHT) for at in lines]
        assert [today.table.rowHeight(at) for at in lines] == needed
        assert len(set(needed)) > 1
