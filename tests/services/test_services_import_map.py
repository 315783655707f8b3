"""What the columns of an office's own list mean, said in a file: written, changed, read, remembered; and spoilt."""

import json
from pathlib import Path

import pytest
from hostile import as_json, chance_of, leaves, spoilt, spoilt_value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_lists import workbook

from casemgr.exchange.lines import Line
from casemgr.records.child import Child, Sex
from casemgr.records.kept import ImportMapping
from casemgr.services.import_checking import check_list
from casemgr.services.import_columns import BY_KEY
from casemgr.services.import_map import FORMAT, MOST_WORDS, read_map, save_map, told_columns
from casemgr.services.import_reading import Meaning, OpenList, open_list
from casemgr.services.import_told import RowStanding
from casemgr.services.importing import import_list
from casemgr.trouble import Refusal

ROWS = [
    ["ល.រ", "កុមារ", "Who", "ប្រភេទ", "", ""],
    [1, "ចាន់ ដារ៉ា", "Boy!", "លួច", "17100401", None],
    [2, "សុខ ស្រីពៅ", "?", "", "17100401", "x"],
]
MAP = {
    "format": FORMAT, "columns": {"កុមារ": "name_km", "Who": "sex", "ប្រភេទ": None, "#5": "village_code"},
    "words": {"sex": {"boy!": "male", "?": None}},
}  # fmt: skip


@pytest.fixture
def opened(office, tmp_path) -> OpenList:
    return open_list(office, workbook(tmp_path / "own.xlsx", ROWS))


def written(path: Path, plain: object) -> Path:
    path.write_text(json.dumps(plain, ensure_ascii=False), "utf-8-sig")
    return path


def test_what_a_file_says_of_columns_and_words_is_done_and_remembered(office, opened, tmp_path):
    mapped = read_map(opened, written(tmp_path / "map.json", MAP))
    assert dict(mapped.mapping.columns) == {1: "name_km", 2: "sex", 4: "village_code"}
    dry = check_list(office, mapped)
    assert dry.count(RowStanding.NEW) == 2
    import_list(office, dry)
    with office.store.read() as work:
        assert {(child.given_name_km, child.sex) for child in work.find(Child)} == {("ដារ៉ា", Sex.MALE), ("ស្រីពៅ", None)}
        assert len(work.find(ImportMapping)) == 1
    again = open_list(office, workbook(tmp_path / "next.xlsx", ROWS))
    assert again.mapping == mapped.mapping


def test_what_is_written_is_read_again_as_it_was(opened, tmp_path):
    mapped = read_map(opened, written(tmp_path / "map.json", MAP))
    save_map(mapped, tmp_path / "out.json")
    assert read_map(opened, tmp_path / "out.json").mapping == mapped.mapping
    plain = json.loads((tmp_path / "out.json").read_bytes())
    assert plain["columns"] == {"ល.រ": None, "កុមារ": "name_km", "Who": "sex", "ប្រភេទ": None, "#5": "village_code",
                                "#6": None}  # fmt: skip
    assert plain["words"] == {"sex": {"Boy!": "male", "?": None}}
    assert "ដារ៉ា" not in json.dumps(plain, ensure_ascii=False), "no name of a child"


def test_a_word_that_nobody_explained_waits_with_an_empty_code(opened, tmp_path):
    mapped = read_map(opened, written(tmp_path / "map.json", MAP | {"words": {}}))
    save_map(mapped, tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_bytes())["words"] == {"sex": {"Boy!": "", "?": ""}}
    assert read_map(opened, tmp_path / "out.json").mapping == mapped.mapping


def test_a_column_of_names_taken_for_answers_leaves_no_name_in_the_file(office, tmp_path):
    rows = [["Who", "sex"], *([f"ក{number}", f"Dara {number}"] for number in range(MOST_WORDS + 1))]
    opened = open_list(office, workbook(tmp_path / "names.xlsx", rows))
    opened = opened.meaning({0: "name_km", 1: "sex"}, {})
    save_map(opened, tmp_path / "out.json")
    plain = json.loads((tmp_path / "out.json").read_bytes())
    assert (plain["columns"]["sex"], plain["words"]) == ("sex", {})
    assert "Dara" not in (tmp_path / "out.json").read_text("utf-8")


def test_what_the_file_leaves_out_stays_as_it_seemed(office, tmp_path):
    opened = open_list(office, workbook(tmp_path / "a.xlsx", [["Name", "Gender", "Kind"], ["Chan Dara", "m", "f"]]))
    mapped = read_map(opened, written(tmp_path / "map.json", {"format": FORMAT, "columns": {"Kind": "sex"}}))
    assert dict(mapped.mapping.columns) == {0: "name_latin", 2: "sex"}, "what was taken for the sex is not read"
    assert [(each.name, each.column and each.column.key) for each in told_columns(mapped)] == [
        ("Name", "name_latin"), ("Gender", None), ("Kind", "sex"),
    ]  # fmt: skip


@pytest.mark.parametrize("plain", [
    [], {}, {"format": "x"}, MAP | {"more": 1}, MAP | {"columns": []}, MAP | {"words": []},
    MAP | {"columns": {"none": "sex"}}, MAP | {"columns": {"Who": "gender"}}, MAP | {"columns": {"Who": 3}},
    MAP | {"columns": {"Who": "sex", "ប្រភេទ": "sex", "កុមារ": "name_km"}}, MAP | {"columns": {"Who": "sex"}},
    MAP | {"words": {"gender": {}}}, MAP | {"words": {"name_km": {"a": "b"}}}, MAP | {"words": {"sex": ["a"]}},
    MAP | {"words": {"sex": {"a": "boy"}}}, MAP | {"words": {"sex": {"a": 1}}}, MAP | {"columns": {"": "sex"}},
])  # fmt: skip
def test_a_file_that_says_what_cannot_be_is_refused(opened, tmp_path, plain):
    with pytest.raises(Refusal):
        read_map(opened, written(tmp_path / "map.json", plain))


def test_a_heading_that_stands_there_twice_is_named_by_its_place(office, tmp_path):
    opened = open_list(office, workbook(tmp_path / "a.xlsx", [["Name", "Date", "Date"], ["Chan Dara", None, None]]))
    assert [each.name for each in told_columns(opened)] == ["Name", "#2", "#3"]
    with pytest.raises(Refusal, match="by its place"):
        read_map(opened, written(tmp_path / "a.json", {"format": FORMAT, "columns": {"Date": "index_date"}}))
    mapped = read_map(opened, written(tmp_path / "a.json", {"format": FORMAT, "columns": {"#3": "index_date"}}))
    assert mapped.mapping.columns[2] == "index_date"


LISTED = OpenList(tuple(map(str, ROWS[0])), tuple(Line(at, tuple(row)) for at, row in enumerate(ROWS[1:], 2)),
                  Meaning({1: "name_km"}), "")  # fmt: skip


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_spoilt_file_is_refused_or_says_only_what_is_here(tmp_path_factory, seed):
    chance = chance_of(seed)
    path = tmp_path_factory.getbasetemp() / "spoilt-columns.json"
    path.write_bytes(spoilt(as_json(MAP), chance) if seed % 2 else as_json(spoilt_value(MAP, chance, leaves(MAP))))
    try:
        mapped = read_map(LISTED, path)
    except Refusal:
        return
    assert len(set(mapped.mapping.columns.values())) == len(mapped.mapping.columns)
    mapped.mapping.plain().encode()
    for key, words in mapped.mapping.meanings.items():
        assert set(words.values()) <= {"", *(choice.value for choice in BY_KEY[key].choices)}
