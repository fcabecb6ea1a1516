"""Five ways to understand, on the same data in one run; the table stands in README.md."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from rasa_project.evaluation.figures import macro_f1
from rasa_project.evaluation.measuring import (
    FINAL,
    FOREIGN,
    FOREIGN_SET,
    STRANGERS,
    judge,
    pipeline_of,
    question_sets,
)
from rasa_project.evaluation.pipelines import (
    Bm25,
    KeywordSearch,
    Pipeline,
    PlainLogisticRegression,
)
from rasa_project.evaluation.report import table
from rasa_project.evaluation.settings import Settings
from rasa_project.evaluation.stock_rasa import StockRasa

README = Path(__file__).parents[1] / "README.md"
_BETWEEN = re.compile(r"(<!-- comparison -->\n).*?(<!-- end of comparison -->)", re.DOTALL)


def compare(knowledge: KnowledgeBase, settings: Settings, foreign: Path = FOREIGN) -> str:
    """The table of all pipelines."""
    head = ["pipeline", "top-1", "top-3", "macro F1", "homophones top-1", "foreign top-1"]
    head += ["foreign top-3", "strangers top-1", "learns in s", "ms a message", "MB"]
    sets = question_sets(foreign)
    rows = []
    for name, pipeline in _pipelines(knowledge, settings):
        started = time.perf_counter()
        pipeline.learn(knowledge.examples())
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        final = judge(pipeline, sets[FINAL])
        milliseconds = (time.perf_counter() - started) / len(final) * 1000
        typos = judge(pipeline, sets["homophones"])
        foreigners = judge(pipeline, sets.get(FOREIGN_SET, ()))
        strangers = judge(pipeline, sets[STRANGERS])
        shares = [
            sum(each.is_among(1) for each in final) / len(final),
            sum(each.is_among(3) for each in final) / len(final),
            macro_f1(final),
            sum(each.is_among(1) for each in typos) / len(typos),
            *(
                sum(each.is_among(n) for each in foreigners) / max(1, len(foreigners))
                for n in (1, 3)
            ),
            sum(each.is_among(1) for each in strangers) / len(strangers),
        ]
        megabytes = f"{pipeline.size() / 1e6:.1f}"
        rows.append([name, *shares, f"{seconds:.0f}", f"{milliseconds:.1f}", megabytes])
        print(rows[-1], flush=True)
    return table(head, rows)


def write_into_readme(comparison: str, readme: Path = README) -> None:
    """Put the table in its place."""
    text = readme.read_text(encoding="utf-8")
    readme.write_text(_BETWEEN.sub(rf"\1{comparison}\2", text), encoding="utf-8")


def _pipelines(knowledge: KnowledgeBase, settings: Settings) -> Iterator[tuple[str, Pipeline]]:
    """One after the other, so that only one is in memory."""
    pages = {
        topic: answer.title + answer.button + "".join(each.block.text for each in answer.short)
        for topic, answer in knowledge.answers.items()
    }
    yield "keyword search", KeywordSearch(pages)
    yield "BM25 over the examples", Bm25()
    yield "LogisticRegression, character n-grams", PlainLogisticRegression()
    yield "stock Rasa: jieba, n-grams, DIET for 10 epochs only", StockRasa()
    yield "ours", pipeline_of(knowledge, settings)
