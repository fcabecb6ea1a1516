"""Checks a folder in a process of its own: `python -m bot.desk.full_check FOLDER DAY PARSES`.

The desk goes on answering meanwhile. What was read of each text is kept in the file PARSES: only
what changed is read again. Prints the faults as JSON.
"""

import asyncio
import json
import os
import sys
from datetime import date
from pathlib import Path

from bot.knowledge.faults import Fault
from bot.knowledge.folder_check import check_folder
from bot.knowledge.kept_book import code_fingerprint
from bot.knowledge.kept_work import keeping

_NICE = 5


def command(folder: Path, today: date, parses: Path) -> list[str]:
    """How such a process is begun."""
    return [sys.executable, "-m", "bot.desk.full_check", str(folder), str(today), str(parses)]


async def faults_of(folder: Path, today: date, *, parses: Path) -> tuple[Fault, ...] | None:
    """What the check says of a folder; None when it could not be run."""
    process = await asyncio.create_subprocess_exec(
        *command(folder, today, parses),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        told, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        return None
    return read_faults(told)


def read_faults(told: str | bytes) -> tuple[Fault, ...]:
    """The faults that such a process printed."""
    return tuple(Fault(*each) for each in json.loads(told))


def main() -> None:
    """Check the folder that is named."""
    os.nice(_NICE)
    folder, today, parses = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), Path(sys.argv[3])
    with keeping(parses, code_fingerprint()):
        found = check_folder(folder, today)
    print(json.dumps([[fault.file, fault.line, fault.message] for fault in found]))


if __name__ == "__main__":
    main()
