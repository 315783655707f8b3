"""What a write changed, so that open pages ask again for that and nothing else."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Changes:
    """The children and cases that a write touched; parts name lists outside them ("limits", "settings").

    lines: the numbers of the audit lines of a write that can be undone, None where it cannot. gone: those children and
    cases that are no more, have no name any more, or that who wrote may open no more.
    """

    children: frozenset[UUID] = frozenset()
    cases: frozenset[UUID] = frozenset()
    parts: frozenset[str] = frozenset()
    lines: tuple[int, ...] | None = None
    gone: frozenset[UUID] = frozenset()

    @classmethod
    def of(
        cls, *, child: UUID | None = None, case: UUID | None = None, part: str | None = None,
        lines: tuple[int, ...] | None = None,
    ) -> "Changes":  # fmt: skip
        """Return the changes of one child, case or part."""
        return cls(
            frozenset({child} if child else ()), frozenset({case} if case else ()),
            frozenset({part} if part else ()), lines or None,
        )  # fmt: skip
