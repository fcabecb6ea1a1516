"""Reads single files of knowledge/ anew into a KnowledgeBase that is there already.

For who writes: what one file would be, without reading the other four hundred again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.loader import KnowledgeReader
from bot.knowledge.standing import FILE as _STANDING

_FOLDERS: Mapping[str, tuple[str, Callable[[KnowledgeReader, str, str], Any]]] = {
    "laws": ("laws", KnowledgeReader.law),
    "figures": ("figures", KnowledgeReader.figure),
    "topics": ("answers", KnowledgeReader.answer),
}
_FILES: Mapping[str, Callable[[KnowledgeReader], Mapping[str, Any]]] = {
    "sources.yml": lambda read: {"sources": read.sources("sources.yml")},
    "talk.yml": lambda read: {"talk": read.pages("talk.yml", "talk")},
    "tasks.yml": lambda read: {"tasks": read.tasks("tasks.yml")},
    "utterances.yml": lambda read: {
        "utterances": read.pages("utterances.yml", "utterances"),
        "labels": read.labels("utterances.yml"),
    },
    "contacts.yml": lambda read: {"contacts": read.contacts("contacts.yml")},
    "crisis.yml": lambda read: {"crisis": read.crisis("crisis.yml")},
    "menu.yml": lambda read: {"menu": read.menu("menu.yml")},
    "differences.yml": lambda read: {"differences": read.differences("differences.yml")},
    "english.yml": lambda read: {"english": read.english("english.yml")},
    "forbidden.yml": lambda read: {"forbidden": read.forbidden("forbidden.yml")},
    _STANDING: lambda read: {"standing": read.standing()},
}
_PARTS = "parts.yml"
"""What it names is marked in every topic, and in the sentences below them."""


def is_of_base(file: str) -> bool:
    """Whether a KnowledgeBase is made of this file, among others."""
    return file.partition("/")[0] in _FOLDERS or file in _FILES or file == _PARTS


def read_again(
    knowledge: KnowledgeBase,
    folder: Path,
    texts: Mapping[str, str | None],
    files: Iterable[str],
) -> tuple[KnowledgeBase, list[Fault]]:
    """The same with some files read anew, and the faults of reading these.

    `texts` are the texts of all files as they would be; a file that is not there is left out.
    """
    reader = KnowledgeReader(folder, {file: text or "" for file, text in texts.items()})
    changed = [file for file in files if is_of_base(file)]
    if _PARTS in changed:
        marked = (file for file in texts if file.startswith("topics/") or file == _STANDING)
        changed = [*changed, *marked]
    fields: dict[str, Any] = {}
    kept = dict(knowledge.texts)
    for file in dict.fromkeys(changed):
        if file not in texts:
            kept.pop(file, None)
        top, _, rest = file.partition("/")
        if rest and top in _FOLDERS:
            name, read = _FOLDERS[top]
            things = fields.setdefault(name, dict(getattr(knowledge, name)))
            _put(things, Path(file).stem, read(reader, Path(file).stem, file), file in texts)
        elif file in _FILES:
            fields |= _FILES[file](reader)
        if file in texts:
            kept[file] = texts[file] or ""
    if _PARTS in changed:
        fields["parts"] = reader.parts
    return replace(knowledge, **fields, texts=kept), [
        fault for fault in reader.faults if fault.file in texts
    ]


def _put(things: dict[str, Any], name: str, thing: Any, is_there: bool) -> None:
    if thing is None or not is_there:
        things.pop(name, None)
    else:
        things[name] = thing
