"""What a clause of a story tells, as likelihoods by label. Plain: works without Rasa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from bot.concepts.clauses import THREATS, Clause, HeardClause
from bot.concepts.facts import ACTS
from rasa_project.components.concepts import Concepts
from rasa_project.components.familiarity import Familiarity
from rasa_project.components.grams import halved, times
from rasa_project.components.sentence_encoder import SentenceEncoder, Vectors
from rasa_project.components.views import Views

IMPROPER, NOW = "improper", "now"
"""The labels for any act told of the collectors, and for physical danger at this moment."""

_LONGEST = 3
_FARTHEST = 5
_SEEN_AT_LEAST = 2
_STRENGTH = 15.0
_WEIGHT_OF_TOLD = 4.0
_WEIGHT_OF_MEANING = 0.5
_EXAMPLES_AT_LEAST = 15
"""Fewer teach nothing that holds of other words."""

_FOLDS = 3
_ROUNDS = 300
_TOLERANCE = 0.05
_SEED = 20261129
_SAID_FROM = 0.02
_FARTHEST_ODDS = 6.2
"""Logarithm of 500 to 1: surer than that, one way to cut a story would outvote the others."""


def labels_of(clause: Clause) -> Iterator[str]:
    """What is to be heard in a clause, by the names of `HeardClause`."""
    told = [act for act, stance in clause.acts.items() if is_told(act, stance)]
    yield from told
    others = {act: stance for act, stance in clause.acts.items() if act not in told}
    yield from (f"{act}:{stance}" for act, stance in others.items())
    yield from (f"stance:{stance}" for stance in set(others.values()))
    yield from (f"reached:{who}" for who in clause.reached)
    if clause.by != "debtor":
        yield f"by:{clause.by}"
    if clause.channel is not None:
        yield f"channel:{clause.channel}"
    if clause.now:
        yield NOW
    if told:
        yield IMPROPER


def is_told(act: str, stance: str) -> bool:
    """Whether an act counts as told of the collectors: a threat is told when it is threatened."""
    return stance == "done" or (stance == "threatened" and act in THREATS)


class ClauseModel:
    """A line for each label, over n-grams of three views of a clause and over its meaning.

    Scores become likelihoods by clauses of hands that were held out by turns (Platt's scaling),
    so that they hold for people who write otherwise.
    """

    def __init__(self, concepts: Concepts) -> None:
        self._views = Views(
            concepts, longest=_LONGEST, seen_at_least=_SEEN_AT_LEAST, farthest=_FARTHEST
        )
        self._encoder = SentenceEncoder()
        self._familiarity = Familiarity()
        self._slopes: Any = None
        self._slopes_of_meaning: Any = None
        self._offsets: Any = None
        self.labels: tuple[str, ...] = ()

    def fit(self, clauses: Sequence[Clause]) -> ClauseModel:
        """Learn every label that has examples enough."""
        from joblib import Parallel, delayed

        texts = [each.says for each in clauses]
        told = [frozenset(labels_of(each)) for each in clauses]
        counts = Counter(label for each in told for label in each)
        self.labels = tuple(sorted(each for each in counts if counts[each] >= _EXAMPLES_AT_LEAST))
        self._familiarity.fit(texts)
        self._encoder.fit(texts)
        grams = self._views.learn(texts)
        features = hstack([grams, csr_matrix(self._meaning(texts))], format="csr")
        folds = list(_folds([each.hand for each in clauses]))

        def line_for(label: str) -> tuple[Any, float]:
            return _line(features, np.asarray([label in each for each in told]), folds)

        # Learning leaves Python's lock, so that threads use both cores.
        lines = Parallel(n_jobs=2, prefer="threads")(map(delayed(line_for), self.labels))
        slopes = np.stack([slopes for slopes, _ in lines], axis=1)
        self._slopes = halved(slopes[: grams.shape[1]])
        self._slopes_of_meaning = np.ascontiguousarray(slopes[grams.shape[1] :])
        self._offsets = np.asarray([offset for _, offset in lines])
        return self

    def hear(
        self, texts: Sequence[str], otherwise: Sequence[Sequence[str]] = ()
    ) -> list[HeardClause]:
        """What each clause tells; nothing of an unknown one.

        `otherwise` are the same words cut in other clauses. Where a breath ends up is chance: an
        act is as likely in the whole as all cuts say in the mean, each by its best clause.
        """
        if not texts:
            return []
        every = [*dict.fromkeys([*texts, *(text for cut in otherwise for text in cut)])]
        scores = dict(zip(every, self._scores(every), strict=True))
        told = np.stack([scores[text] for text in texts])
        best = [np.max([scores[text] for text in cut], axis=0) for cut in (texts, *otherwise)]
        told = told + np.where(self._are_acts(), np.mean(best, axis=0) - best[0], 0)
        return [self._heard(text, row) for text, row in zip(texts, expit(told), strict=True)]

    def _scores(self, texts: Sequence[str]) -> Any:
        """A row for each text: the odds of each label, as logarithms within bounds."""
        by_words = np.stack([times(row, self._slopes) for row in self._views.rows(texts)])
        by_meaning = self._meaning(texts) @ self._slopes_of_meaning
        return np.clip(by_words + by_meaning + self._offsets, -_FARTHEST_ODDS, _FARTHEST_ODDS)

    def _are_acts(self) -> Any:
        return np.isin(self.labels, ACTS)

    def _meaning(self, texts: Sequence[str]) -> Vectors:
        return np.float32(_WEIGHT_OF_MEANING) * self._encoder.of(texts)

    def _heard(self, text: str, row: Any) -> HeardClause:
        if not self._familiarity.knows(text):
            return HeardClause(likely={}, is_known=False, says=text)
        likely = {
            label: round(float(share), 3)
            for label, share in zip(self.labels, row, strict=True)
            if share >= _SAID_FROM
        }
        return HeardClause(likely=likely, says=text)


def _folds(hands: Sequence[str]) -> Iterator[tuple[Any, Any]]:
    """Hands held out by turns; parts of the clauses where only one hand wrote."""
    from sklearn.model_selection import GroupKFold, KFold

    count = min(len(set(hands)), _FOLDS)
    every = np.arange(len(hands))
    if count > 1:
        yield from GroupKFold(count).split(every, groups=np.asarray(hands))
    else:
        yield from KFold(_FOLDS, shuffle=True, random_state=_SEED).split(every)


def _line(features: csr_matrix, wanted: Any, folds: Sequence[Any]) -> tuple[Any, float]:
    """Slopes and offset of one label, scaled so that they give a likelihood."""
    from sklearn.linear_model import LogisticRegression

    held_out = np.zeros(len(wanted))
    for seen, held in folds:
        if wanted[seen].any():
            held_out[held] = _learnt(features[seen], wanted[seen]).decision_function(
                features[held]
            )
    scale = LogisticRegression(C=1.0).fit(held_out[:, None], wanted)
    slope, offset = max(float(scale.coef_[0, 0]), 0.0), float(scale.intercept_[0])
    line = _learnt(features, wanted)
    return (slope * line.coef_[0]).astype(np.float32), slope * float(line.intercept_[0]) + offset


def _learnt(features: csr_matrix, wanted: Any) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=_STRENGTH, solver="liblinear", dual=True, class_weight={0: 1, 1: _WEIGHT_OF_TOLD},
        tol=_TOLERANCE, max_iter=_ROUNDS, random_state=_SEED,
    ).fit(features, wanted)  # fmt: skip
