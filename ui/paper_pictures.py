"""Every page of every printed form as a picture, for whoever looks over the papers: filled, by hand and blank."""

from collections.abc import Iterator
from pathlib import Path

from casemgr.printing.forms import FORMS, Form
from casemgr.services import case_files, lists, papers
from casemgr.services.case_files import CaseFile
from casemgr.services.office import Office
from casemgr.services.papers import PaperChoice
from ui.parts.pdf_pages import count_pages, picture

DPI = 110


def draw_papers(office: Office, target: Path, language: str) -> None:
    """Write the pages of all forms into that folder: paper-FORM-KIND-LANGUAGE-PAGE.png.

    language: "km" or "en"; with Khmer also those in both languages. Filled from the case with most records among those
    that have one the form is printed from; where none has, by hand.
    """
    files = [case_files.case_file(office, row.id, log=False) for row in lists.cases(office)]
    files.sort(key=lambda file: len(file.records), reverse=True)
    for form in FORMS:
        for kind, data in _drawn(office, form, _fitting(form, files), language):
            for page in range(count_pages(data)):
                picture(data, page, DPI).save(str(target / f"paper-{form.name}-{kind}-{page + 1}.png"))


def _fitting(form: Form, files: list[CaseFile]) -> CaseFile:
    """Return the case that a form is filled from."""
    kind = form.record
    if kind is None:
        return files[0]
    return next((file for file in files if any(form.fits(record) for record in file.of(kind))), files[0])


def _drawn(office: Office, form: Form, file: CaseFile, language: str) -> Iterator[tuple[str, bytes]]:
    for code in (language, "both") if language == "km" else (language,):
        for kind, choice in (("filled", PaperChoice(code)), ("by-hand", PaperChoice(code, by_hand=True))):
            yield f"{kind}-{code}", papers.preview_form(office, form.name, file.case.id, choice).data
        yield f"blank-{code}", papers.blank_form(office, form.name, code)
