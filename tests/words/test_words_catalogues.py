"""The catalogues say all that the source says, in both languages, and fit it."""

import ast
import io
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

import words
from casemgr.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
IN_LATIN: frozenset[str] = frozenset()
"""Messages with words that stay in Latin letters in Khmer too, each for a reason."""


@pytest.fixture(scope="module")
def template() -> Catalog:
    return words.template(ROOT)


@pytest.fixture(scope="module", params=["km", "en"])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    language = str(request.param)
    return words.read(words.languages(ROOT)[language], language)


def _forms(message: Message) -> tuple[list[str], list[str]]:
    """Return what the source says and what the translation says, one or (plural) several of each."""
    said, given = message.id, message.string
    return (list(said) if isinstance(said, tuple | list) else [said]), (
        list(given) if isinstance(given, tuple | list) else [given]
    )


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_template_is_what_the_source_says(template: Catalog) -> None:
    committed = (ROOT / "translations" / "casemgr.pot").read_text("utf-8")
    assert committed == words.rendered(template), "run: python3 packaging/do.py words"


def test_a_language_has_every_message_and_no_dead_one(template: Catalog, catalogue: Catalog) -> None:
    assert {message.id for message in _messages(catalogue)} == {message.id for message in _messages(template)}
    assert not catalogue.obsolete


def test_a_language_is_complete(catalogue: Catalog) -> None:
    assert [message.id for message in words.untranslated(catalogue)] == []


def test_nothing_is_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in _messages(catalogue) if message.fuzzy] == []


def test_a_translation_has_the_slots_of_its_message(catalogue: Catalog) -> None:
    wrong = []
    for message in _messages(catalogue):
        said, given = _forms(message)
        # The singular of a plural may leave its number out; every form must find the slots it names.
        wanted, allowed = slots(said[-1]), set.union(*map(slots, said))
        for place, text in enumerate(given):
            expected = slots(said[0]) if len(given) > 1 and place == 0 else wanted
            if text and (slots(text) != expected or not slots(text) <= allowed):
                wrong.append((message.id, text))
    assert wrong == []


def test_a_translation_begins_and_ends_as_its_message(catalogue: Catalog) -> None:
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [
        message.id
        for message in _messages(catalogue)
        for text in _forms(message)[1]
        if text and edges(text) != edges(_forms(message)[0][0])
    ]
    assert wrong == []


def test_khmer_is_written_in_khmer() -> None:
    catalogue = words.read(words.languages(ROOT)["km"], "km")
    latin = {
        _forms(message)[0][0]
        for message in _messages(catalogue)
        for text in _forms(message)[1]
        if text and not any("\u1780" <= letter <= "\u17d3" for letter in text)
    }
    wordless = {text for text in latin if not any(letter.isalpha() for letter in _without_slots(text))}
    assert latin - wordless == IN_LATIN


def _without_slots(text: str) -> str:
    return "".join(literal for literal, *_ in string.Formatter().parse(text))


def test_english_is_the_language_of_the_source() -> None:
    catalogue = words.read(words.languages(ROOT)["en"], "en")
    assert [m.id for m in _messages(catalogue) if _forms(m)[0] != _forms(m)[1]] == []


def test_a_message_is_one_whole_sentence_in_the_source() -> None:
    """A message put together, chosen or filled inside the call would never reach a translator."""
    wrong = []
    for file in words.sources(ROOT):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in words.KEYWORDS and node.args:
                first = node.args[0]
                if isinstance(first, ast.JoinedStr | ast.BinOp) or _is_filled(first) or _chooses_unmarked(first):
                    wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _chooses_unmarked(first: ast.expr) -> bool:
    """Two texts in one call would be read as one message; N_ around each, or a name, is right."""
    return isinstance(first, ast.IfExp) and any(isinstance(part, ast.Constant) for part in (first.body, first.orelse))


def _is_filled(first: ast.expr) -> bool:
    return (
        isinstance(first, ast.Call)
        and isinstance(first.func, ast.Attribute)
        and first.func.attr == "format"
        and isinstance(first.func.value, ast.Constant)
    )


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "casemgr").mkdir()
    (tmp_path / "translations").mkdir()
    source = tmp_path / "casemgr" / "one.py"
    source.write_text('A = N_("Kept")\nB = N_("Gone")\nc = w.plural("{n} case", "{n} cases", 2)\n', "utf-8")
    assert words.update(tmp_path) == 3
    km = tmp_path / "translations" / "km" / "LC_MESSAGES" / "casemgr.po"
    km.write_text(km.read_text("utf-8").replace('msgid "Kept"\nmsgstr ""', 'msgid "Kept"\nmsgstr "ទុក"'), "utf-8")
    source.write_text(
        'A = N_("Kept")\nc = w.plural("{n} case", "{n} cases", 2)\nd = w.text("New", a=tr("In"))', "utf-8"
    )
    assert words.update(tmp_path) == 3
    fresh = words.read(km, "km")
    assert {m.id: m.string for m in _messages(fresh)} == {
        "Kept": "ទុក", ("{n} case", "{n} cases"): ("",), "New": "", "In": "",
    }  # fmt: skip
    assert fresh.obsolete == {}
    english = words.read(words.languages(tmp_path)["en"], "en")
    assert {m.string for m in _messages(english)} == {"Kept", ("{n} case", "{n} cases"), "New", "In"}


def test_compiled_files_answer_like_their_sources(tmp_path: Path) -> None:
    import gettext

    for built in words.compile_all(ROOT, tmp_path):
        language = built.relative_to(tmp_path).parts[0]
        with built.open("rb") as file:
            answers = Catalogue(file)
            file.seek(0)
            of_the_library = gettext.GNUTranslations(file)
        for message in _messages(words.read(words.languages(ROOT)[language], language)):
            said, given = _forms(message)
            if all(given):
                assert answers.gettext(said[0]) == given[0]
                assert len(said) == 1 or answers.ngettext(said[0], said[1], 2) == given[-1]
                assert len(said) == 1 or all(
                    answers.ngettext(*said, n) == of_the_library.ngettext(*said, n) for n in range(3)
                )
        assert answers.gettext("Before all") == "Before all", "what is not there stands for itself"
        assert answers.gettext("\U0010ffff") == "\U0010ffff", "and what would stand after the last"
        assert [answers.ngettext("{n} hen", "{n} hens", n) for n in (1, 2)] == ["{n} hen", "{n} hens"]


def test_what_is_no_catalogue_is_told_from_one() -> None:
    with pytest.raises(ValueError, match="catalogue"):
        Catalogue(io.BytesIO(b"msgid and msgstr, not compiled"))
