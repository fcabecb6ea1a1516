"""Posts updates to the bot's webhook, one after the other, until each is taken."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tornado.httpclient import AsyncHTTPClient, HTTPError

if TYPE_CHECKING:
    from tests.bot_api_server.server import BotApiServer

RETRY_SECONDS = 0.05


@dataclass(slots=True)
class Webhook:
    """The address that setWebhook named. `statuses` are the answers of the bot."""

    server: "BotApiServer"
    url: str
    secret: str
    statuses: list[int] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to post."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Post no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self.server.wait_for_ever(lambda: bool(self.server.pending))
            update = self.server.pending[0]
            status = await self._post(json.dumps(update))
            self.statuses.append(status)
            if status == 200:
                self.server.pending.remove(update)
            else:
                await asyncio.sleep(RETRY_SECONDS)
            self.server.note()

    async def _post(self, body: str) -> int:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        client = AsyncHTTPClient(force_instance=True)
        try:
            response = await client.fetch(
                self.url, method="POST", headers=headers, body=body, raise_error=False
            )
        except (OSError, HTTPError):
            return 0
        finally:
            client.close()
        return response.code
