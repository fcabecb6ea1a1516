"""For trials by hand: each line is a message of person 1, `#2` taps the newest second button."""

import argparse
import asyncio
import sys

from tests.bot_api_server import BotApiServer, SentMessage

PERSON = 1


async def main() -> None:
    """Serve, print what the bot sends, and send what is typed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="1:x")
    arguments = parser.parse_args()
    async with BotApiServer(token=arguments.token, port=arguments.port) as server:
        _print(f"TELEGRAM_API_URL={server.url} TELEGRAM_BOT_TOKEN={arguments.token} make run")
        showing = asyncio.create_task(_show(server))
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _do(server, line.strip())
        # The end of the input is not the end of the trial: the last answers are still to come.
        await showing


async def _do(server: BotApiServer, line: str) -> None:
    if not line.startswith("#"):
        if line:
            await server.person_says(PERSON, line)
        return
    newest = server.messages[-1].labels if server.messages else []
    if not line[1:].isdigit() or not 1 <= int(line[1:]) <= len(newest):
        _print(f"there are {len(newest)} buttons under the newest message")
        return
    await server.person_taps(newest[int(line[1:]) - 1])


async def _show(server: BotApiServer) -> None:
    """Print each message when it comes and whenever it is edited."""
    seen = dict[int, int]()
    answered = set[str]()
    while True:
        change = server.change
        for message in server.messages:
            if seen.get(message.message_id) != message.edits:
                seen[message.message_id] = message.edits
                _print_message(message)
        for query_id, answer in server.tap_answers.items():
            if query_id not in answered and answer.get("text"):
                _print(f"[{answer['text']}]")
            answered.add(query_id)
        await change.wait()


def _print_message(message: SentMessage) -> None:
    sign = "✎" if message.edits else "▸"
    _print(f"\n{sign} {message.message_id}\n{message.text}")
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
