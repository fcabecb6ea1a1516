"""Shows how far a training is, and keeps the words of Rasa's libraries in a file."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_HOOKS = "rasa.engine.training.hooks"
"""The logger that tells when a component begins to train and when it has ended."""
_BEGUN, _ENDED = "Starting to train component", "Finished training component"
_SHARES = {
    "QuestionClassifier": 30,
    "ClauseReader": 30,
    "AspectClassifier": 15,
    "PaperClassifier": 10,
    "DangerClassifier": 10,
}
"""About how much of the time each component takes; the rest of them 1 each."""
_WIDTH = 30
_LAST_WORDS = 40


class TrainingBar(logging.Handler):
    """One line that grows with every component that has learnt; on a terminal only."""

    def __init__(self, shown: TextIO, components: int) -> None:
        """For so many components that learn."""
        super().__init__(logging.INFO)
        self._shown = shown
        self._whole = sum(_SHARES.values()) + max(0, components - len(_SHARES))
        self._done = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Take what Rasa logs of its components."""
        said = record.getMessage()
        name = said.partition("'")[2].partition("'")[0]
        if said.startswith(_ENDED):
            self._done = min(self._whole, self._done + _SHARES.get(name, 1))
        if said.startswith((_BEGUN, _ENDED)) and self._shown.isatty():
            share = self._done / self._whole
            bar = "#" * round(_WIDTH * share)
            self._shown.write(f"\r  [{bar:<{_WIDTH}}] {share:4.0%} {name:<24}")
            self._shown.flush()

    def close(self) -> None:
        """Leave the line."""
        if self._shown.isatty() and self._done:
            self._shown.write("\n")
        super().close()


@contextmanager
def only_a_bar(words: Path, components: int) -> Iterator[None]:
    """Write what is printed meanwhile, also by libraries in C, into a file, and show a bar."""
    logger = logging.getLogger(_HOOKS)
    level = logger.level
    words.parent.mkdir(parents=True, exist_ok=True)
    with _into(words) as shown:
        bar = TrainingBar(shown, components)
        logger.addHandler(bar)
        logger.setLevel(logging.INFO)
        try:
            yield
        finally:
            logger.removeHandler(bar)
            logger.setLevel(level)
            bar.close()


@contextmanager
def _into(words: Path) -> Iterator[TextIO]:
    """Both outputs of the process go into the file; gives the place where stderr was."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    with words.open("w", encoding="utf-8") as file, os.fdopen(os.dup(2), "w") as shown:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield shown
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for descriptor, place in enumerate(kept, start=1):
                os.dup2(place, descriptor)
                os.close(place)


def last_words(words: Path) -> str:
    """The end of what was printed, and where the whole is; empty when nothing was kept."""
    if not words.exists():
        return ""
    lines = words.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join([*lines[-_LAST_WORDS:], f"(all of it: {words})"])
