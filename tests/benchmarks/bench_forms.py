"""Every printed form in Khmer, filled, against the same words unshaped, by WeasyPrint, by Typst, and by LibreOffice.

All are measured in the same run. Word breaks are known beforehand to each. The ratios are of seconds for the same
papers, whatever number of pages each makes of them. LibreOffice takes all papers in one call; what starting it
takes is told apart, as is the first paper alone, start included.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "printing"))

from paper_rivals import Plain, as_html, as_typst, libreoffice_times, typst_times, weasyprint_times
from sample_case import sample_case, wanted, words_in

from casemgr.printing.blocks import Paper
from casemgr.printing.forms import FORMS, Form
from casemgr.printing.page import draw

ROUNDS = 5
WORDS = words_in("km")


def paper_of(form: Form) -> Paper:
    """Return a form in Khmer, filled from the sample case."""
    return form.compose(wanted("km", sample_case(form.name)))


def _seconds(make: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    make()
    return time.perf_counter() - start


def run() -> dict[str, object]:
    """Return seconds of all forms by each means, the ratios, and for each form its own."""
    papers = {form.name: paper_of(form) for form in FORMS}
    plain = {name: Plain(paper) for name, paper in papers.items()}
    ours_times: dict[str, list[float]] = {name: [] for name in papers}
    plain_times: dict[str, list[float]] = {name: [] for name in papers}
    pages = {name: draw(paper, WORDS).count(b"/Type /Page\n") for name, paper in papers.items()}  # warms the breaks
    for _ in range(ROUNDS):
        for name, paper in papers.items():
            ours_times[name].append(_seconds(lambda paper=paper: draw(paper, WORDS)))  # type: ignore[misc]
            plain_times[name].append(_seconds(plain[name].draw))
    ours = {name: statistics.median(times) for name, times in ours_times.items()}
    floor = {name: statistics.median(times) for name, times in plain_times.items()}
    total, all_pages = sum(ours.values()), sum(pages.values())
    html = [as_html(paper) for paper in papers.values()]
    weasy, office = weasyprint_times(html, ROUNDS), libreoffice_times(html)
    answer: dict[str, object] = {
        "forms": len(papers),
        "forms_pages": all_pages,
        "forms_pages_per_second": round(all_pages / total, 1),
        "forms_to_plain_ratio": round(total / sum(floor.values()), 2),
        "forms_to_plain_goal": 3.0,
        "seconds": round(total, 3),
        "weasyprint": weasy.get("missing") or {"seconds": round(_seconds_of(weasy), 3), "pages": weasy["pages"]},
        "libreoffice": office.get("missing") or office,
        "each": {name: _each(pages[name], ours[name], floor[name]) for name in papers},
    }
    if "missing" not in weasy:
        answer["forms_to_weasyprint_ratio"] = round(total / _seconds_of(weasy), 3)
        answer["forms_to_weasyprint_goal"] = 1.0
    typst = typst_times([as_typst(paper) for paper in papers.values()], ROUNDS)
    answer["typst"] = typst.get("missing") or {"seconds": round(_seconds_of(typst), 3), "pages": typst["pages"]}
    if "missing" not in typst:
        # Typst's papers have no frames and lines to write on, and are shorter: for a page it takes still longer.
        answer["forms_to_typst_ratio"] = round(total / _seconds_of(typst), 2)
        answer["forms_to_typst_goal"] = 1.0
        answer["page_to_typst_ratio"] = round(total / all_pages * typst["pages"] / _seconds_of(typst), 2)
        answer["page_to_typst_goal"] = 1.0
    if "missing" not in office:
        # What a further paper takes once it runs: the call for all, less the call for one, for one paper fewer.
        running = max(office["all"] - office["one"], 0.001) * len(papers) / max(len(papers) - 1, 1)
        for name, seconds in (("libreoffice", office["all"]), ("running_libreoffice", running)):
            answer[f"forms_to_{name}_ratio"] = round(total / seconds, 3)
            answer[f"forms_to_{name}_goal"] = 1.0
    return answer


def _each(pages: int, ours: float, floor: float) -> dict[str, float]:
    return {"pages": pages, "pages_per_second": round(pages / ours, 1), "to_plain": round(ours / floor, 2)}


def _seconds_of(told: dict[str, list[list[float]]]) -> float:
    """Return the seconds for all papers, the median of the rounds; the start of the program left out."""
    return statistics.median(sum(times) for times in told["times"])


if __name__ == "__main__":
    for key, value in run().items():
        print(f"{key}: {value}")
