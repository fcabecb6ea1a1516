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
UNITS = ("zhiquan@.service", "zhiquan-rasa@.service")
OF_OTHERS = {"HOME", "PYTHONUTF8", "RASA_TELEMETRY_ENABLED"}
"""What Python, Rasa and the driver of PostgreSQL read."""


def services(name: str = "compose.yaml") -> dict[str, Any]:
    told = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    found = told["services"]
    assert isinstance(found, dict)
    return found


def unit(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_names_only_settings_that_the_program_reads(name: str) -> None:
    named = set(re.findall(r"^Environment=(\w+)=", unit(name), re.MULTILINE))
    assert named
    assert named <= {*KNOWN, *OF_OTHERS}


def test_the_home_of_a_bot_is_a_folder_that_it_can_look_into() -> None:
    told = unit("zhiquan@.service")
    home = re.search(r"^Environment=HOME=(.*)$", told, re.MULTILINE)
    state = re.search(r"^StateDirectory=(\S+)", told, re.MULTILINE)
    assert home
    assert state
    assert home[1] == f"/var/lib/{state[1]}"


def test_a_bot_does_not_begin_anew_beside_the_data_of_the_former_unit() -> None:
    assert "\nAssertPathExists=!/var/lib/zhiquan/zhiquan.db\n" in unit("zhiquan@.service")
    told = dict(re.findall(r"^Environment=(\w+)=(.*)$", unit("zhiquan@.service"), re.MULTILINE))
    assert told["ZHIQUAN_DATA"] == "/var/lib/zhiquan/%i"


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
    paths = [tmp_path / name.replace("@", "@1") for name in UNITS]
    for name, path in zip(UNITS, paths, strict=True):
        here = re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", unit(name))
        path.write_text(here.replace("/opt/zhiquan", str(ROOT)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, paths)],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_services_of_compose_name_only_settings_that_the_program_reads() -> None:
    named = {name for each in services().values() for name in each["environment"]}
    assert named <= set(KNOWN)


def test_several_bots_share_database_and_key_and_nothing_else() -> None:
    many = services("compose.many.yaml")
    assert set(many["bot"]["environment"]) <= set(KNOWN)
    assert many["bot"]["scale"] == many["rasa"]["scale"] == 2
    key = Path(many["bot"]["environment"]["ZHIQUAN_SECRET_FILE"])
    assert f"key:{key.parent}" in many["bot"]["volumes"]
    assert many["bot"]["environment"]["DATABASE_URL"].startswith("postgresql://")
    assert {"type": "volume", "target": "/data"} in many["bot"]["volumes"]
    assert [name for name, each in many.items() if "ports" in each] == ["proxy"]
    assert many["postgres"]["networks"] == ["inside"]


def test_units_of_several_bots_share_the_key_and_have_folders_and_ports_of_their_own() -> None:
    told = dict(re.findall(r"^Environment=(\w+)=(.*)$", unit("zhiquan@.service"), re.MULTILINE))
    own = ("ZHIQUAN_DATA", "ZHIQUAN_HEALTH_LISTEN", "TELEGRAM_WEBHOOK_LISTEN", "RASA_URL")
    assert all(told[name].endswith("%i") for name in own)
    assert "%i" not in told["ZHIQUAN_SECRET_FILE"]
    port = told["TELEGRAM_WEBHOOK_LISTEN"].replace("%i", "2")
    assert f"server {port};" in (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    understood_on = told["RASA_URL"].rpartition(":")[2]
    assert f"--port {understood_on}\n" in unit("zhiquan-rasa@.service")


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
