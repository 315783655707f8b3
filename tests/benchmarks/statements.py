"""What a question of ours asks of SQLite, for the benchmarks that ask the same once more of the driver alone."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from casemgr.store.work import Work


class Statements:
    """Keeps what the office's own connection is given from now on, with the values; of it what starts with that."""

    def __init__(self, engine: sa.Engine, start: str = "") -> None:
        self.kept: list[tuple[str, Any]] = []
        self.start = start
        self.engine = engine
        self._stored = Work.stored
        sa.event.listen(engine, "before_cursor_execute", self._on_execute)
        Work.stored = self._on_stored(self._stored)  # type: ignore[method-assign]

    def stop(self) -> list[tuple[str, Any]]:
        """Keep no more; return what was kept."""
        sa.event.remove(self.engine, "before_cursor_execute", self._on_execute)
        Work.stored = self._stored  # type: ignore[method-assign]
        return self.kept

    def _on_execute(self, _c: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        self._keep(statement, values)

    def _on_stored(self, stored: Callable[..., Iterable[Sequence[Any]]]) -> Callable[..., Iterable[Sequence[Any]]]:
        def kept(work: Work, text: str, values: Sequence[Any]) -> Iterable[Sequence[Any]]:
            self._keep(text, values)
            return stored(work, text, values)

        return kept

    def _keep(self, statement: str, values: Any) -> None:
        if statement.startswith(self.start):
            self.kept.append((statement, values))


def replay(raw: Any, statements: list[tuple[str, Any]]) -> int:
    """Run the statements on a raw connection and fetch every row; return how many there were."""
    return sum(len(raw.execute(statement, values).fetchall()) for statement, values in statements)
