"""The server: its state, the faults that a test orders, what people do, what came of it."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application

from tests.bot_api_server.documents import FileHandler, StoredFile
from tests.bot_api_server.methods import ApiHandler
from tests.bot_api_server.people import BOT, Fields, Updates
from tests.bot_api_server.records import Call, Fault, SentMessage, Upload
from tests.bot_api_server.rules import UPLOAD_BYTES, Refused
from tests.bot_api_server.webhooks import Webhook

GUARD_SECONDS = 10
"""How long a test waits for what should come at once."""


@dataclass(slots=True)
class BotApiServer:
    """`async with BotApiServer(token) as server:`; everything that happened can be read."""

    token: str = "4711:test-token"
    port: int = 0
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    is_local: bool = True
    """A self-hosted server takes plain http webhooks; Telegram's own does not."""

    local_folder: Path | None = None
    """As if started with --local: getFile names files in this folder, and does not serve them.

    A folder that does not exist is one that the bot does not see.
    """

    calls: list[Call] = field(default_factory=list)
    messages: list[SentMessage] = field(default_factory=list)
    pending: list[Fields] = field(default_factory=list)
    tap_answers: dict[str, dict[str, str]] = field(default_factory=dict)
    inline_answers: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    open_queries: set[str] = field(default_factory=set)
    known_chats: set[int] = field(default_factory=set)
    blocked_chats: set[int] = field(default_factory=set)
    files: dict[str, StoredFile] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    commands: list[dict[str, str]] = field(default_factory=list)
    allowed_updates: list[str] = field(default_factory=list)
    webhook: Webhook | None = None
    weather: Callable[[Call], Fault | None] = field(default=lambda _: None)
    """How a call goes wrong for which no fault was ordered."""

    poll: asyncio.Event | None = None
    """Set to end the long poll that is open: another one has come."""

    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _query_ids: Iterable[int] = field(default_factory=lambda: count(1))
    _server: HTTPServer | None = None
    updates: Updates = field(init=False)

    def __post_init__(self) -> None:
        self.updates = Updates(self)

    @property
    def url(self) -> str:
        """For TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        around = {"server": self}
        application = Application(
            [
                (r"/bot([^/]*)/(\w*)", ApiHandler, around),
                (r"/file/bot([^/]*)/(.+)", FileHandler, around),
            ]
        )
        application.settings["log_function"] = lambda _: None
        self._server = HTTPServer(application, max_buffer_size=2 * UPLOAD_BYTES)
        if self.port:
            self._server.listen(self.port, "127.0.0.1")
        else:
            socket, self.port = bind_unused_port()
            self._server.add_socket(socket)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.webhook is not None:
            await self.webhook.stop()
        if self.poll is not None:
            self.poll.set()
        assert self._server is not None
        self._server.stop()
        await self._server.close_all_connections()

    # What people do.

    async def person_says(
        self, chat_id: int, text: str, *, age: timedelta = timedelta(), **fields: Any
    ) -> Fields:
        """Somebody writes to the bot in private."""
        message = self.updates.message(chat_id, text=text, age=age, **fields)
        return await self.deliver(self.updates.number(message=message))

    async def person_sends(
        self, chat_id: int, *, age: timedelta = timedelta(), **fields: Any
    ) -> Fields:
        """Somebody sends something without text: `sticker={…}`, `photo=[…]`."""
        message = self.updates.message(chat_id, age=age, **fields)
        return await self.deliver(self.updates.number(message=message))

    async def person_sends_file(
        self,
        chat_id: int,
        content: bytes,
        kind: str = "document",
        *,
        name: str = "文件.bin",
        media_type: str = "application/octet-stream",
        claimed_size: int | None = None,
        **fields: Any,
    ) -> StoredFile:
        """Somebody sends a file: photo, document, audio, voice, video, video_note, animation."""
        shown = self.keeps_file(content, kind, name, media_type, claimed_size)
        await self.person_sends(chat_id, **shown, **fields)
        return list(self.files.values())[-1]

    def keeps_file(
        self,
        content: bytes,
        kind: str,
        name: str = "文件.bin",
        media_type: str = "application/octet-stream",
        claimed_size: int | None = None,
    ) -> Fields:
        """Keep a file for getFile; the fields of a message that holds it."""
        number = len(self.files)
        path = f"{kind}s/file_{number}{Path(name).suffix}"
        file = StoredFile(f"file{number}", path, content, claimed_size)
        self.files[file.file_id] = file
        return self.updates.file(kind, file.file_id, name, media_type, file.size)

    async def member_says(self, group_id: int, person_id: int, text: str, **fields: Any) -> Fields:
        """Somebody writes in a group (group_id below 0)."""
        message = self.updates.message(group_id, person_id, text=text, **fields)
        return await self.deliver(self.updates.number(message=message))

    async def person_taps(self, label: str, chat_id: int | None = None) -> str:
        """Somebody taps the newest button with this label; the id of the query."""
        message = next(
            each
            for each in reversed(self.messages)
            if label in each.labels and chat_id in {None, each.chat_id}
        )
        return await self.person_taps_data(message, message.button(label)["callback_data"])

    async def person_taps_data(self, message: SentMessage, data: str) -> str:
        """A tap with any data, as an old button or a forger would send it."""
        query_id = f"tap{next(iter(self._query_ids))}"
        self.open_queries.add(query_id)
        await self.deliver(self.updates.tap(self.message_fields(message), data, query_id))
        return query_id

    async def person_searches(self, query: str, person_id: int = 1) -> str:
        """Somebody types `@bot query` in some chat; the id of the query."""
        query_id = f"inline{next(iter(self._query_ids))}"
        self.open_queries.add(query_id)
        sender = self.updates.message(person_id)["from"]
        inline_query = {"id": query_id, "from": sender, "query": query, "offset": ""}
        await self.deliver(self.updates.number(inline_query=inline_query))
        return query_id

    async def deliver(self, update: Fields) -> Fields:
        """Put an update on its way, unless the bot did not ask for its kind."""
        kind = next(name for name in update if name != "update_id")
        content = update[kind]
        if isinstance(content, dict) and isinstance(content.get("chat"), dict):
            self.known_chats.add(content["chat"]["id"])
        if not self.allowed_updates or kind in self.allowed_updates:
            self.pending.append(update)
        self.note()
        return update

    # What a test orders.

    def fail(
        self, method: str, *, times: int = 1, status: int = 500, chat_id: int | None = None
    ) -> None:
        """The next calls of a method end with a status."""
        words = {500: "Internal Server Error", 409: "Conflict: terminated by other getUpdates "
                 "request; make sure that only one bot instance is running"}  # fmt: skip
        fault = Fault(Refused(status, words.get(status, "Error")), chat_id)
        self._faults[method].extend([fault] * times)

    def flood(
        self, method: str, *, retry_after: int, times: int = 1, chat_id: int | None = None
    ) -> None:
        """The next calls of a method are told to wait."""
        words = f"Too Many Requests: retry after {retry_after}"
        fault = Fault(Refused(429, words, retry_after), chat_id)
        self._faults[method].extend([fault] * times)

    def drop(self, method: str, *, times: int = 1, is_done: bool = False) -> None:
        """The line breaks in the next calls, before or (`is_done`) after they took effect."""
        self._faults[method].extend([Fault(is_done=is_done)] * times)

    def block(self, chat_id: int) -> None:
        """The person blocks the bot."""
        self.blocked_chats.add(chat_id)

    def take_fault(self, call: Call) -> Fault | None:
        """The fault that was ordered for this call, or lies in the weather."""
        faults = self._faults[call.method]
        if faults and str(faults[0].chat_id) in {"None", call.parameters.get("chat_id")}:
            return faults.popleft()
        return self.weather(call)

    # What came of it.

    def documents(self, chat_id: int | None = None) -> list[Upload]:
        """The documents of the bot, in the order in which they were sent."""
        ours = [each for each in self.messages if chat_id in {None, each.chat_id}]
        return [each.document for each in ours if each.document is not None]

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    def texts(self, chat_id: int | None = None) -> list[str]:
        """What the bot's messages say now, in the order in which they were sent."""
        return [each.text for each in self.messages if chat_id in {None, each.chat_id}]

    def message_fields(self, message: SentMessage) -> Fields:
        """A message of the bot as Telegram writes it."""
        fields = self.updates.message(message.chat_id, text=message.text)
        fields |= {"message_id": message.message_id, "from": BOT}
        if message.document is not None:
            sent = message.document
            size = len(sent.content)
            fields["caption"] = fields.pop("text")
            fields |= self.updates.file("document", "sent", sent.name, sent.media_type, size)
        if message.rows:
            fields["reply_markup"] = {"inline_keyboard": message.rows}
        if message.is_too_old:
            fields = {"chat": fields["chat"], "message_id": message.message_id, "date": 0}
        return fields

    def note(self) -> None:
        """Something happened: wake those who wait."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Return when it is so; TimeoutError when it never is."""
        async with asyncio.timeout(GUARD_SECONDS):
            await self.wait_for_ever(is_so)

    async def wait_for_ever(self, is_so: Callable[[], bool]) -> None:
        """Return when it is so."""
        while not is_so():
            await self._changed.wait()

    @property
    def change(self) -> asyncio.Event:
        """Set when the next thing happens."""
        return self._changed

    async def wait_for_messages(self, number: int, chat_id: int | None = None) -> list[str]:
        """Their texts, when the bot has sent so many."""
        await self.wait_until(lambda: len(self.texts(chat_id)) >= number)
        return self.texts(chat_id)

    async def wait_for_call(self, method: str, number: int = 1) -> Call:
        """The call with this number, when it has come."""
        await self.wait_until(lambda: len(self.calls_of(method)) >= number)
        return self.calls_of(method)[number - 1]

    async def wait_until_confirmed(self) -> None:
        """Return when the bot has confirmed, or our webhook has taken, every update."""
        await self.wait_until(lambda: not self.pending)
