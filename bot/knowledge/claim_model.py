"""A second opinion on what may not be said: learnt from claim_sentences.yml, and only a hint.

A logistic regression over the runs of one to three characters. What the folder says itself stands
for what may be said; two halves of it are learnt apart, and each sentence is judged by the half
that has not seen it: so a bad sentence does not excuse itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from bot.knowledge.claims import plain_words, statements_in
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.kept_work import kept
from bot.knowledge.least_loss import least
from bot.knowledge.said_texts import said_texts
from bot.knowledge.yaml_reader import read_yaml

FILE = "claim_sentences.yml"
_LONGEST = 3
_SHORTEST_SENTENCE = 6
_NEVER_COUNTS, _FINE_COUNTS = 10.0, 6.0
_LOSS_COUNTS = 20.0
_STEPS = 50
_OFTEN_ENOUGH = 2
_HALVES = 2


@dataclass(frozen=True, slots=True)
class _Half:
    """What one half has taught: a weight for each run of characters, and one for all.

    `rarity` is how much a run counts, by how few sentences have it.
    """

    places: dict[str, int]
    rarity: Any
    weights: Any
    bias: float

    def score(self, plain: str) -> float:
        """How much a plain sentence sounds like what may not be said; 0 is even."""
        found = [place for run in _runs(plain) if (place := self.places.get(run)) is not None]
        if not found:
            return self.bias
        values = self.rarity[found]
        values = values / np.sqrt((values**2).sum())
        return float((self.weights[found] * values).sum()) + self.bias


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """Both halves; sentences that score above `doubtful` are worth a second look."""

    halves: tuple[_Half, ...]
    doubtful: float
    mark: str
    """Tells what it has learnt from other lessons."""

    def is_doubtful(self, text: str) -> bool:
        """Whether a paragraph has a sentence that may be one of those that may not be said."""
        return any(map(self.finds, statements_in(text)))

    def finds(self, plain: str) -> bool:
        """Whether this plain sentence may be one; a label of a few signs states nothing."""
        return len(plain) >= _SHORTEST_SENTENCE and self.score(plain) > self.doubtful

    def score(self, plain: str) -> float:
        """The score by the half that has not learnt this sentence."""
        return self.halves[1 - _half_of(plain)].score(plain)


def read_claim_model(folder: Path) -> tuple[ClaimModel | None, list[Fault]]:
    """Learn from the folder as it stands; None, with faults, when the sentences cannot be read."""
    faults: list[Fault] = []
    if (text := read_text(folder, FILE, faults)) is None:
        return None, faults
    data, _, faults = read_yaml(text, FILE, "claim_sentences")
    if data is None:
        return None, faults
    never = [plain_words(each) for each in data["never"]]
    fine = [plain_words(each) for each in data["fine"]]
    said = sorted({each for saying in said_texts(folder) for each in statements_in(saying.text)})
    halves = tuple(
        kept(partial(_learnt, never, fine, mine), "claim model", text, "\n".join(mine))
        for half in range(_HALVES)
        if (mine := [each for each in said if _half_of(each) == half]) is not None
    )
    mark = sha256("\n".join([text, *said]).encode()).hexdigest()
    return ClaimModel(halves=halves, doubtful=data["doubtful"], mark=mark), []


def _half_of(plain: str) -> int:
    return crc32(plain.encode()) % _HALVES


def _runs(plain: str) -> set[str]:
    return {
        plain[start : start + length]
        for length in range(1, _LONGEST + 1)
        for start in range(len(plain) - length + 1)
    }


def _learnt(never: Sequence[str], fine: Sequence[str], said: Sequence[str]) -> _Half:
    texts = [*never, *fine, *(each for each in said if len(each) >= _SHORTEST_SENTENCE)]
    runs = [_runs(plain) for plain in texts]
    often = Counter(run for each in runs for run in each)
    kept_runs = [run for run, count in often.items() if count >= _OFTEN_ENOUGH]
    places = {run: place for place, run in enumerate(kept_runs)}
    rarity = np.log((1 + len(texts)) / (1 + np.array([often[run] for run in kept_runs]))) + 1
    truth = np.zeros(len(texts))
    truth[: len(never)] = 1
    counts = np.ones(len(texts))
    counts[: len(never)] = _NEVER_COUNTS
    counts[len(never) : len(never) + len(fine)] = _FINE_COUNTS
    found = [[places[run] for run in each if run in places] for each in runs]
    weights, bias = _fitted(found, truth, counts, rarity)
    return _Half(places, rarity.astype(np.float32), weights.astype(np.float32), bias)


def _fitted(
    found: Sequence[Sequence[int]], truth: Any, counts: Any, rarity: Any
) -> tuple[Any, float]:
    """Weights and bias of least loss over all sentences at once."""
    size = len(rarity)
    rows = np.repeat(np.arange(len(found)), [len(each) for each in found])
    columns = np.array([place for each in found for place in each])
    values = rarity[columns]
    values = values / np.sqrt(np.bincount(rows, values**2, minlength=len(found)))[rows]

    def loss(point: Any) -> tuple[float, Any]:
        sums = np.bincount(rows, point[columns] * values, minlength=len(found)) + point[-1]
        wrong = (1 / (1 + np.exp(-sums)) - truth) * counts
        slope = np.empty(size + 1)
        slope[:-1] = np.bincount(columns, wrong[rows] * values, minlength=size)
        slope[:-1] += point[:-1] / _LOSS_COUNTS
        slope[-1] = wrong.sum()
        told = counts @ (np.logaddexp(0, sums) - truth * sums)
        return float(told + point[:-1] @ point[:-1] / (2 * _LOSS_COUNTS)), slope

    point = least(loss, np.zeros(size + 1), _STEPS)
    return point[:-1], float(point[-1])
