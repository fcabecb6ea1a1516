"""A model is trained when, and only when, something that it learns from has changed."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from bot.errors import KnowledgeError
from rasa_project import models, training
from rasa_project.components.word_lists import read_word_lists
from rasa_project.folders import KNOWLEDGE, PROJECT

ROOT = PROJECT.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout of all that training reads."""
    root = tmp_path / "checkout"
    copytree(KNOWLEDGE, root / "knowledge")
    left_out = ("models", ".rasa", "results", "__pycache__", ".results")

    def leave_out(_: str, names: list[str]) -> set[str]:
        return set(names) & set(left_out)

    copytree(PROJECT, root / "rasa_project", ignore=leave_out)
    copytree(ROOT / "bot", root / "bot", ignore=leave_out)
    (root / "rasa_project" / "models").mkdir()
    return root


@pytest.fixture(scope="module")
def name_before() -> str:
    """The name of the model of the project as it stands: also that of every untouched copy."""
    return training.model_name()


@pytest.fixture
def at_copy(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy, and training that works in it."""
    monkeypatch.setattr(training, "KNOWLEDGE", copy / "knowledge")
    monkeypatch.setattr(training, "PROJECT", copy / "rasa_project")
    monkeypatch.setattr(training, "MODELS", copy / "rasa_project" / "models")
    monkeypatch.setattr(models, "MODELS", copy / "rasa_project" / "models")
    monkeypatch.setattr(training, "NORMALIZING", copy / "bot" / "safety" / "normalizing.py")
    monkeypatch.chdir(copy)
    return copy


def change(copy: Path, file: str, old: str, new: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "knowledge/topics/call_hours.md",
            "## 大家这样问\n\n- ",
            "## 大家这样问\n\n- 新的问法\n- ",
        ),
        ("knowledge/papers/summons.yml", "text: ", "text:  "),
        ("knowledge/papers.yml", "parts:\n", "parts:\n\n"),
        ("knowledge/tasks.yml", "    - 帮我写一份函\n", "    - 帮我写一份函\n    - 又一种说法\n"),
        ("knowledge/tasks.yml", "kind: effect", "kind: tool"),
        ("knowledge/spelling.yml", "\n", "\n# 变了\n"),
        ("knowledge/concepts.yml", "\n", "\n# 变了\n"),
        ("knowledge/aspects.yml", "\n", "\n# 变了\n"),
        ("knowledge/danger.yml", "\n", "\n# 变了\n"),
        ("knowledge/crisis.yml", "\n", "\n# 变了\n"),
        ("rasa_project/config.yml", "language: zh", "language: zh  # changed"),
        ("rasa_project/domain.yml", "intents:", "# changed\nintents:"),
        ("rasa_project/importer.py", '"""Brings', '"""Also brings'),
        ("rasa_project/data/rules.yml", "rules:", "# changed\nrules:"),
        ("rasa_project/components/concepts.py", '"""', '"""Changed. '),
        ("bot/safety/normalizing.py", '"""', '"""Changed. '),
        ("bot/concepts/paper_words.py", '"""', '"""Changed. '),
        ("bot/papers/shape.py", '"""', '"""Changed. '),
    ],
)
def test_what_is_learnt_changes_the_name(
    name_before: str, at_copy: Path, file: str, old: str, new: str
) -> None:
    change(at_copy, file, old, new)
    assert training.model_name() != name_before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("knowledge/topics/call_hours.md", "## 注意\n", "## 注意\n\n- 多说一句。\n"),
        ("knowledge/utterances.yml", "这句话我没看懂", "这句话我看不懂"),
        ("knowledge/tasks.yml", "title: 帮我写一份", "title: 请帮我写"),
        ("knowledge/complaints.yml", "现在先做", "先做"),
        ("knowledge/deadlines.yml", "这一天已经过了", "过了"),
        ("knowledge/budget.yml", "月收入", "收入"),
        ("knowledge/controls.yml", "上一步", "前一步"),
        ("knowledge/call_check.yml", "\n", "\n# 变了\n"),
        ("knowledge/facts.yml", "\n", "\n# 变了\n"),
        ("rasa_project/actions/converse.py", '"""', '"""Changed. '),
        ("rasa_project/tests/test_talk.yml", "stories:", "# changed\nstories:"),
    ],
)
def test_what_is_not_learnt_does_not(
    name_before: str, at_copy: Path, file: str, old: str, new: str
) -> None:
    change(at_copy, file, old, new)
    assert training.model_name() == name_before


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_file_broken_while_training_runs_is_told_in_a_sentence(
    at_copy: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    spoilt = at_copy / "knowledge" / "danger.yml"

    def train(_: str) -> None:
        spoilt.write_bytes(spoilt.read_text(encoding="utf-8").encode(encoding))
        try:
            read_word_lists(at_copy / "knowledge")
        except KnowledgeError as error:
            raise RuntimeError("Error running graph component") from error

    monkeypatch.setattr(training, "train", train)
    with pytest.raises(SystemExit, match=r"danger\.yml：存成了 .*另存为") as told:
        training.main()
    assert "Traceback" not in str(told.value)


def test_what_is_no_fault_of_a_file_is_raised_as_it_is(
    at_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def train(_: str) -> None:
        raise OSError(str(at_copy))

    monkeypatch.setattr(training, "train", train)
    with pytest.raises(OSError, match="checkout"):
        training.main()


def test_the_name_is_the_same_in_every_run_and_place(name_before: str, at_copy: Path) -> None:
    assert at_copy.is_dir()
    assert training.model_name() == name_before


def test_there_is_no_training_when_the_model_is_there(
    at_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(training, "train", refuse)
    older, wanted = (at_copy / "rasa_project/models" / name for name in _two_names())
    wanted.touch()
    older.touch()
    training.main()
    assert models.newest_model() == wanted


def test_old_models_are_cleared_away(at_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = at_copy / "rasa_project" / "models"
    for number in range(4):
        (folder / f"zhiquan-{number}.tar.gz").touch()
    monkeypatch.setattr(training, "train", lambda name: (folder / name).touch())
    training.main()
    assert len(list(folder.glob("zhiquan-*"))) == 2
    assert models.newest_model() == folder / training.model_name()


def test_without_any_model_there_is_none(at_copy: Path) -> None:
    assert at_copy.is_dir()
    assert models.newest_model() is None


def test_broken_knowledge_trains_nothing_and_says_where(at_copy: Path) -> None:
    change(at_copy, "knowledge/tasks.yml", "check_call:", "check_call: [")
    with pytest.raises(SystemExit, match=r"tasks\.yml 第"):
        training.main()
    assert models.newest_model() is None


def test_an_importer_that_cannot_be_imported_trains_nothing(copy: Path) -> None:
    """In a process of its own: Rasa only warns, and would train a model that knows nothing."""
    change(copy, "rasa_project/importer.py", '"""Brings', 'import no_such_module\n"""Brings')
    done: Any = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "rasa_project.training"],
        cwd=copy, capture_output=True, text=True, encoding="utf-8", check=False,
        env={"PYTHONPATH": str(copy), "PATH": "", "PYTHONUTF8": "1", "HOME": str(copy)},
    )  # fmt: skip
    assert done.returncode != 0
    assert "no_such_module" in done.stderr
    assert list((copy / "rasa_project" / "models").glob("*.tar.gz")) == []


def _two_names() -> tuple[str, str]:
    return "zhiquan-older.tar.gz", training.model_name()
