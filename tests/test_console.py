"""The commands that talk in a terminal."""

from pathlib import Path

from bot.concepts.reply import Document
from bot.console import saver


def test_documents_are_saved_beside_each_other(tmp_path: Path) -> None:
    save = saver(tmp_path / "documents")
    paths = [save(Document("letter.txt", content)) for content in (b"1", b"2", b"3")]
    assert [path.name for path in paths] == ["letter.txt", "letter-2.txt", "letter-3.txt"]
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]
