"""What a running bot says of its knowledge, in a file that the desk and the operator read."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.knowledge.faults import Fault
from bot.knowledge.version import Version
from bot.private_files import write_private

_NAME = "live.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """Words that lie on the disk and are not spoken: why, since when; `mark` names their state."""

    mark: str
    since: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LiveNote:
    """The version that is spoken, since when, and what was wrong with it when it was read."""

    version: Version
    since: datetime
    mark: str
    faults: tuple[Fault, ...] = ()
    kept_back: KeptBack | None = None


def read_live_note(data: Path) -> LiveNote | None:
    """The note in a data folder; None where no bot has left one that can be read."""
    try:
        known = json.loads((data / _NAME).read_text(encoding="utf-8"))
        return _of(known)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_live_note(data: Path, note: LiveNote) -> None:
    """Put a note in the place of the former one, in one step."""
    text = json.dumps(asdict(note), ensure_ascii=False, default=str)
    write_private(data / _NAME, text.encode())


def _of(known: dict[str, Any]) -> LiveNote:
    back, version = known["kept_back"], known["version"]
    return LiveNote(
        version=Version(version["name"], date.fromisoformat(version["day"])),
        since=datetime.fromisoformat(known["since"]),
        mark=known["mark"],
        faults=tuple(Fault(**fault) for fault in known["faults"]),
        kept_back=back
        and KeptBack(
            mark=back["mark"],
            since=datetime.fromisoformat(back["since"]),
            reasons=tuple(back["reasons"]),
        ),
    )
