"""What went wrong is kept with a pseudonym, so that people can be counted and can delete it.

The questions that were kept without one are dropped: nobody can say from how many they are, and
what fewer than a few people asked is shown to nobody any more.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "missed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed")),
    )
    op.create_index(op.f("ix_missed_sender"), "missed", ["sender"])
    op.create_index(op.f("ix_missed_asked_on"), "missed", ["asked_on"])
    op.drop_table("unanswered")


def downgrade() -> None:
    """Take this step back."""
    op.create_table(
        "unanswered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("guesses", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
    )
    op.create_index(op.f("ix_unanswered_asked_on"), "unanswered", ["asked_on"])
    op.drop_table("missed")
