"""One message being read for the facts of a case: its text, its words, and how a place stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from bot.concepts.case_words import CaseWords, ManyTold, Told
from bot.concepts.fact_words import FactWords, StanceWords
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Normalize, Span, Story
from bot.facts.sums import Sum, find_sums

_MOST = 2000  # Characters that are read; a text without any comma costs their square.
_SOURCE = 40  # Characters of a fact's source, at most.
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[,，]\d{3})+(?!\d)")
Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class CaseVocabulary:
    """What `read_case` reads with; `normalize` gives one spelling (bot.safety.normalizing)."""

    facts: FactWords
    case: CaseWords
    normalize: Normalize


@dataclass(frozen=True, slots=True)
class Found(Generic[Value_co]):  # noqa: UP046 this package stays 3.10-clean
    """A value and where it stands."""

    value: Value_co
    place: Span


@dataclass(frozen=True, slots=True)
class Telling:
    """A message with all that is needed to read it; `now` is when it was sent."""

    story: Story
    facts: FactWords
    words: CaseWords
    stance: StanceWords
    now: datetime
    sums: tuple[Sum, ...]
    vocabulary: CaseVocabulary

    @classmethod
    def of(cls, text: str, words: CaseVocabulary, now: datetime) -> "Telling":
        """Prepare a text: one spelling, and 30,000 as one number."""
        joined = _THOUSANDS.sub(lambda match: re.sub("[,，]", "", match[0]), text[:_MOST])
        saying = words.case.saying
        spellings = {**words.facts.spellings, **words.case.spellings}
        story = Story.of(joined, words.normalize, spellings)
        return cls(
            story=story,
            facts=words.facts,
            words=words.case,
            stance=replace(
                words.facts.stance,
                hearsay=saying.hearsay,
                denied_after=saying.denied_after,
                supposed_after=saying.supposed_after,
            ),
            now=now,
            sums=find_sums(story),
            vocabulary=words,
        )

    def places(self, told: Told) -> Iterator[Span]:
        """Where it is told, outside what only looks like it."""
        shadows = list(self.story.find(told.not_told))
        for place in self.story.find(told.told):
            if not _is_shadowed(place, shadows):
                yield place

    def all_of(self, many: ManyTold) -> Iterator[Found[str]]:
        """Every thing of one kind that is told as done, in the order of the list."""
        for name in many.entries:
            for place in self.done(many, name):
                yield Found(name, place)

    def done(self, many: ManyTold, name: str) -> Iterator[Span]:
        """Where one thing is told as done, by the person and of their own."""
        shadows = list(self.story.find(many.not_told))
        for place in self.places(many.entries[name]):
            if not _is_shadowed(place, shadows) and self.is_done(place):
                yield place

    def is_done(self, place: Span) -> bool:
        """Told as done: not denied, asked, announced, nor asked about people in general."""
        saying = self.words.saying
        if saying.generic.search(self.clause(place)) or saying.imagined.search(
            self.sentence(place)
        ):
            return False
        return stance_of(self.story, place, self.stance) is Stance.DONE

    def is_denied(self, place: Span) -> bool:
        """Told not to be so."""
        return stance_of(self.story, place, self.stance) is Stance.DENIED

    def is_mistaken(self, place: Span) -> bool:
        """Named only as what it is not: 招行 in 不是招行是平安."""
        before = self.story.before(place, self.story.clause(place))
        return bool(self.facts.stance.mistaken.search(before))

    def is_claimed(self, place: Span) -> bool:
        """Said by others earlier in the sentence: 他们说已经立案."""
        sentence = self.story.sentence(place)
        return bool(self.words.saying.claimed.search(self.story.before(place, sentence)))

    def clause(self, place: Span) -> str:
        """The clause around a place."""
        clause = self.story.clause(place)
        return self.story.text[clause.start : clause.end]

    def sentence(self, place: Span) -> str:
        """The sentence around a place."""
        sentence = self.story.sentence(place)
        return self.story.text[sentence.start : sentence.end]

    def source(self, place: Span) -> str:
        """The words around a place, as the person wrote them."""
        clause = self.story.clause(place)
        start = max(clause.start, place.end - _SOURCE)
        return self.story.as_written(Span(start, min(clause.end, start + _SOURCE))).strip()


def _is_shadowed(place: Span, shadows: Iterable[Span]) -> bool:
    """What only looks like the thing lies over its place."""
    return any(each.start < place.end and place.start < each.end for each in shadows)


def first(  # noqa: UP047 this package stays 3.10-clean
    found: Iterable[Found[Value_co]],
) -> Found[Value_co] | None:
    """The one that stands first in the text."""
    return min(found, key=lambda each: each.place.start, default=None)
