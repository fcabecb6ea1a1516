"""A file of our own making that is believed only when whole, ours alone, and of the right mark.

It is a pickle, which may run whatever is in it: so it is taken only where nobody else could have
written it.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from bot.private_files import write_private

MARK_BYTES = 32
"""Of a mark that is one SHA-256."""

_OTHERS_WRITE = 0o022


def read_kept(
    kept: Path, fits: Callable[[bytes], bool], mark_bytes: int = MARK_BYTES
) -> bytes | None:
    """What is in the file; None unless it is ours, whole, and its mark fits."""
    try:
        if not (_is_ours_alone(kept.parent) and _is_ours_alone(kept)):
            return None
        content = kept.read_bytes()
    except OSError:
        return None
    mark, rest = content[:mark_bytes], content[mark_bytes:]
    proof, body = rest[: sha256().digest_size], rest[sha256().digest_size :]
    return body if fits(mark) and proof == sha256(body).digest() else None


def write_kept(kept: Path, mark: bytes, body: bytes) -> None:
    """Write it in one step.

    On a full disk, or without a right to write, the next start is slower: nothing else.
    """
    with suppress(OSError):
        write_private(kept, mark + sha256(body).digest() + body)


def _is_ours_alone(path: Path) -> bool:
    known = path.lstat()
    return known.st_uid == os.geteuid() and not known.st_mode & _OTHERS_WRITE
