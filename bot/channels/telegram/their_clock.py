"""What time it is by Telegram's own clock, told with every answer; ours may be wrong, or leap."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

import httpx


class TheirClock:
    """Heard of with every answer; goes on by the seconds that passed since."""

    def __init__(self) -> None:
        self._told = ""
        self._told_at = 0.0

    async def hear(self, response: httpx.Response) -> None:
        """Note when Telegram answered."""
        if told := response.headers.get("Date"):
            self._told, self._told_at = told, monotonic()

    def now(self) -> datetime | None:
        """Aware; None where no answer has told it."""
        try:
            told = parsedate_to_datetime(self._told)
        except ValueError:
            return None
        return told.replace(tzinfo=UTC) + timedelta(seconds=monotonic() - self._told_at)
