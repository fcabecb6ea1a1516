"""What an operator decides about Telegram."""

from dataclasses import dataclass, field

from bot.errors import SettingsError

SECRET_AT_LEAST, SECRET_AT_MOST = 32, 256
"""Characters of a webhook secret: fewer could be guessed, more are refused by Telegram."""


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
        secret = self.webhook_secret or ""
        is_plain = all(each.isascii() and (each.isalnum() or each in "_-") for each in secret)
        if not (SECRET_AT_LEAST <= len(secret) <= SECRET_AT_MOST and is_plain):
            raise SettingsError(
                f"TELEGRAM_WEBHOOK_SECRET must have {SECRET_AT_LEAST} to {SECRET_AT_MOST} letters, digits, "
                "_ or -: with it Telegram proves that an update comes from Telegram."
            )
