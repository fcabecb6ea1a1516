"""Reads the files of a folder one after another, noting every fault on the way."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.concepts.reply import Block
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.markdown_reader import read_blocks
from bot.knowledge.yaml_reader import Path as YamlPath
from bot.knowledge.yaml_reader import read_yaml


class FolderReader:
    """Reads file after file and collects texts and faults."""

    def __init__(self, folder: Path, texts: Mapping[str, str] | None = None) -> None:
        """`texts` are taken as they are given, in the place of what stands in the folder."""
        self._folder = folder
        self.texts: dict[str, str] = dict(texts or {})
        self.faults: list[Fault] = []

    def each(self, pattern: str, read: Any) -> dict[str, Any]:
        """Read every file of a kind, by its name without ending."""
        found = {}
        files = files_of(self._folder, pattern)
        for file in files:
            name = Path(file).stem
            if (item := read(name, file)) is not None:
                found[name] = item
        if not files:
            self.fault(pattern, 0, "一个能用的文件也没有。")
        return found

    def blocks(self, text: str, file: str, line: int) -> tuple[Block, ...]:
        """The blocks of a piece of Markdown that begins on this line."""
        blocks, faults = read_blocks(text, file, line)
        self.faults += faults
        return blocks

    def pattern(self, pattern: str, file: str, line: int) -> re.Pattern[str] | None:
        """The compiled pattern; None when it is not valid."""
        try:
            return re.compile(pattern)
        except re.error as error:
            self.fault(file, line, f"“{pattern}”不是有效的匹配式（{error}）。")
            return None

    def yaml(self, file: str, schema: str) -> tuple[Any, dict[YamlPath, int]]:
        """What a file holds, and the line of each part; (None, {}) when it cannot be read."""
        if not (text := self.text(file)):
            return None, {}
        data, lines, faults = read_yaml(text, file, schema)
        self.faults += faults
        return data, lines

    def text(self, file: str) -> str:
        """The words of a file, read once; empty when it cannot be read."""
        if file not in self.texts:
            text = read_text(self._folder, file, self.faults)
            self.texts[file] = text or ""
            if text is not None and not text.strip():
                self.fault(file, 0, "是空的，请写上内容或删去。")
        return self.texts[file]

    def fault(self, file: str, line: int, message: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(file, line, message))
