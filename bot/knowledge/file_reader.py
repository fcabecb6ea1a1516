"""The one door to the files of knowledge/: as any editor may have saved them, or as they would be.

`as_if` puts changed texts in the place of what stands on the disk, so that one who types is told
what the check would say before anything is saved.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType

from bot.knowledge.faults import Fault

_NOTHING: Mapping[str, str] = MappingProxyType({})
_CHANGED: ContextVar[Mapping[str, str]] = ContextVar("changed", default=_NOTHING)
_SAVE_AGAIN = "用记事本打开，点“另存为”，编码选 UTF-8，再保存。"
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def as_if(changed: Mapping[str, str]) -> Iterator[None]:
    """Within this, the files named (relative to knowledge/) hold these texts."""
    token = _CHANGED.set(changed)
    try:
        yield
    finally:
        _CHANGED.reset(token)


def read_text(folder: Path, file: str, faults: list[Fault]) -> str | None:
    """The text with LF at its line ends; None, and a fault, when it cannot be read."""
    if (changed := _CHANGED.get().get(file)) is not None:
        return _with_plain_ends(changed)
    try:
        content = (folder / file).read_bytes()
    except FileNotFoundError:
        faults.append(Fault(file, 0, "找不到这个文件。"))
        return None
    except OSError:
        message = "打不开。它也许是一个文件夹，或者正被别的程序占着、没有读的权限。"
        faults.append(Fault(file, 0, message))
        return None
    try:
        return _with_plain_ends(content.removeprefix(_BOM).decode("utf-8"))
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, _encoding_problem(content)))
        return None


def files_of(folder: Path, pattern: str) -> list[str]:
    """The files that fit a pattern, relative to the folder, in order."""
    there = {path.relative_to(folder).as_posix() for path in folder.glob(pattern)}
    there |= {file for file in _CHANGED.get() if fnmatchcase(file, pattern)}
    return sorted(there)


def has_byte_order_mark(folder: Path, file: str) -> bool:
    """Whether the file begins with three bytes that nobody sees, as some editors write them."""
    if file in _CHANGED.get():
        return False
    with (folder / file).open("rb") as opened:
        return opened.read(len(_BOM)) == _BOM


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_problem(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return f"存成了 UTF-16（记事本里叫 Unicode）。{_SAVE_AGAIN}"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return f"不是 UTF-8 编码的文字。{_SAVE_AGAIN}"
    is_chinese = any("一" <= sign <= "鿿" for sign in text)
    called = "存成了 GBK（记事本里叫 ANSI）。" if is_chinese else "不是 UTF-8 编码的文字。"
    return called + _SAVE_AGAIN
