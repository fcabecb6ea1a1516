"""The process that reads: `python -m bot.recognising.worker LIMITS`, with LIMITS as JSON.

It takes files from standard input and gives readings on standard output until the input ends. It
opens what strangers send, so it writes no file, reaches no network and has bounded memory.
"""

import contextlib
import json
import os
import resource
import sys
from time import monotonic
from typing import BinaryIO

from bot.concepts.recognition import NotRead
from bot.recognising.engine import Engine
from bot.recognising.limits import Limits
from bot.recognising.messages import LENGTH, packed_reading
from bot.recognising.reader import Reader

_NICER = 5
"""Reading may take longer, so that answers to others do not."""


def main() -> None:
    """Read until nobody asks any more."""
    limits = Limits(**json.loads(sys.argv[1]))
    confine(limits)
    # What a library prints must not be taken for a reading.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        serve(sys.stdin.buffer, out, Reader(limits, Engine, monotonic), limits)


def serve(files: BinaryIO, out: BinaryIO, reader: Reader, limits: Limits) -> None:
    """Read paper after paper; a missing package is a reason like any other."""
    while (count := files.read(LENGTH.size)) and len(count) == LENGTH.size:
        contents = [_next_file(files) for _ in range(LENGTH.unpack(count)[0])]
        _allow_seconds(limits.kill_seconds)
        try:
            read = reader.read(contents)
        except ImportError:
            read = NotRead.DOWN
        out.write(packed_reading(read))
        out.flush()


def confine(limits: Limits) -> None:
    """Take from this process what reading does not need."""
    os.nice(_NICER)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_FSIZE, 0)
    # A crash must not leave somebody's paper on the disk.
    _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse_network)


def _limit(kind: int, most: int) -> None:
    # Some systems know a limit by name only.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))


def _allow_seconds(seconds: float) -> None:
    """End by ourselves should the bot die while we hang: it would have ended us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    cores = os.cpu_count() or 1
    most = round(used.ru_utime + used.ru_stime + seconds * cores) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _refuse_network(event: str, _: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise PermissionError("the process that reads has no business on a network")


def _next_file(files: BinaryIO) -> bytes:
    return files.read(LENGTH.unpack(files.read(LENGTH.size))[0])


if __name__ == "__main__":
    main()
