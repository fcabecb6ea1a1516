"""`make quick` runs the tests that belong to a change, and no others."""

from pathlib import Path

import pytest

from tests.changed import ROOT, chosen_for, imports_of

FILES = {
    "bot/__init__.py": "",
    "bot/numbers.py": "ONE = 1\n",
    "bot/sums.py": "from bot.numbers import ONE\nTWO = ONE + ONE\n",
    "bot/alone.py": "",
    "tests/test_sums.py": "from bot.sums import TWO\n",
    "tests/test_other.py": "from bot import other\n",
    "tests/fakes.py": "import bot.alone\n",
    "tests/doors/conftest.py": "",
    "tests/doors/test_open.py": "from tests.fakes import x\n",
    "tests/doors/test_shut.py": "",
    "tests/knowledge/test_knowledge_base.py": "",
    "tests/knowledge/test_letters.py": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("bot/sums.py", ["tests/test_sums.py"]),
        ("tests/test_other.py", ["tests/test_other.py"]),
        ("tests/fakes.py", ["tests/doors/test_open.py"]),
        ("tests/doors/conftest.py", ["tests/doors/test_open.py", "tests/doors/test_shut.py"]),
        ("knowledge/topics/lawsuit.md", ["tests/knowledge/test_knowledge_base.py"]),
        (
            "knowledge/letters/mine/letter.yml",
            ["tests/knowledge/test_knowledge_base.py", "tests/knowledge/test_letters.py"],
        ),
        ("README.md", []),
        ("tests/test_gone.py", []),
    ],
)
def test_a_change_has_the_tests_that_import_it(root: Path, changed: str, tests: list[str]) -> None:
    assert chosen_for([changed], imports_of(root)) == tests


def test_what_no_test_imports_is_tested_through_who_imports_it(root: Path) -> None:
    assert chosen_for(["bot/numbers.py"], imports_of(root)) == ["tests/test_sums.py"]
    assert chosen_for(["bot/alone.py"], imports_of(root)) == ["tests/doors/test_open.py"]


def test_in_this_repository_a_module_leads_to_its_own_tests() -> None:
    imports = imports_of(ROOT)
    assert "tests/safety/test_masking.py" in chosen_for(["bot/safety/masking.py"], imports)
    assert "tests/rasa_project/test_importer.py" in chosen_for(
        ["rasa_project/importer.py"], imports
    )
