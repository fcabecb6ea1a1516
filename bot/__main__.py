"""`zhiquan …`: parses arguments and calls bootstrap."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.concepts.clock import now
from bot.errors import KnowledgeError, ZhiquanError
from bot.settings import Settings, current_settings

if TYPE_CHECKING:
    from bot.concepts.danger import Danger
    from bot.concepts.reply import Document
    from bot.concepts.understanding import Understanding
    from bot.knowledge.base import KnowledgeBase
    from bot.knowledge.library import Book

app = typer.Typer(help="知权: know your rights.", no_args_is_help=True, add_completion=False)


def main() -> None:
    """Run a command; what a person can mend is told in a sentence, not a stack trace."""
    # Whatever is written holds people's words, or may: logs, documents, the child's files too.
    os.umask(0o077)
    try:
        app()
    except KnowledgeError as error:
        sys.exit(f"{error}\n知识库有以上问题，改好之前不能启动。")
    except ZhiquanError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def run() -> None:
    """Serve Telegram when TELEGRAM_BOT_TOKEN is set, otherwise talk in this terminal."""
    if current_settings().telegram is None:
        chat()
    else:
        telegram()


@app.command()
def chat() -> None:
    """Talk in this terminal; without a terminal, one line is one message."""
    _run(_chat())


@app.command()
def telegram() -> None:
    """Serve Telegram until stopped."""
    from bot.logs import configure_logs
    from bot.serving import serve_telegram

    settings = current_settings()
    configure_logs(settings.log_level)
    _run(serve_telegram(settings))


@app.command()
def talk() -> None:
    """Read a message a line as JSON, print its reply as JSON; many conversations in one process.

    In: {"conversation", "say" or "press" (part of a button's label), "now" (ISO, optional)}.
    """
    from bot.logs import configure_logs
    from bot.talking import talk_by_lines

    configure_logs("ERROR")
    _run(talk_by_lines(current_settings(), _lines(), sys.stdout))


@app.command()
def ask(question: str) -> None:
    """Answer one question."""
    _run(_ask(question))


@app.command()
def understand() -> None:
    """Read a message a line from stdin; print what it means, one JSON object a line."""
    _run(_understand())


@app.command()
def check() -> None:
    """检查知识库：一次列出全部问题。"""
    from bot.knowledge.folder_check import check_folder

    found = check_folder(current_settings().knowledge, now().date())
    for fault in found:
        print(fault)
    print(f"共 {len(found)} 个问题。" if found else "没有发现问题。")
    if found:
        raise typer.Exit(1)


@app.command()
def show(
    topic: Annotated[str, typer.Argument(help="主题编号，例如 call_hours")],
    sources: Annotated[bool, typer.Option(help="看“依据”那一页")] = False,
) -> None:
    """看一篇解答在聊天里的样子。"""
    from bot.answering.pages import Pages
    from bot.rendering.plain_text import render_plain_text

    knowledge = _knowledge(current_settings())
    pages = Pages(knowledge)
    if not pages.has_answer(topic):
        sys.exit(f"没有叫 {topic} 的主题。现有：{'、'.join(sorted(knowledge.answers))}")
    on = now().date()
    page = pages.sources(topic, on) if sources else pages.answer(topic, on)
    print(render_plain_text(page.blocks))


@app.command("check-call")
def check_call(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Read a story a line from stdin; print what it tells and the rules that it may touch."""
    from bot.answering.tasks.all_tasks import checker_of
    from bot.safety.masking import mask_personal_data

    checker = checker_of(_book(current_settings()))
    for line in sys.stdin:
        checked = checker.check_as_json(mask_personal_data(line.rstrip("\r\n")), now().date())
        print(json.dumps(checked, ensure_ascii=False, indent=None if as_json else 2), flush=True)


@app.command()
def deadline(
    kind: Annotated[str, typer.Argument(help="the kind; --list shows all")] = "",
    start: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
    is_list: Annotated[bool, typer.Option("--list", help="list the kinds")] = False,
) -> None:
    """Reckon the day by which something must be done."""
    from bot.answering.deadlines import as_json as deadline_as_json
    from bot.answering.tasks.all_tasks import reckoner_of

    reckoner = reckoner_of(_book(current_settings()))
    kinds = reckoner.book.kinds
    if is_list:
        print("\n".join(f"{each.id}  {each.title}" for each in kinds.values()))
        return
    if kind not in kinds:
        sys.exit(f"There is no kind of deadline called {kind!r}. Known: {', '.join(kinds)}.")
    if start is None:
        sys.exit("Say from which day: --from YYYY-MM-DD.")
    reckoned = reckoner.due(kind, start.date())
    if as_json:
        print(json.dumps(deadline_as_json(reckoned), ensure_ascii=False))
    else:
        print("\n".join([str(reckoned.due or "—"), *reckoner.explain(reckoned, now().date())]))


@app.command()
def unanswered(limit: int = 50) -> None:
    """看人们最近问了什么却没答上来（已遮住号码，不记是谁）。"""
    _run(_unanswered(limit))


@app.command()
def inbox(
    again: Annotated[
        list[int] | None, typer.Option(help="answer this one after all, at the next start")
    ] = None,
) -> None:
    """List the updates that were set aside (numbers and reasons, no words), or take some up."""
    _run(_inbox(again or []))


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def _book(settings: Settings) -> "Book":
    from bot.knowledge.kept_book import open_kept_book

    return open_kept_book(settings.knowledge, settings.kept_book)


def _knowledge(settings: Settings) -> "KnowledgeBase":
    """The words alone: whoever writes them looks again and again, and never at tools."""
    from bot.knowledge.kept_book import kept_book
    from bot.knowledge.loader import load_knowledge

    kept = kept_book(settings.knowledge, settings.kept_book)
    return load_knowledge(settings.knowledge) if kept is None else kept.knowledge


async def _chat() -> None:
    from bot.bootstrap import open_program
    from bot.channels.terminal import Terminal
    from bot.logs import configure_logs

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
        await terminal.run(_lines())


def saver(folder: Path) -> Callable[["Document"], Path]:
    """Save documents into a folder, none over another."""

    def save(document: "Document") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path, number = folder / document.name, 1
        while path.exists():
            number += 1
            name = Path(document.name)
            path = folder / f"{name.stem}-{number}{name.suffix}"
        path.write_bytes(document.content)
        return path

    return save


async def _ask(question: str) -> None:
    from bot.bootstrap import open_program
    from bot.channels.terminal import SENDER
    from bot.concepts.message import IncomingMessage
    from bot.logs import configure_logs
    from bot.rendering.plain_text import render_plain_text

    configure_logs("ERROR")
    async with open_program(current_settings()) as program:
        await program.wait_until_it_listens()
        message = IncomingMessage(sender_id=SENDER, sent_on=now(), text=question)
        print(render_plain_text((await program.respond(message)).blocks))


async def _understand() -> None:
    from bot.answering.tasks.all_tasks import checker_of
    from bot.bootstrap import open_understanding
    from bot.facts.cases import read_case
    from bot.facts.telling import CaseVocabulary
    from bot.logs import configure_logs
    from bot.safety.masking import mask_personal_data
    from bot.safety.normalizing import normalize

    settings = current_settings()
    configure_logs("ERROR")
    book = _book(settings)
    checker = checker_of(book)
    vocabulary = CaseVocabulary(facts=book.facts, case=book.case_words, normalize=normalize)
    async with open_understanding(settings) as understanding:
        async for line in _lines():
            text = line.rstrip("\r\n")
            meaning = await understanding.understand(mask_personal_data(text))
            found = {
                **_as_json(text, meaning),
                "danger": _danger(checker.watch.look(text), meaning),
                "facts": checker.reader.read(mask_personal_data(text), now().date()).as_json(),
                "case": read_case(mask_personal_data(text), vocabulary, now()).as_json(),
            }
            print(json.dumps(found, ensure_ascii=False), flush=True)


async def _unanswered(limit: int) -> None:
    from bot.storage.database import Database
    from bot.storage.unanswered_records import UnansweredRecords

    database = await Database.open(current_settings().database_url)
    try:
        for question in await UnansweredRecords(database).recent(limit):
            guesses = "、".join(question.guesses) or "没有相近的主题"
            print(f"{question.asked_on}  {question.text}  （{guesses}）")
    finally:
        await database.close()


async def _inbox(again: list[int]) -> None:
    from bot.storage.database import Database
    from bot.storage.update_records import UpdateRecords

    database = await Database.open(current_settings().database_url)
    try:
        records = UpdateRecords(database)
        if again:
            print(f"{await records.take_up_again(again)} will be answered at the next start.")
        for update in await records.given_up():
            print(f"{update.update_id}  {update.received_on:%Y-%m-%d %H:%M}  {update.because}")
    finally:
        await database.close()


def _danger(danger: "Danger | None", meaning: "Understanding") -> str | None:
    """What the bot would act on: what the words and the classifier come to together."""
    level = meaning.danger.beside(danger.level if danger else None)
    return level.value if level else None


def _as_json(text: str, meaning: "Understanding") -> dict[str, object]:
    return {
        "text": text,
        "topic": meaning.topic,
        "confidence": meaning.confidence,
        "accepted": meaning.accepted,
        "ranking": [asdict(candidate) for candidate in meaning.ranking],
        "topics": list(meaning.matters),
        "aspect": meaning.aspect,
    }


async def _lines() -> AsyncIterator[str]:
    """Lines of stdin; reading happens in a thread, so that nothing else waits."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line


if __name__ == "__main__":
    main()
