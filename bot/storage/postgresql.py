"""What only PostgreSQL needs: the driver, and one at a time where tables are made.

A server may have several bots. Who has which chat in hand is told in `shared_updates.py`.
"""

from sqlalchemy import URL, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

DRIVER = "postgresql+asyncpg"

_MAKING_TABLES = 4_721_303
"""A number that nothing else in the database locks."""


def is_postgresql(address: URL) -> bool:
    """Whether this module is needed."""
    return address.get_backend_name() == "postgresql"


def with_driver(address: URL) -> URL:
    """The address as operators write it (`postgresql://…`), with our driver."""
    is_plain = address.drivername in ("postgresql", "postgres")
    return address.set(drivername=DRIVER) if is_plain else address


async def make_tables_alone(connection: AsyncConnection) -> None:
    """Until this transaction ends, no other bot looks whether tables are to be made."""
    await connection.execute(select(func.pg_advisory_xact_lock(_MAKING_TABLES)))
