"""Alembic runs this file for every command; the connection comes from upgrade.py."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from bot.storage.tables import AwareTime, Table


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Steps must outlive tables.py, so they name no type of ours."""
    if kind == "type" and isinstance(item, AwareTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_item=render_item,
    # SQLite cannot alter most things in place.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
