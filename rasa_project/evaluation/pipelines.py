"""What can be compared: ways to learn from examples and to rank topics for a message."""

from __future__ import annotations

import math
import pickle
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import jieba
import numpy as np
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.concepts.danger import DANGER_TOPIC, DangerLevel, Opinion, Patterns
from bot.safety.normalizing import squeeze
from rasa_project.components.concepts import Concepts
from rasa_project.components.danger_model import DangerModel, Likelihood, opinion_of
from rasa_project.components.matters import Understood, understand_each, with_danger
from rasa_project.components.question_model import QuestionModel, Ranking
from rasa_project.components.sentence_encoder import SentenceEncoder, Vectors
from rasa_project.components.spelling import Spelling
from rasa_project.components.stored import learnt_in
from rasa_project.components.stories import Stories
from rasa_project.components.word_lists import WordLists

Examples = Mapping[str, Sequence[str]]
Levels = Mapping[str, float]

_AT_ONCE = 200


class Pipeline(Protocol):
    """Learns once, then ranks."""

    def learn(self, examples: Examples) -> None:
        """Learn from the examples of each topic."""

    def rank(self, text: str) -> Ranking:
        """All topics that come into question, best first."""

    def size(self) -> int:
        """Bytes of what was learnt, as stored."""


class Ours:
    """The components of this project, without Rasa around them."""

    def __init__(
        self,
        lists: WordLists,
        talk: frozenset[str],
        harmless: Patterns,
        levels: Levels,
        stories: Stories,
        others: Examples,
    ) -> None:
        """`levels` are the likelihoods from which danger is strong and weak, or harmless below.

        `others` is what is learnt beside the examples of topics, by level of danger.
        """
        concepts = Concepts(lists)
        self._spelling = Spelling(lists)
        self._encoder = SentenceEncoder()
        self._model = QuestionModel(concepts)
        self._danger = DangerModel(concepts, harmless)
        self._others = others
        self._levels = levels
        self._stories = stories
        self._talk = talk

    def learn(self, examples: Examples) -> None:
        """As the components of the pipeline do."""
        texts, is_danger = self.danger_examples(examples)
        self._spelling.fit(texts)
        spoken = self._spoken(texts)
        vectors = self._encoder.fit(spoken).of(spoken)
        self._danger.fit(spoken, vectors, is_danger)
        _, topics = flat(examples)
        asked = [place for place, topic in enumerate(topics) if topic != DANGER_TOPIC]
        self._model.fit(
            [spoken[place] for place in asked], vectors[asked], [topics[place] for place in asked]
        )

    def take_over(self, model: Path) -> None:
        """What a trained model of Rasa's has learnt, instead of learning it again."""
        learnt = learnt_in(model)
        self._spelling = learnt["ChineseNormalizer"]
        self._encoder = learnt["SentenceFeaturizer"]
        self._model = learnt["QuestionClassifier"].model
        self._danger = learnt["DangerClassifier"]

    def relearn_topics(self, examples: Examples) -> QuestionModel:
        """Learn the topics anew, and leave spelling, meaning, danger and temperature as they are.

        For a quick look at what a few more examples change, after `take_over`.
        """
        texts, topics = flat(without_danger(examples))
        return self._model.relearn(*self._read(texts), topics)

    def rank(self, text: str) -> Ranking:
        """As the pipeline does."""
        ((understood, _),) = self.understand_each([text])
        return understood.ranking

    def rank_each(self, texts: Sequence[str]) -> list[Ranking]:
        """The ranking of each text; none where nothing is known of it."""
        understood: list[Ranking] = []
        for start in range(0, len(texts), _AT_ONCE):
            found = self.understand_each(texts[start : start + _AT_ONCE])
            understood += [each.ranking for each, _ in found]
        return understood

    def understand_each(self, texts: Sequence[str]) -> list[tuple[Understood, Opinion]]:
        """The ranking and every matter of each message, and how near to harm it seems."""
        spoken, vectors = self._read(texts)
        topics = understand_each(spoken, vectors, self._model, self._talk)
        likely = self._danger.likelihoods(spoken, vectors)
        opinions = [opinion_of(each, self._levels) for each in likely]
        return [
            (
                with_danger(
                    self._stories.take_up(text, understood),
                    likelihood or 0.0,
                    is_strong=opinion.level is DangerLevel.STRONG,
                ),
                opinion,
            )
            for text, understood, likelihood, opinion in zip(
                texts, topics, likely, opinions, strict=True
            )
        ]

    def danger_likelihoods(self, texts: Sequence[str]) -> list[Likelihood]:
        """How likely each message tells of danger; None where that cannot be judged."""
        return self._danger.likelihoods(*self._read(texts))

    def danger(self, text: str) -> Opinion:
        """How near to harm a message seems."""
        ((_, opinion),) = self.understand_each([text])
        return opinion

    def held_out(self, examples: Examples) -> list[Ranking]:
        """Rankings by cross-validation over groups, in the order of `flat`, danger left out."""
        texts, topics = flat(without_danger(examples))
        return self._model.held_out(*self._read(texts), topics)

    def held_out_danger(self, texts: Sequence[str], is_danger: Sequence[bool]) -> list[float]:
        """The likelihood of each of `danger_examples` by a model that did not see it."""
        return self._danger.held_out(*self._read(texts), is_danger)

    def size(self) -> int:
        """Bytes of what the components store."""
        return len(pickle.dumps((self._spelling, self._encoder, self._model, self._danger)))

    def _read(self, texts: Sequence[str]) -> tuple[list[str], Vectors]:
        """Each text in one spelling, and its meaning."""
        spoken = self._spoken(texts)
        return spoken, self._encoder.of(spoken)

    def _spoken(self, texts: Sequence[str]) -> list[str]:
        return [self._spelling.normalize(text) for text in texts]

    def danger_examples(self, examples: Examples) -> tuple[list[str], list[bool]]:
        """All that is learnt from, and whether it is strong danger."""
        texts, topics = flat(examples)
        messages, levels = flat(self._others)
        strong = DangerLevel.STRONG.value
        is_danger = [
            *(topic == DANGER_TOPIC for topic in topics),
            *(each == strong for each in levels),
        ]
        return [*texts, *messages], is_danger


