"""Keeps the parsed Book in a file, so that a start need not read the folder word by word.

The file is taken only for the very bytes and the very code that it was made from. It is a pickle,
which may run whatever is in it: so it is believed only where nobody else could have written it.
"""

import copyreg
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.knowledge.library import Book, open_book
from bot.private_files import make_private_file, make_private_folder

_CODE = Path(__file__).parent.parent
_MADE_BY = ("concepts", "facts", "knowledge")
"""The floors whose code decides what a Book is."""

_MARK_BYTES = 32
_OTHERS_WRITE = 0o022


def open_kept_book(folder: Path, kept: Path) -> Book:
    """The Book of a folder, from the file `kept` where it fits; KnowledgeError as `open_book`.

    A file that is missing, cut short, older or somebody else's is written anew.
    """
    mark = fingerprint(folder)
    book = _taken(kept, mark)
    if book is None:
        book = open_book(folder)
        # On a full disk, or without a right to write, the next start is slower: nothing else.
        with suppress(OSError):
            _put(kept, mark, book)
    return book


def kept_book(folder: Path, kept: Path) -> Book | None:
    """The Book of a folder, if the file `kept` fits it; nothing is read or written for it."""
    return _taken(kept, fingerprint(folder))


def last_kept_book(kept: Path) -> Book | None:
    """The Book in the file whatever the folder says now; None where other code made it."""
    return _taken(kept, None)


def fingerprint(folder: Path) -> bytes:
    """What tells one state of the folder, of the code that reads it and of Python from others."""
    return _digest(code_fingerprint(), _files(folder))


def code_fingerprint() -> bytes:
    """What tells one state of the code that reads the folder, and of Python, from others."""
    code = (path for floor in _MADE_BY for path in _files(_CODE / floor))
    return _digest(sys.version.encode(), code)


def _digest(begun: bytes, paths: Iterable[Path]) -> bytes:
    whole = sha256(begun)
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path}\0{len(content)}\0".encode(errors="surrogateescape"))
        whole.update(content)
    return whole.digest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path


def _taken(kept: Path, mark: bytes | None) -> Book | None:
    """What is in the file; None unless it is ours, whole, and made from what is there now.

    Without a `mark`, the folder may have become another; the code that made it never.
    """
    try:
        if not (_is_ours_alone(kept.parent) and _is_ours_alone(kept)):
            return None
        content = kept.read_bytes()
    except OSError:
        return None
    made_from, made_by, proof = (
        content[place * _MARK_BYTES : (place + 1) * _MARK_BYTES] for place in range(3)
    )
    body = content[3 * _MARK_BYTES :]
    is_fit = made_by == code_fingerprint() if mark is None else made_from == mark
    if not is_fit or proof != sha256(body).digest():
        return None
    book = pickle.loads(body)  # noqa: S301 written by us alone, see above
    return book if isinstance(book, Book) else None


def _is_ours_alone(path: Path) -> bool:
    known = path.lstat()
    return known.st_uid == os.geteuid() and not known.st_mode & _OTHERS_WRITE


def _put(kept: Path, mark: bytes, book: Book) -> None:
    body = BytesIO()
    _Pickler(body, pickle.HIGHEST_PROTOCOL).dump(book)
    make_private_folder(kept.parent)
    fresh = kept.with_name(f"{kept.name}.{os.getpid()}.new")
    make_private_file(fresh)
    proof = sha256(body.getvalue()).digest()
    fresh.write_bytes(mark + code_fingerprint() + proof + body.getvalue())
    # In one step: a reader must not meet half of it.
    fresh.replace(kept)


class _Pickler(pickle.Pickler):
    """Knows read-only mappings too, which pickle by itself does not."""

    dispatch_table: Mapping[Any, Callable[[Any], Any]] = {
        **copyreg.dispatch_table,
        MappingProxyType: lambda mapping: (_read_only, (dict(mapping),)),
    }


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)
