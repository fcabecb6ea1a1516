"""Finds every matter of a message: clause by clause, and only what is clearly there."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.safety.normalizing import squeeze
from rasa_project.components.question_model import QuestionModel, Ranking

_CLAUSE_END = re.compile(r"[,，.。;；!！?？\n]+")
_SHORTEST = 4
"""Characters that a clause must have to be a matter of its own."""

CLEAR_CLAUSE = 0.6
"""How likely a clause must make a topic. From cross-validation, see rasa_project/README.md."""

CLEAR_WHOLE = 0.25
"""How likely the whole message must make a topic that only the whole names."""

_AT_MOST = 3


def find_matters(
    text: str, ranking: Ranking, model: QuestionModel, never: Collection[str]
) -> tuple[str, ...]:
    """The best topic, then the others that the message touches, best first.

    `never` names what is not a matter beside others: talk.
    """
    if not ranking:
        return ()
    best = ranking[0][0]
    if best in never:
        return (best,)
    likely = {topic: share for topic, share in ranking if share >= CLEAR_WHOLE}
    clauses = _clauses(text)
    if len(clauses) > 1:
        for row in model.probabilities(clauses):
            place = int(row.argmax())
            if row[place] >= CLEAR_CLAUSE:
                topic = model.topics[place]
                likely[topic] = max(likely.get(topic, 0.0), float(row[place]))
    others = sorted(set(likely) - {best, *never}, key=lambda topic: -likely[topic])
    return (best, *others[: _AT_MOST - 1])


def _clauses(text: str) -> list[str]:
    return [part for part in _CLAUSE_END.split(text) if len(squeeze(part)) >= _SHORTEST]
