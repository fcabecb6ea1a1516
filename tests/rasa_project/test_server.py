"""The server of meanings stands alone: any service manager may start it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from rasa_project.folders import PROJECT

TOKEN = "t" * 32
GUARD = 120
HOST = "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"
"""Not where it listens by itself, where the machine has another."""


def command(*more: str) -> list[str]:
    return [sys.executable, "-m", "rasa_project.server", *more]


def environment(**more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "RASA_TELEMETRY_ENABLED": "false", **more}


def test_without_a_token_it_does_not_start_and_says_why() -> None:
    done = subprocess.run(
        command(), cwd=PROJECT.parent, env=environment(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "RASA_TOKEN is not set" in done.stderr


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Started as a service manager does: an address, a token, nothing on its standard input."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        command("--host", HOST, "--port", str(port)), cwd=PROJECT.parent,
        env=environment(RASA_TOKEN=TOKEN), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    url = f"http://{HOST}:{port}"
    ends_at = time.monotonic() + GUARD
    while process.poll() is None and time.monotonic() < ends_at:
        try:
            ask(f"{url}/status?token={TOKEN}")
            break
        except OSError:
            time.sleep(0.3)
    yield url, process
    process.kill()
    process.wait()


def ask(url: str, **body: str) -> dict[str, object]:
    data = json.dumps(body).encode() if body else None
    with urllib.request.urlopen(urllib.request.Request(url, data)) as answer:  # noqa: S310
        found = json.load(answer)
    assert isinstance(found, dict)
    return found


@pytest.mark.trained
def test_it_serves_on_the_address_it_was_told_though_its_input_is_closed(
    server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    url, process = server
    assert ask(f"{url}/status?token={TOKEN}")["model_file"]
    meant = ask(f"{url}/model/parse?token={TOKEN}", text="催收半夜打电话合法吗")
    assert isinstance(meant["intent"], dict)
    assert meant["intent"]["name"] == "call_hours"
    assert process.poll() is None


@pytest.mark.trained
def test_it_answers_nobody_without_the_token(
    server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        ask(f"{server[0]}/status?token=wrong")


@pytest.mark.trained
def test_it_ends_when_it_is_told_to(server: tuple[str, subprocess.Popen[bytes]]) -> None:
    _, process = server
    process.send_signal(signal.SIGTERM)
    assert process.wait(GUARD) in {0, -signal.SIGTERM}
