"""What stands together on a page: pieces that lead to the next, the last line with what it follows."""

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Table

WHOLE_TABLE, MOST_KEPT = 130.0, 420.0  # points: smaller tables are not split, larger pieces are
SINGLE_LINE = 32.0  # points: a line, or a label in two languages; it would look lost on a page of its own
ENDLESS = 841.9  # points: the height that pieces are laid out in


class Ending(Flowable):
    """The last two pieces of a page or paper, the very last being a single line, which never begins a page alone."""

    def __init__(self, before: Flowable, last: Flowable) -> None:
        """Take both."""
        super().__init__()
        self.before, self.last = before, last
        self.spaceBefore, self.spaceAfter = before.getSpaceBefore(), last.getSpaceAfter()

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size of both in points."""
        _, self._before = self.before.wrap(available_width, available_height)
        _, self._last = self.last.wrap(available_width, available_height)
        self._gap = max(self.before.getSpaceAfter(), self.last.getSpaceBefore())
        self.width, self.height = available_width, self._before + self._gap + self._last
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return what fits of the first, the rest of it and the last; nothing where the first cannot be parted."""
        _, height = self.wrap(available_width, available_height)
        parts = self.before.split(available_width, min(available_height, self._before - 1))
        if len(parts) > 1:
            _, rest = parts[-1].wrap(available_width, available_height)
            return [*parts[:-1], CondPageBreak(rest + self._gap + self._last), parts[-1], self.last]
        return [] if height <= MOST_KEPT else [self.before, self.last]

    def draw(self) -> None:
        """Draw both."""
        self.before.drawOn(self.canv, 0, self.height - self._before)
        self.last.drawOn(self.canv, 0, 0)


class Whole(KeepTogether):
    """Pieces that stand on one page. ReportLab takes it apart; it has no height of its own."""

    def __init__(self, pieces: list[Flowable]) -> None:
        """Take the pieces."""
        super().__init__(pieces)
        self.pieces = pieces


class NewPart(CondPageBreak):
    """Goes on where the page has that height left, in points, else on a new page."""


def ended(pieces: Sequence[Flowable], width: float) -> list[Flowable]:
    """Return the pieces, with a single line before the end or a new page bound to what it follows."""
    kept: list[Flowable] = []
    for index, piece in enumerate(pieces):
        ends = index + 1 == len(pieces) or isinstance(pieces[index + 1], PageBreak | NewPart)
        if (
            ends
            and kept
            and not isinstance(kept[-1], _APART)
            and not isinstance(piece, _APART)
            and _is_line(piece, width)
        ):
            kept[-1] = Ending(kept[-1], piece)
        else:
            kept.append(piece)
    return kept


_APART = (PageBreak, NewPart, Whole)


def _is_line(piece: Flowable, width: float) -> bool:
    return piece.wrap(width, ENDLESS)[1] <= SINGLE_LINE


def together(pieces: Sequence[Flowable], width: float) -> float:
    """Return the height in points that the first pieces need: those that lead to the next, and the least of that."""
    needed = 0.0
    for piece in pieces:
        if isinstance(piece, Whole):
            whole = sum(
                inner.getSpaceBefore() + inner.wrap(width, ENDLESS)[1] + inner.getSpaceAfter() for inner in piece.pieces
            )
            return needed + min(whole, MOST_KEPT)
        _, height = piece.wrap(width, ENDLESS)
        if not getattr(piece, "leads", False):
            return needed + piece.getSpaceBefore() + _least_height(piece, width, height)
        needed += piece.getSpaceBefore() + height + piece.getSpaceAfter()
    return needed


def _least_height(piece: Flowable, width: float, height: float) -> float:
    """Return how much of a wrapped piece may stand alone: of a long table the head and its first line."""
    if isinstance(piece, Ending):
        if len(piece.split(width, height)) < 4:
            return height
        return _least_height(piece.before, width, piece.before.wrap(width, ENDLESS)[1])
    if isinstance(piece, Table):
        rows: list[float] = piece._rowHeights  # type: ignore[attr-defined]  # ReportLab has no public name for it
        return min(height, max(sum(rows[:2]), WHOLE_TABLE), MOST_KEPT)
    least: float = piece.least_height() if hasattr(piece, "least_height") else height
    return min(least, MOST_KEPT)
