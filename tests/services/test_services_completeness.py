"""What an installed program says of itself: each thing it needs by its name, and what it lacks."""

import pytest

from casemgr.i18n import Words
from casemgr.services import completeness
from casemgr.services.completeness import LOOKS, Incomplete, Look, looked_at
from casemgr.trouble import Refusal, Trouble

QUICK = ("_files", "_words", "_letters", "_places", "_steps", "_pictures")


def raising(error):
    def work(_folder):
        raise error

    return work


@pytest.mark.parametrize("language", ["en", "km"])
def test_what_takes_no_office_is_found_whole(tmp_path, language):
    quick = [look for look in LOOKS if look.work.__name__ in QUICK]
    assert len(quick) == len(QUICK)
    lines = list(looked_at(tmp_path, Words(language), quick))
    assert [line for good, line in lines if not good] == []
    assert len({line for _, line in lines}) == len(QUICK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError("/x/Moul-Regular.ttf"), "FileNotFoundError: /x/Moul-Regular.ttf"),
        (Incomplete("khmercut"), "khmercut"),
        (Refusal("Save"), "រក្សាទុក"),
        (Trouble("Save"), "រក្សាទុក"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_looked_at(tmp_path, error, said):
    looks = (Look("Save", raising(error)), Look("Cancel", lambda _folder: 7))
    first, second = looked_at(tmp_path, Words("km"), looks)
    assert first == (False, f"រក្សាទុក: {said}")
    assert second[0]
    assert second[1].endswith(": 7")


def test_a_program_without_words_still_says_what_it_lacks(tmp_path):
    [line] = looked_at(tmp_path, None, (Look("Fonts", raising(Trouble("No room"))),))
    assert line == (False, "Fonts: No room")


def test_the_cause_of_a_trouble_is_told(tmp_path):
    def work(_folder):
        raise Trouble("Save") from KeyError("0005")

    [(good, line)] = looked_at(tmp_path, Words("en"), (Look("Steps", work),))
    assert not good
    assert line == "Steps: Save (KeyError: '0005')"


def test_a_step_that_is_lost_is_named(tmp_path, monkeypatch):
    (tmp_path / "versions").mkdir()
    for step in completeness.STEPS.glob("versions/*.py"):
        if not step.name.startswith("0005"):
            (tmp_path / "versions" / step.name).touch()
    (tmp_path / "env.py").touch()
    monkeypatch.setattr(completeness, "STEPS", tmp_path)
    [(good, line)] = looked_at(tmp_path, Words("en"), [look for look in LOOKS if look.work.__name__ == "_steps"])
    assert not good
    assert line.endswith("casemgr/store/migrations/0005")


def test_where_no_office_can_be_made_what_works_in_it_is_not_tried(tmp_path):
    (tmp_path / "office").write_text("in the way", "utf-8")
    looks = [look for look in LOOKS if look.in_office or look.work.__name__ == "_office"]
    first, *others = looked_at(tmp_path, Words("en"), looks)
    assert not first[0]
    assert len(others) == 3
    assert all(not good and line.endswith("Not tried, because no office could be made.") for good, line in others)
