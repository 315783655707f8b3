"""An office says after how many minutes without anybody at the computer it locks itself; those of before after five."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("office_settings", sa.Column("idle_minutes", sa.Integer(), nullable=False, server_default="5"))
