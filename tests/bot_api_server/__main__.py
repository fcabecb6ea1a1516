"""For trials by hand: each line is a message of person 1, `#2` taps the newest second button.

`!file PATH` sends a document and `!photo PATH` a picture; `--save DIR` keeps what the bot sends.
"""

import argparse
import asyncio
import mimetypes
import sys
from pathlib import Path

from tests.bot_api_server import BotApiServer, SentMessage

PERSON = 1
KINDS = {"!file": "document", "!photo": "photo", "!voice": "voice", "!video": "video"}


async def main() -> None:
    """Serve, print what the bot sends, and send what is typed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="1:x")
    parser.add_argument("--save", type=Path, metavar="DIR", help="where to put documents")
    arguments = parser.parse_args()
    async with BotApiServer(token=arguments.token, port=arguments.port) as server:
        _print(f"TELEGRAM_API_URL={server.url} TELEGRAM_BOT_TOKEN={arguments.token} make run")
        showing = asyncio.create_task(_show(server, arguments.save))
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _do(server, line.strip())
        # The end of the input is not the end of the trial: the last answers are still to come.
        await showing


async def _do(server: BotApiServer, line: str) -> None:
    order, _, rest = line.partition(" ")
    if order in KINDS:
        await _send_file(server, KINDS[order], Path(rest.strip()))
    elif line.startswith("#"):
        await _tap(server, line[1:])
    elif line:
        await server.person_says(PERSON, line)


async def _tap(server: BotApiServer, number: str) -> None:
    # Documents come below the words, the buttons stay with the words.
    worded = [message for message in server.messages if message.document is None]
    newest = worded[-1].labels if worded else []
    if not number.isdigit() or not 1 <= int(number) <= len(newest):
        _print(f"there are {len(newest)} buttons under the newest message")
        return
    await server.person_taps(newest[int(number) - 1])


async def _send_file(server: BotApiServer, kind: str, path: Path) -> None:
    try:
        content = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        _print(f"{path}: {error.strerror}")
        return
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    await server.person_sends_file(PERSON, content, kind, name=path.name, media_type=media_type)


async def _show(server: BotApiServer, folder: Path | None) -> None:
    """Print each message when it comes and whenever it is edited; note what was deleted."""
    seen = dict[int, int]()
    answered = set[str]()
    while True:
        change = server.change
        for message in tuple(server.messages):
            if seen.get(message.message_id) != message.edits:
                seen[message.message_id] = message.edits
                _print_message(message)
                await _save(message, folder)
        for gone in set(seen) - {message.message_id for message in server.messages}:
            del seen[gone]
            _print(f"✗ {gone}")
        for query_id, answer in server.tap_answers.items():
            if query_id not in answered and answer.get("text"):
                _print(f"[{answer['text']}]")
            answered.add(query_id)
        await change.wait()


async def _save(message: SentMessage, folder: Path | None) -> None:
    if message.document is None or folder is None:
        return
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    path = folder / f"{message.message_id}-{message.document.name}"
    await asyncio.to_thread(path.write_bytes, message.document.content)
    _print(f"saved as {path}")


def _print_message(message: SentMessage) -> None:
    sign = "✎" if message.edits else "▸"
    silent = " (silent)" if message.parameters.get("disable_notification") == "true" else ""
    _print(f"\n{sign} {message.message_id}{silent}\n{message.text}".rstrip())
    if message.document is not None:
        _print(f"⇩ {message.document.name} ({len(message.document.content)} bytes)")
    number = 0
    for row in message.rows:
        cells = list[str]()
        for button in row:
            number += 1
            cells.append(f"#{number} {button['text']}")
        _print("   ".join(cells))


def _print(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
