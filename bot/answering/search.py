"""Finds topics by the characters of a query: for inline cards, and while Rasa is not there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from bot.knowledge.base import KnowledgeBase
from bot.safety.normalizing import squeeze


class TopicSearch:
    """Pairs of characters, weighted by how few topics share them."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        """`texts` holds for each topic its title and the ways people ask."""
        self._counts = {topic: _pairs(lines) for topic, lines in texts.items()}
        spread = Counter(pair for counts in self._counts.values() for pair in counts)
        self._weights = {pair: log(1 + len(texts) / spread[pair]) for pair in spread}

    @classmethod
    def over_answers(cls, knowledge: KnowledgeBase) -> "TopicSearch":
        """A search over all answers."""
        return cls({each.id: (each.title, *each.examples) for each in knowledge.answers.values()})

    def find(self, query: str, limit: int) -> Sequence[str]:
        """The best topics first; none when nothing is shared."""
        wanted = _pairs([query])
        scores = {
            topic: sum(self._weights[pair] * log(1 + counts[pair]) for pair in wanted & counts)
            for topic, counts in self._counts.items()
        }
        best = sorted(scores, key=lambda topic: -scores[topic])
        return [topic for topic in best[:limit] if scores[topic] > 0]


def _pairs(lines: Iterable[str]) -> Counter[str]:
    pairs: Counter[str] = Counter()
    for line in lines:
        text = squeeze(line)
        pairs.update(text[start : start + 2] for start in range(len(text) - 1))
    return pairs
