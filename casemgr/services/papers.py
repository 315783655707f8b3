"""Printed forms: composed from the records, drawn, and written down as printed."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.i18n import BOTH, N_, TwoLanguages, Words
from casemgr.law.limits import load_limits
from casemgr.printing.blocks import Paper
from casemgr.printing.forms import FORMS, Form, Naming, Reader, Wanted
from casemgr.printing.page import draw, joined
from casemgr.records.beside.consent import Consent, ConsentScope, allows, withdrawn_from
from casemgr.records.case import Case
from casemgr.records.kept import LimitCorrection
from casemgr.services import case_files
from casemgr.services.case_files import CaseFile
from casemgr.services.office import Office, Right
from casemgr.services.readers import demand_case
from casemgr.store.work import Work
from casemgr.trouble import NoSuch, Refusal, Stopped

NAME_LEAVES = N_(
    "This paper bears the child's name and goes to somebody outside the office. The family has allowed sharing. Give "
    "it only to those whom the consent names."
)
NAME_WITHOUT_CONSENT = N_(
    "This paper bears the child's name and goes to somebody outside the office, but no consent in the case allows "
    "sharing. Ask the child and the family first, or print it with the code."
)

NAME_WITHDRAWN = N_(
    "This paper bears the child's name and goes to somebody outside the office, but the consent to sharing was "
    "withdrawn. Give it to nobody, unless a court orders it or somebody is in danger; or print it with the code."
)


@dataclass(frozen=True)
class PaperChoice:
    """How a worker wants a form.

    language: "km", "en" or "both" (Khmer with English beneath what is printed on the form), the office's for None.
    by_hand: with every question and room to write. with_restricted: with the answers for named staff alone. named:
    with the child's name or with the code; None: as the form's purpose needs.
    """

    language: str | None = None
    by_hand: bool = False
    with_restricted: bool = False
    named: bool | None = None


AS_USUAL = PaperChoice()


def form_named(name: str) -> Form:
    """Return the form of that name. Raises NoSuch."""
    for form in FORMS:
        if form.name == name:
            return form
    raise NoSuch(N_("There is no form {name}."), name=name)


def bears_name(form: Form, choice: PaperChoice) -> bool:
    """Return whether a form bears the child's name when it is wanted so."""
    if form.naming is Naming.ALWAYS:
        return True
    return form.naming is Naming.NAME if choice.named is None else choice.named


def compose(
    office: Office, form_name: str, case_id: UUID, choice: PaperChoice = AS_USUAL, *, record_id: UUID | None = None
) -> Paper:  # fmt: skip
    """Return a form filled from a case.

    record_id says which record where a case has several; without it the form takes the newest. Raises NoSuch, and
    NotAllowed for another worker's case.
    """
    form = form_named(form_name)
    with office.read(Right.READ_CASES, Right.PRINT) as work:
        file = case_files.read_case_file(office, work, case_id)
        limits = load_limits(work.read(LimitCorrection))
    wanted = Wanted(
        paper_words(office, choice.language), office.settings, file, record_id, choice.by_hand,
        choice.with_restricted, bears_name(form, choice), office.staff, limits,
    )  # fmt: skip
    return form.compose(wanted)


def print_form(
    office: Office, form_name: str, case_id: UUID, choice: PaperChoice = AS_USUAL, *, record_id: UUID | None = None,
    how: str = "pdf",
) -> bytes:  # fmt: skip
    """Return a filled form as PDF and write down that it was made. how: pdf, printer or preview. Raises NoSuch."""
    paper = compose(office, form_name, case_id, choice, record_id=record_id)
    data = draw(paper, paper_words(office, choice.language))
    if how != "preview":
        log_printed(office, form_name, case_id, choice, how, record_id=record_id)
    return data


def log_printed(
    office: Office, form_name: str, case_id: UUID, choice: PaperChoice, how: str, *, record_id: UUID | None = None
) -> None:  # fmt: skip
    """Write down that a form left the screen: how is pdf or printer; record_id as in compose. Raises NoSuch."""
    with office.write(Right.READ_CASES, Right.PRINT) as work:
        _log(work, office, form_named(form_name), demand_case(office, work, case_id), choice, how, record_id)


def _log(
    work: Work, office: Office, form: Form, case: Case, choice: PaperChoice, how: str, record_id: UUID | None
) -> None:  # fmt: skip
    said = {
        "form": form.name, "language": choice.language or office.settings.language, "how": how,
        "with_restricted": choice.with_restricted, "named": bears_name(form, choice), "by_hand": choice.by_hand,
    }  # fmt: skip
    work.note(
        "printed", "Form", record_id, case_id=case.id, child_id=case.child_id,
        changes={name: [None, value] for name, value in said.items()},
    )  # fmt: skip


class Offered(NamedTuple):
    """A form that a case needs now; record_id: for which record, None for the case as a whole."""

    form: Form
    record_id: UUID | None


def papers_now(file: CaseFile) -> list[Offered]:
    """Return the papers that the stage of a case needs, in the order of the forms."""
    return [Offered(form, record_id) for form in FORMS for record_id in form.wanted_now(file)]


def name_warning(form: Form, file: CaseFile, choice: PaperChoice) -> str | None:
    """Return the message for the worker before a paper with the child's name goes to somebody outside; None: none.

    A consent that allows sharing is looked for on today's date; without one the warning says so.
    """
    if form.reader is not Reader.OTHERS or not bears_name(form, choice):
        return None
    consents, today = file.of(Consent), clock.today()
    if allows(consents, ConsentScope.SHARING, today):
        return NAME_LEAVES
    withdrawn = withdrawn_from(consents, ConsentScope.SHARING, today) is not None
    return NAME_WITHDRAWN if withdrawn else NAME_WITHOUT_CONSENT


def batch(
    office: Office, form_name: str, case_ids: Sequence[UUID], choice: PaperChoice = AS_USUAL, *,
    progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> bytes:  # fmt: skip
    """Return one form for many cases as a single PDF, case by case in that order, each with pages of its own.

    Each is written down as printed. progress is told how many are made, and of how many; where cancelled says so,
    Stopped is raised and nothing is written down. Raises NoSuch, and Refusal for no case.
    """
    office.demand(Right.READ_CASES, Right.PRINT)
    form = form_named(form_name)
    if not case_ids:
        raise Refusal(N_("Choose at least one case."), fields=("cases",))
    words, made = paper_words(office, choice.language), []
    for number, case_id in enumerate(case_ids, start=1):
        if cancelled is not None and cancelled():
            raise Stopped
        made.append(draw(compose(office, form_name, case_id, choice), words))
        if progress is not None:
            progress(number, len(case_ids))
    with office.write(Right.READ_CASES, Right.PRINT) as work:
        for case_id in case_ids:
            _log(work, office, form, demand_case(office, work, case_id), choice, "batch", None)
    return joined(made)


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
    words = paper_words(office, language) if office else _words(language, "khmer")
    return draw(form.compose(Wanted(words, office.settings if office else None)), words)


def worker_name(office: Office, words: Words) -> str:
    """Return the name of who works with the program, in the script of these words where it is known."""
    name = office.staff.name if words.language == "km" else office.staff.name_latin
    return name or office.staff.name or ""


def paper_words(office: Office, language: str | None) -> Words:
    """Return the words of a paper: its own language, the office's figures (Khmer figures on Khmer paper alone)."""
    return _words(language or office.settings.language, office.settings.digits)


def _words(language: str, khmer_digits: str) -> Words:
    if language == BOTH:
        return TwoLanguages(khmer_digits)
    return Words(language, khmer_digits if language == "km" else "western")
