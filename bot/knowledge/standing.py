"""Sentences below the first layer of every topic, for who would lose a day or a right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.concepts.passages import Passage
from bot.concepts.reply import Block

FILE = "standing.yml"


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

    def below(
        self, topic: str, said: Sequence[Block], known: Mapping[str, str | None]
    ) -> tuple[Block, ...]:
        """What is to be added to the first layer of a topic for a case: the first that fits."""
        fitting = (each for each in self.sentences if each.fits(known))
        first = next(fitting, None)
        if first is None or topic in self.not_in:
            return ()
        told = "".join(block.text for block in said)
        return () if all(word in told for word in first.unless) else (first.passage.block,)
