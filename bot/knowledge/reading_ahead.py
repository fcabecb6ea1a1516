"""Reads and checks knowledge/ in a process of its own, so that a running bot does not stand still.

`python -m bot.knowledge.reading_ahead FOLDER KEPT PARSES` keeps the Book in the file KEPT and what
was read of each text in PARSES. It prints one JSON object: the mark of what was read, its faults,
and whether it can be used at all.
"""

import json
import os
import sys
from dataclasses import astuple
from pathlib import Path

from bot.concepts.clock import now
from bot.errors import KnowledgeError
from bot.knowledge.folder_check import check_folder
from bot.knowledge.kept_book import code_fingerprint, fingerprint, open_kept_book
from bot.knowledge.kept_work import keeping

_POLITE = 10
"""People who write are answered first."""


def main() -> None:
    """Read ahead what the arguments name."""
    os.umask(0o077)
    os.nice(_POLITE)
    folder, kept, parses = map(Path, sys.argv[1:4])
    mark = fingerprint(folder)
    with keeping(parses, code_fingerprint()):
        faults = check_folder(folder, now().date())
        try:
            open_kept_book(folder, kept)
            is_usable = True
        except KnowledgeError:
            is_usable = False
    told = {
        "mark": mark.hex(),
        "faults": [astuple(fault) for fault in faults],
        "is_usable": is_usable,
    }
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
