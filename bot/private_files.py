"""Files and folders that their owner alone may read, whatever the umask and whoever made them."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

_OTHERS = 0o077
"""The rights of the group and of everybody else."""


def make_private_folder(folder: Path) -> None:
    """Make a folder for its owner alone, or take others' rights from one of ours; OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    take_from_others([folder])


def make_private_file(path: Path) -> None:
    """Make an empty file for its owner alone, or take others' rights from one of ours; OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))
    take_from_others([path])


def write_private(path: Path, content: bytes) -> None:
    """Write a file for its owner alone in one step: a reader never meets half of it; OSError."""
    make_private_folder(path.parent)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    make_private_file(fresh)
    fresh.write_bytes(content)
    fresh.replace(path)


def take_from_others(paths: Iterable[Path]) -> None:
    """Leave only the owner's rights; what is missing, a link, another's or shared stays; OSError.

    A folder with the sticky bit, such as /tmp, is meant to be shared.
    """
    for path in paths:
        try:
            known = path.lstat()
        except FileNotFoundError:
            continue
        is_shared = stat.S_ISLNK(known.st_mode) or known.st_mode & stat.S_ISVTX
        if known.st_uid == os.geteuid() and known.st_mode & _OTHERS and not is_shared:
            path.chmod(stat.S_IMODE(known.st_mode) & ~_OTHERS)
