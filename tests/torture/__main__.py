"""`make torture`, `pair`, `soak`, `calm`: how bots bear blows, time and crowds; a table each."""

import argparse
import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres import Server, server
from tests.torture.calm import Waits, calm
from tests.torture.pair import PairSession, pair
from tests.torture.session import Session, soak, torture


def main() -> None:
    """Run one session; the exit code is 1 when something was lost, or said twice for no reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("torture", "pair", "soak", "calm"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--people", type=int, default=40)
    arguments = parser.parse_args()
    seconds = arguments.minutes * 60
    with TemporaryDirectory() as folder:
        around = (Path(folder), arguments.seed, seconds, arguments.people)
        if arguments.what == "calm":
            _print_waits(asyncio.run(calm(*around)))
            return
        if arguments.what == "pair":
            with server() as address, Server(address).database() as url:
                _print_pair(asyncio.run(pair(Path(folder), url, *around[1:])))
            return
        run = torture if arguments.what == "torture" else soak
        session = asyncio.run(run(*around))
    _print(session)
    sys.exit(not session.count.is_good)


def _print_waits(found: Mapping[str, Waits]) -> None:
    out = sys.stdout.write
    quiet = found["quiet"]
    out(f"{'while':20}{'answers':>9}{'p50 ms':>9}{'p99 ms':>9}{'p99 beside quiet':>18}\n")
    for name, waits in found.items():
        out(
            f"{name:20}{waits.answers:9}{waits.median * 1000:9.0f}{waits.p99 * 1000:9.0f}"
            f"{waits.p99 / quiet.p99:18.1f}\n"
        )


def _print_pair(session: PairSession) -> None:
    out = sys.stdout.write
    out("\n".join(session.count.rows()) + "\n")
    for name, number in session.blows.most_common():
        out(f"  {name:24}{number:>10}\n")
    for bot, number in sorted(session.passed.items()):
        out(f"{f'updates to bot {bot + 1}':26}{number:>10}\n")
    out(f"{'claims left':26}{session.claims_left:>10}\n")
    sys.stderr.write(f"logged: {dict(session.events.most_common())}\n")
    if not session.count.is_good or session.claims_left:
        sys.stderr.write("\n".join(session.log[-60:]) + "\n")
        sys.exit(1)


def _print(session: Session) -> None:
    out = sys.stdout.write
    out("\n".join(session.count.rows()) + "\n")
    out(f"{'kills':26}{session.kills:>10}\n{'faults of the line':26}{session.faults:>10}\n")
    for name, number in session.blows.most_common():
        out(f"  {name:24}{number:>10}\n")
    if session.megabytes:
        out("megabytes: " + " ".join(f"{size:.0f}" for size in session.megabytes) + "\n")
    sys.stderr.write(f"logged: {dict(session.events.most_common())}\n")
    sys.stderr.write(f"said besides: {session.others.most_common(8)}\n")
    if not session.count.is_good:
        sys.stderr.write("\n".join(session.log[-60:]) + "\n")


if __name__ == "__main__":
    main()
