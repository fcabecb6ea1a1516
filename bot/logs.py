"""Structured logs: ids and numbers, never words, names, amounts or tokens."""

import logging
import sys
from typing import TextIO

import structlog

# Their lines hold the bot's token or people's words below this level.
_QUIET = ("httpx", "httpcore", "telegram", "tornado.access", "tornado.general", "sqlalchemy")


def configure_logs(level: str, stream: TextIO | None = None) -> None:
    """One JSON line for each event from `level` up, on stderr unless a stream is given."""
    out = stream or sys.stderr
    number = getattr(logging, level)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(_NameOnly())
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _NameOnly(logging.Formatter):
    """Where and what kind, without the message: libraries put tokens and words into it."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "message"
        return f'{{"logger": "{record.name}", "level": "{record.levelname}", "kind": "{kind}"}}'
