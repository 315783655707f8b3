"""The log of the days on which a child does what a plan or a judgment asks, signed day by day where it is done.

It lies about in schools and workshops: it bears the code and says neither offence nor court.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from casemgr.i18n import N_, TwoLanguages
from casemgr.printing.blocks import Answer, Paper, TableBlock
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import RecordSheet
from casemgr.printing.forms.sheet import Sheet, in_rows
from casemgr.records.fields import FieldInfo, field_of, fields_of
from casemgr.records.pathway.diversion import Diversion, has_ended
from casemgr.records.pathway.diversion_answers import LogEntry
from casemgr.records.pathway.judgment import Judgment, holds_community_service

ROWS, ROWS_IN_TWO_LANGUAGES, LEAST = 16, 10, 6
"""Lines that fill a page, and those left to write on, however many are filled, while the plan runs."""

AGENT = field_of(Diversion, "agent")
HEADS = (N_("Date"), N_("Place"), N_("Activity"), N_("Hours"), N_("Did the child come?"), N_("Remark"),
         N_("Initials"))  # fmt: skip
WIDTHS = (2.7, 2.8, 3.4, 1.3, 2.4, 2.6, 2.2)


@dataclass(frozen=True)
class _Plan:
    """What is asked of the child: until when, hours in all, those on record as done; who watches over it."""

    until: str | None = None
    required: int | None = None
    done: int | None = None
    agent: str | None = None
    days: Sequence[LogEntry] = ()
    is_over: bool = False


def compose(wanted: Wanted) -> Paper:
    """Return the log of a diversion, or of the newest judgment with community service. Raises NoSuch."""
    sheet = RecordSheet(wanted, Diversion)
    plan = _of_diversion(sheet) if sheet.is_known else _of_judgment(sheet)
    blocks = (
        sheet.child_answer(),
        *in_rows((Answer(sheet.label(AGENT.label), plan.agent), sheet.ask(N_("To be done by"), plan.until))),
        *sheet.say(N_(
            "One line for each day, also when the child did not come. Who watched over the child that day writes the "
            "initials. Give this sheet back to the social agent or the office, and show it to nobody else."
        )),
        _days(sheet, plan),
        *in_rows(list(_sums(sheet, plan))),
        sheet.signatures(
            sheet.child_signs(), sheet.signer(N_("Responsible at the place"), seal=True),
            sheet.signer(N_("Social agent"), plan.agent),
        ),
    )  # fmt: skip
    return Sheet(wanted).paper(COMPLIANCE_LOG, blocks, made=False, head=False)


def _of_diversion(sheet: RecordSheet[Diversion]) -> _Plan:
    found = sheet.record
    done = found.hours_done if found.log else None
    ends_on = sheet.value("ends_on")
    return _Plan(ends_on, found.hours_required or None, done, found.agent, found.log, has_ended(found))


def _of_judgment(sheet: Sheet) -> _Plan:
    found = _with_service(sheet.file) if sheet.file else []
    if not found:
        return _Plan()
    judgment = found[-1]
    until = sheet.words.date(judgment.measure_until) if judgment.measure_until else None
    return _Plan(until, judgment.community_hours, None, judgment.supervisor)


def _days(sheet: Sheet, plan: _Plan) -> TableBlock:
    """The days on record, then lines to write on; a plan that is over needs none."""
    filled = [_day(sheet, entry) for entry in plan.days]
    rows = ROWS_IN_TWO_LANGUAGES if isinstance(sheet.words, TwoLanguages) else ROWS
    blank = 0 if plan.is_over and filled else max(rows - len(filled), LEAST)
    return TableBlock([sheet.label(head) for head in HEADS], filled, WIDTHS, blank)


def _day(sheet: Sheet, entry: LogEntry) -> list[str | None]:
    def told(name: str) -> str | None:
        return as_printed(_COLUMNS[name], getattr(entry, name), sheet.words)

    return [told("on"), None, told("what"), told("hours"), told("came"), told("remark"), None]


_COLUMNS: dict[str, FieldInfo] = {info.name: info for info in fields_of(LogEntry)}


def _sums(sheet: Sheet, plan: _Plan) -> Iterator[Answer]:
    """The hours: those asked for, those on record, and those left where both are known."""
    left = None if plan.required is None or plan.done is None else max(plan.required - plan.done, 0)
    asked = ((N_("Hours asked for"), plan.required), (N_("Hours done"), plan.done), (N_("Hours still to do"), left))
    for label, hours in asked:
        yield sheet.ask(label, None if hours is None else sheet.words.figures(str(hours)))


def _with_service(file: Material) -> list[Judgment]:
    return [judgment for judgment in records_of(file, Judgment) if holds_community_service(judgment)]


def _wanted_now(file: Material) -> Iterator[UUID | None]:
    """Diversions that began and are not over; else community service that is not over."""
    diversions = records_of(file, Diversion)
    yield from (each.id for each in diversions if each.ordered_on is not None and not has_ended(each))
    if not diversions and any(judgment.measure_ended_on is None for judgment in _with_service(file)[-1:]):
        yield None


COMPLIANCE_LOG = Form(
    name="compliance-log",
    number="F-11",
    title=N_("Compliance log for community service and meetings"),
    purpose=N_("Shows day by day what the child did and for how many hours, with the initials of who watched."),
    when=N_("When community service or meetings begin; a new sheet when one is full."),
    version="1",
    chapter=Chapter.DIVERSION,
    reader=Reader.OTHERS,
    compose=compose,
    record=Diversion,
    naming=Naming.CODE,
    wanted_now=_wanted_now,
)
