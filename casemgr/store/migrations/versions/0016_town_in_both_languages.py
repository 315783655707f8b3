"""The town of an office has a name in each language; one of before that has no Khmer letter is the English one."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("office_settings", sa.Column("town_en", sa.Text(), nullable=True))
    op.execute("UPDATE office_settings SET town_en = town, town = NULL WHERE town NOT GLOB '*[\u1780-\u17dd]*'")
