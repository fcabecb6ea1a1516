"""`zhiquan unanswered`: what went wrong, in the terminal, under the same rule as on the desk."""

from bot.bootstrap import read_or_make_key
from bot.desk.misses import MissBook
from bot.desk.words import KINDS
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.missed_records import MissedRecords


async def print_misses(settings: Settings, limit: int) -> None:
    """Print the groups of enough people, most people first."""
    database = await Database.open(settings.database_url)
    try:
        cipher = FreeTextCipher(read_or_make_key(settings.key))
        book = MissBook(MissedRecords(database, cipher), settings.shown_from)
        await book.refresh()
    finally:
        await database.close()
    for group in book.groups[:limit]:
        kinds = "、".join(f"{KINDS[kind]} {count}" for kind, count in group.kinds.items())
        print(f"{group.people} 人  {group.text}  （{kinds}；{'、'.join(group.guesses) or '—'}）")
    if not book.groups:
        print(f"没有 {settings.shown_from} 个人以上都问过、又没办好的话。")
