"""A repository with a desk that is really served, and what people asked in vain; for browsers."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree
from socket import socket

import uvicorn
from playwright.sync_api import Browser, Page, expect

from bot.bootstrap import keep_private, read_or_make_key
from bot.concepts.clock import now
from bot.concepts.missed import Missed, MissKind
from bot.desk.app import desk_app
from bot.desk.guard import Addresses
from bot.desk.page import Desk
from bot.desk.sessions import Sessions
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.missed_records import MissedRecords
from tests.desk.conftest import PEOPLE, commit, git, write
from tests.knowledge.folder import QUESTIONS, REAL

PATIENCE = 1_200_000
"""Milliseconds: the whole check runs before anything is handed over or approved."""
TOKEN = "token-of-the-test"
ATTACK = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"


@dataclass(frozen=True, slots=True)
class House:
    """Where the repository is, and where its desk listens."""

    root: Path
    address: str

    @property
    def door(self) -> str:
        """The way in."""
        return f"{self.address}/?token={TOKEN}"

    def text(self, file: str) -> str:
        """A file as it is live."""
        return (self.root / file).read_text(encoding="utf-8")


def build(root: Path) -> None:
    """A repository of its own with the real words."""
    copytree(REAL, root / "knowledge")
    copytree(QUESTIONS / "seen", root / "tests" / "questions" / "seen")
    write(root / "knowledge" / "people.yml", PEOPLE)
    write(root / ".gitignore", "/.data/\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, "Begin")


async def keep(data: Path, asked: dict[str, MissKind]) -> None:
    """What three people each asked in vain."""
    keep_private(data)
    database = await Database.open(f"sqlite+aiosqlite:///{data / 'zhiquan.db'}")
    records = MissedRecords(database, FreeTextCipher(read_or_make_key(data / "secret")))
    for text, kind in asked.items():
        for person in "abc":
            guesses = ("home_visit",)
            day = date(2026, 11, 23)
            await records.add(Missed(sender=person, kind=kind, text=text, guesses=guesses, on=day))
    await database.close()


@contextmanager
def served(root: Path) -> Iterator[House]:
    """While this lasts the desk of a repository answers on a port of its own."""
    data = root / ".data"
    settings = read_settings({"ZHIQUAN_DATA": str(data)}, data / "no.env")
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    desk = Desk(
        settings=settings,
        knowledge=root / "knowledge",
        data=data / "desk",
        clock=now,
        sessions=Sessions(b"k" * 32, TOKEN, port),
    )
    app = desk_app(desk, Addresses.on(port))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    try:
        yield House(root, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join()


def house_with(root: Path, asked: dict[str, MissKind]) -> None:
    """Build it, with what was asked in vain."""
    build(root)
    asyncio.run(keep(root / ".data", asked))


def enter(browser: Browser, house: House) -> Page:
    """Somebody at the desk who has not told their name yet."""
    page = browser.new_context(locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(house.door)
    expect(page).to_have_title("开始 · 知权编辑台")
    return page
