"""Read by Alembic: the connection, and the transaction around it, come from casemgr.store.migrating."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context


def plain_type(kind: str, found: Any, _context: Any) -> str | Literal[False]:
    """Write a column's type as the database knows it: a step must still run when the program's own types are gone."""
    return f"sa.{found.impl!r}" if kind == "type" and isinstance(found, sa.types.TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    compare_type=True,
    render_as_batch=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
