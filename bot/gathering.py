"""Several messages in a row are one story: short ones wait a moment for what follows."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.concepts.stored import StoredUpdate

TOGETHER_AT_MOST = 8
_PAUSE = timedelta(seconds=1.5)
"""So long a few words wait for more: 在吗 / 我欠花呗 / 一万二."""

_FEW_WORDS = 12
_QUESTION_ENDS = ("?", "？", "吗", "呢", "怎么办", "么", "咋办")


IsUrgent = Callable[[str], bool]
"""Whether words may not wait: those of danger."""


def seconds_to_wait(updates: Sequence[StoredUpdate], now: datetime, is_urgent: IsUrgent) -> float:
    """How long the first of a chat's updates should wait for what may follow; 0 for not at all."""
    texts = [_text_of(update) for update in updates]
    if any(text is None or _is_whole(text) or is_urgent(text) for text in texts):
        return 0.0
    left = updates[-1].received_on + _PAUSE - now
    return max(left.total_seconds(), 0.0)


def joined(updates: Sequence[StoredUpdate], is_urgent: IsUrgent) -> tuple[StoredUpdate, int]:
    """The first update with the words of those that follow it, and how many were joined.

    What stands for itself ends the story; another such message is answered by itself.
    """
    texts = []
    for update in updates[:TOGETHER_AT_MOST]:
        text = _text_of(update)
        if text is None:
            break
        texts.append(text)
        if _is_whole(text) or is_urgent(text):
            break
    if len(texts) <= 1:
        return updates[0], 1
    payload = json.loads(updates[len(texts) - 1].payload)
    payload["message"]["text"] = "\n".join(texts)
    payload["message"].pop("entities", None)
    words = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return replace(updates[0], payload=words), len(texts)


def _text_of(update: StoredUpdate) -> str | None:
    """The words of a plain message in a private talk; None for anything else, commands too."""
    payload: Any = json.loads(update.payload)
    message = payload.get("message") if isinstance(payload, Mapping) else None
    if not isinstance(message, Mapping) or not isinstance(message.get("text"), str):
        return None
    chat = message.get("chat")
    is_private = isinstance(chat, Mapping) and chat.get("type") == "private"
    text = str(message["text"])
    return text if is_private and not text.startswith(("/", "／")) else None


def _is_whole(text: str) -> bool:
    """Whether a message stands for itself: it asks, or tells more than a few words."""
    spoken = text.strip()
    return len(spoken) > _FEW_WORDS or spoken.endswith(_QUESTION_ENDS) or spoken.isdecimal()
