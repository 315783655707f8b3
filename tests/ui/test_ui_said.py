"""Answers in words, after the labels of their fields."""

import pytest

from casemgr.i18n import Words
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest import Arrest
from ui.pages.case_cards import summary
from ui.words import set_words


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_question_mark_is_not_followed_by_a_colon(language):
    words = Words(language)
    set_words(words)
    text = summary(Arrest(police_unit="អធិការដ្ឋាន", flagrant=Answer.NO), most=2)
    assert "?:" not in text
    assert "?៖" not in text
    assert f"? {words.text(Answer.NO.label)}" in text
