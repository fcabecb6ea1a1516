"""Checks told calls line by line, for `zhiquan check-call`; no dialogue, nothing is kept."""

import contextlib
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TextIO

from bot.answering.tasks.all_tasks import checker_of
from bot.bootstrap import open_understanding
from bot.concepts.clauses import HeardClause
from bot.concepts.clock import now
from bot.errors import RasaUnavailableError
from bot.knowledge.kept_book import open_kept_book
from bot.logs import configure_logs
from bot.safety.masking import mask_personal_data
from bot.settings import Settings

Hear = Callable[[str], Awaitable[tuple[HeardClause, ...]]]
"""Says what each clause of a story tells."""

_ANY_WORDS = "你好"


async def check_calls(
    settings: Settings, lines: AsyncIterator[str], out: TextIO, indent: int | None
) -> None:
    """Print for each story what it tells, which rules it may touch, and what decides."""
    configure_logs("ERROR")
    checker = checker_of(open_kept_book(settings.knowledge, settings.kept_book))
    async with contextlib.AsyncExitStack() as stack:
        hear = await _hearing(settings, stack)
        async for line in lines:
            text = mask_personal_data(line.rstrip("\r\n"))
            checked = checker.check_as_json(text, now().date(), await hear(text))
            print(json.dumps(checked, ensure_ascii=False, indent=indent), file=out, flush=True)


async def _hearing(settings: Settings, stack: contextlib.AsyncExitStack) -> Hear:
    """What hears the clauses of a story: the model, or nobody, which is said once."""
    try:
        understanding = await stack.enter_async_context(open_understanding(settings))
        await understanding.understand(_ANY_WORDS)
    except RasaUnavailableError as error:
        print(f"{error}\nThe word lists read alone: nothing is called proper.", file=sys.stderr)
        return _nobody

    async def model(text: str) -> tuple[HeardClause, ...]:
        return (await understanding.understand(text)).heard if text.strip() else ()

    return model


async def _nobody(_: str) -> tuple[HeardClause, ...]:
    return ()
