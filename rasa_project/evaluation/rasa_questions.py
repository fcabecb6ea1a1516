"""Writes the project's own questions as test data of Rasa: `make test-nlu`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rasa_project.evaluation.measuring import PLAIN, question_sets
from rasa_project.evaluation.questions import OUT_OF_SCOPE, Question


def main() -> None:
    """`python -m rasa_project.evaluation.rasa_questions FILE`."""
    (file,) = map(Path, sys.argv[1:])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_test_data(question_sets()[PLAIN]), encoding="utf-8")


def as_test_data(questions: Sequence[Question]) -> str:
    """Rasa's YAML; what is not ours to answer is right where Rasa falls back."""
    from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    named = {OUT_OF_SCOPE: DEFAULT_NLU_FALLBACK_INTENT_NAME}
    messages = [
        Message.build(text=each.text, intent=named.get(each.topic, each.topic))
        for each in questions
    ]
    return str(TrainingData(messages).nlu_as_yaml())


if __name__ == "__main__":
    main()
