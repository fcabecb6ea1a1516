"""One spelling for understanding: forms of characters, noise of voice typing, typos.

Never for letters or records: the message's own text is kept beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.safety.normalizing import normalize
from rasa_project.components.lexicon import Lexicon
from rasa_project.components.sounding import syllables
from rasa_project.components.word_lists import WordLists

_REPEATED = re.compile(r"([\W_])[\W_]*\1+")
_NEITHER_WORD_NOR_MARK = re.compile(r"[^\w\s，。！？；：、,.!?;:%*…~\-]+")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_LENGTHS = (4, 3, 2)
_SEEN_AT_LEAST = 2
_USUAL = {2: 60, 3: 5, 4: 4}
"""In how many examples a sequence of so many characters stands that a typo may hide it."""

Sound = tuple[str, ...]


class Spelling:
    """Brings a message to one spelling.

    A sequence that sounds like a key word or a usual one, but that nobody has written before, is
    taken for it. `fit` learns from the examples what people do write.
    """

    def __init__(self, lists: WordLists) -> None:
        wrong = {each: right for right, all_ in lists.repairs.items() for each in all_}
        self._repairs = wrong
        self._wrong = _any_of(wrong)
        self._fillers = _any_of(lists.fillers)
        self._key_words = _by_sound(_key_words(lists))
        self._by_sound: Mapping[Sound, str] = self._key_words
        self._known = Lexicon()

    def fit(self, texts: Iterable[str]) -> Spelling:
        """Learn which sequences are written on purpose."""
        counts = Counter(each for text in texts for each in set(_sequences(self._mend(text))))
        self._known = Lexicon(each for each, seen in counts.items() if seen >= _SEEN_AT_LEAST)
        usual = [each for each, seen in counts.most_common() if seen >= _USUAL[len(each)]]
        self._by_sound = {**_by_sound(usual), **self._key_words}
        return self

    def normalize(self, text: str) -> str:
        """The text as it would have been written with care."""
        return _HAN_RUN.sub(lambda run: self._repair_by_sound(run[0]), self._mend(text))

    def _mend(self, text: str) -> str:
        plain = normalize(text)
        if not re.search(r"\w", plain):  # An emoji alone may be an answer.
            return self._wrong.sub(lambda match: self._repairs[match[0]], plain).strip()
        plain = _NEITHER_WORD_NOR_MARK.sub(" ", plain)
        plain = _REPEATED.sub(r"\1", plain)
        spoken = self._fillers.sub("", plain)
        if re.search(r"\w", spoken):
            plain = spoken
        return self._wrong.sub(lambda match: self._repairs[match[0]], plain).strip()

    def _repair_by_sound(self, run: str) -> str:
        if not self._known or len(run) < min(_LENGTHS):
            return run
        sounds = syllables(run)
        if len(sounds) != len(run):
            return run
        mended = list(run)
        start = 0
        while start < len(run):
            start += self._repair_at(start, run, sounds, mended) or 1
        return "".join(mended)

    def _repair_at(self, start: int, run: str, sounds: list[str], mended: list[str]) -> int:
        """Mend the key word that begins here; its length, or 0 where there is none."""
        for length in _LENGTHS:
            written = run[start : start + length]
            right = self._by_sound.get(tuple(sounds[start : start + length]))
            if right is None or len(written) < length or written == right:
                continue
            if self._is_meant(written, right):
                continue
            mended[start : start + length] = right
            return length
        return 0

    def _is_meant(self, written: str, right: str) -> bool:
        """More than one character differs, or people do write this one beside its neighbour."""
        differing = [i for i, (a, b) in enumerate(zip(written, right, strict=True)) if a != b]
        if len(differing) != 1:
            return True
        (at,) = differing
        pairs = (written[max(0, at - 1) : at + 1], written[at : at + 2])
        return any(len(pair) > 1 and pair in self._known for pair in pairs)


def _sequences(text: str) -> Iterable[str]:
    for run in _HAN_RUN.findall(text):
        for length in _LENGTHS:
            yield from (run[i : i + length] for i in range(len(run) - length + 1))


def _key_words(lists: WordLists) -> list[str]:
    """Words that a typo may hide: those with a known typo, and the longer ones.

    Not every short word: too many others sound the same.
    """
    long = (word for all_ in lists.concepts.values() for word in all_ if len(word) > 2)
    return [word for word in (*lists.repairs, *long) if _HAN_RUN.fullmatch(word)]


def _by_sound(words: Sequence[str]) -> dict[Sound, str]:
    """The first of the words with each sound."""
    return {tuple(syllables(word)): word for word in reversed(words) if len(word) in _LENGTHS}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
