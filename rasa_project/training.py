"""Trains the model when, and only when, something that it learns from has changed."""

import json
import logging
import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import Optional

from bot.errors import KnowledgeError
from bot.knowledge.loader import load_knowledge
from rasa_project.folders import KNOWLEDGE, MODELS, PROJECT

# Wording is read by the bot itself, so that a changed sentence needs no training.
_NOT_LEARNT = {"contacts.yml", "crisis.yml", "forbidden.yml", "menu.yml", "utterances.yml"}
_LEARNT_APART = {"talk.yml", "tasks.yml"}
_KEPT_MODELS = 2


def main() -> None:
    """Train unless there is a model for exactly these inputs."""
    os.chdir(PROJECT)
    try:
        name = model_name()
    except KnowledgeError as error:
        sys.exit(f"{error}\nThe knowledge base cannot be used; no model was trained.")
    if (MODELS / name).exists():
        return
    print("Training the model: about two minutes …", flush=True)
    train(name)
    for old in _models()[:-_KEPT_MODELS]:
        old.unlink()
    print(f"Trained {name}", flush=True)


def train(name: str) -> None:
    """Train and store under a name; exits with Rasa's words when it fails."""
    import rasa.api
    import rasa.utils.log_utils

    # Rasa only warns when an importer cannot be imported, and trains without it.
    import rasa_project.importer  # noqa: F401

    rasa.utils.log_utils.configure_structlog(logging.WARNING)

    result = rasa.api.train(
        domain="domain.yml",
        config="config.yml",
        training_files="data",
        output=str(MODELS),
        fixed_model_name=name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or not (MODELS / name).exists():
        sys.exit(f"Training failed with code {result.code}.")


def model_name() -> str:
    """The file name of the model that belongs to the project as it stands."""
    digest = sha256()
    examples = load_knowledge(KNOWLEDGE).examples()
    digest.update(json.dumps(examples, ensure_ascii=False, sort_keys=True).encode())
    for path in _learnt_files():
        digest.update(path.name.encode() + path.read_bytes())
    return f"zhiquan-{digest.hexdigest()[:16]}.tar.gz"


def newest_model() -> Optional[Path]:
    """The model trained last, or None."""
    models = _models()
    return models[-1] if models else None


def _models() -> list[Path]:
    return sorted(MODELS.glob("zhiquan-*.tar.gz"), key=lambda path: path.stat().st_mtime)


def _learnt_files() -> list[Path]:
    word_lists = [
        path for path in KNOWLEDGE.glob("*.yml") if path.name not in _NOT_LEARNT | _LEARNT_APART
    ]
    own = [PROJECT / "config.yml", PROJECT / "domain.yml", PROJECT / "importer.py"]
    for folder, pattern in (("components", "*.py"), ("data", "*.yml")):
        own += (PROJECT / folder).glob(pattern)
    return sorted([*word_lists, *own])


if __name__ == "__main__":
    main()
