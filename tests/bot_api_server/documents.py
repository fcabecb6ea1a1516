"""Files in both directions: documents and pictures sent, getFile, and the door to fetch them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tornado.web import RequestHandler

from tests.bot_api_server import rules
from tests.bot_api_server.chats import chat_of
from tests.bot_api_server.people import Fields
from tests.bot_api_server.records import Call, SentMessage
from tests.bot_api_server.rules import bad_request

if TYPE_CHECKING:
    from tests.bot_api_server.server import BotApiServer

DOWNLOAD = "downloadFile"
"""No method of Telegram: the name under which a test finds, or breaks, the fetching of files."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a person sent; `path` is what getFile tells of it."""

    file_id: str
    path: str
    content: bytes
    claimed_size: int | None = None

    @property
    def size(self) -> int:
        """Bytes, as Telegram tells them."""
        return len(self.content) if self.claimed_size is None else self.claimed_size


async def send_document(server: "BotApiServer", parameters: Mapping[str, str]) -> Fields:
    """A document from the bot, as multipart."""
    return _sent(server, parameters, "document")


async def send_photo(server: "BotApiServer", parameters: Mapping[str, str]) -> Fields:
    """A picture from the bot, as multipart."""
    return _sent(server, parameters, "photo")


def _sent(server: "BotApiServer", parameters: Mapping[str, str], kind: str) -> Fields:
    chat_id = chat_of(server, parameters)
    field = parameters.get(kind, "").removeprefix("attach://") or kind
    found = server.uploads.get(field)
    if found is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    rules.check_document(found.name, len(found.content))
    caption = parameters.get("caption", "")
    if caption:
        caption = rules.check_caption(parameters)
    message = SentMessage(
        chat_id=chat_id,
        message_id=next(server.updates.message_ids),
        text=caption,
        html=parameters.get("caption", ""),
        rows=rules.check_keyboard(parameters),
        parameters=dict(parameters),
        document=found,
    )
    server.messages.append(message)
    server.note()
    return server.message_fields(message)


async def get_file(server: "BotApiServer", parameters: Mapping[str, str]) -> Fields:
    """Where a file can be fetched; with --local, where it lies on the disk."""
    file = server.files.get(parameters.get("file_id", ""))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > rules.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    path = file.path
    if server.local_folder is not None:
        on_disk = server.local_folder / path.replace("/", "_")
        if server.local_folder.exists():
            await asyncio.to_thread(on_disk.write_bytes, file.content)
        path = str(on_disk)
    return {
        "file_id": file.file_id,
        "file_unique_id": f"u{file.file_id}",
        "file_size": file.size,
        "file_path": path,
    }


class FileHandler(RequestHandler):
    """`/file/bot<token>/<path>`."""

    def initialize(self, server: "BotApiServer") -> None:
        """Take what the server was built with."""
        self._server = server

    async def get(self, token: str, path: str) -> None:
        """Give a file out, or go wrong as was ordered: `is_done` breaks off in the middle."""
        call = Call(DOWNLOAD, {"path": path})
        self._server.calls.append(call)
        self._server.note()
        found = [file for file in self._server.files.values() if file.path == path]
        fault = self._server.take_fault(call)
        if fault is not None and fault.refused is not None:
            self.set_status(fault.refused.code)
        elif fault is not None and not fault.is_done:
            self.detach().close()
        elif token != self._server.token or not found:
            self.set_status(404)
        elif fault is not None:
            await self._give_half(found[0].content)
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.write(found[0].content)

    async def _give_half(self, content: bytes) -> None:
        self.set_header("Content-Length", str(len(content)))
        self.write(content[: len(content) // 2])
        await self.flush()
        self.detach().close()
