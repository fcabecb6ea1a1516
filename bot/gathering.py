"""Several messages in a row are one story or one paper: what may go on waits a moment.

Short words are joined with what follows, pictures with the pictures after them, and words with
the forwarded message or the pictures that they were sent along with.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.concepts.stored import StoredUpdate

TOGETHER_AT_MOST = 10
"""As many pictures as an album has."""
_PAUSE = timedelta(seconds=1.5)
"""So long a few words wait for more (在吗 / 我欠花呗 / 一万二), and a picture for the next."""

_FEW_WORDS = 12
_QUESTION_ENDS = ("?", "？", "吗", "呢", "怎么办", "么", "咋办")

ALBUM, BESIDE = "album", "beside"
"""Where a message holds the other pictures, and the words sent just before it."""


_WORDS = frozenset({"text", "caption"})

IsUrgent = Callable[[str], bool]
"""Whether words may not wait: those of danger."""


def seconds_to_wait(updates: Sequence[StoredUpdate], now: datetime, is_urgent: IsUrgent) -> float:
    """How long the first of a chat's updates should wait for what may follow; 0 for not at all."""
    messages = [_message_of(update) for update in updates]
    if any(_is_danger(message, is_urgent) for message in messages):
        return 0.0
    if not (all(map(_is_picture, messages)) or all(map(_is_few_words, messages))):
        return 0.0
    left = updates[-1].received_on + _PAUSE - now
    # Never longer, also where the clock was set back meanwhile.
    return max(min(left, _PAUSE).total_seconds(), 0.0)


def is_of_danger(update: StoredUpdate, is_urgent: IsUrgent) -> bool:
    """Whether an update is a message of a private talk with words of danger."""
    return _is_danger(_message_of(update), is_urgent)


def first_to_answer(
    updates: Sequence[StoredUpdate], is_urgent: IsUrgent
) -> Sequence[StoredUpdate]:
    """The updates of a chat; words of danger alone where a picture would be read before them."""
    behind = [each for each in updates[1:] if is_of_danger(each, is_urgent)]
    is_held_up = bool(behind) and _is_picture(_message_of(updates[0]))
    return behind[:1] if is_held_up else updates


def joined(updates: Sequence[StoredUpdate], is_urgent: IsUrgent) -> tuple[StoredUpdate, int]:
    """The first update with those that belong to it, and how many were joined.

    What stands for itself ends the story; another such message is answered by itself. What was
    changed before it was answered is answered as it is now.
    """
    if (changed := _as_changed(updates, is_urgent)) is not None:
        update, count = joined((changed, *updates[2:]), is_urgent)
        return update, count + 1
    messages = [_message_of(update) for update in updates[:TOGETHER_AT_MOST]]
    words = _words_in_a_row(messages, is_urgent)
    if words and _is_sent_along(updates, messages, words, is_urgent):
        said = "\n".join(map(_words_of, messages[:words]))
        paper, count = joined(updates[words:], is_urgent)
        return _changed(updates[0], paper, {BESIDE: said}), words + count
    if words > 1:
        said = "\n".join(map(_words_of, messages[:words]))
        return _changed(updates[0], updates[words - 1], {"text": said}, without="entities"), words
    pictures = _pictures_in_a_row(messages, is_urgent)
    if pictures > 1:
        rest = [json.loads(update.payload)["message"] for update in updates[1:pictures]]
        return _changed(updates[0], updates[0], {ALBUM: rest}), pictures
    return updates[0], 1


def _as_changed(updates: Sequence[StoredUpdate], is_urgent: IsUrgent) -> StoredUpdate | None:
    """The first update with the words that the second puts into it; danger is never taken back."""
    message = _message_of(updates[0])
    if len(updates) == 1 or not message or _is_danger(message, is_urgent):
        return None
    match json.loads(updates[1].payload):
        case {"edited_message": {"message_id": number, **changed}}:
            if number == message.get("message_id"):
                told = {key: value for key, value in changed.items() if key in _WORDS}
                return _changed(updates[0], updates[0], told, without="entities")
    return None


def _words_in_a_row(messages: Sequence[Mapping[str, Any]], is_urgent: IsUrgent) -> int:
    """How many messages of words are one story."""
    count = 0
    for message in messages:
        if not _is_words(message):
            break
        count += 1
        if not _is_few_words(message) or _is_danger(message, is_urgent):
            break
    return count


def _pictures_in_a_row(messages: Sequence[Mapping[str, Any]], is_urgent: IsUrgent) -> int:
    """How many pictures are one paper; one with words of danger stands for itself."""
    count = 0
    for message in messages:
        if not _is_picture(message) or _is_danger(message, is_urgent):
            break
        count += 1
    return count


def _is_sent_along(
    updates: Sequence[StoredUpdate],
    messages: Sequence[Mapping[str, Any]],
    words: int,
    is_urgent: IsUrgent,
) -> bool:
    """Whether a paper came in one breath with the words before it, as a comment to it does."""
    if words >= len(messages):
        return False
    if any(_is_danger(message, is_urgent) for message in messages[: words + 1]):
        return False
    is_paper = _is_picture(messages[words]) or _is_forwarded(messages[words])
    return is_paper and updates[words].received_on - updates[words - 1].received_on <= _PAUSE


def _changed(
    first: StoredUpdate,
    of: StoredUpdate,
    fields: Mapping[str, object],
    without: str | None = None,
) -> StoredUpdate:
    """The first update with the message of another, some fields of it changed."""
    payload = json.loads(of.payload)
    payload["message"].update(fields)
    if without is not None:
        payload["message"].pop(without, None)
    words = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return replace(first, payload=words)


def _message_of(update: StoredUpdate) -> Mapping[str, Any]:
    """The message of a private talk; nothing for any other update."""
    payload: Any = json.loads(update.payload)
    message = payload.get("message") if isinstance(payload, Mapping) else None
    if not isinstance(message, Mapping):
        return {}
    chat = message.get("chat")
    is_private = isinstance(chat, Mapping) and chat.get("type") == "private"
    return message if is_private else {}


def _words_of(message: Mapping[str, Any]) -> str:
    words = message.get("text", message.get("caption"))
    return words if isinstance(words, str) else ""


def _is_danger(message: Mapping[str, Any], is_urgent: IsUrgent) -> bool:
    words = _words_of(message)
    return bool(words) and is_urgent(words)


def _is_words(message: Mapping[str, Any]) -> bool:
    """Words of the person's own; no command, nothing forwarded."""
    text = message.get("text")
    is_own = isinstance(text, str) and not _is_forwarded(message)
    return is_own and not str(text).startswith(("/", "／"))


def _is_forwarded(message: Mapping[str, Any]) -> bool:
    return "forward_origin" in message


def _is_picture(message: Mapping[str, Any]) -> bool:
    """A photo, or a picture sent as a file; several may show one paper."""
    document = message.get("document")
    kind = document.get("mime_type") if isinstance(document, Mapping) else None
    return "photo" in message or (isinstance(kind, str) and kind.startswith("image/"))


def _is_few_words(message: Mapping[str, Any]) -> bool:
    """Words that hardly stand for themselves: neither a question nor more than a few."""
    if not _is_words(message):
        return False
    spoken = _words_of(message).strip()
    is_whole = len(spoken) > _FEW_WORDS or spoken.endswith(_QUESTION_ENDS) or spoken.isdecimal()
    return not is_whole
