"""A Bot API server on loopback, as strict as Telegram: for tests, and for trials by hand.

python -m tests.bot_api_server --port 8081 --token 1:x
"""

from tests.bot_api_server.records import SentMessage
from tests.bot_api_server.server import BotApiServer

__all__ = ["BotApiServer", "SentMessage"]
