"""The commands that talk: each with everything that the bot is made of, in a terminal."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path

from bot.answering.tasks.all_tasks import checker_of
from bot.bootstrap import open_program, open_understanding
from bot.channels.terminal import SENDER, Terminal
from bot.concepts.clock import now
from bot.concepts.danger import Danger
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Document
from bot.concepts.understanding import Understanding
from bot.facts.cases import read_case
from bot.facts.telling import CaseVocabulary
from bot.knowledge.kept_book import open_kept_book
from bot.logs import configure_logs
from bot.rendering.plain_text import render_plain_text
from bot.safety.masking import mask_personal_data
from bot.safety.normalizing import normalize
from bot.settings import current_settings
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords


async def chat() -> None:
    """Talk in this terminal until the input ends."""
    settings = current_settings()
    configure_logs("ERROR")
    is_typed = sys.stdin.isatty()
    async with open_program(settings) as program:
        terminal = Terminal(
            respond=program.respond,
            say=program.say,
            labels=program.book.knowledge.labels,
            clock=now,
            out=sys.stdout,
            echoes=not is_typed,
            save=saver(settings.data / "documents"),
        )
        if is_typed:
            terminal.show(program.say("start"))
        else:
            await program.wait_until_it_listens()
        program.renewal.start()
        try:
            await terminal.run(typed_lines())
        finally:
            await program.renewal.stop()


def saver(folder: Path) -> Callable[[Document], Path]:
    """Save documents into a folder, none over another."""

    def save(document: Document) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path, number = folder / document.name, 1
        while path.exists():
            number += 1
            name = Path(document.name)
            path = folder / f"{name.stem}-{number}{name.suffix}"
        path.write_bytes(document.content)
        return path

    return save


async def ask(question: str) -> None:
    """Answer one question."""
    configure_logs("ERROR")
    async with open_program(current_settings()) as program:
        await program.wait_until_it_listens()
        message = IncomingMessage(sender_id=SENDER, sent_on=now(), text=question)
        print(render_plain_text((await program.respond(message)).blocks))


async def understand() -> None:
    """Say of each line what it means, as one JSON object a line."""
    settings = current_settings()
    configure_logs("ERROR")
    book = open_kept_book(settings.knowledge, settings.kept_book)
    checker = checker_of(book)
    vocabulary = CaseVocabulary(facts=book.facts, case=book.case_words, normalize=normalize)
    async with open_understanding(settings) as understanding:
        async for line in typed_lines():
            text = line.rstrip("\r\n")
            meaning = await understanding.understand(mask_personal_data(text))
            found = {
                **_as_json(text, meaning),
                "danger": _danger(checker.watch.look(text), meaning),
                "facts": checker.read(
                    mask_personal_data(text), now().date(), meaning.heard
                ).as_json(),
                "heard": [asdict(clause) for clause in meaning.heard],
                "case": read_case(mask_personal_data(text), vocabulary, now()).as_json(),
            }
            print(json.dumps(found, ensure_ascii=False), flush=True)


async def inbox(again: list[int]) -> None:
    """Take some of what was set aside up again, and print what is left."""
    database = await Database.open(current_settings().database_url)
    try:
        records = UpdateRecords(database)
        if again:
            print(f"{await records.take_up_again(again)} will be answered at the next start.")
        for update in await records.given_up():
            print(f"{update.update_id}  {update.received_on:%Y-%m-%d %H:%M}  {update.because}")
    finally:
        await database.close()


def _danger(danger: Danger | None, meaning: Understanding) -> str | None:
    """What the bot would act on: what the words and the classifier come to together."""
    level = meaning.danger.beside(danger.level if danger else None)
    return level.value if level else None


def _as_json(text: str, meaning: Understanding) -> dict[str, object]:
    return {
        "text": text,
        "topic": meaning.topic,
        "confidence": meaning.confidence,
        "accepted": meaning.accepted,
        "ranking": [asdict(candidate) for candidate in meaning.ranking],
        "topics": list(meaning.matters),
        "aspect": meaning.aspect,
    }


async def typed_lines() -> AsyncIterator[str]:
    """Lines of stdin; reading happens in a thread, so that nothing else waits."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line
