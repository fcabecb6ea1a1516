"""A file of our own making that is believed only when whole, ours alone, and of the right mark.

It is a pickle, which may run whatever is in it: so it is taken only where nobody else could have
written it.
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from bot.private_files import make_private_file, make_private_folder

MARK_BYTES = 32
_OTHERS_WRITE = 0o022


def read_kept(kept: Path, mark: bytes) -> bytes | None:
    """What is in the file; None unless it is ours, whole, and has this mark."""
    try:
        if not (_is_ours_alone(kept.parent) and _is_ours_alone(kept)):
            return None
        content = kept.read_bytes()
    except OSError:
        return None
    made_from, proof = content[:MARK_BYTES], content[MARK_BYTES : 2 * MARK_BYTES]
    body = content[2 * MARK_BYTES :]
    return body if made_from == mark and proof == sha256(body).digest() else None


def write_kept(kept: Path, mark: bytes, body: bytes) -> None:
    """Write it in one step: a reader must not meet half of it.

    On a full disk, or without a right to write, the next start is slower: nothing else.
    """
    with suppress(OSError):
        make_private_folder(kept.parent)
        fresh = kept.with_name(f"{kept.name}.{os.getpid()}.new")
        make_private_file(fresh)
        fresh.write_bytes(mark + sha256(body).digest() + body)
        fresh.replace(kept)


def _is_ours_alone(path: Path) -> bool:
    known = path.lstat()
    return known.st_uid == os.geteuid() and not known.st_mode & _OTHERS_WRITE
