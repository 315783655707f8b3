"""The answers of a record to be read: one card for each group of its questions."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from casemgr.records.base import Record
from casemgr.records.fields import FieldInfo, Group, fields_of
from ui.editors.said import said
from ui.parts.card import Card, selectable, text_label
from ui.words import tr, words


def answer_cards(record: Record) -> list[Card]:
    """Return a card for each group that has answers, tables and long texts included."""
    groups: dict[Group | None, list[FieldInfo]] = {}
    for info in fields_of(type(record)):
        if getattr(record, info.name) not in (None, "", ()) and info.is_shown(record):
            groups.setdefault(info.group, []).append(info)
    return [
        _card(tr(group.label) if group else tr(type(record).title), record, infos) for group, infos in groups.items()
    ]  # fmt: skip


def _card(title: str, record: Record, infos: Iterable[FieldInfo]) -> Card:
    card, grid = Card(title), QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for row, info in enumerate(infos):
        answer = selectable(text_label(said(info, getattr(record, info.name), words()), "answer"))
        grid.addWidget(text_label(tr(info.label), "help"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(answer, row, 1, Qt.AlignmentFlag.AlignTop)
    card.column.addLayout(grid)
    return card
