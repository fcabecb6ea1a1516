"""Rasa as its documentation sets it up for Chinese: jieba, word and character n-grams, DIET."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa_project.components.question_model import Ranking
from rasa_project.evaluation.pipelines import Examples, flat

_EPOCHS = 10
"""A tenth of the template's: with this many examples each takes up to a minute on two cores."""

PIPELINE: list[dict[str, Any]] = [
    {"name": "JiebaTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {
        "name": "CountVectorsFeaturizer",
        "analyzer": "char_wb",
        "min_ngram": 1,
        "max_ngram": 4,
    },
    {"name": "DIETClassifier", "epochs": _EPOCHS, "entity_recognition": False, "random_seed": 1},
]
_CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "zh",
    "pipeline": PIPELINE,
    "policies": [],
}
_ENTITY_MARKS = str.maketrans("", "", "[](){}\n")
"""Brackets and braces in an example would be read as entities."""


class StockRasa:
    """Trained and asked through Rasa itself; takes minutes."""

    def __init__(self) -> None:
        self._agent: Any = None
        self._size = 0

    def learn(self, examples: Examples) -> None:
        """Train a model of its own in a folder that is thrown away."""
        import rasa.utils.log_utils
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        rasa.utils.log_utils.configure_structlog(logging.WARNING)
        with TemporaryDirectory() as name:
            folder = Path(name)
            written = {
                "config.yml": json.dumps(_CONFIG),  # JSON is YAML.
                "nlu.yml": as_yaml(examples),
                "domain.yml": json.dumps({"version": "3.1", "intents": list(examples)}),
            }
            for file, text in written.items():
                (folder / file).write_text(text, encoding="utf-8")
            paths = [str(folder / file) for file in ("config.yml", "nlu.yml", "models")]
            model = train_nlu(*paths, domain=str(folder / "domain.yml"))
            self._size = Path(str(model)).stat().st_size
            self._agent = Agent.load(model)

    def rank(self, text: str) -> Ranking:
        """DIET's ranking of its ten best."""
        parsed = asyncio.run(self._agent.parse_message(text))
        return tuple((each["name"], each["confidence"]) for each in parsed["intent_ranking"])

    def size(self) -> int:
        """Bytes of the model's archive."""
        return self._size


def as_yaml(examples: Examples) -> str:
    """The examples as a file that Rasa reads."""
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    texts, topics = flat(examples)
    messages = [
        Message.build(text=plain, intent=topic)
        for text, topic in zip(texts, topics, strict=True)
        if (plain := text.translate(_ENTITY_MARKS).strip())
    ]
    return str(TrainingData(messages).nlu_as_yaml())
