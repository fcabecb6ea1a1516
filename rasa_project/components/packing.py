"""What was learnt as one file: a pickle, then its arrays as they lie in memory.

Read from a mapped file, an array costs memory only where it is looked at, and no time at all.
"""

from __future__ import annotations

import pickle
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np

_EDGE = 64
"""Bytes at whose multiples arrays begin."""


def pack(learnt: Any) -> bytes:
    """The sizes of what follows, the pickle, then each array."""
    arrays: list[pickle.PickleBuffer] = []
    written = pickle.dumps(learnt, protocol=5, buffer_callback=arrays.append)
    parts = [memoryview(written), *(each.raw() for each in arrays)]
    sizes = np.array([len(parts), *(part.nbytes for part in parts)], dtype=np.int64)
    packed = bytearray()
    for part in (sizes.tobytes(), *parts):
        packed += part
        packed += bytes(-len(packed) % _EDGE)
    return bytes(packed)


def unpack(packed: Any) -> Any:
    """What was packed into these bytes, of our own model; its arrays stay there, unwritable."""
    whole = memoryview(packed)
    count = int(np.frombuffer(whole, dtype=np.int64, count=1)[0])
    sizes = np.frombuffer(whole, dtype=np.int64, count=1 + count)
    parts, start = [], _after(sizes.nbytes)
    for size in map(int, sizes[1:]):
        parts.append(whole[start : start + size])
        start = _after(start + size)
    written, *arrays = parts
    return pickle.loads(written, buffers=arrays)  # noqa: S301 our own model


def unpack_file(path: Path) -> Any:
    """What was packed into a file, which may be deleted meanwhile."""
    with path.open("rb") as file:
        return unpack(mmap(file.fileno(), 0, access=ACCESS_READ))


def _after(end: int) -> int:
    return end + -end % _EDGE
