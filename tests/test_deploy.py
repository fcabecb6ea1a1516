"""What runs the bot as a service says what the program understands, and opens nothing."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import KNOWN, ROOT

FOLDER = ROOT / ".deploy"
UNITS = ("zhiquan.service", "zhiquan-rasa.service")
OF_PYTHON_AND_RASA = {"PYTHONUTF8", "RASA_TELEMETRY_ENABLED"}


def services() -> dict[str, Any]:
    told = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
    found = told["services"]
    assert isinstance(found, dict)
    return found


def unit(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_names_only_settings_that_the_program_reads(name: str) -> None:
    named = set(re.findall(r"^Environment=(\w+)=", unit(name), re.MULTILINE))
    assert named
    assert named <= {*KNOWN, *OF_PYTHON_AND_RASA}


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_holds_no_secret_and_runs_as_nobody_else(name: str) -> None:
    assert not re.search(r"^Environment=\w*TOKEN", unit(name), re.MULTILINE)
    assert re.search(r"^User=zhiquan", unit(name), re.MULTILINE)
    for guard in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "UMask=0077"):
        assert f"\n{guard}\n" in unit(name)


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="no program `systemd-analyze` on the PATH to read units with (Debian: systemd)",
)
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        here = re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", unit(name))
        (tmp_path / name).write_text(here.replace("/opt/zhiquan", str(ROOT)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_services_of_compose_name_only_settings_that_the_program_reads() -> None:
    named = {name for each in services().values() for name in each["environment"]}
    assert named <= set(KNOWN)


def test_rasa_is_reached_by_the_bot_alone_and_reaches_nobody_outside() -> None:
    told = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
    assert services()["rasa"]["networks"] == ["inside"]
    assert told["networks"]["inside"] == {"internal": True}
    assert [name for name, each in services().items() if "ports" in each] == []
    assert "TELEGRAM_BOT_TOKEN" not in services()["rasa"]["environment"]


def test_the_images_are_made_of_what_is_there_and_hold_no_secret() -> None:
    dockerfile = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?:--chown=\w+ )?(\S+)", dockerfile, re.MULTILINE)
    assert {"bot", "knowledge", "rasa_project"} <= set(copied)
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for each in copied:
        assert (ROOT / each).exists()
        assert f"!{each.split('/')[0]}" in allowed
    assert "*" in allowed
    targets = set(re.findall(r"^FROM \S+ AS (\w+)", dockerfile, re.MULTILINE))
    assert targets == {each["build"]["target"] for each in services().values()}
