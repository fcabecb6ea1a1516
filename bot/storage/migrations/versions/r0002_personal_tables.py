"""Personal tables: records with attachments, reminders, drafts, preferences, sent messages."""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Apply this step."""
    _create_log()
    _create_reminders()
    op.create_table(
        "draft",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_changed_on"), "draft", ["changed_on"])
    op.create_table(
        "preference",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("is_discreet", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_preference")),
    )
    op.create_table(
        "sent_message",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sent_on", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", "message_id", name=op.f("pk_sent_message")),
    )
    op.create_index(op.f("ix_sent_message_sent_on"), "sent_message", ["sent_on"])


def downgrade() -> None:
    """Take this step back."""
    for table in (
        "sent_message",
        "preference",
        "draft",
        "reminder",
        "attachment",
        "contact_record",
        "record_counter",
    ):
        op.drop_table(table)


def _create_log() -> None:
    op.create_table(
        "record_counter",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_record_counter")),
    )
    op.create_table(
        "contact_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("noted_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_record")),
        sa.UniqueConstraint("sender", "number", name=op.f("uq_contact_record_sender")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["contact_record.id"],
            name=op.f("fk_attachment_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_record_id"), "attachment", ["record_id"])


def _create_reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_on", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminder_sender"), "reminder", ["sender"])
    op.create_index(op.f("ix_reminder_remind_at"), "reminder", ["remind_at"])
