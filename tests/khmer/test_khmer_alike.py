"""Two hundred pairs of names that no rule was fitted to, and what likeness of names means."""

from pathlib import Path

import pytest

from casemgr.khmer import alike
from casemgr.khmer.alike import ALIKE, Name, begins_alike, names_alike
from casemgr.khmer.sounds import sounds

PAIRS = Path(__file__).with_name("spelling_pairs.tsv")


def parted(name: str) -> Name:
    """Return family and given name; a zero-width space parts them as well as a space."""
    family, _, given = name.replace("\u200b", " ").partition(" ")
    return Name(family, given.strip())


def read() -> list[tuple[bool, str, str]]:
    lines = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(mark == "=", one, other) for mark, one, other in lines]


def test_the_list_has_200_pairs_of_both_kinds_and_names_none_twice():
    pairs = read()
    assert len(pairs) == len(set(pairs)) == 200
    assert 50 <= sum(same for same, _, _ in pairs) <= 150


def test_precision_and_recall_over_pairs_nobody_tuned_on(capsys):
    found = [(same, names_alike(parted(one), parted(other)) >= ALIKE) for same, one, other in read()]
    hits = sum(same and told for same, told in found)
    precision, recall = hits / sum(told for _, told in found), hits / sum(same for same, _ in found)
    with capsys.disabled():
        print(f"\n200 spelling pairs: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.95
    assert recall >= 0.93


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("Chan", "Dara"), Name("Chan", "Sreypov")),
        (Name("Sok", "Dara"), Name("Chan", "Dara")),
        (Name("ចាន់", "ដារ៉ា"), Name("ចាន់", "ស្រីពៅ")),
    ],
)
def test_brothers_and_namesakes_are_not_alike(one, other):
    assert names_alike(one, other) < ALIKE


def test_the_order_of_the_parts_counts_for_little():
    assert names_alike(Name("Dara", "Sok"), Name("សុខ", "ដារ៉ា")) >= ALIKE


def test_a_part_alone_is_compared_as_it_stands():
    assert names_alike(Name("", "Dara"), Name("", "ដារ៉ា")) >= ALIKE
    assert names_alike(Name("", ""), Name("Sok", "Dara")) == 0
    assert names_alike(Name("SokDara", ""), Name("Sok", "Dara")) >= ALIKE


def test_what_is_typed_so_far_fits_the_beginning_of_a_word():
    assert begins_alike(sounds("sreyp"), sounds("ស្រីពៅ")) > 0.6
    assert begins_alike(sounds("sreym"), sounds("ស្រីពៅ")) == 0
    assert begins_alike(sounds("rithi"), sounds("Rithy")) == 0.75


def test_names_are_let_go_of():
    names_alike(Name("Sok", "Dara"), Name("Sokh", "Dara"))
    assert alike.sounds.cache_info().currsize
    alike.forget()
    assert alike.sounds.cache_info().currsize == alike.search_key.cache_info().currsize == 0
