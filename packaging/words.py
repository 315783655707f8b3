"""The translators' catalogues: what is said in the source, the same in each language, compiled for the program.

`words.py update` writes translations/casemgr.pot and brings each casemgr.po up to date; `words.py compile` makes the
.mo files beside them, or in a folder. The template carries no line numbers and no dates, so that a change of it shows
what changed.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"N_": None, "text": None, "tr": None, "plural": (1, 2)}
"""Functions and methods whose first argument is a message; plural has two."""
SOURCES = ("casemgr", "ui", "main.py")
HEADER = "# Words of casemgr. Licence: MPL-2.0, as the program itself.\n#"
DROPPED = tuple(
    f'"{header}:'
    for header in ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Report-Msgid-Bugs-To", "Last-Translator",
                   "Language-Team", "Project-Id-Version")
)  # fmt: skip
"""Headers that say nothing here, or that would differ from one run or machine to the next."""


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Yield each Python file that may speak to a person, in a fixed order."""
    for name in SOURCES:
        place = root / name
        found = [place] if place.is_file() else sorted(place.rglob("*.py"))
        yield from (file for file in found if "migrations" not in file.parts)


def template(root: Path = ROOT) -> Catalog:
    """Return every message of the source, its translations empty."""
    catalogue = Catalog(project="casemgr", copyright_holder="", header_comment=HEADER, charset="utf-8", fuzzy=False)
    for file in sources(root):
        for _line, message, comments, _context in extract_from_file(
            "python", file, keywords=KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
        ):
            if message:
                catalogue.add(message, auto_comments=comments)
    return catalogue


def rendered(catalogue: Catalog) -> str:
    """Return a catalogue as the text of its file: sorted, without places in the source and without dates."""
    target = io.BytesIO()
    write_po(target, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, width=0)
    lines = target.getvalue().decode("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(DROPPED)).strip() + "\n"


def languages(root: Path = ROOT) -> dict[str, Path]:
    """Return the catalogue file of each language."""
    return {file.parent.parent.name: file for file in sorted(root.glob("translations/*/LC_MESSAGES/casemgr.po"))}


def read(file: Path, language: str) -> Catalog:
    """Return a language's catalogue as its file has it."""
    with file.open("rb") as source:
        return read_po(source, locale=language)


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return the messages that a person would meet in English in a catalogue of another language."""
    return [message for message in catalogue if message.id and not _is_complete(message)]


def _is_complete(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def update(root: Path = ROOT) -> int:
    """Write the template and bring each language up to date; return how many messages are untranslated."""
    (root / "translations" / "casemgr.pot").write_text(rendered(template(root)), "utf-8", newline="\n")
    missing = 0
    for language in ("en", "km"):
        file = root / "translations" / language / "LC_MESSAGES" / "casemgr.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        new = Catalog(locale=language, header_comment=HEADER, fuzzy=False)
        catalogue = read(file, language) if file.is_file() else new
        catalogue.update(template(root), no_fuzzy_matching=True)
        if language == "en":
            _say_as_written(catalogue)
        file.write_text(rendered(catalogue), "utf-8", newline="\n")
        gaps = untranslated(catalogue)
        missing += len(gaps)
        print(f"{language}: {len(catalogue)} messages, {len(gaps)} untranslated")
        for message in gaps:
            print(f"   {message.id!r}")
    return missing


def _say_as_written(catalogue: Catalog) -> None:
    """English is the language of the source: each message is its own translation."""
    for message in catalogue:
        if message.id and not _is_complete(message):
            message.string = message.id


def compile_all(root: Path = ROOT, target: Path | None = None) -> list[Path]:
    """Write a .mo file for each language, beside its source or, below a target folder, in the same tree.

    A file is put in place whole, so that a program starting meanwhile reads the old one or the new one.
    """
    written = []
    for language, source in languages(root).items():
        place = (target / language / "LC_MESSAGES" if target else source.parent) / "casemgr.mo"
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_suffix(".mo-new")
        with half.open("wb") as file:
            write_mo(file, read(source, language))
        half.replace(place)
        written.append(place)
    return written


if __name__ == "__main__":
    if sys.argv[1:2] == ["compile"] and len(sys.argv) < 4:
        compile_all(target=Path(sys.argv[2]) if sys.argv[2:] else None)
    elif sys.argv[1:] == ["update"]:
        update()
    else:
        sys.exit("usage: words.py update | compile [FOLDER]")
