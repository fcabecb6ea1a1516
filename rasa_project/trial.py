"""`python -m rasa_project.trial`: what changed examples would change, in a minute.

Takes a trained model, learns its topics anew from the examples of this checkout, measures the
questions that may guide the work before and after, and writes a model to try. What it tells stands
on lines of JSON: `progress` from 0 to 1 with `says`; at the end `done`, or `fault` in Chinese.
It is no model to serve: `rasa_project.training` makes those.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tarfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from rasa_project.folders import KNOWLEDGE
from rasa_project.told import tell, tell_faults

if TYPE_CHECKING:
    from rasa_project.evaluation.questions import Question

_NICE = 10
_MEMBER = "QuestionClassifier"


def main() -> None:
    """Read the command, and tell what happens."""
    parser = argparse.ArgumentParser(prog="python -m rasa_project.trial")
    parser.add_argument("--model", type=Path, required=True, help="a trained model")
    parser.add_argument("--put", type=Path, required=True, help="where the model to try goes")
    arguments = parser.parse_args()
    texts = json.loads(sys.stdin.read() or "[]")
    os.nice(_NICE)
    try:
        tell(progress=0.02, says="读知识库")
        knowledge = load_knowledge(KNOWLEDGE)
    except KnowledgeError as error:
        tell_faults(error)
        sys.exit(1)
    tell(done=_tried(knowledge, arguments.model, arguments.put, texts))


def _tried(
    knowledge: KnowledgeBase, model: Path, put: Path, texts: Sequence[str]
) -> Mapping[str, Any]:
    """The figures of both, what each makes of the texts; the new one is put where it is asked."""
    from rasa_project.components.question_classifier import Learnt
    from rasa_project.evaluation.measuring import ASKED, QUESTIONS, SEEN, pipeline_of
    from rasa_project.evaluation.pipelines import Ours
    from rasa_project.evaluation.questions import read_questions
    from rasa_project.evaluation.settings import pipeline_settings

    tell(progress=0.08, says="打开现在的模型")
    settings = pipeline_settings()
    ours: Ours = pipeline_of(knowledge, settings)
    ours.take_over(model)
    tell(progress=0.15, says="量现在听得怎么样")
    questions = [*read_questions(QUESTIONS / SEEN), *read_questions(QUESTIONS / ASKED)]
    before, was = _judged(ours, questions, texts, settings.threshold)
    tell(progress=0.4, says="学新的问法")
    learnt = ours.relearn_topics(knowledge.examples())
    tell(progress=0.75, says="再量一遍")
    after, now = _judged(ours, questions, texts, settings.threshold)
    tell(progress=0.9, says="存下来试")
    _put(Learnt(learnt, frozenset(knowledge.talk)), model, put)
    return {"before": before, "after": after, **changes(questions, was, now)}


def changes(
    questions: Sequence[Question], was: Sequence[str | None], now: Sequence[str | None]
) -> Mapping[str, Any]:
    """Of each topic: its questions, how many were heard before and after; and what turned."""
    topics: dict[str, list[int]] = {}
    for question, before, after in zip(questions, was, now, strict=True):
        counts = topics.setdefault(question.topic, [0, 0, 0])
        counts[0] += 1
        counts[1] += before == question.topic
        counts[2] += after == question.topic
    turned = [
        {"text": question.text, "topic": question.topic, "before": before, "after": after}
        for question, before, after in zip(questions, was, now, strict=True)
        if (before == question.topic) != (after == question.topic)
    ]
    return {"topics": topics, "turned": turned}


def _judged(
    ours: Any, questions: Sequence[Question], texts: Sequence[str], threshold: float
) -> tuple[dict[str, Any], list[str | None]]:
    """How many questions are heard rightly, what is made of each text; what each is heard as."""
    from rasa_project.evaluation.questions import OUT_OF_SCOPE

    ranked = ours.rank_each([*(each.text for each in questions), *texts])
    of_questions, of_texts = ranked[: len(questions)], ranked[len(questions) :]
    found = [
        (each.topic, ranking[0] if ranking else (None, 0.0))
        for each, ranking in zip(questions, of_questions, strict=True)
    ]
    answered = [(topic, best) for topic, best in found if topic != OUT_OF_SCOPE]
    figures = {
        "questions": len(questions),
        "right": sum(topic == best for topic, (best, _) in found),
        "answered": sum(share >= threshold for _, (_, share) in answered),
        "texts": [
            {
                "topic": ranking[0][0] if ranking else None,
                "confidence": round(ranking[0][1], 3) if ranking else 0.0,
                "accepted": bool(ranking) and ranking[0][1] >= threshold,
            }
            for ranking in of_texts
        ],
    }
    return figures, [best for _, (best, _) in found]


def _put(learnt: Any, model: Path, put: Path) -> None:
    """The archive with another thing learnt by one component; whole, or not there."""
    from rasa_project.components.packing import pack
    from rasa_project.components.stored import LEARNT

    content = pack(learnt)
    put.parent.mkdir(parents=True, exist_ok=True)
    fresh = put.with_suffix(".new")
    with tarfile.open(model) as old, tarfile.open(fresh, "w:gz", compresslevel=1) as new:
        for member in old.getmembers():
            place = Path(member.name)
            if place.name == LEARNT and _MEMBER in place.parent.name:
                member.size = len(content)
                new.addfile(member, BytesIO(content))
            else:
                new.addfile(member, old.extractfile(member) if member.isfile() else None)
    fresh.replace(put)


if __name__ == "__main__":
    main()
