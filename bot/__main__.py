"""`zhiquan …`: parses arguments and calls bootstrap."""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop

from bot import upkeep
from bot.concepts.clock import now
from bot.errors import KnowledgeError, ZhiquanError
from bot.settings import current_settings

app = typer.Typer(help="知权: know your rights.", no_args_is_help=True, add_completion=False)
app.add_typer(upkeep.commands)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(metadata.version("zhiquan"))
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Tell the version.", callback=_tell_version)
    ] = False,
) -> None:
    """知权: know your rights."""


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
    from bot import console

    _run(console.chat())


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
    from bot.console import typed_lines
    from bot.logs import configure_logs
    from bot.talking import talk_by_lines

    configure_logs("ERROR")
    _run(talk_by_lines(current_settings(), typed_lines(), sys.stdout))


@app.command()
def ask(question: str) -> None:
    """Answer one question."""
    from bot import console

    _run(console.ask(question))


@app.command()
def understand() -> None:
    """Read a message a line from stdin; print what it means, one JSON object a line."""
    from bot import console

    _run(console.understand())


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="the new file, for example backup.tar.gz")],
) -> None:
    """Write database and key into one file, also while the bot runs. Keep it as a secret."""
    from bot.storage.backup import back_up

    settings = current_settings()
    back_up(settings.database_url, settings.key, file)
    print(f"{file}: database and key. Whoever has this file can read all of it.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="a file that `zhiquan backup` wrote")],
) -> None:
    """Put database and key of a backup into an empty data folder (ZHIQUAN_DATA)."""
    from bot.serving import only_copy
    from bot.storage.backup import restore as restore_from

    settings = current_settings()
    with only_copy(settings.data / "telegram.lock"):
        restore_from(file, settings.database_url, settings.key)
    print(f"{settings.data}: database and key are back. `make run` starts the bot.")


@app.command("check-call")
def check_call(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Read a story a line from stdin; print what it tells and the rules that it may touch.

    Without Rasa the word lists read alone, and nothing is called proper.
    """
    from bot.checking import check_calls
    from bot.console import typed_lines

    _run(check_calls(current_settings(), typed_lines(), sys.stdout, None if as_json else 2))


@app.command()
def read(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
    file: Annotated[
        Path | None,
        typer.Option(help="a picture, PDF or DOCX", exists=True, dir_okay=False, readable=True),
    ] = None,
    received: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day the file came")
    ] = None,
) -> None:
    """Read a paper a line as JSON from stdin, or one file; print what it is and by when to act.

    In: {"id", "text", "received" (ISO, optional)}. A file that cannot be read: {"error", "text"}.
    """
    from bot.console import typed_lines
    from bot.reading import read_paper_file, read_papers

    settings, indent = current_settings(), None if as_json else 2
    if file is None:
        _run(read_papers(settings, typed_lines(), sys.stdout, indent))
    else:
        day = received.date() if received else None
        _run(read_paper_file(settings, file, day, sys.stdout, indent))


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
    from bot.knowledge.kept_book import open_kept_book

    settings = current_settings()
    reckoner = reckoner_of(open_kept_book(settings.knowledge, settings.kept_book))
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
def desk(
    port: Annotated[int, typer.Option(min=1024, max=65535)] = 8765,
    behind: Annotated[
        str, typer.Option(help="the https address of a proxy with a login, if there is one")
    ] = "",
) -> None:
    """打开编辑台：在这台机器的浏览器里查、改知识库。"""
    from bot.desk.serving import serve_desk
    from bot.logs import configure_logs

    configure_logs("WARNING")
    _run(serve_desk(current_settings(), port, behind or None))


@app.command()
def unanswered(limit: int = 50) -> None:
    """看人们问了什么没办好：几个人以上都这样问的，按人数多少列出来（已遮住号码）。"""
    from bot.desk.missed_list import print_misses

    _run(print_misses(current_settings(), limit))


@app.command()
def inbox(
    again: Annotated[
        list[int] | None, typer.Option(help="answer this one after all, at the next start")
    ] = None,
) -> None:
    """List the updates that were set aside (numbers and reasons, no words), or take some up."""
    from bot import console

    _run(console.inbox(again or []))


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work, loop_factory=uvloop.new_event_loop)


if __name__ == "__main__":
    main()
