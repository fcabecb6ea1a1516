"""What was measured, for people: Markdown, a picture, and JSON. Counts only, never a question."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.knowledge.base import KnowledgeBase
from rasa_project.evaluation.acceptance import Costs
from rasa_project.evaluation.danger import MISSED
from rasa_project.evaluation.figures import (
    Judged,
    by,
    by_topic,
    confusions,
    curve,
    second_matters,
)
from rasa_project.evaluation.measuring import (
    ADDED,
    FINAL,
    FOREIGN_SET,
    HELD_OUT,
    PLAIN,
    SEEN,
    STRANGERS,
    TWO_MATTERS,
    Measured,
)
from rasa_project.evaluation.stories import StoryMeasures
from rasa_project.evaluation.variants import variants

_MOST_CONFUSED = 25
_IN_PICTURE = 24

Key = Callable[[Judged], str]


def write_report(measured: Measured, knowledge: KnowledgeBase, folder: Path) -> Path:
    """Write understanding.md, understanding.json and confusion.png; the path of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    text = report(measured, group_of(knowledge))
    (folder / "understanding.md").write_text(text, encoding="utf-8")
    entries = json.dumps(as_entries(measured), indent=2, ensure_ascii=False)
    (folder / "understanding.json").write_text(entries + "\n", encoding="utf-8")
    draw_confusions(measured.sets[PLAIN], folder)
    return folder / "understanding.md"


def group_of(knowledge: KnowledgeBase) -> Key:
    """The menu group of a question's topic; talk and tasks are groups of their own."""
    groups = {topic: group.id for group in knowledge.menu for topic in group.topics}
    groups |= dict.fromkeys(knowledge.talk, "talk") | dict.fromkeys(knowledge.tasks, "tasks")
    return lambda judged: groups.get(judged.question.topic, "no group")


def as_entries(measured: Measured) -> dict[str, Any]:
    """The figures alone, for JSON."""
    return {
        "sets": {name: _rounded(asdict(entry)) for name, entry in measured.figures.items()},
        "danger": {
            name: {who: _rounded(asdict(shares)) for who, shares in figures.items()}
            for name, figures in measured.danger.items()
        },
        "stories": {
            name: {who: _rounded(asdict(figures)) for who, figures in by_reader.items()}
            for name, by_reader in measured.stories.items()
        },
        "threshold": measured.settings.threshold,
        "cheapest_threshold": dict(measured.cheapest),
        "milliseconds": round(measured.milliseconds, 2),
        "size": measured.size,
    }


def report(measured: Measured, group: Key) -> str:
    """The whole report."""
    own = measured.sets[PLAIN]
    parts = [
        "# Understanding\n",
        _overview(measured),
        _variants(measured),
        _danger(measured),
        "## Stories\n",
        stories_table(measured.stories),
        _threshold(measured),
        "## By group (the project's own questions)\n",
        _parts_table("group", by(own, group)),
        "## By topic (the project's own questions)\n",
        _parts_table("topic", by_topic(own)),
        "## Most confused\n",
        _confusion_table(own),
    ]
    parts += ["## Two matters in one message\n", _two_matters(measured)]
    parts += [
        "## Strangers, by group\n",
        _parts_table("group", by(measured.sets[STRANGERS], group)),
    ]
    if foreign := measured.sets.get(FOREIGN_SET):
        parts += [
            "## The foreign set\n",
            _parts_table("topic", by_topic(foreign)),
            _confusion_table(foreign),
        ]
    return "\n".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines) + "\n"


def _overview(measured: Measured) -> str:
    names = (FINAL, ADDED, SEEN, STRANGERS, FOREIGN_SET, HELD_OUT)
    rows = [
        (name, *asdict(measured.figures[name]).values())
        for name in names
        if name in measured.figures
    ]
    head = ["set", "questions", "top-1", "top-3", "macro F1", "calibration error"]
    head += ["accepted (in scope)", "right of accepted", "out of scope recognised"]
    cost = (
        f"Learning takes {measured.seconds_to_learn:.0f} s; a message "
        f"{measured.milliseconds:.1f} ms in the middle, {measured.slowest:.1f} ms at the 99th "
        f"hundredth; the model has {measured.size / 1e6:.1f} MB.\n"
    )
    return table(head, rows) + "\n" + cost


def _variants(measured: Measured) -> str:
    plain = measured.figures[PLAIN]
    rows = [
        (name, entry.top1, entry.top1 - plain.top1, entry.top3, entry.accepted_right)
        for name in (PLAIN, *variants())
        for entry in [measured.figures[name]]
    ]
    head = ["written", "top-1", "against plain", "top-3", "right of accepted"]
    return "## The same questions, written otherwise\n\n" + table(head, rows)


