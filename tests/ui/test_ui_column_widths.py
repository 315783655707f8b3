"""How the columns of a list share its width."""

from hypothesis import given
from hypothesis import strategies as some

from ui.parts.listing import shared

COLUMNS = some.lists(some.tuples(some.integers(0, 40), some.integers(0, 200)), min_size=1, max_size=12)


def test_what_one_column_needs_more_than_its_share_is_taken_from_all_the_others_alike() -> None:
    assert shared(1000, (20, 10, 10, 10), (0, 0, 0, 400)) == [300, 150, 150, 400]


def test_where_there_is_too_little_room_each_has_what_it_needs() -> None:
    assert shared(300, (20, 10), (200, 150)) == [200, 150]


@given(COLUMNS, some.integers(0, 3000))
def test_the_columns_fill_the_width_and_none_is_narrower_than_it_needs(
    columns: list[tuple[int, int]], width: int
) -> None:
    shares, least = zip(*columns, strict=True)
    wide = shared(width, shares, least)
    assert sum(wide) == max(width, sum(least))
    assert all(pixels >= need for pixels, need in zip(wide, least, strict=True))
