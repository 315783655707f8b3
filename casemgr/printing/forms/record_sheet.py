"""A record on paper: most forms say which of its questions stand on them, in which order, and no more."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from casemgr.i18n import N_
from casemgr.printing.blocks import Answer, Block, Heading, Paper, TableBlock, Ticks
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import AnyRecord, Form, Wanted, any_record, records_of
from casemgr.printing.forms.sheet import Sheet, in_rows
from casemgr.records.base import CaseRecord
from casemgr.records.fields import Answer as YesNo
from casemgr.records.fields import FieldInfo, Group, Kind, Row, field_of, fields_of
from casemgr.trouble import NoSuch

NO_RECORD = N_("There is no such record in this case.")
MANY_CHOICES = 14
"""Of more choices than these the answer is written out, where boxes for all of them would fill the page."""

_SHARES = {Kind.LINE: 3.0, Kind.TEXT: 5.0, Kind.NUMBER: 1.3, Kind.DATE: 2.0, Kind.MOMENT: 2.4, Kind.PARTIAL_DATE: 2.0,
           Kind.PHONE: 2.4, Kind.MONEY: 2.0, Kind.PLACE: 3.5, Kind.CHOICE: 2.6, Kind.CHOICES: 3.5}  # fmt: skip
"""How wide a column is for each kind of answer, where a form does not say."""

OtherRecord = TypeVar("OtherRecord", bound=CaseRecord)


@dataclass(frozen=True)
class Look:
    """How the questions of one form are set, where the usual way does not do; all by the names of fields.

    wide: short answers that take the whole width all the same. written: choices without boxes on the form filled by
    hand; boxed: those with boxes although they are many. lines: to write longer answers on, 2 unless said. blank_rows:
    empty lines of a table, 3 unless said. widths: shares of the page for the columns of a table.
    """

    wide: Collection[str] = ()
    written: Collection[str] = ()
    boxed: Collection[str] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    blank_rows: Mapping[str, int] = field(default_factory=dict)
    widths: Mapping[str, Sequence[float]] = field(default_factory=dict)


def next_one(wanted: Wanted, kind: type[AnyRecord]) -> AnyRecord | None:
    """Return an empty record where a paper is to be taken along to the next visit, else None.

    That is a form wanted by hand of a case, without saying of which record.
    """
    if wanted.file is None or not wanted.by_hand or wanted.record_id is not None:
        return None
    unanswered: dict[str, Any] = {}
    return kind(**unanswered)


class RecordSheet(Sheet, Generic[AnyRecord]):
    """One record being set. record is an empty one where the case has none, or the form is blank."""

    def __init__(
        self, wanted: Wanted, kind: type[AnyRecord], look: Look | None = None, *, record: AnyRecord | None = None,
        fits: Callable[[AnyRecord], bool] = any_record,
    ) -> None:  # fmt: skip
        """Take the record given, or the one that is wanted, else the newest of its class that fits.

        Raises NoSuch for an unknown one.
        """
        super().__init__(wanted)
        self.look = look or Look()
        found = [record] if record else self._found(kind, fits)
        unanswered: dict[str, Any] = {}
        self.is_known = bool(found)
        self.record: AnyRecord = found[-1] if found else kind(**unanswered)
        self.by_hand = wanted.by_hand or not found
        self.is_unfinished = False  # whether a required answer is missing among what was set so far

    def _found(self, kind: type[AnyRecord], fits: Callable[[AnyRecord], bool]) -> list[AnyRecord]:
        found = records_of(self.file, kind) if self.file else []
        if self.wanted.record_id is None:
            return [record for record in found if fits(record)]
        named = [record for record in found if record.id == self.wanted.record_id]
        if not named:
            raise NoSuch(NO_RECORD)
        return named

    def beside(self, kind: type[OtherRecord], look: Look | None = None) -> "RecordSheet[OtherRecord]":
        """Return the newest record of another class in the same case, for the same paper."""
        return RecordSheet(replace(self.wanted, record_id=None), kind, look)

    def is_asked(self, info: FieldInfo) -> bool:
        """Whether a question stands on the paper: answered, or to be answered; by hand all of them."""
        if info.computed or (info.restricted and not self.wanted.with_restricted):
            return False
        if self.by_hand:
            return not info.retired
        answered = getattr(self.record, info.name) not in (None, "", ())
        return info.is_shown(self.record) and (answered or info.required)

    def answers(self, *names: str) -> list[Block]:
        """Return questions of the record, those short enough side by side, as far as they stand on the paper."""
        return list(self._set([info for name in names if self.is_asked(info := field_of(type(self.record), name))]))

    def section(self, group: Group, *, but: Collection[str] = (), heading: str | None = None) -> list[Block]:
        """Return a group of questions under its heading (or another), nothing where none of them is asked."""
        infos = [
            info
            for info in fields_of(type(self.record))
            if info.group is group and info.name not in but and self.is_asked(info)
        ]
        if not infos:
            return []
        return [self.heading(heading or group.label), *self._set(infos)]

    def sections(self, *, but: Collection[str] = ()) -> list[Block]:
        """Return all questions of the record under the headings of their groups, in the order of declaration."""
        groups = dict.fromkeys(info.group for info in fields_of(type(self.record)) if info.group)
        return [block for group in groups for block in self.section(group, but=but)]

    def value(self, name: str) -> str | None:
        """Return an answer of the record as plain text, None where there is none."""
        return self._told(field_of(type(self.record), name), getattr(self.record, name))

    def _told(self, info: FieldInfo, value: object) -> str | None:
        told = as_printed(info, value, self.words)
        return self.free(told) if info.kind is Kind.TEXT else told

    def _set(self, infos: Iterable[FieldInfo]) -> Iterator[Block]:
        short: list[Answer] = []
        for info in infos:
            blocks = self._blocks(info)
            answers = [block for block in blocks if isinstance(block, Answer)]
            if len(answers) == len(blocks) and self._is_short(info):
                short += answers
                continue
            yield from in_rows(short)
            short = []
            yield from blocks
        yield from in_rows(short)

    def _is_short(self, info: FieldInfo) -> bool:
        return info.kind not in (Kind.TEXT, Kind.CHOICES) and info.name not in self.look.wide

    def _blocks(self, info: FieldInfo) -> list[Block]:
        value = getattr(self.record, info.name)
        self.is_unfinished |= info.required and value in (None, "", ()) and not self.by_hand
        if info.row is not None:
            return [self._heading_of(info), self._table(info, info.row, value)]
        label = self._label_of(info)
        if self.by_hand and info.choices is not None and self._has_boxes(info):
            return [Ticks(label, self.boxes(info, value))]
        answer = self._told(info, value)
        lines = self.look.lines.get(info.name, 2) if info.kind is Kind.TEXT else 1
        lines = lines if self.by_hand else min(lines, 2)
        return [Answer(label, answer, lines if answer is None else 1)]

    def _label_of(self, info: FieldInfo) -> str:
        return self.label(info.label)

    def _heading_of(self, info: FieldInfo) -> Heading:
        return self.heading(info.label, 2)

    def _has_boxes(self, info: FieldInfo) -> bool:
        offered = sum(not each.retired for each in info.choices or ())
        return info.name in self.look.boxed or (info.name not in self.look.written and offered <= MANY_CHOICES)

    def boxes(self, info: FieldInfo, value: object) -> list[tuple[str, bool]]:
        """Return the choices with their ticks, without those that an empty box says as well."""
        ticked = value if isinstance(value, tuple) else (value,)
        silent = {YesNo.NOT_ASKED.value, YesNo.UNKNOWN.value} if info.kind is Kind.CHOICES else {YesNo.NOT_ASKED.value}
        offered = [each for each in info.choices or () if each in ticked or not (each.retired or each.value in silent)]
        return [(self.text(each.label), each in ticked) for each in offered]

    def _table(self, info: FieldInfo, row: type[Row], value: tuple[Row, ...]) -> TableBlock:
        columns = fields_of(row)
        blank = self.look.blank_rows.get(info.name, 3) if self.by_hand else int(not value)
        widths = self.look.widths.get(info.name) or [_SHARES[column.kind] for column in columns]
        heads = [self.label(column.label) for column in columns]
        rows = [[self._told(column, getattr(each, column.name)) for column in columns] for each in value]
        return TableBlock(heads, rows, widths, max(blank - len(rows), 0))

    def paper(
        self, form: Form, blocks: Iterable[Block], *, made: bool = True, draft: bool = False, head: bool = True
    ) -> Paper:  # fmt: skip
        """Return the paper as Sheet does, marked as a draft also while a required answer on it is missing.

        A form to be filled by hand is none: what is missing is written on it.
        """
        composed = tuple(blocks)
        return super().paper(form, composed, made=made, draft=draft or self.is_unfinished, head=head)
