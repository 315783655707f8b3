"""What the follow-up list reads of offences, consents and contacts stands together in an index of each."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("offence_listed", "offence", ["case_id", "category", "offence_class", "committed_on"])
    op.create_index("consent_listed", "consent", ["case_id", "scope", "given_on", "valid_until", "withdrawn_on"])
    op.create_index("case_contact_listed", "case_contact", ["case_id", "role", "contact_id"])
