"""Runs Alembic on a connection that is already open, without alembic.ini.

Alembic is loaded only where there is something for it to do: mostly the tables are the newest.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.errors import StorageError

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent
_VERSION_TABLE = "alembic_version"


def configuration(connection: Connection) -> "Config":
    """Where the steps are, and the connection that env.py is to use."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, place: str) -> None:
    """Bring the tables of this connection to the newest step, in its transaction."""
    if _is_newest(connection):
        return
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise StorageError(
            f"The database {place} was made by another version of this program ({error}). "
            "Install that version or a newer one, or put back a backup."
        ) from error


def _is_newest(connection: Connection) -> bool:
    """Whether the database notes the last step, whose file begins with its number."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return False
    noted = connection.scalars(text(f"SELECT version_num FROM {_VERSION_TABLE}")).all()  # noqa: S608
    newest = max(path.name for path in (_FOLDER / "versions").glob("r*.py"))
    return noted == [newest.removeprefix("r").partition("_")[0]]
