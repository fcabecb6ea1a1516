"""Takes in what people send: hashed, handed on for reading, and never kept."""

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import httpx
import structlog
from telegram import Bot
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.channels.telegram.connection import seconds_to_wait
from bot.channels.telegram.reading import Attachment
from bot.channels.telegram.words import Pause
from bot.concepts.message import ReceivedFile
from bot.errors import ChannelError

LARGEST = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""Bytes; of more Telegram's own server gives nothing out, so a self-hosted one does not either."""

PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds between attempts: few, because the next words of this person wait behind the file."""

FETCH_SECONDS = 120.0
_PIECE = 65_536

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """What proves a file, and its content for as long as somebody looks at it."""

    proof: ReceivedFile
    content: bytes = field(repr=False)


class Files:
    """Fetches files from the Bot API server."""

    def __init__(self, bot: Bot, http: httpx.AsyncClient, pause: Pause) -> None:
        self._bot = bot
        self._http = http
        self._pause = pause

    async def fetch(self, attachment: Attachment) -> FetchedFile | None:
        """A file with what proves it; None for one that is too large or not given out.

        ChannelError when the line is down, to be called again later.
        """
        if attachment.size is not None and attachment.size > LARGEST:
            return None
        pauses = iter(PAUSES)
        while True:
            try:
                async with asyncio.timeout(FETCH_SECONDS):
                    return await self._fetch(attachment)
            except (BadRequest, _TooLargeError, _OutOfReachError) as error:
                _log.info("file_not_taken", error=type(error).__name__)
                return None
            except (TelegramError, httpx.HTTPError, _BrokenOffError, OSError) as error:
                wait = next(pauses, None)
                if wait is None:
                    # The chained error may hold the address, and with it the token.
                    raise ChannelError("Telegram gave out no file; it is asked again.") from None
                if isinstance(error, RetryAfter):
                    wait = seconds_to_wait(error)
                await self._pause(wait)

    async def _fetch(self, attachment: Attachment) -> FetchedFile | None:
        given = await self._bot.get_file(attachment.reference)
        if given.file_path is None:
            return None
        path = given.file_path.removeprefix(f"{self._bot.base_file_url}/")
        if path.startswith("/"):
            content = await asyncio.to_thread(_read_local, Path(path))
        else:
            content = await self._download(path)
        if given.file_size not in {None, len(content)}:
            # A hash of half a file would later prove the wrong thing.
            raise _BrokenOffError
        proof = ReceivedFile(
            kind=attachment.kind,
            reference=attachment.reference,
            size=len(content),
            media_type=attachment.media_type,
            digest=sha256(content).hexdigest(),
        )
        return FetchedFile(proof, content)

    async def _download(self, path: str) -> bytes:
        url = f"{self._bot.base_file_url}/{quote(path)}"
        content = _Bounded()
        async with self._http.stream("GET", url) as answer:
            if answer.status_code != httpx.codes.OK:
                raise _BrokenOffError
            async for piece in answer.aiter_bytes(_PIECE):
                content.add(piece)
        return content.whole()


class _Bounded:
    """Bytes in pieces, up to the most that are taken."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def add(self, piece: bytes) -> None:
        if len(self._bytes) + len(piece) > LARGEST:
            raise _TooLargeError
        self._bytes += piece

    def whole(self) -> bytes:
        return bytes(self._bytes)


def _read_local(path: Path) -> bytes:
    """A Bot API server started with --local names the file on the disk that it shares with us."""
    content = _Bounded()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                content.add(piece)
    except (FileNotFoundError, PermissionError):
        _log.error("bot_api_server_runs_with_local_but_its_files_cannot_be_read_here")
        raise _OutOfReachError from None
    return content.whole()


class _TooLargeError(Exception):
    """More than we take."""


class _OutOfReachError(Exception):
    """On a disk that we do not see."""


class _BrokenOffError(Exception):
    """Not what was promised."""
