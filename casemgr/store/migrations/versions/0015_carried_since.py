"""From which day a case is with the worker it was given to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("carried_since", sa.Date(), nullable=True))
