"""The server that the bot starts: Rasa's `/model/parse` and `/status`, and nothing else of Rasa.

`rasa run --enable-api --auth-token …` with the same model is an alternative; the bot asks either.
"""

import argparse
import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from hmac import compare_digest
from pathlib import Path
from typing import Any, Optional

from rasa_project.folders import PROJECT
from rasa_project.models import newest_model

_LOOPBACK = "127.0.0.1"
_WARMING_UP = "催收半夜打电话合法吗"


def main() -> None:
    """Serve until told to end, or until the process that started us ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default=_LOOPBACK)
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument(
        "--with-parent", action="store_true", help="end when standard input closes"
    )
    parser.add_argument("--model", type=Path, help="a model to try; the newest without it")
    arguments = parser.parse_args()
    token = os.environ.get("RASA_TOKEN", "")
    if not token:
        sys.exit("RASA_TOKEN is not set: the server answers only those who know it.")
    model = arguments.model or newest_model()
    if model is None:
        sys.exit("There is no trained model. Run `make train`.")
    if arguments.with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(model, arguments.host, arguments.port, token)


def serve(model: Path, host: str, port: int, token: str) -> None:
    """Load a model and say what texts mean, one after another, in the order in which they come."""
    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import HTTPResponse, json

    from rasa_project.understanding import Understanding

    understanding = Understanding(model)
    # Weights and word lists are read when first used: not while somebody waits.
    understanding.parse(_WARMING_UP)
    one_by_one = ThreadPoolExecutor(max_workers=1)
    app: Any = Sanic("understanding", configure_logging=False)

    @app.on_request
    async def refuse_strangers(request: Request) -> Optional[HTTPResponse]:
        """Every route wants the token, as Rasa's own server does."""
        if compare_digest(request.args.get("token", "").encode(), token.encode()):
            return None
        return json({"status": "failure", "reason": "NotAuthenticated"}, status=401)

    @app.post("/model/parse")
    async def parse(request: Request) -> HTTPResponse:
        """What a text means."""
        text = (request.json or {}).get("text") if isinstance(request.json, dict) else None
        if not isinstance(text, str):
            return json({"status": "failure", "reason": "ParsingError"}, status=400)
        loop = asyncio.get_running_loop()
        return json(await loop.run_in_executor(one_by_one, understanding.parse, text))

    @app.get("/status")
    async def status(_: Request) -> HTTPResponse:
        """Which model is served."""
        return json({"model_file": model.name, "model_id": understanding.model_id})

    app.run(host, port, access_log=False, motd=False)


def _end_with_parent() -> None:
    """Exit when the pipe from the process that started us closes."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    os.chdir(PROJECT)
    main()
