"""Reads every setting once, from the environment and from .env, and names what is wrong."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.channels.telegram.settings import TelegramSettings
from bot.errors import SettingsError

KNOWN = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_API_URL",
    "TELEGRAM_PROXY",
    "TELEGRAM_WEBHOOK_URL",
    "TELEGRAM_WEBHOOK_SECRET",
    "TELEGRAM_WEBHOOK_LISTEN",
    "DATABASE_URL",
    "RASA_URL",
    "RASA_TOKEN",
    "ZHIQUAN_DATA",
    "ZHIQUAN_SECRET_FILE",
    "ZHIQUAN_LOG_LEVEL",
    "ZHIQUAN_SHOWN_FROM",
    "ZHIQUAN_HEALTH_LISTEN",
)
SHOWN_FROM = 3
"""From so many people on, what they asked in vain is shown to the advocates."""

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator decides; .env.example explains each."""

    telegram: TelegramSettings | None
    data: Path
    key: Path
    """The file with the key behind pseudonyms and encryption; all bots of a database need it."""

    database_url: str = field(repr=False)
    rasa_url: str | None
    rasa_token: str | None = field(repr=False)
    log_level: str
    shown_from: int = SHOWN_FROM
    health: tuple[str, int] | None = None
    """Host and port on which health is told."""

    @property
    def knowledge(self) -> Path:
        """The folder of the knowledge base."""
        return ROOT / "knowledge"

    @property
    def kept_parses(self) -> Path:
        """Where what was read of each text is kept for the next command."""
        return self.data / "parses.kept"

    @property
    def kept_book(self) -> Path:
        """Where the parsed knowledge base is kept for the next start."""
        return self.data / "book.kept"


def read_settings(environment: Mapping[str, str], env_file: Path) -> Settings:
    """Settings from .env, overruled by the environment; SettingsError names what is wrong."""
    values = {**_read_env_file(env_file), **{k: v for k, v in environment.items() if k in KNOWN}}
    values = {name: value.strip() for name, value in values.items() if value.strip()}
    data = Path(values.get("ZHIQUAN_DATA", ROOT / ".data")).absolute()
    level = values.get("ZHIQUAN_LOG_LEVEL", "INFO").upper()
    if level not in _LEVELS:
        raise SettingsError(f"ZHIQUAN_LOG_LEVEL must be one of {', '.join(_LEVELS)}, not {level}.")
    if "RASA_URL" in values and "RASA_TOKEN" not in values:
        raise SettingsError("RASA_TOKEN is missing: the server that RASA_URL names asks for it.")
    return Settings(
        telegram=_telegram(values),
        data=data,
        key=Path(values.get("ZHIQUAN_SECRET_FILE", data / "secret")).absolute(),
        database_url=values.get("DATABASE_URL", f"sqlite+aiosqlite:///{data / 'zhiquan.db'}"),
        rasa_url=_url(values, "RASA_URL"),
        rasa_token=values.get("RASA_TOKEN"),
        log_level=level,
        health=_listen(values, "ZHIQUAN_HEALTH_LISTEN", None),
        shown_from=_people(values.get("ZHIQUAN_SHOWN_FROM", str(SHOWN_FROM))),
    )


def current_settings() -> Settings:
    """The settings of this process."""
    return read_settings(os.environ, ROOT / ".env")


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        values = {name: value or "" for name, value in dotenv_values(path).items()}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read. It must be a text in UTF-8.") from error
    unknown = sorted(set(values) - set(KNOWN))
    if unknown:
        raise SettingsError(
            f"{path.name} sets {', '.join(unknown)}, which nothing reads. "
            f"Known settings: {', '.join(KNOWN)}."
        )
    return values


def _telegram(values: Mapping[str, str]) -> TelegramSettings | None:
    token = values.get("TELEGRAM_BOT_TOKEN")
    if token is None:
        return None
    number, _, secret = token.partition(":")
    if not (number.isdecimal() and secret):
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN does not look like a token of @BotFather (123456:letters)."
        )
    host, port = _listen(values, "TELEGRAM_WEBHOOK_LISTEN", ("127.0.0.1", 8443))
    return TelegramSettings(
        token=token,
        api_url=_url(values, "TELEGRAM_API_URL") or "https://api.telegram.org",
        proxy=values.get("TELEGRAM_PROXY"),
        webhook_url=_url(values, "TELEGRAM_WEBHOOK_URL"),
        webhook_secret=values.get("TELEGRAM_WEBHOOK_SECRET"),
        webhook_host=host,
        webhook_port=port,
    )


def _url(values: Mapping[str, str], name: str) -> str | None:
    if (value := values.get(name)) is None:
        return None
    if not _is_web_address(value):
        raise SettingsError(f"{name} must be a URL that begins with http:// or https://.")
    return value.rstrip("/")


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # A port that is no number, a bracket left open.
        return False


def _people(value: str) -> int:
    if not value.isdecimal() or int(value) < 2:
        raise SettingsError(
            "ZHIQUAN_SHOWN_FROM must be a number of people, 2 or more: what a single person wrote "
            "is shown to nobody."
        )
    return int(value)


def _listen[Default](
    values: Mapping[str, str], name: str, default: Default
) -> tuple[str, int] | Default:
    if (value := values.get(name)) is None:
        return default
    host, _, port = value.rpartition(":")
    if not (host and port.isdecimal() and 0 < int(port) < 65536):
        raise SettingsError(f"{name} must be host:port, like 127.0.0.1:8443.")
    return host, int(port)
