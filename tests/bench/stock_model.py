"""Trains the stock Rasa that `make bench` compares with: runs in Rasa's own Python.

The usual Chinese pipeline over our examples, a rule and one response for each topic, as Rasa's
documentation shows it. One epoch of DIET: how long a message takes does not depend on them.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from bot.knowledge.loader import load_knowledge
from rasa_project.evaluation.pipelines import Examples
from rasa_project.evaluation.stock_rasa import PIPELINE, as_yaml
from rasa_project.folders import KNOWLEDGE

_CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "zh",
    "pipeline": [
        {**each, "epochs": 1} if each["name"] == "DIETClassifier" else each for each in PIPELINE
    ],
    "policies": [{"name": "RulePolicy"}],
}


def main(folder: Path) -> None:
    """Write the project there, and train its one model, unless one is there."""
    if (folder / "models" / "stock.tar.gz").exists():
        return
    import rasa.api
    import rasa.utils.log_utils

    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in _files(load_knowledge(KNOWLEDGE).examples()).items():
        (folder / file).write_text(text, encoding="utf-8")
    rasa.api.train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "nlu.yml"), str(folder / "rules.yml")],
        output=str(folder / "models"),
        fixed_model_name="stock",
    )


def _files(examples: Examples) -> dict[str, str]:
    """By name; JSON is YAML."""
    rules = [
        {"rule": topic, "steps": [{"intent": topic}, {"action": f"utter_{topic}"}]}
        for topic in examples
    ]
    domain = {
        "version": "3.1",
        "intents": list(examples),
        "responses": {f"utter_{topic}": [{"text": topic}] for topic in examples},
    }
    return {
        "config.yml": json.dumps(_CONFIG),
        "nlu.yml": as_yaml(examples),
        # Rasa looks for a line that begins so before it reads rules.
        "rules.yml": f'version: "3.1"\nrules: {json.dumps(rules)}\n',
        "domain.yml": json.dumps(domain),
        "credentials.yml": json.dumps({"rest": None}),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
