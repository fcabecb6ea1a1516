"""The version stands in one place, and each one has a note."""

import re
import subprocess
import tomllib
from importlib import metadata

from typer.testing import CliRunner

from bot.__main__ import app
from bot.settings import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def note(version: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "-s", "release-note", f"VERSION={version}"],  # noqa: S607 as a release does
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_command_tells_the_version_of_the_project() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert told.output.strip() == PROJECT["version"] == metadata.version("zhiquan")


def test_each_version_has_a_day_and_a_note_and_the_newest_comes_first() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *versions = re.findall("^## (.+)$", text, re.MULTILINE)
    assert first == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", each) for each in versions)
    assert versions[0].startswith(f"{PROJECT['version']} ")
    assert note(PROJECT["version"]).stdout.lstrip().startswith("- **")


def test_a_version_without_a_section_is_no_release() -> None:
    assert note("9.9.9").returncode != 0
