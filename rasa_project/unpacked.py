"""A model's files beside its archive, so that a server that starts need not unzip them.

They are read where they lie: several servers of one machine share the memory that they take.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from shutil import copyfileobj, rmtree
from tempfile import TemporaryDirectory, TemporaryFile

from tarsafe import TarSafe

_AT_ONCE = 1 << 20
"""Bytes."""


def unpack(model: Path, folder: Path) -> None:
    """Write the files of an archive, unzipped once; TarSafe would do it twice, first to look."""
    with TemporaryFile() as plain:
        with gzip.open(model) as packed:
            copyfileobj(packed, plain, _AT_ONCE)
        plain.seek(0)
        with TarSafe.open(fileobj=plain, mode="r:") as archive:
            archive.extractall(folder)


def folder_beside(model: Path) -> Path:
    """Where an archive of this name and size has its files, if they were kept."""
    return model.with_name(f"{model.name.removesuffix('.tar.gz')}.{model.stat().st_size}")


def keep_unpacked(model: Path) -> None:
    """Put the files beside their archive, unless they are there; whole, or not there."""
    folder = folder_beside(model)
    if folder.exists():
        return
    with TemporaryDirectory(dir=model.parent, prefix=".new-") as fresh:
        files = Path(fresh) / "files"
        unpack(model, files)
        # Whoever may read the archive may read its files.
        for each in (files, files / "components"):
            each.chmod(0o755)
        files.rename(folder)


def forget(model: Path) -> None:
    """Remove an archive and its files."""
    rmtree(folder_beside(model), ignore_errors=True)
    model.unlink()
