"""The table of measurements sets each ratio beside its goal."""

from bench import ratios


def test_a_ratio_is_read_with_its_goal_however_deep_it_lies() -> None:
    answer = {"paper_ratio": 1.5, "paper_goal": 3.0, "pages": 40, "cold": {"ratio": 2, "seconds": 0.1}}
    assert list(ratios("paper", answer)) == [("paper", 1.5, 3.0), ("paper cold", 2.0, None)]
