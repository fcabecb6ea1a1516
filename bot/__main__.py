"""`zhiquan …`: parses arguments and calls bootstrap."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.answering.deadlines import as_json as deadline_as_json
from bot.answering.pages import Pages
from bot.answering.tasks.all_tasks import checker_of, reckoner_of
from bot.bootstrap import now, open_program, open_understanding
from bot.channels.terminal import SENDER, Terminal
from bot.checking import check_calls
from bot.concepts.danger import Danger
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Document
from bot.concepts.understanding import Understanding
from bot.errors import KnowledgeError, ZhiquanError
from bot.facts.cases import read_case
from bot.facts.telling import CaseVocabulary
from bot.keeping import sheets_for_review, watch
from bot.knowledge.folder_check import check_folder
from bot.knowledge.law_watch import due_laws
from bot.knowledge.library import open_book
from bot.knowledge.loader import load_knowledge
from bot.logs import configure_logs
from bot.rendering.plain_text import render_plain_text
from bot.safety.masking import mask_personal_data
from bot.safety.normalizing import normalize
from bot.serving import serve_telegram
from bot.settings import current_settings
from bot.storage.database import Database
from bot.storage.unanswered_records import UnansweredRecords
from bot.talking import talk_by_lines

app = typer.Typer(help="知权: know your rights.", no_args_is_help=True, add_completion=False)


def main() -> None:
    """Run a command; what a person can mend is told in a sentence, not a stack trace."""
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
    settings = current_settings()
    configure_logs(settings.log_level)
    _run(serve_telegram(settings))


@app.command()
def talk() -> None:
    """Read a message a line as JSON, print its reply as JSON; many conversations in one process.

    In: {"conversation", "say" or "press" (part of a button's label), "now" (ISO, optional)}.
    """
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
    found = check_folder(current_settings().knowledge, now().date())
    for fault in found:
        print(fault)
    print(f"共 {len(found)} 个问题。" if found else "没有发现问题。")
    if found:
        raise typer.Exit(1)
    if due := due_laws(load_knowledge(current_settings().knowledge), now().date()):
        print(f"提示：有 {len(due)} 部文件该再比对了，看 zhiquan law-watch。")


@app.command("law-watch")
def law_watch(
    law: Annotated[str, typer.Argument(help="文件编号；不写就列出全部要留意的")] = "",
    is_all: Annotated[bool, typer.Option("--all", help="不要留意的也列出来")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="一部一行 JSON")] = False,
) -> None:
    """看哪些文件该再比对、正在修订、只有一处来源，以及什么靠它。"""
    watch(current_settings().knowledge, now().date(), law, is_all=is_all, as_json=as_json)


@app.command("print-for-review")
def print_for_review(
    seed: Annotated[str, typer.Option(help="抽签的种子；不写就是这个月，例如 2026-11")] = "",
    count: Annotated[int, typer.Option(help="抽几篇", min=1)] = 30,
) -> None:
    """抽一些解答，连同全部依据排成一页 HTML，打印出来请律师读。"""
    today = now().date()
    print(
        sheets_for_review(
            current_settings().knowledge, today, seed or today.strftime("%Y-%m"), count
        )
    )


@app.command()
def show(
    topic: Annotated[str, typer.Argument(help="主题编号，例如 call_hours")],
    sources: Annotated[bool, typer.Option(help="看“依据”那一页")] = False,
) -> None:
    """看一篇解答在聊天里的样子。"""
    knowledge = load_knowledge(current_settings().knowledge)
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
    """Read a story a line from stdin; print what it tells and the rules that it may touch.

    Without Rasa the word lists read alone, and nothing is called proper.
    """
    configure_logs("ERROR")
    _run(check_calls(current_settings(), _lines(), sys.stdout, None if as_json else 2))


@app.command()
def deadline(
    kind: Annotated[str, typer.Argument(help="the kind; --list shows all")] = "",
    start: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
    is_list: Annotated[bool, typer.Option("--list", help="list the kinds")] = False,
) -> None:
    """Reckon the day by which something must be done."""
    reckoner = reckoner_of(open_book(current_settings().knowledge))
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


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


async def _chat() -> None:
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


async def _ask(question: str) -> None:
    configure_logs("ERROR")
    async with open_program(current_settings()) as program:
        await program.wait_until_it_listens()
        message = IncomingMessage(sender_id=SENDER, sent_on=now(), text=question)
        print(render_plain_text((await program.respond(message)).blocks))


async def _understand() -> None:
    settings = current_settings()
    configure_logs("ERROR")
    book = open_book(settings.knowledge)
    checker = checker_of(book)
    vocabulary = CaseVocabulary(facts=book.facts, case=book.case_words, normalize=normalize)
    async with open_understanding(settings) as understanding:
        async for line in _lines():
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


async def _unanswered(limit: int) -> None:
    database = await Database.open(current_settings().database_url)
    try:
        for question in await UnansweredRecords(database).recent(limit):
            guesses = "、".join(question.guesses) or "没有相近的主题"
            print(f"{question.asked_on}  {question.text}  （{guesses}）")
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


async def _lines() -> AsyncIterator[str]:
    """Lines of stdin; reading happens in a thread, so that nothing else waits."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line


if __name__ == "__main__":
    main()
