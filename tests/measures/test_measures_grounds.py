"""From what each ground is known, and when it is not."""

from typing import Any

import pytest

from casemgr.measures.grounds import CITIES, Ground, Known, grounds_of
from casemgr.places import place
from casemgr.records.case import Offence, OffenceCategory
from casemgr.records.child import Child, Disability, Ethnicity, LivingWith, Nationality
from casemgr.records.fields import Answer
from casemgr.records.pathway.inquiry_answers import Housing, IdPoor, Separation
from casemgr.records.pathway.social_inquiry import SocialInquiry

YES, NO, UNKNOWN, _ = Answer


def read(
    ground: Ground, *categories: OffenceCategory | None, inquiry: dict[str, Any] | None = None, **child: Any
) -> Answer:
    offences = [Offence(category=category) for category in categories]
    report = None if inquiry is None else SocialInquiry(**inquiry)
    return grounds_of(Known(Child(**child), offences, report))[ground]


def test_of_somebody_unknown_nothing_is_known() -> None:
    assert set(grounds_of(Known(Child())).values()) == {UNKNOWN}
    assert set(grounds_of(Known(Child(), [Offence()], SocialInquiry())).values()) == {UNKNOWN}
    assert list(grounds_of(Known(Child()))) == list(Ground)


@pytest.mark.parametrize(
    ("ground", "answers", "expected"),
    [
        (Ground.POVERTY, {"inquiry": {"id_poor": IdPoor.LEVEL_1}}, YES),
        (Ground.POVERTY, {"inquiry": {"id_poor": IdPoor.LEVEL_2}}, YES),
        (Ground.POVERTY, {"inquiry": {"id_poor": IdPoor.AT_RISK}}, NO),
        (Ground.POVERTY, {"inquiry": {"id_poor": IdPoor.NONE}}, NO),
        (Ground.POVERTY, {"inquiry": {"id_poor": IdPoor.UNKNOWN}}, UNKNOWN),
        (Ground.STREET, {"living_with": LivingWith.STREET}, YES),
        (Ground.STREET, {"living_with": LivingWith.MOTHER}, NO),
        (Ground.STREET, {"living_with": LivingWith.UNKNOWN}, UNKNOWN),
        (Ground.STREET, {"living_with": LivingWith.MOTHER, "inquiry": {"housing": Housing.NONE}}, YES),
        (Ground.STREET, {"inquiry": {"separation": (Separation.STREET,)}}, YES),
        (Ground.STREET, {"inquiry": {"living_with": LivingWith.FATHER}}, NO),
        (Ground.RURAL, {"village_code": "17100401"}, NO),
        (Ground.RURAL, {"village_code": "120101"}, NO),
        (Ground.RURAL, {"village_code": "17070102"}, YES),
        (Ground.RURAL, {"village_code": "1707"}, YES),
        (Ground.RURAL, {"village_code": "17"}, UNKNOWN),
        (Ground.DISABILITY, {"disabilities": (Disability.SEEING,)}, YES),
        (Ground.DISABILITY, {"disabilities": (Disability.NONE,)}, NO),
        (Ground.DISABILITY, {"disabilities": (Disability.NOT_ASKED,)}, UNKNOWN),
        (Ground.ETHNICITY, {"ethnicity": Ethnicity.JARAI}, YES),
        (Ground.ETHNICITY, {"ethnicity": Ethnicity.KHMER}, NO),
        (Ground.ETHNICITY, {"ethnicity": Ethnicity.NOT_ASKED}, UNKNOWN),
        (Ground.NATIONALITY, {"nationality": Nationality.STATELESS}, YES),
        (Ground.NATIONALITY, {"nationality": Nationality.CAMBODIAN}, NO),
        (Ground.NATIONALITY, {"nationality": Nationality.UNKNOWN}, UNKNOWN),
    ],
)
def test_grounds_of_the_child(ground: Ground, answers: dict[str, Any], expected: Answer) -> None:
    assert read(ground, **answers) is expected


@pytest.mark.parametrize(
    ("ground", "category"),
    [
        (Ground.DRUGS, OffenceCategory.DRUG_USE),
        (Ground.DRUGS, OffenceCategory.DRUG_TRAFFICKING),
        (Ground.ONLINE, OffenceCategory.ONLINE),
        (Ground.POLITICAL, OffenceCategory.POLITICAL),
    ],
)
def test_grounds_of_the_offence(ground: Ground, category: OffenceCategory) -> None:
    assert read(ground, OffenceCategory.THEFT, category) is YES
    assert read(ground, category, None) is YES
    assert read(ground, OffenceCategory.THEFT) is NO
    assert read(ground, OffenceCategory.THEFT, None) is UNKNOWN
    assert read(ground, OffenceCategory.UNKNOWN) is UNKNOWN


def test_the_cities_are_districts_of_the_list() -> None:
    found = {code: place(code) for code in CITIES}
    assert [code for code, known in found.items() if known is None or known.level != "district"] == []
    assert len({code[:2] for code in CITIES}) == 24, "each province has one; the capital has khans"


def test_every_ground_says_from_what_it_is_known() -> None:
    assert all(ground.meaning.endswith(".") for ground in Ground)
    assert [ground for ground in Ground if ground.kept_in] == [Ground.POLITICAL]
    assert [ground for ground in Ground if ground.retired] == []
