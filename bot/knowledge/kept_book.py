"""Keeps the parsed Book in a file, so that a start need not read the folder word by word.

The file is taken only for the very bytes and the very code that it was made from. Its mark is that
of the folder and the code together, then that of the code alone.
"""

import copyreg
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.knowledge.kept_file import MARK_BYTES, read_kept, write_kept
from bot.knowledge.late_pattern import LatePattern
from bot.knowledge.library import Book, open_book

_CODE = Path(__file__).parent.parent
_MADE_BY = ("concepts", "facts", "knowledge")
"""The floors whose code decides what a Book is."""


def open_kept_book(folder: Path, kept: Path) -> Book:
    """The Book of a folder, from the file `kept` where it fits; KnowledgeError as `open_book`.

    A file that is missing, cut short, older or somebody else's is written anew.
    """
    mark = fingerprint(folder)
    book = _taken(kept, lambda made_from: made_from[:MARK_BYTES] == mark)
    if book is None:
        book = open_book(folder)
        _put(kept, mark, book)
    return book


def kept_book(folder: Path, kept: Path) -> Book | None:
    """The Book of a folder, if the file `kept` fits it; nothing is read or written for it."""
    mark = fingerprint(folder)
    return _taken(kept, lambda made_from: made_from[:MARK_BYTES] == mark)


def last_kept_book(kept: Path) -> Book | None:
    """The Book in the file whatever the folder says now; None where other code made it."""
    mark = code_fingerprint()
    return _taken(kept, lambda made_from: made_from[MARK_BYTES:] == mark)


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


def _taken(kept: Path, fits: Callable[[bytes], bool]) -> Book | None:
    """What is in the file; None unless it is ours, whole, and fits what it must be made from."""
    body = read_kept(kept, fits, 2 * MARK_BYTES)
    if body is None:
        return None
    book = pickle.loads(body)  # noqa: S301 written by us alone, see kept_file
    return book if isinstance(book, Book) else None


def _put(kept: Path, folder_mark: bytes, book: Book) -> None:
    body = BytesIO()
    _Pickler(body, pickle.HIGHEST_PROTOCOL).dump(book)
    write_kept(kept, folder_mark + code_fingerprint(), body.getvalue())


class _Pickler(pickle.Pickler):
    """Knows read-only mappings, which pickle by itself does not; patterns are compiled late."""

    dispatch_table: Mapping[Any, Callable[[Any], Any]] = {
        **copyreg.dispatch_table,
        MappingProxyType: lambda mapping: (_read_only, (dict(mapping),)),
        re.Pattern: lambda found: (LatePattern, (found.pattern, found.flags)),
    }


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)
