"""A training shows one line that grows; what Rasa and its libraries print is kept in a file."""

import logging
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rasa_project.training_bar import TrainingBar, last_words

NOISY = """
import logging, os, sys
from pathlib import Path
from rasa_project.training_bar import only_a_bar
with only_a_bar(Path(sys.argv[1]), 9):
    print("Processed rules: 0%")
    os.write(2, b"a warning of a library in C\\n")
    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.info("Finished training component 'ClauseReader'.")
print("Trained")
"""


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def said(bar: TrainingBar, *words: str) -> None:
    for each in words:
        bar.handle(logging.LogRecord("hooks", logging.INFO, "", 0, each, None, None))


def test_the_line_grows_with_what_has_been_learnt() -> None:
    terminal = Terminal()
    bar = TrainingBar(terminal, components=9)
    said(bar, "Starting to train component 'ClauseReader'.")
    said(bar, "Finished training component 'ClauseReader'.", "Something else.")
    begun, ended = terminal.getvalue().split("\r")[1:]
    assert "0%" in begun
    assert "ClauseReader" in begun
    assert ended.count("#") > begun.count("#") == 0


def test_it_is_full_when_all_have_ended() -> None:
    terminal = Terminal()
    bar = TrainingBar(terminal, components=9)
    for name in ("QuestionClassifier", "ClauseReader", "AspectClassifier", "PaperClassifier"):
        said(bar, f"Finished training component '{name}'.")
    said(bar, *["Finished training component 'x'."] * 4)
    assert "100%" not in terminal.getvalue()
    said(bar, "Finished training component 'DangerClassifier'.")
    assert "100%" in terminal.getvalue()


def test_nothing_of_the_noise_reaches_the_terminal(tmp_path: Path) -> None:
    words = tmp_path / "kept" / "training.log"
    run = subprocess.run(
        [sys.executable, "-c", NOISY, words], capture_output=True, text=True, check=True
    )
    assert run.stdout == "Trained\n"
    assert run.stderr == ""
    kept = words.read_text(encoding="utf-8").splitlines()
    assert sorted(kept) == ["Processed rules: 0%", "a warning of a library in C"]


def test_the_last_words_tell_where_the_rest_is(tmp_path: Path) -> None:
    words = tmp_path / "training.log"
    assert last_words(words) == ""
    words.write_text("\n".join(f"line {number}" for number in range(100)), encoding="utf-8")
    shown = last_words(words)
    assert "line 99" in shown
    assert "line 9\n" not in shown
    assert str(words) in shown
