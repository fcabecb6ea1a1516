"""Turns what a database or a disk complains about into a sentence with a cure."""

from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError

_CURES = {
    "SQLITE_FULL": (
        "The disk that holds the database {place} is full. "
        "Free some space; what was stored before is safe."
    ),
    "SQLITE_NOTADB": (
        "The database {place} is damaged, or it is no SQLite database. "
        "Put back a backup, or move the file away: a new one is made at the next start."
    ),
    "SQLITE_BUSY": (
        "Another program keeps the database {place} locked. "
        "Stop the second copy of this bot, or whatever has the file open, and start again."
    ),
    "SQLITE_CANTOPEN": (
        "The database {place} cannot be opened for writing. Give this user the right to write "
        "the file and its folder, or name another place in DATABASE_URL."
    ),
    "SQLITE_IOERR": (
        "The disk that holds the database {place} refused a read or a write. "
        "Look whether it is full, over its quota or failing."
    ),
}
_CURES |= {
    "SQLITE_CORRUPT": _CURES["SQLITE_NOTADB"],
    "SQLITE_LOCKED": _CURES["SQLITE_BUSY"],
    "SQLITE_READONLY": _CURES["SQLITE_CANTOPEN"],
    "SQLITE_PERM": _CURES["SQLITE_CANTOPEN"],
    "SQLITE_AUTH": _CURES["SQLITE_CANTOPEN"],
}
# PostgreSQL has numbers (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_CURES |= {
    "28000": (
        "The server refuses the user or the password of {place}. "
        "Put right what DATABASE_URL says, or the server's pg_hba.conf."
    ),
    "3D000": (
        "There is no database {place}. "
        "Make it (createdb) for this user, or put right DATABASE_URL."
    ),
    "42501": (
        "The user of {place} may not do what the bot needs. "
        "Make this user the owner of the database: the bot makes its tables itself."
    ),
    "53100": (
        "The disk of the server of {place} is full. "
        "Free some space; what was stored before is safe."
    ),
    "53300": (
        "The server of {place} has no connection left. "
        "Raise max_connections: each bot may need 15."
    ),
    "57P03": "The server of {place} is starting or ending. Look again in a moment.",
}
_CURES |= {"28P01": _CURES["28000"]}


def place_of(address: URL) -> str:
    """How to name a database to its operator: a whole path, or the URL without its password."""
    if address.get_backend_name() == "sqlite" and address.database:
        return str(Path(address.database).absolute())
    return address.render_as_string(hide_password=True)


def damaged(place: str) -> StorageError:
    """The file was read and what it says makes no sense."""
    return StorageError(_CURES["SQLITE_NOTADB"].format(place=place))


def locked(place: str) -> StorageError:
    """Another program has the file open and does not let go."""
    return StorageError(_CURES["SQLITE_BUSY"].format(place=place))


def storage_error(place: str, error: Exception) -> StorageError:
    """The sentence for a fault. It names no value, since a value may be a person's words."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = str(getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or "")
    # SQLITE_IOERR_WRITE is a kind of SQLITE_IOERR.
    family = "_".join(code.split("_")[:2])
    if family in _CURES:
        return StorageError(_CURES[family].format(place=place))
    if isinstance(cause, OSError):
        return StorageError(
            f"The database {place} cannot be reached ({cause.strerror or type(cause).__name__}). "
            "Look whether it is there and DATABASE_URL is right."
        )
    return StorageError(
        f"The database {place} failed ({code or type(cause).__name__}). "
        "Look whether it runs and DATABASE_URL is right."
    )
