"""Sentences below what is said of any topic, for who would lose a day or a right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.concepts.passages import Passage
from bot.concepts.reply import Block

FILE = "standing.yml"

STANDING = "standing"
"""Under this name the places of those that were said are kept among the layers shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One sentence; where a topic has all the words of `unless`, it says the same by itself."""

    passage: Passage
    unless: tuple[str, ...]

    def fits(self, known: Mapping[str, str | None]) -> bool:
        """Whether it is for a case like this."""
        fit = self.passage.fit
        return fit is not None and fit.admits(known)


@dataclass(frozen=True, slots=True)
class StandingSentences:
    """All of them, in order; `not_in` are topics below which none is said."""

    sentences: tuple[Standing, ...] = ()
    not_in: frozenset[str] = frozenset()

    def place_for(self, topic: str, known: Mapping[str, str | None]) -> int | None:
        """The place of the sentence for a case below this topic: the first that fits, if any."""
        fitting = (place for place, each in enumerate(self.sentences) if each.fits(known))
        return None if topic in self.not_in else next(fitting, None)

    def below(
        self, topic: str, said: Sequence[Block], known: Mapping[str, str | None]
    ) -> tuple[Block, ...]:
        """What is to be added to what is said of a topic for a case."""
        place = self.place_for(topic, known)
        if place is None:
            return ()
        sentence = self.sentences[place]
        told = "".join(block.text for block in said)
        return () if all(word in told for word in sentence.unless) else (sentence.passage.block,)
