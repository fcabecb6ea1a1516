"""getUpdates: confirmation by offset, the long poll, and one poller at a time."""

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.bot_api_server.people import Fields
from tests.bot_api_server.rules import Refused

if TYPE_CHECKING:
    from tests.bot_api_server.server import BotApiServer

TERMINATED = Refused(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
WEBHOOK_ACTIVE = Refused(
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)


async def get_updates(
    server: "BotApiServer", parameters: Mapping[str, str], is_gone: asyncio.Event
) -> list[Fields]:
    """Confirm what lies before the offset, then wait for what comes."""
    if server.webhook is not None:
        raise WEBHOOK_ACTIVE
    if server.poll is not None:
        server.poll.set()
    mine = server.poll = asyncio.Event()
    if "allowed_updates" in parameters:
        server.allowed_updates = json.loads(parameters["allowed_updates"])
    offset = int(parameters.get("offset", 0))
    server.pending[:] = [each for each in server.pending if _id(each) >= offset]
    server.note()
    limit = min(max(int(parameters.get("limit", 100)), 1), 100)
    ends_at = asyncio.get_running_loop().time() + int(parameters.get("timeout", 0))
    while True:
        if mine.is_set():
            raise TERMINATED
        left = ends_at - asyncio.get_running_loop().time()
        if server.pending or left <= 0 or is_gone.is_set():
            server.poll = None
            return server.pending[:limit]
        await _first(left, server.change, mine, is_gone)


async def _first(seconds: float, *events: asyncio.Event) -> None:
    tasks = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _id(update: Fields) -> int:
    number = update["update_id"]
    assert isinstance(number, int)
    return number
