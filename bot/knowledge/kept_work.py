"""Keeps the result of work that depends on nothing but its words: a text is parsed once.

Within `keeping`, `kept` does a piece of work only where nothing is known of the same words, in
this run or, with a file, in one before. Without it every piece is done anew.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from bot.knowledge.kept_file import read_kept, write_kept

Result = TypeVar("Result")


class Works:
    """Results by the fingerprint of what they were made from; each is unpacked when asked for."""

    def __init__(self, packed: dict[bytes, bytes] | None = None) -> None:
        self._packed = packed or {}
        self._unpacked: dict[bytes, Any] = {}
        self._is_new = False

    def result(self, key: bytes, work: Callable[[], Result]) -> Result:
        """What is known for this key, or the work's result from now on."""
        if key not in self._unpacked:
            if (packed := self._packed.get(key)) is not None:
                self._unpacked[key] = pickle.loads(packed)  # noqa: S301 our own, see kept_file
            else:
                self._unpacked[key] = work()
                self._is_new = True
        result: Result = self._unpacked[key]
        return result

    def packed(self, at_most: int) -> bytes | None:
        """All of it for a file, what was asked for last; None when nothing is new."""
        if not self._is_new:
            return None
        used = {
            key: self._packed.get(key) or pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            for key, value in self._unpacked.items()
        }
        rest = [(key, self._packed[key]) for key in self._packed if key not in used]
        others = dict(rest[: max(0, at_most - len(used))])
        return pickle.dumps({**used, **others}, pickle.HIGHEST_PROTOCOL)


_WORKS: ContextVar[Works | None] = ContextVar("works", default=None)
_AT_MOST = 3000
"""Results that a file holds: those of some states of the folder."""


@contextmanager
def keeping(file: Path | None = None, made_by: bytes = b"") -> Iterator[None]:
    """Keep results within this, and in a file where one is named; `made_by` marks the code."""
    mark = sha256(made_by).digest()
    body = read_kept(file, mark.__eq__) if file is not None else None
    works = Works(pickle.loads(body) if body is not None else None)  # noqa: S301 as above
    token = _WORKS.set(works)
    try:
        yield
    finally:
        _WORKS.reset(token)
        if file is not None and (packed := works.packed(_AT_MOST)) is not None:
            write_kept(file, mark, packed)


@contextmanager
def keeping_already() -> Iterator[None]:
    """Go on keeping what an outer `keeping` keeps; without one, keep within this."""
    if _WORKS.get() is not None:
        yield
    else:
        with keeping():
            yield


def kept(  # noqa: UP047 this package stays 3.10-clean
    work: Callable[[], Result], *made_from: str | bytes
) -> Result:
    """The result of some work on these words, which name the work too. Nobody may change it."""
    works = _WORKS.get()
    if works is None:
        return work()
    whole = sha256()
    for each in made_from:
        words = each.encode(errors="surrogatepass") if isinstance(each, str) else each
        whole.update(len(words).to_bytes(8, "big") + words)
    return works.result(whole.digest(), work)
