"""The minutes of a case conference."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Paper, TableBlock
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.beside.conference import Conference, Participant, has_undone
from casemgr.records.fields import field_of

LOOK = Look(
    wide=("place",),
    lines={"discussed": 5, "notes": 1},
    blank_rows={"decisions": 6},
    widths={"decisions": (6, 3.2, 2.4, 2.4)},
)

LEAST, SPARE = 6, 1
"""Lines for those present, and those kept free for who came later."""


def compose(wanted: Wanted) -> Paper:
    """Return the minutes of one meeting. Raises NoSuch."""
    sheet = RecordSheet(wanted, Conference, LOOK)
    blocks = (
        sheet.child_answer(),
        *sheet.answers("held_at", "chaired_by", "purpose", "place"),
        *sheet.answers("child_asked", "child_view", "family_view"),
        sheet.heading(N_("Talked over and decided")),
        *sheet.answers("discussed", "decisions", "next_at", "notes"),
        *sheet.say(N_("Those who were there keep to themselves what was said about the child and the family.")),
        sheet.heading(N_("Present")),
        _present(sheet),
    )
    return sheet.paper(CASE_CONFERENCE, blocks, made=False, head=False)


def _present(sheet: RecordSheet[Conference]) -> TableBlock:
    """Those present, each with room to sign; and places for those who came later or on a form without names."""
    names = ("name", "function", "organisation")
    infos = [field_of(Participant, name) for name in names]
    rows: list[list[str | None]] = [
        [*(as_printed(info, getattr(each, info.name), sheet.words) for info in infos), None]
        for each in sheet.record.present
    ]
    blank = max(LEAST - len(rows), SPARE) if sheet.by_hand else SPARE
    heads = [*(sheet.label(info.label) for info in infos), sheet.label(N_("Signature"))]
    return TableBlock(heads, rows, (4, 3, 4, 4), blank, to_sign=True)


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Meetings of which something decided is still to be done."""
    return (conference.id for conference in records_of(file, Conference) if has_undone(conference))


CASE_CONFERENCE = Form(
    name="case-conference",
    number="F-18",
    title=N_("Minutes of a case conference"),
    purpose=N_("Keeps who met about the child, what was decided, and who does it by when."),
    when=N_("After each meeting with others about a child; to be signed by those who were there."),
    version="1",
    chapter=Chapter.CASE,
    reader=Reader.OFFICE,
    compose=compose,
    record=Conference,
    wanted_now=_wanted_now,
)
