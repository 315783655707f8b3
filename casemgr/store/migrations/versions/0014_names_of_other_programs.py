"""Under which names an office's answers go to other programs is kept with the office."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_names",
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("system"),
    )
