"""Runs Alembic on a connection that is already open, without alembic.ini."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.errors import StorageError


def configuration(connection: Connection) -> Config:
    """Where the steps are, and the connection that env.py is to use."""
    config = Config()
    folder = str(Path(__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, place: str) -> None:
    """Bring the tables of this connection to the newest step, in its transaction."""
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise StorageError(
            f"The database {place} was made by another version of this program ({error}). "
            "Install that version or a newer one, or put back a backup."
        ) from error
