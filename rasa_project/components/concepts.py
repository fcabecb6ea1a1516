"""Different words for one thing become one character: relatives, lenders, offices, numbers."""

from __future__ import annotations

import re

from bot.safety.normalizing import squeeze
from rasa_project.components.word_lists import WordLists

_NUMBER = r"[0-9一二三四五六七八九十百两几零.]+[来多几]?"
_FIRST_SIGN = 0xE000
"""The private-use area of Unicode: no text has these characters, so none can be mistaken."""


class Concepts:
    """Replaces words by the sign of what they mean."""

    def __init__(self, lists: WordLists) -> None:
        names = [*lists.concepts, *(f"counted {name}" for name in lists.counted)]
        sign = {name: chr(_FIRST_SIGN + place) for place, name in enumerate(names)}
        self._sign_of_word = {
            squeeze(word): sign[name] for name, words in lists.concepts.items() for word in words
        }
        self._sign_of_unit = {
            unit: sign[f"counted {name}"]
            for name, units in lists.counted.items()
            for unit in units
        }
        self._words = re.compile(_longest_first(self._sign_of_word))
        self._counted = re.compile(f"{_NUMBER}({_longest_first(self._sign_of_unit)})")

    def abstract(self, text: str) -> str:
        """The text without punctuation, each known word as the sign of its concept."""
        counted = self._counted.sub(lambda match: self._sign_of_unit[match[1]], squeeze(text))
        return self._words.sub(lambda match: self._sign_of_word[match[0]], counted)


def _longest_first(words: dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
