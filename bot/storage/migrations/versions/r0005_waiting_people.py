"""Who waits for somebody who understands, so that a restart forgets nobody."""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "waiting_person",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_waiting_person")),
    )
    op.create_index(op.f("ix_waiting_person_asked_on"), "waiting_person", ["asked_on"])


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("waiting_person")
