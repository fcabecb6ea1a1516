"""What is made of papers that were read from pictures: `… FOLDER`, laid out as tests/papers is."""

from __future__ import annotations

import sys
from pathlib import Path

from rasa_project.evaluation.papers import measure_papers, papers_table

if __name__ == "__main__":
    print(papers_table(measure_papers(Path(sys.argv[1]))), end="")
