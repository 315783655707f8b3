"""What a mark says can be read whole: boxes, marks and help keep their height when one appears."""

import pytest
from programs import dialog, running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from typing_in import press, write

from casemgr.i18n import LANGUAGES
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import lists
from ui import theme

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture(params=LANGUAGES)
def program(request, tmp_path, qapp):
    font, palette = qapp.font(), qapp.palette()
    theme.dress(qapp)
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 3, request.param)
        yield program
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def cut_off(shown: QWidget) -> list[str]:
    """Return the texts that wrap into more lines than they have room for, and the boxes below the edge of theirs."""
    found = [
        label.text()
        for label in shown.findChildren(QLabel)
        if label.isVisible()
        and label.wordWrap()
        and label.text()
        and label.height() < label.heightForWidth(label.width())
    ]
    found += [
        line.accessibleName()
        for line in shown.findChildren(QLineEdit)
        if line.isVisible() and line.geometry().bottom() >= line.parentWidget().height()
    ]
    return found


@pytest.mark.parametrize("text", ["24-11-2006", "24-11-2026 more"])
def test_a_mark_in_a_record_is_read_whole_on_leaving_and_on_saving(program, text):
    page = program.desk.go(("case", lists.today(program.office)[0].case_id))
    records = ((page.file.of(Arrest)[0], ("arrested_at", "medical_checked_at", "custody_ended_at")),
               (page.file.case, ("opened_on",)))  # fmt: skip
    for record, names in records:
        page.edit(record)
        settle()
        editor = page.editing.editor
        for name in names:
            editor.focus_field(name)
            settle()
            question = next(section for section in editor.sections if section.has(name)).question(name)
            question.editor.day.selectAll()
            write(question.editor.day, text)
            press(question.editor.day, Qt.Key.Key_Tab)
            settle()
            assert not cut_off(program.window), name
        if "more" in text:
            press(question.editor.day, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
            settle()
            assert page.editing.message.isVisible()
            assert not cut_off(program.window)


def test_a_mark_in_the_dialog_of_a_limit_is_read_whole(program):
    program.desk.go(("settings", None)).correct(1)
    settle()
    asked = dialog()
    try:
        asked.lines.edits["value"].setText("abc")
        press(asked.lines.edits["value"], Qt.Key.Key_Return)
        asked.save()
        settle()
        assert asked.lines.marks["value"].isVisible()
        assert not cut_off(asked)
    finally:
        asked.done(0)
        settle()
