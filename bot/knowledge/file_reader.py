"""Reads one text file of knowledge/, as any editor may have saved it."""

from pathlib import Path

from bot.knowledge.faults import Fault


def read_text(folder: Path, file: str, faults: list[Fault]) -> str | None:
    """The text with LF at its line ends; None, and a fault, when it cannot be read."""
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(file, 0, "找不到这个文件。"))
    except (UnicodeDecodeError, OSError):
        faults.append(Fault(file, 0, "打不开。请存成 UTF-8 编码的纯文本。"))
    return None
