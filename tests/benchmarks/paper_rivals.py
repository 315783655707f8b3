"""The same papers by other means: plain ReportLab without shaping, WeasyPrint, and LibreOffice.

Each gets the words of a paper with the places where lines may break already found, and the program's fonts. WeasyPrint
is no dependency: CASEMGR_WEASYPRINT names a Python that has it; else the one of `weasyprint` on the path is taken.
"""

import io
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, SimpleDocTemplate, Table
from reportlab.platypus import Paragraph as PlainParagraph

from casemgr import assets
from casemgr.khmer.breaks import with_breaks
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    Cards,
    Faces,
    Framed,
    Heading,
    Note,
    Paper,
    Points,
    Signatures,
    TableBlock,
    Text,
    Ticks,
    Together,
)
from casemgr.printing.content import plain

FONT = "Battambang-Regular.ttf"
STYLE = """
@page { size: A4; margin: 44pt 50pt 60pt 60pt }
body { font-family: Battambang; font-size: 10.5pt; line-height: 1.75; text-align: justify }
h1, h2, h3 { font-family: Moul; font-weight: normal; text-align: left } h1 { font-size: 13pt; text-align: center }
h2 { font-size: 10.5pt; border-bottom: 0.6pt solid black } h3 { font-family: Battambang; font-size: 11pt }
table { width: 100%; border-collapse: collapse } .asked td { border: none; width: 25% }
td, th { border: 0.5pt solid black; padding: 2pt 4pt; font-size: 9.5pt; vertical-align: top }
"""
WEASY = """
import json, sys, time
start = time.perf_counter()
import weasyprint
told = {"import": time.perf_counter() - start, "times": []}
rounds, *names = sys.argv[1:]
for round in range(int(rounds)):
    told["times"].append([])
    for name in names:
        start = time.perf_counter()
        weasyprint.HTML(filename=name).write_pdf(name + ".weasy.pdf")
        told["times"][-1].append(time.perf_counter() - start)
print(json.dumps(told))
"""
TYPST = """
import json, sys, time
import typst
fonts, rounds, *names = sys.argv[1:]
found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
told = {"times": []}
for round in range(int(rounds)):
    told["times"].append([])
    for name in names:
        text = open(name, encoding="utf-8").read() + f"\\n// {round}\\n"  # another text each time, or it would remember
        open(name, "w", encoding="utf-8").write(text.replace("ROUND", str(round)))
        start = time.perf_counter()
        compiler = typst.Compiler(name, font_paths=found)
        made = compiler.compile(format="pdf")
        told["times"][-1].append(time.perf_counter() - start)
        open(name + ".typst.pdf", "wb").write(made)
print(json.dumps(told))
"""
TYPST_STYLE = """
#set page(paper: "a4", margin: (top: 44pt, right: 50pt, bottom: 60pt, left: 60pt))
#set text(font: "Battambang", size: 10.5pt, lang: "km")
#set par(justify: true, leading: 8pt)
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def blocks_of(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, those inside others by themselves."""
    for block in blocks:
        if isinstance(block, Framed | Together):
            yield from blocks_of(block.blocks)
        else:
            yield block


def texts_of(block: Block) -> list[str]:
    """Return what a block says, but a table's cells."""
    match block:
        case Heading(number, text):
            return [f"{number} {text}"]
        case Text(content):
            return [plain(content)]
        case Points(items, numbers):
            return [f"{mark} {item}" for mark, item in zip(numbers or ["–"] * len(items), items, strict=True)]
        case Note(text):
            return [text]
        case Answer(label, value):
            return [f"{label} {value or '……………………'}"]
        case AnswerGrid(answers):
            return [text for answer in answers for text in texts_of(answer)]
        case Ticks(label, options):
            return [" ".join([label, *(f"{'■' if ticked else '□'} {text}" for text, ticked in options)])]
        case Signatures(signers):
            return [f"{signer.role} {signer.name or '……………'} {signer.date or '……………'}" for signer in signers]
        case Cards(cards):
            return [text for _, text in cards]
        case Faces(question, faces):
            return [question, *(text for _, text in faces)]
        case _:
            return []


