"""The minutes of a case conference."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Paper, Signatures, Signer
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.beside.conference import Conference, has_undone

LOOK = Look(
    wide=("place",),
    lines={"discussed": 5, "notes": 1},
    blank_rows={"present": 6, "decisions": 6},
    widths={"present": (4, 3, 4), "decisions": (6, 3.2, 2.4, 2.4)},
)

PLACES = 3
"""Places to sign in a row. The rest of the last row is for those who came later or write the minutes."""


def compose(wanted: Wanted) -> Paper:
    """Return the minutes of one meeting. Raises NoSuch."""
    sheet = RecordSheet(wanted, Conference, LOOK)
    blocks = (
        sheet.child_answer(),
        *sheet.answers("held_at", "chaired_by", "purpose", "place", "present"),
        *sheet.answers("child_asked", "child_view", "family_view"),
        sheet.heading(N_("Talked over and decided")),
        *sheet.answers("discussed", "decisions", "next_at", "notes"),
        *sheet.say(N_("Those who were there keep to themselves what was said about the child and the family.")),
        *_signed(sheet),
    )
    return sheet.paper(CASE_CONFERENCE, blocks, made=False, head=False)


def _signed(sheet: RecordSheet[Conference]) -> Iterator[Signatures]:
    """Those present by function and name, row by row; on a form without names the same places to fill."""
    own = sheet.label(N_("Participant"))
    signers = [Signer(each.function or own, each.name) for each in sheet.record.present if each.name]
    if not signers:
        signers = [sheet.signer(N_("Led by")), sheet.signer(N_("Minutes taken by"))]
    signers += [Signer(own)] * (-len(signers) % PLACES)
    for at in range(0, len(signers), PLACES):
        yield sheet.signatures(*signers[at : at + PLACES])


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
