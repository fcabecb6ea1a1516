"""What is made of pictures of papers; part of `make eval`. Prints figures, never what was read.

`python -m tests.papers.pictures_report [PAPERS] [HALF]`: of each half a sample, the same each
time, is drawn as screenshots and photographed pages and read by the recogniser; what was read
takes the place of the text, and Rasa's side measures it as it measures texts.
"""

import asyncio
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bot.concepts.recognition import NotRead
from bot.recognising.limits import Limits
from bot.recognising.recogniser import Recogniser
from bot.settings import ROOT
from tests.papers import pictures

FOLDER = Path(__file__).parent
HALVES = ("seen", "unseen")
SAMPLE = 30
_ON_A_PHONE = ("sms_", "phishing", "agent_ad", "wechat_", "card_")
"""Beginnings of the kinds that come as messages."""
_RASA = ROOT / ".venv-rasa" / "bin" / "python"

Entry = Mapping[str, Any]


def sample_of(half: str, count: int) -> list[Entry]:
    """So many papers of a half, spread over all of it."""
    entries = [
        entry
        for path in sorted((FOLDER / half).glob("*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    step = max(len(entries) // count, 1)
    return entries[::step][:count]


def picture_of(entry: Entry, number: int) -> bytes:
    """A screenshot of a message, a photograph of a page; every third is worse than the others."""
    is_worse = number % 3 == 2
    text = str(entry["text"])
    if str(entry["kind"]).startswith(_ON_A_PHONE):
        screen = pictures.screenshot(text, is_dark=number % 2 == 1)
        shot = pictures.photographed(screen, tilt=3, seed=number) if is_worse else screen
        return pictures.as_jpeg(shot, 60)
    page = pictures.page(text)
    tilt, blur = (-5, 1.5) if is_worse else (2, 0.8)
    return pictures.as_jpeg(pictures.photographed(page, tilt=tilt, blur=blur, seed=number))


async def read_again(entries: Sequence[Entry], recogniser: Recogniser) -> list[Entry]:
    """The same papers with the text that was read from their pictures."""
    again = list[Entry]()
    for number, entry in enumerate(entries):
        read = await recogniser.read([picture_of(entry, number)])
        again.append({**entry, "text": "" if isinstance(read, NotRead) else read.text})
    return again


async def read_halves(count: int, halves: Sequence[str], folder: Path) -> None:
    """Put what was read into a folder that is laid out as this one."""
    recogniser = Recogniser(Limits())
    for half in halves:
        entries = await read_again(sample_of(half, count), recogniser)
        target = folder / half / "read.yml"
        target.parent.mkdir()
        target.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    await recogniser.stop()


def report(count: int, halves: Sequence[str]) -> None:
    """Print the table; what was read is deleted with the folder."""
    with TemporaryDirectory() as folder:
        asyncio.run(read_halves(count, halves, Path(folder)))
        command = [str(_RASA), "-m", "rasa_project.evaluation.pictures", folder]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    told = sys.argv[1:]
    report(int(told[0]) if told else SAMPLE, told[1:] or HALVES)