def as_html(paper: Paper) -> str:
    """Return a paper as a page for browsers, in the program's fonts, lines broken where ours may break."""
    parts = [f"<h1>{_html(paper.title)}</h1><p>{_html(paper.office)}</p>"]
    for block in blocks_of(paper.blocks):
        match block:
            case TableBlock(heads, rows):
                parts.append(_table([heads], "th") + _table([[cell or "" for cell in row] for row in rows], "td"))
            case AnswerGrid(answers):
                cells = [text for answer in answers for text in (answer.label, answer.value or "……………")]
                parts.append(_table([cells[at : at + 4] for at in range(0, len(cells), 4)], "td", "asked"))
            case Heading(level=level):
                parts += [f"<h{level + 1}>{_html(text)}</h{level + 1}>" for text in texts_of(block)]
            case _:
                parts += [f"<p>{_html(text)}</p>" for text in texts_of(block)]
    body = "\n".join(parts).replace("</table><table>", "")
    return f'<!DOCTYPE html><html lang="km"><meta charset="utf-8"><style>{STYLE}</style><body>{body}</body></html>'


def _table(rows: Sequence[Sequence[str]], tag: str, kind: str = "") -> str:
    lines = "".join("<tr>" + "".join(f"<{tag}>{_html(cell)}</{tag}>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="{kind}">{lines}</table>' if kind else f"<table>{lines}</table>"


def _html(text: str) -> str:
    return escape(with_breaks(text)).replace("\n", "<br>")


class Plain:
    """The words of a paper by ReportLab's own paragraphs and tables, which shape nothing."""

    def __init__(self, paper: Paper) -> None:
        """Find the breaks; ReportLab needs spaces there."""
        pdfmetrics.registerFont(TTFont("Bench", str(assets.font(FONT)), shapable=False))
        self.style = ParagraphStyle("plain", fontName="Bench", fontSize=10.5, leading=18.4, alignment=4)
        self.said: list[list[str] | list[list[str]]] = [[self._spaced(paper.title)]]
        for block in blocks_of(paper.blocks):
            if isinstance(block, TableBlock):
                rows = [block.heads, *([cell or "" for cell in row] for row in block.rows)]
                self.said.append([[self._spaced(cell) for cell in row] for row in rows])
            else:
                self.said.append([self._spaced(text) for text in texts_of(block)])

    @staticmethod
    def _spaced(text: str) -> str:
        return escape(with_breaks(text).replace("\u200b", " ").replace("□", "o").replace("■", "x"))

    def draw(self) -> bytes:
        """Return the PDF."""
        story: list[Flowable] = []
        for told in self.said:
            if told and isinstance(told[0], list):
                cells: list[Any] = [[PlainParagraph(cell, self.style) for cell in row] for row in told]
                story.append(Table(cells, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
            else:
                story += [PlainParagraph(text, self.style) for text in told]  # type: ignore[arg-type]
        target = io.BytesIO()
        SimpleDocTemplate(target, invariant=1).build(story)
        return target.getvalue()


def as_typst(paper: Paper) -> str:
    """Return a paper as a text for Typst, in the program's fonts, lines broken where ours may break."""
    parts = [TYPST_STYLE, f"#align(center, {_typst(paper.title)})", f"#{_typst(paper.office)}"]
    for block in blocks_of(paper.blocks):
        if isinstance(block, TableBlock):
            cells = [*block.heads, *(cell or "" for row in block.rows for cell in row)]
            said = ", ".join(_typst(cell) for cell in cells)
            parts.append(f"#table(columns: {len(block.heads)}, stroke: 0.5pt, {said})")
        else:
            parts += [f"#par({_typst(text)})" for text in texts_of(block)]
    return "\n\n".join(parts)


def _typst(text: str) -> str:
    return "text(" + json.dumps(with_breaks(text), ensure_ascii=False) + ")"


def typst_times(papers: Sequence[str], rounds: int) -> dict[str, Any]:
    """Return seconds: "times" of each round and paper, its start left out; or "missing", with the reason.

    Typst remembers what it has set; each paper is set anew as a text it has not seen.
    """
    python = os.environ.get("CASEMGR_TYPST")
    if python is None or _fails([python, "-c", "import typst"]):
        return {"missing": "Typst is not there (CASEMGR_TYPST names a Python that has it)"}
    with tempfile.TemporaryDirectory() as made:
        names = _written(papers, Path(made), "typ")
        command = [python, "-c", TYPST, str(assets.font(FONT).parent), str(rounds), *names]
        done = subprocess.run(command, capture_output=True, check=True)
        told: dict[str, Any] = json.loads(done.stdout)
        return told | {"pages": _pages(Path(made), "*.typst.pdf")}


def weasyprint_times(pages: Sequence[str], rounds: int) -> dict[str, Any]:
    """Return seconds: "start" for loading it, "times" of each round and paper; or "missing", with the reason."""
    python = os.environ.get("CASEMGR_WEASYPRINT") or _python_of(shutil.which("weasyprint"))
    if (
        python is None
        or subprocess.run([python, "-c", "import weasyprint"], capture_output=True, check=False).returncode
    ):
        return {"missing": "WeasyPrint is not installed (CASEMGR_WEASYPRINT names a Python that has it)"}
    with tempfile.TemporaryDirectory() as made:
        names = _written(pages, Path(made))
        command = [python, "-c", WEASY, str(rounds), *names]
        done = subprocess.run(command, capture_output=True, env=_environment(Path(made)), check=True)
        told = json.loads(done.stdout)
        return {"start": told["import"], "times": told["times"], "pages": _pages(Path(made), "*.weasy.pdf")}


def _fails(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def _python_of(program: str | None) -> str | None:
    """Return the Python that runs an installed program: its first line says."""
    if program is None:
        return None
    return Path(program).read_text("utf-8").splitlines()[0].removeprefix("#!").strip()


def libreoffice_times(pages: Sequence[str]) -> dict[str, Any]:
    """Return seconds: "one" for the first paper alone, "all" for all in one call, start included; or "missing"."""
    program = shutil.which("soffice")
    if program is None:
        return {"missing": "LibreOffice is not installed"}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        names = _written(pages, folder)
        _convert(program, folder, names[:1])  # makes its profile, once for a user
        if not _pages(folder / "out", "*.pdf"):
            return {"missing": "LibreOffice has no Writer (apt-get install libreoffice-writer-nogui)"}
        return {
            "one": _convert(program, folder, names[:1]),
            "all": _convert(program, folder, names),
            "pages": _pages(folder / "out", "*.pdf"),
        }


def _convert(program: str, folder: Path, names: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=HTML (StarWriter)",
         "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out"), *names],
        env=_environment(folder), capture_output=True, timeout=600, check=True,
    )  # fmt: skip
    return time.perf_counter() - start


def _written(pages: Sequence[str], folder: Path, ending: str = "html") -> list[str]:
    names = []
    for number, page in enumerate(pages):
        file = folder / f"{number:03}.{ending}"
        file.write_text(page, "utf-8")
        names.append(str(file))
    return names


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment in which other programs find the program's fonts."""
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(fonts=assets.font(FONT).parent, cache=folder / "cache"), "utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(settings)}


def _pages(folder: Path, pattern: str) -> int:
    import pypdfium2

    total = 0
    for file in folder.glob(pattern):
        with pypdfium2.PdfDocument(file.read_bytes()) as document:
            total += len(document)
    return total
