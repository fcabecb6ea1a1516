import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from rasa_project.components.word_lists import FOLDER, fingerprint, read_word_lists


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.yml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def test_a_word_stands_for_one_concept_only() -> None:
    words = [word for all_ in read_word_lists().concepts.values() for word in all_]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_a_misspelling_has_one_right_form() -> None:
    wrong = [each for all_ in read_word_lists().repairs.values() for each in all_]
    assert sorted({each for each in wrong if wrong.count(each) > 1}) == []


def test_a_changed_word_list_changes_the_fingerprint(folder: Path) -> None:
    before = fingerprint(folder)
    with (folder / "concepts.yml").open("a", encoding="utf-8") as file:
        file.write("\n# one more line\n")
    assert fingerprint(folder) != before


def test_a_fault_is_told_with_its_file(folder: Path) -> None:
    (folder / "spelling.yml").write_text("repairs: {}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"spelling\.yml"):
        read_word_lists(folder)
