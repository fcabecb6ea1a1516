"""Short words that only the turn before explains: 怎么写, 那如果是网贷呢, 还有别的办法吗."""

from __future__ import annotations

import re

from bot.safety.normalizing import squeeze
from rasa_project.components.question_model import Ranking
from rasa_project.components.word_lists import WordLists

CLEAR = 0.6
"""A topic that is at least this likely by itself needs no turn before."""

LONGEST = 14
"""Characters of the longest text that can lean on the turn before."""

_GAP = "…"
_TAIL = "吗呢啊吧呀么嘛哦噢了的"


class FollowUps:
    """Knows how people go on about what was just answered."""

    def __init__(self, lists: WordLists) -> None:
        self._same = frozenset(map(_core, lists.same))
        self._leads = {
            _core(saying): topic for topic, sayings in lists.leads.items() for saying in sayings
        }
        self._frames = [_frame(frame) for frame in lists.frames]

    def follow_up(self, text: str, previous_topic: str | None, ranking: Ranking) -> str | None:
        """The topic that is meant after `previous_topic`; None when the text stands alone."""
        spoken = squeeze(text)
        if previous_topic is None or not spoken or len(spoken) > LONGEST:
            return None
        core = _core(spoken)
        if core in self._leads:
            return self._leads[core]
        if core in self._same:
            return previous_topic
        is_clear = bool(ranking) and ranking[0][1] >= CLEAR
        if not is_clear and any(frame.fullmatch(core) for frame in self._frames):
            return previous_topic
        return None


def _core(text: str) -> str:
    """The text without punctuation and without the particles at its end."""
    plain = squeeze(text)
    return plain.rstrip(_TAIL) or plain


def _frame(text: str) -> re.Pattern[str]:
    before, _, after = text.partition(_GAP)
    return re.compile(f"{re.escape(squeeze(before))}.+{re.escape(squeeze(after))}")