def _danger(measured: Measured) -> str:
    head = ["messages", "seen by", "strong found", "strong: any sign", "weak: any sign"]
    head += ["harmless: strong alarm", "harmless: any sign"]
    rows = [
        (name, who, *asdict(shares).values())
        for name, figures in measured.danger.items()
        for who, shares in figures.items()
    ]
    levels = measured.settings.danger
    reason = (
        f"The model calls danger strong from {levels['strong']:.2f} on, weak from "
        f"{levels['weak']:.2f} on; below {levels['harmless']:.2f} strong words are a weak sign "
        f"only. Over its own examples, held out by turns, a tenth of them "
        f"written to deceive it:\n"
    )
    curve_head = ["likelihood", "strong found", "false alarms among all others"]
    points = [[*asdict(point).values()] for point in measured.danger_curve]
    cost_head = ["strong from", "strong missed (seen)", "strong alarms (seen)", "cost"]
    costs = [[*asdict(point).values(), point.cost] for point in measured.danger_costs]
    cheapest = min(measured.danger_costs, key=lambda point: point.cost)
    because = (
        f"A strong card that is missing costs as much as {MISSED:g} too many; the cheapest is "
        f"to call danger strong from {cheapest.likelihood:.2f} on:\n"
    )
    words_head = ["overruled below", "strong, with strong words", "others, with strong words"]
    words = [[*asdict(point).values()] for point in measured.words_curve]
    ordinary = measured.ordinary
    told = (
        f"Of {ordinary.clauses} clauses of the test stories without a word of danger, "
        f"{ordinary.strong:.3f} get the strong card and {ordinary.weak:.3f} the gentle one.\n"
    )
    parts = ["## Danger\n", table(head, rows), told, reason, table(curve_head, points)]
    parts += [because, table(cost_head, costs)]
    parts += ["Shares that still get the strong card for their words:\n", table(words_head, words)]
    return "\n".join(parts)


def stories_table(measures: StoryMeasures) -> str:
    """A column for each set and each way to read it."""
    ways = [
        (f"{name}, {who}", asdict(figures))
        for name, by_reader in measures.items()
        for who, figures in by_reader.items()
    ]
    rows = [
        (fact.replace("_", " "), *(figures[fact] for _, figures in ways)) for fact in ways[0][1]
    ]
    return table(["fact", *(way for way, _ in ways)], rows)


def _two_matters(measured: Measured) -> str:
    rows = [
        (name, *second_matters(measured.sets[name]))
        for name in (TWO_MATTERS, STRANGERS, FOREIGN_SET)
        if name in measured.sets
    ]
    return table(["set", "both found, of those with two", "a second one, of those with one"], rows)


def _threshold(measured: Measured) -> str:
    costs = Costs()
    reason = (
        f"A question back costs 1, a wrong answer {costs.wrong_answer:g}, a wrong refusal "
        f"{costs.wrongly_refused:g}, a question back without the topic among its three choices "
        f"{1 + costs.hidden:g}. The cheapest threshold is {_cheapest(measured)}; config.yml has "
        f"{measured.settings.threshold:.2f}: rasa_project/README.md says why.\n"
    )
    head = ["threshold", "accepted (in scope)", "right of accepted", "out of scope recognised"]
    parts = ["## The threshold\n", reason]
    for name in (FINAL, FOREIGN_SET, HELD_OUT):
        if name in measured.sets:
            rows = [asdict(point).values() for point in curve(measured.sets[name])]
            parts += [f"### {name}\n", table(head, [list(row) for row in rows])]
    return "\n".join(parts)


def _cheapest(measured: Measured) -> str:
    return ", ".join(f"{threshold:.2f} ({name})" for name, threshold in measured.cheapest.items())


def _parts_table(name: str, parts: Mapping[str, tuple[int, float, float]]) -> str:
    rows = [(part, *figures) for part, figures in parts.items()]
    return table([name, "questions", "top-1", "top-3"], rows)


def _confusion_table(judged: Sequence[Judged]) -> str:
    return table(["meant", "understood", "times"], confusions(judged)[:_MOST_CONFUSED])


def draw_confusions(judged: Sequence[Judged], folder: Path) -> None:
    """The most confused topics as a picture: meant down, understood across."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    pairs = confusions(judged)
    names: list[str] = []
    for meant, taken, _ in pairs:
        names += [name for name in (meant, taken) if name not in names]
    names = sorted(names[:_IN_PICTURE])
    counts = {(meant, taken): count for meant, taken, count in pairs}
    grid = [[counts.get((meant, taken), 0) for taken in names] for meant in names]
    figure, axes = pyplot.subplots(figsize=(11, 10))
    axes.imshow(grid, cmap="Reds")
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("understood")
    axes.set_ylabel("meant")
    for row, line in enumerate(grid):
        for column, count in enumerate(line):
            if count:
                axes.text(column, row, str(count), ha="center", va="center")
    figure.tight_layout()
    figure.savefig(folder / "confusion.png", dpi=110)
    pyplot.close(figure)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _rounded(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in entries.items()
    }
