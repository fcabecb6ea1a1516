"""What an operator decides about Telegram."""

import re
from dataclasses import dataclass, field

from bot.errors import SettingsError

# Fewer characters could be guessed; more, or others, are refused by Telegram.
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """Long polling, unless `webhook_url` is set; token and secret never show in a repr.

    `proxy` is an http or socks5 URL. The webhook listens on `webhook_host`:`webhook_port`,
    behind a proxy that ends TLS; the path of `webhook_url` is the path that is served.
    """

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    proxy: str | None = field(default=None, repr=False)
    poll_seconds: int = 50
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8443

    def __post_init__(self) -> None:
        """Raise SettingsError for a webhook that anybody could post to."""
        if self.webhook_url is None:
            return
        if _SECRET.fullmatch(self.webhook_secret or "") is None:
            raise SettingsError(
                "TELEGRAM_WEBHOOK_SECRET must have 32 to 256 letters, digits, _ or -: "
                "with it Telegram proves that an update comes from Telegram."
            )
