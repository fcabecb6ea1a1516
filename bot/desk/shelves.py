"""The texts of knowledge folders as they stand on the disk, read anew where a file has changed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.knowledge.docx_reader import docx_words

_OF_LETTER = ("letter.yml", "template.docx")
_GUIDE = "README.md"
_KEPT_FOLDERS = 12
"""How many folders are remembered: the one that the bot reads, and open proposals."""

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder: each file that may be edited with its text, each Word template with its words.

    What is no UTF-8 has the text None.
    """

    folder: Path
    texts: Mapping[str, str | None]
    templates: Mapping[str, str]

    def text(self, file: str) -> str | None:
        """The text of a known file; None when there is no such file, or it cannot be read."""
        return self.texts.get(file)


class Shelves:
    """Remembers folders; a file is read again only when its size, time or number changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[dict[str, Stamp], Shelf]] = {}

    def of(self, folder: Path) -> Shelf:
        """The folder as it stands now."""
        stamps, shelf = self._known.get(folder, ({}, Shelf(folder, {}, {})))
        now = _stamps(folder)
        if now != stamps or folder not in self._known:
            shelf = _read(shelf, stamps, now)
            while len(self._known) >= _KEPT_FOLDERS:
                self._known.pop(next(iter(self._known)))
            self._known[folder] = (now, shelf)
        return shelf


def content_mark(text: str | None) -> str:
    """What tells one state of a text from another; "" for a file that is not there."""
    return "" if text is None else sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _stamps(folder: Path) -> dict[str, Stamp]:
    """The files of a folder and of its folders; those of letters/ lie one deeper."""
    found: dict[str, Stamp] = {}
    _note(folder, "", 2, found)
    return found


def _note(folder: Path, above: str, depth: int, found: dict[str, Stamp]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            file = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                if depth and not entry.name.startswith("."):
                    _note(folder / entry.name, f"{file}/", depth - 1, found)
            elif _is_ours(file) and entry.is_file(follow_symlinks=False):
                known = entry.stat()
                found[file] = (known.st_size, known.st_mtime_ns, known.st_ino)


def _is_ours(file: str) -> bool:
    """Whether it is a text that may be edited, or a template of a letter."""
    top, _, name = file.rpartition("/")
    if "/" in top:
        return top.startswith("letters/") and name in _OF_LETTER
    return file.endswith((".yml", ".md")) and name != _GUIDE


def _read(before: Shelf, stamps: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> Shelf:
    texts: dict[str, str | None] = {}
    templates: dict[str, str] = {}
    for file in sorted(now):
        is_same = stamps.get(file) == now[file]
        if file.endswith(".docx"):
            path = before.folder / file
            templates[file] = before.templates[file] if is_same else _words(path)
        else:
            texts[file] = before.texts[file] if is_same else _text(before.folder / file)
    return Shelf(before.folder, texts, templates)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _words(template: Path) -> str:
    try:
        return docx_words(template.read_bytes())
    except OSError:
        return ""
