"""What was typed and not saved: kept with every pause, by file and tab, until it is saved.

Two tabs never write over one another, and a crash of the browser or the desk loses nothing.
"""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.private_files import write_private

_TAB = re.compile(r"[a-z0-9]{8,40}")
_KEPT_SECONDS = 60 * 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text on its way. `base` is the text that it was begun from, "" for a new file."""

    file: str
    slug: str
    tab: str
    person: str
    base: str
    text: str
    kept_at: str

    @property
    def day_and_time(self) -> str:
        """When it was kept, for people."""
        return datetime.fromisoformat(self.kept_at).strftime("%m-%d %H:%M")


class Drafts:
    """All drafts of a desk, in one folder that only its owner reads."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def keep(self, draft: Draft) -> None:
        """Keep it in the place of what this tab had before."""
        path = self._folder(draft.slug, draft.file) / f"{_tab(draft.tab)}.json"
        write_private(path, json.dumps(asdict(draft), ensure_ascii=False).encode())

    def of(self, slug: str, file: str) -> list[Draft]:
        """What was typed in this file and not saved, the newest first."""
        found = [*self._read(self._folder(slug, file).glob("*.json"))]
        return sorted(found, key=lambda draft: draft.kept_at, reverse=True)

    def all(self) -> list[Draft]:
        """Every draft, the newest first; very old ones are swept away."""
        oldest = time.time() - _KEPT_SECONDS
        for path in [*self._home.glob("*/*.json")]:
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
        found = [*self._read(self._home.glob("*/*.json"))]
        return sorted(found, key=lambda draft: draft.kept_at, reverse=True)

    def one(self, slug: str, file: str, tab: str) -> Draft | None:
        """The draft of one tab."""
        return next((each for each in self.of(slug, file) if each.tab == tab), None)

    def drop(self, slug: str, file: str, tab: str) -> None:
        """Forget it: it was saved, or is not wanted."""
        (self._folder(slug, file) / f"{_tab(tab)}.json").unlink(missing_ok=True)

    def _folder(self, slug: str, file: str) -> Path:
        return self._home / sha256(f"{slug}\0{file}".encode()).hexdigest()[:32]

    def _read(self, paths: Iterator[Path]) -> Iterator[Draft]:
        for path in paths:
            try:
                yield Draft(**json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                continue  # Cut short, or of another version: it is not shown, and not removed.


def _tab(told: str) -> str:
    """The name of a tab, which names a file; ValueError for anything else."""
    if not _TAB.fullmatch(told):
        raise ValueError("not the name of a tab")
    return told
