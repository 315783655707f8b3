"""Printed forms: composed from the records, drawn, and written down as printed."""

import tempfile
from pathlib import Path
from uuid import UUID

from casemgr.i18n import N_, Words
from casemgr.pace import Cancelled, Progress
from casemgr.printing.blocks import Paper
from casemgr.printing.forms import FORMS, Form
from casemgr.printing.page import draw
from casemgr.records.case import Case
from casemgr.services import case_files
from casemgr.services.office import Office, Right
from casemgr.trouble import NoSuch, Refusal


def form_named(name: str) -> Form:
    """Return the form of that name. Raises NoSuch."""
    for form in FORMS:
        if form.name == name:
            return form
    raise NoSuch(N_("There is no form {name}."), name=name)


def compose(
    office: Office, form_name: str, case_id: UUID, language: str | None = None, *, record_id: UUID | None = None,
    with_restricted: bool = False,
) -> Paper:  # fmt: skip
    """Return a form filled from a case, in the paper's language (the office's unless given).

    record_id says which record where a case has several; without it the form takes the one it is for. Raises NoSuch.
    """
    form = form_named(form_name)
    with office.read(Right.PRINT) as work:
        file = case_files.read_case_file(work, case_id, office.staff.id)
    return form.compose(file, record_id, office.settings, paper_words(office, language), with_restricted)


def print_form(
    office: Office, form_name: str, case_id: UUID, language: str | None = None, *, record_id: UUID | None = None,
    with_restricted: bool = False, how: str = "pdf", progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:  # fmt: skip
    """Return a filled form as PDF and write down that it was made. how: pdf, printer or preview. Raises NoSuch.

    progress, cancelled: as in printing.page.draw.
    """
    paper = compose(office, form_name, case_id, language, record_id=record_id, with_restricted=with_restricted)
    data = draw(paper, paper_words(office, language), progress=progress, cancelled=cancelled)
    if how != "preview":
        log_printed(
            office, form_name, case_id, language or office.settings.language, how, record_id=record_id,
            with_restricted=with_restricted,
        )  # fmt: skip
    return data


def log_printed(
    office: Office, form_name: str, case_id: UUID, language: str, how: str, *, record_id: UUID | None = None,
    with_restricted: bool = False,
) -> None:  # fmt: skip
    """Write down that a form left the screen: how is pdf or printer; record_id as in compose. Raises NoSuch."""
    said = {"form": form_name, "language": language, "how": how, "with_restricted": with_restricted}
    with office.write(Right.PRINT) as work:
        case = work.get(Case, case_id)
        work.note(
            "printed", "Form", record_id, case_id=case.id, child_id=case.child_id,
            changes={name: [None, value] for name, value in said.items()},
        )  # fmt: skip


def log_list_printed(office: Office, what: str, language: str | None, how: str, **said: object) -> None:
    """Write down that a printed list left the screen: its name, language and how as in log_printed, and what is said.

    said: {name: plain value} of what tells this list from others.
    """
    told = {"what": what, "language": language or office.settings.language, "how": how} | said
    with office.write(Right.PRINT) as work:
        work.note("printed", "List", changes={name: [None, value] for name, value in told.items()})


def save_paper(path: Path, data: bytes, office_folder: Path | None = None) -> None:
    """Write a paper to a file, whole or not at all, for its owner's eyes alone; a link is followed.

    Raises Refusal for a path inside the office's folder or one that is no ordinary file, and OSError.
    """
    target = check_target(path, office_folder)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".paper-", delete=False) as part:
        try:
            part.write(data)
            part.close()
            Path(part.name).replace(target)
        except BaseException:
            part.close()
            Path(part.name).unlink()
            raise


def check_target(path: Path, office_folder: Path | None = None) -> Path:
    """Return the file that a paper would be written to. Raises Refusal as save_paper does."""
    target = path.resolve()
    if office_folder is not None and target.is_relative_to(office_folder.resolve()):
        raise Refusal(N_("This is the office's own folder. Choose another folder for papers."))
    if target.exists() and not target.is_file():
        raise Refusal(N_("This is not a file that can be written. Choose another name."))
    return target


def blank_form(office: Office | None, form_name: str, language: str = "km") -> bytes:
    """Return a form to be filled by hand as PDF, with the office's head where an office is given. Raises NoSuch."""
    form = form_named(form_name)
    words = paper_words(office, language) if office else Words(language, "khmer" if language == "km" else "western")
    return draw(form.compose(None, None, office.settings if office else None, words, False), words)


def worker_name(office: Office, words: Words) -> str:
    """Return the name of who works with the program, in the script of these words where it is known."""
    name = office.staff.name if words.language == "km" else office.staff.name_latin
    return name or office.staff.name or ""


def paper_words(office: Office, language: str | None) -> Words:
    """Return the words of a paper: its own language, the office's figures (Khmer figures on Khmer paper alone)."""
    chosen = language or office.settings.language
    return Words(chosen, office.settings.digits if chosen == "km" else "western")
