"""Whole short messages whose meaning needs no model: 为什么, 那如果是网贷呢, 说简单点."""

import re
from collections.abc import Mapping, Sequence

from bot.knowledge.talk_words import Sayings, TalkWords
from bot.safety.normalizing import squeeze

_GAP = "…"
_TAIL = "吗呢啊吧呀么嘛哦噢了的哈呗"


class ShortWords:
    """Compares without punctuation, spaces and the particles at the end."""

    def __init__(self, words: TalkWords) -> None:
        self._ways = _by_core(words.ways)
        self._leads = _by_core(words.leads)
        self._wishes = _by_core(words.wishes)
        self._frames = [_frame(frame) for frame in words.frames]

    def aspect_in(self, text: str) -> str | None:
        """The aspect that the whole text asks for."""
        return self._ways.get(core_of(text))

    def task_in(self, text: str) -> str | None:
        """The task that the whole text wishes for."""
        return self._leads.get(core_of(text))

    def wish_in(self, text: str) -> str | None:
        """What the whole text says of the talk itself."""
        return self._wishes.get(core_of(text))

    def is_other_case(self, text: str) -> bool:
        """Whether the text asks for the same matter in another case."""
        core = core_of(text)
        return any(frame.fullmatch(core) for frame in self._frames)


def core_of(text: str) -> str:
    """A text without punctuation, spaces and the particles at its end."""
    plain = squeeze(text)
    return plain.rstrip(_TAIL) or plain


def likeness(text: str, other: str) -> float:
    """How alike two short texts are, from 0 to 1: the pairs of characters that they share."""
    one, two = _pairs(core_of(text)), _pairs(core_of(other))
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def best_likeness(text: str, others: Sequence[str]) -> float:
    """How alike a text is to the most alike of others."""
    return max((likeness(text, other) for other in others), default=0.0)


def _pairs(text: str) -> frozenset[str]:
    padded = f"^{text}$"
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1)) if text else frozenset()


def _by_core(groups: Sayings) -> Mapping[str, str]:
    return {core_of(saying): name for name, sayings in groups.items() for saying in sayings}


def _frame(text: str) -> re.Pattern[str]:
    before, _, after = text.partition(_GAP)
    return re.compile(f"{re.escape(squeeze(before))}.+{re.escape(squeeze(after))}")
