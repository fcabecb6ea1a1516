"""The Rasa server: Rasa's own app with `/model/parse` alone, on loopback, with a token."""

import argparse
import logging
import os
import sys
import threading
from functools import partial
from hmac import compare_digest
from pathlib import Path
from typing import Any, Optional

from rasa_project.folders import PROJECT
from rasa_project.training import newest_model

_LOOPBACK = "127.0.0.1"
_WARMING_UP = "hello"


def main() -> None:
    """Serve until the process that started us ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5005)
    port = parser.parse_args().port
    token = os.environ.get("RASA_TOKEN", "")
    if not token:
        sys.exit("RASA_TOKEN is not set: the server answers only those who know it.")
    model = newest_model()
    if model is None:
        sys.exit("There is no trained model. Run `make train`.")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(model, port, token)


def serve(model: Path, port: int, token: str) -> None:
    """Load a model and answer on loopback."""
    # Rasa takes seconds to import: only after the settings are known to be right.
    import rasa.core.run
    import rasa.utils.log_utils
    from sanic.request import Request
    from sanic.response import HTTPResponse, json

    # Without this Rasa prints every message.
    logging.basicConfig(level=logging.WARNING)
    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    app: Any = rasa.core.run.configure_app([], enable_api=True)

    @app.on_request
    async def refuse_strangers(request: Request) -> Optional[HTTPResponse]:
        """Every route wants the token."""
        if compare_digest(request.headers.get("authorization", ""), f"Bearer {token}"):
            return None
        return json({"error": "token"}, status=401)

    load = partial(_load_agent, model=str(model))
    app.register_listener(load, "before_server_start")
    app.run(_LOOPBACK, port, access_log=False, motd=False)


async def _load_agent(app: Any, _: Any, model: str) -> None:
    """Load the model inside the loop that will use it."""
    from rasa.core.agent import Agent

    agent = Agent()
    agent.load_model(model)
    # Weights and word lists are read when first used: not while somebody waits.
    await agent.parse_message(_WARMING_UP)
    app.ctx.agent = agent


def _end_with_parent() -> None:
    """Exit when the pipe from the process that started us closes."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    os.chdir(PROJECT)
    main()
