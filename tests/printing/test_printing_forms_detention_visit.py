"""Papers of detention: a visit, filled or to take along; a child with its mother; a visit of the family."""

from datetime import date
from uuid import uuid4

from sample_case import Kept, sample, sample_case, wanted

from casemgr.printing.blocks import CutLine, Together, as_text
from casemgr.printing.forms.child_in_prison import CHILD_IN_PRISON
from casemgr.printing.forms.detention_visit import DETENTION_VISIT
from casemgr.printing.forms.family_visit_slip import FAMILY_VISIT_SLIP
from casemgr.records.base import CaseRecord
from casemgr.records.fields import Answer
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import FamilyContact
from casemgr.records.pathway.detention_visit import DetentionVisit


def case_with(*records: CaseRecord) -> Kept:
    whole = sample_case()
    return Kept(whole.child, whole.case, whole.offences, records)


def held(**other: object) -> Detention:
    return sample(Detention, **{"ended_on": None} | other)  # type: ignore[no-any-return]


def visit(**other: object) -> DetentionVisit:
    return sample(DetentionVisit, **other)  # type: ignore[no-any-return]


def test_by_hand_it_is_for_the_next_visit_with_what_the_last_left_to_be_done() -> None:
    text = as_text(DETENTION_VISIT.compose(wanted("en", case_with(held(), visit()), by_hand=True)))
    assert "Visited on: ____" in text
    assert "Place visited: ពន្ធនាគារខេត្តសៀមរាប" in text
    assert "[x]" not in text
    assert "សុំឱ្យគេងដាច់ពីមនុស្សពេញវ័យ" in text
    assert "យកភួយ និងមុងទៅឱ្យកុមារ" not in text


def test_by_hand_a_named_visit_is_itself() -> None:
    known = visit()
    paper = DETENTION_VISIT.compose(wanted("en", case_with(held(), known), by_hand=True, record_id=known.id))
    text = as_text(paper)
    assert "Visited on: 03-12-2026" in text
    assert "Still to be done from earlier visits" not in text


def test_what_only_named_staff_may_read_is_not_carried_into_the_prison() -> None:
    file = case_with(held(), visit(injuries=Answer.YES))
    carried = as_text(DETENTION_VISIT.compose(wanted("en", file, by_hand=True)))
    assert "Injuries seen?" not in carried
    assert "form F-17" in carried
    inside = as_text(DETENTION_VISIT.compose(wanted("en", file, with_restricted=True)))
    assert "Injuries seen?: Yes" in inside
    assert "ត្រូវអ្នកជាប់ឃុំម្នាក់វាយ" in inside
    assert "ត្រូវអ្នកជាប់ឃុំម្នាក់វាយ" not in as_text(DETENTION_VISIT.compose(wanted("en", file)))


def test_a_visit_is_wanted_once_while_the_child_is_held() -> None:
    assert list(DETENTION_VISIT.wanted_now(case_with(held(), held(id=uuid4())))) == [None]
    assert not list(DETENTION_VISIT.wanted_now(case_with(held(ended_on=date(2026, 12, 10)))))


def test_a_child_in_prison_with_the_code_bears_no_name_of_mother_or_child() -> None:
    file = case_with(sample(ChildInPrison))
    named, coded = (as_text(CHILD_IN_PRISON.compose(wanted("en", file, named=named))) for named in (True, False))
    for name in ("សុខ ម៉ាលី", "សុខ ចាន់ធូ", "០១២ ៥៥៥ ៨៨១"):
        assert name in named
        assert name not in coded
    assert "Child born on: 09-02-2025" in coded
    assert "Age now: 1 year" in coded


def test_a_child_in_prison_is_wanted_until_it_leaves() -> None:
    inside = sample(ChildInPrison, left_on=None)
    assert list(CHILD_IN_PRISON.wanted_now(case_with(inside))) == [inside.id]
    assert not list(CHILD_IN_PRISON.wanted_now(case_with(sample(ChildInPrison))))


def test_two_slips_know_the_place_and_no_money() -> None:
    paper = FAMILY_VISIT_SLIP.compose(wanted("en", case_with(held(), visit())))
    text = as_text(paper)
    assert text.count("Place of detention: ពន្ធនាគារខេត្តសៀមរាប") == 2
    assert text.count("Paid in riel: ____") == 2
    assert isinstance(paper.blocks[-1], Together)
    assert isinstance(paper.blocks[-1].blocks[0], CutLine)
    assert not paper.draft


def test_in_two_languages_there_is_one_slip() -> None:
    text = as_text(FAMILY_VISIT_SLIP.compose(wanted("both", case_with(held()))))
    assert text.count("Paid in riel: ____") == 1
    assert "8<" not in text


def test_a_slip_is_wanted_where_the_newest_visit_found_no_family() -> None:
    alone = visit(family_contact=FamilyContact.NONE)
    later = visit(id=uuid4(), visited_on=date(2026, 12, 9), family_contact=FamilyContact.VISITED)
    detention = held()
    assert list(FAMILY_VISIT_SLIP.wanted_now(case_with(detention, alone))) == [detention.id]
    assert not list(FAMILY_VISIT_SLIP.wanted_now(case_with(detention, later, alone)))
    assert not list(FAMILY_VISIT_SLIP.wanted_now(case_with(held(ended_on=date(2026, 12, 10)), alone)))
    assert not list(FAMILY_VISIT_SLIP.wanted_now(case_with(detention)))
