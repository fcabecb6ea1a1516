"""The clock of a tortured bot: wrong by as many seconds as a file tells at that moment."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from bot.concepts import clock

NAME = "TORTURED_CLOCK"
"""The setting that names the file."""


def set_wrong(file: Path, hours: float) -> None:
    """Tell whoever reads it, and those who come later."""
    new = file.with_suffix(".new")
    new.write_text(str(hours * 3600), encoding="utf-8")
    new.replace(file)


def be_wrong(file: Path) -> None:
    """From now on the clock of this process is."""

    class WrongTime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            wrong = timedelta(seconds=float(file.read_text(encoding="utf-8")))
            return datetime.now(tz) + wrong

    clock.datetime = WrongTime  # type: ignore[attr-defined, misc]
