"""`python -m rasa_project.evaluation [measure|compare|record|stories]`: reads the command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.answering.tasks.all_tasks import checker_of
from bot.knowledge.library import open_book
from rasa_project.components.word_lists import FOLDER
from rasa_project.evaluation.comparison import compare, write_into_readme
from rasa_project.evaluation.duplicates import near_copies
from rasa_project.evaluation.measuring import (
    CHECKOUT,
    FOREIGN,
    ears,
    every_example,
    every_test,
    knowledge_as_it_stands,
    measure,
)
from rasa_project.evaluation.papers import measure_papers, papers_table
from rasa_project.evaluation.recorded import record
from rasa_project.evaluation.report import stories_table, write_report
from rasa_project.evaluation.settings import pipeline_settings
from rasa_project.evaluation.stories import measure_stories


def main() -> None:
    """Measure, compare or record; or learn to read stories, and measure these alone."""
    arguments = _arguments()
    if arguments.command == "stories":
        checker = checker_of(open_book(FOLDER))
        print(stories_table(measure_stories(checker, ears())))
        return
    knowledge = knowledge_as_it_stands()
    copies = near_copies(every_test(), every_example(knowledge))
    for copy in copies:
        place = f"{copy.example_topic}: {copy.example}"
        print(f"near copy {copy.likeness} of a test of {copy.topic} in {place}")
    if copies and arguments.command != "compare":
        sys.exit(f"{len(copies)} test questions resemble examples: rewrite the examples.")
    if arguments.command == "compare":
        comparison = compare(knowledge, pipeline_settings(), arguments.foreign)
        write_into_readme(comparison)
        print(comparison)
        return
    measured = measure(knowledge, pipeline_settings(), arguments.foreign)
    path = write_report(measured, knowledge, arguments.reports)
    print(path.read_text(encoding="utf-8").split("## By group")[0])
    papers = f"## Received papers\n\n{papers_table(measure_papers())}"
    with path.open("a", encoding="utf-8") as report:
        report.write(f"\n{papers}")
    print(papers)
    print(f"The whole report: {path}")
    if arguments.command == "record":
        record(measured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rasa_project.evaluation")
    commands = ("measure", "compare", "record", "stories")
    parser.add_argument("command", nargs="?", choices=commands, default="measure")
    parser.add_argument("--foreign", type=Path, default=FOREIGN, help="a JSON-lines file")
    parser.add_argument("--reports", type=Path, default=CHECKOUT / ".reports")
    return parser.parse_args()


if __name__ == "__main__":
    main()