class KeywordSearch:
    """Counts the words that a message shares with the title and short answer of a topic."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._words = {topic: _words(page) for topic, page in pages.items()}

    def learn(self, examples: Examples) -> None:
        """It learns nothing from examples; a topic without a page has their words."""
        for topic in set(examples) - set(self._words):
            self._words[topic] = _words("".join(examples[topic][:5]))

    def rank(self, text: str) -> Ranking:
        """By the number of words shared."""
        words = _words(text)
        return _ranking({topic: float(len(words & page)) for topic, page in self._words.items()})

    def size(self) -> int:
        """Bytes of the words."""
        return len(pickle.dumps(self._words))


class Bm25:
    """Okapi BM25 by jieba's words; a topic is as near as its nearest example."""

    _K1 = 1.5
    _B = 0.75

    def __init__(self) -> None:
        self._topics: list[str] = []
        self._lengths: list[int] = []
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def learn(self, examples: Examples) -> None:
        """Index the examples."""
        texts, self._topics = flat(examples)
        for place, text in enumerate(texts):
            counts = Counter(jieba.lcut(squeeze(text)))
            self._lengths.append(sum(counts.values()))
            for word, count in counts.items():
                self._places[word].append((place, count))

    def rank(self, text: str) -> Ranking:
        """By the best example."""
        mean = sum(self._lengths) / len(self._lengths)
        scores: dict[int, float] = defaultdict(float)
        for word in jieba.lcut(squeeze(text)):
            places = self._places.get(word, [])
            rarity = math.log(1 + (len(self._lengths) - len(places) + 0.5) / (len(places) + 0.5))
            for place, count in places:
                long = 1 - self._B + self._B * self._lengths[place] / mean
                scores[place] += rarity * count * (self._K1 + 1) / (count + self._K1 * long)
        best = dict.fromkeys(self._topics, 0.0)
        for place, score in scores.items():
            best[self._topics[place]] = max(best[self._topics[place]], score)
        return _ranking(best)

    def size(self) -> int:
        """Bytes of the index."""
        return len(pickle.dumps((self._topics, self._lengths, dict(self._places))))


class PlainLogisticRegression:
    """Character n-grams of one to three, and LogisticRegression: the usual simple choice."""

    def __init__(self) -> None:
        self._vectorizer: Any = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), sublinear_tf=True
        )
        self._linear: Any = LogisticRegression(C=10, solver="liblinear")

    def learn(self, examples: Examples) -> None:
        """Fit both."""
        texts, topics = flat(examples)
        self._linear.fit(self._vectorizer.fit_transform(texts), topics)

    def rank(self, text: str) -> Ranking:
        """By probability."""
        (row,) = self._linear.predict_proba(self._vectorizer.transform([text]))
        return tuple((str(self._linear.classes_[i]), float(row[i])) for i in np.argsort(-row))

    def size(self) -> int:
        """Bytes of both."""
        return len(pickle.dumps((self._vectorizer, self._linear)))


def flat(examples: Examples) -> tuple[list[str], list[str]]:
    """The examples and, beside them, their topics."""
    entries = [(each, topic) for topic, group in examples.items() for each in group]
    return [text for text, _ in entries], [topic for _, topic in entries]


def without_danger(examples: Examples) -> Examples:
    """What the topics are learnt from."""
    return {topic: texts for topic, texts in examples.items() if topic != DANGER_TOPIC}


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in jieba.lcut(squeeze(text)) if len(word) > 1)


def _ranking(scores: Mapping[str, float]) -> Ranking:
    shares = softmax(list(scores.values()))
    ranked = zip(scores, map(float, shares), strict=True)
    return tuple(sorted(ranked, key=lambda entry: -entry[1]))
