"""Talks to the Rasa server over loopback and turns its JSON into frozen things."""

import asyncio
import contextlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bot.concepts.understanding import Understanding
from bot.errors import RasaUnavailableError
from bot.understanding.parsed import read_parsed

_OPENING = re.compile(r"^[\s/\\]+")

AT_ONCE = 4
"""Questions that are with the server; it takes one after the other, the others wait here."""

PATIENCE = 15.0
"""Seconds until a question is given up, its wait for the others included."""

_LOOK_EVERY = 0.1

_REFUSED = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)


class RasaClient:
    """One Rasa server. Every method raises RasaUnavailableError when it does not answer well."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """`http` knows the server's base URL and carries its token."""
        self._http = http
        # The longest waiting is let in first.
        self._places = asyncio.Semaphore(AT_ONCE)
        self._asked: Counter[httpx.URL] = Counter()

    async def understand(self, text: str) -> Understanding:
        """What a text means by itself; what was said before is the dialogue's business."""
        try:
            async with asyncio.timeout(PATIENCE), self._places:
                parsed = await self._post("/model/parse", text=_hearable(text))
        except TimeoutError as error:
            raise RasaUnavailableError("Rasa: too many questions at once") from error
        return _read(read_parsed, parsed)

    def lead_to(self, server: str) -> None:
        """Ask this server from now on; what was asked of another is still answered there."""
        self._http.base_url = httpx.URL(server)

    async def is_done_with(self, server: str) -> bool:
        """Whether nobody waits any more for an answer of this server, now or soon."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._asked[_base(server)]:  # noqa: ASYNC110 a handful of looks, once a day
                    await asyncio.sleep(_LOOK_EVERY)
        return not self._asked[_base(server)]

    async def model_at(self, server: str | None = None) -> str | None:
        """The model that a server (or the present one) has loaded; None while it has none."""
        try:
            response = await self._http.get(f"{server or ''}/status", timeout=2)
            return _json(response).get("model_file") if response.is_success else None
        except (httpx.HTTPError, RasaUnavailableError):
            return None

    async def refuses_us(self) -> bool:
        """Whether the server is there and does not take our token."""
        try:
            # Kept open, the line would later still lead to a server that was ended meanwhile.
            alone = {"Connection": "close"}
            response = await self._http.get("/status", timeout=2, headers=alone)
        except httpx.HTTPError:
            return False
        return response.status_code in _REFUSED

    async def is_ready(self) -> bool:
        """Whether the server answers and has loaded its model."""
        return bool(await self.model_at())

    async def _post(self, path: str, **body: object) -> Mapping[str, Any]:
        server = self._http.base_url
        self._asked[server] += 1
        try:
            response = await self._http.post(path, json=body)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise RasaUnavailableError(f"Rasa: {type(error).__name__}") from error
        finally:
            self._asked[server] -= 1
        return _json(response)


def _base(server: str) -> httpx.URL:
    """A server's address as httpx writes it down."""
    return httpx.URL(f"{server.rstrip('/')}/")


def _hearable(text: str) -> str:
    """A text without what only our own buttons may say, and without broken characters."""
    # Rasa takes a leading slash for a command with full confidence: people may not give any.
    return _OPENING.sub("", text.encode(errors="replace").decode())


def _json(response: httpx.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except ValueError as error:
        raise RasaUnavailableError("Rasa: not JSON") from error
    if not isinstance(body, dict):
        raise RasaUnavailableError("Rasa: not an object")
    return body


def _read[Result](
    reader: Callable[[Mapping[str, Any]], Result], body: Mapping[str, Any]
) -> Result:
    """What a reader makes of a body, unless its shape is not the one that was agreed on."""
    try:
        return reader(body)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RasaUnavailableError("Rasa: an answer of another shape") from error
