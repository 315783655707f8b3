"""Children are found by keys of their own, and two records can be of one child.

The keys are made when the office is next opened; a step knows none of the rules by which they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("child_id"),
    )
    op.create_table(
        "search_term",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "entry"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_made",
        sa.Column("rules", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("rules"),
    )
    op.create_table(
        "sameness",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=20), nullable=True),
        sa.Column("changed_at", sa.String(length=20), nullable=True),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["one_id"],
            ["child.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["child.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("sameness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sameness_other_id"), ["other_id"], unique=False)
        batch_op.create_index("sameness_of_two", ["one_id", "other_id"], unique=True)
    op.create_table(
        "person_of",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("child_id"),
    )
    with op.batch_alter_table("person_of", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_of_person_id"), ["person_id"], unique=False)
