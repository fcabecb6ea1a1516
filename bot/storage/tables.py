"""The tables as they are now. How they came to be so stands in migrations/; change both."""

from datetime import UTC, date, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

SHORT = 64
"""Characters of an id: a topic, a chat."""


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


class UnansweredTable(Table):
    """Masked questions that found no answer: what and when, never from whom."""

    __tablename__ = "unanswered"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    guesses: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date] = mapped_column(index=True)
