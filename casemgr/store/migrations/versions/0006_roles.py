"""Staff members have roles; those of before did all there was to do. The cases of one worker are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIRST_ROLES = '["case-worker", "supervisor", "administrator"]'


def upgrade() -> None:
    op.add_column("staff_member", sa.Column("roles", sa.Text(), nullable=False, server_default="[]"))
    op.execute(sa.text("UPDATE staff_member SET roles = :roles").bindparams(roles=FIRST_ROLES))
    op.create_index("case_of_worker", "case", ["worker_id", "opened_on", "id"], unique=False)
