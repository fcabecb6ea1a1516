"""What is stored of an update that has just come: masked, and by the chat that it belongs to."""

import json
from collections.abc import Mapping
from datetime import datetime

import structlog

from bot.concepts.stored import StoredUpdate
from bot.safety.masking import mask_all_but_callers

_LARGEST_NUMBER = 2**63 - 1
_SAFE_NAMES = frozenset({"id", "chat_instance"})

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def read_update(raw: Mapping[str, object], now: datetime) -> StoredUpdate | None:
    """What is stored of an update; None when it has no number or is no JSON."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    if type(number) is not int or not 0 <= number <= _LARGEST_NUMBER:
        _log.warning("update_without_number", type=type(raw).__name__)
        return None
    try:
        # ASCII, because a person can send half a character, which no database takes.
        payload = json.dumps(_mask(raw), ensure_ascii=True, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        _log.warning("update_unreadable", update_id=number, error=type(error).__name__)
        return None
    return StoredUpdate(
        update_id=number, chat=_chat_of(raw, number), payload=payload, received_on=now
    )


def _mask(value: object, name: str = "") -> object:
    """Mask the personal numbers in every string, wherever a person may have written it.

    Only identifiers stay as they are, since they look like card numbers and must go back to
    Telegram unchanged. By its custom their names are `id` or end in `_id`; so whatever field is
    added one day is masked.
    """
    if isinstance(value, str):
        is_identifier = name in _SAFE_NAMES or name.endswith(("_id", "_ids"))
        return value if is_identifier else mask_all_but_callers(value)
    if isinstance(value, Mapping):
        return {key: _mask(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mask(inner, name) for inner in value]
    return value


def _chat_of(raw: Mapping[str, object], number: int) -> str:
    """The chat it belongs to, else the person it came from, else itself alone.

    A private chat has the number of its person, so inline queries keep in line with messages.
    """
    for content in raw.values():
        if not isinstance(content, Mapping):
            continue
        message = content.get("message")
        around = message if isinstance(message, Mapping) else content
        for owner in (around.get("chat"), content.get("from"), content.get("user")):
            key = owner.get("id") if isinstance(owner, Mapping) else None
            if type(key) is int:
                return str(key)
    return f"update:{number}"
