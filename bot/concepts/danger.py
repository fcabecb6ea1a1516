"""How near to harm a person seems, and who is in danger."""

import re
from dataclasses import dataclass
from enum import Enum

DANGER_TOPIC = "self_harm"
"""The topic that comes before every other."""


class DangerLevel(Enum):
    """STRONG: words of suicide or self-injury. WEAK: hopelessness without a clear wish."""

    WEAK = "weak"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Danger:
    """A sign of danger in a message; `is_other` when the writer worries about somebody else.

    `is_quoted` when it stands in a paper that was handed on, and not in the person's own words;
    `is_again` right after the card for strong danger: nobody is read the same page twice;
    `is_by_model` where no word shows it, only the model hears it.
    """

    level: DangerLevel
    is_other: bool
    is_quoted: bool = False
    is_again: bool = False
    is_by_model: bool = False

    @property
    def card(self) -> str:
        """The name of the card in crisis.yml."""
        who = "other" if self.is_other else "own"
        return f"{who}_{'again' if self.is_again else self.level.value}"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model makes of a message: how near to harm it seems, or that it surely is not."""

    level: DangerLevel | None = None
    is_harmless: bool = False

    def beside(self, words: DangerLevel | None) -> DangerLevel | None:
        """What it comes to with what the words show: the nearer to harm.

        Words that the model is sure mean no harm (催收叫我去死) are no more than a weak sign.
        """
        if self.is_harmless and words is DangerLevel.STRONG:
            return DangerLevel.WEAK
        levels = {self.level, words}
        return next((each for each in reversed(DangerLevel) if each in levels), None)


Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerPatterns:
    """Patterns over squeezed text; `harmless` spans cancel the matches that lie inside them."""

    strong: Patterns
    weak: Patterns
    harmless: Patterns
    other_person: Patterns
