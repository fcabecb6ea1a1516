"""`python -m tests.desk.speed`: CPU of each page of the desk with 10,000 messages that failed.

Prints the milliseconds of CPU of this process, children aside, for the first view and the middle
of three more; fails when a page takes more than 300 ms in the middle.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from httpx import AsyncClient, Response
from sqlalchemy import insert

from bot.bootstrap import keep_private, read_or_make_key
from bot.concepts.missed import MissKind
from bot.desk.shelves import content_mark
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import MissedTable
from tests.desk.desks import desk_over, visitor
from tests.knowledge.folder import REAL, real_knowledge

MESSAGES, PEOPLE, AT_MOST = 10_000, 3_000, 0.3
PAGES = (
    "/", "/find", "/find?q=半夜", "/where", "/edit/topics/call_hours.md", "/edit/talk.yml",
    "/learn", "/learn?page=7",
    "/learn?kind=useless", "/try", "/proposals", "/versions",
)  # fmt: skip
_TAILS = ("", "怎么办", "吗", "急", "合法吗", "求助", "有没有人管", "我该咋弄")


async def fill(data: Path, messages: int = MESSAGES) -> None:
    """Keep so many messages: ways of asking with other tails, by many people."""
    chance = random.Random(20261130)
    texts = [text for each in real_knowledge().examples().values() for text in each]
    kinds = [kind.value for kind in MissKind]
    keep_private(data)
    cipher = FreeTextCipher(read_or_make_key(data / "secret"))
    heads = chance.sample(texts, 2500)
    rows = [
        {
            "sender": f"{chance.randrange(PEOPLE):016x}",
            "kind": chance.choice(kinds),
            "body": cipher.seal(
                {"text": chance.choice(heads) + chance.choice(_TAILS), "guesses": ["call_hours"]}
            ),
            "asked_on": date(2026, 11, 23),
        }
        for _ in range(messages)
    ]
    database = await Database.open(f"sqlite+aiosqlite:///{data / 'zhiquan.db'}")
    async with database.transaction() as connection:
        await connection.execute(insert(MissedTable), rows)
    await database.close()


WRITTEN = ("topics/call_hours.md", "talk.yml")
"""Files that are typed in, and saved, as the browser sends them."""


async def measured(browser: AsyncClient, page: str) -> float:
    """Seconds of CPU of one view."""
    began = time.process_time()
    answer = await browser.get(page)
    return _spent(began, page, answer)


async def typed(browser: AsyncClient, page: str, file: str, number: int) -> float:
    """Seconds of CPU of what is asked for at a key stroke, or to see what would be saved."""
    text = (REAL / file).read_text(encoding="utf-8")
    form = {"file": file, "in": "", "base": content_mark(text), "tab": "a" * 24, "line": "30"}
    form["text"] = text.replace("你好", f"你好{number}", 1) + "\n" * number
    parts = {name: (None, value) for name, value in form.items()}
    began = time.process_time()
    return _spent(began, page, await browser.post(page, files=parts))


def _spent(began: float, page: str, answer: Response) -> float:
    if answer.status_code != 200:
        sys.exit(f"{page}: {answer.status_code}")
    return time.process_time() - began


async def main() -> int:
    """Measure, print, and say whether all pages are quick enough."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        await fill(data)
        app = desk_over(REAL, data)
        async with app.router.lifespan_context(app):
            browser = await visitor(app)
            misses = app.state.opened["learn"].misses
            began = time.process_time()
            await misses.refresh()
            print(
                f"grouping {MESSAGES} messages, once, beside: {time.process_time() - began:.2f} s"
            )
            slow = 0
            for page in PAGES:
                first = await measured(browser, page)
                usual = statistics.median([await measured(browser, page) for _ in range(3)])
                slow += usual > AT_MOST
                print(f"{page:32} first {first * 1000:6.0f} ms   then {usual * 1000:6.0f} ms")
            for file in WRITTEN:
                looks, saves = [], []
                for number in range(1, 5):
                    looks.append(await typed(browser, "/look", file, number))
                    saves.append(await typed(browser, "/save", file, number))
                for page, spent in (("/look", looks), ("/save", saves)):
                    usual = statistics.median(spent[1:])
                    slow += usual > AT_MOST
                    name = f"{page} {file}"
                    print(
                        f"{name:32} first {spent[0] * 1000:6.0f} ms   then {usual * 1000:6.0f} ms"
                    )
            await browser.aclose()
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
