"""Settings are read once; whatever is wrong is named in one sentence, without a secret."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import KNOWN, ROOT, Settings, current_settings, read_settings

_TOKEN = "123456:AAH-canary"
_SECRET = "s" * 32


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def fault_of(env_file: Path, **environment: str) -> str:
    with pytest.raises(SettingsError) as raised:
        read_settings(environment, env_file)
    return str(raised.value)


def test_without_any_setting_the_terminal_works(env_file: Path) -> None:
    assert read_settings({}, env_file) == Settings(
        telegram=None,
        data=ROOT / ".data",
        key=ROOT / ".data" / "secret",
        database_url=f"sqlite+aiosqlite:///{ROOT / '.data' / 'zhiquan.db'}",
        rasa_url=None,
        rasa_token=None,
        log_level="INFO",
    )


def test_a_token_is_enough_for_telegram(env_file: Path) -> None:
    telegram = read_settings({"TELEGRAM_BOT_TOKEN": _TOKEN}, env_file).telegram
    assert telegram is not None
    assert (telegram.token, telegram.api_url) == (_TOKEN, "https://api.telegram.org")
    assert (telegram.webhook_url, telegram.proxy) == (None, None)
    assert (telegram.webhook_host, telegram.webhook_port) == ("127.0.0.1", 8443)


def test_every_setting_can_be_set(env_file: Path, tmp_path: Path) -> None:
    settings = read_settings(
        {
            "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "TELEGRAM_PROXY": "socks5://127.0.0.1:1080",
            "TELEGRAM_WEBHOOK_URL": "https://example.org/hook",
            "TELEGRAM_WEBHOOK_SECRET": _SECRET,
            "TELEGRAM_WEBHOOK_LISTEN": "0.0.0.0:9000",
            "DATABASE_URL": "postgresql+asyncpg://me:pass@127.0.0.1/db",
            "RASA_URL": "http://127.0.0.1:5005/",
            "RASA_TOKEN": "token",
            "ZHIQUAN_DATA": str(tmp_path),
            "ZHIQUAN_SECRET_FILE": str(tmp_path / "shared" / "secret"),
            "ZHIQUAN_LOG_LEVEL": "debug",
        },
        env_file,
    )
    telegram = settings.telegram
    assert telegram is not None
    assert telegram.api_url == "http://127.0.0.1:8081"
    assert telegram.proxy == "socks5://127.0.0.1:1080"
    assert telegram.webhook_url == "https://example.org/hook"
    assert (telegram.webhook_host, telegram.webhook_port) == ("0.0.0.0", 9000)  # noqa: S104
    assert settings.database_url == "postgresql+asyncpg://me:pass@127.0.0.1/db"
    assert (settings.rasa_url, settings.rasa_token) == ("http://127.0.0.1:5005", "token")
    assert (settings.data, settings.log_level) == (tmp_path, "DEBUG")
    assert settings.key == tmp_path / "shared" / "secret"


def test_the_environment_overrules_the_file(env_file: Path) -> None:
    env_file.write_text("ZHIQUAN_LOG_LEVEL=ERROR\nRASA_TOKEN=from file\n", "utf-8")
    settings = read_settings({"ZHIQUAN_LOG_LEVEL": "WARNING"}, env_file)
    assert (settings.log_level, settings.rasa_token) == ("WARNING", "from file")


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_setting_is_none(env_file: Path, value: str) -> None:
    env_file.write_text("TELEGRAM_BOT_TOKEN=\nRASA_URL\n", "utf-8")
    settings = read_settings({"ZHIQUAN_DATA": value}, env_file)
    assert (settings.telegram, settings.rasa_url) == (None, None)
    assert settings.data == ROOT / ".data"


def test_other_variables_of_the_environment_do_not_matter(env_file: Path) -> None:
    assert read_settings({"HOME": "/x", "TELEGRAM_TOKEN": "y"}, env_file).telegram is None


def test_a_misspelt_setting_in_the_file_is_named_with_the_known_ones(env_file: Path) -> None:
    env_file.write_text("TELEGRAM_TOKEN=secret\n", "utf-8")
    fault = fault_of(env_file)
    assert fault.startswith(".env sets TELEGRAM_TOKEN, which nothing reads.")
    assert all(name in fault for name in KNOWN)
    assert "secret" not in fault


@pytest.mark.parametrize(
    "url", ["ftp://x", "127.0.0.1:80", "http://", "http://[::1", "http://a:port", "http://a:99999"]
)
@pytest.mark.parametrize("name", ["TELEGRAM_API_URL", "TELEGRAM_WEBHOOK_URL", "RASA_URL"])
def test_an_address_that_is_none_is_named(env_file: Path, name: str, url: str) -> None:
    environment = {"TELEGRAM_BOT_TOKEN": _TOKEN, "RASA_TOKEN": "t", name: url}
    assert fault_of(env_file, **environment).startswith(f"{name} must be a URL")


@pytest.mark.parametrize("token", ["AAH-canary", "12x:AAH-canary", "123456:", ":canary"])
def test_a_token_that_is_none_is_named_and_not_repeated(env_file: Path, token: str) -> None:
    fault = fault_of(env_file, TELEGRAM_BOT_TOKEN=token)
    assert fault.startswith("TELEGRAM_BOT_TOKEN does not look like a token")
    assert "canary" not in fault


@pytest.mark.parametrize("listen", ["8443", ":8443", "127.0.0.1", "127.0.0.1:", "a:0", "a:65536"])
def test_a_place_to_listen_that_is_none_is_named(env_file: Path, listen: str) -> None:
    fault = fault_of(env_file, TELEGRAM_BOT_TOKEN=_TOKEN, TELEGRAM_WEBHOOK_LISTEN=listen)
    assert fault.startswith("TELEGRAM_WEBHOOK_LISTEN must be host:port")


def test_a_webhook_without_a_secret_is_refused(env_file: Path) -> None:
    environment = {"TELEGRAM_BOT_TOKEN": _TOKEN, "TELEGRAM_WEBHOOK_URL": "https://example.org"}
    assert fault_of(env_file, **environment).startswith("TELEGRAM_WEBHOOK_SECRET must have")


def test_a_rasa_server_wants_its_token(env_file: Path) -> None:
    fault = fault_of(env_file, RASA_URL="http://127.0.0.1:5005")
    assert fault.startswith("RASA_TOKEN is missing")


def test_a_log_level_that_is_none_is_named_with_the_known_ones(env_file: Path) -> None:
    fault = fault_of(env_file, ZHIQUAN_LOG_LEVEL="loud")
    assert fault == "ZHIQUAN_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, not LOUD."


def test_a_file_that_is_no_text_is_named(env_file: Path) -> None:
    env_file.write_bytes("# 说明\n".encode("gb18030"))
    assert fault_of(env_file) == ".env cannot be read. It must be a text in UTF-8."


def test_no_secret_shows_when_settings_are_printed(env_file: Path) -> None:
    settings = read_settings(
        {
            "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_WEBHOOK_SECRET": "canary" * 6,
            "TELEGRAM_PROXY": "socks5://me:canary@127.0.0.1",
            "DATABASE_URL": "postgresql+asyncpg://me:canary@127.0.0.1/db",
            "RASA_TOKEN": "canary",
        },
        env_file,
    )
    assert "canary" not in repr(settings)


def test_the_example_names_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    named = {line.lstrip("# ").partition("=")[0] for line in text.splitlines() if "=" in line}
    assert {name for name in named if name.isupper()} == set(KNOWN)


def test_the_settings_of_this_process_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIQUAN_LOG_LEVEL", "ERROR")
    monkeypatch.setattr("bot.settings.ROOT", Path("/nowhere"))
    assert current_settings().log_level == "ERROR"
    assert current_settings().knowledge == Path("/nowhere/knowledge")


def test_what_few_people_asked_may_not_be_shown(tmp_path: Path) -> None:
    for value in ("1", "0", "-3", "many"):
        with pytest.raises(SettingsError, match="ZHIQUAN_SHOWN_FROM"):
            read_settings({"ZHIQUAN_SHOWN_FROM": value}, tmp_path / "none")
    assert read_settings({"ZHIQUAN_SHOWN_FROM": "5"}, tmp_path / "none").shown_from == 5
