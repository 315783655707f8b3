"""What may be wrong with the pages of a form as they are drawn: `problems` names it, page by page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from drawn_pages import Box, Line, Page, read
from reportlab.lib.pagesizes import A4

from casemgr.i18n import LANGUAGES, TwoLanguages, Words
from casemgr.printing.document import BOTTOM, LEFT, RIGHT, SIGNING, TOP
from casemgr.printing.face import Styles
from casemgr.printing.fonts import BOLD
from casemgr.printing.labels import beneath

OVERHANG = 2.0  # points that signs and strokes may stand out of their box
TOUCH = 0.2  # em: two lines may come so near each other, as stacked signs do
CROSSED = 0.12  # of its height or width: a rule so deep in a text crosses it
HEAD_GREY = range(230, 245)  # the ground of a table's head
UNDERLINE = (0.16, 0.05)  # em: where an underline stands below its text, and how thick it is
BENEATH = 14.5  # points: lines of text stand further apart than a label and what is beneath it
ABOVE_SIGNATURE, BELOW_SIGNATURE = 45.0, 150.0  # points: within these stand who signs, and the name

NOT_FIRST = frozenset("។៕៖ៗ៘៚)»") | frozenset(map(chr, (*range(0x17B4, 0x17D4), 0x17DD)))
NOT_LAST = frozenset("(«\u17d2")


def problems(pdf: bytes, scale: float = 1.0) -> list[str]:
    """Return what is wrong with the pages of a form, each as a sentence with its page; nothing when all is well.

    scale is the paper's: by how much its type is enlarged.
    """
    pages = read(pdf, scale)
    found = [f"page {page.number}: {told}" for page in pages for check in CHECKS for told in check(page)]
    return [*found, *_parted(pages)]


def _outside(page: Page) -> Iterator[str]:
    """Text or strokes outside the margins."""
    room = Box(LEFT - OVERHANG, BOTTOM - OVERHANG, A4[0] - RIGHT + OVERHANG, A4[1] - TOP + OVERHANG)
    pieces = [(line.text, line.box) for line in page.inked] + [("a stroke", stroke.box) for stroke in page.drawn]
    for text, box in pieces:
        sides = [side for side, out in zip(
            ("left", "bottom", "right", "top"),
            (box.left < room.left, box.bottom < room.bottom, box.right > room.right, box.top > room.top), strict=True,
        ) if out]  # fmt: skip
        if sides:
            yield f"outside the margin ({', '.join(sides)}): {_short(text)}"


def _overlapping(page: Page) -> Iterator[str]:
    """Lines whose ink lies noticeably in that of others."""
    lines = sorted(page.inked, key=lambda line: line.box.bottom)
    for index, line in enumerate(lines):
        for other in lines[index + 1 :]:
            if other.box.bottom >= line.box.top:
                break
            if _meet(line.box, other.box, line, other) and any(
                _meet(one, two, line, other) for one in line.boxes for two in other.boxes
            ):
                yield f"one text in another: {_short(line.text)} / {_short(other.text)}"


def _meet(one: Box, two: Box, line: Line, other: Line) -> bool:
    wide, high = one.common(two)
    return wide > 1 and high > TOUCH * min(line.size, other.size)


def _crossed(page: Page) -> Iterator[str]:
    """Text that a ruled or dotted line runs through."""
    rules = [(segment, stroke.thick) for stroke in page.drawn for segment in stroke.segments]
    for line in page.inked:
        left, bottom, right, top = line.box
        near = [
            rule for rule in rules
            if rule[0].bottom < top and rule[0].top > bottom and rule[0].left < right and rule[0].right > left
        ]  # fmt: skip
        if any(_runs_through(rule, thick, box, line) for rule, thick in near for box in line.boxes):
            yield f"crossed by a line: {_short(line.text)}"


def _runs_through(rule: Box, thick: float, box: Box, line: Line) -> bool:
    wide, high = rule.common(box)
    if rule.top - rule.bottom <= 0.01:  # across
        below = (line.baseline - rule.top) / line.size
        if abs(below - UNDERLINE[0]) < 0.01 and abs(thick / line.size - UNDERLINE[1]) < 0.01:
            return False
        deep = max(CROSSED * (box.top - box.bottom), 0.8)
        return wide > 1.5 and box.bottom + deep < rule.top < box.top - deep
    if rule.right - rule.left <= 0.01:
        deep = max(min(CROSSED * (box.right - box.left), 1.5), 0.8)
        return high > 1.5 and box.left + deep < rule.left < box.right - deep
    return False


def _glyphs(page: Page) -> Iterator[str]:
    """Boxes in place of letters, and dotted circles under signs without a letter."""
    yield from page.glyphs


def _ends(page: Page) -> Iterator[str]:
    """Lines that begin or end with what may not stand there."""
    for line in page.lines:
        text = line.text.strip(" \u200b\u00a0")
        if text and (text[0] in NOT_FIRST or text[-1] in NOT_LAST):
            yield f"a line begins or ends in the middle of a word: {_short(line.text)}"


def _orphan(page: Page) -> Iterator[str]:
    """A heading, or a label that stands above its answer, as the last thing of a page."""
    headings, below = _heading_looks(page.words.language, page.scale)
    rows = page.rows()
    while rows and all(line.looks <= below for line in rows[-1]):
        rows.pop()
    if not rows or not all(line.looks <= headings for line in rows[-1]):
        return
    baseline = min(line.baseline for line in rows[-1])
    wide = A4[0] - LEFT - RIGHT - 2
    rules = [
        stroke for stroke in page.drawn
        if stroke.box.top - stroke.box.bottom < 2 and stroke.box.right - stroke.box.left > wide and stroke.thick < 0.65
        and baseline - 14 < stroke.box.bottom and stroke.ground is None
    ]  # fmt: skip
    if not any(stroke.box.bottom < baseline + 1 for stroke in page.drawn if stroke not in rules):
        yield f"a heading alone at the foot: {_short(rows[-1][0].text)}"


def _one_line(page: Page) -> Iterator[str]:
    """A page with nothing but one line, typed or to be written on; a label and the one beneath it count as one."""
    rows: list[float] = []
    for row in page.rows():
        if all(abs(row[0].baseline - other) > BENEATH for other in rows):
            rows.append(row[0].baseline)
    for stroke in page.drawn:
        middle = (stroke.box.bottom + stroke.box.top) / 2
        if all(abs(middle - row) > 10 for row in rows):
            rows.append(middle)
    if len(rows) <= 1:
        yield "nothing but one line on the page"


def _head_alone(page: Page) -> Iterator[str]:
    """The head of a table as the last thing of a page."""
    for stroke in page.drawn:
        if stroke.ground in HEAD_GREY and stroke.box.right - stroke.box.left > 10:
            below = [other for other in page.drawn if other.box.bottom < stroke.box.bottom - 3]
            if not below and not any(line.baseline < stroke.box.bottom - 1 for line in page.inked):
                yield "the head of a table alone at the foot"
                return


def _torn_signatures(page: Page) -> Iterator[str]:
    """A place to sign without who signs above it, or without the name below it."""
    for mark in _signatures(page):
        above = any(0 < line.baseline - mark < ABOVE_SIGNATURE for line in page.inked)
        below = any(0 < mark - line.baseline < BELOW_SIGNATURE for line in page.inked)
        if not (above and below):
            yield "a place to sign is torn"


def _parted(pages: Sequence[Page]) -> Iterator[str]:
    """Places to sign that end one page and begin the next."""
    for page, following in pairwise(pages):
        ends, begins = _signatures(page), _signatures(following)
        if not (ends and begins):
            continue
        last, first = min(ends), max(begins)
        after = min(line.baseline for line in page.inked)
        before = [line for line in following.inked if line.baseline > first]
        if last - after < BELOW_SIGNATURE and _is_of_signers(before, first):
            yield f"page {page.number}: those who sign are parted from others on the next page"


def _is_of_signers(lines: Sequence[Line], mark: float) -> bool:
    """Tell whether what stands above a place to sign is no more than date and role."""
    return len({round(line.baseline) for line in lines}) <= 6 and all(line.baseline - mark < 110 for line in lines)


def _signatures(page: Page) -> list[float]:
    """Return the baselines of the words below which one signs."""
    body = Styles(page.words.language == "km").body.size
    heads = [stroke.box for stroke in page.drawn if stroke.ground in HEAD_GREY]
    found = [line.baseline for line in page.inked if line.text in _signing() and line.size < body]
    return [at for at in found if not any(box.bottom < at < box.top for box in heads)]


CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    _outside, _overlapping, _crossed, _glyphs, _ends, _orphan, _one_line, _head_alone, _torn_signatures,
)  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


@lru_cache
def _signing() -> frozenset[str]:
    """Return the words below which one signs, on a paper of each language and of two."""
    said = (words.label(SIGNING["signature"]) for words in (*map(Words, LANGUAGES), TwoLanguages()))
    return frozenset(text.replace("\n", " / ") for text in said)


Looks = frozenset[tuple[str, float]]


@lru_cache
def _heading_looks(language: str, scale: float) -> tuple[Looks, Looks]:
    """Return font and size of what leads to something else, and of the other language below it.

    It is the title, headings with their numbers, and labels above their answers.
    """
    styles = Styles(language == "km", scale)
    leading = (styles.title, styles.section, styles.subsection, styles.above)
    looks = {(style.font, style.size) for style in leading[:3]} | {(BOLD, styles.above.size)}
    looks |= {(BOLD, style.size + 1) for style in (styles.section, styles.subsection)}
    return _told(looks), _told((beneath(style).font, beneath(style).size) for style in leading)


def _told(looks: Iterable[tuple[str, float]]) -> Looks:
    """Return the looks as a page says them."""
    return frozenset((font, float(f"{size:g}")) for font, size in looks)
