"""The tables as they are now. How they came to be so stands in migrations/; change both."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

SHORT = 64
"""Characters of an id: a topic, a chat."""

SENDER = 16
"""Characters of a pseudonym."""

SEALED_TEXT = {"sealed": "text"}
"""Marks a column that `FreeTextCipher` encrypts."""

SEALED_VALUES = {"sealed": "values"}
"""Marks a column that holds a JSON object which `FreeTextCipher` encrypts."""


class AwareTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and given back aware, also by databases that forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To UTC; ValueError for a time without a zone, which could mean any moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """In UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """All tables; keys and indexes get names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )


class UpdateTable(Table):
    """Updates that wait, were set aside, or (without chat and payload) were answered lately."""

    __tablename__ = "update"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat: Mapped[str] = mapped_column(String(SHORT), index=True)
    payload: Mapped[str] = mapped_column(Text)
    received_on: Mapped[datetime] = mapped_column(AwareTime)
    attempts: Mapped[int]
    set_aside_because: Mapped[str | None] = mapped_column(Text)
    answered_on: Mapped[datetime | None] = mapped_column(AwareTime, index=True)


class FeedbackTable(Table):
    """Taps on 有用 and 没用: what was rated and when, never by whom."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(SHORT))
    is_useful: Mapped[bool]
    given_on: Mapped[date]


# What follows belongs to a person. `PersonalData` finds it by the column `sender`, or by a foreign
# key to a table that has one: give every new table of this kind one of the two.


class MissedTable(Table):
    """Masked messages that went wrong, for the advocates. The sender only counts as one person."""

    __tablename__ = "missed"

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER), index=True)
    kind: Mapped[str] = mapped_column(String(SHORT))
    body: Mapped[str] = mapped_column(Text, info=SEALED_VALUES)
    asked_on: Mapped[date] = mapped_column(index=True)
    decision: Mapped[str | None] = mapped_column(String(SHORT))


class RecordCounterTable(Table):
    """The last number given in a person's log: no number is given twice."""

    __tablename__ = "record_counter"

    sender: Mapped[str] = mapped_column(String(SENDER), primary_key=True)
    last: Mapped[int]


class ContactRecordTable(Table):
    """Calls, messages, visits and letters that people chose to keep."""

    __tablename__ = "contact_record"
    __table_args__ = (UniqueConstraint("sender", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER))
    number: Mapped[int]
    noted_on: Mapped[datetime] = mapped_column(AwareTime)
    happened_on: Mapped[date | None]
    body: Mapped[str] = mapped_column(Text, info=SEALED_VALUES)


class AttachmentTable(Table):
    """Where Telegram keeps the files that prove a record, and their fingerprints."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey("contact_record.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(SHORT))
    reference: Mapped[str] = mapped_column(Text, info=SEALED_TEXT)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    received_on: Mapped[datetime] = mapped_column(AwareTime)


class ReminderTable(Table):
    """What is to be sent one day. A number is never used again: old buttons name it."""

    __tablename__ = "reminder"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own way

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER), index=True)
    address: Mapped[str] = mapped_column(Text, info=SEALED_TEXT)
    kind: Mapped[str] = mapped_column(String(SHORT))
    due_on: Mapped[date]
    remind_at: Mapped[datetime] = mapped_column(AwareTime, index=True)
    words: Mapped[str] = mapped_column(Text, info=SEALED_VALUES)
    attempts: Mapped[int]
    claimed_on: Mapped[datetime | None] = mapped_column(AwareTime)
    sent_on: Mapped[datetime | None] = mapped_column(AwareTime)


class ConversationTable(Table):
    """All that a person's talk has left behind: what was told, asked and filled in."""

    __tablename__ = "conversation"

    sender: Mapped[str] = mapped_column(String(SENDER), primary_key=True)
    body: Mapped[str] = mapped_column(Text, info=SEALED_VALUES)
    changed_on: Mapped[datetime] = mapped_column(AwareTime, index=True)


class PreferenceTable(Table):
    """How a person wants to be served."""

    __tablename__ = "preference"

    sender: Mapped[str] = mapped_column(String(SENDER), primary_key=True)
    is_discreet: Mapped[bool]


class SentMessageTable(Table):
    """Numbers of the bot's messages on a shared phone, so that it can delete them."""

    __tablename__ = "sent_message"

    sender: Mapped[str] = mapped_column(String(SENDER), primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sent_on: Mapped[datetime] = mapped_column(AwareTime, index=True)


class WaitingPersonTable(Table):
    """A question that nobody could understand yet, and where to answer it."""

    __tablename__ = "waiting_person"

    sender: Mapped[str] = mapped_column(String(SENDER), primary_key=True)
    address: Mapped[str] = mapped_column(Text, info=SEALED_TEXT)
    question: Mapped[str] = mapped_column(Text, info=SEALED_TEXT)
    asked_on: Mapped[datetime] = mapped_column(AwareTime, index=True)
    claimed_on: Mapped[datetime | None] = mapped_column(AwareTime)


class ServingBotTable(Table):
    """The bots that answer from one server, and until when each is taken to live."""

    __tablename__ = "serving_bot"

    name: Mapped[str] = mapped_column(String(SHORT), primary_key=True)
    alive_until: Mapped[datetime] = mapped_column(AwareTime)


class ClaimTable(Table):
    """What a bot has in hand, alone: a chat by its name. It ends with the bot, or before."""

    __tablename__ = "claim"

    name: Mapped[str] = mapped_column(String(SHORT), primary_key=True)
    holder: Mapped[str] = mapped_column(
        ForeignKey("serving_bot.name", ondelete="CASCADE"), index=True
    )
