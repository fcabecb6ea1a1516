"""Telegram's clock, as its answers tell it."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.channels.telegram.their_clock import TheirClock


async def test_it_goes_on_from_what_the_last_answer_told() -> None:
    clock = TheirClock()
    await clock.hear(httpx.Response(200, headers={"Date": "Mon, 30 Nov 2026 10:00:00 GMT"}))
    await clock.hear(httpx.Response(200))
    now = clock.now()
    assert now is not None
    assert timedelta() <= now - datetime(2026, 11, 30, 10, tzinfo=UTC) < timedelta(hours=1)


@pytest.mark.parametrize("headers", [{}, {"Date": "gestern"}])
async def test_where_no_answer_tells_it_nobody_knows(headers: dict[str, str]) -> None:
    clock = TheirClock()
    await clock.hear(httpx.Response(200, headers=headers))
    assert clock.now() is None
