"""Starts bots as forks of one process that has imported everything: a start costs a tenth.

For each line of its input, a JSON object of settings, it prints the number of a new process that
runs `zhiquan run` with them. What the bots log goes to its stderr.
"""

import json
import os
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from bot import serving  # noqa: F401 so that no child has to
from bot.__main__ import main as zhiquan
from tests.knowledge.folder import real_book
from tests.torture import clock


def main() -> None:
    """Fork until the input ends."""
    # Most of what is left of a start is compiling the book's patterns: all find them compiled.
    re._MAXCACHE = 10_000
    real_book()
    # Nobody asks how they ended: they are killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        number = os.fork()
        if not number:
            _become_a_bot(json.loads(line))
        print(number, flush=True)


def _become_a_bot(settings: Mapping[str, str]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(settings)
    clock.be_wrong(Path(settings[clock.NAME]))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    sys.argv = ["zhiquan", "run"]
    try:
        zhiquan()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
