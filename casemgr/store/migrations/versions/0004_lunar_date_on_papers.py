"""An office may want the Khmer lunar date on its papers; those of before did without."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("office_settings", sa.Column("lunar_date", sa.Boolean(), nullable=False, server_default=sa.false()))
