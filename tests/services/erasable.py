"""A child whose case was closed long ago, with a word of its own in every corner where something of it is kept."""

import io
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from PIL import Image

from casemgr.clock import PartialDate, local
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.document import AttachedFile, Document, DocumentKind, MediaType
from casemgr.records.beside.link import Link
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Offence, OffenceCategory, ProcessStage
from casemgr.records.child import Child, Guardian, HouseholdMember, Relation
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.retention import Kept
from casemgr.services import casework, drafts, keeping_rules
from casemgr.services.erasing import Confirmed
from casemgr.services.office import Office

CLOSED = date(2018, 5, 2)
TODAY = date(2026, 11, 26)
REASON = "Kept longer than promised"


@dataclass
class Known:
    """The child, its case, the other child's case that is linked to it, and every word by which it could be known."""

    child: UUID
    case: UUID
    other: UUID
    words: tuple[str, ...]


PASSWORD = "correct horse battery staple"


def confirmed(name: str = "", password: str = PASSWORD, word: str = "erase") -> Confirmed:
    return Confirmed(name, password, word)


def five_years(office: Office, what: Kept = Kept.CASES) -> None:
    keeping_rules.set_rule(office, what, 5, holds_from=date(2020, 1, 1), decided_by="ក្រុមប្រឹក្សា")


def closed_child(office: Office, mark: str = "ម", closed: date | None = CLOSED, **closure: object) -> Known:
    """Write down a child with one case; closed None leaves the case open."""
    words: list[str] = []

    def word(where: str) -> str:
        words.append(f"{mark}ជីវិតឯកជន{where}")
        return words[-1]

    child = Child(
        family_name_km=word("ត្រកូល"), given_name_km=word("នាម"), nickname=word("ហៅ"), phone="0979" + mark + "55512",
        born=PartialDate.of(2001, 3, 12), village_code="17100401", notes=word("ចំណាំ"),
        guardians=(Guardian(name=word("ម្តាយ"), relation=Relation.MOTHER, address=word("ផ្ទះ")),),
        household=(HouseholdMember(name=word("ប្អូន"), born=PartialDate.of(2005, 6, 7)),),
    )  # fmt: skip
    casework.save_child(office, child)
    case = Case(opened_on=date(2017, 4, 2), stage=ProcessStage.CLOSED)
    casework.open_case(office, child.id, case)
    offence = Offence(case_id=case.id, category=OffenceCategory.THEFT, committed_on=PartialDate.of(2017, 4, 1),
                      description=word("លួច"))  # fmt: skip
    casework.save_record(office, offence)
    note = Note(case_id=case.id, happened_at=local(2017, 5, 1, 9), text=word("និយាយ"))
    casework.save_record(office, note, why=word("ព្រោះ"))
    note.text = word("កែ")
    casework.save_record(office, note)
    slip = Note(case_id=case.id, happened_at=local(2017, 6, 1, 9), text=word("ខុស"))
    casework.save_record(office, slip)
    casework.remove_record(office, slip, word("លុប"))
    other = _beside(office, case, child, word)
    _papers(office, case, word)
    drafts.keep_draft(office, f"case/{case.id}/note", case.id, {"text": word("ព្រាង")})
    drafts.keep_draft(office, f"child/{child.id}", None, {"notes": word("ព្រាងកុមារ")})
    if closed is not None:
        casework.save_record(office, Closure(
            case_id=case.id, closed_on=closed, reason=ClosingReason.GOALS_MET, achieved=word("បាន"), **closure
        ), why="ឯកសារចាស់")  # fmt: skip
    return Known(child.id, case.id, other, tuple(words))


def _beside(office: Office, case: Case, child: Child, word: object) -> UUID:
    """A parent in the directory, and another child's closed case that is linked to this child."""
    other = Child(family_name_km="ផ្សេង")
    casework.save_child(office, other)
    others = Case(opened_on=date(2017, 4, 2), stage=ProcessStage.CLOSED)
    casework.open_case(office, other.id, others)
    casework.save_record(office, Link(case_id=others.id, other_child_id=child.id, remark=word("តំណ")))  # type: ignore[operator]
    casework.save_record(office, Closure(case_id=others.id, closed_on=date(2026, 1, 5)), why="ចប់")
    contact = Contact(name_km=word("ទំនាក់ទំនង"), role=ContactRole.GUARDIAN)  # type: ignore[operator]
    with office.write() as work:
        work.add(contact)
    casework.save_record(office, CaseContact(case_id=case.id, contact_id=contact.id, role=ContactRole.GUARDIAN))
    return others.id


def _picture(told: bytes) -> bytes:
    """Return a picture whose dots are those bytes again and again, as they stand in the file."""
    size = (len(told) * 20, 900)
    picture, target = Image.frombytes("P", size, told * 20 * size[1]), io.BytesIO()
    picture.putpalette(bytes(range(256)) * 3)
    picture.save(target, "PNG", compress_level=0)
    assert told in target.getvalue()
    return target.getvalue()


def _papers(office: Office, case: Case, word: object) -> None:
    data = _picture(("រូបថត" + word("ឯកសារ")).encode())  # type: ignore[operator]
    file = AttachedFile(media_type=MediaType.PNG, data=data)
    with office.write() as work:
        work.add(file)
        work.flush()
        work.add(Document(
            case_id=case.id, kind=DocumentKind.PHOTOGRAPH, headline=word("ចំណងជើង"), file_id=file.id,  # type: ignore[operator]
            digest=sha256(data).hexdigest(), media_type=MediaType.PNG, size=len(data), pages=1,
        ))  # fmt: skip
