"""The complaint on paper: what leaves the office, when, and with which name."""

import pytest
from sample_case import Kept, sample, sample_case, wanted

from casemgr.printing.blocks import Paper, as_text
from casemgr.printing.forms.complaint import COMPLAINT
from casemgr.records.beside.complaint import Complaint, ComplaintStep, ComplaintWish

INNER = ("អ្នករត់ម៉ូតូឌុប", "ខ្ញុំខ្លាចគេធ្វើបាបម្តាយ", "មេធាវីមានវត្តមានគ្រប់ពេល", "លឹម ចន្ទតារា", "អធិការដ្ឋាន")
"""Of the sample: the witness, the child's own words, the safety, whom somebody told, the result."""

TOLD = ("ត្រូវបានគេរុញដួល", "កែងដៃខាងឆ្វេង", "Money asked for", "200,000")


def printed(wish: ComplaintWish | None, **said: object) -> Paper:
    whole = sample_case()
    complaint = sample(Complaint, wish=wish)
    file = Kept(whole.child, whole.case, whole.offences, (complaint,))
    return COMPLAINT.compose(wanted("en", file, **{"named": False} | said))


def test_the_addressee_is_told_what_happened_and_nothing_that_endangers_the_child() -> None:
    text = as_text(printed(ComplaintWish.COMPLAIN))
    assert all(told in text for told in TOLD)
    assert not any(inner in text for inner in INNER)
    assert "Reply slip" in text
    assert "Theft" not in text
    assert "Age at the offence" not in text


def test_the_offices_own_page_needs_the_answers_for_named_staff() -> None:
    text = as_text(printed(ComplaintWish.COMPLAIN, with_restricted=True))
    letter, _, inner = text.partition("---\n")
    assert all(told in letter for told in TOLD)
    assert not any(told in letter for told in INNER)
    assert all(told in inner for told in INNER)


@pytest.mark.parametrize("wish", [wish for wish in ComplaintWish if wish is not ComplaintWish.COMPLAIN] + [None])
@pytest.mark.parametrize("by_hand", [False, True])
def test_against_the_childs_wish_there_is_nothing_to_send(wish: ComplaintWish | None, by_hand: bool) -> None:
    text = as_text(printed(wish, by_hand=by_hand))
    assert not any(told in text for told in (*TOLD, *INNER))
    assert "Reply slip" not in text
    assert "The child has not asked for a formal complaint." in text


def test_against_the_childs_wish_named_staff_print_it_without_an_addressee() -> None:
    text = as_text(printed(ComplaintWish.NOTE, with_restricted=True))
    assert all(told in text for told in (*TOLD, *INNER))
    assert "Reply slip" not in text


def test_with_the_code_no_child_signs() -> None:
    assert "signs / Child" not in as_text(printed(ComplaintWish.COMPLAIN))
    assert "signs / Child / Chan Dara" in as_text(printed(ComplaintWish.COMPLAIN, named=True))


def test_it_is_a_draft_while_a_fact_is_missing() -> None:
    whole = sample_case()
    without = Kept(whole.child, whole.case, (), (sample(Complaint, wish=ComplaintWish.COMPLAIN, account=None),))
    assert COMPLAINT.compose(wanted("en", without)).draft
    assert not COMPLAINT.compose(wanted("en", without, by_hand=True)).draft
    assert not printed(ComplaintWish.COMPLAIN).draft


def test_without_a_complaint_every_question_has_room() -> None:
    whole = sample_case()
    text = as_text(COMPLAINT.compose(wanted("en", Kept(whole.child, whole.case), named=False)))
    assert "What the child says: ____" in text
    assert "How the child is kept safe: ____" in text


def test_it_is_wanted_while_the_child_wishes_it_and_nobody_was_told() -> None:
    whole = sample_case()

    def is_wanted(**other: object) -> bool:
        asked = {"wish": ComplaintWish.COMPLAIN, "steps": (), "closed_on": None} | other
        complaint = sample(Complaint, **asked)
        return list(COMPLAINT.wanted_now(Kept(whole.child, whole.case, (), (complaint,)))) == [complaint.id]

    assert is_wanted()
    assert not is_wanted(wish=ComplaintWish.SAFETY)
    assert not is_wanted(steps=(ComplaintStep(told_to="ព្រះរាជអាជ្ញា"),))
    assert not is_wanted(closed_on=sample(Complaint).closed_on)
