"""A small conversation to run the real channel with: pages, a menu, and words that go wrong."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.channels.telegram.outlet import Outlet
from bot.channels.telegram.running import run_telegram
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.words import Handle, Pause, UpdateInbox, Words
from bot.concepts.choice import Choice, Verb
from bot.concepts.message import IncomingMessage
from bot.concepts.recognition import NotRead, Reading
from bot.concepts.reply import (
    Block,
    BlockKind,
    Button,
    Document,
    Reply,
    Span,
    Style,
    heading,
    paragraph,
)
from bot.concepts.stored import StoredUpdate
from bot.errors import ChannelError, MustWaitError
from tests.bot_api_server import BotApiServer
from tests.fakes import FakePause

TITLES = {
    "call_hours": ("半夜来电", "行业规则说夜里不打。"),
    "home_visit": ("上门催收", "上门也有规矩。"),
}
TASK = "write_letter"
PICTURE = Document("记录.png", b"\x89PNG")
LETTERS = (Document("函件.docx", b"PK word"), Document("函件.txt", "您好".encode()))
MENU_BUTTON = Button("全部主题", Choice(Verb.MENU))


@dataclass
class FakeTalk:
    """Answers by rule; `heard` is what reached it. A message `等` waits until `gate` is set."""

    heard: list[IncomingMessage] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    knows_tasks: bool = True
    wanting: set[str] = field(default_factory=set)
    discreet: set[str] = field(default_factory=set)
    sent: list[tuple[str, int]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    reading: Reading | NotRead = NotRead.EMPTY
    may_read: asyncio.Event = field(default_factory=asyncio.Event)
    read_files: list[tuple[bytes, ...]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_read.set()

    async def respond(self, message: IncomingMessage) -> Reply:
        self.heard.append(message)
        self._news.set()
        if message.choice is not None:
            return self._page(message.choice)
        if message.files and message.reading is None:
            files = " ".join(f"{file.kind} {file.size}" for file in message.files)
            said = f"收到 {files} {message.words}"
            return Reply(blocks=(paragraph(said),), buttons=((MENU_BUTTON,),))
        match message.text:
            case "出错":
                raise RuntimeError(message.text)
            case "等":
                await self.gate.wait()
            case "很长":
                return long_reply()
            case "函件":
                words = (heading("函件"), paragraph("全文"))
                return Reply(blocks=words, documents=LETTERS, buttons=((MENU_BUTTON,),))
            case "只要文件":
                return Reply(blocks=(), documents=LETTERS[:1])
            case "图":
                return Reply(blocks=(paragraph("全文"),), documents=(PICTURE,))
            case "空文件":
                return Reply(blocks=(paragraph("全文"),), documents=(Document("空.txt", b""),))
            case "空":
                return Reply(blocks=())
        return Reply(
            blocks=(heading("回答"), paragraph(message.words)),
            buttons=((Button("依据", Choice(Verb.SOURCES, "call_hours")), MENU_BUTTON),),
        )

    async def respond_briefly(self, message: IncomingMessage) -> Reply:
        return await self.respond(message)

    async def read(self, contents: Sequence[bytes]) -> Reading | NotRead:
        """What `reading` is told to be, once `may_read` is set."""
        self.read_files.append(tuple(contents))
        await self.may_read.wait()
        return self.reading

    def say(self, name: str) -> Reply:
        return Reply(blocks=(paragraph(f"[{name}]"),), buttons=((MENU_BUTTON,),))

    def brief(self, topic: str) -> Reply:
        title, short = TITLES[topic]
        return Reply(blocks=(heading(title), paragraph(f"{short} <1 & 2>")))

    def find(self, query: str) -> Sequence[str]:
        return [topic for topic, (title, _) in TITLES.items() if query in title]

    def words(self) -> Words:
        """As bootstrap would hand it over."""
        return Words(
            respond=self.respond,
            respond_briefly=self.respond_briefly,
            read=self.read,
            say=self.say,
            brief=self.brief,
            find=self.find,
            titles=TITLES.__getitem__,
            commands={"menu": "全部主题", "help": "怎么用"},
            continue_label="私聊继续",
            description="免费说明催收规则",
            short_description="知权",
            is_known=(lambda name: name in TITLES or name == TASK) if self.knows_tasks else None,
            is_danger=lambda text: "不想活" in text,
            wants_file=self._wants_file,
            is_discreet=self._is_discreet,
            note_sent=self._note_sent,
            forget_address=self._forget_address,
        )

    async def _wants_file(self, sender_id: str) -> bool:
        return sender_id in self.wanting

    async def _is_discreet(self, sender_id: str) -> bool:
        return sender_id in self.discreet

    async def _note_sent(self, sender_id: str, message_id: int) -> None:
        self.sent.append((sender_id, message_id))

    async def _forget_address(self, sender_id: str) -> None:
        self.forgotten.append(sender_id)

    async def until_heard(self, number: int) -> None:
        """Return when so many messages have reached it."""
        async with asyncio.timeout(10):
            while len(self.heard) < number:
                self._news.clear()
                await self._news.wait()

    def texts(self) -> list[str]:
        """The words that reached it."""
        return [message.text for message in self.heard]

    def _page(self, choice: Choice) -> Reply:
        match choice.verb:
            case Verb.MENU:
                group = Button("时间", Choice(Verb.GROUP, "hours"))
                return Reply(blocks=(heading("菜单"),), buttons=((group,),), in_place=True)
            case Verb.GROUP:
                answer = Button("半夜来电", Choice(Verb.ANSWER, "call_hours"))
                back = Button("« 返回", Choice(Verb.MENU))
                rows = ((answer, back),)
                return Reply(blocks=(heading("时间"),), buttons=rows, in_place=True)
        return Reply(blocks=(paragraph(f"{choice.verb.name} {choice.target}"),))


def long_reply() -> Reply:
    """Some ten thousand characters in paragraphs, with markup to keep balanced."""
    text = "他们说“<b>不还就抓人 & 上门</b>”，这不是真的。" * 12
    blocks = [
        Block(BlockKind.PARAGRAPH, (Span(f"{number}：", Style.STRONG), Span(text)))
        for number in range(36)
    ]
    return Reply(blocks=tuple(blocks), buttons=((MENU_BUTTON,),))


class FakeInbox:
    """An inbox in memory: answers in order, and tries again what Telegram did not take."""

    def __init__(
        self, handle: Handle, clock: Callable[[], datetime], pause: Pause = asyncio.sleep
    ) -> None:
        self._pause = pause
        self.raw: list[Mapping[str, object]] = []
        self._handle = handle
        self._clock = clock
        self._known: set[object] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        pass

    async def receive(self, raw_updates: Sequence[Mapping[str, object]]) -> None:
        for raw in raw_updates:
            if raw["update_id"] in self._known:
                continue
            self._known.add(raw["update_id"])
            self.raw.append(raw)
            self._tasks.append(asyncio.create_task(self._answer(raw)))

    async def stop(self, _: float) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, raw: Mapping[str, object]) -> None:
        number = raw["update_id"]
        assert isinstance(number, int)
        stored = StoredUpdate(
            update_id=number,
            chat="one",
            payload=json.dumps(raw),
            received_on=self._clock(),
        )
        while True:
            try:
                await self._handle(stored)
            except MustWaitError as error:
                await self._pause(error.seconds)
            except ChannelError:
                await asyncio.sleep(0)
            else:
                return


InboxOf = Callable[[Handle], UpdateInbox]


@dataclass
class BotUnderTest:
    """The channel under test, running against a server."""

    server: BotApiServer
    talk: FakeTalk = field(default_factory=FakeTalk)
    pause: FakePause = field(default_factory=FakePause)
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    inbox_of: InboxOf | None = None
    _outlet: Outlet | None = None

    @property
    def outlet(self) -> Outlet:
        """The way out of turn; only while it runs."""
        assert self._outlet is not None
        return self._outlet

    def settings(self, **changes: object) -> TelegramSettings:
        """Long polling against the server, unless changed."""
        values: dict[str, object] = {"token": self.server.token, "api_url": self.server.url}
        return TelegramSettings(**(values | changes))  # type: ignore[arg-type]

    @asynccontextmanager
    async def running(self, **changes: object) -> AsyncIterator[asyncio.Task[None]]:
        """Start, wait until it is ready, and stop it at the end."""
        ready, stop = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(self._run(self.settings(**changes), ready, stop))
        waiting = asyncio.create_task(ready.wait())
        try:
            async with asyncio.timeout(10):
                await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            yield task
        finally:
            waiting.cancel()
            stop.set()
            if not task.done():
                async with asyncio.timeout(20):
                    await task

    async def run_to_its_end(self, **changes: object) -> None:
        """Run until it gives up by itself."""
        async with asyncio.timeout(10):
            await self._run(self.settings(**changes), asyncio.Event(), asyncio.Event())

    async def _run(
        self, settings: TelegramSettings, ready: asyncio.Event, stop: asyncio.Event
    ) -> None:
        await run_telegram(
            settings,
            self.talk.words(),
            self.inbox_of or (lambda handle: FakeInbox(handle, self.clock, self.pause)),
            stop=stop,
            ready=ready,
            pause=self.pause,
            alongside=self._alongside,
        )

    @asynccontextmanager
    async def _alongside(self, outlet: Outlet) -> AsyncIterator[None]:
        self._outlet = outlet
        yield
        self._outlet = None
