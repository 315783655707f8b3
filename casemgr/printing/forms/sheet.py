"""What every form of a case is made of: who it is about, what is printed on it, who signs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.law.ages import AgeRange, age_in_words, age_range
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    CutLine,
    Heading,
    Note,
    Paper,
    Points,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Ticks,
    Together,
)
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Form, Wanted
from casemgr.printing.forms.letters import made_at, town_of
from casemgr.printing.forms.unnamed import Unnamed
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child, full_name
from casemgr.records.fields import FieldInfo, Row, field_of

NAMING = frozenset({"nickname", "born", "village_code", "house", "street", "phone"})
"""What of the child tells as much as the name, and is left out with the code."""
CHILD, CODE, AGE_THEN, AGE_NOW = N_("Child"), N_("Code of the child"), N_("Age at the offence"), N_("Age now")


class Sheet:
    """A paper of one case being set; of no case, where the form is blank."""

    def __init__(self, wanted: Wanted) -> None:
        """Take the paper as it is wanted."""
        self.wanted, self.words, self.file = wanted, wanted.words, wanted.file
        self._unnamed = Unnamed(wanted.file.child, wanted.words) if wanted.file and not wanted.named else None

    def text(self, message: str, **slots: object) -> str:
        """Return a message in the paper's language; for what is an answer, or part of one."""
        return self.words.text(message, **slots)

    def label(self, message: str, **slots: object) -> str:
        """Return a message as it is printed on the form itself: on a paper in two languages a line of each."""
        return self.words.label(message, **slots)

    # The child and the case

    def child_told(self) -> str | None:
        """Return what the paper calls the child: the name, or the code; None where it is to be written by hand."""
        if self.file is None:
            return None
        child = self.file.child
        if not self.wanted.named:
            return child.code
        names = (child.family_name_km, child.given_name_km, child.family_name_latin, child.given_name_latin)
        khmer, latin = full_name(*names, "km"), full_name(*names, "en")
        both = dict.fromkeys((khmer, latin) if self.words.language == "km" else (latin, khmer))
        return " · ".join(name for name in both if name) or child.code

    def child_answer(self) -> Answer:
        """Return the child as a question with its answer."""
        is_code = self.file is not None and not self.wanted.named
        return Answer(self.label(CODE if is_code else CHILD), self.child_told())

    def of_child(self, *names: str) -> list[Answer]:
        """Return questions about the child with their answers, each in one line; with the code none that name it."""
        asked = [name for name in names if self._unnamed is None or name not in NAMING]
        return [self._answer_of(field_of(Child, name), self.file.child if self.file else None) for name in asked]

    def of_case(self, *names: str) -> list[Answer]:
        """Return questions about the case with their answers, each in one line."""
        return [self._answer_of(field_of(Case, name), self.file.case if self.file else None) for name in names]

    def _answer_of(self, info: FieldInfo, record: object | None) -> Answer:
        value = None if record is None else as_printed(info, getattr(record, info.name), self.words)
        return Answer(self.label(info.label), value)

    def ages(self) -> list[Answer]:
        """Return the age at the offence and now, in completed years."""
        born = self.file.child.born if self.file else None
        offences = self.file.offences if self.file else ()
        then = [age_range(born, offence.committed_on) for offence in offences]
        return [
            self.age(AGE_THEN, then),
            self.age(AGE_NOW, [age_range(born, PartialDate.parse(self.wanted.on.isoformat()))]),
        ]

    def age(self, label: str, ages: Iterable[AgeRange | None]) -> Answer:
        """Return an age, or each of several where they differ, as a question with its answer; label is a message."""
        told = dict.fromkeys(age_in_words(age, self.words) for age in ages if age is not None)
        return Answer(self.label(label), "; ".join(told) or None)

    def free(self, text: str | None) -> str | None:
        """Return what a worker wrote in own words; with the code the names of the child and its family give way."""
        return text if text is None or self._unnamed is None else self._unnamed.free(text)

    def identity(self, *more: Answer) -> Iterator[Block]:
        """Yield who the paper is about: child, sex, birth and ages, then more; without names and days by the code."""
        if self.file is not None and not self.wanted.named:
            yield AnswerGrid((self.child_answer(), *self.of_child("sex"), *self.ages(), *more))
            return
        yield self.child_answer()
        yield AnswerGrid((*self.of_child("sex", "born"), *self.ages(), *more))

    def guardian(self) -> str | None:
        """Return the name of the child's first guardian, None where none is known."""
        guardians = self.file.child.guardians if self.file else ()
        return next((each.name for each in guardians if each.name), None)

    def offences(self, *, blank_rows: int = 2) -> TableBlock:
        """Return the offences of the case, a line each, with lines to write on where there are fewer by hand."""
        names = ("category", "article", "offence_class", "committed_on", "place_code")
        infos = [field_of(Offence, name) for name in names]
        kept = self.file.offences if self.file else ()
        rows = [[as_printed(info, getattr(offence, info.name), self.words) for info in infos] for offence in kept]
        room = blank_rows if self.wanted.by_hand or not rows else 0
        return TableBlock(
            [self.label(info.label) for info in infos], rows, (4, 2, 3, 2.4, 4), max(room - len(rows), 0)
        )  # fmt: skip

    def table(
        self, row: type[Row], rows: Sequence[Row], columns: Sequence[str], *, widths: Sequence[float] = (),
        blank_rows: int = 0,
    ) -> TableBlock:  # fmt: skip
        """Return some columns of a record's table, with empty lines where there are fewer rows than blank_rows."""
        infos = [field_of(row, name) for name in columns]
        cells = [[as_printed(info, getattr(each, info.name), self.words) for info in infos] for each in rows]
        return TableBlock([self.label(info.label) for info in infos], cells, widths, max(blank_rows - len(cells), 0))

    # What is printed on the form itself

    def heading(self, message: str, level: Literal[1, 2] = 1, **slots: object) -> Heading:
        """Return the heading of a section."""
        return Heading("", self.label(message, **slots), level)

    def ask(self, message: str, value: str | None = None, lines: int = 1) -> Answer:
        """Return a question that no field asks, with an answer or lines to write one on."""
        return Answer(self.label(message), value, lines if value is None else 1)

    def ticks(self, message: str, options: Sequence[tuple[str, bool]]) -> Ticks:
        """Return a question with boxes that no field asks; message may be empty."""
        return Ticks(self.label(message), [(self.text(text), ticked) for text, ticked in options])

    def say(self, message: str, **slots: object) -> list[Block]:
        """Return a sentence of the form; on a paper in two languages the other one follows in small type."""
        own, _, second = self.label(message, **slots).partition("\n")
        return [Text(own), *([Text(second, size="small")] if second else [])]

    def addressed(self, whom: str | None, subject: str, *more: Answer) -> list[Block]:
        """Return to whom a letter goes and what it is about; subject is a message. None leaves a line to write on."""
        return [Answer(self.label(N_("To")), whom), *more, Answer(self.label(N_("About")), self.text(subject))]

    def note(self, message: str, **slots: object) -> Note:
        """Return a remark in small type."""
        return Note(self.text(message, **slots))

    def points(self, *messages: str, numbered: bool = False) -> list[Block]:
        """Return sentences one below the other; on a paper in two languages each is followed by the other one."""
        numbers = [f"{self.words.figures(str(at))}." for at in range(1, len(messages) + 1)] if numbered else []
        return [Points([self.label(message) for message in messages], numbers)]

    def signatures(self, *signers: Signer) -> Signatures:
        """Return places to sign."""
        return Signatures(signers)

    def signer(self, role: str, name: str | None = None, *, thumbprint: bool = False, seal: bool = False) -> Signer:
        """Return somebody who signs; role is a message."""
        return Signer(self.label(role), name, thumbprint=thumbprint, seal=seal)

    def child_signs(self) -> Signer:
        """Return the child, with room for a thumbprint."""
        return self.signer(CHILD, self._name_alone(), thumbprint=True)

    def guardian_signs(self) -> Signer:
        """Return the first guardian, with room for a thumbprint."""
        return self.signer(N_("Parent or guardian"), self.guardian() if self.wanted.named else None, thumbprint=True)

    def worker_signs(self, role: str = N_("Social worker")) -> Signer:
        """Return who prints the paper."""
        return self.signer(role, self.worker_name())

    def worker_name(self) -> str | None:
        """Return the name of who prints the paper, in its script where known; None on a blank form."""
        worker = self.wanted.worker
        if worker is None or self.file is None:
            return None
        names = (worker.name, worker.name_latin) if self.words.language == "km" else (worker.name_latin, worker.name)
        return names[0] or names[1]

    def worker_told(self) -> str | None:
        """Return name and telephone of who prints the paper, else the office's telephone; None on a blank form."""
        worker, office = self.wanted.worker, self.wanted.office
        if self.file is None:
            return None
        phone = (worker.phone if worker else None) or (office.phone if office else None)
        return " · ".join(part for part in (self.worker_name(), phone) if part) or None

    def office_name(self) -> str | None:
        """Return the name of the office in the paper's language, else in the other."""
        office = self.wanted.office
        if office is None:
            return None
        names = (office.name_km, office.name_en) if self.words.language == "km" else (office.name_en, office.name_km)
        return names[0] or names[1]

    def _name_alone(self) -> str | None:
        if self.file is None or not self.wanted.named:
            return None
        child = self.file.child
        names = (child.family_name_km, child.given_name_km, child.family_name_latin, child.given_name_latin)
        return full_name(*names, self.words.language) or None

    def reply_slip(self, *blocks: Block) -> list[Block]:
        """Return what is to be cut off and sent back, whole on one page; the case number stands on it as well."""
        number = Answer(self.label(N_("Case number")), self.file.case.number if self.file else None)
        return [Together((CutLine(), self.heading(N_("Reply slip")), number, *blocks))]

    def paper(
        self, form: Form, blocks: Iterable[Block], *, made: bool = True, draft: bool = False, head: bool = True
    ) -> Paper:  # fmt: skip
        """Return the paper; with the code no name of the child or its family is left anywhere on it.

        made: with place and day under the head, for letters and what is signed.
        """
        composed = tuple(blocks) if self._unnamed is None else self._unnamed.all_of(tuple(blocks))
        office, day = self.wanted.office, self.wanted.on if self.file else None
        return Paper(
            form_name=form.name, form_version=form.version, form_number=form.number, title=self.label(form.title),
            office=self.office_name() or "", case_number=self.file.case.number if self.file else None,
            blocks=composed, head=head, practice=bool(office and office.practice), draft=draft,
            made=made_at(town_of(office, self.words), day, office, self.words) if made else "",
        )  # fmt: skip


def in_rows(short: Sequence[Answer]) -> Iterator[Block]:
    """Yield short answers side by side, a single one alone."""
    if len(short) == 1:
        yield short[0]
    elif short:
        yield AnswerGrid(tuple(short))
