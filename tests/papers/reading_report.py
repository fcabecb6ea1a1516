"""How well, how fast and in how much memory pictures are read; part of `make eval`.

The texts are ours, so the figures say how well characters are read, not what is made of them.
"""

import asyncio
import re
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic

import yaml

from bot.concepts.recognition import NotRead, Reading
from bot.recognising.limits import Limits
from bot.recognising.recogniser import Recogniser
from tests.papers import pictures

TEXTS = Path(__file__).parent / "for_pictures.yml"
_BETWEEN = re.compile(r"\s+")
_WIDE = str.maketrans("（）：，；！？“”‘’", "():,;!?\"\"''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Pictures of one paper, and what stands on it."""

    look: str
    text: str
    files: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How one sample was read."""

    look: str
    right: float
    seconds: float


def samples(papers: Sequence[Mapping[str, str]]) -> Iterator[Sample]:
    """Every paper in every look that fits it."""
    for number, paper in enumerate(papers):
        looks = _SCREENS if paper["look"] == "screenshot" else _PAGES
        for look, files in looks.items():
            text = "\n".join(part for part in (paper.get("title"), paper["text"]) if part)
            yield Sample(look=look, text=text, files=files(paper, number))


_Files = Callable[[Mapping[str, str], int], tuple[bytes, ...]]
_SCREENS: Mapping[str, _Files] = {
    "screenshot": lambda paper, _: (pictures.as_jpeg(pictures.screenshot(paper["text"])),),
    "screenshot, dark": lambda paper, _: (
        pictures.as_jpeg(pictures.screenshot(paper["text"], is_dark=True), 60),
    ),
    "screenshot, blurred and tilted": lambda paper, number: (
        pictures.as_jpeg(
            pictures.photographed(pictures.screenshot(paper["text"]), tilt=3, seed=number)
        ),
    ),
}
_PAGES: Mapping[str, _Files] = {
    "page": lambda paper, _: (pictures.as_jpeg(_page(paper)),),
    "page, photographed": lambda paper, number: (
        pictures.as_jpeg(pictures.photographed(_page(paper), seed=number)),
    ),
    "page, photographed badly": lambda paper, number: (
        pictures.as_jpeg(pictures.photographed(_page(paper), tilt=-6, blur=1.8, seed=number), 45),
    ),
    "page, two photographs": lambda paper, number: tuple(
        pictures.as_jpeg(pictures.photographed(half, tilt=1 - 2 * part, seed=number + part))
        for part, half in enumerate(pictures.halves(_page(paper)))
    ),
    "page, scanned to PDF": lambda paper, _: (pictures.as_scanned_pdf([_page(paper)]),),
}


def _page(paper: Mapping[str, str]) -> "pictures.Image.Image":
    return pictures.page(paper["text"], title=paper.get("title", ""))


def characters_right(wanted: str, read: str) -> float:
    """One less the share of characters to be put in, taken out or changed; widths don't count."""
    ours, theirs = _folded(wanted), _folded(read)
    return max(0.0, 1 - _distance(ours, theirs) / len(ours))


def _folded(text: str) -> str:
    return _BETWEEN.sub("", text).translate(_WIDE)


def _distance(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for row, ours in enumerate(one, start=1):
        now = [row]
        for column, theirs in enumerate(other, start=1):
            change = before[column - 1] + (ours != theirs)
            now.append(min(change, before[column] + 1, now[-1] + 1))
        before = now
    return before[-1]


async def measure(sample: Sample, recogniser: Recogniser) -> Measured:
    """Read one sample; of a screenshot only what was sent counts, not the phone's own words."""
    began = monotonic()
    read = await recogniser.read(sample.files)
    seconds = monotonic() - began
    text = "" if isinstance(read, NotRead) else _without_frame(read, sample)
    return Measured(look=sample.look, right=characters_right(sample.text, text), seconds=seconds)


def _without_frame(read: Reading, sample: Sample) -> str:
    frame = {"9:41", "10690000"} if sample.look.startswith("screenshot") else set[str]()
    return "".join(line.text for line in read.lines if line.text not in frame)


async def report() -> None:
    """Print a line for each look, then what it cost."""
    papers = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    recogniser, measured = Recogniser(Limits()), list[Measured]()
    for sample in samples(papers):
        measured.append(await measure(sample, recogniser))
        if sys.stderr.isatty():
            print(".", end="", file=sys.stderr, flush=True)
    await recogniser.stop()
    print(f"{'look':34}{'papers':>7}{'right':>8}{'worst':>8}{'seconds':>9}")
    for look in dict.fromkeys(each.look for each in measured):
        ours = [each for each in measured if each.look == look]
        right = [each.right for each in ours]
        mean, seconds = sum(right) / len(right), median(each.seconds for each in ours)
        print(f"{look:34}{len(ours):7}{mean:8.4f}{min(right):8.4f}{seconds:9.1f}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (used.ru_utime + used.ru_stime) / len(measured)
    print(f"CPU seconds a paper: {cpu:.1f}; memory at most: {used.ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    asyncio.run(report())
