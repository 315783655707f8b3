"""What the six case forms of the ministry share: their head, the carer, the items that are rated, and who signs.

The order of their parts and their items follow the ministry's own forms; the scale is that of `Rating`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from casemgr.i18n import N_
from casemgr.printing.blocks import Answer, AnswerGrid, Block, TableBlock, Together
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import records_of
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.base import CaseRecord
from casemgr.records.child import Guardian
from casemgr.records.fields import FieldInfo, Group, Rating, field_of, fields_of
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.reintegration import ReintegrationReview

AnyCaseRecord = TypeVar("AnyCaseRecord", bound=CaseRecord)

CASE_WORKER, CHIEF = N_("Case worker"), N_("Seen and agreed: commune or sangkat chief")
ITEM, RATING, COMMENT = N_("Item"), N_("Rating"), N_("Comment")
TO_CIRCLE = "1 · 2 · 3 · 4"
"""What stands where a rating is to be given by hand."""


def newest(sheet: Sheet, kind: type[AnyCaseRecord]) -> AnyCaseRecord | None:
    """Return the newest record of a class in the case of a paper, None where there is none."""
    found = records_of(sheet.file, kind) if sheet.file else []
    return found[-1] if found else None


def head(sheet: Sheet, *more: Answer) -> Iterator[Block]:
    """Yield what each of these forms begins with below the organisation: its address, the codes, the child."""
    office, child = sheet.wanted.office, sheet.file.child if sheet.file else None
    village = child.village_code if child and sheet.wanted.named else None
    yield Answer(sheet.label(field_of(OfficeSettings, "address").label), office.address if office else None)
    yield AnswerGrid((
        sheet.ask(N_("Village code"), sheet.words.figures(village) if village else None),
        sheet.ask(N_("Child code"), child.code if child else None),
    ))  # fmt: skip
    yield from sheet.identity(*more)


def case_worker(sheet: Sheet) -> AnswerGrid:
    """Return who carries the case: the one who prints the paper."""
    worker = sheet.wanted.worker if sheet.file else None
    return AnswerGrid((
        sheet.ask(CASE_WORKER, sheet.worker_name()), sheet.ask(N_("Telephone"), worker.phone if worker else None),
    ))  # fmt: skip


def carer_of(sheet: Sheet) -> Guardian | None:
    """Return the first of the child's guardians who is named, None where none is."""
    guardians = sheet.file.child.guardians if sheet.file else ()
    return next((each for each in guardians if each.name), None)


def carer(sheet: Sheet, *, name: str = N_("Name of the carer")) -> Iterator[Block]:
    """Yield who cares for the child, with address and telephone; name is the label of the name."""
    known = carer_of(sheet)
    told = {
        part: as_printed(field_of(Guardian, part), getattr(known, part), sheet.words) if known else None
        for part in ("name", "relation", "phone", "address")
    }
    yield sheet.ask(name, told["name"])
    yield AnswerGrid((
        sheet.ask(N_("Relation to the child"), told["relation"]), sheet.ask(N_("Telephone"), told["phone"]),
    ))  # fmt: skip
    yield sheet.ask(N_("Address"), told["address"])


def items(group: Group) -> list[FieldInfo]:
    """Return the items of child or family that the forms rate."""
    return [info for info in fields_of(ReintegrationReview) if info.group is group and info.choices is Rating]


def scale(sheet: Sheet) -> list[Block]:
    """Return what the figures of a rating mean."""
    return sheet.say(N_("Each item is rated: 1 weak, 2 medium, 3 good, 4 very good."))


def rated(
    sheet: Sheet, review: ReintegrationReview | None, group: Group, comments: Mapping[str, str | None]
) -> TableBlock:  # fmt: skip
    """Return the items of a group with their ratings, and comments by the name of the item."""
    rows = [[_item(sheet, info), _rating(sheet, review, info), comments.get(info.name)] for info in items(group)]
    return TableBlock([sheet.label(head) for head in (ITEM, RATING, COMMENT)], rows, (4, 2, 7))


def rated_in_short(sheet: Sheet, review: ReintegrationReview | None, group: Group) -> TableBlock:
    """Return the items of a group with their ratings, two on a line."""
    cells = [[_item(sheet, info), _rating(sheet, review, info)] for info in items(group)]
    return side_by_side(sheet, (ITEM, RATING), cells, 2, (4, 2))


def side_by_side(
    sheet: Sheet, heads: Sequence[str], cells: Sequence[Sequence[str | None]], columns: int, widths: Sequence[float]
) -> TableBlock:  # fmt: skip
    """Return rows of a few cells, several of them on one line of the table; heads are messages."""
    lines = [[cell for row in cells[at : at + columns] for cell in row] for at in range(0, len(cells), columns)]
    full = len(heads) * columns
    return TableBlock(
        [sheet.label(head) for head in heads] * columns, [line + [None] * (full - len(line)) for line in lines],
        tuple(widths) * columns,
    )  # fmt: skip


def _item(sheet: Sheet, info: FieldInfo) -> str:
    return sheet.label(info.label)


def _rating(sheet: Sheet, review: ReintegrationReview | None, info: FieldInfo) -> str:
    told = as_printed(info, getattr(review, info.name), sheet.words) if review else None
    return told or sheet.words.figures(TO_CIRCLE)


def four_sign(sheet: Sheet, *, with_child: bool = True) -> Block:
    """Return those who sign: the child, the parent or guardian, the case worker, the chief with the seal.

    Before them stands that nobody signs what was not read to them; without the child there is nobody to read it to.
    """
    others = (sheet.guardian_signs(), sheet.worker_signs(CASE_WORKER), sheet.signer(CHIEF, seal=True))
    if not with_child:
        return Together((sheet.signatures(*others), copies(sheet)))
    read = sheet.say(N_("This paper was read aloud to the child and to the parent or guardian before they signed it."))
    return Together((*read, sheet.signatures(sheet.child_signs(), *others), copies(sheet)))


def worker_and_authority_sign(sheet: Sheet) -> Block:
    """Return those who sign what the case worker alone writes."""
    authority = sheet.signer(N_("For the local authority"), seal=True)
    return Together((sheet.signatures(sheet.worker_signs(CASE_WORKER), authority), copies(sheet)))


def copies(sheet: Sheet) -> Block:
    """Return who keeps a copy."""
    return sheet.note(N_("One copy each for the family, the local authority and the organisation."))
