"""What a write changed, so that open pages ask again for that and nothing else."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Changes:
    """The children and cases that a write touched; parts name lists outside them ("limits", "settings")."""

    children: frozenset[UUID] = frozenset()
    cases: frozenset[UUID] = frozenset()
    parts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *, child: UUID | None = None, case: UUID | None = None, part: str | None = None) -> "Changes":
        """Return the changes of one child, case or part."""
        return cls(
            frozenset({child} if child else ()), frozenset({case} if case else ()), frozenset({part} if part else ())
        )
