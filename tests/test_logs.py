"""Logs are lines of JSON with ids and numbers; what libraries say is not repeated."""

import asyncio
import json
import logging
import warnings
from io import StringIO

import pytest
import structlog

from bot.logs import configure_logs

_QUIET = ("httpx", "httpcore", "telegram", "telegram.ext", "tornado.access", "sqlalchemy.engine")


@pytest.fixture
def stream() -> StringIO:
    return StringIO()


def lines(stream: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_time(stream: StringIO) -> None:
    configure_logs("INFO", stream)
    structlog.get_logger().info("turn", topic="call_hours", milliseconds=12)
    (line,) = lines(stream)
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "event": "turn",
        "level": "info",
        "topic": "call_hours",
        "milliseconds": 12,
    }


def test_events_below_the_level_are_not_written(stream: StringIO) -> None:
    configure_logs("WARNING", stream)
    structlog.get_logger().info("turn")
    structlog.get_logger().warning("rasa_ended")
    assert [line["event"] for line in lines(stream)] == ["rasa_ended"]


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
@pytest.mark.parametrize("name", _QUIET)
def test_what_libraries_tell_in_passing_is_not_written(
    stream: StringIO, level: str, name: str
) -> None:
    configure_logs(level, stream)
    logging.getLogger(name).info("POST https://api.telegram.org/bot1:canary/getMe")
    logging.getLogger(name).debug("canary")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("name", [*_QUIET, "asyncio", "some.other"])
def test_of_what_libraries_complain_about_only_name_and_kind_are_written(
    stream: StringIO, name: str
) -> None:
    configure_logs("DEBUG", stream)
    try:
        int("canary in an error")
    except ValueError:
        logging.getLogger(name).exception("canary in %s", "an argument", stack_info=True)
    assert lines(stream) == [{"logger": name, "level": "ERROR", "kind": "ValueError"}]


def test_a_complaint_without_an_error_is_a_message(stream: StringIO) -> None:
    configure_logs("INFO", stream)
    logging.getLogger("asyncio").warning("canary")
    assert lines(stream) == [{"logger": "asyncio", "level": "WARNING", "kind": "message"}]


def test_a_task_that_failed_unseen_leaves_no_words(stream: StringIO) -> None:
    configure_logs("DEBUG", stream)

    async def fail() -> None:
        raise RuntimeError("canary")

    async def lose_a_task() -> None:
        task = asyncio.create_task(fail())
        await asyncio.wait({task})
        del task

    asyncio.run(lose_a_task())
    assert "canary" not in stream.getvalue()
    assert "RuntimeError" in stream.getvalue()


def test_a_logged_error_of_ours_leaves_no_words(stream: StringIO) -> None:
    configure_logs("DEBUG", stream)
    try:
        int("canary")
    except ValueError:
        structlog.get_logger().error("answer_failed", exc_info=True)
    assert "canary" not in stream.getvalue()


def test_warnings_are_not_written_with_their_words(stream: StringIO) -> None:
    configure_logs("DEBUG", stream)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        try:
            warnings.warn("canary", stacklevel=1)
        finally:
            logging.captureWarnings(False)
    assert "canary" not in stream.getvalue()


def test_without_a_stream_the_lines_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO")
    structlog.get_logger().info("turn")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert json.loads(captured.err)["event"] == "turn"
