"""Writes the next migration: `python -m bot.storage.migrations "what changes"`."""

import sys
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.storage.migrations.upgrade import configuration, upgrade


def main(arguments: list[str]) -> int:
    """Compare tables.py with what the steps so far make, and write the difference as a step."""
    if len(arguments) != 1:
        sys.stderr.write("Say in a few words what changes, in quotation marks.\n")
        return 2
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        upgrade(connection, "in memory")
        config = configuration(connection)
        steps = list(ScriptDirectory.from_config(config).walk_revisions())
        command.revision(config, arguments[0], autogenerate=True, rev_id=f"{len(steps) + 1:04d}")
    engine.dispose()
    sys.stderr.write(f"Read the new file in {Path(__file__).parent / 'versions'} before use.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
