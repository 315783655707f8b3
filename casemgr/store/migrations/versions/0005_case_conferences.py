"""case conferences."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_conference",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=20), nullable=True),
        sa.Column("changed_at", sa.String(length=20), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("held_at", sa.String(length=20), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=True),
        sa.Column("chaired_by", sa.Text(), nullable=True),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("child_asked", sa.String(length=40), nullable=True),
        sa.Column("child_view", sa.Text(), nullable=True),
        sa.Column("family_view", sa.Text(), nullable=True),
        sa.Column("discussed", sa.Text(), nullable=True),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("next_at", sa.String(length=20), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_conference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_conference_case_id"), ["case_id"], unique=False)
