"""The report to the authority on how a diversion goes, or how it ended."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Block, Paper, TableBlock
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.fields import field_of
from casemgr.records.pathway.diversion import Diversion, has_ended
from casemgr.records.pathway.diversion_answers import DiversionOutcome, PlannedMeasure, Presence

LOOK = Look(wide=("authority_name",), lines={"child_view": 2}, widths={"breaches": (2, 5, 3, 4)})

COLUMNS = ("measure", "provider", "ends_on", "hours")
"""What the report says of each measure; how it stands is written beside it."""


def compose(wanted: Wanted) -> Paper:
    """Return the report on one diversion. Raises NoSuch."""
    sheet = RecordSheet(wanted, Diversion, LOOK)
    blocks = (
        sheet.ticks("", [
            (N_("Progress report"), sheet.is_known and not has_ended(sheet.record)),
            (N_("Final report"), has_ended(sheet.record)),
        ]),
        sheet.ask(N_("Addressed to"), sheet.value("authority_name")),
        *sheet.identity(),
        *sheet.answers("order_number", "ordered_on", "starts_on", "ends_on", "agent", "worker"),
        sheet.heading(N_("What was done")),
        _measures(sheet),
        _counted(sheet),
        *([sheet.note(N_("Days and hours as the office wrote them down."))] if sheet.record.log else []),
        *_breaches(sheet),
        sheet.heading(N_("Result")),
        *sheet.answers("outcome", "ended_on", "child_view"),
        sheet.heading(N_("Our recommendation")),
        sheet.ticks("", [(text, sheet.record.outcome in outcomes) for text, outcomes in RECOMMENDATIONS]),
        sheet.ask(N_("Reasons"), lines=3),
        sheet.signatures(
            sheet.worker_signs(), sheet.signer(N_("Social agent"), sheet.value("agent")),
            sheet.signer(N_("Head of the office"), seal=True),
        ),
        sheet.note(N_("Copy to: the child and the family, the social agent, the lawyer, the office's file.")),
    )  # fmt: skip
    return sheet.paper(DIVERSION_REPORT, blocks)


RECOMMENDATIONS: tuple[tuple[str, tuple[DiversionOutcome, ...]], ...] = (
    (N_("Go on with the plan"), ()),
    (N_("Change the plan"), ()),
    (N_("Give more time"), ()),
    (
        N_("Close the case without a criminal record"),
        (DiversionOutcome.COMPLETED, DiversionOutcome.COMPLETED_EARLY),
    ),
    (N_("End the diversion"), ()),
)
"""What may be recommended, and the outcomes after which it goes without saying."""


def _measures(sheet: RecordSheet[Diversion]) -> TableBlock:
    """The measures of the plan, with room to write how each stands."""
    infos = [field_of(PlannedMeasure, name) for name in COLUMNS]
    heads = [*(sheet.label(info.label) for info in infos), sheet.label(N_("State of the measure"))]
    rows = [
        [*(as_printed(info, getattr(measure, info.name), sheet.words) for info in infos), None]
        for measure in sheet.record.measures
    ]
    return TableBlock(heads, rows, (4, 4, 2.4, 1.6, 4), 5 if not rows else 0)


def _counted(sheet: RecordSheet[Diversion]) -> TableBlock:
    """Days and hours: as far as days were written down, else to be written by hand."""
    plan = sheet.record
    came = [entry.came for entry in plan.log]
    present = came.count(Presence.PRESENT) + came.count(Presence.LATE)
    counts = {
        N_("Days the child was to come"): len(came) or None,
        N_("Days the child came"): present if came else None,
        N_("Days absent with a reason"): came.count(Presence.EXCUSED) if came else None,
        N_("Days absent without a reason"): came.count(Presence.ABSENT) if came else None,
        N_("Hours asked for"): plan.hours_required or None,
        N_("Hours done"): plan.hours_done if came else None,
    }
    told = [None if number is None else sheet.words.figures(str(number)) for number in counts.values()]
    return TableBlock([sheet.label(label) for label in counts], [told], (1,) * len(counts))


def _breaches(sheet: RecordSheet[Diversion]) -> list[Block]:
    """What was not kept; where the plan was followed and nothing is on record, the report says so."""
    if sheet.record.log and not sheet.record.breaches and not sheet.by_hand:
        return sheet.say(N_("No breach of the plan was written down."))
    return sheet.answers("breaches")


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Diversions that run by an order, and those that ended of which the authority was not told."""
    for diversion in records_of(file, Diversion):
        if diversion.authority_told_on is None and (diversion.ordered_on is not None or has_ended(diversion)):
            yield diversion.id


DIVERSION_REPORT = Form(
    name="diversion-report",
    number="F-12",
    title=N_("Diversion progress and completion report"),
    purpose=N_("Tells the authority how the plan is kept, how it ended, and what we recommend."),
    when=N_("At each review of the plan, after a breach, and at the end."),
    version="1",
    chapter=Chapter.DIVERSION,
    reader=Reader.AUTHORITY,
    compose=compose,
    record=Diversion,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
