"""The server that the bot starts: Rasa's `/model/parse` and `/status`, and nothing else of Rasa.

`rasa run --enable-api --auth-token …` with the same model is an alternative; the bot asks either.
"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

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
    """Load a model and say what texts mean."""
    # Before NumPy is there: two threads for one message wait for each other.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from rasa_project.components.story_listener import fact_reader
    from rasa_project.listening import Listening
    from rasa_project.understanding import Understanding

    understanding = Understanding(model)
    # Weights and word lists are read when first used: not while somebody waits.
    understanding.parse(_WARMING_UP)
    with Listening((host, port), understanding, model.name, token) as server:
        # Only stories need it: it is read while the door is open.
        server.one_by_one.submit(fact_reader)
        # To be shut down by another thread: this one serves.
        ending = threading.Thread(target=server.shutdown)
        signal.signal(signal.SIGTERM, lambda *_: ending.start())
        server.serve_forever()
        server.answer_the_rest()


def _end_with_parent() -> None:
    """Exit when the pipe from the process that started us closes."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    os.chdir(PROJECT)
    main()
