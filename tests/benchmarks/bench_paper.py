"""Pages a second of a report in Khmer, against the same words set by plain ReportLab without shaping.

Both are measured in the same run, in turns; words already met are remembered, as in an office that prints its
second report.
"""

import io
import itertools
import statistics
import time
from collections.abc import Callable

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph as PlainParagraph
from reportlab.platypus import SimpleDocTemplate

from casemgr import assets
from casemgr.i18n import Words
from casemgr.khmer.breaks import break_points
from casemgr.printing.blocks import Answer, Heading, Paper, Text
from casemgr.printing.page import draw

ROUNDS = 9
_STORY = (
    "កុមារមានទំនាស់នឹងច្បាប់ត្រូវបានចាប់ខ្លួននៅថ្ងៃទី{n} ខែវិច្ឆិកា ឆ្នាំ២០២៦ នៅស្រុកព្រៃនប់ ខេត្តព្រះសីហនុ។ "
    "មន្ត្រីនគរបាលយុត្តិធម៌បានជូនដំណឹងដល់ឪពុកម្តាយ/អាណាព្យាបាល (បើមាន) និងមេធាវីក្នុងរយៈពេល២៤ម៉ោង។ "
    "គ្រួសាររបស់កុមាររស់នៅក្នុងភូមិជាមួយជីដូនជីតា ហើយម្តាយលក់ដូរនៅផ្សារ។ The school confirmed attendance until June."
)


def _stories() -> list[str]:
    return [" ".join(_STORY.format(n=n) for n in range(start, start + 3)) for start in range(1, 41)]


def _ours() -> tuple[bytes, int]:
    blocks = [block for n, story in enumerate(_stories()) for block in (Heading(str(n + 1), "អត្តសញ្ញាណ"), Text(story))]
    blocks.append(Answer("ចុងក្រោយ", "ចប់"))
    data = draw(Paper("bench", "1", "របាយការណ៍", blocks=blocks), Words("km"))
    return data, data.count(b"/Type /Page\n")


def _plain() -> tuple[bytes, int]:
    """Set the same words with ReportLab's own paragraph, which needs spaces where lines may break."""
    style = ParagraphStyle("plain", fontName="Bench", fontSize=10.5, leading=18.4, alignment=TA_JUSTIFY)
    target = io.BytesIO()
    story = []
    for text in _SPACED:
        story += [PlainParagraph("អត្តសញ្ញាណ", style), PlainParagraph(text, style)]
    SimpleDocTemplate(target, invariant=1).build(story)
    return target.getvalue(), target.getvalue().count(b"/Type /Page\n")


def _spaced(text: str) -> str:
    points = [0, *break_points(text), len(text)]
    return " ".join(text[a:b].strip() for a, b in itertools.pairwise(points))


_SPACED = [_spaced(story) for story in _stories()]


def _seconds_a_page(make: Callable[[], tuple[bytes, int]]) -> float:
    start = time.perf_counter()
    _, pages = make()
    return (time.perf_counter() - start) / pages


def run() -> dict[str, float]:
    """Return pages a second of both, and how many times longer ours takes for a page (goal: at most 3).

    "first" is the very first report of a process, which also loads the fonts and the model of word breaks.
    """
    pdfmetrics.registerFont(TTFont("Bench", str(assets.font("Battambang-Regular.ttf")), shapable=False))
    first = _seconds_a_page(_ours)
    _plain()
    ours, plain = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds_a_page(_ours))
        plain.append(_seconds_a_page(_plain))
    ours_median, plain_median = statistics.median(ours), statistics.median(plain)
    return {
        "paper_pages_per_second": round(1 / ours_median, 1),
        "paper_pages_per_second_first": round(1 / first, 1),
        "paper_floor_pages_per_second": round(1 / plain_median, 1),
        "paper_ratio": round(ours_median / plain_median, 2),
        "paper_goal": 3.0,
        "paper_ratio_first": round(first / plain_median, 2),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
