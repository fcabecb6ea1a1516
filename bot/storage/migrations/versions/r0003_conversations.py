"""A person's draft becomes a part of their conversation: the rows stay, and are read as such."""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "conversation",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_changed_on"), "conversation", ["changed_on"])
    op.execute("INSERT INTO conversation SELECT sender, body, changed_on FROM draft")
    op.drop_table("draft")


def downgrade() -> None:
    """Take this step back."""
    op.create_table(
        "draft",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_changed_on"), "draft", ["changed_on"])
    op.drop_table("conversation")
