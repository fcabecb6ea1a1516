"""Stands in for rasa_project.server: loads in no time, and ends like it when its parent does.

In its folder it leaves `started` (one line of JSON for each start: its process id, arguments and
environment). A file `broken` makes it end at once, a file `loading` keeps it without a model.
"""

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Status(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        model = None if Path("loading").exists() else "models/stand_in.tar.gz"
        body = json.dumps({"model_file": model}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    print("hello from the stand-in", flush=True)
    told = {"pid": os.getpid(), "arguments": sys.argv[1:], "environment": dict(os.environ)}
    with Path("started").open("a", encoding="utf-8") as file:
        file.write(json.dumps(told) + "\n")
    if Path("broken").exists():
        sys.exit(3)
    threading.Thread(target=end_with_parent, daemon=True).start()
    HTTPServer(("127.0.0.1", int(sys.argv[2])), Status).serve_forever()


if __name__ == "__main__":
    main()
