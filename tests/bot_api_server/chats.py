"""Which chat and which message a call is about, or Telegram's refusal."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.bot_api_server.records import SentMessage
from tests.bot_api_server.rules import Refused, bad_request

if TYPE_CHECKING:
    from tests.bot_api_server.server import BotApiServer


def chat_of(server: "BotApiServer", parameters: Mapping[str, str]) -> int:
    """The chat; it must be known, and must not have blocked the bot."""
    chat_id = parameters.get("chat_id", "")
    if not re.fullmatch(r"-?\d+", chat_id) or int(chat_id) not in server.known_chats:
        raise bad_request("chat not found")
    if int(chat_id) in server.blocked_chats:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    return int(chat_id)


def own_message(
    server: "BotApiServer", chat_id: int, message_id: object, words: str
) -> SentMessage:
    """A message of the bot; `words` are said when there is none."""
    for message in server.messages:
        if (message.chat_id, str(message.message_id)) == (chat_id, str(message_id)):
            return message
    raise bad_request(words)
