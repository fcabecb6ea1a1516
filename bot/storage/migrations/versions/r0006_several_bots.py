"""Several bots on one database: who lives, what each has in hand, who answers which question.

Who waits at this very moment is dropped, since only the conversation has the question: it is
understood together with what the person writes next.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "serving_bot",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("alive_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_serving_bot")),
    )
    op.create_table(
        "claim",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["holder"],
            ["serving_bot.name"],
            name=op.f("fk_claim_holder"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_holder"), "claim", ["holder"])
    op.drop_table("waiting_person")
    _create_waiting_person(
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("claimed_on", sa.DateTime(timezone=True), nullable=True),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("waiting_person")
    _create_waiting_person()
    op.drop_table("claim")
    op.drop_table("serving_bot")


def _create_waiting_person(*columns: sa.Column[Any]) -> None:
    op.create_table(
        "waiting_person",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.DateTime(timezone=True), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_waiting_person")),
    )
    op.create_index(op.f("ix_waiting_person_asked_on"), "waiting_person", ["asked_on"])
