"""The files of a model beside its archive: whole, or not there."""

import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from rasa_project.unpacked import folder_beside, forget, keep_unpacked


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "zhiquan-1.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in ("metadata.json", "components/one/learnt"):
            member = tarfile.TarInfo(name)
            member.size = 2
            archive.addfile(member, BytesIO(b"{}"))
    return path


def test_they_are_put_there_once_for_whoever_may_read_the_archive(model: Path) -> None:
    keep_unpacked(model)
    folder = folder_beside(model)
    assert (folder / "components" / "one" / "learnt").read_bytes() == b"{}"
    assert folder.stat().st_mode & 0o777 == 0o755
    (folder / "metadata.json").unlink()
    keep_unpacked(model)
    assert not (folder / "metadata.json").exists()


def test_another_archive_of_the_same_name_has_others(model: Path) -> None:
    keep_unpacked(model)
    model.write_bytes(model.read_bytes() + b"\0")
    assert not folder_beside(model).exists()


def test_they_go_with_their_archive(model: Path) -> None:
    keep_unpacked(model)
    forget(model)
    assert not list(model.parent.iterdir())
