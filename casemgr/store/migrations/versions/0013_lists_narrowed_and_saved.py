"""The list of cases is narrowed from indexes alone, and can be saved under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("case_newest", "case")
    op.create_index("case_newest", "case", ["opened_on", "id", "child_id", "status", "stage", "worker_id"])
    op.create_index("child_listed", "child", ["id", "village_code", "born"])
    op.create_index("child_home", "child", ["village_code", "id"])
    running = sa.text("ended_at IS NULL")
    op.create_index("deadline_listed", "deadline", ["case_id", "due_at", "whole_day", "rule"], sqlite_where=running)
    for table, held in (
        ("arrest", "custody_ended_at IS NULL AND outcome IS NULL"),
        ("detention", "ended_on IS NULL"),
        ("child_in_prison", "left_on IS NULL AND entered_on IS NOT NULL"),
    ):
        op.create_index(f"{table}_held", table, ["case_id"], sqlite_where=sa.text(held))
    op.create_table(
        "saved_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=20), nullable=True),
        sa.Column("changed_at", sa.String(length=20), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_saved_list_staff_id", "saved_list", ["staff_id"])
