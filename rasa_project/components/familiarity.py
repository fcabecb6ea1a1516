"""Whether anything of a text is known from the examples; nothing is guessed where not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.safety.normalizing import squeeze
from rasa_project.components.lexicon import Lexicon

_HAN_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_VERY_SHORT = 2
_LATIN_WORD = re.compile(r"[a-z]+|[0-9]{2,}")


class Familiarity:
    """Knows pairs of Chinese characters and words in Latin letters."""

    def __init__(self) -> None:
        self._known = Lexicon()

    def fit(self, texts: Sequence[str]) -> Familiarity:
        """Learn what the examples have."""
        self._known = Lexicon(each for text in texts for each in _sequences(text))
        return self

    def knows(self, text: str) -> bool:
        """Whether there is anything in the text that an example has too."""
        return bool(len(self._known.places_of(_sequences(text))))


def _sequences(text: str) -> list[str]:
    """Pairs of Chinese characters, words in Latin letters; of very short texts each character."""
    plain = squeeze(text)
    found = _HAN_PAIR.findall(plain) + _LATIN_WORD.findall(text)
    return [*found, *_HAN.findall(plain)] if len(plain) <= _VERY_SHORT else found
