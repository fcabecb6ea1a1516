"""The door of the server, before somebody who only repeats what he was told."""

import json
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from time import monotonic, sleep
from typing import Any

import pytest

from rasa_project.listening import Listening

TOKEN = "t" * 32
PARSE = f"/model/parse?token={TOKEN}"
GUARD = 30


class Echo:
    """`heard` is what reached it; it waits for `gate`."""

    model_id = "one"

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def parse(self, text: str) -> dict[str, Any]:
        self.heard.append(text)
        assert self.gate.wait(GUARD)
        return {"text": text}


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def line(echo: Echo) -> Iterator[HTTPConnection]:
    with Listening(("127.0.0.1", 0), echo, "zhiquan-1", TOKEN) as server:  # type: ignore[arg-type]
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        connection = HTTPConnection(*server.server_address[:2], timeout=GUARD)
        yield connection
        connection.close()
        echo.gate.set()
        server.shutdown()
        serving.join()


def told(answer: HTTPResponse) -> tuple[int, Any]:
    return answer.status, json.loads(answer.read())


def wait_until_heard(echo: Echo) -> None:
    ends_at = monotonic() + GUARD
    while not echo.heard and monotonic() < ends_at:
        sleep(0.01)


def ask(line: HTTPConnection, body: bytes, path: str = PARSE) -> tuple[int, Any]:
    line.request("POST", path, body)
    return told(line.getresponse())


def test_one_line_serves_many_questions(line: HTTPConnection) -> None:
    assert ask(line, '{"text": "你好"}'.encode()) == (200, {"text": "你好"})
    here = line.sock
    assert ask(line, b'{"text": "\\ud83d"}') == (200, {"text": "\ud83d"})
    line.request("GET", f"/status?token={TOKEN}")
    assert told(line.getresponse()) == (200, {"model_file": "zhiquan-1", "model_id": "one"})
    assert line.sock is here


@pytest.mark.parametrize("path", ["/model/parse", "/model/parse?token=wrong", "/?token=%C3%BC"])
def test_who_knows_no_token_is_refused(line: HTTPConnection, echo: Echo, path: str) -> None:
    status, reason = ask(line, b'{"text": "hi"}', path)
    assert (status, reason["reason"]) == (401, "NotAuthenticated")
    assert not echo.heard


def test_there_is_no_other_way(line: HTTPConnection) -> None:
    assert ask(line, b"{}", f"/webhooks/rest/webhook?token={TOKEN}")[0] == 404
    line.request("GET", f"/model?token={TOKEN}")
    assert told(line.getresponse())[0] == 404


@pytest.mark.parametrize(
    "body", [b"", b"no JSON", b"[]", b'{"text": 1}', b"[" * 100_000, b'{"text": "\xff"}']
)
def test_what_is_no_question_is_refused(line: HTTPConnection, echo: Echo, body: bytes) -> None:
    assert ask(line, body) == (400, {"status": "failure", "reason": "ParsingError"})
    assert not echo.heard


@pytest.mark.parametrize("length", ["x", "-1", str(1 << 40)])
def test_a_body_of_no_or_a_monstrous_length_is_not_read(line: HTTPConnection, length: str) -> None:
    line.putrequest("POST", PARSE)
    line.putheader("Content-Length", length)
    line.endheaders()
    answer = line.getresponse()
    assert answer.getheader("Connection") == "close"
    assert told(answer)[0] == 400


def test_nobody_works_for_who_has_gone(line: HTTPConnection, echo: Echo) -> None:
    echo.gate.clear()
    line.request("POST", PARSE, b'{"text": "one"}')
    wait_until_heard(echo)
    address = line.sock.getpeername()
    with socket.create_connection(address) as gone:
        question = b'{"text": "gone"}'
        head = f"POST {PARSE} HTTP/1.1\r\nContent-Length: {len(question)}\r\n\r\n".encode()
        gone.sendall(head + question)
    other = HTTPConnection(*address, timeout=GUARD)
    other.request("POST", PARSE, b'{"text": "two"}')
    echo.gate.set()
    assert told(line.getresponse()) == (200, {"text": "one"})
    assert told(other.getresponse()) == (200, {"text": "two"})
    other.close()
    assert echo.heard == ["one", "two"]


def test_a_server_that_is_to_end_answers_what_it_was_asked(echo: Echo) -> None:
    echo.gate.clear()
    with Listening(("127.0.0.1", 0), echo, "zhiquan-1", TOKEN) as server:  # type: ignore[arg-type]
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        line = HTTPConnection(*server.server_address[:2], timeout=GUARD)
        line.request("POST", PARSE, b'{"text": "last"}')
        wait_until_heard(echo)
        server.shutdown()
        serving.join()
        ending = threading.Thread(target=server.answer_the_rest)
        ending.start()
        assert ending.is_alive()
        echo.gate.set()
        ending.join(GUARD)
        assert not ending.is_alive()
        assert told(line.getresponse()) == (200, {"text": "last"})
        line.close()
