"""Claims with a time: whose clock tells it, and when one has run out."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal, or_
from sqlalchemy.orm import InstrumentedAttribute

from bot.storage.database import Database
from bot.storage.tables import AwareTime

_NOTHING = timedelta(0)


def moment_of(
    database: Database, now: datetime, after: timedelta = _NOTHING
) -> ColumnElement[datetime]:
    """By the server's clock where several bots share one: theirs differ. Else by the bot's own."""
    return func.now() + after if database.is_shared else literal(now + after, AwareTime())


def has_run_out(
    claimed_on: InstrumentedAttribute[datetime | None],
    database: Database,
    now: datetime,
    length: timedelta,
) -> ColumnElement[bool]:
    """A claim is so old, or so far ahead that the clock was set back since."""
    return or_(
        claimed_on <= moment_of(database, now, -length),
        claimed_on > moment_of(database, now, length),
    )
