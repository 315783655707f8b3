"""Printed forms: composed from the records, drawn, and written down as printed."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from casemgr import clock, pdfium
from casemgr.exchange.writing import told, write_whole
from casemgr.i18n import BOTH, N_, TwoLanguages, Words
from casemgr.law.limits import load_limits
from casemgr.pace import Cancelled, Progress
from casemgr.printing.blocks import Paper
from casemgr.printing.forms import FORMS, Form, Naming, Reader, Wanted
from casemgr.printing.locking import check_passphrase, locked
from casemgr.printing.page import draw, joined
from casemgr.records.beside.consent import Consent, ConsentScope, allows, withdrawn_from
from casemgr.records.case import Case
from casemgr.records.kept import LimitCorrection
from casemgr.services import case_files
from casemgr.services.case_files import CaseFile
from casemgr.services.office import Office, Right, password_problem
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
NEEDED_NAME_WITHOUT_CONSENT = N_(
    "This paper needs the child's name and goes to somebody outside the office, but no consent in the case allows "
    "sharing. Ask the child and the family first."
)
NAMES_LEAVE = N_(
    "These papers bear the names of the children and go to somebody outside the office. The families have allowed "
    "sharing. Give them only to those whom the consents name."
)
NAMES_WITHOUT_CONSENT = N_(
    "These papers bear the names of the children and go to somebody outside the office, but in some of the cases no "
    "consent allows sharing. Ask the children and the families first, or print papers with the codes."
)
NAMES_WITHDRAWN = N_(
    "These papers bear the names of the children and go to somebody outside the office, but in some of the cases the "
    "consent to sharing was withdrawn. Take those cases out, or print papers with the codes."
)
PDF, LOCKED_PDF, PRINTER = "pdf", "locked-pdf", "printer"
"""How a paper leaves: as a file that anybody can open, as one locked with a password, on paper."""

NAME_WITHDRAWN = N_(
    "This paper bears the child's name and goes to somebody outside the office, but the consent to sharing was "
    "withdrawn. Give it to nobody, unless a court orders it or somebody is in danger; or print it with the code."
)
NEEDED_NAME_WITHDRAWN = N_(
    "This paper needs the child's name and goes to somebody outside the office, but the consent to sharing was "
    "withdrawn. Give it to nobody, unless a court orders it or somebody is in danger."
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


class Previewed(NamedTuple):
    """A paper as it is looked at, and what is to be known of it before it leaves.

    data: the PDF. can_restrict: whether answers for named staff alone would stand on it where they are wanted.
    warning: as name_warning. is_draft: whether it bears the mark of a draft.
    """

    data: bytes
    can_restrict: bool
    warning: str | None
    is_draft: bool = False


class Batch(NamedTuple):
    """One form for many cases as a single PDF; starts: the first page of each, counted from 0."""

    data: bytes
    starts: tuple[int, ...]


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
    return form.compose(_wanted(office, form, case_id, choice, record_id)[0])


def _wanted(
    office: Office, form: Form, case_id: UUID, choice: PaperChoice, record_id: UUID | None
) -> tuple[Wanted, CaseFile]:  # fmt: skip
    with office.read(Right.READ_CASES, Right.PRINT) as work:
        file = case_files.read_case_file(office, work, case_id)
        limits = load_limits(work.read(LimitCorrection))
    return Wanted(
        paper_words(office, choice.language), office.settings, file, record_id, choice.by_hand, choice.with_restricted,
        bears_name(form, choice), office.staff, limits,
    ), file  # fmt: skip


def preview_form(
    office: Office, form_name: str, case_id: UUID, choice: PaperChoice = AS_USUAL, *, record_id: UUID | None = None,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Previewed:  # fmt: skip
    """Return a filled form to look at; nothing is written down of it. Raises as compose.

    progress, cancelled: as in printing.page.draw.
    """
    form = form_named(form_name)
    wanted, file = _wanted(office, form, case_id, choice, record_id)
    plain, more = (form.compose(replace(wanted, with_restricted=restricted)) for restricted in (False, True))
    data = draw(more if choice.with_restricted else plain, wanted.words, progress=progress, cancelled=cancelled)
    return Previewed(data, plain != more, name_warning(form, file, choice), plain.draft)


def print_form(
    office: Office, form_name: str, case_id: UUID, choice: PaperChoice = AS_USUAL, *, record_id: UUID | None = None,
    how: str = PDF,
) -> bytes:  # fmt: skip
    """Return a filled form as PDF and write down that it was made: how is PDF, LOCKED_PDF or PRINTER. Raises NoSuch."""
    paper = compose(office, form_name, case_id, choice, record_id=record_id)
    data = draw(paper, paper_words(office, choice.language))
    log_printed(office, form_name, case_id, choice, how, record_id=record_id)
    return data


def log_printed(
    office: Office, form_name: str, case_id: UUID, choice: PaperChoice, how: str, *, record_id: UUID | None = None
) -> None:  # fmt: skip
    """Write down that a form left the screen: how is PDF, LOCKED_PDF or PRINTER; record_id as in compose.

    Raises NoSuch.
    """
    with office.write(Right.READ_CASES, Right.PRINT) as work:
        _log(work, office, form_named(form_name), demand_case(office, work, case_id), choice, how, record_id)


def _log(
    work: Work, office: Office, form: Form, case: Case, choice: PaperChoice, how: str, record_id: UUID | None,
    **more: object,
) -> None:  # fmt: skip
    said = {
        "form": form.name, "language": choice.language or office.settings.language, "how": how,
        "with_restricted": choice.with_restricted, "named": bears_name(form, choice), "by_hand": choice.by_hand,
    } | more  # fmt: skip
    work.note(
        "printed", "Form", record_id, case_id=case.id, child_id=case.child_id,
        changes={name: [None, value] for name, value in said.items()},
    )  # fmt: skip


class Offered(NamedTuple):
    """A form that a case needs now; record_id: for which record, None for the case as a whole."""

    form: Form
    record_id: UUID | None

    @property
    def choice(self) -> PaperChoice:
        """By hand where the record is still to be written: a sheet to take along."""
        return PaperChoice(by_hand=self.form.record is not None and self.record_id is None)


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
    needed = form.naming is Naming.ALWAYS
    if withdrawn_from(consents, ConsentScope.SHARING, today) is not None:
        return NEEDED_NAME_WITHDRAWN if needed else NAME_WITHDRAWN
    return NEEDED_NAME_WITHOUT_CONSENT if needed else NAME_WITHOUT_CONSENT


def batch(
    office: Office, form_name: str, case_ids: Sequence[UUID], choice: PaperChoice = AS_USUAL, *,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Batch:  # fmt: skip
    """Return one form for many cases, case by case in that order, each with pages of its own.

    Of several records in a case the newest is taken; of a case without one the form is left to be filled by hand. What
    is for named staff alone never stands on them. Nothing is written down: log_batch does, when they leave. progress
    is told how many are made, and of how many; where cancelled says so, Stopped is raised. Raises NoSuch, and Refusal
    for no case.
    """
    office.demand(Right.READ_CASES, Right.PRINT)
    choice = replace(choice, with_restricted=False)
    if not case_ids:
        raise Refusal(N_("Choose at least one case."), fields=("cases",))
    words, made, starts, pages = paper_words(office, choice.language), [], [], 0
    for number, case_id in enumerate(case_ids, start=1):
        if cancelled is not None and cancelled():
            raise Stopped
        made.append(draw(compose(office, form_name, case_id, choice), words))
        starts.append(pages)
        with pdfium.opened(made[-1]) as document:
            pages += len(document)
        if progress is not None:
            progress(number, len(case_ids))
    return Batch(joined(made), tuple(starts))


def log_batch(office: Office, form_name: str, case_ids: Sequence[UUID], choice: PaperChoice, how: str) -> None:
    """Write down in each case that its paper of a batch left the screen: how as in log_printed. Raises NoSuch."""
    form, choice = form_named(form_name), replace(choice, with_restricted=False)
    with office.write(Right.READ_CASES, Right.PRINT) as work:
        for case_id in case_ids:
            _log(work, office, form, demand_case(office, work, case_id), choice, how, None, batch=len(case_ids))


def batch_warning(office: Office, form_name: str, case_ids: Iterable[UUID], choice: PaperChoice) -> str | None:
    """Return the message for the worker before papers with names of many cases leave, as name_warning does for one."""
    form, asked = form_named(form_name), list(case_ids)
    if form.reader is not Reader.OTHERS or not bears_name(form, choice):
        return None
    given: dict[UUID, list[Consent]] = defaultdict(list)
    with office.read(Right.READ_CASES, Right.PRINT) as work:
        for case_id in asked:
            demand_case(office, work, case_id)
        for consent in work.read(Consent, case_id=asked):
            given[consent.case_id].append(consent)
    today = clock.today()
    if any(withdrawn_from(given[case_id], ConsentScope.SHARING, today) for case_id in asked):
        return NAMES_WITHDRAWN
    allowed = all(allows(given[case_id], ConsentScope.SHARING, today) for case_id in asked)
    return NAMES_LEAVE if allowed else NAMES_WITHOUT_CONSENT


def log_list_printed(office: Office, what: str, language: str | None, how: str, **said: object) -> None:
    """Write down that a printed list left the screen: its name, language and how as in log_printed, and what is said.

    said: {name: plain value} of what tells this list from others.
    """
    told = {"what": what, "language": language or office.settings.language, "how": how} | said
    with office.write(Right.PRINT) as work:
        work.note("printed", "List", changes={name: [None, value] for name, value in told.items()})


def save_paper(path: Path, data: bytes, office_folder: Path | None = None, password: str | None = None) -> None:
    """Write a paper to a file, whole or not at all, for its owner's eyes alone; a link is followed.

    With a password the PDF is locked (AES-256); it never lies on the disk unlocked. Raises Refusal for a path inside
    the office's folder or one that is no ordinary file, and for a password that will not do; and as write_whole.
    """
    target = check_target(path, office_folder)
    if password is not None:
        check_password(password)
        data = bytes(locked(io.BytesIO(data), password))
    write_whole(target, lambda file: file.write(data))


def check_password(password: str) -> None:
    """Raise Refusal for a password that is too easy to guess or too long to lock a paper."""
    if problem := password_problem(password):
        raise Refusal(problem, fields=("password",))
    check_passphrase(password)


def check_target(path: Path, office_folder: Path | None = None) -> Path:
    """Return the file that a paper would be written to. Raises Refusal and Trouble as save_paper does."""
    try:
        return _target(path.resolve(), office_folder)
    except OSError as error:
        raise told(error) from error


def _target(target: Path, office_folder: Path | None) -> Path:
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
