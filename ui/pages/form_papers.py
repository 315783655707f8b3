"""Where printed forms come from: filled from a case, blank, or one form for many cases."""

from collections.abc import Sequence
from uuid import UUID

from casemgr.i18n import N_, PAPER_LANGUAGES
from casemgr.printing.forms import Form, Naming
from casemgr.services import papers
from casemgr.services.office import Office
from casemgr.services.papers import AS_USUAL, PaperChoice
from ui.parts.paper_source import Going, Made, Offers, Source
from ui.words import tr, words

RESTRICTED = N_("With the answers for named staff only")
AS_A_DRAFT = N_("Marked as a draft: an answer that is always asked is missing, or it is not handed in yet.")
BLANK_TITLE = N_("{form} (blank)")


def case_source(office: Office, form: Form, case_id: UUID, number: str, record_id: UUID | None) -> Source:
    """Return a form filled from a case of that number: from one record of it, the newest of its class for None."""

    def make(choice: PaperChoice, going: Going) -> Made:
        made = papers.preview_form(
            office, form.name, case_id, choice, record_id=record_id, progress=going.told, cancelled=going.stopped
        )
        note = AS_A_DRAFT if made.is_draft else None
        return Made(made.data, more=made.can_restrict, warning=made.warning, note=note)

    def log(choice: PaperChoice, how: str) -> None:
        papers.log_printed(office, form.name, case_id, choice, how, record_id=record_id)

    offers = Offers(PAPER_LANGUAGES, by_hand=True, named=_named(form), more=RESTRICTED)
    return Source(tr(form.title), f"{form.name}-{number}.pdf", make, log, offers)


def blank_source(office: Office, form: Form) -> Source:
    """Return a form to be filled by hand, with the head of the office; nothing is written down of it."""

    def make(choice: PaperChoice, _: Going) -> Made:
        return Made(papers.blank_form(office, form.name, choice.language or office.settings.language or "km"))

    title = tr(BLANK_TITLE, form=tr(form.title))
    return Source(title, f"{form.name}-blank.pdf", make, lambda _choice, _how: None, Offers(PAPER_LANGUAGES))


def batch_source(office: Office, form: Form, case_ids: Sequence[UUID]) -> Source:
    """Return one form for many cases in one file."""

    def make(choice: PaperChoice, going: Going) -> Made:
        made = papers.batch(
            office, form.name, case_ids, choice, progress=going.told, cancelled=going.stopped
        )  # fmt: skip
        return Made(made.data, made.starts, warning=papers.batch_warning(office, form.name, case_ids, choice))

    def log(choice: PaperChoice, how: str) -> None:
        papers.log_batch(office, form.name, case_ids, choice, how)

    title = words().plural("{form}: {n} case", "{form}: {n} cases", len(case_ids), form=tr(form.title))
    offers = Offers(PAPER_LANGUAGES, by_hand=True, named=_named(form))
    return Source(title, f"{form.name}-{len(case_ids)}.pdf", make, log, offers)


def _named(form: Form) -> bool | None:
    return None if form.naming is Naming.ALWAYS else papers.bears_name(form, AS_USUAL)
