"""From which day a case is with the worker it was given to; the decisions about two children, in the trail of both."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("carried_since", sa.Date(), nullable=True))
    op.create_index("audit_of_sameness", "audit_entry", ["record_id"], sqlite_where=sa.text("record_type = 'Sameness'"))
