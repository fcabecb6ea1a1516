"""What meets who joins holds together: owners of what is there, forms that can be read."""

import re
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT

FORMS = sorted(
    path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config"
)


def test_every_owned_path_is_there() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    paths = [line.split()[0] for line in lines if line.startswith("/")]
    assert paths
    assert [each for each in paths if not (ROOT / each.strip("/")).exists()] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_has_questions_each_with_a_name_of_its_own(form: Path) -> None:
    read = yaml.safe_load(form.read_text(encoding="utf-8"))
    asked = [each for each in read["body"] if each["type"] != "markdown"]
    names = [each["id"] for each in asked]
    assert read["name"]
    assert len(names) == len(set(names)) > 2
    assert all(each["attributes"]["label"] for each in asked)


def test_the_hooks_are_the_checks_and_none_is_fetched() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    repositories = yaml.safe_load(text)["repos"]
    hooks = [hook for each in repositories for hook in each["hooks"]]
    assert [each["repo"] for each in repositories] == ["local"]
    assert [hook["language"] for hook in hooks] == ["system"] * len(hooks)
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncheck:")[2]
    checks = re.findall(r"@\$\(BOT\)/([a-z-]+)", recipe.partition("\n\n")[0])
    assert {f".venv/bin/{each}" for each in checks} == {hook["entry"].split()[0] for hook in hooks}


@pytest.mark.parametrize("file", ["CONTRIBUTING.md", "bot/STYLE.md", "README.md", "SECURITY.md"])
def test_links_to_our_own_files_lead_somewhere(file: str) -> None:
    path = ROOT / file
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [each for each in links if not (path.parent / each).exists()] == []
