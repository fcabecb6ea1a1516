"""Finds topics by the characters of a query: for inline cards, and while Rasa is not there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import log

from bot.knowledge.base import KnowledgeBase
from bot.safety.normalizing import squeeze


class TopicSearch:
    """Pairs of characters, weighted by how few topics share them."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        """`texts` holds for each topic its title and the ways people ask."""
        self._texts = texts

    @classmethod
    def over_answers(cls, knowledge: KnowledgeBase) -> "TopicSearch":
        """A search over all answers."""
        return cls({each.id: (each.title, *each.examples) for each in knowledge.answers.values()})

    def find(self, query: str, limit: int) -> Sequence[str]:
        """The best topics first; none when nothing is shared."""
        wanted, weights = _pairs([query]), self._weights
        scores = {
            topic: sum(weights[pair] * log(1 + counts[pair]) for pair in wanted & counts)
            for topic, counts in self._counts.items()
        }
        best = sorted(scores, key=lambda topic: -scores[topic])
        return [topic for topic in best[:limit] if scores[topic] > 0]

    # Counted when somebody searches: a start need not wait for it.
    @cached_property
    def _counts(self) -> Mapping[str, Counter[str]]:
        return {topic: _pairs(lines) for topic, lines in self._texts.items()}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        spread = Counter(pair for counts in self._counts.values() for pair in counts)
        return {pair: log(1 + len(self._texts) / spread[pair]) for pair in spread}


def _pairs(lines: Iterable[str]) -> Counter[str]:
    pairs: Counter[str] = Counter()
    for line in lines:
        text = squeeze(line)
        pairs.update(text[start : start + 2] for start in range(len(text) - 1))
    return pairs
