"""A story with several acts is checked, whichever of the acts the message is most about."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.concepts.facts import ContactFacts
from bot.safety.normalizing import squeeze
from rasa_project.components.matters import Understood

CHECK = "check_call"
UNSURE = 0.6
"""How likely one conduct must be to be answered alone."""

_ACTS_AT_LEAST = 2
_SIGNS_AT_LEAST = 20
_FACTS_AT_LEAST = 4
_ASKS = ("吗", "呢", "么", "办", "多久", "合法", "违法", "哪里")


@dataclass(frozen=True)
class Stories:
    """`read` reads the facts of a text; `conduct` names the topics that the check covers too."""

    read: Callable[[str], ContactFacts]
    conduct: Collection[str]

    def take_up(self, text: str, understood: Understood) -> Understood:
        """The check first, as likely as all that it covers, for a story of no clear topic."""
        if not understood.ranking or not self._is_open(understood) or not self._is_told(text):
            return understood
        covered = {CHECK, *self.conduct}
        share = sum(share for topic, share in understood.ranking if topic in covered)
        others = [(topic, part) for topic, part in understood.ranking if topic not in covered]
        parts = [(topic, 0.0) for topic, _ in understood.ranking if topic in self.conduct]
        return Understood(((CHECK, share), *others, *parts), (CHECK,))

    def _is_open(self, understood: Understood) -> bool:
        best, share = understood.ranking[0]
        return share < UNSURE and best in {CHECK, *self.conduct}

    def _is_told(self, text: str) -> bool:
        spoken = squeeze(text)
        if spoken.endswith(_ASKS) or text.rstrip().endswith(("?", "？")):
            return False
        facts = self.read(text)
        is_much = len(spoken) >= _SIGNS_AT_LEAST or len(facts.told) >= _FACTS_AT_LEAST
        return is_much and len(facts.acts) >= _ACTS_AT_LEAST
